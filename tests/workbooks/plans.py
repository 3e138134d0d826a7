"""Plans that hand down money: government investment, central budget, rural revival."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.lists import span
from tests.workbooks.sheet import Cell, Sheet
from tests.workbooks.table import Note, Section, Total, cells, columns, table
from tests.workbooks.truth import Book


def expressway_plan() -> Book:
    """After a plan of newly added central investment: a project over five rows of sources."""
    book = Book(
        "中央预算内投资计划（公路）.xlsx",
        "一个项目占多行，每行一个投资来源；首行为合计，名称等四列纵向合并；总投资取首行",
        "国家高速公路2008年新增中央预算内投资计划（陕发改投资〔2008〕1926号附件，lawyee.com.cn）",
    )
    sheet = book.sheet("计划")
    sheet.put(1, 1, "附件")
    sheet.banner(2, "公路项目2023年中央预算内投资计划", 1, 9)
    sheet.put(3, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "项 目 名 称 | 建设\n性质 | 建设规模 | 建设起\n止年限 | 投资来源 | 总投资 | "
            "累计完成 | 计划下\n达投资 | 备注"
        )
    ]
    fields = columns("name | nature | content | planned_start+planned_finish | -")
    row = table(
        book,
        sheet,
        4,
        head,
        [*fields, "total_investment", None, None, None],
        [
            cells(
                "东川至西林高速公路 | 新建 | 高速公路40公里 | {} | 合计 | 252000 | 19000 | "
                "50000 | 路基、桥隧",
                span("2021-2024", "2021-01-01", "2024-12-31"),
            )
        ],
        unit="万元",
    )
    more: list[list[Cell]] = [
        cells("中央预算内投资 | 25000 |  | 25000"),
        cells("中央专项建设基金 | 49700 |  | "),
        cells("地方投资 | 42300 |  | "),
        cells("银行贷款 | 135000 | 19000 | 25000"),
    ]
    row = more_sources(sheet, row, more)
    second = row
    for column, value in enumerate(
        cells("省道305线改建工程 | 改建 | 二级公路26公里 | 2022-2023 | 合计"), 1
    ):
        sheet.put(row, column, value)
    sheet.line(row, [31800, 8600, 12000], 6)
    assert book.projects is not None
    book.projects.append(
        {
            "name": "省道305线改建工程",
            "nature": "改建",
            "content": "二级公路26公里",
            "planned_start": "2022-01-01",
            "planned_finish": "2023-12-31",
            "total_investment": 318_000_000,
        }
    )
    row = more_sources(
        sheet,
        row + 1,
        [cells("中央预算内投资 | 9000 | 4000 | 5000"), cells("地方投资 | 22800 | 4600 | 7000")],
    )
    assert book.tables is not None
    book.tables[-1]["data_rows"] = row - 5
    for top, bottom in ((5, second - 1), (second, row - 1)):
        for column in (1, 2, 3, 4):
            sheet.merge(top, column, bottom, column)
    return book


def more_sources(sheet: Sheet, row: int, rows: list[list[Cell]]) -> int:
    """Rows of sources that belong to the project above; the row below them is returned."""
    for source in rows:
        sheet.line(row, source, 5)
        row += 1
    return row


def rural_revival() -> Book:
    """After a plan of rural revival funds: township, village, four sources, a total with blanks."""
    book = Book(
        "财政衔接推进乡村振兴补助资金项目计划安排表.xlsx",
        "两行表头（资金来源下四列），合 计 字间有空格，地点分乡镇、村两列，期限为2023年6月到12月",
        "大冶市2024年度省级财政衔接推进乡村振兴补助资金项目计划安排表（hbdaye.gov.cn 公告附件）",
    )
    sheet = book.sheet("安排表")
    sheet.put(1, 1, "附件：")
    sheet.banner(2, "源汇区2023年度财政衔接推进乡村振兴补助资金项目计划安排表", 1, 14)
    sheet.put(3, 14, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 部门 | 乡镇 | 村 | 项目名称 | 项目子类型 | 建设内容 | 计划投入资金 | "
            "资金来源 | < | < | < | 实施期限（年/月-年/月） | 责任单位"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 中央衔接资金 | 省级衔接资金 | 省级财政资金 | "
            "其他\n资金 | ^ | ^"
        ),
    ]
    fields: list[str | None] = columns("- | - | - | - | name | - | content | -")
    fields += columns("- | - | - | - | planned_start+planned_finish | responsible_unit")
    table(
        book,
        sheet,
        4,
        head,
        fields,
        [
            Total(cells("合 计 |  |  |  |  |  |  | 1369.7 | 300 | 500 | 0 | 569.7")),
            cells(
                "1 | 区农业农村局 | 问十乡 | 东周村 | 果蔬特色产业强链示范项目 | "
                "种植业基地 | 蔬菜加工厂房建设，冷链设备采购 | 1069.7 | 0 | 500 | 0 | "
                "569.7 | {} | 问十乡政府",
                span("2023年6月到12月", "2023-06-01", "2023-12-31"),
            ),
            cells(
                "2 | 区水利局 | 空冢郭镇 | 南街村、半李村 | 农村供水管网改造 | 农村供水 | "
                "改造管网12公里 | 300 | 300 | 0 | 0 | 0 | {} | 空冢郭镇政府",
                span("2023/3-2023/10", "2023-03-01", "2023-10-31"),
            ),
        ],
        table_unit="万元",
    )
    return book


def fengxi_progress() -> Book:
    """After the progress table of key projects of a new town in Shaanxi: slashes in the years."""
    book = Book(
        "重点建设项目进度表（2023年5月）.xlsx",
        "起止年限用斜杠，自开始累积完成投资，开工/计划开工时间一列两义（不判），合并的两列表头",
        "沣西新城重点建设项目进度表（公开代码 LedgerController::exportSchedule 的表头）",
    )
    book.head = {"period": "2023-05"}
    sheet = book.sheet("进度表")
    sheet.banner(2, "新城2023年重点建设项目进度表", 1, 16)
    sheet.put(3, 1, "报送部门：规划建设局")
    sheet.put(3, 15, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 投资主体 | 建设起止年限 | 总投资 | 年计划投资 | "
            "年计划形象进度 | 月形象进度 | < | 月实际完成投资 | 自开始累积完成投资 | "
            "存在问题 | 开工/计划开工时间 | 土地征收情况及前期手续办理情况 | < | 备注"
        )
    ]
    fields = columns("- | name | owner | planned_start+planned_finish | total_investment")
    fields += columns("annual_plan | - | physical_progress | - | completed_month")
    fields += columns("completed_total | problems | - | - | - | -")
    row = table(
        book,
        sheet,
        4,
        head,
        fields,
        [
            cells(
                "1 | 数据谷二期 | 信息产业集团 | {} | 96000 | 28000 | 主体封顶 | "
                "4号楼主体8层 |  | 2450 | 51300 | 无 | '2021.4 | 手续齐全 |  | ",
                span("2021.3/2024.10", "2021-03-01", "2024-10-31"),
            ),
            cells(
                "2 | 渭河湿地公园 | 文旅公司 | {} | 6800.5 | 6800.5 | 建成 | 栈道基础 |  | "
                "610 | 1480.5 | 苗木供应不足 | '2023.3 | 用地已批复 |  | 省级补助",
                span("2023.2/2023.12", "2023-02-01", "2023-12-31"),
            ),
        ],
        unit="万元",
    )
    for y in range(5, row):
        sheet.merge(y, 8, y, 9)
        sheet.merge(y, 14, y, 15)
    return book


def government_plan() -> Book:
    """A county's government investment plan: wide sources nested three deep, notes inside."""
    book = Book(
        "2023年政府投资项目计划.xlsx",
        "宽表三行表头：资金来源/上级资金/中央预算内…专项债（已发行|拟发行），表中夹说明行，空列",
    )
    sheet = book.sheet("政府投资计划")
    sheet.banner(1, "源汇区2023年政府投资项目计划表", 1, 16)
    sheet.put(2, 15, "金额单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目单位 | 建设内容 | 起止年限 | 总投资 | 2023年计划投资 | "
            "资金来源 | < | < | < | < | < | < |  | 备注"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | 上级资金 | < | 专项债 | < | 区级财政 | 银行贷款 | "
            "其他 |  | ^"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | 中央预算内 | 省级 | 已发行 | 拟发行 | ^ | ^ | ^ |  | ^"),
    ]
    fields: list[str | None] = columns("- | name | owner | content | planned_start+planned_finish")
    fields += columns("total_investment | annual_plan | - | - | - | - | - | - | - | - | -")
    row = table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Total(
                cells(
                    " | 合 计 |  |  |  | 78660.5 | 33460.5 | 5300 | 1200 | 12000 | 6000 | "
                    "4960.5 | 4000 | 0"
                )
            ),
            Section("一、续建项目"),
            cells(
                "1 | 区人民医院迁建 | 区卫健委 | 床位600张 | {} | 56000 | 18000 | 3000 | "
                "0 | 9000 | 3000 | 1000 | 2000 | 0",
                span("2021.6—2024.6", "2021-06-01", "2024-06-30"),
            ),
            Note("说明：续建项目年度内可视资金到位情况调整。"),
            Section("二、新建项目"),
            cells(
                "2 | 空冢郭镇污水管网改造工程 | 空冢郭镇政府 | 管网18公里 | {} | 3860.5 | "
                "3860.5 | 2300 | 0 | 0 | 0 | 1560.5 |  | ",
                span("2023.1-2023.10", "2023-01-01", "2023-10-31"),
            ),
            cells(
                "3 | 职教中心实训楼 | 区教育局 | 建筑面积1.2万平方米 | {} | 18800 | "
                "11600 | 0 | 1200 | 3000 | 3000 | 2400 | 2000 | 0",
                span("2023.4-2024.8", "2023-04-01", "2024-08-31"),
            ),
        ],
        unit="万元",
    )
    sheet.put(row + 1, 1, "注：专项债以财政厅下达为准。")
    return book


