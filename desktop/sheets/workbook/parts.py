"""The parts of an xlsx or ods, examined before the parser sees them, and what it does not tell.

Runs in the child process. Every XML part is inflated once, in pieces: a part that declares a
DOCTYPE or entities is refused, one whose size or checksum is not what the archive says is damaged.
On the way the marks are collected that calamine drops: hidden rows and columns, cells that hold an
error, formulas that were never computed.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from desktop.sheets.workbook.grid import place

PIECE = 1 << 20
OVERLAP = 1 << 13
LAST_COLUMN = 16_384

#: A DOCTYPE or entity declaration, in UTF-8 and in both forms of UTF-16.
_DECLARED = (b"<!D", b"<!E", b"<\0!\0D\0", b"<\0!\0E\0", b"\0<\0!\0D", b"\0<\0!\0E")
#: How a part in UTF-16 begins.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
#: A cell beyond column ZZZ or row 9,999,999, where no office program puts one.
_FAR = re.compile(rb'r="(?:[A-Z]{4}|[A-Z]{0,3}\d{8})')
_NUMBERED = re.compile(rb'<(?:\w+:)?row\b[^<>]{0,400}?\br="(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*?\br="(\d+)"[^<>]*?\bhidden="(?:1|true)"')
_ROW_HIDDEN_FIRST = re.compile(rb'<(?:\w+:)?row\b[^<>]*?\bhidden="(?:1|true)"[^<>]*?\br="(\d+)"')
_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^<>]*?\bhidden="(?:1|true)"[^<>]*>')
_EDGE = re.compile(rb'\b(min|max)="(\d+)"')
_FAULT = re.compile(rb'<(?:\w+:)?c\b(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]+\d+)"')
_FORMULA = (
    rb'<(?:\w+:)?c\b%s[^<>]*?\br="([A-Z]+\d+)"[^<>]*>'
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)%s</(?:\w+:)?c>"
)
#: Without a value, or with a blank one that no program computed: a computed blank is a text.
_UNCOMPUTED = re.compile(
    _FORMULA % (rb"", rb"")
    + b"|"
    + _FORMULA % (rb'(?![^<>]*\bt="str")', rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)")
)
_ZERO = re.compile(_FORMULA % (rb"", rb"<(?:\w+:)?v>0</(?:\w+:)?v>"))
#: Asks every program to compute before it shows. Programs that compute do not write it: it stands
#: where a library gave every formula the value 0.
_TO_BE_COMPUTED = re.compile(rb'\bfullCalcOnLoad="(?:1|true)"')


class Hostile(Exception):
    """A part is built to do harm; the text says how, in Chinese."""


class Marks:
    """What one worksheet's XML tells beyond its values; rows and columns from 0."""

    def __init__(self) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.faults: set[tuple[int, int]] = set()
        self.uncomputed: set[tuple[int, int]] = set()
        #: Formulas whose value is 0, which may be none.
        self.zeros: set[tuple[int, int]] = set()
        #: First row and column, last row and column; only of formats whose parser drops them.
        self.merges: list[tuple[int, int, int, int]] = []

    def plain(self) -> dict[str, Any]:
        """As data for the pipe."""
        return {
            **({"merges": self.merges} if self.merges else {}),
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "faults": sorted(self.faults),
            "uncomputed": sorted(self.uncomputed),
        }


def examine(path: str) -> dict[str, Marks]:
    """Examine every XML part of an archive; the marks of each part named ``*/worksheets/*``.

    Raises :class:`Hostile`, or ``zipfile.BadZipFile`` and its kin when the archive is damaged.
    """
    marks: dict[str, Marks] = {}
    to_be_computed = False
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.filename.lower().endswith((".xml", ".rels")):
                continue
            found = Marks() if "/worksheets/" in f"/{member.filename}" else None
            for number, piece in enumerate(_pieces(archive, member)):
                # Most pieces have no exclamation mark at all, which is looked up at once.
                if b"!" in piece and any(mark in piece for mark in _DECLARED):
                    raise Hostile(f"{member.filename} 中有文档类型或实体声明")
                if number == 0 and piece.startswith(_WIDE):  # the parser would see nothing in it
                    raise Hostile(f"{member.filename} 的编码不是 UTF-8")
                if found is not None:
                    _collect(piece, found)
                elif b"fullCalcOnLoad" in piece and _TO_BE_COMPUTED.search(piece):
                    to_be_computed = True
            if found is not None:
                marks[member.filename] = found
    if to_be_computed:
        for found in marks.values():
            found.uncomputed |= found.zeros
    return marks


def sheet_parts(path: str) -> dict[str, str]:
    """The worksheets of an xlsx: sheet name → part name."""
    import defusedxml.ElementTree as ElementTree

    with zipfile.ZipFile(path) as archive:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        try:
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        except KeyError:
            return {}
    targets = {item.get("Id"): item.get("Target", "") for item in relations.iter()}
    parts: dict[str, str] = {}
    for item in workbook.iter():
        if item.tag.rpartition("}")[2] != "sheet":
            continue
        relation = next((item.get(key) for key in item.attrib if key.endswith("}id")), None)
        target = targets.get(relation) or ""
        parts[item.get("name", "")] = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join("xl", target))
        )
    return parts


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The inflated bytes in pieces, each beginning with the end of the one before."""
    before = b""
    with archive.open(member) as part:
        while piece := part.read(PIECE):
            yield before + piece
            before = piece[-OVERLAP:]


def _collect(piece: bytes, marks: Marks) -> None:
    if _FAR.search(piece):
        raise Hostile("单元格的位置超出了表格的范围")
    rows = [int(row) for row in _NUMBERED.findall(piece)]
    if any(below <= above for above, below in pairwise(rows)):
        raise Hostile("行的次序是乱的")  # the parser would lose the rows that come too late
    if b"hidden=" in piece:
        for form in (_ROW, _ROW_HIDDEN_FIRST):
            marks.hidden_rows.update(int(row) - 1 for row in form.findall(piece))
        for column in _COLUMN.findall(piece):
            edges = {name: int(value) for name, value in _EDGE.findall(column)}
            if {b"min", b"max"} <= edges.keys() and edges[b"max"] <= LAST_COLUMN:
                marks.hidden_columns.update(range(edges[b"min"] - 1, edges[b"max"]))
    if b't="e"' in piece:
        marks.faults.update(place(cell.decode()) for cell in _FAULT.findall(piece))
    if b"f>" in piece:
        for empty, blank in _UNCOMPUTED.findall(piece):
            marks.uncomputed.add(place((empty or blank).decode()))
        marks.zeros.update(place(cell.decode()) for cell in _ZERO.findall(piece))
