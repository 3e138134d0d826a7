"""Every shipped check has a project that it finds and a near miss that it passes over."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop import paths
from desktop.ledger import checks, conditions, scheme, verify, workspace
from desktop.ledger.checks import Finding
from desktop.ledger.definitions import MalformedScheme, NoSuchRegister, Scheme
from desktop.ledger.expressions import BadExpression
from desktop.ledger.periods import NoSuchPeriod
from desktop.ledger.store import DamagedBook
from desktop.ledger.workspace import Book

WAN = 10_000
WEEK = "2023-W09"  # February 24 to March 2, 2023
TEXTS = scheme.read_texts(paths.scheme_folder("investment"))

PROJECT: Mapping[str, Any] = {
    "state": "在建",
    "total_investment": 50_000 * WAN,
    "annual_plan": 20_000 * WAN,
    "planned_start": "2022-03-01",
    "planned_finish": "2024-06-30",
    "actual_start": "2022-03-15",
}
#: A project's rows, nearest to :data:`WEEK` last.
WEEKS: Mapping[str, Mapping[str, Any]] = {
    "2023-W07": {
        "completed_week": 1_000 * WAN,
        "completed_year": 7_050 * WAN,
        "completed_total": 17_050 * WAN,
        "physical_progress": "主体施工至一层",
    },
    "2023-W08": {
        "completed_week": 1_100 * WAN,
        "completed_year": 8_150 * WAN,
        "completed_total": 18_150 * WAN,
        "physical_progress": "主体施工至二层",
    },
    WEEK: {
        "completed_week": 1_200 * WAN,
        "completed_year": 9_350 * WAN,
        "completed_total": 19_350 * WAN,
        "physical_progress": "主体施工至三层",
    },
}


class Tale(NamedTuple):
    """What a project has other than the sound one; a week of None has no row."""

    project: Mapping[str, Any] = {}
    week: Mapping[str, Any] | None = {}
    last: Mapping[str, Any] | None = {}
    last2: Mapping[str, Any] | None = {}
    lists: tuple[tuple[str, Mapping[str, Any]], ...] = ()


STOP = {"since": "2023-02-20", "cause": "资金", "reason": "资金未到位"}
PROBLEM = {"problem": "征迁未完成", "found_on": "2023-02-20"}
GONE: Mapping[str, Any] = {"last": None, "last2": None}


def week(completed: int | None, year: int | None = None, total: int | None = None) -> Any:
    """The money of a week in 万元; the cumulative figures follow from last week's if not given."""
    given = {"completed_week": completed, "completed_year": year, "completed_total": total}
    if completed is not None:
        given["completed_year"] = 8_150 + completed if year is None else year
        given["completed_total"] = 18_150 + completed if total is None else total
    return {name: None if value is None else value * WAN for name, value in given.items()}


