"""How a wall chart fills its sheets: letters that are read from two metres, tiles or rows, columns.

**The smallest letter.** The E of the eye chart for normal sight (GB 11533-2011, line 5.0) is 5
minutes of arc high, its strokes 1 minute. A common Chinese character crowds up to ten strokes into
its height, twice what the E has with its gaps: it takes 10 minutes. At 2 m that is
2000 mm × tan 10′ = 5.8 mm, rounded up to :data:`LEAST` = 6 mm body height (17 points, between 3号
and 小2). Whatever a leader reads from where the meeting stands (names, figures, rates, milestones,
the units' lines, the legend) is never smaller, on any sheet; only the small line at the foot, which
is checked from near by, is. Larger sheets hold more, and grow their letters where there is room.

**The form.** Tiles where all projects stand in them on one sheet and rows would not be much easier
to read there, else rows in as few sheets as the smallest letter allows, the letters then as large
as these sheets can hold. Measures are points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from desktop.reports.page import MM, Area, area

#: The smallest letter in millimetres, see above, and in points.
LEAST_MM = 6.0
LEAST = LEAST_MM * MM
#: No letter of a project's name is larger: from there on it is no better read.
MOST = 14 * MM

Form = Literal["tiles", "rows"]

SHEETS: dict[str, Area] = {
    "A3": area(420, 297, left=14, top=12, right=14, low=15),
    "A1": area(841, 594, left=22, top=20, right=22, low=22),
    "A0": area(1189, 841, left=30, top=26, right=30, low=30),
}
"""Sheets on their side by GB/T 148-1997 (ISO 216); a plotter needs up to 10 mm at the edges."""

#: A row of a project is so many letters wide at the least, a tile between these two.
ROW, NARROW, WIDE = 57.0, 22.0, 34.0
#: Tiles with letters of this size need no better; below it rows on one sheet are taken instead when
#: their letters are so many times as large.
ENOUGH, BETTER = 9 * MM, 1.2
#: Between two columns, in letters.
GUTTER = 1.6
#: A unit's line, a column's heading, in letters.
HEADING, COLUMN_HEAD = 2.0, 1.8


class Item(msgspec.Struct, frozen=True):
    """A piece to be placed: a unit's line or a project (``group`` and ``tile`` say which)."""

    group: int
    tile: int | None
    again: bool = False


class Placed(msgspec.Struct, frozen=True):
    """An item with its upper left corner within the type area, downwards, and its size."""

    item: Item
    x: float
    y: float
    width: float
    height: float


class Layout(msgspec.Struct, frozen=True):
    """A form, the letters' height, the columns of a sheet, and what stands on each sheet."""

    form: Form
    letter: float
    columns: int
    sheets: tuple[tuple[Placed, ...], ...]


Height = Callable[[int, int, float, float], float]
"""The height of a project: (group, tile, letter, width) → points."""


def arranged(
    counts: Sequence[int],
    headed: Sequence[bool],
    width: float,
    height: float,
    tile: Height,
    row: Height,
) -> Layout:
    """The best layout of ``counts`` projects by unit in type areas of ``width`` × ``height``.

    ``headed`` tells which units have a line of their own; ``tile`` and ``row`` give a project's
    height in either form.
    """
    tiles = _tiles(counts, headed, width, height, tile)
    rows = _rows(counts, headed, width, height, row)
    if tiles is None:
        return rows
    small = tiles.letter < ENOUGH and len(rows.sheets) == 1
    better = small and rows.letter > BETTER * tiles.letter
    return rows if better else tiles


def _tiles(
    counts: Sequence[int], headed: Sequence[bool], width: float, height: float, tile: Height
) -> Layout | None:
    """All on one sheet, the letters as large as they can be; None where they do not fit."""
    best: Layout | None = None
    for columns in range(1, 40):
        letter = min(width / (columns * (NARROW + GUTTER) - GUTTER), MOST)
        while letter >= LEAST and (best is None or letter > best.letter):
            wide = (width - (columns - 1) * GUTTER * letter) / columns
            if wide > WIDE * letter:
                break
            found = _tiled(counts, headed, columns, wide, letter, height, tile)
            if found is not None:
                best = Layout("tiles", letter, columns, (found,))
                break
            letter *= 0.96
    return best


