"""Indicators of a week: figures worked out by hand, sums that agree, definitions refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ledger import periods
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.dispatch import NotAWeek, consolidates
from desktop.ledger.indicators import NoSuchDimension, Row, indicators_of
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import WEEK, W, district

PROGRESS = Fraction(61, 365)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The district, only read."""
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Book]:
    """The district, to be written in."""
    opened, _ = district(tmp_path / "district.yzb")
    with opened:
        yield opened


@contextmanager
def by(book: Book, **changed: str) -> Iterator[None]:
    """Within, ``book`` is read by the shipped scheme with some files changed."""
    book.use(schemes.parse(texts(**changed)))
    try:
        yield
    finally:
        book.use(books.shipped())


def only(rows: list[Row], title: str) -> Row:
    [row] = [row for row in rows if row.title == title]
    return row


def figures(row: Row, *names: str) -> tuple[Any, ...]:
    return tuple(row.values[name] for name in names)


def test_the_whole_district(book: Book) -> None:
    [row] = indicators_of(book, WEEK, "all")
    assert (row.by, row.key) == ("all", None)
    assert row.values == {
        "projects": 5,
        "annual_plan": 7150 * W,
        "completed_week": 120 * W,
        "completed_year": 1580 * W,
        "completion_rate": Fraction(1580, 7150),
        "schedule_progress": PROGRESS,
        "gap": (Fraction(1580, 7150) - PROGRESS) * 100,
        "unplanned": 1,
        "unreported": 1,
        "planned_starts": 2,
        "started": 1,
        "start_rate": Fraction(1, 2),
        "finishes_due": 1,
        "finished_on_time": 1,
        "on_time_finish_rate": Fraction(1),
        "stopped": 1,
        "problems": 3,
        "problems_closed": 1,
        "problems_open": 2,
        "problems_overdue": 1,
        "close_out_rate": Fraction(1, 3),
        "milestones_due": 2,
        "milestones_on_time": 1,
        "milestone_rate": Fraction(1, 2),
    }


def test_by_unit_in_the_books_order_without_units_that_have_no_projects(book: Book) -> None:
    rows = indicators_of(book, WEEK)
    names = ("projects", "annual_plan", "completed_week", "completed_year", "unreported")
    assert [(row.title, *figures(row, *names)) for row in rows] == [
        ("大刘镇", 2, 4650 * W, 110 * W, 610 * W, 1),
        ("空冢郭镇", 2, 2000 * W, 10 * W, 950 * W, 0),
        ("阴阳赵镇", 1, 500 * W, 0, 20 * W, 0),
    ]


def test_a_project_exactly_on_schedule_has_no_gap(book: Book) -> None:
    row = only(indicators_of(book, WEEK, "project"), "甲")
    assert figures(row, "completion_rate", "gap") == (PROGRESS, 0)
    assert row.share("gap") == 0
    assert row.amount("completed_year") == 610 * W


def test_a_project_that_did_not_report_keeps_its_latest_figures_of_the_year(book: Book) -> None:
    row = only(indicators_of(book, "2023-W11", "project"), "丁")
    assert figures(row, "completed_week", "completed_year", "unreported") == (None, 900 * W, 0)
    row = only(indicators_of(book, "2023-W11", "project"), "甲")
    assert figures(row, "completed_week", "completed_year", "unreported") == (None, 700 * W, 1)
    row = only(indicators_of(book, "2024-W01", "project"), "甲")
    assert figures(row, "completed_week", "completed_year") == (None, 0)


def test_a_row_without_the_cumulative_figure_does_not_hide_the_one_before(written: Book) -> None:
    project = only(indicators_of(written, WEEK, "project"), "甲").key
    with written.batch("change") as batch:
        batch.create("weekly", {"project": project, "period": WEEK, "completed_year": None})
    row = only(indicators_of(written, WEEK, "project"), "甲")
    assert figures(row, "completed_week", "completed_year") == (110 * W, 500 * W)


