"""Breakdowns of targets and tasks, and workbooks that have nothing to do with projects."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell, Formula, Shown
from tests.workbooks.table import Gap, Section, Total, cells, columns, table
from tests.workbooks.truth import Book


def work_report_tasks() -> Book:
    """After the breakdown of a government work report: joined tasks, leading units, quarters."""
    book = Book(
        "政府工作报告目标任务分解表.xlsx",
        "任务分解：目标任务纵向合并多条措施，牵头单位、责任单位，季度进度四列；不是项目",
        "盘锦市、泾县《政府工作报告》任务分解（盘政办发〔2021〕1号、泾政〔2023〕1号正文所列栏目，未见原表）",
    )
    sheet = book.sheet("任务分解")
    sheet.banner(1, "2023年《政府工作报告》目标任务分解表", 1, 9)
    head: list[list[Cell]] = [
        cells("序号 | 目标任务 | 工作措施 | 牵头单位 | 责任单位 | 季度形象进度 | < | < | <"),
        cells("^ | ^ | ^ | ^ | ^ | 一季度 | 二季度 | 三季度 | 四季度"),
    ]
    rows: list[list[Cell]] = [
        cells(
            "1 | 固定资产投资增长12%以上 | 实行月调度 | 区发改委 | 各乡镇、街道 | 2% | "
            "6% | 9% | 12%"
        ),
        cells(
            " |  | 建立项目储备库 | 区发改委 | 区直有关部门 | 入库50个 | 入库80个 |  | 入库120个"
        ),
        cells("2 | 新增规上工业企业8家 | 落实梯度培育 | 区科工局 | 各园区 | 2家 | 4家 | 6家 | 8家"),
        cells(
            "3 | 改造老旧小区16个 | 分两批实施 | 区住建局 | 各街道 | 开工 | 完成30% | "
            "完成80% | 全部完成"
        ),
    ]
    table(book, sheet, 2, head, columns("- | - | - | - | - | - | - | - | -"), rows, kind="other")
    for column in (1, 2):
        sheet.merge(4, column, 5, column)
    return book


def investment_targets() -> Book:
    """The year's targets of fixed-asset investment by unit: rows are units, not projects."""
    book = Book(
        "2023年固定资产投资目标分解表.xlsx",
        "行是单位不是项目：全年目标、四个季度目标、合计在前，单位亿元；不得当成项目",
    )
    sheet = book.sheet("附件1")
    sheet.put(1, 1, "附件1")
    sheet.banner(2, "2023年各单位固定资产投资目标任务分解表", 1, 7)
    sheet.put(3, 7, "单位：亿元")
    head: list[list[Cell]] = [
        cells("序号 | 责任单位 | 全年目标 | 分季度目标 | < | < | <"),
        cells("^ | ^ | ^ | 一季度 | 二季度 | 三季度 | 四季度"),
    ]
    table(
        book,
        sheet,
        4,
        head,
        columns("- | - | - | - | - | - | -"),
        [
            Total(cells(" | 合 计 | 125.9 | 25 | 35.4 | 34.5 | 31")),
            cells("1 | 空冢郭镇 | 28.5 | 6 | 8 | 8 | 6.5"),
            cells("2 | 大刘镇 | 22.4 | 4.5 | 6.4 | 6 | 5.5"),
            cells("3 | 问十乡 | 15 | 2.5 | 4 | 4.5 | 4"),
            cells("4 | 沙澧高新区 | 60 | 12 | 17 | 16 | 15"),
        ],
        table_unit="亿元",
        kind="other",
    )
    return book


def education_tasks() -> Book:
    """After a task list of a city's education reform: sections, long text, time limits."""
    book = Book(
        "重点任务清单（教育改革）.xlsx",
        "改革任务清单：分组行、长文字、时限为2024年底前，责任单位；“改革项目”不是投资项目",
        "龙口市乡村教育振兴实验区重点项目任务清单（longkou.gov.cn 附件2）",
    )
    sheet = book.sheet("清单")
    sheet.banner(1, "附件2：乡村教育振兴重点任务清单", 1, 5)
    head: list[list[Cell]] = [cells("任务名称 | 主要内容 | 工作措施 | 责任单位 | 完成时限")]
    long = "1.每学年组织教学视导；2.每学期开展主题教研；3.每年举行书法比赛一次。"
    table(
        book,
        sheet,
        2,
        head,
        columns("- | - | - | - | -"),
        [
            Section("一、书香校园建设"),
            cells("中小学书香校园 | 书香校园达标率100% | {} | 市教体局 | 2024年底前", long),
            Section("二、智慧校园建设"),
            cells(
                "智慧校园提升 | 多媒体全覆盖 | 1.建设同步课堂；2.骨干教师送教。 | "
                "市教体局 | 2026年底前"
            ),
            cells("教师信息素养 | 培训全员合格 | 教师全员培训，学分管理。 | 市教研室 | 2023年底前"),
        ],
        kind="other",
    )
    return book


