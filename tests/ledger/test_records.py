"""The verbs that write: what they write, what they refuse, all of an act or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import OneLedgerError
from desktop.ledger import lock, records
from desktop.ledger.definitions import NoSuchField, NoSuchRegister
from desktop.ledger.entry import ledger_identity
from desktop.ledger.fold import Node, fold
from desktop.ledger.periods import NoSuchPeriod
from desktop.ledger.records import InUse, Needed, NotTyped, NotYours
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.values import WrongValue
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import NEXT, WEEK, change, clean, everything, found, project, remove, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        yield made


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Book]:
    """A township's book, under a district."""
    with found(tmp_path / "乡镇.yzb", "空冢郭镇", level="township", under="源汇区") as made:
        yield made


def present(book: Book, register: str, record: str) -> dict[str, Any]:
    """The fields of a record that hold something."""
    row = book.present(register, record)
    assert row is not None
    return {name: value for name, value in row.values.items() if value is not None}


# What is written ---------------------------------------------------------------------------------


def test_a_new_record_is_one_line_of_the_journal_and_one_row(book: Book) -> None:
    before = book.journal.position
    with book.batch("create", "手工录入") as batch:
        record = batch.create("project", {"name": "北环路", "unit": book.unit, "remark": ""})
        assert batch.changes == [records.Change("project", record, ("name", "unit"))]
    (line,) = list(book.journal.lines())[before:]
    entry = line.entry
    assert entry.fields == {"name": "北环路", "unit": book.unit}
    assert (entry.author, entry.number) == (book.replica, book.number)
    assert (entry.operator, entry.time) == ("王敏", "2023-03-02T12:00:00+08:00")
    assert (entry.act, entry.note, entry.undoes) == ("create", "手工录入", "")
    assert entry.batch == f"{book.replica}-{entry.number}"
    assert (entry.parents, entry.scheme, line.package) == ((), 1, "")
    assert present(book, "project", record) == entry.fields


def test_a_change_holds_only_what_changed_and_names_what_it_saw(book: Book) -> None:
    record = project(book)
    (first,) = book.journal.of_record(record)
    changed = change(book, "project", record, state="停工", name="北环路改造", total_investment=5)
    assert changed == ("state", "total_investment")
    line = book.journal.of_record(record)[-1]
    assert line.entry.fields == {"state": "停工", "total_investment": 5}
    assert line.entry.parents == (first.identity,)
    row = book.present("project", record)
    assert row is not None
    assert row.heads == (line.identity,)
    assert row.values["name"] == "北环路改造"


def test_what_changes_nothing_writes_nothing(book: Book) -> None:
    subject = project(book)
    record = week(book, subject)
    before = everything(book)
    assert change(book, "project", subject, state="在建", remark=None) == ()
    assert week(book, subject) == record
    with book.batch("change"):
        pass
    assert everything(book) == before


def test_a_value_taken_away_is_written_as_nothing(book: Book) -> None:
    record = project(book, remark="待核")
    assert change(book, "project", record, remark="") == ("remark",)
    assert book.journal.of_record(record)[-1].entry.fields == {"remark": None}
    assert books.value(book, "project", record, "remark") is None


def test_one_and_nothing_are_changes_too(book: Book) -> None:
    record = project(book, annual_plan=0)
    assert change(book, "project", record, annual_plan=None) == ("annual_plan",)
    assert change(book, "project", record, annual_plan=0) == ("annual_plan",)


def test_a_week_is_the_same_record_whoever_fills_it(book: Book) -> None:
    subject = project(book)
    record = week(book, subject, "2023年第9周", completed_week=1)
    assert record == ledger_identity("weekly", subject, WEEK)
    assert week(book, subject, WEEK, completed_week=2) == record
    assert week(book, subject, NEXT) != record
    assert books.value(book, "weekly", record, "period") == WEEK
    assert books.value(book, "weekly", record, "completed_week") == 2


