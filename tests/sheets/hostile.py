"""Files that no office sends on purpose: made to do harm, broken on their way, or badly written.

Each maker returns the bytes of one kind; :data:`KINDS` names them all.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from desktop.sheets.workbook import gate
from tests.sheets.making import SAMPLES

GOOD = SAMPLES / "空冢郭镇周调度台账.xlsx"
OLD = SAMPLES / "沙澧高新区周报.xls"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = b'<worksheet xmlns="' + MAIN + b'">'
OFFICE = b"urn:oasis:names:tc:opendocument:xmlns:"


def members() -> dict[str, bytes]:
    """The parts of a sound workbook."""
    with zipfile.ZipFile(GOOD) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def part(name: str, content: bytes) -> bytes:
    """The sound workbook with one part put in place of its own."""
    return zipped({**members(), name: content})


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """The sound workbook with these rows in its sheet."""
    content = HEAD + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    return part(SHEET, content)


def row(*cells: bytes, number: bytes = b"1") -> bytes:
    return b'<row r="' + number + b'">' + b"".join(cells) + b"</row>"


def text(place: bytes, content: bytes) -> bytes:
    """A cell with its text inside."""
    return b'<c r="' + place + b'" t="inlineStr"><is><t>' + content + b"</t></is></c>"


def number(place: bytes, content: bytes, style: bytes = b"0") -> bytes:
    return b'<c r="' + place + b'" s="' + style + b'"><v>' + content + b"</v></c>"


NAMES = row(text(b"A1", "项目名称".encode()), text(b"B1", "总投资（万元）".encode()))


def table(*second: bytes) -> bytes:
    """A heading and one row with these cells."""
    return sheet(NAMES + row(*second, number=b"2"))


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    """The sound workbook with a piece of one part changed."""
    content = members()[name]
    assert old in content, (name, old)
    return part(name, content.replace(old, new))


def ods(body: bytes, **more: bytes) -> bytes:
    """An ods of one spreadsheet body."""
    content = (
        b'<office:document-content xmlns:office="' + OFFICE + b'office:1.0" xmlns:table="' + OFFICE
        + b'table:1.0" xmlns:text="' + OFFICE + b'text:1.0"><office:body><office:spreadsheet>'
        + body + b"</office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    parts = {"mimetype": gate.ODS, "META-INF/manifest.xml": b"<manifest/>", "content.xml": content}
    return zipped({**parts, **more})


def cyclic_relations() -> bytes:
    relations = members()["xl/_rels/workbook.xml.rels"]
    return part("xl/_rels/workbook.xml.rels", relations.replace(b"worksheets/", b"../xl/_rels/../"))


def zip64_lies() -> bytes:
    """The directory says by zip64 that a part has four exabytes."""
    data = bytearray(GOOD.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 20 : at + 28] = b"\xff" * 8
    return bytes(data)


def broken_chain() -> bytes:
    """An xls whose allocation table leads round in a circle."""
    data = bytearray(OLD.read_bytes())
    start = 512 + int.from_bytes(data[76:80], "little") * 512
    for entry in range(8, 100):
        data[start + entry * 4 : start + entry * 4 + 4] = struct.pack("<I", entry % 5)
    return bytes(data)


def odd_sector() -> bytes:
    data = bytearray(OLD.read_bytes())
    data[30:32] = b"\x3f\x00"
    return bytes(data)


def biff5() -> bytes:
    """An xls whose stream says that Excel 5 wrote it, under the name of that time."""
    data = OLD.read_bytes()
    old, new = "Workbook\0".encode("utf-16-le"), "Book\0\0\0\0\0".encode("utf-16-le")
    return data.replace(old, new).replace(b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x10\x00\x00\x05")


def encrypted_member() -> bytes:
    """One part of the archive needs a password."""
    data = bytearray(zipped(members()))
    at = data.rfind(b"PK\x01\x02", 0, data.find(SHEET.encode(), len(data) // 2))
    data[at + 8] |= 1
    return bytes(data)


def method_unknown() -> bytes:
    data = bytearray(zipped(members(), zipfile.ZIP_STORED))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 10 : at + 12] = b"\x61\x00"
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def directory_without_end(*, zip64: bool = False) -> bytes:
    """A directory of 50,000 empty parts, as the end of the archive says; by zip64, too."""
    parts = b"".join(
        b"PK\x01\x02" + bytes(24) + struct.pack("<H", 8) + bytes(16) + b"%08d" % number
        for number in range(50_000)
    )
    data = b"PK\x03\x04" + bytes(26) + parts
    if zip64:
        data += b"PK\x06\x06" + struct.pack(
            "<QHHIIQQQQ", 44, 45, 45, 0, 0, 50_000, 50_000, len(parts), 30
        )
        data += b"PK\x06\x07" + struct.pack("<IQI", 0, 30 + len(parts), 1)
    length = 0 if zip64 else len(parts)
    return data + b"PK\x05\x06" + struct.pack("<HHHHII2s", 0, 0, 0, 0, length, 30, b"\0\0")


def deep() -> bytes:
    return sheet(b"<x>" * 200_000 + b"</x>" * 200_000 + NAMES)


KINDS: dict[str, Callable[[], bytes]] = {
    "a number beyond all numbers": lambda: table(text(b"A2", b"a"), number(b"B2", b"1e999")),
    "no number": lambda: table(text(b"A2", b"a"), number(b"B2", b"NaN")),
    "a number as text beyond all": lambda: table(text(b"A2", b"a"), text(b"B2", b"1e999")),
    "a hundred thousand digits": lambda: table(text(b"A2", b"a"), text(b"B2", b"9" * 100_000)),
    "control characters": lambda: table(text(b"A2", b"a_x0000_&#9;_x001F_b"), number(b"B2", b"1")),
    "raw control characters": lambda: table(text(b"A2", b"a\x01\x02b"), number(b"B2", b"1")),
    "half a character": lambda: table(text(b"A2", b"a\xed\xa0\x80b"), number(b"B2", b"1")),
    "invalid UTF-8": lambda: table(text(b"A2", b"\xff\xfe\xfa"), number(b"B2", b"1")),
    "a text of ten million signs": lambda: table(text(b"A2", b"a" * 10_000_000)),
    "dates of 1904": lambda: (
        replaced("xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"')
        if b"<workbookPr" in members()["xl/workbook.xml"]
        else part("xl/workbook.xml", members()["xl/workbook.xml"])
    ),
    "a date in the year 27,000,000": lambda: table(text(b"A2", b"a"), number(b"B2", b"9e9", b"3")),
    "a date before all": lambda: table(text(b"A2", b"a"), number(b"B2", b"-99999999", b"3")),
    "styles that are no XML": lambda: part("xl/styles.xml", b"<styleSheet><cellXfs"),
    "no styles": lambda: zipped({k: v for k, v in members().items() if k != "xl/styles.xml"}),
    "a style beyond the table": lambda: table(text(b"A2", b"a"), number(b"B2", b"1", b"99999")),
    "a negative style": lambda: table(text(b"A2", b"a"), number(b"B2", b"1", b"-1")),
    "a shared text beyond the table": lambda: table(b'<c r="A2" t="s"><v>4000000000</v></c>'),
    "a negative shared text": lambda: table(b'<c r="A2" t="s"><v>-1</v></c>'),
    "relations in a circle": cyclic_relations,
    "a sheet that is outside": lambda: replaced(
        "xl/_rels/workbook.xml.rels", b"worksheets/", b"http://example.com/"
    ),
    "external links": lambda: zipped(
        {
            **members(),
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="1"'
            b' Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        }
    ),
    "names that lead out of the folder": lambda: zipped(
        {**members(), "../../../../etc/passwd": b"x", "/etc/shadow": b"x"}
    ),
    "a workbook in a workbook": lambda: zipped({"xl/embedded.xlsx": GOOD.read_bytes()}),
    "an archive in an archive in an archive": lambda: zipped(
        {"a.zip": zipped({"b.zip": zipped({"c.xlsx": GOOD.read_bytes()})})}
    ),
    "zip64 that lies": zip64_lies,
    "a part that needs a password": encrypted_member,
    "a compression nobody knows": method_unknown,
    "a directory of fifty thousand parts": directory_without_end,
    "a directory of fifty thousand parts by zip64": lambda: directory_without_end(zip64=True),
    "a million rows with content": lambda: sheet(b"<row><c><v>1</v></c></row>" * 1_000_000),
    "the same long text fifty thousand times": lambda: zipped(
        {
            **members(),
            "xl/sharedStrings.xml": b'<sst xmlns="'
            + MAIN
            + b'"><si><t>'
            + b"a" * 30_000
            + b"</t></si></sst>",
            SHEET: HEAD
            + b"<sheetData>"
            + b'<row><c t="s"><v>0</v></c></row>' * 50_000
            + b"</sheetData></worksheet>",
        }
    ),
    "sixteen thousand columns": lambda: sheet(
        b'<row r="1">' + b"".join(b"<c><v>%d</v></c>" % n for n in range(16_384)) + b"</row>"
    ),
    "a million columns": lambda: sheet(b'<row r="1">' + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"),
    "negative dimensions": lambda: sheet(
        NAMES + row(text(b"A2", b"a"), number=b"2"), before=b'<dimension ref="Z9:A1"/>'
    ),
    "dimensions of everything": lambda: sheet(
        NAMES + row(text(b"A2", b"a"), number(b"B2", b"5"), number=b"2"),
        before=b'<dimension ref="A1:XFD1048576"/>',
    ),
    "row zero": lambda: sheet(row(text(b"A0", b"a"), number=b"0")),
    "a negative row": lambda: sheet(row(text(b"A1", b"a"), number=b"-5")),
    "rows that go backwards": lambda: sheet(
        row(text(b"A9", b"a"), number=b"9") + row(text(b"A2", b"b"), number=b"2")
    ),
    "a cell twice": lambda: sheet(row(text(b"A1", b"a"), text(b"A1", b"b"))),
    "a merge over everything": lambda: sheet(
        NAMES + row(text(b"A2", b"a"), number(b"B2", b"5"), number=b"2"),
        after=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "a merge turned round": lambda: sheet(
        NAMES, after=b'<mergeCells><mergeCell ref="C3:A1"/><mergeCell ref="A1"/></mergeCells>'
    ),
    "a formula without end": lambda: table(
        b'<c r="A2"><f>' + b"(" * 100_000 + b"1" + b")" * 100_000 + b"</f></c>"
    ),
    "a shared formula of nothing": lambda: table(b'<c r="A2"><f t="shared" si="99"/></c>'),
    "every kind of error": lambda: table(b'<c r="A2" t="e"><v>#REF!</v></c>'),
    "an error that does not exist": lambda: table(b'<c r="A2" t="e"><v>#WAT!</v></c>'),
    "a kind of cell nobody knows": lambda: table(b'<c r="A2" t="zz"><v>1</v></c>'),
    "a truth that is neither": lambda: table(b'<c r="A2" t="b"><v>7</v></c>'),
    "tags two hundred thousand deep": deep,
    "a workbook without sheets": lambda: part(
        "xl/workbook.xml", b'<workbook xmlns="' + MAIN + b'"><sheets/></workbook>'
    ),
    "content types that are missing": lambda: zipped(
        {k: v for k, v in members().items() if k != "[Content_Types].xml"}
    ),
    "ods: a million repeated rows": lambda: ods(
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        b"</table:table-row></table:table>"
    ),
    "ods: a number of rows beyond all": lambda: ods(
        b'<table:table table:name="a"><table:table-row'
        b' table:number-rows-repeated="99999999999999999999"><table:table-cell/>'
        b"</table:table-row></table:table>"
    ),
    "ods: fewer than no columns": lambda: ods(
        b'<table:table table:name="a"><table:table-row><table:table-cell'
        b' table:number-columns-repeated="-3" office:value-type="float" office:value="1"/>'
        b"</table:table-row></table:table>"
    ),
    "ods: a date that is none": lambda: ods(
        b'<table:table table:name="a"><table:table-row><table:table-cell'
        b' office:value-type="date" office:date-value="2023-99-99"/></table:table-row>'
        b"</table:table>"
    ),
    "ods: entities": lambda: zipped(
        {"mimetype": gate.ODS, "content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    ),
    "xls: a chain in a circle": broken_chain,
    "xls: a sector of no size": odd_sector,
    "xls: Excel 5": biff5,
    "xls: the middle is missing": lambda: OLD.read_bytes()[:2048] + OLD.read_bytes()[4096:],
    "xls: nothing but its head": lambda: OLD.read_bytes()[:512],
    "csv: NULs": lambda: b"a,b\n1,\x002\n3,4\n",
    "csv: UTF-16 without its mark": lambda: "项目名称,总投资\n甲,1\n乙,2\n".encode("utf-16-le"),
    "csv: UTF-16 cut in half": lambda: "项目名称,总投资\n甲,1\n".encode("utf-16")[:-1],
    "csv: UTF-16": lambda: "项目名称,总投资\n甲,1\n乙,2\n".encode("utf-16"),
    "csv: invalid UTF-8": lambda: "项目名称,总投资\n".encode() + b"\xff\xff\xfe,1\n\xc3,2\n",
    "csv: a quote that never ends": lambda: '项目名称,总投资\n"甲,1\n乙,2\n'.encode(),
    "csv: a line of a million columns": lambda: b"a" + b",1" * 1_000_000 + b"\n1,2\n",
    "csv: a cell of a megabyte": lambda: b"a,b\n" + b"x" * (1 << 20) + b",1\n",
    "csv: two million lines": lambda: b"a,b,c\n" + b"1,2,3\n" * 2_000_000,
}