def procurement() -> Book:
    """After an announcement of procurement intentions: whether these are projects is left open."""
    book = Book(
        "政府采购意向公开.xlsx",
        "采购意向：采购项目名称、需求概况、预算金额（万元）、预计采购时间（填写到月）；是否算项目不判",
        "肥西县民政局、池州市科学技术馆政府采购意向公开（ccgp-anhui.com，财库〔2020〕10号格式）",
        projects=None,
    )
    sheet = book.sheet("采购意向")
    sheet.banner(1, "源汇区民政局2023年4月政府采购意向", 1, 6)
    sheet.banner(2, "为便于供应商及时了解政府采购信息，现将采购意向公开如下：", 1, 6)
    head: list[list[Cell]] = [
        cells(
            "序号 | 采购项目名称 | 采购需求概况 | 预算金额（万元） | "
            "预计采购时间\n（填写到月） | 备注"
        )
    ]
    row = table(
        book,
        sheet,
        3,
        head,
        columns("- | - | - | - | - | -"),
        [
            cells("1 | 敬老院厨房设备 | 蒸箱、消毒柜等12台套 | 86.5 | 2023年05月 | "),
            cells(
                "2 | 公益性公墓扩建配套工程 | 建筑面积5183.34平方米 | 2800 | 2023年06月 | "
                "专项债项目"
            ),
        ],
        table_unit="万元",
        kind="other",
    )
    sheet.banner(row, "本次公开的采购意向是本单位政府采购工作的初步安排。", 1, 6)
    return book


def duty_roster() -> Book:
    """Two rosters side by side: nothing about projects."""
    book = Book("值班表.xlsx", "与项目无关：左右并排两个表，中间空一列，各有表头")
    sheet = book.sheet("五月")
    sheet.banner(1, "2023年5月值班安排表", 1, 3)
    sheet.banner(1, "带班领导安排", 5, 6)
    table(
        book,
        sheet,
        2,
        [["日期", "值班人", "电话"]],
        [None] * 3,
        [
            [date(2023, 5, 1), "甲组", "0395-5550301"],
            [date(2023, 5, 2), "乙组", "0395-5550302"],
            Gap(),
            [date(2023, 5, 3), "丙组", "0395-5550303"],
        ],
        kind="other",
    )
    table(
        book,
        sheet,
        2,
        [["周次", "带班"]],
        [None] * 2,
        [["第一周", "一室"], ["第二周", "二室"], ["第三周", "三室"]],
        left=5,
        kind="other",
    )
    return book


def only_words() -> Book:
    """A page of prose: no table and no project."""
    book = Book("关于报送项目台账的通知.xlsx", "只有文字的工作表（通知正文），没有表，没有项目")
    sheet = book.sheet("通知")
    for row, text in enumerate(
        cells(
            "关于报送重点项目周台账的通知 | 各乡镇人民政府、街道办事处： | {} | {} |  | "
            "区重点项目办 | 2023年3月1日",
            "    请于每周五12时前报送本单位重点项目周台账，"
            "内容包括本周完成投资、形象进度和存在问题。",
            "    联系电话：0395-5550000。",
        ),
        1,
    ):
        sheet.put(row, 1, text)
    return book


def monthly_targets() -> Book:
    """Units by months, plan and actual in pairs, a rate by formula, a ranking."""
    book = Book(
        "1-2月固定资产投资完成情况排名.xlsx",
        "行是单位：1月、2月各计划|完成，累计完成率为公式（有缓存值），排名列；不是项目",
    )
    sheet = book.sheet("排名")
    sheet.banner(1, "2023年1-2月各乡镇（街道）固定资产投资完成情况排名表", 1, 8)
    sheet.put(2, 8, "单位：万元")
    head: list[list[Cell]] = [
        cells("排名 | 单位 | 1月 | < | 2月 | < | 累计完成率 | 同比增速"),
        cells("^ | ^ | 计划 | 完成 | 计划 | 完成 | ^ | ^"),
    ]
    table(
        book,
        sheet,
        3,
        head,
        columns("- | - | - | - | - | - | - | -"),
        [
            cells(
                "1 | 大刘镇 | 3000 | 3300 | 3200 | 3100 | {} | 15.2%",
                Formula("(D5+F5)/(C5+E5)", 1.0323),
            ),
            cells(
                "2 | 空冢郭镇 | 5000 | 4600 | 5200 | 5300 | {} | 8.6%",
                Formula("(D6+F6)/(C6+E6)", 0.9706),
            ),
            cells(
                "3 | 老窝镇 | 1500 | 900 | 1600 | 1100 | {} | {}",
                Formula("(D7+F7)/(C7+E7)", 0.6452),
                Shown(-0.031, "0.0%"),
            ),
            Total(
                cells(
                    " | 合计 | 9500 | 8800 | 10000 | 9500 | {} | ",
                    Formula("(D8+F8)/(C8+E8)", 0.9385),
                )
            ),
        ],
        table_unit="万元",
        kind="other",
    )
    return book


WORKBOOKS = (
    work_report_tasks,
    investment_targets,
    education_tasks,
    procurement,
    duty_roster,
    only_words,
    monthly_targets,
)
