"""The sheet through the desk: read piece by piece, written as one act, following others."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui.grid import judging, loading, opening, reading
from desktop.ui.grid.cells import Cell
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.sheet import SheetModel
from tests.ui.conftest import TestDesk, ask, settle

LAST, NEXT = "2023-W10", "2023-W11"


class Watched:
    """A sheet with a tester on its model, and hands to write in it by column's name."""

    def __init__(self, desk: TestDesk) -> None:
        self.desk = desk
        self.model = SheetModel(desk)
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.said: list[str] = []
        self.refused: list[tuple[int, int, str]] = []
        self.model.said.connect(self.said.append)
        self.kept_red: list[tuple[int, str, str]] = []
        self.model.kept_red.connect(lambda *what: self.kept_red.append(what))
        self.model.refused.connect(lambda *what: self.refused.append(what))

    def show(self, period: str = LAST, register: str = "weekly") -> Watched:
        self.model.show(register, period)
        settle(self.desk)
        return self

    def at(self, name: str) -> int:
        return [column.name for column in self.model.columns()].index(name)

    def cell(self, row: int, name: str) -> Cell:
        return self.model.cell(row, self.at(name))

    def put(self, *edits: tuple[int, str, str], act: str = "填写") -> None:
        self.model.commit([(row, self.at(name), text) for row, name, text in edits], act)

    def texts(self, row: int, *names: str) -> list[str]:
        return [self.cell(row, name).text for name in names]

    def counts(self) -> list[int]:
        held = self.model.contents
        assert held is not None
        return [held.findings.count(kind) for kind in ("todo", "must", "explain")]

    def stored(self, row: int, field: str, period: str = LAST) -> object:
        key = self.model.row_key(row)

        def run(book: Book) -> object:
            found = book.connection.execute(
                f'SELECT "{field}" FROM weekly WHERE project = ? AND period = ? AND removed = 0',
                (key, period),
            ).fetchone()
            return found[0] if found else None

        return ask(self.desk, run)


@pytest.fixture
def watched(desk: TestDesk) -> Watched:
    return Watched(desk).show()


@pytest.fixture
def empty_week(desk: TestDesk) -> Watched:
    return Watched(desk).show(NEXT)


def test_a_week_shows_every_project_with_findings_and_totals(watched: Watched) -> None:
    assert watched.model.rowCount() == 12
    assert watched.counts() == [0, 0, 0]
    totals = watched.model.totals()
    assert totals is not None
    assert totals[watched.at("subject.name")].text == "合计"
    assert totals[watched.at("completed_week")].text
    assert watched.model.has_all_keys()


def test_a_week_that_nobody_filled_is_there_to_be_filled(empty_week: Watched) -> None:
    assert empty_week.model.rowCount() == 12
    assert empty_week.counts()[0] == 12
    assert empty_week.cell(0, "completed_week").text == ""
    assert empty_week.cell(0, "last.completed_year").text


def test_what_is_typed_is_shown_at_once_and_then_saved(watched: Watched) -> None:
    watched.put((0, "completed_week", "1.2亿"))
    cell = watched.cell(0, "completed_week")
    assert (cell.text, cell.tone) == ("12,000", "pending")
    settle(watched.desk)
    assert watched.cell(0, "completed_week").tone != "pending"
    assert watched.stored(0, "completed_week") == 120_000_000
    assert watched.desk.warnings == []


def test_one_data_changed_for_a_block(empty_week: Watched) -> None:
    spy = QSignalSpy(empty_week.model.dataChanged)
    edits = [(row, name, "10") for row in range(12) for name in ("completed_week", "remark")]
    empty_week.put(*edits)
    assert spy.count() == 1
    top, bottom = spy.at(0)[0], spy.at(0)[1]
    assert (top.row(), bottom.row()) == (0, 11)
    assert (top.column(), bottom.column()) == (
        empty_week.at("completed_week"),
        empty_week.at("remark"),
    )


def test_the_weeks_figure_brings_the_cumulative_one(empty_week: Watched) -> None:
    last = empty_week.cell(1, "last.completed_year").text
    empty_week.put((1, "completed_week", "100"))
    settle(empty_week.desk)
    year = int(empty_week.cell(1, "completed_year").text.replace(",", ""))
    assert year == float(last.replace(",", "")) + 100
    assert empty_week.cell(1, "completion_rate").text
    assert empty_week.counts()[0] == 12  # its progress in words is still to be written


