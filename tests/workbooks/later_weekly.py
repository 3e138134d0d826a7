"""Later hands: weekly dispatch, a sheet for each town, two rows for each project, sections."""

from __future__ import annotations

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Section, Total, cells, columns, paths, table, write_head
from tests.workbooks.truth import Book, Said, yuan


def sheets_of_towns() -> Book:
    """A sheet for each town, each with headings of its own, behind a summary by town."""
    book = Book(
        "柏川区重点项目周调度（5月15日-5月21日）.xlsx",
        "一镇一表，列序、表头写法、单位各不相同；首表是乡镇汇总（不是项目），末表只有一句话；"
        "姓名和电话在一格；电话列隐藏；进展为整句话，句中有金额",
    )
    book.head = {"period": "2023-W20"}
    first = book.sheet("汇总")
    first.banner(1, "柏川区重点项目周调度汇总表（2023年5月15日—5月21日）", 1, 7)
    head: list[list[Cell]] = [
        cells(
            "序号 | 乡镇（街道） | 项目个数（个） | 年度目标（万元） | 本周完成（万元） | "
            "今年以来完成（万元） | 占年度目标"
        )
    ]
    table(
        book,
        first,
        2,
        head,
        columns("- | - | - | - | - | - | -"),
        [
            Total(cells("合计 |  | 6 | 28850 | 521.5 | 9810 | 34.0%")),
            cells("1 | 青石镇 | 3 | 21000 | 348.5 | 6495 | 30.9%"),
            cells("2 | 双桥街道 | 2 | 4250 | 118 | 1835 | 43.2%"),
            cells("3 | 柳林乡 | 1 | 3600 | 55 | 1480 | 41.1%"),
        ],
        table_unit="万元",
        kind="other",
    )
    qingshi(book)
    shuangqiao(book)
    sheet = book.sheet("柳林乡")
    sheet.banner(2, "柳林乡重点项目一周进展情况表", 2, 10)
    sheet.put(3, 2, "填报单位：柳林乡人民政府")
    sheet.put(3, 9, "（单位：万元）")
    row = table(
        book,
        sheet,
        5,
        [
            cells(
                "项目名称 | 概算总额 | 年度目标 | 本周完成投资 | 今年以来完成投资 | "
                "本周工程进展 | 下周工作安排 | 存在困难和问题 | 项目责任人及电话"
            )
        ],
        columns(
            "name | total_investment | annual_plan | completed_week | completed_year | "
            "physical_progress | next_plan | problems | responsible_person+phone"
        ),
        [
            cells(
                "柳林乡集中供水厂 | 5200 | 3600 | 55 | 1480 | 清水池底板浇筑，输水主管道铺设"
                "1.3公里 | 清水池池壁钢筋绑扎 | － | {}",
                Said("马德明 0391-5550106", ("马德明", "0391-5550106")),
            )
        ],
        unit="万元",
        left=2,
    )
    sheet.banner(row + 1, "填报人：小宋    分管领导（签字）：        2023年5月21日", 2, 10)
    sheet = book.sheet("石门镇")
    sheet.put(1, 1, "石门镇本周没有在建重点项目，零报告。")
    return book


def qingshi(book: Book) -> None:
    """Two rows of headings, the name under 项目情况, money under 投资."""
    sheet = book.sheet("青石镇")
    sheet.banner(1, "青石镇重点项目一周进展情况表", 1, 10)
    sheet.put(2, 1, "填报日期：2023年5月21日")
    sheet.put(2, 9, "金额单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目情况 | < | 投资 | < | < | 本周工程进展 | 下周工作安排 | "
            "存在困难和问题 | 项目责任人及电话"
        ),
        cells("^ | 名称 | 概算总额 | 年度目标 | 本周完成 | 今年以来完成 | ^ | ^ | ^ | ^"),
    ]
    fields = columns("- | name | total_investment | annual_plan | completed_week | completed_year")
    fields += columns("physical_progress | next_plan | problems | responsible_person+phone")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells(
                "1 | 柏川智谷产业园二期 | 35000 | 12000 | 260 | 4380 | 截至5月21日，4号楼主体施工至"
                "6层，5号楼桩基完成；累计完成投资1.86亿元。 | 4号楼主体7层浇筑 | 无 | {}",
                Said("何志强13800000101", ("何志强", "13800000101")),
            ),
            cells(
                "2 | 青石镇中心卫生院迁建 | 5860.5 | 3000 | 88.5 | 1215 | 门诊楼二次结构完成60%，"
                "室外雨污管网开挖420米 | 门诊楼内墙抹灰 | 设备采购资金尚有缺口600万元 | {}",
                Said("冯丽\n13800000102", ("冯丽", "13800000102")),
            ),
            cells(
                "3 | S218青石至柳林段改建工程 | 12300 | 6000 | 0 | 900 | 受连阴雨影响，"
                "本周未施工 | 天气好转后恢复路基填筑 | 取土场手续未批 | {}",
                Said("郭建华（13800000103）", ("郭建华", "13800000103")),
            ),
            Total(cells("小计 |  | 53160.5 | 21000 | 348.5 | 6495")),
        ],
        unit="万元",
    )


