"""Forms and slips: every label beside what is written, room for the pen, a sheet of its own."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest

from desktop.reports.charts.drawing import Drawing
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
    Paragraph,
    Signatures,
    Slip,
)
from desktop.reports.page import A4, PITCH
from desktop.reports.paper_forms import less_room
from desktop.reports.paper_pdf import draw_paper
from tests.reports import papers, read_back

FORM = Form(
    (
        (Entry("文号", "源重办函〔2023〕5号"), Entry("办理时限", "2023年3月20日")),
        (Entry("承办单位", "大刘镇人民政府"),),
        (Entry("办理情况", "", 8),),
        (Entry("单位签章", "年　月　日", 4),),
    ),
    "办理情况表",
)
OF_EVERY_KIND: tuple[Block, ...] = (
    Addressee("各单位"),
    Heading(1, "一、甲"),
    Paragraph("乙。"),
    papers.unit_table(3),
    Chart(Drawing(300, 100), "丙"),
    FORM,
    Attendance("出席", "丁"),
    Attachments(("戊",)),
    Signatures(("己",)),
    Closing("庚", "2023年3月3日"),
    Slip("辛", (FORM,)),
    Imprint("壬", "2023年3月3日", "癸"),
)


def drawn(*blocks: Block) -> list[Any]:
    target = BytesIO()
    draw_paper(papers.paper(*blocks, head=None), target)
    return read_back.sheets(target.getvalue())


def test_a_block_of_every_kind_is_drawn() -> None:
    assert {type(block) for block in OF_EVERY_KIND} == set(Block.__args__)
    pages = drawn(*OF_EVERY_KIND)
    said = "".join(page.extract_text() for page in pages)
    for text in (
        "各单位：",
        "一、甲",
        "乙。",
        "丙",
        "办理情况",
        "丁",
        "附件：戊",
        "己",
        "庚",
        "辛",
        "癸",
    ):
        assert text in said
    for page in pages:
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []


def test_labels_and_texts_stand_between_their_rules() -> None:
    (page,) = drawn(FORM)
    across = sorted(
        {round(line["y0"], 1) for line in page.lines if line["width"] > A4.measure - 1},
        reverse=True,
    )
    assert len(across) == 5  # one above and one below each of four rows
    high = [upper - lower for upper, lower in pairwise(across)]
    assert high[2] >= 8 * 0.9 * PITCH
    assert high[3] >= 4 * 0.9 * PITCH
    rows = read_back.body_lines(page)
    first = [line for line in rows if across[1] < line.base < across[0]]
    assert sorted(line.text for line in first) == [
        "文号办理时限",
        "源重办函〔2023〕5号2023年3月20日",
    ]
    seal = next(line for line in rows if line.text == "单位签章")
    day = next(line for line in rows if line.text == "年月日")
    assert across[4] < day.base < seal.base < across[3]  # below, where the pen ends
    assert A4.right - day.right < 30
    upright = {round(line["x0"], 1) for line in page.lines if line["height"] > 1}
    assert min(upright) == pytest.approx(A4.left, abs=0.2)
    assert max(upright) == pytest.approx(A4.right, abs=0.2)


def test_a_text_longer_than_a_sheet_goes_on_and_loses_nothing() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(1500))
    pages = drawn(Form(((Entry("情况", text), Entry("备注", "短")),)))
    assert len(pages) > 1
    chars = [c for page in pages for c in read_back.upright_chars(page)]
    assert set(text) <= {c["text"] for c in chars}
    assert "续" in pages[1].extract_text()
    for page in pages:
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
        assert all(line.base > A4.bottom for line in read_back.body_lines(page))


def test_a_slip_has_a_sheet_of_its_own() -> None:
    closing = Closing("源汇区重点项目办", "2023年3月3日")
    pages = drawn(
        Paragraph("正文。"), closing, Slip("回执", (FORM,), "（请盖章）"), Paragraph("后文。")
    )
    assert len(pages) == 3
    texts = ["".join(line.text for line in read_back.body_lines(page)) for page in pages]
    assert texts[0].endswith("2023年3月3日")
    assert texts[1].startswith("回执（请盖章）")
    assert texts[2] == "后文。"
    title = read_back.body_lines(pages[1])[0]
    assert title.size == 22
    assert (title.left + title.right) / 2 == pytest.approx((A4.left + A4.right) / 2, abs=0.5)


def test_a_paper_that_begins_with_a_slip_has_no_empty_sheet() -> None:
    target = BytesIO()
    from desktop.reports.content import Paper

    draw_paper(Paper("", (Slip("回执", (FORM,)),), papers.FOOTER, papers.MADE_ON), target)
    assert len(read_back.sheets(target.getvalue())) == 1


def test_an_empty_form_is_no_fault() -> None:
    (page,) = drawn(Form(()), Form(((),)), Paragraph("正文。"))
    assert "正文。" in page.extract_text()


def test_room_for_the_pen_never_outgrows_the_sheet() -> None:
    pages = drawn(Form(((Entry("情况", "", 200),), (Entry("备注"),))))
    assert all(line["y0"] > A4.bottom - 1 for page in pages for line in page.lines)


def test_a_slip_gives_up_room_for_the_pen_to_stand_on_one_sheet() -> None:
    rows = ((Entry("事项", "请说明办理情况和存在问题。" * 10),), (Entry("情况", "", 12),))
    sealed = (Entry("单位签章", "年　月　日", 5),)
    long = Slip("回执", (Form((*rows, *rows, sealed)),))
    assert len(drawn(long)) == 2  # the title, the slip
    short = Slip("回执", (Form((rows[1], sealed)),))
    _, page = drawn(short)
    across = sorted({round(line["y0"], 1) for line in page.lines if line["width"] > 1})
    assert max(b - a for a, b in pairwise(across)) == pytest.approx(12 * 27, abs=1)
    assert less_room(Slip("回执", (Form(((Entry("情况", "", 3),),)),))) is None
