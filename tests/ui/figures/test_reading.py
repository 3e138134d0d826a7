"""The figures of the page are the ledger's own: worked out by hand, equal to the papers'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger import workspace
from desktop.ledger.indicators import indicators_of
from desktop.ledger.workspace import Book
from desktop.reports import weekly_figures
from desktop.reports.content import Table as Printed
from desktop.reports.weekly_facts import Facts, gather
from desktop.ui.figures.reading import Line, Scope, Sheet, dimensions_of, sheet_of
from desktop.ui.figures.tabulation import Table, tabulated
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import WEEK, W, district

LAST = "2023-W10"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The district whose figures are known, only read."""
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


@pytest.fixture(params=["district.yzb", "townships/01.yzb"])
def shown(demonstration: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Book]:
    """A book of the demonstration."""
    path = tmp_path / "shown.yzb"
    path.write_bytes((demonstration / request.param).read_bytes())
    with workspace.open_book(path) as opened:
        yield opened


def line(sheet: Sheet, name: str) -> Line:
    [found] = [line for line in sheet.lines if line.name == name]
    return found


def test_a_district_looks_at_units_first(book: Book) -> None:
    names = [one.name for one in dimensions_of(book)]
    assert names == ["unit", "category", "level", "state", "project"]
    assert sheet_of(book, WEEK, Scope("")).scope == Scope("unit")


def test_units_from_the_first_rank_to_the_last(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("unit"))
    assert [(one.rank, one.name, one.row.amount("projects")) for one in sheet.lines] == [
        (1, "空冢郭镇", 2),
        (2, "大刘镇", 2),
        (3, "阴阳赵镇", 1),
    ]
    assert (sheet.title, sheet.group, sheet.apart) == ("单位", "", True)
    assert sheet.total.row.amount("annual_plan") == 7150 * W
    assert line(sheet, "大刘镇").row.amount("completed_year") == 610 * W


def test_lights_of_the_projects_in_a_group_are_counted(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("unit"))
    assert [(one.name, one.red, one.yellow) for one in sheet.lines] == [
        ("空冢郭镇", 0, 0),
        ("大刘镇", 0, 1),
        ("阴阳赵镇", 1, 0),
    ]
    assert (sheet.total.red, sheet.total.yellow) == (1, 1)


def test_a_project_of_several_categories_counts_in_each_and_once_in_the_total(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("category"))
    assert line(sheet, "工业").row.amount("projects") == 3
    assert line(sheet, "服务业").row.amount("projects") == 1
    assert sheet.total.row.amount("projects") == 5
    assert not sheet.apart
    assert line(sheet, "工业").red == 1


def test_behind_a_group_stand_its_projects_and_they_make_its_figures(book: Book) -> None:
    unit = line(sheet_of(book, WEEK, Scope("unit")), "大刘镇").key
    inside = sheet_of(book, WEEK, Scope("project", "unit", unit))
    assert [one.name for one in inside.lines] == ["甲", "乙"]
    assert (inside.title, inside.group) == ("单位", "大刘镇")
    assert inside.total.row.amount("completed_year") == 610 * W
    assert (inside.total.red, inside.total.yellow) == (0, 1)
    assert set(inside.projects) == {one.key for one in inside.lines}
    first, second = inside.lines
    assert (first.light, first.level, first.state, first.unit) == ("green", "省", "在建", "大刘镇")
    assert second.light == "yellow"
    assert [one.sentence for one in second.reasons] == ["低于序时进度16.7个百分点"]


def test_behind_a_category_stand_all_projects_that_have_it(book: Book) -> None:
    inside = sheet_of(book, WEEK, Scope("project", "category", "工业"))
    assert {one.name for one in inside.lines} == {"甲", "乙", "戊"}


def test_projects_whose_field_is_empty_are_a_group_too(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("category"))
    [empty] = [one for one in sheet.lines if one.key is None]
    inside = sheet_of(book, WEEK, Scope("project", "category", None))
    assert [one.name for one in inside.lines] == ["丁"]
    assert inside.total.row.values == empty.row.values


def test_a_group_without_projects_in_the_week_is_empty(book: Book) -> None:
    inside = sheet_of(book, WEEK, Scope("project", "unit", "nobody"))
    assert (inside.lines, inside.projects) == ((), ())
    assert inside.total.row.amount("projects") == 0
    assert inside.total.row.share("completion_rate") is None
    assert inside.total.row.share("schedule_progress") == Fraction(61, 365)


