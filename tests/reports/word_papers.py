"""Papers with every kind of block, for what is written as Word and Excel; and all their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.reports.charts.drawing import Drawing, Line, Path, Rect, Symbol, Text
from desktop.reports.content import (
    Addressee,
    Attachments,
    Attendance,
    Block,
    Chart,
    Closing,
    Entry,
    Form,
    Heading,
    Imprint,
    LetterHead,
    Paper,
    Paragraph,
    Signatures,
    Slip,
    Table,
)
from tests.reports import papers

CHART = Drawing(
    400,
    120,
    (
        Rect(x=20, y=20, width=120, height=18, role="accent", tint=0.4, hatched=True, radius=2),
        Path(points=((20, 100), (120, 60), (300, 80)), dashed=True),
        Path(points=((20, 110), (120, 110), (120, 90)), filled=True, tint=0.2),
        Line(x1=20, y1=112, x2=380, y2=112, role="ink_faint"),
        Text(x=200, y=30, text="大刘镇 18.2%㙍", size=9, bold=True),
        Text(x=380, y=50, text="序时 18.6%", size=9, anchor="end", role="ink_soft"),
        Symbol(x=160, y=29, size=8, shape="disc", role="light_green"),
        Symbol(x=175, y=29, size=8, shape="triangle", role="light_yellow"),
        Symbol(x=190, y=29, size=8, shape="square", role="light_red"),
        Symbol(x=210, y=80, size=8, shape="ring"),
        Symbol(x=230, y=80, size=8, shape="diamond"),
        Symbol(x=250, y=80, size=8, shape="hollow_diamond"),
        Rect(x=0, y=0, width=400, height=120, role="", tip="只有提示"),
    ),
    said="各单位完成率：大刘镇18.2%。",
)
LETTER_HEAD = LetterHead("源汇区重点项目建设指挥部办公室", "源重办函〔2023〕3号", "特急")
EVERY_BLOCK: tuple[Block, ...] = (
    Addressee("大刘镇人民政府"),
    Heading(1, "一、依据的数据"),
    Paragraph(papers.PROSE),
    papers.unit_table(6),
    Chart(CHART, "各单位完成率"),
    Heading(2, "（一）滞后的项目"),
    Paragraph("进度滞后。", lead="一是昇堃冷链物流园。", light="red"),
    Heading(3, "1. 要求"),
    Form(
        ((Entry("项目", "年产3万吨面制品"), Entry("责任人", "张昇")), (Entry("问题", "土地", 2),)),
        caption="基本情况",
    ),
    Attendance("出席：", "张昇、李喆"),
    Attendance("请假", "赵䶮"),
    Attachments(("各单位完成情况", "滞后项目清单")),
    Signatures(("填报人", "审核人")),
    Closing("源汇区重点项目建设指挥部办公室", "2023年3月3日"),
    Slip(
        "回执",
        (Form(((Entry("办理情况", lines=10),),)), Signatures(("经办人",))),
        subtitle="请于3月10日前反馈",
    ),
    Imprint("源汇区重点项目办", "2023年3月3日", "区委办，区政府办"),
)


def every(**changes: object) -> Paper:
    """A paper with every kind of block and two appendices."""
    appendices = (papers.ledger(30), papers.ledger(12, "A3 landscape"))
    return papers.paper(*EVERY_BLOCK, **{"appendices": appendices, "subtitle": "第9周", **changes})


def said(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of the blocks in the order in which a reader meets it."""
    for block in blocks:
        match block:
            case Table():
                yield from (block.caption, block.unit)
                for row in block.rows or ():
                    yield from row.cells
                yield block.note
            case Chart():
                yield block.caption
            case Paragraph():
                yield from (block.lead, block.text)
            case Heading() | Addressee():
                yield block.text
            case Attendance():
                yield from (block.lead.rstrip("："), block.names)
            case Form():
                yield block.caption
                for entries in block.rows:
                    for entry in entries:
                        yield from (entry.label, entry.text)
            case Attachments() | Signatures():
                yield from block.names
            case Closing():
                yield from (block.issuer, block.date)
            case Slip():
                yield from (block.title, block.subtitle)
                yield from said(block.blocks)
            case Imprint():
                yield from (block.copied, block.office, block.date)
