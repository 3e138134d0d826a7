"""The left side: the sheets of the workbook as tabs, the sheet, and the line about its cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.ledger.definitions import Scheme
from desktop.ui import theme
from desktop.ui.parts.words import draw, tip, width
from desktop.ui.reading_in import cell_words
from desktop.ui.reading_in.cell_line import CellLine
from desktop.ui.reading_in.reading import Found
from desktop.ui.reading_in.sheet_view import SheetView

#: What the colours over the sheet mean.
LEGEND = (("accent_soft", "有改动"), ("explain_soft", "待答复"), ("read_only", "不读入"))


class WorkbookPane(QWidget):
    """``stood`` gives the sheet, row and column on which one stands now."""

    stood = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._scheme: Scheme | None = None
        self.tabs, self.view, self.line = QTabBar(), SheetView(), CellLine()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName("工作表")
        self.legend = _Legend()
        now = theme.current()
        frame = QFrame()
        frame.setProperty("part", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.legend)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(8))
        whole.addLayout(top)
        whole.addWidget(frame, 1)
        whole.addWidget(self.line)
        self.tabs.currentChanged.connect(self._turn)
        self.view.moved.connect(self._tell)
        self.view.typed.connect(self._type)
        self.line.left.connect(lambda: self.view.setFocus())
        self.setFocusProxy(self.view)

    def begin(self, found: Found, scheme: Scheme) -> None:
        """Another workbook: its first sheet with a table is shown."""
        self.view.forget()
        self._found, self._scheme = found, scheme
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for sheet in found.workbook.sheets:
                at = self.tabs.addTab(sheet.name + ("（隐藏）" if sheet.hidden else ""))
                self.tabs.setTabToolTip(at, tip(found.effects.sheets_skipped.get(sheet.name, "")))
            tables = [
                at
                for at, sheet in enumerate(found.workbook.sheets)
                if any(table.kind for table in found.effects.tables[sheet.name])
            ]
            self.tabs.setCurrentIndex(tables[0] if tables else 0)
        self._fit()
        self._turn(self.tabs.currentIndex())

    def tell(self, found: Found, scheme: Scheme) -> None:
        """Another comparison of the same workbook: one stays where one is."""
        self._found, self._scheme = found, scheme
        self._turn(self.tabs.currentIndex())

    def go_to(self, sheet: str, row: int, column: int) -> None:
        """Show a cell."""
        if self._found is None:
            return
        names = [one.name for one in self._found.workbook.sheets]
        if sheet in names:
            self.tabs.setCurrentIndex(names.index(sheet))
            self.view.go_to(row, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs come before the legend."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.legend.measure()
            self._fit()

    def _fit(self) -> None:
        tabs = self.tabs.sizeHint().width()
        self.legend.setVisible(tabs + self.legend.width() <= self.width())

    @property
    def sheet(self) -> str:
        """The name of the sheet that is shown."""
        return self.view.painting.name if self.view.painting is not None else ""

    def _turn(self, at: int) -> None:
        if self._found is not None and self._scheme is not None and at >= 0:
            sheet = self._found.workbook.sheets[at]
            if sheet.rows:
                self.view.show_sheet(sheet, self._found.effects, self._scheme)
            else:
                self.view.painting = None
                self.view.viewport().update()

    def _tell(self, row: int, column: int) -> None:
        painting = self.view.painting
        if painting is not None and self._scheme is not None:
            words = cell_words.told(self._scheme, painting.sheet, painting.effects, row, column)
            self.line.tell(words)
            self.stood.emit(painting.name, row, column)

    def _type(self, first: str) -> None:
        self.line.type(first)


class _Legend(QWidget):
    """What the colours mean, small and quiet."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("、".join(words for _, words in LEGEND))
        self.measure()

    def measure(self) -> None:
        """Be as large as the words need."""
        now, font = theme.current(), theme.font("small")
        wide = sum(width(words, font) + now.px(30) for _, words in LEGEND)
        self.setFixedSize(wide, now.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, font, painter = theme.current(), theme.font("small"), QPainter(self)
        x, side = 0, now.px(12)
        for role, words in LEGEND:
            square = QRect(x, (self.height() - side) // 2, side, side)
            painter.fillRect(square, theme.color(role))
            if role == "read_only":
                painter.fillRect(square, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(theme.color("edge"))
            painter.drawRect(square.adjusted(0, 0, -1, -1))
            wide = width(words, font)
            place = QRect(x + side + now.px(5), 0, wide + 1, self.height())
            draw(painter, place, words, "ink_soft", font)
            x += wide + now.px(30)
