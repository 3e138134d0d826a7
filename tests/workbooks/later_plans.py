"""Later hands: plans, bonds, shared-out responsibility and signed contracts of other counties."""

from __future__ import annotations

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def span(text: str, start: str, finish: str) -> Said:
    """A duration in one cell: its truth is two dates."""
    return Said(text, (start, finish))


def government_plan() -> Book:
    """Group rows carry their own sums beside their names; the grand total stands first."""
    book = Book(
        "平川县2024年度政府投资项目计划（草案）.xlsx",
        "三行表头；总计在前；分组行在名称列并带小计金额；工期五种写法；“累计完成”在计划之前",
        "浙江各县公开的年度政府投资项目计划表（实施类、预备类分组，资金筹措三列）",
    )
    book.tables = None  # whether a group row with sums is a total is a matter of taste
    sheet = book.sheet("附表")
    sheet.put(1, 1, "附件：")
    sheet.banner(2, "平川县2024年度政府投资项目计划表", 1, 14)
    sheet.put(3, 13, "金额单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设性质 | 建设规模及主要内容 | 建设工期 | "
            "批复概算（估算）\n总投资 | 截至2023年底累计完成投资 | 2024年度 | < | < | < | < | "
            "项目业主 | 行业主管部门"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | 年度投资计划 | 其中：资金筹措 | < | < | "
            "年度建设目标 | ^ | ^"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 财政资金 | 专项债券 | 其他 | ^ | ^ | ^"),
    ]
    fields = columns("- | name | - | content | planned_start+planned_finish | total_investment")
    fields += columns("- | annual_plan | - | - | - | - | owner | -")
    row = table(
        book,
        sheet,
        4,
        head,
        fields,
        [
            Total(
                cells(" | 总计（5个） |  |  |  | 90450.5 | 35450 | 25150 | 10150 | 13000 | 2000")
            ),
            Section("一、实施类项目（4个）", merged=False, column=2),
            Section("（一）续建项目（2个）", merged=False, column=2),
            cells(
                "1 | 县第三人民医院迁建工程 | 续建 | 床位480张，总建筑面积6.2万平方米 | {} | "
                "48600 | 31250 | 12000 | 3000 | 9000 | 0 | 主体装修完成 | 县卫生健康局 | "
                "县卫生健康局",
                span("2022.03-2024.12", "2022-03-01", "2024-12-31"),
            ),
            cells(
                "2 | 城北污水处理厂二期工程 | 续建 | 新增日处理规模2万吨 | {} | 16820.5 | 4200 | "
                "6000 | 1000 | 4000 | 1000 | 设备安装 | 县水务投资有限公司 | 县住建局",
                span("2023—2025", "2023-01-01", "2025-12-31"),
            ),
            Section("（二）新建项目（2个）", merged=False, column=2),
            cells(
                "3 | 平川大道北延道路工程 | 新建 | 全长2.4公里，宽36米 | {} | 9380 | 0 | 4500 | "
                "4500 | 0 | 0 | 路基完成 | 县城建投资有限公司 | 县住建局",
                span("2024年2月至2025年6月", "2024-02-01", "2025-06-30"),
            ),
            cells(
                "4 | 实验小学综合楼 | 新建 | 建筑面积5600平方米 | {} | 2150 | 0 | 2150 | 1150 | "
                "0 | 1000 | 竣工交付 | 县教育局 | 县教育局",
                span("2024.5~2024.12", "2024-05-01", "2024-12-31"),
            ),
            Section("二、预备类项目（1个）", merged=False, column=2),
            cells(
                "5 | 县全民健身中心 | 新建 | 体育馆、游泳馆各1座 | {} | 13500 |  | 500 | 500 | "
                "0 | 0 | 完成初步设计 | 县文广旅体局 | 县文广旅体局",
                span("2024-2026年", "2024-01-01", "2026-12-31"),
            ),
        ],
        unit="万元",
    )
    sums: dict[int, list[Cell]] = {
        8: [76950.5, 35450, 24650, 9650, 13000, 2000],
        9: [65420.5, 35450, 18000, 4000, 13000, 1000],
        12: [11530, 0, 6650, 5650, 0, 1000],
        15: [13500, 0, 500, 500, 0, 0],
    }
    for y, line in sums.items():
        sheet.line(y, line, 6)
    sheet.banner(row, "注：预备类项目待资金落实后转为实施类项目。", 1, 14)
    return book


