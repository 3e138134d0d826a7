"""Below the type area: small line and QR on every kind of sheet, 版记 at the foot of the last."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest

from desktop.reports import qr
from desktop.reports.content import Footer, Imprint, LetterHead, Paper, Paragraph, SheetSize
from desktop.reports.ledger_pdf import SHEETS, draw_ledger
from desktop.reports.page import A4, MM
from desktop.reports.paper_feet import QR_SIDE
from desktop.reports.paper_pdf import draw_paper
from tests.reports import papers, read_back, read_qr

FOOTER = Footer("源汇区", "2023年第9周", "3F0A-91C4-77DE")
TEXT = "OL1 源汇区 2023年第9周 3F0A91C477DE"
COUNT = len(qr.modules(TEXT))
PRINTED = Imprint("源汇区重点项目办", "2023年3月3日", "各乡镇（街道），区直有关单位")


def drawn(paper: Paper) -> bytes:
    target = BytesIO()
    draw_paper(msgspec.structs.replace(paper, footer=FOOTER), target)
    return target.getvalue()


def test_the_qr_on_upright_pages_is_read_on_the_inner_side() -> None:
    data = drawn(papers.paper(*[Paragraph(papers.PROSE) for _ in range(8)]))
    for page, left in ((0, A4.left), (1, A4.right - QR_SIDE)):
        squares = read_qr.seen(data, page, left, 8 * MM, QR_SIDE, COUNT)
        assert read_qr.text(squares) == TEXT
    for page in read_back.sheets(data):
        for rect in page.rects:
            assert rect["y1"] < A4.bottom - 7 * MM  # clear of the page number and the type area


def test_the_qr_is_read_on_an_appendix_that_lies_on_its_side() -> None:
    data = drawn(papers.paper(head=None, appendices=(papers.ledger(5),)))
    pages = read_back.sheets(data)
    number = len(pages)
    assert pages[-1].width > pages[-1].height
    # The upright page was turned clockwise: its left edge is now above, its foot on the left.
    left = A4.left if number % 2 else A4.right - QR_SIDE
    squares = read_qr.seen(
        data, number - 1, 8 * MM, pages[-1].height - left - QR_SIDE, QR_SIDE, COUNT
    )
    upright = [[squares[c][COUNT - 1 - r] for c in range(COUNT)] for r in range(COUNT)]
    assert read_qr.text(upright) == TEXT


@pytest.mark.parametrize("size", ["A4", "A4 landscape", "A3 landscape"])
def test_the_qr_is_read_on_every_ledger_sheet(size: SheetSize) -> None:
    target = BytesIO()
    draw_ledger(msgspec.structs.replace(papers.ledger_paper(40, size), footer=FOOTER), target)
    data, sheet = target.getvalue(), SHEETS[size]
    pages = read_back.sheets(data)
    for number, page in enumerate(pages):
        low = sheet.bottom - 1.4 * MM - QR_SIDE
        squares = read_qr.seen(data, number, sheet.left, low, QR_SIDE, COUNT)
        assert read_qr.text(squares) == TEXT
        line = next(
            line
            for line in read_back.lines(read_back.upright_chars(page))
            if line.base < sheet.bottom
        )
        assert line.text == (
            f"账本：源汇区期次：2023年第9周校验码：3F0A-91C4-77DE第{number + 1}页共{len(pages)}页"
        )
        assert line.left > sheet.left + QR_SIDE
        assert read_back.outside(page) == []


def test_without_a_code_there_is_neither_qr_nor_code() -> None:
    target = BytesIO()
    draw_paper(papers.paper(), target)
    page = read_back.sheets(target.getvalue())[0]
    assert page.rects == []
    assert "校验码" not in page.extract_text()


def test_a_very_long_book_name_is_cut_and_stays_on_its_side() -> None:
    long = msgspec.structs.replace(FOOTER, book="源汇区重点项目建设指挥部办公室" * 20)
    target = BytesIO()
    draw_paper(msgspec.structs.replace(papers.paper(), footer=long), target)
    draw_ledger(msgspec.structs.replace(papers.ledger_paper(3), footer=long), target)
    for page in read_back.sheets(target.getvalue()):
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
        assert "…" in page.extract_text()


def test_the_imprint_stands_at_the_very_foot_of_the_last_page() -> None:
    page = read_back.sheets(drawn(papers.paper(Paragraph("正文。"), PRINTED, head=None)))[-1]
    rules = sorted((r for r in page.lines if r["width"] > A4.measure - 1), key=lambda r: r["y0"])
    assert [rule["linewidth"] / MM for rule in rules] == pytest.approx([0.35, 0.25, 0.35], abs=0.01)
    assert rules[0]["y0"] == pytest.approx(A4.bottom, abs=0.5)
    for rule in rules:
        assert rule["x0"] == pytest.approx(A4.left, abs=0.1)
        assert rule["width"] == pytest.approx(A4.measure, abs=0.1)
    copied, printed = read_back.body_lines(page)[-2:]
    assert copied.text == "抄送：各乡镇（街道），区直有关单位。"
    assert printed.text == "源汇区重点项目办2023年3月3日印发"
    for line in (copied, printed):
        assert line.size == pytest.approx(14)
        assert line.left == pytest.approx(A4.left + 14, abs=0.5)  # one character in
    assert printed.right == pytest.approx(A4.right - 14, abs=0.5)


def test_long_copies_hang_below_the_first_receiver() -> None:
    printed = msgspec.structs.replace(PRINTED, copied="抄送：" + "区发展和改革委员会，" * 12)
    page = read_back.sheets(drawn(papers.paper(Paragraph("正文。"), printed)))[-1]
    lines = [line for line in read_back.body_lines(page) if line.size == pytest.approx(14)]
    assert len(lines) > 3
    for line in lines[1:-1]:
        assert line.left == pytest.approx(A4.left + 4 * 14, abs=0.5)
    assert sum(line.text.count("抄送：") for line in lines) == 1


def test_a_letter_has_neither_rules_nor_printing_office() -> None:
    head = LetterHead("源汇区重点项目办", "源重办函〔2023〕5号")
    page = read_back.sheets(drawn(papers.paper(Paragraph("正文。"), PRINTED, head=head)))[-1]
    assert read_back.body_lines(page)[-1].text == "抄送：各乡镇（街道），区直有关单位。"
    assert [r for r in page.lines if r["stroking_color"] in ((0,), (0, 0, 0), 0)] == []


def test_the_imprint_is_never_alone_on_a_page() -> None:
    for before in range(14, 23):
        blocks = (Paragraph("甲" * (28 * before - 2)), PRINTED)
        last = read_back.body_lines(read_back.sheets(drawn(papers.paper(*blocks, head=None)))[-1])
        assert last[0].text[0] in "甲全"
        assert last[-1].text.endswith("印发")


def test_receivers_that_no_sheet_can_hold_go_on_on_the_next() -> None:
    names = [f"第{number}重点项目建设指挥部" for number in range(300)]
    printed = msgspec.structs.replace(PRINTED, copied="，".join(names))
    pages = read_back.sheets(drawn(papers.paper(Paragraph("正文。"), printed, head=None)))
    assert len(pages) > 2
    for page in pages:
        assert read_back.collisions(page) == []
        assert all(line.base > A4.bottom for line in read_back.body_lines(page))
    small = [
        line.text
        for page in pages
        for line in read_back.body_lines(page)
        if line.size == pytest.approx(14)
    ]
    text = "".join(small)
    assert all(name in text for name in names)
    assert text.count("抄送：") == text.count("印发") == 1
    assert "正文。" in [line.text for line in read_back.body_lines(pages[0])]
    assert small[-1].endswith("印发")
