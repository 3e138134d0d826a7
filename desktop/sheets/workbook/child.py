"""The child process that opens a stranger's workbook:
``python -m desktop.sheets.workbook.child KIND FILE``.

It limits itself (memory, processor time, no file may grow), reads, and writes one msgpack
document to standard output: ``{"sheets": [...]}`` or ``{"refused": kind, "reason": text}``. It
shares nothing with the parent but that pipe; never pickle. Memory is limited where the system
offers ``setrlimit``; time is limited by the parent everywhere.

A frozen program (PyInstaller) has no ``-m``: there the parent starts ``oneledger --sheets-child
KIND FILE``, and the program's first lines must hand such arguments to :func:`main` before anything
else is imported (see :data:`SWITCH`).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import msgspec

from desktop.sheets.workbook import bounds

SWITCH = "--sheets-child"
MEMORY = 512 << 20
PROCESSOR_SECONDS = 120
MAX_CELLS = 6_000_000
MAX_MERGES = 200_000
#: The size of a sheet in every office program.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384

DATE, DATETIME, TIME = 1, 2, 3
#: What an office program writes into a text table for a cell that holds an error.
FAULTS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_PLAIN = frozenset({str, int, float, bool})


class Refused(Exception):
    """The workbook is refused; ``kind`` is damaged, hostile, large, password or text."""

    def __init__(self, kind: str, reason: str = "") -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


def main(arguments: list[str]) -> int:
    """Read ``arguments[1]`` as kind ``arguments[0]``; always ends with one document written."""
    limit()
    gc.disable()  # a short life: nothing is worth collecting
    data = document(arguments[0], arguments[1])
    with open(1, "wb", closefd=False) as out:
        out.write(data)
    return 0


def document(kind: str, path: str) -> bytes:
    """The workbook, or why it is refused, as the parent reads it."""
    answer: dict[str, Any]
    try:
        answer = {"sheets": read(kind, path)}
    except Refused as refusal:
        answer = {"refused": refusal.kind, "reason": refusal.reason}
    except bounds.Outgrown as outgrown:
        answer = {"refused": "large", "reason": str(outgrown)}
    except MemoryError:
        answer = {"refused": "large", "reason": "内容超出了读取所允许的内存"}
    try:
        data = msgspec.msgpack.encode(answer)
    except MemoryError:
        data = b""
    if 0 < len(data) <= bounds.MOST_BYTES:
        return data
    return msgspec.msgpack.encode({"refused": "large", "reason": "文字过多"})


def limit() -> None:
    """Take from this process what a reader of one file does not need."""
    if os.name != "posix":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (most, ceiling))


def read(kind: str, path: str) -> list[dict[str, Any]]:
    """The worksheets of the file as plain data; raises :class:`Refused`."""
    if kind == "csv":
        from desktop.sheets.workbook.commas import NotColumns, read_text

        try:
            lines = read_text(path)
        except NotColumns as error:
            raise Refused("text", str(error)) from error
        _refuse_extent("", len(lines), len(lines[0]) if lines else 0)
        faults = [
            (row, column)
            for row, cells in enumerate(lines)
            for column, cell in enumerate(cells)
            if cell in FAULTS
        ]
        for row, column in faults:
            lines[row][column] = ""
        return [{"name": "", "rows": lines, "faults": faults}]
    marks, parts = _examined(kind, path)
    sheets = _values(kind, path)
    for sheet in sheets:
        found = marks.get(parts.get(sheet["name"], ""))
        if found is not None:
            sheet.update(found.plain())
            _refuse_merges(sheet)
            for row, column in found.uncomputed:
                if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
                    sheet["rows"][row][column] = ""
    return sheets


def _examined(kind: str, path: str) -> tuple[Mapping[str, Any], dict[str, str]]:
    if kind == "xls":
        from desktop.sheets.workbook import xls_marks

        found = xls_marks.marks_of(path)
        return found, {name: name for name in found}
    if kind not in ("xlsx", "ods"):
        return {}, {}
    import zipfile
    import zlib
    from xml.etree.ElementTree import ParseError
    from xml.parsers.expat import ExpatError

    from desktop.sheets.workbook import parts

    try:
        marks = parts.examine(path)
        if kind == "xlsx":
            return marks, parts.sheet_parts(path)
        from desktop.sheets.workbook import ods_marks

        marks = ods_marks.marks_of(path)
        return marks, {name: name for name in marks}
    except parts.Hostile as error:
        raise Refused("hostile", str(error)) from error
    except RuntimeError as error:  # zipfile: a member is encrypted; an unknown compression
        raise Refused("damaged", "有读不出的部分") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise Refused("damaged", "压缩包不完整") from error
    except (ParseError, ExpatError) as error:
        raise Refused("damaged", "目录部分不是正确的 XML") from error


def _values(kind: str, path: str) -> list[dict[str, Any]]:
    import python_calamine as calamine

    from desktop.sheets.workbook import old_xls, xls_marks

    encoding: str | None = None
    sheets: list[dict[str, Any]] = []
    content = bounds.Content()
    cells = 0
    try:
        data: IO[bytes] = Path(path).open("rb")  # noqa: SIM115
        if kind == "xls":
            with data:
                whole = data.read()
            if xls_marks.is_encrypted(whole):
                raise Refused("password")
            seen, encoding = old_xls.shown(whole)
            data = BytesIO(seen)
        # By content: from_path would go by the file's name.
        with data, calamine.CalamineWorkbook.from_filelike(data) as workbook:
            names = [about.name for about in workbook.sheets_metadata]
            if len({*names}) < len(names):  # one would be read twice, the other not at all
                raise Refused("hostile", "有工作表重名")
            for about in workbook.sheets_metadata:
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_name(about.name)
                last_row, last_column = sheet.end or (-1, -1)
                _refuse_extent(about.name, last_row + 1, last_column + 1)
                cells += (last_row + 1) * (last_column + 1)
                if cells > MAX_CELLS:
                    raise Refused(
                        "large",
                        f"工作表“{about.name}”的内容铺开到第 {last_row + 1} 行、"
                        f"第 {last_column + 1} 列，可能在很远处有多余的内容",
                    )
                merges = sheet.merged_cell_ranges or []
                rows = sheet.to_python(skip_empty_area=False)
                name = about.name
                if encoding is not None:
                    name = old_xls.told(name, encoding)
                    rows = [[old_xls.told(cell, encoding) for cell in row] for row in rows]
                rows = [row if content.add(row) else [] for row in rows]
                sheets.append(
                    {
                        "name": name,
                        "hidden": about.visible != calamine.SheetVisibleEnum.Visible,
                        "rows": [_carried(row) for row in rows],
                        "merges": [[*start, *end] for start, end in merges],
                    }
                )
                _refuse_merges(sheets[-1])
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused("damaged", "") from error
    except BaseException as error:
        # A panic inside calamine arrives as PanicException, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise Refused("damaged", "") from error
        raise
    return sheets


def _refuse_merges(sheet: dict[str, Any]) -> None:
    if len(sheet["merges"]) > MAX_MERGES:
        raise Refused("large", f"工作表“{sheet['name']}”有 {len(sheet['merges'])} 处合并单元格")


def _refuse_extent(name: str, rows: int, columns: int) -> None:
    """Refuse what no office program can hold on one sheet."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        where = f"工作表“{name}”" if name else "文件中"
        raise Refused("large", f"{where}有 {rows} 行、{columns} 列，超出一张工作表的范围")


def _carried(row: list[Any]) -> list[Any]:
    """A row with its dates in a form that msgpack tells apart from text."""
    if _PLAIN.issuperset(map(type, row)):
        return row
    return [cell if type(cell) in _PLAIN else _tagged(cell) for cell in row]


def _tagged(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return msgspec.msgpack.Ext(DATETIME, cell.isoformat().encode())
    if isinstance(cell, date):
        return msgspec.msgpack.Ext(DATE, cell.isoformat().encode())
    if isinstance(cell, time):
        return msgspec.msgpack.Ext(TIME, cell.isoformat().encode())
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86400
    return "" if cell is None else str(cell)


def untagged(code: int, data: memoryview) -> date | datetime | time:
    """The inverse of the tags, for the parent's decoder."""
    text = bytes(data).decode()
    if code == DATE:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if code == DATETIME else time.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
