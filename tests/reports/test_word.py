"""Papers as Word files, read back by python-docx: styles, texts, pages, tables, bytes."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import msgspec
import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from PIL import Image

from desktop.errors import DiskFull, NotWritable
from desktop.reports.chart_pdf import COLOURS
from desktop.reports.charts.drawing import Role as ColourRole
from desktop.reports.content import (
    Block,
    Chart,
    Closing,
    Column,
    Entry,
    Footer,
    Form,
    MinutesHead,
    Paper,
    Paragraph,
    Row,
    Table,
)
from desktop.reports.fonts import load_faces
from desktop.reports.word import write_word
from desktop.reports.word_chart import picture
from tests.reports import papers, word_papers


def opened(paper: Paper) -> Opened:
    data = BytesIO()
    write_word(paper, data)
    return Document(data)


def parts(document: Opened) -> list[WordParagraph | WordTable]:
    return list(document.iter_inner_content())


def words(root: object) -> str:
    """All text of an element, in order."""
    return "".join(one.text or "" for one in root.iter(qn("w:t")))  # type: ignore[attr-defined]


def styled(document: Opened, style: str) -> list[WordParagraph]:
    return [one for one in document.paragraphs if one.style and one.style.name == style]


@pytest.fixture(scope="module")
def every() -> Opened:
    return opened(word_papers.every())


def test_a_block_of_every_kind_is_in_the_sample() -> None:
    assert {type(block) for block in word_papers.EVERY_BLOCK} == set(get_args(Block))


def test_every_text_stands_in_the_file_in_the_order_of_the_content(every: Opened) -> None:
    paper, text, at = word_papers.every(), words(every.element.body), 0
    ledgers = [
        part for one in paper.appendices for part in (one.title, *word_papers.said([one.table]))
    ]
    for wanted in [paper.title, paper.subtitle, *word_papers.said(paper.blocks), *ledgers]:
        found = text.find(wanted, at)
        assert found >= 0, f"{wanted} is missing after {text[max(at - 30, 0) : at]}"
        at = found + len(wanted)


@pytest.mark.parametrize("block", word_papers.EVERY_BLOCK, ids=lambda block: type(block).__name__)
def test_each_block_is_drawn_by_itself(block: Block) -> None:
    document = opened(papers.paper(block))
    text = words(document.element.body)
    assert all(one in text for one in word_papers.said([block]))
    if isinstance(block, Chart):
        assert len(document.inline_shapes) == 1


@pytest.mark.parametrize(
    ("style", "text", "face", "size"),
    [
        ("公文标题", "全区重点项目第9周进展情况", "方正小标宋简体", 22),
        ("Heading 1", "一、依据的数据", "黑体", 16),
        ("Heading 2", "（一）滞后的项目", "楷体_GB2312", 16),
        ("Heading 3", "1. 要求", "仿宋_GB2312", 16),
        ("公文正文", papers.PROSE, "仿宋_GB2312", 16),
        ("发文字号", "第 9 期", "仿宋_GB2312", 16),
        ("主送机关", "大刘镇人民政府：", "仿宋_GB2312", 16),
        ("落款", "2023年3月3日", "仿宋_GB2312", 16),
    ],
)
def test_real_styles_in_the_faces_of_official_documents(
    every: Opened, style: str, text: str, face: str, size: float
) -> None:
    assert text in [one.text for one in styled(every, style)]
    look = every.styles[style].element.rPr
    assert {look.rFonts.get(qn(f"w:{of}")) for of in ("ascii", "hAnsi", "eastAsia")} == {face}
    assert every.styles[style].font.size == Pt(size)


def test_the_list_of_styles_holds_only_ours(every: Opened) -> None:
    names = {style.name for style in every.styles}
    assert "List Bullet" not in names
    assert {"一级标题", "二级标题", "三级标题"} == {
        alias.get(qn("w:val")) for alias in every.styles.element.iter(qn("w:aliases"))
    }


def test_the_first_line_is_indented_by_two_characters(every: Opened) -> None:
    indent = every.styles["公文正文"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_upright_pages_have_the_measures_of_gb_t_9704(every: Opened) -> None:
    section = every.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    for found, wanted in zip(sizes, (Mm(210), Mm(297), Mm(37), Mm(28)), strict=True):
        assert found is not None
        assert abs(found - wanted) < Mm(0.1)
    assert section.right_margin and section.bottom_margin
    across = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    down = section.page_height - section.top_margin - section.bottom_margin  # type: ignore[operator]
    assert abs(across - Mm(156)) < Mm(0.1)
    assert abs(down - Mm(225)) < Mm(0.1)


def test_the_grid_holds_22_lines_of_28_characters(every: Opened) -> None:
    grid = every.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    deep, wide = 225 * 72 / 25.4, 156 * 72 / 25.4
    assert 22 * pitch <= deep < 22.1 * pitch
    assert 28 * character <= wide < 28.1 * character
    normal = every.styles["Normal"].element
    assert normal.pPr.find(qn("w:spacing")).get(qn("w:line")) == grid.get(qn("w:linePitch"))
    closer = int(normal.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= wide


def test_appendices_are_sections_on_their_side(every: Opened) -> None:
    first, second, third = every.sections
    assert first.orientation == WD_ORIENT.PORTRAIT
    assert second.orientation == third.orientation == WD_ORIENT.LANDSCAPE
    assert second.page_width is not None and third.page_width is not None
    assert abs(second.page_width - Mm(297)) < Mm(0.1)
    assert abs(third.page_width - Mm(420)) < Mm(0.1)


def fields(root: object) -> list[str]:
    found = root.iter(qn("w:instrText"))  # type: ignore[attr-defined]
    return [(one.text or "").strip() for one in found]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(every: Opened) -> None:
    assert every.settings.odd_and_even_pages_header_footer
    for section in every.sections:
        odd, even = section.footer._element, section.even_page_footer._element
        assert fields(odd) == ["PAGE", "NUMPAGES", "PAGE"]
        assert fields(even) == ["PAGE", "PAGE", "NUMPAGES"]
        assert words(odd).endswith("— 1 —")
        assert words(even).startswith("— 1 —")


def test_the_small_line_says_book_period_and_code() -> None:
    footer = Footer("源汇区", "2023年第9周", "3F0A-91C4-77DE")
    document = opened(msgspec.structs.replace(papers.paper(), footer=footer))
    text = words(document.sections[0].footer._element)
    assert "账本：源汇区　期次：2023年第9周　校验码：3F0A-91C4-77DE　第 1 页 共 1 页" in text


def test_the_foot_of_a_turned_sheet_stands_upright_along_its_left_edge(every: Opened) -> None:
    box = next(every.sections[1].footer._element.iter(qn("w:txbxContent")))
    assert words(box).endswith("— 1 —")
    (turn,) = [
        one.get("vert")
        for one in every.sections[1].footer._element.iter()
        if isinstance(one.tag, str) and one.tag.endswith("}bodyPr")
    ]
    assert turn == "vert"
    assert not list(every.sections[2].footer._element.iter(qn("w:txbxContent")))


def test_a_red_head_ends_in_a_red_rule() -> None:
    document = opened(papers.paper())
    (mark,), (number,) = styled(document, "发文机关标志"), styled(document, "发文字号")
    assert (mark.text, number.text) == ("源汇区重点项目周调度", "第 9 期")
    (issuer,) = styled(document, "红头署名")
    assert issuer.text == "源汇区重点项目办\t2023年3月3日"
    rule = issuer._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))  # type: ignore[union-attr]
    assert rule.get(qn("w:color")) == "CC0D17"
    order = [one.text for one in document.paragraphs if one.text][:4]
    assert order[:2] == [mark.text, number.text]
    assert order[3] == "全区重点项目第9周进展情况"


def test_minutes_have_a_red_head_too() -> None:
    head = MinutesHead("源汇区重点项目调度会议纪要", "第 3 期")
    document = opened(papers.paper(Paragraph("会议议定。"), head=head))
    (number,) = styled(document, "发文字号")
    assert number._p.pPr.find(qn("w:pBdr")) is not None  # type: ignore[union-attr]


def test_a_letter_has_its_mark_over_a_double_rule_and_no_number_on_its_first_page() -> None:
    paper = papers.paper(Paragraph("请反馈。"), head=word_papers.LETTER_HEAD)
    section = opened(paper).sections[0]
    assert section.different_first_page_header_footer
    head, foot = section.first_page_header._element, section.first_page_footer._element
    assert words(head) == word_papers.LETTER_HEAD.mark
    (upper,), (lower,) = (list(one.iter(qn("w:bottom"))) for one in (head, foot))
    assert upper.get(qn("w:val")) == "thickThinSmallGap"
    assert lower.get(qn("w:val")) == "thinThickSmallGap"
    assert fields(foot) == []
    assert section.header_distance is not None
    assert abs(section.header_distance - Mm(30)) < Mm(0.1)
    (number,) = styled(opened(paper), "红头署名")
    assert number.text == "特急\t源重办函〔2023〕3号"


def test_a_paper_without_head_begins_with_its_title() -> None:
    document = opened(papers.paper(head=None))
    assert document.paragraphs[0].text == "全区重点项目第9周进展情况"
    assert not document.sections[0].different_first_page_header_footer


def test_headings_of_tables_are_merged_and_repeated_on_each_page(every: Opened) -> None:
    table = every.tables[-1]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated[:3] == [True, True, False]
    upper, lower = (list(row._tr.tc_lst) for row in table.rows[:2])
    assert [words(cell) for cell in upper] == [
        "序号", "项目名称", "责任单位", "总投资", "资金来源", "完成投资", "完成率（%）", "存在问题",
        "责任人", "灯",
    ]  # fmt: skip
    assert [cell.grid_span for cell in upper] == [1, 1, 1, 1, 2, 2, 1, 1, 1, 1]
    assert [words(cell) for cell in lower if words(cell)] == [
        "专项债",
        "自筹",
        "本周完成",
        "年累计",
    ]
    assert [cell.vMerge for cell in upper[:5]] == ["restart"] * 4 + [None]


def test_figures_stand_right_and_lights_have_shape_and_colour(every: Opened) -> None:
    table = every.tables[0]
    cells = table.rows[1].cells
    assert cells[2].text == "132.40"
    assert cells[2].paragraphs[0].style.name == "表格数字"
    assert every.styles["表格数字"].paragraph_format.alignment == 2
    signs = [table.rows[number].cells[5].paragraphs[0].runs[0] for number in (1, 2, 3)]
    assert [sign.text for sign in signs] == ["●", "▲", "■"]
    assert [sign.style.name for sign in signs] == ["绿灯", "黄灯", "红灯"]
    colours = {str(every.styles[name].font.color.rgb) for name in ("绿灯", "黄灯", "红灯")}
    assert len(colours) == 3


def test_totals_run_over_their_columns_in_hei(every: Opened) -> None:
    cells = list(every.tables[0].rows[-1]._tr.tc_lst)
    assert [words(cell) for cell in cells] == ["合计（6个单位）", "270.00", "43.62", "16.2%", ""]
    assert cells[0].grid_span == 2


def test_columns_are_as_wide_as_their_weights_say_and_fill_the_measure() -> None:
    table = Table(
        (Column(("事项",), weight=20), Column(("说明",), weight=10)), (Row(("甲", "乙")),)
    )
    (made,) = opened(papers.paper(table)).tables
    grid = made._tbl.tblGrid
    one, two = (int(column.get(qn("w:w")) or 0) for column in grid.findall(qn("w:gridCol")))
    assert abs(one + two - 156 * 1440 / 25.4) < 3
    assert one / two == pytest.approx((20 * 10.5 + 5.2) / (10 * 10.5 + 5.2), rel=0.01)


def test_an_empty_table_says_so() -> None:
    (made,) = opened(papers.paper(Table((Column(("甲",)), Column(("乙",))), ()))).tables
    assert [words(cell) for cell in made.rows[1]._tr.tc_lst] == ["本期无数据"]


def test_a_chart_is_a_picture_with_words_for_who_cannot_see(every: Opened) -> None:
    (shape,) = every.inline_shapes
    assert shape._inline.docPr.get("descr") == word_papers.CHART.said
    assert abs(shape.width / shape.height - 400 / 120) < 0.01
    assert shape.width <= Mm(156)
    assert [shape._inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4


def test_a_chart_is_painted_with_all_its_marks() -> None:
    image = Image.open(BytesIO(picture(word_papers.CHART)))
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert image.size == (1112, 334)

    def at(x: float, y: float) -> tuple[int, ...]:
        found = image.getpixel((round(x * 200 / 72), round(y * 200 / 72)))
        assert isinstance(found, tuple)
        return found

    def near(role: ColourRole) -> object:
        return pytest.approx([part * 255 for part in COLOURS[role]], abs=2)

    assert at(160, 29) == near("light_green")
    assert at(175, 30) == near("light_yellow")
    assert at(190, 29) == near("light_red")
    assert at(210, 80) == at(250, 80) == at(390, 5) == (255, 255, 255)
    assert at(230, 80) == near("accent")
    assert min(at(x, 112)[0] for x in (30, 200, 370)) < 140
    assert picture(word_papers.CHART) == picture(word_papers.CHART)


def test_a_long_title_is_set_in_lines_of_one_width_without_forced_ends() -> None:
    text = "关于加快推进全区重大项目建设有关问题的专题调度会议"
    (title,) = styled(opened(msgspec.structs.replace(papers.paper(), title=text)), "公文标题")
    assert title.text == text
    indent = title.paragraph_format
    assert indent.left_indent == indent.right_indent
    assert indent.left_indent is not None
    room = (Mm(156) - 2 * indent.left_indent) / Pt(22)
    assert 14 <= room < 15  # 25 characters on two lines: 14 and 11, 建设 is not torn
    (short,) = styled(opened(papers.paper()), "公文标题")
    assert short.paragraph_format.left_indent is None


def from_the_right(document: Opened) -> list[float]:
    """Where the lines of the closing end, in characters from the right."""
    found = [one._p.pPr.find(qn("w:ind")) for one in styled(document, "落款")]  # type: ignore[union-attr]
    return [int(one.get(qn("w:rightChars"))) / 100 for one in found]


@pytest.mark.parametrize(
    ("issuer", "ends"), [("重点项目办", 4.0), ("项目建设指挥部办公室综合科调度组", 4.8)]
)
def test_the_date_ends_four_characters_from_the_right_below_the_middle_of_the_issuer(
    issuer: str, ends: float
) -> None:
    document = opened(papers.paper(Closing(issuer, "2023年3月3日")))
    assert [one.text for one in styled(document, "落款")] == [issuer, "2023年3月3日"]
    upper, lower = from_the_right(document)
    day = load_faces().em("fang", "2023年3月3日")
    assert lower == pytest.approx(ends, abs=0.05)
    assert upper + len(issuer) / 2 == pytest.approx(lower + day / 2, abs=0.02)
    assert upper >= 0


def test_what_is_issued_is_never_alone_on_a_page() -> None:
    document = opened(papers.paper(Paragraph("请反馈。"), Closing("重点项目办", "2023年3月3日")))
    (body,) = styled(document, "公文正文")
    assert body.paragraph_format.keep_with_next


def test_a_sentence_and_the_last_row_above_an_issuer_keep_with_what_follows() -> None:
    table = Table((Column(("事项",)),), tuple(Row((f"第{n}项",)) for n in range(20)))
    blocks = (Paragraph("未办结事项20件。"), table, Closing("重点项目办", "2023年3月3日"))
    document = opened(papers.paper(*blocks))
    (body,) = styled(document, "公文正文")
    assert body.paragraph_format.keep_with_next
    (made,) = document.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.rows]
    assert kept == [
        None,
        True,
        *[None] * 17,
        True,
        True,
    ]  # two rows at each end
    between = made._tbl.getnext()
    assert between is not None
    assert between.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_only_high_rows_may_be_cut_by_the_end_of_a_page() -> None:
    low, high = "整改", "土地指标未落实，涉及一般农田。" * 30
    table = Table((Column(("问题",)), Column(("措施",))), (Row((low, low)), Row((high, low))))
    (made,) = opened(papers.paper(table)).tables
    whole = [row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in made.rows]
    assert whole == [True, True, False]


def test_every_table_says_its_own_margins() -> None:
    """LibreOffice and WPS take 1.9 mm where a table leaves them to the style: figures break."""
    document = opened(word_papers.every())
    made = list(document.element.body.iter(qn("w:tblPr")))
    ruled = [one for one in made if one.find(qn("w:tblCellMar")) is not None]
    assert len(ruled) >= len(made) - 1  # a 版记 is no table of figures
    for one in ruled:
        left = one.find(qn("w:tblCellMar")).find(qn("w:left"))
        assert int(left.get(qn("w:w"))) <= 52


def test_a_date_to_be_filled_in_stands_below_on_the_right() -> None:
    form = Form(((Entry("办理情况", "", 8),), (Entry("单位签章", "年　月　日", 4),)))
    (made,) = opened(papers.paper(form)).tables
    place = made.rows[1].cells[1]._tc
    (upright,), (across,) = (list(place.iter(qn(name))) for name in ("w:vAlign", "w:jc"))
    assert (upright.get(qn("w:val")), across.get(qn("w:val"))) == ("bottom", "right")


def test_a_slip_is_on_a_sheet_of_its_own_and_the_imprint_at_the_foot(every: Opened) -> None:
    (slip,) = [one for one in styled(every, "公文标题") if one.text == "回执"]
    assert slip.paragraph_format.page_break_before
    after = [one for one in every.element.body.iter(qn("w:br")) if one.get(qn("w:type")) == "page"]
    assert len(after) == 1
    (place,) = every.element.body.iter(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom"


def test_demonstrations_say_so_at_the_head_of_every_page() -> None:
    document = opened(word_papers.every(demonstration=True, head=word_papers.LETTER_HEAD))
    first = document.sections[0]
    heads = [
        first.first_page_header,
        *(one for s in document.sections for one in (s.header, s.even_page_header)),
    ]
    assert all("演示数据" in words(head._element) for head in heads)
    assert "演示数据" not in words(opened(word_papers.every()).sections[0].header._element)


def test_the_file_says_whose_it_is_and_of_which_day(every: Opened) -> None:
    found = every.core_properties
    assert (found.title, found.author) == ("全区重点项目第9周进展情况", "源汇区重点项目办")
    assert found.language == "zh-CN"
    assert found.created is not None and found.modified is not None
    assert found.created.replace(tzinfo=None) == datetime(2023, 3, 3)
    assert found.modified.replace(tzinfo=None) == datetime(2023, 3, 3)
    assert not found.comments


def test_the_same_content_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = BytesIO(), BytesIO()
    write_word(word_papers.every(), one)
    monkeypatch.setattr("time.time", lambda: 0.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))
    write_word(word_papers.every(), two)
    assert one.getvalue() == two.getvalue()
    with ZipFile(one) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2023, 3, 3, 0, 0, 0)}
        assert not [
            name for name in package.namelist() if "thumbnail" in name or "customXml" in name
        ]


def test_properties_stand_in_the_order_of_the_standard(every: Opened) -> None:
    """Word calls a file damaged whose properties stand in another order (ECMA-376, 17.3.1.26)."""
    wanted = [
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr",
        "tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr",
    ]  # fmt: skip
    roots = [every.element, every.styles.element]
    roots += [
        one._element for s in every.sections for one in (s.header, s.footer, s.even_page_footer)
    ]
    seen = 0
    for root in roots:
        for properties in root.iter(qn("w:pPr")):
            names = [str(one.tag).rpartition("}")[2] for one in properties]
            assert [wanted.index(name) for name in names] == sorted(wanted.index(n) for n in names)
            assert len(set(names)) == len(names)
            seen += bool(names)
    assert seen > 100


UGLY = "\x00\x0b控制\ud800符\ufffe\u200b㙍䶮𬭎<&>\"'" + "长" * 200


def test_ugly_texts_leave_a_file_that_opens() -> None:
    table = Table(
        (Column(("名称",)), Column(("问题\n及原因",)), Column(("数",), "figure")),
        tuple(Row((UGLY, "土地未落实；" * 500 + "\n第二行", "1,234.50")) for _ in range(3)),
        caption=UGLY,
        note=UGLY,
    )
    paper = papers.paper(table, Paragraph(UGLY, lead=UGLY), Closing(UGLY, UGLY))
    paper = Paper(UGLY, paper.blocks, Footer(UGLY, UGLY, UGLY), papers.MADE_ON, author=UGLY * 2)
    document = opened(paper)
    text = words(document.element.body)
    assert text.count("㙍䶮𬭎<&>\"'") == 10
    assert "\u200b" not in text and "\ufffe" not in text
    row = document.tables[0].rows[1]
    assert row.cells[1].text.endswith("\n第二行")
    assert not list(row._tr.iter(qn("w:cantSplit")))
    foot = words(document.sections[0].footer._element)
    assert len(foot) < 200 and "…" in foot


def test_a_paper_of_nothing_is_its_title() -> None:
    paper = Paper("空报告", (), Footer(""), papers.MADE_ON)
    assert [one.text for one in opened(paper).paragraphs if one.text] == ["空报告"]


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable)]
)
def test_a_full_disk_or_an_open_file_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    target = tmp_path / "周报.docx"
    target.write_bytes(b"old")

    def refuse(_file: int) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(error, match=r"周报\.docx"):
        write_word(papers.paper(), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
