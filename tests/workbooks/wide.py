"""Wide dispatch tables, and tables whose columns or rows come in twos."""

from __future__ import annotations

from datetime import date

from tests.workbooks.codes import project_code
from tests.workbooks.lists import span
from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table, write_head
from tests.workbooks.truth import Book, Said


def everything() -> Book:
    """One row says all that a book can hold of a project: 33 columns, two rows of headings."""
    book = Book(
        "重点项目全口径调度表（2023年第20周）.xlsx",
        "33列宽表，两行表头，字段最全：级别、性质、状态、各类单位、包联、计划与实际开竣工、四种完成投资",
    )
    book.head = {"period": "2023-W20"}
    sheet = book.sheet("全口径")
    sheet.banner(1, "源汇区重点项目全口径调度表（2023年第20周）", 1, 33)
    sheet.put(2, 32, "金额单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目代码 | 项目级别 | 建设性质 | 项目状态 | 建设地点 | "
            "建设内容及规模 | 项目业主 | 责任体系 | < | < | < | < | < | < | 总投资 | "
            "年度计划投资 | 工期计划 | < | 实际工期 | < | 完成投资 | < | < | < | "
            "投资完成率 | 工程形象进度 | 存在问题 | 需协调事项 | 下周工作计划 | 是否纳统 | "
            "备注"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 牵头单位 | 配合单位 | 责任单位 | 责任人 | "
            "联系电话 | 包联领导 | 首席服务员 | ^ | ^ | 计划开工 | 计划竣工 | 实际开工 | "
            "实际竣工 | 本周 | 本月 | 本年累计 | 开工累计 | ^ | ^ | ^ | ^ | ^ | ^ | ^"
        ),
    ]
    fields: list[str | None] = columns("- | name | code | level | nature | state | place | content")
    fields += columns(
        "owner | lead_unit | cooperating_units | responsible_unit | responsible_person"
    )
    fields += columns("phone | sponsor | service_officer | total_investment | annual_plan")
    fields += columns(
        "planned_start | planned_finish | actual_start | actual_finish | completed_week"
    )
    fields += columns("completed_month | completed_year | completed_total | - | physical_progress")
    fields += columns("problems | needs | next_plan | - | -")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Total(
                cells(
                    " | 合计 |  |  |  |  |  |  |  |  |  |  |  |  |  |  | 101860.5 | "
                    "39860.5 |  |  |  |  | 662.5 | 1790 | 11562.5 | 47062.5"
                )
            ),
            cells(
                "1 | 预制菜产业园一期 | {} | 省 | 新建 | 在建 | 大刘镇东环路 | "
                "标准化厂房12万平方米，冷库3万吨 | 豫膳食品有限公司 | 区工信局 | "
                "区住建局 | 大刘镇 | 陈志远 | 0395-5550401 | 张副区长 | 韩雪 | 86000 | "
                "32000 | {} | {} | {} |  | 520 | 1450 | 9860 | 45360 | 30.8% | "
                "4号冷库主体封顶 | 供水管网未接通 | 请区水务公司6月底前接通供水 | "
                "冷库保温层施工 | √ | ",
                project_code("2203", "21904"),
                Said("2022.5", "2022-05-01"),
                Said("2024年6月底", "2024-06-30"),
                date(2022, 5, 18),
            ),
            cells(
                "2 | 城区防洪排涝工程 | {} | 市 | 改建 | 在建 | 城区 | "
                "改造泵站4座、管渠9公里 | 区水利局 | 区水利局 | 区城管局 | 马路街街道 | "
                "孙国庆 | 0395-5550402 | 李副区长 | 牛莉 | 12000 | 4000 | {} | {} | {} | "
                "/ | 102 | 240 | 1102 | 1102 | 27.6% | 2座泵站基坑支护完成 | 无 | 无 | "
                "泵站底板浇筑 | √ | 市级补助项目",
                project_code("2210", "50078"),
                date(2023, 2, 1),
                Said("2023年12月", "2023-12-31"),
                date(2023, 2, 15),
            ),
            cells(
                "3 | 村级光伏帮扶电站 |  | 区 | 新建 | 竣工 | 问十乡6个村 | 装机1200千瓦 | "
                "问十乡政府 | 区农业农村局 |  | 问十乡 | 周美玲 | 0395-5550403 | "
                "王副区长 | - | 3860.5 | 3860.5 | {} | {} | {} | {} | 40.5 | 100 | 600.5 | "
                "600.5 | 15.6% | 并网发电 |  |  | 验收 |  | ",
                Said("2023年1月", "2023-01-01"),
                Said("2023年5月", "2023-05-31"),
                date(2023, 1, 10),
                date(2023, 5, 12),
            ),
        ],
        unit="万元",
    )
    return book


