"""Later hands: stopped and late projects, a draft full of notes, a sheet of marks."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Gap, Note, Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said

NO_DATES = {"planned_start": None, "actual_start": None, "planned_finish": None}
"""The days of stopping and resuming are none of these."""


def stopped_and_late() -> Book:
    """Stopped projects on one sheet, late ones on another under red and yellow cards."""
    book = Book(
        "停缓建及进度滞后项目清单（截至5月底）.xlsx",
        "两个工作表，单位亿元与万元；停工时间、计划复工时间不是开竣工时间；"
        "滞后表两行表头，应完成|实际完成|相差（负数），分组行是红牌、黄牌；同一领导纵向合并",
    )
    book.head = {"period": "2023-05"}
    sheet = book.sheet("停缓建")
    sheet.banner(1, "柏川区停缓建项目清单", 1, 10)
    sheet.banner(2, "（截至2023年5月31日）", 1, 10)
    sheet.put(3, 9, "单位：亿元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 项目业主 | 总投资 | 开工以来累计完成投资 | 停工时间 | 停工原因 | "
            "计划复工时间 | 责任单位 | 包联领导"
        )
    ]
    fields = columns("- | name | owner | total_investment | completed_total | - | - | -")
    table(
        book,
        sheet,
        4,
        head,
        [*fields, "responsible_unit", "sponsor"],
        [
            cells(
                "1 | 柏川国际建材城 | 柏川恒通商贸有限公司 | 6.8 | 2.15 | {} | 开发企业资金链断裂，"
                "拖欠工程款 | 2023年下半年 | 双桥街道 | 吕秀兰",
                date(2022, 8, 20),
            ),
            cells(
                "2 | 颐养苑养老公寓 | 柏川颐养健康有限公司 | 0.9325 | 0.318 | '2023.2 | "
                "规划调整，等待重新报批 | 7月底 | 柳林乡 | {}",
                Said(None, "吕秀兰"),
            ),
            cells(
                "3 | 再生铝熔铸技改 | 柏川金源铝业有限公司 | 1.5 | 0 | 2023年1月 | "
                "能耗指标未落实 | 长期停工 | 柏川经开区 | 周海峰"
            ),
            Total(cells(" | 合计 |  | 9.2325 | 2.468")),
        ],
        unit="亿元",
        carries=dict(NO_DATES),
    )
    sheet.merge(5, 10, 6, 10)
    sheet = book.sheet("进度滞后")
    sheet.banner(1, "柏川区进度滞后项目清单（2023年1—5月）", 1, 10)
    sheet.put(2, 9, "单位：万元")
    late: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 总投资 | 年度计划投资 | 1—5月累计完成投资 | < | < | 滞后原因 | "
            "责任单位 | 整改承诺"
        ),
        cells("^ | ^ | ^ | ^ | 应完成 | 实际完成 | 相差 | ^ | ^ | ^"),
    ]
    fields = columns("- | name | total_investment | annual_plan | - | completed_year | - | -")
    end = table(
        book,
        sheet,
        3,
        late,
        [*fields, "responsible_unit", None],
        [
            Section("红牌（滞后20个百分点以上）"),
            cells(
                "1 | 职业技术学校实训基地 | 7600 | 4800 | 2000 | 620 | -1380 | 施工力量不足 | "
                "区教体局 | 6月底前补齐欠账"
            ),
            cells(
                "2 | 城东水系连通工程 | 16800 | 6000 | 2500 | 1180.5 | -1319.5 | 征迁受阻 | "
                "区水务局 | 7月15日前完成征迁"
            ),
            Section("黄牌（滞后10—20个百分点）"),
            cells(
                "3 | 智慧停车平台 | 1560.4 | 1200 | 500 | 350 | -150 | 设备招标流标 | 区城管局 | "
                "6月10日前重新挂网"
            ),
        ],
        unit="万元",
    )
    sheet.banner(end, "注：应完成投资按年度计划投资的5/12计算。", 1, 10)
    return book


def draft_with_notes() -> Book:
    """A draft that was passed round: notes beside, above and between, blank columns and rows."""
    book = Book(
        "重点项目推进情况（6.9修改稿）.xlsx",
        "批注满表：标题上方批注、表右侧无表头批注列、名称列里的说明行、表中空行空列、"
        "金额格内括注；只有填报日期，没有周次",
        tables=None,
    )
    book.head = {"filled_on": "2023-06-09"}
    sheet = book.sheet("Sheet1")
    sheet.put(1, 2, "修改稿，请陈主任审")
    sheet.put(1, 14, "←已改")
    sheet.banner(2, "柏川经开区重点项目推进情况表", 1, 12)
    sheet.put(3, 1, "填报日期：2023.6.9")
    sheet.put(3, 11, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 |  | 总投资 |  | 年度计划投资 | 本周完成投资 | 本年累计完成投资 |  | "
            "形象进度 | 存在问题 | 责任人"
        )
    ]
    fields = columns("- | name | - | total_investment | - | annual_plan | completed_week")
    fields += columns("completed_year | - | physical_progress | problems | responsible_person")
    end = table(
        book,
        sheet,
        4,
        head,
        fields,
        [
            cells(
                "1 | 高端液压油缸产业园 |  | 56000 |  | 18000 | 310 | 7890 |  | 4号厂房屋面施工 | "
                "无 | 曹敏"
            ),
            Gap(),
            cells(
                "2 | 精密铸件智能化改造 |  | {} |  | 3600 | 75 | 1420.5 |  | 造型线安装调试 | 无 | "
                "曹敏",
                Said("6800（含土地费1200）", 68_000_000, may=True),
            ),
            Note("（3—4为新增项目，统计局6月5日已现场核查）"),
            cells(
                "3 | 高性能铜箔生产线 |  | 32500 |  | 10000 | 0 | 260 |  | 场地平整 | "
                "弃土场未选定 | 韩磊"
            ),
            cells(
                "4 | 经开区邻里中心 |  | {} |  | 2000 | 36.5 | 36.5 |  | 基坑支护 | / | 韩磊",
                Said("约4500", 45_000_000, may=True),
            ),
            Section("以下项目由柏川城投公司代建，进度由城投公司提供", merged=False, column=2),
            Gap(),
            cells(
                "5 | 纬五路道路及管网 |  | 2960.8 |  | 2960.8 | 120 | 905 |  | 雨水管道完成740米 | "
                "两家企业门前杆线未迁 | 武涛"
            ),
        ],
        unit="万元",
    )
    sheet.put(5, 14, "数字与统计局一致")
    sheet.put(7, 14, "土地费是否计入？待核")
    sheet.put(10, 14, "概算未批，暂按可研")
    sheet.put(end + 1, 2, "批注：1.铜箔项目一定要盯紧弃土场选址。")
    sheet.put(end + 2, 2, "2.下周调度会前把本表再核一遍。")
    return book


def marks_of_towns() -> Book:
    """Marks of the towns' yearly assessment: 考核项目 are no projects."""
    book = Book(
        "2023年镇街高质量发展考核指标及得分.xlsx",
        "与投资项目无关：考核项目、分值、评分标准、得分；第二表是镇街得分排名；"
        "有“重点项目建设”字样和百分比，但没有一个项目",
    )
    book.items = []
    sheet = book.sheet("指标")
    sheet.banner(1, "2023年镇街高质量发展考核指标", 1, 6)
    table(
        book,
        sheet,
        2,
        [cells("序号 | 考核项目 | 分值 | 考核内容 | 评分标准 | 考核单位")],
        columns("- | - | - | - | - | -"),
        [
            Section("一、经济发展（45分）"),
            cells(
                "1 | 重点项目建设 | 20 | 年度计划投资完成率 | 完成率达到100%得满分，每低1个百分点"
                "扣0.5分 | 区发改委"
            ),
            cells("2 | 固定资产投资 | 15 | 增速 | 按增速排名计分 | 区统计局"),
            cells("3 | 招商引资 | 10 | 签约项目开工率 | 低于60%不得分 | 区商务局"),
            Section("二、社会治理（15分）"),
            cells("4 | 信访稳定 | 15 | 信访总量 | 同比下降得满分 | 区信访局"),
        ],
        kind="other",
    )
    scores = book.sheet("得分")
    scores.banner(1, "一季度镇街得分排名", 1, 5)
    table(
        book,
        scores,
        2,
        [cells("名次 | 镇街名称 | 重点项目建设 | 其他指标 | 总分")],
        columns("- | - | - | - | -"),
        [
            cells("1 | 青石镇 | 19.2 | 38.6 | 57.8"),
            cells("2 | 双桥街道 | 18.5 | 38.1 | 56.6"),
            cells("3 | 柳林乡 | 16.8 | 37.9 | 54.7"),
        ],
        kind="other",
    )
    return book


WORKBOOKS = (stopped_and_late, draft_with_notes, marks_of_towns)
