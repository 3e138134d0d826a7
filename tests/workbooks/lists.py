"""Lists of key projects as provinces, cities and counties publish them."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def span(text: str, start: str, finish: str) -> Said:
    """Years of construction in one cell: their truth is two dates."""
    return Said(text, (start, finish))


def guangdong_plan() -> Book:
    """After the plan of key construction projects of Guangdong: the plan split in three."""
    book = Book(
        "2023年重点建设项目计划表.xlsx",
        "两行表头：2023年投资计划下分投资额、主要建设内容、新增生产能力；总计在前，分组行是类别",
        "广东省重点建设项目计划表（公开代码注释：投资计划-主要建设内容、新增生产能力）",
    )
    sheet = book.sheet("计划表")
    sheet.put(1, 1, "附件1")
    sheet.banner(2, "2023年重点建设项目计划表", 1, 10)
    sheet.put(3, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设规模及内容 | 建设起止年限 | 总投资 | "
            "到2022年底累计完成投资 | 2023年投资计划 | < | < | 责任单位"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | 投资额 | 主要建设内容 | 新增生产能力 | ^"),
    ]
    fields = columns("- | name | content | planned_start+planned_finish | total_investment | -")
    table(
        book,
        sheet,
        4,
        head,
        [*fields, "annual_plan", None, None, "responsible_unit"],
        [
            Total(cells(" | 总计（4项） |  |  | 925600 | 214300 | 221000")),
            Section("一、基础设施工程（2项）"),
            cells(
                "1 | 滨江大道二期工程 | 全长12.6公里，双向六车道 | {} | 356000 | 148300 | "
                "92000 | 路面及桥梁施工 | 道路12.6公里 | 市住房城乡建设局",
                span("2021-2024", "2021-01-01", "2024-12-31"),
            ),
            cells(
                "2 | 城北水厂扩建工程 | 新增供水能力10万立方米/日 | {} | 49600 | 21000 | "
                "28600 | 净水构筑物及设备安装 | 10万吨/日 | 市水务集团",
                span("2022-2023", "2022-01-01", "2023-12-31"),
            ),
            Section("二、产业工程（2项）"),
            cells(
                "3 | 高端电子材料产业基地 | 建筑面积26万平方米，年产电子浆料8000吨 | {} | "
                "420000 | 45000 | 80400 | 厂房主体施工 |  | 高新区管委会",
                span("2022-2025", "2022-01-01", "2025-12-31"),
            ),
            cells(
                "4 | 冷链物流中心 | 冷库12万立方米 | {} | 100000 | 0 | 20000 | "
                "场地平整、基础 |  | 市商务局",
                span("2023-2024", "2023-01-01", "2024-12-31"),
            ),
        ],
        unit="万元",
    )
    return book


def neimenggu_list() -> Book:
    """After a list of key projects of Inner Mongolia: league and banner, way of cooperation."""
    book = Book(
        "重大项目清单（盟市）.xlsx",
        "单行表头，列有所在盟市、合作方式；开工年份为数字（不判）",
        "内蒙古自治区重大项目清单（公开代码注释中的“合作方式”“所在盟市”列）",
    )
    sheet = book.sheet("清单")
    sheet.banner(1, "2024年重大项目清单", 1, 10)
    head: list[list[Cell]] = [
        cells(
            "序号 | 所在盟市 | 项目名称 | 建设性质 | 建设内容及规模 | 总投资（亿元） | "
            "年度计划投资（亿元） | 合作方式 | 建设单位 | 开工年份"
        )
    ]
    fields = columns("- | - | name | nature | content | total_investment | annual_plan | -")
    table(
        book,
        sheet,
        2,
        head,
        [*fields, "owner", None],
        [
            cells(
                "1 | 东川市 | 风光制氢一体化示范项目 | 新建 | 风电50万千瓦、光伏20万千瓦 | "
                "42.8 | 12 | 独资 | 绿能科技有限公司 | 2023"
            ),
            cells(
                "2 | 东川市 | 肉牛全产业链项目 | 扩建 | 年屠宰加工肉牛10万头 | 8.65 | "
                "2.3 | 合资 | 草原牧业有限公司 | 2022"
            ),
            cells(
                "3 | 西林旗 | 铁路专用线工程 | 新建 | 正线长18.3公里 | 6.2 | 3.05 |  | "
                "西林铁路公司 | 2024"
            ),
        ],
        unit="亿元",
    )
    return book


def suqian_push() -> Book:
    """After a city's list of key projects: the year's plan has its own total and its progress."""
    book = Book(
        "2024年中心城市建设重点工程推进计划.xlsx",
        "两行表头：2024年推进计划下分计划投资与整体形象进度；项目类别列纵向合并",
        "宿迁市中心城市建设重点工程计划（公开代码注释：2024年推进计划-整体形象进度；新闻页中的工程分类）",
    )
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "2024年中心城市建设重点工程推进计划", 1, 8)
    head: list[list[Cell]] = [
        cells(
            "类别 | 序号 | 项目名称 | 建设内容 | 总投资\n（亿元） | 2024年推进计划 | < | 责任单位"
        ),
        cells("^ | ^ | ^ | ^ | ^ | 计划投资\n（亿元） | 整体形象进度 | ^"),
    ]
    fields = columns("- | - | name | content | total_investment | annual_plan | -")
    row = table(
        book,
        sheet,
        2,
        head,
        [*fields, "responsible_unit"],
        [
            cells(
                "城市道路畅通工程 | 1 | 青海湖路西延 | 道路1.8公里 | 1.26 | 0.86 | "
                "12月底通车 | 市住建局"
            ),
            cells(
                " | 2 | 发展大道快速化改造 | 高架3.2公里 | 9.8 | 4.5 | 下部结构完成70% | 市住建局"
            ),
            cells(
                "绿色生态修复工程 | 3 | 古黄河水环境整治 | 清淤护岸6.5公里 | 2.35 | 1.2 | "
                "主体完成 | 市水利局"
            ),
            cells(" | 4 | 城市书房及口袋公园 | 口袋公园12处 | 0.48 | 0.48 | 全部建成 | 市城管局"),
        ],
        unit="亿元",
    )
    sheet.merge(4, 1, 5, 1)
    sheet.merge(6, 1, 7, 1)
    sheet.banner(row, "说明：项目排名不分先后。", 1, 8)
    return book


def declared_projects() -> Book:
    """After a declaration register: first and second half of the year side by side."""
    book = Book(
        "申报信息表.xlsx",
        "系统导出：上半年投资、下半年投资两组列，无单位（须问），年份列",
        "公开代码中“申报信息表.xls”的导出列（建设单位、所属产业、上半年形象进度…）",
        wear=".export",
    )
    sheet = book.sheet("申报信息表")
    head: list[list[Cell]] = [
        cells(
            "项目名称 | 年份 | 建设单位 | 建设规模及主要内容 | 建设阶段 | 所属产业 | "
            "总投资 | 年度计划投资 | 当年建设内容 | 上半年投资 | 上半年形象进度 | "
            "下半年投资 | 下半年形象进度"
        )
    ]
    fields: list[str | None] = columns("name | - | owner | content | - | - | total_investment")
    fields += columns("annual_plan | - | - | - | - | -")
    rows: list[list[Cell]] = [
        cells(
            "纳米纤维材料生产线 | 2023 | 华纤新材料公司 | 年产纳米纤维3000吨 | 在建 | "
            "新材料 | 56000 | 20000 | 二期厂房 | 9000 | 主体封顶 | 11000 | 设备安装"
        ),
        cells(
            "智慧停车场建设工程 | 2023 | 城投集团 | 新建停车位2600个 | 前期 | 基础设施 | "
            "13800 | 6000 | 3处停车楼 | 1500 | 基础施工 | 4500 | 主体完成"
        ),
    ]
    question = "表中没有写明金额单位，是万元吗？"
    body = [
        [
            Said(cell, int(str(cell)) * 10_000, ask=question) if fields[x] in MONEY_HERE else cell
            for x, cell in enumerate(row)
        ]
        for row in rows
    ]
    table(book, sheet, 1, head, fields, body)
    return book


MONEY_HERE = {"total_investment", "annual_plan"}


def mixed_units() -> Book:
    """After the export of a key-project system: 亿元 and 万元 side by side."""
    book = Book(
        "重点项目基本信息导出.xlsx",
        "系统导出：首行即表头，总投资用亿元，年度计划和累计完成用万元，工期为起止年月",
        "公开文档 EasyExcel 使用记录（zdxmgl 重点项目管理）：总投资（亿元）、年度计划投资（万元）",
        wear=".export",
    )
    sheet = book.sheet("sheet")
    head: list[list[Cell]] = [
        cells(
            "项目名称 | 项目代码 | 项目工期 | 责任单位 | 建设单位 | 项目类型 | "
            "总投资（亿元） | 年度计划投资（万元） | 年度累计完成投资（万元） | "
            "年度投资完成率 | 建设性质"
        )
    ]
    fields: list[str | None] = columns(
        "name | code | planned_start+planned_finish | responsible_unit"
    )
    fields += columns("owner | - | total_investment@亿元 | annual_plan@万元 | completed_year@万元")
    table(
        book,
        sheet,
        1,
        head,
        [*fields, None, "nature"],
        [
            cells(
                "数字产业园一期 | {} | {} | 区科工局 | 数投公司 | 产业 | 6.8 | 22000 | "
                "8600 | 39.1% | 新建",
                project_code("2112", "20418"),
                span("2022.3-2024.6", "2022-03-01", "2024-06-30"),
            ),
            cells(
                "人民医院东院区 | {} | {} | 区卫健委 | 区人民医院 | 民生 | 9.4568 | "
                "30000 | 12345.6 | 41.2% | 新建",
                project_code("2105", "70223"),
                span("2021年9月至2024年12月", "2021-09-01", "2024-12-31"),
            ),
            cells(
                "省道218改线工程 | {} | {} | 区交通局 | 交投公司 | 交通 | 3.2 | 9000 | 0 | "
                "'0 | 改建",
                project_code("2301", "15837"),
                span("2023/4—2025/10", "2023-04-01", "2025-10-31"),
            ),
        ],
    )
    return book


WORKBOOKS = (guangdong_plan, neimenggu_list, suqian_push, declared_projects, mixed_units)
