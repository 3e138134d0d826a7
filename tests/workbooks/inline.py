"""An .xlsx as export programs write it: texts inside the cells, no shared strings, no styles."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from tests.workbooks.sheet import Cell, Sheet, address

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def exported(sheets: list[Sheet]) -> dict[str, bytes]:
    """The members of the package; merges are kept, formulas and dates are not written here."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{targets}</Relationships>",
    }
    for n, sheet in enumerate(sheets, 1):
        members[f"xl/worksheets/sheet{n}.xml"] = worksheet(sheet)
    return {name: (XML + text).encode() for name, text in members.items()}


def worksheet(sheet: Sheet) -> str:
    """One sheet with its texts in place."""
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, []).append(inline(address(row, column), cell))
    data = "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in rows.items())
    joined = "".join(
        f'<mergeCell ref="{address(top, left)}:{address(bottom, right)}"/>'
        for top, left, bottom, right in sheet.merges
    )
    merges = f'<mergeCells count="{len(sheet.merges)}">{joined}</mergeCells>' if joined else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{merges}</worksheet>'


def inline(place: str, cell: Cell) -> str:
    """A number, or a text with its blanks kept."""
    if isinstance(cell, str):
        text = escape(cell)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if cell is None or isinstance(cell, date) or not isinstance(cell, (int, float)):
        raise ValueError(f"{place}: an export holds texts and numbers")
    return f'<c r="{place}"><v>{cell}</v></c>'
