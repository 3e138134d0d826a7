"""A district's week: the matrix is what the cycle says, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.ledger import cycle, workspace
from desktop.ledger.workspace import Book
from desktop.ui.week.district import WEEKS, cells_of, district_of, weeks_shown
from tests.ledger.books import noon
from tests.ledger.district import district as small_district
from tests.ui.week.books import explain_all, project, week

DAY = date(2023, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "d.yzb", "源汇区", operator="郭汇总", clock=noon) as made:
        yield made


def town(book: Book, name: str) -> str:
    with book.batch("create") as batch:
        return batch.create("unit", {"name": name, "level": "township", "above": book.unit})


def filled(book: Book, unit: str, *weeks: str) -> list[str]:
    """A project of ``unit`` with sound rows in ``weeks``; the rows."""
    one = project(book, f"项目{unit[:4]}", unit=unit)
    rows = [week(book, one, period, 10, 10 * n) for n, period in enumerate(weeks, 1)]
    for period in weeks:
        explain_all(book, period)
    return rows


def agrees(book: Book, period: str) -> None:
    """Every cell says what the cycle says of it."""
    weeks = weeks_shown(book, period)
    for (unit, one), cell in cells_of(book, weeks).items():
        said = cycle.submission(book, unit, one)
        assert cell.changed == len(said.changed)
        assert cell.state == ("上报后改动" if said.changed else said.state)
        assert cell.on == said.submitted_on
        assert cell.reason == said.reason


def test_a_cell_goes_through_all_its_states(book: Book) -> None:
    unit = town(book, "大刘镇")
    (row,) = filled(book, unit, "2023-W09")

    def state() -> str:
        agrees(book, "2023-W09")
        return district_of(book, "2023-W09").lines[0].cells[-1].state

    assert state() == "未上报"
    cycle.submit(book, "2023-W09", DAY, unit=unit, filler="张晓燕")
    assert state() == "已上报"
    cycle.return_week(book, unit, "2023-W09", DAY, "请核对")
    assert state() == "已退回"
    assert [line.name for line in district_of(book, "2023-W09").late] == ["大刘镇"]
    with book.batch("change") as batch:
        batch.change("weekly", row, {"remark": "改过"})
    assert state() == "已退回"
    cycle.submit(book, "2023-W09", DAY, unit=unit)
    assert state() == "已上报"
    cycle.accept(book, unit, "2023-W09", DAY)
    assert state() == "已接收"
    assert district_of(book, "2023-W09").late == ()
    cell = district_of(book, "2023-W09").now[0]
    assert (cell.number, cell.answered, cell.reason) == (2, "2023-03-02", None)
    submission = book.rows("submission")[0]["record"]
    with book.batch("change") as batch:  # what it covered is no longer what is there
        batch.change("submission", submission, {"contents": "{}"})
    assert state() == "上报后改动"
    with book.batch("change") as batch:
        batch.change("submission", submission, {"contents": f'{{"{row}":"other"}}'})
    assert state() == "上报后改动"


def test_every_cell_of_the_demonstration_agrees_with_the_cycle(
    book_copy: Callable[[str], Path],
) -> None:
    with workspace.open_book(book_copy("district.yzb")) as book:
        agrees(book, "2023-W10")
        found = district_of(book, "2023-W10")
        assert len(found.weeks) == WEEKS == 10
        states = {cell.state for line in found.lines for cell in line.cells}
        assert states == {"已接收", "未上报"}
        assert len(found.late) == 2


def test_late_waiting_and_lights(tmp_path: Path) -> None:
    book, made = small_district(tmp_path / "d.yzb", clock=noon)
    with book:
        found = district_of(book, "2023-W09")
        assert [(line.name, line.projects, line.lights) for line in found.lines] == [
            ("大刘镇", 2, (1, 1, 0)),
            ("空冢郭镇", 2, (2, 0, 0)),
            ("问十乡", 0, (0, 0, 0)),
            ("阴阳赵镇", 1, (0, 0, 1)),
        ]
        assert found.lights == (3, 1, 1)
        assert len(found.late) == 4
        assert found.waiting == ()
        for period in ("2023-W09", "2023-W08"):
            with book.batch("submit") as batch:
                fields = {"unit": made["大刘镇"], "period": period, "submitted_on": DAY}
                contents = cycle.contents(book, made["大刘镇"], period)
                text = msgspec.json.encode(contents).decode()
                batch.create("submission", {**fields, "contents": text, "number": 1})
        found = district_of(book, "2023-W09")
        assert [cell.period for cell in found.waiting] == ["2023-W08", "2023-W09"]
        assert [line.name for line in found.late] == ["空冢郭镇", "问十乡", "阴阳赵镇"]
        agrees(book, "2023-W09")


def test_weeks_begin_with_the_first_of_the_book_and_are_ten_at_most(book: Book) -> None:
    assert weeks_shown(book, "2023-W09") == ("2023-W09",)
    filled(book, town(book, "大刘镇"), "2022-W51", "2023-W02")
    assert weeks_shown(book, "2023-W01") == ("2022-W51", "2022-W52", "2023-W01")
    shown = weeks_shown(book, "2023-W20")
    assert (len(shown), shown[0], shown[-1]) == (10, "2023-W11", "2023-W20")
    assert weeks_shown(book, "2022-W40") == ("2022-W40",)


def test_a_district_without_units(book: Book) -> None:
    found = district_of(book, "2023-W09")
    assert (found.lines, found.late, found.waiting, found.lights) == ((), (), (), (0, 0, 0))


def test_decisions_and_supervised_items_stand_together(book: Book) -> None:
    unit = town(book, "大刘镇")
    with book.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "周调度会", "held_on": "2023-02-24"})
        batch.create(
            "decision",
            {"meeting": meeting, "matter": "征迁", "unit": unit, "due": "2023-03-01"},
        )
        batch.create("supervision", {"unit": unit, "matter": "供电", "due": "2023-02-27"})
    asked = district_of(book, "2023-W09").asked
    assert [(one.register, one.text, one.days, one.unit) for one in asked] == [
        ("supervision", "供电", -3, "大刘镇"),
        ("decision", "征迁", -1, "大刘镇"),
    ]
