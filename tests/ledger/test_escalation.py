"""Which units fall under which rule in a month, against figures worked out by hand (S16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.ledger import scheme as schemes
from desktop.ledger import workspace
from desktop.ledger.escalation import Proposal, proposals, remarks
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.district import W, district

ONE, TWO, THREE, FOUR = "大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇"
#: A unit's figures from January on, in 万元: completed and last year's, None for nothing.
Figures = Mapping[str, Sequence[tuple[int | None, int | None]]]


class Month:
    """A district whose units' months are filled as a test wants them."""

    def __init__(self, book: Book, records: dict[str, str]) -> None:
        self.book, self.records = book, records

    def fill(self, figures: Figures, task: int | None = None) -> None:
        with self.book.batch("create") as batch:
            for unit, months in figures.items():
                for number, (completed, last_year) in enumerate(months, 1):
                    fields = {
                        "completed_year": completed and completed * W,
                        "last_year_to_date": last_year and last_year * W,
                        "annual_task": task and task * W,
                    }
                    identity = {"unit": self.records[unit], "period": f"2023-{number:02}"}
                    batch.create("monthly_unit", {**identity, **fields})

    def create(self, register: str, unit: str, **fields: Any) -> str:
        with self.book.batch("create") as batch:
            return batch.create(register, {"unit": self.records[unit], **fields})

    def rules(self, month: str = "2023-03") -> dict[str, list[str]]:
        """The rules by unit."""
        found: dict[str, list[str]] = {}
        for one in proposals(self.book, month):
            found.setdefault(one.unit_name, []).append(one.rule)
        return found

    def one(self, unit: str, rule: str, month: str = "2023-03") -> Proposal:
        """The only proposal of a rule for a unit."""
        [found] = [
            one for one in proposals(self.book, month) if (one.unit_name, one.rule) == (unit, rule)
        ]
        return found

    def use(self, old: str, new: str) -> None:
        """The shipped rules with one passage replaced."""
        text = books.shipped().texts["escalation.toml"]
        assert old in text
        self.book.use(schemes.parse(books.texts(escalation=text.replace(old, new))))


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    book, records = district(tmp_path / "district.yzb", profile=tmp_path / "profile")
    with book:
        with book.batch("create") as batch:  # The book has come to the first of June.
            batch.create("weekly", {"project": records["丙"], "period": "2023-W22"})
        yield Month(book, records)


GROWING: Figures = {
    ONE: [(110, 100)] * 3,
    TWO: [(120, 100)] * 3,
    THREE: [(130, 100)] * 3,
    FOUR: [(140, 100)] * 3,
}


def last_in(*months: int, of: int = 3) -> Figures:
    """大刘镇 is last in these months, 空冢郭镇 in the others."""
    behind = [(90, 100) if number in months else (150, 100) for number in range(1, of + 1)]
    ahead = [(150, 100) if number in months else (90, 100) for number in range(1, of + 1)]
    return {ONE: behind, TWO: ahead, THREE: [(120, 100)] * of, FOUR: [(121, 100)] * of}


def test_last_for_one_two_and_three_months(month: Month) -> None:
    month.fill(last_in(1, 2, 3))
    assert month.rules("2023-01")[ONE] == ["criticism"]
    assert month.rules("2023-02")[ONE] == ["criticism", "talk_deputy"]
    assert month.rules("2023-03")[ONE] == ["criticism", "talk_leader"]
    found = month.one(ONE, "talk_leader")
    assert found == Proposal(
        month.records[ONE],
        ONE,
        "2023-03",
        "talk_leader",
        "talk",
        "投资增速连续三个月排名末位",
        "固定资产投资增速连续三个月排名末位的单位，由主要领导约谈主要负责同志",
        (
            "2023年1—3月固定资产投资完成90万元，上年同期100万元，同比下降10.0%，"
            "在4个参加增速排名的单位中居末位",
            "增速连续3个月居末位（1月下降10.0%、2月下降10.0%、3月下降10.0%）",
        ),
        "主要领导",
        "主要负责同志",
    )
    assert month.one(ONE, "criticism", "2023-01").figures == (
        "2023年1月固定资产投资完成90万元，上年同期100万元，同比下降10.0%，"
        "在4个参加增速排名的单位中居末位",
    )


