"""Minutes and task list of a meeting, word by word; meetings of which hardly anything is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import paper_code
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.reports.content import (
    Attendance,
    Footer,
    Heading,
    Imprint,
    Ledger,
    LedgerPaper,
    MinutesHead,
    Paper,
    Paragraph,
    Row,
)
from desktop.reports.minutes import minutes_paper, task_list
from tests.ledger import books
from tests.ledger.books import remove
from tests.ledger.district import district

OFFICE = "源汇区重点项目建设办公室"
NAME = "2023年第9次重点项目周调度会"
MEETING = {
    "name": NAME,
    "number": 9,
    "week": "2023-W09",
    "held_on": "2023-03-03",
    "place": "区政府第二会议室",
    "chair": "副区长李明",
    "attendees": "区发展改革委张三；\n区财政局李四",
    "observers": "区统计局王五",
    "absent": "区住建局赵六（公出）",
    "summary": "会议听取了情况汇报。\n\n会议要求倒排工期。",
}


class Room:
    """A district and what a test's meeting decides."""

    def __init__(self, book: Book, records: dict[str, str]) -> None:
        self.book, self.records = book, records

    def meeting(self, **fields: Any) -> str:
        with self.book.batch("create") as batch:
            return batch.create("meeting", fields)

    def decide(self, meeting: str, **fields: Any) -> str:
        with self.book.batch("create") as batch:
            return batch.create("decision", {"meeting": meeting, **fields})

    def whole(self) -> str:
        """A meeting with two decisions, the later one first by its name."""
        meeting = self.meeting(**MEETING)
        self.decide(
            meeting,
            matter="由大刘镇牵头，倒排工期。",
            unit=self.records["大刘镇"],
            subject_project=self.records["甲"],
            responsible_unit="区自然资源局",
            responsible_person="赵六",
            due="2023-03-17",
            state="办理中",
            feedback="已进场",
        )
        self.decide(meeting, matter="一周内完成供电接入")
        return meeting


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    book, records = district(tmp_path / "d.yzb", profile=tmp_path / "profile")
    with book:
        yield Room(book, records)


def test_minutes_word_by_word(room: Room) -> None:
    meeting = room.whole()
    assert minutes_paper(room.book, meeting) == Paper(
        NAME,
        (
            Paragraph(
                f"2023年3月3日，副区长李明在区政府第二会议室主持召开{NAME}。"
                "会议调度了2023年第9周重点项目进展情况。会议议定事项2项，纪要如下："
            ),
            Heading(1, "一、会议情况"),
            Paragraph("会议听取了情况汇报。"),
            Paragraph("会议要求倒排工期。"),
            Heading(1, "二、议定事项"),
            Paragraph(
                "由大刘镇牵头，倒排工期。（承办单位：大刘镇；责任部门：区自然资源局；"
                "责任人：赵六；完成时限：2023年3月17日）",
                lead="1. ",
            ),
            Paragraph("一周内完成供电接入。", lead="2. "),
            Attendance("出席：", "区发展改革委张三；区财政局李四"),
            Attendance("列席：", "区统计局王五"),
            Attendance("请假：", "区住建局赵六（公出）"),
            Imprint(OFFICE, "2023年3月3日", "大刘镇，区自然资源局"),
        ),
        Footer("源汇区", "2023年第9周", paper_code.code(room.book.journal.head)),
        date(2023, 3, 3),
        head=MinutesHead("源汇区重点项目调度会议纪要", "第 9 期", OFFICE, "2023年3月3日"),
        author="源汇区",
    )


def test_the_task_list_word_by_word(room: Room) -> None:
    paper = task_list(room.book, room.whole())
    assert isinstance(paper, LedgerPaper)
    ledger = paper.ledger
    assert ledger.title == f"{NAME}交办清单"
    assert (ledger.subtitle, ledger.prepared) == ("2023年3月3日", "交办单位：源汇区")
    assert [column.title_path for column in ledger.table.columns] == [
        (title,)
        for title in (
            "序号", "交办事项", "涉及项目", "承办单位", "责任部门", "责任人", "完成时限", "状态",
            "落实情况",
        )
    ]  # fmt: skip
    assert ledger.table.rows == (
        Row(
            (
                "1", "由大刘镇牵头，倒排工期。", "甲", "大刘镇", "区自然资源局", "赵六",
                "2023年3月17日", "办理中", "已进场",
            )
        ),
        Row(("2", "一周内完成供电接入", "", "", "", "", "", "", "")),
    )  # fmt: skip
    assert ledger.signatures == ("填表人", "审核人", "单位负责人")
    assert paper.made_on == date(2023, 3, 3)
    assert paper.footer.code == paper_code.code(room.book.journal.head)


