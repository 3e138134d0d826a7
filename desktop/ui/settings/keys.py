"""密钥与恢复: this PC's number, the unit's other PCs, the recovery code, new keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop import slip_filling
from desktop.errors import OneLedgerError, of_the_system
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.exchange.keys_line import CodeLine
from desktop.ui.exchange.keys_reading import Keys, Pc, keys_of
from desktop.ui.exchange.keys_sheet import UNKEPT, SheetView
from desktop.ui.parts import Button, Passage, Words
from desktop.ui.settings.keys_pcs import PcRow
from desktop.ui.settings.section import Section, hint, row
from desktop.ui.worker import Progress

if TYPE_CHECKING:
    from desktop.reports.slips import Recovery

RECOVERY = 24
ENDING = "关闭以后不再显示；没有留下的，要再换一个新的恢复码。"
FILTER = "数据包 (*.yzp);;所有文件 (*)"


class KeysSection(Section):
    """``choose`` reaches for the system's file dialog."""

    name, title, icon = "keys", "密钥与恢复", "lock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.keys: Keys | None = None
        self.package: Path | None = None
        self.choose: Callable[[], Path | None] = self._choose_file
        self.state, self.wrong = Passage(""), Passage("", role="must")
        self.line, self.get = CodeLine(RECOVERY), Button("取回密钥", primary=True)
        self.line.setAccessibleName("恢复码")
        self.share, self.shared = Button("再选互换包……"), Words("", "small", "ink_soft")
        self.pcs: list[PcRow] = []
        self.anew, self.rotate = Button("换新的恢复码……"), Button("更换密钥……")
        self.sheet = SheetView(self._run)
        self.done = Button("收起")
        self._arrange()
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show what holds now."""
        self.desk.read(self, keys_of, self.show_keys, key="keys")

    def show_keys(self, keys: Keys) -> None:
        """The keys and PCs as they are."""
        self.keys = keys
        self.state.setText(state_in_words(keys))
        self.state.set_role("must" if keys.held == "missing" else "ink")
        self.lost.setVisible(keys.held == "missing")
        for made in self.pcs:
            made.hide()
            made.setParent(None)
            made.deleteLater()
        self.pcs = [PcRow(pc) for pc in keys.pcs]
        for made in self.pcs:
            made.revoke.clicked.connect(lambda _checked=False, pc=made.pc: self._revoke(pc))
            made.revoke.setEnabled(keys.held == "held")
            self._pcs.addWidget(made)
        self.of_pcs.setVisible(bool(keys.pcs))
        there = keys.held == "held"
        self.of_code.setVisible(there)
        self.verbs.setVisible(there)
        self.of_code.setText(code_in_words(keys))
        self.of_code.set_role("ink_soft" if keys.sheet else "explain")
        self.anew.setText("换新的恢复码……" if keys.sheet else "打印恢复单……")
        self.anew.set_primary(not keys.sheet)

    # Acts ------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Bring the unit's keys onto this PC by the code on the recovery sheet."""
        if not self.line.complete:
            return
        code, package = self.line.code, self.package
        self._say("")

        def run(book: Book, progress: Progress) -> str:
            from desktop.exchange import own_keys

            progress(0, 0)
            try:
                raw = package.read_bytes() if package is not None else b""
            except OSError as error:
                raise of_the_system(error) from error
            return own_keys.recover(book, code, raw).certificate.label

        def then(label: str) -> None:
            self.line.clear()
            self._chose(None)
            self.refresh()  # Nothing of it may stand in the journal.
            self.desk.say(f"已取回本单位的密钥，这台电脑是{label}，可以收发数据包")

        def failed(error: OneLedgerError) -> None:
            self._say(f"{error.sentence}{error.advice}")
            self.line.setFocus()
            self.line.selectAll()

        self.desk.work(self, "取回密钥", run, then, failed=failed)

    def new_code(self) -> None:
        """Another recovery code for the same keys."""
        keys = self.keys
        if keys is None:
            return
        if keys.sheet and not self.desk.confirm(
            "换新的恢复码？",
            "旧的恢复单从此作废（以前的备份仍要用旧的恢复码，请在旧单上写明再收好）。"
            "新的恢复码只显示一次，马上打印或抄下。",
            "换新的",
        ):
            return

        def run(book: Book, progress: Progress) -> Recovery:
            from desktop.exchange import own_keys

            progress(0, 0)
            return slip_filling.recovery(book, own_keys.recovery(book))

        self.desk.work(self, "做新的恢复码", run, self._show_code, failed=self._failed)

    def rotate_keys(self) -> None:
        """New keys for the unit, signed by the old ones."""
        if not self.desk.confirm(
            "更换本单位的密钥？",
            "怀疑密钥或恢复码被别人拿到时才要更换。新旧密钥共同签名，随下一个包告知对方，不用重新核对；"
            "本单位其他电脑要再凭新的恢复码和互换包取回新密钥。换下的密钥不能再用。",
            "更换密钥",
        ):
            return

        def run(book: Book, progress: Progress) -> Recovery:
            from desktop.exchange import own_keys

            progress(0, 0)
            return slip_filling.recovery(book, own_keys.rotate(book))

        self.desk.work(self, "更换密钥", run, self._show_code, failed=self._failed)

    def _revoke(self, pc: Pc) -> None:
        if not self.desk.confirm(
            f"作废{pc.label}？",
            "那台电脑丢失、被盗、送修或报废时才作废：作废以后它写的包不再装入；"
            "已经装入的内容不受影响。随下一个包告知对方。丢失或被盗的，还应更换密钥。",
            "作废",
        ):
            return

        def run(book: Book) -> None:
            from desktop.exchange import enrolment

            enrolment.revoke(book, pc.replica)

        def then(_done: None) -> None:
            self.desk.say(f"已作废{pc.label}")

        self.desk.write(self, "作废电脑", run, then, failed=self._failed)

    def _show_code(self, sheet: Recovery) -> None:
        self._say("")
        self.sheet.show_sheet(sheet)
        self.once.show()
        self.sheet.print.setFocus()

    def _hide_code(self) -> None:
        """The code goes from the screen, once it is on paper."""
        if not self.sheet.unkept or self.desk.confirm(
            "恢复码已经留到纸上了吗？",
            "收起以后不再显示；没有留下的，要再换一个新的恢复码。",
            "已经留下",
        ):
            self._forget_code()

    def may_end(self) -> bool:
        """A code that nobody has on paper is not closed away unasked."""
        if self.sheet.unkept:
            if not self.desk.confirm(UNKEPT, ENDING, "仍要关闭"):
                return False
            self._forget_code()
        return True

    def _forget_code(self) -> None:
        self.sheet.forget()
        self.once.hide()

    def _run(
        self,
        title: str,
        run: Callable[[Progress], object],
        then: Callable[[object], None],
        failed: Callable[[OneLedgerError], None],
    ) -> None:
        self.desk.work(self, title, lambda _book, progress: run(progress), then, failed=failed)

    def _failed(self, error: OneLedgerError) -> None:
        self._say(f"{error.sentence}{error.advice}")

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _choose_share(self) -> None:
        self._chose(self.choose())

    def _chose(self, path: Path | None) -> None:
        self.package = path
        self.shared.set_text(path.name if path else "")

    def _choose_file(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), "本单位另一台电脑写的互换包", str(Path.home()), FILTER
        )
        return Path(chosen) if chosen else None

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches("partner", "key_list"):
            self.refresh()

    def _arrange(self) -> None:
        now = theme.current()
        self.lost, self.of_pcs, self.once = QWidget(), QWidget(), QWidget()
        self.of_code = Passage("")
        lost, self._pcs, once = QVBoxLayout(self.lost), QVBoxLayout(self.of_pcs), QVBoxLayout()
        self.once.setLayout(once)
        for layout in (lost, self._pcs, once):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(now.gap)
        self._pcs.setSpacing(now.px(2))
        lost.addWidget(
            hint(
                "输入恢复单上的 24 位恢复码。密钥换过、恢复单是换过以后的，再选一个本单位另一台电脑"
                "写的互换包。现在没有恢复单也可以先填报，要收发时再取回。"
            )
        )
        lost.addWidget(row(self.line, self.get))
        lost.addWidget(row(self.share, self.shared))
        once.addWidget(self.sheet)
        once.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        self.verbs = row(self.anew, self.rotate)
        for part in (
            self.state, self.lost, self.wrong, self.of_pcs, self.of_code, self.verbs, self.once,
        ):  # fmt: skip
            self.column.addWidget(part)
        for hidden in (self.lost, self.wrong, self.of_pcs, self.of_code, self.verbs, self.once):
            hidden.hide()
        self.get.setEnabled(False)
        self.line.textChanged.connect(lambda _text: self.get.setEnabled(self.line.complete))
        self.line.returnPressed.connect(self.recover)
        self.get.clicked.connect(self.recover)
        self.share.clicked.connect(self._choose_share)
        self.anew.clicked.connect(self.new_code)
        self.rotate.clicked.connect(self.rotate_keys)
        self.done.clicked.connect(self._hide_code)


def state_in_words(keys: Keys) -> str:
    """Where this PC stands with the unit's keys."""
    if keys.held == "none":
        return "本单位还没有密钥。第一次下发、上报或互换时自动建立，到时请回这里打印恢复单。"
    if keys.held == "missing":
        return "这台电脑上没有本单位的密钥，可以填报，不能收发数据包。"
    return f"这台电脑是{keys.label or '本单位的电脑'}，保管着本单位的密钥。"


def code_in_words(keys: Keys) -> str:
    """Whether somebody can have the recovery code on paper."""
    if keys.sheet:
        return (
            "换电脑、恢复备份以后，凭恢复单取回密钥。"
            "恢复单找不到了，或别人看见过，就换一个新的恢复码。"
        )
    return "还没有打印过恢复单：这台电脑一旦损坏，密钥就取不回来了。请现在打印，锁好。"
