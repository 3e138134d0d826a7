"""What belongs together stands on one sheet: sentences and tables, signatures and text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from desktop.reports.content import (
    Attachments,
    Block,
    Closing,
    Column,
    Entry,
    Form,
    Heading,
    Paragraph,
    Row,
    Signatures,
    Table,
)
from desktop.reports.fonts import load_faces
from desktop.reports.page import A4, PITCH
from desktop.reports.paper_keeping import tied_blocks
from desktop.reports.paper_pdf import draw_paper
from tests.reports import papers, read_back

CLOSING = Closing("源汇区重点项目办", "2023年3月3日")
ROWS = tuple(Row((f"事项{number}",)) for number in range(1, 7))
TABLE = Table((Column(("待办事项",)),), ROWS)


def sheets(*blocks: Block) -> list[Any]:
    target = BytesIO()
    draw_paper(papers.paper(*blocks, head=None), target)
    return read_back.sheets(target.getvalue())


def lines(page: Any) -> list[str]:
    return [line.text for line in read_back.body_lines(page)]


def filler(count: int) -> list[Block]:
    """So many lines of text."""
    return [Paragraph("甲" * (28 * count - 2))]


def last_and_closing(*blocks: Block) -> list[str]:
    """What stands on the last sheet, where all before it is full of text."""
    return lines(sheets(*blocks)[-1])


@pytest.mark.parametrize("before", range(8, 19))
@pytest.mark.parametrize("shown", [TABLE, Form(((Entry("待办事项"),), (Entry("时限"),)))])
def test_a_sentence_stays_with_the_table_that_it_announces(before: int, shown: Block) -> None:
    blocks = [*filler(before), Heading(1, "二、待办"), Paragraph("未办结事项6件。"), shown]
    for page in sheets(*blocks):
        said = lines(page)
        assert ("未办结事项6件。" in said) == any(text == "待办事项" for text in said)
        assert said[-1] not in ("二、待办", "未办结事项6件。")


def test_only_what_announces_a_table_is_tied_to_it() -> None:
    faces, long = load_faces(), Paragraph("本周各项目进展正常。" * 20)
    ending = Paragraph("本周各项目进展正常。" * 20 + "情况如下：")
    short = Paragraph("事项如下。")
    assert tied_blocks([Heading(1, "一"), short, TABLE], faces) == {1}
    assert tied_blocks([Heading(1, "一"), long, TABLE], faces) == set()
    assert tied_blocks([long, ending, TABLE], faces) == {1}
    assert tied_blocks([long, short, TABLE], faces) == set()
    assert tied_blocks([short, long], faces) == set()


@pytest.mark.parametrize("before", range(12, 20))
@pytest.mark.parametrize(
    "ends",
    [(CLOSING,), (Signatures(("填报人", "审核人")), CLOSING), (Attachments(("名单",)), CLOSING)],
)
def test_two_lines_of_text_stand_on_the_sheet_of_the_issuer(
    before: int, ends: tuple[Block, ...]
) -> None:
    """此页无正文 is not allowed; a last paragraph of one line is no text to speak of."""
    short = [Paragraph("请认真落实。"), Paragraph("特此通知。")]
    said = lines(sheets(*filler(before), *short, *ends)[-1])
    assert said[-1] == "2023年3月3日"
    assert "特此通知。" in said
    assert said.index("特此通知。") > 0
    assert "请认真落实。" in said


@pytest.mark.parametrize("before", range(4, 16))
def test_the_issuer_is_not_parted_from_the_table_above(before: int) -> None:
    said = lines(sheets(*filler(before), TABLE, CLOSING)[-1])
    assert "事项6" in said


def test_a_high_row_is_cut_rather_than_carried_over() -> None:
    """A row of half a sheet leaves no white at a sheet's foot."""
    words = "".join(chr(0x4E00 + number) for number in range(700))
    high = Table(
        (Column(("问题",)), Column(("措施",))), tuple(Row((words, "整改")) for _ in range(4))
    )
    pages = sheets(*filler(6), high)
    for page in pages[:-1]:
        lowest = min(line.base for line in read_back.body_lines(page))
        assert lowest - A4.bottom < 2 * PITCH
    text = "".join("".join(text.split("问题措施")) for page in pages for text in lines(page))
    assert text.count("整改") == 4
    assert text.replace("整改", "").replace("续", "").count(words[300:320]) == 4
