"""Lights with their reasons, ranks, and how long it is since a date."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.indicators import Row, Value
from desktop.ledger.presets import Judging, Presets, Rule
from desktop.ledger.standing import (
    elapsed,
    judge,
    ranked_units,
    ranking,
    standing_of,
    worst,
)
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import WEEK, W, district

TODAY = date(2023, 3, 2)
BEHIND = Rule(name="behind", title="", below="gap", yellow=10, red=30, reason="低于{数}个百分点")
LATE = Rule(
    name="late", title="", since="x", every="month", yellow=1, red=3, reason="{日期}起{数}个月"
)
RULES = {"behind": BEHIND, "late": LATE}


def row(gap: Value, title: str = "甲") -> Row:
    return Row("unit", title, title, {"gap": gap})


# Judging ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "light"),
    [
        (Fraction(5), "green"),
        (Fraction(0), "green"),
        (Fraction(-999, 100), "green"),
        (Fraction(-9999999999, 1000000000), "green"),
        (Fraction(-10), "yellow"),
        (Fraction(-2999, 100), "yellow"),
        (Fraction(-30), "red"),
        (Fraction(-76), "red"),
        (None, "green"),
    ],
)
def test_the_light_changes_at_the_limit_itself(gap: Value, light: str) -> None:
    assert worst(judge(row(gap), {}, {"behind": BEHIND}, TODAY)) == light


def test_every_rule_that_gives_a_light_is_told_with_its_figures_the_worst_first() -> None:
    found = judge(row(Fraction(-108, 10)), {"late": date(2022, 12, 1)}, RULES, TODAY)
    assert [(reason.rule, reason.light, reason.sentence) for reason in found] == [
        ("late", "red", "2022年12月1日起3个月"),
        ("behind", "yellow", "低于10.8个百分点"),
    ]
    assert (found[0].figure, found[1].figure) == (3, Fraction(108, 10))
    assert worst(found) == "red"


def test_a_rule_with_one_limit_has_one_light() -> None:
    only_red = Rule(name="stop", title="", figure="x", red=1, reason="停工{数}天")
    assert judge(row(None), {"stop": 0}, {"stop": only_red}, TODAY) == ()
    [reason] = judge(row(None), {"stop": 7}, {"stop": only_red}, TODAY)
    assert (reason.light, reason.sentence) == ("red", "停工7天")


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        ("2023-02-02", "2023-03-02", 1),
        ("2023-02-03", "2023-03-02", 0),
        ("2023-01-31", "2023-02-27", 0),
        ("2023-01-31", "2023-02-28", 1),  # there is no 31st: the month's last day
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2022-12-02", "2023-03-02", 3),
        ("2022-12-03", "2023-03-02", 2),
        ("2023-03-02", "2023-03-02", 0),
        ("2023-03-03", "2023-03-02", -1),
    ],
)
def test_full_months(since: str, today: str, months: int) -> None:
    assert elapsed(date.fromisoformat(since), date.fromisoformat(today), "month") == months


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 2000))
def test_a_full_month_is_never_shorter_than_its_days(since: date, days: int) -> None:
    today = since + timedelta(days=days)
    months = elapsed(since, today, "month")
    assert elapsed(since, today, "day") == days
    assert elapsed(since, today, "week") == days // 7
    assert 28 * months <= days
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    assert date(year, month, min(since.day, last)) <= today
    # A day earlier than the next full month there is not one more.
    assert elapsed(since, today + timedelta(days=32), "month") > months


# Ranking ------------------------------------------------------------------------------------

gaps = st.lists(st.none() | st.integers(-3, 3).map(Fraction))
SETTINGS = Presets(Judging("1", "gap"), {"behind": BEHIND})


@given(gaps)
def test_equals_share_a_rank_and_units_without_a_plan_have_none(given_: list[Value]) -> None:
    rows = [row(gap, str(place)) for place, gap in enumerate(given_)]
    ranked = ranking(rows, SETTINGS, TODAY)
    assert sorted(one.row.title for one in ranked) == sorted(one.title for one in rows)
    for one in ranked:
        gap = one.row.share("gap")
        if gap is None:
            assert (one.rank, one.light) == (None, None)
            continue
        higher = sum(other is not None and other > gap for other in given_)
        assert (one.rank, one.light) == (higher + 1, "green")
    ranks = [one.rank or len(rows) + 1 for one in ranked]
    assert ranks == sorted(ranks)
    for first, second in pairwise(ranked):
        if first.rank == second.rank:  # among equals the book's order stays
            assert int(first.row.title) < int(second.row.title)


# A book -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


@pytest.fixture
def book(kept: Book) -> Book:
    """The district, only read, by the shipped scheme."""
    kept.use(books.shipped())
    return kept


def told(book: Book, week: str = WEEK) -> dict[str, tuple[str, list[str]]]:
    return {
        one.name: (one.light, [reason.sentence for reason in one.reasons])
        for one in standing_of(book, week)
    }


def test_the_district(book: Book) -> None:
    assert told(book) == {
        "丁": ("green", []),  # finished
        "丙": ("green", []),  # no plan
        "乙": ("yellow", ["低于序时进度16.7个百分点"]),
        "戊": ("red", ["2月1日起停工", "低于序时进度12.7个百分点"]),
        "甲": ("green", []),
    }
    [one] = [one for one in standing_of(book, WEEK) if one.name == "乙"]
    assert (one.project, one.row.title) == (one.row.key, "乙")
    assert one.unit == next(row["record"] for row in book.rows("unit") if row["name"] == "大刘镇")


def test_time_passes_with_the_weeks_and_not_with_the_clock(book: Book) -> None:
    later = told(book, "2023-W12")  # ends on March 23, 82 of 365 days
    assert later["甲"] == ("yellow", ["2月12日开工，已满1个月尚未入库"])
    assert later["乙"] == (
        "yellow",
        ["低于序时进度22.5个百分点", "计划2月15日开工，逾期1个月未开工"],
    )
    later = told(book, "2023-W20")  # ends on May 18
    assert later["乙"] == (
        "red",
        ["低于序时进度37.8个百分点", "计划2月15日开工，逾期3个月未开工"],
    )
    assert later["甲"][0] == "red"


def test_units_ranked_with_lights(book: Book) -> None:
    assert [(one.rank, one.light, one.row.title) for one in ranked_units(book, WEEK)] == [
        (1, "green", "空冢郭镇"),
        (2, "green", "大刘镇"),
        (3, "yellow", "阴阳赵镇"),
    ]


def weekly(book: Book, project: str, *rows: tuple[str, int, str]) -> None:
    with book.batch("change") as batch:
        for period, week, words in rows:
            fields = {"project": project, "period": period, "completed_week": week * W}
            batch.create("weekly", {**fields, "completed_year": W, "physical_progress": words})


def reason(book: Book, name: str, week: str) -> list[str]:
    [one] = [one for one in standing_of(book, week) if one.name == name]
    return [f"{found.light} {found.sentence}" for found in one.reasons]


def test_no_progress_is_no_money_and_the_same_words_in_week_after_week(tmp_path: Path) -> None:
    with books.found(tmp_path / "slow.yzb") as book:
        project = books.project(book, "慢", actual_start="2023-01-10", registered_on="2023-01-20")
        weekly(
            book,
            project,
            ("2022-W52", 0, "基础施工"),
            ("2023-W01", 5, "基础施工"),
            ("2023-W02", 0, "基础施工"),
            ("2023-W03", 0, "基础施工"),
            ("2023-W05", 0, "基础施工"),  # week 4 was not reported
            ("2023-W06", 0, "基础施工"),
            ("2023-W07", 0, "主体施工"),  # words show progress
            ("2023-W08", 0, "主体施工"),
        )
        assert reason(book, "慢", "2023-W01") == []
        assert reason(book, "慢", "2023-W02") == []
        assert reason(book, "慢", "2023-W03") == ["yellow 连续2周没有进展"]
        assert reason(book, "慢", "2023-W04") == ["yellow 连续2周没有进展"]
        assert reason(book, "慢", "2023-W06") == ["red 连续4周没有进展"]
        assert reason(book, "慢", "2023-W07") == []
        assert reason(book, "慢", "2023-W08") == []


def test_only_projects_of_5_million_yuan_are_asked_for_registration(tmp_path: Path) -> None:
    with books.found(tmp_path / "r.yzb") as book:
        started = {"actual_start": "2023-01-02"}
        books.project(book, "小", total_investment=4_999_999, **started)
        books.project(book, "大", total_investment=5_000_000, **started)
        books.project(book, "已入库", registered_on="2023-02-20", **started)
        books.project(book, "后入库", registered_on="2023-03-03", **started)
        assert reason(book, "小", WEEK) == []
        assert reason(book, "大", WEEK) == ["red 1月2日开工，已满2个月尚未入库"]
        assert reason(book, "已入库", WEEK) == []
        assert reason(book, "后入库", WEEK) == ["red 1月2日开工，已满2个月尚未入库"]


def test_a_finished_project_is_not_judged(tmp_path: Path) -> None:
    with books.found(tmp_path / "f.yzb") as book:
        for name, fields in (
            ("竣工", {"state": "竣工"}),
            ("已竣工", {"actual_finish": "2023-03-02"}),
            ("将竣工", {"actual_finish": "2023-03-03"}),
        ):
            books.project(book, name, annual_plan=W, **fields)
        assert reason(book, "竣工", WEEK) == reason(book, "已竣工", WEEK) == []
        assert reason(book, "将竣工", WEEK) == ["yellow 低于序时进度16.7个百分点"]


def test_a_stop_stands_until_works_are_resumed(tmp_path: Path) -> None:
    with books.found(tmp_path / "s.yzb") as book:
        resumed = books.project(book, "已复工")
        books.project(book, "没列清单", state="停工")
        stop = {"project": resumed, "since": "2023-02-10", "cause": "资金", "reason": "欠款"}
        with book.batch("create") as batch:
            batch.create("stopped", {**stop, "resumed_on": "2023-03-03", "state": "已复工"})
        assert reason(book, "已复工", WEEK) == ["red 2月10日起停工"]
        assert reason(book, "已复工", "2023-W10") == []
        assert reason(book, "没列清单", WEEK) == ["red 已停工，尚未列入停工项目清单"]


# Definitions --------------------------------------------------------------------------------

SHIPPED = texts()["presets.toml"]


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('below = "gap"', 'below = "gulf"', "light.behind.below", "gulf"),
        ('below = "gap"', 'below = "projects"', "light.behind.below", "projects"),
        ('ranking = "gap"', 'ranking = "rank"', "lights.ranking", "rank"),
        ('below = "gap"', 'below = "gap"\nfigure = "1"', "light.behind", "只写明一种"),
        ('below = "gap"', "", "light.behind", "只写明一种"),
        ('below = "gap"', 'below = "gap"\nevery = "week"', "light.behind.every", "every"),
        ('every = "day"\nred', 'every = "year"\nred', "light.stopped.every", "不能取值"),
        ("yellow = 10\nred = 30", "", "light.behind", "至少"),
        ("yellow = 10\nred = 30", "yellow = 30\nred = 10", "light.behind.red", "大于"),
        ("低于序时进度{数}", "低于序时进度{点}", "light.behind.reason", "{数}"),
        ("低于序时进度{数}", "低于序时进度{数", "light.behind.reason", "花括号"),
        ("低于序时进度{数}", "低于序时进度{日期}", "light.behind.reason", "{日期}"),
        ('name = "behind"', 'name = "stopped"', "light.stopped", "重名"),
        ("state IS NOT '竣工'", "status IS NOT '竣工'", "lights.judged", "没有栏目“status”"),
        ("THEN planned_start END", "THEN planned END", "light.late_start", "planned"),
        ("THEN planned_start END", "THEN 'soon' END", "light.late_start", "“soon”不是日期"),
        ("state IS '停工' AND NOT", "'x' || NOT", "light.stopped_unlisted", "不是整数"),
        ("[lights]", "[lamps]", "", "lamps"),
    ],
)
def test_malformed_presets_are_refused_with_file_key_and_reason(
    book: Book, old: str, new: str, key: str, reason: str
) -> None:
    assert old in SHIPPED
    book.use(schemes.parse(texts(presets=SHIPPED.replace(old, new, 1))))
    with pytest.raises(MalformedScheme) as refused:
        standing_of(book, WEEK)
    assert (refused.value.file, refused.value.key) == ("presets.toml", key)
    assert reason in refused.value.reason


def test_a_district_sets_its_own_limits(book: Book) -> None:
    book.use(schemes.parse(texts(presets=SHIPPED.replace("yellow = 10", "yellow = 17", 1))))
    assert told(book)["乙"] == ("green", [])
