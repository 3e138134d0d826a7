"""The recovery sheet: what is printed is what is shown; codes are grouped while typing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from desktop.errors import OneLedgerError
from desktop.reports.slips import Recovery
from desktop.ui.exchange.keys_line import CodeBoxes, CodeLine, grouped
from desktop.ui.exchange.keys_sheet import SheetView
from desktop.ui.papers import printing
from desktop.ui.worker import Progress
from tests.ui.week.hands import OFFSCREEN, click

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
SHEET = Recovery(
    unit="空冢郭镇",
    machine="1号机",
    code="V5QF-V8NT-V503-ZB70-ZQ65-F7TS",
    made_on=date(2023, 3, 2),
)


def at_once(_title: str, run: Any, then: Any, failed: Any) -> None:
    try:
        value = run(Progress())
    except OneLedgerError as error:
        failed(error)
    else:
        then(value)


@pytest.fixture
def view(qtbot: Any) -> SheetView:
    made = SheetView(at_once)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show_sheet(SHEET)
    made.show()
    return made


def test_the_sheet_is_printed_and_then_kept(view: SheetView, qtbot: Any, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"

    def printer_for(setup: Any, title: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    view.printers, view.printer_for = lambda: ("办公室",), printer_for
    click(view.print)
    assert view.dialog is not None
    with qtbot.waitSignal(view.kept):
        click(view.dialog.go)
    assert "已送到打印机 办公室" in view.said.text()
    with pdfplumber.open(target) as document:
        assert len(document.pages) == 1


def test_a_printer_that_refuses_does_not_count_as_kept(view: SheetView, qtbot: Any) -> None:

    view.printers = lambda: ("办公室",)
    view.run = lambda _title, _run, _then, failed: failed(printing.NotPrinted("办公室"))
    view.printer_for = lambda setup, title: QPrinter()
    click(view.print)
    assert view.dialog is not None
    with qtbot.assertNotEmitted(view.kept):
        click(view.dialog.go)
    assert "用笔抄下来" in view.said.text()


def test_codes_are_grouped_however_they_come() -> None:
    assert grouped("1234-5678　９０12 3456 789", 16, digits=True) == "1234 5678 9012 3456"
    assert grouped("abcd-efgh", 12) == "ABCD EFGH"
    assert grouped("口令：12", 16, digits=True) == "12"


def test_typing_and_deleting_in_the_middle_keep_the_place(qtbot: Any) -> None:
    line = CodeLine(16, digits=True)
    qtbot.addWidget(line)
    line.show()
    QTest.keyClicks(line, "12345678")
    assert line.text() == "1234 5678" and line.code == "12345678" and not line.complete
    line.setCursorPosition(2)
    QTest.keyClicks(line, "9")
    assert line.text() == "1293 4567 8" and line.cursorPosition() == 3
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == "1234 5678" and line.cursorPosition() == 2
    QTest.keyClicks(line, "x")
    assert line.text() == "1234 5678"


def test_boxes_hold_four_signs_each(qtbot: Any) -> None:
    boxes = CodeBoxes(SHEET.code)
    qtbot.addWidget(boxes)
    assert boxes.groups == ("V5QF", "V8NT", "V503", "ZB70", "ZQ65", "F7TS")
    assert boxes.sizeHint().height() > CodeBoxes("V5QF").sizeHint().height()
    assert boxes.accessibleName() == "V5QF V8NT V503 ZB70 ZQ65 F7TS"
