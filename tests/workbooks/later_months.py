"""Later hands: monthly reports, column pairs under months, a list saved as text."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def span(text: str, start: str, finish: str) -> Said:
    """Years of construction in one cell."""
    return Said(text, (start, finish))


def monthly_report() -> Book:
    """Three rows of headings; section rows that state the level and hold sums of their own."""
    book = Book(
        "柏川区省市区重点项目5月份月报.xlsx",
        "三行表头；总计在最前；分组行写级别并带合计数，二级分组行是类别（不判）；"
        "上年底累计、本年、自开工三种累计并列",
        tables=None,
    )
    book.head = {"period": "2023-05", "filled_on": "2023-06-02"}
    sheet = book.sheet("5月")
    sheet.banner(1, "柏川区省市区重点项目2023年5月份投资完成情况月报表", 1, 14)
    sheet.banner(
        2, "填报单位：柏川区发展和改革委员会      填报日期：2023年6月2日      单位：万元、％", 1, 14
    )
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设起止年限 | 计划总投资 | 至2022年底累计完成投资 | 2023年 | < | "
            "< | < | < | < | 自开工至今累计完成投资 | 形象进度 | 责任单位"
        ),
        cells("^ | ^ | ^ | ^ | ^ | 年度投资计划 | 5月份 | < | 1—5月 | < | < | ^ | ^ | ^"),
        cells("^ | ^ | ^ | ^ | ^ | ^ | 计划 | 完成 | 计划 | 完成 | 占年度计划 | ^ | ^ | ^"),
    ]
    fields = columns("- | name | planned_start+planned_finish | total_investment | - | annual_plan")
    fields += columns("- | completed_month | - | completed_year | - | completed_total")
    fields += columns("physical_progress | responsible_unit")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Total(
                cells(
                    " | 总计（5个） |  | 279251.3 | 51600 | 100650.8 | 9250 | 9231.3 | 36800 | "
                    "35401.8 | 35.17 | 87001.8"
                )
            ),
            Section("一、省重点项目（2个）", {"level": "省"}, merged=False, column=2),
            Section("（一）工业", merged=False, column=2),
            cells(
                "1 | 新型储能电池生产基地 | {} | 186000 | 42000 | 60000 | 5500 | 5210.5 | 25000 | "
                "23860.5 | 39.77 | 65860.5 | 2号电芯车间设备安装，3号车间封顶 | 柏川经开区",
                span("2022-2025", "2022-01-01", "2025-12-31"),
            ),
            Section("（二）交通", merged=False, column=2),
            cells(
                "2 | S103柏川至东河段快速化改造 | {} | 52000 | 0 | 20000 | 2000 | 2310 | 5000 | "
                "4870 | 24.35 | 4870 | 路基土石方完成45% | 区交通运输局",
                span("2023.3-2024.12", "2023-03-01", "2024-12-31"),
            ),
            Section("二、市重点项目（2个）", {"level": "市"}, merged=False, column=2),
            Section("（一）工业", merged=False, column=2),
            cells(
                "3 | 食用菌精深加工项目 | {} | 9600.5 | 3100 | 5000 | 450 | 500 | 1900 | "
                "2015.5 | 40.31 | 5115.5 | 试生产 | 柳林乡",
                span("2022年9月—2023年10月", "2022-09-01", "2023-10-31"),
            ),
            Section("（二）社会事业", merged=False, column=2),
            cells(
                "4 | 区妇幼保健院新院区 | {} | 28000 | 6500 | 12000 | 1000 | 890 | 4200 | "
                "3960 | 33 | 10460 | 住院楼主体12层 | 区卫健委",
                span("2021.10-2024.6", "2021-10-01", "2024-06-30"),
            ),
            Section("三、区重点项目（1个）", {"level": "区"}, merged=False, column=2),
            Section("（一）城镇基础设施", merged=False, column=2),
            cells(
                "5 | 城区停车场及充电桩建设 | {} | 3650.8 | 0 | 3650.8 | 300 | 320.8 | 700 | "
                "695.8 | 19.06 | 695.8 | 建成泊位260个 | 区城管局",
                span("2023.2-2023.11", "2023-02-01", "2023-11-30"),
            ),
        ],
        unit="万元",
    )
    sums: dict[int, list[Cell]] = {
        7: cells("238000 | 42000 | 80000 | 7500 | 7520.5 | 30000 | 28730.5 | 35.91 | 70730.5"),
        12: cells("37600.5 | 9600 | 17000 | 1450 | 1390 | 6100 | 5975.5 | 35.15 | 15575.5"),
        17: cells("3650.8 | 0 | 3650.8 | 300 | 320.8 | 700 | 695.8 | 19.06 | 695.8"),
    }
    for row, values in sums.items():
        sheet.line(row, values, 4)
    sheet.put(20, 2, "单位负责人：")
    sheet.put(20, 6, "科室负责人：")
    sheet.put(20, 12, "制表人：王倩")
    return book


def month_pairs() -> Book:
    """Plan and actual under April, May and June; the title says that June is reported."""
    book = Book(
        "重点项目投资月度调度表（6月）.xlsx",
        "4、5、6月各计划|完成成对列，4月两列隐藏；上半年累计、自开工累计；"
        "一格自带亿元，与表头万元不同；一个项目的行被隐藏；各月是各月的账，不判",
    )
    book.head = {"period": "2023-06"}
    sheet = book.sheet("6月")
    sheet.banner(1, "柏川区2023年6月重点项目投资月度调度表", 1, 15)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设性质 | 总投资\n（亿元） | 年度计划投资\n（万元） | "
            "4月（万元） | < | 5月（万元） | < | 6月（万元） | < | 上半年累计（万元） | < | "
            "自开工累计完成投资（万元） | 备注"
        ),
        cells("^ | ^ | ^ | ^ | ^ | 计划 | 完成 | 计划 | 完成 | 计划 | 完成 | 计划 | 完成 | ^ | ^"),
    ]
    fields = columns("- | name | nature | total_investment@亿元 | annual_plan@万元 | - | - | - | -")
    fields += columns("- | - | - | completed_year@万元 | completed_total@万元 | -")
    end = table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            Total(
                cells(
                    " | 总　计 |  | 9.2655 | 35700 | 2950 | 2880 | 3150 | 3165 | 3500 | 2727.75 | "
                    "17600 | 16452.75 | 35977.75"
                )
            ),
            cells(
                "1 | 智能家居生产基地 | 新建 | 5.2 | 18000 | 1500 | 1480 | 1600 | 1650 | 1800 | "
                "{} | 9000 | 8835.5 | 21300.5",
                1705.5,
            ),
            cells(
                "2 | 城南水厂深度处理改造 | 改建 | 0.6855 | 4200 | 350 | 300 | 400 | 410 | 400 | "
                "{} | 2000 | 1890 | 2950",
                "0.036亿元",
            ),
            cells(
                "3 | 冷鲜禽肉加工厂二期 | 扩建 | 2.3 | 7500 | 600 | 580 | 650 | 600 | 700 | "
                "{} | 3500 | 3102.25 | 9102.25",
                662.25,
            ),
            cells(
                "4 | 金属包装制罐线技术改造 | 技改 | 1.08 | 6000 | 500 | 520 | 500 | 505 | 600 | "
                "{} | 3100 | 2625 | 2625 | 6月设备检修",
                0,
            ),
        ],
    )
    sheet.hidden_columns |= {6, 7}
    sheet.hidden_rows.add(end - 2)
    sheet.banner(end, "说明：自开工累计含往年完成投资。", 1, 15)
    return book


def saved_as_text() -> Book:
    """A monthly table saved as text in GB18030: quotation marks, line breaks, dates as typed."""
    book = Book(
        "政府投资项目5月份调度.csv",
        "GB18030编码CSV：标题、截止日期、空行在前；千分位、全角数字、单元格内换行和逗号；"
        "日期写法各异；逐行填报人列（不是责任人）；末尾合  计和落款",
        wear=".gb18030",
    )
    book.head = {"period": "2023-05"}
    sheet = book.sheet("Sheet1")
    sheet.put(1, 1, "柏川区政府投资项目2023年5月份调度表")
    sheet.put(2, 1, "（截至2023年5月31日）")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目代码 | 建设单位 | 投资总额(万元) | 年度计划投资(万元) | "
            "5月份完成投资(万元) | 1-5月累计完成投资(万元) | 完成比例 | 实际开工时间 | "
            "计划竣工时间 | 形象进度 | 存在问题 | 填报人"
        )
    ]
    fields = columns("- | name | code | owner | total_investment | annual_plan | completed_month")
    fields += columns("completed_year | - | actual_start | planned_finish | physical_progress")
    region = "419702"
    table(
        book,
        sheet,
        4,
        head,
        [*fields, "problems", None],
        [
            cells(
                "'1 | 区档案馆新馆 | {} | 区档案馆 | {} | {} | {} | {} | 45.3% | {} | {} | {} | "
                "无 | 小赵",
                project_code("2206", "61204", region),
                Said("3,860.00", 38_600_000),
                Said("2,000.00", 20_000_000),
                Said("186.5", 1_865_000),
                Said("905.5", 9_055_000),
                Said("2022-9-15", "2022-09-15"),
                Said("2023年12月", "2023-12-31"),
                "主体完工,开始二次装修\n消防管道安装",
            ),
            cells(
                "'2 | 柏河大桥加固 | {} | 区公路事业发展中心 | {} | {} | {} | {} | 7.7% | {} | "
                "{} | 桥面铣刨完成50%，交通导改到位 | 夜间施工投诉较多, 需错时施工 | 小刘",
                project_code("2302", "10877", region),
                Said("1,275.6", 12_756_000),
                Said("1,275.6", 12_756_000),
                Said("98", 980_000),
                Said("98", 980_000),
                Said("2023/5/8", "2023-05-08"),
                Said("2023.10.31", "2023-10-31"),
            ),
            cells(
                "'3 | 城区公厕改造（二批） |  | 区环卫服务中心 | {} | {} | {} | {} | 0% | {} | "
                "{} | 施工图设计 | — | 小刘",
                Said("420", 4_200_000),
                Said("420", 4_200_000),
                Said("0", 0),
                Said("0", 0),
                Said("未开工", None, may=True),
                Said("2023年三季度", "2023-09-30"),
            ),
            cells(
                "'4 | 农村公路安防工程 | {} | 区交通运输局 | {} | {} |  | {} | 32% | {} | {} | "
                "完成护栏8.6公里 | 上级补助资金未到位 | 小赵",
                project_code("2301", "44590", region),
                Said("１０８６．５", 10_865_000),
                Said("1000", 10_000_000),
                Said("320", 3_200_000),
                Said("2023年4月", "2023-04-01"),
                Said("2023年11月底", "2023-11-30"),
            ),
            Total(cells(" | 合  计 |  |  | '6642.1 | '4695.6 | '284.5 | '1323.5 | 28.2%")),
        ],
        table_unit="万元",
    )
    sheet.put(11, 1, "审核人：陈主任")
    sheet.put(11, 8, "联系电话：0391-5550188")
    return book


WORKBOOKS = (monthly_report, month_pairs, saved_as_text)
