"""The mouse over the cells: press, drag out a block, run on at the borders, double-click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from desktop.ui.grid.geometry import Geometry
from desktop.ui.grid.selection import Selection

TICK = 30  # ms between steps of running on
#: Px beyond a border for each further row or so that a step takes.
SLOPE = 12


class Mouse(QObject):
    """Turns presses and moves over the viewport into a selection.

    ``may_leave`` is asked before anything is chosen: False where an editor holds a value that was
    refused. ``scroll_by`` scrolls by so many px to the right and down.
    """

    edited = Signal(int, int)  # row, place of a double click

    def __init__(
        self,
        geometry: Callable[[], Geometry],
        selection: Selection,
        scroll_by: Callable[[int, int], None],
        may_leave: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._geometry, self._selection = geometry, selection
        self._scroll_by, self._may_leave = scroll_by, may_leave
        self._drag = ""  # "cells", "rows" while a button is held
        self._from_frozen = False
        self._spot = QPoint()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._run_on)

    def press(self, event: QMouseEvent) -> None:
        """A button goes down: choose a cell, a row, or (Shift) up to there."""
        self.stop()
        if not self._may_leave():
            return
        geometry, spot = self._geometry(), event.position().toPoint()
        row = geometry.row_at(spot.y())
        if row < 0:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if spot.x() < geometry.margin:
            self._press_number(row, shift, left)
            return
        place = geometry.place_at(spot.x())
        if place < 0:
            return
        rows, places = self._selection.span()
        if left and shift:
            self._selection.extend(row, place)
        elif left or not (row in rows and place in places):
            self._selection.go(row, place)
        if left:
            self._drag, self._spot = "cells", spot
            self._from_frozen = place < geometry.frozen

    def _press_number(self, row: int, shift: bool, left: bool) -> None:
        rows, places = self._selection.span()
        whole = len(places) == self._geometry().places
        if shift and rows:
            self._selection.select_rows(self._selection.active[0], row)
        elif left or not (row in rows and whole):
            self._selection.select_rows(row, row)
        if left:
            self._drag = "rows"

    def move(self, event: QMouseEvent) -> None:
        """The mouse moves with the button held."""
        if not self._drag:
            return
        self._spot = event.position().toPoint()
        geometry = self._geometry()
        if self._from_frozen and geometry.left and self._spot.x() >= geometry.frozen_edge:
            self._scroll_by(-geometry.left, 0)  # what follows the frozen columns comes first
            self._from_frozen = False
        self._reach()
        if self._beyond() == (0, 0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The button goes up, or the grid changed under the mouse."""
        self._drag = ""
        self._timer.stop()

    def double(self, event: QMouseEvent) -> None:
        """A double click on a cell."""
        geometry, spot = self._geometry(), event.position().toPoint()
        row, place = geometry.row_at(spot.y()), geometry.place_at(spot.x())
        if row < 0 or place < 0 or event.button() != Qt.MouseButton.LeftButton:
            self.press(event)
        elif self._may_leave():
            self._selection.go(row, place)
            self.edited.emit(row, place)

    def _reach(self) -> None:
        """Take the block to the cell under the mouse, or nearest to it."""
        geometry = self._geometry()
        x = self._spot.x()
        if not self._from_frozen and geometry.left and self._drag == "cells":
            x = max(x, geometry.frozen_edge)  # what lies beside is scrolled under the frozen ones
        row, place = geometry.nearest(x, self._spot.y())
        if self._drag == "rows":
            if row != self._selection.corner_place[0]:
                self._selection.select_rows(self._selection.active[0], row)
        elif (row, place) != self._selection.corner_place:
            self._selection.extend(row, place)

    def _beyond(self) -> tuple[int, int]:
        """How far (px a step, right and down) to run on from where the mouse is."""
        geometry, x, y = self._geometry(), self._spot.x(), self._spot.y()
        most = geometry.farthest
        right = down = 0
        edge = geometry.margin if self._from_frozen else geometry.frozen_edge
        if x >= geometry.width and geometry.left < most[0]:
            right = self._speed(x - geometry.width)
        elif x < edge and geometry.left > 0:
            right = -self._speed(edge - x)
        if y >= geometry.body_height and geometry.top < most[1]:
            down = self._speed(y - geometry.body_height)
        elif y < 0 and geometry.top > 0:
            down = -self._speed(-y)
        return (0 if self._drag == "rows" else right), down

    def _speed(self, distance: int) -> int:
        step = self._geometry().row_height
        return step + step * (distance // SLOPE)

    def _run_on(self) -> None:
        right, down = self._beyond()
        if (right, down) == (0, 0):
            self._timer.stop()
            return
        self._scroll_by(right, down)
        self._reach()
