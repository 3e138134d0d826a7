"""What the ranking circular says beside its reference file: heads, ties, who has no place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger.escalation import proposals
from desktop.ledger.escalation_figures import NotAMonth
from desktop.ledger.workspace import Book
from desktop.reports.circular import NoStatistics, OnlyFromAbove, circular_paper
from desktop.reports.content import Chart, Closing, Imprint, Paragraph, RedHead, Table
from tests.ledger import books
from tests.ledger.district import W
from tests.ledger.months_book import MONTH, months_book
from tests.reports.test_weekly import said, section

Row = tuple[int | None, int | None, int | None]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    with books.found(tmp_path / "empty.yzb") as made:
        yield made


def counted(book: Book, *rows: Row, period: str = MONTH) -> None:
    """Units 第1镇 … with completed, last year's and the task, in 万元."""
    with book.batch("create") as batch:
        for order, (done, before, task) in enumerate(rows, 1):
            fields = {"name": f"第{order}镇", "level": "township", "above": book.unit}
            unit = batch.create("unit", {**fields, "order": order})
            found = {"completed_year": done, "last_year_to_date": before, "annual_task": task}
            money = {key: value * W for key, value in found.items() if value is not None}
            if money:
                batch.create("monthly_unit", {"unit": unit, "period": period, **money})


def table(book: Book) -> list[str]:
    blocks = circular_paper(book, MONTH).blocks
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return [line for line in said([found]) if line[1:2] == ":"]


def test_head_and_end(tmp_path: Path) -> None:
    book, _ = months_book(tmp_path / "a.yzb", profile=tmp_path / "p")
    with book:
        paper = circular_paper(book, MONTH)
        assert paper.head == RedHead("源汇区重点项目建设办公室", "　　〔2023〕　　号")
        assert paper.made_on == date(2023, 2, 28)
        assert paper.blocks[-2] == Closing("源汇区重点项目建设办公室", "2023年　　月　　日")
        numbered = circular_paper(book, MONTH, issue=3, issued_on=date(2023, 3, 16))
        assert numbered.head == RedHead("源汇区重点项目建设办公室", "通报〔2023〕3号")
        assert numbered.blocks[-2] == Closing("源汇区重点项目建设办公室", "2023年3月16日")
        assert numbered.blocks[-1] == Imprint("源汇区重点项目建设办公室", "2023年3月16日")


def test_decembers_circular_goes_out_in_the_next_year(empty: Book) -> None:
    counted(empty, (5, 4, 10), period="2022-12")
    closing = circular_paper(empty, "2022-12").blocks[-2]
    assert isinstance(closing, Closing)
    assert closing.date.startswith("2023年")


def test_equals_share_a_place_and_who_is_unknown_has_none(empty: Book) -> None:
    counted(empty, (110, 100, 500), (220, 200, None), (90, 100, 500), (7, None, 0), (None, 9, 9))
    assert table(empty) == [
        "r: 1|第1镇|110|100|+10.0%|500|22.0%|+5.3|—",
        "r: 1|第2镇|220|200|+10.0%|无任务|||—",
        "r: 3|第3镇|90|100|−10.0%|500|18.0%|+1.3|—",
        "r: —|第4镇|7|无上年同期数||无任务|||—",
        "r: —|第5镇|未报|||9|||—",
        "t: 合计（5个单位）||427|400|+5.0%*|1,009|20.0%|+3.3|",
    ]
    lines = section(circular_paper(empty, MONTH), "总体情况")
    assert lines == [
        "2023年1—2月，全区固定资产投资完成427万元，同比增长5.0%（可比口径）。"
        "4个单位中3个有上年同期数，可比口径只算这些单位。"
        "下达年度任务的2个单位，任务合计1000万元，完成率20.0%，超序时进度3.3个百分点。"
        "参加增速排名的3个单位中，增长的2个，下降的1个。各单位完成率均达到序时进度。"
    ]


def test_nobody_has_last_years_figures(empty: Book) -> None:
    counted(empty, (10, None, None), (20, None, None), (30, None, None))
    paper = circular_paper(empty, MONTH)
    assert section(paper, "总体情况") == [
        "2023年1—2月，全区固定资产投资完成60万元，无上年同期数。没有下达年度任务。"
    ]
    assert {row.split("|")[0] for row in table(empty)[:-1]} == {"r: —"}
    assert not [line for line in said(paper.blocks) if "通报表扬" in line or "通报批评" in line]


def test_a_last_year_of_zero_is_no_base(empty: Book) -> None:
    counted(empty, (10, 0, 100), (20, 0, 100))
    assert table(empty)[0] == "r: —|第1镇|10|0|上年为零|100|10.0%|−6.7|—"
    assert section(circular_paper(empty, MONTH), "总体情况")[0].startswith(
        "2023年1—2月，全区固定资产投资完成30万元，上年同期为零。年度任务200万元，完成率15.0%，"
    )


def test_praise_and_criticism_name_rule_and_figures_the_first_place_first(empty: Book) -> None:
    counted(empty, (105, 100, 900), (120, 100, 600), (90, 100, 300), (100, 100, 450))
    paper = circular_paper(empty, MONTH)
    praise = section(paper, "通报表扬")
    assert "的规定，对下列单位予以通报表扬：" in praise[0]
    assert praise[1].startswith("1. 第2镇。2023年1—2月固定资产投资完成120万元，上年同期100万元")
    assert praise[2].startswith("2. 第1镇。")
    blame = section(paper, "通报批评")
    assert len(blame) == 2
    assert blame[1].startswith(
        "1. 第3镇。2023年1—2月固定资产投资完成90万元，上年同期100万元，同比下降10.0%"
    )
    (chart,) = [block for block in paper.blocks if isinstance(block, Chart)]
    assert chart.drawing.said == ("全区3.8%：第2镇20.0%，第1镇5.0%，第4镇0.0%，第3镇−10.0%。")
    assert Paragraph not in {type(block) for block in paper.blocks[-2:]}


def test_single_projects_are_no_matter_of_the_circular(empty: Book) -> None:
    counted(empty, (10, 9, 60), (9, 9, 54), (8, 9, 48))
    unit = next(row["record"] for row in empty.rows("unit") if row["name"] == "第1镇")
    with empty.batch("create") as batch:
        given = {"name": "开工未入库项目", "unit": unit, "state": "在建"}
        started = {"total_investment": 9000 * W, "actual_start": "2022-01-01"}
        batch.create("project", {**given, **started})
    assert ("talk_unregistered", "第1镇") in {
        (one.rule, one.unit_name) for one in proposals(empty, MONTH)
    }
    assert not [line for line in said(circular_paper(empty, MONTH).blocks) if "约谈" in line]


def test_who_has_no_statistics_gets_no_circular(empty: Book) -> None:
    with pytest.raises(NoStatistics, match="2023年2月还没有单位月度投资数据"):
        circular_paper(empty, MONTH)
    counted(empty, (None, 100, 100))
    with pytest.raises(NoStatistics):
        circular_paper(empty, MONTH)
    with pytest.raises(NotAMonth):
        circular_paper(empty, "2023-W09")


def test_a_unit_that_reports_itself_issues_none(tmp_path: Path) -> None:
    path = tmp_path / "a.yzb"
    with (
        books.found(path, "大刘镇", level="township", under="源汇区") as own,
        pytest.raises(OnlyFromAbove, match="汇总单位"),
    ):
        circular_paper(own, MONTH)
