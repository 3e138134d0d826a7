"""Later hands: progress of funds, and a week that cannot be entered without asking."""

from __future__ import annotations

from datetime import date

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell
from tests.workbooks.table import cells, columns, table
from tests.workbooks.truth import Book, Said, asked

REGION = "419702"


def bonds_and_central_money() -> Book:
    """Bond money in 万元 under three rows of headings; money of the centre in yuan."""
    book = Book(
        "专项债券和中央预算内资金支付进度表.xlsx",
        "两个工作表：专项债三行表头、单位写在分组表头里，一个项目两批债券占两行；"
        "中央预算内表以元计；支出率有数字和文字；项目代码无连字符、全角；一格自带“亿”",
        tables=None,
    )
    sheet = book.sheet("专项债")
    sheet.banner(1, "柏川区专项债券项目资金支付进度表（截至2023年5月31日）", 1, 14)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目信息 | < | < | 投资情况（万元） | < | 债券资金（万元） | < | < | < | "
            "建设进展 | < | < | 备注"
        ),
        cells(
            "^ | 项目名称 | 项目代码 | 建设单位 | 总投资 | 开工以来累计完成投资 | 发行额度 | "
            "已拨付 | 已支出 | < | 实际开工时间 | 计划竣工时间 | 形象进度 | ^"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 金额 | 支出率 | ^ | ^ | ^ | ^"),
    ]
    fields = columns("- | name | code | owner | total_investment | completed_total | - | - | - | -")
    fields += columns("actual_start | planned_finish | physical_progress | -")
    plain = project_code("2203", "80417", REGION)
    wide = project_code("2111", "30652", REGION)
    row = table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            cells(
                "1 | 经开区标准化厂房及配套 | {} | 柏川产业投资有限公司 | 46800 | 21350.5 | "
                "20000 | 20000 | 15860 | 79.3% | {} | {} | 8栋厂房主体完工 | ",
                Said(plain.replace("-", ""), plain),
                date(2022, 6, 18),
                Said("2023年10月底", "2023-10-31"),
            ),
            cells(
                "2 | 区中医院康复楼 | {} | 区中医院 | {} | 6120 | 6000 | 4500 | 4310.5 | 71.84 | "
                "{} | {} | 内外装修 | 余1500万元待拨",
                Said(wide.translate(str.maketrans("0123456789-", "０１２３４５６７８９－")), wide),
                Said("1.26亿", 126_000_000, may=True),
                Said("2022.3", "2022-03-01"),
                Said("2024年6月30日前", "2024-06-30"),
            ),
            cells(
                "3 | 城乡供水一体化（二期） | {} | 柏川水务集团 | 33600 | 9870 | 8000 | 8000 | "
                "6420 | 80.3% | {} | {} | 净水厂主体完工，管网铺设41公里 | 2022年第一批",
                project_code("2201", "59038", REGION),
                Said("二〇二二年九月", "2022-09-01", may=True),
                date(2024, 12, 31),
            ),
        ],
        unit="万元",
    )
    sheet.line(row, cells("5000 | 2000 | 0 | '0%"), 7)
    sheet.put(row, 14, "2023年第二批")
    for column in (1, 2, 3, 4, 5, 6, 11, 12, 13):
        sheet.merge(row - 1, column, row, column)
    sheet.banner(row + 1, "合    计", 1, 4)
    sheet.line(row + 1, cells("93000 | 37340.5 | 39000 | 34500 | 26590.5 | 68.2%"), 5)
    book.skip(sheet, row + 1, "total", "合    计")
    sheet.put(row + 2, 1, "填报单位：区财政局        填报人：苗青        审核人：")
    central_money(book)
    return book


