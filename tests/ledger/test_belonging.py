"""A project that moved away stays readable in the book that had it, and is no work there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import (
    audience,
    belonging,
    checks,
    cycle,
    history,
    indicators,
    merging,
    standing,
    tables,
    verify,
    workspace,
)
from desktop.ledger.dispatch import latest_rows
from desktop.ledger.entry import AUTHORED
from desktop.ledger.periods import parse_period
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book
from desktop.reports import weekly
from desktop.reports.ledger_content import ledger_paper
from desktop.sheets.writing import registers as write
from tests.ledger import books
from tests.ledger.books import WEEK, change, clean, send

BEFORE = "2023-W08"
ON = date(2023, 3, 2)


class Offices:
    """A district, two townships and a department, each with its own book.

    甲 and 乙 are 大刘镇's, 丙 is 问十乡's; both weeks are filled. Each project has a problem, and
    that of 丙 names 大刘镇.
    """

    def __init__(self, folder: Path) -> None:
        self.district = books.found(folder / "区.yzb", profile=folder / "区")
        self.units: dict[str, str] = {}
        self.projects: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        with self.district.batch("create") as batch:
            for name, level in (
                ("大刘镇", "township"),
                ("问十乡", "township"),
                ("区工信局", "department"),
            ):
                given = {"name": name, "level": level, "above": self.district.unit}
                self.units[name] = batch.create("unit", {**given, "aliases": name[:3]})
            for name, unit, responsible in (
                ("甲", "大刘镇", "区工信局"),
                ("乙", "大刘镇", "区工信局"),
                ("丙", "问十乡", "区工信局、大刘镇"),
            ):
                self._project(batch, name, self.units[unit], responsible)
        self.books = {
            name: workspace.create_from(
                folder / f"{name}.yzb",
                audience.entries(self.district, unit),
                unit,
                package="first",
                profile=folder / name,
            )
            for name, unit in self.units.items()
        }

    def _project(self, batch: Any, name: str, unit: str, responsible: str) -> None:
        fields = {"name": name, "unit": unit, "state": "在建", "level": "区", "nature": "新建"}
        self.projects[name] = batch.create(
            "project",
            {
                **fields,
                "stage": "推进建设",
                "content": "建设内容",
                "place": "镇区",
                "responsible_person": "王五",
                "phone": "13800000000",
                "categories": ["工业"],
                "total_investment": 200_000_000,
                "annual_plan": 100_000_000,
                "planned_start": "2023-01-01",
                "actual_start": "2023-01-05",
            },
        )
        for period, done in ((BEFORE, 1_000_000), (WEEK, 2_000_000)):
            figures = {"completed_year": done, "completed_total": done}
            said = {"physical_progress": f"{name}{period}施工", "next_plan": "继续施工"}
            row = {"project": self.projects[name], "period": period, **figures, **said}
            batch.create("weekly", {**row, "completed_week": 1_000_000})
        self.problems[name] = batch.create(
            "problem",
            {
                "project": self.projects[name],
                "problem": f"{name}的问题",
                "responsible_unit": responsible,
                "found_on": "2023-02-20",
                "due": "2023-03-01",
                "state": "整改中",
            },
        )

    def submit(self, period: str) -> None:
        for name in ("大刘镇", "问十乡"):
            cycle.submit(self.books[name], period, ON)
        self.up()

    def up(self) -> None:
        for book in self.books.values():
            entries = audience.entries(book, self.district.unit)
            merging.receive(self.district, entries, "report")

    def down(self) -> None:
        for name, book in self.books.items():
            entries = audience.entries(self.district, self.units[name])
            merging.receive(book, entries, "task")

    def move(self, project: str, unit: str) -> None:
        change(self.district, "project", self.projects[project], unit=self.units[unit])
        self.down()

    def close(self) -> None:
        for book in (self.district, *self.books.values()):
            book.close()


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = Offices(tmp_path)
    yield made
    made.close()


def ours(store: Store, register: str) -> set[str]:
    return {row["record"] for row in store.rows(register, ours=True)}


def names(offices: Offices, found: set[str]) -> set[str]:
    called = [*offices.projects.items(), *offices.problems.items()]
    return {name for name, record in called if record in found}


def read(book: Book, offices: Offices) -> dict[str, set[str]]:
    """By reading of the weekly work and the papers, the projects that stand in it."""
    subjects = {
        "checks": {one.subject for one in checks.check_period(book, WEEK)},
        "indicators": {str(row.key) for row in indicators.indicators_of(book, WEEK, "project")},
        "latest": set(latest_rows(book, parse_period(WEEK))),
        "standing": {one.project for one in standing.standing_of(book, WEEK)},
        "weeks": {row["project"] for row in book.rows("weekly", WEEK, ours=True)},
        "projects": ours(book, "project"),
    }
    found = {name: names(offices, records) for name, records in subjects.items()}
    pages = {
        "sheet": [
            write.register_sheet(book, "weekly", WEEK),
            write.register_sheet(book, "project"),
        ],
        "paper": [ledger_paper(book, "weekly", WEEK), ledger_paper(book, "project")],
        "report": [weekly.weekly_paper(book, WEEK)],
    }
    for name, papers in pages.items():
        text = repr(papers)
        found[name] = {called for called in offices.projects if f"'{called}'" in text}
    return found


READINGS = (
    "checks", "indicators", "latest", "standing", "weeks", "projects", "sheet", "paper", "report",
)  # fmt: skip


def each(projects: set[str]) -> dict[str, set[str]]:
    """These projects in every reading."""
    return dict.fromkeys(READINGS, projects)


def spoil_figures(book: Store, offices: Offices) -> None:
    """Every project of the book gets a figure that the checks find, so that each is told."""
    for row in book.rows("weekly", WEEK):
        change(book, "weekly", row["record"], completed_year=1)


def test_before_and_after_a_move(offices: Offices) -> None:
    had, has = offices.books["大刘镇"], offices.books["问十乡"]
    for book in (had, has):
        spoil_figures(book, offices)
    assert read(had, offices) == each({"甲", "乙"})
    assert read(has, offices) == each({"丙"})
    offices.up()
    offices.move("甲", "问十乡")
    assert read(had, offices) == each({"乙"})
    assert read(has, offices) == each({"甲", "丙"})
    assert read(offices.district, offices)["projects"] == {"甲", "乙", "丙"}
    for book in (had, has, offices.district):
        assert clean(book)


def test_what_moved_away_stays_readable(offices: Offices) -> None:
    offices.move("甲", "问十乡")
    book, project = offices.books["大刘镇"], offices.projects["甲"]
    weeks = {row["period"] for row in book.rows("weekly") if row["project"] == project}
    assert weeks == {BEFORE, WEEK}
    assert project in {row["record"] for row in book.rows("project")}
    assert history.of_record(book, "project", project)[-1].new == offices.units["问十乡"]


def test_a_moved_project_keeps_no_week_from_being_submitted(offices: Offices) -> None:
    """Neither its gaps nor its doubtful figures are the township's, nor is it in what is sent."""
    book, project = offices.books["大刘镇"], offices.projects["甲"]
    row = next(r for r in book.rows("weekly", WEEK) if r["project"] == project)
    change(book, "weekly", row["record"], physical_progress=None)
    offices.up()
    with pytest.raises(cycle.Blocked):
        cycle.submit(book, WEEK, ON)
    assert checks.check_record(book, "weekly", row["record"])
    offices.move("甲", "问十乡")
    assert not checks.check_record(book, "weekly", row["record"])
    assert row["record"] not in cycle.contents(book, book.unit, WEEK)
    cycle.submit(book, WEEK, ON)
    assert cycle.submission(book, book.unit, WEEK).state == "已上报"


