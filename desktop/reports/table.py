"""Tables as strips: merged headings, wrapped cells, only high rows cut where a sheet ends.

One strip for the heading and one for each row, made while the sheets are being filled, so that a
ledger of any length takes little memory. All measures are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop.reports.columns import PAD, Grid
from desktop.reports.content import Column, Row, Table
from desktop.reports.fonts import Faces, Role
from desktop.reports.page import Strip
from desktop.reports.pen import BASELINE, LIGHTS, Pen
from desktop.reports.prose import balanced, clean_lines, wrap

_LEAST_LINES = 3
#: A table of so few low rows is not cut; of another one at least so many rows stand before and
#: after a cut, those higher than :data:`_LOW` (points) left out of account.
_SHORT, _SHORT_LOW, _TOGETHER, _LOW = 8, 24.0, 2, 60.0
_THIN, _THICK = 0.4, 0.8


@dataclass(frozen=True)
class Cell:
    """A cell ready to draw: its lines, and the columns first … last that it covers."""

    first: int
    last: int
    lines: Sequence[str]
    align: str


def table_strips(
    table: Table, grid: Grid, faces: Faces, repeat: Strip | None = None
) -> Iterator[Strip]:
    """The heading and the rows as strips; ``repeat`` stands above the heading on later sheets.

    Subtotals stay with the row above them, section headings with the row below; a short table
    stays whole, of another one no row is left alone under a heading or on a sheet.
    """
    heading = heading_strip(grid, faces)
    yield replace(heading, keep=True)
    head = stack(repeat, heading) if repeat else heading
    rows = table.rows or (Row((table.empty,), span=len(table.columns)),)
    last = len(rows) - 1
    held: Strip | None = None
    for number, (row, after) in enumerate(_pairs(rows)):
        keep = row.kind == "section" or (after is not None and after.kind in ("subtotal", "total"))
        strip = row_strip(row, grid, faces, head, keep)
        if held is not None:
            together = stays(number, last, max(held.height, strip.height))
            yield replace(held, keep=True) if together else held
        held = strip
    if held is not None:
        yield held


def stays(number: int, last: int, high: float) -> bool:
    """Whether a row stays on the sheet of row ``number``, the next one; ``last`` is the number of
    the last row, ``high`` the height of the higher of the two."""
    near = number < _TOGETHER or number > last + 1 - _TOGETHER
    return high <= _LOW if near else high <= _SHORT_LOW and last < _SHORT


def stack(upper: Strip, lower: Strip) -> Strip:
    """Two strips as one."""

    def draw(pen: Pen, x: float, y: float) -> None:
        upper.draw(pen, x, y)
        lower.draw(pen, x, y - upper.height)

    return Strip(upper.height + lower.height, draw)


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    for number, row in enumerate(rows):
        yield row, rows[number + 1] if number + 1 < len(rows) else None


def heading_strip(grid: Grid, faces: Faces) -> Strip:
    """The merged headings; a heading shorter than its neighbours runs down beside them."""
    depth = max(len(column.title_path) for column in grid.columns)
    advances = faces.advances["hei"]
    cells: list[tuple[int, int, Cell]] = []  # (level, levels covered, cell)
    for level in range(depth):
        for first, last, title, leaf in _level(grid.columns, level):
            lines = balanced(clean_lines(title), advances, grid.room(first, last))
            levels = depth - level if leaf else 1
            cells.append((level, levels, Cell(first, last, lines, "center")))
    heights = [grid.pitch + 2 * grid.pad] * depth
    for level, levels, cell in sorted(cells, key=lambda entry: entry[1]):
        needed = len(cell.lines) * grid.pitch + 2 * grid.pad
        heights[level + levels - 1] += max(0, needed - sum(heights[level : level + levels]))

    def draw(pen: Pen, x: float, y: float) -> None:
        tops = [y]
        for height in heights:
            tops.append(tops[-1] - height)
        for level, levels, cell in cells:
            top, low = tops[level], tops[level + levels]
            _draw_cell(pen, grid, cell, x, top, low, "hei")
            left, right = x + grid.edges[cell.first], x + grid.edges[cell.last + 1]
            pen.rules(f"{left:.2f} {low:.2f} {right - left:.2f} {top - low:.2f} re", _THIN)
        pen.rule(x, y, x + grid.edges[-1], y, _THICK)

    return Strip(sum(heights), draw)


def _level(columns: Sequence[Column], level: int) -> Iterator[tuple[int, int, str, bool]]:
    """(first column, last column, title, whether nothing stands below) of one heading level."""
    first = 0
    while first < len(columns):
        path = columns[first].title_path
        last = first
        if len(path) > level + 1:
            while last + 1 < len(columns) and (
                columns[last + 1].title_path[: level + 1] == path[: level + 1]
                and len(columns[last + 1].title_path) > level + 1
            ):
                last += 1
        if len(path) > level:
            yield first, last, path[level], len(path) == level + 1
        first = last + 1


def row_strip(row: Row, grid: Grid, faces: Faces, head: Strip, keep: bool) -> Strip:
    """One row, as high as its longest cell."""
    role: Role = "song" if row.kind == "row" else "hei"
    cells = list(_cells(row, grid, faces, role))
    return _strip(cells, grid, role, row.light, head, keep)


def _cells(row: Row, grid: Grid, faces: Faces, role: Role) -> Iterable[Cell]:
    advances = faces.advances[role]
    width = len(grid.columns)
    span = width if row.kind == "section" else min(max(row.span, 1), width)
    for number, text in enumerate(row.cells[:width]):
        if 0 < number < span:
            continue
        last = span - 1 if number == 0 else number
        kind = grid.columns[number].kind
        align = {"text": "left", "figure": "right"}.get(kind, "center")
        if number == 0 and (span > 1 or row.kind in ("subtotal", "total")):
            align = "left" if row.kind == "section" else "center"
        if text:
            lines = wrap(clean_lines(text), advances, grid.room(number, last))
            yield Cell(number, last, lines, align)
        elif last > number:
            yield Cell(number, last, (), align)


def _strip(
    cells: list[Cell],
    grid: Grid,
    role: Role,
    light: str,
    head: Strip,
    keep: bool,
    top: bool = False,
) -> Strip:
    count = max([1, *(len(cell.lines) for cell in cells)])
    height = count * grid.pitch + 2 * grid.pad
    return Strip(
        height,
        partial(_draw_row, grid, cells, role, light, height, top),
        keep,
        head,
        split=partial(_split, cells, grid, role, light, head, keep),
        least=_LEAST_LINES * grid.pitch + 2 * grid.pad,
    )


def _split(
    cells: list[Cell], grid: Grid, role: Role, light: str, head: Strip, keep: bool, room: float
) -> tuple[Strip, Strip] | None:
    """The row's first lines, as many as ``room`` holds, and the others, headed 续 and number.

    A few lines at least are on either side.
    """
    lines = max(len(cell.lines) for cell in cells)
    fitting = min(int((room - 2 * grid.pad) / grid.pitch), lines - _LEAST_LINES)
    if fitting < _LEAST_LINES:
        return None
    upper = [replace(cell, lines=cell.lines[:fitting]) for cell in cells]
    lower = [replace(cell, lines=cell.lines[fitting:]) for cell in cells]
    if lower and lower[0].first == 0 and not lower[0].lines:
        number = [line for line in cells[0].lines if line != "续"]
        lower[0] = replace(lower[0], lines=["续", *number])
    return (
        _strip(upper, grid, role, light, head, keep=False, top=True),
        _strip(lower, grid, role, "", head, keep, top=True),
    )


def _draw_row(
    grid: Grid,
    cells: list[Cell],
    role: Role,
    light: str,
    height: float,
    top: bool,
    pen: Pen,
    x: float,
    y: float,
) -> None:
    low = y - height
    covered: set[int] = set()
    for cell in cells:
        covered.update(range(cell.first + 1, cell.last + 1))
        _draw_cell(pen, grid, cell, x, y, low, role, top)
    if light:
        sign, colour = LIGHTS[light]
        for number, column in enumerate(grid.columns):
            if column.kind == "light" and number not in covered:
                middle = x + (grid.edges[number] + grid.edges[number + 1]) / 2
                centre = y - grid.pad - grid.pitch / 2 if top else (y + low) / 2
                base = centre - BASELINE * grid.size
                pen.centred(middle, base, sign, "song", grid.size, colour)
    lines = [
        f"{x + edge:.2f} {y:.2f} m {x + edge:.2f} {low:.2f} l"
        for number, edge in enumerate(grid.edges)
        if number not in covered
    ]
    right = x + grid.edges[-1]
    lines.append(f"{x:.2f} {low:.2f} m {right:.2f} {low:.2f} l")
    pen.rules(" ".join(lines), _THIN)


def _draw_cell(
    pen: Pen, grid: Grid, cell: Cell, x: float, y: float, low: float, role: Role, top: bool = False
) -> None:
    size, pitch = grid.size, grid.pitch
    left = x + grid.edges[cell.first]
    right = x + grid.edges[cell.last + 1]
    over = grid.pad if top else (y - low - len(cell.lines) * pitch) / 2
    base = y - over - pitch / 2 - BASELINE * size
    for line in cell.lines:
        if cell.align == "right":
            pen.to_right(right - PAD, base, line, role, size)
        elif cell.align == "center":
            pen.centred((left + right) / 2, base, line, role, size)
        else:
            pen.text(left + PAD, base, line, role, size)
        base -= pitch
