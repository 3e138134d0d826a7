"""Monthly ledgers: plan and actual in pairs, formulas, forms of the statistics bureau."""

from __future__ import annotations

from tests.workbooks.sheet import Cell, Shown
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import LEFT, UP, Book


def nanning_report() -> Book:
    """After the month's report of major projects of a district in Nanning (public code)."""
    book = Book(
        "2023年3月重大项目报表.xlsx",
        "系统导出的月报：无单位行，单位在表头，建设性质栏写的是续建类、新开工类",
        "南宁市西乡塘区重大项目月报导出（公开代码中的表头：建设性质、总投资(万元)、03月完成投资(万元)…）",
        wear=".export",
    )
    book.head = {"period": "2023-03"}
    sheet = book.sheet("2023年3月重大项目报表")
    sheet.banner(1, "2023年3月重大项目报表", 1, 10)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设性质 | 总投资(万元) | 2023年度计划投资(万元) | "
            "03月完成投资(万元) | 2023年1-3月累计完成投资(万元) | 牵头单位 | 产业类别 | "
            "完成比例"
        )
    ]
    fields = columns("- | name | - | total_investment | annual_plan | completed_month")
    table(
        book,
        sheet,
        2,
        head,
        [*fields, "completed_year", "lead_unit", None, None],
        [
            cells(
                "1 | 北湖片区路网工程 | 续建类 | 86000 | 32000 | 2650 | 7120 | 区住建局 | "
                "城建 | 22.25%"
            ),
            cells(
                "2 | 糖业仓储物流中心 | 新开工类 | 45000 | 18000 | 300 | 300 | 区商务局 | "
                "物流 | 1.67%"
            ),
            cells(
                "3 | 罗文大道小学 | 竣工投产类 | 12600 | 3100 | 880.6 | 2400.6 | "
                "区教育局 | 社会事业 | 77.44%"
            ),
            cells("4 | 现代农业示范园 | 预备类 | 20000 | 0 | 0 | 0 | 区农业农村局 | 农业 | 0%"),
        ],
        unit="万元",
    )
    return book


def month_and_year_pairs() -> Book:
    """计划 and 完成 in pairs under the month and under the year."""
    book = Book(
        "源汇区3月份投资计划完成情况.xlsx",
        "成对列：3月（计划|完成）、1—3月累计（计划|完成）、全年（计划|完成率）",
    )
    book.head = {"period": "2023-03"}
    sheet = book.sheet("3月")
    sheet.banner(1, "源汇区2023年3月份重点项目投资计划完成情况表", 1, 10)
    sheet.put(2, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells("序号 | 责任单位 | 项目名称 | 总投资 | 3月 | < | 1—3月累计 | < | 全年 | <"),
        cells("^ | ^ | ^ | ^ | 计划 | 完成 | 计划 | 完成 | 计划 | 完成率"),
    ]
    fields = columns("- | responsible_unit | name | total_investment | - | completed_month")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, None, "completed_year", "annual_plan", None],
        [
            Total(
                cells(
                    " |  | 合计 | 181800 | 7300 | 6710 | 19300 | 17505 | 68600 | {}",
                    Shown(0.2552, "0.0%"),
                )
            ),
            cells(
                "1 | 空冢郭镇 | 奥昌迈得设备生产项目 | 120000 | 5000 | 4600 | 13000 | "
                "12100 | 60000 | {}",
                Shown(0.2017, "0.0%"),
            ),
            cells(
                "2 | 大刘镇 | 中裕农机装备制造项目 | 32600 | 1100 | 1260 | 3000 | 3180 | 4200 | {}",
                Shown(0.7571, "0.0%"),
            ),
            cells(
                "3 | 问十乡 | 光伏发电项目（二期） | 29200 | 1200 | 850 | 3300 | 2225 | 4400 | {}",
                Shown(0.5057, "0.0%"),
            ),
        ],
        unit="万元",
    )
    return book