def quarter_with_units_below() -> Book:
    """The second row of headings holds nothing but units; names are joined over two columns."""
    book = Book(
        "2023年二季度重点项目进展情况.xlsx",
        "季度表：第二行表头只写单位（亿元|万元|万元），项目名称占两列合并，前有三行文字说明",
    )
    book.head = {"period": "2023-Q2"}
    sheet = book.sheet("二季度")
    sheet.banner(1, "2023年二季度重点项目进展情况", 1, 9)
    sheet.banner(2, "上半年全区重点项目总体进展顺利，完成投资超过序时进度4.2个百分点。", 1, 9)
    sheet.banner(3, "具体情况如下：", 1, 9)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | < | 起止年限 | 总投资 | 年度计划投资 | 1-6月累计完成投资 | "
            "工程进展 | 责任单位"
        ),
        cells("^ | ^ | < | ^ | （亿元） | （万元） | （万元） | ^ | ^"),
    ]
    fields = columns("- | name | - | planned_start+planned_finish | total_investment@亿元")
    fields += columns(
        "annual_plan@万元 | completed_year@万元 | physical_progress | responsible_unit"
    )
    end = table(
        book,
        sheet,
        4,
        head,
        fields,
        [
            cells(
                "1 | 食品检验检测中心 |  | {} | 0.86 | 5200 | 2960.5 | 室内装修 | 区市场监管局",
                span("2022.9-2023.12", "2022-09-01", "2023-12-31"),
            ),
            cells(
                "2 | 智慧农机产业园 |  | {} | 6.35 | 18000 | 8120 | 1、2号厂房钢结构安装 | 老窝镇",
                span("2023.3-2025.6", "2023-03-01", "2025-06-30"),
            ),
            cells(
                "3 | 滨河新区初中 |  | {} | 1.4285 | 6000 | 450 | 土方开挖 | 区教育局",
                span("2023.6-2024.8", "2023-06-01", "2024-08-31"),
            ),
        ],
    )
    for row in range(6, end):
        sheet.merge(row, 2, row, 3)
    sheet.put(end + 1, 1, "填报单位：区重点项目办")
    return book


def plan_above_actual() -> Book:
    """Two rows for each project: the plan above, what was done below, months across."""
    book = Book(
        "分月计划完成（上下两行）.xlsx",
        "每个项目两行（计划|完成），名称和总投资纵向合并，各月横排；不得读成两个项目",
    )
    sheet = book.sheet("分月")
    sheet.banner(1, "2023年重点项目分月计划完成情况（单位：万元）", 1, 9)
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 总投资 | 指标 | 1月 | 2月 | 3月 | 4月 | 全年计划")
    ]
    write_head(sheet, 2, 1, head)
    assert book.projects is not None and book.tables is not None
    rows: list[tuple[str, float, list[float], list[float], float]] = [
        (
            "预拌砂浆生产线",
            9800,
            cells("200 | 300 | 500 | 600"),
            cells("180 | 260 | 540 | 610.5"),
            5200,
        ),
        (
            "河湖连通工程",
            23600.5,
            cells("400 | 400 | 800 | 900"),
            cells("400 | 380 | 760 | 905"),
            9000,
        ),
    ]
    for number, (name, total, plan, done, year) in enumerate(rows, 1):
        top = 1 + 2 * number
        sheet.line(top, [number, name, total, "计划", *plan, year])
        sheet.line(top + 1, ["完成", *done], 4)
        for column in (1, 2, 3, 9):
            sheet.merge(top, column, top + 1, column)
        book.projects.append(
            {
                "name": name,
                "total_investment": round(total * 10_000),
                "annual_plan": round(year * 10_000),
            }
        )
    book.tables.append(
        {
            "sheet": "分月",
            "header_rows": [2, 2],
            "headings": cells("序号 | 项目名称 | 总投资 | 指标 | 1月 | 2月 | 3月 | 4月 | 全年计划"),
            "data_rows": 4,
            "totals_rows": [],
            "unit": "万元",
        }
    )
    return book


def units_in_sections() -> Book:
    """Section rows that change the unit of money for the rows below them."""
    book = Book(
        "各级项目合并表（分组行带金额单位）.xlsx",
        "分组行写明级别和金额单位：一、省级（亿元），二、区级（万元）；标题无单位",
    )
    sheet = book.sheet("合并表")
    sheet.banner(1, "2023年各级重点项目合并表", 1, 4)
    table(
        book,
        sheet,
        2,
        [cells("序号 | 项目名称 | 总投资 | 年度计划投资")],
        columns("- | name | total_investment | annual_plan"),
        [
            Section("一、省重点项目（单位：亿元）", {"level": "省"}),
            cells(
                "1 | 生物医药产业园 | {} | {}", Said(12.6, 1_260_000_000), Said(4.2, 420_000_000)
            ),
            cells("2 | 铁路物流基地 | {} | {}", Said(8.05, 805_000_000), Said(3, 300_000_000)),
            Section("二、区重点项目（单位：万元）", {"level": "区"}),
            cells("3 | 便民市场 | {} | {}", Said(3600, 36_000_000), Said(2000, 20_000_000)),
            cells("4 | 小游园 | {} | {}", Said(480.5, 4_805_000), Said(480.5, 4_805_000)),
        ],
    )
    return book


WORKBOOKS = (everything, quarter_with_units_below, plan_above_actual, units_in_sections)
