"""A project's head, weeks, lists and changes, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger import undo
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.ui.project import changes, items, reading
from desktop.ui.project.changes import Changed
from desktop.ui.project.items import ItemList
from desktop.ui.project.whole import whole
from tests.ledger import books
from tests.ledger.district import WEEK, district

TODAY = date(2023, 3, 2)
W = 10_000


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, made = district(tmp_path / "d.yzb")
    with book:
        yield book, made


def test_the_head(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    books.change(
        book, "project", known["甲"],
        code="2509-320193-89-01-544061", batches=["三个一批"], sponsor="田晓东",
        responsible_unit="大刘镇",
    )  # fmt: skip
    head = reading.head(book, known["甲"], WEEK)
    assert (head.name, head.light, head.conflicts) == ("甲", "green", 0)
    assert head.unit == known["大刘镇"]
    assert head.chips == (
        ("省重点项目", "plain"),
        ("在建", "accent"),
        ("三个一批", "plain"),
        ("工业", "plain"),
        ("服务业", "plain"),
    )
    assert (head.code, head.remark) == ("2509-320193-89-01-544061", "校验位不符，是否录错一位？")
    assert [(figure.caption, figure.value) for figure in head.figures] == [
        ("总投资", "1 亿元"),
        ("年度计划", "3,650 万元"),
        ("年累计", "610 万元（16.7%）"),
        ("与序时进度之差", "0.0 个百分点"),
        ("责任单位 / 包联领导", "大刘镇 / 田晓东"),
    ]
    assert head.reasons == ()


def test_the_head_of_one_that_is_not_dispatched(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    head = reading.head(book, known["己"], WEEK)
    assert (head.light, head.reasons) == ("none", ())
    assert [figure.value for figure in head.figures] == [
        "1 亿元",
        "900 万元",
        "—",
        "—",
        "—",
    ]


def test_far_behind_is_said_in_the_tone_of_its_light(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    head = reading.head(book, known["戊"], WEEK)
    assert head.light == "red" and any("停工" in reason for reason in head.reasons)
    gap = head.figures[3]
    assert (gap.value, gap.tone) == ("−12.7 个百分点", "explain")


def test_a_removed_project_has_no_head(made: tuple[Book, dict[str, str]]) -> None:
    book, _ = made
    record = books.project(book, "辛")
    books.remove(book, "project", record)
    with pytest.raises(NoSuchRecord):
        whole(book, record, WEEK, TODAY, None)


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (None, "—"),
        (0, "0 万元"),
        (98_000_000, "9,800 万元"),
        (120_000_000, "1.2 亿元"),
        (1_200_000_000, "12 亿元"),
        (-12_345, "-1.2345 万元"),
    ],
)
def test_sums_in_words(yuan: int | None, said: str) -> None:
    assert reading.amount(yuan) == said


def test_the_weeks_newest_first_and_the_curve(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    weeks = reading.weeks(book, known["甲"], WEEK)
    assert weeks.table.keys == ("2023-W10", WEEK, "2023-W08", "2022-W52")
    assert [row[0].text for row in weeks.table.rows] == [
        "第10周", "第9周", "第8周", "2022年第52周",
    ]  # fmt: skip
    assert [row[0].bold for row in weeks.table.rows] == [False, True, False, False]
    titles = [column.title for column in weeks.table.columns]
    row = dict(zip(titles, weeks.table.rows[1], strict=True))
    assert (row["本周完成投资"].text, row["本周完成投资"].right) == ("110", True)
    assert row["占年度计划"].text == "16.7%"
    assert "现场照片" not in titles  # nothing in any row
    assert [week.label for week in weeks.curve] == [f"第{n}周" for n in range(1, 10)]
    assert (weeks.curve[-1].done, weeks.curve[-1].plan) == (Fraction(61, 365), Fraction(61, 365))
    assert (weeks.curve[0].done, weeks.curve[-2].done) == (None, Fraction(500, 3650))
    assert reading.weeks(book, known["丙"], WEEK).curve == ()  # no plan, no rate


def test_photos_are_counted(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    row = next(r["record"] for r in book.rows("weekly", WEEK) if r["project"] == known["甲"])
    books.change(book, "weekly", row, photos=["a" * 64, "b" * 64])
    weeks = reading.weeks(book, known["甲"], WEEK)
    place = [column.name for column in weeks.table.columns].index("photos")
    assert [cells[place].text for cells in weeks.table.rows] == ["", "2 张", "", ""]


def lists(book: Book, record: str) -> dict[str, ItemList]:
    return {one.register: one for one in items.item_lists(book, record, TODAY)}


def test_the_lists_of_a_project(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    found = lists(book, known["甲"])
    assert next(iter(found)) == "milestone"  # the timetable first
    assert set(found) >= {"milestone", "problem", "sponsor", "stopped"}
    assert "supervision" not in found  # empty, and not added here
    problems = found["problem"]
    assert (problems.open, problems.late, problems.closed) == (1, 1, (True, False)) or (
        problems.open, problems.late, problems.closed,
    ) == (1, 1, (False, True))  # fmt: skip
    assert problems.addable and problems.closes and problems.closing is not None
    assert problems.closing.title == "已销号"
    assert not found["sponsor"].closes


def test_days_open_and_what_is_late(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    table = lists(book, known["甲"])["problem"].table
    names = [column.name for column in table.columns]
    cells = {
        row[names.index("problem")].text: dict(zip(names, row, strict=True)) for row in table.rows
    }
    late = cells["土地未征收"]
    assert (late["due"].text, late["due"].tone) == ("2月28日", "must")
    assert late["state"].text == "整改中　5 天"
    done = cells["供电未接入"]
    assert (done["state"].text, done["state"].tone, done["due"].text) == ("已销号", "faint", "")


def test_closed_later_than_the_day_is_still_open(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    early = {one.register: one for one in items.item_lists(book, known["甲"], date(2023, 2, 19))}
    assert early["problem"].open == 2
    assert early["problem"].late == 0


def test_milestones_in_their_order(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    with book.batch("create") as batch:
        for name, order, due, finish in (
            ("封顶", 2, "2023-06-30", None),
            ("基础", 1, "2023-03-01", "2023-02-28"),
            ("验收", None, "2023-12-20", None),
        ):
            batch.create(
                "milestone",
                {
                    "project": known["丙"],
                    "name": name,
                    "order": order,
                    "planned_start": "2023-01-10",
                    "due": due,
                    "actual_finish": finish,
                    "state": "已完成" if finish else "未开始",
                },
            )
    found = lists(book, known["丙"])["milestone"]
    assert [one.name for one in found.milestones] == ["基础", "封顶", "路基完成", "验收"]
    assert found.milestones[0].finished == date(2023, 2, 28)
    assert found.closed[:2] == (True, False)
    assert [one.key for one in found.milestones] == list(found.table.keys)


def test_what_a_township_may_not_fill_is_neither_added_nor_closed(tmp_path: Path) -> None:
    book, known = district(tmp_path / "d.yzb")
    with book:
        with book.batch("create") as batch:
            batch.create(
                "supervision",
                {
                    "unit": known["大刘镇"],
                    "matter": "征地",
                    "subject_project": known["甲"],
                    "due": "2023-03-01",
                    "extended_to": "2023-03-20",
                },
            )
        mine = lists(book, known["甲"])["supervision"]
        assert (mine.addable, mine.closing is not None, mine.late) == (False, True, 0)
        book.level = "township"
        theirs = lists(book, known["甲"])["supervision"]
        assert (theirs.addable, theirs.closing) == (False, None)
        assert lists(book, known["甲"])["problem"].addable


def test_every_change_newest_first(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    record = known["甲"]
    start = len(changes.changes(book, record, limit=10_000).changes)
    books.change(book, "project", record, total_investment=20_000 * W, level="市")
    problem = next(r["record"] for r in book.rows("problem") if r["project"] == record)
    books.change(book, "problem", problem, measure="逐户签约")
    undo.undo(book)
    found = changes.changes(book, record, limit=10_000).changes
    assert len(found) == start + 4
    newest = found[0]
    assert (newest.act, newest.field, newest.new) == ("撤销", "整改措施", "")
    assert newest.old == "逐户签约"
    assert newest.where.startswith("问题清单：")
    assert newest.why == "修改"  # what was undone
    change = {one.field: one for one in found[2:4]}
    assert (change["总投资"].old, change["总投资"].new) == ("10,000", "20,000")
    assert (change["项目级别"].old, change["项目级别"].new) == ("省重点项目", "市重点项目")
    assert (change["总投资"].where, change["总投资"].who) == ("档案", "王敏")
    assert (change["总投资"].when, change["总投资"].why) == ("2023-03-02 12:00", "")


def test_a_link_and_a_week_are_named(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    found = changes.changes(book, known["甲"], limit=10_000).changes
    units = [one for one in found if one.field == "填报单位"]
    assert [one.new for one in units] == ["大刘镇"]
    assert {"2023年第9周", "档案"} <= {one.where for one in found}
    assert not any(one.field in ("所属", "期次") for one in found)


def test_a_removed_item_stays_in_the_changes(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    problem = next(r["record"] for r in book.rows("problem") if r["project"] == known["甲"])
    books.remove(book, "problem", problem)
    newest = changes.changes(book, known["甲"]).changes[0]
    assert (newest.act, newest.field, newest.new) == ("删除", "整条", "删除")


def test_changes_come_page_by_page_and_all_of_them(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    whole_list = changes.changes(book, known["甲"], limit=10_000)
    assert whole_list.next == 0
    gathered: list[changes.Change] = []
    begin = pages = 0
    while True:
        page = changes.changes(book, known["甲"], begin=begin, limit=2)
        gathered += page.changes
        pages += 1
        if not page.next:
            break
        begin = page.next
    assert tuple(gathered) == whole_list.changes
    assert pages > 2


def test_changes_of_one_field(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    fields = changes.changed_fields(book, known["甲"])
    assert Changed("project", "total_investment", "总投资") in fields
    assert Changed("problem", "state", "问题清单：状态") in fields
    assert not any(one.field == "code" for one in fields)
    books.change(book, "project", known["甲"], total_investment=30_000 * W)
    only = Changed("project", "total_investment", "总投资")
    found = changes.changes(book, known["甲"], only).changes
    assert [(one.old, one.new) for one in found] == [("10,000", "30,000"), ("", "10,000")]


def test_all_of_a_project_at_once(made: tuple[Book, dict[str, str]]) -> None:
    book, known = made
    shown = whole(book, known["甲"], WEEK, TODAY, None)
    assert shown.head.name == "甲"
    assert shown.open == sum(one.open for one in shown.lists if one.closes) >= 1
    assert shown.changed.changes and shown.fields and shown.weeks.table.rows