def test_findings_of_the_touched_row_follow(watched: Watched) -> None:
    stays = watched.cell(2, "completed_year").text
    watched.put((2, "completed_week", "1200"), (2, "completed_year", stays))
    settle(watched.desk)
    assert watched.cell(2, "completed_year").text == stays  # given with it, so it is kept
    assert watched.cell(2, "completed_year").tone == "must"
    assert watched.counts()[1] == 1
    watched.put((2, "completed_week", "180.75"))
    settle(watched.desk)
    assert watched.cell(2, "completed_year").tone == "plain"
    assert watched.counts()[1] == 0


def test_what_cannot_be_read_stays_with_its_reason(watched: Watched) -> None:
    before = watched.stored(0, "completed_week")
    watched.put((0, "completed_week", "两三百"))
    assert watched.refused[0][:2] == (0, watched.at("completed_week"))
    assert "读不成金额" in watched.refused[0][2]
    settle(watched.desk)
    cell = watched.cell(0, "completed_week")
    assert (cell.text, cell.tone) == ("两三百", "must")
    assert watched.stored(0, "completed_week") == before
    watched.put((0, "completed_week", "300"))
    settle(watched.desk)
    assert watched.cell(0, "completed_week").text == "300"


def test_the_good_are_written_and_the_bad_are_kept(empty_week: Watched) -> None:
    empty_week.put(
        (0, "completed_week", "12"),
        (1, "completed_week", "十几"),
        (2, "completed_week", "１４"),
        act="粘贴 3 格",
    )
    settle(empty_week.desk)
    assert empty_week.texts(0, "completed_week") == ["12"]
    assert empty_week.cell(1, "completed_week").tone == "must"
    assert empty_week.texts(2, "completed_week") == ["14"]
    assert [count for count, _, _ in empty_week.kept_red] == [1]
    assert ask(empty_week.desk, lambda book: undo.undo(book).note) == "粘贴 3 格"


def test_very_many_texts_are_read_by_the_worker(
    empty_week: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "AT_ONCE", 5)
    edits = [(row, "completed_week", f"{row * 10}") for row in range(12)]
    edits[7] = (7, "completed_week", "不详")
    empty_week.put(*edits, act="粘贴 12 格")
    settle(empty_week.desk)
    assert empty_week.texts(11, "completed_week") == ["110"]
    assert empty_week.cell(7, "completed_week").tone == "must"
    assert [count for count, _, _ in empty_week.kept_red] == [1]


def test_what_was_refused_is_still_there_after_another_week(watched: Watched) -> None:
    watched.put((0, "completed_week", "两三百"))
    settle(watched.desk)
    watched.show(NEXT)
    assert watched.cell(0, "completed_week").text == ""
    watched.show(LAST)
    assert watched.cell(0, "completed_week").text == "两三百"
    kept = watched.model.unsaved()
    assert kept[0][4] == "两三百"
    again = Watched(watched.desk)
    again.model.restore(kept)
    again.show(LAST)
    assert again.cell(0, "completed_week").tone == "must"
    again.model.give_up(again.model.row_key(0), again.at("completed_week"))
    assert again.cell(0, "completed_week").text == "801.5"


def test_undo_and_redo_of_several_acts(watched: Watched) -> None:
    desk = watched.desk
    first = watched.texts(0, "remark", "completed_week")
    watched.put((0, "remark", "一"))
    watched.put((0, "remark", "二"), (0, "completed_week", "7"))
    settle(desk)
    desk.undo()
    settle(desk)
    assert watched.texts(0, "remark", "completed_week") == ["一", first[1]]
    desk.undo()
    settle(desk)
    assert watched.texts(0, "remark", "completed_week") == first
    desk.redo()
    desk.redo()
    settle(desk)
    assert watched.texts(0, "remark", "completed_week") == ["二", "7"]


def test_undoing_the_first_cell_of_a_week_takes_the_row_away(empty_week: Watched) -> None:
    empty_week.put((0, "completed_week", "12"))
    settle(empty_week.desk)
    held = empty_week.model.contents
    assert held is not None
    assert held.rows[held.keys[0]].record
    empty_week.desk.undo()
    settle(empty_week.desk)
    assert held.rows[held.keys[0]].record == ""
    assert empty_week.counts()[0] == 12
    totals = empty_week.model.totals()
    assert totals is not None
    assert totals[empty_week.at("completed_week")].text == "0"


