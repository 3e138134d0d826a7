"""The gate and the child: what is no workbook, or means harm, gets a sentence and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import NotFound, OneLedgerError
from desktop.sheets.workbook import child, gate, reading, refusals
from desktop.sheets.workbook.grid import Area
from tests.sheets.hostile import directory_without_end
from tests.sheets.making import SAMPLES, read_here

GOOD = SAMPLES / "空冢郭镇周调度台账.xlsx"
OLD = SAMPLES / "沙澧高新区周报.xls"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def members(path: Path = GOOD) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], *, twice: str | None = None) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if twice is not None:
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(twice, parts[twice])
    return data.getvalue()


def with_sheet(xml: bytes) -> bytes:
    return zipped({**members(), SHEET: xml})


def cells(*items: bytes) -> bytes:
    return with_sheet(HEAD + b"".join(items) + TAIL)


def ole(*names: str) -> bytes:
    """An OLE2 file as far as its directory goes."""
    data = bytearray(gate.OLE + bytes(512 - len(gate.OLE)))
    for name in names:
        entry = name.encode("utf-16-le") + b"\0\0"
        data += entry + bytes(64 - len(entry)) + len(entry).to_bytes(2, "little") + bytes(62)
    return bytes(data + bytes(-len(data) % 512))


def ods(*, encrypted: bool = False, content: bytes = b"") -> bytes:
    manifest = b"<manifest:encryption-data/>" if encrypted else b""
    return zipped(
        {
            "mimetype": gate.ODS,
            "META-INF/manifest.xml": b"<manifest>" + manifest + b"</manifest>",
            "content.xml": content,
        }
    )


def bomb() -> bytes:
    """A sheet of 500 MB of blanks in half a megabyte."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members().items():
            if name != SHEET:
                archive.writestr(name, content)
        with archive.open(SHEET, "w", force_zip64=True) as part:
            part.write(HEAD)
            for _ in range(500):
                part.write(b" " * (1 << 20))
            part.write(TAIL)
    return data.getvalue()


def lying() -> bytes:
    """A part that is far larger than the archive's directory says."""
    data = cells(b"<row r='1'><c r='A1'><v>1</v></c></row>", b" " * 3_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(SHEET)
        size = info.file_size.to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def password_in_xls() -> bytes:
    """The sample with a FILEPASS record in place of the one after BOF."""
    data = bytearray(OLD.read_bytes())
    start = data.find(b"\x09\x08\x10\x00")
    after = start + 4 + 16
    length = int.from_bytes(data[after + 2 : after + 4], "little")
    data[after : after + 2] = b"\x2f\x00"
    assert length >= 2
    return bytes(data)


FAR = (
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
BEYOND = (
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ABCDE99999999"><v>1</v></c></row>'
)
DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + TAIL
)
GIANT = (
    HEAD
    + b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    + b"<mergeCells>"
    + b"".join(b'<mergeCell ref="A%d:C%d"/>' % (n, n) for n in range(1, 250_000))
    + b"</mergeCells></worksheet>"
)

REPEATED = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    b'<office:spreadsheet><table:table table:name="a">'
    b'<table:table-row table:number-rows-repeated="600"><table:table-cell'
    b' office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>'
    b"</table:table-row></table:table></office:spreadsheet></office:body>"
    b"</office:document-content>"
)