def test_a_bare_week_is_of_the_year_that_the_book_is_in(book: Book) -> None:
    subject = project(book)
    week(book, subject, "2022-W51")
    record = week(book, subject, "第52周")
    assert books.value(book, "weekly", record, "period") == "2022-W52"


def test_files_and_list_items_are_records_of_their_own(book: Book) -> None:
    subject = project(book, "同名")
    assert project(book, "同名") != subject
    with book.batch("create") as batch:
        items = [batch.create("problem", {"project": subject, "problem": "征迁"}) for _ in "ab"]
    assert len(set(items)) == 2


def test_an_explanation_belongs_to_its_check_and_item(book: Book) -> None:
    subject = project(book)
    with book.batch("explain") as batch:
        same = {"project": subject, "period": WEEK, "check": "c1"}
        one = batch.create("explanation", {**same, "item": "a", "text": "雨季"})
        other = batch.create("explanation", {**same, "item": "b", "text": "雨季"})
        again = batch.create("explanation", {**same, "item": "a", "text": "雨季停工"})
    assert one == again != other
    assert books.value(book, "explanation", one, "text") == "雨季停工"


def test_the_workbook_cell_is_noted_for_what_came_from_it(book: Book) -> None:
    with book.batch("import", "台账.xlsx") as batch:
        record = batch.create(
            "project",
            {"name": "北环路", "unit": book.unit, "remark": None},
            origin={"name": "台账!B5", "remark": "台账!Z5"},
        )
        batch.change("project", record, {"place": "城北"}, origin={"place": "台账!C5"})
    origins = [line.entry.origin for line in book.journal.of_record(record)]
    assert origins == [{"name": "台账!B5"}, {"place": "台账!C5"}]


def test_a_removed_record_leaves_the_view_and_keeps_its_journal(book: Book) -> None:
    record = project(book)
    remove(book, "project", record)
    assert book.rows("project") == []
    assert book.journal.of_record(record)[-1].entry.fields == {"removed": True}
    row = book.present("project", record)
    assert row is not None
    assert row.removed
    assert row.values["name"] == "北环路改造"


def test_a_week_made_anew_after_removal_holds_only_what_is_typed_now(book: Book) -> None:
    subject = project(book)
    record = week(book, subject, problems="征迁未完", completed_year=9)
    remove(book, "weekly", record)
    assert week(book, subject, completed_week=3) == record
    assert present(book, "weekly", record) == {
        "project": subject,
        "period": WEEK,
        "completed_week": 3,
        "physical_progress": "主体施工至三层",
    }
    assert clean(book)


def test_a_week_made_anew_leaves_what_another_level_fills(tmp_path: Path) -> None:
    from desktop.ledger import scheme as schemes

    texts = books.texts()
    weekly = "registers/weekly.toml"
    texts[weekly] += '\n[[field]]\nname = "verdict"\ntitle = "区级意见"\ntype = "text"\n'
    texts[weekly] += 'filled_by = ["district"]\n'
    with found(
        tmp_path / "乡镇.yzb", "镇", level="township", under="区", scheme=schemes.parse(texts)
    ) as town:
        subject = project(town)
        record = week(town, subject)
        town.level = "district"
        change(town, "weekly", record, verdict="加快")
        town.level = "township"
        remove(town, "weekly", record)
        week(town, subject, physical_progress="封顶")
        assert books.value(town, "weekly", record, "verdict") == "加快"
        assert books.value(town, "weekly", record, "physical_progress") == "封顶"


def test_a_file_name_that_is_no_text_is_noted_all_the_same(book: Book) -> None:
    """A workbook from an old system, its name in GBK: Linux hands it over as it is."""
    book.operator = "王\udc8f"
    with book.batch("import", os.fsdecode("账".encode("gbk") + b".xlsx")) as batch:
        batch.create("project", {"name": "北环路", "unit": book.unit})
    assert book.journal.last_number(book.replica) == book.number
    last = list(book.journal.lines())[-1].entry
    assert (last.note, last.operator) == ("??.xlsx", "王?")
    assert clean(book)


