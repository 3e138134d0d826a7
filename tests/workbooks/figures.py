"""Figures: forms with numbered columns, yearbooks, mu instead of money, formulas."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell, Formula
from tests.workbooks.table import Total, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def statistics_form() -> Book:
    """A statistics form: number of the form, a row of column numbers, kinds of investment."""
    book = Book(
        "固定资产投资项目情况表.xlsx",
        "统计报表：表号、制表机关、栏次行（甲 乙 1 2 3…），单位万元；统计口径完成投资不进调度字段",
        "国家统计局固定资产投资统计报表制度（各省公开文本）中的投资项目情况表",
    )
    book.head = {"period": "2023-03"}
    sheet = book.sheet("H206表")
    sheet.banner(1, "固定资产投资项目情况", 1, 10)
    for row, (label, value) in enumerate(
        [("表    号：", "H206表"), ("制定机关：", "国家统计局"), ("有效期至：", "2024年1月")], 2
    ):
        sheet.put(row, 9, label)
        sheet.put(row, 10, value)
    sheet.put(5, 1, "综合机关名称：源汇区统计局")
    sheet.put(5, 5, "2023年1—3月")
    sheet.put(5, 10, "计量单位：万元")
    head: list[list[Cell]] = [
        cells(
            "项目名称 | 项目代码 | 计划总投资 | 自开始建设\n累计完成投资 | 本年完成投资 | "
            "< | < | < | < | 本年新增\n固定资产"
        ),
        cells("^ | ^ | ^ | ^ | 合计 | 建筑工程 | 安装工程 | 设备工器具购置 | 其他费用 | ^"),
    ]
    fields: list[str | None] = columns("name | code | total_investment | - | - | - | - | - | - | -")
    row = table(
        book,
        sheet,
        6,
        head,
        fields,
        [
            cells(
                "双汇第二物流园项目 | {} | 68000 | 28900 | 5900 | 4100 | 300 | 1500 | 0 | 0",
                project_code("2212", "50930"),
            ),
            cells(
                "澳的利饮料扩产项目 | {} | 42000 | 20600 | 2600 | 400 | 200 | 1950 | 50 | 0",
                project_code("2201", "30012"),
            ),
            cells(
                "豫中南食品加工产业园项目 | {} | 125000 | 51230 | 8170 | 6800 | 420 | "
                "700 | 250 | 0",
                project_code("2206", "22815"),
            ),
        ],
        unit="万元",
        numbering=cells("甲 | 乙 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8"),
    )
    sheet.put(row, 1, "单位负责人：    统计负责人：    填表人：    报出日期：2023年4月8日")
    return book


def farmland() -> Book:
    """After a plan of farmland works by city: 万亩, not money."""
    book = Book(
        "基本农田整治指导性计划.xlsx",
        "与项目无关的统计表：单位是万亩，因素法分配，表头两行，合计在末行",
        "广东省2012年基本农田整治项目指导性计划（单位：万亩，ask.fsou.com）",
    )
    sheet = book.sheet("Sheet1")
    sheet.put(1, 1, "附件1：")
    sheet.banner(2, "2023年基本农田整治指导性计划", 1, 7)
    sheet.put(3, 7, "单位：万亩")
    head: list[list[Cell]] = [
        cells("县别 | 分配因素 | < | < | < | 按权重计算面积 | 调整后指导性计划整治面积"),
        cells(
            "^ | 基本农田面积\n（30%） | 未整治农田面积\n（20%） | 粮食播种面积\n（20%） | "
            "连片未整治\n（30%） | ^ | ^"
        ),
    ]
    table(
        book,
        sheet,
        4,
        head,
        columns("- | - | - | - | - | - | -"),
        [
            cells("临颍 | 172.02 | 0.0 | 153.08 | 0.0 | 0.1 | 0.0"),
            cells("舞阳 | 234.46 | 138.66 | 183.01 | 22.72 | 0.29 | 0.3"),
            cells("郾城 | 107.51 | 58.48 | 113.5 | 3.02 | 0.08 | 0.1"),
            Total(cells("合计 | 513.99 | 197.14 | 449.59 | 25.74 | 0.47 | 0.4")),
        ],
        table_unit="万亩",
        kind="other",
    )
    return book


def yearbook() -> Book:
    """After a statistical yearbook in two languages: years as headings, indented indicators."""
    book = Book(
        "4-4投资施工项目数和计划总投资.xlsx",
        "统计年鉴：中英文两列表头，年份作列头（数字），“其中”缩进行，多个计量单位在行内",
        "福建统计年鉴2022 表4-4 投资施工项目数和计划总投资（tjj.fujian.gov.cn）",
    )
    sheet = book.sheet("4-4")
    sheet.banner(1, "4-4 投资施工项目数和计划总投资", 1, 6)
    sheet.banner(2, "Number of Investment Projects and Value of Planned Investment", 1, 6)
    head: list[list[Cell]] = [cells("指标 | Item | 2018 | 2019 | 2020 | 2021")]
    table(
        book,
        sheet,
        4,
        head,
        columns("- | - | - | - | - | -"),
        [
            cells(
                "施工项目个数（个） | Number of Projects Under Construction (unit) | "
                "2357 | 2219 | 2065 | 2287"
            ),
            cells(
                "{} | {} | 1238 | 890 | 919 | 1009",
                "  其中：本年新开工",
                "  Newly Started This Year",
            ),
            cells(
                "本年投产项目个数（个） | Projects Put Into Production (unit) | 990 | "
                "1129 | 1026 | 1218"
            ),
            cells(
                "计划总投资（亿元） | Total Planned Investment (100 million yuan) | "
                "6955.12 | 7210.27 | 7671.1 | 8254.6"
            ),
            cells(
                "{} | {} | 1225.7 | 977.5 | 1088.3 | 1194.1",
                "  其中：本年新开工",
                "  Newly Started This Year",
            ),
        ],
        kind="other",
    )
    return book


def ledger_with_formulas() -> Book:
    """Formulas with the values that Excel left, with float noise, and one never computed."""
    book = Book(
        "月度台账（含公式）.xlsx",
        "公式：有缓存值、缓存值带浮点尾差、未计算（无缓存值）；合计行为公式",
    )
    book.head = {"period": "2023-04"}
    sheet = book.sheet("4月台账")
    sheet.banner(1, "源汇区重点项目月度台账（2023年4月）", 1, 8)
    sheet.put(2, 8, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 总投资 | 年度计划投资 | 上月累计完成投资 | 本月完成投资 | "
            "本年累计完成投资 | 完成率"
        )
    ]
    fields = columns("- | name | total_investment | annual_plan | - | completed_month")
    uncomputed = asked(
        Formula("E7+F7"), "这个公式没有算出结果，累计完成投资是多少？（按式应为1175.3）"
    )
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "completed_year", None],
        [
            cells(
                "1 | 北干河综合治理工程 | 12600 | 6200 | 1210.4 | 356.3 | {} | {}",
                Said(Formula("E4+F4", 1566.7), 15_667_000),
                Formula("G4/D4", 0.252693548),
            ),
            cells(
                "2 | 创业孵化园三期 | 38000 | 16000 | 2100.1 | 1100.2 | {} | {}",
                Said(Formula("E5+F5", 3200.2999999999997), 32_003_000),
                Formula("G5/D5", 0.20001875),
            ),
            cells(
                "3 | 豫发粮油精深加工项目 | {} | 9800 | 1850 | 620 | {} | {}",
                Said(Formula("2.6*10000", 26000.000000000004), 260_000_000),
                Said(Formula("E6+F6", 2470), 24_700_000),
                Formula("G6/D6", 0.252040816),
            ),
            cells(
                "4 | 社区日间照料中心 | 1900 | 1900 | 800 | 375.3 | {} | {}",
                uncomputed,
                Formula("G7/D7"),
            ),
            Total(
                cells(
                    " | 合计 | {} | {} | {} | {} | {}",
                    Formula("SUM(C4:C7)", 78500),
                    Formula("SUM(D4:D7)", 33900),
                    Formula("SUM(E4:E7)", 5960.5),
                    Formula("SUM(F4:F7)", 2451.8),
                    Formula("SUM(G4:G7)"),
                )
            ),
        ],
        unit="万元",
    )
    book.may(sheet, 7, 8, None)
    book.may(sheet, 8, 7, None)
    return book


WORKBOOKS = (
    statistics_form,
    farmland,
    yearbook,
    ledger_with_formulas,
)
