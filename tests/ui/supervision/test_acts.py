"""What is done about supervised items: each act writes its own fields and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui.lists import closing
from desktop.ui.supervision import acts, reading, story
from desktop.ui.supervision.acts import NotLater
from tests.ledger.books import change, clean, remove, shipped, value
from tests.ledger.district import district
from tests.ui.supervision.items import TODAY, day, supervise

WEEK = "2023-W09"


@pytest.fixture
def named(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    """The district's book, its items by matter, its units and projects by name."""
    made, known = district(tmp_path / "区.yzb")
    with made:
        yield made, {**known, **supervise(made, known)}


def fields(book: Book, record: str, *names: str) -> tuple[object, ...]:
    return tuple(value(book, "supervision", record, name) for name in names)


def test_feedback_says_what_was_done_and_whether_that_was_all(
    named: tuple[Book, dict[str, str]],
) -> None:
    book, records = named
    record = records["双回路供电接入"]
    acts.report(book, record, "已完成勘测", TODAY, done=False)
    assert fields(book, record, "feedback", "feedback_on", "state") == (
        "已完成勘测", "2023-03-02", "办理中",
    )  # fmt: skip
    acts.report(book, record, "已接入", TODAY, done=True)
    assert fields(book, record, "feedback", "state", "closed_on") == ("已接入", "已办结", None)
    assert undo.undo(book).note == "反馈：已办结"
    assert fields(book, record, "feedback", "state") == ("已完成勘测", "办理中")


def test_an_extension_is_later_than_what_stands(named: tuple[Book, dict[str, str]]) -> None:
    book, records = named
    first, again = records["42亩土地征收"], records["污水管网改造"]
    acts.extend(book, first, date(2023, 3, 10), "征地补偿款未到位")
    assert fields(book, first, "due", "extended_to") == (day(-1), "2023-03-10")
    for to in (date(2023, 3, 5), date(2023, 2, 25)):
        with pytest.raises(NotLater, match="2023年3月5日 之后"):
            acts.extend(book, again, to, "")
    assert fields(book, again, "extended_to") == (day(3),)
    acts.extend(book, again, date(2023, 3, 6), "")
    assert fields(book, again, "extended_to") == ("2023-03-06",)


def test_a_verification_may_send_it_back(named: tuple[Book, dict[str, str]]) -> None:
    book, records = named
    record = records["环评批复"]
    acts.verify(book, record, "批复文件齐全", again=False)
    assert fields(book, record, "verification", "state") == ("批复文件齐全", "已办结")
    acts.verify(book, record, "缺公示材料", again=True)
    assert fields(book, record, "verification", "state") == ("缺公示材料", "办理中")


def test_who_may_do_what() -> None:
    scheme = shipped()
    for level, issues in (("district", True), ("township", False), ("", True)):
        assert acts.may(scheme, level, "matter", "number") is issues
        assert acts.may(scheme, level, "extended_to") is issues
        assert acts.may(scheme, level, "verification") is issues
        assert acts.may(scheme, level, "feedback", "feedback_on", "state")


# The whole history -------------------------------------------------------------------------------


def test_the_story_of_an_item_in_words(named: tuple[Book, dict[str, str]]) -> None:
    book, records = named
    record = records["42亩土地征收"]
    acts.report(book, record, "已签订 30 亩", TODAY, done=False)
    acts.extend(book, record, date(2023, 3, 10), "补偿款未到位")
    acts.verify(book, record, "现场仍有 3 户", again=False)
    closing.close(book, "supervision", [record], TODAY)
    undo.undo(book)
    change(book, "supervision", record, remark="加急", responsible_person="李强")
    change(book, "supervision", record, remark=None)
    events = story.story_of(book, "supervision", record)
    assert [(event.title, event.lines) for event in events] == [
        ("修改", ("备注：清空（原为 加急）",)),
        ("修改", ("责任人：李强", "备注：加急")),
        ("撤销：销号", ("状态：已销号 → 办理中", "销号日期：清空（原为 2023年3月2日）")),
        ("销号", ("状态：办理中 → 已销号", "销号日期：2023年3月2日")),
        ("核查", ("现场核查情况：现场仍有 3 户",)),
        ("延期：补偿款未到位", ("延期至：2023年3月10日",)),
        ("反馈", ("办理情况：已签订 30 亩", "反馈日期：2023年3月2日")),
        (
            "交办",
            ("督办文号：督办〔2023〕7号；办结时限：2023年3月1日；状态：办理中",),
        ),
    ]
    assert {(event.who, event.when) for event in events} == {("王敏", "3月2日 12:00")}


def test_a_matter_that_was_rewritten_is_told_as_it_was(
    named: tuple[Book, dict[str, str]],
) -> None:
    book, records = named
    record = records["项目入库"]
    change(book, "supervision", record, matter="项目入库纳统")
    changed, begun = story.story_of(book, "supervision", record)
    assert changed.lines == ("督办事项：项目入库纳统",)
    assert "督办事项：项目入库；" in begun.lines[0]


def test_removal_and_return_are_told(named: tuple[Book, dict[str, str]]) -> None:
    book, records = named
    record = records["项目入库"]
    remove(book, "supervision", record)
    undo.undo(book)
    titles = [event.title for event in story.story_of(book, "supervision", record)]
    assert titles == ["撤销：删除", "删除", "交办"]


# Out of lateness ---------------------------------------------------------------------------------


def proposals(book: Book) -> list[acts.Proposal]:
    return list(acts.proposals(book, WEEK, reading.items(book, TODAY)))


def test_red_projects_without_an_open_item_are_proposed_with_their_reason(
    named: tuple[Book, dict[str, str]],
) -> None:
    book, records = named
    found = proposals(book)
    assert [one.project for one in found] == [records["戊"]]
    (one,) = found
    assert (one.name, one.unit, one.unit_name) == ("戊", records["阴阳赵镇"], "阴阳赵镇")
    assert one.reason
    assert one.matter == f"戊：{one.reason}，请查明原因，落实责任和时限，加快推进。"
    with book.batch("create") as batch:
        item = batch.create(
            "supervision",
            {
                "unit": one.unit,
                "matter": "戊停工",
                "due": day(9),
                "subject_project": one.project,
            },
        )
    assert proposals(book) == []
    change(book, "supervision", item, state="已销号", closed_on="2023-03-01")
    assert [again.project for again in proposals(book)] == [records["戊"]]


def test_they_are_issued_as_one_act_and_numbered_on(named: tuple[Book, dict[str, str]]) -> None:
    book, records = named
    (one,) = proposals(book)
    other = acts.Proposal(records["甲"], "甲", records["大刘镇"], "大刘镇", "x", "甲：x")
    made = acts.issue(book, [one, other], TODAY, date(2023, 3, 9))
    assert [fields(book, record, "number")[0] for record in made] == [
        "督办〔2023〕13号",
        "督办〔2023〕14号",
    ]
    names = ("source", "sheet", "state", "issued_on", "due", "subject_project", "unit")
    assert fields(book, made[0], *names) == (
        "进度滞后", "督办", "待办", "2023-03-02", "2023-03-09", records["戊"], one.unit,
    )  # fmt: skip
    assert undo.undo(book).note == "下达督办 2 件"
    assert len(reading.items(book, TODAY)) == 7
    assert clean(book)
