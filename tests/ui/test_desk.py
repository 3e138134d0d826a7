"""The desk: the week that is shown, what is remembered, whose name stands beside an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.ui import memory
from desktop.ui.desk import Desk
from desktop.ui.messages import Messages
from tests.ui.conftest import TestDesk, ask, settle


def again(desk: TestDesk) -> Desk:
    """Another desk over the same worker, as after a start."""
    kept = memory.Memory(desk.memory.path)
    return Desk(desk.worker, desk.facts, kept, Messages(), desk.pc, lambda: date(2024, 5, 1))


def test_the_latest_week_begun_is_shown_first(desk: TestDesk) -> None:
    assert desk.period == "2023-W10"


def test_the_week_shown_last_is_shown_again(desk: TestDesk) -> None:
    desk.set_period("2023-W04")
    desk.memory.save()
    assert again(desk).period == "2023-W04"


def test_a_week_that_no_calendar_has_is_not_remembered(desk: TestDesk) -> None:
    desk.memory.put("period", "2023-W99")
    desk.memory.save()
    assert again(desk).period == "2023-W10"


def test_a_book_without_weeks_shows_this_week(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path
) -> None:
    from desktop.ledger import workspace

    workspace.create(tmp_path / "new.yzb", "源汇区").close()
    assert make_desk(tmp_path / "new.yzb").period == "2023-W10"  # March 9, the tests' today


def test_a_change_of_week_is_heard_once(desk: TestDesk) -> None:
    heard: list[str] = []
    desk.period_changed.connect(heard.append)
    desk.set_period("2023-W09")
    desk.set_period("2023-W09")
    assert heard == ["2023-W09"]


def test_the_operator_stands_beside_what_is_written_from_now_on(desk: TestDesk) -> None:
    desk.set_operator("李会计")
    record = str(ask(desk, lambda book: book.rows("project")[0]["record"]))

    def write(book: object) -> None:
        with book.batch("change") as batch:  # type: ignore[attr-defined]
            batch.change("project", record, {"place": "河上街"})

    desk.write(desk, "改", write)
    settle(desk)
    assert desk.facts.operator == "李会计"
    last = ask(desk, lambda book: book.journal.of_record(record)[-1].entry.operator)
    assert last == "李会计"


def test_a_new_unit_is_in_the_facts(district_desk: TestDesk) -> None:
    heard: list[int] = []
    district_desk.facts_changed.connect(lambda: heard.append(1))

    def write(book: object) -> str:
        with book.batch("create") as batch:  # type: ignore[attr-defined]
            fields = {"name": "阴阳赵镇", "level": "township", "above": district_desk.facts.unit}
            return str(batch.create("unit", fields))

    made: list[str] = []
    district_desk.write(district_desk, "新增单位", write, made.append)
    settle(district_desk)
    assert district_desk.facts.unit_named(made[0]) == "阴阳赵镇" and heard == [1]


def test_facts_say_who_reports(desk: TestDesk, district_desk: TestDesk) -> None:
    assert (desk.facts.reports, district_desk.facts.reports) == (True, False)
    assert desk.facts.demonstration and desk.facts.week("2023-W09").startswith("2023年第9周（")


def test_memory_survives_a_damaged_file_and_a_folder_that_cannot_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(b"\xff{")
    kept = memory.Memory(path)
    kept.put("a", [1, 2])
    kept.save()
    assert memory.Memory(path).get("a") == [1, 2]
    blocked = memory.Memory(path / "below" / "m.json")  # a file where a folder ought to be
    blocked.put("a", 1)
    blocked.save()
    assert blocked.get("a") == 1
