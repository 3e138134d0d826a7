"""The grid as it is seen and scrolled: geometry, painting, and what Qt asks of an item view.

Qt gives model, selection and accessibility; where a cell stands and how it looks is decided here.
:mod:`~desktop.ui.grid.arranging` adds the heading's gestures, :mod:`~desktop.ui.grid.view` the
keyboard and writing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.ui import theme
from desktop.ui.grid.cells import Column
from desktop.ui.grid.geometry import Arrangement, Geometry
from desktop.ui.grid.header import Heading
from desktop.ui.grid.look import Look
from desktop.ui.grid.navigation import Field, Move
from desktop.ui.grid.painting import Scene
from desktop.ui.grid.selection import Selection
from desktop.ui.grid.table_model import GridModel

Index = QModelIndex | QPersistentModelIndex
_Cursor = QAbstractItemView.CursorAction
_MOVES: dict[QAbstractItemView.CursorAction, Move] = {
    _Cursor.MoveUp: "up",
    _Cursor.MoveDown: "down",
    _Cursor.MoveLeft: "left",
    _Cursor.MoveRight: "right",
    _Cursor.MoveHome: "line_start",
    _Cursor.MoveEnd: "line_end",
    _Cursor.MovePageUp: "page_up",
    _Cursor.MovePageDown: "page_down",
    _Cursor.MoveNext: "right",
    _Cursor.MovePrevious: "left",
}


class Surface(QAbstractItemView):
    """Shows a :class:`GridModel`, its columns as arranged."""

    block_changed = Signal()  # the active cell or the block around it
    shifted = Signal()  # scrolled or measured anew: cells stand elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._geometry = Geometry()
        self._arrangement = Arrangement()
        self._look = Look()
        self._numbered = True
        self._measuring = False
        self._still: frozenset[int] = frozenset()
        self._selection = Selection(lambda: self._geometry, self)
        self._heading = Heading(self, lambda: self._geometry, self._selection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("表格")
        self._selection.changed.connect(self._chosen)
        theme.notifier.changed.connect(self._new_look)

    @property
    def grid_model(self) -> GridModel | None:
        """The model that is shown."""
        model = self.model()
        return model if isinstance(model, GridModel) else None

    @property
    def measures(self) -> Geometry:
        """Where every cell stands now."""
        return self._geometry

    @property
    def heading(self) -> Heading:
        """The titles above the cells."""
        return self._heading

    def columns(self) -> Sequence[Column]:
        """The model's columns; none without a model."""
        model = self.grid_model
        return model.columns() if model is not None else ()

    def set_row_numbers(self, shown: bool) -> None:
        """Show or leave out the row numbers 序 at the left."""
        self._numbered = shown
        self.updateGeometries()

    def rect_of(self, row: int, column: int) -> QRect:
        """Where a cell stands on the viewport; null when its column is hidden."""
        place = self._geometry.place_of(column)
        return QRect(*self._geometry.rect(row, place)) if place >= 0 else QRect()

    def show_cell(self, row: int, place: int) -> None:
        """Scroll as little as needed to have a cell in view."""
        left, top = self._geometry.to_show(row, place)
        self.horizontalScrollBar().setValue(left)
        self.verticalScrollBar().setValue(top)

    def scroll_by(self, right: int, down: int) -> None:
        """Scroll by so many px."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)

    def walking(self) -> Field:
        """What the keyboard walks over."""
        model, geometry = self.grid_model, self._geometry
        if model is None:
            return Field(0, 0, 1, lambda _row, _place: True, lambda _row, _place: False)
        columns = geometry.columns
        return Field(
            geometry.rows,
            geometry.places,
            geometry.page,
            lambda row, place: model.is_empty(row, columns[place]),
            lambda row, place: model.cell(row, columns[place]).editable,
        )

    # Measuring and drawing -----------------------------------------------------------------

    def updateGeometries(self) -> None:
        if self._measuring:
            return
        self._measuring = True
        try:
            for _ in range(3):  # the scroll bars come and go with what is measured
                before = self.viewport().size()
                self._measure()
                if self.viewport().size() == before:
                    break
        finally:
            self._measuring = False
        super().updateGeometries()
        self._shifted()

    def _measure(self) -> None:
        look, model, columns = self._look, self.grid_model, self.columns()
        rows = model.rowCount() if model is not None else 0
        viewport = self.viewport()
        geometry = self._geometry = Geometry.of(
            columns,
            self._arrangement,
            rows=rows,
            row_height=look.row_height,
            scale=look.scale,
            margin=look.number_margin(rows) if self._numbered else 0,
            size=(viewport.width(), viewport.height()),
            totals=model is not None and model.totals() is not None,
        )
        greys = any(column.editable for column in columns)
        self._still = frozenset(
            place
            for place, number in enumerate(geometry.columns)
            if not greys or (place < geometry.frozen and not columns[number].editable)
        )
        self._heading.show_columns(columns, look)
        high = self._heading.height_wanted
        if self.viewportMargins().top() != high:
            self.setViewportMargins(0, high, 0, 0)
        at = viewport.geometry()
        self._heading.setGeometry(at.left(), at.top() - high, at.width(), high)
        most, row = geometry.farthest, look.row_height
        for bar, page, end in (
            (self.horizontalScrollBar(), geometry.width - geometry.frozen_edge, most[0]),
            (self.verticalScrollBar(), geometry.body_height - row, most[1]),
        ):
            bar.setSingleStep(row)
            bar.setPageStep(max(row, page))
            bar.setRange(0, end)

    def _shifted(self) -> None:
        """After scrolling or measuring anew."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        self._geometry = self._geometry.scrolled(across.value(), along.value())
        self.viewport().update()
        self._heading.update()
        self.shifted.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._shifted()

    def paintEvent(self, event: QPaintEvent) -> None:
        model, dirty = self.grid_model, event.region().boundingRect()
        painter = QPainter(self.viewport())
        if model is None or not self._geometry.places:
            painter.fillRect(dirty, self._look.ground)
        else:
            rows, places = self._selection.span()
            Scene(
                geometry=self._geometry,
                look=self._look,
                cell=model.cell,
                totals=model.totals(),
                still=self._still,
                rows=rows,
                places=places,
                active=self._selection.active_place if rows else None,
            ).paint(painter, dirty)
        painter.end()

    def _new_look(self) -> None:
        self._look = Look()
        self.updateGeometries()

    def _chosen(self) -> None:
        self.viewport().update()
        self._heading.update()
        self.block_changed.emit()

    # What Qt asks of an item view ----------------------------------------------------------

    def dataChanged(
        self, top_left: Index, bottom_right: Index, roles: Sequence[int] | None = None
    ) -> None:
        """Repaint what changed and is seen; Qt's own way asks for every changed cell's place."""
        geometry, viewport, model = self._geometry, self.viewport(), self.grid_model
        if (model is not None and model.totals() is not None) != geometry.totals:
            self.updateGeometries()  # 合计 came or went: the rows have less or more room
            return
        top = geometry.rect(top_left.row(), 0)[1] if geometry.places else 0
        high = (bottom_right.row() - top_left.row() + 1) * geometry.row_height
        band = QRect(0, top, viewport.width(), high).intersected(viewport.rect())
        if top_left.row() == bottom_right.row() and top_left.column() == bottom_right.column():
            band = band.intersected(self.rect_of(top_left.row(), top_left.column()))
        viewport.update(band.adjusted(-2, -2, 2, 2))
        if geometry.totals:
            viewport.update(0, geometry.body_bottom, viewport.width(), geometry.row_height)

    def visualRect(self, index: Index) -> QRect:
        return self.rect_of(index.row(), index.column()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row, place = self._geometry.row_at(point.y()), self._geometry.place_at(point.x())
        model = self.grid_model
        if model is None or row < 0 or place < 0:
            return QModelIndex()
        return model.index(row, self._geometry.columns[place])

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        place = self._geometry.place_of(index.column()) if index.isValid() else -1
        if place >= 0:
            self.show_cell(index.row(), place)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        model, geometry = self.grid_model, self._geometry
        if model is None or not geometry.rows or not geometry.places:
            return QModelIndex()
        row, place = self._selection.active_place
        if row >= 0:
            row, place = self.walking().walk((row, place), _MOVES[action])
        return model.index(max(row, 0), geometry.columns[place])

    def horizontalOffset(self) -> int:
        return self._geometry.left

    def verticalOffset(self) -> int:
        return self._geometry.top

    def isIndexHidden(self, index: Index) -> bool:
        return self._geometry.place_of(index.column()) < 0

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        if self._geometry.rows and self._geometry.places:
            corners = (rect.topLeft(), rect.bottomRight())
            self._selection.choose(*(self._geometry.nearest(p.x(), p.y()) for p in corners))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect()) if selection else QRegion()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Nothing: the whole block is repainted once, by :meth:`_chosen`."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._selection.setting and current.isValid():
            self.scrollTo(current)