def test_last_week_is_carried_on_as_one_act(empty_week: Watched) -> None:
    desk = empty_week.desk
    empty_week.put((0, "physical_progress", "封顶"))
    settle(desk)
    empty_week.model.carry()
    settle(desk)
    assert empty_week.texts(0, "physical_progress") == ["封顶"]
    assert not empty_week.cell(1, "physical_progress").faint
    assert "处，可以撤销" in empty_week.said[-1]
    desk.undo()
    settle(desk)
    assert empty_week.cell(1, "physical_progress").faint
    assert empty_week.texts(0, "physical_progress") == ["封顶"]


def test_offers_of_chosen_cells_are_taken(empty_week: Watched) -> None:
    progress = empty_week.at("physical_progress")
    empty_week.model.accept([(0, progress), (1, progress), (1, empty_week.at("remark"))])
    settle(empty_week.desk)
    assert not empty_week.cell(0, "physical_progress").faint
    assert not empty_week.cell(0, "physical_progress").text.startswith("上周")
    assert empty_week.cell(2, "physical_progress").faint
    empty_week.model.accept([(1, empty_week.at("remark"))])
    assert empty_week.said[-1] == "选中的格里没有可以带入的内容。"


def test_a_submitted_week_is_closed(desk: TestDesk) -> None:
    closed = Watched(desk).show("2023-W09")
    cell = closed.cell(0, "completed_week")
    assert not cell.editable
    assert "已经上报" in cell.locked
    closed.put((0, "completed_week", "1"))
    settle(desk)
    assert desk.warnings == []
    assert closed.cell(0, "completed_week").text == cell.text


def test_a_week_submitted_meanwhile_keeps_what_was_typed(watched: Watched) -> None:
    unit = watched.desk.facts.unit

    def submit(book: Book) -> None:
        with book.batch("submit") as batch:
            batch.create("submission", {"unit": unit, "period": LAST, "contents": "{}"})

    ask(watched.desk, submit)  # nobody was told
    watched.put((0, "completed_week", "77"))
    settle(watched.desk)
    assert [type(error).__name__ for error in watched.desk.warnings] == ["WeekSubmitted"]
    cell = watched.cell(0, "completed_week")
    assert (cell.text, cell.tone) == ("77", "must")


def test_a_submission_closes_the_sheet(watched: Watched) -> None:
    unit = watched.desk.facts.unit

    def submit(book: Book) -> None:
        with book.batch("submit") as batch:
            batch.create("submission", {"unit": unit, "period": LAST, "contents": "{}"})

    watched.desk.write(watched.desk, "上报", submit)
    settle(watched.desk)
    assert not watched.cell(0, "completed_week").editable


def test_a_new_project_appears_and_a_renamed_one_is_renamed(watched: Watched) -> None:
    unit = watched.desk.facts.unit
    key = watched.model.row_key(3)

    def add(book: Book) -> str:
        with book.batch("create") as batch:
            batch.change("project", key, {"name": "改了名的项目"})
            fields = {"unit": unit, "state": "在建", "total_investment": 1}
            return batch.create("project", {"name": "新来的项目", **fields})

    watched.desk.write(watched.desk, "新增", add)
    settle(watched.desk)
    names = [watched.cell(row, "subject.name").text for row in range(13)]
    assert {"新来的项目", "改了名的项目"} <= set(names)
    assert watched.model.row_key(names.index("改了名的项目")) == key


def test_asleep_changes_wait_until_somebody_looks(watched: Watched) -> None:
    key = watched.model.row_key(0)

    def change(book: Book) -> None:
        with book.batch("change") as batch:
            batch.create("weekly", {"project": key, "period": LAST, "remark": "别处写的"})

    watched.model.set_awake(False)
    watched.desk.write(watched.desk, "修改", change)
    settle(watched.desk)
    assert watched.cell(0, "remark").text == ""
    watched.model.set_awake(True)
    settle(watched.desk)
    assert watched.cell(0, "remark").text == "别处写的"


def test_typing_while_the_rows_are_filtered(watched: Watched) -> None:
    name = watched.cell(4, "subject.name").text
    key = watched.model.row_key(4)
    watched.model.ask(Asked(text=name))  # on its way
    watched.put((4, "remark", "正在筛选时写的"))
    settle(watched.desk)
    assert watched.model.rowCount() == 1
    assert watched.model.row_key(0) == key
    assert watched.cell(0, "remark").text == "正在筛选时写的"
    assert watched.cell(0, "remark").tone == "plain"


