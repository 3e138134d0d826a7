"""Tables of bonds and funds: nested headings, numbered columns, a project that returns."""

from __future__ import annotations

from datetime import date

from tests.workbooks.sheet import Cell
from tests.workbooks.table import Total, cells, columns, table
from tests.workbooks.truth import UP, Book, Said


def bond_life() -> Book:
    """After the yearly report on bonds of a district in Zhejiang: three rows and column numbers."""
    book = Book(
        "专项债券存续期对应项目情况表.xlsx",
        "单位：亿元，三行表头加栏次行(1)(2)…，合计/其中：债券资金安排成对出现，长债券名",
        "浙江省政府新增专项债券存续期对应项目情况表（椒江区，jj.gov.cn 2024-06-19）",
    )
    sheet = book.sheet("情况表")
    sheet.banner(1, "新增专项债券存续期对应项目情况表", 1, 12)
    sheet.put(2, 12, "单位：亿元")
    head: list[list[Cell]] = [
        cells(
            "债券简称 | 债券全称 | 发行期限（年） | 区县 | 项目名称 | 债券利率（%） | "
            "本期债券使用额度 | 项目全周期总投资 | < | 跟踪期情况（截至2022年末） | < | "
            "备注"
        ),
        cells("^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | < | 已实现投资情况 | < | ^"),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | 合计 | 其中：债券资金安排 | 合计 | 其中：债券资金安排 | ^"
        ),
    ]
    fields: list[str | None] = columns("- | - | - | - | name | - | - | total_investment")
    table(
        book,
        sheet,
        3,
        head,
        [*fields, None, None, None, None],
        [
            cells(
                "22豫债08 | 2022年河南省其他项目收益专项债券（二期） | 15 | 源汇区 | "
                "湿地公园综合开发项目 | 3.21 | 0.3 | 10.36 | 7.5 | 1.46 | 0.3 | "
            ),
            cells(
                "22豫债31 | 2022年河南省其他项目收益专项债券（十九期） | 20 | 源汇区 | "
                "景区配套设施提升工程 | 3.19 | 0.3 | 0.99 | 0.5 | 0.3 | 0.3 | "
            ),
        ],
        unit="亿元",
        numbering=cells(" |  |  |  |  |  | （1） | （2） | （3） | （4） | （5） | "),
    )
    return book


def hospital_bonds() -> Book:
    """After a hospital's page: state of bonds above, income and assets below, one project."""
    book = Book(
        "政府专项债券情况表（截至2022年末）.xlsx",
        "同表上下两个表，同一项目出现两次（下表只有名称和收益）；表头三层；两处单位：万元",
        "铜陵市第二人民医院“截至2021年末政府专项债券情况表”与“项目收入及对应资产情况表”（tl2y.com）",
    )
    sheet = book.sheet("专项债")
    sheet.banner(1, "截至2022年末政府专项债券情况表", 1, 13)
    sheet.put(2, 13, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "部门名称 | 债券信息 | < | < | < | 债券项目情况 | < | < | < | < | < | "
            "运营状态（未运营/正常运营） | 备注"
        ),
        cells(
            "^ | 债券名称 | 债券规模（万元） | 发行时间 | 债券利率（%） | 项目名称 | "
            "项目所在地区 | 项目总投资 | < | 项目已实现投资 | < | ^ | ^"
        ),
        cells(
            "^ | ^ | ^ | ^ | ^ | ^ | ^ | 总投资 | 其中：债券资金安排 | 已实现投资 | "
            "其中：债券资金安排 | ^ | ^"
        ),
    ]
    fields = columns("- | - | - | - | - | name | place | total_investment | - | - | -")
    row = table(
        book,
        sheet,
        3,
        head,
        [*fields, None, None],
        [
            cells(
                "区二院 | 2022年河南省基础设施专项债券（十八期） | 3000 | {} | 3.14 | "
                "区第二人民医院病房楼扩建工程 | 源汇区 | 19900 | 12000 | 3490.2 | 490.2 | "
                "未运营 | ",
                date(2022, 9, 22),
            )
        ],
        unit="万元",
    )
    sheet.banner(row + 2, "截至2022年末政府专项债券项目收入及对应资产情况表", 1, 10)
    sheet.put(row + 3, 10, "单位：万元")
    second: list[list[Cell]] = [
        cells(
            "债券名称 | 项目名称 | 使用债务资金部门名称 | 已取得项目收益 | < | < | < | "
            "项目资产 | < | 备注"
        ),
        cells("^ | ^ | ^ | 合计 | < | 运营收益 | < | 资产类型 | 资产评估价值 | ^"),
        cells("^ | ^ | ^ | 累计数 | 其中当年数 | 累计数 | 其中当年数 | ^ | ^ | ^"),
    ]
    table(
        book,
        sheet,
        row + 4,
        second,
        columns("- | - | - | - | - | - | - | - | - | -"),
        [
            cells(
                "2022年河南省基础设施专项债券（十八期） | 区第二人民医院病房楼扩建工程 | "
                "区二院 | 0 | 0 | 0 | 0 | 医疗卫生 |  | 项目在建未竣工"
            )
        ],
        table_unit="万元",
        kind="other",
    )
    return book


