"""Undo and redo: of every verb, of a whole import as one, with what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import lock, scheming, undo
from desktop.ledger import scheme as schemes
from desktop.ledger.undo import Kept, NothingToUndo
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import (
    NEXT,
    WEEK,
    change,
    clean,
    everything,
    found,
    project,
    remove,
    tables,
    value,
    week,
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        yield made


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Book, Book, str]]:
    """One unit's book on two PCs with a project in it."""
    first = found(tmp_path / "甲.yzb")
    subject = project(first, remark="原样")
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        yield book, other, subject


def shown(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """What people see of a book: every present record without its bookkeeping."""
    return {
        name: sorted((row[0], *row[1:-3]) for row in rows if not row[-1])
        for name, rows in tables(book).items()
        if name != "conflict"
    }


# One verb after the other ----------------------------------------------------------------------


def test_a_fresh_book_has_nothing_to_undo(book: Book) -> None:
    before = everything(book)
    with pytest.raises(NothingToUndo, match="没有可以撤销的操作"):
        undo.undo(book)
    with pytest.raises(NothingToUndo, match="没有可以重做的操作"):
        undo.redo(book)
    assert undo.waiting(book) == (0, 0)
    assert everything(book) == before


def test_a_creation_is_undone_and_done_again(book: Book) -> None:
    empty = shown(book)
    record = project(book)
    full = shown(book)
    done = undo.undo(book)
    assert (done.act, done.kept) == ("新增", ())
    assert [(one.register, one.record, one.fields) for one in done.changes] == [
        ("project", record, ("removed",))
    ]
    assert shown(book) == empty
    done = undo.redo(book)
    assert done.act == "新增"
    assert shown(book) == full
    assert clean(book)


def test_a_change_is_undone_and_done_again(book: Book) -> None:
    record = project(book, remark="原样")
    before = shown(book)
    change(book, "project", record, remark="改过", state="停工", place="城北")
    after = shown(book)
    done = undo.undo(book)
    assert (done.act, done.kept) == ("修改", ())
    assert shown(book) == before
    assert books.journal(book)[-1][9] == '{"place":null,"remark":"原样","state":"在建"}'
    undo.redo(book)
    assert shown(book) == after
    assert clean(book)


def test_a_removal_is_undone_and_done_again(book: Book) -> None:
    record = project(book)
    before = shown(book)
    remove(book, "project", record)
    assert undo.undo(book).act == "删除"
    assert shown(book) == before
    undo.redo(book)
    assert book.rows("project") == []
    assert clean(book)


def test_a_week_made_anew_after_a_removal_is_undone_to_the_removal(book: Book) -> None:
    subject = project(book)
    record = week(book, subject, problems="征迁未完")
    remove(book, "weekly", record)
    removed = shown(book)
    week(book, subject, completed_week=3)
    undo.undo(book)
    assert shown(book) == removed
    undo.undo(book)
    assert value(book, "weekly", record, "problems") == "征迁未完"
    assert clean(book)


def test_an_import_is_undone_as_one(book: Book) -> None:
    kept = project(book, "原有", remark="原样")
    before = shown(book)
    with book.batch("import", "3月台账.xlsx") as batch:
        for at in range(5):
            subject = batch.create("project", {"name": f"项目{at}", "unit": book.unit})
            batch.create("weekly", {"project": subject, "period": WEEK, "completed_week": at})
            batch.create("problem", {"project": subject, "problem": f"问题{at}"})
        batch.change("project", kept, {"remark": "改过"})
        batch.change("project", kept, {"remark": "再改", "place": "城北"})
    after = shown(book)
    done = undo.undo(book)
    assert (done.act, done.note) == ("从 Excel 读入", "3月台账.xlsx")
    assert len(done.changes) == 16
    assert done.kept == ()
    assert shown(book) == before
    assert undo.waiting(book) == (1, 1)
    undo.redo(book)
    assert shown(book) == after
    undo.undo(book)
    assert shown(book) == before
    assert clean(book)


def test_what_the_act_itself_brought_back_is_not_written_again(book: Book) -> None:
    record = project(book, remark="原样")
    with book.batch("paste") as batch:
        batch.change("project", record, {"remark": "改过", "place": "城北"})
        batch.change("project", record, {"remark": "原样"})
    undo.undo(book)
    assert books.journal(book)[-1][9] == '{"place":null}'
    assert clean(book)


def test_many_steps_back_and_forth_also_after_reopening(tmp_path: Path) -> None:
    book = found(tmp_path / "账本.yzb")
    seen = [shown(book)]
    subject = project(book)
    seen.append(shown(book))
    record = week(book, subject)
    seen.append(shown(book))
    change(book, "weekly", record, completed_week=2)
    seen.append(shown(book))
    with book.batch("paste") as batch:
        batch.change("weekly", record, {"completed_week": 3})
        batch.create("weekly", {"project": subject, "period": NEXT, "completed_week": 4})
    seen.append(shown(book))
    remove(book, "weekly", record)
    seen.append(shown(book))
    for state in seen[-2::-1]:
        book = books.reopened(book)
        undo.undo(book)
        assert shown(book) == state
    assert undo.waiting(book) == (0, 5)
    for state in seen[1:]:
        book = books.reopened(book)
        undo.redo(book)
        assert shown(book) == state
    assert undo.waiting(book) == (5, 0)
    undo.undo(book)
    undo.undo(book)
    undo.redo(book)
    assert shown(book) == seen[4]
    assert clean(book)
    book.close()


def test_a_new_act_ends_what_could_be_done_again(book: Book) -> None:
    record = project(book)
    change(book, "project", record, remark="一")
    undo.undo(book)
    assert undo.waiting(book) == (1, 1)
    change(book, "project", record, remark="二")
    assert undo.waiting(book) == (2, 0)
    with pytest.raises(NothingToUndo):
        undo.redo(book)
    undo.undo(book)
    assert value(book, "project", record, "remark") is None
    undo.undo(book)
    assert book.rows("project") == []


def test_undo_writes_entries_that_say_what_they_take_back(book: Book) -> None:
    record = project(book)
    (made,) = [line.entry for line in book.journal.of_record(record)]
    undo.undo(book)
    taken_back = book.journal.of_record(record)[-1].entry
    assert (taken_back.act, taken_back.undoes, taken_back.note) == ("undo", made.batch, "新增")
    undo.redo(book)
    again = book.journal.of_record(record)[-1].entry
    assert (again.act, again.undoes) == ("redo", taken_back.batch)


# What has changed since ------------------------------------------------------------------------


def test_a_field_changed_since_by_another_is_left_and_listed(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改", place="甲处")
    books.send(book, other)
    change(other, "project", subject, remark="乙再改")
    books.send(other, book)
    done = undo.undo(book)
    assert done.kept == (Kept("project", subject, "remark"),)
    assert value(book, "project", subject, "remark") == "乙再改"
    assert value(book, "project", subject, "place") is None
    assert clean(book)


def test_when_everything_has_changed_since_the_act_is_over_all_the_same(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    books.send(book, other)
    change(other, "project", subject, remark="乙再改")
    books.send(other, book)
    done = undo.undo(book)
    assert done.kept == (Kept("project", subject, "remark"),)
    assert value(book, "project", subject, "remark") == "乙再改"
    assert undo.waiting(book) == (1, 1)
    assert clean(book)


def test_a_record_that_another_went_on_filling_is_not_removed(pair: tuple[Book, Book, str]) -> None:
    book, other, _ = pair
    record = project(book, "新项目")
    books.send(book, other)
    change(other, "project", record, place="乙处")
    books.send(other, book)
    done = undo.undo(book)
    assert done.kept == (Kept("project", record, "place"),)
    assert {row["name"] for row in book.rows("project")} == {"新项目", "北环路改造"}
    assert clean(book)


def test_a_file_under_which_others_have_filled_is_not_removed(pair: tuple[Book, Book, str]) -> None:
    book, other, _ = pair
    record = project(book, "新项目")
    books.send(book, other)
    week(other, record)
    books.send(other, book)
    done = undo.undo(book)
    assert done.kept == (Kept("project", record, "removed"),)
    assert len(book.rows("project")) == 2
    assert clean(book)


def test_a_record_that_another_has_removed_meanwhile_stays_removed(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, _ = pair
    record = project(book, "新项目")
    books.send(book, other)
    remove(other, "project", record)
    books.send(other, book)
    done = undo.undo(book)
    assert done.kept == ()
    assert [row["name"] for row in book.rows("project")] == ["北环路改造"]
    assert books.journal(book)[-1][9] == "{}"
    assert clean(book)


def test_undo_does_not_settle_a_conflict_for_ones_own_side(pair: tuple[Book, Book, str]) -> None:
    """The other side, taken in meanwhile, stands beside mine: both stay, a person decides."""
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    sides = tables(book)["conflict"]
    assert len(sides) == 2
    done = undo.undo(book)
    assert done.kept == (Kept("project", subject, "remark"),)
    assert tables(book)["conflict"] == sides
    assert clean(book)


def test_what_others_wrote_is_not_mine_to_undo(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    undo.undo(book)  # My creation of the project: 乙 has gone on filling it.
    assert value(book, "project", subject, "remark") == "乙改"
    with pytest.raises(NothingToUndo):
        undo.undo(book)


# Decisions ---------------------------------------------------------------------------------------


def test_a_decision_is_undone_and_the_conflict_is_open_again(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    open_ = tables(book)["conflict"]
    provisional = value(book, "project", subject, "remark")
    for chosen in ("甲改", "乙改", "第三种"):
        with book.batch("settle") as batch:
            assert batch.change("project", subject, {"remark": chosen}) == ("remark",)
        assert tables(book)["conflict"] == []
        undo.undo(book)
        assert tables(book)["conflict"] == open_
        assert value(book, "project", subject, "remark") == provisional
        undo.redo(book)
        assert tables(book)["conflict"] == []
        assert value(book, "project", subject, "remark") == chosen
        undo.undo(book)
        assert tables(book)["conflict"] == open_
        assert clean(book)
    books.send(book, other)
    assert tables(other) == tables(book)
    assert clean(other)


def test_a_decision_about_a_removal_is_undone_too(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    remove(book, "project", subject)
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    open_ = tables(book)["conflict"]
    assert {row[2] for row in open_} == {"removed"}
    assert len(book.rows("project")) == 1
    with book.batch("settle") as batch:
        batch.remove("project", subject)
    assert (book.rows("project"), tables(book)["conflict"]) == ([], [])
    undo.undo(book)
    assert len(book.rows("project")) == 1
    assert tables(book)["conflict"] == open_
    undo.redo(book)
    assert (book.rows("project"), tables(book)["conflict"]) == ([], [])
    assert clean(book)


# What is not undone, or not now ----------------------------------------------------------------


def submitted(book: Book) -> str:
    with book.batch("submit") as batch:
        values = {"unit": book.unit, "period": WEEK, "submitted_on": "2023-03-02"}
        return batch.create("submission", values)


def test_undo_into_a_submitted_week_is_refused_and_changes_nothing(book: Book) -> None:
    subject = project(book)
    with book.batch("import") as batch:
        batch.change("project", subject, {"remark": "改过"})
        batch.create("weekly", {"project": subject, "period": WEEK, "completed_week": 1})
    submitted(book)
    before, on_disk = everything(book), book.path.read_bytes()
    with pytest.raises(lock.WeekSubmitted):
        undo.undo(book)
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk
    assert undo.waiting(book) == (2, 0)


def test_submitting_and_founding_are_not_undone(book: Book) -> None:
    record = project(book)
    sent = submitted(book)
    undo.undo(book)
    assert book.rows("project") == []
    assert books.value(book, "submission", sent, "submitted_on") == "2023-03-02"
    assert [row["record"] for row in book.rows("submission")] == [sent]
    assert record
    with pytest.raises(NothingToUndo):
        undo.undo(book)


def township(book: Book, **fields: str) -> str:
    with book.batch("create") as batch:
        return batch.create("unit", {"name": "空冢郭镇", "level": "township", **fields})


def dealt_with(book: Book, unit: str) -> None:
    """Keys have come from the unit: an act that lasts."""
    with book.batch("enrol") as batch:
        batch.create("partner", {"unit": unit, "epoch": 1, "state": "待核对"})


def stands(book: Book, unit: str) -> bool:
    return unit in {row["record"] for row in book.rows("unit")}


def test_a_unit_dealt_with_since_stays_and_stays_where_it_is(book: Book) -> None:
    town = township(book)
    change(book, "unit", town, above=book.unit, phone="0395-2622001")
    dealt_with(book, town)
    change(book, "unit", town, name="空冢郭街道")
    assert undo.undo(book).kept == ()
    assert undo.undo(book).kept == (Kept("unit", town, "above"),)
    assert undo.undo(book).kept == (Kept("unit", town, "above"),)
    (row,) = [row for row in book.rows("unit") if row["record"] == town]
    assert (row["name"], row["above"], row["phone"]) == ("空冢郭镇", book.unit, None)
    for _ in range(3):
        undo.redo(book)
    assert value(book, "unit", town, "name") == "空冢郭街道"
    assert clean(book)


def test_a_unit_done_again_and_then_dealt_with_is_not_undone(book: Book) -> None:
    town = township(book, above=book.unit)
    undo.undo(book)
    undo.redo(book)
    dealt_with(book, town)
    assert undo.undo(book).kept == (Kept("unit", town, "removed"),)
    assert stands(book, town)
    assert clean(book)


def test_a_unit_taken_away_on_purpose_comes_back_and_goes_again(book: Book) -> None:
    town = township(book, above=book.unit)
    dealt_with(book, town)
    remove(book, "unit", town)
    with book.batch("enrol") as batch:
        batch.change("partner", book.rows("partner")[0]["record"], {"state": "已作废"})
    assert undo.undo(book).kept == ()
    assert undo.undo(book).kept == (Kept("unit", town, "removed"),)
    assert stands(book, town)
    assert undo.redo(book).kept == ()
    assert stands(book, town)
    assert undo.redo(book).kept == ()
    assert not stands(book, town)
    assert clean(book)


def test_every_act_has_a_chinese_title(book: Book) -> None:
    assert set(undo.TITLES) >= undo.LASTING
    project(book)
    with book.batch("paste") as batch:
        batch.create("project", {"name": "粘贴来的", "unit": book.unit})
    assert [undo.undo(book).act, undo.undo(book).act] == ["粘贴", "新增"]


def test_undo_of_a_field_that_a_newer_scheme_has_made(book: Book) -> None:
    record = week(book, project(book))
    texts = books.texts(
        scheme=books.texts()["scheme.toml"].replace("version = 1", "version = 2", 1),
        registers__weekly=books.texts()["registers/weekly.toml"]
        + '\n[[field]]\nname = "dust"\ntitle = "扬尘"\ntype = "integer"\n',
    )
    scheming.update_scheme(book, schemes.parse(texts))
    change(book, "weekly", record, dust=3)
    undo.undo(book)
    assert value(book, "weekly", record, "dust") is None
    undo.redo(book)
    assert value(book, "weekly", record, "dust") == 3
    assert clean(book)


def test_a_restored_replica_undoes_only_what_it_wrote_itself(tmp_path: Path) -> None:
    first = found(tmp_path / "甲.yzb")
    project(first)
    first.close()
    with books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other:
        with pytest.raises(NothingToUndo):
            undo.undo(other)
        mine = project(other, "乙建")
        undo.undo(other)
        assert [row["name"] for row in other.rows("project")] == ["北环路改造"]
        with books.reopened(first) as again:
            change(again, "project", again.rows("project")[0]["record"], remark="甲改")
            books.send(again, other)
        assert undo.waiting(other) == (0, 1)
        undo.redo(other)
        assert mine in {row["record"] for row in other.rows("project")}
