"""Every format as it really arrives: old programs, libraries that do not compute, half a copy."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.sheets.workbook import child, gate, reading, refusals
from desktop.sheets.workbook.grid import Area
from tests.sheets import biff
from tests.sheets.hostile import GOOD, SHEET, members, ods, sheet, zipped
from tests.sheets.making import SAMPLES, read_here

DATA = SAMPLES.parent
OLD = DATA / "formats" / "空冢郭镇周调度台账.xls"
BLANK, ERROR = b"\x03\0\0\0\0\0\xff\xff", b"\x02\0\x17\0\0\0\xff\xff"


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("page", [932, 936, 949, 950, 1252])
def test_an_xls_of_excel_95_is_read_in_its_code_page(tmp_path: Path, page: int) -> None:
    """As FoxPro writes it; the parser makes a sign of every byte."""
    said = {949: "總投資", 950: "總投資", 1252: "Année €"}.get(
        page, "総投资" if page == 936 else "総額"
    )
    path = written(
        tmp_path / "a.xls", biff.biff5([[said, "a"], [f"1.{said}", 5.5]], page=page, name=said)
    )
    (found,) = read_here(path).sheets
    assert (found.name, found.rows) == (said, [[said, "a"], [f"1.{said}", 5.5]])
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({1}, {1})


def test_an_xls_of_excel_95_with_a_password_is_refused(tmp_path: Path) -> None:
    head, *rest = biff.records_in(biff.biff5([["甲", 1.0]]))
    data = biff.file_of(biff.stream_of([head, (0x2F, bytes(4)), *rest]), "Book")
    with pytest.raises(refusals.WorkbookHasPassword):
        read_here(written(tmp_path / "a.xls", data))


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_libre_office_s_passwords_are_known(ending: str) -> None:
    with pytest.raises(refusals.WorkbookHasPassword):
        reading.read(DATA / "locked" / f"有密码.{ending}")


def test_formulas_of_an_old_xls_that_nobody_computed_are_marked(tmp_path: Path) -> None:
    """Apache POI gives them 0 and asks for computing; a computed 0 stays."""
    formulas = ((30, 0, bytes(8), 2), (30, 1, bytes(8), 0), (31, 0, BLANK, 0), (31, 1, ERROR, 0))
    path = written(tmp_path / "a.xls", biff.with_formulas(OLD, *formulas))
    found = read_here(path).sheets[0]
    assert (set(found.uncomputed), set(found.faults)) == ({(30, 0)}, {(31, 1)})
    assert found.rows[30][:2] == ["", 0.0]


def test_blank_formulas_of_a_library_are_uncomputed(tmp_path: Path) -> None:
    """xlwt gives every formula a blank text; one value among them, and somebody computed."""
    path = written(
        tmp_path / "a.xls", biff.with_formulas(OLD, (30, 0, BLANK, 0), (31, 1, BLANK, 0))
    )
    assert read_here(path).sheets[0].uncomputed == {(30, 0), (31, 1)}
    some = biff.with_formulas(OLD, (30, 0, BLANK, 0), (31, 1, bytes(7) + b"\x40", 0))
    assert read_here(written(path, some)).sheets[0].uncomputed == set()


FORMULAS = (
    b'<row r="5"><c r="A5" t="str"><f>IF(B5="","",1)</f><v></v></c><c r="B5"><f>1-1</f><v>0</v></c>'
    b'<c r="C5"><f>A1</f><v></v></c><c r="D5"><f>A1</f></c><c r="E5" t="str"><f>A1</f><v/></c>'
    b'<c r="F5"><f>2</f><v>2</v></c></row>'
)


def formulas(path: Path, *, to_be_computed: bool) -> set[tuple[int, int]]:
    """Which of the formulas count as uncomputed, in a workbook that asks for computing or not."""
    parts = members()
    with zipfile.ZipFile(io.BytesIO(sheet(FORMULAS))) as archive:
        parts[SHEET] = archive.read(SHEET)
    if not to_be_computed:
        name = "xl/workbook.xml"
        parts[name] = parts[name].replace(b'fullCalcOnLoad="1"', b"")
    (found,) = read_here(written(path, zipped(parts))).sheets
    assert found.rows[4][5] == 2.0
    assert all(found.rows[row][column] == "" for row, column in found.uncomputed)
    return set(found.uncomputed)


def test_a_formula_that_came_to_nothing_was_computed(tmp_path: Path) -> None:
    """Every form filled down to row 500 has hundreds: =IF(B5="","",…)."""
    assert formulas(tmp_path / "a.xlsx", to_be_computed=False) == {(4, 2), (4, 3)}


def test_zeros_of_a_library_that_does_not_compute_are_no_figures(tmp_path: Path) -> None:
    """XlsxWriter gives every formula 0 and asks for computing."""
    found = formulas(tmp_path / "a.xlsx", to_be_computed=True)
    assert found == {(4, 1), (4, 2), (4, 3)}


def test_merged_cells_of_an_ods_are_read(tmp_path: Path) -> None:
    """The parser drops them; LibreOffice's copy of a workbook has those of its original."""
    name = "空冢郭镇周调度台账"
    ours, theirs = (read_here(DATA / "formats" / f"{name}.{end}") for end in ("xlsx", "ods"))
    assert len(ours.sheets[0].merges) > 5
    assert set(theirs.sheets[0].merges) == set(ours.sheets[0].merges)
    spanned = (
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="2">'
        b'<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x'
        b"</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/>"
        b'<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"'
        b' office:value-type="string"><text:p>y</text:p></table:table-cell>'
        b"<table:covered-table-cell/></table:table-row><table:table-row"
        b' table:number-rows-repeated="2"><table:table-cell office:value-type="float"'
        b' office:value="1"/><table:covered-table-cell table:number-columns-repeated="2"/>'
        b'<table:table-cell office:value-type="float" office:value="2"/>'
        b"</table:table-row></table:table>"
    )
    (found,) = read_here(written(tmp_path / "a.ods", ods(spanned))).sheets
    assert found.merges == (Area(2, 1, 4, 2),)
    assert found.rows == [["x", "x", "", ""]] * 2 + [["", "y", "", ""]] + [[1.0, "", "", 2.0]] * 2


