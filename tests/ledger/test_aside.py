"""Undo of a take-in: a mark passes over a package, taking it in again lifts the mark.

What is left is what a book would be that never had the package, in any order and with any history.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.ledger import aside, cycle, marks, merging, records, scheming, tables, undo, verify
from desktop.ledger import scheme as schemes
from desktop.ledger.aside import HangsOn, NotTakenIn, SchemeInUse
from desktop.ledger.bookfile import connect, format_file
from desktop.ledger.correspondence import SET_ASIDE, TAKEN, TAKEN_IN
from desktop.ledger.lock import WeekSubmitted
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import WEEK, change, clean, project, remove, value, week
from tests.ledger.test_replicas_exchange import Pc, founded, settle, take_back, write

FIRST, SECOND = "a" * 64, "b" * 64


def take_in(store: Store, entries: list[tuple[Any, ...]], digest: str) -> None:
    """Take in a package as the exchange does: its entries and this book's record of it."""
    with store.atomic():
        merging.receive(store, entries, digest)
        if not store.select("SELECT 1 FROM taken WHERE digest = ?", (digest,)):
            with records.batch(store, "receive") as batch:
                count = len(store.select("SELECT 1 FROM taken")) + 1
                fields = {"unit": store.unit, "number": count, "digest": digest}
                batch.create(TAKEN.name, {**fields, "state": TAKEN_IN})


def since(book: Store, position: int) -> list[tuple[Any, ...]]:
    """What a book has written behind a position of its journal."""
    return [line.authored for line in book.journal.lines() if line.position > position]


def shown(book: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All tables but this book's own record of packages, whose heads move with every mark."""
    return {name: rows for name, rows in books.tables(book).items() if name != TAKEN.name}


def state(book: Store, digest: str) -> str:
    (row,) = book.select("SELECT state FROM taken WHERE digest = ?", (digest,))
    return str(row["state"])


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Book, Book, str]]:
    """One unit's book on two PCs, with a project that both have."""
    first = books.found(tmp_path / "甲.yzb")
    subject = project(first, remark="原样")
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        yield book, other, subject


def test_what_a_package_brought_is_gone_and_comes_back(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    before = shown(book)
    start = other.journal.position
    change(other, "project", subject, remark="乙改")
    new = project(other, "南环路")
    week(other, new)
    take_in(book, since(other, start), FIRST)
    with_it = shown(book)
    changes = aside.set_aside(book, FIRST)
    assert {(one.register, one.record) for one in changes} >= {("project", subject)}
    assert {one.fields for one in changes if one.record == subject} == {("remark",)}
    assert shown(book) == before
    assert book.present("project", new) is None
    assert value(book, "project", subject, "remark") == "原样"
    assert state(book, FIRST) == SET_ASIDE
    assert len(aside.passed_over(book)) == 3
    assert clean(book)
    assert {line.package for line in book.journal.lines()} == {"", FIRST}
    assert aside.lift(book, FIRST) == changes
    assert shown(book) == with_it
    assert state(book, FIRST) == TAKEN_IN
    assert aside.passed_over(book) == frozenset()
    assert clean(book)


def test_setting_aside_twice_and_lifting_twice_writes_once(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, remark="乙改")
    take_in(book, since(other, start), FIRST)
    assert aside.lift(book, FIRST) == ()
    aside.set_aside(book, FIRST)
    position = book.journal.position
    assert aside.set_aside(book, FIRST) == ()
    assert book.journal.position == position
    aside.lift(book, FIRST)
    assert book.journal.position == position + 1
    with pytest.raises(NotTakenIn):
        aside.set_aside(book, SECOND)
    with pytest.raises(NotTakenIn):
        aside.lift(book, "")
    assert book.journal.position == position + 1


def test_what_was_built_on_it_is_passed_over_too_and_waits(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, remark="乙改")
    take_in(book, since(other, start), FIRST)
    change(book, "project", subject, place="城南")
    change(book, "project", subject, remark="甲再改")
    with_it = shown(book)
    aside.set_aside(book, FIRST)
    row = book.present("project", subject)
    assert row is not None
    assert (row.values["remark"], row.values["place"]) == ("原样", None)
    change(book, "project", subject, place="城北")
    assert clean(book)
    aside.lift(book, FIRST)
    row = book.present("project", subject)
    assert row is not None
    assert (row.values["remark"], row.conflicts) == ("甲再改", 1)
    assert with_it != shown(book)
    assert clean(book)


def test_entries_that_come_later_on_top_of_it_are_passed_over(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, remark="乙改")
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    later = other.journal.position
    change(other, "project", subject, place="城东")
    new = project(other, "南环路")
    take_in(book, since(other, later), SECOND)
    assert value(book, "project", subject, "place") is None
    assert value(book, "project", new, "name") == "南环路"
    assert len(aside.passed_over(book)) == 2
    assert clean(book)
    with_memory = book.aside
    book.aside = None
    assert marks.standing(book) == with_memory
    aside.lift(book, FIRST)
    assert shown(book) == shown(other)


@pytest.mark.parametrize("digest", [FIRST, SECOND])
def test_taking_it_in_again_lifts_the_mark_also_in_a_later_package(
    pair: tuple[Book, Book, str], digest: str
) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, remark="乙改")
    new = project(other, "南环路")
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    again = since(other, start) if digest == FIRST else since(other, start + 1)
    changes = merging.receive(book, again, digest)
    assert {one.record for one in changes} >= {subject, new}
    assert state(book, FIRST) == TAKEN_IN
    assert shown(book) == shown(other)
    assert clean(book)
    act = list(book.journal.lines())[-1].entry
    assert (act.act, act.register) == ("receive", "taken")
    assert merging.receive(book, again, digest) == ()