CASES: Mapping[str, tuple[Tale, Tale]] = {
    "year_shrinks": (
        Tale(week=week(0, 8_000, 18_150)),
        Tale(week=week(-150, 8_000, 18_000)),
    ),
    "year_sum": (Tale(week=week(1_200, 8_350)), Tale(week=week(1_200, 9_350))),
    "year_gap": (
        Tale(week=week(1_200, 9_350), last=None),
        Tale(week=week(1_200, 8_250), last=None),
    ),
    "year_first": (
        Tale(week=week(1_200, 1_100), **GONE),
        Tale(week=week(1_200, 1_200), **GONE),
    ),
    "year_negative": (
        Tale(week=week(-100, -100, 0), **GONE),
        Tale(week=week(0, 0, 0), **GONE),
    ),
    "total_below_year": (
        Tale(week=week(1_200, 9_350, 9_349)),
        Tale(week=week(1_200, 9_350, 9_350)),
    ),
    "total_sum": (
        Tale(week=week(1_200, 9_350, 19_300)),
        Tale(week=week(1_200, 9_350, 19_350)),
    ),
    "total_missing": (
        Tale(week={"completed_total": None}),
        Tale(week={"completed_total": None}, last={"completed_total": None}),
    ),
    "over_total": (
        Tale(project={"total_investment": 19_349 * WAN}),
        Tale(project={"total_investment": 19_350 * WAN, "annual_plan": 10_000 * WAN}),
    ),
    "year_over_total": (
        Tale(
            project={"total_investment": 9_349 * WAN, "annual_plan": 9_000 * WAN},
            week={"completed_total": None},
        ),
        Tale(project={"total_investment": 9_350 * WAN}, week={"completed_total": None}),
    ),
    "over_plan": (
        Tale(project={"annual_plan": 9_349 * WAN}),
        Tale(project={"annual_plan": 9_350 * WAN}),
    ),
    "week_large": (
        Tale(project={"annual_plan": 5_999 * WAN}),
        Tale(project={"annual_plan": 6_000 * WAN}),
    ),
    "week_small": (
        Tale(week={"completed_week": 9_999}),
        Tale(week={"completed_week": 10_000}),
    ),
    "week_negative": (Tale(week=week(-1)), Tale(week=week(0))),
    "finished_investing": (
        Tale(project={"state": "竣工", "actual_finish": "2023-02-23"}),
        Tale(project={"state": "竣工", "actual_finish": "2023-02-24"}),
    ),
    "preparing_investing": (
        Tale(project={"state": "前期", "actual_start": None}),
        Tale(project={"state": "前期", "actual_start": None}, week=week(0)),
    ),
    "stopped_investing": (
        Tale(project={"state": "停工"}, lists=(("stopped", {**STOP, "since": "2023-02-24"}),)),
        Tale(project={"state": "停工"}, lists=(("stopped", {**STOP, "since": "2023-02-25"}),)),
    ),
    "no_progress": (
        Tale(week=week(0, 8_150, 18_150), last={"completed_week": 0}),
        Tale(week=week(0, 8_150, 18_150), last={"completed_week": 1}),
    ),
    "words_empty": (
        Tale(week={"physical_progress": "正常推进。"}),
        Tale(week={"physical_progress": "正常推进，主体至三层"}),
    ),
    "words_unchanged": (
        Tale(
            week={"physical_progress": "主体施工至一层"},
            last={"physical_progress": "主体施工至一层"},
        ),
        Tale(week={"physical_progress": "主体施工至二层"}),
    ),
    "plan_over_total": (
        Tale(project={"annual_plan": 50_001 * WAN}),
        Tale(project={"annual_plan": 50_000 * WAN}),
    ),
    "plan_missing": (
        Tale(project={"annual_plan": None}),
        Tale(project={"annual_plan": None, "state": "前期", "actual_start": None}),
    ),
    "total_small": (
        Tale(project={"total_investment": 99_999}),
        Tale(project={"total_investment": 100_000}),
    ),
    "total_large": (
        Tale(project={"total_investment": 10_000_000 * WAN + 1}),
        Tale(project={"total_investment": 10_000_000 * WAN}),
    ),
    "funds_sum": (
        Tale(project={"funds_central": 10_000 * WAN, "funds_own": 9_999 * WAN}),
        Tale(project={"funds_central": 10_000 * WAN, "funds_own": 10_000 * WAN}),
    ),
    "planned_dates": (
        Tale(project={"planned_start": "2024-07-01"}),
        Tale(project={"planned_start": "2024-06-30"}),
    ),
    "actual_dates": (
        Tale(project={"actual_finish": "2022-03-14", "state": "竣工"}),
        Tale(project={"actual_finish": "2022-03-15", "state": "竣工"}),
    ),
    "started_early": (
        Tale(project={"actual_start": "2021-09-01"}),  # 181 days
        Tale(project={"actual_start": "2021-09-02"}),
    ),
    "start_missing": (
        Tale(project={"actual_start": None}),
        Tale(project={"actual_start": None, "state": "前期"}),
    ),
    "preparing_started": (
        Tale(project={"state": "前期", "actual_start": "2023-03-02"}),
        Tale(project={"state": "前期", "actual_start": "2023-03-03"}),
    ),
    "overdue": (
        Tale(project={"planned_finish": "2023-03-01"}),
        Tale(project={"planned_finish": "2023-03-02"}),
    ),
    "finish_missing": (
        Tale(project={"state": "竣工"}),
        Tale(project={"state": "竣工", "actual_finish": "2023-03-01"}),
    ),
    "finished_running": (
        Tale(project={"actual_finish": "2023-03-02"}),
        Tale(project={"actual_finish": "2023-03-03"}),
    ),
    "stopped_unlisted": (
        Tale(project={"state": "停工"}, lists=(("stopped", {**STOP, "state": "已复工"}),)),
        Tale(project={"state": "停工"}, lists=(("stopped", STOP),)),
    ),
    "listed_running": (
        Tale(lists=(("stopped", STOP),)),
        Tale(lists=(("stopped", {**STOP, "state": "已复工"}),)),
    ),
    "code_malformed": (
        Tale(project={"code": "2304-441900-04-135254"}),
        Tale(project={"code": "2019-441900-78-03-056565"}),
    ),
    "code_check_digit": (
        Tale(project={"code": "2304-441900-04-01-135255"}),
        Tale(project={"code": "2304-441900-04-01-135254"}),
    ),
    "code_ruined": (
        Tale(project={"code": "2.10841E+23"}),
        Tale(project={"code": "2304-441900-04-01-254812"}),
    ),
    "credit_code": (
        Tale(project={"credit_code": "91350100M000100Y44"}),
        Tale(project={"credit_code": "91350100M000100Y43"}),
    ),
    "name_twice": (Tale(project={"name": "同名项目"}), Tale(project={"name": "同名项目二期"})),
    "code_twice": (
        Tale(project={"code": "2509-320193-89-01-544060"}),
        Tale(project={"code": "2603-141124-89-05-346948"}),
    ),
    "resumed_before_stop": (
        Tale(lists=(("stopped", {**STOP, "resumed_on": "2023-02-19"}),)),
        Tale(lists=(("stopped", {**STOP, "resumed_on": "2023-02-20"}),)),
    ),
    "closed_before_found": (
        Tale(lists=(("problem", {**PROBLEM, "closed_on": "2023-02-19"}),)),
        Tale(lists=(("problem", {**PROBLEM, "closed_on": "2023-02-20"}),)),
    ),
}
#: What the first week of a year has its own check for.
OPENING = ("2023-W01", "year_opening")