HOSTILE: dict[str, tuple[Callable[[], bytes], type[OneLedgerError]]] = {
    "empty file": (lambda: b"", refusals.WorkbookEmpty),
    "blanks only": (lambda: b"  \r\n\n", refusals.WorkbookEmpty),
    "prose": (
        lambda: "关于扩大有效投资的通知\n各乡镇：现将有关事项通知如下。".encode(),
        refusals.NotAWorkbook,
    ),
    "prose in GB18030": (
        lambda: "通知\n各单位请知悉\n特此通知".encode("gb18030"),
        refusals.NotAWorkbook,
    ),
    "JSON": (lambda: b'{"a": 1,\n "b": 2,\n "c": 3}', refusals.NotAWorkbook),
    "PDF": (lambda: b"%PDF-1.7\n" + bytes(range(256)), refusals.NotAWorkbook),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), refusals.NotAWorkbook),
    "noise": (lambda: bytes(range(256)) * 8, refusals.NotAWorkbook),
    "web page named xls": (
        lambda: b"<html><table><tr><td>1</td></tr></table>",
        refusals.NotAWorkbook,
    ),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook/>', refusals.NotAWorkbook),
    "plain archive": (lambda: zipped({"a.txt": b"1"}), refusals.NotAWorkbook),
    "empty archive": (lambda: b"PK\x05\x06" + bytes(18), refusals.NotAWorkbook),
    "docx": (lambda: zipped({"word/document.xml": b"<w/>"}), refusals.NotAWorkbook),
    "pptx": (lambda: zipped({"ppt/presentation.xml": b"<p/>"}), refusals.NotAWorkbook),
    "xlsb": (lambda: zipped({"xl/workbook.bin": b"\0"}), refusals.NotAWorkbook),
    "odt": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        refusals.NotAWorkbook,
    ),
    "doc": (lambda: ole("Root Entry", "WordDocument"), refusals.NotAWorkbook),
    "doc with a workbook inside": (
        lambda: ole("Root Entry", "WordDocument", "ObjectPool", "Workbook"),
        refusals.NotAWorkbook,
    ),
    "xlsx with password": (
        lambda: ole("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        refusals.WorkbookHasPassword,
    ),
    "xls with password": (password_in_xls, refusals.WorkbookHasPassword),
    "ods with password": (lambda: ods(encrypted=True), refusals.WorkbookHasPassword),
    "truncated xlsx": (lambda: GOOD.read_bytes()[:4000], refusals.WorkbookDamaged),
    "truncated xls": (lambda: OLD.read_bytes()[:3000], refusals.WorkbookDamaged),
    "xls without content": (lambda: ole("Root Entry", "Workbook"), refusals.WorkbookDamaged),
    "no sheet part": (
        lambda: zipped({k: v for k, v in members().items() if k != SHEET}),
        refusals.WorkbookDamaged,
    ),
    "workbook.xml is no XML": (
        lambda: zipped({**members(), "xl/workbook.xml": b"<workbook"}),
        refusals.WorkbookDamaged,
    ),
    "sheet breaks off": (
        lambda: with_sheet(HEAD + b'<row r="1"><c r="A1"'),
        refusals.WorkbookDamaged,
    ),
    "text that is not there": (
        lambda: cells(b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>'),
        refusals.WorkbookDamaged,
    ),
    "ods of nothing": (lambda: ods(content=b"<x/>"), refusals.WorkbookEmpty),
    "ods that is no XML": (lambda: ods(content=b"<x"), refusals.WorkbookDamaged),
    "ods that repeats a cell for ever": (lambda: ods(content=REPEATED), refusals.WorkbookTooLarge),
    "size that lies": (lying, refusals.WorkbookDamaged),
    "duplicate members": (lambda: zipped(members(), twice=SHEET), refusals.WorkbookHostile),
    "members alike but for case": (
        lambda: zipped({**members(), SHEET.upper(): b""}),
        refusals.WorkbookHostile,
    ),
    "DOCTYPE": (lambda: with_sheet(DOCTYPE), refusals.WorkbookHostile),
    "DOCTYPE in UTF-16": (
        lambda: with_sheet(b"\xff\xfe" + DOCTYPE.decode().encode("utf-16-le")),
        refusals.WorkbookHostile,
    ),
    "cell beyond every sheet": (lambda: cells(BEYOND), refusals.WorkbookHostile),
    "far cell": (lambda: cells(FAR), refusals.WorkbookTooLarge),
    "zip bomb": (bomb, refusals.WorkbookTooLarge),
    "a quarter of a million merges": (lambda: with_sheet(GIANT), refusals.WorkbookTooLarge),
    "thousands of parts": (
        lambda: zipped({**members(), **{f"xl/media/{n}.bin": b"" for n in range(5001)}}),
        refusals.WorkbookTooLarge,
    ),
    "sheet without cells": (lambda: cells(), refusals.WorkbookEmpty),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    make, refusal = HOSTILE[kind]
    path = tmp_path / "来表.xlsx"
    path.write_bytes(make())
    with pytest.raises(refusals.SheetsRefusal) as raised:
        reading.read(path)
    assert type(raised.value) is refusal
    assert "来表.xlsx" in raised.value.sentence
    assert re.search("[\u4e00-\u9fff]", raised.value.advice)


def test_a_million_formatted_blank_rows_do_not_matter(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1 << 20)
    )
    data = b'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1"><v>2</v></c></row>' + rows
    path = tmp_path / "a.xlsx"
    path.write_bytes(cells(data))
    assert reading.read(path).sheets[0].rows == [["x", 2.0]]


@pytest.mark.parametrize("edge", ["C3", "C%d"], ids=["the same again", "one over another"])
def test_merges_that_overlap_do_not_multiply(tmp_path: Path, edge: str) -> None:
    """Together they are no larger than the sheet: a hundred thousand took a minute."""
    rows = b"".join(b'<row r="%d"><c r="C%d"><v>1</v></c></row>' % (n, n) for n in range(1, 41))
    ends = [(edge % n if "%" in edge else edge).encode() for n in range(3, 40)]
    merges = b"".join(b'<mergeCell ref="A1:' + end + b'"/>' for end in ends * 1_000)
    xml = HEAD + rows + b"</sheetData><mergeCells>" + merges + b"</mergeCells></worksheet>"
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_sheet(xml))
    areas = reading.read(path).sheets[0].merges
    assert areas[0] == Area(0, 0, 2, 2)
    assert sum((one.bottom + 1) * (one.right + 1) for one in areas) <= 40 * 3


