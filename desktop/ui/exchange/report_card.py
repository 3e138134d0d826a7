"""上报: what is in the week's package, what keeps it back, who signs, and where it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.ledger import backups, cycle
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import report_words
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.outgoing import Fresh, Upward
from desktop.ui.exchange.report_links import ReportLinks
from desktop.ui.exchange.sending_card import SendingCard
from desktop.ui.exchange.words import package_in_words
from desktop.ui.parts import Button, Passage, Words
from desktop.ui.week.submit import SIGNED
from desktop.ui.worker import Progress

if TYPE_CHECKING:
    from desktop.exchange.written import Written

TITLE, ON_PAPER, BACK = "上报并写出报告包", "备份并登记上报", "撤回登记"


class ReportCard(SendingCard):
    """Submits the week that is shown and writes its package; or says why not yet.

    A book that has no contact upward has no package to write: it submits on paper alone.
    ``package_wanted`` gives the record of the week's package in the post book.
    """

    package_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "上报")
        self.upward: Upward | None = None
        self.fresh: Fresh | None = None
        self.contents, self.state = Passage(""), Passage("", role="ink_soft")
        self.returned = Passage("", role="must")
        self.links = ReportLinks(desk)
        self.links.package_wanted.connect(self.package_wanted)
        self.form = QWidget()
        self.filler, self.reviewer = QLineEdit(), QLineEdit()
        self.reason = QPlainTextEdit()
        self.missing = Words("", role="must")
        self.paper, self.back = Button("登记上报", primary=True), Button("撤回登记…")
        self.hint = Passage("", "small", "ink_soft")
        self._arrange()
        self.destination.chosen.connect(self.send)
        self.paper.clicked.connect(self.submit_on_paper)
        self.back.clicked.connect(self.withdraw)

    def show_upward(self, upward: Upward) -> None:
        """The week as it would go up."""
        self.upward = upward
        week, sent = upward.week, upward.week.sent
        self.set_title(report_words.title_in_words(upward))
        self.destination.set_verb("另写到" if upward.done else "写到", primary=not upward.done)
        self.contents.setText(report_words.contents_in_words(upward))
        self.links.show_upward(upward)
        returned = f"{upward.above or '上级'}退回：{sent.reason or ''}"
        self.returned.setText(returned)
        self.returned.setVisible(sent.state == "已退回")
        ready = self.ready
        self.state.setText(report_words.state_in_words(upward))
        self.state.setVisible(bool(self.state.text()))
        self.form.setVisible(ready)
        self.reason.setVisible(upward.correcting)
        self._label(self.reason).setVisible(upward.correcting)
        self.destination.setVisible(upward.contact and (ready or upward.done))
        self.paper.setVisible(ready and not upward.contact)
        self.back.setVisible(upward.done and upward.on_paper)
        self.hint.setVisible(ready or self.destination.isVisibleTo(self))
        self._show_fresh()
        self._fill_names(week.period)

    def show_fresh(self, fresh: Fresh) -> None:
        """What else would travel with the package."""
        self.fresh = fresh
        self._show_fresh()

    @property
    def ready(self) -> bool:
        """Whether the week can be submitted now."""
        now = self.upward
        return now is not None and bool(now.week.expected) and now.week.passed and not now.done

    @property
    def _packed(self) -> bool:
        """Whether the week stands submitted, and not on paper alone."""
        now = self.upward
        return now is not None and now.done and not now.on_paper

    def send(self, folder: Path) -> None:
        """Submit and write; a week submitted as it is only sends what is new since."""
        if self.upward is None:
            return
        if self.upward.done:
            self._report(folder)
        elif self._signed():
            self._submit(self.upward, folder)

    def submit_on_paper(self) -> None:
        """Submit a week for which no package can be written: what travels is the signed paper."""
        if self.upward is not None and self.ready and self._signed():
            self._register(self.upward)

    def withdraw(self) -> None:
        """Take the registration of a week on paper back, when the person means it."""
        if self.upward is None or not self.upward.on_paper:
            return
        period, title = self.upward.week.period, self.upward.title
        advice = (
            f"{title}回到登记以前的样子，可以修改后再登记。"
            f"已经送出的纸质周报请向{self.upward.above or '上级单位'}收回作废，改好后重新盖章报送。"
        )
        if not self.desk.confirm(f"撤回{title}的登记？", advice, "撤回登记"):
            return

        def run(book: Book) -> None:
            cycle.withdraw(book, book.unit, period)

        done = Outcome(
            "good", f"已撤回{title}的登记。", ("改好后重新打印、签字、盖章，再登记上报。",)
        )
        self.desk.write(self, BACK, run, lambda _none: self.ended.emit(done))

    def take_keyboard(self) -> None:
        """Put the keyboard where one goes on: the names, what keeps the week back, the sticks."""
        if self.ready:
            self.filler.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.links.rows and self.upward is not None and not self._packed:
            self.links.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.destination.isVisibleTo(self):
            self.destination.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on to the next: what locks the week is pressed on purpose."""
        here = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, QLineEdit):
            last = self.paper if self.paper.isVisibleTo(self) else self.destination.first()
            after = self.reason if self.reason.isVisibleTo(self) else last
            (self.reviewer if here is self.filler else after).setFocus()
            return
        super().keyPressEvent(event)

    # Sending ---------------------------------------------------------------------------------

    def _submit(self, upward: Upward, folder: Path) -> None:
        period, where = upward.week.period, self.where(folder)
        filler, reviewer, reason = self._names(upward)

        def run(book: Book, progress: Progress) -> Written:
            from desktop.exchange import sending

            # The way back from a week submitted by mistake; cancelled here, nothing is submitted.
            backups.before(book, "submit", progress)
            return sending.submit(
                book,
                period,
                folder,
                book.clock().date(),
                filler=filler or None,
                reviewer=reviewer or None,
                correction=reason or None,
                progress=progress,
            )

        def then(written: Written) -> None:
            self.reason.clear()
            self._written(f"{upward.title}报告包", written, where, "本周已上报并锁定。")

        still = "仍以上次上报的为准" if upward.correcting else "仍未上报"
        self.write(TITLE, f"没有写成，{upward.title}{still}。", run, then)

    def _register(self, upward: Upward) -> None:
        period, (filler, reviewer, reason) = upward.week.period, self._names(upward)

        def run(book: Book, progress: Progress) -> str:
            from desktop.exchange import sending

            return sending.on_paper(
                book,
                period,
                book.clock().date(),
                filler=filler or None,
                reviewer=reviewer or None,
                correction=reason or None,
                progress=progress,
            )

        def then(_record: str) -> None:
            self.reason.clear()
            lines = (f"请把签字、盖章的周报送交{upward.above or '上级单位'}。",)
            self.ended.emit(Outcome("good", f"{upward.title}已登记上报，本周已锁定。", lines))

        still = "仍以上次上报的为准" if upward.correcting else "仍未上报"
        self.write(ON_PAPER, f"没有登记，{upward.title}{still}。", run, then)

    def _names(self, upward: Upward) -> tuple[str, str, str]:
        """Filler and reviewer, remembered for the next week; the reason of a correction."""
        filler, reviewer = self.filler.text().strip(), self.reviewer.text().strip()
        self.desk.memory.put(SIGNED, {"filler": filler, "reviewer": reviewer})
        return filler, reviewer, self.reason.toPlainText().strip() if upward.correcting else ""

    def _report(self, folder: Path) -> None:
        where = self.where(folder)

        def run(book: Book, progress: Progress) -> Written:
            from desktop.exchange import sending

            return sending.report(book, folder, progress)

        state = "没有写成；账本里的内容没有变，已上报的各周仍是已上报。"
        self.write("写出报告包", state, run, lambda made: self._written("报告包", made, where, ""))

    def _written(self, what: str, written: Written, where: tuple[str, str], more: str) -> None:
        place, end = where
        number = package_in_words(written.package.kind, written.package.number)
        lines = [f"{number}，校验值 {written.package.digest[:16]}，文件 {written.path.name}"]
        lines += [written.rest] if written.rest else []
        if more:
            lines.append(f"{more}请送交{written.name}；对方装入后，这里显示“已回执”。")
        self.ended.emit(Outcome("good", f"{what}已写入{place}，{end}", tuple(lines)))

    def _signed(self) -> bool:
        """Whether all is typed; what is missing is asked for."""
        for field, title in ((self.filler, "填表人"), (self.reviewer, "审核人")):
            if not field.text().strip():
                self.missing.set_text(f"请填写{title}。")
                field.setFocus()
                return False
        correcting = self.upward is not None and self.upward.correcting
        if correcting and not self.reason.toPlainText().strip():
            self.missing.set_text("请写明更正原因。")
            self.reason.setFocus()
            return False
        return True

    # Showing ---------------------------------------------------------------------------------

    def _show_fresh(self) -> None:
        if self.upward is not None:
            self.hint.setText(report_words.hint_in_words(self.upward, self.fresh))

    def _fill_names(self, period: str) -> None:
        """Who signed last, unless somebody is typing."""
        kept = self.desk.memory.get(SIGNED)
        kept = kept if isinstance(kept, dict) else {}
        if not self.filler.text():
            self.filler.setText(str(kept.get("filler") or self.desk.facts.operator or ""))
        if not self.reviewer.text():
            self.reviewer.setText(str(kept.get("reviewer") or ""))

    def _label(self, field: QWidget) -> QWidget:
        layout = self.form.layout()
        assert isinstance(layout, QFormLayout)
        label = layout.labelForField(field)
        assert label is not None
        return label

    def _arrange(self) -> None:
        now = theme.current()
        form = QFormLayout(self.form)
        form.setContentsMargins(0, now.px(4), 0, 0)
        form.setSpacing(now.px(8))
        for title, field in (("填表人", self.filler), ("审核人", self.reviewer)):
            field.setMaxLength(40)
            field.textChanged.connect(lambda _text: self.missing.set_text(""))
            form.addRow(title, field)
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText("必填：为什么要更正，更正了什么")
        self.reason.setFixedHeight(now.px(64))
        self.reason.textChanged.connect(lambda: self.missing.set_text(""))
        form.addRow("更正原因", self.reason)
        form.addRow(self.missing)  # Its line is kept free: the button below stays where it is.
        self.body.setSpacing(now.px(8))
        self.body.addWidget(self.contents)
        self.body.addWidget(self.returned)
        for part in (self.links, self.state, self.form, self.destination):
            self.body.addWidget(part)
        for button in (self.paper, self.back):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.hint)