def central_money(book: Book) -> None:
    """The second sheet, in yuan."""
    sheet = book.sheet("中央预算内")
    sheet.banner(1, "柏川区中央预算内投资项目资金拨付进度表", 1, 10)
    sheet.put(2, 9, "金额单位：元")
    table(
        book,
        sheet,
        3,
        [
            cells(
                "序号 | 项目名称 | 建设单位 | 总投资 | 其中：中央预算内资金 | 累计拨付 | 拨付率 | "
                "实际开工时间 | 计划竣工时间 | 存在问题"
            )
        ],
        columns(
            "- | name | owner | total_investment | - | - | - | actual_start | planned_finish | "
            "problems"
        ),
        [
            cells(
                "1 | 青石镇老旧管网更新改造 | 青石镇人民政府 | 12860000 | 8000000 | 5600000 | "
                "70% | {} | {} | 无",
                Said("2023.2.20", "2023-02-20"),
                Said("2023.11", "2023-11-30"),
            ),
            cells(
                "2 | 柏川粮食应急保障中心 | 区粮食和物资储备中心 | {} | 5000000 | 0 | '0 | "
                "{} | {} | 招标控制价未审定",
                Said("9,650,500.00", 9_650_500),
                Said("未开工", None, may=True),
                Said("2024年上半年", "2024-06-30"),
            ),
            cells(
                "3 | 区残疾人康复中心 | 区残联 | 21350000 | 12000000 | 9600000 | 80% | {} | {} | ",
                date(2022, 11, 8),
                date(2023, 12, 20),
            ),
        ],
        unit="元",
    )


def not_to_be_known() -> Book:
    """Cells that only a telephone call can settle, among others that merely look odd."""
    question = "{}写的是“{}”，{}？"
    book = Book(
        "青石镇重点项目周报（第23周）.xlsx",
        "单位写在分组表头里；须问：总投资写成区间、年度计划待下达、本周完成“同上周”、"
        "竣工时间待定、项目代码校验位不对；不须问：全角电话、带“万元”的格、完成为0、代码为空",
    )
    book.head = {"period": "2023-W23", "unit": "青石镇"}
    sheet = book.sheet("第23周")
    sheet.banner(1, "青石镇重点项目周报（2023年第23周）", 1, 11)
    sheet.put(2, 1, "填报单位：青石镇人民政府")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目代码 | 投资情况（万元） | < | < | < | 计划竣工时间 | "
            "形象进度 | 责任人 | 联系电话"
        ),
        cells(
            "^ | ^ | ^ | 总投资 | 年度计划投资 | 本周完成投资 | 本年累计完成投资 | ^ | ^ | ^ | ^"
        ),
    ]
    fields = columns("- | name | code | total_investment | annual_plan | completed_week")
    fields += columns("completed_year | planned_finish | physical_progress | responsible_person")
    right = project_code("2209", "17346", REGION)
    wrong = right[:-1] + str((int(right[-1]) + 4) % 10)
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "phone"],
        [
            cells(
                "1 | 青石镇小微企业园 | {} | 21500 | 8000 | 165 | 3240 | {} | 5号楼主体封顶 | "
                "何志强 | {}",
                project_code("2205", "90125", REGION),
                Said("2024年3月底", "2024-03-31"),
                Said("１３８０００００１０１", "13800000101"),
            ),
            cells(
                "2 | 青石河滨水步道 |  | {} | {} | 0 | 0 | {} | 概念设计 | 冯丽 | '13800000102",
                asked("3000-3500", question.format("总投资", "3000-3500", "是多少")),
                asked("待下达", question.format("年度计划投资", "待下达", "先不填吗")),
                asked("待定", question.format("计划竣工时间", "待定", "先不填吗")),
            ),
            cells(
                "3 | 桃园村预制菜车间 | {} | {} | 2600 | {} | 815.5 | {} | 钢结构安装 | "
                "郭建华 | {}",
                asked(wrong, "项目代码校验位不对，是否有一位写错？", wrong),
                Said("4200万元", 42_000_000),
                asked("同上周", question.format("本周完成投资", "同上周", "是多少")),
                Said("2023.10", "2023-10-31"),
                "0391-5550103",
            ),
        ],
        unit="万元",
    )
    return book


WORKBOOKS = (bonds_and_central_money, not_to_be_known)
