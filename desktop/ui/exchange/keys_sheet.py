"""The recovery sheet 恢复单: the code in large groups, printed or copied by hand, shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.exchange.keys_line import CodeBoxes
from desktop.ui.papers import printing
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.print_dialog import PrintDialog
from desktop.ui.papers.setup import Setup
from desktop.ui.parts import Button, Flow, Passage
from desktop.ui.worker import Progress

if TYPE_CHECKING:
    from desktop.reports.slips import Recovery

#: Asked before a code goes from the screen that nobody has on paper.
UNKEPT = "恢复码还没有抄下或打印。"
ADVICE = (
    "恢复码只显示这一次。换电脑、重装系统、从备份恢复以后，要凭它取回本单位的密钥，否则不能收发数据包。"
    "请打印恢复单或用笔抄下，锁进单位的保险柜；不要拍照，不要存在电脑和手机里。"
)
COPIED = "已抄好。请把抄下的恢复码锁好。"


class Run(Protocol):
    """Has something long done: ``run`` in a thread, then one of the two in the window's."""

    def __call__(
        self,
        title: str,
        run: Callable[[Progress], Any],
        then: Callable[[Any], None],
        failed: Callable[[OneLedgerError], None],
    ) -> None: ...


def pdf(sheet: Recovery) -> bytes:
    """The sheet on paper."""
    from desktop.reports import slips

    return slips.recovery_pdf(sheet)


class SheetView(QWidget):
    """Shows a code once; ``kept`` says that a person has it on paper (printed, or copied).

    ``printers`` and ``printer_for`` reach outside.
    """

    kept = Signal()

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run
        self.sheet: Recovery | None = None
        self._kept = False
        self.dialog: PrintDialog | None = None
        self.printers, self.printer_for = printing.printers, printing.printer_for
        self.code, self.advice = CodeBoxes(row=3, size="title"), Passage(ADVICE, role="ink_soft")
        self.said = Passage(COPIED, role="good")
        self.print = Button("打印恢复单", primary=True, icon="printer")
        self.copied = Button("我已抄好", icon="pencil")
        row = QWidget()
        flow = Flow(row)
        flow.addWidget(self.print)
        flow.addWidget(self.copied)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().gap)
        for part in (self.code, self.advice, row, self.said):
            whole.addWidget(part)
        room = self.said.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # What stands below does not move under the mouse.
        self.said.setSizePolicy(room)
        self.said.hide()
        self.print.clicked.connect(self.ask_to_print)
        self.copied.clicked.connect(lambda: self._keep(COPIED))

    def show_sheet(self, sheet: Recovery) -> None:
        """Show a code; nobody has it on paper yet."""
        self.sheet, self._kept = sheet, False
        self.code.show_code(sheet.code)
        self.print.set_primary(True)
        self._unsay()

    def forget(self) -> None:
        """The code is shown no more."""
        self.sheet = None
        self.code.show_code("")
        self._unsay()

    @property
    def unkept(self) -> bool:
        """Whether a code is shown that nobody has on paper yet."""
        return self.sheet is not None and not self._kept

    def ask_to_print(self) -> None:
        """Ask for the printer; the sheet is never saved as a file."""
        names = self.printers()
        if self.sheet is None:
            return
        if not names:
            self._say("这台电脑没有装打印机，请用笔抄下来，再点“我已抄好”。", "must")
            return
        dialog = PrintDialog(self.window(), "恢复单", 1, names, Setup())
        dialog.accepted.connect(lambda: self._print(dialog.setup))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, asked: Setup) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        printer = self.printer_for(asked, "恢复单")

        def run(progress: Progress) -> int:
            document = PdfPages(pdf(sheet))
            try:
                pages = range(len(document.sizes))
                return printing.print_pages(document, pages, printer, asked, progress)
            finally:
                document.close()

        def failed(error: OneLedgerError) -> None:
            self._say(f"{error.sentence}打印不了就用笔抄下来。", "must")

        said = f"已送到打印机 {asked.printer}。取到纸、看清楚以后锁好。"
        self.run("打印恢复单", run, lambda _count: self._keep(said), failed)

    def _keep(self, sentence: str) -> None:
        self._kept = True
        self._say(sentence, "good")
        self.print.set_primary(False)
        self.kept.emit()

    def _say(self, sentence: str, role: str) -> None:
        self.said.set_role(role)
        self.said.setText(sentence)
        self.said.show()

    def _unsay(self) -> None:
        self.said.hide()
        self.said.setText(COPIED)  # Its room is kept free.
