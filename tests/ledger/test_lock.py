"""The submission lock: a submitted week is closed until the unit above returns it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import lock, merging
from desktop.ledger.entry import ledger_identity
from desktop.ledger.lock import WeekSubmitted, locked, owner
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import NEXT, WEEK, change, clean, everything, found, project, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        yield made


def town_of(book: Book, name: str) -> str:
    with book.batch("create") as batch:
        return batch.create("unit", {"name": name, "level": "township", "above": book.unit})


def submitted(book: Book, unit: str, period: str = WEEK, **more: str) -> str:
    with book.batch("submit") as batch:
        values = {"unit": unit, "period": period, "submitted_on": "2023-03-02", **more}
        return batch.create("submission", values)


def answered(book: Book, unit: str, state: str, period: str = WEEK) -> None:
    sent = book.present("submission", ledger_identity("submission", unit, period))
    assert sent is not None
    with book.batch("return" if state == lock.RETURNED else "accept") as batch:
        values = {
            "unit": unit,
            "period": period,
            "state": state,
            "submission": " ".join(sent.heads),
        }
        batch.create("reception", values)


def test_a_submitted_week_is_closed_and_says_who_can_open_it(book: Book) -> None:
    town = town_of(book, "空冢郭镇")
    record = week(book, project(book, unit=town))
    assert not locked(book, town, WEEK)
    submitted(book, town)
    assert book.locked(town, WEEK)
    before = everything(book)
    with pytest.raises(WeekSubmitted) as refused:
        change(book, "weekly", record, completed_week=7)
    assert refused.value.sentence == "空冢郭镇 2023-W09 已经上报，不能再改。"
    assert refused.value.advice == "确需修改，请源汇区退回这一周。"
    assert refused.value.period == WEEK
    assert everything(book) == before


def test_a_unit_without_one_above_is_told_so(book: Book) -> None:
    record = week(book, project(book))
    submitted(book, book.unit)
    with pytest.raises(WeekSubmitted) as refused:
        change(book, "weekly", record, completed_week=7)
    assert "上级单位" in refused.value.advice


def test_other_weeks_other_units_and_other_registers_stay_open(book: Book) -> None:
    town, other = town_of(book, "空冢郭镇"), town_of(book, "大刘镇")
    subject = project(book, unit=town)
    week(book, subject)
    submitted(book, town)
    week(book, subject, NEXT)
    week(book, project(book, "别处", unit=other))
    change(book, "project", subject, state="停工")
    with book.batch("create") as batch:
        batch.create("problem", {"project": subject, "problem": "征迁"})
    with pytest.raises(WeekSubmitted):
        week(book, project(book, "漏报", unit=town))
    assert clean(book)


def test_one_act_over_an_open_and_a_closed_week_is_refused_whole(book: Book) -> None:
    subject = project(book)
    closed, open_ = week(book, subject), week(book, subject, NEXT)
    submitted(book, book.unit)
    before = everything(book)
    with pytest.raises(WeekSubmitted, match=WEEK), book.batch("paste") as batch:
        batch.change("weekly", open_, {"completed_week": 7})
        batch.change("weekly", closed, {"completed_week": 7})
    assert everything(book) == before


def test_an_explanation_of_a_submitted_week_is_closed_too(book: Book) -> None:
    subject = project(book)
    week(book, subject)
    submitted(book, book.unit)
    with pytest.raises(WeekSubmitted), book.batch("explain") as batch:
        values = {"check": "c", "item": "i", "text": "雨季"}
        batch.create("explanation", {"project": subject, "period": WEEK, **values})


def test_accepted_stays_closed_and_returned_opens(book: Book) -> None:
    record = week(book, project(book))
    submitted(book, book.unit)
    answered(book, book.unit, lock.ACCEPTED)
    assert locked(book, book.unit, WEEK)
    answered(book, book.unit, lock.RETURNED)
    assert not locked(book, book.unit, WEEK)
    change(book, "weekly", record, completed_week=7)


def test_submitted_again_after_a_return_is_closed_again(book: Book) -> None:
    record = week(book, project(book))
    submitted(book, book.unit)
    answered(book, book.unit, lock.RETURNED)
    change(book, "weekly", record, completed_week=7)
    submitted(book, book.unit, correction="误填")
    assert locked(book, book.unit, WEEK)
    with pytest.raises(WeekSubmitted):
        change(book, "weekly", record, completed_week=8)
    answered(book, book.unit, lock.RETURNED)
    assert not locked(book, book.unit, WEEK)


def test_a_submission_taken_away_closes_nothing(book: Book) -> None:
    week(book, project(book))
    sent = submitted(book, book.unit)
    books.remove(book, "submission", sent)
    assert not locked(book, book.unit, WEEK)


def test_an_answer_taken_away_leaves_the_week_closed(book: Book) -> None:
    week(book, project(book))
    submitted(book, book.unit)
    answered(book, book.unit, lock.RETURNED)
    books.remove(book, "reception", ledger_identity("reception", book.unit, WEEK))
    assert locked(book, book.unit, WEEK)


def test_merging_is_never_refused(tmp_path: Path) -> None:
    first = found(tmp_path / "甲.yzb")
    subject = project(first)
    record = week(first, subject)
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        submitted(book, book.unit)
        change(other, "weekly", record, completed_week=7)
        late = other.journal.of_record(record)[-1]
        merging.receive(book, [late.authored], "stick")
        assert books.value(book, "weekly", record, "completed_week") == 7
        assert clean(book)


def test_a_submission_is_not_locked_by_itself(book: Book) -> None:
    sent = submitted(book, book.unit)
    assert submitted(book, book.unit, correction="补报") == sent


def test_whose_record_it_is(book: Book) -> None:
    town = town_of(book, "空冢郭镇")
    subject = project(book, unit=town)
    scheme = book.scheme

    def of(register: str, **values: object) -> str | None:
        return owner(book, scheme.register(register), values)

    assert of("unit", record=town) == town
    assert of("project", unit=town) == town
    assert of("project") is None
    assert of("weekly", project=subject) == town
    assert of("weekly", project="0" * 32) is None
    assert of("weekly") is None
    assert of("submission", unit=town) == town
    assert of("meeting", name="会") is None
    assert of("scheme") is None