def test_a_project_without_a_plan_has_no_rate(book: Book) -> None:
    row = only(indicators_of(book, WEEK, "project"), "丙")
    names = ("annual_plan", "completion_rate", "gap", "unplanned")
    assert figures(row, *names) == (None, None, None, 1)
    assert row.share("gap") is None
    assert row.amount("annual_plan") == 0


def test_a_project_counts_in_each_of_its_categories(book: Book) -> None:
    rows = indicators_of(book, WEEK, "category")
    names = ("projects", "annual_plan", "completed_year", "problems")
    assert [(row.title, row.key, *figures(row, *names)) for row in rows] == [
        ("工业", "工业", 3, 5150 * W, 630 * W, 2),
        ("服务业", "服务业", 1, 3650 * W, 610 * W, 2),
        ("交通", "交通", 1, None, 50 * W, 1),
        ("未填", None, 1, 2000 * W, 900 * W, 0),
    ]


def test_by_level_under_the_code_lists_titles(book: Book) -> None:
    rows = indicators_of(book, WEEK, "level")
    assert [(row.title, row.amount("projects")) for row in rows] == [
        ("省重点项目", 1),
        ("市重点项目", 1),
        ("区重点项目", 2),
        ("一般项目", 1),
    ]


def test_a_week_before_the_first_report_knows_only_projects_that_never_reported_later(
    written: Book,
) -> None:
    [row] = indicators_of(written, "2023-W01", "all")
    assert row.amount("projects") == 1  # 甲 reported in 2022 already
    with written.batch("create") as batch:
        unit = written.rows("unit")[0]["record"]
        fields = {"name": "辛", "unit": unit, "state": "前期", "total_investment": W}
        batch.create("project", fields)
    [row] = indicators_of(written, "2023-W01", "all")
    assert row.amount("projects") == 2


def test_an_empty_book_has_one_row_of_all_and_no_groups(tmp_path: Path) -> None:
    with books.found(tmp_path / "empty.yzb") as book:
        [row] = indicators_of(book, WEEK, "all")
        assert figures(row, "projects", "annual_plan", "completed_week", "gap") == (
            0,
            None,
            None,
            None,
        )
        assert row.share("schedule_progress") == PROGRESS
        for by in ("project", "unit", "category", "level"):
            assert indicators_of(book, WEEK, by) == []


def test_a_problem_counts_as_it_stood_on_the_weeks_last_day(book: Book) -> None:
    names = ("problems", "problems_closed", "problems_open")
    assert figures(indicators_of(book, "2023-W10", "all")[0], *names) == (4, 2, 2)
    assert figures(indicators_of(book, "2023-W08", "all")[0], *names) == (1, 1, 0)


def test_a_removed_item_counts_no_more_and_a_closed_one_needs_no_date(written: Book) -> None:
    problems = {row["problem"]: row["record"] for row in written.rows("problem")}
    with written.batch("change") as batch:
        batch.remove("problem", problems["供电未接入"])
        batch.change("problem", problems["土地未征收"], {"state": "已销号"})
    [row] = indicators_of(written, WEEK, "all")
    assert figures(row, "problems", "problems_closed", "problems_open") == (2, 1, 1)


def test_what_is_no_week_or_no_dimension_is_refused(book: Book) -> None:
    with pytest.raises(NotAWeek) as refused:
        indicators_of(book, "2023-02")
    assert "2023年2月不是一周" in refused.value.sentence
    with pytest.raises(NoSuchDimension) as unknown:
        indicators_of(book, WEEK, "colour")
    assert "category（类别）" in unknown.value.advice
    assert indicators_of(book, periods.parse_period(WEEK)) == indicators_of(book, WEEK)


def test_only_a_unit_that_reports_itself_does_not_consolidate(tmp_path: Path, book: Book) -> None:
    assert consolidates(book)
    with books.found(tmp_path / "t.yzb", "大刘镇", level="township", under="源汇区") as township:
        assert not consolidates(township)


# Any book -----------------------------------------------------------------------------------