def test_status_counts_what_is_the_books_work(offices: Offices) -> None:
    def counted(book: Store) -> tuple[int, int]:
        status = cycle.status(book)
        return status.projects, status.open_items

    had, has = offices.books["大刘镇"], offices.books["问十乡"]
    assert [counted(one) for one in (had, has, offices.district)] == [(2, 3), (1, 1), (3, 3)]
    offices.move("甲", "问十乡")
    assert [counted(one) for one in (had, has, offices.district)] == [(1, 2), (2, 2), (3, 3)]


def test_an_item_that_names_the_unit_is_its_work_wherever_the_project_is(offices: Offices) -> None:
    book = offices.books["大刘镇"]
    assert names(offices, ours(book, "problem")) == {"甲", "乙", "丙"}
    offices.move("甲", "问十乡")
    assert names(offices, ours(book, "problem")) == {"乙", "丙"}
    change(offices.district, "problem", offices.problems["甲"], responsible_unit="大刘镇")
    offices.down()
    assert names(offices, ours(book, "problem")) == {"甲", "乙", "丙"}
    assert names(offices, ours(book, "project")) == {"乙"}


def test_a_department_sees_the_items_of_other_units_projects(offices: Offices) -> None:
    book = offices.books["区工信局"]
    assert names(offices, ours(book, "problem")) == {"甲", "乙", "丙"}
    assert names(offices, ours(book, "project")) == {"甲", "乙", "丙"}
    offices.move("甲", "问十乡")
    assert names(offices, ours(book, "problem")) == {"甲", "乙", "丙"}
    assert cycle.status(book).open_items == 3


