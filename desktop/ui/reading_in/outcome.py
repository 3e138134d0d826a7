"""The card on the right's top: of which week, what will be written to which register, and done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.ledger import periods
from desktop.ledger.periods import Period, parse_period
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, Card, Chip, Passage, Words
from desktop.ui.reading_in import changes
from desktop.ui.reading_in.reading import Found, Written

#: Weeks offered before and after the likely one.
AROUND = 6


class Outcome(Card):
    """``week_chosen`` gives a Period, None for as the workbook says; ``go`` a page's name."""

    week_chosen = Signal(object)
    go = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("将写入账本")
        self.desk = desk
        self._found: Found | None = None
        self.week = Button("")  # Qt marks it by an arrow, as it opens a menu.
        self.week.setAccessibleName("期次")
        self.week.setToolTip("数据写到哪一期")
        self.week_words = Words("数据属于", "body", "ink_soft")
        row = QHBoxLayout()
        row.addWidget(self.week_words)
        row.addWidget(self.week, 1)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.current().px(4))
        self.advice = Passage("", "small", "ink_soft")
        self.body.addLayout(row)
        self.body.addLayout(self.lines)
        self.body.addWidget(self.advice)
        self.buttons = QWidget()
        below = QHBoxLayout(self.buttons)
        below.setContentsMargins(0, theme.current().px(4), 0, 0)
        for name, title in (("project", "看项目"), ("grid", "看台账")):
            button = Button(title)
            button.clicked.connect(lambda _=False, name=name: self.go.emit(name))
            below.addWidget(button)
        below.addStretch(1)
        self.body.addWidget(self.buttons)
        self.buttons.hide()

    def tell(self, found: Found) -> None:
        """What would be written."""
        self._found = found
        self.set_title("将写入账本")
        self.buttons.hide()
        plan = found.plan
        weekly = plan.asked or plan.period is not None
        self.week.setVisible(weekly)
        self.week_words.setVisible(weekly)
        written = found.summary.periods
        several = len(written) > 1
        words = self._said(plan.period) if plan.period else "请选择期次……"
        self.week.setText(periods.together(written) if several else words)
        # What the workbook states of several cannot be made one.
        self.week.setEnabled(not several)
        if weekly and not several:
            self.week.setMenu(self._weeks())
        self._clear()
        for count in found.summary.counts:
            self._count(count)
        if not plan.steps:
            self.lines.addWidget(Passage(_nothing(found), role="ink_soft"))
        held, barred = found.summary.held, found.summary.barred
        advice = []
        if held:
            advice.append(f"{held:,} 格等待答复，不答复就不写入。")
        if barred:
            advice.append(f"{barred:,} 格由其他层级填写，不写入。")
        if plan.asked:
            advice.append("期次没有定，这部分数据暂时没有列出。")
        self.advice.setText("".join(advice))
        self.advice.setVisible(bool(advice))

    def tell_done(self, written: Written) -> None:
        """What was written."""
        self.set_title("已写入账本")
        self.week.hide()
        self.week_words.hide()
        self._clear()
        for line in written.lines:
            self.lines.addWidget(Passage(line))
        self.advice.setText("写入前已自动备份。按 Ctrl+Z 可以整批撤销。")
        self.advice.show()
        self.buttons.show()

    def _count(self, count: changes.Count) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Words(count.title), 1)
        for number, words, tone in (
            (count.new, "新增", "good"),
            (count.changed, "修改", "accent"),
            (count.same, "无改动", "faint"),
        ):
            if number:
                row.addWidget(Chip(f"{words} {number:,}", tone))
        self.lines.addWidget(line)

    def _clear(self) -> None:
        while self.lines.count():
            item = self.lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _weeks(self) -> QMenu:
        """The weeks around the one that counts, and back to what the workbook says."""
        found, menu = self._found, QMenu(self)
        assert found is not None
        plan = found.plan
        likely = str(plan.period or plan.hint or self.desk.period)
        week = parse_period(likely)
        for _ in range(AROUND):
            week = week.next()
        for _ in range(2 * AROUND + 1):
            action = menu.addAction(self._said(week))
            action.setCheckable(True)
            action.setChecked(week == plan.period)
            action.triggered.connect(lambda _=False, chosen=week: self._chosen(chosen))
            week = week.previous()
        stated = found.proposal.period
        if stated is not None and found.wanted.period is not None:
            menu.addSeparator()
            menu.addAction("按工作簿所写").triggered.connect(lambda: self._chosen(None))
        return menu

    def _said(self, period: Period) -> str:
        return periods.label(period, self.desk.facts.scheme.week_last_day)

    def _chosen(self, week: Period | None) -> None:
        self.week_chosen.emit(week)


def _nothing(found: Found) -> str:
    """Why nothing is written."""
    if found.cases:
        return "答复右边的问题以后才有可以写入的内容。"
    if any(table.kind for tables in found.effects.tables.values() for table in tables):
        return "没有可以写入的内容。"
    return "没有认出项目的表。如有项目，请点左边的栏目，指定哪一栏是项目名称。"
