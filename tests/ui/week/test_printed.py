"""Whether the report is printed as the week stands now."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.memory import Memory
from desktop.ui.week import printed
from desktop.ui.week.reading import week_of
from tests.ui.week.books import WEEK, project, township, week


def test_a_change_after_printing_makes_the_report_old(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    with township(tmp_path) as book:
        record = week(book, project(book, "甲"), WEEK, 10, 10)
        assert not printed.is_printed(memory, week_of(book, WEEK))
        printed.note(memory, WEEK, book.journal.position)
        assert printed.is_printed(memory, week_of(book, WEEK))
        week(book, project(book, "乙"), "2023-W10", 1, 1)
        assert printed.is_printed(memory, week_of(book, WEEK))
        with book.batch("change") as batch:
            batch.change("weekly", record, {"remark": "改过"})
        assert not printed.is_printed(memory, week_of(book, WEEK))


def test_an_empty_week_is_never_printed(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    with township(tmp_path) as book:
        printed.note(memory, WEEK, book.journal.position)
        assert not printed.is_printed(memory, week_of(book, WEEK))


def test_the_last_twenty_weeks_are_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    for number in range(1, 31):
        printed.note(memory, f"2023-W{number:02}", number)
    kept = memory.get(printed.KEY)
    assert (len(kept), min(kept), kept["2023-W30"]) == (20, "2023-W11", 30)


def test_a_spoilt_memory_is_begun_anew(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json")
    memory.put(printed.KEY, ["nonsense"])
    printed.note(memory, WEEK, 3)
    assert memory.get(printed.KEY) == {WEEK: 3}
    memory.put(printed.KEY, {WEEK: "3", "2023-W08": 2})
    printed.note(memory, "2023-W10", 5)
    assert memory.get(printed.KEY) == {"2023-W08": 2, "2023-W10": 5}
