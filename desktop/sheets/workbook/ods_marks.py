"""What an ods tells of its sheets beyond their values: merged cells, hidden rows and columns,
errors, formulas that were never computed. Runs in the child process, after the parts were examined.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from desktop.sheets.workbook.parts import Marks

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
MORE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
PIECE = 1 << 20
#: Rows or columns repeated more often than this are the blank rest of the sheet.
MOST = 20_000
_HIDDEN = ("collapse", "filter")


def marks_of(path: str) -> dict[str, Marks]:
    """The marks of every sheet by its name; raises ``expat.ExpatError`` for what is no XML."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        while piece := part.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = self.head = 0
        self.rows = 1

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == f"{TABLE} table":
            self.marks = self.found.setdefault(given.get(f"{TABLE} name", ""), Marks())
            self.row = self.head = 0
        elif name == f"{TABLE} table-column":
            self.head = self._pass(given, self.head, "columns", self.marks.hidden_columns)
        elif name == f"{TABLE} table-row":
            self.rows = _times(given, "rows")
            self._pass(given, self.row, "rows", self.marks.hidden_rows)
            self.column = 0
        elif name in (f"{TABLE} table-cell", f"{TABLE} covered-table-cell"):
            self._cell(given)

    def end(self, name: str) -> None:
        if name == f"{TABLE} table-row":
            self.row += self.rows

    def _pass(self, given: dict[str, str], at: int, what: str, hidden: set[int]) -> int:
        times = _times(given, what)
        if given.get(f"{TABLE} visibility") in _HIDDEN and times <= MOST:
            hidden.update(range(at, at + times))
        return at + times

    def _cell(self, given: dict[str, str]) -> None:
        times = _times(given, "columns")
        if times <= MOST and self.rows <= MOST:
            place = (self.row, self.column)
            high, wide = _number(given, "rows-spanned"), _number(given, "columns-spanned")
            if high * wide > 1:
                last = (self.row + high - 1, self.column + wide - 1)
                self.marks.merges.append((*place, *last))
            if given.get(f"{MORE} value-type") == "error":
                self.marks.faults.add(place)
            elif f"{TABLE} formula" in given and f"{OFFICE} value-type" not in given:
                self.marks.uncomputed.add(place)
        self.column += times


def _times(given: dict[str, str], what: str) -> int:
    return _number(given, f"{what}-repeated")


def _number(given: dict[str, str], what: str) -> int:
    text = given.get(f"{TABLE} number-{what}", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
