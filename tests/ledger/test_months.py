"""Months by project, unit and category, against figures worked out by hand (months_book)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import months, presets
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.months import Comparison, GroupMonth, ProjectMonth
from desktop.ledger.months_reading import NoMonths, projects_of, trend
from desktop.ledger.periods import Period, parse_period
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.district import W
from tests.ledger.months_book import MONTH, months_book

FEBRUARY = parse_period(MONTH)
MayBe = st.none() | st.integers(-(10**12), 10**12)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("months")
    book, made = months_book(folder / "a.yzb", profile=folder / "profile")
    with book:
        yield book, made


@pytest.fixture
def book(opened: tuple[Book, dict[str, str]]) -> Book:
    opened[0].use(books.shipped())
    return opened[0]


def by_name(book: Book, month: Period = FEBRUARY) -> dict[str, ProjectMonth]:
    return {one.name: one for one in projects_of(book, month)}


def test_the_projects_of_a_month(book: Book) -> None:
    found = by_name(book)
    assert list(found) == ["乙", "甲", "丁", "丙", "戊"]  # By unit, then by name; 己 庚 are not in.
    assert (found["甲"].planned, found["甲"].year) == (300 * W, 480 * W)
    assert (found["戊"].planned, found["戊"].year, found["戊"].filled) == (40 * W, 20 * W, False)
    assert (found["丙"].planned, found["丙"].month_rate) == (None, None)
    assert found["乙"].filled and found["乙"].year == 0
    assert all(one.due for one in found.values())


def test_a_project_that_fills_the_month_counts_before_its_first_week(book: Book) -> None:
    assert set(by_name(book, Period("month", 2023, 1))) == {"甲", "丙", "戊"}


def test_the_year_starts_anew(book: Book) -> None:
    assert by_name(book, Period("month", 2022, 12))["甲"].year == 9000 * W
    assert trend(book, projects_of(book, FEBRUARY), FEBRUARY)[0].own == 280 * W


def test_december_is_not_looked_for_in_the_next_year(tmp_path: Path) -> None:
    """December 31 of 2024 lies in week 1 of 2025, when what was finished in 2024 counts no more."""
    with books.found(tmp_path / "a.yzb") as own:
        books.project(own, "甲", actual_finish="2024-06-01")
        books.project(own, "乙", actual_finish="2023-06-01")
        found = by_name(own, Period("month", 2024, 12))
        assert {name: one.due for name, one in found.items()} == {"甲": False}


@pytest.mark.parametrize(
    ("name", "caution"), [("甲", "watched"), ("丁", "yellow"), ("丙", ""), ("戊", ""), ("乙", "")]
)
def test_cautions(book: Book, name: str, caution: str) -> None:
    assert by_name(book)[name].caution(presets.presets(book.scheme).month) == caution


@pytest.mark.parametrize(
    ("done", "caution"),
    [(59_999, "yellow"), (60_000, "watched"), (79_999, "watched"), (80_000, "")],
)
def test_a_limit_is_met_by_the_figure_itself(done: int, caution: str) -> None:
    one = ProjectMonth("p", "甲", None, (), None, 100_000, True, {"completed_month": done})
    assert one.caution(presets.MonthRules()) == caution


def test_groups(book: Book) -> None:
    members = projects_of(book, FEBRUARY)
    whole = months.group_of(members, FEBRUARY)
    assert (whole.planned, whole.completed) == (440 * W, 325 * W)
    assert whole.month_rate == Fraction(325, 440)
    assert (whole.annual_plan, whole.year) == (7150 * W, 1450 * W)
    assert whole.gap == (Fraction(1450, 7150) - Fraction(2, 12)) * 100
    assert whole.month == Comparison(285 * W, 250 * W, 3, 4)
    assert whole.to_date == Comparison(1380 * W, 1400 * W, 3, 4)
    assert whole.to_date.growth == Fraction(-20, 1400)
    by_unit = months.by_unit(members, FEBRUARY)
    assert [len(group.members) for group in by_unit] == [2, 2, 1]
    assert by_unit[2].month == Comparison(0, None, 0, 0)
    assert by_unit[2].completed is None
    categories = months.by_category(book.scheme, members, FEBRUARY)
    assert [(group.key, len(group.members)) for group in categories] == [
        ("工业", 3),
        ("服务业", 1),
        ("交通", 1),
        (None, 1),
    ]


def test_ranks_and_who_has_none(book: Book, opened: tuple[Book, dict[str, str]]) -> None:
    groups = months.by_unit(projects_of(book, FEBRUARY), FEBRUARY)
    names = {record: name for name, record in opened[1].items()}
    found = months.ranked(book.scheme, groups)
    assert [(one.rank, names[str(one.group.key)]) for one in found] == [
        (1, "空冢郭镇"),
        (2, "大刘镇"),
        (3, "阴阳赵镇"),
    ]
    text = book.scheme.texts["presets.toml"]
    by_growth = text.replace('ranking = "completion_rate"', 'ranking = "growth"')
    from desktop.ledger import scheme as schemes

    other = schemes.parse(books.texts(presets=by_growth))
    assert [(one.rank, names[str(one.group.key)]) for one in months.ranked(other, groups)] == [
        (1, "大刘镇"),
        (2, "空冢郭镇"),
        (None, "阴阳赵镇"),
    ]


def test_the_trend(book: Book) -> None:
    points = trend(book, projects_of(book, FEBRUARY), FEBRUARY)
    assert [(one.own, one.rate) for one in points] == [
        (280 * W, Fraction(280, 7150)),
        (325 * W, Fraction(1450, 7150)),  # 戊 keeps what it had reached.
    ]


@pytest.mark.parametrize(
    ("before", "growth"), [(None, None), (0, None), (-5, None), (200, Fraction(-1, 2))]
)
def test_growth_has_a_base_or_none(before: int | None, growth: Fraction | None) -> None:
    assert Comparison(100, before, 1, 1).growth == growth


@given(st.lists(st.tuples(MayBe, MayBe), max_size=8))
def test_like_is_compared_with_like(figures: list[tuple[int | None, int | None]]) -> None:
    members = tuple(
        ProjectMonth(
            str(at), "", None, (), None, None, True,
            {"completed_month": now, "last_year_month": before},
        )
        for at, (now, before) in enumerate(figures)
    )  # fmt: skip
    found = GroupMonth(None, members, Fraction(1, 12)).month
    both = [(now, last) for now, last in figures if now is not None and last is not None]
    assert found.now == sum(now for now, _ in both)
    of = sum(now is not None for now, _ in figures)
    before = sum(last for _, last in both)
    known = both and (before > 0 or len(both) == of)
    assert found.before == (before if known else None)
    assert (found.many, found.of) == (len(both), of)


def test_an_older_scheme_has_no_months(book: Book) -> None:
    from desktop.ledger import scheme as schemes

    gone = ("registers/monthly.toml",)
    kept = {name: text for name, text in books.texts().items() if name not in gone}
    checks = kept["checks.toml"].split("# ── 月调度台账")[0]
    ledgers = kept["ledgers.toml"].split("[monthly]")[0]
    book.use(schemes.parse({**kept, "checks.toml": checks, "ledgers.toml": ledgers}))
    with pytest.raises(NoMonths, match="没有月调度台账"):
        projects_of(book, FEBRUARY)


def test_months_of_the_presets_are_examined() -> None:
    from desktop.ledger import scheme as schemes

    text = books.texts()["presets.toml"].replace("yellow = 60", "yellow = 81")
    with pytest.raises(MalformedScheme, match=r"month\.yellow"):
        presets.presets(schemes.parse(books.texts(presets=text)))


def test_titles_of_cumulative_months() -> None:
    assert months.to_date(Period("month", 2023, 1)) == "2023年1月"
    assert months.to_date(Period("month", 2023, 11)) == "2023年1—11月"