def test_a_meeting_of_which_only_the_name_is_known(room: Room) -> None:
    meeting = room.meeting(name="碰头会")
    paper = minutes_paper(room.book, meeting)
    assert paper.head == MinutesHead("源汇区重点项目调度会议纪要", "", OFFICE, "")
    assert paper.blocks == (
        Paragraph("碰头会召开。会议没有议定事项。"),
        Imprint(OFFICE, "2023年3月2日", ""),
    )
    assert (paper.made_on, paper.footer.period) == (date(2023, 3, 2), "")
    ledger = task_list(room.book, meeting).ledger
    assert isinstance(ledger, Ledger)
    assert (ledger.table.rows, ledger.table.empty) == ((), "本次会议没有交办事项")
    assert ledger.subtitle == ""


def test_what_no_matter_names_has_no_column_but_what_the_pen_may_fill_has(room: Room) -> None:
    meeting = room.meeting(name="例会")
    room.decide(meeting, matter="甲")
    table = task_list(room.book, meeting).ledger.table
    assert [column.title_path[0] for column in table.columns] == [
        "序号",
        "交办事项",
        "承办单位",
        "责任人",
        "完成时限",
        "状态",
        "落实情况",
    ]
    assert table.rows == (Row(("1", "甲", "", "", "", "", "")),)


@pytest.mark.parametrize(
    ("fields", "opening"),
    [
        ({"chair": "李明"}, "2023年3月3日，李明主持召开例会。"),
        ({"place": "会议室"}, "2023年3月3日，例会在会议室召开。"),
        ({"held_on": None, "chair": "李明", "place": "会议室"}, "李明在会议室主持召开例会。"),
    ],
)
def test_what_is_not_known_of_a_meeting_is_not_said(
    room: Room, fields: dict[str, Any], opening: str
) -> None:
    meeting = room.meeting(**{"name": "例会", "held_on": "2023-03-03", **fields})
    [paragraph, _] = minutes_paper(room.book, meeting).blocks
    assert paragraph == Paragraph(f"{opening}会议没有议定事项。")


def test_a_single_section_has_no_number(room: Room) -> None:
    meeting = room.meeting(name="例会", held_on="2023-03-03")
    room.decide(meeting, matter="甲")
    headings = [
        block.text
        for block in minutes_paper(room.book, meeting).blocks
        if isinstance(block, Heading)
    ]
    assert headings == ["议定事项"]


def test_matters_stand_in_the_order_of_their_entry(room: Room) -> None:
    meeting, other = room.meeting(**MEETING), room.meeting(name="另一次会")
    for matter in ("丙", "甲", "乙"):
        room.decide(meeting, matter=matter)
        room.decide(other, matter=f"{matter}二")
    gone = room.decide(meeting, matter="取消的")
    remove(room.book, "decision", gone)
    cells = [row.cells[:2] for row in task_list(room.book, meeting).ledger.table.rows]
    assert cells == [("1", "丙"), ("2", "甲"), ("3", "乙")]


def test_a_matter_of_three_thousand_characters_in_several_lines(room: Room) -> None:
    meeting = room.meeting(name="例会", held_on="2023-03-03")
    room.decide(meeting, matter="甲" * 1500 + "。\n" + "乙" * 1500 + "。")
    paper = minutes_paper(room.book, meeting, demonstration=True)
    said = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert said[1] == f"{'甲' * 1500}；{'乙' * 1500}。"
    assert paper.demonstration
    assert task_list(room.book, meeting, demonstration=True).demonstration


def test_no_such_meeting(room: Room) -> None:
    for make in (minutes_paper, task_list):
        with pytest.raises(NoSuchRecord, match="调度会议"):
            make(room.book, "nothing")


def test_a_mistake_in_the_words_is_told_with_its_line(room: Room) -> None:
    shipped = books.shipped().texts["minutes.toml"]
    edited = shipped.replace("会议没有议定事项。", "会议没有议定事项{数}。")
    room.book.use(schemes.parse(books.texts(minutes=edited)))
    with pytest.raises(MalformedScheme, match=r"minutes\.toml.*第 \d+ 行：没有占位“\{数\}”"):
        minutes_paper(room.book, room.meeting(name="例会"))