def write(batch: Any, unit: str, name: str, tale: Tale, at: str = WEEK) -> str:
    """A project with its rows and lists as ``tale`` tells; returns its record."""
    project = batch.create("project", {"name": name, "unit": unit, **PROJECT, **tale.project})
    rows = zip(WEEKS.items(), (tale.last2, tale.last, tale.week), strict=True)
    for (period, sound), other in rows:
        if other is not None:
            period = at if period == WEEK else period
            batch.create("weekly", {"project": project, "period": period, **sound, **other})
    for register, fields in tale.lists:
        batch.create(register, {"project": project, **fields})
    return str(project)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "a.yzb", "空冢郭镇", "township", under="源汇区") as made:
        yield made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book with the sound project alone, for tests that write nothing."""
    folder = tmp_path_factory.mktemp("kept")
    with workspace.create(folder / "a.yzb", "空冢郭镇", "township", profile=folder) as made:
        with made.batch("create") as batch:
            write(batch, made.unit, "无误项目", Tale())
        yield made


@pytest.fixture
def sound(kept: Book) -> Iterator[Book]:
    """The book with the sound project, by the shipped scheme again afterwards."""
    yield kept
    kept.use(scheme.parse(TEXTS))


class Told(NamedTuple):
    book: Book
    of: Mapping[str, str]  # case and side → project
    findings: list[Finding]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """One book in which every case stands twice, and what a check of its week says."""
    folder = tmp_path_factory.mktemp("told")
    with workspace.create(folder / "a.yzb", "空冢郭镇", "township", profile=folder) as book:
        of = {}
        with book.batch("create") as batch:
            of["sound"] = write(batch, book.unit, "无误项目", Tale())
            for name, (caught, missed) in CASES.items():
                of[f"{name} caught"] = write(batch, book.unit, f"{name} 甲", caught)
                of[f"{name} missed"] = write(batch, book.unit, f"{name} 乙", missed)
            write(batch, book.unit, "同名", Tale(project={"name": "同名项目"}))
            twice = {"name": "同码", "code": "2509-320193-89-01-544060"}
            write(batch, book.unit, "同码", Tale(project=twice))
        yield Told(book, of, checks.check_period(book, WEEK))


def shipped(of: Scheme) -> dict[str, conditions.Prepared]:
    """The checks of the file, without those that required fields make."""
    prepared = conditions.compose(of).prepared.values()
    return {one.check.name: one for found in prepared for one in found if "." not in one.check.name}


def sentences(findings: list[Finding], check: str) -> list[str]:
    return [finding.sentence for finding in findings if finding.check == check]


# The shipped checks -------------------------------------------------------------------------


def test_every_shipped_check_has_a_case(told: Told) -> None:
    weekly = {  # Those of months stand in test_months_checks.py.
        name for name, one in shipped(told.book.scheme).items() if one.check.register != "monthly"
    }
    assert weekly == {*CASES, OPENING[1]}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found_and_the_near_miss_is_not(told: Told, name: str) -> None:
    check = shipped(told.book.scheme)[name].check
    caught = [f for f in told.findings if f.subject == told.of[f"{name} caught"]]
    missed = [f for f in told.findings if f.subject == told.of[f"{name} missed"]]
    (finding,) = [f for f in caught if f.check == name]
    assert (finding.level, finding.cell, finding.title) == (check.level, check.cell, check.title)
    assert (finding.register, finding.period) == (check.register, WEEK)
    assert name not in {f.check for f in missed}
    assert "未填" not in finding.sentence.replace("未填报", "") or name == "funds_sum"


def test_a_sound_project_has_no_finding(told: Told) -> None:
    assert [f for f in told.findings if f.subject == told.of["sound"]] == []


def test_one_slip_of_the_cumulative_figure_is_one_error(told: Told) -> None:
    caught = [f for f in told.findings if f.subject == told.of["year_sum caught"]]
    assert [f.check for f in checks.blocking(caught)] == ["year_sum"]


def test_the_first_week_of_a_year_begins_anew(book: Book) -> None:
    period, name = OPENING
    with book.batch("create") as batch:
        write(batch, book.unit, "甲", Tale(week=week(100, 101, 101), **GONE), at=period)
        write(batch, book.unit, "乙", Tale(week=week(100, 100, 100), **GONE), at=period)
    assert sentences(checks.check_period(book, period), name) == [
        "第1周的本年累计应等于本周完成 100 万元，现为 101 万元，多 1 万元。"
        "请核对是否把上年累计带了进来。"
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    {
        "year_sum": "本周完成 1,200 万元，累计应为 8,150＋1,200＝9,350 万元，现为 8,350 万元，"
        "相差 1,000 万元。",
        "year_shrinks": "本年累计 8,000 万元，比第8周的 8,150 万元减少 150 万元。"
        "累计数不会减少，请核对；如属冲减以前多报的数，本周完成请填负数。",
        "year_gap": "上一次填报是第7周，本年累计由 7,050 到 9,350 万元，增加 2,300 万元，"
        "本周完成 1,200 万元，相差 1,100 万元。请说明其间各周的完成情况。",
        "over_plan": "本年累计 9,350 万元，超过年度计划 9,349 万元，完成率 100.0%。"
        "请核对；属实的请说明提前完成的原因。",
        "week_small": "本周完成 0.9999 万元，不足 1 万元，可能把单位弄错了。请核对；属实的请说明。",
        "week_negative": "本周完成 −1 万元，是负数。"
        "如为冲减以前多报的数，请说明冲减哪一期、什么原因。",
        "total_sum": "开累由第8周的 18,150 到 19,300 万元，变化 ＋1,150，同期完成 1,200 万元，"
        "两者不一致。请核对；如为决算、审计调整，请说明。",
        "words_unchanged": "第7周以来连续三期的形象进度都是“主体施工至一层”，"
        "本周完成 1,200 万元。请更新；确无变化的请说明原因。",
        "plan_missing": "项目状态为在建，年度计划投资没有填，完成率算不出来，报表中写“无计划”。",
        "started_early": "实际开工日期 2021年9月1日，比计划开工日期 2022年3月1日早 181 天。"
        "请核对年份；属实的请说明。",
        "stopped_investing": "项目全周停工，本周仍完成 1,200 万元。"
        "已经复工的请改正项目状态和停工清单；属补报、结算的请说明。",
        "finished_investing": "项目状态为竣工，实际竣工日期 2023年2月23日，"
        "本周仍完成 1,200 万元。尚未竣工的请改正项目状态；属竣工后结算、补报的请说明。",
        "credit_code": "统一社会信用代码“91350100M000100Y44”的校验码不符，是不是有一位写错了。"
        "请对照营业执照核对。",
        "name_twice": "账本中有 2 个项目都叫“同名项目”。同一个项目的请合并；"
        "不是同一个的请在名称中区分（如一期、二期），或说明。",
    }.items(),
)
def test_sentences_name_the_figures(told: Told, name: str, sentence: str) -> None:
    caught = [f for f in told.findings if f.subject == told.of[f"{name} caught"]]
    assert sentences(caught, name) == [sentence]


# What the definitions say -------------------------------------------------------------------


def test_an_empty_required_field_is_an_error(book: Book) -> None:
    with book.batch("create") as batch:
        tale = Tale(
            project={"total_investment": None},
            week={"physical_progress": None, "completed_year": None},
            lists=(
                ("stopped", {**STOP, "state": "已复工", "cause": None}),
                ("sponsor", {"person": "张三"}),
            ),
        )
        write(batch, book.unit, "甲", tale)
    found = [f for f in checks.check_period(book, WEEK) if "." in f.check]
    assert {(f.register, f.cell, f.level, f.sentence) for f in found} == {
        ("project", "total_investment", "must", "“总投资”没有填写。"),
        ("weekly", "completed_year", "must", "“本年累计完成投资”没有填写。"),
        ("weekly", "physical_progress", "must", "“形象进度”没有填写。"),
        ("stopped", "cause", "must", "“原因类别”没有填写。"),
        ("sponsor", "role", "must", "“身份”没有填写。"),
    }


def test_a_field_of_another_level_is_not_asked_for(book: Book) -> None:
    head = '[[field]]\nname = "annual_plan"\n'
    lines = 'required = true\nfilled_by = ["district"]\n'
    file = TEXTS["registers/project.toml"].replace(head, head + lines)
    with book.batch("create") as batch:
        write(batch, book.unit, "甲", Tale(project={"annual_plan": None, "state": "前期"}))
    book.use(scheme.parse({**TEXTS, "registers/project.toml": file}))
    assert "project.annual_plan" not in {f.check for f in checks.check_period(book, WEEK)}
    book.level = "district"
    assert "project.annual_plan" in {f.check for f in checks.check_period(book, WEEK)}


# Who reports --------------------------------------------------------------------------------


def test_a_project_without_a_row_is_an_error(book: Book) -> None:
    with book.batch("create") as batch:
        project = write(batch, book.unit, "甲", Tale(week=None))
    (finding,) = checks.check_period(book, WEEK)
    assert (finding.check, finding.subject) == ("missing", project)
    assert (finding.level, finding.state) == ("must", "须改正")
    assert finding.sentence.startswith("本周还没有填报")
    with book.batch("create") as batch:
        row = batch.create("weekly", {"project": project, "period": WEEK, **WEEKS[WEEK]})
    assert (finding.register, finding.record) == ("weekly", row)
    assert checks.check_period(book, WEEK) == []


@pytest.mark.parametrize(
    ("tale", "expected"),
    [
        (Tale(week=None, project={"state": "前期", "actual_start": None}), True),
        (Tale(week=None, project={"state": "停工"}, lists=(("stopped", STOP),)), True),
        (Tale(week=None, project={"state": "竣工", "actual_finish": "2023-02-23"}), False),
        (Tale(week=None, project={"state": "竣工", "actual_finish": "2023-02-24"}), True),
        (Tale(week=None, project={"state": "竣工"}), False),
        (Tale(week=None, **GONE), True),
    ],
)
def test_who_is_expected_to_report(book: Book, tale: Tale, expected: bool) -> None:
    with book.batch("create") as batch:
        write(batch, book.unit, "甲", tale)
    found = checks.check_period(book, WEEK)
    assert [f.check for f in found if f.check == "missing"] == ["missing"] * expected


def test_a_project_that_first_reported_later_was_not_there_yet(book: Book) -> None:
    with book.batch("create") as batch:
        write(batch, book.unit, "甲", Tale())
    assert checks.check_period(book, "2023-W06") == []
    assert [f.check for f in checks.check_period(book, "2023-W10")] == ["missing"]


def test_finished_and_removed_projects_are_left_in_peace(book: Book) -> None:
    with book.batch("create") as batch:
        old = Tale(week=None, project={"state": "竣工", "planned_start": "2025-01-01"})
        write(batch, book.unit, "早已竣工", old)
        gone = write(batch, book.unit, "误建", Tale(week=None, **GONE))
    with book.batch("remove") as batch:
        batch.remove("project", gone)
    assert checks.check_period(book, WEEK) == []


def test_a_removed_row_is_neither_checked_nor_looked_back_at(book: Book) -> None:
    with book.batch("create") as batch:
        project = write(batch, book.unit, "甲", Tale(week=week(1_200, 8_250), last=week(9, 9, 9)))
    assert "year_sum" in {f.check for f in checks.check_period(book, WEEK)}
    last = next(r for r in book.rows("weekly", "2023-W08") if r["project"] == project)["record"]
    with book.batch("remove") as batch:
        batch.remove("weekly", last)
    assert [f.check for f in checks.check_period(book, WEEK) if f.cell == "completed_year"] == []
    assert checks.check_record(book, "weekly", last) == []
    assert [f.check for f in checks.check_period(book, "2023-W08")] == ["missing"]


def test_a_unit_sees_its_own_projects_only(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as book:
        with book.batch("create") as batch:
            units = [batch.create("unit", {"name": n, "level": "township"}) for n in "甲乙"]
            slip = Tale(project={"annual_plan": 50_001 * WAN}, week=week(1_200, 8_350))
            mine, _ = (write(batch, unit, "项目", slip) for unit in units)
            write(batch, units[1], "未报", Tale(week=None))
        everything = checks.check_period(book, WEEK)
        own = checks.check_period(book, WEEK, units[0])
    assert own and {f.subject for f in own} == {mine}
    assert own == [f for f in everything if f.subject == mine]
    assert {f.check for f in everything} - {f.check for f in own} == {"missing"}


def test_another_kind_of_period_has_no_weekly_rows(book: Book) -> None:
    with book.batch("create") as batch:
        write(batch, book.unit, "甲", Tale(week=week(0, 0, 0), project={"actual_start": None}))
        write(batch, book.unit, "竣工", Tale(week=None, project={"state": "竣工"}))
    assert [f.check for f in checks.check_period(book, "2023-03")] == ["start_missing"]


def test_a_period_that_does_not_exist_is_refused(book: Book) -> None:
    with pytest.raises(NoSuchPeriod):
        checks.check_period(book, "2023-W54")


def test_findings_come_by_project_and_check(told: Told) -> None:
    order = list(conditions.compose(told.book.scheme).prepared)
    assert order[:2] == ["project", "weekly"]
    keys = [(f.subject_name, f.subject, order.index(f.register)) for f in told.findings]
    assert keys == sorted(keys)
    assert len({f.id for f in told.findings}) == len(told.findings)
    assert checks.check_period(told.book, WEEK) == told.findings


# One record while typing --------------------------------------------------------------------


def test_one_record_has_the_same_findings_as_its_period(told: Told) -> None:
    for register in conditions.compose(told.book.scheme).prepared:
        for row in told.book.rows(register, WEEK):
            if register == "project" and row["state"] == "竣工" and row["actual_finish"]:
                continue
            record = row["record"]
            of_period = [f for f in told.findings if (f.register, f.record) == (register, record)]
            assert checks.check_record(told.book, register, record) == of_period


def test_an_earlier_row_is_judged_in_its_own_week(told: Told) -> None:
    project = told.of["no_progress caught"]
    for period in WEEKS:
        expected = [
            finding
            for finding in checks.check_period(told.book, period)
            if (finding.register, finding.subject) == ("weekly", project)
        ]
        rows = told.book.rows("weekly", period)
        record = next(row["record"] for row in rows if row["project"] == project)
        assert checks.check_record(told.book, "weekly", record, WEEK) == expected
        assert bool(expected) == (period != "2023-W07")


amounts = st.none() | st.integers(-3, 25).map(lambda n: n * 1_000 * WAN)
rows = st.fixed_dictionaries(
    {
        "completed_week": amounts,
        "completed_year": amounts,
        "completed_total": amounts,
        "physical_progress": st.sampled_from([None, "同上", "主体施工至三层"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, min_size=3, max_size=3), st.sampled_from(["前期", "在建", "停工", None]))
def test_narrowing_to_a_record_changes_nothing(
    told: Told, weeks: list[dict[str, Any]], state: str | None
) -> None:
    with told.book.batch("create") as batch:
        fields = {"state": state, "annual_plan": weeks[0]["completed_year"]}
        if fields["annual_plan"] is not None and fields["annual_plan"] < 0:
            fields["annual_plan"] = None
        project = write(batch, told.book.unit, "任意", Tale(fields, *reversed(weeks)))
    try:
        found = [f for f in checks.check_period(told.book, WEEK) if f.subject == project]
        row = next(r for r in told.book.rows("weekly", WEEK) if r["project"] == project)["record"]
        single = checks.check_record(told.book, "project", project)
        single += checks.check_record(told.book, "weekly", row)
        assert single == found
        latest = weeks[2]
        wrong = None not in (latest["completed_total"], latest["completed_year"])
        wrong = wrong and latest["completed_total"] < latest["completed_year"]
        assert ("total_below_year" in {f.check for f in found}) == wrong
    finally:
        with told.book.batch("remove") as batch:
            for period in WEEKS:
                for one in told.book.rows("weekly", period):
                    if one["project"] == project:
                        batch.remove("weekly", one["record"])
            batch.remove("project", project)


def test_a_file_without_any_week_is_checked_all_the_same(book: Book) -> None:
    with book.batch("create") as batch:
        late = Tale({"annual_plan": 50_001 * WAN, "planned_finish": "2022-06-30"}, None, None, None)
        project = write(batch, book.unit, "甲", late)
    assert [f.check for f in checks.check_record(book, "project", project)] == ["plan_over_total"]
    found = checks.check_record(book, "project", project, WEEK)
    assert [f.check for f in found] == ["plan_over_total", "overdue"]


def test_what_is_gone_or_unchecked_has_no_finding(book: Book) -> None:
    assert checks.check_record(book, "weekly", "0" * 32) == []
    assert checks.check_record(book, "unit", book.unit) == []
    with pytest.raises(NoSuchRegister):
        checks.check_record(book, "weather", "0" * 32)


# Definitions of a district ------------------------------------------------------------------


def defined(**keys: Any) -> str:
    """A checks.toml with one check; None leaves a key out."""
    check = {
        "name": "tried",
        "title": "试用",
        "register": "weekly",
        "level": "explain",
        "null": "skip",
        "where": "completed_week > 0",
        "cell": "completed_week",
        "sentence": "有",
        "source": "S2",
        **keys,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in check.items() if value is not None]
    return "\n".join(["[[check]]", *lines])


def use(book: Book, text: str) -> None:
    book.use(scheme.parse({**TEXTS, "checks.toml": text}))


@pytest.mark.parametrize(
    ("null", "when", "caught"),
    [
        ("skip", "1", []),
        ("fail", "1", ["tried"]),
        ("fail", "completed_week = 0", []),
        ("fail", "last3.completed_total = 0", []),
    ],
)
def test_what_cannot_be_computed_is_passed_over_or_found(
    sound: Book, null: str, when: str, caught: list[str]
) -> None:
    use(sound, defined(null=null, where="last3.completed_week > 0", when=when))
    assert [f.check for f in checks.check_period(sound, WEEK)] == caught


@pytest.mark.parametrize("null", ["skip", "fail"])
def test_only_what_is_true_or_unknown_can_be_a_finding(sound: Book, null: str) -> None:
    use(sound, defined(null=null, where="completed_week < 0"))
    assert checks.check_period(sound, WEEK) == []
    use(sound, defined(null=null, where="completed_week > 0"))
    assert [f.check for f in checks.check_period(sound, WEEK)] == ["tried"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{completed_week}", "1,200 万元"),
        ("{completed_week | amount}", "1,200"),
        ("{completed_week - 12000005 | money}", "−0.0005 万元"),
        ("{-completed_week | signed}", "−1,200"),
        ("{completion_rate}", "46.8%"),
        ("{last3.completed_week}", "未填"),
        ("{period}（{last2.period}）", "第9周（第7周）"),
        ("{subject.planned_finish}", "2024年6月30日"),
        ("{subject.unit}", "空冢郭镇"),
        ("{substr(period, 1, 4) || '年' | text}", "2023年"),
        ("{:last_day | date}", "2023年3月2日"),
        ("{1234.5 | integer}", "1,235"),
        ("{-1234.5 | number}", "−1,234.5"),
        ("{substr(:period, 1, 4) || '-03' | month}", "2023年3月"),
        ("{completed_week > 0 | flag}", "是"),
        ('{\'["工业","能源"]\' | choices}', "工业、能源"),
        ("{physical_progress | money}", "主体施工至三层"),
        (
            "{replace('一二三四五', '', '') || printf('%.40c', 'x') | text}",
            "一二三四五" + "x" * 35 + "…",
        ),
        ("  空白  ", "空白"),
    ],
)
def test_figures_are_said_by_their_type_or_format(
    sound: Book, sentence: str, expected: str
) -> None:
    use(sound, defined(sentence=sentence))
    assert sentences(checks.check_period(sound, WEEK), "tried") == [expected]


MALFORMED: Mapping[str, tuple[str, str, str]] = {
    "no TOML": ("[[check", "", "TOML"),
    "unknown key": (defined(colour="red"), "check.tried", "colour"),
    "missing key": (defined(null=None), "check.tried", "null"),
    "level": (defined(level="maybe"), "check.tried.level", "maybe"),
    "empty sentence": (defined(sentence=" "), "check.tried.sentence", ""),
    "name": (defined(name="Total-Sum"), "check.Total-Sum.name", "重名"),
    "reserved name": (defined(name="missing"), "check.missing.name", "重名"),
    "same name twice": (f"{defined()}\n{defined()}", "check.tried.name", "重名"),
    "register": (defined(register="weather"), "check.tried.register", "weekly"),
    "register that nobody reports": (defined(register="meeting"), "check.tried.register", "weekly"),
    "internal register": (defined(register="explanation"), "check.tried.register", "weekly"),
    "cell": (defined(cell="weather"), "check.tried.cell", "weather"),
    "name in where": (defined(where="completed_wek > 0"), "check.tried.where", "completed_wek"),
    "name of last": (defined(where="last.week > 0"), "check.tried.where", "last.week"),
    "name of subject": (defined(when="subject.x = 1"), "check.tried.when", "subject.x"),
    "formula of last": (defined(where="last.completion_rate > 1"), "check.tried.where", "公式"),
    "syntax": (defined(where="completed_week >> > 0"), "check.tried.where", "写法"),
    "syntax in when": (defined(when="completed_week >"), "check.tried.when", ""),
    "brackets": (defined(where="1) OR (1"), "check.tried.where", "括号"),
    "function": (defined(where="soundex(completed_week)"), "check.tried.where", "soundex"),
    "aggregate": (defined(where="count(*) > 1"), "check.tried.where", "count"),
    "parameter": (
        defined(where="period = :today"),
        "check.tried.where",
        ":today”，可用的有 :first_day",
    ),
    "table": (
        defined(where="EXISTS (SELECT 1 FROM weather AS w)"),
        "check.tried.where",
        "weather",
    ),
    "last of a file": (
        defined(register="project", cell="name", where="last.name = name"),
        "check.tried.where",
        "不是台账",
    ),
    "placeholder": (defined(sentence="{wether}"), "check.tried.sentence", "wether"),
    "placeholder without format": (
        defined(sentence="{completed_week + 1}"),
        "check.tried.sentence",
        "格式",
    ),
    "placeholder of a table": (
        defined(sentence="{w.completed_week}"),
        "check.tried.sentence",
        "格式",
    ),
    "joined texts without format": (
        defined(sentence="{physical_progress || period}"),
        "check.tried.sentence",
        "要写明格式",
    ),
    "format": (defined(sentence="{period | cash}"), "check.tried.sentence", "cash"),
    "braces": (defined(sentence="{period"), "check.tried.sentence", "花括号"),
    "expression": (defined(sentence="{x + 1 | money}"), "check.tried.sentence", "x"),
    "figure over rows": (
        defined(sentence="{sum(completed_week) | money}"),
        "check.tried.sentence",
        "sum",
    ),
    "expected": ('expected = "weather = 1"', "expected", "weather"),
    "expected parameter": ('expected = ":x = 1"', "expected", ":x"),
    "expected syntax": ('expected = "(state"', "expected", "括号"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_is_refused_with_file_key_and_reason(told: Told, case: str) -> None:
    text, key, reason = MALFORMED[case]
    with pytest.raises(MalformedScheme) as refused:
        malformed = scheme.parse({**TEXTS, "checks.toml": text})
        conditions.prepare(told.book.connection, malformed)
    assert (refused.value.file, refused.value.key) == ("checks.toml", key)
    assert reason in refused.value.reason
    assert key in refused.value.sentence


def test_a_scheme_without_checks_asks_for_required_fields_only(told: Told) -> None:
    texts = {name: text for name, text in TEXTS.items() if name != "checks.toml"}
    made = conditions.prepare(told.book.connection, scheme.parse(texts))
    names = [one.check.name for found in made.prepared.values() for one in found]
    assert "weekly.completed_week" in names
    assert all("." in name for name in names)


# Definitions of an enemy --------------------------------------------------------------------

HOSTILE = {
    "attach": "(ATTACH DATABASE 'x.db' AS x)",
    "second statement": "1; DELETE FROM journal",
    "hidden statement": "1) ; DROP TABLE journal; --",
    "pragma": "PRAGMA writable_schema = 1",
    "pragma table": "EXISTS (SELECT 1 FROM pragma_table_info('journal') AS p)",
    "update": "UPDATE weekly SET completed_week = 0",
    "delete in a sub-select": "EXISTS (DELETE FROM journal RETURNING 1)",
    "writefile": "writefile('x.txt', 'x')",
    "readfile": "readfile('/etc/passwd') IS NOT NULL",
    "load_extension": "load_extension('x')",
    "randomblob": "length(randomblob(1000000000)) > 0",
    "zeroblob": "length(zeroblob(2000000000)) > 0",
    "comment": "1 /* ' */) UNION SELECT 1, 2, 3 --'",
    "closing bracket": "0) OR 1 = 1 UNION SELECT 1, 2, 3 FROM (SELECT 1",
    "fts": "fts3_tokenizer('simple') IS NOT NULL",
}


def state_of(book: Book) -> tuple[bytes, list[str], list[tuple[Any, ...]]]:
    """The book's file, the files beside it, its temporary tables."""
    tables = book.connection.execute("SELECT name FROM sqlite_temp_schema").fetchall()
    beside = sorted(path.name for path in book.path.parent.iterdir())
    return book.path.read_bytes(), beside, tables


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("key", ["where", "when", "sentence"])
def test_a_hostile_check_is_refused_by_name(told: Told, case: str, key: str) -> None:
    book, text = told.book, HOSTILE[case]
    before = state_of(book)
    hostile = defined(**{key: f"{{{text} | integer}}" if key == "sentence" else text})
    with pytest.raises(MalformedScheme) as refused:
        conditions.prepare(book.connection, scheme.parse({**TEXTS, "checks.toml": hostile}))
    assert refused.value.key == f"check.tried.{key}"
    assert state_of(book) == before


ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT c.n + 1 FROM c)"
MANY = "printf('%.9999c', 'x')"
GREEDY = {
    "endless": (f"({ENDLESS} SELECT count(*) FROM c) > 0", "步数"),
    "endless rows": (f"({ENDLESS} SELECT group_concat(c.n) FROM c) > ''", ""),
    "long text": (f"length(replace({MANY}, 'x', {MANY})) > 0", "太长"),
}


