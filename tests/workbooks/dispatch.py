"""Dispatch tables of parks and streets: two on a sheet, old formats, open questions."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Shown
from tests.workbooks.table import Gap, Total, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def two_on_a_sheet() -> Book:
    """Two tables of different headings, one below the other."""
    book = Book(
        "沙澧高新区周报（在建和前期）.xlsx",
        "同一张表上下两个不同表头的表：在建项目、前期项目，中间空行，各有标题和单位",
    )
    book.head = {"period": "2023-W10"}
    sheet = book.sheet("第10周")
    sheet.banner(1, "沙澧高新区在建项目周进展表（2023年第10周）", 1, 7)
    sheet.put(2, 7, "单位：万元")
    row = table(
        book,
        sheet,
        3,
        [
            cells(
                "序号 | 项目名称 | 总投资 | 年度计划投资 | 本周完成投资 | "
                "本年累计完成投资 | 形象进度"
            )
        ],
        columns(
            "- | name | total_investment | annual_plan | completed_week | completed_year | "
            "physical_progress"
        ),
        [
            cells("1 | 裕鑫电子集成电路产业园 | 210000 | 80000 | 1500 | 16200 | A区桩基完成60%"),
            cells("2 | 大轴机电精雕机生产项目 | 63800 | 30000 | 620 | 6150 | 3号厂房封顶"),
            Total(cells(" | 小计 | 273800 | 110000 | 2120 | 22350")),
        ],
        unit="万元",
    )
    sheet.banner(row + 2, "沙澧高新区前期项目推进表（2023年第10周）", 1, 6)
    sheet.put(row + 3, 6, "单位：亿元")
    table(
        book,
        sheet,
        row + 4,
        [cells("序号 | 项目名称 | 估算总投资 | 计划开工时间 | 前期工作进展 | 需协调事项")],
        columns("- | name | total_investment | planned_start | - | needs"),
        [
            cells(
                "1 | 智能仪表产业基地 | 5.6 | {} | 可研报告编制 | 落实用地指标120亩",
                Said("2023年6月", "2023-06-01"),
            ),
            cells("2 | 固态电池中试项目 | 2.15 | {} | 洽谈 | 无", Said("2023.9", "2023-09-01")),
            cells("3 | 标准化厂房三期 | 3.4 | {} | 施工图审查 | ", date(2023, 5, 20)),
        ],
        unit="亿元",
    )
    return book


def laowo() -> Book:
    """An old .xls with joined cells, a percentage and true dates."""
    book = Book("老窝镇周进展.xls", "xls格式，合并单元格，日期为真日期，百分比为数字")
    book.head = {"period": "2023-W13", "unit": "老窝镇"}
    sheet = book.sheet("老窝镇")
    sheet.banner(1, "老窝镇项目建设周进展（2023年第13周）", 1, 9)
    sheet.put(2, 9, "单位：万元")
    head = [
        cells("序号 | 项目名称 | 建设地点 | 总投资 | 投资进度 | < | < | 计划竣工时间 | 备注"),
        cells("^ | ^ | ^ | ^ | 年度计划 | 年度累计完成 | 完成率 | ^ | ^"),
    ]
    fields = columns("- | name | place | total_investment | annual_plan | completed_year | -")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "planned_finish", None],
        [
            cells(
                "1 | 老窝镇卫生院综合楼 | 镇区 | 4200 | 2600 | 830 | {} | {}",
                Shown(0.3192, "0.0%"),
                date(2023, 11, 30),
            ),
            cells(
                "2 | 农产品批发市场 | 老窝村 | 9800 | 5000 | 1225.5 | {} | {} | 已纳统",
                Shown(0.2451, "0.0%"),
                date(2024, 6, 30),
            ),
            cells(
                "3 | 镇区雨污分流工程 | 镇区 | 1560.25 | 1560.25 | 0 | {} | {}",
                Shown(0.0, "0.0%"),
                date(2023, 10, 31),
            ),
            Total(cells(" | 合计 |  | 15560.25 | 9160.25 | 2055.5")),
        ],
        unit="万元",
    )
    return book


def shunhe() -> Book:
    """An .xls that somebody renamed to .xlsx."""
    book = Book("顺河街街道周台账.xlsx", "名为xlsx实为xls；百分号文本；完成栏有空", wear=".xls")
    book.head = {"period": "2023-W12"}
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "顺河街街道办事处重点项目周台账（2023年第12周）", 1, 7)
    sheet.banner(2, "金额单位：万元", 1, 7)
    table(
        book,
        sheet,
        3,
        [cells("编号 | 工程名称 | 总投资额 | 当年计划 | 本周投资 | 占计划比重 | 进展情况")],
        columns(
            "- | name | total_investment | annual_plan | completed_week | - | physical_progress"
        ),
        [
            cells("'1 | 老旧小区改造（顺河片区） | 5600 | 5600 | 130 | 41.2% | 外墙保温施工"),
            cells("'2 | 嵩山路综合管廊 | 32000 | 12000 |  | 8.6% | 土方开挖"),
            cells("'3 | 社区养老服务中心 | 860 | 860 | 45.8 | 77% | 室内装修"),
            Gap(),
            cells("'4 | 河道景观提升 | 2400 | 1800 | {} | '0 | 尚未开工", Said("-", None)),
        ],
        unit="万元",
    )
    return book


def gaoxin_questions() -> Book:
    """Cells that no clerk could enter without a telephone call."""
    book = Book(
        "沙澧高新区第16周（待核实）.xlsx",
        "单元格里有说不清的值：问号、两个数、待定、年度计划写成文字",
    )
    book.head = {"period": "2023-W16"}
    sheet = book.sheet("第16周")
    sheet.banner(1, "沙澧高新区重点项目周报（2023年第16周）", 1, 6)
    sheet.put(2, 6, "单位：万元")
    table(
        book,
        sheet,
        3,
        [cells("序号 | 项目名称 | 总投资 | 年度计划投资 | 本周完成投资 | 本年累计完成投资")],
        columns("- | name | total_investment | annual_plan | completed_week | completed_year"),
        [
            cells("1 | 艾宝克联想智能终端制造项目 | 156000 | 62000 | 1200 | 18360"),
            cells(
                "2 | 晟帆科技显示面板生产项目 | 82000 | {} | 300 | 7220",
                asked("待定", "年度计划投资待定，暂不填？"),
            ),
            cells(
                "3 | 光学镜片扩产项目 | {} | 2100 | 80 | 960",
                asked("5000-6000", "总投资写了两个数，是多少？"),
            ),
            cells(
                "4 | 标准化厂房二期 | 36000 | 15000 | {} | 3300",
                asked("？", "本周完成投资是多少？"),
            ),
            cells(
                "5 | 污水处理厂提标工程 | 4800 | 4800 | 60 | {}",
                asked("见附件", "本年累计完成投资是多少？"),
            ),
        ],
        unit="万元",
    )
    return book


WORKBOOKS = (two_on_a_sheet, laowo, shunhe, gaoxin_questions)
