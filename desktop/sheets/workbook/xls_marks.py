"""What an xls (BIFF5, BIFF8) tells of its sheets beyond their values: hidden rows and columns,
errors, formulas that were never computed.

Runs in the child process. Only the records that say so are looked at ([MS-XLS] 2.4.221 Row, 2.4.53
ColInfo, 2.4.24 BoolErr, 2.4.127 Formula, 2.4.28 BoundSheet8, 2.4.52 CodePage); what does not hold
together gives no marks: the values are the parser's business.

A formula of an xls always has a value. Libraries that do not compute give it the number 0 and ask
for computing (Apache POI), or a blank text (xlwt, which signs as Excel 97).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from desktop.sheets.workbook.parts import LAST_COLUMN, Marks

STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
SHORT = 4096
FREE = 0xFFFFFFFA
BOUNDSHEET, ROW, COLINFO, BOOLERR, FORMULA, EOF = 0x85, 0x208, 0x7D, 0x205, 0x06, 0x0A
BIFF5, CODEPAGE, FILEPASS = 0x0500, 0x42, 0x2F
#: Code pages that Python knows by another name.
_MAC, _MAC_ROMAN = 0x8000, "mac_roman"
#: Version, kind, build and year of the first record of Excel 97, as libraries write it.
_EXCEL_97 = struct.pack("<4H", 0x0600, 0x0005, 0x0DBB, 0x07CC)
_COMPUTE = 0x0002


def marks_of(path: str) -> Mapping[str, Marks]:
    """The marks of every sheet by its name; none where the file is not sound."""
    try:
        stream = _stream(Path(path).read_bytes())
        found = {name: _sheet(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, ValueError, LookupError):
        return {}
    if stream.startswith(_EXCEL_97, 4) and not any(one.computed for one in found.values()):
        for one in found.values():
            one.uncomputed |= one.blanks
    return found


def is_encrypted(data: bytes) -> bool:
    """Whether a password is needed: FILEPASS stands near the beginning. Of BIFF5 the parser would
    read what is encrypted."""
    try:
        beginning = islice(_records(_stream(data), 0), 9)
        return any(kind == FILEPASS for kind, _ in beginning)
    except (struct.error, IndexError, ValueError):
        return False


def globals_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the workbook itself when it is BIFF5; none of any other.

    Raises ``struct.error``, ``IndexError`` and ``ValueError`` for what is not sound.
    """
    stream = _stream(data)
    if struct.unpack_from("<H", stream, 4)[0] == BIFF5:
        yield from _records(stream, 0)


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
        if directory[at : at + 64].startswith(STREAMS):
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
    old, encoding = False, "latin-1"
    for number, (kind, body) in enumerate(_records(stream, 0)):
        if number == 0:
            old = struct.unpack_from("<H", body)[0] == BIFF5
        elif kind == CODEPAGE and old:
            (page,) = struct.unpack_from("<H", body)
            encoding = _MAC_ROMAN if page & _MAC else f"cp{page}"
        elif kind == BOUNDSHEET:
            (start,) = struct.unpack_from("<I", body)
            signs = body[6]
            if old:
                yield body[7 : 7 + signs].decode(encoding), start
            else:
                wide = body[7] & 1
                text = body[8 : 8 + signs * (1 + wide)]
                yield text.decode("utf-16-le" if wide else "latin-1"), start


class _Told(Marks):
    """The marks of one sheet; ``blanks`` are formulas whose value is a blank text, ``computed``
    counts the others."""

    def __init__(self) -> None:
        super().__init__()
        self.blanks: set[tuple[int, int]] = set()
        self.computed = 0


def _sheet(stream: bytes, start: int) -> _Told:
    marks = _Told()
    for kind, body in _records(stream, start):
        if kind == ROW and len(body) >= 16 and body[12] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            marks.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        elif kind == BOOLERR and len(body) >= 8 and body[7]:
            marks.faults.add(struct.unpack_from("<HH", body))
        elif kind == FORMULA and len(body) >= 16:
            _formula(body, marks)
    return marks


def _formula(body: bytes, marks: _Told) -> None:
    row, column, _, value, wanted = struct.unpack_from("<3H8sH", body)
    text = value[6:] == b"\xff\xff"
    if text and value[0] == 3:
        marks.blanks.add((row, column))
        return
    marks.computed += 1
    if text and value[0] == 2:
        marks.faults.add((row, column))
    elif wanted & _COMPUTE and not any(value):
        marks.uncomputed.add((row, column))
