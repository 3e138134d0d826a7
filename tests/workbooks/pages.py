"""Books of many sheets and printed pages: the same projects or headings come again."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.workbooks.sheet import Cell, Formula, Sheet
from tests.workbooks.table import Row, Total, cells, columns, table
from tests.workbooks.truth import Book, Said

HEAD: list[list[Cell]] = [
    cells("序号 | 项目名称 | 责任单位 | 总投资 | 年度计划投资 | 本月完成投资 | 本年累计完成投资")
]


FIELDS: list[str | None] = columns(
    "- | name | responsible_unit | total_investment | annual_plan | completed_month | "
    "completed_year"
)


def printed_pages() -> Book:
    """Title, unit line and headings stand again on every printed page; sums at each page's foot."""
    book = Book(
        "分页打印台账.xlsx",
        "按打印页排：每页重复标题、单位、表头，页末有本页小计和页码，续表；末页有合计（tables不判）",
        tables=None,
    )
    book.head = {"period": "2023-05"}
    sheet = book.sheet("台账")
    pages: list[list[Row]] = [
        [
            cells("1 | 云计算数据中心 | 沙澧高新区 | 56000 | 20000 | 1600 | 8200"),
            cells("2 | 工业污水集中处理 | 沙澧高新区 | 8600 | 5000 | 420.5 | 2100.5"),
        ],
        [
            cells("3 | 高中迁建 | 区教育局 | 43200 | 18000 | 1500 | 6900"),
            cells("4 | 中医院康复楼 | 区卫健委 | 12800.5 | 6000 | 380 | 2260"),
        ],
    ]
    row = 1
    for number, body in enumerate(pages, 1):
        again = "" if number == 1 else "（续表）"
        for offset, kind in enumerate(("title", "unit")):
            if number > 1:
                reason = "重复的标题" if kind == "title" else "重复的单位行"
                book.skip(sheet, row + offset, "heading", reason)
        sheet.banner(row, f"2023年5月重点项目月度台账{again}", 1, 7)
        sheet.put(row + 1, 7, "单位：万元")
        if number > 1:
            book.skip(sheet, row + 2, "heading", "重复表头")
        row = table(book, sheet, row + 2, HEAD, FIELDS, body, unit="万元")
        sums: list[Cell] = (
            cells("64600 | 25000 | 2020.5 | 10300.5")
            if number == 1
            else cells("56000.5 | 24000 | 1880 | 9160")
        )
        sheet.line(row, ["", "本页小计", "", *sums])
        book.skip(sheet, row, "total", "本页小计")
        sheet.put(row + 1, 4, f"第{number}页 共2页")
        book.skip(sheet, row + 1, "note", "页码")
        row += 2
    sheet.line(row, cells(" | 合计 |  | 120600.5 | 49000 | 3900.5 | 19460.5"))
    book.skip(sheet, row, "total", "合计")
    return book


def summary_and_townships() -> Book:
    """A summary sheet and a sheet for each township: each project stands twice."""
    book = Book(
        "分乡镇台账（含汇总表）.xlsx",
        "汇总表在前（公式引用分表，有缓存值），各乡镇分表在后；同一项目两处数字相同，只算一个，不必问",
    )
    book.head = {"period": "2023-06"}
    rows: dict[str, list[list[Any]]] = {
        "空冢郭镇": [
            cells("1 | 医疗器械检测平台 | 空冢郭镇 | 6800 | 3000 | 260 | 1480"),
            cells("2 | 镇区供暖工程 | 空冢郭镇 | 2350.5 | 2350.5 | 180.5 | 960"),
        ],
        "大刘镇": [cells("1 | 花生深加工 | 大刘镇 | 9200 | 4200 | 310 | 2050")],
        "老窝镇": [cells("1 | 农机合作社库棚 | 老窝镇 | 860 | 860 | 75 | 420")],
    }
    summary = book.sheet("汇总表")
    summary.banner(1, "2023年6月全区重点项目台账汇总表", 1, 7)
    summary.put(2, 7, "单位：万元")
    body: list[Row] = []
    for unit, lines in rows.items():
        for y, line in enumerate(lines, 4):
            money = [
                Said(Formula(f"{unit}!{letter}{y}", value), round(float(str(value)) * 10_000))
                for letter, value in zip("DEFG", line[3:], strict=True)
            ]
            body.append([len(body) + 1, line[1], line[2], *money])
    table(book, summary, 3, HEAD, FIELDS, body, unit="万元")
    kept = book.projects
    for unit, lines in rows.items():
        sheet = book.sheet(unit)
        sheet.banner(1, f"{unit}2023年6月重点项目台账", 1, 7)
        sheet.put(2, 7, "单位：万元")
        book.projects = []
        table(book, sheet, 3, HEAD, FIELDS, lines, unit="万元")
    book.projects = kept
    return book


