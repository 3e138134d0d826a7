"""Later hands: roads, waters, schools and town works as their own offices list them."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Gap, Section, Total, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def rural_roads() -> Book:
    """Months as numbers (2024.3), one of which has lost its last nought."""
    book = Book(
        "2024年农村公路建设项目计划表.xlsx",
        "年月写成数字：2024.3、2024.11，完工2024.1早于开工（须问）；公里与万元并列；按乡镇分组小计",
        "各县交通运输局农村公路建设计划表（路线编码、起讫桩号、技术等级、投资规模）",
    )
    sheet = book.sheet("农村公路")
    sheet.put(1, 1, "附件2")
    sheet.banner(2, "平川县2024年农村公路建设项目计划表", 1, 15)
    head: list[list[Cell]] = [
        cells(
            "序号 | 路线编码 | 项目名称 | 建设性质 | 起讫桩号 | 里程\n（公里） | 技术等级 | < | "
            "路面宽度（米） | 投资规模（万元） | < | < | 计划开工年月 | 计划完工年月 | 实施主体"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | 现状 | 拟建 | ^ | 总投资 | 上级补助 | 地方自筹 | ^ | ^ | ^"),
    ]
    fields = columns("- | - | name | nature | - | - | - | - | - | total_investment | - | -")
    fields += columns("planned_start | planned_finish | -")
    lost = asked(2024.1, "完工写2024.1，早于开工：是2024年10月吗？")
    march, april = Said(2024.3, "2024-03-01"), Said(2024.4, "2024-04-01")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Total(cells(" |  | 全县合计 |  |  | 19.18 |  |  |  | 3826.5 | 2040 | 1786.5")),
            Section("红旗镇（2条）"),
            cells(
                "1 | X012421125 | 红旗至高岗公路改建工程 | 改建 | K0+000-K6+350 | 6.35 | 四级 | "
                "三级 | 7.5 | 1586 | 850 | 736 | {} | {} | 县公路事业中心",
                march,
                Said(2024.11, "2024-11-30"),
            ),
            cells(
                "2 | Y203421125 | 五里桥危桥改造 | 改建 | K2+118 | 0.06 | 四级 | 四级 | 6 | "
                "238.5 | 120 | 118.5 | {} | {} | 红旗镇政府",
                april,
                Said(2024.9, "2024-09-30"),
            ),
            Total(cells(" |  | 小  计 |  |  | 6.41 |  |  |  | 1824.5 | 970 | 854.5")),
            Section("高岗乡（2条）"),
            cells(
                "3 | C118421125 | 茶山旅游路 | 新建 | K0+000-K8+200 | 8.2 | 等外 | 四级 | 6.5 | "
                "1640 | 900 | 740 | {} | {} | 高岗乡政府",
                march,
                lost,
            ),
            cells(
                "4 | C126421125 | 石门村通组路 | 新建 | K0+000-K4+570 | 4.57 | 等外 | 四级 | 4.5 | "
                "362 | 170 | 192 | {} | {} | 高岗乡政府",
                Said(2024.5, "2024-05-01"),
                Said(2024.12, "2024-12-31"),
            ),
            Total(cells(" |  | 小  计 |  |  | 12.77 |  |  |  | 2002 | 1070 | 932")),
        ],
        unit="万元",
    )
    return book


def water_works() -> Book:
    """A month's report of a water office: five kinds of money under one heading, real dates."""
    book = Book(
        "水利工程建设进度月报.ods",
        "投资情况（单位：万元）一个大表头下五列：批复、下达、本月、本年、开工以来；真日期；完成率文本",
        "各县水利局重点水利工程建设进度月报",
    )
    book.head = {"period": "2024-04", "filled_on": "2024-04-28"}
    sheet = book.sheet("月报")
    sheet.banner(1, "平川县重点水利工程建设进度月报表", 1, 14)
    sheet.put(2, 1, "填报单位（盖章）：平川县水利局")
    sheet.put(2, 8, "（2024年4月）")
    head: list[list[Cell]] = [
        cells(
            "序号 | 工程名称 | 工程主要建设内容 | 项目法人 | 投资情况（单位：万元） | < | < | < | "
            "< | 投资完成率 | 工程形象进度 | 实际开工日期 | 预计完工日期 | 存在的困难和问题"
        ),
        cells(
            "^ | ^ | ^ | ^ | 批复总投资 | 2024年度计划投资 | 4月份完成 | 1-4月累计完成 | "
            "开工以来累计完成 | ^ | ^ | ^ | ^ | ^"
        ),
    ]
    fields = columns("- | name | content | owner | total_investment | annual_plan")
    fields += columns("completed_month | completed_year | completed_total | -")
    fields += columns("physical_progress | actual_start | planned_finish | problems")
    row = table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 青龙河防洪治理工程 | 堤防加固11.2公里 | 县河道管理局 | 6845.3 | 3200 | "
                "410.5 | 1286 | 4115.8 | 60.1% | 左岸堤防完成8.6公里 | {} | {} | 无",
                date(2023, 2, 16),
                date(2024, 12, 20),
            ),
            cells(
                "2 | 石门水库除险加固 | 大坝防渗、溢洪道改造 | 石门水库管理所 | 2318 | 1500 | "
                "— | 320 | 1138 | 49.1% | 汛前停止坝体施工 | {} | {} | 汛期不能施工",
                date(2023, 10, 8),
                date(2025, 5, 31),
            ),
            cells(
                "3 | 高岗灌区续建配套 | 渠道衬砌23公里 | 县灌溉中心 | 4970 | 2600 | 285 | 940.2 | "
                "940.2 | 18.9% | 支渠衬砌4.1公里 | {} | {} | ",
                date(2024, 1, 5),
                date(2025, 3, 30),
            ),
            cells(
                "4 | 城乡供水一体化（二期） | 新建水厂1座、管网156公里 | 县自来水公司 | 18600 | "
                "7000 | 0 | 0 | 0 | 0 | 施工招标 |  | {} | 土地预审未批",
                date(2026, 6, 30),
            ),
            Total(cells(" | 合计 |  |  | 32733.3 | 14300 | 695.5 | 2546.2 | 6194")),
        ],
        unit="万元",
    )
    sheet.put(row, 1, "负责人：吴斌")
    sheet.put(row, 5, "填表人：孙洁")
    sheet.put(row, 9, "填报日期：2024年4月28日")
    return book


