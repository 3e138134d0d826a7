"""Later hands: books of the townships: rankings, project banks, months' reports, stores."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell, Sheet, Shown
from tests.workbooks.table import Again, Body, Note, Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said


def quarter_report() -> Book:
    """A ranking of towns, the projects behind it, and those of them without any investment."""
    book = Book(
        "一季度投资完成情况通报附表.xlsx",
        "三个工作表：乡镇排名（不是项目，万元）、项目明细（亿元，乡镇列合并，小计）、"
        "零投资项目（同一项目再列一次，数字相同，只算一个）",
        "各县发改局季度固定资产投资和重点项目通报附表",
    )
    ranking = book.sheet("附表1乡镇排名")
    ranking.banner(1, "2024年一季度各乡镇固定资产投资完成情况排名", 1, 8)
    ranking.put(2, 7, "单位：万元")
    table(
        book,
        ranking,
        3,
        [
            cells(
                "位次 | 乡镇 | 全年目标任务 | 一季度完成投资 | < | 完成全年任务 | < | "
                "较上年同期位次变化"
            ),
            cells("^ | ^ | ^ | 绝对额 | 同比增速 | 完成率 | 比序时进度± | ^"),
        ],
        [None] * 8,
        [
            cells("1 | 红旗镇 | 68000 | 19860 | 16.3% | 29.2% | 4.2 | ↑2"),
            cells("2 | 柳林镇 | 52000 | 12480 | 8.1% | 24.0% | -1 | —"),
            cells("3 | 高岗乡 | 30000 | 4650 | -6.5% | 15.5% | -9.5 | ↓2"),
            Total(cells(" | 合计 | 150000 | 36990 | 9.4% | 24.7%")),
        ],
        table_unit="万元",
        kind="other",
    )
    detail = book.sheet("附表2项目明细")
    detail.banner(1, "2024年一季度县重点项目投资完成情况明细表", 1, 9)
    detail.put(2, 8, "单位：亿元、%")
    fields = columns("- | - | name | total_investment | annual_plan | completed_month")
    fields += columns("completed_year | - | physical_progress")
    table(
        book,
        detail,
        3,
        [
            cells(
                "乡镇 | 序号 | 项目名称 | 总投资 | 2024年计划投资 | 3月份完成投资 | "
                "1-3月完成投资 | 占年计划 | 形象进度"
            )
        ],
        fields,
        [
            Total(cells("总计 |  | 4个 | 12.8125 | 4.8 | 0.63 | 1.46 | {}", Shown(0.304, "0.0%"))),
            cells(
                "红旗镇 | 1 | 休闲食品工业园 | 6.8 | 2.4 | 0.35 | 0.92 | {} | 2号厂房封顶",
                Shown(0.383, "0.0%"),
            ),
            cells(
                " | 2 | 粮油精深加工项目 | 1.05 | 0.6 | 0.08 | 0.21 | {} | 设备订货",
                Shown(0.35, "0.0%"),
            ),
            Total(cells(" |  | 小计 | 7.85 | 3 | 0.43 | 1.13 | {}", Shown(0.377, "0.0%"))),
            cells(
                "高岗乡 | 3 | 高岗风电场 | 4.2 | 1.5 | 0.2 | 0.33 | {} | 风机基础12座",
                Shown(0.22, "0.0%"),
            ),
            cells(
                " | 4 | 茶旅融合示范园 | 0.7625 | 0.3 | 0 | 0 | {} | 尚未动工",
                Shown(0.0, "0.0%"),
            ),
            Total(cells(" |  | 小计 | 4.9625 | 1.8 | 0.2 | 0.33 | {}", Shown(0.183, "0.0%"))),
        ],
        unit="亿元",
    )
    detail.merge(5, 1, 7, 1)
    detail.merge(8, 1, 10, 1)
    again = book.sheet("附表3零投资项目")
    again.banner(1, "一季度零投资项目名单", 1, 5)
    table(
        book,
        again,
        2,
        [cells("序号 | 项目名称 | 所属乡镇 | 总投资（亿元） | 2024年计划投资（亿元）")],
        [None] * 5,
        [cells("1 | 茶旅融合示范园 | 高岗乡 | 0.7625 | 0.3")],
        table_unit="亿元",
        kind="other",
    )
    return book


def bank_page(book: Book, sheet: Sheet, town: str, unit: str, body: Body) -> None:
    """One township's page of the project bank."""
    sheet.banner(1, f"{town}2024年度巩固拓展脱贫攻坚成果和乡村振兴项目库", 1, 14)
    sheet.put(2, 1, f"填报单位：{town}人民政府")
    sheet.put(2, 12, f"金额单位：{unit}")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目类别 | 项目名称 | 建设性质 | 实施地点 | 时间进度 | < | 责任单位 | "
            "建设任务 | 资金规模和筹资方式 | < | < | 受益对象 | 绩效目标"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | 计划开工时间 | 计划完工时间 | ^ | ^ | 项目预算总投资 | "
            "其中 | < | ^ | ^"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 财政资金 | 其他资金 | ^ | ^"),
    ]
    fields = columns("- | - | name | nature | place | planned_start | planned_finish")
    fields += columns("responsible_unit | content | total_investment | - | - | - | -")
    table(book, sheet, 3, head, fields, body, unit=unit)


