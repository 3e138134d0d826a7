"""Room for more rows in a form: rows inserted as a spreadsheet program would, formulas and all.

openpyxl's own insertion moves values alone. Here everything below moves along: styles, heights,
merged areas, validations, conditional formats, print area; a range that ends with the last row of
the table grows with it, wherever its formula stands.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange

_REFERENCE = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)")


def make_room(
    book: Any, page: Any, first: int, last: int, wanted: int, like: int | None = None
) -> int:
    """Make ``wanted`` rows of the rows ``first`` … ``last`` (from 1); returns the new last row.

    New rows look like the last but one, or the only one; where there is none (``last`` before
    ``first``) like the row ``like``. Fewer rows than there are stay as they are: the form keeps
    its blank lines.
    """
    more = wanted - (last - first + 1)
    if more <= 0:
        return last
    if last < first:
        return _into_nothing(book, page, last, more, like or last)
    pattern = max(first, last - 1)
    height = page.row_dimensions[pattern].height
    _move_cells(page, last, more)
    _move_dimensions(page, last, more)
    _move_areas(page, last, more)
    for sheet in book.worksheets:
        _rewrite(sheet, page.title, last, more, own=sheet is page)
    alone = pattern == last
    if not alone:  # the last line keeps its place at the foot of the table
        copy_row(page, last, last + more)
        page.row_dimensions[last + more].height = page.row_dimensions[last].height
    for row in range(last + alone, last + more + alone):
        copy_row(page, pattern, row)
        page.row_dimensions[row].height = height
    return last + more


def _into_nothing(book: Any, page: Any, above: int, more: int, like: int | None) -> int:
    """Rows below ``above``, where the form has no line: ranges that end there do not grow. Without
    a line to look like they have the look of the row above, not its merged areas or formulas."""
    pattern = like or above
    height = page.row_dimensions[pattern].height if like else None
    _move_cells(page, above, more)
    _move_dimensions(page, above, more)
    _move_areas(page, above, more)
    for sheet in book.worksheets:
        _rewrite(sheet, page.title, above, more, own=sheet is page, grow=False)
    if pattern > above:
        pattern += more
    for row in range(above + 1, above + more + 1):
        copy_row(page, pattern, row, whole=like is not None)
        page.row_dimensions[row].height = height
    return above + more


def even_out(page: Any, first: int, last: int) -> None:
    """Undo merged areas that only some of the lines have: projects over several lines, headings
    of sections in a form that was filled before. Those of most lines stay. Lines that have lost
    their rules by it look like the others."""
    areas = [
        area for area in page.merged_cells.ranges if first <= area.min_row and area.max_row <= last
    ]
    spans = Counter((a.min_col, a.max_col) for a in areas if a.min_row == a.max_row)
    for area in areas:
        alone = 2 * spans[area.min_col, area.max_col] <= last - first + 1
        if area.min_row < area.max_row or alone:
            page.unmerge_cells(area.coord)
    ruled = Counter(
        row
        for (row, _), cell in page._cells.items()
        if first <= row <= last and cell.border.left is not None and cell.border.left.style
    )
    if not ruled:
        return
    sample = min(row for row in ruled if ruled[row] == max(ruled.values()))
    for row in range(first, last + 1):
        if ruled[row] < ruled[sample]:  # it stood under a merged area, or was a section's heading
            copy_row(page, sample, row)


def copy_row(page: Any, pattern: int, row: int, *, whole: bool = True) -> None:
    """Give ``row`` the look of ``pattern``; as a ``whole`` its merged areas and formulas, too."""
    for column in [at for row_, at in page._cells if row_ == pattern]:
        source = page.cell(pattern, column)
        if type(source).__name__ == "MergedCell":
            continue
        target = page.cell(row, column)
        if source.has_style:
            target._style = copy(source._style)
        if whole and isinstance(source.value, str) and source.data_type == "f":
            target.value = Translator(source.value, source.coordinate).translate_formula(
                target.coordinate
            )
    for area in list(page.merged_cells.ranges) if whole else ():
        if area.min_row == area.max_row == pattern:
            wanted = CellRange(min_row=row, max_row=row, min_col=area.min_col, max_col=area.max_col)
            if wanted.coord not in page.merged_cells:
                page.merge_cells(wanted.coord)


def shifted(formula: str, sheet: str, last: int, more: int, *, own: bool, grow: bool = True) -> str:
    """``formula`` after ``more`` rows came in at row ``last`` of ``sheet``.

    ``own``: the formula stands on that sheet, so that references without a sheet mean it. Ranges
    that end in that row ``grow`` with it.
    """
    tokens = Tokenizer(formula)
    if not any(token.subtype == "RANGE" for token in tokens.items):
        return formula
    parts = []
    for token in tokens.items:
        text = token.value
        if token.type == "OPERAND" and token.subtype == "RANGE":
            where, mark, cells = text.rpartition("!")
            if (not mark and own) or where.strip("'").replace("''", "'") == sheet:
                text = f"{where}{mark}{_moved(cells, last, more, grow=grow)}"
        parts.append(text)
    return "=" + "".join(parts)


def _moved(cells: str, last: int, more: int, *, grow: bool = True) -> str:
    """A1 or A1:B2 with its rows moved; an end in the last row may grow."""
    begin, colon, end = cells.partition(":")
    if colon and _in_one_row(begin, end):  # a sum along its own row does not grow
        return _REFERENCE.sub(lambda found: _row(found, last + 1, more), cells)
    moved = _REFERENCE.sub(lambda found: _row(found, last + 1, more), begin)
    if colon:
        moved += colon + _REFERENCE.sub(lambda found: _row(found, last + (not grow), more), end)
    return moved


def _in_one_row(begin: str, end: str) -> bool:
    one, other = _REFERENCE.fullmatch(begin), _REFERENCE.fullmatch(end)
    return one is not None and other is not None and one[3] == other[3] and one[1] != other[1]


def _row(found: re.Match[str], least: int, more: int) -> str:
    row = int(found[3])
    return f"{found[1]}{found[2]}{row + more if row >= least else row}"


def _rewrite(sheet: Any, title: str, last: int, more: int, *, own: bool, grow: bool = True) -> None:
    for cell in list(sheet._cells.values()):
        if cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = shifted(cell.value, title, last, more, own=own, grow=grow)


def _move_cells(page: Any, last: int, more: int) -> None:
    """Everything below the last row goes down, from the bottom up; merged areas are undone first
    and made again by :func:`_move_areas`."""
    areas = [area for area in page.merged_cells.ranges if area.min_row > last]
    page.form_areas = [area.coord for area in areas]
    for area in areas:
        page.unmerge_cells(area.coord)
    for row, column in sorted(page._cells, reverse=True):
        if row > last:
            cell = page._cells.pop((row, column))
            cell.row = row + more
            page._cells[row + more, column] = cell
            if getattr(cell, "hyperlink", None) is not None:
                cell.hyperlink.ref = cell.coordinate


def _move_dimensions(page: Any, last: int, more: int) -> None:
    heights = {
        row: dimension.height
        for row, dimension in page.row_dimensions.items()
        if row > last and dimension.height is not None
    }
    for row in heights:
        page.row_dimensions[row].height = None
    for row, height in heights.items():
        page.row_dimensions[row + more].height = height
    for line in page.row_breaks.brk:
        if line.id >= last:
            line.id += more


def _move_areas(page: Any, last: int, more: int) -> None:
    for coordinates in page.form_areas:
        area = CellRange(coordinates)
        area.shift(row_shift=more)
        page.merge_cells(area.coord)
    del page.form_areas
    for area in list(page.merged_cells.ranges):
        if area.min_row <= last < area.max_row:
            page.unmerge_cells(area.coord)
            area.expand(down=more)
            page.merge_cells(area.coord)
    for rule in page.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            _grow(area, last, more)
    _move_formats(page, last, more)
    for drawing in (*page._images, *page._charts):  # their corners count from 0
        for name in ("_from", "to"):
            corner = getattr(drawing.anchor, name, None)
            if corner is not None and corner.row >= last:
                corner.row += more
    if page.print_area:
        page.print_area = _moved_all(str(page.print_area), last, more)


def _grow(area: Any, last: int, more: int) -> None:
    if area.min_row > last:
        area.shift(row_shift=more)
    elif area.max_row >= last:
        area.expand(down=more)


def _move_formats(page: Any, last: int, more: int) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    moved = ConditionalFormattingList()
    for ranges in page.conditional_formatting:
        for area in ranges.sqref.ranges:
            _grow(area, last, more)
        for rule in ranges.rules:
            moved.add(str(ranges.sqref), rule)
    page.conditional_formatting = moved


def _moved_all(areas: str, last: int, more: int) -> str:
    """A print area: its parts without their sheet."""
    return ",".join(
        _moved(part.rpartition("!")[2].replace("$", ""), last, more) for part in areas.split(",")
    )
