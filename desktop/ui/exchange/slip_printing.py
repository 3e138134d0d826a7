"""Prints a paper of the page: made in the worker, asked for a printer, never saved as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.exchange.postbook import Took
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange import slips
from desktop.ui.messages import Remedy
from desktop.ui.papers import printing, setup
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.print_dialog import PrintDialog
from desktop.ui.worker import Progress

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result

#: Under what the printer's setting is remembered.
KEY = "papers.print.slips"


class SlipPrinter(QObject):
    """``printers`` and ``printer_for`` reach outside; ``dialog`` is the last question."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self.printers, self.printer_for = printing.printers, printing.printer_for
        self.dialog: PrintDialog | None = None

    def passphrases(self, told: Sequence[tuple[str, str, str]]) -> None:
        """The list of one-time passphrases (unit, passphrase, file)."""
        day = self._desk.today()
        self.ask_to_print("口令单", lambda book: slips.passphrases(book, told, day))

    def receipt_of_sitting(self, results: Sequence[Result]) -> None:
        """What became of every package; who is missing in the week that is shown."""
        week = self._desk.period
        self.ask_to_print("回执", lambda book: slips.receipt_of_sitting(book, results, week))

    def receipt_of_package(self, took: Took) -> None:
        """One package out of the post book."""
        self.ask_to_print("回执", lambda book: slips.receipt_of_package(book, took))

    def ask_to_print(self, title: str, make: Callable[[Book], bytes]) -> None:
        """Make the paper, then ask for a printer: the one that was used last stands there."""
        if not self.printers():
            self._desk.say(f"这台电脑没有装打印机，不能打印{title}")
            return
        self._desk.work(
            self,
            f"生成{title}",
            lambda book, _progress: make(book),
            lambda data: self._ask(title, data),
        )

    def _ask(self, title: str, data: bytes) -> None:
        document = PdfPages(data)
        pages = len(document.sizes)
        document.close()
        known = setup.remembered(self._desk.memory.get(KEY))
        dialog = PrintDialog(self._parent.window(), title, pages, self.printers(), known)
        dialog.accepted.connect(lambda: self._print(title, data, dialog.setup, dialog.pages))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, title: str, data: bytes, asked: setup.Setup, pages: tuple[int, ...]) -> None:
        desk = self._desk
        desk.memory.put(KEY, setup.kept(asked))
        printer = self.printer_for(asked, title)

        def run(_book: Book, progress: Progress) -> int:
            document = PdfPages(data)
            try:
                return printing.print_pages(document, pages, printer, asked, progress)
            finally:
                document.close()

        again = Remedy("再打印一次", lambda: self._print(title, data, asked, pages))
        desk.work(
            self,
            f"打印{title}",
            run,
            lambda count: desk.say(f"{title}已送到打印机 {asked.printer}：{count} 页"),
            failed=lambda error: desk.warn(error, again),
        )
