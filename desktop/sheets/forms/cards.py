"""A card form 一项目一表: its sheet copied for every row of the book, in one workbook.

That is how offices keep them: one workbook, one sheet per project, named after it. The copy has all
that makes the look of the sheet: cells, merged areas, sizes, page, header and footer, lists,
conditional formats, pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy, deepcopy
from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.formula import Tokenizer

from desktop.sheets.forms.cells import grow, merged, put_value
from desktop.sheets.forms.form import Form
from desktop.sheets.forms.values import Contents
from desktop.sheets.writing.looks import Remarks, sheet_name


def fill(workbook: Any, form: Form, contents: Contents, remarks: Remarks) -> list[Any]:
    """One sheet per row where the template's sheet stands; returns the sheets.

    Without any row the template's sheet stays, empty.
    """
    template = workbook[form.sheet]
    _empty(template, form)
    pages = list(_copies(workbook, template, len(contents.rows)))
    names = {name.casefold() for name in workbook.sheetnames if workbook[name] not in pages}
    for page, row in zip(pages, contents.rows, strict=False):
        old = page.title
        page.title = sheet_name(row.label, names)
        _renamed(page, form.sheet, page.title)
        if page is template:
            for other in workbook.worksheets:
                if other not in pages:
                    _renamed(other, old, page.title)
        for one in form.columns:
            value = row.values.get(one.place)
            field = contents.fields.get(one.place)
            put_value(page, one.row, one, field, value, remarks)
            grow(page, one.row, one.row, [one.place])
    return pages


def _empty(page: Any, form: Form) -> None:
    """Take out what a card filled before still shows."""
    for one in form.columns:
        cell = page.cell(one.row, one.column)
        if not merged(cell) and cell.data_type != "f":
            cell.value = None


def _copies(workbook: Any, template: Any, wanted: int) -> Iterator[Any]:
    """The template's sheet and its copies behind it."""
    place = workbook._sheets.index(template)
    yield template
    for number in range(1, wanted):
        page = workbook.copy_worksheet(template)
        workbook._sheets.remove(page)
        workbook._sheets.insert(place + number, page)
        _complete(template, page)
        yield page


def _complete(template: Any, page: Any) -> None:
    """What openpyxl's own copy of a sheet leaves out."""
    page.sheet_view.zoomScale = template.sheet_view.zoomScale
    page.sheet_view.showGridLines = template.sheet_view.showGridLines
    page.sheet_view.tabSelected = False
    page.freeze_panes = template.freeze_panes
    page.print_title_rows, page.print_title_cols = (
        template.print_title_rows,
        template.print_title_cols,
    )
    if template.print_area:
        areas = str(template.print_area).split(",")
        page.print_area = ",".join(area.rpartition("!")[2].replace("$", "") for area in areas)
    for which in ("odd", "even", "first"):
        for part in ("Header", "Footer"):
            setattr(page, f"{which}{part}", deepcopy(getattr(template, f"{which}{part}")))
    page.HeaderFooter.differentOddEven = template.HeaderFooter.differentOddEven
    page.HeaderFooter.differentFirst = template.HeaderFooter.differentFirst
    page.row_breaks, page.col_breaks = copy(template.row_breaks), copy(template.col_breaks)
    page.protection = copy(template.protection)
    page.data_validations = deepcopy(template.data_validations)
    page.conditional_formatting = deepcopy(template.conditional_formatting)
    for picture in template._images:
        data = picture._data()
        picture.ref = BytesIO(data)  # reading it has closed its file
        again = Image(BytesIO(data))
        again.width, again.height = picture.width, picture.height
        again.anchor = deepcopy(picture.anchor)
        page.add_image(again)


def _renamed(page: Any, old: str, new: str) -> None:
    """Formulas that name the template's sheet name the card's."""
    if old == new:
        return
    quoted = "'" + new.replace("'", "''") + "'"
    for cell in list(page._cells.values()):
        if cell.data_type != "f" or not isinstance(cell.value, str) or "!" not in cell.value:
            continue
        parts = []
        for token in Tokenizer(cell.value).items:
            where, mark, cells = token.value.rpartition("!")
            named = token.type == "OPERAND" and where.strip("'").replace("''", "'") == old
            parts.append(f"{quoted}{mark}{cells}" if named and mark else token.value)
        cell.value = "=" + "".join(parts)