def general_bonds() -> Book:
    """After the table 3-1 of a city in Sichuan: a project of its own in each row, long progress."""
    book = Book(
        "新增一般债券情况表（表3-1）.xlsx",
        "两行表头，发行时间列中真日期与文本混用，建设进度为长文字，最后有说明行",
        "遂宁市新增地方政府一般债券情况表（表3-1，财预〔2018〕209号格式的公开页）",
    )
    sheet = book.sheet("表3-1")
    sheet.put(1, 1, "表3-1")
    sheet.banner(2, "2021年—2022年发行的新增地方政府一般债券情况表", 1, 13)
    sheet.put(3, 13, "单位：万元")
    head: list[list[Cell]] = [
        cells(
            "债券基本信息 | < | < | < | < | < | 项目名称 | 债券项目总投资 | < | "
            "债券项目已实现投资 | < | 项目建设进度、运营情况 | 备注"
        ),
        cells(
            "债券名称 | 债券编码 | 债券类型 | 债券规模 | 发行时间（年/月/日） | 债券期限 | "
            "^ | 总投资 | 其中：债券资金安排 | 已实现总投资 | 其中：债券资金安排 | ^ | ^"
        ),
    ]
    fields = columns("- | - | - | - | - | - | name | total_investment | - | - | -")
    progress = "完成六个填方区地基处理分部工程，箱涵主体通过验收，累计填筑土石方191.8万立方米。"
    row = table(
        book,
        sheet,
        4,
        head,
        [*fields, "physical_progress", None],
        [
            cells(
                "2021年河南省政府一般债券（三期） | '2105264 | 一般 | 4710 | 2021-7-27 | "
                "3年 | 通用机场场平工程 | 195794 | 200 | 112391.22 | 200 | {} | ",
                progress,
            ),
            cells(
                "2021年河南省政府一般债券（四期） | '2105265 | 一般 | 4710 | {} | 5年 | "
                "区文化中心 | 44355 | 220 | 35321.12 | 220 | "
                "土建完成85%，外墙安装施工中。 | ",
                date(2021, 7, 27),
            ),
            cells(
                "2022年河南省政府一般债券（一期） | '2205101 | 一般 | 1500 | 2022/3/15 | "
                "7年 | 乡镇幼儿园建设 | 3260.58 | 1500 | 2870 | 1500 | 4所建成投用。 | "
            ),
        ],
        unit="万元",
    )
    sheet.banner(row, "注：债券规模为该期债券总规模。", 1, 13)
    return book


