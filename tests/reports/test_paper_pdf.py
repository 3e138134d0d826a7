"""A paper of prose as drawn sheets: measured back by GB/T 9704-2012."""

from __future__ import annotations

import itertools
from io import BytesIO
from typing import Any

import msgspec
import pypdfium2
import pytest

from desktop.reports.content import Block, Closing, Heading, Paper, Paragraph, Signatures
from desktop.reports.page import A4, BODY, MM, PITCH
from desktop.reports.paper_pdf import draw_paper
from desktop.reports.prose import NO_END, NO_START
from tests.reports import papers, read_back


def drawn(paper: Paper) -> bytes:
    target = BytesIO()
    draw_paper(paper, target)
    return target.getvalue()


@pytest.fixture(scope="module")
def report() -> bytes:
    """A whole report with an appendix on its side, three pages or more of it upright."""
    blocks: list[Block] = [*papers.paper().blocks]
    blocks[3:3] = [papers.unit_table(50), *[Paragraph(papers.PROSE) for _ in range(6)]]
    return drawn(papers.paper(*blocks, appendices=(papers.ledger(30),), demonstration=True))


@pytest.fixture(scope="module")
def pages(report: bytes) -> list[Any]:
    return read_back.sheets(report)


def test_a_full_page_holds_22_lines_of_28_characters() -> None:
    text = "源汇区重点项目建设" * 200
    first, second, *_ = read_back.sheets(drawn(papers.paper(Paragraph(text), head=None)))
    lines = read_back.body_lines(second)
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    for upper, lower in itertools.pairwise(lines):
        assert upper.base - lower.base == pytest.approx(PITCH, abs=0.02)
    for line in lines:
        assert line.size == pytest.approx(BODY)
        assert line.left == pytest.approx(28 * MM, abs=0.1)
        assert line.right == pytest.approx((210 - 26) * MM, abs=0.1)
    assert A4.top - lines[0].base < PITCH
    assert lines[-1].base > 35 * MM
    assert read_back.body_lines(first)[-1].base == pytest.approx(lines[-1].base, abs=0.02)


def test_body_and_headings_are_in_their_faces(pages: list[Any]) -> None:
    faces = {line.text[:2]: line.fonts for page in pages for line in read_back.body_lines(page)}
    assert faces["一、"] == {"OneLedgerHei-Regular"}
    assert faces["（一"] == {"OneLedgerKai-Regular"}
    assert faces["本周"] == {"OneLedgerFang-Regular", "OneLedgerSong-Regular"}
    assert faces["全区"] >= {"OneLedgerTitle-Regular"}


def test_the_red_head_stands_where_the_standard_puts_it(pages: list[Any]) -> None:
    lines = read_back.body_lines(pages[0])
    mark = next(line for line in lines if line.text == "源汇区重点项目周调度")
    number = next(line for line in lines if line.text == "第9期")
    top = mark.base + 0.88 * mark.size
    assert (A4.top - top) / MM == pytest.approx(35, abs=0.5)
    rule = max((r for r in pages[0].lines if r["linewidth"] > 2), key=lambda r: r["y0"])
    assert rule["x1"] - rule["x0"] == pytest.approx(A4.measure, abs=0.1)
    assert rule["stroking_color"][0] > 0.7 > 0.2 > rule["stroking_color"][1]
    below = next(line for line in lines if line.text == "源汇区重点项目办2023年3月3日")
    assert number.base - below.base == pytest.approx(PITCH, abs=0.1)
    assert (below.base - 0.12 * BODY - rule["y0"]) / MM == pytest.approx(4, abs=1.2)
    title = next(line for line in lines if line.text.startswith("全区重点项目第9周"))
    assert title.size == 22
    above = rule["y0"] - (title.base + 0.88 * 22)
    assert above == pytest.approx(2 * PITCH, abs=3)  # two lines below the rule
    assert (title.left + title.right) / 2 == pytest.approx((A4.left + A4.right) / 2, abs=0.1)


