"""Which units fall under which rule in a month, and the letters made of it: a list to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ledger import escalation, escalation_figures, escalation_writing, periods
from desktop.ledger.escalation_writing import Advised
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.reports import making
from desktop.reports.kinds import KINDS
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, Words
from desktop.ui.parts.words import Passage, tip
from desktop.ui.ticks import Ticks

#: The time that a letter gives for its answer, in days.
DAYS = 7


class Month(msgspec.Struct, frozen=True):
    """A month's proposals, what is to be said about units without a place, and the other months."""

    period: str
    months: tuple[str, ...]
    found: tuple[Advised, ...]
    remarks: tuple[str, ...]


def read_month(book: Book, month: str, week: str) -> Month:
    """The proposals of ``month``; "" is the latest one filled that is not after the week.

    Where none is filled, it is the last month that is over in that week.
    """
    rows = book.connection.execute(
        "SELECT DISTINCT period FROM monthly_unit WHERE removed = 0 ORDER BY period DESC"
    )
    at = making.month_in(book, week)
    shown, over = str(at), str(at if _over(book, at, week) else at.previous())
    months = tuple(dict.fromkeys(period for (period,) in rows)) or (over,)
    period = month or next((one for one in months if one <= shown), months[0])
    found, remarks = escalation_writing.advised(book, period), escalation.remarks(book, period)
    judged = escalation_figures.month_of(period)
    if not _over(book, judged, week):
        remarks = (f"{judged.title}还没有过完，建议月底以后再拟发", *remarks)
    return Month(period, months, found, remarks)


def _over(book: Book, month: Period, week: str) -> bool:
    """Whether no further week ends within the month after this one."""
    after = making.month_in(book, str(periods.parse_period(week).next()))
    return str(month) < str(after)


class Advising(QDialog):
    """Lists a month's proposals.

    ``shown`` tells the kind of paper and the letter that is to be shown: one that is there, the
    first that was written, or the circular ("").
    """

    shown = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget, month: Month) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("通报、提醒、约谈建议")
        self._desk = desk
        self.month = month
        self.period, self.tree = QComboBox(), Ticks()
        self.ground, self.remarks = Passage("", "body"), Passage("", "small", "ink_soft")
        self.see = Button("看函件", icon="eye")
        self.cancel, self.yes = Button("关闭"), Button("", primary=True)
        self._arrange()
        self.show_month(month)

    def show_month(self, month: Month) -> None:
        """Show a month's proposals; those without a letter are ticked."""
        self.month = month
        self.period.clear()
        for period in month.months:
            self.period.addItem(periods.parse_period(period).title, period)
        self.period.setCurrentIndex(self.period.findData(month.period))
        self.tree.blockSignals(True)
        self.tree.clear()
        rows = [_row(one) for one in month.found]
        self.tree.addTopLevelItems(rows)
        self.tree.blockSignals(False)
        remarks = [f"{one}。" for one in month.remarks]
        if not month.found:
            remarks.insert(0, "本月没有按规则应通报、提醒、约谈的单位。")
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        if rows:
            first = next((at for at, one in enumerate(month.found) if one.open), 0)
            self.tree.setCurrentItem(rows[first])
        self._say()

    def ticked(self) -> list[Advised]:
        """The proposals of which letters are wanted."""
        rows = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [
            one
            for one, row in zip(self.month.found, rows, strict=True)
            if one.open and row is not None and row.checkState(0) == Qt.CheckState.Checked
        ]

    def answer(self) -> None:
        """Write the letters that were ticked, as one act."""
        chosen = self.ticked()
        if not chosen:
            return
        desk, on = self._desk, self._desk.today()
        kind = _paper_of(chosen[0])

        def run(book: Book) -> tuple[str, ...]:
            wanted = [one.proposal for one in chosen]
            return escalation_writing.write(book, wanted, on, on + timedelta(days=DAYS))

        def then(made: Sequence[str]) -> None:
            desk.say(f"已拟发函件 {len(made)} 件，按 Ctrl+Z 可以撤销")
            self.shown.emit(kind, made[0])
            self.accept()

        desk.write(self, "拟发函件", run, then)

    def see_letter(self) -> None:
        """Show the letter of the current proposal, or the circular that says it."""
        one = self._current()
        if one is None or one.open:
            return
        self.shown.emit(_paper_of(one), one.letter)
        self.accept()

    def _current(self) -> Advised | None:
        row = self.tree.indexOfTopLevelItem(self.tree.currentItem())
        return self.month.found[row] if 0 <= row < len(self.month.found) else None

    def _turn(self) -> None:
        """Another month."""
        month, week = self.period.currentData(), self._desk.period
        self._desk.read(
            self, lambda book: read_month(book, month, week), self.show_month, key="month"
        )

    def _say(self) -> None:
        """The rule and the figures of the current one; how many letters are to be written."""
        one = self._current()
        if one is not None:
            figures = "；".join(one.proposal.figures)
            self.ground.setText(f"依据：{one.proposal.basis}。\n数据：{figures}。")
        self.ground.setVisible(one is not None)
        self.see.setText("看通报" if one is not None and one.by_circular else "看函件")
        self.see.setEnabled(one is not None and not one.open)
        count = len({(each.proposal.unit, each.kind) for each in self.ticked()})
        self.yes.setText(f"拟发函 {count} 件")
        self.yes.setEnabled(count > 0)

    def _arrange(self) -> None:
        now = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        column.setSpacing(now.gap)
        said = "按规则应通报、提醒、约谈的单位。一个单位的同一种函件合成一件；通报全区一份。"
        top = QHBoxLayout()
        top.addWidget(self.period)
        top.addWidget(Words(said, "body", "ink_soft"), 1)
        column.addLayout(top)
        self.period.setAccessibleName("月份")
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels(["单位", "种类", "事由", "状态"])
        self.tree.setAccessibleName("建议")
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for at, width in ((0, 170), (1, 100), (3, 90)):
            header.resizeSection(at, now.px(width))
        column.addWidget(self.tree, 1)
        column.addWidget(self.ground)
        column.addWidget(self.remarks)
        foot = QHBoxLayout()
        foot.setSpacing(now.gap)
        foot.addWidget(self.see)
        foot.addWidget(Words("空格 勾选　Ctrl+Enter 拟发函　Esc 关闭", "small", "ink_faint"), 1)
        for button, press in (
            (self.see, self.see_letter),
            (self.cancel, self.reject),
            (self.yes, self.answer),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(press)
        foot.addWidget(self.cancel)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        self.period.activated.connect(lambda _at: self._turn())
        self.tree.currentItemChanged.connect(lambda *_: self._say())
        self.tree.itemChanged.connect(lambda *_: self._say())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.answer)
        self.resize(now.px(820), now.px(520))


def _row(one: Advised) -> QTreeWidgetItem:
    state = "在通报中" if one.by_circular else "已拟函" if one.letter else "未拟函"
    texts = (one.proposal.unit_name, one.kind, one.proposal.matter, state)
    row = QTreeWidgetItem(list(texts))
    if one.open:
        row.setCheckState(0, Qt.CheckState.Checked)
    for at, text in enumerate(texts):
        row.setToolTip(at, tip(text))
    return row


def _paper_of(one: Advised) -> str:
    """The kind of paper that a letter is; the circular for what has none of its own."""
    named = (name for name, kind in KINDS.items() if kind.value and kind.value == one.kind)
    return next(named, "circular")
