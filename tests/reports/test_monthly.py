"""What the monthly report says beside its reference files: heads, ugly data, sums, the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import paper_code
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.escalation_figures import NotAMonth
from desktop.ledger.workspace import Book
from desktop.reports.content import Chart, Closing, Heading, RedHead, Signatures, Table
from desktop.reports.monthly import monthly_paper
from desktop.reports.monthly_words import TEMPLATE
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import W
from tests.ledger.months_book import MONTH, months_book, township_book
from tests.reports.test_weekly import said, section


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("monthly")
    opened, _ = months_book(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


@pytest.fixture
def book(read_only: Book) -> Book:
    read_only.use(books.shipped())
    return read_only


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    with books.found(tmp_path / "empty.yzb") as made:
        yield made


def month(book: Book, name: str, period: str = MONTH, **figures: Any) -> None:
    """A project of its own unit with a month, in 万元."""
    money = {key: value * W for key, value in figures.items() if isinstance(value, int)}
    plan = money.pop("annual_plan", None)
    with book.batch("create") as batch:
        fields = {"name": name, "unit": unit_of(book, batch), "state": "在建", "annual_plan": plan}
        project = batch.create("project", fields)
        if "completed_month" in money:
            words = {key: value for key, value in figures.items() if isinstance(value, str)}
            row = {"project": project, "period": period, **money, **words}
            batch.create("monthly", row)


def unit_of(book: Book, batch: Any) -> str:
    """The book's only township, made when it is not there."""
    rows = [row["record"] for row in book.rows("unit") if row["level"] == "township"]
    if rows:
        return str(rows[0])
    fields = {"name": "大刘镇", "level": "township", "above": book.unit}
    return str(batch.create("unit", fields))


# Heads and ends -----------------------------------------------------------------------------


def test_the_districts_head(book: Book) -> None:
    paper = monthly_paper(book, MONTH)
    assert paper.head == RedHead("源汇区重点项目月报", "第 2 期")
    assert (paper.title, paper.subtitle) == ("全区重点项目2023年2月投资完成情况", "")
    assert (paper.footer.book, paper.footer.period) == ("源汇区", "2023年2月")
    assert paper.footer.code == paper_code.code(book.journal.head)
    assert (paper.made_on, paper.author) == (date(2023, 2, 28), "源汇区")
    assert not [block for block in paper.blocks if isinstance(block, Signatures | Closing)]
    other = monthly_paper(book, "2023年2月", issue=9, red_head=False, demonstration=True)
    assert (other.head, other.subtitle, other.demonstration) == (None, "2023年2月", True)
    numbered = monthly_paper(book, MONTH, issue=9).head
    assert isinstance(numbered, RedHead)
    assert numbered.issue == "第 9 期"


def test_a_township_signs_its_own(tmp_path: Path) -> None:
    with township_book(tmp_path / "a.yzb", profile=tmp_path / "p") as own:
        paper = monthly_paper(own, "2023-01")
        assert paper.head is None
        assert paper.title == "大刘镇重点项目2023年1月投资完成情况"
        assert paper.blocks[-1] == Closing("大刘镇", "2023年1月31日")
        assert monthly_paper(own, "2023-01", red_head=True).head is not None


@pytest.mark.parametrize("period", ["2023-W09", "2023-Q1", "2023"])
def test_only_a_month_has_a_monthly_report(book: Book, period: str) -> None:
    with pytest.raises(NotAMonth):
        monthly_paper(book, period)


# Ugly data ----------------------------------------------------------------------------------


def test_an_empty_book_says_so(empty: Book) -> None:
    paper = monthly_paper(empty, MONTH)
    assert said(paper.blocks) == ["2月，全区没有调度的项目。"]
    assert paper.appendices == ()


def test_a_month_without_data_gives_a_paper(book: Book) -> None:
    paper = monthly_paper(book, "2023-03")
    overall = section(paper, "总体情况")
    assert overall[0] == (
        "3月，全区调度重点项目6个，均未填报本月数据；年累计完成1450万元，占年度计划的18.5%，"
        "低于序时进度6.5个百分点。有1个项目没有年度计划。"
    )
    assert overall[3] == "r: 1|空冢郭镇|2|无计划|未报||||2,000|950|47.5%|+22.5|"
    assert overall[4] == "r: 2|大刘镇|2|310|未报||||4,650|480|10.3%|−14.7|"
    assert section(paper, "未填报情况")[0] == "应填报的5个项目均没有填报。"
    assert "月度计划完成较差的项目" not in "".join(said(paper.blocks))
    assert paper.appendices == ()