def preface_and_table() -> Book:
    """A letter above the table and signatures below it, on one sheet."""
    book = Book(
        "关于报送重点项目情况的函（附表）.xlsx",
        "表前有公文正文多行，表在第9行起，表后有落款单位和日期；附表标题带单位",
    )
    book.head = {"unit": "干河陈街道", "filled_on": "2023-05-26"}
    sheet = book.sheet("Sheet1")
    letter(sheet)
    row = table(
        book,
        sheet,
        9,
        [cells("序号 | 项目名称 | 总投资 | 计划竣工时间 | 形象进度 | 存在问题")],
        columns("- | name | total_investment | planned_finish | physical_progress | problems"),
        [
            cells("1 | 老年大学分校 | 1260 | {} | 外墙施工 | 无", date(2023, 9, 30)),
            cells(
                "2 | 社区便民食堂 | 380.5 | {} | 设备安装 | 燃气未接通",
                Said("2023年7月", "2023-07-31"),
            ),
        ],
        unit="万元",
    )
    sheet.put(row + 1, 5, "干河陈街道办事处")
    sheet.put(row + 2, 5, "2023年5月26日")
    return book


def letter(sheet: Sheet) -> None:
    """The prose above the table."""
    for row, text in (
        (1, "关于报送重点项目情况的函"),
        (3, "区重点项目办："),
        (4, "    按照《关于报送重点项目进展情况的通知》要求，现将我街道重点项目情况报送如下："),
        (5, "    一、总体情况。共实施项目2个，总投资1640.5万元。"),
        (6, "    二、下步打算。倒排工期，挂图作战。"),
        (8, "附表：干河陈街道重点项目情况表（单位：万元）"),
    ):
        sheet.banner(row, text, 1, 6)


def summary_beside() -> Book:
    """A list of projects on the left, a summary by township on the right of the same rows."""
    book = Book(
        "项目表与汇总表并排.xlsx",
        "左边项目表，隔一空列，右边分单位汇总表（行是单位，不是项目），同在第3行起",
    )
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "2023年新开工项目表", 1, 5)
    sheet.banner(1, "分单位汇总", 7, 9)
    sheet.put(2, 5, "单位：万元")
    sheet.put(2, 9, "单位：亿元")
    table(
        book,
        sheet,
        3,
        [cells("序号 | 项目名称 | 责任单位 | 总投资 | 年度计划投资")],
        columns("- | name | responsible_unit | total_investment | annual_plan"),
        [
            cells("1 | 秸秆综合利用项目 | 问十乡 | 8600 | 4000"),
            cells("2 | 小麦良种基地 | 老窝镇 | 3200 | 3200"),
            cells("3 | 面粉加工扩能项目 | 老窝镇 | 15600 | 6800"),
            cells("4 | 镇区停车场 | 大刘镇 | 960.5 | 960.5"),
            cells("5 | 中药材种植基地 | 问十乡 | 2400 | 1500"),
        ],
        unit="万元",
    )
    table(
        book,
        sheet,
        3,
        [["单位", "项目个数", "总投资"]],
        [None] * 3,
        [
            ["问十乡", 2, 1.1],
            ["老窝镇", 2, 1.88],
            ["大刘镇", 1, 0.09605],
            Total(["合计", 5, 3.07605]),
        ],
        table_unit="亿元",
        left=7,
        kind="other",
    )
    return book


def list_in_two_halves() -> Book:
    """One list printed in two halves side by side to save paper, the same headings twice."""
    book = Book(
        "项目名单（左右两栏）.xlsx",
        "同一名单为省纸分左右两栏排，表头在同一行重复，中间无空列；两栏都要读（tables不判）",
        tables=None,
    )
    sheet = book.sheet("名单")
    sheet.banner(1, "2023年区级重点项目名单（单位：万元）", 1, 6)
    half: list[Cell] = ["序号", "项目名称", "总投资"]
    fields = [None, "name", "total_investment"]
    table(
        book,
        sheet,
        2,
        [half],
        fields,
        [
            [1, "东方红渠清淤", 560],
            [2, "镇级消防站", 480.5],
            [3, "村卫生室改造", 320],
            [4, "旅游公厕", 150],
        ],
        unit="万元",
    )
    table(
        book,
        sheet,
        2,
        [half],
        fields,
        [[5, "农贸市场改造", 2600], [6, "电动车充电站", 890], [7, "街心游园", 1200]],
        unit="万元",
        left=4,
    )
    return book


WORKBOOKS = (
    printed_pages,
    summary_and_townships,
    preface_and_table,
    summary_beside,
    list_in_two_halves,
)