@pytest.mark.parametrize("case", GREEDY)
def test_a_greedy_check_is_stopped_by_name(
    sound: Book, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_STEPS", 3_000_000)
    condition, reason = GREEDY[case]
    use(sound, defined(title="贪心", where=condition))
    before = state_of(sound)
    with pytest.raises(BadExpression) as refused:
        checks.check_period(sound, WEEK)
    assert refused.value.where == "贪心"
    assert reason in refused.value.reason
    assert state_of(sound) == before
    assert verify.verify(sound).ok
    use(sound, defined())
    assert [f.check for f in checks.check_period(sound, WEEK)] == ["tried"]


def test_steps_are_bounded_by_the_rows(sound: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    long = ENDLESS.replace("FROM c)", "FROM c LIMIT 200000)")  # more than a million steps
    use(sound, defined(where=f"({long} SELECT count(*) FROM c) > 0"))
    assert [f.check for f in checks.check_period(sound, WEEK)] == ["tried"]
    monkeypatch.setattr(checks, "_STEPS", 0)
    with pytest.raises(BadExpression, match="步数"):
        checks.check_period(sound, WEEK)
    monkeypatch.setattr(checks, "_STEPS_PER_ROW", 50_000_000)
    assert [f.check for f in checks.check_period(sound, WEEK)] == ["tried"]


def test_a_damaged_book_is_not_blamed_on_the_scheme(sound: Book) -> None:
    class Torn(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql.startswith("SELECT this"):
                error = sqlite3.DatabaseError("database disk image is malformed")
                error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
                raise error
            return super().execute(sql, *values)

    checks.load(sound)
    whole, sound.connection = sound.connection, sqlite3.connect(sound.path, factory=Torn)
    try:
        with pytest.raises(DamagedBook):
            checks.check_period(sound, WEEK)
    finally:
        sound.connection.close()
        sound.connection = whole


def test_checks_are_prepared_once_for_a_scheme(sound: Book) -> None:
    first = checks.load(sound)
    assert checks.load(sound) is first
    use(sound, defined())
    assert checks.load(sound) is not first
