"""Workbooks into files: xlsx, xls, ods and csv, the same bytes at every run.

openpyxl keeps no cached values and stamps the present time, so its file is opened once more: the
values are put beside their formulas and every stamp is set to one day.
"""

from __future__ import annotations

import csv
import importlib
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.workbooks.inline import exported
from tests.workbooks.sheet import Cell, Formula, Sheet, Shown, address, letters
from tests.workbooks.truth import Book

DAY = datetime(2023, 3, 3, 9, 0, 0)
STAMP = (2023, 3, 3, 9, 0, 0)
EPOCH = date(1899, 12, 30)


class NoWriter(Exception):
    """The library that writes this format is not installed (xlwt is needed for building only)."""


def write(book: Book, folder: Path) -> Path:
    """Write the workbook into `folder`; NoWriter when xlwt is missing for an .xls."""
    target = folder / book.name
    suffix = book.wear or target.suffix
    if suffix == ".xlsx":
        target.write_bytes(xlsx(book.sheets))
    elif suffix == ".export":
        target.write_bytes(pack(exported(book.sheets)))
    elif suffix == ".xls":
        target.write_bytes(xls(book.sheets))
    elif suffix == ".ods":
        target.write_bytes(ods(book.sheets))
    elif suffix in (".gb18030", ".utf8"):
        target.write_bytes(csv_bytes(book.sheets[0], suffix))
    else:
        raise ValueError(book.name)
    return target


def pack(members: dict[str, bytes], plain_first: str | None = None) -> bytes:
    """A zip with one stamp on every member; `plain_first` stands first and uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        order = sorted(members, key=lambda name: (name != plain_first, name))
        for name in order:
            info = zipfile.ZipInfo(name, STAMP)
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_STORED if name == plain_first else zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return out.getvalue()


def xlsx(sheets: list[Sheet]) -> bytes:
    """An .xlsx with the cached values of its formulas."""
    openpyxl = importlib.import_module("openpyxl")
    styles = importlib.import_module("openpyxl.styles")
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = "办公室"
    book.properties.created = DAY
    centre = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
    for sheet in sheets:
        out = book.create_sheet(sheet.name)
        if sheet.hidden:
            out.sheet_state = "hidden"
        for (row, column), cell in sheet.cells.items():
            target = out.cell(row, column)
            if isinstance(cell, Formula):
                target.value = "=" + cell.text
            elif isinstance(cell, Shown):
                target.value = cell.value
                target.number_format = cell.format
            else:
                target.value = cell
                if isinstance(cell, date):
                    target.number_format = 'yyyy"年"m"月"d"日"'
        for top, left, bottom, right in sheet.merges:
            out.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            out.cell(top, left).alignment = centre
        for column, width in widths(sheet).items():
            out.column_dimensions[letters(column)].width = width
        for row in sheet.hidden_rows:
            out.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            out.column_dimensions[letters(column)].hidden = True
    raw = io.BytesIO()
    book.save(raw)
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(raw) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    core = members["docProps/core.xml"].decode()
    members["docProps/core.xml"] = re.sub(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", DAY.strftime("%Y-%m-%dT%H:%M:%SZ"), core
    ).encode()
    for number, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        members[name] = with_cached(members[name].decode(), sheet).encode()
    return pack(members)


def widths(sheet: Sheet) -> dict[int, int]:
    """How wide a clerk would draw the columns: as the longest text, within reason."""
    joined = {(top, left) for top, left, _, right in sheet.merges if right > left}
    out: dict[int, int] = {}
    for (row, column), cell in sheet.cells.items():
        if (row, column) not in joined and isinstance(cell, str):
            longest = max(
                sum(2 if ord(sign) > 255 else 1 for sign in line) for line in cell.split("\n")
            )
            out[column] = min(30, max(out.get(column, 8), longest + 2))
    return out


def with_cached(xml: str, sheet: Sheet) -> str:
    """Put the values that Excel left beside the formulas into a sheet's XML."""
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell, Formula):
            continue
        found = re.search(
            rf'<c r="{address(row, column)}"([^>]*)><f>(.*?)</f><v ?/?>(</v>)?</c>', xml
        )
        if found is None:
            raise ValueError(f"{sheet.name}!{address(row, column)}: no formula in the file")
        kind = ' t="str"' if isinstance(cell.cached, str) else ""
        value = "" if cell.cached is None else f"<v>{escape(str(cell.cached))}</v>"
        attributes = re.sub(r' t="\w+"', "", found[1])
        xml = (
            xml[: found.start()]
            + f'<c r="{address(row, column)}"{attributes}{kind}><f>{found[2]}</f>{value}</c>'
            + xml[found.end() :]
        )
    return xml