def test_every_row_is_the_fold_of_its_journal(book: Book) -> None:
    subject = project(book)
    record = week(book, subject)
    for at in range(5):
        change(book, "weekly", record, completed_week=at, problems=f"问题{at}" if at % 2 else None)
    row = book.present("weekly", record)
    nodes = [
        Node(line.identity, line.entry.parents, line.entry.fields)
        for line in book.journal.of_record(record)
    ]
    state = fold(nodes)
    assert row is not None
    assert {
        name: value for name, value in row.values.items() if name in state.values
    } == state.values
    assert row.heads == state.heads


# What is refused ---------------------------------------------------------------------------------

# The record that is written is «project», «week» or «explanation»; so are values in guillemets.
NOBODY = "0" * 32
REFUSALS: list[tuple[str, type[OneLedgerError], str, str, str, dict[str, Any]]] = [
    ("no such register", NoSuchRegister, "没有名为“houses”的册", "create houses", "", {}),
    ("no such field", NoSuchField, "没有栏目“hue”", "change project", "«project»", {"hue": 1}),
    ("bookkeeping", NoSuchField, "removed", "change project", "«project»", {"removed": True}),
    ("no such record", NoSuchRecord, "项目档案", "change project", NOBODY, {"name": "x"}),
    ("another register's", NoSuchRecord, "问题", "change problem", "«project»", {"problem": "x"}),
    ("nothing to remove", NoSuchRecord, "周调度台账", "remove weekly", NOBODY, {}),
    ("not yuan", WrongValue, "应为整数", "change weekly", "«week»", {"completed_week": 1.5}),
    ("no choice", WrongValue, "应为其中之一", "change project", "«project»", {"state": "烂尾"}),
    ("too low", WrongValue, "不能小于 0", "change project", "«project»", {"annual_plan": -1}),
    ("formula", NotTyped, "由程序计算", "change weekly", "«week»", {"completion_rate": 0.5}),
    ("subject fixed", NotTyped, "在建立时已定", "change weekly", "«week»", {"project": "«other»"}),
    ("period fixed", NotTyped, "在建立时已定", "change weekly", "«week»", {"period": NEXT}),
    ("key fixed", NotTyped, "在建立时已定", "change explanation", "«explanation»", {"item": "z"}),
    (
        *("a month in a weekly ledger", NotTyped, "不能是 2023-02", "create weekly", ""),
        {"project": "«project»", "period": "2023-02"},
    ),
    (
        *("no such week", NoSuchPeriod, "2023年只有第1至第52周", "create weekly", ""),
        {"project": "«project»", "period": "2023-W53"},
    ),
    ("no subject", Needed, "所属", "create problem", "", {"problem": "x"}),
    ("no period", Needed, "期次", "create weekly", "", {"project": "«project»"}),
    ("no name", Needed, "项目名称", "create project", "", {"unit": "«unit»"}),
    ("name taken away", Needed, "项目名称", "change project", "«project»", {"name": " "}),
    (
        *("unknown subject", NoSuchRecord, "项目档案", "create problem", ""),
        {"project": NOBODY, "problem": "x"},
    ),
    ("wrong link", NoSuchRecord, "单位", "change project", "«project»", {"unit": "«project»"}),
    ("records hang under it", InUse, "还有 1 条", "remove project", "«project»", {}),
    ("others name it", InUse, "指向“源汇区”", "remove unit", "«unit»", {}),
]