def shuangqiao(book: Book) -> None:
    """The money columns in another order, one of them in 亿元; the telephone column is hidden."""
    sheet = book.sheet("双桥街道")
    sheet.banner(1, "双桥街道周调度", 1, 11)
    head: list[list[Cell]] = [
        cells(
            "编号 | 工程名称 | 年度目标\n（万元） | 概算总额\n（亿元） | 今年以来完成\n（万元） | "
            "本周完成\n（万元） | 本周工程进展 | 下周工作安排 | 存在困难和问题 | 责任人 | 手机号码"
        )
    ]
    fields = columns("- | name | annual_plan@万元 | total_investment@亿元 | completed_year@万元")
    fields += columns("completed_week@万元 | physical_progress | next_plan | problems")
    table(
        book,
        sheet,
        2,
        head,
        [*fields, "responsible_person", "phone"],
        [
            cells(
                "1 | 双桥老旧小区改造（三期） | 2400 | 0.386 | 1105 | 76 | 完成12栋楼屋面防水，"
                "8个单元门更换 | 外墙保温 | 个别住户不配合拆除防盗窗 | 邓伟 | {}",
                Said(13800000104, "13800000104"),
            ),
            cells(
                "2 | 环城南路雨污分流工程 | 1850 | 0.185 | 730 | 42 | 顶管施工96米 | "
                "继续顶管 | / | 邓伟 | {}",
                Said(13800000104, "13800000104"),
            ),
        ],
    )
    sheet.hidden_columns.add(11)


def plan_above_done() -> Book:
    """Two rows for each project: the week's plan above, what was done below."""
    book = Book(
        "重点工程周计划完成对照表.xlsx",
        "每个工程两行（本周计划|本周完成），名称、总投资、单位、领导纵向合并；"
        "周完成投资和形象进度取“本周完成”行，一行备注，分隔空行",
    )
    book.head = {"period": "2023-W22"}
    sheet = book.sheet("对照表")
    sheet.banner(1, "柏川区2023年第22周重点工程周计划与完成情况对照表", 1, 9)
    sheet.banner(2, "（5月29日至6月4日）", 1, 9)
    head: list[list[Cell]] = [
        cells(
            "序号 | 重点工程 | 总投资（亿元） | 责任单位 | 包联领导 | 类型 | "
            "投资额（万元） | 形象进度 | 备注"
        )
    ]
    write_head(sheet, 3, 1, head)
    assert book.projects is not None and book.tables is not None
    rows: list[tuple[str, float, int, str, str, list[Cell], list[Cell]]] = [
        (
            "柏川东站站前广场",
            4.35,
            435_000_000,
            "区住建局",
            "钱国梁",
            cells("本周计划 | 600 | 地下车库顶板浇筑2000平方米"),
            cells("本周完成 | 545.6 | 地下车库顶板浇筑1750平方米"),
        ),
        (
            "第二污水处理厂及配套管网",
            1.982,
            198_200_000,
            "区水务局",
            "孙立新",
            cells("本周计划 | 150 | 氧化沟池壁钢筋绑扎"),
            cells("本周完成 | 150 | 氧化沟池壁钢筋绑扎完成，具备支模条件"),
        ),
        (
            "职业技术学校实训基地",
            0.76,
            76_000_000,
            "区教体局",
            "孙立新",
            cells("本周计划 | 80 | 实训楼二层砌体"),
            cells("本周完成 | 0 | 因高考噪声管控停工"),
        ),
    ]
    at = 4
    for number, (name, total, money, unit, sponsor, plan, done) in enumerate(rows, 1):
        sheet.line(at, [number, name, total, unit, sponsor, *plan])
        sheet.line(at + 1, done, 6)
        for column in (1, 2, 3, 4, 5, 9):
            sheet.merge(at, column, at + 1, column)
        for column in (7, 8):
            book.may(sheet, at, column, None)
            book.may(sheet, at + 1, column, None)
        book.projects.append(
            {
                "name": name,
                "total_investment": money,
                "responsible_unit": unit,
                "sponsor": sponsor,
                "completed_week": yuan(str(done[1]), "万元"),
                "physical_progress": str(done[2]),
            }
        )
        at += 2
    sheet.put(8, 9, "6月8日恢复施工")
    sheet.banner(at, "注：完成投资按形象进度测算，不作为纳统依据。", 1, 9)
    book.tables.append(
        {
            "sheet": "对照表",
            "header_rows": [3, 3],
            "headings": paths(head),
            "data_rows": 6,
            "totals_rows": [],
            "unit": None,
        }
    )
    return book


