"""Other formats: text in two codings, OpenDocument, an old .xls with cards and problems."""

from __future__ import annotations

from datetime import date

from tests.workbooks.codes import project_code
from tests.workbooks.lists import span
from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def village_csv() -> Book:
    """A list saved as text in GB18030: everything is text, money with commas."""
    book = Book(
        "村级项目清单.csv",
        "GB18030编码CSV：首行标题、第二行单位、全部为文本，金额带千分位和引号，生僻字",
        wear=".gb18030",
    )
    book.head = {"period": "2023-03"}
    sheet = book.sheet("Sheet1")
    sheet.put(1, 1, "问十乡2023年3月村级项目清单")
    sheet.put(2, 6, "单位：元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 建设地点 | 总投资 | 本月完成投资 | 项目进度")
    ]
    fields = columns("- | name | place | total_investment | completed_month | physical_progress")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "'1 | 东周村道路硬化 | 㳇河村 | {} | {} | 路基完成",
                Said("568,000", 568_000),
                Said("120,000", 120_000),
            ),
            cells(
                "'2 | 半李村文化广场 | 半李村 | {} | {} | 招标",
                Said("235000", 235_000),
                Said("0", 0),
            ),
            cells(
                "'3 | 喆堃合作社大棚 | 南街村 | {} | {} | 骨架,棚膜安装",
                Said("1,260,500.00", 1_260_500),
                Said("300000", 300_000),
            ),
            Total(cells(" | 合计 |  | '2063500 | '420000 | ")),
        ],
        table_unit="元",
    )
    return book


def park_csv() -> Book:
    """UTF-8 with a mark, the heading in the first row, dates as Excel prints them."""
    book = Book(
        "园区项目导出.csv",
        "UTF-8带BOM的CSV：首行即表头，日期2023/3/5，单元格内有换行和逗号，末列空",
        wear=".utf8",
    )
    sheet = book.sheet("Sheet1")
    head: list[list[Cell]] = [
        cells(
            "项目名称 | 项目代码 | 总投资(万元) | 年度计划投资(万元) | 实际开工时间 | "
            "存在问题 | 备注"
        )
    ]
    fields = columns("name | code | total_investment | annual_plan | actual_start | problems | -")
    table(
        book,
        sheet,
        1,
        head,
        fields,
        [
            cells(
                "激光设备产业园 | {} | {} | {} | {} | 管线迁改滞后,影响基坑施工 | 含消防\n改造",
                project_code("2206", "10552"),
                Said("56000", 560_000_000),
                Said("18000.5", 180_005_000),
                date(2023, 3, 5),
            ),
            cells(
                "检验检测中心 |  | {} | {} | {} | 无 | ",
                Said("8900", 89_000_000),
                Said("4000", 40_000_000),
                Said("", None),
            ),
            cells(
                "孵化器改造 | {} | {} | {} | {} |  | 已完工",
                project_code("2301", "66023"),
                Said("2360", 23_600_000),
                Said("2360", 23_600_000),
                date(2023, 2, 20),
            ),
        ],
        table_unit="万元",
    )
    return book


def ods_weekly() -> Book:
    """An OpenDocument sheet of WPS's cousin: merges, dates, sections."""
    book = Book("阴阳赵镇周台账（第18周）.ods", "ODS：合并表头两行、分组行带级别、真日期、起止年限")
    book.head = {"period": "2023-W18", "unit": "阴阳赵镇"}
    sheet = book.sheet("周台账")
    sheet.banner(1, "阴阳赵镇2023年重点项目周台账（第18周）", 1, 9)
    sheet.put(2, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 起止年限 | 投资情况 | < | < | < | 形象进度 | 填报日期"),
        cells("^ | ^ | ^ | 总投资 | 年度计划 | 本周完成 | 年度累计 | ^ | ^"),
    ]
    fields: list[str | None] = columns("- | name | planned_start+planned_finish | total_investment")
    fields += columns("annual_plan | completed_week | completed_year | physical_progress | -")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Section("一、市重点项目", {"level": "市"}),
            cells(
                "1 | 食品产业园二期 | {} | 46000 | 18000 | 420 | 6800.5 | 6号车间封顶 | {}",
                span("2022.4-2024.4", "2022-04-01", "2024-04-30"),
                date(2023, 5, 5),
            ),
            Section("二、区重点项目", {"level": "区"}),
            cells(
                "2 | 农村供水工程 | {} | 2650.75 | 2650.75 | 60 | 880 | 管网敷设8公里 | {}",
                span("2023.2-2023.12", "2023-02-01", "2023-12-31"),
                date(2023, 5, 5),
            ),
            Total(cells(" | 合计 |  | 48650.75 | 20650.75 | 480 | 7680.5")),
        ],
        unit="万元",
    )
    return book


def ods_problems() -> Book:
    """Problems in an .ods."""
    book = Book("特色商业区问题清单.ods", "ODS问题清单：一行一问题，完成时限真日期与文字，责任人空")
    book.items = []
    sheet = book.sheet("问题")
    sheet.banner(1, "特色商业区项目问题清单", 1, 7)
    table(
        book,
        sheet,
        2,
        [cells("序号 | 项目名称 | 存在问题 | 整改措施 | 责任单位 | 责任人 | 完成时限")],
        columns("- | project | problem | measure | responsible_unit | responsible_person | due"),
        [
            cells(
                "1 | 长申玉商业综合体项目 | 消防验收未通过 | 整改喷淋系统 | 区住建局 | 马科长 | {}",
                date(2023, 5, 31),
            ),
            cells(
                "2 | 步行街改造 | 商户补偿未谈妥 | 逐户协商 | 特色商业区 |  | {}",
                Said("2023年6月底", "2023-06-30"),
            ),
        ],
        kind="item",
    )
    return book


def old_key_list() -> Book:
    """An .xls of key projects: three rows of headings, units by section."""
    book = Book(
        "重点项目汇总表（旧格式）.xls", "xls格式：三行表头、分组行带责任单位、小计总计、亿元"
    )
    sheet = book.sheet("汇总")
    sheet.banner(1, "2023年上半年重点项目汇总表", 1, 8)
    sheet.put(2, 8, "单位：亿元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 项目类别 | 投资情况 | < | < | < | 责任人"),
        cells("^ | ^ | ^ | 总投资 | 2023年 | < | < | ^"),
        cells("^ | ^ | ^ | ^ | 计划投资 | 1-6月完成 | 完成率 | ^"),
    ]
    fields: list[str | None] = columns("- | name | - | total_investment | annual_plan")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, "completed_year", None, "responsible_person"],
        [
            Section("空冢郭镇", {"responsible_unit": "空冢郭镇"}),
            cells("1 | 疫苗注射器扩建项目 | 工业 | 5.2 | 1.8 | 0.96 | 53.3% | 李建国"),
            cells("2 | 医疗器械城二期 | 工业 | 8.6 | 3.15 | 1.275 | 40.5% | 王敏"),
            Total(cells(" | 小计 |  | 13.8 | 4.95 | 2.235")),
            Section("大刘镇", {"responsible_unit": "大刘镇"}),
            cells("3 | 食品加工产业园 | 工业 | 12.5 | 4.5 | 2.1 | 46.7% | "),
            Total(cells(" | 小计 |  | 12.5 | 4.5 | 2.1")),
            Total(cells(" | 总计 |  | 26.3 | 9.45 | 4.335")),
        ],
        unit="亿元",
    )
    return book


WORKBOOKS = (village_csv, park_csv, ods_weekly, ods_problems, old_key_list)