Project = dict[str, Any]
amounts = st.integers(-(10**12), 10**12)
weeks = st.dictionaries(
    st.sampled_from(["2022-W52", "2023-W01", "2023-W08", "2023-W09", "2023-W10"]),
    st.tuples(st.none() | amounts, st.none() | amounts, st.booleans()),
)
projects = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(["一", "二", None]),
            "level": st.sampled_from(["省", "市", None]),
            "categories": st.sampled_from([(), ("工业",), ("工业", "交通"), ("能源", "交通")]),
            "annual_plan": st.none() | st.integers(0, 10**13),
            "removed": st.booleans(),
            "weeks": weeks,
        }
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("bare")
    with books.found(folder / "bare.yzb", profile=folder / "profile") as book:
        yield book


def expected(
    made: list[Project], by: str
) -> dict[str | None, tuple[int, int | None, int | None, int]]:
    """Projects, plan, this week and this year by group, in plain Python."""
    groups: dict[str | None, list[Project]] = {}
    for project in made:
        present = {period: row for period, row in project["weeks"].items() if not row[2]}
        if project["removed"] or (project["weeks"] and min(project["weeks"]) > WEEK):
            continue
        years = [
            present[period][1]
            for period in sorted(present)
            if "2023-W01" <= period <= WEEK and present[period][1] is not None
        ]
        fields = {
            **project,
            "week": present.get(WEEK, (None,))[0],
            "year": years[-1] if years else 0,
        }
        keys = project["categories"] or (None,) if by == "category" else (project.get(by),)
        for key in keys:
            groups.setdefault(key, []).append(fields)
    return {
        key: (
            len(members),
            added([one["annual_plan"] for one in members]),
            added([one["week"] for one in members]),
            sum(one["year"] for one in members),
        )
        for key, members in groups.items()
    }


def added(values: list[int | None]) -> int | None:
    given = [value for value in values if value is not None]
    return sum(given) if given else None


def fill(book: Book, made: list[Project]) -> None:
    """Put the projects straight into the tables."""
    execute = book.connection.execute
    for number, project in enumerate(made):
        categories = json.dumps(project["categories"], ensure_ascii=False)
        execute(
            "INSERT INTO project (record, name, unit, level, categories, state, annual_plan, heads,"
            " conflicts, removed) VALUES (?, ?, ?, ?, ?, '在建', ?, '', 0, ?)",
            (
                str(number),
                f"项目{number}",
                project["unit"],
                project["level"],
                categories if project["categories"] else None,
                project["annual_plan"],
                int(project["removed"]),
            ),
        )
        for period, (week, year, removed) in project["weeks"].items():
            execute(
                "INSERT INTO weekly (record, project, period, completed_week, completed_year,"
                " heads, conflicts, removed) VALUES (?, ?, ?, ?, ?, '', 0, ?)",
                (f"{number}{period}", str(number), period, week, year, int(removed)),
            )


@given(made=projects)
@settings(max_examples=60)
def test_every_grouping_is_what_plain_counting_gives(bare: Book, made: list[Project]) -> None:
    bare.connection.execute("BEGIN")
    try:
        fill(bare, made)
        names = ("projects", "annual_plan", "completed_week", "completed_year")
        [whole] = indicators_of(bare, WEEK, "all")
        for by in ("project", "unit", "level", "category"):
            rows = indicators_of(bare, WEEK, by)
            if by != "project":
                assert {row.key: figures(row, *names) for row in rows} == expected(made, by)
            if by != "category":
                for name in names:
                    assert sum(row.amount(name) for row in rows) == whole.amount(name)
            for row in rows:
                plan, year = row.amount("annual_plan"), row.amount("completed_year")
                rate = Fraction(year, plan) if plan else None
                assert row.share("completion_rate") == rate
                assert row.share("gap") == (None if rate is None else (rate - PROGRESS) * 100)
    finally:
        bare.connection.execute("ROLLBACK")


# Definitions --------------------------------------------------------------------------------

SHIPPED = texts()["indicators.toml"]


def with_indicator(**keys: str) -> str:
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    return SHIPPED + '\n[[indicator]]\nname = "more"\ntitle = "更多"\n' + "\n".join(lines) + "\n"