def special_bond_reserve() -> Book:
    """Demand for bonds: yuan in the heading, asked sum and arrived sum."""
    book = Book(
        "2023年专项债券项目需求表.xlsx",
        "金额以元计（表头注明“元”），项目代码列，领域列，是否开工✓，资金需求分年",
    )
    sheet = book.sheet("需求表")
    sheet.banner(1, "2023年地方政府专项债券项目资金需求表", 1, 9)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目代码 | 领域 | 主管部门 | 项目总投资（元） | "
            "其中：专项债券需求（元） | < | 是否已开工"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | 2023年 | 2024年 | ^"),
    ]
    table(
        book,
        sheet,
        2,
        head,
        columns("- | name | code | - | - | total_investment | - | - | -"),
        [
            cells(
                "1 | 城乡供水一体化 | {} | 农林水利 | 区水利局 | 286000000 | 80000000 | "
                "60000000 | ✓",
                project_code("2209", "33071"),
            ),
            cells(
                "2 | 产业园标准厂房 | {} | 产业园区基础设施 | 高新区 | 153680500 | "
                "50000000 | 40000000 | √",
                project_code("2211", "80265"),
            ),
            cells(
                "3 | 养老服务中心 | {} | 社会事业 | 区民政局 | 46325800 | 20000000 | 0 | ",
                project_code("2302", "40917"),
            ),
        ],
        unit="元",
    )
    return book


WORKBOOKS = (
    expressway_plan,
    rural_revival,
    fengxi_progress,
    government_plan,
    special_bond_reserve,
)
