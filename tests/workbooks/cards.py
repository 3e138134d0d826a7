"""Cards: labels and values instead of rows, one project on a sheet or in a block."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell, Sheet
from tests.workbooks.table import cells, columns, table
from tests.workbooks.truth import Book, Said, meaning

Pairs = list[list[tuple[str, str | None, Cell | Said]]]


def card(book: Book, sheet: Sheet, top: int, pairs: Pairs, unit: str, width: int = 6) -> int:
    """Write a card and its truth, row by row; the row below it is returned.

    Each row holds pairs of label and value; the last value of a row is joined to the right edge.
    Fields as in a table: `name`, `total_investment@亿元`, `a+b`, or None.
    """
    record: dict[str, Any] = {}
    row = top
    for line in pairs:
        column = 1
        for place, (label, declared, cell) in enumerate(line):
            sheet.put(row, column, label)
            sheet.put(row, column + 1, cell.shown if isinstance(cell, Said) else cell)
            if place == len(line) - 1:
                sheet.merge(row, column + 1, row, width)
            if declared is not None:
                names, _, own = declared.partition("@")
                split = names.split("+")
                if isinstance(cell, Said):
                    values = cell.means if len(split) > 1 else (cell.means,)
                else:
                    values = (meaning(names, own or unit, cell),)
                record |= dict(zip(split, values, strict=True))
                if isinstance(cell, Said) and cell.ask:
                    book.ask(
                        sheet, row, column + 1, str(record["name"]), split[0], cell.ask, values[0]
                    )
                if isinstance(cell, Said) and cell.may:
                    book.may(sheet, row, column + 1, split[0])
            column += 2
        row += 1
    assert book.projects is not None
    book.projects.append(record)
    return row


def one_per_sheet() -> Book:
    """Three sheets, a card on each, the same labels at the same places."""
    book = Book(
        "重点项目基本情况卡（一表一项目）.xlsx",
        "三个工作表各一张卡片：标签|值成对，值向右合并，金额单位在标签里",
    )
    facts: list[tuple[str, str, str, float, float, Said, str, Cell | Said, str]] = [
        (
            "污水厂",
            "污水处理厂二期",
            project_code("2204", "61120"),
            18600,
            9000,
            Said("2022.6-2024.3", ("2022-06-01", "2024-03-31")),
            "区水务公司",
            Said("李建军 13800000021", ("李建军", "13800000021")),
            "日处理污水3万吨",
        ),
        (
            "中学",
            "第三初级中学",
            project_code("2301", "42096"),
            24500.5,
            12000,
            Said("2023.3-2024.8", ("2023-03-01", "2024-08-31")),
            "区教育局",
            Said("王芳 13800000022", ("王芳", "13800000022")),
            "48班，建筑面积3.6万平方米",
        ),
        (
            "物流园",
            "农产品冷链物流园",
            "",
            32000,
            10000,
            Said("2023.5-2025.5", ("2023-05-01", "2025-05-31")),
            "丰收农业公司",
            Said("赵刚", ("赵刚", None)),
            "冷库5万吨",
        ),
    ]
    for title, name, code, total, plan, years, owner, person, content in facts:
        sheet = book.sheet(title)
        sheet.banner(1, "重点项目基本情况卡", 1, 6)
        card(
            book,
            sheet,
            2,
            [
                [("项目名称", "name", name)],
                [("项目代码", "code", code), ("建设性质", "nature", "新建")],
                [
                    ("总投资（万元）", "total_investment", total),
                    ("2023年计划投资（万元）", "annual_plan", plan),
                ],
                [("起止年限", "planned_start+planned_finish", years)],
                [
                    ("建设单位", "owner", owner),
                    ("责任人及电话", "responsible_person+phone", person),
                ],
                [("建设规模及内容", "content", content)],
            ],
            "万元",
        )
    return book


def fengxi_card() -> Book:
    """After the ledger card of a new town in Shaanxi: unit line, month's progress below."""
    book = Book(
        "重点建设项目台账卡（2023年4月）.xlsx",
        "台账卡片：B2起，单位行，标签跨两列合并，值跨多列合并；下部为当月进度和存在问题大格",
        "沣西新城重点建设项目台账（公开代码 LedgerController::export：B4 项目名称 D4 …、存在问题）",
    )
    book.head = {"period": "2023-04"}
    sheet = book.sheet("台账")
    sheet.banner(2, "新城2023年重点建设项目台账", 2, 15)
    sheet.banner(3, "单位：万元", 2, 15)
    places: list[tuple[int, int, int, Cell]] = [
        (4, 2, 3, "项目名称"),
        (4, 4, 10, "科创路综合管廊工程"),
        (4, 11, 12, "建设性质"),
        (4, 13, 15, "新建"),
        (5, 2, 3, "投资主体"),
        (5, 4, 10, "管廊建设公司"),
        (5, 11, 12, "项目总投资"),
        (5, 13, 15, 45600),
        (6, 2, 3, "项目建设规模及主要内容"),
        (6, 4, 15, "管廊全长5.2公里，两舱断面"),
        (7, 2, 3, "2023年度项目计划投资"),
        (7, 4, 6, 16800.5),
        (7, 7, 8, "2023年度项目主要建设内容"),
        (7, 9, 15, "完成主体结构3公里"),
    ]
    for row, left, right, value in places:
        sheet.put(row, left, value)
        sheet.merge(row, left, row, right)
    for left, right, text in (
        (2, 3, "2023年4月项目进度（需详细说明完成投资额、完成形象进度及相关手续办理情况）"),
        (4, 10, "完成支护桩120根，土方开挖1.2万立方米"),
        (11, 12, "存在问题（详细描述项目建设中需协调解决的手续办理、征地拆迁等问题）"),
        (13, 15, "军用光缆未迁改"),
    ):
        sheet.put(8, left, text)
        sheet.merge(8, left, 18, right)
    book.projects = [
        {
            "name": "科创路综合管廊工程",
            "nature": "新建",
            "owner": "管廊建设公司",
            "total_investment": 456_000_000,
            "content": "管廊全长5.2公里，两舱断面",
            "annual_plan": 168_005_000,
            "physical_progress": "完成支护桩120根，土方开挖1.2万立方米",
            "problems": "军用光缆未迁改",
        }
    ]
    return book


