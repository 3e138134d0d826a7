"""One sheet of the workbook on the screen: painted where it is seen, walked with keys and mouse."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from desktop.ledger.definitions import Scheme
from desktop.sheets.proposals.overview import TableSeen
from desktop.sheets.workbook.grid import Sheet, address, text_of
from desktop.ui import theme
from desktop.ui.parts.words import tip, width
from desktop.ui.reading_in import bands, offers, sheet_keys
from desktop.ui.reading_in.bands import Tag
from desktop.ui.reading_in.effects import Effects
from desktop.ui.reading_in.layout import Layout, Measures
from desktop.ui.reading_in.sheet_painting import Painting


class SheetView(QAbstractScrollArea):
    """``moved`` says on which cell (row, column from 0) one stands; ``tag_wanted`` that the field
    of a column is to be chosen; ``typed`` that a value is to be corrected, with its first sign;
    ``row_menu_wanted`` the menu of a row, and where on the screen."""

    moved = Signal(int, int)
    tag_wanted = Signal(object, QRect)  # Tag, its place on the screen
    typed = Signal(str)
    row_menu_wanted = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.painting: Painting | None = None
        self.row = self.column = 0
        self._at: dict[str, tuple[int, int, int, int]] = {}  # where one was on each sheet
        self._laid: tuple[object, object, float] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("工作簿")
        self.viewport().setMouseTracking(True)

    # What is shown ----------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, effects: Effects, scheme: Scheme) -> None:
        """Show a sheet with what is read of it; on the same sheet one stays where one is."""
        before = self.painting
        if before is not None and before.name != sheet.name:
            bars = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            self._at[before.name] = (self.row, self.column, *bars)
        tables = effects.tables.get(sheet.name, ())
        layout = Layout(sheet, tables, measures(), partial(offers.said, scheme))
        self.painting = Painting(layout, effects, scheme)
        self._fit()
        if before is None or before.name != sheet.name:
            first = _first(tables[0]) if tables else (0, 0)
            row, column, across, down = self._at.get(sheet.name, (*first, 0, 0))
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)
            self._stand(row, column)
        else:
            self._stand(self.row, self.column)

    def forget(self) -> None:
        """Another workbook comes."""
        self.painting, self._at = None, {}
        self.row = self.column = 0

    def go_to(self, row: int, column: int) -> None:
        """Stand on a cell and show it, with some of what is around it."""
        if self.painting is None:
            return
        self._stand(row, column)
        layout, inside = self.painting.layout, self._inside()
        x, y, wide, tall = layout.area(layout.merge_at(self.row, self.column))
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if not across.value() <= x <= across.value() + inside.width() - wide:
            across.setValue(x - inside.width() // 3)
        margin = layout.measures.band
        if not down.value() + margin <= y <= down.value() + inside.height() - tall:
            down.setValue(y - inside.height() // 3)

    def tag_here(self) -> Tag | None:
        """The heading of the column in which one stands."""
        if self.painting is None:
            return None
        seen = self.painting.effects.column_at(self.painting.name, self.row, self.column)
        for tag in self.tags():
            if tag.column is seen:
                return tag
        return None

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is in the viewport."""
        assert self.painting is not None
        x, y, wide, tall = self.painting.layout.area(self.painting.layout.merge_at(row, column))
        return QRect(x, y, wide, tall).translated(self.painting.corner - self._scroll())

    # Keys and mouse -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.painting is None or not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        layout = self.painting.layout  # type: ignore[union-attr]
        key, held = event.key(), event.modifiers()
        far = bool(held & Qt.KeyboardModifier.ControlModifier)
        if held & Qt.KeyboardModifier.AltModifier:
            if key == Qt.Key.Key_Down:
                self._open_tag()
                return True
            return False
        page = max(1, self._inside().height() // layout.measures.row - 2)
        place = sheet_keys.led(layout, (self.row, self.column), key, far=far, page=page)
        if place is not None:
            self.go_to(*place)
        elif key == Qt.Key.Key_F2:
            self.typed.emit("")
        elif key == Qt.Key.Key_F4:
            self._open_tag()
        elif not far and event.text() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.painting is None or event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        for tag in self.tags():
            if tag.rect.contains(point):
                inside = self._inside()
                if tag.table.card:
                    self._stand(*tag.column.head)
                else:
                    self._stand(tag.column.head[0], tag.column.head[1])
                if inside.contains(point):
                    self._open(tag)
                return
        corner, scroll, layout = self.painting.corner, self._scroll(), self.painting.layout
        at = point - corner + scroll
        self._stand(layout.row_at(max(0, at.y())), layout.column_at(max(0, at.x())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse; by key, of the one on which one stands."""
        if self.painting is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = event.pos() - self.painting.corner + self._scroll()
            layout = self.painting.layout
            self._stand(layout.row_at(max(0, at.y())), layout.column_at(max(0, at.x())))
            where = event.globalPos()
        else:
            here = self.cell_rect(self.row, self.column)
            where = self.viewport().mapToGlobal(here.bottomLeft())
        self.row_menu_wanted.emit(self.row, where)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything is done when the button goes down."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.typed.emit("")

    # Qt -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self.painting is None:
            painter.fillRect(self.viewport().rect(), theme.color("card"))
            return
        self.painting.draw(painter, self.viewport().rect(), self._scroll(), (self.row, self.column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.painting is not None:
            old = self.painting
            tables = (*old.layout.tables, *old.layout.cards)
            self.painting = Painting(
                Layout(old.sheet, tables, measures(), old.layout.said), old.effects, old.scheme
            )
            self._fit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._told(event.pos())
            if text:
                QToolTip.showText(event.globalPos(), tip(text), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    # --------------------------------------------------------------------------------------------

    def _told(self, point: QPoint) -> str:
        """What is said of the thing under the mouse."""
        painting = self.painting
        if painting is None:
            return ""
        for tag in self.tags():
            if tag.rect.contains(point):
                return f"{tag.column.heading}：{tag.column.reason}"
        at = point - painting.corner + self._scroll()
        if at.x() < 0 or at.y() < 0 or at.x() >= painting.layout.width:
            return ""
        row, column = painting.layout.row_at(at.y()), painting.layout.column_at(at.x())
        skipped = painting.effects.skipped.get((painting.name, row), "")
        area = painting.layout.merge_at(row, column)
        text = text_of(painting.sheet.at(area.top, area.left))
        cell = f"{address(area.top, area.left)}：{text}" if text else ""
        return "\n".join(part for part in (skipped, cell) if part)

    def _open_tag(self) -> None:
        tag = self.tag_here()
        if tag is not None:
            self._open(tag)

    def _open(self, tag: Tag) -> None:
        rect = QRect(self.viewport().mapToGlobal(tag.rect.topLeft()), tag.rect.size())
        self.tag_wanted.emit(tag, rect)

    def tags(self) -> list[Tag]:
        """The headings that are seen."""
        if self.painting is None:
            return []
        inside = self._inside()
        return bands.tags(self.painting.layout, self._scroll(), self.painting.corner, inside)

    def _stand(self, row: int, column: int) -> None:
        layout = self.painting.layout  # type: ignore[union-attr]
        row = max(0, min(row, layout.rows - 1))
        column = max(0, min(column, layout.columns - 1))
        area = layout.merge_at(row, column)
        self.row, self.column = area.top, area.left
        self.setAccessibleDescription(address(self.row, self.column))
        self.viewport().update()
        self.moved.emit(self.row, self.column)

    def _scroll(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _inside(self) -> QRect:
        rect = self.viewport().rect()
        if self.painting is not None:
            rect = QRect(self.painting.corner, rect.bottomRight())
        return rect

    def _fit(self) -> None:
        if self.painting is None:
            return
        layout, inside = self.painting.layout, self._inside()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, layout.width - inside.width() + 2))
        across.setPageStep(inside.width())
        across.setSingleStep(layout.measures.row * 2)
        down.setRange(0, max(0, layout.height - inside.height() + 2))
        down.setPageStep(inside.height())
        down.setSingleStep(layout.measures.row)
        self.viewport().update()


def _first(table: TableSeen) -> tuple[int, int]:
    """The first cell that is read below a table's heading; the first value of a card."""
    value = table.columns[0].value
    read = next((one.head[1] for one in table.columns if one.fields), table.area.left)
    return value if value is not None else (table.header[1] + 1, read)


def measures() -> Measures:
    """The measures of a sheet at the person's size."""
    now = theme.current()
    digit = max(width("0" * 20, theme.font("small")) / 20, now.small / 2)
    return Measures(now.px(27), now.px(16), now.px(28), digit)
