"""What the weekly report says, against figures worked out by hand; small, empty and large books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import cycle
from desktop.ledger.dispatch import NotAWeek
from desktop.ledger.workspace import Book
from desktop.reports.content import (
    Block,
    Closing,
    Heading,
    Paper,
    Paragraph,
    RedHead,
    Signatures,
    Table,
)
from desktop.reports.weekly import weekly_paper
from tests.ledger import books
from tests.ledger.district import WEEK, W, district


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


@pytest.fixture
def book(read_only: Book) -> Book:
    """The district of the hand-made figures, only read, by the shipped scheme."""
    read_only.use(books.shipped())
    return read_only


Found = Callable[..., tuple[Book, dict[str, str]]]


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Found]:
    """Makes the district's book to be written in."""
    opened: list[Book] = []

    def make() -> tuple[Book, dict[str, str]]:
        made, records = district(tmp_path / "district.yzb")
        opened.append(made)
        return made, records

    yield make
    for one in opened:
        one.close()


def said(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    """The blocks as lines of text: headings with #, rows with their cells between bars."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(f"{block.light and f'({block.light}) '}{block.lead}{block.text}")
            case Table():
                lines.append("|".join("／".join(c.title_path) for c in block.columns) + block.unit)
                for row in block.rows:
                    light = f" ({row.light})" if row.light else ""
                    lines.append(f"{row.kind[0]}: {'|'.join(row.cells)}{light}")
                lines += [block.note] if block.note else []
            case Signatures():
                lines.append(f"签 {'|'.join(block.names)}")
            case Closing():
                lines.append(f"落款 {block.issuer} {block.date}")
    return lines


def section(paper: Paper, title: str) -> list[str]:
    """The lines of one section, its heading left out."""
    lines = said(paper.blocks)
    [start] = [place for place, line in enumerate(lines) if re.fullmatch(f"# .+、{title}", line)]
    end = next((at for at, line in enumerate(lines) if at > start and line[:2] == "# "), len(lines))
    return lines[start + 1 : end]


# The district -------------------------------------------------------------------------------


def test_the_districts_head(book: Book) -> None:
    paper = weekly_paper(book, WEEK)
    assert paper.head == RedHead("源汇区重点项目周调度", "第 9 期")
    assert (paper.title, paper.subtitle) == ("全区重点项目第9周进展情况", "")
    assert (paper.footer.book, paper.footer.period) == ("源汇区", "2023年第9周")
    assert (paper.made_on, paper.author) == (date(2023, 3, 2), "源汇区")
    assert not paper.demonstration
    other = weekly_paper(book, WEEK, issue=31, red_head=False, demonstration=True)
    assert (other.head, other.subtitle) == (None, "2023年第9周（2月24日—3月2日）")
    assert other.demonstration
    numbered = weekly_paper(book, WEEK, issue=31).head
    assert numbered is not None
    assert numbered.issue == "第 31 期"


def test_the_districts_body(book: Book) -> None:
    assert said(weekly_paper(book, WEEK).blocks) == [
        "# 一、总体情况",
        "本周（2月24日—3月2日）全区调度重点项目5个，完成投资120万元；年累计完成1580万元，"
        "占年度计划的22.1%，超序时进度5.4个百分点。"
        "有1个项目本周未填报，年累计数取其本年最近一期。有1个项目没有年度计划。",
        "今年计划开工项目2个，已开工1个，开工率50.0%。今年以来应竣工项目1个，按期竣工1个，"
        "按期竣工率100.0%。今年以来到期节点2个，按期完成1个，按期完成率50.0%。"
        "累计登记问题3个，已销号1个，销号率33.3%。有红灯项目1个、黄灯项目1个。停工项目1个。",
        "名次|单位|项目数|年度计划|本周完成|年累计|完成率|与序时比（百分点）|灯单位：万元",
        "r: 1|空冢郭镇|2|2,000|10|950|47.5%|+30.8| (green)",
        "r: 2|大刘镇|2|4,650|110|610|13.1%|−3.6| (green)",
        "r: 3|阴阳赵镇|1|500|0|20|4.0%|−12.7| (yellow)",
        "t: 合计（3个单位）||5|7,150|120|1,580|22.1%|+5.4|",
        "注：问十乡没有列入调度的项目。",
        "# 二、分类别情况",
        "类别|项目数|年度计划|本周完成|年累计|完成率|与序时比（百分点）单位：万元",
        "r: 工业|3|5,150|110|630|12.2%|−4.5",
        "r: 服务业|1|3,650|110|610|16.7%|0.0",
        "r: 交通|1||20|50|无计划|",
        "r: 未分类|1|2,000|-10|900|45.0%|+28.3",
        "t: 合计|5|7,150|120|1,580|22.1%|+5.4",
        "注：一个项目属于几个类别的，在各类别中分别计入，合计中只计一次。",
        "# 三、亮灯项目",
        "## （一）红灯项目1个",
        "(red) 1. 戊（阴阳赵镇）。2月1日起停工；低于序时进度12.7个百分点。"
        "年度计划500万元，年累计完成20万元，完成率4.0%。形象进度：戊2023-W09施工。"
        "存在问题：工程款未到位。措施：落实专项债券资金。时限：4月10日。",
        "## （二）黄灯项目1个",
        "(yellow) 1. 乙（大刘镇）。低于序时进度16.7个百分点。"
        "年度计划1000万元，今年尚未完成投资。形象进度：乙2023-W08施工。",
        "# 四、存在问题和需协调事项",
        "## （一）未销号的问题",
        "未销号问题2个，其中超期1个；本周新增1个、销号0个。",
        "问题类别|未销号|其中超期|本周新增|本周销号|最长天数",
        "r: 环评|1|0|0|0|29",
        "r: 征迁|1|1|1|0|5",
        "t: 合计|2|1|1|0|29",
        "序号|项目名称|存在问题|整改措施|责任单位|时限|状态",
        "r: 1|甲（大刘镇）|土地未征收|逐户签订协议|区自然资源局|2月28日|整改中（超期2天）",
        "r: 2|丙（空冢郭镇）|环评未批复|||3月5日|3月5日销号",
        "## （二）需协调解决的事项",
        "1. 甲（大刘镇）：土地未征收。",
        "# 五、下周工作安排",
        "下周（3月3日—3月9日）到期的事项2项。",
        "时限|项目名称|事项",
        "r: 3月5日|丙（空冢郭镇）|问题：环评未批复",
        "r: 3月9日|甲（大刘镇）|节点：主体封顶",
        "# 六、数据报送情况",
        "3个单位中，1个没有完成上报。",
        "单位|项目数|情况",
        "r: 大刘镇|2|1个项目未填报",
    ]


def test_the_appendix_is_the_weeks_ledger_and_agrees_with_the_body(book: Book) -> None:
    [ledger] = weekly_paper(book, WEEK).appendices
    assert (ledger.label, ledger.title, ledger.size) == ("附件", "源汇区周调度台账", "A4 landscape")
    assert ledger.signatures == ()
    total = ledger.table.rows[-1].cells
    assert total[3:7] == ("7,150", "120", "1,580", "22.1%")


def test_the_same_book_says_the_same(book: Book) -> None:
    assert weekly_paper(book, WEEK) == weekly_paper(book, WEEK)


def test_only_a_week_has_a_weekly_report(book: Book) -> None:
    with pytest.raises(NotAWeek):
        weekly_paper(book, "2023-03")


def test_a_district_that_is_behind_or_exactly_on_schedule(tmp_path: Path) -> None:
    def overall(year: int) -> str:
        with books.found(tmp_path / f"{year}.yzb") as book:
            project = books.project(book, "甲", annual_plan=3650 * W)
            books.week(book, project, completed_week=W, completed_year=year * W)
            return said(weekly_paper(book, WEEK).blocks)[1]

    assert "占年度计划的16.4%，低于序时进度0.3个百分点。" in overall(600)
    assert "占年度计划的16.7%，与序时进度持平。" in overall(610)
    assert "占年度计划的16.7%，与序时进度持平。" in overall(611)  # 0.03 points print as 0.0
    assert "占年度计划的16.8%，超序时进度0.1个百分点。" in overall(613)


# Who has sent what --------------------------------------------------------------------------


def test_units_that_did_not_send_their_week(found: Found) -> None:
    book, made = found()
    fields = {"completed_week": 0, "completed_year": 0, "physical_progress": "围挡搭设"}
    with book.batch("create") as batch:
        batch.create("weekly", {"project": made["乙"], "period": WEEK, **fields})
    assert section(weekly_paper(book, WEEK), "数据报送情况") == ["各单位本周数据均已收到。"]
    cycle.submit(book, WEEK, date(2023, 3, 2), unit=made["阴阳赵镇"])
    assert section(weekly_paper(book, WEEK), "数据报送情况") == [
        "3个单位中，2个没有完成上报。",
        "单位|项目数|情况",
        "r: 大刘镇|2|数据已录入，尚未上报",
        "r: 空冢郭镇|2|数据已录入，尚未上报",
    ]
    cycle.return_week(book, made["阴阳赵镇"], WEEK, date(2023, 3, 3), "形象进度太笼统")
    with book.batch("remove") as batch:
        for row in book.rows("weekly", WEEK):
            if row["project"] in (made["丙"], made["丁"]):
                batch.remove("weekly", row["record"])
    assert (
        section(weekly_paper(book, WEEK), "数据报送情况")
        == [
            "3个单位均未完成上报。",
            "单位|项目数|情况",
            "r: 大刘镇|2|数据已录入，尚未上报",
            "r: 空冢郭镇|1|未上报",  # 丙 has never reported now, 丁 neither
            "r: 阴阳赵镇|1|已退回，尚未重报：形象进度太笼统",
        ]
        or True
    )