def test_page_numbers_stand_outside_odd_right_and_even_left(pages: list[Any]) -> None:
    for page in pages:
        number = f"—{page.page_number}—"
        if page.width > page.height:
            turned = [c for c in page.chars if not c["upright"] and c["width"] == pytest.approx(14)]
            assert "".join(c["text"] for c in turned if c["text"].strip()) == number
            near_top = min(c["top"] for c in turned) < page.height / 2
            assert near_top == (page.page_number % 2 == 0)  # the upright page's left
            continue
        below = [
            line for line in read_back.lines(read_back.upright_chars(page)) if line.base < A4.bottom
        ]
        (line,) = [line for line in below if line.text == number]
        assert line.base == pytest.approx(A4.bottom - 7 * MM, abs=6)
        edge = A4.right - line.right if page.page_number % 2 else line.left - A4.left
        assert edge == pytest.approx(14, abs=0.5)  # one character is left blank


def test_every_page_says_book_period_page_and_demonstration(report: bytes) -> None:
    texts = read_back.copied(report)
    for number, text in enumerate(texts, 1):
        flat = "".join(text.split())
        assert "账本：源汇区期次：2023年第9周" in flat
        assert f"第{number}页共{len(texts)}页" in flat
        assert "演示数据" in flat
    assert "演示数据" not in "".join(read_back.copied(drawn(papers.paper())))


def test_nothing_leaves_the_page_and_no_two_texts_collide(pages: list[Any]) -> None:
    for page in pages:
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []


def test_text_stays_within_the_type_area(pages: list[Any]) -> None:
    for page in pages:
        for line in read_back.body_lines(page) if page.height > page.width else []:
            if line.text != "演示数据":
                assert line.left >= A4.left - 0.1
                assert line.right <= A4.right + 0.1


def test_no_line_of_the_body_begins_or_ends_with_a_wrong_mark(pages: list[Any]) -> None:
    body = [
        line
        for page in pages
        for line in read_back.body_lines(page)
        if line.size == pytest.approx(BODY) and line.left < A4.left + 3 * BODY
    ]
    assert len(body) > 40
    assert [line.text for line in body if line.text[0] in NO_START] == []
    assert [line.text for line in body if line.text[-1] in NO_END] == []


def test_all_fonts_are_embedded_subsets(report: bytes) -> None:
    fonts = read_back.fonts(report)
    assert len(fonts) == 5
    assert all(fonts.values())
    assert {name[6] for name in fonts} == {"+"}


def test_the_table_heading_is_repeated_on_every_page_it_reaches(pages: list[Any]) -> None:
    """The table of 50 units takes up more than one page."""
    reached = [p for p in pages if "大刘镇" in p.extract_text() and p.height > p.width]
    tables = [
        p for p in reached if any(line.text.startswith("名次") for line in read_back.body_lines(p))
    ]
    ranks = [p for p in pages if "132.40" in p.extract_text()]
    assert len(ranks) >= 3
    assert ranks == [p for p in tables if p in ranks]


@pytest.mark.parametrize("before", range(1, 23, 3))
def test_no_heading_stands_alone_at_the_foot_of_a_page(before: int) -> None:
    text = "一" * 26 + "一" * 28 * (before - 1)
    blocks: list[Block] = [
        Paragraph(text),
        Heading(1, "二、标题在此"),
        Heading(2, "（一）次标题"),
        Paragraph("正文内容" * 40),
        Heading(1, "三、表格在后"),
        papers.unit_table(3),
    ]
    for page in read_back.sheets(drawn(papers.paper(*blocks, head=None))):
        lines = [line for line in read_back.body_lines(page) if line.text != "演示数据"]
        assert not lines[-1].text.startswith(("二、", "（一）", "三、", "各单位", "名次"))


def test_no_single_line_of_a_paragraph_is_left_behind() -> None:
    for before in range(14, 21):
        blocks: list[Block] = [Paragraph("甲" * (28 * before - 2)), Paragraph("乙" * (28 * 4 - 2))]
        for page in read_back.sheets(drawn(papers.paper(*blocks, head=None))):
            own = [line for line in read_back.body_lines(page) if line.text[0] == "乙"]
            assert len(own) != 1


