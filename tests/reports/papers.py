"""Papers to draw in tests: small, long and ugly ones."""

from __future__ import annotations

from datetime import date

from desktop.reports.content import (
    Block,
    Closing,
    Column,
    Footer,
    Heading,
    Ledger,
    LedgerPaper,
    Light,
    Paper,
    Paragraph,
    RedHead,
    Row,
    SheetSize,
    Table,
)

UNITS = ("沙澧高新区", "大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇", "干河陈街道")
LIGHTS: tuple[Light, ...] = ("green", "yellow", "red")
FOOTER = Footer("源汇区", "2023年第9周")
MADE_ON = date(2023, 3, 3)
PROSE = (
    "本周（2月24日—3月2日）全区调度重点项目120个，完成投资4.36亿元；年累计完成43.62亿元，占年度计划的16.2%，"
    "低于序时进度0.6个百分点。新开工项目21个，已开工9个，开工率42.9%。会议强调“项目为王”，要求各单位（含街道）"
    "盯紧《促进经济稳定持续向好扩大有效投资政策措施》各项任务……按时报送。"
)
COLUMNS = (
    Column(("序号",), "word"),
    Column(("项目名称",)),
    Column(("责任单位",)),
    Column(("总投资",), "figure"),
    Column(("资金来源", "专项债"), "figure"),
    Column(("资金来源", "自筹"), "figure"),
    Column(("完成投资", "本周完成"), "figure"),
    Column(("完成投资", "年累计"), "figure"),
    Column(("完成率（%）",), "figure"),
    Column(("存在问题",)),
    Column(("责任人",), "word"),
    Column(("灯",), "light"),
)


def rows(count: int) -> tuple[Row, ...]:
    """Projects by unit with section and subtotal rows, and a total."""
    found: list[Row] = []
    for number in range(count):
        unit = UNITS[number * len(UNITS) // count]
        if not found or unit != UNITS[(number - 1) * len(UNITS) // count]:
            found.append(Row((f"{unit}（重点项目）",), "section"))
        cells = (
            str(number + 1),
            f"年产{number + 3}万吨面制品加工项目（二期）",
            unit,
            f"{12345.67 * (number % 17 + 1):,.2f}",
            f"{4321.5 * (number % 5):,.2f}",
            f"{8024.17:,.2f}",
            f"{62.4 + number:,.2f}",
            f"{1024.8 + number:,.2f}",
            f"{number % 100}.5",
            "土地指标未落实，涉及15.3亩一般农田需调整；电力线路迁改缓慢。" * (number % 3),
            ("张昇", "李喆", "赵䶮")[number % 3],
        )
        found.append(Row(cells, light=LIGHTS[number % 3]))
    found.append(Row((f"合计（{count}个项目）", "", "", "9,876,543.21"), "total", span=3))
    return tuple(found)


def ledger(
    count: int = 12, size: SheetSize = "A4 landscape", body: tuple[Row, ...] | None = None
) -> Ledger:
    return Ledger(
        "源汇区重点项目周调度台账",
        Table(
            COLUMNS,
            rows(count) if body is None else body,
            unit="单位：万元",
            note="注：完成投资为调度口径。",
        ),
        subtitle="2023年第9周（2月24日—3月2日）",
        prepared="填报单位：源汇区重点项目办",
        signatures=("填表人", "审核人", "单位负责人（签章）"),
        size=size,
    )


def ledger_paper(
    count: int = 12, size: SheetSize = "A4 landscape", body: tuple[Row, ...] | None = None
) -> LedgerPaper:
    return LedgerPaper(ledger(count, size, body), FOOTER, MADE_ON, author="源汇区重点项目办")


def unit_table(count: int) -> Table:
    columns = (
        Column(("名次",), "word"),
        Column(("单位",)),
        Column(("年度计划（亿元）",), "figure"),
        Column(("年累计（亿元）",), "figure"),
        Column(("完成率",), "figure"),
        Column(("灯",), "light"),
    )
    body = tuple(
        Row((str(n + 1), UNITS[n % 6], "132.40", "24.76", "18.7%"), light=LIGHTS[n % 3])
        for n in range(count)
    )
    total = Row((f"合计（{count}个单位）", "", "270.00", "43.62", "16.2%"), "total", span=2)
    return Table(columns, (*body, total), caption="各单位完成情况", note="注：按完成率排名。")


def paper(*blocks: Block, **changes: object) -> Paper:
    """A red-headed weekly report of the given blocks, or of some of every kind."""
    body = blocks or (
        Heading(1, "一、总体情况"),
        Paragraph(PROSE),
        unit_table(6),
        Heading(2, "（一）进展滞后的项目"),
        Paragraph(PROSE, lead="1. 㙍头镇昇堃冷链物流园（大刘镇）。", light="red"),
        Paragraph(PROSE, lead="2. 蓝硕再生资源项目（空冢郭镇）。", light="yellow"),
        Heading(1, "二、问题和需要协调的事项"),
        Table((Column(("事项",)), Column(("时限",), "word")), ()),
        Heading(3, "1. 下周安排"),
        Paragraph("盯紧红灯项目。"),
        Closing("源汇区重点项目建设指挥部办公室", "2023年3月3日"),
    )
    values: dict[str, object] = {
        "head": RedHead("源汇区重点项目周调度", "第 9 期", "源汇区重点项目办", "2023年3月3日"),
        "author": "源汇区重点项目办",
        "appendices": (),
        **changes,
    }
    return Paper("全区重点项目第9周进展情况", tuple(body), FOOTER, MADE_ON, **values)  # type: ignore[arg-type]
