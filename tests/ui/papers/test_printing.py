"""Onto paper: number of sheets, their size and direction, what stands on them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop.reports.content import Ledger
from desktop.reports.ledger_pdf import draw_ledger
from desktop.reports.paper_pdf import draw_paper
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.printing import NotPrinted, print_pages, printer_for
from desktop.ui.papers.setup import Setup
from desktop.ui.worker import Cancelled, Progress
from tests.reports import papers

MM = 72 / 25.4


@pytest.fixture(scope="module")
def report() -> bytes:
    """Upright A4 with a lying A3 behind it."""
    target = BytesIO()
    appendix: Ledger = papers.ledger(12, "A3 landscape")
    draw_paper(papers.paper(appendices=(appendix,)), target)
    return target.getvalue()


def pdf_printer(path: Path, setup: Setup) -> QPrinter:
    printer = printer_for(setup, "周报")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def printed(
    data: bytes, path: Path, setup: Setup, pages: tuple[int, ...] | None = None
) -> PdfPages:
    document = PdfPages(data)
    wanted = tuple(range(len(document))) if pages is None else pages
    count = print_pages(document, wanted, pdf_printer(path, setup), setup, lambda _done, _all: None)
    assert count == len(wanted)
    return PdfPages(path.read_bytes())


def millimetres(pages: PdfPages) -> list[tuple[int, int]]:
    return [(round(size.width / MM), round(size.height / MM)) for size in pages.sizes]


def shades(pages: PdfPages, page: int) -> list[float]:
    """How light a page is, spot by spot, from 0 to 1: what stands where, seen from afar."""
    image = pages.picture(page, 3.0).scaled(30, 42, mode=Qt.TransformationMode.SmoothTransformation)
    return [image.pixelColor(x, y).lightnessF() for x in range(30) for y in range(42)]


def difference(one: PdfPages, page: int, other: PdfPages, of: int) -> float:
    """How far the shades of two pages lie apart on average."""
    pairs = zip(shades(one, page), shades(other, of), strict=True)
    return sum(abs(a - b) for a, b in pairs) / 30 / 42


def test_each_page_is_printed_on_its_own_sheet(
    qapp: QApplication, report: bytes, tmp_path: Path
) -> None:
    source = PdfPages(report)
    made = printed(report, tmp_path / "a.pdf", Setup())
    assert millimetres(made) == millimetres(source)
    assert millimetres(made)[0] == (210, 297)
    assert millimetres(made)[-1] == (420, 297)
    for page in range(len(source)):
        assert difference(source, page, made, page) < 0.01
    assert difference(source, 0, made, len(source) - 1) > 0.02


def test_pages_come_as_asked(qapp: QApplication, report: bytes, tmp_path: Path) -> None:
    source = PdfPages(report)
    made = printed(report, tmp_path / "a.pdf", Setup(), (len(source) - 1, 0))
    assert millimetres(made) == [(420, 297), (210, 297)]
    assert difference(source, 0, made, 1) < 0.01


def test_a_large_sheet_is_made_smaller_for_a_small_printer(
    qapp: QApplication, report: bytes, tmp_path: Path
) -> None:
    source = PdfPages(report)
    last = len(source) - 1
    made = printed(report, tmp_path / "a.pdf", Setup(sheet="A4"), (0, last))
    assert millimetres(made) == [(210, 297), (297, 210)]
    assert difference(source, last, made, 1) < 0.02


def test_a_finer_print_holds_more_dots(qapp: QApplication, report: bytes, tmp_path: Path) -> None:
    printed(report, tmp_path / "a.pdf", Setup(dots=300), (0,))
    printed(report, tmp_path / "b.pdf", Setup(dots=600), (0,))
    assert (tmp_path / "b.pdf").stat().st_size > 1.5 * (tmp_path / "a.pdf").stat().st_size


def test_copies_and_the_name_go_to_the_printer(qapp: QApplication) -> None:
    printer = printer_for(Setup(copies=3), "空冢郭镇 周报")
    assert printer.copyCount() == 3
    assert printer.docName() == "空冢郭镇 周报"


def test_a_print_can_be_called_off(qapp: QApplication, tmp_path: Path) -> None:
    target = BytesIO()
    draw_ledger(papers.ledger_paper(100), target)
    document = PdfPages(target.getvalue())
    progress, seen = Progress(), []

    def stop(done: int, of_all: int) -> None:
        seen.append(done)
        progress.cancelled = done == 2
        progress(done, of_all)

    printer = pdf_printer(tmp_path / "a.pdf", Setup())
    with pytest.raises(Cancelled):
        print_pages(document, range(len(document)), printer, Setup(), stop)
    assert seen == [0, 1, 2]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_named(qapp: QApplication, report: bytes, tmp_path: Path) -> None:
    printer = pdf_printer(tmp_path / "nowhere" / "a.pdf", Setup())
    with pytest.raises(NotPrinted, match="没有接收打印"):
        print_pages(PdfPages(report), (0,), printer, Setup(), lambda _done, _all: None)
