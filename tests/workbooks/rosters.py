"""Rosters of projects: nested sections, joined units, explanations beside, stopped ones."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def nested_sections() -> Book:
    """Sections in two depths: level above, state below; subtotals under both; a legend."""
    book = Book(
        "源汇区2023年重点项目名单.xlsx",
        "两层分组：一、省级（带级别）之下（一）在建项目（带状态），多级小计，数字带个数说明",
    )
    sheet = book.sheet("名单")
    sheet.banner(1, "源汇区2023年省市区重点项目名单", 1, 6)
    sheet.put(2, 6, "单位：亿元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 建设地点 | 总投资 | 2023年度计划投资 | 责任单位")
    ]
    state, level = "state", "level"
    table(
        book,
        sheet,
        3,
        head,
        columns("- | name | place | total_investment | annual_plan | responsible_unit"),
        [
            Total(cells(" | 全区总计（6个） |  | 61.05 | 20.26")),
            Section("一、省级重点项目（3个）", {level: "省", state: None}),
            Section("（一）在建项目", {state: "在建"}),
            cells("1 | 豫中南食品加工产业园项目 | 大刘镇 | 12.5 | 4.5 | 大刘镇政府"),
            cells("2 | 奥昌迈得设备生产项目 | 空冢郭镇 | 12 | 6 | 空冢郭镇政府"),
            Section("（二）新开工项目", {state: "新开工"}),
            cells("3 | 香港一路通高分子材料生产项目 | EOD产业园 | 10 | 3 | EOD指挥部"),
            Total(cells(" | 小计 |  | 34.5 | 13.5")),
            Section("二、市级重点项目（2个）", {level: "市", state: None}),
            Section("（一）在建项目", {state: "在建"}),
            cells("4 | 中裕农机装备制造项目 | 大刘镇 | 3.26 | 1.2 | 大刘镇政府"),
            Section("（二）前期项目", {state: "前期"}),
            cells("5 | 国药诺达智慧服务产业园 | EOD产业园 | 12.8 | 4.4 | EOD指挥部"),
            Total(cells(" | 小计 |  | 16.06 | 5.6")),
            Section("三、区级重点项目（1个）", {level: "区", state: None}),
            Section("（一）在建项目", {state: "在建"}),
            cells("6 | 顺河片区老旧小区改造 | 顺河街街道 | 10.49 | 1.16 | 顺河街街道办"),
            Total(cells(" | 小计 |  | 10.49 | 1.16")),
        ],
        unit="亿元",
    )
    return book


def merged_units() -> Book:
    """The responsible unit is joined over its projects; sponsor and officer beside it."""
    book = Book(
        "县级领导包联重点项目表.xlsx",
        "责任单位、包联领导纵向合并覆盖多个项目；首席服务员列；日期为真日期与文字混用",
    )
    sheet = book.sheet("包联表")
    sheet.banner(1, "县级领导包联重点项目一览表", 1, 9)
    sheet.put(2, 8, "单位：亿元")
    head: list[list[Cell]] = [
        cells(
            "包联领导 | 责任单位 | 序号 | 项目名称 | 总投资 | 年度计划 | 计划开工 | "
            "计划竣工 | 首席服务员"
        )
    ]
    fields: list[str | None] = columns("sponsor | responsible_unit | - | name | total_investment")
    fields += columns("annual_plan | planned_start | planned_finish | service_officer")
    under = Said(None, "王建民"), Said(None, "城关镇")
    later = Said(None, "刘海涛")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "王建民 | 城关镇 | 1 | 城关镇便民服务中心 | 0.56 | 0.4 | {} | {} | 赵伟",
                date(2023, 3, 15),
                Said("2023年底", "2023-12-31"),
            ),
            [
                *under,
                2,
                "古城墙保护修缮",
                1.2,
                0.5,
                Said("2023年二季度", "2023-04-01"),
                date(2024, 9, 30),
                "钱丽",
            ],
            [
                *under,
                3,
                "城东棚户区改造",
                8.75,
                2.6,
                Said("2022.10", "2022-10-01"),
                Said("2025.12", "2025-12-31"),
                "孙涛",
            ],
            cells(
                "刘海涛 | 开发区管委会 | 4 | 新能源电池回收 | 6 | 2.2 | {} | {} | 周强",
                Said("2023年5月", "2023-05-01"),
                Said("2024年6月底", "2024-06-30"),
            ),
            cells(
                "{} | 县水利局 | 5 | 引调水配套工程 | 3.4 | 1.8 | {} | {} | 吴芳",
                later,
                date(2023, 2, 20),
                Said("2024年上半年", "2024-06-30"),
            ),
        ],
        unit="亿元",
    )
    sheet.merge(4, 1, 6, 1)
    sheet.merge(4, 2, 6, 2)
    sheet.merge(7, 1, 8, 1)
    return book


def with_notes_and_lists() -> Book:
    """A page of explanations, the list itself, and a hidden page of choices."""
    book = Book(
        "项目申报汇总（附填报说明）.xlsx",
        "三个工作表：填报说明（只有文字）、汇总表（单位在标题里）、隐藏的下拉选项表",
    )
    notes = book.sheet("填报说明")
    for row, text in enumerate(
        cells(
            "填报说明 | 1.项目名称须与备案证一致。 | 2.金额单位为万元，保留两位小数。 | "
            "3.请于每月25日前报送，联系电话：0395-5550200。"
        ),
        1,
    ):
        notes.put(row, 1, text)
    sheet = book.sheet("汇总表")
    sheet.banner(1, "2023年第二批项目申报汇总表（单位：万元）", 1, 7)
    head: list[list[Cell]] = [
        cells("序号 | 申报单位 | 项目名称 | 建设性质 | 总投资 | 计划开工时间 | 计划完工时间")
    ]
    fields = columns("- | - | name | nature | total_investment | planned_start | planned_finish")
    table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            cells(
                "1 | 城关镇 | 城关镇污水处理站 | 新建 | 680.5 | {} | {}",
                Said("2023-05", "2023-05-01"),
                Said("2023-11", "2023-11-30"),
            ),
            cells(
                "2 | 城关镇 | 敬老院维修 | 改建 | 96 | {} | {}",
                Said("2023-04", "2023-04-01"),
                Said("2023-08", "2023-08-31"),
            ),
            cells(
                "3 | 石桥乡 | 石桥中学操场改造 | 改建 | 210 | {} | {}",
                Said("2023-07", "2023-07-01"),
                Said("2023-09", "2023-09-30"),
            ),
            cells(
                "4 | 石桥乡 | 蔬菜大棚二期 | 扩建 | 350.25 | {} | {}",
                Said("2023-03", "2023-03-01"),
                Said("2023-12", "2023-12-31"),
            ),
        ],
        unit="万元",
    )
    choices = book.sheet("选项", hidden=True)
    for row, text in enumerate(cells("新建 | 扩建 | 改建 | 技改"), 1):
        choices.put(row, 1, text)
    return book


def stopped_projects() -> Book:
    """A list of stopped projects: since when, why, when again; the title says the state."""
    book = Book(
        "停工项目清单.xlsx", "停工项目：标题说明状态（不判），停工时间、停工原因、能否复工（能/否）"
    )
    sheet = book.sheet("停工")
    sheet.banner(1, "2023年停工项目清单", 1, 9)
    sheet.put(2, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 业主单位 | 总投资 | 已完成投资 | 停工时间 | 停工原因 | "
            "年内能否复工 | 责任单位"
        )
    ]
    fields = columns("- | name | owner | total_investment | - | - | - | -")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "responsible_unit"],
        [
            cells(
                "1 | 商务中心项目 | 恒达置业公司 | 86000 | 31200 | 2022年11月 | "
                "资金链断裂 | 否 | 马路街街道"
            ),
            cells(
                "2 | 冷链物流园 | 鲜达物流公司 | 15800 | 4200.5 | '2023.1 | 用地纠纷 | 能 | 问十乡"
            ),
            cells(
                "3 | 康养中心 | 安康养老公司 | 9200 | 0 | {} | 规划调整 | 能 | 老窝镇",
                date(2022, 12, 1),
            ),
        ],
        unit="万元",
    )
    return book


WORKBOOKS = (nested_sections, merged_units, with_notes_and_lists, stopped_projects)