def test_what_is_remembered_of_another_scheme_shows_the_first_dimension(book: Book) -> None:
    assert sheet_of(book, WEEK, Scope("colour")).scope == Scope("unit")
    assert sheet_of(book, WEEK, Scope("project", "colour", "red")).scope == Scope("project")


def test_a_dimension_of_the_district_needs_no_python(book: Book) -> None:
    more = texts()["indicators.toml"]
    more += '\n[[dimension]]\nname = "standing"\ntitle = "进展"\nby = "state"\n'
    book.use(schemes.parse(texts(indicators=more)))
    try:
        assert ("standing", "进展") in [(one.name, one.title) for one in dimensions_of(book)]
        sheet = sheet_of(book, WEEK, Scope("standing"))
        assert line(sheet, "停工").red == 1
        inside = sheet_of(book, WEEK, Scope("project", "standing", "停工"))
        assert [one.name for one in inside.lines] == ["戊"]
    finally:
        book.use(books.shipped())


def test_groups_are_the_indicators_of_the_ledger(shown: Book) -> None:
    for dimension in dimensions_of(shown)[:-1]:
        sheet = sheet_of(shown, LAST, Scope(dimension.name))
        rows = {row.key: row for row in indicators_of(shown, LAST, dimension.name)}
        assert {one.key: one.row for one in sheet.lines} == rows
        for one in sheet.lines:
            inside = sheet_of(shown, LAST, Scope("project", dimension.name, one.key))
            assert inside.total.row == one.row
            assert len(inside.lines) == one.row.amount("projects")
            year = sum(project.row.amount("completed_year") for project in inside.lines)
            assert year == one.row.amount("completed_year")
            assert (inside.total.red, inside.total.yellow) == (one.red, one.yellow)


# Beside the papers ----------------------------------------------------------------------------


def in_wan(facts: Facts) -> Facts:
    """The papers' facts, to be printed in 万元 as the window does."""
    settings = msgspec.structs.replace(facts.words.settings, money_unit="万元")
    fixed = msgspec.structs.replace(facts.words.fixed, settings=settings)
    return replace(facts, words=msgspec.structs.replace(facts.words, fixed=fixed))


def printed(table: Printed, first: int, last: int) -> dict[str, tuple[str, ...]]:
    """Cells from the column after the name, by name."""
    return {
        row.cells[first - 1]: (*row.cells[first:last], row.light)
        for row in table.rows
        if row.kind == "row"
    }


def told(table: Table, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The window's cells under ``names``, by name."""
    places = {heading.name: place for place, heading in enumerate(table.headings)}
    return {
        row.cells[places["name"]]: (*(row.cells[places[name]] for name in names), row.light)
        for row in table.rows
    }


FIGURES = ("annual_plan", "completed_week", "completed_year", "completion_rate", "gap")


def test_units_say_what_the_weekly_report_says(demonstration: Path, tmp_path: Path) -> None:
    path = tmp_path / "district.yzb"
    path.write_bytes((demonstration / "district.yzb").read_bytes())
    with workspace.open_book(path) as opened:
        facts = in_wan(gather(opened, LAST))
        paper = weekly_figures.unit_table(facts)
        table = tabulated(sheet_of(opened, LAST, Scope("unit")), opened.scheme)
    assert told(table, ("projects", *FIGURES)) == printed(paper, 2, 8)
    assert [row.cells[0] for row in table.rows] == [row.cells[0] for row in paper.rows[:-1]]
    assert table.total.cells[3:9] == paper.rows[-1].cells[2:8]


def test_categories_say_what_the_weekly_report_says(shown: Book) -> None:
    facts = in_wan(gather(shown, LAST))
    paper = weekly_figures.category_table(facts)
    assert paper is not None
    table = tabulated(sheet_of(shown, LAST, Scope("category")), shown.scheme)
    assert {name: cells[:-1] for name, cells in told(table, ("projects", *FIGURES)).items()} == {
        name: cells[:-1] for name, cells in printed(paper, 1, 7).items()
    }
    assert table.note == paper.note


def test_projects_say_what_the_weekly_report_says(demonstration: Path, tmp_path: Path) -> None:
    path = tmp_path / "township.yzb"
    path.write_bytes((demonstration / "townships/01.yzb").read_bytes())
    with workspace.open_book(path) as opened:
        paper = weekly_figures.project_table(gather(opened, LAST))
        sheet = sheet_of(opened, LAST, Scope("project"))
        table = tabulated(sheet, opened.scheme)
    assert told(table, FIGURES) == printed(paper, 2, 7)
    assert table.total.cells[2:7] == paper.rows[-1].cells[2:7]
    assert table.total.cells[0] == paper.rows[-1].cells[0]