def test_a_month_that_is_not_last_breaks_the_row(month: Month) -> None:
    month.fill(last_in(1, 3))
    assert month.rules("2023-03")[ONE] == ["criticism"]
    assert "criticism" in month.rules("2023-02")[TWO]


def test_a_month_without_figures_breaks_the_row(month: Month) -> None:
    month.fill({**last_in(1, 2, 3), ONE: [(90, 100), (90, None), (90, 100)]})
    assert month.rules("2023-03")[ONE] == ["criticism"]


def test_who_shares_the_last_place_is_last(month: Month) -> None:
    month.fill({**GROWING, TWO: [(110, 100)] * 3})
    found = month.rules()
    assert found[ONE] == found[TWO] == ["criticism", "talk_leader"]
    assert (
        month.one(TWO, "criticism")
        .figures[0]
        .endswith("同比增长10.0%，在4个参加增速排名的单位中并列末位")
    )


def test_where_all_are_equal_nobody_is_praised_or_blamed(month: Month) -> None:
    month.fill({unit: [(110, 100)] * 3 for unit in GROWING})
    assert month.rules() == {}


def test_without_last_years_figures_there_is_no_place_and_that_is_said(month: Month) -> None:
    month.fill({**GROWING, ONE: [(1, None)] * 3, TWO: [(5, 0)] * 3}, task=1000)
    assert remarks(month.book, "2023-03") == (
        "大刘镇没有上年同期数，不参加增速排名",
        "空冢郭镇上年同期数为零，不计算增速，不参加增速排名",
        "2023年3月能参加增速排名的单位只有2个，不分先后",
    )
    assert not any("growth" in rule or rule == "criticism" for rule in month.rules()[ONE])
    assert remarks(month.book, "2023-05") == ("没有2023年5月的单位投资数，不能排名",)
    assert {one.rule for one in proposals(month.book, "2023-05")} == {"talk_unregistered"}


def test_without_a_task_there_is_no_place_by_completion(month: Month) -> None:
    month.fill({**GROWING, ONE: [(None, 100)]})
    assert remarks(month.book, "2023-01") == (
        "大刘镇没有填报2023年1月投资，不参加排名",
        "空冢郭镇没有年度任务，不参加完成率排名",
        "问十乡没有年度任务，不参加完成率排名",
        "阴阳赵镇没有年度任务，不参加完成率排名",
        "2023年1月能参加完成率排名的单位只有0个，不分先后",
    )


def test_the_first_three_are_praised_when_they_grow(month: Month) -> None:
    month.fill(GROWING)
    found = month.rules()
    assert [unit for unit in found if "praise_growth" in found[unit]] == [TWO, THREE, FOUR]
    assert month.one(FOUR, "praise_growth").figures == (
        "2023年1—3月固定资产投资完成140万元，上年同期100万元，同比增长40.0%，"
        "在4个参加增速排名的单位中居第1位",
    )
    month.fill({TWO: [(100, 100)] * 3, THREE: [(105, 100)] * 3, ONE: [(90, 100)] * 3})
    found = month.rules()
    assert [unit for unit in found if "praise_growth" in found[unit]] == [THREE, FOUR]


def test_praise_by_completion_wants_the_schedule_kept(month: Month) -> None:
    month.fill({ONE: [(25, 1)] * 3, TWO: [(24, 1)] * 3, THREE: [(10, 1)] * 3}, task=100)
    for number in (1, 2, 3):  # one and the same task for all
        assert month.rules(f"2023-{number:02}")[ONE][-1] == "praise_completion"
    assert "praise_completion" not in month.rules()[TWO]
    assert month.one(ONE, "praise_completion").figures == (
        "2023年1—3月固定资产投资完成25万元，年度任务100万元，完成率25.0%，"
        "在3个参加完成率排名的单位中居第1位",
    )