def blocks_on_a_sheet() -> Book:
    """Two cards one below the other, units in the cells."""
    book = Book(
        "招商项目情况表（两项目一表）.xlsx",
        "同一工作表上下两块卡片，金额写在值里（3.6亿元、1.2亿元），空值用“无”和“/”",
    )
    sheet = book.sheet("情况表")
    sheet.banner(1, "项目情况表（一）", 1, 6)
    row = card(
        book,
        sheet,
        2,
        [
            [("项目名称", "name", "高端轴承生产项目"), ("项目级别", "level", "市")],
            [
                ("总投资", "total_investment", Said("3.6亿元", 360000000)),
                ("年度计划投资", "annual_plan", Said("12000万元", 120000000)),
            ],
            [
                ("计划开工", "planned_start", Said("2023年3月", "2023-03-01")),
                ("计划竣工", "planned_finish", Said("2024年12月", "2024-12-31")),
            ],
            [("形象进度", "physical_progress", "桩基施工")],
            [("存在问题", "problems", "无")],
        ],
        "万元",
    )
    sheet.banner(row + 1, "项目情况表（二）", 1, 6)
    card(
        book,
        sheet,
        row + 2,
        [
            [("项目名称", "name", "预制菜中央厨房"), ("项目级别", "level", "区")],
            [
                ("总投资", "total_investment", Said("1.2亿元", 120000000)),
                ("年度计划投资", "annual_plan", Said("/", None)),
            ],
            [
                ("计划开工", "planned_start", date(2023, 6, 1)),
                ("计划竣工", "planned_finish", Said("2024年上半年", "2024-06-30")),
            ],
            [("形象进度", "physical_progress", "方案设计")],
            [("存在问题", "problems", "用地未摘牌")],
        ],
        "万元",
    )
    return book


def card_with_table() -> Book:
    """A card whose lower part is a little table of money by source."""
    book = Book(
        "项目信息表（附资金来源）.xlsx",
        "卡片下带小表：资金来源分项（不是项目），卡片标签带冒号，金额单位在卡片标签",
    )
    sheet = book.sheet("信息表")
    sheet.banner(1, "政府投资项目信息表", 1, 6)
    row = card(
        book,
        sheet,
        2,
        [
            [("项目名称：", "name", "城区积水点改造工程")],
            [
                ("项目代码：", "code", project_code("2303", "37705")),
                ("项目状态：", "state", "在建"),
            ],
            [("责任单位：", "responsible_unit", "区城管局"), ("建设地点：", "place", "城区8处")],
            [
                ("总投资（亿元）：", "total_investment@亿元", 0.4286),
                ("年度计划投资（亿元）：", "annual_plan@亿元", 0.3),
            ],
            [
                ("实际开工：", "actual_start", date(2023, 3, 18)),
                ("计划竣工：", "planned_finish", date(2023, 11, 30)),
            ],
        ],
        "亿元",
    )
    sheet.banner(row, "资金来源（单位：万元）", 1, 6)
    head: list[list[Cell]] = [
        cells("来源 | 金额 | 到位情况 | < | 备注"),
        cells("^ | ^ | 已到位 | 未到位 | ^"),
    ]
    table(
        book,
        sheet,
        row + 1,
        head,
        columns("- | - | - | - | -"),
        [
            cells("中央预算内 | 2000 | 2000 | 0 | "),
            cells("专项债 | 1500 | 800 | 700 | "),
            cells("区财政 | 786 | 0 | 786 | 分期"),
        ],
        table_unit="万元",
        kind="other",
    )
    return book


WORKBOOKS = (one_per_sheet, fengxi_card, blocks_on_a_sheet, card_with_table)