def half_year_pairs() -> Book:
    """Twelve narrow columns: plan and actual of six months under two rows of headings."""
    book = Book(
        "2023年上半年分月计划完成表.xlsx",
        "宽表：1月至6月各两列（计划|完成），三行表头；分月数不对应单一字段，只认名称、总投资、年度计划",
    )
    sheet = book.sheet("分月")
    sheet.banner(1, "2023年重点项目分月投资计划及完成情况", 1, 17)
    sheet.put(2, 16, "单位：万元")
    months: list[Cell] = []
    pairs: list[Cell] = []
    for month in range(1, 7):
        months += [f"{month}月", LEFT]
        pairs += ["计划", "完成"]
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 总投资 | 年度计划投资 | 2023年分月投资 | < | < | < | < | "
            "< | < | < | < | < | < | < | 备注"
        ),
        [UP, UP, UP, UP, *months, UP],
        [UP, UP, UP, UP, *pairs, UP],
    ]
    fields: list[str | None] = columns(
        "- | name | total_investment | annual_plan | - | - | - | - | - | - | - | - | - | "
        "- | - | - | -"
    )
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 医药分拨中心及医疗器械生产项目 | 86000 | 31500 | 2000 | 1980 | 2000 | "
                "1500 | 2500 | 2610 | 2500 | 2400 | 3000 | 3050 | 3000 | "
            ),
            cells(
                "2 | 空冢郭镇污水管网改造工程 | 3860.5 | 3860.5 | 100 | 110 | 200 | "
                "156.25 | 400 | 446.5 | 400 | 380 | 400 | 412 | 400 |  | 7月底完工"
            ),
            cells(
                "3 | 长申玉商业综合体项目 | 180000 | 55000 | 4000 | 3600 | 3000 | 3000 | "
                "5000 | 4800 | 5000 | 5100 | 5000 | 4900 | 5000 | "
            ),
            Total(
                cells(" | 合计 | 269860.5 | 90360.5 | 6100 | 5690 | 5200 | 4656.25 | 7900 | 7856.5")
            ),
        ],
        unit="万元",
    )
    return book


def lanzhou_dispatch() -> Book:
    """After a project dispatch register of a new area (public code): ticks and cost kinds."""
    book = Book(
        "项目调度管理（月份栏）.xlsx",
        "是否开工用√，费用分土建、设备、土地；月份只在列里（period不判）",
        "公开代码 com.lzcb.bigitem 的“项目调度管理”导出表（月份、是否开工、审核标识…）",
    )
    sheet = book.sheet("项目调度")
    sheet.put(1, 1, "项目调度管理表")
    sheet.put(2, 11, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "月份 | 项目名称 | 建设单位 | 年度计划投资 | 是否开工 | 当月已完成投资 | "
            "土建工程 | 设备购置安装费用 | 土地等费用 | 投资完成比例 | 形象进度 | 审核标识"
        )
    ]
    fields = columns("- | name | owner | annual_plan | - | completed_month | - | - | - | -")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "physical_progress", None],
        [
            cells(
                "2023-02 | 新型建材生产基地 | 兴源建材有限公司 | 16000 | √ | 820 | 600 | "
                "200 | 20 | 9.8% | 1号车间基础完成 | 通过"
            ),
            cells(
                "2023-02 | 中药饮片加工项目 | 百草药业有限公司 | 9500 | √ | 410.5 | 300 | "
                "110.5 | 0 | 6.1% | 设备基础施工 | 通过"
            ),
            cells(
                "2023-02 | 物流枢纽信息平台 | 区交通运输局 | 3000 |  | 0 | 0 | 0 | 0 | "
                "'0 | 方案论证 | 待审核"
            ),
        ],
        unit="万元",
    )
    return book


def townships_by_sections() -> Book:
    """Section rows name the township; subtotals after each; sums below."""
    book = Book(
        "2023年2月分乡镇月度台账.xlsx",
        "分组行是乡镇名并带小计数，小计行在每组之后，总计在最后；责任单位来自分组行",
    )
    book.head = {"period": "2023-02"}
    sheet = book.sheet("2月")
    sheet.banner(1, "2023年2月全区重点项目投资完成情况", 1, 6)
    sheet.put(2, 6, "单位：万元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 总投资 | 年计划投资 | 2月完成投资 | 1-2月完成投资")
    ]
    table(
        book,
        sheet,
        3,
        head,
        columns("- | name | total_investment | annual_plan | completed_month | completed_year"),
        [
            Section("空冢郭镇（2个）", {"responsible_unit": "空冢郭镇"}),
            cells("1 | 奥昌迈得设备生产项目 | 120000 | 60000 | 3800 | 7500"),
            cells("2 | 蓝硕再生资源项目 | 35000 | 12000 | 0 | 0"),
            Total(cells(" | 小计 | 155000 | 72000 | 3800 | 7500")),
            Section("大刘镇（1个）", {"responsible_unit": "大刘镇"}),
            cells("3 | 大刘镇粮食仓储物流项目 | 18000 | 9000 | 600 | 1350"),
            Total(cells(" | 小计 | 18000 | 9000 | 600 | 1350")),
            Section("老窝镇（2个）", {"responsible_unit": "老窝镇"}),
            cells("4 | 农产品批发市场 | 9800 | 5000 | 500.5 | 900"),
            cells("5 | 镇区雨污分流工程 | 1560.25 | 1560.25 | 0 | 0"),
            Total(cells(" | 小计 | 11360.25 | 6560.25 | 500.5 | 900")),
            Total(cells(" | 总计 | 184360.25 | 87560.25 | 4900.5 | 9750")),
        ],
        unit="万元",
    )
    return book


WORKBOOKS = (
    nanning_report,
    month_and_year_pairs,
    half_year_pairs,
    lanzhou_dispatch,
    townships_by_sections,
)
