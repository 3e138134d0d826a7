"""Weekly ledgers and dispatch tables of townships and streets."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.table import Again, Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def ganhechen() -> Book:
    """The period stands in the file's name only; sums first, the headings again in the body."""
    book = Book(
        "干河陈街道2023年第14周重点项目台账.xlsx",
        "周台账：两行表头，合计在前，表头在表中重复，周次只在文件名里，电话是数字",
    )
    book.head = {"period": "2023-W14", "unit": "干河陈街道"}
    sheet = book.sheet("台账")
    sheet.banner(1, "干河陈街道重点项目进展台账", 1, 13)
    sheet.put(2, 1, "填报单位：干河陈街道办事处")
    sheet.put(2, 12, "单位：万元")
    head = [
        cells(
            "序号 | 项目名称 | 项目代码 | 总投资 | 2023年\n计划投资 | 完成投资情况 | < | "
            "< | 形象进度 | 存在问题 | 下周计划 | 责任人 | 联系电话"
        ),
        cells("^ | ^ | ^ | ^ | ^ | 本周 | 本年累计 | 开工以来累计 | ^ | ^ | ^ | ^ | ^"),
    ]
    fields = columns("- | name | code | total_investment | annual_plan | completed_week")
    fields += columns("completed_year | completed_total | physical_progress | problems | next_plan")
    fields += ["responsible_person", "phone"]
    one, two = project_code("2201", "30012"), project_code("2207", "41877")
    three = project_code("2212", "50930")
    row = table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Total(cells(" | 合计 |  | 158300 | 58600 | 1480.5 | 12636.5 | 61736.5")),
            cells(
                "1 | 澳的利饮料扩产项目 | {} | 42000 | 15000 | 380 | 3260 | 21260 | "
                "灌装车间设备调试 | 无 | 试生产 | 陈立新 | {}",
                one,
                Said(13800000011, "13800000011"),
            ),
            cells(
                "2 | 龙江路西延道路工程 | {} | 18300 | 8600 | 220.5 | 1876.5 | 9976.5 | "
                "雨水管网完成1.2公里 | 3户房屋未拆除 | 路基填筑 | 吴国强 | {}",
                two,
                Said(13800000012, "13800000012"),
            ),
            Again(),
            cells(
                "3 | 双汇第二物流园项目 | {} | 68000 | 25000 | 880 | 7500 | 30500 | "
                "2号冷库主体三层 | / | 2号冷库主体四层 | 郑海 | {}",
                three,
                Said(13800000013, "13800000013"),
            ),
            cells(
                "4 | 受降路小学改扩建项目 |  | 30000 | 10000 | 0 | 0 | 0 | "
                "正在办理施工许可 | - |  | 李敏 | {}",
                Said("0395-5550104", "0395-5550104"),
            ),
        ],
        unit="万元",
    )
    sheet.put(row, 1, "填表人：孙晓        审核人：马建国")
    sheet.put(row + 1, 1, "注：1.本周指周一至周日；2.累计数以统计口径为准。")
    return book


def daliu() -> Book:
    """Sections that carry the level; each money heading has its own unit."""
    book = Book(
        "大刘镇重点项目周调度（第11周）.xlsx",
        "周调度：分组行带级别，表头有空格和换行，单位写在各列表头里且不相同",
    )
    book.head = {"period": "2023-W11", "unit": "大刘镇"}
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "大刘镇2023年重点项目建设情况周调度表（2023年第11周）", 1, 9)
    head = [
        cells(
            "序\n号 | 项 目\n名 称 | 建 设\n性 质 | 总 投 资\n（亿元） | "
            "年度计划\n投资(万元) | 本周完成\n投资（万元） | 年累计完成\n投资（万元） | "
            "工 程 形 象 进 度 | 需区里协调\n解决的事项"
        )
    ]
    fields = columns("- | name | nature | total_investment@亿元 | annual_plan@万元")
    fields += columns("completed_week@万元 | completed_year@万元 | physical_progress | needs")
    row = table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            Section("一、省重点项目（1个）", {"level": "省"}),
            cells(
                "1 | 豫中南食品加工产业园项目 | 新建 | 12.5 | 45000 | 950 | 9120 | "
                "5号厂房钢结构吊装 | 请区供电公司增容10千伏线路"
            ),
            Section("二、市重点项目（2个）", {"level": "市"}),
            cells("2 | 中裕农机装备制造项目 | 扩建 | 3.26 | 12000 | 260 | 2480 | 涂装线安装 | 无"),
            cells(
                "3 | 大刘镇粮食仓储物流项目 | 新建 | 1.8 | 9000 | 0 | 1350 | "
                "春节后未复工 | 请协调劳务纠纷"
            ),
            Section("三、区重点项目（2个）", {"level": "区"}),
            cells("4 | 高标准农田建设项目 | 改建 | 0.4275 | 4275 | 120 | 1680.5 | 机井完成86眼 | "),
            cells("5 | 干渠生态治理工程 | 改建 | 0.65 | 3000 | 75 | 610 | 清淤2.3公里 | —"),
            Total(cells(" | 合 计 |  | 18.6375 | 73275 | 1405 | 15240.5")),
        ],
    )
    sheet.banner(row, "备注：进度以3月17日为准。", 1, 9)
    return book


