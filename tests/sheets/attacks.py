"""Files made on purpose to take all time and memory of who reads them, or to be read as another.

Each maker returns the bytes of one kind, small for what it asks of a reader; :data:`ATTACKS` names
them all. What is broken rather than made is in :mod:`tests.sheets.hostile`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable

from tests.sheets import biff
from tests.sheets.hostile import (
    HEAD,
    MAIN,
    NAMES,
    OLD,
    SHEET,
    members,
    number,
    ods,
    part,
    replaced,
    row,
    sheet,
    table,
    text,
    zipped,
)

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTINUE, SST, MERGED = 0x3C, 0xFC, 0xE5
XLS_ROWS = 65_536
STRING = b'<table:table-cell office:value-type="string"%s><text:p>x</text:p></table:table-cell>'


def named(*sheets: tuple[bytes, int]) -> bytes:
    """The parts that name these sheets: each with its name and the number of its part."""
    return b"".join(
        b'<sheet name="%s" sheetId="%d" r:id="s%d"/>' % (name, place, part)
        for place, (name, part) in enumerate(sheets, 1)
    )


def with_sheets(names: Iterable[tuple[bytes, int]], parts: list[bytes]) -> bytes:
    """A workbook of these sheets; ``names`` say which of ``parts`` (from 0) each one is."""
    relations = b"".join(
        b'<Relationship Id="s%d" Type="%s/worksheet" Target="worksheets/s%d.xml"/>'
        % (place, LINKS, place)
        for place in range(len(parts))
    )
    kept = {name: content for name, content in members().items() if name != SHEET}
    return zipped(
        {
            **kept,
            WORKBOOK: b'<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>'
            % (MAIN, LINKS, named(*names)),
            RELATIONS: b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'relationships">%s</Relationships>' % relations,
            **{f"xl/worksheets/s{place}.xml": content for place, content in enumerate(parts)},
        }
    )


def worksheet(rows: bytes, before: bytes = b"") -> bytes:
    return HEAD + before + b"<sheetData>" + rows + b"</sheetData></worksheet>"


SECOND = row(text(b"A2", b"a"), number(b"B2", b"5"), number=b"2")
#: A quarter of a million cells that have a format and nothing else.
BLANK = (b"<row>" + b'<c s="1"/>' * 250 + b"</row>") * 1_000


def shared(content: bytes, rows: bytes) -> bytes:
    """A sheet of these rows and a table of shared texts."""
    return zipped(
        {
            **members(),
            "xl/sharedStrings.xml": b'<sst xmlns="' + MAIN + b'">' + content + b"</sst>",
            SHEET: worksheet(rows),
        }
    )


def one_sheet_many_times() -> bytes:
    names = [(b"s%d" % place, 0) for place in range(4_000)]
    return with_sheets(names, [worksheet(NAMES + SECOND + BLANK)])


def one_name_for_two_sheets() -> bytes:
    other = row(text(b"A2", "另一个".encode()), number(b"B2", b"7"), number=b"2")
    return with_sheets(
        [(b"a", 0), (b"a", 1)], [worksheet(NAMES + SECOND), worksheet(NAMES + other)]
    )


def many_sheets() -> bytes:
    count = 4_900
    return with_sheets(
        [(b"s%d" % place, place) for place in range(count)], [worksheet(NAMES + SECOND)] * count
    )


def one_old_sheet_many_times() -> bytes:
    """An xls whose forty thousand names all mean the same sheet."""
    records = biff.records_of(OLD)
    at = next(n for n, (kind, _) in enumerate(records) if kind == biff.BOUNDSHEET)
    kind, _ = records[at]
    place = 0x7FFFFFFF
    names = [(kind, struct.pack("<IHBB5s", place, 0, 5, 0, b"%05d" % n)) for n in range(40_000)]
    stream = biff.stream_of([*records[:at], *names, *records[at + 1 :]])
    starts = [
        at
        for at in range(len(stream) - 4)
        if stream[at : at + 4] == struct.pack("<HH", biff.BOF, 16)
    ]
    first = struct.pack("<I", starts[1])
    return biff.file_of(stream.replace(struct.pack("<I", place), first), "Workbook")


def pieces_without_end() -> bytes:
    """The shared texts of an xls go on in half a million blank pieces."""
    records = biff.records_of(OLD)
    at = next(n for n, (kind, _) in enumerate(records) if kind == SST)
    return biff.file_of(
        biff.stream_of([*records[: at + 1], *[(CONTINUE, b"")] * 500_000, *records[at + 1 :]])
    )


def hidden_old_columns() -> bytes:
    """An xls that says four hundred thousand times of all its columns that they are hidden."""
    records = biff.records_of(OLD)
    at = [n for n, (kind, _) in enumerate(records) if kind == biff.BOF][1] + 1
    columns = (biff.COLINFO, struct.pack("<6H", 0, 0xFFFF, 0, 0, 1, 0))
    return biff.file_of(biff.stream_of([*records[:at], *[columns] * 400_000, *records[at:]]))


def old_with(at: int, values: bytes) -> bytes:
    """The old sample with these bytes in its head ([MS-CFB] 2.2)."""
    data = bytearray(OLD.read_bytes())
    data[at : at + len(values)] = values
    return bytes(data)


def spreadsheet(rows: bytes, before: bytes = b"") -> bytes:
    return ods(b'<table:table table:name="a">' + before + rows + b"</table:table>")


def repeated(columns: int, rows: int, *, content: bytes = b"") -> bytes:
    cell = STRING % (b' table:number-columns-repeated="%d"' % columns)
    return spreadsheet(
        b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>%s'
        % (rows, cell, content)
    )


ATTACKS: dict[str, Callable[[], bytes]] = {
    "sixteen thousand columns in three hundred rows": lambda: shared(
        b"<si><t>a</t></si>",
        (b"<row>" + b'<c t="s"><v>0</v></c>' * 16_384 + b"</row>") * 300,
    ),
    "sixteen thousand headings": lambda: sheet(
        b"<row>"
        + b"".join(
            b'<c t="inlineStr"><is><t>%s</t></is></c>' % f"完成投资{n}".encode()
            for n in range(16_384)
        )
        + b"</row>"
        + (b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>") * 20
    ),
    "ten million shared texts": lambda: shared(b"<si><t>a</t></si>" * 10_000_000, NAMES),
    "one shared text of 300 MB": lambda: shared(
        b"<si><t>" + b"a" * (300 << 20) + b"</t></si>", NAMES
    ),
    "a shared text of a million pieces": lambda: shared(
        b"<si>" + b"<r><t>ab</t></r>" * 1_000_000 + b"</si>", NAMES
    ),
    "ten thousand of the longest texts": lambda: sheet(
        (b'<row><c t="inlineStr"><is><t>' + b"a" * 32_767 + b"</t></is></c></row>") * 10_000
    ),
    "attributes without end": lambda: sheet(
        b"<row " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b">" + b"</row>" + NAMES
    ),
    "a row numbered without end": lambda: sheet(
        b"<row " + b'r="1" hidden="0" ' * 60_000 + b"/>" + NAMES
    ),
    "a cell named without end": lambda: sheet(
        b"<row><c " + b'r="A1" ' * 140_000 + b"><f>1</f></c></row>" + NAMES
    ),
    "a column hidden without end": lambda: sheet(
        NAMES + SECOND, before=b"<cols><col " + b'hidden="1" ' * 90_000 + b"/></cols>"
    ),
    "all columns hidden a million times": lambda: sheet(
        NAMES + SECOND,
        before=b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 1_000_000 + b"</cols>",
    ),
    "names without end": lambda: replaced(
        WORKBOOK,
        b"<definedNames/>",
        b"<definedNames>"
        + b"".join(b'<definedName name="n%d">Sheet1!$A$1</definedName>' % n for n in range(500_000))
        + b"</definedNames>",
    ),
    "formats without end": lambda: part(
        "xl/styles.xml",
        b'<styleSheet xmlns="'
        + MAIN
        + b'"><numFmts>'
        + b"".join(
            b'<numFmt numFmtId="%d" formatCode="%s"/>' % (n, b"[$-404]y" * 20)
            for n in range(200, 60_000)
        )
        + b"</numFmts><cellXfs>"
        + b'<xf numFmtId="300"/>' * 60_000
        + b"</cellXfs></styleSheet>",
    ),
    "a format of ten megabytes": lambda: part(
        "xl/styles.xml",
        b'<styleSheet xmlns="'
        + MAIN
        + b'"><numFmts><numFmt numFmtId="200" formatCode="'
        + b"[" * 10_000_000
        + b'"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>',
    ),
    "a day of its own kind": lambda: table(b'<c r="A2" t="d"><v>99999-99-99T99:99</v></c>'),
    "one sheet under four thousand names": one_sheet_many_times,
    "two sheets of one name": one_name_for_two_sheets,
    "five thousand sheets": many_sheets,
    "a sheet's name that turns the line round": lambda: with_sheets(
        [("a\u202e//../../xslx.\u2066b&#9;".encode(), 0)], [worksheet(NAMES + SECOND)]
    ),
    "formulas that start a program": lambda: table(
        b"<c r=\"A2\" t=\"str\"><f>cmd|'/c calc'!A0</f><v>=cmd|'/c calc'!A0</v></c>",
        number(b"B2", b"5"),
    ),
    "ods: all cells of a sheet": lambda: repeated(16_384, 1_048_576),
    "ods: four billion columns": lambda: repeated(4_294_967_295, 1),
    "ods: content after four billion rows": lambda: spreadsheet(
        b'<table:table-row table:number-rows-repeated="4294967295"><table:table-cell/>'
        b"</table:table-row><table:table-row>" + STRING % b"" + b"</table:table-row>"
    ),
    "ods: content after two billion columns": lambda: spreadsheet(
        b'<table:table-row><table:table-cell table:number-columns-repeated="2147483647"/>'
        + STRING % b""
        + b"</table:table-row>"
    ),
    "ods: hidden columns without end": lambda: spreadsheet(
        b"<table:table-row>" + STRING % b"" + b"</table:table-row>",
        b'<table:table-column table:visibility="collapse" table:number-columns-repeated="20000"/>'
        * 200_000,
    ),
    "ods: a sheet in a sheet ten thousand deep": lambda: ods(
        b'<table:table table:name="a"><table:table-row><table:table-cell>' * 10_000
        + b"</table:table-cell></table:table-row></table:table>" * 10_000
    ),
    "ods: groups two hundred thousand deep": lambda: spreadsheet(
        b"<table:table-row-group>" * 200_000
        + b"<table:table-row>"
        + STRING % b""
        + b"</table:table-row>"
        + b"</table:table-row-group>" * 200_000
    ),
    "ods: attributes without end": lambda: spreadsheet(
        b"<table:table-row><table:table-cell "
        + b" ".join(b'a%d="1"' % n for n in range(200_000))
        + b"/></table:table-row>"
    ),
    "ods: blanks without end": lambda: spreadsheet(
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>'
        b'<text:s text:c="4294967295"/></text:p></table:table-cell></table:table-row>'
    ),
    "ods: two sheets of one name": lambda: ods(
        b"".join(
            b'<table:table table:name="a"><table:table-row>'
            + STRING % b"" * n
            + b"</table:table-row></table:table>"
            for n in (1, 2)
        )
    ),
    "xls: one sheet under forty thousand names": one_old_sheet_many_times,
    "xls: texts that go on without end": pieces_without_end,
    "xls: all columns hidden again and again": hidden_old_columns,
    "xls: its table lies in itself": lambda: old_with(68, struct.pack("<2I", 0, 0xFFFF)),
    "xls: a table of four billion sectors": lambda: old_with(44, struct.pack("<I", 0xFFFFFFFF)),
    "xls: short pieces in a circle": lambda: old_with(60, struct.pack("<2I", 0, 0xFFFFFFFF)),
    "xls: the directory is the head": lambda: old_with(48, struct.pack("<I", 0xFFFFFFF9)),
    "csv: sixty megabytes of separators": lambda: b"a,b\n1,2\n" + b"," * (60 << 20),
    "csv: a line of sixty megabytes": lambda: b"a,b\n1,2\n3," + b"x" * (60 << 20),
    "csv: sixty megabytes of line breaks": lambda: b"a,b\n1,2\n" + b"\n" * (60 << 20) + b"3,4\n",
    "csv: one sign of four bytes among sixty million": lambda: (
        b"a,b\n1,2\n" + b"x,y,zzzzzzzz\n" * 4_000_000 + "𠮷,1\n".encode()
    ),
    "csv: quotes and nothing else": lambda: b"a,b\n1,2\n" + b'"' * (20 << 20),
    "csv: UTF-7": lambda: "项目名称,总投资\n甲,1\n乙,2\n".encode("utf-7"),
    "csv: NULs after the beginning": lambda: b"a,b\n" * 2_000 + b"1,\x002\n",
}