@pytest.mark.parametrize(
    ("name", "text", "verb", "record", "fields"),
    [refusal[1:] for refusal in REFUSALS],
    ids=[refusal[0] for refusal in REFUSALS],
)
def test_a_refusal_has_its_name_and_leaves_the_book_as_it_was(
    book: Book,
    name: type[OneLedgerError],
    text: str,
    verb: str,
    record: str,
    fields: dict[str, Any],
) -> None:
    subject = project(book)
    meant = {
        "«unit»": book.unit,
        "«project»": subject,
        "«other»": project(book, "另一个"),
        "«week»": week(book, subject),
        "«explanation»": explained(book, subject),
    }
    values = {field: meant.get(value, value) for field, value in fields.items()}
    action, register = verb.split()
    if verb == "remove project":
        remove(book, "explanation", meant["«explanation»"])
    before, on_disk = everything(book), book.path.read_bytes()
    with pytest.raises(OneLedgerError) as refused, book.batch("change") as batch:
        batch.change("project", subject, {"remark": "同一批里先写的"})
        if action == "create":
            batch.create(register, values)
        elif action == "change":
            batch.change(register, meant.get(record, record), values)
        else:
            batch.remove(register, meant.get(record, record))
    assert type(refused.value) is name
    assert text in str(refused.value)
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk
    assert clean(book)


def explained(book: Book, subject: str) -> str:
    values = {"project": subject, "period": WEEK, "check": "c", "item": "i", "text": "雨季"}
    with book.batch("explain") as batch:
        return batch.create("explanation", values)


def test_what_another_level_fills_is_refused_by_its_name(town: Book) -> None:
    before = everything(town)
    for register, values in (
        ("unit", {"name": "别的镇", "level": "township"}),
        ("meeting", {"name": "周调度会", "held_on": "2023-03-03"}),
        ("reception", {"unit": town.unit, "period": WEEK, "state": "已接收"}),
    ):
        with pytest.raises(NotYours, match="由区县填写"), town.batch("create") as batch:
            batch.create(register, values)
    assert everything(town) == before


def test_a_single_field_may_be_the_districts(town: Book) -> None:
    town.level = "district"  # As the matter would come down from there.
    with town.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "周调度会", "held_on": "2023-03-03"})
        matter = batch.create("decision", {"meeting": meeting, "matter": "三月底前完成征迁"})
    town.level = "township"
    change(town, "decision", matter, feedback="已完成八成")
    with pytest.raises(NotYours, match="议定事项"):
        change(town, "decision", matter, matter="四月底前完成征迁")
    assert books.value(town, "decision", matter, "matter") == "三月底前完成征迁"


def test_a_removed_record_takes_no_change_and_no_records_under_it(book: Book) -> None:
    record = project(book)
    remove(book, "project", record)
    before = everything(book)
    for write in (
        lambda: change(book, "project", record, name="又来"),
        lambda: remove(book, "project", record),
        lambda: week(book, record),
    ):
        with pytest.raises(NoSuchRecord):
            write()
    assert everything(book) == before


def test_nothing_is_made_under_a_record_taken_away_in_the_same_act(book: Book) -> None:
    record = project(book)
    with pytest.raises(NoSuchRecord), book.batch("change") as batch:
        item = batch.create("problem", {"project": record, "problem": "征迁"})
        batch.remove("problem", item)
        batch.remove("project", record)
        batch.create("problem", {"project": record, "problem": "又来"})
    assert [row["record"] for row in book.rows("project")] == [record]


def test_what_hangs_on_a_record_is_taken_away_first(book: Book) -> None:
    record = project(book)
    item = week(book, record)
    with book.batch("remove") as batch:
        batch.remove("weekly", item)
        batch.remove("project", record)
    assert book.rows("project") == []


def test_a_unit_that_projects_name_cannot_be_removed(book: Book) -> None:
    with book.batch("create") as batch:
        town = batch.create("unit", {"name": "空冢郭镇", "level": "township", "above": book.unit})
    subject = project(book, unit=town)
    with pytest.raises(InUse, match="1 条项目档案"):
        remove(book, "unit", town)
    change(book, "project", subject, unit=book.unit)
    remove(book, "unit", town)
    assert clean(book)


