"""Printing from the page 调度与报表: asked once, remembered, and when the printer refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from desktop.ui.messages import Warned
from desktop.ui.page import Landing
from desktop.ui.papers.catalogue import REPORT
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.setup import Setup
from desktop.ui.week import printed
from tests.ui.conftest import TestDesk, ask, settle, shot

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def printer(page: PapersPage, tmp_path: Path) -> Path:
    """A printer of this PC that prints into a file."""
    target = tmp_path / "printed.pdf"

    def made(setup: Setup, title: str) -> QPrinter:
        machine = QPrinter(QPrinter.PrinterMode.HighResolution)
        machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        machine.setOutputFileName(str(target))
        machine.setCopyCount(setup.copies)
        machine.setDocName(title)
        return machine

    page.verbs.printer_for = made
    page.verbs.printers = lambda: ("一楼打印机", "二楼打印机")
    return target


def test_printing_with_the_keyboard_alone(page: PapersPage, desk: TestDesk, printer: Path) -> None:
    page.preview.setFocus()
    QTest.keyClick(page.preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.verbs.dialog
    assert dialog is not None
    assert dialog.isVisible()
    QTest.keyClicks(dialog.range, "1-2")
    dialog.printer.setCurrentIndex(1)
    QTest.keyClick(dialog.range, Qt.Key.Key_Return)
    settle(desk)
    sizes = PdfPages(printer.read_bytes()).sizes
    assert len(sizes) == 2
    assert desk.notes == ["已送到打印机 二楼打印机：2 页"]
    assert desk.memory.get("papers.print.paper:weekly")["printer"] == "二楼打印机"
    page.print_paper()
    again = page.verbs.dialog
    assert again is not None
    assert again.printer.currentText() == "二楼打印机"
    assert again.range.text() == ""
    QTest.keyClick(again, Qt.Key.Key_Escape)


def test_what_was_printed_is_noted_for_the_week(
    page: PapersPage, desk: TestDesk, printer: Path
) -> None:
    page.print_paper()
    assert page.verbs.dialog is not None
    QTest.mouseClick(page.verbs.dialog.go, Qt.MouseButton.LeftButton)
    settle(desk)
    position = ask(desk, lambda book: book.journal.position)
    assert desk.memory.get(printed.KEY) == {"2023-W10": position}


def test_pages_that_do_not_exist_cannot_be_printed(
    page: PapersPage, desk: TestDesk, printer: Path
) -> None:
    page.print_paper()
    dialog = page.verbs.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.range, "99")
    assert not dialog.go.isEnabled()
    assert "99" in dialog.trouble.text()
    dialog.range.clear()
    assert dialog.go.isEnabled() and not dialog.save.isVisible()
    shot(dialog, "papers-print", 480, 380)
    dialog.reject()


def test_without_a_printer_the_dialog_saves_instead(
    page: PapersPage, desk: TestDesk, tmp_path: Path
) -> None:
    page.verbs.printers = lambda: ()
    page.verbs.ask = lambda *_: tmp_path / "周报.pdf"
    page.print_paper()
    dialog = page.verbs.dialog
    assert dialog is not None
    assert not dialog.go.isEnabled()
    assert "没有打印机" in dialog.trouble.text()
    said = dialog.trouble.fontMetrics().horizontalAdvance(dialog.trouble.text())
    assert dialog.trouble.width() >= said, "it is read whole"
    assert not dialog.go.isVisible()
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    settle(desk)
    assert page.proof is not None
    assert (tmp_path / "周报.pdf").read_bytes() == page.proof.data


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints")
def test_a_refusing_printer_offers_ways_out(
    page: PapersPage, desk: TestDesk, printer: Path, tmp_path: Path
) -> None:
    warned: list[Warned] = []
    desk.messages.warned.connect(warned.append)
    printer.mkdir()
    page.print_paper()
    assert page.verbs.dialog is not None
    QTest.mouseClick(page.verbs.dialog.go, Qt.MouseButton.LeftButton)
    settle(desk)
    assert [one.text for one in warned[0].remedies][:2] == ["重新打印", "存为 PDF"]
    assert desk.memory.get(printed.KEY) is None
    page.verbs.ask = lambda *_: tmp_path / "ausweg.pdf"
    warned[0].remedies[1].run()
    settle(desk)
    assert (tmp_path / "ausweg.pdf").is_file()


def test_landing_prints_once_the_paper_is_made(desk: TestDesk) -> None:
    page = PapersPage(desk)
    page.verbs.printers = lambda: ("一楼打印机",)
    page.show()
    page.refresh()
    page.land(Landing(register="weekly", text="print"))
    assert page.verbs.dialog is None
    settle(desk)
    assert page.proof is not None
    assert page.proof.choice.paper == REPORT
    dialog = page.verbs.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    page.land(Landing(register="weekly", tab="ledger"))
    settle(desk)
    assert page.proof.choice.paper == "weekly"
    page.preview.show_pdf(None)
