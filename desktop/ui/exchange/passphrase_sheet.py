"""The list of one-time passphrases on paper: who is called, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.papers import printing, setup
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.print_dialog import PrintDialog
from desktop.ui.worker import Progress

#: Resolution of the sheet, in dots per inch, and the size of its type in points.
DOTS, POINTS = 300, 14
#: Under what the printer's setting is remembered.
KEY = "papers.print.passphrases"
TITLE = "首次联系口令单"

Passphrases = Sequence[tuple[str, str, str]]


def pdf(unit: str, passphrases: Passphrases, day: date) -> bytes:
    """The sheet as a PDF: a line for each (unit, passphrase, file)."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in line) + "</tr>"
        for line in passphrases
    )
    document = QTextDocument()
    face = QFont(theme.font())
    face.setPointSizeF(POINTS)
    document.setDefaultFont(face)
    document.setHtml(
        f"<h2>{escape(unit)}{TITLE}</h2><p>{day.year}年{day.month}月{day.day}日</p>"
        '<table border="1" cellspacing="0" cellpadding="6" width="100%"'
        ' style="border-collapse: collapse">'
        "<tr><th>单位</th><th>口令</th><th>任务包</th></tr>"
        f"{rows}</table><p>请打电话告诉对方，对方用任务包建账时输入。口令只用一次，"
        "不要写在U盘上，不要随U盘一起送；对方建账后销毁本单。</p>"
    )
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)
    buffer.close()
    return bytes(kept.data())


class PassphraseSheet(QObject):
    """Asks for a printer and prints; the sheet is never saved as a file.

    ``printers`` and ``printer_for`` reach outside.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self.printers, self.printer_for = printing.printers, printing.printer_for
        self.dialog: PrintDialog | None = None

    def ask_to_print(self, passphrases: Passphrases) -> None:
        """Print the list, on the printer that was used for it last."""
        names = self.printers()
        if not names:
            self._desk.say("这台电脑没有装打印机，请用笔抄下口令")
            return
        data = pdf(self._desk.facts.unit_name, passphrases, self._desk.today())
        document = PdfPages(data)
        pages = len(document.sizes)
        document.close()
        known = setup.remembered(self._desk.memory.get(KEY))
        dialog = PrintDialog(self._parent.window(), TITLE, pages, names, known)
        dialog.accepted.connect(lambda: self._print(data, dialog.setup, dialog.pages))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, data: bytes, asked: setup.Setup, pages: tuple[int, ...]) -> None:
        desk = self._desk
        desk.memory.put(KEY, setup.kept(asked))
        printer = self.printer_for(asked, TITLE)

        def run(_book: Book, progress: Progress) -> int:
            document = PdfPages(data)
            try:
                return printing.print_pages(document, pages, printer, asked, progress)
            finally:
                document.close()

        again = Remedy("再打印一次", lambda: self._print(data, asked, pages))
        desk.work(
            self,
            "打印口令单",
            run,
            lambda count: desk.say(f"口令单已送到打印机 {asked.printer}：{count} 页"),
            failed=lambda error: desk.warn(error, again),
        )