def test_a_package_of_nothing_new_can_be_set_aside_and_taken_in_again(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = pair
    change(other, "project", subject, remark="乙改")
    take_in(book, since(other, 0), FIRST)
    take_in(book, since(other, 0), SECOND)
    before = shown(book)
    assert aside.set_aside(book, SECOND) == ()
    assert (shown(book), state(book, SECOND)) == (before, SET_ASIDE)
    assert merging.receive(book, since(other, 0), SECOND) == ()
    assert (shown(book), state(book, SECOND)) == (before, TAKEN_IN)


def test_refused_while_something_of_ours_hangs_on_it(pair: tuple[Book, Book, str]) -> None:
    book, other, _ = pair
    start = other.journal.position
    new = project(other, "南环路")
    project(other, "无人填报")
    take_in(book, since(other, start), FIRST)
    rows = [week(book, new), week(book, new, books.NEXT)]
    before, on_disk = books.everything(book), book.path.read_bytes()
    with pytest.raises(HangsOn) as refused:
        aside.set_aside(book, FIRST)
    said = refused.value.sentence
    assert "“南环路”是这个包带来的" in said
    assert "周调度台账 2 条（南环路 2023-W" in said
    assert (books.everything(book), book.path.read_bytes()) == (before, on_disk)
    assert state(book, FIRST) == TAKEN_IN
    assert aside.passed_over(book) == frozenset()
    for record in rows:
        remove(book, "weekly", record)
    aside.set_aside(book, FIRST)
    assert book.present("project", new) is None
    assert clean(book)


def test_refused_where_it_brought_back_what_rows_hang_on(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    remove(other, "project", subject)
    take_in(book, since(other, 0), FIRST)
    start = other.journal.position
    undo.undo(other)
    take_in(book, since(other, start), SECOND)
    week(book, subject)
    with pytest.raises(HangsOn):
        aside.set_aside(book, SECOND)
    assert value(book, "project", subject, "name") == "北环路改造"


def test_a_row_written_together_by_both_stays_with_our_part(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    record = week(other, subject, problems="征迁")
    mine = week(book, subject, needs="资金", completed_week=5)
    assert mine == record
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    row = book.present("weekly", record)
    assert row is not None
    assert (row.values["problems"], row.values["needs"]) == (None, "资金")
    assert (row.values["completed_week"], row.conflicts) == (5, 0)
    assert clean(book)


def test_a_week_filled_anew_meets_the_old_one_when_it_comes_back(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = pair
    start = other.journal.position
    record = week(other, subject, completed_week=1)
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    assert book.rows("weekly") == []
    assert week(book, subject, completed_week=2) == record
    assert clean(book)
    aside.lift(book, FIRST)
    row = book.present("weekly", record)
    assert row is not None
    assert (row.conflicts, len(row.heads)) == (1, 2)
    assert clean(book)


def test_a_submission_that_is_set_aside_opens_the_week(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    record = week(book, subject)
    start = other.journal.position
    with other.batch("submit") as batch:
        fields = {"unit": other.unit, "period": WEEK, "submitted_on": date(2023, 3, 2)}
        batch.create("submission", fields)
    take_in(book, since(other, start), FIRST)
    with pytest.raises(WeekSubmitted):
        change(book, "weekly", record, remark="迟了")
    aside.set_aside(book, FIRST)
    change(book, "weekly", record, remark="可以")
    assert cycle.submission(book, book.unit, WEEK).state == "未上报"


NEWER = '[[field]]\nname = "soil"\ntitle = "土质"\ntype = "text"\n'


def newer(book: Store) -> schemes.Scheme:
    """The book's scheme with one version more and one field more."""
    texts = dict(book.scheme.texts)
    version = book.scheme.version
    head = texts["scheme.toml"].replace(f"version = {version}", f"version = {version + 1}")
    more = texts["registers/project.toml"] + "\n" + NEWER
    return schemes.parse({**texts, "scheme.toml": head, "registers/project.toml": more})


def test_a_scheme_that_is_set_aside_is_the_old_one_again(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    old = book.scheme.version
    start = other.journal.position
    scheming.update_scheme(other, newer(other))
    project(other, "南环路", soil="砂土")
    take_in(book, since(other, start), FIRST)
    assert book.scheme.version == old + 1
    change(book, "project", subject, remark="与新栏目无关")
    aside.set_aside(book, FIRST)
    assert book.scheme.version == old
    assert "soil" not in book.scheme.register("project").by_name
    assert value(book, "project", subject, "remark") == "与新栏目无关"
    assert clean(book)
    book = books.reopened(book)
    assert book.scheme.version == old
    assert clean(book)
    aside.lift(book, FIRST)
    assert book.scheme.version == old + 1
    change(book, "project", subject, soil="黏土")
    before = books.everything(book)
    with pytest.raises(SchemeInUse, match="写了 1 条分录"):
        aside.set_aside(book, FIRST)
    assert books.everything(book) == before
    assert book.scheme.version == old + 1
    assert clean(book)
    book.close()


def test_what_founded_the_book_cannot_be_set_aside(tmp_path: Path) -> None:
    from desktop.ledger import audience, workspace

    with books.found(tmp_path / "d.yzb") as district:
        with district.batch("create") as batch:
            fields = {"name": "大刘镇", "level": "township", "above": district.unit}
            unit = batch.create("unit", fields)
        handed = audience.entries(district, unit)
    with workspace.create_from(tmp_path / "t.yzb", handed, unit, package=FIRST) as book:
        with book.batch("receive") as batch:
            batch.create(TAKEN.name, {"unit": unit, "digest": FIRST, "state": TAKEN_IN})
        before = books.everything(book)
        with pytest.raises(HangsOn, match="账本 1 条"):
            aside.set_aside(book, FIRST)
        assert books.everything(book) == before
        assert (book.unit, book.level) == (unit, "township")


def test_the_owners_unit_is_read_anew(pair: tuple[Book, Book, str]) -> None:
    book, other, _ = pair
    start = other.journal.position
    change(other, "unit", other.unit, level="township")
    take_in(book, since(other, start), FIRST)
    assert book.level == "township"
    aside.set_aside(book, FIRST)
    assert book.level == "district"


def test_undo_passes_over_what_was_built_on_it(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    start = other.journal.position
    change(other, "project", subject, place="城东")
    take_in(book, since(other, start), FIRST)
    acts = undo.waiting(book)
    change(book, "project", subject, content="据来件补充")
    with book.batch("change") as batch:
        batch.change("project", subject, {"content": "再改"})
        mine = batch.create("project", {"name": "南环路", "unit": book.unit})
    assert undo.waiting(book) == (acts[0] + 2, 0)
    aside.set_aside(book, FIRST)
    assert undo.waiting(book) == (acts[0] + 1, 0)  # Of the last act the new project stands.
    undone = undo.undo(book)
    assert [(one.register, one.record) for one in undone.changes] == [("project", mine)]
    assert undone.kept == ()
    undone = undo.undo(book)
    assert value(book, "project", subject, "remark") == "原样"
    assert clean(book)
    aside.lift(book, FIRST)
    assert clean(book)


def test_undo_is_not_kept_from_a_field_by_what_is_set_aside(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    change(other, "project", subject, remark="乙改")
    take_in(book, since(other, 0), FIRST)
    aside.set_aside(book, FIRST)
    assert undo.undo(book).kept == ()
    assert value(book, "project", subject, "remark") == "原样"
    assert clean(book)


def test_setting_aside_is_no_act_to_undo(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, place="城东")
    take_in(book, since(other, start), FIRST)
    waiting = undo.waiting(book)
    aside.set_aside(book, FIRST)
    assert undo.waiting(book) == waiting
    aside.lift(book, FIRST)
    assert undo.waiting(book) == waiting


def test_without_a_mark_nothing_is_read_twice(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, place="城东")
    assert book.aside is None
    asked: list[str] = []
    book.connection.set_trace_callback(lambda said: asked.append(said))
    take_in(book, since(other, start), FIRST)
    start = other.journal.position
    change(other, "project", subject, place="城西")
    take_in(book, since(other, start), SECOND)
    book.connection.set_trace_callback(None)
    assert (
        len(
            [
                said
                for said in asked
                if "SET" not in said and "taken" in said and "?" not in said and SET_ASIDE in said
            ]
        )
        == 1
    )


def test_a_mark_forged_in_the_table_is_found_and_repaired(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, place="城东")
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    wanted = shown(book)
    book.connection.execute("UPDATE taken SET state = ?", (TAKEN_IN,))
    book.aside = None
    assert aside.passed_over(book) == frozenset()
    assert not verify.verify(book).ok
    verify.rebuild(book)
    assert len(aside.passed_over(book)) == 1
    assert shown(book) == wanted
    assert clean(book)
    book.connection.execute("DROP TABLE taken")
    book.aside = None
    assert len(aside.passed_over(book)) == 1
    verify.rebuild(book)
    assert shown(book) == wanted
    assert clean(book)


def test_a_record_of_a_package_that_is_removed_marks_nothing(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, place="城东")
    take_in(book, since(other, start), FIRST)
    aside.set_aside(book, FIRST)
    (row,) = book.rows(TAKEN.name)
    with book.batch("change") as batch:
        batch.remove(TAKEN.name, row["record"])
    book.aside = None
    assert marks.standing(book) == marks.in_journal(book) == (frozenset(), frozenset())


def test_a_failure_in_the_middle_leaves_mark_and_memory_as_they_were(
    pair: tuple[Book, Book, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other, subject = pair
    start = other.journal.position
    change(other, "project", subject, place="城东")
    take_in(book, since(other, start), FIRST)
    before = books.everything(book)

    def fails(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.ledger.folding.renew", fails)
        with pytest.raises(RuntimeError):
            aside.set_aside(book, FIRST)
    assert books.everything(book) == before
    assert aside.passed_over(book) == frozenset()
    assert clean(book)


# Random histories ----------------------------------------------------------------------------


def without(store: Store) -> set[str]:
    """What a book with these marks should pass over, worked out the slow way."""
    digests = {row["digest"] for row in store.rows(TAKEN.name) if row["state"] == SET_ASIDE}
    lines = list(store.journal.lines())
    gone = {line.identity for line in lines if line.package in digests}
    grown = True
    while grown:
        more = {line.identity for line in lines if gone & set(line.entry.parents)} - gone
        gone |= more
        grown = bool(more)
    return gone


def made_anew(store: Store, chance: Random) -> Store:
    """A book that never had what is passed over, its entries taken in in any order."""
    gone = without(store)
    entries = [line.authored for line in store.journal.lines() if line.identity not in gone]
    chance.shuffle(entries)
    again = Store(format_file(connect(Path(":memory:")), "丁"), "丁")
    tables.make(again.database, store.scheme)
    again.use(store.scheme)
    merging.receive(again, entries, "all at once")
    return again


def sound(store: Store, chance: Random) -> None:
    assert aside.passed_over(store) == without(store)
    found = verify.verify(store)
    assert found.ok, [problem.sentence for problem in found.problems]
    again = made_anew(store, chance)
    assert books.tables(again) == books.tables(store)
    again.connection.close()


def history(seed: int) -> tuple[list[Pc], dict[str, int], list[str]]:
    """Three PCs that work, exchange packages and set some aside; what happened how often."""
    chance = Random(seed)
    pcs = founded(chance)
    seen = dict.fromkeys(("aside", "lifted", "refused", "again", "undone"), 0)
    digests: list[str] = []
    for step in range(90):
        pc = chance.choice(pcs)
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                write(pc)
            case 4:
                before = pc.store.number
                take_back(pc)
                seen["undone"] += bool(aside.passed_over(pc.store)) and pc.store.number > before
            case 5:
                settle(pc)
            case 6 | 7:
                other = chance.choice([one for one in pcs if one is not pc])
                local = _own_registers(pc.store)
                packed = [columns for columns in pc.entries if columns[5] not in local]
                packed = packed[-chance.randrange(1, 40) :]
                digest = f"{step:064x}"
                marked = marks.standing(other.store).packages
                with suppress(merging.ParentsMissing):
                    take_in(other.store, packed, digest)
                    digests.append(digest)
                seen["again"] += len(marked - marks.standing(other.store).packages)
            case _:
                taken = [row["digest"] for row in pc.store.rows(TAKEN.name)]
                if not taken:
                    continue
                digest = chance.choice(taken)
                there = books.everything(pc.store)
                if digest in marks.standing(pc.store).packages:
                    aside.lift(pc.store, digest)
                    seen["lifted"] += 1
                else:
                    try:
                        aside.set_aside(pc.store, digest)
                        seen["aside"] += bool(aside.passed_over(pc.store))
                    except HangsOn:
                        seen["refused"] += 1
                        assert books.everything(pc.store) == there
    return pcs, seen, digests


def _own_registers(store: Store) -> set[str]:
    found = store.scheme.registers.values()
    return {register.name for register in found if register.audience == "local"}


@pytest.mark.parametrize("seed", range(14))
def test_what_stands_is_what_never_had_the_packages(seed: int) -> None:
    chance = Random(seed)
    pcs, _, _ = history(seed)
    for pc in pcs:
        sound(pc.store, chance)
        marked = sorted(marks.standing(pc.store).packages)
        chance.shuffle(marked)
        for digest in marked:  # In any order, one after the other: it is the set that counts.
            aside.lift(pc.store, digest)
            sound(pc.store, chance)
        assert aside.passed_over(pc.store) == frozenset()
        for digest in [row["digest"] for row in pc.store.rows(TAKEN.name)]:
            before = shown(pc.store)
            with suppress(HangsOn):
                aside.set_aside(pc.store, digest)
                aside.lift(pc.store, digest)
            assert shown(pc.store) == before
        pc.store.connection.close()


def test_the_random_histories_hold_what_they_are_to_try() -> None:
    total: dict[str, int] = {}
    for seed in range(6):
        pcs, seen, _ = history(seed)
        total = {name: total.get(name, 0) + count for name, count in seen.items()}
        for pc in pcs:
            pc.store.connection.close()
    assert all(total.values()), total
