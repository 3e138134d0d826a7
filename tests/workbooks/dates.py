"""Dates and time limits in all the ways that people write them."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell
from tests.workbooks.table import cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def dates_of_all_forms() -> Book:
    """Start and finish in all the ways that people write them."""
    book = Book(
        "重点项目开竣工时间表.xlsx",
        "日期写法大全：真日期、2023.3、2023年3月底前、一季度、2023/5/1、20230615、三季度、年底、汉字年月",
    )
    sheet = book.sheet("开竣工")
    sheet.banner(1, "2023年重点项目开竣工时间表", 1, 6)
    sheet.put(2, 6, "单位：亿元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 总投资 | 计划开工时间 | 实际开工时间 | 计划竣工时间")
    ]
    fields = columns("- | name | total_investment | planned_start | actual_start | planned_finish")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 甲一号仓储项目 | 1.2 | {} | {} | {}",
                date(2023, 3, 1),
                date(2023, 3, 9),
                date(2023, 12, 31),
            ),
            cells(
                "2 | 甲二号管网项目 | 0.5 | {} | {} | {}",
                Said("2023.3", "2023-03-01"),
                Said("2023.3.18", "2023-03-18"),
                Said("2023年10月底前", "2023-10-31"),
            ),
            cells(
                "3 | 甲三号道路项目 | 2.08 | {} | {} | {}",
                Said("2023年一季度", "2023-01-01"),
                Said("2023/2/20", "2023-02-20"),
                Said("2023年三季度", "2023-09-30"),
            ),
            cells(
                "4 | 甲四号厂房项目 | 3.6 | {} | / | {}",
                Said("2023-05", "2023-05-01"),
                Said("2024.6", "2024-06-30"),
            ),
            cells(
                "5 | 甲五号学校项目 | 0.86 | {} | {} | {}",
                Said("2023年4月中旬", "2023-04-11", may=True),
                Said("未开工", None, may=True),
                Said("2024年8月", "2024-08-31"),
            ),
            cells(
                "6 | 甲六号医院项目 | 4.5 | {} | — | {}",
                Said("20230615", "2023-06-15"),
                Said("2025年底", "2025-12-31"),
            ),
            cells(
                "7 | 甲七号桥梁项目 | 1.75 | {} | {} | {}",
                Said("２０２３年２月", "2023-02-01"),
                Said("2023年2月28日", "2023-02-28"),
                Said("2023年12月", "2023-12-31"),
            ),
            cells(
                "8 | 甲八号水库项目 | 6.2 | {} | 无 | {}",
                Said("二〇二三年五月", "2023-05-01", may=True),
                Said("2026年6月30日前", "2026-06-30"),
            ),
        ],
        unit="亿元",
    )
    return book


def pair(unit: str, person: str) -> Said:
    """A unit and its person in one cell; to ask where one ends does no harm."""
    return Said(f"{unit} {person}", (unit, person), may=True)


def problems_of_all_dates() -> Book:
    """Time limits in every form; without a year where the title has one."""
    book = Book(
        "2023年一季度问题清单（时限写法）.xlsx",
        "完成时限：2023.3、2023年3月底前、一季度、4月15日前、3月下旬、尽快（须问）、文本与真日期",
    )
    book.items = []
    book.projects = []
    sheet = book.sheet("问题")
    sheet.banner(1, "2023年一季度项目建设问题清单", 1, 5)
    head: list[list[Cell]] = [cells("序号 | 项目名称 | 问题描述 | 责任单位及责任人 | 解决时限")]
    fields = columns("- | project | problem | responsible_unit+responsible_person | due")
    table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            cells(
                "1 | 甲一号仓储项目 | 林地手续未办 | {} | {}",
                pair("区林业局", "王科长"),
                Said("2023.3", "2023-03-31"),
            ),
            cells(
                "2 | 甲二号管网项目 | 穿越铁路未批 | {} | {}",
                pair("区交通局", "陈局长"),
                Said("2023年3月底前", "2023-03-31"),
            ),
            cells(
                "3 | 甲三号道路项目 | 拆迁3户未签 | {} | {}",
                pair("干河陈街道", "孙主任"),
                Said("一季度", "2023-03-31"),
            ),
            cells(
                "4 | 甲四号厂房项目 | 用水未接通 | {} | {}",
                pair("区水务公司", "周经理"),
                Said("4月15日前", "2023-04-15"),
            ),
            cells(
                "5 | 甲五号学校项目 | 设计变更 | {} | {}",
                pair("区教育局", "刘科长"),
                Said("3月下旬", "2023-03-31", may=True),
            ),
            cells(
                "6 | 甲六号医院项目 | 资金缺口2000万元 | {} | {}",
                pair("区财政局", "郑科长"),
                asked("尽快", "“尽快”没有日期，时限填哪一天？"),
            ),
            cells(
                "7 | 甲七号桥梁项目 | 航道论证未完 | {} | {}",
                pair("区交通局", "陈局长"),
                date(2023, 5, 8),
            ),
        ],
        kind="item",
    )
    return book


WORKBOOKS = (dates_of_all_forms, problems_of_all_dates)