def _tiled(
    counts: Sequence[int],
    headed: Sequence[bool],
    columns: int,
    wide: float,
    letter: float,
    height: float,
    tile: Height,
) -> tuple[Placed, ...] | None:
    """Unit after unit in lines of tiles; None where the sheet is too small."""
    placed: list[Placed] = []
    y, step = 0.0, wide + GUTTER * letter
    for group, count in enumerate(counts):
        if headed[group]:
            whole = columns * step - GUTTER * letter
            placed.append(Placed(Item(group, None), 0, y, whole, HEADING * letter))
            y += HEADING * letter
        for first in range(0, count, columns):
            line = range(first, min(first + columns, count))
            high = max(tile(group, number, letter, wide) for number in line)
            for place, number in enumerate(line):
                placed.append(Placed(Item(group, number), place * step, y, wide, high))
            y += high + 0.5 * letter
            if y - 0.5 * letter > height + 0.01:
                return None
    spare = height - (y - 0.5 * letter)
    return _aired(placed, spare, letter)


def _aired(placed: list[Placed], spare: float, letter: float) -> tuple[Placed, ...]:
    """What is left of a sheet goes above its lines, two letters at the most; none of it parts a
    unit's line from what stands below it."""
    steps: list[tuple[float, bool]] = []
    below_line = True
    for one in placed:
        if not steps or one.y > steps[-1][0]:
            steps.append((one.y, not below_line))
        below_line = one.item.tile is None
    airy = sum(free for _, free in steps)
    air = min(spare / airy, 2 * letter) if airy and spare > 0 else 0.0
    shift, moved = 0.0, {}
    for y, free in steps:
        shift += air if free else 0
        moved[y] = y + shift
    return tuple(msgspec.structs.replace(one, y=moved[one.y]) for one in placed)


def _rows(
    counts: Sequence[int], headed: Sequence[bool], width: float, height: float, row: Height
) -> Layout:
    """As few sheets as the smallest letter allows, then the largest letter for as many."""
    best: Layout | None = None
    for columns in range(1, 12):
        widest = width / (columns * (ROW + GUTTER) - GUTTER)
        if widest < LEAST and columns > 1:
            break
        fewest = len(_rowed(counts, headed, columns, LEAST, width, height, row))
        if best is not None and fewest > len(best.sheets):
            continue
        low, high = LEAST, max(min(widest, MOST), LEAST)
        sheets = _rowed(counts, headed, columns, high, width, height, row)
        if len(sheets) > fewest:
            for _ in range(7):
                middle = (low + high) / 2
                many = len(_rowed(counts, headed, columns, middle, width, height, row))
                low, high = (middle, high) if many <= fewest else (low, middle)
            high = low
            sheets = _rowed(counts, headed, columns, high, width, height, row)
        if best is None or (len(sheets), -high) < (len(best.sheets), -best.letter):
            best = Layout("rows", high, columns, sheets)
    assert best is not None  # One column is always tried.
    return best


def _rowed(
    counts: Sequence[int],
    headed: Sequence[bool],
    columns: int,
    letter: float,
    width: float,
    height: float,
    row: Height,
) -> tuple[tuple[Placed, ...], ...]:
    """Columns filled downwards, sheet after sheet; a unit's line keeps its first project below.

    A unit that goes on in another column begins there with its line again.
    """
    wide = (width - (columns - 1) * GUTTER * letter) / columns
    top = COLUMN_HEAD * letter
    sheets: list[list[Placed]] = [[]]
    column, y = 0, top

    def turn() -> None:
        nonlocal column, y
        column, y = column + 1, top
        if column == columns:
            sheets.append([])
            column = 0

    def put(item: Item, high: float) -> None:
        nonlocal y
        x = column * (wide + GUTTER * letter)
        sheets[-1].append(Placed(item, x, y, wide, high))
        y += high

    line = HEADING * letter
    for group, count in enumerate(counts):
        for number in range(count):
            high = min(row(group, number, letter, wide), height - top - line)
            first = number == 0 and headed[group]
            if y > top and y + high + (line if first else 0) > height + 0.01:
                turn()
                first = first or headed[group]
            elif y == top and headed[group]:
                first = True
            if first:
                put(Item(group, None, again=number > 0), line)
            put(Item(group, number), high)
    return tuple(_stretched(sheet, top, height) for sheet in sheets)


def _stretched(sheet: Sequence[Placed], top: float, height: float) -> tuple[Placed, ...]:
    """Columns that are nearly full become full: their rows a fifth higher at the most."""
    ends = {x: max(one.y + one.height for one in sheet if one.x == x) for x in {o.x for o in sheet}}
    factors = {x: min((height - top) / max(end - top, 1), 1.2) for x, end in ends.items()}
    return tuple(
        msgspec.structs.replace(
            one, y=top + (one.y - top) * factors[one.x], height=one.height * factors[one.x]
        )
        for one in sheet
    )