def bond_batches() -> Book:
    """One project over several rows: a row for each batch of bonds, the rest is merged."""
    book = Book(
        "专项债券项目支出及建设进度表（截至4月底）.xlsx",
        "一个项目占多行（每批债券一行），名称、总投资、进度纵向合并；支出进度为百分比文本",
        "各省财政厅专项债券支出进度调度表（一项目多批次）",
    )
    book.tables = None  # whether such a table has three rows of data or six is a matter of taste
    sheet = book.sheet("支出进度")
    sheet.banner(1, "2024年新增专项债券项目支出及建设进度情况表", 1, 13)
    sheet.put(2, 1, "填报单位：平川县财政局")
    sheet.put(2, 6, "截至日期：2024年4月30日")
    sheet.put(2, 12, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 主管部门 | 项目单位 | 项目总投资 | 债券资金 | < | < | < | < | "
            "自开工累计\n完成投资 | 工程形象进度 | 备注"
        ),
        cells("^ | ^ | ^ | ^ | ^ | 批次 | 到账日期 | 发行额 | 已支出 | 支出进度 | ^ | ^ | ^"),
    ]
    body: list[list[Cell]] = [
        cells(
            "1 | 县域医共体能力提升项目 | 县卫健局 | 县人民医院 | 32600 | 2022年第三批 | "
            "'2022.6.20 | 6000 | 6000 | 100% | 18350.6 | 门诊楼投入使用，住院楼装修 | "
        ),
        cells(" |  |  |  |  | 2023年第一批 | '2023.2.15 | 5000 | 4620.5 | 92.41%"),
        cells(" |  |  |  |  | 2024年第一批 | '2024.3.8 | 3000 | 450 | 15% |  |  | 补充发行"),
        cells(
            "2 | 平川经开区污水管网工程 | 经开区管委会 | 平川开发建设公司 | 12480 | "
            "2024年第一批 | '2024.3.8 | 4000 | 0 | 0% | 960 | 完成管沟开挖1.1公里 | 首批"
        ),
        cells(
            "3 | 东湖冷链物流基地 | 县商务局 | 东湖物流有限公司 | 25000 | 2023年第四批 | "
            "'2023.8.30 | 7000 | 5810 | 83% | 9700 | 冷库主体封顶 | "
        ),
        cells(" |  |  |  |  | 2024年第二批 | '2024.4.12 | 2000 | 0 | 0%"),
        cells(" | 合计 |  |  | 70080 |  |  | 27000 | 16880.5 | 62.52% | 29010.6"),
    ]
    table(book, sheet, 3, head, [None] * 13, body, table_unit="万元", kind="other")
    for top, bottom in ((5, 7), (9, 10)):
        for column in (1, 2, 3, 4, 5, 11, 12):
            sheet.merge(top, column, bottom, column)
    book.skip(sheet, 11, "total", "合计")
    wholes = (body[0], body[3], body[4])
    book.projects = [
        {
            "name": str(line[1]),
            "owner": str(line[3]),
            "total_investment": int(str(line[4])) * 10_000,
            "completed_total": round(float(str(line[10])) * 10_000),
            "physical_progress": str(line[11]),
        }
        for line in wholes
    ]
    return book


def shared_out() -> Book:
    """Leaders by name and office, joined over their projects; officers beside."""
    book = Book(
        "2023年度重点项目包保责任一览表.xlsx",
        "包保县领导分姓名、职务两列并纵向合并；首席服务员分姓名、手机；牵头、配合、责任单位三列",
        "安徽各县公开的县领导包保重点项目责任表",
    )
    sheet = book.sheet("包保表")
    sheet.banner(1, "平川县2023年度重点项目包保责任一览表", 1, 13)
    sheet.put(2, 1, "（排名不分先后）")
    head: list[list[Cell]] = [
        cells(
            "序号 | 包保县领导 | < | 项目名称 | 项目概况 | < | 计划竣工时间 | 牵头单位 | "
            "配合单位 | 责任单位 | 首席服务员 | < | 备注"
        ),
        cells(
            "^ | 姓名 | 职务 | ^ | 主要建设内容 | 总投资\n(亿元) | ^ | ^ | ^ | ^ | 姓名 | 手机 | ^"
        ),
    ]
    fields = columns("- | sponsor | - | name | content | total_investment | planned_finish")
    fields += columns("lead_unit | cooperating_units | responsible_unit | service_officer | - | -")
    chen, zhou = Said(None, "陈志远"), Said(None, "周敏")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 陈志远 | 县委副书记 | 智能家居产业园 | 标准厂房18万平方米 | 9.6 | {} | "
                "县经信局 | 县自然资源局、县供电公司 | 经开区管委会 | 何涛 | 13800000031",
                Said("2024年10月", "2024-10-31"),
            ),
            cells(
                "2 | {} |  | 新型建材技改扩能 | 年产加气块60万立方米 | 1.35 | {} | 县经信局 | "
                "/ | 柳林镇政府 | 许文 | 13800000032",
                chen,
                Said("2023年12月底", "2023-12-31"),
            ),
            cells(
                "3 | {} |  | 柳林镇粮食烘干中心 | 日烘干能力500吨 | 0.28 | {} | "
                "县农业农村局 | 县发改委 | 柳林镇政府 | 方琴 | 13800000033",
                chen,
                Said("2023.9", "2023-09-30"),
            ),
            cells(
                "4 | {} | 县政府副县长 | 县中医院康复楼 | 建筑面积1.8万平方米 | 1.06 | {} | "
                "县卫健委 | 县住建局、县财政局 | 县中医院 | 唐磊 | 13800000034",
                Said("周  敏", "周敏"),
                Said("2024年上半年", "2024-06-30"),
            ),
            cells(
                "5 | {} |  | 老城区燃气管网更新 | 更换管道42公里 | 0.745 | {} | 县住建局 | "
                "城关镇政府 | 县燃气公司 | 唐磊 | 13800000034",
                zhou,
                Said("2023年三季度", "2023-09-30"),
            ),
        ],
        unit="亿元",
    )
    for column in (2, 3):
        sheet.merge(5, column, 7, column)
        sheet.merge(8, column, 9, column)
    return book