# All or nothing ----------------------------------------------------------------------------------


def test_an_act_that_breaks_off_leaves_no_trace_and_no_gap(book: Book) -> None:
    subject = project(book)
    before, on_disk = everything(book), book.path.read_bytes()
    with pytest.raises(ZeroDivisionError), book.batch("import") as batch:
        for at in range(20):
            batch.create("project", {"name": f"项目{at}", "unit": book.unit})
        batch.change("project", subject, {"state": "停工"})
        raise ZeroDivisionError
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk
    project(book, "下一个")
    numbers = [line.entry.number for line in book.journal.lines()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert clean(book)


def test_an_act_within_an_act_that_breaks_off_leaves_the_rest_whole(book: Book) -> None:
    with book.atomic():
        one = project(book, "甲")
        with pytest.raises(ZeroDivisionError), book.batch("create") as batch:
            batch.create("project", {"name": "乙", "unit": book.unit})
            raise ZeroDivisionError
        other = project(book, "丙")
    assert {row["record"] for row in book.rows("project")} == {one, other}
    assert clean(book)


def test_a_refused_row_may_be_skipped_and_the_act_goes_on(book: Book) -> None:
    """An import leaves out what is refused; what was refused has used no number."""
    with book.batch("import") as batch:
        batch.create("project", {"name": "甲", "unit": book.unit})
        with pytest.raises(WrongValue):
            batch.create("project", {"name": "乙", "unit": book.unit, "state": "烂尾"})
        batch.create("project", {"name": "丙", "unit": book.unit})
    assert [row["name"] for row in book.rows("project")] == ["丙", "甲"]
    assert clean(book)


def test_a_full_disk_in_the_middle_of_an_act(book: Book) -> None:
    from desktop.errors import DiskFull

    subject = project(book)
    before, on_disk = everything(book), book.path.read_bytes()
    (pages,) = book.connection.execute("PRAGMA page_count").fetchone()
    book.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull) as refused, book.batch("import") as batch:
        for at in range(500):
            batch.create("project", {"name": f"项目{at}", "unit": book.unit, "content": "长" * 500})
    assert "没有保存" in refused.value.sentence
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk
    book.connection.execute("PRAGMA max_page_count = 1000000")
    change(book, "project", subject, state="停工")
    assert clean(book)


def test_another_tool_that_holds_the_file_is_named(book: Book) -> None:
    from desktop.ledger.guard import BookInUse

    subject = project(book)
    before = everything(book)
    other = sqlite3.connect(book.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BookInUse, match="别的数据库工具"):
        change(book, "project", subject, state="停工")
    other.execute("ROLLBACK")
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM journal").fetchone()  # reads while we commit
    with pytest.raises(BookInUse):
        change(book, "project", subject, state="停工")
    other.close()
    assert everything(book) == before
    change(book, "project", subject, state="停工")
    assert clean(book)


def test_numbers_go_on_after_reopening(tmp_path: Path) -> None:
    book = found(tmp_path / "续.yzb")
    project(book)
    replica, number = book.replica, book.number
    book = books.reopened(book)
    assert (book.replica, book.number) == (replica, number)
    project(book, "下一个")
    assert book.number == number + 1
    assert clean(book)
    book.close()


def test_the_lock_is_asked_for_every_verb(book: Book) -> None:
    """Which weeks are locked is told in test_lock; here: every verb asks."""
    subject = project(book)
    record = week(book, subject)
    with book.batch("submit") as batch:
        batch.create(
            "submission", {"unit": book.unit, "period": WEEK, "submitted_on": "2023-03-02"}
        )
    before = everything(book)
    for write in (
        lambda: change(book, "weekly", record, completed_week=5),
        lambda: remove(book, "weekly", record),
        lambda: week(book, subject, completed_week=9),
    ):
        with pytest.raises(lock.WeekSubmitted):
            write()
    assert everything(book) == before
