"""A ledger on its sheets: nothing lost, nothing outside, the heading on each."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest

from desktop.reports.content import LedgerPaper, Row, SheetSize
from desktop.reports.ledger_pdf import SHEETS, draw_ledger
from desktop.reports.page import MM
from tests.reports import papers, read_back


def drawn(paper: LedgerPaper) -> bytes:
    target = BytesIO()
    draw_ledger(paper, target)
    return target.getvalue()


def text_of(page: Any) -> str:
    return "".join(line.text for line in read_back.lines(read_back.upright_chars(page)))


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [("A4", 210, 297), ("A4 landscape", 297, 210), ("A3 landscape", 420, 297)],
)
def test_every_sheet_has_heading_unit_and_number_and_nothing_outside(
    size: SheetSize, width: int, height: int
) -> None:
    pages = read_back.sheets(drawn(papers.ledger_paper(40, size)))
    assert len(pages) > 1
    sheet = SHEETS[size]
    for page in pages:
        assert (page.width / MM, page.height / MM) == pytest.approx((width, height), abs=0.01)
        text = text_of(page)
        assert "资金来源" in text
        assert "单位：万元" in text
        assert f"第{page.page_number}页共{len(pages)}页" in text
        assert "账本：源汇区期次：2023年第9周" in text
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
        for line in read_back.lines(read_back.upright_chars(page)):
            assert sheet.left - 0.1 <= line.left
            assert line.right <= sheet.right + 0.1


def test_every_row_stands_once_and_in_order() -> None:
    pages = read_back.sheets(drawn(papers.ledger_paper(200)))
    said = "".join(c["text"] for page in pages for c in page.chars)
    assert re.findall(r"年产(\d+)万吨", said) == [str(number + 3) for number in range(200)]


def test_the_signatures_are_on_the_sheet_of_the_last_row() -> None:
    for count in range(20, 32):
        last = text_of(read_back.sheets(drawn(papers.ledger_paper(count)))[-1])
        assert f"合计（{count}个项目）" in last
        assert "填表人：" in last
        assert "单位负责人（签章）：" in last


def test_an_empty_ledger_says_so() -> None:
    (page,) = read_back.sheets(drawn(papers.ledger_paper(0, body=())))
    assert "本期无数据" in text_of(page)
    assert "项目名称" in text_of(page)


def test_ugly_cells_lose_nothing() -> None:
    name = "".join(chr(0x4E00 + 7 * n) for n in range(200))
    problem = "".join(chr(0x4E00 + n) for n in range(3000))
    body = (
        Row(("1", name, "大刘镇", "9" * 30, "", "", "", "", "", problem), light="red"),
        Row(("2", "短", "大刘镇\n第二行", "—", "1" * 40, "x" * 90)),
        Row(()),
        Row(("3", "甲", "乙", "1", "2", "3", "4", "5", "6", "丙", "丁", "", "太多", "列")),
    )
    pages = read_back.sheets(drawn(papers.ledger_paper(0, "A3 landscape", body)))
    chars = [c for page in pages for c in read_back.upright_chars(page)]
    texts = {c["text"] for c in chars}
    assert set(name) | set(problem) <= texts
    assert "列" in texts  # from the heading only
    for page in pages:
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert drawn(papers.ledger_paper(30)) == drawn(papers.ledger_paper(30))


def test_all_fonts_are_embedded() -> None:
    assert all(read_back.fonts(drawn(papers.ledger_paper(6))).values())