def test_totals_are_of_the_shown_rows(watched: Watched) -> None:
    whole = watched.model.totals()
    watched.model.ask(Asked(text=watched.cell(4, "subject.name").text))
    settle(watched.desk)
    one = watched.model.totals()
    assert whole is not None
    assert one is not None
    at = watched.at("completed_week")
    assert one[at].text == watched.cell(0, "completed_week").text
    assert whole[at].text != one[at].text


def test_a_long_sheet_comes_piece_by_piece(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SCREEN", 5)
    monkeypatch.setattr(opening, "PAGE", 3)
    watched = Watched(desk)
    inserted = QSignalSpy(watched.model.rowsInserted)
    first: list[int] = []
    watched.model.arrived.connect(lambda: first.append(watched.model.rowCount()))
    watched.model.show("weekly", LAST)
    settle(desk)
    settle(desk)
    assert first == [5]
    assert inserted.count() == 1
    assert watched.model.rowCount() == 12
    assert "…" not in [watched.cell(row, "subject.name").text for row in range(12)]


def test_a_very_long_sheet_is_read_where_it_is_looked_at(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SCREEN", 4)
    monkeypatch.setattr(opening, "PAGE", 4)
    monkeypatch.setattr(reading, "LARGE", 6)
    watched = Watched(desk).show()
    assert watched.model.large
    held = watched.model.contents
    assert held is not None
    assert not held.checked  # a week of very many projects is checked when asked
    held.rows = {key: row for key, row in held.rows.items() if held.row_of(key) < 4}
    held.redraw(held.keys)
    assert watched.model.is_empty(11, 0) is False
    assert watched.cell(11, "subject.name").text == "…"
    settle(desk)
    assert watched.cell(11, "subject.name").text not in ("", "…")
    stays = watched.cell(11, "completed_year").text
    watched.put((11, "completed_week", "9999"), (11, "completed_year", stays))
    settle(desk)
    assert watched.cell(11, "completed_year").tone == "must"


def test_lists_and_other_ledgers_are_sheets_too(district_desk: TestDesk) -> None:
    watched = Watched(district_desk)
    for register in ("problem", "target", "project", "supervision", "milestone", "meeting"):
        watched.show("", register)
        assert watched.model.rowCount() == ask(district_desk, partial(_present, register))


def test_a_list_is_written_in_place(desk: TestDesk) -> None:
    watched = Watched(desk).show("", "problem")
    watched.put((0, "state", "已解决"), (0, "due", "2023.4.10"))
    settle(desk)
    assert watched.texts(0, "state", "due") == ["已解决", "2023-04-10"]
    watched.put((0, "state", "没有这种状态"))
    assert "应为其中之一" in watched.refused[-1][2]


def test_links_are_chosen_by_name(district_desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(district_desk).show("", "project")
    units = watched.model.suggest(0, watched.at("unit"))
    assert len(units) == 3
    was = watched.cell(0, "unit").text
    other = next(unit for unit in units if unit not in (was, district_desk.facts.unit_short))
    watched.put((0, "unit", other))
    assert watched.cell(0, "unit").tone == "pending"
    settle(district_desk)
    assert watched.cell(0, "unit").text == other
    watched.put((0, "unit", "没有的单位"))
    settle(district_desk)
    assert watched.cell(0, "unit").tone == "must"
    decisions = Watched(district_desk).show("", "decision")
    at = decisions.at("subject_project")
    assert len(decisions.model.suggest(0, at)) == 24
    monkeypatch.setattr(loading, "MOST_LABELS", 3)
    decisions.show("", "decision")
    assert decisions.model.suggest(0, at) == ()


def test_a_district_sees_the_rows_of_all_units(district_desk: TestDesk) -> None:
    watched = Watched(district_desk).show()
    assert watched.model.rowCount() == 24
    assert watched.at("subject.unit") == 0
    units = [watched.cell(row, "subject.unit").text for row in range(24)]
    assert units == sorted(units, key=units.index)
    assert len(set(units)) == 2


def _present(register: str, book: Book) -> int:
    counted = book.connection.execute(f'SELECT count(*) FROM "{register}" WHERE removed = 0')
    return int(counted.fetchone()[0])
