"""Heads and formats of GB/T 9704-2012: letters (10.1) and minutes (10.3), measured on the sheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from desktop.reports.content import (
    Addressee,
    Attachments,
    Attendance,
    Block,
    Closing,
    LetterHead,
    MinutesHead,
    Paper,
    Paragraph,
)
from desktop.reports.page import A4, BODY, MM, PITCH
from desktop.reports.paper_pdf import draw_paper
from tests.reports import papers, read_back

LETTER = LetterHead("源汇区重点项目办", "源重办函〔2023〕5号", "特急")
NAMES = "张三（区发展和改革委员会），李四（区自然资源局），王五、赵六、孙七（区住房和城乡建设局）"


def drawn(*blocks: Block, head: LetterHead | MinutesHead) -> list[Any]:
    target = BytesIO()
    paper: Paper = papers.paper(*blocks, head=head)
    draw_paper(paper, target)
    return read_back.sheets(target.getvalue())


@pytest.fixture(scope="module")
def letter() -> list[Any]:
    return drawn(
        Addressee(
            "大刘镇人民政府、空冢郭镇人民政府、问十乡人民政府、阴阳赵镇人民政府、区自然资源局"
        ),
        *[Paragraph(papers.PROSE) for _ in range(4)],
        Closing("源汇区重点项目办", "2023年3月13日"),
        head=LETTER,
    )


def red_rules(page: Any) -> list[tuple[float, float]]:
    """The red rules from the top down: (upper edge, thickness), points from below."""
    found = [r for r in page.lines if r["stroking_color"][0] > 0.7 and r["width"] > 300]
    for rule in found:
        assert rule["width"] / MM == pytest.approx(170, abs=0.1)
        assert (rule["x0"] + rule["x1"]) / 2 == pytest.approx(page.width / 2, abs=0.1)
    return sorted(
        ((r["y0"] + r["linewidth"] / 2, r["linewidth"]) for r in found), key=lambda r: -r[0]
    )


def test_the_letter_s_mark_begins_30_mm_below_the_edge(letter: list[Any]) -> None:
    mark = max(read_back.lines(read_back.upright_chars(letter[0])), key=lambda line: line.size)
    assert mark.text == "源汇区重点项目办"
    assert (letter[0].height - mark.base - 0.88 * mark.size) / MM == pytest.approx(30, abs=0.5)
    assert (mark.left + mark.right) / 2 == pytest.approx((A4.left + A4.right) / 2, abs=4)
    upper = red_rules(letter[0])[0][0]
    assert (mark.base - 0.12 * mark.size - upper) / MM == pytest.approx(4, abs=0.5)


def test_a_letter_s_first_page_has_two_double_rules_and_no_number(letter: list[Any]) -> None:
    rules = red_rules(letter[0])
    assert len(rules) == 4
    first, second, third, fourth = (thickness for _, thickness in rules)
    assert first > 2 * second  # thick over thin
    assert fourth > 2 * third  # thin over thick
    lowest, thickness = rules[-1]
    assert (lowest - thickness) / MM == pytest.approx(20, abs=0.1)
    assert len(letter) == 2
    assert "—1—" not in "".join(letter[0].extract_text().split())
    assert "—2—" in "".join(letter[1].extract_text().split())
    assert red_rules(letter[1]) == []


def test_degree_and_number_stand_below_the_first_rule(letter: list[Any]) -> None:
    lines = read_back.body_lines(letter[0])
    said = next(line for line in lines if line.text.startswith("特急"))
    assert said.text == "特急源重办函〔2023〕5号"
    assert said.left == pytest.approx(A4.left, abs=0.5)
    assert said.right == pytest.approx(A4.right, abs=0.5)
    assert {"OneLedgerHei-Regular", "OneLedgerFang-Regular"} <= said.fonts
    upper, thickness = red_rules(letter[0])[1]
    assert upper - thickness - (said.base + 0.88 * BODY) == pytest.approx(14, abs=1)  # 7/8 of 16
    title = next(line for line in lines if line.size == 22)
    gap = said.base - 0.12 * BODY - (title.base + 0.88 * 22)
    assert gap == pytest.approx(2 * PITCH, abs=3)  # two lines


def test_the_receiving_body_is_full_out_on_all_its_lines(letter: list[Any]) -> None:
    lines = read_back.body_lines(letter[0])
    at = next(number for number, line in enumerate(lines) if line.text.startswith("大刘镇"))
    assert lines[at + 1].text.endswith("：")
    for line in lines[at : at + 2]:
        assert line.left == pytest.approx(A4.left, abs=0.5)
    assert lines[at + 2].left == pytest.approx(A4.left + 2 * BODY, abs=0.5)
    title = next(line for line in lines if line.size == 22)
    assert 1.3 * PITCH < title.base - lines[at].base < 2.8 * PITCH


def test_a_letter_without_number_leaves_no_hole() -> None:
    (page,) = drawn(Paragraph("正文。"), head=LetterHead("源汇区重点项目办"))
    upper, thickness = red_rules(page)[1]
    title = next(line for line in read_back.body_lines(page) if line.size == 22)
    assert upper - thickness - (title.base + 0.88 * 22) == pytest.approx(2 * PITCH, abs=3)


def test_the_mark_of_minutes_stands_35_mm_below_the_type_area() -> None:
    head = MinutesHead("源汇区重点项目调度会议纪要", "第 9 期", "源汇区重点项目办", "2023年3月3日")
    (page,) = drawn(Paragraph("正文。"), head=head)
    lines = read_back.body_lines(page)
    mark = max(lines, key=lambda line: line.size)
    assert mark.text == head.mark
    assert (A4.top - mark.base - 0.88 * mark.size) / MM == pytest.approx(35, abs=0.5)
    assert "—1—" in "".join(page.extract_text().split())


def test_attendance_leads_in_hei_and_hangs_under_its_first_name() -> None:
    head = MinutesHead("源汇区重点项目调度会议纪要")
    blocks = (Paragraph("正文。"), Attendance("出席", NAMES), Attendance("请假：", "周八"))
    (page,) = drawn(*blocks, head=head)
    chars = read_back.upright_chars(page)
    lines = read_back.body_lines(page)
    at = next(number for number, line in enumerate(lines) if line.text.startswith("出席："))
    assert lines[at].left == pytest.approx(A4.left + 2 * BODY, abs=0.6)
    first = next(c for c in chars if c["text"] == "张")
    assert lines[at + 1].left == pytest.approx(first["x0"], abs=1.0)
    assert lines[at - 1].base - lines[at].base == pytest.approx(2 * PITCH, abs=0.1)  # a line free
    lead = [c for c in chars if c["text"] in "出席" and "Hei" in c["fontname"]]
    assert [c["text"] for c in lead] == ["出", "席"]
    assert lead[0]["size"] == pytest.approx(BODY)
    assert "Fang" in first["fontname"]
    leave = next(line for line in lines if line.text.startswith("请假"))
    assert leave.text == "请假：周八"
    assert lines[at + 1].base - leave.base == pytest.approx(PITCH, abs=0.1)


def test_attachments_are_numbered_and_hang_under_their_names() -> None:
    names = (
        "重点项目投资进度滞后情况表",
        "源汇区重点项目调度和督办办法（试行）有关条款的摘录及说明",
    )
    (page,) = drawn(Paragraph("正文。"), Attachments(names), head=LETTER)
    lines = read_back.body_lines(page)
    at = next(number for number, line in enumerate(lines) if line.text.startswith("附件："))
    assert lines[at].text == f"附件：1.{names[0]}"
    assert lines[at].left == pytest.approx(A4.left + 2 * BODY, abs=0.6)
    assert lines[at + 1].text.startswith("2.源汇区")
    assert lines[at + 1].left == pytest.approx(A4.left + 5 * BODY, abs=1.5)
    second = next(
        c for c in page.chars if c["text"] == "源" and c["matrix"][5] == lines[at + 1].base
    )
    assert lines[at + 2].left == pytest.approx(second["x0"], abs=0.6)
    assert lines[at + 2].text[-1] != "。"


def test_a_single_attachment_has_no_number() -> None:
    (page,) = drawn(Paragraph("正文。"), Attachments(("情况表",)), head=LETTER)
    assert read_back.body_lines(page)[-1].text == "附件：情况表"


@pytest.mark.parametrize("head", [LETTER, MinutesHead("纪要", "第 1 期")])
def test_ugly_heads_stay_on_the_sheet(head: LetterHead | MinutesHead) -> None:
    import msgspec

    ugly = msgspec.structs.replace(head, mark="源汇区重点项目建设指挥部办公室" * 4)
    if isinstance(ugly, LetterHead):
        ugly = msgspec.structs.replace(ugly, number="号" * 60, degree="特急" * 5)
    for page in drawn(Paragraph("正文。"), head=ugly):
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