def signed_contracts() -> Book:
    """Signed contracts: sections named after sums, dollars, a span of money, ticks."""
    book = Book(
        "2024年上半年招商签约项目落地情况表.xlsx",
        "分组行写着金额（5亿元以上）；单元格有全角、约数、万元、区间（须问）、美元（须问）；☑□列",
        "湖北各县招商局签约项目履约情况表（来源地、协议投资、开工投产打勾）",
    )
    book.head = {"filled_on": "2024-06-28"}
    sheet = book.sheet("签约项目")
    sheet.banner(1, "平川县2024年上半年招商引资签约项目落地情况表", 1, 13)
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 投资方 | 来源地 | 协议总投资\n（亿元） | 签约时间 | 落户地点 | "
            "项目阶段 | < | < | 最新进展情况 | 存在的主要问题 | 对接单位及专员"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | 未开工 | 已开工 | 已投产 | ^ | ^ | ^"),
    ]
    fields = columns("- | name | - | - | total_investment | - | place | - | - | -")
    fields += columns("physical_progress | problems | -")
    dollars = asked("800万美元", "协议投资是美元，折合人民币多少？")
    between = asked("1.2-1.5", "总投资写的是一个区间，填哪个数？")
    row = table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            Section("一、5亿元以上项目（2个）"),
            cells(
                "1 | 锂电池回收利用项目 | 华锂科技集团 | 广东深圳 | 12 | '2024.1.18 | "
                "经开区 | □ | ☑ | □ | 1号车间基础完成 | 无 | 经开区 何涛"
            ),
            cells(
                "2 | 智慧仓储基地 | 通达物流公司 | 浙江杭州 | {} | 2024年3月 | 柳林镇 | ☑ | □ | "
                "□ | 土地挂牌 | 用地指标不足 | 商务局 许文",
                Said("５.６", 560_000_000),
            ),
            Section("二、1亿元以上5亿元以下项目（3个）"),
            cells(
                "3 | 中药饮片加工项目 | 百草药业公司 | 安徽亳州 | {} | 2024年3月 | 城关镇 | ☑ | "
                "□ | □ | 正在办理环评 | 无 | 市监局 方琴",
                between,
            ),
            cells(
                "4 | 精密模具项目 | 鑫达模具公司 | 江苏昆山 | {} | '2024.4.26 | 经开区 | □ | □ | "
                "☑ | 已投产 | — | 经开区 何涛",
                Said("约1.5亿元", 150_000_000, may=True),
            ),
            cells(
                "5 | 户外家具出口项目 | 远东家居公司 | 中国香港 | {} | '2024.5.9 | 柳林镇 | ☑ | "
                "□ | □ | 公司注册完成 |  | 商务局 许文",
                dollars,
            ),
            Section("三、1亿元以下项目（1个）"),
            cells(
                "6 | 食用菌种植基地 | 山珍合作社 | 本县 | {} | '2024.6.3 | 高岗乡 | □ | ☑ | □ | "
                "大棚搭建30座 | 缺少灌溉水源 | 农业农村局 唐磊",
                Said("3000万元", 30_000_000),
            ),
        ],
        unit="亿元",
    )
    sheet.put(row, 1, "填报人：李静    联系电话：0715-5550123    填报时间：2024年6月28日")
    return book


WORKBOOKS = (government_plan, bond_batches, shared_out, signed_contracts)
