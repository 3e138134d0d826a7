"""Typed values reach the book as one act; cumulative figures and last week's texts follow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import lock, undo, values
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.ui.grid import entering, reading
from desktop.ui.grid.entering import Edit, Entered, Typed
from desktop.ui.grid.filtering import Asked
from tests.ledger.district import WEEK, district
from tests.ui.grid.sheets import W, sheet, value

NEXT = "2023-W10"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        yield book, records


def enter(made: tuple[Book, dict[str, str]], period: str, *edits: tuple[str, str, Any]) -> Entered:
    book, records = made
    of = sheet(book, period=period)
    planned = [Edit(records[name], field, given) for name, field, given in edits]
    return entering.enter(book, of, planned, "change", "填写")


def stored(made: tuple[Book, dict[str, str]], period: str, name: str, field: str) -> Any:
    book, records = made
    of = sheet(book, period=period)
    return value(of, reading.rows(book, of, [records[name]])[records[name]], field)


def test_the_first_figure_makes_the_row_and_its_cumulative_one(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, records = made
    done = enter(made, NEXT, ("丙", "completed_week", 30 * W))
    assert done.followed == ((records["丙"], "completed_year"),)
    assert stored(made, NEXT, "丙", "completed_year") == 80 * W
    of = sheet(book, period=NEXT)
    assert value(of, done.rows[records["丙"]], "completed_year") == 80 * W
    assert done.rows[records["丙"]].record


def test_every_offer_is_followed_where_it_can_be_computed(
    made: tuple[Book, dict[str, str]],
) -> None:
    enter(made, NEXT, ("丙", "completed_total", 500 * W), ("丙", "completed_week", 0))
    enter(made, "2023-W11", ("丙", "completed_week", 7 * W))
    assert stored(made, "2023-W11", "丙", "completed_year") == 57 * W
    assert stored(made, "2023-W11", "丙", "completed_total") == 507 * W


def test_a_typed_cumulative_figure_is_kept(made: tuple[Book, dict[str, str]]) -> None:
    done = enter(made, NEXT, ("丙", "completed_week", 30 * W), ("丙", "completed_year", 99 * W))
    assert done.followed == ()
    assert stored(made, NEXT, "丙", "completed_year") == 99 * W
    enter(made, NEXT, ("丙", "completed_week", 40 * W))
    assert stored(made, NEXT, "丙", "completed_year") == 99 * W  # the checks will ask


def test_an_emptied_figure_makes_nothing_follow(made: tuple[Book, dict[str, str]]) -> None:
    done = enter(made, NEXT, ("丙", "completed_week", None))
    assert done.followed == ()
    assert done.rows[made[1]["丙"]].record == ""  # emptying makes no row either


def test_a_corrected_figure_takes_its_cumulative_ones_along(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, records = made
    enter(made, NEXT, ("丙", "completed_week", 1200 * W))
    assert stored(made, NEXT, "丙", "completed_year") == 1250 * W
    done = enter(made, NEXT, ("丙", "completed_week", 120 * W))
    assert done.followed == ((records["丙"], "completed_year"),)
    assert stored(made, NEXT, "丙", "completed_year") == 170 * W
    undo.undo(book)
    assert stored(made, NEXT, "丙", "completed_week") == 1200 * W
    assert stored(made, NEXT, "丙", "completed_year") == 1250 * W


def test_an_emptied_figure_empties_what_only_the_program_filled(
    made: tuple[Book, dict[str, str]],
) -> None:
    enter(made, NEXT, ("丙", "completed_week", 30 * W))
    enter(made, NEXT, ("丁", "completed_week", 30 * W), ("丁", "completed_year", 99 * W))
    enter(made, NEXT, ("丙", "completed_week", None), ("丁", "completed_week", None))
    assert stored(made, NEXT, "丙", "completed_year") is None
    assert stored(made, NEXT, "丁", "completed_year") == 99 * W


def test_many_cells_are_one_act(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    before = undo.waiting(book)[0]
    enter(
        made,
        NEXT,
        *((name, "completed_week", 10 * W) for name in "乙丙丁"),
        *((name, "physical_progress", "主体施工") for name in "乙丙丁"),
    )
    assert undo.waiting(book)[0] == before + 1
    assert stored(made, NEXT, "丁", "completed_year") == 910 * W
    assert undo.undo(book).note == "填写"
    assert stored(made, NEXT, "丁", "completed_year") is None
    of = sheet(book, period=NEXT)
    assert reading.rows(book, of, [records["丁"]])[records["丁"]].record == ""


def test_the_offer_of_many_rows_is_each_ones_own(made: tuple[Book, dict[str, str]]) -> None:
    enter(made, NEXT, *((name, "completed_week", 10 * W) for name in "乙丙丁戊"))
    years = [stored(made, NEXT, name, "completed_year") for name in "乙丙丁戊"]
    assert years == [10 * W, 60 * W, 910 * W, 30 * W]


def test_a_wrong_text_does_not_keep_the_others_out(made: tuple[Book, dict[str, str]]) -> None:
    done = enter(
        made,
        NEXT,
        ("乙", "completed_week", Typed("1,200")),
        ("丙", "completed_week", Typed("很多")),
        ("丁", "completed_week", Typed("１.２亿")),
    )
    assert [(one.field, one.text) for one in done.refused] == [("completed_week", "很多")]
    assert "读不成金额" in done.refused[0].sentence
    assert stored(made, NEXT, "乙", "completed_week") == 1200 * W
    assert stored(made, NEXT, "丁", "completed_week") == 12_000 * W
    assert stored(made, NEXT, "丙", "completed_week") is None


def test_links_are_named(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    projects = sheet(book, "project")
    done = entering.enter(
        book,
        projects,
        [
            Edit(records["甲"], "unit", Typed("问十乡")),
            Edit(records["乙"], "unit", Typed("没有的乡")),
        ],
        "change",
    )
    assert value(projects, done.rows[records["甲"]], "unit") == records["问十乡"]
    assert [one.text for one in done.refused] == ["没有的乡"]


def test_a_list_is_changed_in_place(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    problems = sheet(book, "problem")
    record = records["土地未征收"]
    done = entering.enter(book, problems, [Edit(record, "state", "已销号")], "change")
    assert value(problems, done.rows[record], "state") == "已销号"
    assert len(reading.keys(book, problems, Asked())) == 4


def test_a_submitted_week_refuses_all_and_changes_nothing(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, records = made
    with book.batch("submit") as batch:
        batch.create("submission", {"unit": records["大刘镇"], "period": NEXT, "contents": "{}"})
    position = book.journal.position
    with pytest.raises(lock.WeekSubmitted):
        enter(made, NEXT, ("丙", "completed_week", 1), ("甲", "completed_week", 1))
    assert book.journal.position == position


def test_last_weeks_texts_fill_the_empty_cells(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    enter(made, NEXT, ("丙", "physical_progress", "自己写的"))
    of = sheet(book, period=NEXT)
    keys = [records[name] for name in "乙丙戊"]
    done = entering.carry(book, of, keys, "照上周带入")
    assert set(done.followed) == {
        (records["乙"], "physical_progress"),
        (records["戊"], "physical_progress"),
    }
    assert stored(made, NEXT, "丙", "physical_progress") == "自己写的"
    assert stored(made, NEXT, "乙", "physical_progress") == "乙2023-W08施工"
    assert stored(made, NEXT, "甲", "physical_progress") == "甲2023-W10施工"
    undo.undo(book)
    assert stored(made, NEXT, "乙", "physical_progress") is None
    assert stored(made, NEXT, "丙", "physical_progress") == "自己写的"


def test_a_project_that_is_gone_refuses_all(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    of = sheet(book, period=WEEK)
    edits = [Edit(records["丙"], "completed_week", 1), Edit("0" * 32, "completed_week", 1)]
    with pytest.raises(NoSuchRecord):
        entering.enter(book, of, edits, "change")
    assert stored(made, WEEK, "丙", "completed_week") == 20 * W


def test_the_same_text_is_read_once(
    made: tuple[Book, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    typed = values.typed

    def counting(*given: Any, **more: Any) -> Any:
        read.append(given[2])
        return typed(*given, **more)

    monkeypatch.setattr(values, "typed", counting)
    enter(made, NEXT, *((name, "completed_week", Typed("1,200")) for name in "乙丙丁戊"))
    assert read == ["1,200"]
    assert stored(made, NEXT, "戊", "completed_week") == 1200 * W