def test_a_gap_of_ten_points_to_the_schedule_and_no_less(month: Month) -> None:
    month.fill({ONE: [(1500, None)] * 3, TWO: [(1501, None)] * 3}, task=10_000)
    assert month.one(ONE, "reminder_completion").figures == (
        "2023年1—3月固定资产投资完成1500万元，年度任务1.00亿元，完成率15.0%，低于序时进度10.0个百分点",
    )
    assert TWO not in month.rules()


def test_a_gap_to_the_target_of_growth(month: Month) -> None:
    month.fill(GROWING)
    identity = {"indicator": "固定资产投资增速", "basis": "增速"}
    month.create("target", ONE, period="2023", assured=12, **identity)
    assert "reminder_growth" not in month.rules()[ONE]
    month.create("target", ONE, period="2023-Q1", assured=19.9, **identity)
    assert "reminder_growth" not in month.rules()[ONE]
    month.create("target", ONE, period="2023-03", assured=20.5, **identity)
    assert month.one(ONE, "reminder_growth").figures == (
        "2023年1—3月固定资产投资同比增长10.0%，目标为增长20.5%，低于目标10.5个百分点",
    )
    assert "reminder_growth" not in month.rules("2023-02")[ONE], "that month's own target"
    month.create("target", TWO, period="2023", assured=99, indicator="别的指标", basis="增速")
    assert "reminder_growth" not in month.rules()[TWO]


def test_many_open_problems_at_the_months_end(month: Month) -> None:
    project = month.records["丙"]
    with month.book.batch("create") as batch:
        for number in range(8):
            batch.create("problem", {"project": project, "problem": f"问题{number}"})
        later = {"found_on": "2023-04-01"}
        batch.create("problem", {"project": project, "problem": "四月才发现", **later})
        closed = {"state": "已销号", "closed_on": "2023-03-31"}
        batch.create("problem", {"project": project, "problem": "三月销号", **closed})
    assert TWO not in month.rules()
    with month.book.batch("create") as batch:
        closed = {"state": "已销号", "closed_on": "2023-04-01"}
        batch.create("problem", {"project": project, "problem": "四月销号", **closed})
    assert month.one(TWO, "reminder_problems").figures == ("截至2023年3月31日，未销号的问题10个",)


def test_reminded_two_months_running_and_last(month: Month) -> None:
    month.fill(last_in(3), task=1000)
    assert "talk_reminded" not in month.rules()[ONE], "reminded this month only"
    sent = {"kind": "提醒函", "matter": "进度", "month": "2023-02"}
    letter = month.create("letter", ONE, **sent)
    assert "talk_reminded" not in month.rules()[ONE], "a draft has not reminded anybody"
    books.change(month.book, "letter", letter, issued_on="2023-03-02")
    assert month.one(ONE, "talk_reminded").figures[0] == "2月、3月连续2个月被提醒"
    month.create("letter", TWO, **{**sent, "issued_on": "2023-03-02"})
    assert "talk_reminded" not in month.rules()[TWO], "reminded, not last"


def test_a_graver_talk_stands_for_the_lesser_ones(month: Month) -> None:
    month.fill(last_in(2, 3), task=1000)
    sent = {"kind": "提醒函", "matter": "进度", "month": "2023-02", "issued_on": "2023-03-02"}
    month.create("letter", ONE, **sent)
    talks = [rule for rule in month.rules()[ONE] if rule.startswith("talk")]
    assert talks == ["talk_deputy"]


def test_projects_with_a_light(month: Month) -> None:
    month.use('lit = "behind"\nlight = "red"\nprojects = 3', 'lit = "late_start"\nlight = "yellow"')
    [slow] = [one for one in proposals(month.book, "2023-03") if one.rule == "talk_slow"]
    assert slow.unit_name == ONE
    assert slow.figures == (
        "截至2023年3月30日，有1个项目亮黄灯：乙（计划2月15日开工，逾期1个月未开工）",
    )


