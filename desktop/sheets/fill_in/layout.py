"""Where the marks of a returned fill-in workbook stand, whatever its filler did to it.

The mark is looked for on every worksheet. Columns are found by the hidden keys and by their
headings, which must agree; where one of the two is lost the other counts alone. Rows are found by
the keys of the hidden column, wherever it has gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desktop.sheets.fill_in import marks
from desktop.sheets.fill_in.marks import GivenRow, Mark
from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Sheet, Workbook, line, spread, text_of
from desktop.sheets.writing.lists import LISTS

#: Headings are looked for in so many rows.
TOP = 40


class Layout(msgspec.Struct, frozen=True):
    """The worksheet that was filled. ``columns``: key → its column; ``doubted``: key → column
    where key and heading say different things; ``others``: filled columns that are none of ours;
    ``keys``: the place that each row's key names, by row; ``first`` is the first row of the table.

    ``given`` is None where the hidden worksheet is lost, ``headed`` False where no heading was
    found. ``whole`` is False where no row has a key.
    """

    sheet: Sheet
    mark: Mark
    heading: int
    first: int
    columns: Mapping[str, int]
    doubted: Mapping[str, int]
    others: tuple[int, ...]
    keys: Mapping[int, tuple[str, str]]
    given: tuple[GivenRow, ...] | None
    headed: bool = True

    @property
    def whole(self) -> bool:
        """Whether the hidden column is still there."""
        return bool(self.keys)


def find_mark(workbook: Workbook) -> Mark | None:
    """The mark of a fill-in workbook, None for any other workbook."""
    for sheet in workbook.sheets:
        for row in sheet.rows[:TOP]:
            for cell in row:
                if isinstance(cell, str) and cell.startswith(marks.FORM):
                    found = marks.decode(cell)
                    if found is not None:
                        return found
    return None


def find_layouts(workbook: Workbook, mark: Mark) -> list[Layout]:
    """The filled worksheets, in their order; [] when all keys and headings are gone."""
    given = next((_given(sheet, mark) for sheet in workbook.sheets if _is_hidden(sheet)), None)
    found = (_layout(sheet, mark, given) for sheet in workbook.sheets if not _is_hidden(sheet))
    return [layout for layout in found if layout is not None]


def is_ours_unseen(sheet: Sheet) -> bool:
    """Whether a worksheet holds only our marks or lists and says nothing of its own."""
    return _is_hidden(sheet) or (sheet.hidden and sheet.name == LISTS)


def _is_hidden(sheet: Sheet) -> bool:
    """Whether it is the hidden worksheet: the mark, then the keys beside ``carried``."""
    return str(sheet.at(0, 0)).startswith(marks.FORM) and str(sheet.at(1, 1)) == marks.CARRIED


def _given(sheet: Sheet, mark: Mark) -> tuple[GivenRow, ...]:
    keys = [text_of(cell) for cell in sheet.rows[1][2:]]
    rows = []
    for number in range(2, len(sheet.rows)):
        cells = sheet.rows[number]
        place = marks.read_key(mark, text_of(cells[0]))
        if place is not None:
            values = {
                key: marks.recalled(str(cell)) for key, cell in zip(keys, cells[2:], strict=True)
            }
            carried = frozenset(filter(None, text_of(cells[1]).split(",")))
            rows.append(GivenRow(*place, values, carried))
    return tuple(rows)


def _layout(sheet: Sheet, mark: Mark, given: tuple[GivenRow, ...] | None) -> Layout | None:
    marked = _marked_row(sheet)
    named = _by_keys(sheet, mark, marked) if marked is not None else {}
    headed = _by_headings(sheet, mark, marked)
    if headed is None and not named:
        return None
    bottom, titles = headed or ((marked or 0) + mark.depth, {})
    # Rows of headings that were deleted: the first row of the table stands in their place.
    above = -1 if marked is None else marked
    bottom = min([bottom, *(row - 1 for row in _row_keys(sheet, mark, above + 1))])
    columns: dict[str, int] = {}
    doubted: dict[str, int] = {}
    for key in mark.columns:
        one, other = named.get(key), titles.get(key)
        at = one if one is not None else other
        if at is None:
            continue
        if None not in (one, other) and one != other and other is not None:
            doubted[key] = other
        columns[key] = at if other is None else other
    keys = _row_keys(sheet, mark, bottom + 1)
    ours = {*columns.values(), *_keys_columns(sheet, keys, mark)}
    return Layout(
        sheet=sheet,
        mark=mark,
        heading=bottom,
        first=bottom + 1,
        columns=columns,
        doubted=doubted,
        others=_others(sheet, bottom, ours),
        keys=keys,
        given=given,
        headed=headed is not None and headed[0] == bottom,
    )


def path_at(sheet: Sheet, bottom: int, depth: int, column: int) -> list[str]:
    """The heading of a column from its group down, as it stands in the sheet."""
    levels = spread(sheet, max(0, bottom - depth + 1), bottom)
    return [part for part in dict.fromkeys(line(row[column]) for row in levels) if part]


def _marked_row(sheet: Sheet) -> int | None:
    """The hidden row of keys: the one with the mark, or with two keys that no heading has."""
    for number, row in enumerate(sheet.rows[:TOP]):
        if any(isinstance(cell, str) and cell.startswith(marks.FORM) for cell in row):
            return number
    return None


def _by_keys(sheet: Sheet, mark: Mark, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[row]):
        if isinstance(cell, str) and cell in mark.columns:
            found.setdefault(cell, column)
    return found


def _by_headings(sheet: Sheet, mark: Mark, marked: int | None) -> tuple[int, dict[str, int]] | None:
    """The last heading row and the columns under known headings; the best of the first rows."""
    wanted = {_said(path): key for key, path in mark.columns.items()}
    best: tuple[int, dict[str, int]] | None = None
    tops = [marked + 1] if marked is not None else range(min(TOP, len(sheet.rows)))
    for top in tops:
        bottom = top + mark.depth - 1
        if bottom >= len(sheet.rows):
            continue
        levels = spread(sheet, top, bottom)
        found: dict[str, int] = {}
        for column in range(sheet.width):
            path = list(dict.fromkeys(plain(line(row[column])) for row in levels))
            key = wanted.get("/".join(part for part in path if part))
            if key is not None:
                found.setdefault(key, column)
        if len(found) > (len(best[1]) if best else 0):
            best = bottom, found
    return best


def _said(path: Sequence[str]) -> str:
    return "/".join(dict.fromkeys(plain(line(part)) for part in path))


def _row_keys(sheet: Sheet, mark: Mark, first: int) -> dict[int, tuple[str, str]]:
    """The place that each row names; of two rows with one key the first has it."""
    found: dict[int, tuple[str, str]] = {}
    met: set[tuple[str, str]] = set()
    for number in range(first, len(sheet.rows)):
        for cell in sheet.rows[number]:
            if isinstance(cell, str) and cell.count(".") == 2:
                place = marks.read_key(mark, cell)
                if place is not None and place not in met:
                    met.add(place)
                    found[number] = place
                    break
    return found


def _keys_columns(sheet: Sheet, keys: Mapping[int, tuple[str, str]], mark: Mark) -> set[int]:
    """The columns that hold keys, and those that only count: 序号."""
    found = set()
    for column in range(sheet.width):
        cells = [text_of(sheet.at(row, column)) for row in keys]
        if any(marks.read_key(mark, cell) is not None for cell in cells):
            found.add(column)
    return found


def _others(sheet: Sheet, bottom: int, ours: set[int]) -> tuple[int, ...]:
    """Columns that the filler added: something stands in them, and they are none of ours."""
    found = []
    for column in range(sheet.width):
        if column in ours:
            continue
        head = {plain(line(sheet.at(row, column))) for row in range(max(0, bottom - 3), bottom + 1)}
        told = any(sheet.at(row, column) != "" for row in range(bottom + 1, len(sheet.rows)))
        if told and "序号" not in head:
            found.append(column)
    return tuple(found)