def towns_in_sections() -> Book:
    """Section rows name the responsible unit; two cumulative columns, one of them last week's."""
    book = Book(
        "全区重点项目周进展（2023年第21周）.ods",
        "ODS：分组行写明责任单位；年内累计有“截至上周”“截至本周”两列；全角数字；"
        "包保领导纵向合并；填报时间为汉字年月日；周次只在文件名",
    )
    book.head = {"period": "2023-W21", "filled_on": "2023-05-26"}
    sheet = book.sheet("第21周")
    sheet.banner(1, "全区重点项目周进展情况表", 1, 10)
    sheet.put(2, 1, "填报时间：二〇二三年五月二十六日")
    sheet.put(2, 9, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "序号 | 建设项目 | 计划总投资 | 2023年计划投资 | 年内累计完成投资 | < | "
            "本周完成投资 | 形象进度 | 存在问题 | 包保领导"
        ),
        cells("^ | ^ | ^ | ^ | 截至上周 | 截至本周 | ^ | ^ | ^ | ^"),
    ]
    fields = columns("- | name | total_investment | annual_plan | - | completed_year")
    fields += columns("completed_week | physical_progress | problems | sponsor")
    unit = "responsible_unit"
    end = table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            Section("一、青石镇（责任单位：青石镇人民政府）", {unit: "青石镇人民政府"}),
            cells(
                "1 | 青石镇标准厂房 | 26800 | 9000 | 3150 | 3330 | 180 | "
                "2#、3#厂房主体施工至三层，1#厂房砌体完成８０％ | 无 | 周海峰"
            ),
            cells(
                "2 | 青石河综合整治二期 | 4260.8 | 4260.8 | 1020 | 1115.5 | 95.5 | "
                "左岸护砌0.8公里，清淤1.1万方 | 两处通信杆线未迁改 | {}",
                Said(None, "周海峰"),
            ),
            Section("二、双桥街道（责任单位：双桥街道办事处）", {unit: "双桥街道办事处"}),
            cells(
                "3 | 双桥农贸市场提升改造 | {} | {} | {} | {} | {} | 等待钢构件进场 | "
                "商户过渡安置场地未定 | 吕秀兰",
                Said("１２００", 12_000_000),
                Said("８００", 8_000_000),
                "３１０",
                Said("３１０", 3_100_000),
                Said("０", 0),
            ),
            cells(
                "4 | 静脉产业园飞灰填埋场 | 8900.25 | 3500 | 640 | 702.25 | 62.25 | "
                "防渗膜铺设完成1.2万平方米 | — | 吕秀兰"
            ),
            Total(cells(" | 全区合计 | 41161.05 | 17560.8 | 5120 | 5457.75 | 337.75")),
        ],
        unit="万元",
    )
    sheet.merge(6, 10, 7, 10)
    sheet.put(end + 1, 1, "审核：        制表：区项目中心")
    return book


WORKBOOKS = (sheets_of_towns, plan_above_done, towns_in_sections)