def test_merges_of_an_ods_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_MERGES", 5)
    with pytest.raises(refusals.WorkbookTooLarge, match="合并单元格"):
        read_here(DATA / "formats" / "空冢郭镇周调度台账.ods")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_mark_of_the_byte_order_is_no_sign_of_the_first_heading(
    tmp_path: Path, encoding: str
) -> None:
    text_of = '\ufeff"项目名称（必填）","总投资"\r\n甲,1\r\n乙,2\r\n'
    (found,) = read_here(written(tmp_path / "a.csv", text_of.encode(encoding))).sheets
    assert found.rows[0] == ["项目名称（必填）", "总投资"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"ID;PSCALCX\nB;Y2;X2\nC;X1;Y1;K1\nC;X2;Y1;K2\nE\n", "SYLK"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\n1,0\r\n"a"\r\n', "DIF"),
    ],
)
def test_texts_that_describe_cells_are_no_text_tables(
    tmp_path: Path, data: bytes, what: str
) -> None:
    with pytest.raises(refusals.NotAWorkbook, match=what):
        read_here(written(tmp_path / "a.csv", data))


def test_a_part_in_utf_16_is_refused(tmp_path: Path) -> None:
    """The parser takes its sheet for an empty one, and says nothing."""
    content = members()[SHEET].decode().encode("utf-16")
    with pytest.raises(refusals.WorkbookHostile, match="UTF-8"):
        read_here(written(tmp_path / "a.xlsx", zipped({**members(), SHEET: content})))


def _strict(name: str, content: bytes) -> bytes:
    return content.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def _unnumbered(name: str, content: bytes) -> bytes:
    return re.sub(rb'(<(?:row|c)\b[^>]*?) r="[^"]*"', rb"\1", content) if name == SHEET else content


def _prefixed(name: str, content: bytes) -> bytes:
    """Every element with a prefix, as some Java and .NET libraries write them."""
    if name not in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        return content
    named = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", content)
    return named.replace(b'xmlns="http://schemas.openxml', b'xmlns:x="http://schemas.openxml')


@pytest.mark.parametrize("change", [_strict, _unnumbered, _prefixed])
def test_an_xlsx_of_another_hand_reads_the_same(
    tmp_path: Path, change: Callable[[str, bytes], bytes]
) -> None:
    parts = {name: change(name, content) for name, content in members().items()}
    assert parts != members()
    path = written(tmp_path / GOOD.name, zipped(parts))
    assert read_here(path).sheets == read_here(GOOD).sheets


@pytest.mark.parametrize("name", ["~$台账.xlsx", "~$台账.xls"])
def test_what_excel_leaves_beside_an_open_workbook(tmp_path: Path, name: str) -> None:
    note = b"\x03" + "王建国".encode("gbk").ljust(54) + "王建国".encode("utf-16-le").ljust(108)
    with pytest.raises(refusals.LeftBesideWorkbook) as raised:
        reading.read(written(tmp_path / name, note))
    assert "~$" in raised.value.advice
    assert reading.read(written(tmp_path / name, GOOD.read_bytes())).sheets


def _gone(path: Path) -> None:
    path.unlink()


def _grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def _replaced(path: Path) -> None:
    """Another file of the same size: a newer time is all that tells."""
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("happens", [_gone, _grown, _replaced])
def test_a_file_that_changes_while_it_is_read_is_not_read(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    path = written(tmp_path / "台账.xlsx", GOOD.read_bytes())
    pending = [happens]

    def watch() -> None:
        if pending:
            pending.pop()(path)

    with pytest.raises(refusals.WorkbookChanging) as raised:
        reading.read(path, watch=watch)
    assert "U盘" in raised.value.advice


def test_the_system_s_reasons_are_said_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "台账.xlsx", GOOD.read_bytes())

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(refusals.WorkbookUnreadable, match="正被其他程序独占") as raised:
        gate.inspect(path)
    assert "denied" not in raised.value.sentence
