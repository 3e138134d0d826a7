"""Every sample workbook against its truth, field by field, and through a book."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book, create
from desktop.sheets.joining import plan
from desktop.sheets.plans.taking import summary, take
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.workbook import refusals
from desktop.sheets.workbook.reading import read
from tests.sheets.making import SAMPLES, investment

WORKBOOKS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".xls"))
FORMATS = SAMPLES.parent / "formats"
TOWN = SAMPLES / "空冢郭镇周调度台账.xlsx"
PARK = SAMPLES / "沙澧高新区周报.xls"
LIST = SAMPLES / "源汇区重大项目清单.xlsx"
PROBLEMS = SAMPLES / "源汇区问题清单.xlsx"


def proposal_of(path: Path) -> Proposal:
    return propose(read(path), investment())


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_name(path.name + ".truth.json").read_text("utf-8"))
    return truth


def test_there_are_four_samples() -> None:
    assert [path.name for path in WORKBOOKS] == sorted(p.name for p in (TOWN, PARK, LIST, PROBLEMS))


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_sample_equals_its_truth(path: Path) -> None:
    found = proposal_of(path).to_json()
    truth = truth_of(path)
    for key, value in truth.items():
        if key in ("projects", "items"):
            assert [
                {name: record.get(name, "nothing") for name in wanted}
                for record, wanted in zip(found[key], value, strict=True)
            ] == value
        else:
            assert found[key] == value
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_nothing_is_asked_about_a_clear_workbook_and_nothing_is_lost(path: Path) -> None:
    found = proposal_of(path)
    assert found.questions == ()
    assert found.unmapped == ()
    workbook = read(path)
    read_rows = {(record.sheet, record.row) for record in (*found.projects, *found.items)} | {
        (one.sheet, (one.row or 0) - 1) for one in found.skipped
    }
    for sheet in workbook.sheets:
        header = 4 if path == TOWN else 2 if path == PROBLEMS else 3
        rows = {number for number, row in enumerate(sheet.rows) if any(cell != "" for cell in row)}
        assert {row for name, row in read_rows if name == sheet.name} == {
            row for row in rows if row >= header
        }


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv", "gb18030"])
def test_one_workbook_saved_in_every_format_says_the_same(tmp_path: Path, ending: str) -> None:
    """As LibreOffice saves the sample; ods and csv know nothing of merged cells."""
    path = FORMATS / f"{TOWN.stem}.{'csv' if ending == 'gb18030' else ending}"
    if ending == "gb18030":
        copy = tmp_path / path.name
        copy.write_bytes(path.read_text("utf-8").encode("gb18030"))
        path = copy
    found, original = proposal_of(path), proposal_of(TOWN)
    assert found.questions == ()
    assert [dict(record.values) for record in found.projects] == [
        dict(record.values) for record in original.projects
    ]
    assert (found.unit, found.period, found.filled_on) == (
        original.unit,
        original.period,
        original.filled_on,
    )


def test_every_value_says_where_it_stands() -> None:
    record = proposal_of(TOWN).projects[0]
    assert record.origin("code") == "周调度台账!C7"
    assert record.origin("planned_finish") == "周调度台账!G7"
    assert record.origin("level") == "周调度台账!A6"


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with create(tmp_path / "a.yzb", "空冢郭镇", "township", profile=tmp_path / "p") as made:
        yield made


def take_in(book: Book, path: Path, period: str | None = None) -> dict[str, int]:
    week = parse_period(period) if period else None
    return take(book, plan(book, proposal_of(path), week))


def test_reading_in_twice_changes_nothing_the_second_time(book: Book) -> None:
    first = take_in(book, TOWN)
    assert (first["project_new"], first["weekly_new"]) == (5, 5)
    rows = book.rows("weekly", "2023-W09")
    assert sum(row["completed_week"] for row in rows) == 21_662_500
    assert sum(row["completed_year"] for row in rows) == 166_727_500
    before = book.journal.last_number(book.replica)
    again = take_in(book, TOWN)
    assert {key: count for key, count in again.items() if key != "fields_same"} == {
        "project_same": 5,
        "weekly_same": 5,
    }
    assert book.journal.last_number(book.replica) == before


def test_one_import_is_one_act_and_undone_as_one(book: Book) -> None:
    from desktop.ledger.undo import undo

    take_in(book, TOWN)
    undo(book)
    assert book.rows("project") == []
    assert book.rows("weekly") == []


def test_the_journal_remembers_workbook_sheet_and_cell(book: Book) -> None:
    take_in(book, TOWN)
    project = next(row for row in book.rows("project") if row["code"] == "2211-411102-48-01-610252")
    entry = book.journal.of_record(project["record"])[0].entry
    assert entry.note == "读入 空冢郭镇周调度台账.xlsx"
    assert entry.origin["total_investment"] == "周调度台账!H13"
    assert entry.act == "import"


def test_a_filling_date_means_the_week_that_had_just_ended(book: Book) -> None:
    found = plan(book, proposal_of(PARK))
    assert str(found.period) == "2023-W10"
    assert found.notes[0] == "没有写明周次，按填报日期 2023-03-10 计为2023年第10周。"
    assert "沙澧高新技术产业开发区" in found.notes[1]  # the book is another unit's
    assert take(book, found)["weekly_new"] == 3


def test_items_wait_for_their_project(book: Book) -> None:
    found = plan(book, proposal_of(PROBLEMS))
    assert [question.field for question in found.questions] == ["strangers"]
    assert take(book, found) == {}
    take_in(book, TOWN)
    assert take_in(book, PROBLEMS)["problem_new"] == 3
    assert {row["due"] for row in book.rows("problem")} == {
        "2023-03-31",
        "2023-03-20",
        "2023-04-15",
    }
    assert plan(book, proposal_of(PROBLEMS)).counts()["problem_same"] == 3


def test_the_list_completes_what_the_weekly_report_began(book: Book) -> None:
    take_in(book, PARK, "2023-W10")
    counts = take_in(book, LIST)
    assert (counts["project_new"], counts["project_changed"]) == (6, 3)
    assert summary(book, plan(book, proposal_of(LIST)))[0] == "项目档案：无改动 9 条。"


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_damaged_copies_are_read_or_refused_never_a_fault(path: Path, tmp_path: Path) -> None:
    dice = random.Random(path.stem)
    data = path.read_bytes()
    copy = tmp_path / f"copy{path.suffix}"
    outcomes = set()
    for number in range(50):
        inner = path.suffix == ".xlsx" and number % 2
        copy.write_bytes(mutated_inside(data, dice) if inner else mutated(data, dice))
        try:
            propose(read(copy), investment())
            outcomes.add("read")
        except refusals.SheetsRefusal as refusal:
            outcomes.add(refusal.name)
    assert "WorkbookDamaged" in outcomes


def mutated_inside(data: bytes, dice: random.Random) -> bytes:
    """A sound archive with one unsound part."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as other:
        chosen = dice.choice([name for name in archive.namelist() if name.startswith("xl/w")])
        for name in archive.namelist():
            part = archive.read(name)
            other.writestr(name, mutated(part, dice) if name == chosen else part)
    return copy.getvalue()


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or cut off somewhere."""
    changed = bytearray(data)
    kind = dice.randrange(4)
    at = dice.randrange(len(changed))
    if kind == 0:
        for _ in range(dice.randrange(1, 20)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    elif kind == 1:
        del changed[at : at + dice.randrange(1, 400)]
    elif kind == 2:
        changed[at:at] = changed[at : at + dice.randrange(1, 400)]
    else:
        del changed[at:]
    return bytes(changed)
