"""Rows of sheets: the week's projects with last week beside them, lists, other ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.grid import lights, opening, reading
from desktop.ui.grid.filtering import Asked, Condition
from tests.ledger import books
from tests.ledger.district import WEEK, district
from tests.ui.grid.sheets import W, names, rows, sheet, text, value


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        yield book, records


def test_every_dispatched_project_has_a_row(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    # 己 was finished last year, 庚 reports from week 10 on; units in their order, then names.
    assert names(book, sheet(book)) == "乙甲丁丙戊"
    assert names(book, sheet(book, period="2023-W10")) == "乙甲丁丙庚戊"


def test_a_row_holds_plan_last_week_and_this_week(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    week = sheet(book)
    row = next(row for row in rows(book, week) if row.name == "甲")
    assert row.key == records["甲"]
    assert value(week, row, "subject.annual_plan") == 3650 * W
    assert value(week, row, "last.completed_year") == 500 * W
    assert value(week, row, "last.completed_week") == 100 * W
    assert value(week, row, "completed_year") == 610 * W
    assert text(week, row, "completed_year") == "610"
    assert text(week, row, "completion_rate") == "16.7%"
    assert text(week, row, "subject.unit") == "大刘镇"
    assert row.unit == records["大刘镇"]


def test_a_project_without_a_row_is_there_to_be_filled(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    week = sheet(book)
    row = next(row for row in rows(book, week) if row.name == "乙")
    assert row.record == ""
    assert value(week, row, "completed_week") is None
    assert value(week, row, "last.completed_year") == 0
    assert row.offers["physical_progress"] == "乙2023-W08施工"
    assert "completed_year" not in row.offers  # nothing to add up yet


def test_last_week_is_the_latest_earlier_one_of_the_year(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, _ = made
    first = sheet(book, period="2023-W07")
    row = next(row for row in rows(book, first) if row.name == "甲")
    assert value(first, row, "last.completed_year") is None  # 2022 does not count
    later = sheet(book, period="2023-W12")
    row = next(row for row in rows(book, later) if row.name == "丙")
    assert value(later, row, "last.completed_year") == 50 * W  # two weeks were left out


def test_a_screen_is_read_without_the_rest(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    week = sheet(book)
    assert reading.keys(book, week, Asked(), 2) == reading.keys(book, week, Asked())[:2]
    opened = opening.first(book, week, Asked())
    assert opened.whole
    assert not opened.large
    assert set(opened.part.rows) == set(opened.keys)


def test_very_many_rows_come_as_they_lie_in_the_file(
    made: tuple[Book, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = made
    monkeypatch.setattr(reading, "LARGE", 3)
    week = sheet(book)
    assert reading.is_large(book, week)
    assert names(book, week) == "甲乙丙丁戊"
    plan = book.connection.execute(
        "EXPLAIN QUERY PLAN "
        + reading._statement(week, [week.relation.key], [], week.relation.natural)
        + " LIMIT 2",
        week.relation.parameters,
    ).fetchall()
    assert not any("TEMP B-TREE" in step[3] for step in plan), plan


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(text="甲"), "甲"),
        (Asked(text="b"), "丙"),
        (Asked(text="kzg"), "丁丙"),
        (Asked(text="大刘"), "乙甲"),
        (Asked(text="xyz"), ""),
        (Asked(conditions=(Condition("subject.level", "is", "省"),)), "甲"),
        (Asked(conditions=(Condition("subject.categories", "is", "工业"),)), "乙甲戊"),
        (Asked(conditions=(Condition("subject.state", "is", "在建"),)), "甲丙"),
        (Asked(conditions=(Condition("completed_week", "least", 20 * W),)), "甲丙"),
        (Asked(conditions=(Condition("completed_week", "most", 0),)), "丁戊"),
        (Asked(conditions=(Condition("completed_week", "empty"),)), "乙"),
        (Asked(conditions=(Condition("physical_progress", "has", "丙"),)), "丙"),
        (Asked(conditions=(Condition("subject.annual_plan", "filled"),)), "乙甲丁戊"),
        (Asked(conditions=(Condition("no_such_column", "is", 1),)), "乙甲丁丙戊"),
        (Asked(lights=("red",)), "戊"),
        (Asked(lights=("green",), text="甲"), "甲"),
        (Asked(only=frozenset()), ""),
        (Asked(sort="completed_week"), "丁戊丙甲乙"),
        (Asked(sort="completed_week", descending=True), "甲丙戊丁乙"),
        (Asked(sort="subject.name"), "丙丁甲戊乙"),  # bing ding jia wu yi
        (Asked(sort="subject.name", descending=True), "乙戊甲丁丙"),
        (Asked(sort="physical_progress"), "丙丁甲戊乙"),
        (Asked(sort="no_such_column"), "乙甲丁丙戊"),
    ],
)
def test_rows_are_filtered_and_sorted_by_anything(
    made: tuple[Book, dict[str, str]], asked: Asked, found: str
) -> None:
    book, _ = made
    assert names(book, sheet(book), asked) == found


def test_rows_are_filtered_by_unit_and_key(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    week = sheet(book)
    unit = Condition("subject.unit", "is", records["空冢郭镇"])
    assert names(book, week, Asked(conditions=(unit,))) == "丁丙"
    only = frozenset({records["丙"], records["甲"]})
    assert names(book, week, Asked(only=only, conditions=(unit,))) == "丙"


def test_a_sorted_screen_is_the_beginning_of_the_sorted_sheet(
    made: tuple[Book, dict[str, str]],
) -> None:
    book, _ = made
    week = sheet(book)
    for sort in ("subject.name", "completed_week", ""):
        asked = Asked(sort=sort)
        assert reading.keys(book, week, asked, 2) == reading.keys(book, week, asked)[:2]


def test_lights_of_a_few_are_those_of_all(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    every = lights.lit(book, WEEK)
    few = lights.lit(book, WEEK, [records["戊"], records["乙"]])
    assert few == {key: every[key] for key in (records["戊"], records["乙"])}
    assert few[records["戊"]].light == "red"
    assert "停工" in few[records["戊"]].reasons[0]


def test_a_list_over_all_projects(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    problems = sheet(book, "problem")
    found = rows(book, problems)
    assert [text(problems, row, "problem") for row in found] == [
        "供电未接入",
        "土地未征收",
        "以后才发现",
        "环评未批复",
    ]
    assert {row.key for row in found} == {row.record for row in found}
    assert found[0].unit == records["大刘镇"]
    assert text(problems, found[1], "needs_level") == "是"
    assert names(book, problems, Asked(text="甲")).count("甲") == 2
    flagged = Condition("needs_level", "is", 1)
    assert len(rows(book, problems, Asked(conditions=(flagged,)))) == 1


def test_rows_of_what_was_taken_away_are_gone(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    problems = sheet(book, "problem")
    books.remove(book, "problem", records["土地未征收"])
    assert len(rows(book, problems)) == 3
    week = sheet(book)
    record = next(row.record for row in rows(book, week) if row.name == "甲")
    books.remove(book, "weekly", record)
    row = next(row for row in rows(book, week) if row.name == "甲")
    assert (row.record, value(week, row, "completed_week")) == ("", None)


def test_every_register_can_be_shown(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    for register in book.scheme.registers.values():
        if not register.internal:
            of = sheet(book, register.name)
            assert len(rows(book, of)) == len(reading.keys(book, of, Asked()))


def test_links_are_shown_by_name_and_sorted_by_it(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    projects = sheet(book, "project")
    found = rows(book, projects, Asked(sort="unit"))
    shown = [text(projects, row, "unit") for row in found]
    assert shown == sorted(shown, key=["大刘镇", "空冢郭镇", "阴阳赵镇"].index)


def test_a_submitted_week_closes_the_rows_of_its_unit(
    made: tuple[Book, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, records = made
    assert opening.locks(book, sheet(book)) == {}
    with book.batch("submit") as batch:
        batch.create("submission", {"unit": records["大刘镇"], "period": WEEK, "contents": "{}"})
    assert opening.locks(book, sheet(book)) == {
        records["大刘镇"]: "大刘镇2023年第9周已经上报，不能再改。确需修改，请源汇区退回这一周。"
    }
    assert opening.locks(book, sheet(book, period="2023-W10")) == {}
    assert opening.locks(book, sheet(book, "problem")) == {}


def test_a_change_touches_the_rows_of_its_projects(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    week = sheet(book)
    stopped = book.connection.execute("SELECT record FROM stopped").fetchone()[0]
    weekly = next(row.record for row in rows(book, week) if row.name == "甲")
    changed = {"stopped": [stopped], "weekly": [weekly], "unit": [records["大刘镇"]]}
    assert opening.touched(book, week, changed) == tuple(sorted((records["戊"], records["甲"])))
    problems = sheet(book, "problem")
    assert opening.touched(book, problems, {"problem": ["x"], "weekly": [weekly]}) == ("x",)
