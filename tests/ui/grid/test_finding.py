"""Findings by row: what they colour, how they are counted, where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import explanations
from desktop.ledger.workspace import Book
from desktop.ui.grid import finding, reading
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.display import Waiting
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.telling import lines
from tests.ledger import books
from tests.ledger.district import WEEK, district
from tests.ui.grid.sheets import W, sheet


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        books.week(book, records["甲"], WEEK, completed_week=200 * W, completed_year=610 * W)
        yield book, records


def contents(book: Book) -> Contents:
    of = sheet(book)
    held = Contents(book.scheme, of, {})
    held.set_keys(reading.keys(book, of, Asked()))
    held.put(reading.rows(book, of, held.keys))
    held.put_findings(finding.read(book, of, WEEK))
    return held


def test_findings_are_counted_by_what_they_ask_for(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    found = finding.read(book, sheet(book), WEEK)
    assert found.rows("todo") == {records["乙"]}  # no row at all
    assert records["甲"] in found.rows("must")  # 500 + 200 is not 610
    assert found.count("todo") == 1
    kinds = [(one.check, one.level) for one in found.of(records["甲"])]
    assert kinds[0] == ("year_sum", "must")  # errors first


def test_a_required_cell_that_is_empty_is_still_to_fill(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    books.change(book, "weekly", contents(book).rows[records["丙"]].record, physical_progress=None)
    found = finding.read(book, sheet(book), WEEK)
    assert found.rows("todo") == {records["乙"], records["丙"]}


def test_the_rows_that_were_touched_are_read_anew(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    of = sheet(book)
    before = finding.read(book, of, WEEK)
    books.week(book, records["甲"], WEEK, completed_week=110 * W, completed_year=610 * W)
    few = finding.read(book, of, WEEK, {records["甲"], records["乙"]})
    assert set(few.by_row) <= {records["甲"], records["乙"]}
    after = before.replaced([records["甲"], records["乙"]], few)
    assert after == finding.read(book, of, WEEK)
    assert before != after


def test_an_explained_finding_asks_for_nothing_more(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    found = finding.read(book, sheet(book), WEEK)
    asking = [one for one in found.of(records["丁"]) if one.level == "explain"]
    count = found.count("explain")
    explanations.explain(book, asking[0].id, "冲减上年多报", WEEK)
    after = finding.read(book, sheet(book), WEEK)
    assert after.count("explain") == count - 1
    assert asking[0].id not in {one.id for one in after.open()}


def test_a_cell_has_the_tone_of_its_worst_finding(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    of = held.sheet
    row = held.row_of(records["甲"])
    assert held.cell(row, of.column("completed_year")).tone == "must"
    assert held.cell(row, of.column("physical_progress")).tone == "plain"
    negative = held.row_of(records["丁"])
    assert held.cell(negative, of.column("completed_week")).tone == "explain"
    missing = held.row_of(records["乙"])
    assert held.cell(missing, of.column("completed_week")).tone == "plain"  # not begun


def test_findings_about_the_file_stand_in_its_columns(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    of = sheet(book)
    found = finding.read(book, of, WEEK)
    plan = [one for one in found.of(records["丙"]) if one.cell == "annual_plan"]
    assert plan[0].register == "project"
    assert finding.column_of(plan[0], of) == of.column("subject.annual_plan")
    start = [one for one in found.of(records["丙"]) if one.cell == "actual_start"]
    assert finding.column_of(start[0], of) == -1  # mended on another page


def test_trouble_is_listed_from_the_first_row_to_the_last(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, records = made
    held = contents(book)
    last = held.row_of(records["戊"])
    held.waiting[records["戊"], "remark"] = Waiting("坏", "坏", "不能写。")
    places = held.trouble()
    assert places == sorted(places)
    assert (held.row_of(records["甲"]), held.sheet.column("completed_year")) in places
    assert (last, held.sheet.column("remark")) in places
    listed = lines(held)
    assert [line.row for line in listed if line.row >= 0] == sorted(
        line.row for line in listed if line.row >= 0
    )
    assert any("没有写入“坏”" in line.title for line in listed)
    elsewhere = [line for line in listed if line.row < 0]
    assert all(line.finding is not None for line in elsewhere)
    assert elsewhere


def test_a_list_has_the_findings_of_its_records(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    problem = records["土地未征收"]
    books.change(book, "problem", problem, closed_on="2023-01-01")
    of = sheet(book, "problem")
    found = finding.read(book, of, WEEK)
    assert [one.check for one in found.of(problem)] == ["closed_before_found"]
    assert finding.column_of(found.of(problem)[0], of) == of.column("closed_on")