def test_a_new_indicator_needs_no_python(written: Book) -> None:
    text = with_indicator(of="sponsor", count="role = '包联领导' AND subject.state = '在建'")
    text += '\n[[dimension]]\nname = "nature"\ntitle = "性质"\nby = "nature"\n'
    with written.batch("create") as batch:
        for row in written.rows("project"):
            if row["name"] in ("甲", "戊"):
                fields = {"project": row["record"], "person": "王书记", "role": "包联领导"}
                batch.create("sponsor", fields)
    with by(written, indicators=text):
        [found] = indicators_of(written, WEEK, "nature")
        assert (found.title, found.amount("more")) == ("未填", 1)


@pytest.mark.parametrize(
    ("keys", "key", "reason"),
    [
        ({"count": "1", "sum": "1"}, "indicator.more", "只写明一种"),
        ({}, "indicator.more", "只写明一种"),
        ({"part": "projects"}, "indicator.more", "只写明一种"),
        ({"part": "projects", "whole": "nowhere"}, "indicator.more", "nowhere"),
        ({"part": "projects", "whole": "gap"}, "indicator.more", "gap"),
        ({"of_rate": "projects", "against": "gap"}, "indicator.more", "projects"),
        ({"calendar": "moon"}, "indicator.more.calendar", "不能取值"),
        ({"of": "unit", "count": "1"}, "indicator.more", "of 应是"),
        ({"of": "nothing", "count": "1"}, "indicator.more", "of 应是"),
        ({"of": "problem", "part": "projects", "whole": "projects"}, "indicator.more", "of 只用于"),
        ({"count": "1", "colour": "red"}, "indicator.more", "colour"),
        ({"count": "nowhere = 1"}, "indicator.more", "没有栏目“nowhere”"),
        ({"count": "subject.name = 1"}, "indicator.more", "subject"),
        ({"count": "name = :today"}, "indicator.more", ":today"),
        ({"count": "1; DROP TABLE project"}, "indicator.more", "分号"),
        ({"count": "load_extension('x')"}, "indicator.more", "不允许"),
        ({"sum": "1), (2"}, "indicator.more", "括号"),
        ({"sum": "annual_plan * 0.5"}, "indicator.more", "整数"),
        ({"sum": "9223372036854775807"}, "indicator.more", "overflow"),
    ],
)
def test_a_malformed_indicator_is_refused_with_file_key_and_reason(
    book: Book, keys: dict[str, str], key: str, reason: str
) -> None:
    text = with_indicator(**keys)
    with by(book, indicators=text), pytest.raises(MalformedScheme) as refused:
        indicators_of(book, WEEK)
    assert (refused.value.file, refused.value.key) == ("indicators.toml", key)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "projects"', 'name = "Projects"', "indicator.Projects"),
        ('name = "annual_plan"', 'name = "projects"', "indicator.projects"),
        ('by = "categories"', 'by = "colours"', "dimension.category.by"),
        ('name = "unit"', 'name = "project"', "dimension.project"),
        ('cumulative = "completed_year"', 'cumulative = "completion_rate"', "scope.cumulative"),
        ("actual_finish IS NULL OR", "finished IS NULL OR", "scope.dispatched"),
        ("[scope]", "[scoop]", ""),
        ('title = "单位"', "", "dimension.unit"),
    ],
)
def test_a_malformed_file_is_refused(book: Book, old: str, new: str, key: str) -> None:
    assert old in SHIPPED
    text = SHIPPED.replace(old, new, 1)
    with by(book, indicators=text), pytest.raises(MalformedScheme) as refused:
        indicators_of(book, WEEK)
    assert (refused.value.file, refused.value.key) == ("indicators.toml", key)


def test_a_scheme_without_indicators_says_so(tmp_path: Path) -> None:
    files = texts()
    del files["indicators.toml"]
    with pytest.raises(MalformedScheme, match="没有这个文件"):  # The presets compare with them.
        books.found(tmp_path / "refused.yzb", scheme=schemes.parse(files))
    assert not (tmp_path / "refused.yzb").exists()
    del files["presets.toml"]
    with (
        books.found(tmp_path / "bare.yzb", scheme=schemes.parse(files)) as book,
        pytest.raises(MalformedScheme, match="没有这个文件"),
    ):
        indicators_of(book, WEEK)
