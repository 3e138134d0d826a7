"""往来单位: how far each unit is known, the code compared by telephone, a contact begun anew.

Below, what the other side reads out is typed, and not shown beforehand: who could read it off the
screen would compare nothing.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.exchange import asking
from desktop.ui.exchange.keys_line import CodeBoxes, CodeLine
from desktop.ui.exchange.partners_box import UnitBox, reveal
from desktop.ui.exchange.partners_reading import TONES, Partner, nobody, partners, summary
from desktop.ui.parts import Button, Card, Chip, Flow, Passage, Words
from desktop.ui.worker import Progress

CODE = 12


class PartnersCard(Card):
    """One unit at a time, the one that waits first; ``ask_folder`` reaches outside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("往来单位")
        self.desk = desk
        self.partners: tuple[Partner, ...] = ()
        self.ask_folder: asking.AskFolder = asking.ask_for_folder
        self._stale = True
        self.summary, self.which = Passage("", "small", "ink_soft"), UnitBox()
        self.which.setAccessibleName("往来单位")
        self.which.setMinimumContentsLength(8)
        self.name, self.state = Words("", bold=True), Chip("")
        self.code, self.advice = CodeBoxes(row=3, size="big"), Passage("", role="ink_soft")
        self.line, self.confirm = CodeLine(CODE), Button("确认", primary=True)
        self.line.setAccessibleName("对方读出的核对码")
        self.compared = Button("已核对")
        self.wrong = Passage("", role="must")
        self.anew, self.revoke = Button("重新建立联系……"), Button("作废……")
        self.told = Passage("", role="explain")
        self.passphrase, self.seen = CodeBoxes(row=2, size="title"), Button("已告知对方")
        self._arrange()
        desk.changed.connect(self._changed)

    @property
    def partner(self) -> Partner | None:
        """The unit that is shown."""
        at = self.which.currentIndex()
        return self.partners[at] if 0 <= at < len(self.partners) else None

    def refresh(self) -> None:
        """Read the units anew."""
        self._stale = False
        self.desk.read(self, partners, self.show_partners, key="partners")

    def show_partners(self, found: tuple[Partner, ...]) -> None:
        """Show them; the chosen one stays, unless another one waits for its comparison."""
        before = self.partner
        self.partners = found
        units = [one.unit for one in found]
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([f"{one.name}　{one.state}" for one in found])
        keep = before is not None and before.unit in units and (before.waits or not self._waits)
        self.which.setCurrentIndex(units.index(before.unit) if keep and before else 0)
        self.which.blockSignals(False)
        self.which.setVisible(len(found) > 1)
        several = len(found) > 1
        none = "" if found else nobody(reports=self.desk.facts.reports)
        self.summary.setText(summary(found) if several else none)
        self.summary.setVisible(bool(self.summary.text()))
        self._show()

    @property
    def _waits(self) -> bool:
        return any(one.waits for one in self.partners)

    def _show(self) -> None:
        """Show the unit; the keyboard stays in the card, and never on an act that nobody wants."""
        focus = QApplication.focusWidget()
        kept = focus if focus is not None and self.isAncestorOf(focus) else None
        self._show_unit()
        if kept is not None and not (kept.isVisible() and kept.isEnabled()):
            typed, several = self.entry.isVisible(), self.which.isVisible()
            (self.line if typed else self.which if several else self).setFocus()

    def _show_unit(self) -> None:
        one = self.partner
        self.about.setVisible(one is not None)
        self._say("")
        if one is None:
            return
        self.name.set_text(one.name)
        self.name.setVisible(len(self.partners) == 1)
        self.state.setVisible(len(self.partners) == 1)
        self.state.set_text(one.state, TONES.get(one.state, "plain"))
        typed = one.waits and not one.above
        self.code.show_code(one.code)
        self.code.setVisible(bool(one.code) and not typed)
        self.advice.setText(one.advice)
        self.entry.setVisible(typed)
        self.line.clear()
        self.compared.setVisible(one.waits and one.above)
        self.anew.setVisible(one.may_begin_anew)
        self.revoke.setVisible(one.may_revoke)
        self.verbs.setVisible(one.may_begin_anew or one.may_revoke or (one.waits and one.above))

    # Acts ------------------------------------------------------------------------------------

    def confirm_code(self) -> None:
        """The code that was read out is the one that is shown there: the keys are trusted."""
        one = self.partner
        if one is not None and self.line.complete:
            self._confirm(one, self.line.code)

    def _confirm_own(self) -> None:
        """The unit below has read the code out, and heard that it agrees."""
        one = self.partner
        if one is not None and self.desk.confirm(
            f"{one.name}在电话里说两边的 12 位完全一致吗？",
            f"本机显示 {one.code}。有一位不同就不要确认，请对方重新下发首次任务包。",
            "完全一致",
        ):
            self._confirm(one, one.code)

    def _confirm(self, one: Partner, code: str) -> None:
        def run(book: Book, progress: Progress) -> int:
            from desktop.exchange import enrolment, sitting

            enrolment.confirm(book, one.unit, code)
            done = sitting.take_in(book, (), progress)  # What waited for this.
            return sum(result.outcome == "已装入" for result in done.results)

        def then(taken: int) -> None:
            more = f"，先前收到的 {taken} 个包已装入" if taken else ""
            self.desk.say(f"已确认{one.name}的密钥{more}")

        def failed(error: OneLedgerError) -> None:
            self._say(f"{error.sentence}{error.advice}")
            self.line.setFocus()
            self.line.selectAll()
            # When the sentence has its place.
            QTimer.singleShot(0, self, lambda: reveal(self.wrong, self.entry))

        self.desk.work(self, "核对并装入等待的包", run, then, failed=failed)

    def begin_anew(self) -> None:
        """The unit lost its PC and its recovery sheet: another first package."""
        one = self.partner
        if one is None or not self.desk.confirm(
            f"与{one.name}重新建立联系？",
            "对方电脑丢失、损坏，恢复单也找不到时才这样做：写一个新的首次任务包，口令打电话告诉对方，"
            "对方用它重新建账，取回本单位的全部记录；核对以后，原来的密钥停用。",
            "写首次任务包",
        ):
            return
        folder = self.ask_folder(
            self.window(), "首次任务包写到哪个文件夹（U盘）", asking.folder(self.desk.memory)
        )
        if folder is not None:
            self.desk.memory.put(asking.FOLDER, str(folder))
            self._begin(one, folder)

    def _begin(self, one: Partner, folder: Path) -> None:
        def run(book: Book, progress: Progress) -> tuple[str, str, OneLedgerError | None]:
            from desktop.exchange import sending

            handed = sending.hand_down(book, folder, [one.unit], anew=True, progress=progress)
            stopped = handed.stopped or next((error for _, error in handed.refused), None)
            if not handed.written:
                return "", "", stopped
            written = handed.written[0]
            return written.path.name, written.passphrase, None

        def then(done: tuple[str, str, OneLedgerError | None]) -> None:
            name, passphrase, error = done
            if error is not None:
                self._failed(error)
                return
            self.told.setText(
                f"{one.name}的首次任务包 {name} 已写入并读回核对。"
                "口令只显示这一次，请打电话告诉对方，不要随U盘一起送："
            )
            self.passphrase.show_code(passphrase)
            self.once.show()

        self.desk.work(self, "写首次任务包", run, then, failed=self._failed)

    def revoke_keys(self) -> None:
        """Declare void what is known of the unit."""
        one = self.partner
        if one is not None and self.desk.confirm(
            f"作废{one.name}的密钥？",
            "作废以后，对方写的包不再装入，也不再给它下发；已经装入的内容不受影响。"
            "作废写进下一份密钥名单，告知各单位。要恢复往来，须重新建立联系。",
            "作废",
        ):

            def run(book: Book) -> None:
                from desktop.exchange import enrolment

                enrolment.revoke(book, one.unit)

            def then(_done: None) -> None:
                self.desk.say(f"{one.name}的密钥已作废")

            self.desk.write(self, "作废密钥", run, then, failed=self._failed)

    def _failed(self, error: OneLedgerError) -> None:
        self._say(f"{error.sentence}{error.advice}")

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _forget(self) -> None:
        self.passphrase.show_code("")
        self.once.hide()

    # -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does nothing where the keyboard rests on the card, nor anything on the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed while it was not seen shows."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("partner", "unit", "key_list"):
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _judge(self) -> None:
        self.confirm.setEnabled(self.line.complete)
        self._say("")

    def _arrange(self) -> None:
        now = theme.current()
        self.entry, self.verbs, self.about, self.once = QWidget(), QWidget(), QWidget(), QWidget()
        entry = QHBoxLayout(self.entry)
        entry.addWidget(self.line)
        entry.addWidget(self.confirm)
        entry.addStretch(1)
        verbs = Flow(self.verbs)
        for button in (self.compared, self.anew, self.revoke):
            verbs.addWidget(button)
        head, about, once = QHBoxLayout(), QVBoxLayout(self.about), QVBoxLayout(self.once)
        head.addWidget(self.name, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        about.addLayout(head)
        for part in (self.code, self.advice, self.entry, self.wrong, self.verbs):
            about.addWidget(part)
        for part in (self.told, self.passphrase):
            once.addWidget(part)
        once.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignLeft)
        for layout in (entry, about, once):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(now.px(8))
        column = QVBoxLayout()
        column.setSpacing(now.px(8))
        self.body.addLayout(column)
        for part in (self.summary, self.which, self.about, self.once):
            column.addWidget(part)
        column.addStretch(1)
        for hidden in (self.about, self.once, self.wrong):
            hidden.hide()
        self.which.currentIndexChanged.connect(self._show)
        self.line.textChanged.connect(self._judge)
        self.line.returnPressed.connect(self.confirm_code)
        self.confirm.clicked.connect(self.confirm_code)
        self.compared.clicked.connect(self._confirm_own)
        self.anew.clicked.connect(self.begin_anew)
        self.revoke.clicked.connect(self.revoke_keys)
        self.seen.clicked.connect(self._forget)
        self._judge()
