"""What a sheet holds: cells, offers, locks, what waits, totals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.ledger.workspace import Book
from desktop.ui.grid import contents as room
from desktop.ui.grid import entering, finding, lights, opening, reading, totals
from desktop.ui.grid.about import about
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.display import COMING, Waiting
from desktop.ui.grid.entering import Edit
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.finding import Findings
from tests.ledger import books
from tests.ledger.district import WEEK, district
from tests.ui.grid.sheets import W, sheet


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        yield book, records


def contents(book: Book, period: str = WEEK) -> Contents:
    of = sheet(book, period=period)
    held = Contents(book.scheme, of, {})
    held.set_keys(reading.keys(book, of, Asked()))
    held.put(reading.rows(book, of, held.keys), lights.lit(book, period))
    held.locks = opening.locks(book, of)
    held.totals = totals.read(book, of, Asked())
    held.put_findings(finding.read(book, of, period))
    return held


def cell(held: Contents, key: str, name: str) -> Any:
    return held.cell(held.row_of(key), held.sheet.column(name))


def line(held: Contents) -> dict[str, str]:
    assert held.totals is not None
    cells = totals.line(held.scheme, held.sheet, held.totals)
    return {one.name: cell.text for one, cell in zip(held.sheet.placed, cells, strict=True)}


def test_cells_are_as_people_read_them(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    week = cell(held, records["甲"], "completed_week")
    assert (week.text, week.right, week.editable) == ("110", True, True)
    name = cell(held, records["甲"], "subject.name")
    assert (name.text, name.editable, name.locked) == ("甲", False, "在“项目档案”中填写。")
    assert cell(held, records["甲"], "completion_rate").tone == "light:green"
    assert cell(held, records["戊"], "completion_rate").tone == "light:red"


def test_an_empty_cell_offers_last_weeks_text_faintly(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    offered = cell(held, records["乙"], "physical_progress")
    assert (offered.text, offered.tone, offered.faint) == ("上周：乙2023-W08施工", "faint", True)
    row, column = held.row_of(records["乙"]), held.sheet.column("physical_progress")
    assert held.offer(row, column) == "乙2023-W08施工"
    assert held.edit_text(row, column) == ""
    filled = held.row_of(records["甲"])
    assert held.offer(filled, column) is None
    assert held.offer(filled, held.sheet.column("subject.name")) is None


def test_the_editor_holds_what_can_be_typed(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    key, of = records["甲"], sheet(book)
    entering.enter(book, of, [Edit(key, "completed_week", 12_345_678_900)], "change")
    held = contents(book)
    assert cell(held, key, "completed_week").text == "1,234,567.89"
    column = of.column("completed_week")
    assert held.edit_text(held.row_of(key), column) == "1234567.89"


def test_what_waits_is_shown_and_what_was_refused_stays(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, records = made
    held = contents(book)
    place = records["甲"], "completed_week"
    held.waiting[place] = Waiting("200", "200", token=1)
    held.redraw([records["甲"]])
    assert cell(held, *place).tone == "pending"
    held.waiting[place] = Waiting("二百零", "二百零", "读不成金额。")
    held.redraw([records["甲"]])
    assert (cell(held, *place).tone, cell(held, *place).text) == ("must", "二百零")
    row, column = held.row_of(records["甲"]), held.sheet.column("completed_week")
    assert held.edit_text(row, column) == "二百零"
    assert list(held.refused()) == [(row, column, held.waiting[place])]
    said = about(held, row, column)
    assert said is not None
    assert (said.tone, said.refused, said.typed) == ("must", "读不成金额。", "二百零")


def test_a_submitted_unit_is_closed_and_says_why(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    with book.batch("submit") as batch:
        batch.create("submission", {"unit": records["大刘镇"], "period": WEEK, "contents": "{}"})
    held = contents(book)
    assert not cell(held, records["甲"], "completed_week").editable
    assert "已经上报" in cell(held, records["甲"], "completed_week").locked
    assert cell(held, records["丙"], "completed_week").editable


def test_rows_that_were_not_read_are_on_their_way(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    of = sheet(book)
    held = Contents(book.scheme, of, {})
    held.set_keys(reading.keys(book, of, Asked()))
    assert held.cell(0, 0) is COMING
    assert held.row_at(0) is None
    assert held.edit_text(0, 0) == ""
    assert held.row_of("nobody") == -1


def test_far_rows_are_forgotten(
    made: tuple[Book, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = made
    held = contents(book)
    monkeypatch.setattr(room, "KEPT", 4)
    held.forget_far(0)
    assert [held.row_at(row) is not None for row in range(5)] == [True] + [False] * 4


def test_totals_are_sums_and_the_share_of_two_of_them(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, _ = made
    told = line(contents(book))
    assert told["subject.name"] == "合计"
    assert told["subject.annual_plan"] == "7,150"
    assert told["completed_week"] == "120"
    assert told["completed_year"] == "1,580"
    assert told["physical_progress"] == ""
    assert told["completion_rate"] == "22.1%"  # 1580 ÷ 7150, as both stand in the line


def test_totals_follow_what_is_typed(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    edits = [
        Edit(records["乙"], "completed_week", 80 * W),
        Edit(records["甲"], "completed_year", None),
    ]
    held.put(entering.enter(book, held.sheet, edits, "change").rows)
    assert held.totals == totals.read(book, held.sheet, Asked())
    assert line(held)["completed_week"] == "200"


def test_an_error_that_the_offer_mends_has_a_button(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    edits = [
        Edit(records["甲"], "completed_week", 200 * W),
        Edit(records["甲"], "completed_year", 600 * W),
    ]
    entering.enter(book, sheet(book), edits, "change")
    held = contents(book)
    row, column = held.row_of(records["甲"]), held.sheet.column("completed_year")
    said = about(held, row, column)
    assert said is not None
    assert said.title == "本年累计完成投资"
    assert said.mends is not None
    assert (said.mends.words, said.mends.value) == ("累计改为 700", 700 * W)
    assert said.found[0].check == "year_sum"
    assert "以填写的为准" in said.help
    fine = about(held, held.row_of(records["丁"]), column)
    assert fine is not None
    assert fine.mends is None


def test_a_figure_that_is_as_offered_has_no_button(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    books.change(book, "project", records["甲"], annual_plan=600 * W)
    held = contents(book)
    said = about(held, held.row_of(records["甲"]), held.sheet.column("completed_year"))
    assert said is not None
    assert [one.check for one in said.found] == ["over_plan"]
    assert said.mends is None


def test_a_finding_is_seen_before_the_light(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    key, column = records["甲"], held.sheet.column("completion_rate")
    wrong = msgspec.structs.replace(
        finding.read(book, held.sheet, WEEK).of(records["丙"])[0],
        register="weekly",
        cell="completion_rate",
        level="must",
        check="rate",
    )
    held.put_findings(Findings("weekly", {key: (wrong,)}), [key])
    assert held.cell(held.row_of(key), column).tone == "must"


def test_an_offer_is_said_with_its_button(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    said = about(held, held.row_of(records["乙"]), held.sheet.column("physical_progress"))
    assert said is not None
    assert said.offered == "上周写的是“乙2023-W08施工”。"
    assert said.offer is not None
    assert said.offer.value == "乙2023-W08施工"


def test_a_light_says_its_reasons(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    held = contents(book)
    said = about(held, held.row_of(records["戊"]), held.sheet.column("completion_rate"))
    assert said is not None
    assert any("停工" in reason for reason in said.reasons)
    assert said.closed == "“占年度计划”由程序计算，不用填写。"
