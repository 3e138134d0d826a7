"""Lists of problems and supervised matters: one row is one item."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, cells, columns, table
from tests.workbooks.truth import Book, Said, asked

KEYS = ("project", "problem", "measure", "responsible_unit", "responsible_person", "due")


def problem_items(**rest: Any) -> dict[str, Any]:
    """An item with every key, the missing ones empty."""
    return {key: rest.get(key) for key in KEYS}


def merged_project_problems() -> Book:
    """A project over several joined rows, each row one of its problems."""
    book = Book(
        "重点项目问题台账（一项目多问题）.xlsx",
        "项目名称、总投资、形象进度纵向合并，每行一个问题（作 items）；项目本身也有总投资、进度",
    )
    book.head = {"period": "2023-W14"}
    book.items = []
    sheet = book.sheet("台账")
    sheet.banner(1, "重点项目存在问题台账（2023年第14周）", 1, 9)
    sheet.put(2, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 总投资 | 形象进度 | 存在问题 | 解决措施 | 责任单位 | "
            "责任人 | 完成时限"
        )
    ]
    at = table(
        book,
        sheet,
        3,
        head,
        columns("- | - | - | - | - | - | - | - | -"),
        [],
        table_unit="万元",
        kind="other",
    )
    blocks: list[tuple[str, int, str, list[list[Any]]]] = [
        (
            "奥昌迈得设备生产项目",
            120000,
            "3号厂房主体施工",
            [
                cells(
                    "剩余42亩土地未完成征收 | 土地组卷报批 | 市自然资源局源汇分局 | "
                    "张科长 | {} | 2023-04-30",
                    date(2023, 4, 30),
                ),
                cells(
                    "施工用电容量不足 | 增设500千伏安变压器 | 区供电公司 | 李经理 | "
                    "2023年4月底前 | 2023-04-30"
                ),
                cells("进场道路未通 | 修建临时便道 | 空冢郭镇政府 |  | 2023.5.10 | 2023-05-10"),
            ],
        ),
        (
            "医药分拨中心及医疗器械生产项目",
            86000,
            "内外装修施工",
            [
                cells(
                    "10千伏双回路供电未接入 | 协调接入 | 区供电公司 | 李经理 | "
                    "2023年二季度 | 2023-06-30"
                )
            ],
        ),
        (
            "蓝硕再生资源项目",
            35000,
            "办理环评手续",
            [
                cells(
                    "环评未批复 | 补充材料 | 市生态环境局源汇分局 | 刘科长 | "
                    "2023年4月15日 | 2023-04-15"
                ),
                cells("银行贷款未落实 | 召开银企对接会 | 区金融局 | 何主任 | 5月底前 | 2023-05-31"),
            ],
        ),
    ]
    assert book.projects is not None
    for number, (name, money, progress, rows) in enumerate(blocks, 1):
        sheet.line(at, cells("{} | {} | {} | {}", number, name, money, progress))
        book.projects.append(
            {"name": name, "total_investment": money * 10_000, "physical_progress": progress}
        )
        for offset, (problem, measure, unit, person, shown, due) in enumerate(rows):
            sheet.line(
                at + offset,
                cells("{} | {} | {} | {} | {}", problem, measure, unit, person, shown),
                5,
            )
            book.items.append(
                problem_items(
                    project=name,
                    problem=problem,
                    measure=measure,
                    responsible_unit=unit,
                    responsible_person=person or None,
                    due=due,
                )
            )
        for column in (1, 2, 3, 4):
            sheet.merge(at, column, at + len(rows) - 1, column)
        at += len(rows)
    assert book.tables is not None
    book.tables[-1]["data_rows"] = at - 4
    return book


def rectification() -> Book:
    """Rectification after an inspection: open-ended time limits, close-out."""
    book = Book(
        "反馈问题整改清单.xlsx",
        "无项目的问题清单：整改时限有立行立改、长期坚持（须问）、真日期，是否销号用√",
    )
    book.projects = []
    sheet = book.sheet("整改清单")
    sheet.banner(1, "优化营商环境专项督察反馈问题整改清单", 1, 8)
    sheet.banner(2, "（截至2023年5月31日）", 1, 8)
    head: list[list[Cell]] = [
        cells("序号 | 反馈问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 整改进展 | 是否销号")
    ]
    fields = columns("- | problem | measure | responsible_unit | responsible_person | due | -")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, None],
        [
            cells(
                "1 | 个别项目先建后批 | 限期补办手续 | 区住建局 | 王科长 | {} | 正在办理 | ",
                date(2023, 6, 30),
            ),
            cells(
                "2 | 惠企政策知晓率不高 | 开展政策宣讲 | 区工信局 | 赵科长 | {} | 已宣讲6场 | ",
                asked("长期坚持", "时限“长期坚持”没有日期，怎么填？"),
            ),
            cells(
                "3 | 审批超时2件 | 倒查责任 | 区政务服务局 | 孙科长 | {} | 已完成 | √",
                asked("立行立改", "时限“立行立改”没有日期，怎么填？"),
            ),
            cells(
                "4 | 专项资金拨付慢 | 建立拨付台账 | 区财政局 |  | {} | 已拨付60% | ",
                Said("2023年7月底前", "2023-07-31"),
            ),
        ],
        kind="item",
    )
    for item in book.items or []:
        item["project"] = None
    return book


def by_department() -> Book:
    """Sections name the department that must solve the problems below."""
    book = Book(
        "联席会议需协调解决问题清单.xlsx",
        "分组行是责任单位（二、区自然资源分局（2件）），问题列名为“需协调解决的问题”，时限只写月日",
    )
    book.items = []
    book.projects = []
    sheet = book.sheet("清单")
    sheet.banner(1, "2023年第5次联席会议需协调解决问题清单", 1, 6)
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 需协调解决的问题 | 建议解决措施 | 提出单位 | 办结时限")
    ]
    fields = columns("- | project | problem | measure | - | due")
    table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            Section("一、区自然资源分局（2件）", {"responsible_unit": "区自然资源分局"}),
            cells(
                "1 | 裕鑫电子集成电路产业园 | 规划条件未出具 | 加快出具 | 沙澧高新区 | {}",
                Said("6月15日前", "2023-06-15"),
            ),
            cells(
                "2 | 智能仪表产业基地 | 用地指标缺120亩 | 调剂解决 | 沙澧高新区 | {}",
                Said("6月底", "2023-06-30"),
            ),
            Section("二、区住建局（1件）", {"responsible_unit": "区住建局"}),
            cells(
                "3 | 标准化厂房三期 | 施工图审查超期 | 限时办结 | 高新区 | {}",
                Said("2023/6/10", "2023-06-10"),
            ),
            Section("三、区供电公司（1件）", {"responsible_unit": "区供电公司"}),
            cells(
                "4 | 大轴机电精雕机生产项目 | 专线未接通 |  | 高新区 | {}",
                Said("2023年6月", "2023-06-30"),
            ),
        ],
        kind="item",
    )
    return book


def supervised() -> Book:
    """Supervised matters about projects: who, until when, how far, closed or not."""
    book = Book(
        "督办事项台账（重点项目）.xlsx",
        "督办表：事项来源、涉及项目、问题、要求、承办单位、交办日期（Excel序列号）、时限、是否办结（是/否）",
    )
    book.items = []
    book.projects = []
    sheet = book.sheet("督办")
    sheet.banner(1, "重点项目督办事项台账", 1, 9)
    head: list[list[Cell]] = [
        cells(
            "编号 | 事项来源 | 涉及项目 | 存在问题 | 督办要求 | 承办单位 | 交办日期 | "
            "办结时限 | 是否办结"
        )
    ]
    fields = columns("- | - | project | problem | - | responsible_unit | - | due | -")
    table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            cells(
                "源督〔2023〕1号 | 区长办公会 | 商务中心项目 | 停工45天 | 制定复工方案 | "
                "马路街街道 | 44986 | {} | 否",
                Said(45016, "2023-03-31", may=True),
            ),
            cells(
                "源督〔2023〕2号 | 周调度会 | 嵩山路综合管廊 | 进度滞后12个百分点 | "
                "加班赶工 | 区住建局 | 44993 | {} | 否",
                date(2023, 4, 20),
            ),
            cells(
                "源督〔2023〕3号 | 现场观摩 | 河道景观提升 | 未办理施工许可 | 限期办理 | "
                "顺河街街道 | 2023-3-20 | {} | 是",
                Said("2023-4-10", "2023-04-10"),
            ),
        ],
        kind="item",
    )
    return book


WORKBOOKS = (merged_project_problems, rectification, by_department, supervised)