def test_nothing_of_last_year_is_never_zero(empty: Book) -> None:
    month(empty, "甲", completed_month=30, completed_year=60, planned_month=30, annual_plan=600)
    month(empty, "乙", completed_month=0, completed_year=0)
    lines = section(monthly_paper(empty, MONTH), "总体情况")
    assert lines[0] == (
        "2月，全区调度重点项目2个，完成投资30万元，占本月计划的100.0%，无上年同月数；"
        "年累计完成60万元，占年度计划的10.0%，低于序时进度6.7个百分点，无上年同期数。"
        "有1个项目没有年度计划。有1个项目没有本月计划。"
    )
    assert lines[2:] == [
        "r: 1|乙|无计划|0||无上年\n同期数||无计划|0|||无上年\n同期数|",
        "r: 2|甲|30|30|100.0%|无上年\n同期数||600|60|10.0%|−6.7|无上年\n同期数|",
        "t: 合计（2个项目）||30|30|100.0%|无上年\n同期数||600|60|10.0%|−6.7|无上年\n同期数|",
    ]


def test_a_zero_last_year_is_called_so_and_gives_no_growth(empty: Book) -> None:
    month(
        empty, "甲", completed_month=30, completed_year=60, last_year_month=0, last_year_to_date=0
    )
    lines = section(monthly_paper(empty, MONTH), "总体情况")
    assert "没有本月计划；年累计完成60万元，没有年度计划，上年同期为零。" in lines[0]
    assert lines[2] == "r: 1|甲|无计划|30||0|上年\n为零|无计划|60|||上年\n为零|"


def test_without_any_plan_nobody_is_called_behind(empty: Book) -> None:
    month(empty, "甲", completed_month=30, completed_year=60)
    paper = monthly_paper(empty, MONTH)
    assert section(paper, "月度计划完成较差的项目") == ["各项目没有月度计划，不评黄牌和关注。"]


def test_all_have_done_enough(empty: Book) -> None:
    month(empty, "甲", completed_month=80, completed_year=80, planned_month=100)
    paper = monthly_paper(empty, MONTH)
    wanted = ["有月度计划的项目均完成本月计划的80%以上。"]
    assert section(paper, "月度计划完成较差的项目") == wanted
    assert section(paper, "未填报情况") == ["本月应填报的1个项目均已填报。"]


def test_many_yellow_cards_stand_in_a_table_and_long_texts_end_early(empty: Book) -> None:
    for number in range(11):
        month(
            empty, f"{'长' * 200}{number}", completed_month=number, completed_year=number,
            planned_month=100, problems="征迁进展缓慢，涉及多户。" * 100,
        )  # fmt: skip
    lines = section(monthly_paper(empty, MONTH), "月度计划完成较差的项目")
    assert lines[0] == "黄牌项目11个（不到本月计划的60%）："
    assert lines[1] == "序号|项目名称|本月／完成率|年累计／完成率|进展和问题"
    assert lines[2].startswith(f"r: 1|{'长' * 200}0（大刘镇）|0.0%||存在问题：征迁进展缓慢")
    assert lines[2].endswith("……（全文见附件）。")
    assert len(lines) == 13
    assert all(len(line) < 500 for line in lines)


def test_printed_sums_are_those_of_the_printed_cells(empty: Book) -> None:
    with empty.batch("create") as batch:
        for order in range(5):
            fields = {"name": f"第{order}镇", "level": "township", "above": empty.unit}
            unit = batch.create("unit", fields)
            project = batch.create(
                "project", {"name": f"项目{order}", "unit": unit, "annual_plan": 433_333_333}
            )
            row = {
                "planned_month": 133_335_000, "completed_month": 104_445_000 + order,
                "completed_year": 204_447_777, "last_year_month": 101_115_000,
                "last_year_to_date": 201_115_000,
            }  # fmt: skip
            batch.create("monthly", {"project": project, "period": MONTH, **row})
            counted = {"completed_year": 199_995_555 + order, "annual_task": 400_004_999}
            batch.create("monthly_unit", {"unit": unit, "period": MONTH, **counted})
    paper = monthly_paper(empty, MONTH)
    tables = [block for block in paper.blocks if isinstance(block, Table) and "亿元" in block.unit]
    assert len(tables) == 2
    for table in tables:
        *rows, total = table.rows
        for at, column in enumerate(table.columns):
            cells = [row.cells[at] for row in rows]
            if column.kind == "figure" and all(re.fullmatch(r"[+−]?\d+\.\d\d", c) for c in cells):
                figures = [round(float(c.replace("−", "-")) * 100) for c in cells]
                printed = round(float(total.cells[at].replace("−", "-")) * 100)
                assert sum(figures) == printed, column.title_path
    dispatch = [row.cells[9] for row in tables[0].rows[:-1]]
    assert dispatch == [row.cells[1] for row in tables[1].rows[:-1]]
    for line in tables[1].rows:
        first, between, last = (line.cells[at].replace("−", "-") for at in (1, 2, 3))
        assert round(float(first) * 100 + float(between) * 100) == round(float(last) * 100)