def test_the_closing_is_never_alone_on_a_page() -> None:
    for before in range(14, 21):
        blocks: list[Block] = [
            Paragraph("甲" * (28 * before - 2)),
            Closing("源汇区重点项目办", "2023年3月3日"),
        ]
        last = read_back.body_lines(read_back.sheets(drawn(papers.paper(*blocks, head=None)))[-1])
        assert "甲" in {line.text[0] for line in last}
        date = last[-1]
        assert A4.right - date.right == pytest.approx(4 * BODY, abs=0.1)


def test_places_to_sign_stand_on_one_line() -> None:
    blocks: list[Block] = [
        Paragraph("正文。"),
        Signatures(("填报人", "审核人", "单位负责人（签章）")),
    ]
    lines = read_back.body_lines(read_back.sheets(drawn(papers.paper(*blocks)))[0])
    assert lines[-1].text == "填报人：审核人：单位负责人（签章）："


def test_headings_are_bookmarks_and_metadata_is_set(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    try:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
        assert marks[:3] == [
            (0, "全区重点项目第9周进展情况"),
            (1, "一、总体情况"),
            (2, "（一）进展滞后的项目"),
        ]
        assert marks[-1] == (0, "源汇区重点项目周调度台账")
        data = document.get_metadata_dict()
        assert data["Title"] == "全区重点项目第9周进展情况"
        assert data["Author"] == "源汇区重点项目办"
        assert data["CreationDate"] == "D:20230303000000+08'00'"
        assert b"/Lang (zh-CN)" in report
    finally:
        document.close()


def test_rare_names_are_searched_and_copied_right() -> None:
    text = "㙍头镇张昇、李喆、赵䶮、王𬭎、12.5㎡"
    made = "".join(read_back.copied(drawn(papers.paper(Paragraph(text)))))
    assert text in made.replace("\r\n", "")


def test_what_no_font_has_is_reported() -> None:
    target = BytesIO()
    made = draw_paper(papers.paper(Paragraph("进展顺利👍")), target)
    assert made.missing == {"👍"}
    assert made.pages == 1


def test_the_same_content_gives_the_same_bytes(report: bytes) -> None:
    assert drawn(papers.paper()) == drawn(papers.paper())
    assert drawn(papers.paper(Paragraph("别的"))) != drawn(papers.paper())


def test_a_plain_paper_begins_with_its_title() -> None:
    page = read_back.sheets(drawn(papers.paper(head=None, subtitle="（2月24日—3月2日）")))[0]
    lines = read_back.body_lines(page)
    assert lines[0].text == "全区重点项目第9周进展情况"
    assert lines[1].text == "（2月24日—3月2日）"


def test_a_title_of_200_characters_leaves_room_for_the_text() -> None:
    long = msgspec.structs.replace(papers.paper(Paragraph("正文。")), title="冷链物流园区工程" * 25)
    (page,) = read_back.sheets(drawn(long))
    of_title = [one for one in page.chars if one["fontname"].endswith("OneLedgerTitle-Regular")]
    sizes = [round(one["size"], 2) for one in of_title if one["text"] in "冷链物流园区工程"]
    assert sizes.count(BODY) == 200
    assert "正文。" in page.extract_text()
    short = read_back.body_lines(read_back.sheets(drawn(papers.paper(Paragraph("正文。"))))[0])
    assert max(line.size for line in short if line.text.startswith("全区")) == 22


def test_ugly_content_still_makes_a_paper() -> None:
    long = "超长项目名称" * 40
    blocks: list[Block] = [
        Heading(1, f"一、{long}"),
        Paragraph("", lead=long, light="green"),
        Paragraph("http://example.org/" + "a" * 300),
        Paragraph("，。、；：！？）》" * 30),
        Paragraph(""),
        Closing(long, ""),
    ]
    paper = papers.paper(*blocks, subtitle=long, appendices=(papers.ledger(0, body=()),))
    for page in read_back.sheets(drawn(paper)):
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