def school_works() -> Book:
    """A text file of an education office: thousands marks, units in cells, a school term."""
    book = Book(
        "教育系统建设项目一览表.csv",
        "GB18030文本：千分位、全角、单元格自带万元或亿元；秋季开学前（须问）；空行、空列、落款",
        "各县教育局学校建设项目一览表",
        wear=".gb18030",
    )
    sheet = book.sheet("Sheet1")
    sheet.put(1, 1, "平川县教育系统2024年建设项目一览表")
    sheet.put(2, 1, "填报单位：平川县教育局")
    sheet.put(2, 9, "单位：万元、平方米")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 建设性质 | 建筑面积 |  | 总投资 | 本年度计划投资 | 拟开工时间 | "
            "拟竣工时间 | 施工进展 | 项目负责人 | 联系电话"
        )
    ]
    fields = columns("- | name | nature | - | - | total_investment | annual_plan")
    fields += columns("planned_start | planned_finish | physical_progress | responsible_person")
    fields += ["phone"]
    term = asked("2024年秋季开学前", "秋季开学前是哪一天？")
    row = table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 县一中学生宿舍楼 | 新建 | 8600 |  | {} | {} | {} | {} | 主体三层 | 秦明 | {}",
                Said("2,860.50", 28_605_000),
                Said("1,500", 15_000_000),
                Said(date(2024, 3, 1), "2024-03-01"),
                Said("2025年8月底", "2025-08-31"),
                Said("0715-5550131", "0715-5550131"),
            ),
            cells(
                "2 | 柳林中心小学食堂 | 改建 | 1200 |  | {} | {} | {} | {} | 拆除完成 | 韩梅 | {}",
                Said("３６０", 3_600_000),
                Said("360", 3_600_000),
                Said("2024.06", "2024-06-01"),
                term,
                Said("13800000041", "13800000041"),
            ),
            cells(
                "3 | 特殊教育学校综合楼 | 扩建 | 5400 |  | {} | {} | {} | {} | "
                "施工招标 | 龚平 | {}",
                Said("0.245亿元", 24_500_000),
                Said("800万元", 8_000_000),
                Said("2024年三季度", "2024-07-01"),
                Said("2025-12", "2025-12-31"),
                Said("13800000042", "13800000042"),
            ),
            Gap(),
            cells(
                "4 | 高岗初中运动场 | 新建 | 13500 |  | {} | {} | {} | {} | - | 马超 | {}",
                Said("415.8", 4_158_000),
                Said("415.8", 4_158_000),
                Said("2024年7月1日", "2024-07-01"),
                Said("2024年12月31日前", "2024-12-31"),
                Said("13800000043", "13800000043"),
            ),
            Total(cells(" | 合计 | | 28700 |  | 6086.3 | 3075.8")),
        ],
        unit="万元",
    )
    sheet.put(row + 1, 1, "审核：罗军")
    sheet.put(row + 1, 6, "制表：秦明")
    return book