def test_of_very_many_yellow_cards_the_least_stand_in_the_paper(empty: Book) -> None:
    for number in range(43):
        done = 43 - number
        month(empty, f"项目{number}", completed_month=done, completed_year=done, planned_month=100)
    lines = section(monthly_paper(empty, MONTH), "月度计划完成较差的项目")
    assert lines[2].startswith("r: 1|项目42（大刘镇）|1.0%|")
    assert len(lines) == 43
    assert lines[-1] == "其余3个见附件。"


def test_a_unit_of_which_nobody_filled_is_told_in_a_word(empty: Book) -> None:
    month(empty, "甲", completed_month=1, completed_year=1)
    with empty.batch("create") as batch:
        for order, many in ((1, 7), (2, 6)):
            fields = {"name": f"第{order}镇", "level": "township", "above": empty.unit}
            unit = batch.create("unit", {**fields, "order": order})
            for number in range(many):
                fields = {"name": f"{order}项目{number}", "unit": unit, "state": "在建"}
                project = batch.create("project", fields)
                if (order, number) == (2, 0):
                    row = {"completed_month": 0, "completed_year": 0}
                    batch.create("monthly", {"project": project, "period": MONTH, **row})
    assert section(monthly_paper(empty, MONTH), "未填报情况") == [
        "应填报的14个项目中，12个没有填报。",
        "单位|应填报|未填报|未填报的项目",
        "r: 第1镇|7|7|均未填报",
        "r: 第2镇|6|5|2项目1、2项目2、2项目3、2项目4、2项目5",
    ]


# Words and charts ---------------------------------------------------------------------------


def test_charts_stand_from_four_units_on(empty: Book) -> None:
    with empty.batch("create") as batch:
        for order in range(4):
            fields = {"name": f"第{order}镇", "level": "township", "above": empty.unit}
            unit = batch.create("unit", fields)
            given = {"name": f"项目{order}", "unit": unit, "annual_plan": 1000 * W}
            project = batch.create("project", given)
            for number in range(1, 5):
                row = {"completed_month": 10 * W, "completed_year": 10 * number * W}
                period = f"2023-0{number}"
                batch.create("monthly", {"project": project, "period": period, **row})
    charts = [b.caption for b in monthly_paper(empty, "2023-04").blocks if isinstance(b, Chart)]
    assert charts == [
        "各单位年度计划完成率与序时进度",
        "2023年各月完成投资（万元）",
        "年度计划完成率与序时进度走势",
    ]
    three = [b.caption for b in monthly_paper(empty, "2023-03").blocks if isinstance(b, Chart)]
    assert three == ["各单位年度计划完成率与序时进度"]


def test_a_district_may_say_it_in_other_words(book: Book) -> None:
    known = texts()["monthly-report.toml"]
    changed = known.replace('cautions = "本月黄牌', 'cautions = "亮黄牌').replace(
        "rows = 40", "rows = 2"
    )
    book.use(schemes.parse({**texts(), "monthly-report.toml": changed}))
    paper = monthly_paper(book, MONTH)
    assert section(paper, "总体情况")[1].startswith("亮黄牌项目1个")
    lines = section(paper, "目标任务进展")
    assert lines[0] == "目标共7项，其中5项尚未达到且低于序时进度，列表如下。"
    assert len(lines) == 7


def test_a_mistake_is_told_with_its_line() -> None:
    known = texts()["monthly-report.toml"]
    wrong = known.replace("完成投资{本月完成}", "完成投资{本月}", 1)
    line = wrong[: wrong.index("{本月}")].count("\n") + 1
    with pytest.raises(MalformedScheme, match=f"第 {line} 行：没有占位“{{本月}}”"):
        TEMPLATE.of(schemes.parse({**texts(), "monthly-report.toml": wrong}))


def test_every_section_is_numbered(book: Book) -> None:
    headings = [b.text for b in monthly_paper(book, MONTH).blocks if isinstance(b, Heading)]
    first = [text[0] for text in headings if text[1] == "、"]
    assert first == list("一二三四五六七八")
