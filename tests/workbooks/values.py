"""Values that Excel or people have ruined: codes, units, doubles, blanks."""

from __future__ import annotations

from tests.workbooks.codes import project_code
from tests.workbooks.sheet import Cell, Shown
from tests.workbooks.table import Again, Gap, Nameless, Total, cells, columns, table
from tests.workbooks.truth import Book, Said, asked


def ruined_codes() -> Book:
    """Codes as numbers in scientific notation, without hyphens, in full width, mistyped, old."""
    book = Book(
        "项目代码登记表.xlsx",
        "项目代码：被Excel改成科学计数（须问）、无连字符、全角、带空格、校验位错（须问）、旧码",
    )
    good = project_code("2108", "58392")
    bare = project_code("2109", "22671").replace("-", "")
    wide = project_code("2210", "90773")
    spaced = project_code("2211", "61025")
    wrong = project_code("2302", "71144")
    wrong = wrong[:-1] + str((int(wrong[-1]) + 3) % 10)
    full = wide.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    dashed = f"{bare[:4]}-{bare[4:10]}-{bare[10:12]}-{bare[12:14]}-{bare[14:]}"
    sheet = book.sheet("登记表")
    sheet.banner(1, "2023年重点项目代码登记表", 1, 5)
    sheet.put(2, 5, "单位：万元")
    lost = "项目代码被改成了科学计数，后几位已丢失，请补正确的代码"
    table(
        book,
        sheet,
        3,
        [cells("序号 | 项目名称 | 投资项目统一代码 | 总投资 | 建设性质")],
        columns("- | name | code | total_investment | nature"),
        [
            cells("1 | 疫苗注射器扩建项目 | {} | 52000 | 扩建", good),
            cells("2 | 医药分拨中心项目 | {} | 86000 | 新建", Said(bare, dashed)),
            cells("3 | 设备生产项目 | {} | 120000 | 新建", Said(full, wide)),
            cells(
                "4 | 污水管网改造工程 | {} | 3860.5 | 改建",
                Said(spaced.replace("-", " - "), spaced),
            ),
            cells("5 | 再生资源项目 | {} | 35000 | 新建", asked(2.30141110204018e19, lost)),
            cells("6 | 包装印刷技改项目 | {} | 8800 | 技改", asked("2.30241E+19", lost)),
            cells(
                "7 | 食品检测中心 | {} | 4600 | 新建",
                asked(wrong, "校验位不对，是否有一位写错？", wrong),
            ),
            cells(
                "8 | 西城区道路工程 | {} | 15600 | 新建",
                Said("2019-411102-78-03-056565", "2019-411102-78-03-056565", may=True),
            ),
            cells("9 | 前期谋划项目 | 无 | 2000 | 新建"),
        ],
        unit="万元",
    )
    return book


def no_unit_anywhere() -> Book:
    """Money without a unit in heading, cell or title: 万元 is likely, and must be asked."""
    book = Book("项目进展表（无单位）.xlsx", "全表没有金额单位：按万元暂填，必须问；每列一问即可")
    book.head = {"period": "2023-W17"}
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "项目进展表（2023年第17周）", 1, 5)
    question = "没有写明金额单位，是万元吗？"
    rows: list[tuple[str, int, int, str]] = [
        ("预拌混凝土站项目", 6800, 120, "设备安装"),
        ("中心敬老院改造", 960, 35, "屋面防水"),
        ("特色小镇游客中心", 4200, 0, "设计"),
    ]
    table(
        book,
        sheet,
        2,
        [cells("序号 | 项目名称 | 总投资 | 本周完成投资 | 形象进度")],
        columns("- | name | total_investment | completed_week | physical_progress"),
        [
            cells(
                "{} | {} | {} | {} | {}",
                i,
                name,
                asked(total, question, total * 10_000),
                asked(week, question, week * 10_000) if week else Said(0, 0, may=True),
                progress,
            )
            for i, (name, total, week, progress) in enumerate(rows, 1)
        ],
    )
    return book


def unit_in_one_column() -> Book:
    """Only one heading names a unit; the other money of the same table follows it."""
    book = Book(
        "项目推进表（一列有单位）.xlsx",
        "只有总投资列头写了（万元），其余金额列没写：按同表其他金额列取万元，可问",
    )
    sheet = book.sheet("推进表")
    sheet.banner(1, "重点项目推进表", 1, 5)
    table(
        book,
        sheet,
        2,
        [cells("序号 | 项目名称 | 总投资（万元） | 年度计划投资 | 本年累计完成投资")],
        columns("- | name | total_investment | annual_plan | completed_year"),
        [
            cells(
                "1 | 东区供热管网 | 15600 | {} | {}",
                Said(8000, 80_000_000, may=True),
                Said(2100, 21_000_000, may=True),
            ),
            cells(
                "2 | 体育公园 | 5200.5 | {} | {}",
                Said(3000, 30_000_000, may=True),
                Said(860.5, 8_605_000, may=True),
            ),
        ],
        unit="万元",
    )
    return book