def test_a_project_comes_back_to_its_work(offices: Offices) -> None:
    offices.move("甲", "问十乡")
    offices.move("甲", "大刘镇")
    assert names(offices, ours(offices.books["大刘镇"], "project")) == {"甲", "乙"}
    assert names(offices, ours(offices.books["问十乡"], "project")) == {"丙"}


def test_weeks_that_came_along_are_no_change_after_submission(offices: Offices) -> None:
    """大刘镇 submitted them; 问十乡's submission of that week was complete."""
    offices.submit(BEFORE)
    offices.move("甲", "问十乡")
    for store in (offices.books["问十乡"], offices.district):
        for unit in ("问十乡", "大刘镇"):
            assert not cycle.submission(store, offices.units[unit], BEFORE).changed


@pytest.mark.parametrize("project", ["甲", "丙"])
def test_what_the_unit_itself_writes_later_is_a_change(
    offices: Offices, tmp_path: Path, project: str
) -> None:
    """On another PC, that knew of no submission: also in a project that came."""
    has, unit = offices.books["问十乡"], offices.units["问十乡"]
    copy = tmp_path / "另一台.yzb"
    copy.write_bytes(has.path.read_bytes())
    offices.submit(BEFORE)
    offices.move("甲", "问十乡")
    (row,) = (
        row["record"]
        for row in has.rows("weekly", BEFORE)
        if row["project"] == offices.projects[project]
    )
    with workspace.open_book(copy, profile=tmp_path / "另一台") as other:
        unsent = cycle.submission(offices.district, unit, BEFORE)
        moved = audience.entries(offices.district, unit)
        register = AUTHORED.index("register")
        merging.receive(other, [one for one in moved if one[register] != "submission"], "task")
        change(other, "weekly", row, remark="另一台电脑补记")
        send(other, has)
        for store in (has, offices.district):
            certify(store, other.replica, unit)
    assert not unsent.changed
    offices.up()
    for store in (has, offices.district):
        assert cycle.submission(store, unit, BEFORE).changed == (row,)


def certify(store: Store, replica: str, unit: str) -> None:
    """What the exchange keeps of a replica: whose it is."""
    line = "INSERT INTO certificate VALUES (?, ?, 1, '2号机', '', '')"
    store.connection.execute(line, (replica, unit))


def test_a_record_without_a_unit_is_everybodys(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "a.yzb", "大刘镇", "township", under="源汇区") as book:
        with book.batch("create") as batch:
            record = batch.create("project", {"name": "未定"})
        assert ours(book, "project") == {record}
        assert len(book.select(f'SELECT * FROM "{belonging.OTHERS}"')) == 1


def test_units_below_the_own_one_are_the_books_work(offices: Offices, tmp_path: Path) -> None:
    district, unit = offices.district, offices.units["大刘镇"]
    with district.batch("create") as batch:
        below = batch.create("unit", {"name": "某村", "level": "township", "above": unit})
    change(district, "project", offices.projects["甲"], unit=below)
    offices.down()
    book = offices.books["大刘镇"]
    assert names(offices, ours(book, "project")) == {"甲", "乙"}
    others = {row["record"] for row in book.select(f'SELECT * FROM "{belonging.OTHERS}"')}
    assert others == {district.unit, offices.units["问十乡"], offices.units["区工信局"]}


def test_every_register_has_a_condition_that_is_never_null(offices: Offices) -> None:
    for book in (offices.district, *offices.books.values()):
        for register in book.scheme.registers.values():
            condition = belonging.ours(book.scheme, register)
            rows = book.select(f'SELECT ({condition}) AS it FROM "{register.name}" AS this')
            assert {row["it"] for row in rows} <= {0, 1}


def test_the_view_is_part_of_the_structure(offices: Offices) -> None:
    book = offices.books["大刘镇"]
    book.connection.execute(f'DROP VIEW "{belonging.OTHERS}"')
    assert {one.what for one in verify.verify(book).problems} == {"structure"}
    verify.rebuild(book)
    assert clean(book)
    tables.drop(book.connection, book.scheme)
    assert not book.select("SELECT 1 FROM sqlite_master WHERE name = ?", (belonging.OTHERS,))
    tables.make(book.database, book.scheme)
    verify.rebuild(book)
    assert clean(book)