def project_bank() -> Book:
    """A page for each township, one in ten thousands and one in yuan, and a page of sums."""
    book = Book(
        "2024年度县级项目库（分乡镇）.xlsx",
        "汇总表（按类别计数，不是项目）加两个乡镇表，一个用万元、一个用元；三行表头；日期全角",
        "县级巩固拓展脱贫攻坚成果和乡村振兴项目库公示表（实施地点、时间进度、资金规模和筹资方式）",
    )
    sums = book.sheet("汇总")
    sums.banner(1, "2024年度项目库汇总表", 1, 4)
    table(
        book,
        sums,
        2,
        [cells("项目类型 | 项目个数（个） | 资金规模（万元） | 备注")],
        [None] * 4,
        [
            cells("产业发展 | 2 | 468 | "),
            cells("乡村建设行动 | 2 | 198.68 | "),
            Total(cells("合计 | 4 | 666.68")),
        ],
        table_unit="万元",
        kind="other",
    )
    bank_page(
        book,
        book.sheet("东河镇"),
        "东河镇",
        "万元",
        [
            cells(
                "1 | 产业发展 | 东河镇食用菌大棚扩建项目 | 扩建 | 李庄村 | {} | {} | "
                "县农业农村局 | 新建大棚60座 | 340 | 300 | 40 | 126户 | 年增收20万元",
                Said("2024年3月", "2024-03-01"),
                Said("２０２４年１１月", "2024-11-30"),
            ),
            cells(
                "2 | 乡村建设行动 | 东河镇王店村饮水管网工程 | 新建 | 王店村 | {} | {} | "
                "县水利局 | 铺设管网6.5公里 | 86.4 | 86.4 | 0 | 352户 | 解决饮水安全",
                Said("2024.4", "2024-04-01"),
                Said("2024.10", "2024-10-31"),
            ),
            Total(cells(" |  | 合计 |  |  |  |  |  |  | 426.4 | 386.4 | 40")),
        ],
    )
    bank_page(
        book,
        book.sheet("西岭乡"),
        "西岭乡",
        "元",
        [
            cells(
                "1 | 产业发展 | 西岭乡中药材烘干厂 | 新建 | 西岭村 | {} | {} | 西岭乡政府 | "
                "厂房800平方米、烘干线1条 | 1280000 | 1000000 | 280000 | 88户 | 带动务工15人",
                Said("2024年5月", "2024-05-01"),
                Said("2024年12月", "2024-12-31"),
            ),
            cells(
                "2 | 乡村建设行动 | 西岭乡石桥村道路硬化改建 | 改建 | 石桥村 | {} | {} | "
                "县交通运输局 | 硬化道路3.2公里 | 1122800 | 1122800 | 0 | 210户 | 方便出行",
                Said("2024/6", "2024-06-01"),
                Said("2024年9月底前", "2024-09-30"),
            ),
            Total(cells(" |  | 合计 |  |  |  |  |  |  | 2402800 | 2122800 | 280000")),
        ],
    )
    return book