def same_project_twice() -> Book:
    """A project stands on two sheets with different figures: which is right must be asked."""
    book = Book(
        "两个工作表（同一项目两次）.xlsx",
        "同一项目在“工业”“市重点”两表出现，总投资不同（须问），另一项目两表相同",
    )
    code = project_code("2210", "90773")
    first = book.sheet("工业")
    first.banner(1, "工业项目表（单位：万元）", 1, 5)
    table(
        book,
        first,
        2,
        [cells("序号 | 项目名称 | 项目代码 | 总投资 | 年度计划投资")],
        columns("- | name | code | total_investment | annual_plan"),
        [
            cells("1 | 奥昌迈得设备生产项目 | {} | 120000 | 60000", code),
            cells("2 | 中裕农机装备制造项目 |  | 32600 | 12000"),
            cells("3 | 高端轴承生产项目 |  | 36000 | 12000"),
        ],
        unit="万元",
    )
    second = book.sheet("市重点")
    second.banner(1, "市重点项目表（单位：万元）", 1, 5)
    row = table(
        book,
        second,
        2,
        [cells("序号 | 项目名称 | 项目代码 | 总投资 | 责任单位")],
        columns("- | name | code | total_investment | responsible_unit"),
        [
            cells("1 | 奥昌迈得设备生产项目 | {} | 126000 | 空冢郭镇", code),
            cells("2 | 中裕农机装备制造项目 |  | 32600 | 大刘镇"),
        ],
        unit="万元",
    )
    assert row == 5
    # The clerk enters each project once; the two sheets complete one another.
    book.projects = [
        {
            "name": "奥昌迈得设备生产项目",
            "code": code,
            "annual_plan": 600_000_000,
            "responsible_unit": "空冢郭镇",
        },
        {
            "name": "中裕农机装备制造项目",
            "total_investment": 326_000_000,
            "annual_plan": 120_000_000,
            "responsible_unit": "大刘镇",
        },
        {"name": "高端轴承生产项目", "total_investment": 360_000_000, "annual_plan": 120_000_000},
    ]
    book.ask(
        second,
        3,
        4,
        "奥昌迈得设备生产项目",
        "total_investment",
        "两个工作表的总投资不同（120000、126000万元），以哪个为准？",
    )
    book.unclear[-1]["or"] = [{"sheet": "工业", "cell": "D3"}]
    book.may(first, 3, 4, "total_investment")
    return book


def percents_and_ticks() -> Book:
    """Percent as text and as number, ticks in three forms, a row without a name."""
    book = Book(
        "项目要素保障情况表.xlsx",
        "百分比文本与数字混用，√ ✓ 是 有，无名称的行（须问），重复表头，空行",
    )
    sheet = book.sheet("要素")
    sheet.banner(1, "2023年重点项目要素保障及完成情况", 1, 8)
    sheet.put(2, 8, "单位：万元")
    head: list[list[Cell]] = [
        cells("序号 | 项目名称 | 总投资 | 完成投资占年度计划 | 用地 | 环评 | 施工许可 | 当前状态")
    ]
    fields: list[str | None] = columns("- | name | total_investment | - | - | - | - | state")
    table(
        book,
        sheet,
        3,
        head,
        fields,
        [
            cells("1 | 智慧粮库 | 6800 | 35% | √ | √ | ✓ | 在建"),
            cells("2 | 屠宰加工厂 | 12500.5 | {} | √ | 是 |  | 在建", Shown(0.126, "0.0%")),
            Gap(),
            Nameless(
                cells("3 |  | 1200 | 10% | √ |  |  | 前期"), 1, "这一行没有项目名称，是哪个项目？"
            ),
            Again(),
            cells("4 | 垃圾中转站 | 950 | 0.4 | 有 |  |  | 前期"),
            cells("5 | 数字农业园 | 4300 | １２.５％ | √ | √ | √ | 竣工"),
            Total(["", "合计", 25750.5]),
        ],
        unit="万元",
    )
    return book


def yuan_and_thousands() -> Book:
    """Yuan, thousands and hundreds of millions in three tables of one book."""
    book = Book("三种金额单位.xlsx", "三个工作表分别用元、千元、百万元（写在单位行、标题、表头）")
    one = book.sheet("元")
    one.banner(1, "小型维修项目表", 1, 3)
    one.put(2, 3, "（单位：元）")
    table(
        book,
        one,
        3,
        [["序号", "项目名称", "总投资"]],
        [None, "name", "total_investment"],
        [[1, "镇政府门窗更换", 186530], [2, "村委会屋面维修", 92000]],
        unit="元",
    )
    two = book.sheet("千元")
    two.banner(1, "农村公路养护项目（千元）", 1, 3)
    table(
        book,
        two,
        2,
        [["序号", "项目名称", "总投资"]],
        [None, "name", "total_investment"],
        [[1, "X012线罩面", 5860], [2, "Y003线安防", 1200.5]],
        unit="千元",
    )
    three = book.sheet("百万元")
    table(
        book,
        three,
        1,
        [cells("序号 | 项目名称 | 总投资（百万元） | 年度计划投资（百万元）")],
        columns("- | name | total_investment | annual_plan"),
        [cells("1 | 外资电子项目 | 358 | 120.5")],
        unit="百万元",
    )
    return book


WORKBOOKS = (
    ruined_codes,
    no_unit_anywhere,
    unit_in_one_column,
    same_project_twice,
    percents_and_ticks,
    yuan_and_thousands,
)
