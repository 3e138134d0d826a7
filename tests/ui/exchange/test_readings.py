"""What the page reads of a book: the week upward, the units below, the post book, quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.exchange import enrolment, refusals, sender_refusals
from desktop.exchange.postbook import Sent, Took
from desktop.exchange.shelves import Shelves
from desktop.ledger import workspace
from desktop.ledger.correspondence import ACKNOWLEDGED, PENDING, SET_ASIDE, WITHDRAWN, WRITTEN
from desktop.ledger.workspace import Book
from desktop.ui.exchange import below, letters, outgoing, quarantine, reading, report_words
from desktop.ui.exchange.below import Below, Received
from desktop.ui.exchange.outgoing import Fresh, Upward
from tests.ui.exchange.conftest import ANSWERED, FIRST, NEXT, SECOND, STRANGER, WEEK


@pytest.fixture
def district(homes: Path) -> Iterator[Book]:
    home = homes / "district"
    with workspace.open_book(home / "district.yzb", profile=home / "profile") as book:
        yield book


@pytest.fixture
def town(homes: Path) -> Iterator[Book]:
    home = homes / FIRST
    with workspace.open_book(home / "book.yzb", profile=home / "profile") as book:
        yield book


def test_the_units_below_say_how_far_they_are_known(district: Book, homes: Path) -> None:
    units = {one.name: one for one in below.below(district)}
    assert units[FIRST].contact == "已核对"
    assert units[FIRST].last is not None
    assert units[ANSWERED].contact == "待回信"
    assert units[STRANGER].contact == "首次联系"
    assert units[STRANGER].last is None
    assert [units[name].first for name in (FIRST, ANSWERED, STRANGER)] == [False, True, True]
    assert below.invited(units.values()) == {units[ANSWERED].unit}


def test_an_answer_closes_the_way_down_until_it_is_compared(district: Book, homes: Path) -> None:
    from desktop.exchange import sitting

    sitting.take_in(district, [homes / "stick"])
    units = {one.name: one for one in below.below(district)}
    assert units[ANSWERED].contact == "待核对"
    assert not units[ANSWERED].open
    (code,) = [one.code for one in enrolment.codes(district) if one.unit == units[ANSWERED].unit]
    shown = below.table(units.values(), (), {})
    row = next(row for row in shown.rows if row[1].text == ANSWERED)
    assert row[0].text == below.OFF
    assert row[2].text == "待核对"
    assert row[3].text == "先在右边“往来单位”核对，再下发"
    # Who could read the code off the screen would compare nothing.
    assert code not in "".join(cell.text for cell in row)


def test_the_week_s_senders_are_counted_and_the_missing_named(district: Book, homes: Path) -> None:
    from desktop.exchange import sitting

    assert below.received(district, WEEK).arrived == 0
    sitting.take_in(district, [homes / "stick"])
    found = below.received(district, WEEK)
    assert (found.arrived, found.all) == (2, 4)
    assert set(found.missing) == {ANSWERED, STRANGER}
    assert found.title == "第9周收报"
    assert below.received(district, NEXT).arrived == 0


def test_who_sent_in_words() -> None:
    assert Received(WEEK, 0, ()).words == "还没有填报单位。"
    assert Received(WEEK, 3, ()).words == "全部收齐。"
    assert Received(WEEK, 3, ("甲乡", "乙镇")).words == "未报：甲乡、乙镇"


def test_the_units_in_a_sentence() -> None:
    known = Below("a", "甲", "已核对")
    units = (known, Below("b", "乙", "首次联系"), Below("c", "丙", "待核对"))
    said = below.summary(units, {"a": Fresh("a", 3, ((3, "项目 {} 个"),))})
    assert said == ("1 个单位已建立联系，1 个首次联系，1 个待核对；已联系的其中 1 个有新内容。")
    assert (
        below.summary((known,), {"a": Fresh("a", 0)})
        == "1 个单位已建立联系；已联系的都没有新内容。"
    )
    assert (
        below.summary((known,), {"a": Fresh("a", 0, written=7)})
        == "1 个单位已建立联系；已联系的都没有新内容，1 个等回执。"
    )
    assert below.summary((known,), {}) == "1 个单位已建立联系；已联系的正在清点新内容。"
    assert below.summary((), {}) == "还没有下级单位，请先登记单位。"


def test_what_a_unit_lacks_is_counted_by_what_people_know(district: Book) -> None:
    units = {one.name: one.unit for one in below.below(district)}
    stranger = outgoing.fresh(district, units[STRANGER])
    assert not stranger.known
    assert stranger.words.startswith("项目 1 个、")
    known = outgoing.fresh(district, units[SECOND])
    assert known.known
    assert known.entries < stranger.entries
    assert Fresh("a", 0).words == "没有新内容"
    assert Fresh("a", 2).words == "2 条改动"


def test_why_nothing_is_chosen_is_said_with_what_to_do() -> None:
    waits, answered = Below("a", "甲", "待回信"), Below("b", "乙", "待核对")
    known = Below("c", "丙", "已核对")
    assert "先在下面“往来单位”核对" in below.why_none((answered,))
    assert "等对方回信" in below.why_none((waits, answered))
    assert "没有选中单位" in below.why_none((waits, known))


def test_what_was_written_is_not_said_to_be_lacking(town: Book) -> None:
    """The week went up and nobody has answered: nothing of it is called missing."""
    (above,) = town.connection.execute(
        "SELECT above FROM unit WHERE record = ?", (town.unit,)
    ).fetchone()
    found = outgoing.fresh(town, above)
    assert (found.entries, found.parts) == (0, ())
    assert found.written
    assert found.unanswered
    assert found.words == "都已写出，等回执"
    week = outgoing.upward(town, WEEK)
    said = report_words.hint_in_words(week, found)
    assert said.startswith("内容都已随包写出，等对方回执。")
    assert "没有的" not in said
    (project,) = town.connection.execute("SELECT record FROM project").fetchone()
    with town.batch("create") as batch:
        batch.create("milestone", {"project": project, "name": "封顶", "due": "2023-05-01"})
    later = outgoing.fresh(town, above)
    assert (later.entries, later.written) == (1, found.written)
    assert "又有新内容" in report_words.hint_in_words(week, later)
    assert later.words.endswith(" 1 条")
    assert report_words.hint_in_words(week, Fresh(above, 0)).startswith("对方已有全部内容。")
    # A share goes to one of several PCs: there nothing counts as written.
    assert outgoing.fresh(town, town.unit).written == 0


def test_a_submitted_week_has_its_package(town: Book) -> None:
    found = outgoing.upward(town, WEEK)
    assert found.done
    assert found.contact
    assert found.above == "源汇区"
    assert (found.rows, found.photos) == (1, 0)
    assert found.package is not None
    assert found.package.periods == (WEEK,)
    assert report_words.title_in_words(found) == "第9周已上报"
    assert "审核人刘伟" in report_words.state_in_words(found)


def test_a_week_not_filled_has_none(town: Book) -> None:
    found = outgoing.upward(town, NEXT)
    assert not found.done
    assert found.package is None
    assert report_words.title_in_words(found) == "上报 第10周"
    assert report_words.state_in_words(found) == "处理完以上各条，就可以上报。"
    assert report_words.contents_in_words(found) == "1 个项目，台账 0 行。"
    alone = msgspec.structs.replace(found, contact=False, above="")
    assert report_words.state_in_words(alone) == (
        "处理完以上各条，就可以上报。还没有与上级建立联系，不写数据包；打印、签字、盖章后登记上报。"
    )


def test_a_week_changed_after_submission_is_a_correction(town: Book) -> None:
    found = outgoing.upward(town, WEEK)
    sent = msgspec.structs.replace(found.week.sent, changed=2)
    changed: Upward = msgspec.structs.replace(
        found, week=msgspec.structs.replace(found.week, sent=sent)
    )
    assert changed.correcting
    assert not changed.done
    assert report_words.title_in_words(changed) == "更正上报 第9周"
    assert "2 条改动" in report_words.state_in_words(changed)


def test_the_whole_page_is_read_at_once(district: Book, town: Book) -> None:
    one = reading.exchange(district, WEEK)
    assert one.upward is None
    assert one.received is not None
    assert len(one.taken) == 2
    other = reading.exchange(town, WEEK)
    assert other.upward is not None
    assert other.received is None
    assert other.below == ()
    assert [package.kind for package in other.sent] == ["report", "report"]


PACKAGE = Sent(
    "r", "u", "report", "p", 12, "d" * 64, (WEEK,), "report-x.yzp", 35840, 14, 5, WRITTEN,
    "2023-03-02T12:05:09+08:00",
)  # fmt: skip


def test_what_was_sent_in_a_row() -> None:
    newer = msgspec.structs.replace(PACKAGE, record="s", number=13, periods=(), state=PENDING)
    shown = letters.sent_table([PACKAGE, newer], {"u": "源汇区"})
    assert shown.keys == ("s", "r")
    assert [cell.text for cell in shown.rows[1]] == [
        "2023-03-02 12:05",
        "源汇区",
        "报告包 第12号",
        "第9周",
        "14 条改动，照片附件 5 个，35 KB",
        "已写出",
        "report-x.yzp",
    ]
    assert shown.rows[0][5].tone == "must"


@pytest.mark.parametrize(
    ("state", "again", "back", "said"),
    [
        (PENDING, True, True, "还没有写到U盘上"),
        (WRITTEN, True, False, "已写出并读回核对"),
        (ACKNOWLEDGED, False, False, "对方已经装入"),
        (WITHDRAWN, False, False, "已撤回"),
    ],
)
def test_what_can_be_done_with_a_package_sent(
    state: str, again: bool, back: bool, said: str
) -> None:
    one = msgspec.structs.replace(PACKAGE, state=state)
    assert letters.may_write_again(one) is again
    assert letters.may_withdraw(one) is back
    assert said in letters.told(one, "源汇区")


def test_what_was_taken_in_in_a_row() -> None:
    note, time = "缺第 2 号，内容已含", "2023-03-02T12:05"
    one = Took("r", "u", "task", "p", 3, "d" * 64, (), 0, 0, SET_ASIDE, note, time)
    (row,) = letters.taken_table([one], {}).rows
    assert [cell.text for cell in row][1:] == [
        "—",
        "任务包 第3号",
        "—",
        "只有回执",
        "已撤销",
        "缺第 2 号，内容已含",
    ]
    assert "可以重新装入" in letters.taken_told(one, "源汇区")


def test_quarantine_is_read_from_its_notes_the_newest_reason_last(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    assert Shelves(book).refused.reasons() == ()
    shelves = Shelves(book)
    shelves.refused.keep(b"spoilt", refusals.Unreadable(), "E:\\报告\\report-x.yzp")
    shelves.refused.keep(b"spoilt", sender_refusals.ForgedSignature("问十乡"), "F:\\report-y.yzp")
    (found,) = Shelves(book).refused.reasons()
    assert found.name == "ForgedSignature"
    assert found.reason == sender_refusals.ForgedSignature("问十乡").sentence
    assert found.advice == sender_refusals.ForgedSignature("问十乡").advice
    assert found.source == "F:\\report-y.yzp"
    assert found.copy is not None
    assert found.copy.read_bytes() == b"spoilt"
    (row,) = quarantine.table((found,)).rows
    assert row[1].text == "report-y.yzp"


def test_notes_that_somebody_spoilt_stop_nothing(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    shelf = Shelves(book).refused
    shelf.folder.mkdir()
    (shelf.folder / ("0" * 64 + ".原因.txt")).write_bytes(b"\xff\xfe nonsense")
    (found,) = Shelves(book).refused.reasons()
    assert (found.reason, found.copy) == ("", None)


def test_what_stands_apart_in_the_programs_own_registers_is_nobodys_to_decide(town: Book) -> None:
    sides = [("partner", "state"), ("submission", "filler"), ("weekly", "remark")]
    for register, field in sides:
        for value in ("甲", "乙"):
            town.connection.execute(
                "INSERT INTO conflict (record, register, field, entry, value)"
                " VALUES (?, ?, ?, ?, ?)",
                (f"one-{register}", register, field, f"entry-{value}", f'"{value}"'),
            )
    assert reading.exchange(town, NEXT).apart == 1
