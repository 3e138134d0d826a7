"""What an xls (BIFF8) tells of its sheets beyond their values: hidden rows and columns, errors.

Runs in the child process. Only the records that say so are looked at ([MS-XLS] 2.4.221 Row, 2.4.53
ColInfo, 2.4.24 BoolErr, 2.4.127 Formula, 2.4.28 BoundSheet8); what does not hold together gives no
marks: the values are the parser's business.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from desktop.sheets.workbook.parts import LAST_COLUMN, Marks

STREAM = "Workbook".encode("utf-16-le") + b"\0\0"
SHORT = 4096
FREE = 0xFFFFFFFA
BOUNDSHEET, ROW, COLINFO, BOOLERR, FORMULA, EOF = 0x85, 0x208, 0x7D, 0x205, 0x06, 0x0A


def marks_of(path: str) -> dict[str, Marks]:
    """The marks of every sheet by its name; none where the file is not sound."""
    try:
        stream = _stream(Path(path).read_bytes())
        return {name: _sheet(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}


def _stream(data: bytes) -> bytes:
    """The workbook's stream out of its OLE2 file ([MS-CFB] 2.2 to 2.6)."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError(shift)
    size = 1 << shift
    count, first = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    table: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76)[: min(count, 109)]:
        if sector < FREE:
            table.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
    directory = b"".join(_chain(data, table, first, size))
    for at in range(0, len(directory) - 127, 128):
        if directory[at : at + 64].startswith(STREAM):
            start, length = struct.unpack_from("<II", directory, at + 116)
            if length < SHORT:
                return b"".join(_short(data, table, directory, size, start))[:length]
            return b"".join(_chain(data, table, start, size))[:length]
    raise ValueError("no workbook")


def _short(
    data: bytes, table: list[int], directory: bytes, size: int, start: int
) -> Iterator[bytes]:
    """A short stream lies in pieces of 64 bytes inside the root's own ([MS-CFB] 2.4)."""
    (root,) = struct.unpack_from("<I", directory, 116)
    (first,) = struct.unpack_from("<I", data, 60)
    content = b"".join(_chain(data, table, root, size))
    links = b"".join(_chain(data, table, first, size))
    following = list(struct.unpack(f"<{len(links) // 4}I", links))
    # The chain counts from a head that a short stream does not have.
    yield from _chain(bytes(64) + content, following, start, 64)


def _chain(data: bytes, table: list[int], sector: int, size: int) -> Iterator[bytes]:
    seen = 0
    while sector < FREE and seen <= len(table):
        yield data[(sector + 1) * size : (sector + 2) * size]
        sector = table[sector]
        seen += 1


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == EOF:
            return
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == BOUNDSHEET:
            (start,) = struct.unpack_from("<I", body)
            signs, wide = body[6], body[7] & 1
            text = body[8 : 8 + signs * (1 + wide)]
            yield text.decode("utf-16-le" if wide else "latin-1"), start


def _sheet(stream: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, body in _records(stream, start):
        if kind == ROW and len(body) >= 16 and body[12] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            marks.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        elif (kind == BOOLERR and len(body) >= 8 and body[7]) or (
            kind == FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff"
        ):
            row, column = struct.unpack_from("<HH", body)
            marks.faults.add((row, column))
    return marks