def wenshi() -> Book:
    """The table stands at C5; a hidden row and a hidden column hold true data."""
    book = Book(
        "问十乡项目周报.xlsx", "表不从A1开始，有空列，有隐藏行（一个项目）和隐藏列（项目代码）"
    )
    book.head = {"period": "2023-W15", "unit": "问十乡", "filled_on": "2023-04-14"}
    sheet = book.sheet("周报")
    sheet.put(2, 3, "问十乡重点项目周报（2023年第15周）")
    sheet.put(3, 3, "报送单位：问十乡人民政府")
    sheet.put(3, 7, "2023年4月14日")
    sheet.put(3, 10, "单位：万元")
    head = [
        cells(
            "序号 | 项目名称 | 项目代码 | 计划总投资 |  | 年度投资计划 | 本周完成投资 | "
            "今年累计完成投资 | 工程进展 | 主要问题"
        )
    ]
    fields = columns("- | name | code | total_investment | - | annual_plan | completed_week")
    fields += ["completed_year", "physical_progress", "problems"]
    table(
        book,
        sheet,
        5,
        head,
        fields,
        [
            cells(
                "1 | 问十乡冷链仓储项目 | {} | 8600 |  | 3200 | 85 | 910 | 冷库保温施工 | 无",
                project_code("2205", "77102"),
            ),
            cells(
                "2 | 东干渠桥梁改建工程 | {} | 1250 |  | 1250 | 40 | 365 | 桩基完成16根 | "
                "管线迁改滞后",
                project_code("2209", "61458"),
            ),
            cells(
                "3 | 乡村道路提升工程 | {} | 2160 |  | 2160 | 0 | 0 | 招标 | 无",
                project_code("2302", "18846"),
            ),
            cells(
                "4 | 光伏发电项目（二期） | {} | 15000 |  | 6000 | 300 | 1500 | 支架安装 | "
                "并网手续未办结",
                project_code("2303", "90021"),
            ),
        ],
        unit="万元",
        left=3,
    )
    sheet.hidden_rows.add(8)
    sheet.hidden_columns.add(5)
    return book


def malujie() -> Book:
    """Numbers as text, full-width digits, units in the cells, an approximation."""
    book = Book(
        "马路街街道项目周报.xlsx",
        "文本数字、千分位、全角数字、单元格自带单位（亿元、万）、约数、各种空值写法",
    )
    book.head = {"unit": "马路街街道"}
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "马路街街道2023年重点项目周进展情况（3月6日—3月12日）", 1, 8)
    sheet.put(2, 1, "马路街街道办事处")
    sheet.put(2, 7, "单位：万元")
    head = [
        cells("序号 | 项目名称 | 总投资 | 年度计划 | 本周完成 | 累计完成 | 形象进度 | 存在问题")
    ]
    fields = columns("- | name | total_investment | annual_plan | completed_week")
    fields += ["completed_year", "physical_progress", "problems"]
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "'1 | 老街历史文化街区改造项目 | {} | {} | {} | {} | 完成立面改造12栋 | 无",
                Said("约2.3亿元", 230_000_000, may=True),
                Said("８０００", 80_000_000),
                Said("２１０．５", 2_105_000),
                Said("１,６２０", 16_200_000, may=True),
            ),
            cells(
                "'2 | 沙河西岸滨水公园项目 | {} | {} | {} | {} | 驳岸施工 | /",
                Said("1.05亿", 105_000_000),
                Said("6,500", 65_000_000),
                Said("180 ", 1_800_000),
                Said("1430", 14_300_000, may=True),
            ),
            cells(
                "'3 | 滨河路幼儿园项目 | {} | {} | — | {} | 主体二层 | －",
                Said("3200万元", 32_000_000),
                Said("2000万", 20_000_000),
                Said("350", 3_500_000, may=True),
            ),
            cells(
                "'4 | 商务中心项目 | {} | {} | {} | {} | 停工 | 资金未到位",
                Said(" 86,000.00 ", 860_000_000),
                Said("21000.5", 210_005_000),
                Said("0", 0),
                Said("0", 0, may=True),
            ),
        ],
        unit="万元",
    )
    return book


WORKBOOKS = (ganhechen, daliu, wenshi, malujie)
