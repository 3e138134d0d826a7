"""A submission that never left is taken back: the week is as it was before, in both books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import cycle, undo, verify, workspace
from desktop.ledger.correspondence import ACKNOWLEDGED, PENDING, SENT, WITHDRAWN, WRITTEN
from desktop.ledger.entry import Entry, ledger_identity
from desktop.ledger.lock import SUBMISSION
from desktop.ledger.merging import receive
from desktop.ledger.withdrawal import AlreadyLeft, NothingToWithdraw
from desktop.ledger.workspace import Book
from tests.ledger.books import everything
from tests.ledger.test_cycle import DAY, WEEK, Pair, filled


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as district:
        both = Pair(district, tmp_path)
        with both.township:
            yield both


def package(book: Book, kind: str, state: str) -> str:
    """What the exchange keeps of a package that it has made."""
    with book.batch("send") as batch:
        return batch.create(SENT.name, {"unit": book.unit, "kind": kind, "state": state})


def change(book: Book, record: str, amount: int) -> None:
    with book.batch("change") as batch:
        batch.change("weekly", record, {"completed_week": amount})


def test_a_first_submission_is_taken_back_and_the_week_is_open(pair: Pair) -> None:
    book = pair.township
    record = filled(book)
    cycle.submit(book, WEEK, DAY)
    package(book, "report", PENDING)
    assert cycle.may_withdraw(book, pair.unit, WEEK)
    cycle.withdraw(book, pair.unit, WEEK)
    assert not cycle.may_withdraw(book, pair.unit, WEEK), "twice"
    assert cycle.submission(book, pair.unit, WEEK).state == "未上报"
    assert book.rows(SUBMISSION) == []
    change(book, record, 2_000_000)
    line = list(book.journal.lines())[-2]
    assert (line.entry.act, undo.TITLES[line.entry.act]) == ("withdraw", "撤回上报")
    cycle.submit(book, WEEK, DAY)
    (row,) = book.rows(SUBMISSION)
    assert row["number"] == 1
    pair.up()
    assert pair.states() == {"已上报"}
    assert verify.verify(book).ok and verify.verify(pair.district).ok


def test_taken_back_twice_is_taken_back(pair: Pair) -> None:
    filled(pair.township)
    for _ in range(2):
        cycle.submit(pair.township, WEEK, DAY)
        cycle.withdraw(pair.township, pair.unit, WEEK)
        assert cycle.submission(pair.township, pair.unit, WEEK).state == "未上报"
        assert not pair.township.locked(pair.unit, WEEK)


def test_a_correction_taken_back_leaves_the_accepted_week_accepted(pair: Pair) -> None:
    book = pair.township
    filled(book)
    cycle.submit(book, WEEK, DAY)
    pair.up()
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    pair.down()
    for _ in range(2):
        cycle.submit(book, WEEK, DAY, correction="口径调整")
        assert cycle.submission(book, pair.unit, WEEK).state == "已上报"
        cycle.withdraw(book, pair.unit, WEEK)
        assert cycle.submission(book, pair.unit, WEEK).state == "已接收"
        assert book.locked(pair.unit, WEEK)
        (row,) = book.rows(SUBMISSION)
        assert (row["number"], row["correction"]) == (1, None)
    pair.up()
    assert pair.states() == {"已接收"}
    cycle.submit(book, WEEK, DAY, correction="口径调整")
    pair.up()
    assert pair.states() == {"已上报"}
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    pair.down()
    assert pair.states() == {"已接收"}


def test_a_returned_week_submitted_again_and_taken_back_is_returned_again(pair: Pair) -> None:
    book = pair.township
    record = filled(book)
    cycle.submit(book, WEEK, DAY)
    package(book, "report", WRITTEN)
    assert not cycle.may_withdraw(book, pair.unit, WEEK), "it has left"
    pair.up()
    cycle.return_week(pair.district, pair.unit, WEEK, DAY, "请核对")
    pair.down()
    cycle.submit(book, WEEK, DAY)
    with pytest.raises(cycle.ReasonNeeded):
        cycle.submit(book, WEEK, DAY)
    cycle.withdraw(book, pair.unit, WEEK)
    now = cycle.submission(book, pair.unit, WEEK)
    assert (now.state, now.reason) == ("已退回", "请核对")
    change(book, record, 2_000_000)
    cycle.submit(book, WEEK, DAY)
    (row,) = book.rows(SUBMISSION)
    assert row["number"] == 2


@pytest.mark.parametrize("state", [WRITTEN, ACKNOWLEDGED])
@pytest.mark.parametrize("kind", ["report", "share"])
def test_what_has_left_is_not_taken_back(pair: Pair, kind: str, state: str) -> None:
    book = pair.township
    filled(book)
    cycle.submit(book, WEEK, DAY)
    package(book, kind, state)
    before = everything(book)
    with pytest.raises(AlreadyLeft) as refused:
        cycle.withdraw(book, pair.unit, WEEK)
    assert "请源汇区退回这一周" in refused.value.advice
    assert everything(book) == before


def test_packages_before_it_taken_back_or_downwards_do_not_hold_it(pair: Pair) -> None:
    book = pair.township
    filled(book)
    package(book, "report", WRITTEN)
    cycle.submit(book, WEEK, DAY)
    package(book, "report", WITHDRAWN)
    package(book, "report", PENDING)
    package(book, "task", WRITTEN)
    cycle.withdraw(book, pair.unit, WEEK)
    assert not book.locked(pair.unit, WEEK)


def test_what_is_answered_or_was_not_submitted_here_is_not_taken_back(pair: Pair) -> None:
    book = pair.township
    filled(book)
    with pytest.raises(NothingToWithdraw, match="没有上报"):
        cycle.withdraw(book, pair.unit, WEEK)
    cycle.submit(book, WEEK, DAY)
    pair.up()
    with pytest.raises(NothingToWithdraw, match="不是在本账本"):
        cycle.withdraw(pair.district, pair.unit, WEEK)
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    pair.down()
    with pytest.raises(AlreadyLeft):
        cycle.withdraw(book, pair.unit, WEEK)
    cycle.submit(book, WEEK, DAY, correction="口径调整")
    cycle.withdraw(book, pair.unit, WEEK)
    with pytest.raises(NothingToWithdraw, match="已经撤回"):
        cycle.withdraw(book, pair.unit, WEEK)


def test_taking_back_is_no_act_to_undo(pair: Pair) -> None:
    book = pair.township
    filled(book)
    waiting = undo.waiting(book)
    cycle.submit(book, WEEK, DAY)
    cycle.withdraw(book, pair.unit, WEEK)
    assert undo.waiting(book) == waiting


@pytest.mark.parametrize("undoes", ["last", "", "x", "x-1"])
def test_other_contents_do_not_pass_for_what_was_accepted(pair: Pair, undoes: str) -> None:
    """A package that calls a changed submission withdrawn does not keep the acceptance."""
    book = pair.township
    filled(book)
    cycle.submit(book, WEEK, DAY)
    pair.up()
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    pair.down()
    cycle.submit(book, WEEK, DAY, correction="口径调整")
    pair.up()
    record = ledger_identity(SUBMISSION, pair.unit, WEEK)
    last = pair.district.journal.of_record(record)[-1]
    forged = Entry(
        "z" * 12,
        1,
        "",
        "",
        1,
        SUBMISSION,
        record,
        {"number": 1, "correction": None, "projects": 99},
        (last.identity,),
        batch="z-1",
        act="withdraw",
        undoes=last.entry.batch if undoes == "last" else undoes,
    )
    receive(pair.district, [forged.columns()], "p")
    assert cycle.submission(pair.district, pair.unit, WEEK).state == "已上报"
