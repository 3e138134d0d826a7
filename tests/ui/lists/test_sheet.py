"""A list as a sheet: the rows of a part by urgency, the time left, what stands aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui.grid import opening
from desktop.ui.grid import reading as grid
from desktop.ui.grid.filtering import Asked, Condition
from desktop.ui.grid.reading import Row, Sheet
from desktop.ui.lists import reading, sheet
from desktop.ui.lists.list_bar import PARTS
from desktop.ui.lists.reading import Part
from desktop.ui.lists.sheet import LEFT
from tests.ledger.district import district

TODAY = date(2023, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The small district, with a decision of a meeting for 大刘镇."""
    made, named = district(tmp_path / "区.yzb")
    with made:
        with made.batch("create") as batch:
            meeting = batch.create("meeting", {"name": "第9次调度会", "held_on": "2023-03-01"})
            for matter, due, state in (
                ("落实供电", "2023-03-09", "待办"),
                ("办结了的", "2023-02-20", "已办结"),
            ):
                fields = {"meeting": meeting, "unit": named["大刘镇"], "state": state}
                batch.create("decision", {**fields, "matter": matter, "due": due})
        yield made


def made(book: Book, register: str, part: Part = "all", *, many_units: bool = True) -> Sheet:
    return sheet.list_sheet(book.scheme, register, book.level, TODAY, part, many_units=many_units)


def rows(book: Book, shown: Sheet, asked: Asked | None = None) -> list[Row]:
    keys = grid.keys(book, shown, asked or Asked())
    found = grid.rows(book, shown, keys)
    return [found[key] for key in keys]


def text(shown: Sheet, row: Row, column: str) -> str:
    return row.texts[shown.column(column)]


def left(shown: Sheet, row: Row) -> str:
    return sheet.left_in_words(row.values[shown.column(LEFT)])


def test_rows_stand_by_urgency_with_the_time_left(book: Book) -> None:
    shown = made(book, "problem")
    found = rows(book, shown)
    assert [(text(shown, row, "problem"), left(shown, row)) for row in found] == [
        ("土地未征收", "逾期 2 天"),
        ("环评未批复", "还有 3 天"),  # Closed on March 5, after the week's last day.
        ("以后才发现", ""),
        ("供电未接入", ""),
    ]
    states = [sheet.state_of(book.scheme, shown, row) for row in found]
    assert states == ["open", "open", "open", "closed"]
    spoken = rows(book, made(book, "milestone"))
    ends = [(row.name.split()[-1], left(made(book, "milestone"), row)) for row in spoken]
    assert ends[0] == ("主体封顶", "还有 7 天")  # The others are finished, whatever their state.
    assert [words for _, words in ends[1:]] == ["", ""]


def test_the_column_stands_behind_those_that_say_whose_the_row_is(book: Book) -> None:
    shown = made(book, "problem")
    names = [one.name for one in shown.placed]
    assert names[names.index(LEFT) - 1].startswith("subject.")
    assert names[names.index(LEFT) + 1] == "problem"
    placed = shown.placed[names.index(LEFT)]
    assert (placed.column.title, placed.column.editable) == ("距时限", False)
    assert "截止日" in placed.closed


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("late", ["土地未征收"]),
        ("soon", ["环评未批复"]),
        ("open", ["土地未征收", "环评未批复", "以后才发现"]),
        ("closed", ["供电未接入"]),
    ],
)
def test_a_part_narrows_the_rows(book: Book, part: Part, expected: list[str]) -> None:
    shown = made(book, "problem", part)
    assert [text(shown, row, "problem") for row in rows(book, shown)] == expected
    assert grid.sums(book, shown, Asked(), {})[""] == len(expected)


def test_parts_search_filters_and_sorting_go_together(book: Book) -> None:
    shown = made(book, "problem", "open")
    asked = Asked(conditions=(Condition("aspect", "is", "环评"),))
    assert [text(shown, row, "problem") for row in rows(book, shown, asked)] == ["环评未批复"]
    assert [text(shown, row, "problem") for row in rows(book, shown, Asked(text="tdwzs"))] == [
        "土地未征收"
    ]
    forth = [text(shown, row, "problem") for row in rows(book, shown, Asked(sort=LEFT))]
    assert forth == ["土地未征收", "环评未批复", "以后才发现"]
    back = rows(book, shown, Asked(sort=LEFT, descending=True))
    assert [left(shown, row) for row in back] == ["", "还有 3 天", "逾期 2 天"]


def test_what_is_reported_done_waits_behind_the_open_ones(book: Book) -> None:
    shown = made(book, "decision")
    found = rows(book, shown)
    assert [(text(shown, row, "matter"), left(shown, row)) for row in found] == [
        ("落实供电", "还有 7 天"),
        ("办结了的", "待销号"),
    ]
    assert sheet.state_of(book.scheme, shown, found[1]) == "done"
    assert len(rows(book, made(book, "decision", "done"))) == 1


def test_a_list_without_limits_has_no_such_column(book: Book) -> None:
    shown = made(book, "sponsor")
    assert shown.column(LEFT) == -1
    assert rows(book, shown) == []


def test_a_decision_is_seen_where_its_meeting_is_not(book: Book, tmp_path: Path) -> None:
    """The meeting stays in the district's book; its decisions are handed down."""
    unit = next(row["record"] for row in book.rows("unit") if row["name"] == "大刘镇")
    lines = [
        line.authored
        for line in book.journal.lines()
        if line.entry.register not in ("book", "meeting")
    ]
    with workspace.create_from(tmp_path / "镇.yzb", lines, unit, package="任务包-1") as town:
        shown = made(town, "decision", many_units=False)
        found = rows(town, shown)
        assert [text(shown, row, "matter") for row in found] == ["落实供电", "办结了的"]
        assert text(shown, found[0], "subject.name") == ""
        asked = Asked(text="lsgd")
        assert [text(shown, row, "matter") for row in rows(town, shown, asked)] == ["落实供电"]
    shown = made(book, "decision")
    assert text(shown, rows(book, shown)[0], "subject.name") == "第9次调度会"


def test_a_large_list_comes_by_urgency_too(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "LARGE", 1)
    shown = made(book, "problem")
    assert grid.is_large(book, shown)
    assert text(shown, rows(book, shown)[0], "problem") == "土地未征收"
    opened = opening.first(book, shown, Asked())
    assert opened.large
    assert len(opened.keys) == 4


def test_every_list_can_be_read_in_every_part(book: Book) -> None:
    for register in reading.lists_of(book.scheme):
        everything = {row.key for row in rows(book, made(book, register.name))}
        for part in PARTS:
            found = {row.key for row in rows(book, made(book, register.name, part))}
            assert found == reading.part_of(book, register, part, TODAY) & everything
