"""Photos added to a week and taken out of it: one act each, never of a closed week."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import attachments, checks, cycle, explanations, undo
from desktop.ledger.lock import WeekSubmitted
from desktop.ledger.workspace import Book
from desktop.ui.photos import keeping, reading
from desktop.ui.photos.keeping import NoPhotosHere
from tests.ledger.books import NEXT, NOON, WEEK, clean, found, project, week

ONE, TWO, THREE = (b"\xff\xd8\xff\xe0" + bytes([n]) * 80 + b"\xff\xd9" for n in (1, 2, 3))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A township's book: one project, one week."""
    made = found(tmp_path / "镇.yzb", "空冢郭镇", level="township", under="源汇区")
    with made:
        week(made, project(made), completed_year=1_000_000)
        yield made


@pytest.fixture
def subject(book: Book) -> str:
    return str(book.rows("project")[0]["record"])


def shown(book: Book, subject: str, period: str | None = None) -> list[reading.Photo]:
    return list(reading.photos_of(book, "weekly", subject, period))


def test_photos_are_added_behind_those_that_are_there(book: Book, subject: str) -> None:
    first = keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    assert (first.added, first.known) == (1, 0)
    again = keeping.add(book, "weekly", subject, WEEK, [("二.jpg", TWO), ("一.jpg", ONE)])
    assert (again.added, again.known, again.record) == (1, 1, first.record)
    assert [photo.name for photo in shown(book, subject)] == ["一.jpg", "二.jpg"]
    assert undo.undo(book).act == "添加照片"
    assert [photo.name for photo in shown(book, subject)] == ["一.jpg"]
    assert clean(book)


def test_a_week_that_has_no_row_yet_gets_one(book: Book, subject: str) -> None:
    kept = keeping.add(book, "weekly", subject, NEXT, [("一.jpg", ONE)])
    rows = [row for row in book.rows("weekly") if row["period"] == NEXT]
    assert [row["record"] for row in rows] == [kept.record]
    undo.undo(book)
    assert [row for row in book.rows("weekly") if row["period"] == NEXT] == []
    keeping.add(book, "weekly", subject, NEXT, [("二.jpg", TWO)])
    assert [photo.name for photo in shown(book, subject, NEXT)] == ["二.jpg"]


def test_photos_are_taken_out_and_come_back(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE), ("二.jpg", TWO)])
    keeping.add(book, "weekly", subject, NEXT, [("三.jpg", THREE)])
    chosen = [
        (photo.record, photo.digest) for photo in shown(book, subject) if photo.name != "二.jpg"
    ]
    assert keeping.remove(book, "weekly", chosen) == 2
    assert [photo.name for photo in shown(book, subject)] == ["二.jpg"]
    assert keeping.remove(book, "weekly", chosen) == 0
    done = undo.undo(book)
    assert (done.act, done.note) == ("修改", "移除照片")
    assert [photo.name for photo in shown(book, subject)] == ["三.jpg", "一.jpg", "二.jpg"]


def submitted(book: Book) -> None:
    for finding in checks.unexplained(checks.check_period(book, WEEK)):
        explanations.explain(book, finding.id, "首周填报，上周无数")
    cycle.submit(book, WEEK, NOON.date())


def test_a_submitted_week_takes_none_and_gives_none(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    keeping.add(book, "weekly", subject, NEXT, [("二.jpg", TWO)])
    submitted(book)
    with pytest.raises(WeekSubmitted):
        keeping.add(book, "weekly", subject, WEEK, [("三.jpg", THREE)])
    with pytest.raises(WeekSubmitted):
        keeping.refuse_closed(book, "weekly", subject, WEEK)
    keeping.refuse_closed(book, "weekly", subject, NEXT)
    both = [(photo.record, photo.digest) for photo in shown(book, subject)]
    with pytest.raises(WeekSubmitted):
        keeping.remove(book, "weekly", both)
    assert len(shown(book, subject)) == 2
    later, earlier = shown(book, subject)
    assert (later.locked, earlier.locked) == ("", f"空冢郭镇 {WEEK} 已经上报，不能再改。" + LOCKED)


LOCKED = "确需修改，请源汇区退回这一周。"


def test_registers_without_photos_say_so(book: Book, subject: str) -> None:
    for register in ("problem", "project"):
        with pytest.raises(NoPhotosHere, match="没有照片一栏"):
            keeping.add(book, register, subject, WEEK, [("一.jpg", ONE)])


def test_what_is_no_photo_is_refused_and_nothing_is_written(book: Book, subject: str) -> None:
    head = book.journal.head
    with pytest.raises(attachments.NotAllowed):
        keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE), ("许可证.pdf", b"%PDF-1.7")])
    assert book.journal.head == head
    assert attachments.held(book) == frozenset()


# What a strip shows ------------------------------------------------------------------------------


def test_the_newest_week_stands_first_with_its_caption(book: Book, subject: str) -> None:
    taken = b"\xff\xd8\xff\xfe\x00\x19Taken: 2022-12-31T08:05" + ONE[2:]
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE), ("二.jpg", taken)])
    keeping.add(book, "weekly", subject, NEXT, [("三.jpg", THREE)])
    assert [(photo.week, photo.when, photo.by) for photo in shown(book, subject)] == [
        ("第10周", "3月2日 12:00 添加", "王敏"),
        ("第9周", "3月2日 12:00 添加", "王敏"),
        ("第9周", "2022年12月31日 08:05 拍摄", "王敏"),
    ]
    assert {photo.period for photo in shown(book, subject, WEEK)} == {WEEK}


def test_weeks_of_two_years_say_their_year(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    keeping.add(book, "weekly", subject, "2022-W50", [("二.jpg", TWO)])
    weeks = [photo.week for photo in shown(book, subject)]
    assert weeks == ["2023年第9周", "2022年第50周"]


def test_a_photo_added_again_says_when_it_came_back(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    (photo,) = shown(book, subject)
    keeping.remove(book, "weekly", [(photo.record, photo.digest)])
    book.operator = "李强"
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    (again,) = shown(book, subject)
    assert (photo.by, again.by) == ("王敏", "李强")


def test_each_photo_says_who_added_it(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    book.operator = "李强"
    keeping.add(book, "weekly", subject, WEEK, [("二.jpg", TWO)])
    assert [photo.by for photo in shown(book, subject)] == ["王敏", "李强"]


def test_a_lost_photo_is_listed_as_lost(book: Book, subject: str) -> None:
    keeping.add(book, "weekly", subject, WEEK, [("一.jpg", ONE)])
    book.connection.execute("DELETE FROM attachment")
    (photo,) = shown(book, subject)
    assert (photo.held, photo.name) == (False, "")


def test_registers_without_photos_show_none(book: Book, subject: str) -> None:
    assert reading.photos_of(book, "problem", subject) == ()