def test_what_calamine_drops_is_marked(tmp_path: Path) -> None:
    xml = (
        HEAD.replace(b"<sheetData>", b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>')
        + b'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="D1"><v>1</v></c></row>'
        + b'<row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c></row>'
        + b'<row r="3"><c r="A3"><f>SUM(D1)</f></c><c r="B3"><f>1+1</f><v>2</v></c></row>'
        + b'<row hidden="1" r="4"><c r="B4"><f>A1</f><v></v></c><c r="D4"><v>1e999</v></c></row>'
        + TAIL
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_sheet(xml))
    sheet = reading.read(path).sheets[0]
    assert sheet.hidden_rows == {1, 3}
    assert sheet.hidden_columns == {1, 2}
    assert sheet.faults == {(1, 0)}
    assert sheet.uncomputed == {(2, 0), (3, 1)}
    assert sheet.rows[2] == ["", 2.0, "", ""]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("沙澧高新区周报.xls", "xls"), ("源汇区问题清单.xlsx", "xlsx")],
)
def test_the_content_says_what_a_file_is_not_its_name(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / "名字是.csv"
    path.write_bytes((SAMPLES / name).read_bytes())
    assert gate.inspect(path) == kind
    assert reading.read(path).sheets[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_every_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f'项目名称{mark}总投资\r\n"甲{mark}乙\n项目"{mark}0012\r\n\r\n丙{mark}\r\n'
    path = tmp_path / "a.xls"
    path.write_bytes(text.encode(encoding))
    assert reading.read(path).sheets[0].rows == [
        ["项目名称", "总投资"],
        [f"甲{mark}乙\n项目", "0012"],
        ["", ""],
        ["丙", ""],
    ]


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        reading.read(tmp_path / "没有.xlsx")
    with pytest.raises(refusals.NotAWorkbook):
        reading.read(tmp_path)


def test_a_child_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(
        reading, "command", lambda *_: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    with pytest.raises(refusals.WorkbookTooSlow):
        reading.read(GOOD, seconds=0.2)


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("import os; os.abort()", refusals.WorkbookDamaged),
        ("print('nothing that is msgpack')", refusals.WorkbookDamaged),
        (
            "import sys; sys.stderr.write('memory allocation of 9 bytes failed'); sys.exit(1)",
            refusals.WorkbookTooLarge,
        ),
    ],
)
def test_a_child_that_dies_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, code: str, refusal: type[OneLedgerError]
) -> None:
    import sys

    monkeypatch.setattr(reading, "command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(refusal):
        reading.read(GOOD)


def test_the_child_of_a_frozen_program_is_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/oneledger/oneledger")
    assert reading.command("xls", Path("a.xls")) == [
        "/opt/oneledger/oneledger",
        "--sheets-child",
        "xls",
        "a.xls",
    ]


def test_too_many_cells_are_refused_before_they_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_CELLS", 100)
    with pytest.raises(refusals.WorkbookTooLarge) as raised:
        read_here(GOOD)
    assert "周调度台账" in raised.value.sentence
    assert "第 15 行" in raised.value.sentence


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_hidden_parts_and_errors_are_marked_in_every_format(ending: str) -> None:
    """Made by LibreOffice: row 5 and column C hidden, an error in B3 and in B4."""
    path = SAMPLES.parent / "formats" / f"隐藏与出错.{ending}"
    (sheet,) = read_here(path).sheets
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {2}
    if ending == "xlsx":  # as openpyxl writes it: never computed
        assert sheet.uncomputed == {(2, 1), (3, 1)}
    else:
        assert sheet.faults == {(2, 1), (3, 1)}


@pytest.mark.parametrize("zip64", [False, True])
def test_a_directory_of_endless_parts_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zip64: bool
) -> None:
    """zipfile makes half a kilobyte of every 46 bytes, in the parent."""
    path = tmp_path / "来表.xlsx"
    path.write_bytes(directory_without_end(zip64=zip64))
    assert len(zipfile.ZipFile(path).infolist()) == 50_000  # it would be

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile, "ZipFile", never)
    with pytest.raises(refusals.WorkbookTooLarge, match="部分过多"):
        reading.read(path)


def test_the_end_of_an_archive_is_found_as_zipfile_finds_it(tmp_path: Path) -> None:
    """Its sign inside the end itself would lead a search from the back astray."""
    path = tmp_path / "来表.xlsx"
    data = directory_without_end()
    path.write_bytes(data[:-6] + gate.ZIP_END + b"\0\0")
    assert gate._directory(path) == 50_000 * 54


def test_an_archive_with_a_comment_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK" * 1_000
    assert reading.read(path).sheets == reading.read(GOOD).sheets
