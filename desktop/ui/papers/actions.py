"""What can be done with the paper that is shown: print it, save it, find where it was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.reports import making
from desktop.reports.kinds import EXCEL, WORD
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.papers import choice, printing, saving, setup
from desktop.ui.papers.catalogue import REPORT, Offer
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import Proof, short
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.print_dialog import PrintDialog
from desktop.ui.parts import Button, IconButton
from desktop.ui.week import printed
from desktop.ui.worker import Progress

#: The codes with which each ledger was printed or saved last.
CODES = "papers.codes"
_CALLED = {".pdf": "PDF", WORD: "Word", EXCEL: "Excel"}


class Actions(QWidget):
    """The buttons above the pages. ``ask``, ``printers`` and ``printer_for`` reach outside."""

    print_wanted = Signal()
    saved = Signal(object)  # Path

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice = Choice()
        self.ask: saving.Ask = saving.ask_for_file
        self.printers, self.printer_for = printing.printers, printing.printer_for
        self._offer: Offer | None = None
        self._proof: Proof | None = None
        self._saved: Path | None = None
        self.dialog: PrintDialog | None = None
        self.folder = IconButton("folder-open", "打开所在文件夹")
        self.word = Button("存为 Word", icon="file-text")
        self.excel = Button("存为 Excel", icon="sheet")
        self.pdf = Button("存为 PDF", icon="download")
        self.print = Button("打印", primary=True, icon="printer")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        for button in (self.folder, self.word, self.excel, self.pdf, self.print):
            row.addWidget(button)
        self.folder.clicked.connect(self.open_folder)
        self.word.clicked.connect(self.save_word)
        self.excel.clicked.connect(self.save_excel)
        self.pdf.clicked.connect(self.save_pdf)
        self.print.clicked.connect(self.print_wanted)

    def show_state(self, offer: Offer | None, choice: Choice, proof: Proof | None) -> None:
        """Offer what can be done now with the paper ``offer``, made (``proof``) or not yet."""
        self._offer, self._choice, self._proof = offer, choice, proof
        formats = offer.formats if offer is not None else ()
        ready = offer is not None and offer.lack is None
        for button, ending in ((self.word, WORD), (self.excel, EXCEL)):
            button.setVisible(ending in formats)
            button.setEnabled(ready)
        self.pdf.setEnabled(proof is not None)
        self.print.setEnabled(proof is not None)
        self.folder.setVisible(self._saved is not None)

    # Printing --------------------------------------------------------------------------------

    def ask_to_print(self, proof: Proof) -> None:
        """Ask for printer and pages, with what was set up for this paper last."""
        key = f"papers.print.{proof.choice.paper}"
        known = setup.remembered(self._desk.memory.get(key))
        dialog = PrintDialog(self.window(), proof.title, proof.pages, self.printers(), known)
        dialog.accepted.connect(lambda: self._print(proof, dialog.setup, dialog.pages))
        dialog.save_wanted.connect(self.save_pdf)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, proof: Proof, asked: setup.Setup, pages: tuple[int, ...]) -> None:
        desk = self._desk
        desk.memory.put(f"papers.print.{proof.choice.paper}", setup.kept(asked))
        printer = self.printer_for(asked, self._name(proof, ""))

        def run(_book: Book, progress: Progress) -> int:
            document = PdfPages(proof.data)
            try:
                return printing.print_pages(document, pages, printer, asked, progress)
            finally:
                document.close()

        def then(count: int) -> None:
            copies = f"，{asked.copies} 份" if asked.copies > 1 else ""
            desk.say(f"已送到打印机 {asked.printer}：{count} 页{copies}")
            self._note(proof)

        def failed(error: OneLedgerError) -> None:
            again = Remedy("重新打印", lambda: self.ask_to_print(proof))
            desk.warn(error, again, Remedy("存为 PDF", self.save_pdf))

        desk.work(self, "打印", run, then, failed=failed)

    # Saving ----------------------------------------------------------------------------------

    def save_pdf(self) -> None:
        """Save what is shown; it is the very file that would be printed."""
        proof = self._proof
        if proof is None:
            return
        target = self._asked(self._name(proof, ".pdf"), ".pdf")
        if target is None:
            return

        def run(_book: Book, _progress: Progress) -> Path:
            return saving.write_pdf(proof.data, target)

        def then(path: Path) -> None:
            self._note(proof)
            self._done(path)

        self._desk.work(self, "存为 PDF", run, then, failed=self._refused(self.save_pdf))

    def save_word(self) -> None:
        """Save the paper to be edited in Word or WPS."""
        self._save_as(WORD, self.save_word)

    def save_excel(self) -> None:
        """Save the ledger, or the paper's tables, as a workbook to go on working with."""
        self._save_as(EXCEL, self.save_excel)

    def _save_as(self, ending: str, again: Callable[[], None]) -> None:
        offer, chosen = self._offer, self._choice
        if offer is None or offer.lack is not None or ending not in offer.formats:
            return
        subject = next((one for one in offer.subjects if one.record == chosen.subject), None)
        title = f"{short(subject.label)} {offer.title}" if subject else offer.title
        name = choice.file_name(self._desk.facts.unit_short, title, chosen, ending)
        target = self._asked(name, ending)
        if target is None:
            return

        def run(book: Book, _progress: Progress) -> tuple[str, ...]:
            with saving.named(target):
                if chosen.kind is not None:
                    return making.make(book, chosen.request, target).remarks
                period, since = chosen.period or None, chosen.since
                made = making.export(book, chosen.paper, period, target, changed_since=since)
                return made.remarks

        def then(remarks: tuple[str, ...]) -> None:
            self._done(target)
            if remarks:
                self._desk.say("".join(remarks))

        title = f"存为 {_CALLED[ending]}"
        self._desk.work(self, title, run, then, failed=self._refused(again))

    def open_folder(self) -> None:
        """Show the file that was saved last in its folder."""
        if self._saved is not None:
            try:
                saving.open_folder(self._saved)
            except OneLedgerError as error:
                self._desk.warn(error)

    def _name(self, proof: Proof, ending: str) -> str:
        return choice.file_name(self._desk.facts.unit_short, proof.title, proof.choice, ending)

    def _asked(self, name: str, ending: str) -> Path | None:
        proposed = saving.folder(self._desk.memory) / name
        chosen = self.ask(
            self.window(), f"存为 {_CALLED[ending]}", proposed, saving.FILTERS[ending]
        )
        return saving.with_ending(chosen, ending) if chosen else None

    def _done(self, path: Path) -> None:
        self._saved = path
        self._desk.memory.put(saving.FOLDER, str(path.parent))
        self.folder.setVisible(True)
        self.saved.emit(path)

    def _note(self, proof: Proof) -> None:
        """A paper went onto paper, or into the file that is printed elsewhere."""
        if proof.choice.kind is None:
            codes = self._desk.memory.get(CODES)
            known = codes if isinstance(codes, dict) else {}
            self._desk.memory.put(CODES, {**known, proof.choice.paper: proof.code})
        if proof.choice.paper == REPORT:
            printed.note(self._desk.memory, proof.choice.period, proof.position)

    def _refused(self, again: Callable[[], None]) -> Callable[[OneLedgerError], None]:
        return lambda error: self._desk.warn(error, Remedy("另选位置", again))