def three_kinds_of_money() -> Book:
    """After an import sheet of investment projects: three funds with the same four headings."""
    book = Book(
        "投资项目资金情况总表.xlsx",
        "三组同名子列（下达年份批次、下达资金、支付资金、支付进度）各在不同上级表头之下，表头两行",
        "公开代码 ImportForInveProj（项目总表）：中央预算内投资资金情况_下达资金…",
    )
    sheet = book.sheet("项目总表")
    sheet.banner(1, "投资项目资金下达支付情况总表", 1, 15)
    sub: list[Cell] = cells("下达年份批次 | 下达资金（万元） | 支付资金（万元） | 支付进度")
    head: list[list[Cell]] = [
        cells(
            "序号 | 项目名称 | 总投资（万元） | 中央预算内投资资金情况 | < | < | < | "
            "省预算内投资资金情况 | < | < | < | 地方政府专项债券资金情况 | < | < | <"
        ),
        [UP, UP, UP, *sub, *sub, *sub],
    ]
    table(
        book,
        sheet,
        2,
        head,
        columns("- | name | total_investment | - | - | - | - | - | - | - | - | - | - | - | -"),
        [
            cells(
                "1 | 县城排水防涝设施 | 26800 | 2022年第一批 | 5000 | 4200 | 84% |  |  | "
                " |  | 2022年3月 | 8000 | 6100 | 0.7625"
            ),
            cells(
                "2 | 高中新校区 | 43500 |  |  |  |  | 2023年第一批 | 1200 | 300 | 0.25 | "
                "2022年6月 | 15000 | 15000 | 100%"
            ),
            cells(
                "3 | 疾控中心实验室 | 5200.8 | 2021年第二批 | 1800 | 1800 | 1 | / | / | "
                "/ | / | / | / | / | /"
            ),
            Total(
                cells(" | 合计 | 75500.8 |  | 6800 | 6000 |  |  | 1200 | 300 |  |  | 23000 | 21100")
            ),
        ],
        unit="万元",
    )
    return book


def names_last() -> Book:
    """After a prefecture's table: the name of the project stands in the last column."""
    book = Book(
        "发行的新增一般债券情况表（名称在末列）.xlsx",
        "项目名称在最后一列，许多格为空，同一债券名连续重复，单位亿元带三位小数",
        "凉山州截至2023年末新增地方政府一般债券情况表（lsjtjt.cn，项目名在备注列后）",
    )
    sheet = book.sheet("Sheet1")
    sheet.banner(1, "截至2022年末新增地方政府一般债券情况表", 1, 9)
    sheet.put(2, 8, "单位：亿元")
    head: list[list[Cell]] = [
        cells("债券基本信息 | < | < | < | < | 债券项目总投资 | < | 债券项目已实现投资 | 项目名称"),
        cells(
            "债券名称 | 债券编码 | 债券规模 | 发行时间 | 债券利率（%） |  | "
            "其中：债券资金安排 | ^ | ^"
        ),
    ]
    bond: list[Cell] = ["2022年河南省政府一般债券（四期）", "160832"]
    table(
        book,
        sheet,
        3,
        head,
        columns("- | - | - | - | - | total_investment | - | - | name"),
        [
            [*bond, 0.072, date(2022, 8, 10), 3.26, 0.31, 0.072, 0.2, "交通安保工程"],
            [*bond, 0.195, date(2022, 8, 10), 3.26, "", "", "", "森林防火道路"],
            [*bond, 0.3, date(2022, 8, 10), 3.26, 3.95, 0.35, 2.25, "S309椅子垭口隧道"],
            [
                *bond,
                0.018,
                date(2022, 8, 10),
                3.26,
                0.125,
                0.018,
                0.09,
                Said("桥梁监测\n（一期）", "桥梁监测（一期）"),
            ],
        ],
        unit="亿元",
    )
    return book


WORKBOOKS = (
    bond_life,
    hospital_bonds,
    general_bonds,
    three_kinds_of_money,
    names_last,
)
