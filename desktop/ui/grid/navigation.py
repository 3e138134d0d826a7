"""Where a key leads in a spreadsheet: arrows, data edges, pages, Tab runs; without a widget.

A position is (row, place); *place* counts shown columns from the left. Habits are Excel's: with
Ctrl an arrow goes to the edge of the data, Shift keeps the active cell and moves the block's far
corner, Tab runs over cells that can be filled and Enter returns to the column where it began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt

Position = tuple[int, int]
Move = Literal[
    "left", "right", "up", "down",
    "edge_left", "edge_right", "edge_up", "edge_down",
    "line_start", "line_end", "start", "end", "page_up", "page_down",
]  # fmt: skip

_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_MOVES: dict[tuple[int, bool], Move] = {
    (Qt.Key.Key_Left, False): "left",
    (Qt.Key.Key_Right, False): "right",
    (Qt.Key.Key_Up, False): "up",
    (Qt.Key.Key_Down, False): "down",
    (Qt.Key.Key_Left, True): "edge_left",
    (Qt.Key.Key_Right, True): "edge_right",
    (Qt.Key.Key_Up, True): "edge_up",
    (Qt.Key.Key_Down, True): "edge_down",
    (Qt.Key.Key_Home, False): "line_start",
    (Qt.Key.Key_End, False): "line_end",
    (Qt.Key.Key_Home, True): "start",
    (Qt.Key.Key_End, True): "end",
    (Qt.Key.Key_PageUp, False): "page_up",
    (Qt.Key.Key_PageDown, False): "page_down",
}
_STEPS = {
    "left": (0, -1),
    "right": (0, 1),
    "up": (-1, 0),
    "down": (1, 0),
}
#: Rows that Tab looks through for the next cell to fill before it just goes one to the right.
TAB_LOOKS_AHEAD = 200


@dataclass(frozen=True, slots=True)
class Field:
    """What one walks over: its extent, and what stands at a position."""

    rows: int
    places: int
    page: int
    is_empty: Callable[[int, int], bool]
    fills: Callable[[int, int], bool]

    def walk(self, start: Position, move: Move) -> Position:
        """Where ``move`` leads from ``start``; never outside."""
        row, place = start
        if move in _STEPS:
            down, right = _STEPS[move]
            return self._inside(row + down, place + right)
        if move.startswith("edge_"):
            return self._edge(start, *_STEPS[move.removeprefix("edge_")])
        last = (self.rows - 1, self.places - 1)
        match move:
            case "line_start":
                return row, 0
            case "line_end":
                return row, last[1]
            case "start":
                return 0, 0
            case "end":
                return last
            case "page_up":
                return self._inside(row - self.page, place)
        return self._inside(row + self.page, place)

    def next_to_fill(self, start: Position, step: Literal[1, -1]) -> Position:
        """Where Tab (1) or Shift+Tab (-1) leads: the next cell that can be filled, row after row.

        When none is near, simply one place on.
        """
        row, place = start
        for _ in range(TAB_LOOKS_AHEAD * max(1, self.places)):
            row, place = self._one_on(row, place, step)
            if not 0 <= row < self.rows:
                break
            if self.fills(row, place):
                return row, place
        row, place = self._one_on(*start, step)
        return (row, place) if 0 <= row < self.rows else start

    @staticmethod
    def cycle(
        start: Position, rows: range, places: range, step: Literal[1, -1], *, down: bool
    ) -> Position:
        """The next cell of a block, column by column (``down``) or row by row; round and round."""
        row, place = start[0] - rows.start, start[1] - places.start
        if down:
            across, along = divmod(place * len(rows) + row + step, len(rows))
            return rows[along], places[across % len(places)]
        along, across = divmod(row * len(places) + place + step, len(places))
        return rows[along % len(rows)], places[across]

    def _one_on(self, row: int, place: int, step: int) -> Position:
        down, place = divmod(place + step, self.places)
        return row + down, place

    def _edge(self, start: Position, down: int, right: int) -> Position:
        """The last filled cell before a gap, or across a gap the first one, or the border."""
        here = start
        ahead = self._inside(here[0] + down, here[1] + right)
        if ahead == here:
            return here
        crossing = self.is_empty(*here) or self.is_empty(*ahead)
        here = ahead
        while (ahead := self._inside(here[0] + down, here[1] + right)) != here:
            if crossing and not self.is_empty(*here):
                return here
            if not crossing and self.is_empty(*ahead):
                return here
            here = ahead
        return here

    def _inside(self, row: int, place: int) -> Position:
        return min(max(row, 0), self.rows - 1), min(max(place, 0), self.places - 1)


class TabRun:
    """The column to which Enter returns after filling a row with Tab."""

    def __init__(self) -> None:
        self._place: int | None = None

    def goes_on(self, place: int) -> None:
        """Tab was pressed at ``place``; the first one of a run is remembered."""
        if self._place is None:
            self._place = place

    def ends(self) -> None:
        """Something else was done."""
        self._place = None

    def enter(self, place: int) -> int:
        """The place under which Enter goes on, from ``place``; ends the run."""
        back = place if self._place is None else self._place
        self._place = None
        return back


def move_of(key: int, modifiers: Qt.KeyboardModifier) -> Move | None:
    """The move that a key asks for; Shift, which only extends, is not looked at."""
    if modifiers & _ALT:
        return None
    return _MOVES.get((key, bool(modifiers & _CTRL)))


def types_text(text: str, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a key puts characters into a cell (AltGr, which is Ctrl+Alt, may)."""
    if not text or not text.isprintable():
        return False
    pressed = modifiers & (_CTRL | _ALT | Qt.KeyboardModifier.MetaModifier)
    return pressed == Qt.KeyboardModifier.NoModifier or pressed == _CTRL | _ALT