def test_a_batch_narrows_the_projects(month: Month) -> None:
    plain = 'lit = "no_progress"\nlight = "red"\nbatch = "专项债券"'
    month.use(plain, 'lit = "late_start"\nlight = "yellow"\nbatch = "专项债券"')
    assert ONE not in month.rules()
    books.change(month.book, "project", month.records["乙"], batches=["三个一批", "专项债券"])
    assert month.rules()[ONE] == ["talk_bond"]


def test_only_units_that_report_are_ranked(month: Month) -> None:
    month.fill(GROWING)
    own = {"unit": month.book.unit, "period": "2023-03"}
    with month.book.batch("create") as batch:
        batch.create("monthly_unit", {**own, "completed_year": 1, "last_year_to_date": W})
    assert "criticism" in month.rules()[ONE]


def test_a_township_proposes_nothing(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "t.yzb", "大刘镇", "township", under="源汇区") as book:
        assert proposals(book, "2023-03") == []
        assert remarks(book, "2023-03") == ()


def test_an_older_scheme_goes_by_the_shipped_rules_and_has_no_figures(month: Month) -> None:
    older = books.texts()
    for name in ("escalation.toml", "registers/monthly_unit.toml", "registers/letter.toml"):
        del older[name]
    del older["registers/reply.toml"]
    month.book.use(schemes.parse(older))
    assert proposals(month.book, "2023-03") == []
    assert remarks(month.book, "2023-03") == ("没有2023年3月的单位投资数，不能排名",)


GROWTH = st.lists(
    st.tuples(*(st.sampled_from([None, 80, 90, 100, 110]) for _ in range(4))),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(GROWTH)
def test_the_row_of_last_places_decides_for_any_figures(
    month: Month, growth: list[tuple[int | None, ...]]
) -> None:
    """Counted anew, without ranks: last is who has less than some and not more than any."""
    with month.book.batch("create") as batch:
        for row in month.book.rows("monthly_unit"):
            batch.remove("monthly_unit", row["record"])
    units = (ONE, TWO, THREE, FOUR)
    month.fill(
        {
            unit: [(row[at], 100 if row[at] else None) for row in growth]
            for at, unit in enumerate(units)
        }
    )
    found = month.rules(f"2023-{len(growth):02}")
    for at, unit in enumerate(units):
        many = 0
        for figures in reversed(growth):
            present = [one for one in figures if one]
            enough = len(present) >= 3 and len(set(present)) > 1
            if not (enough and figures[at] == min(present)):
                break
            many += 1
        blamed = {rule for rule in found.get(unit, []) if rule in _BLAME}
        assert blamed == ({"criticism"} if many else set()) | _talk(many)


_BLAME = {"criticism", "talk_deputy", "talk_leader"}


def _talk(many: int) -> set[str]:
    return {"talk_leader"} if many >= 3 else {"talk_deputy"} if many == 2 else set()


def test_nothing_is_said_of_days_that_have_not_come(tmp_path: Path) -> None:
    """The book has come to W10, which ends on the ninth of March."""
    book, records = district(tmp_path / "district.yzb", profile=tmp_path / "profile")
    with book:
        month = Month(book, records)
        assert book.latest_week() == "2023-W10"
        with book.batch("create") as batch:
            for number in range(9):
                fields = {"project": records["丙"], "problem": f"问题{number}"}
                batch.create("problem", {**fields, "found_on": "2023-03-09"})
                batch.create("problem", {**fields, "problem": "后来", "found_on": "2023-03-10"})
        (many,) = month.one(TWO, "reminder_problems").figures
        assert many == "截至2023年3月9日，未销号的问题10个"
        said = [text for one in proposals(book, "2023-03") for text in one.figures]
        assert not any("3月30日" in text or "3月31日" in text for text in said)
