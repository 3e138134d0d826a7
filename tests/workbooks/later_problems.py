"""Later hands: problems to be crossed off, matters decided at meetings, matters supervised."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.workbooks.sheet import Cell, Sheet
from tests.workbooks.table import Row, Section, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def under(text: Any) -> Said:
    """A cell that is joined with the one above."""
    return Said(None, text)


def join(sheet: Sheet, column: int, *spans: tuple[int, int]) -> None:
    """Join cells of one column from row to row."""
    for top, bottom in spans:
        sheet.merge(top, column, bottom, column)


def crossed_off() -> Book:
    """Problems of projects over joined rows; units and time limits joined across problems."""
    book = Book(
        "重点项目卡点堵点问题销号清单（5月）.xlsx",
        "项目名称纵向合并，责任单位、责任人、时限跨若干问题合并；分组行为已销号、推进中；"
        "每个问题有项目内的小序号；时限有6月底前、2023.6.15、真日期、长期推进（须问）；"
        "包保领导是项目的属性，故项目不判",
        projects=None,
    )
    book.items = []
    sheet = book.sheet("销号清单")
    sheet.put(1, 1, "附件2")
    sheet.banner(2, "柏川区2023年5月重点项目卡点堵点问题销号清单", 1, 12)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 包保领导 | 问题 | < | 类别 | 解决措施 | 责任落实 | < | 完成时限 | "
            "推进情况 | 是否销号"
        ),
        cells("^ | ^ | ^ | 编号 | 存在问题 | ^ | ^ | 责任单位 | 责任人 | ^ | ^ | ^"),
    ]
    fields = columns("- | project | - | - | problem | - | measure | responsible_unit")
    fields += columns("responsible_person | due | - | -")
    battery, bridge, farm = "新型储能电池生产基地", "柏河大桥加固工程", "食用菌精深加工项目"
    grid = "国网柏川供电公司"
    body: list[Row | Section] = [
        Section("一、已销号问题（2个）"),
        cells(
            "1 | {} | 周海峰 | 1 | 环评批复未取得 | 审批 | 容缺受理，加快技术评审 | "
            "市生态环境局柏川分局 | 秦科长 | {} | 5月12日已批复 | √",
            battery,
            date(2023, 5, 15),
        ),
        cells(
            "2 | {} | 吕秀兰 | 1 | 施工围挡占道未许可 | 审批 | 办理临时占道许可 | 区城管局 | "
            "武涛 | {} | 已办结 | √",
            bridge,
            Said("2023年5月20日前", "2023-05-20"),
        ),
        Section("二、推进中问题（5个）"),
        cells(
            "3 | {} | 周海峰 | 1 | 110千伏专线廊道有6基杆塔未落位 | 配套 | 召开现场会逐基定位 | "
            "{} | 贺志远 | {} | 已落位4基 | ",
            battery,
            grid,
            Said("2023年6月底前", "2023-06-30"),
        ),
        [
            None,
            under(battery),
            None,
            2,
            "施工用电负荷不足",
            "配套",
            "增设800千伏安箱变2台",
            under(grid),
            under("贺志远"),
            under("2023-06-30"),
            "设备已到货",
        ],
        [
            None,
            under(battery),
            None,
            3,
            "厂区西侧28亩土地未交付",
            "用地",
            None,
            "柏川经开区",
            "曹敏",
            Said("2023.6.15", "2023-06-15"),
            "剩余2户坟墓未迁移",
        ],
        cells(
            "4 | {} | 林建军 | 1 | 锅炉用气价格偏高 | 用能 | 与燃气公司协商直供 | 区发改委 | / | "
            "{} | 已协商一次 | ",
            farm,
            asked("长期推进", "时限写的是“长期推进”，没有日期，填哪一天？"),
        ),
        [
            None,
            under(farm),
            None,
            2,
            "季节性用工短缺约60人",
            "用工",
            "组织专场招聘",
            "区人社局",
            "尹红",
            Said("二〇二三年七月", "2023-07-31", may=True),
            None,
        ],
    ]
    end = table(book, sheet, 3, head, fields, body, kind="item")
    join(sheet, 1, (9, 11), (12, 13))
    join(sheet, 2, (9, 11), (12, 13))
    join(sheet, 3, (9, 11), (12, 13))
    for column in (8, 9, 10):
        join(sheet, column, (9, 10))
    sheet.put(end, 1, "填报：区重点项目服务中心        联系电话：0391-5550120")
    return book


def decided_at_meeting() -> Book:
    """Matters of a coordination meeting: several of one project, one row each."""
    book = Book(
        "第8次重点项目协调会议定事项台账.xlsx",
        "会议台账：会议时间行在前，提请协调的问题为问题；责任单位及责任人两行一格；"
        "议定意见列（不判）；时限只写月日而年份在会议时间行；空列一列；“持续推进”须问",
    )
    book.items = []
    sheet = book.sheet("台账")
    sheet.banner(1, "柏川区重点项目协调推进会议定事项落实台账", 1, 9)
    sheet.put(2, 1, "会议时间：2023年5月19日")
    sheet.put(2, 5, "会议地点：区政府第二会议室")
    sheet.put(2, 8, "主持人：区长")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 需协调解决的问题 | 会议议定意见 |  | 责任单位及责任人 | "
            "完成时限 | 落实情况 | 是否办结"
        )
    ]
    fields = columns("- | project | problem | - | - | responsible_unit+responsible_person | due")
    court, water = "区人民法院审判法庭", "乡镇集中供水一体化（一期）"
    body: list[Row | Section] = [
        cells(
            "1 | {} | 用地规划许可证未办理 | 同意按调整后红线办理 |  | {} | {} | 已受理 | 否",
            court,
            Said("区自然资源局\n潘志强", ("区自然资源局", "潘志强")),
            Said("5月31日前", "2023-05-31", may=True),
        ),
        cells(
            " | {} | 项目资本金缺口1200万元 | 由区财政统筹安排，分两批拨付 |  | {} | {} | "
            "第一批600万元已拨付 | 否",
            under(court),
            Said("区财政局\n龚丽", ("区财政局", "龚丽")),
            Said("6月30日", "2023-06-30", may=True),
        ),
        cells(
            "2 | {} | 取水许可论证未通过评审 | 补充论证后重新报审 |  | {} | {} |  | 否",
            water,
            Said("区水务局\n苏明", ("区水务局", "苏明")),
            date(2023, 6, 20),
        ),
        cells(
            " | {} | 青石镇段管线穿越基本农田 | 优化线位，避让基本农田 |  | {} | {} | "
            "线位方案已调整 | 是",
            under(water),
            Said("青石镇\n韩军", ("青石镇", "韩军")),
            Said("2023-5-26", "2023-05-26"),
        ),
        cells(
            "3 | 柏川古街保护提升 | 沿街商户搬迁意愿不统一 | 一户一策做好群众工作 |  | {} | {} | "
            "已签约41户 | 否",
            Said("双桥街道\n邓伟", ("双桥街道", "邓伟")),
            asked("持续推进", "时限写的是“持续推进”，没有日期，填哪一天？"),
        ),
    ]
    end = table(book, sheet, 4, head, [*fields, None, None], body, kind="item")
    for column in (1, 2):
        join(sheet, column, (5, 6), (7, 8))
    sheet.banner(end + 1, "注：本台账每周五更新，请各责任单位于每周四17时前反馈。", 1, 9)
    return book


def supervised_by_unit() -> Book:
    """Supervision on two sheets: open and closed; the unit joined over its matters."""
    book = Book(
        "项目建设督查发现问题交办表.ods",
        "ODS：两个工作表（未办结、已办结）；责任单位在首列、纵向合并多个问题；"
        "问题描述在项目前；交办日期与办结时限两个日期列；办结时限为空",
    )
    book.items = []
    for title, rows, spans in (
        (
            "未办结",
            [
                cells(
                    "区住建局 | 1 | 未按图设置扬尘监测设备 | 滨河雅苑安置房 | {} | {} | 潘东 | "
                    "整改中",
                    date(2023, 5, 10),
                    date(2023, 5, 25),
                ),
                cells(
                    "{} | 2 | 监理人员不到岗 | 柏川东站站前广场 | {} | {} | {} | 整改中",
                    under("区住建局"),
                    date(2023, 5, 10),
                    Said("2023/5/31", "2023-05-31"),
                    under("潘东"),
                ),
                cells(
                    "区水务局 | 3 | 进度较节点计划滞后20天 | 第二污水处理厂及配套管网 | {} | {} | "
                    "苏明 | 已制定赶工计划",
                    date(2023, 5, 11),
                    Said("2023年6月10日前", "2023-06-10"),
                ),
            ],
            [(3, 4)],
        ),
        (
            "已办结",
            [
                cells(
                    "区教体局 | 1 | 深基坑未编专项方案 | 职业技术学校实训基地 | {} | {} | 庞红 | "
                    "5月6日已专家论证",
                    date(2023, 4, 20),
                    date(2023, 5, 8),
                ),
                cells(
                    "柳林乡 | 2 | 农民工工资专户未开设 | 柳林乡集中供水厂 | {} |  | "
                    "马德明 | 已开设",
                    date(2023, 4, 21),
                ),
            ],
            [],
        ),
    ):
        sheet = book.sheet(title)
        sheet.banner(1, f"项目建设督查发现问题交办表（{title}）", 1, 8)
        table(
            book,
            sheet,
            2,
            [
                cells(
                    "责任单位 | 序号 | 存在问题 | 涉及项目 | 交办日期 | 办结时限 | 责任人 | "
                    "整改情况"
                )
            ],
            columns("responsible_unit | - | problem | project | - | due | responsible_person | -"),
            rows,
            kind="item",
        )
        for column in (1, 7):
            join(sheet, column, *spans)
    return book


WORKBOOKS = (crossed_off, decided_at_meeting, supervised_by_unit)