def xls(sheets: list[Sheet]) -> bytes:
    """An .xls of the years before 2007, by xlwt."""
    try:
        xlwt = importlib.import_module("xlwt")
    except ImportError as error:
        raise NoWriter("xlwt") from error
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        out = book.add_sheet(sheet.name)
        joined = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
        for (row, column), cell in sorted(sheet.cells.items()):
            style = xlwt.XFStyle()
            value = cell
            if isinstance(value, Shown):
                style.num_format_str = value.format
                value = value.value
            elif isinstance(value, date):
                style.num_format_str = "yyyy-m-d"
            if isinstance(value, Formula):
                raise ValueError("no formulas in .xls here")
            if (row, column) in joined:
                bottom, right = joined[row, column]
                out.write_merge(row - 1, bottom - 1, column - 1, right - 1, value, style)
            else:
                out.write(row - 1, column - 1, value, style)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def csv_bytes(sheet: Sheet, coding: str) -> bytes:
    """Comma-separated as Excel saves it: GB18030 without a mark, or UTF-8 with one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width = max(column for _, column in sheet.cells)
    for row in range(1, sheet.last_row + 1):
        writer.writerow([plain(sheet.cells.get((row, x))) for x in range(1, width + 1)])
    return out.getvalue().encode("gb18030" if coding == ".gb18030" else "utf-8-sig")


def plain(cell: Cell) -> str:
    """A cell in a text file."""
    if isinstance(cell, (Formula, Shown)):
        raise ValueError("a text file has values only")
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return "" if cell is None else str(cell)


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:version="1.2"><office:body><office:spreadsheet>'
)
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods(sheets: list[Sheet]) -> bytes:
    """An .ods by hand: content, manifest and type, which is all that a reader needs."""
    body = "".join(ods_sheet(sheet) for sheet in sheets)
    content = ODS_HEAD + body + "</office:spreadsheet></office:body></office:document-content>"
    return pack(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": ODS_MANIFEST.encode(),
        },
        plain_first="mimetype",
    )


def ods_sheet(sheet: Sheet) -> str:
    """One table of an .ods."""
    width = max(column for _, column in sheet.cells)
    joined = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    out = [f'<table:table table:name="{escape(sheet.name)}">']
    for row in range(1, sheet.last_row + 1):
        out.append("<table:table-row>")
        for column in range(1, width + 1):
            if (row, column) in covered:
                out.append("<table:covered-table-cell/>")
                continue
            bottom, right = joined.get((row, column), (row, column))
            span = ""
            if (bottom, right) != (row, column):
                span = (
                    f' table:number-columns-spanned="{right - column + 1}"'
                    f' table:number-rows-spanned="{bottom - row + 1}"'
                )
            out.append(ods_cell(sheet.cells.get((row, column)), span))
        out.append("</table:table-row>")
    return "".join(out) + "</table:table>"


def ods_cell(cell: Cell, span: str) -> str:
    """One cell of an .ods."""
    kind: Any = cell
    if isinstance(cell, Formula):
        kind = cell.cached
    if isinstance(cell, Shown):
        kind = cell.value
    if kind is None:
        return f"<table:table-cell{span}/>"
    if isinstance(kind, date):
        attributes = f'office:value-type="date" office:date-value="{kind.isoformat()}"'
    elif isinstance(kind, str):
        attributes = 'office:value-type="string"'
    else:
        attributes = f'office:value-type="float" office:value="{kind}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(kind).split("\n"))
    return f"<table:table-cell {attributes}{span}>{lines}</table:table-cell>"
