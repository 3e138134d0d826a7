"""Old workbooks (xls) record by record ([MS-XLS], [MS-CFB]): taken apart, put together, made."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.sheets.workbook import xls_marks

Record = tuple[int, bytes]
BOF, EOF, BOUNDSHEET, CODEPAGE = 0x0809, 0x0A, 0x85, 0x42
LABEL, NUMBER, FORMULA, ROW, COLINFO = 0x0204, 0x0203, 0x06, 0x0208, 0x7D
SECTOR, END, FREE, TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def records_of(path: Path) -> list[Record]:
    """All records of a workbook, those of its sheets after its own."""
    return records_in(path.read_bytes())


def records_in(data: bytes) -> list[Record]:
    """All records of a file's bytes."""
    stream, at, found = xls_marks._stream(data), 0, []
    while at + 4 <= len(stream) and any(stream[at : at + 4]):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def stream_of(records: Iterable[Record]) -> bytes:
    """The records one after another, the sheets' beginnings named anew."""
    records = list(records)
    starts, at, depth = [], 0, 0
    for kind, body in records:
        if kind == BOF:
            if depth == 0 and at:
                starts.append(at)
            depth += 1
        elif kind == EOF:
            depth -= 1
        at += 4 + len(body)
    stream = bytearray()
    for kind, body in records:
        if kind == BOUNDSHEET and starts and len(body) >= 4:
            body = struct.pack("<I", starts.pop(0)) + body[4:]
        stream += struct.pack("<HH", kind, len(body) & 0xFFFF) + body
    return bytes(stream)


def file_of(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE2 file with one stream."""
    stream += bytes(max(0, 4096 - len(stream)))
    stream += bytes(-len(stream) % SECTOR)
    sectors = len(stream) // SECTOR
    tables = 1
    while (sectors + 1 + tables) * 4 > tables * SECTOR:
        tables += 1
    chain = [*range(1, sectors), END, END, *([TABLE] * tables)]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    head = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                       0, tables, sectors, 0, 4096, END, 0, END, 0)  # fmt: skip
    places = [*range(sectors + 1, sectors + 1 + tables), *([FREE] * (109 - tables))]
    directory = b"".join(
        (
            _entry("Root Entry", 5, child=1, start=END, size=0),
            _entry(name, 2, child=FREE, start=0, size=len(stream)),
            _entry("", 0, child=FREE, start=0, size=0) * 2,
        )
    )
    table = struct.pack(f"<{len(chain)}I", *chain)
    return head + struct.pack("<109I", *places) + stream + directory + table


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le") if name else b""
    return (
        text
        + bytes(64 - len(text))
        + struct.pack("<HBBIII36xIQ", len(text), kind, 1, FREE, FREE, child, start, size)
    )


def biff5(rows: Sequence[Sequence[str | float]], page: int = 936, name: str = "表一") -> bytes:
    """A workbook as Excel 95 wrote it, in a Chinese code page; row 2 and column B hidden."""
    encoding = f"cp{page}"
    text = name.encode(encoding)
    records: list[Record] = [
        (BOF, struct.pack("<4H", 0x0500, 0x0005, 0x096C, 0x07C9)),
        (CODEPAGE, struct.pack("<H", page)),
        (BOUNDSHEET, struct.pack("<IHB", 0, 0, len(text)) + text),
        (EOF, b""),
        (BOF, struct.pack("<4H", 0x0500, 0x0010, 0x096C, 0x07C9)),
        (COLINFO, struct.pack("<6H", 1, 1, 2560, 15, 1, 0)),
        (ROW, struct.pack("<8H", 1, 0, 2, 255, 0, 0, 0x0120, 15)),
    ]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<3H", number, column, 15)
            if isinstance(cell, str):
                said = cell.encode(encoding)
                records.append((LABEL, place + struct.pack("<H", len(said)) + said))
            else:
                records.append((NUMBER, place + struct.pack("<d", cell)))
    return file_of(stream_of([*records, (EOF, b"")]), "Book")


def with_formulas(path: Path, *cells: tuple[int, int, bytes, int]) -> bytes:
    """The workbook with formulas ``=1`` in its first sheet: row, column, value of eight bytes and
    flags each."""
    records = records_of(path)
    (first,) = [n for n, (kind, _) in enumerate(records) if kind == EOF][1:2]
    made = [
        (FORMULA, struct.pack("<3H8sHIH", row, column, 15, value, flags, 0, 3) + b"\x1e\x01\x00")
        for row, column, value, flags in cells
    ]
    return file_of(stream_of([*records[:first], *made, *records[first:]]))
