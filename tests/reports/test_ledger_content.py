"""Ledgers as they are printed: columns, sections, sums, what was not reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import paper_code
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme, NoSuchRegister
from desktop.ledger.workspace import Book
from desktop.reports.content import LedgerPaper, Table
from desktop.reports.ledger_content import ledger_of, ledger_paper
from desktop.reports.ledger_sections import numeral
from desktop.reports.monthly import monthly_paper
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import WEEK, W, district
from tests.ledger.months_book import MONTH, months_book


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


def headings(table: Table) -> list[str]:
    return ["／".join(column.title_path) for column in table.columns]


def rows(table: Table) -> list[str]:
    return [f"{row.kind[0]}{row.span}: {'|'.join(row.cells)}" for row in table.rows]


def test_the_weekly_ledger_of_a_district_by_unit(book: Book) -> None:
    paper = ledger_paper(book, "weekly", WEEK)
    ledger = paper.ledger
    assert (ledger.title, ledger.subtitle) == ("源汇区周调度台账", "2023年第9周（2月24日—3月2日）")
    assert (ledger.prepared, ledger.table.unit) == ("填报单位：源汇区", "单位：万元")
    assert ledger.signatures == ("填表人", "审核人", "单位负责人")
    assert paper.footer.code == paper_code.code(book.journal.head)
    assert (paper.made_on, paper.footer.period) == (date(2023, 3, 2), "2023年第9周")
    assert (ledger.size, ledger.label, paper.demonstration) == ("A3 landscape", "", False)
    assert headings(ledger.table) == [
        "序号",
        "项目名称",
        "总投资",
        "年度计划投资",
        "本周完成投资",
        "本年累计完成投资",
        "占年度计划",
        "形象进度",
        "存在问题",
        "需协调解决事项",
        "下周工作计划",
    ]
    assert rows(ledger.table) == [
        "s1: 一、大刘镇",
        "r1: 1|乙|10,000|1,000|未报|0|0.0%|乙2023-W08施工|||",
        "r1: 2|甲|10,000|3,650|110|610|16.7%|甲2023-W09施工|||",
        "s2: 大刘镇小计（2项）||20,000|4,650|110|610|13.1%||||",
        "s1: 二、空冢郭镇",
        "r1: 3|丁|10,000|2,000|−10|900|45.0%|丁2023-W09施工|||",
        "r1: 4|丙|10,000||20|50|无计划|丙2023-W09施工|||",
        "s2: 空冢郭镇小计（2项）||20,000|2,000|10|950|47.5%||||",
        "s1: 三、阴阳赵镇",
        "r1: 5|戊|10,000|500|0|20|4.0%|戊2023-W09施工|||",
        "s2: 阴阳赵镇小计（1项）||10,000|500|0|20|4.0%||||",
        "t2: 合计（5项）||50,000|7,150|120|1,580|22.1%||||",
    ]
    assert [row.kind for row in ledger.table.rows[:4]] == ["section", "row", "row", "subtotal"]
    assert ledger.table.note == "注：1个项目本周未填报，累计数为本年最近一期所填。"


def test_sections_by_level_within_units(book: Book) -> None:
    ledger = ledger_of(book, "weekly", WEEK, sections=("unit", "level"), label="附件", size="A4")
    assert (ledger.label, ledger.size, ledger.signatures) == ("附件", "A4", ())
    kept = [row.cells[0] for row in ledger.table.rows if row.kind != "row"]
    assert kept == [
        "一、大刘镇",
        "（一）省重点项目",
        "省重点项目小计（1项）",
        "（二）市重点项目",
        "市重点项目小计（1项）",
        "大刘镇小计（2项）",
        "二、空冢郭镇",
        "（一）区重点项目",
        "区重点项目小计（2项）",
        "空冢郭镇小计（2项）",
        "三、阴阳赵镇",
        "（一）一般项目",
        "一般项目小计（1项）",
        "阴阳赵镇小计（1项）",
        "合计（5项）",
    ]
    money = [row.cells[3] for row in ledger.table.rows if row.kind in ("subtotal", "total")]
    assert money == ["3,650", "1,000", "4,650", "2,000", "2,000", "500", "500", "7,150"]


def test_a_unit_sees_its_ledger_by_level_and_no_unit_column(tmp_path: Path) -> None:
    with books.found(tmp_path / "t.yzb", "空冢郭镇", level="township", under="源汇区") as book:
        books.project(book, "甲", level="省", total_investment=12_345_600)
        books.project(book, "乙", level="市", total_investment=7_000_000, funds_bond=1_000_000)
        books.project(book, "丙", total_investment=3_000_050)
        ledger = ledger_of(book, "project")
    assert headings(ledger.table) == [
        "序号",
        "项目名称",
        "项目级别",
        "项目状态",
        "总投资",
        "资金来源／专项债券资金",
    ]
    # 300.005 has more than two decimals: the printed figures add up all the same.
    assert rows(ledger.table) == [
        "s1: 一、省重点项目",
        "r1: 1|甲|省|在建|1,234.56|",
        "s4: 省重点项目小计（1项）||||1,234.56|",
        "s1: 二、市重点项目",
        "r1: 2|乙|市|在建|700.00|100",
        "s4: 市重点项目小计（1项）||||700.00|100",
        "s1: 三、未填级别的项目",
        "r1: 3|丙||在建|300.01|",
        "s4: 未填级别的项目小计（1项）||||300.01|",
        "t4: 合计（3项）||||2,234.57|100",
    ]
    assert ledger.size == "A4 landscape"


def test_a_list_without_money_has_no_sums(book: Book) -> None:
    ledger = ledger_of(book, "milestone")
    assert headings(ledger.table) == ["序号", "项目名称", "节点名称", "计划完成", "实际完成"]
    assert ledger.table.unit == ""
    assert rows(ledger.table) == [
        "s1: 一、大刘镇",
        "r1: 1|甲|主体封顶|2023-03-09|",
        "r1: 2|甲|基础完成|2023-02-10|2023-02-09",
        "s1: 二、空冢郭镇",
        "r1: 3|丙|路基完成|2023-02-20|2023-02-25",
    ]


def test_a_district_keeps_the_unit_column_where_sections_do_not_say_it(book: Book) -> None:
    by_unit = ledger_of(book, "project")
    by_level = ledger_of(book, "project", sections=("level",))
    assert "填报单位" not in headings(by_unit.table)
    assert "填报单位" in headings(by_level.table)
    unit = headings(by_level.table).index("填报单位")
    cells = {row.cells[1]: row.cells[unit] for row in by_level.table.rows if row.kind == "row"}
    assert cells["甲"] == "大刘镇"


def test_a_ledger_without_a_period_shows_all_of_them(book: Book) -> None:
    paper = ledger_paper(book, "weekly")
    assert headings(paper.ledger.table)[:3] == ["序号", "项目名称", "期次"]
    data = [row.cells[1:3] for row in paper.ledger.table.rows if row.kind == "row"]
    assert ("甲", "2022-W52") in data
    assert {row.kind for row in paper.ledger.table.rows} == {"section", "row"}  # no sums
    assert len(data) == 10
    assert paper.made_on == books.NOON.date()
    assert (paper.ledger.subtitle, paper.ledger.table.note) == ("", "")


def test_a_register_under_units_and_an_empty_one(book: Book) -> None:
    empty = ledger_of(book, "target", "2023")
    assert (empty.table.rows, empty.subtitle) == ((), "2023年")
    assert "指标" in headings(empty.table)
    units = ledger_of(book, "unit")
    assert [row.cells[1] for row in units.table.rows] == sorted(
        ["大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇", "源汇区"]
    )


def test_rows_may_be_picked(book: Book) -> None:
    ledger = ledger_of(book, "problem", only=lambda entry: entry.row["state"] == "整改中")
    assert [row.cells[1:3] for row in ledger.table.rows] == [("甲", "土地未征收")]


def test_a_project_out_of_scope_that_reported_is_not_silently_left_out(tmp_path: Path) -> None:
    with books.found(tmp_path / "old.yzb") as book:
        old = books.project(book, "旧", actual_finish="2022-12-01", state="竣工")
        books.week(book, old)
        books.week(book, books.project(book, "新"))
        ledger = ledger_of(book, "weekly", WEEK)
    assert [row.cells[1] for row in ledger.table.rows] == ["新"]
    assert ledger.table.note == "注：另有1个不在本年调度范围的项目填报了本周，未列入。"


def test_very_long_texts_get_room_and_ordinary_ones_change_nothing(tmp_path: Path) -> None:
    def widths(text: str) -> dict[str, float]:
        books.change(book, "weekly", week, problems=text)
        table = ledger_of(book, "weekly", WEEK, size="A4 landscape").table
        return {column.title_path[-1]: column.weight for column in table.columns}

    with books.found(tmp_path / "long.yzb") as book:
        week = books.week(book, books.project(book, "甲"))
        plain = widths("征地未完成。" * 20)
        wide = widths("征地未完成。" * 500)
        assert (plain["存在问题"], plain["下周工作计划"]) == (28, 28)
        assert wide["存在问题"] * 2 > sum(wide.values()) - 9  # the number's column has its own
        assert (wide["下周工作计划"], wide["项目名称"]) == (8, plain["项目名称"])


def test_a_demonstration_says_so(book: Book) -> None:
    paper = ledger_paper(book, "weekly", WEEK, demonstration=True)
    assert isinstance(paper, LedgerPaper)
    assert paper.demonstration


def test_unknown_registers_and_malformed_layouts_are_refused(book: Book) -> None:
    with pytest.raises(NoSuchRegister):
        ledger_paper(book, "colour")
    for text, key in (
        ('[weekly]\ncolumns = ["subject.colour"]', "weekly.columns"),
        ('[colour]\ncolumns = ["name"]', "colour"),
        ("[weekly]\ncolumns = 3", "weekly.columns"),
        ('[weekly]\nrows = ["name"]', "weekly"),
    ):
        book.use(schemes.parse(texts(ledgers=text)))
        with pytest.raises(MalformedScheme) as refused:
            ledger_of(book, "weekly", WEEK)
        assert refused.value.file == "ledgers.toml"
        assert refused.value.key == key


def test_money_of_a_weekly_ledger_is_balanced(tmp_path: Path) -> None:
    with books.found(tmp_path / "odd.yzb") as book:
        for number, yuan in enumerate((3_333, 3_333, 3_334)):
            project = books.project(book, f"项目{number}", annual_plan=W)
            books.week(book, project, completed_week=yuan, completed_year=yuan)
        table = ledger_of(book, "weekly", WEEK).table
    cells = [row.cells[4] for row in table.rows]
    assert cells[-1] == "1.00"
    assert sorted(cells[:-1]) == ["0.33", "0.33", "0.34"]
    assert [row.cells[6] for row in table.rows] == ["33.3%", "33.3%", "33.3%", "33.3%"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")],
)
def test_headings_count_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


# Months -------------------------------------------------------------------------------------


@pytest.fixture
def months(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    opened, records = months_book(tmp_path / "d.yzb", profile=tmp_path / "profile")
    with opened:
        yield opened, records


def test_a_months_ledger_lists_every_project_that_counts(
    months: tuple[Book, dict[str, str]],
) -> None:
    """戊 did not fill February: what was reached in January stands, the month itself is 未报."""
    book, _ = months
    ledger = ledger_of(book, "monthly", MONTH)
    (silent,) = [row for row in ledger.table.rows if row.cells[1:2] == ("戊",)]
    assert silent.cells[:8] == ("5", "戊", "500", "40", "未报", "", "20", "4.0%")
    assert ledger.table.rows[-1].cells[0] == "合计（5项）"
    assert ledger.table.note == "注：1个项目本月未填报，累计数为本年最近一期所填。"


def test_the_months_appendix_adds_up_to_what_the_report_says(
    months: tuple[Book, dict[str, str]],
) -> None:
    book, _ = months
    paper = monthly_paper(book, MONTH)
    units = next(block for block in paper.blocks if isinstance(block, Table))
    (appendix,) = paper.appendices
    at = {"annual_plan": 2, "planned": 3, "completed": 4, "year": 6, "rate": 7}
    total = appendix.table.rows[-1].cells
    body = units.rows[-1].cells
    assert (total[at["annual_plan"]], total[at["planned"]], total[at["completed"]]) == (
        body[8],
        body[3],
        body[4],
    )
    assert (total[at["year"]], total[at["rate"]]) == (body[9], body[10])


def test_shares_without_a_plan_or_last_years_figure_say_so(
    months: tuple[Book, dict[str, str]],
) -> None:
    book, _ = months
    lines = {row.cells[1]: row.cells for row in ledger_of(book, "monthly", MONTH).table.rows[1:]
             if row.kind == "row"}  # fmt: skip
    month_rate, growth = 5, 10
    assert [lines[name][month_rate] for name in "甲乙丙丁"] == [
        "76.7%",
        "无计划",
        "无计划",
        "55.0%",
    ]
    assert [lines[name][growth] for name in "甲乙丙丁"] == [
        "20.0%",
        "",  # nothing last year: no rate, but no missing figure
        "无上年\n同期数",
        "−10.0%",
    ]
    assert lines["戊"][growth] == ""  # not filled: nobody knows yet


def test_a_month_that_is_taken_back_stands_again_with_the_month_before(
    months: tuple[Book, dict[str, str]],
) -> None:
    book, records = months
    code = ledger_paper(book, "monthly", MONTH).footer.code
    rows_of = {row["project"]: row["record"] for row in book.rows("monthly", MONTH)}
    books.remove(book, "monthly", rows_of[records["甲"]])
    changed = ledger_paper(book, "monthly", MONTH, changed_since=code).ledger
    (row,) = [row for row in changed.table.rows if row.kind == "row"]
    assert row.cells[1:7] == ("甲", "3,650", "300", "未报", "", "250")
    assert "此后删除" not in changed.table.note
    book.use(books.shipped())
    assert (
        len([one for one in ledger_of(book, "monthly", MONTH).table.rows if one.kind == "row"]) == 5
    )


def test_a_month_half_filled_is_no_filled_month(months: tuple[Book, dict[str, str]]) -> None:
    """A row with words and without a figure."""
    book, records = months
    with book.batch("create") as batch:
        batch.create(
            "monthly",
            {"project": records["戊"], "period": MONTH, "physical_progress": "停工待料"},
        )
    ledger = ledger_of(book, "monthly", MONTH)
    (row,) = [row for row in ledger.table.rows if row.cells[1:2] == ("戊",)]
    assert (row.cells[4], row.cells[6]) == ("未报", "20")
    assert "停工待料" in row.cells
    assert ledger.table.note.startswith("注：1个项目本月未填报")


def test_a_ledger_of_units_with_a_row_each_has_a_total_and_no_sections(
    months: tuple[Book, dict[str, str]],
) -> None:
    book, _ = months
    table = ledger_of(book, "monthly_unit", MONTH).table
    assert [row.kind for row in table.rows] == [*["row"] * 4, "total"]
    names = [row.cells[1] for row in table.rows[:4]]
    assert names == ["大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇"]  # the book's order
    asked = ledger_of(book, "monthly_unit", MONTH, sections=("unit",)).table
    assert [row.kind for row in asked.rows].count("subtotal") == 4