def month_report() -> Book:
    """Headings that explain themselves; the table stands at B5; a hidden row and column."""
    book = Book(
        "柳林镇2024年5月重点项目推进情况.xlsx",
        "表从B5起，表头带填写说明，中间空列，隐藏行（一个项目）和隐藏列（责任人），表头重复，表中说明行",
    )
    book.head = {"period": "2024-05", "filled_on": "2024-05-30"}
    sheet = book.sheet("5月")
    sheet.banner(2, "柳林镇2024年5月份重点项目推进情况统计表", 2, 14)
    sheet.put(3, 2, "填报单位：柳林镇人民政府")
    sheet.put(3, 10, "填报日期：2024年5月30日")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称\n（与备案名称一致） | 项目代码 | 总投资（万元，含土地费用） | "
            "2024年计划投资（万元） | 5月份完成投资（万元） | 1—5月累计完成投资\n"
            "（万元，与统计口径一致） |  | 形象进度\n（写到具体工程量） | 存在问题 | "
            "需县级协调解决事项（没有的填“无”） | 下月工作计划 | 责任人"
        )
    ]
    fields = columns("- | name | code | total_investment | annual_plan | completed_month")
    fields += columns("completed_year | - | physical_progress | problems | needs | next_plan")
    fields += ["responsible_person"]
    row = table(
        book,
        sheet,
        5,
        head,
        fields,
        [
            Section("（一）工业项目"),
            cells(
                "1 | 新型建材技改扩能 | {} | 13500 | 5000 | 460 | 2180.5 |  | 2条生产线安装完成 | "
                "无 | 无 | 联动试车 | 丁伟",
                project_code("2303", "40311", region="421125"),
            ),
            cells(
                "2 | 智慧仓储基地 | {} | 56000 | 12000 | 0 | 0 |  | 正在清表 | 用地指标不足 | "
                "请协调新增用地指标80亩 | 完成挂牌 | 蒋红",
                project_code("2402", "60128", region="421125"),
            ),
            Note("说明：以下项目为农业和社会事业项目，由农业办填报。"),
            Section("（二）农业和社会事业项目"),
            Again(),
            cells(
                "3 | 柳林镇粮食烘干中心 | {} | 2800 | 1200 | {} | {} |  | 烘干塔基础4座 | / | 无 | "
                "烘干塔吊装 | 丁伟",
                project_code("2305", "77150", region="421125"),
                Said("１２０.５", 1_205_000),
                Said("６８０", 6_800_000),
            ),
            cells(
                "4 | 柳林中心小学食堂 |  | 360 | 360 | 15 | 15 |  | 拆除完成 | 无 | 无 | "
                "基础开挖 | 韩梅"
            ),
            Total(cells(" | 合计 |  | 72660 | 18560 | 595.5 | 2875.5")),
        ],
        unit="万元",
        left=2,
    )
    sheet.hidden_rows.add(8)
    sheet.hidden_columns.add(14)
    sheet.put(row + 1, 2, "镇长签字：            统计人员：蒋红")
    return book


def flood_stores() -> Book:
    """Sand bags and pumps with sums, keepers and telephones: nothing of it is a project."""
    book = Book(
        "防汛物资储备清单.xlsx",
        "与项目无关：防汛物资，有金额（元）、存放地点、责任人、电话、分组行、合计",
    )
    sheet = book.sheet("储备清单")
    sheet.banner(1, "柳林镇2024年防汛抗旱物资储备清单", 1, 10)
    table(
        book,
        sheet,
        2,
        [
            cells(
                "序号 | 物资名称 | 规格型号 | 计量单位 | 数量 | 单价（元） | 金额（元） | "
                "存放地点 | 责任人 | 联系电话"
            )
        ],
        [None] * 10,
        [
            Section("一、抢险物料"),
            cells("1 | 编织袋 | 50×90cm | 条 | 8000 | 1.5 | 12000 | 镇政府仓库 | 丁伟 | {}", "略"),
            cells("2 | 砂石料 | 粗砂 | 立方米 | 300 | 110 | 33000 | 青龙河堤 | 蒋红 | {}", "略"),
            Section("二、救生器材"),
            cells("3 | 救生衣 | 成人型 | 件 | 120 | 65 | 7800 | 镇政府仓库 | 丁伟 | {}", "略"),
            cells("4 | 汽油抽水泵 | 4寸 | 台 | 6 | 2860 | 17160 | 水利站 | 蒋红 | {}", "略"),
            Total(cells(" | 合计 |  |  |  |  | 69960")),
        ],
        table_unit="元",
        kind="other",
    )
    return book


WORKBOOKS = (quarter_report, project_bank, month_report, flood_stores)
