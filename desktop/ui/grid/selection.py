"""The active cell and the block around it, kept in Qt's selection model for everybody to see."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    Signal,
)

from desktop.ui.grid.cells import Block
from desktop.ui.grid.geometry import Geometry
from desktop.ui.grid.navigation import Position

_Flag = QItemSelectionModel.SelectionFlag


class Selection(QObject):
    """The active cell, where typing goes, and a block from ``anchor`` to ``corner`` around it.

    Positions are (row, column of the model) where kept and (row, place) where given; ``changed``
    follows every change. In a grid without cells there is no selection: (-1, -1), an empty block.
    """

    changed = Signal()

    def __init__(self, geometry: Callable[[], Geometry], parent: QObject) -> None:
        super().__init__(parent)
        self._geometry = geometry
        self._model: QItemSelectionModel | None = None
        self._anchor: Position = (-1, -1)
        self._corner: Position = (-1, -1)
        self._setting = False

    def keep_in(self, model: QItemSelectionModel) -> None:
        """Keep the selection in ``model`` from now on."""
        if self._model is not None:
            self._model.currentChanged.disconnect(self._moved_elsewhere)
        self._model = model
        self._anchor = self._corner = self.active
        model.currentChanged.connect(self._moved_elsewhere)

    @property
    def setting(self) -> bool:
        """Whether a change of the current index that is going on was asked for here."""
        return self._setting

    @property
    def active(self) -> Position:
        """Row and column of the cell where typing goes."""
        index = self._model.currentIndex() if self._model else QModelIndex()
        return index.row(), index.column()

    @property
    def active_place(self) -> Position:
        """Row and place of the active cell; the first place when its column is hidden."""
        return self._shown(self.active)

    @property
    def corner_place(self) -> Position:
        """Row and place of the block's far corner, which Shift moves."""
        return self._shown(self._corner)

    def span(self) -> tuple[range, range]:
        """The rows and places of the block."""
        geometry = self._geometry()
        if self.active[0] < 0 or not geometry.places or not geometry.rows:
            return range(0), range(0)
        return between(self._shown(self._anchor), self.corner_place)

    def block(self) -> Block:
        """The rows and columns of the block."""
        columns = self._geometry().columns
        rows, places = self.span()
        return Block(rows, tuple(columns[place] for place in places))

    def is_whole(self, place: int) -> bool:
        """Whether the whole column at a place is selected."""
        rows, places = self.span()
        return place in places and len(rows) == self._geometry().rows

    def go(self, row: int, place: int) -> None:
        """Make one cell active and the only one selected."""
        self.choose((row, place), (row, place))

    def extend(self, row: int, place: int) -> None:
        """Move the far corner; what is active stays so."""
        self.choose(self._shown(self._anchor), (row, place), self.active_place)

    def walk(self, row: int, place: int) -> None:
        """Make another cell of the block active."""
        self.choose(self._shown(self._anchor), self.corner_place, (row, place))

    def select_columns(self, first: int, last: int, row: int = 0) -> None:
        """Whole columns by place; the cell of ``first`` in ``row`` becomes active."""
        self.choose((0, first), (self._geometry().rows - 1, last), (row, first))

    def select_rows(self, first: int, last: int) -> None:
        """Whole rows; the first cell of ``first`` becomes active."""
        self.choose((first, 0), (last, self._geometry().places - 1))

    def select_all(self) -> None:
        """Every shown cell; what is active stays so."""
        row, place = self.active_place
        geometry = self._geometry()
        self.choose((0, 0), (geometry.rows - 1, geometry.places - 1), (max(row, 0), place))

    def choose(self, anchor: Position, corner: Position, active: Position | None = None) -> None:
        """Select the block between two (row, place); ``active`` is the anchor unless given."""
        geometry, model = self._geometry(), self._model
        if model is None or not geometry.rows or not geometry.places:
            return
        active = active or anchor
        self._anchor = anchor[0], geometry.columns[anchor[1]]
        self._corner = corner[0], geometry.columns[corner[1]]
        rows, places = between(anchor, corner)
        source = model.model()
        chosen = QItemSelection()
        for first, last in runs(sorted(geometry.columns[place] for place in places)):
            corners = source.index(rows[0], first), source.index(rows[-1], last)
            chosen.append(QItemSelectionRange(*corners))
        self._setting = True
        try:
            model.select(chosen, _Flag.ClearAndSelect)
            index = source.index(active[0], geometry.columns[active[1]])
            model.setCurrentIndex(index, _Flag.NoUpdate)
        finally:
            self._setting = False
        self.changed.emit()

    def _shown(self, position: Position) -> Position:
        row, column = position
        geometry = self._geometry()
        return min(row, geometry.rows - 1), max(0, geometry.place_of(column))

    def _moved_elsewhere(self, current: QModelIndex) -> None:
        """Somebody else moved the current index: go() of a page, or rows that vanished."""
        if not self._setting:
            self._anchor = self._corner = current.row(), current.column()
            self.changed.emit()


def between(one: Position, other: Position) -> tuple[range, range]:
    """The rows and places of the block between two of its opposite corners."""
    (row, place), (far_row, far_place) = one, other
    return (
        range(min(row, far_row), max(row, far_row) + 1),
        range(min(place, far_place), max(place, far_place) + 1),
    )


def runs(columns: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of their unbroken runs."""
    groups = groupby(enumerate(columns), key=lambda item: item[1] - item[0])
    parts = ([number for _, number in group] for _, group in groups)
    return [(part[0], part[-1]) for part in parts]
