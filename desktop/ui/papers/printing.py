"""Pages onto paper: each on a sheet of its own size and direction, in true size.

May run beside the window: Qt allows a printer to be painted on from any thread. A cancelled print
is called off at the printer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.errors import OneLedgerError
from desktop.ui.papers.pdf import PdfPages, Size
from desktop.ui.papers.setup import Setup

_DUPLEX = {
    "one": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}
_SHEETS = {"A4": Size(595.2756, 841.8898), "A3": Size(841.8898, 1190.5512)}


class NotPrinted(OneLedgerError):
    """The printer refused."""

    def __init__(self, printer: str) -> None:
        super().__init__(
            f"打印机“{printer}”没有接收打印。",
            "请检查打印机是否开机、联机、有纸，或换一台打印机；也可以先保存 PDF 再打印。",
        )


def printers() -> tuple[str, ...]:
    """The printers of this PC, the usual one first."""
    names = QPrinterInfo.availablePrinterNames()
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != usual))


def printer_for(setup: Setup, title: str) -> QPrinter:
    """A printer set up as was asked; ``title`` is what its queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(setup.printer)
    printer.setDocName(title)
    printer.setCopyCount(setup.copies)
    printer.setCollateCopies(True)
    printer.setDuplex(_DUPLEX[setup.sides])
    return printer


def sheet_of(size: Size, setup: Setup) -> Size:
    """The sheet (in points) that a page of ``size`` is printed on: its own, or one way or another.

    A sheet that was asked for is laid as the page lies.
    """
    if setup.sheet == "own":
        return size
    asked = _SHEETS[setup.sheet]
    return Size(asked.height, asked.width) if size.landscape else asked


def print_pages(
    document: PdfPages,
    pages: Sequence[int],
    printer: QPrinter,
    setup: Setup,
    progress: Callable[[int, int], None],
) -> int:
    """Print ``pages`` (from 0); returns how many. Raises :class:`NotPrinted`.

    Whatever ``progress`` raises calls the print off.
    """
    painter = QPainter()
    try:
        for done, page in enumerate(pages):
            progress(done, len(pages))
            sheet = sheet_of(document.sizes[page], setup)
            printer.setPageLayout(_layout(sheet))
            begun = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not begun:
                raise NotPrinted(printer.printerName())
            _paint(painter, document, page, sheet, printer, setup.dots)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    progress(len(pages), len(pages))
    return len(pages)


def _layout(sheet: Size) -> QPageLayout:
    """A page layout without margins: the paper's own margins are in its picture."""
    upright = QSizeF(min(sheet), max(sheet))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if sheet.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint(
    painter: QPainter, document: PdfPages, page: int, sheet: Size, printer: QPrinter, dots: int
) -> None:
    """Draw a page on the sheet, smaller or larger where they differ, in the middle."""
    size = document.sizes[page]
    fit = min(sheet.width / size.width, sheet.height / size.height)
    scale = dots / 72 * fit  # pixels of the picture to a point of the page
    to_sheet = printer.resolution() / dots
    left = (sheet.width - size.width * fit) / 2 * printer.resolution() / 72
    top = (sheet.height - size.height * fit) / 2 * printer.resolution() / 72
    for first, band in document.bands(page, scale):
        plain = band.convertToFormat(QImage.Format.Format_Grayscale8) if band.allGray() else band
        target = QRectF(
            left,
            top + first * to_sheet,
            band.width() * to_sheet,
            band.height() * to_sheet,
        )
        painter.drawImage(target, plain)