def town_works() -> Book:
    """No unit anywhere but in the cells; dates without a year, which the title has."""
    book = Book(
        "2023年城区建设十大工程任务分解表.xlsx",
        "金额带单位写在单元格（约、万、亿、括注征迁费）；时限无年份（年份在标题）；工程类别列合并",
        "湖南各县住建局年度城建重点工程任务分解表",
    )
    sheet = book.sheet("任务分解")
    sheet.banner(1, "平川县2023年城区建设“十大工程”任务分解表", 1, 11)
    head: list[list[Cell]] = [
        cells(
            "工程类别 | 序号 | 工程名称 | 建设地点 | 建设规模及内容 | 估算总投资 | "
            "2023年计划投资 | 计划开工 | 计划完工 | 建设单位 | 督办领导"
        )
    ]
    fields = columns("- | - | name | place | content | total_investment | annual_plan")
    fields += columns("planned_start | planned_finish | owner | -")
    table(
        book,
        sheet,
        2,
        head,
        fields,
        [
            cells(
                "道路畅通 | 1 | 文昌路东延 | 文昌路至环城东路 | 长1.6公里、宽30米 | {} | {} | {} | "
                "{} | 城投公司 | 周  敏",
                Said("约1.2亿元", 120_000_000, may=True),
                Said("6000万元", 60_000_000),
                Said("二季度", "2023-04-01", may=True),
                Said("2024年6月30日前", "2024-06-30"),
            ),
            cells(
                " | 2 | 背街小巷改造 | 城关镇 | 小巷28条 | {} | {} | {} | {} | 县城管局 | ",
                Said("1560万元（含征迁费320万元）", 15_600_000, may=True),
                Said("1,560万元", 15_600_000),
                Said("二〇二三年五月", "2023-05-01", may=True),
                Said("10月底", "2023-10-31", may=True),
            ),
            cells(
                "水环境治理 | 3 | 南湖清淤及截污 | 南湖公园 | 清淤18万立方米 | {} | {} | {} | {} | "
                "县水利局 | 陈志远",
                Said("7.5亿", 750_000_000),
                Said("2.05亿元", 205_000_000),
                Said("2022年11月", "2022-11-01"),
                Said("2025年底", "2025-12-31"),
            ),
            cells(
                " | 4 | 雨污管网排查修复 | 建成区 | 管网96公里 | {} | {} | {} | {} | 县水务公司 | ",
                Said("待批复", None, may=True),
                Said("560万", 5_600_000),
                Said("5月", "2023-05-01", may=True),
                Said("三季度", "2023-09-30", may=True),
            ),
            cells(
                "民生改善 | 5 | 城东农贸市场 | 城东新区 | 摊位320个 | {} | {} | {} | {} | "
                "县商务局 | 周  敏",
                Said("３８００万元", 38_000_000),
                Said("2000万元", 20_000_000),
                date(2023, 3, 20),
                Said("年底", "2023-12-31", may=True),
            ),
        ],
    )
    for top, bottom in ((3, 4), (5, 6)):
        sheet.merge(top, 1, bottom, 1)
        sheet.merge(top, 11, bottom, 11)
    return book


WORKBOOKS = (rural_roads, water_works, school_works, town_works)
