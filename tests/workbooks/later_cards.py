"""Later hands: cards with ticks, one on a sheet; cards of which each cell is label and value."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.workbooks.cards import card
from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell
from tests.workbooks.table import cells
from tests.workbooks.truth import Book, Said

REGION = "419702"


def ticked_cards() -> Book:
    """Two cards, one on each sheet, with boxes to tick, behind a sheet of instructions."""
    book = Book(
        "重大项目基本情况表（每项目一表）.xlsx",
        "填表说明在首表；每表一张卡片：勾选框（☑□、√），标签有字间空格，金额带单位在值里，"
        "起止时间一格，负责人及电话一格，落款行",
        tables=None,
    )
    notes = book.sheet("填表说明")
    for row, text in enumerate(
        cells(
            "填表说明 | 1.每个项目填写一张表，不得合并填报。 | "
            "2.总投资、年度计划投资须注明单位。 | 3.勾选项在□内打√或将□改为☑。"
        ),
        1,
    ):
        notes.put(row, 1, text)
    sheet = book.sheet("1")
    sheet.banner(1, "柏川区重大项目基本情况表", 1, 4)
    row = card(
        book,
        sheet,
        2,
        [
            [("项 目 名 称", "name", "柏川新型储能电池生产基地（一期）")],
            [
                ("项 目 代 码", "code", project_code("2112", "70413", REGION)),
                ("建设地点", "place", "柏川经开区经三路以东、纬五路以南"),
            ],
            [
                ("项 目 级 别", "level", Said("☑省重点  □市重点  □区重点", "省")),
                ("建 设 性 质", "nature", Said("☑新建 □扩建 □改建 □技改", "新建")),
            ],
            [
                ("总 投 资", "total_investment", Said("18.6亿元", 1_860_000_000)),
                ("2023年计划投资", "annual_plan", Said("60000万元", 600_000_000)),
            ],
            [
                (
                    "建设起止时间",
                    "planned_start+planned_finish",
                    Said("2022年4月至2025年12月", ("2022-04-01", "2025-12-31")),
                ),
                ("项 目 业 主", "owner", "柏川锂源新能源有限公司"),
            ],
            [
                (
                    "建设规模及主要内容",
                    "content",
                    "总建筑面积21.5万平方米，建设电芯车间4栋及配套设施，年产储能电池6GWh",
                )
            ],
            [("目前形象进度", "physical_progress", "2号电芯车间设备安装，3号车间封顶")],
            [("存 在 问 题", "problems", "110千伏专线有2基杆塔未落位")],
            [
                (
                    "责任人及电话",
                    "responsible_person+phone",
                    Said("沈 杰 13800000131", ("沈杰", "13800000131")),
                ),
                ("包 联 领 导", "sponsor", "周海峰"),
            ],
        ],
        "万元",
        4,
    )
    sheet.put(row, 1, "填表人：小梁")
    sheet.put(row, 3, "填表日期：2023年6月5日")
    sheet = book.sheet("2")
    sheet.banner(1, "柏川区重大项目基本情况表", 1, 4)
    row = card(
        book,
        sheet,
        2,
        [
            [("项 目 名 称", "name", "区妇幼保健院新院区建设项目")],
            [
                ("项 目 代 码", "code", project_code("2107", "25390", REGION)),
                ("建设地点", "place", "柏兴路与安康街交叉口"),
            ],
            [
                ("项 目 级 别", "level", Said("□省重点  √市重点  □区重点", "市")),
                ("建 设 性 质", "nature", Said("□新建 ☑扩建 □改建 □技改", "扩建")),
            ],
            [
                ("总 投 资", "total_investment", Said("28,000万元", 280_000_000)),
                ("2023年计划投资", "annual_plan", Said("1.2亿", 120_000_000)),
            ],
            [
                (
                    "建设起止时间",
                    "planned_start+planned_finish",
                    Said("2021.10—2024.6", ("2021-10-01", "2024-06-30")),
                ),
                ("项 目 业 主", "owner", "区妇幼保健院"),
            ],
            [("建设规模及主要内容", "content", "设置床位300张，总建筑面积4.2万平方米")],
            [("目前形象进度", "physical_progress", "住院楼主体12层")],
            [("存 在 问 题", "problems", "无")],
            [
                (
                    "责任人及电话",
                    "responsible_person+phone",
                    Said("欧阳雪梅，0391-5550132", ("欧阳雪梅", "0391-5550132")),
                ),
                ("包 联 领 导", "sponsor", "林建军"),
            ],
        ],
        "万元",
        4,
    )
    sheet.put(row, 1, "填表人：小梁")
    sheet.put(row, 3, "填表日期：2023年6月5日")
    return book


def label_and_value_in_a_cell() -> Book:
    """Three briefs on one sheet, label and value in one cell, two cells in a line."""
    book = Book(
        "观摩项目简介（三个项目一张表）.xlsx",
        "同一工作表三块，每格自带“标签：值”，合并到右；各块缺项不同；中间隔空行",
        tables=None,
    )
    sheet = book.sheet("观摩点")
    sheet.banner(1, "2023年上半年重点项目集中观摩项目简介", 1, 4)
    briefs: list[list[list[tuple[str, dict[str, Any]]]]] = [
        [
            [("项目名称：高端液压油缸产业园", {"name": "高端液压油缸产业园"})],
            [
                ("总投资：5.6亿元", {"total_investment": 560_000_000}),
                ("2023年计划投资：1.8亿元", {"annual_plan": 180_000_000}),
            ],
            [
                ("建设地点：柏川经开区", {"place": "柏川经开区"}),
                ("建设性质：新建", {"nature": "新建"}),
            ],
            [
                (
                    "建设内容：新建厂房6栋7.2万平方米，购置数控机床320台（套）",
                    {"content": "新建厂房6栋7.2万平方米，购置数控机床320台（套）"},
                )
            ],
            [
                (
                    "形象进度：3栋厂房投用，其余3栋屋面施工",
                    {"physical_progress": "3栋厂房投用，其余3栋屋面施工"},
                )
            ],
        ],
        [
            [("项目名称：柏川农产品冷链集配中心", {"name": "柏川农产品冷链集配中心"})],
            [
                ("总投资：9800万元", {"total_investment": 98_000_000}),
                ("2023年计划投资：6000万元", {"annual_plan": 60_000_000}),
            ],
            [
                ("计划开工时间：2023年2月", {"planned_start": "2023-02-01"}),
                ("计划竣工时间：2023年12月底", {"planned_finish": "2023-12-31"}),
            ],
            [("形象进度：冷库主体完成85%", {"physical_progress": "冷库主体完成85%"})],
            [
                (
                    "存在问题：变压器增容未完成",
                    {"problems": "变压器增容未完成"},
                ),
                ("责任单位：区商务局", {"responsible_unit": "区商务局"}),
            ],
        ],
        [
            [("项目名称：柳林乡康养小镇（一期）", {"name": "柳林乡康养小镇（一期）"})],
            [
                ("总投资：２．３５亿元", {"total_investment": 235_000_000}),
                ("建设单位：柏川文旅投资有限公司", {"owner": "柏川文旅投资有限公司"}),
            ],
            [
                ("责任单位：柳林乡人民政府", {"responsible_unit": "柳林乡人民政府"}),
                ("联系电话：13800000133", {"phone": "13800000133"}),
            ],
            [
                (
                    "形象进度：游客中心装修，步道铺装2公里",
                    {"physical_progress": "游客中心装修，步道铺装2公里"},
                )
            ],
        ],
    ]
    assert book.projects is not None
    row = 3
    for brief in briefs:
        record: dict[str, Any] = {}
        for line in brief:
            for place, (text, means) in enumerate(line):
                left = 1 + 2 * place
                sheet.put(row, left, text)
                sheet.merge(row, left, row, 4 if len(line) == 1 else left + 1)
                record |= means
            row += 1
        book.projects.append(record)
        row += 1
    sheet.banner(row, "（以上资料由各项目业主提供）", 1, 4)
    return book


def cards_below_each_other() -> Book:
    """Two cards of label and value, each with names of groups joined at the left."""
    book = Book(
        "前期项目情况登记表.ods",
        "ODS：上下两张卡片，左侧竖排组名（基本信息、前期手续）纵向合并，手续项为办理情况"
        "（不判），真日期与文字日期，一张缺值",
        tables=None,
    )
    sheet = book.sheet("登记表")
    sheet.banner(1, "2023年前期项目情况登记表", 1, 5)
    blocks: list[tuple[list[list[Cell]], dict[str, Any]]] = [
        (
            [
                cells("基本信息 | 项目名称 | 柏川至东河城际快线 | 总投资（万元） | 326000"),
                cells(" | 建设单位 | 柏川交投集团 | 责任单位 | 区交通运输局"),
                cells(" | 计划开工时间 | {} | 计划竣工时间 | 2026年6月30日前", date(2023, 10, 8)),
                cells("前期手续 | 可研批复 | 已批复 | 用地预审 | 办理中"),
                cells(" | 环评批复 | 办理中 | 初步设计 | 未办理"),
            ],
            {
                "name": "柏川至东河城际快线",
                "total_investment": 3_260_000_000,
                "owner": "柏川交投集团",
                "responsible_unit": "区交通运输局",
                "planned_start": "2023-10-08",
                "planned_finish": "2026-06-30",
            },
        ),
        (
            [
                cells("基本信息 | 项目名称 | 双桥养老服务综合体 | 总投资（万元） | 4680.6"),
                cells(" | 建设单位 | 区民政局 | 责任单位 | 双桥街道办事处"),
                cells(" | 计划开工时间 | 2023年9月 | 计划竣工时间 | "),
                cells("前期手续 | 可研批复 | 办理中 | 用地预审 | 不涉及"),
                cells(" | 环评批复 | 备案 | 初步设计 | 未办理"),
            ],
            {
                "name": "双桥养老服务综合体",
                "total_investment": 46_806_000,
                "owner": "区民政局",
                "responsible_unit": "双桥街道办事处",
                "planned_start": "2023-09-01",
                "planned_finish": None,
            },
        ),
    ]
    assert book.projects is not None
    row = 3
    for lines, record in blocks:
        for offset, line in enumerate(lines):
            sheet.line(row + offset, line)
        sheet.merge(row, 1, row + 2, 1)
        sheet.merge(row + 3, 1, row + 4, 1)
        book.projects.append(record)
        row += len(lines) + 1
    return book


WORKBOOKS = (ticked_cards, label_and_value_in_a_cell, cards_below_each_other)
