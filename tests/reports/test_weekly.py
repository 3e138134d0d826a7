"""What the weekly report says, against figures worked out by hand; small, empty and large books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import cycle, paper_code
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.ledger.dispatch import NotAWeek
from desktop.ledger.workspace import Book
from desktop.reports.content import (
    Block,
    Chart,
    Closing,
    Heading,
    Paper,
    Paragraph,
    RedHead,
    Signatures,
    Table,
)
from desktop.reports.ledger_content import ledger_paper
from desktop.reports.weekly import weekly_paper
from desktop.reports.weekly_facts import amount
from desktop.reports.weekly_words import words_of
from tests.ledger import books
from tests.ledger.books import texts
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
            case Chart():
                lines.append(f"图 {block.caption}：{block.drawing.said}")
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
    assert paper.footer.code == paper_code.code(book.journal.head)
    assert (paper.made_on, paper.author) == (date(2023, 3, 2), "源汇区")
    assert not paper.demonstration
    other = weekly_paper(book, WEEK, issue=31, red_head=False, demonstration=True)
    assert (other.head, other.subtitle) == (None, "2023年第9周（2月24日—3月2日）")
    assert other.demonstration
    assert other.blocks == (
        *weekly_paper(book, WEEK).blocks,
        Closing("源汇区", "2023年3月2日"),
    )
    numbered = weekly_paper(book, WEEK, issue=31).head
    assert isinstance(numbered, RedHead)
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
        "r: 未分类|1|2,000|−10|900|45.0%|+28.3",
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
        "问题类别|未销号|其中超期|本周新增|本周销号|30天以上|最长天数",
        "r: 环评|1|0|0|0|0|29",
        "r: 征迁|1|1|1|0|0|5",
        "t: 合计|2|1|1|0|0|29",
        "序号|项目名称|存在问题|整改措施|责任单位|时限和状态",
        "r: 1|甲（大刘镇）|土地未征收|逐户签订协议|区自然资源局|2月28日\n整改中（超期2天）",
        "r: 2|丙（空冢郭镇）|环评未批复|||3月5日\n3月5日销号",
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


def test_projects_with_lights_the_furthest_behind_first(tmp_path: Path) -> None:
    with books.found(tmp_path / "lit.yzb") as book:
        for name, year in (("甲", 1), ("乙", 6), ("丙", 3), ("丁", 90)):
            project = books.project(book, name, annual_plan=100 * W)
            books.week(book, project, completed_year=year * W)
        books.project(book, "戊", state="停工")
        lines = section(weekly_paper(book, WEEK), "亮灯项目")
    shown = [line.partition("。")[0] for line in lines]
    assert shown == [
        "## （一）红灯项目1个",
        "(red) 1. 戊（源汇区）",
        "## （二）黄灯项目3个",
        "(yellow) 1. 甲（源汇区）",
        "(yellow) 2. 丙（源汇区）",
        "(yellow) 3. 乙（源汇区）",
    ]


def test_old_problems_are_counted_by_aspect(book: Book) -> None:
    aged = [line for line in said(weekly_paper(book, "2023-W10").blocks) if line[:5] == "r: 征迁"]
    assert aged == ["r: 征迁|1|1|0|0|0|12"]
    text = SHIPPED.replace("aged = 30 ", "aged = 11 ")
    book.use(worded(text))
    lines = section(weekly_paper(book, "2023-W10"), "存在问题和需协调事项")
    assert "问题类别|未销号|其中超期|本周新增|本周销号|11天以上|最长天数" in lines
    assert "r: 征迁|1|1|0|0|1|12" in lines


def test_late_problems_come_first_and_closed_ones_not_at_all(tmp_path: Path) -> None:
    with books.found(tmp_path / "late.yzb") as book:
        first, second = books.project(book, "丙"), books.project(book, "甲")
        with book.batch("create") as batch:
            batch.create("problem", {"project": first, "problem": "不急", "due": "2023-03-02"})
            batch.create("problem", {"project": second, "problem": "超期", "due": "2023-03-01"})
            batch.create("problem", {"project": second, "problem": "已了结", "state": "已销号"})
        lines = section(weekly_paper(book, WEEK), "存在问题和需协调事项")
    assert lines == [
        "未销号问题2个，其中超期1个；本周新增0个、销号0个。",
        "序号|项目名称|存在问题|时限和状态",
        "r: 1|甲（源汇区）|超期|3月1日\n（超期1天）",
        "r: 2|丙（源汇区）|不急|3月2日",
    ]


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
    assert section(weekly_paper(book, WEEK), "数据报送情况") == [
        "3个单位均未完成上报。",
        "单位|项目数|情况",
        "r: 大刘镇|2|数据已录入，尚未上报",
        "r: 空冢郭镇|2|未上报",
        "r: 阴阳赵镇|1|已退回，尚未重报：形象进度太笼统",
    ]


def test_all_units_have_sent_their_week(found: Found) -> None:
    book, made = found()
    fields = {"completed_week": 0, "completed_year": 0, "physical_progress": "围挡搭设"}
    with book.batch("create") as batch:
        batch.create("weekly", {"project": made["乙"], "period": WEEK, **fields})
        for unit in ("大刘镇", "空冢郭镇", "阴阳赵镇"):
            sent = {"unit": made[unit], "period": WEEK, "submitted_on": "2023-03-02"}
            batch.create("submission", sent)
    assert section(weekly_paper(book, WEEK), "数据报送情况") == ["各单位本周数据均已上报。"]


# Sections that not every week has -----------------------------------------------------------


def test_the_last_meetings_decisions_and_what_came_of_them(found: Found) -> None:
    book, made = found()
    with book.batch("create") as batch:
        first, last, _ = (
            batch.create("meeting", {"name": f"第{n}次调度会", "number": n, "held_on": day})
            for n, day in ((7, "2023-02-17"), (8, "2023-02-24"), (9, "2023-03-03"))
        )

        def decide(meeting: str, matter: str, due: str, **more: Any) -> None:
            who = {"unit": made["大刘镇"], "responsible_unit": "区供电公司"}
            fields = {"meeting": meeting, "matter": matter, "due": due}
            batch.create("decision", {**fields, **who, **more})

        decide(first, "旧事", "2023-02-20")
        closed = {"state": "已办结", "feedback": "已接通", "closed_on": "2023-02-28"}
        decide(last, "接通用电", "2023-03-01", **closed)
        decide(last, "征收土地", "2023-02-28", state="办理中")
        decide(last, "以后办的", "2023-03-09", state="已办结", closed_on="2023-03-04")
        supervise = {"unit": made["大刘镇"], "due": "2023-02-20", "extended_to": "2023-03-10"}
        batch.create("supervision", {**supervise, "matter": "赶上进度", "state": "办理中"})
        batch.create("supervision", {**supervise, "matter": "办完的", "state": "已销号"})
        batch.create("supervision", {**supervise, "matter": "以后的", "issued_on": "2023-03-03"})
    lines = section(weekly_paper(book, WEEK), "议定事项落实情况")
    assert [line for line in lines if line[:3] != "r: "] == [
        "第8次调度会议定事项3件，已办结1件，未办结2件，其中超期1件。",
        "序号|事项|责任单位|时限|状态|落实情况",
        "督办事项1件未办结。",
        "序号|事项|责任单位|时限|状态",
    ]
    rows = {line.split("|")[1]: line.split("|")[2:] for line in lines if line[:3] == "r: "}
    assert rows == {
        "接通用电": ["大刘镇、区供电公司", "3月1日", "已办结", "已接通"],
        "征收土地": ["大刘镇、区供电公司", "2月28日", "办理中（超期2天）", ""],
        "以后办的": ["大刘镇、区供电公司", "3月9日", "3月4日办结", ""],
        "赶上进度": ["大刘镇", "3月10日", "办理中"],
    }


def test_a_unit_that_never_saw_the_meeting_lists_what_it_has_to_do(found: Found) -> None:
    book, made = found()
    assert "议定" not in "".join(said(weekly_paper(book, WEEK).blocks))
    with book.batch("create") as batch:
        fields = {"unit": made["大刘镇"], "due": "2023-03-20", "matter": "报备"}
        batch.create("supervision", fields)
    assert section(weekly_paper(book, WEEK), "议定事项落实情况") == [
        "督办事项1件未办结。",
        "序号|事项|责任单位|时限",
        "r: 1|报备|大刘镇|3月20日",
    ]
    with book.batch("change") as batch:
        [row] = book.rows("supervision")
        batch.change("supervision", row["record"], {"state": "已办结"})
    lines = section(weekly_paper(book, WEEK), "议定事项落实情况")
    assert lines == ["没有需要落实的议定事项。"]


def test_explanations_of_failed_checks(found: Found) -> None:
    book, made = found()
    sentence = "本周完成 −10 万元，少于零。"
    fields = {"check": "negative", "item": "x", "sentence": sentence, "text": "冲减上月多报。"}
    with book.batch("create") as batch:
        for period in (WEEK, "2023-W08"):
            batch.create("explanation", {"project": made["丁"], "period": period, **fields})
    assert section(weekly_paper(book, WEEK), "出错说明") == [
        "项目名称|审核提示|说明",
        f"r: 丁（空冢郭镇）|{sentence}|冲减上月多报。",
    ]


def test_the_weeks_own_words_on_problems_needs_and_plans(found: Found) -> None:
    book, made = found()
    words = {
        "problems": "资金缺口。\n约200万元。",
        "needs": "请区财政局拨付。",
        "next_plan": "复工；",
    }
    with book.batch("change") as batch:
        batch.create("weekly", {"project": made["丁"], "period": WEEK, **words})
    paper = weekly_paper(book, WEEK)
    lines = section(paper, "存在问题和需协调事项")
    assert "r: 3|丁（空冢郭镇）|资金缺口；约200万元|||" in lines
    assert lines[-2:] == ["1. 丁（空冢郭镇）：请区财政局拨付。", "2. 甲（大刘镇）：土地未征收。"]
    assert section(paper, "下周工作安排")[-2:] == [
        "序号|项目名称|下周工作计划",
        "r: 1|丁（空冢郭镇）|复工",
    ]


def test_a_start_planned_for_next_week_is_due(found: Found) -> None:
    book, made = found()
    with book.batch("change") as batch:
        for name in ("甲", "乙"):  # 甲 has begun
            batch.change("project", made[name], {"planned_start": "2023-03-04"})
        reached = {"name": "早完成的", "due": "2023-03-09", "actual_finish": "2023-03-01"}
        batch.create("milestone", {"project": made["甲"], **reached})
    lines = section(weekly_paper(book, WEEK), "下周工作安排")
    assert lines[0] == "下周（3月3日—3月9日）到期的事项3项。"
    assert "r: 3月4日|乙（大刘镇）|计划开工" in lines


# A unit's own report, small and empty books -------------------------------------------------


def township(path: Path) -> Book:
    return books.found(path, unit="空冢郭镇", level="township", under="源汇区")


def test_a_units_own_report_is_plain_by_project_and_to_be_signed(tmp_path: Path) -> None:
    with township(tmp_path / "t.yzb") as book:
        first = books.project(book, "甲", annual_plan=1000 * W, level="省")
        books.project(book, "乙", level="市")
        books.week(book, first, completed_week=5 * W, completed_year=170 * W)
        paper = weekly_paper(book, WEEK)
    assert (paper.head, paper.title) == (None, "空冢郭镇重点项目第9周进展情况")
    assert paper.subtitle == "2023年第9周（2月24日—3月2日）"
    assert said(paper.blocks) == [
        "# 一、总体情况",
        "本周（2月24日—3月2日）全镇调度重点项目2个，完成投资5万元；年累计完成170万元，"
        "占年度计划的17.0%，超序时进度0.3个百分点。"
        "有1个项目本周未填报，年累计数取其本年最近一期。有1个项目没有年度计划。",
        "序号|项目名称|年度计划|本周完成|年累计|完成率|与序时比（百分点）|灯单位：万元",
        "r: 1|甲|1,000|5|170|17.0%|+0.3| (green)",
        "r: 2|乙||未报|未报|无计划|| (green)",
        "t: 合计（2个项目）||1,000|5|170|17.0%|+0.3|",
        "# 二、亮灯项目",
        "本周没有亮灯项目。",
        "# 三、存在问题和需协调事项",
        "没有未销号的问题，没有需要协调的事项。",
        "# 四、下周工作安排",
        "各项目没有填报下周工作计划。",
        "签 填报人|审核人|单位负责人（签章）",
        "落款 空冢郭镇 2023年3月2日",
    ]


def test_one_project_makes_no_table_of_categories_and_no_total(tmp_path: Path) -> None:
    with township(tmp_path / "t.yzb") as book:
        project = books.project(book, "甲", categories=["工业", "交通"])
        books.week(book, project, completed_week=-3 * W, completed_year=12 * W)
        paper = weekly_paper(book, WEEK)
    assert said(paper.blocks)[:5] == [
        "# 一、总体情况",
        "本周（2月24日—3月2日）全镇调度重点项目1个，完成投资−3万元；"
        "年累计完成12万元，没有年度计划。",
        "序号|项目名称|年度计划|本周完成|年累计|完成率|与序时比（百分点）|灯单位：万元",
        "r: 1|甲||−3|12|无计划|| (green)",
        "# 二、亮灯项目",
    ]


def test_a_week_that_nobody_reported(book: Book) -> None:
    paper = weekly_paper(book, "2023-W11")
    # 700 + 0 + 50 + 900 + 20 + 5 万元 of 7850; on March 16 75 of 365 days have passed.
    assert said(paper.blocks)[1].startswith(
        "本周（3月10日—3月16日）全区调度重点项目6个，均未填报本周数据；年累计完成1675万元，"
        "占年度计划的21.3%，超序时进度0.8个百分点。有1个项目没有年度计划。"
    )
    assert "r: 大刘镇|2|未上报" in section(paper, "数据报送情况")


def test_an_empty_book_says_that_there_is_nothing(tmp_path: Path) -> None:
    with books.found(tmp_path / "empty.yzb") as book:
        paper = weekly_paper(book, WEEK)
    assert said(paper.blocks) == ["本周（2月24日—3月2日）全区没有调度的项目。"]
    assert paper.appendices == ()


def test_a_district_with_one_unit_shows_its_projects(tmp_path: Path) -> None:
    with books.found(tmp_path / "one.yzb") as book:
        books.week(book, books.project(book, "甲", annual_plan=W), completed_year=0)
        lines = said(weekly_paper(book, WEEK).blocks)
    assert lines[3].startswith("序号|项目名称|")
    assert lines[4] == "r: 1|甲（源汇区）|1|100|0|0.0%|−16.7| (yellow)"


def test_records_that_are_hardly_filled_make_a_paper_all_the_same(tmp_path: Path) -> None:
    with books.found(tmp_path / "bare.yzb") as book:
        with book.batch("create") as batch:
            project = batch.create("project", {"name": "甲"})
            meeting = batch.create("meeting", {"name": "调度会"})
            batch.create("weekly", {"project": project, "period": WEEK})
            batch.create("problem", {"project": project, "problem": "待查"})
            batch.create("milestone", {"project": project, "name": "开工"})
            batch.create("stopped", {"project": project})
            batch.create("decision", {"meeting": meeting, "matter": "议定"})
            batch.create("supervision", {"unit": book.unit, "matter": "督办"})
            identity = {"project": project, "period": WEEK, "check": "c", "item": "i"}
            batch.create("explanation", identity)
        paper = weekly_paper(book, WEEK)
        for register in book.scheme.registers:
            ledger_paper(book, register)
    assert said(paper.blocks)[1] == (
        "本周（2月24日—3月2日）全区调度重点项目1个，均未填报本周数据；年累计完成0万元，没有年度计划。"
    )
    assert "r: 1|甲|待查" in section(paper, "存在问题和需协调事项")
    assert section(paper, "议定事项落实情况") == [
        "未办结的议定事项1件。",
        "序号|事项",
        "r: 1|议定",
        "督办事项1件未办结。",
        "序号|事项|责任单位",
        "r: 1|督办|源汇区",
    ]


# Large books --------------------------------------------------------------------------------


def many(book: Book, count: int) -> None:
    """So many projects, every second far behind, each with a problem, a need and a plan."""
    with book.batch("create") as batch:
        for number in range(count):
            fields = {"state": "在建", "total_investment": W, "annual_plan": 1000 * W}
            project = batch.create(
                "project", {"name": f"项目{number:02}", "unit": book.unit, **fields}
            )
            words = {"physical_progress": "施工", "needs": "请协调", "next_plan": "赶工"}
            week = {"completed_week": W, "completed_year": W if number % 2 else 200 * W}
            batch.create("weekly", {"project": project, "period": WEEK, **week, **words})
            due = {"due": "2023-03-01"} if number == 0 else {}
            problem = {"problem": f"问题{number}", "measure": "整改", "state": "待办", **due}
            batch.create("problem", {"project": project, **problem})


def test_what_is_too_long_for_the_meeting_goes_to_the_appendix(tmp_path: Path) -> None:
    with books.found(tmp_path / "many.yzb") as book:
        many(book, 42)
        paper = weekly_paper(book, WEEK)
    lights = section(paper, "亮灯项目")
    assert lights[:3] == [
        "黄灯项目21个：",
        "序号|项目名称|完成率|亮灯原因|措施和时限|灯",
        "r: 1|项目01（源汇区）|0.1%|低于序时进度16.6个百分点。|"
        "存在问题：问题1。措施：整改。| (yellow)",
    ]
    assert len(lights) == 2 + 21
    problems = section(paper, "存在问题和需协调事项")
    assert problems[1:4] == [
        "未销号问题42个，其中超期1个；本周新增0个、销号0个。要紧的如下，其余见附件2。",
        "序号|项目名称|存在问题|整改措施|时限和状态",
        "r: 1|项目00（源汇区）|问题0|整改|3月1日\n待办（超期1天）",
    ]
    assert len([line for line in problems if line.endswith("）|请协调")]) == 21
    assert problems[-1] == "其余21项见附件1。"
    plans = section(paper, "下周工作安排")
    assert len([line for line in plans if line.endswith("|赶工")]) == 21
    assert plans[-1] == "其余项目的下周工作计划见附件1。"
    assert [(ledger.label, ledger.title) for ledger in paper.appendices] == [
        ("附件1", "源汇区周调度台账"),
        ("附件2", "源汇区问题清单"),
    ]
    assert len(paper.appendices[1].table.rows) == 42


def test_of_very_many_projects_with_lights_the_furthest_behind_are_told(tmp_path: Path) -> None:
    with books.found(tmp_path / "many.yzb") as book:
        many(book, 90)
        paper = weekly_paper(book, WEEK)
    lights = section(paper, "亮灯项目")
    assert lights[0] == "黄灯项目45个："
    assert len(lights) == 2 + 40 + 1
    assert lights[-1] == "其余5个见附件3。"
    needs = section(paper, "存在问题和需协调事项")
    assert len([line for line in needs if line.endswith("）|请协调")]) == 40
    assert needs[-1] == "其余50项见附件1。"
    assert len([line for line in section(paper, "下周工作安排") if line.endswith("|赶工")]) == 40
    assert [ledger.label for ledger in paper.appendices] == ["附件1", "附件2", "附件3"]
    listed = paper.appendices[2]
    assert (listed.title, listed.subtitle) == (
        "源汇区亮灯项目清单",
        "2023年第9周（2月24日—3月2日）",
    )
    kinds = [row.kind for row in listed.table.rows]
    assert kinds == ["section", *["row"] * 45]
    assert listed.table.rows[0].cells == ("一、黄灯项目45个",)
    assert {row.light for row in listed.table.rows[1:]} == {"yellow"}
    assert [row.cells[0] for row in listed.table.rows[1:3]] == ["1", "2"]


def test_problems_that_only_the_weeks_ledger_names_do_not_fill_the_body(tmp_path: Path) -> None:
    with books.found(tmp_path / "many.yzb") as book:
        for number in range(60):
            project = books.project(book, f"项目{number:02}")
            books.week(book, project, problems=f"征迁剩余{number}户")
        paper = weekly_paper(book, WEEK)
    problems = section(paper, "存在问题和需协调事项")
    assert problems[1].startswith("r: 1|项目00（源汇区）|征迁剩余0户")
    assert len([line for line in problems if line.startswith("r: ")]) == 40
    assert problems[-1] == "其余20项见附件。"


def test_the_list_of_lights_is_the_second_appendix_where_problems_are_few(tmp_path: Path) -> None:
    with books.found(tmp_path / "many.yzb") as book:
        many(book, 90)
        for row in book.rows("problem"):
            books.remove(book, "problem", row["record"])
        paper = weekly_paper(book, WEEK)
    assert section(paper, "亮灯项目")[-1] == "其余5个见附件2。"
    assert [ledger.title for ledger in paper.appendices] == [
        "源汇区周调度台账",
        "源汇区亮灯项目清单",
    ]


def test_very_long_texts_end_early_and_stand_whole_in_the_appendix(tmp_path: Path) -> None:
    part = "土地指标未落实，涉及一般农田；"
    problem = part * 200
    name = "农产品冷链物流园" * 25
    with township(tmp_path / "t.yzb") as book:
        project = books.project(book, name, annual_plan=1000 * W)
        books.week(book, project, completed_year=W, needs=problem, physical_progress=problem)
        with book.batch("create") as batch:
            batch.create("problem", {"project": project, "problem": problem, "measure": "补办"})
        paper = weekly_paper(book, WEEK)
    lines = said(paper.blocks)
    assert max(len(line) for line in lines) < 1000
    assert any(name in line for line in lines)
    [row] = [line for line in lines if line.startswith("r: 1|") and "补办" in line]
    short = row.split("|")[2]
    assert short == (part * 10).rstrip("；") + "……（全文见附件2）"
    assert "形象进度：土地指标未落实，涉及一般农田；" in "".join(lines)
    assert "涉及一般农田……（全文见附件1）。" in section(paper, "存在问题和需协调事项")[-1]
    assert [ledger.label for ledger in paper.appendices] == ["附件1", "附件2"]
    whole = [cell for ledger in paper.appendices for r in ledger.table.rows for cell in r.cells]
    assert whole.count(problem) == 3


def test_a_project_that_never_reported_is_judged_as_zero_and_called_so(tmp_path: Path) -> None:
    with township(tmp_path / "t.yzb") as book:
        books.project(book, "甲", annual_plan=1000 * W)
        filled = books.project(book, "乙", annual_plan=1000 * W)
        books.week(book, filled, completed_week=0, completed_year=0)
        paper = weekly_paper(book, WEEK)
    lines = said(paper.blocks)
    rows = [line for line in lines if line.startswith("r: ")]
    assert rows[:2] == [
        "r: 1|乙|1,000|0|0|0.0%|−16.7| (yellow)",
        "r: 2|甲|1,000|未报|未报|0.0%|−16.7| (yellow)",
    ]
    assert "注：今年尚未填报的项目，完成率按零计算。" in lines
    assert section(paper, "亮灯项目")[1:] == [
        "(yellow) 1. 乙。低于序时进度16.7个百分点。"
        "年度计划1000万元，今年尚未完成投资。形象进度：主体施工至三层。",
        "(yellow) 2. 甲。今年尚未填报，按零计低于序时进度16.7个百分点。"
        "年度计划1000万元，今年尚未填报完成投资。",
    ]


def test_a_stop_is_no_matter_of_what_was_reported(tmp_path: Path) -> None:
    with township(tmp_path / "t.yzb") as book:
        books.project(book, "甲", state="停工")
        lines = section(weekly_paper(book, WEEK), "亮灯项目")
    assert lines[1].startswith("(red) 1. 甲。已停工，尚未列入停工项目清单。")


def test_a_long_text_without_a_stop_ends_where_it_must(tmp_path: Path) -> None:
    with township(tmp_path / "t.yzb") as book:
        project = books.project(book, "甲")
        books.week(book, project, needs="短，" + "长" * 3000)
        lines = section(weekly_paper(book, WEEK), "存在问题和需协调事项")
    assert lines[-1] == "1. 甲：短，" + "长" * 148 + "……（全文见附件）。"


def test_sums_in_sentences_have_two_decimals_at_the_most() -> None:
    assert [amount(yuan) for yuan in (0, 2_451_526, -30_549, 40, 99_999_960, 436_000_000)] == [
        "0万元",
        "245.15万元",
        "−3.05万元",
        "0.004万元",
        "1.00亿元",
        "4.36亿元",
    ]


# Words --------------------------------------------------------------------------------------

SHIPPED = texts()["weekly-report.toml"]


def worded(text: str) -> Scheme:
    """The shipped scheme with other words for the report."""
    return schemes.parse({**texts(), "weekly-report.toml": text})


def test_a_district_writes_its_own_words(book: Book) -> None:
    text = SHIPPED.replace('mark = "{单位}重点项目周调度"', 'mark = "{单位}项目为王周报"')
    text = text.replace('issuer = ""', 'issuer = "{单位}发展和改革委员会"')
    text = re.sub(r'starts = ".+"', 'starts = ""', text)
    book.use(worded(text.replace('money_unit = ""', 'money_unit = "亿元"')))
    paper = weekly_paper(book, WEEK)
    assert paper.head == RedHead(
        "源汇区项目为王周报", "第 9 期", "源汇区发展和改革委员会", "2023年3月2日"
    )
    lines = said(paper.blocks)
    assert lines[2].startswith("今年以来应竣工项目1个")
    # 0.0950 + 0.0610 + 0.0020 亿元 make 0.1580: the printed figures add up all the same.
    assert [line.split("|")[5] for line in lines[4:8]] == ["0.10", "0.06", "0.00", "0.16"]


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("{单位}重点项目周调度", "{单位}{年份}周调度", "head.mark", "没有占位“{年份}”"),
        ("第 {期号} 期", "第 {期号 期", "head.issue", "花括号没有成对"),
        ("paragraphs = 10", 'paragraphs = "十五"', "settings.paragraphs", "应为"),
        ("paragraphs = 10", "", "settings", "paragraphs"),
        ('money_unit = ""', 'money_unit = "元"', "settings.money_unit", "不能取值"),
        ('lights = "亮灯项目"', 'lamps = "亮灯"', "sections.lamps", "没有这一句"),
        ('other = "本单位"', "", "scope.other", "缺少"),
        ("[closing]", "[ending]", "ending.filler", "没有这一句"),
    ],
)
def test_mistakes_in_the_words_are_refused_with_file_key_and_reason(
    book: Book, old: str, new: str, key: str, reason: str
) -> None:
    assert old in SHIPPED
    book.use(worded(SHIPPED.replace(old, new, 1)))
    with pytest.raises(MalformedScheme) as refused:
        weekly_paper(book, WEEK)
    assert (refused.value.file, refused.value.key) == ("weekly-report.toml", key)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("start", "wrong", "reason"),
    [
        ('yellow = "黄灯', 'yellow = "黄灯{个数}个"', "没有占位“{个数}”"),
        ('mark = "{单位}', 'marks = "{单位}"', "没有这一句"),
        ("rows = 40", 'rows = "四十"', "应为"),
    ],
)
def test_a_mistake_in_the_words_names_its_line(
    book: Book, start: str, wrong: str, reason: str
) -> None:
    lines = SHIPPED.splitlines()
    [number] = [n for n, line in enumerate(lines, 1) if line.startswith(start)]
    lines[number - 1] = wrong
    book.use(worded("\n".join(lines)))
    with pytest.raises(MalformedScheme, match=f"第 {number} 行：{reason}"):
        weekly_paper(book, WEEK)


def test_a_scheme_from_before_a_sentence_takes_it_from_the_program(book: Book) -> None:
    whole = weekly_paper(book, WEEK)
    text = SHIPPED.replace('lights = "亮灯项目"', "")
    text = re.sub(r"(?s)\[charts\].*?\n\n", "", text)
    text = re.sub(r"(words|chart_units|chart_weeks) = .*\n", "", text)
    assert "[charts]" not in text
    book.use(worded(text))
    assert weekly_paper(book, WEEK) == whole
    book.use(worded(SHIPPED.replace('lights = "亮灯项目"', 'lights = "滞后项目"')))
    assert "# 三、滞后项目" in said(weekly_paper(book, WEEK).blocks)


def test_the_report_names_an_indicator_that_the_scheme_lacks(book: Book) -> None:
    text = texts()["indicators.toml"].replace('name = "milestone_rate"', 'name = "steps_rate"')
    book.use(schemes.parse(texts(indicators=text)))
    with pytest.raises(MalformedScheme, match="周调度报告要用的指标“milestone_rate”"):
        weekly_paper(book, WEEK)


@pytest.mark.parametrize(
    ("unit", "scope"),
    [
        ("空冢郭镇", "全镇"),
        ("问十乡", "全乡"),
        ("濮阳县", "全县"),
        ("沙澧高新区", "全区"),
        ("干河陈街道", "全街道"),
        ("建设指挥部", "本单位"),
    ],
)
def test_the_whole_is_called_by_the_units_name(unit: str, scope: str) -> None:
    assert words_of(books.shipped()).scope(unit) == scope
