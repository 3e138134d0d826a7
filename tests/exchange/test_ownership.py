"""Ownership: an entry is judged by its author, its level, and what its unit ever had in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from desktop.exchange import ownership
from desktop.exchange.entry_form import read
from desktop.exchange.grants import Grants, Tree
from desktop.exchange.payload import Authored
from desktop.exchange.refusals import BadEntry, ForeignField, ForeignRecord, NewerScheme
from desktop.ledger import audience, merging
from desktop.ledger import scheme as schemes
from desktop.ledger.belonging import MovedAway, NotYoursToGive
from desktop.ledger.definitions import SCHEME
from desktop.ledger.entry import json_text, ledger_identity, new_identity
from desktop.ledger.merging import ParentsMissing
from desktop.ledger.scheming import update_scheme
from desktop.ledger.undo import NothingToUndo, redo, undo
from desktop.paths import PROFILE_VARIABLE
from tests.exchange.desks import (
    AT,
    Desk,
    District,
    Founded,
    altered,
    called,
    found,
    fresh,
    heads,
    judged,
    opened,
    written,
)
from tests.ledger import books

WEEK = "2023-W09"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROFILE_VARIABLE, str(tmp_path_factory.mktemp("founding")))
        return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Iterator[District]:
    district = District(founded, tmp_path)
    yield district
    district.close()


def weekly(office: District, desk: Desk, project: str = "", **more: Any) -> Authored:
    """The founding entry of a week as a program writes it."""
    project = project or office.project
    fields = {"project": project, "period": WEEK, "completed_week": 5, **more.pop("fields", {})}
    record = ledger_identity("weekly", project, fields["period"])
    return written(desk, "weekly", record, fields=fields, **more)


# What is honest goes through -----------------------------------------------------------------


def test_a_townships_week_and_lists_go_up_and_the_answer_comes_down(office: District) -> None:
    one = office.one.book
    record = books.week(one, office.project)
    books.change(one, "project", office.project, categories=["工业", "交通"])
    with one.batch("create", "新增问题") as batch:
        problem = batch.create(
            "problem", {"project": office.project, "problem": "未接电", "needs_level": 1}
        )
    books.change(one, "weekly", record, completed_week=7, remark="复核\n更正")
    books.remove(one, "problem", problem)
    undo(one)
    with one.batch("import") as batch:
        batch.change("weekly", record, {"completed_year": 9}, origin={"completed_year": "表!B3"})
    office.district.take(office.report(office.one))
    with office.district.book.batch("create") as batch:
        batch.change("problem", problem, {"state": "整改中"})
        batch.create(
            "supervision",
            {"unit": office.units["大刘镇"], "matter": "尽快接电", "due": "2023-03-31"},
        )
        batch.create(
            "target",
            {"unit": one.unit, "period": "2023", "indicator": "投资", "assured_money": 10**9},
        )
    office.one.take(office.district.hand(one.unit), above=True)
    assert books.value(one, "problem", problem, "state") == "整改中"
    (matter,) = one.rows("supervision")
    books.change(one, "supervision", matter["record"], feedback="已报装")
    office.district.take(office.report(office.one), package="second")
    assert books.clean(office.district.book)


def test_a_department_works_on_the_item_that_names_it(office: District) -> None:
    with office.one.book.batch("create") as batch:
        problem = batch.create(
            "problem",
            {
                "project": office.project,
                "problem": "未接电",
                "responsible_unit": "区工信局、区发改委",
            },
        )
    office.district.take(office.report(office.one))
    office.department.take(office.district.hand(office.units["区工信局"]), above=True)
    books.change(office.department.book, "problem", problem, measure="十日内接通")
    office.district.take(office.report(office.department), package="second")
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    assert books.value(office.one.book, "problem", problem, "measure") == "十日内接通"


def test_a_decision_goes_down_without_the_meeting_and_comes_back_answered(
    office: District,
) -> None:
    with office.district.book.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "例会", "held_on": "2023-03-03"})
        decision = batch.create(
            "decision", {"meeting": meeting, "matter": "接电", "unit": office.units["大刘镇"]}
        )
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    books.change(office.one.book, "decision", decision, feedback="已落实")
    office.district.take(office.report(office.one))
    assert books.value(office.district.book, "decision", decision, "feedback") == "已落实"


def test_who_wrote_before_the_project_moved_is_not_refused(office: District) -> None:
    district = office.district.book
    week = books.week(office.one.book, office.project)
    books.change(office.one.book, "project", office.project, stage="推进建设")
    books.change(district, "project", office.project, unit=office.units["问十乡"])
    office.district.take(office.report(office.one))
    assert books.value(district, "project", office.project, "unit") == office.units["问十乡"]
    assert books.value(district, "project", office.project, "stage") == "推进建设"
    office.two.take(office.district.hand(office.units["问十乡"]), above=True)
    books.change(office.two.book, "weekly", week, completed_week=3)
    office.district.take(office.report(office.two), package="second")


def test_the_new_owner_may_come_before_the_book_hears_of_the_move(office: District) -> None:
    """A move that comes in the same package as what the new owner then wrote."""
    books.change(office.district.book, "project", office.project, unit=office.units["问十乡"])
    office.two.take(office.district.hand(office.units["问十乡"]), above=True)
    books.week(office.two.book, office.project)
    books.change(office.two.book, "project", office.project, stage="推进建设")
    together = fresh(office.department.book, office.report(office.two))
    units = office.department.verify(office.report(office.two))
    for entries in (together, together[::-1]):
        ownership.judge(office.department.book, entries, units)


def test_two_founders_of_one_week(office: District) -> None:
    books.week(office.district.book, office.project, completed_week=1)
    books.week(office.one.book, office.project, completed_week=2)
    office.district.take(office.report(office.one))
    (count,) = office.district.book.connection.execute("SELECT count(*) FROM conflict").fetchone()
    assert count


def test_a_week_taken_away_and_made_anew(office: District) -> None:
    one = office.one.book
    record = books.week(one, office.project)
    books.remove(one, "weekly", record)
    assert books.week(one, office.project, completed_week=9) == record
    office.district.take(office.report(office.one))
    assert books.value(office.district.book, "weekly", record, "completed_week") == 9


def test_a_settled_conflict_that_is_opened_again(office: District) -> None:
    record = books.week(office.district.book, office.project, completed_week=1)
    books.week(office.one.book, office.project, completed_week=2)
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    books.change(office.one.book, "weekly", record, completed_week=3)
    undo(office.one.book)
    last = list(office.one.book.journal.lines())[-1]
    assert "apart" in str(last.entry.fields)
    office.district.take(office.report(office.one))


def test_a_conflict_is_opened_again_between_sides_that_stood(office: District) -> None:
    record = books.week(office.district.book, office.project, completed_week=1)
    books.week(office.one.book, office.project, completed_week=2, remark="甲")
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    one = office.one.book
    sides = sorted(heads(one, "weekly", record))
    books.change(one, "weekly", record, completed_week=3)
    (last,) = heads(one, "weekly", record)
    new = fresh(office.district.book, office.report(office.one))

    def again(field: str, *named: str, **columns: Any) -> Authored:
        fields = columns.pop("fields", {field: {"apart": sorted(named)}})
        return written(office.one, "weekly", record, fields=fields, **columns)

    judged(office.district.book, office.one, *new, again("completed_week", *sides))
    backwards = json_text({"completed_week": {"apart": sides[::-1]}})
    with pytest.raises(BadEntry):
        judged(office.district.book, office.one, *new, again("x", fields=backwards))
    for entry in (
        again("completed_week", *sides, "ab" * 32),
        again("completed_week", *sides, heads(one, "project", office.project)[0]),
        again("remark", *sides),
        again("completed_week", last, parents=" ".join(sides)),
    ):
        with pytest.raises(BadEntry, match="分歧"):
            judged(office.district.book, office.one, *new, entry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ownership, "MOST_STEPS", 1)
        with pytest.raises(BadEntry, match="分歧"):
            judged(office.district.book, office.one, *new, again("completed_week", *sides))


def test_a_project_without_a_unit_is_its_founders(office: District) -> None:
    with office.two.book.batch("create") as batch:
        record = batch.create("project", {"name": "无主项目"})
    books.week(office.two.book, record)
    new = [
        line.authored
        for line in office.two.book.journal.lines()
        if line.authored[AT["author"]] == office.two.book.replica
    ]
    units = {desk.book.replica: desk.book.unit for desk in (office.one, office.two)}
    ownership.judge(office.district.book, new, units)
    with pytest.raises(ForeignRecord):
        stranger = weekly(office, office.one, record)
        ownership.judge(office.district.book, [*new, stranger], units)


def test_a_first_package_has_decisions_without_their_meeting(office: District) -> None:
    with office.district.book.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "例会", "held_on": "2023-03-03"})
        fields = {"meeting": meeting, "matter": "接电", "unit": office.units["大刘镇"]}
        decision = batch.create("decision", fields)
    book = opened(office.folder / "first.yzb", office.district, office.units["大刘镇"])
    try:
        assert books.value(book, "decision", decision, "matter") == "接电"
    finally:
        book.close()


def test_what_lacks_its_parents_is_left_to_the_merge(office: District) -> None:
    entry = written(office.one, "problem", "5" * 32, fields={"measure": "x"}, parents="ab" * 32)
    judged(office.district.book, office.one, entry)
    with pytest.raises(ParentsMissing):
        merging.receive(office.district.book, [entry], "package")


# Whose field -----------------------------------------------------------------------------------


def test_a_field_that_the_level_does_not_fill(office: District) -> None:
    with office.district.book.batch("create") as batch:
        matter = batch.create(
            "supervision", {"unit": office.units["大刘镇"], "matter": "接电", "due": "2023-03-31"}
        )
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    for fields in ({"extended_to": "2023-12-31"}, {"feedback": "已办", "closed_on": "2023-03-05"}):
        entry = written(office.one, "supervision", matter, fields=fields)
        with pytest.raises(ForeignField, match="督办事项"):
            judged(office.district.book, office.one, entry)
    judged(
        office.district.book,
        office.one,
        written(office.one, "supervision", matter, fields={"feedback": "已办"}),
    )


@pytest.mark.parametrize(
    ("register", "fields"),
    [
        ("unit", {"name": "新乡", "level": "township"}),
        ("reception", {"unit": "大刘镇", "period": WEEK, "state": "已接收"}),
        ("scheme", {"version": 9, "files": "{}"}),
    ],
)
def test_a_register_that_another_level_fills(
    office: District, register: str, fields: dict[str, Any]
) -> None:
    fields = {name: office.units.get(str(value), value) for name, value in fields.items()}
    record = ledger_identity(register, fields["unit"], WEEK) if register == "reception" else ""
    with pytest.raises(ForeignField):
        judged(
            office.district.book, office.one, written(office.one, register, record, fields=fields)
        )


def test_nobody_promotes_himself(office: District) -> None:
    unit = office.one.book.unit
    rise = written(office.one, "unit", unit, fields={"level": "district"})
    new = written(office.one, "unit", fields={"name": "区", "level": "district"})
    for entries in ((rise,), (new,), (rise, new)):
        with pytest.raises(ForeignField):
            judged(office.district.book, office.one, *entries)


def test_only_who_fills_a_register_takes_its_records_away(office: District) -> None:
    unit = office.two.book.unit
    entry = written(office.one, "unit", unit, fields={"removed": True})
    with pytest.raises(ForeignField):
        judged(office.district.book, office.one, entry)


def narrowed(office: District, version: int = 2, **changed: str) -> schemes.Scheme:
    """The next version of the scheme: the weekly remark is the district's."""
    texts = dict(office.district.book.scheme.texts)
    texts["scheme.toml"] = re.sub(
        r"(?m)^version = .*", f"version = {version}", texts["scheme.toml"]
    )
    at = texts["registers/weekly.toml"].index('name = "remark"')
    weekly = texts["registers/weekly.toml"]
    texts["registers/weekly.toml"] = weekly[:at] + 'filled_by = ["district"]\n' + weekly[at:]
    return schemes.parse({**texts, **changed})


def test_what_an_older_scheme_allowed_is_not_refused_afterwards(office: District) -> None:
    record = books.week(office.one.book, office.project, remark="旧方案下的备注")
    update_scheme(office.district.book, narrowed(office))
    late = office.report(office.one)
    office.district.take(late)
    assert books.value(office.district.book, "weekly", record, "remark") == "旧方案下的备注"
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    assert office.one.book.scheme.version == 2
    books.change(office.one.book, "weekly", record, completed_week=8)
    new = written(office.one, "weekly", record, fields={"remark": "新"})
    with pytest.raises(ForeignField):
        judged(office.district.book, office.one, new)
    pretended = written(office.one, "weekly", record, fields={"remark": "新"}, scheme=1)
    handed = office.report(office.one)
    with pytest.raises(ForeignField):  # It has written under the newer one already.
        judged(office.district.book, office.one, *fresh(office.district.book, handed), pretended)


# Whose record ------------------------------------------------------------------------------------


def test_a_neighbours_records_are_foreign(office: District) -> None:
    week = books.week(office.two.book, office.other)
    office.district.take(office.report(office.two))
    district = office.district.book
    parents = " ".join(heads(district, "weekly", week))
    project = " ".join(heads(district, "project", office.other))
    for entry in (
        written(office.one, "weekly", week, fields={"completed_week": 1}, parents=parents),
        written(office.one, "project", office.other, fields={"name": "改名"}, parents=project),
        written(office.one, "project", office.other, fields={"removed": True}, parents=project),
        weekly(office, office.one, office.other, fields={"period": "2023-W10"}),
        written(office.one, "problem", fields={"project": office.other, "problem": "无"}),
    ):
        with pytest.raises(ForeignRecord):
            judged(district, office.one, entry)


def test_nobody_grabs_a_project_by_writing_himself_into_it(office: District) -> None:
    parents = " ".join(heads(office.district.book, "project", office.other))
    grab = written(
        office.one,
        "project",
        office.other,
        fields={"unit": office.units["大刘镇"]},
        parents=parents,
    )
    then = weekly(office, office.one, office.other, number=office.one.book.number + 2)
    for entries in ((grab,), (grab, then), (then, grab)):
        with pytest.raises(ForeignRecord):
            judged(office.district.book, office.one, *entries)


def test_nobody_is_named_by_himself(office: District) -> None:
    with office.two.book.batch("create") as batch:
        problem = batch.create("problem", {"project": office.other, "problem": "未接电"})
    office.district.take(office.report(office.two))
    parents = " ".join(heads(office.district.book, "problem", problem))
    entry = written(
        office.department,
        "problem",
        problem,
        fields={"responsible_unit": "区工信局"},
        parents=parents,
    )
    with pytest.raises(ForeignRecord):
        judged(office.district.book, office.department, entry)
    new = {"project": office.other, "problem": "另一个", "responsible_unit": "区工信局"}
    with pytest.raises(ForeignRecord):
        judged(
            office.district.book,
            office.department,
            written(office.department, "problem", fields=new),
        )


def test_a_township_founds_nothing_for_another(office: District) -> None:
    other, district = office.units["问十乡"], office.district.book.unit
    for unit in (other, district, "f" * 32):
        entry = written(office.one, "project", fields={"name": "新项目", "unit": unit})
        with pytest.raises(ForeignRecord):
            judged(office.district.book, office.one, entry)
    for register, fields, keys in (
        ("submission", {"unit": other, "period": WEEK, "number": 1}, (other, WEEK)),
        ("submission", {"unit": district, "period": WEEK, "number": 1}, (district, WEEK)),
    ):
        entry = written(office.one, register, ledger_identity(register, *keys), fields=fields)
        with pytest.raises(ForeignRecord):
            judged(office.district.book, office.one, entry)


def test_a_project_is_given_to_another_unit_from_above_only(office: District) -> None:
    """Else a township would put its figures into another one's sums."""
    given = {"unit": office.units["问十乡"]}
    with pytest.raises(NotYoursToGive):
        books.change(office.one.book, "project", office.project, **given)
    entry = written(office.one, "project", office.project, fields=given)
    with pytest.raises(ForeignRecord):
        judged(office.district.book, office.one, entry)
    entry = written(office.district, "project", office.project, fields=given)
    judged(office.one.book, office.district, entry)


def test_a_list_under_a_file_that_nobody_knows(office: District) -> None:
    entry = written(office.one, "problem", fields={"project": "e" * 32, "problem": "无"})
    with pytest.raises(ForeignRecord):
        judged(office.district.book, office.one, entry)
    judged(office.department.book, office.one, entry, relayed_by_above=True)


def test_a_decision_under_the_districts_meeting_is_the_districts(office: District) -> None:
    with office.district.book.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "例会", "held_on": "2023-03-03"})
    book = office.district.book
    fields = {"meeting": meeting, "feedback": "已办"}
    with pytest.raises(BadEntry):
        judged(book, office.one, written(office.one, "decision", fields=fields))
    with pytest.raises(ForeignField):
        judged(book, office.one, written(office.one, "decision", fields={**fields, "matter": "x"}))
    grants = Grants(book, book.scheme, Tree(book), trusting=False)
    decision = book.scheme.register("decision")
    for subject in (meeting, "e" * 32):
        assert grants.may_found(decision, {"meeting": subject}, book.unit)
        assert not grants.may_found(decision, {"meeting": subject}, office.one.book.unit)


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_nothing_is_without_the_name_it_goes_by(office: District, scheme: int) -> None:
    book, one = office.district.book, office.one
    nameless = {"unit": one.book.unit, "state": "在建"}
    entry = written(one, "project", fields=nameless, scheme=scheme)
    with pytest.raises(BadEntry):
        judged(book, one, entry, relayed_by_above=True)
    entry = written(one, "project", office.project, fields={"name": None}, scheme=scheme)
    with pytest.raises(BadEntry, match="不能为空"):
        judged(book, one, entry, relayed_by_above=True)


@pytest.mark.parametrize("register", ["book", "sent", "taken", "partner", "key_list", "meeting"])
def test_what_is_ones_own_is_taken_from_nobody_else(office: District, register: str) -> None:
    fields: dict[str, Any] = {"name": "例会", "held_on": "2023-03-03"}
    if register != "meeting":
        fields = {"number": 1} if register == "key_list" else {"unit": office.district.book.unit}
    entry = written(office.district, register, fields=fields)
    own = register in ("partner", "key_list", "meeting")
    book = office.district.book
    with pytest.raises(ForeignRecord):
        judged(book, office.district, entry)
    if own:
        judged(book, office.district, entry, own_unit_share=True)
        with pytest.raises((ForeignRecord, ForeignField)):
            judged(
                book, office.one, written(office.one, register, fields=fields), own_unit_share=True
            )
    else:
        with pytest.raises(ForeignRecord):
            judged(book, office.district, entry, own_unit_share=True)


def test_an_author_of_no_unit(office: District) -> None:
    entry = written(office.one, "problem", fields={"project": office.project, "problem": "无"})
    with pytest.raises(BadEntry, match="哪个单位"):
        ownership.judge(office.district.book, [entry], {})


# Form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"number": 0}, {"number": 2**63}, {"number": True}, {"scheme": -1}, {"scheme": 2**63},
        {"author": "Ab-c"}, {"author": ""}, {"time": "昨天"}, {"time": "2023-02-30T00:00:00+08:00"},
        {"time": "0001-01-01T00:00:00+14:00"}, {"time": "2023-W09-4T12:00:00"}, {"time": ""},
        {"operator": "\ud800"}, {"operator": 7}, {"register": "weekly\n"}, {"register": "sqlite_"},
        {"register": "Weekly"}, {"record": "0" * 31}, {"record": "A" * 32}, {"act": ""},
        {"act": "a b"}, {"batch": ""}, {"batch": "someone-1"}, {"undoes": "x"}, {"note": None},
        {"origin": "{}x"}, {"origin": '{"a":1}'}, {"origin": '{"b":"x","a":"y"}'},
        {"parents": " "}, {"parents": "0" * 63}, {"parents": "b" * 64 + " " + "a" * 64},
        {"parents": "a" * 64 + " " + "a" * 64}, {"parents": "A" * 64},
        {"fields": ""}, {"fields": "[]"}, {"fields": '{"a": 1}'}, {"fields": '{"b":1,"a":2}'},
        {"fields": '{"a":1,"a":1}'}, {"fields": '{"a":1e400}'}, {"fields": '{"a":"\\u4e00"}'},
        {"fields": '{"a":' * 5000 + "1" + "}" * 5000},
    ],
)  # fmt: skip
def test_columns_that_no_program_writes(office: District, columns: dict[str, Any]) -> None:
    entry = weekly(office, office.one)
    assert read(entry).record == entry[AT["record"]]
    with pytest.raises(BadEntry):
        judged(office.district.book, office.one, altered(entry, **columns))


def test_an_act_is_named_after_an_entry_of_its_own(office: District) -> None:
    name, number = office.one.book.replica, office.one.book.number + 1
    judged(office.district.book, office.one, weekly(office, office.one, batch=f"{name}-{number}"))
    for batch in (f"{name}-{number + 1}", f"{name}-0{number}", f"{name}-0", f"{name}x-{number}"):
        with pytest.raises(BadEntry):
            judged(office.district.book, office.one, weekly(office, office.one, batch=batch))


@pytest.mark.parametrize(
    "fields",
    [
        {"completed_week": "5"}, {"completed_week": 5.0}, {"completed_week": True},
        {"completed_week": 2**63}, {"completed_week": [5]}, {"completed_week": {}},
        {"completed_week": {"apart": []}}, {"completed_week": {"apart": ["x"]}},
        {"physical_progress": ""}, {"physical_progress": " 三层"}, {"physical_progress": "a\r\nb"},
        {"physical_progress": "\x00"}, {"physical_progress": 5}, {"photos": "[]"},
        {"photos": '["x"]'}, {"photos": f'["{"ab" * 32}" ]'}, {"photos": ["ab" * 32]},
        {"completion_rate": 0.5}, {"nonsense": 1}, {"removed": 1}, {"removed": None},
        {"removed": {"apart": "x"}}, {"removed": True}, {"removed": False}, {"": 1},
        {"record": "0" * 32}, {"heads": "x"},
    ],
)  # fmt: skip
def test_values_that_a_book_does_not_store(office: District, fields: dict[str, Any]) -> None:
    entry = weekly(office, office.one, fields=fields)
    with pytest.raises(BadEntry):
        judged(office.district.book, office.one, entry)


@pytest.mark.parametrize(
    ("register", "fields"),
    [
        ("project", {"unit": "大刘镇", "planned_start": "20230101"}),
        ("project", {"unit": "大刘镇", "planned_start": "2023-1-1"}),
        ("project", {"unit": "大刘镇", "state": "不知道"}),
        ("project", {"unit": "大刘镇", "categories": '["工业","工业"]'}),
        ("project", {"unit": "大刘镇", "level": "银河"}),
        ("project", {"unit": "x"}),
        ("project", {"unit": 5}),
        ("project", {"unit": "大刘镇", "name": None}),
        ("problem", {"project": "北环路", "needs_level": True}),
        ("problem", {"project": "北环路", "needs_level": 2}),
        ("problem", {"project": None}),
        ("problem", {"project": {"apart": ["ab" * 32]}}),
    ],
)
def test_values_of_other_types(office: District, register: str, fields: dict[str, Any]) -> None:
    names = {"project": "name", "problem": "problem"}
    good = {"unit": office.one.book.unit} if register == "project" else {"project": office.project}
    judged(
        office.district.book,
        office.one,
        written(office.one, register, fields={names[register]: "甲", **good}),
    )
    told = {
        name: office.units.get(value, value) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    entry = written(office.one, register, fields={names[register]: "甲", **told})
    with pytest.raises(BadEntry):
        judged(office.district.book, office.one, entry)


def test_a_record_is_called_after_its_first_entry(office: District) -> None:
    one, number = office.one, office.one.book.number + 1
    replica = one.book.replica
    fields = {"name": "甲", "unit": one.book.unit}
    for record in (
        new_identity("project", replica, number + 1),
        new_identity("problem", replica, number),
        new_identity("project", office.two.book.replica, number),
    ):
        with pytest.raises(BadEntry, match="记录编号"):
            judged(
                office.district.book,
                one,
                written(one, "project", record, fields=fields, parents=""),
            )
    with pytest.raises(BadEntry, match="记录编号"):
        judged(
            office.district.book,
            one,
            written(
                one,
                "weekly",
                ledger_identity("weekly", office.other, WEEK),
                fields={"project": office.project, "period": WEEK},
            ),
        )


@pytest.mark.parametrize(
    "period", ["2023-W9", "2023年第9周", "2023-02", "2023-W53", "2023", "", None, 5, "x" * 5000]
)
def test_a_week_is_called_by_its_canonical_name(office: District, period: Any) -> None:
    record = ledger_identity("weekly", office.project, period)
    fields = {"project": office.project, "period": period, "completed_week": 5}
    with pytest.raises(BadEntry):
        judged(
            office.district.book, office.one, written(office.one, "weekly", record, fields=fields)
        )


def test_what_says_whose_it_is_stays_as_it_was_founded(office: District) -> None:
    one = office.one.book
    record = books.week(one, office.project)
    with one.batch("create") as batch:
        problem = batch.create("problem", {"project": office.project, "problem": "未接电"})
    handed = office.report(office.one)
    new = fresh(office.district.book, handed)
    same = written(office.one, "weekly", record, fields={"project": office.project, "period": WEEK})
    judged(office.district.book, office.one, *new, same)
    for register, where, fields in (
        ("weekly", record, {"project": office.other}),
        ("weekly", record, {"period": "2023-W10"}),
        ("weekly", record, {"period": None}),
        ("weekly", record, {"project": {"apart": ["ab" * 32]}}),
        ("problem", problem, {"project": office.other}),
    ):
        entry = written(office.one, register, where, fields=fields)
        with pytest.raises(BadEntry, match="建立时已定"):
            judged(office.district.book, office.one, *new, entry)
    office.district.take(handed)
    with pytest.raises(BadEntry, match="建立时已定"):
        judged(office.district.book, office.one, entry)


def test_an_entry_is_built_on_entries_of_its_own_record(office: District) -> None:
    record = books.week(office.one.book, office.project)
    other = heads(office.district.book, "project", office.other)
    handed = office.report(office.one)
    new = fresh(office.district.book, handed)
    for parents in (other, heads(office.one.book, "project", office.project)):
        entry = written(
            office.one, "weekly", record, fields={"completed_week": 1}, parents=" ".join(parents)
        )
        with pytest.raises(BadEntry, match="另一条记录"):
            judged(office.district.book, office.one, *new, entry)
    stolen = written(
        office.one, "weekly", "5" * 32, fields={"completed_week": 1}, parents=called(new[-1])
    )
    with pytest.raises(BadEntry, match="另一条记录"):
        judged(office.district.book, office.one, *new, stolen)


def test_what_was_submitted_can_be_read(office: District) -> None:
    unit = office.one.book.unit
    record = ledger_identity("submission", unit, WEEK)
    for contents in ("garbage", "[]", '{"a":1}', '{"a": "b"}'):
        fields = {"unit": unit, "period": WEEK, "number": 1, "contents": contents}
        with pytest.raises(BadEntry):
            judged(
                office.district.book,
                office.one,
                written(office.one, "submission", record, fields=fields),
            )
    fields = {"unit": unit, "period": WEEK, "number": 1, "contents": '{"a":"b"}'}
    judged(
        office.district.book, office.one, written(office.one, "submission", record, fields=fields)
    )


# Other versions of the scheme --------------------------------------------------------------------


def test_what_a_newer_scheme_knows_waits(office: District) -> None:
    book = office.district.book
    record = books.week(office.one.book, office.project)
    office.district.take(office.report(office.one))
    for entry in (
        written(office.one, "weekly", record, fields={"cost": 5, "note": "甲"}, scheme=2),
        written(office.one, "machine", fields={"name": "挖机", "count": 3.5}, scheme=2),
        written(office.one, "weekly", record, fields={"completed_week": 5}, scheme=2),
    ):
        judged(book, office.one, entry, own_unit_share=True)
        judged(book, office.one, entry, relayed_by_above=True)
        if "completed_week" not in str(entry[AT["fields"]]):
            with pytest.raises(BadEntry):
                judged(book, office.one, altered(entry, scheme=1))
    for value in ([1], {"a": 1}, True, 2**63):
        for register, where in (("weekly", record), ("machine", "")):
            entry = written(office.one, register, where, fields={"cost": value}, scheme=2)
            with pytest.raises(BadEntry):
                judged(book, office.one, entry, relayed_by_above=True)


def test_nobody_below_plants_what_a_coming_scheme_may_know(office: District) -> None:
    """It would appear, judged by nobody, when the district takes that scheme into use."""
    record = books.week(office.one.book, office.project)
    office.district.take(office.report(office.one))
    for entry in (
        written(office.one, "announcement", fields={"title": "伪造"}, scheme=99),
        written(office.one, "weekly", record, fields={"grade": "优"}, scheme=2),
        written(office.one, "weekly", record, fields={"completed_week": 5}, scheme=2),
    ):
        with pytest.raises(NewerScheme):
            judged(office.district.book, office.one, entry)


def limited(office: District, version: int, maximum: int) -> schemes.Scheme:
    """A version in which a week's money is limited."""
    texts = dict(office.district.book.scheme.texts)
    texts["scheme.toml"] = re.sub(
        r"(?m)^version = .*", f"version = {version}", texts["scheme.toml"]
    )
    weekly = texts["registers/weekly.toml"]
    limit = f'name = "completed_week"\nmaximum = {maximum}\n'
    texts["registers/weekly.toml"] = re.sub(
        r'name = "completed_week"\n(maximum = \d+\n)?', limit, weekly, count=1
    )
    return schemes.parse(texts)


def test_limits_bind_who_knew_them(office: District) -> None:
    record = books.week(office.one.book, office.project, completed_week=5_000_000)
    handed = office.report(office.one)
    update_scheme(office.district.book, limited(office, 2, 1_000_000))
    office.district.take(handed)
    for scheme in (1, 3):
        judged(
            office.district.book,
            office.one,
            written(
                office.one, "weekly", record, fields={"completed_week": 4_000_000}, scheme=scheme
            ),
            relayed_by_above=scheme == 3,
        )
    bound = written(office.one, "weekly", record, fields={"completed_week": 4_000_000}, scheme=2)
    with pytest.raises(BadEntry, match="不能大于"):
        judged(office.district.book, office.one, bound)


def test_an_undo_brings_back_what_was_allowed_then(office: District) -> None:
    record = books.week(office.one.book, office.project, completed_week=5_000_000)
    books.change(office.one.book, "weekly", record, completed_week=900_000)
    update_scheme(office.district.book, limited(office, 2, 1_000_000))
    office.one.take(office.district.hand(office.one.book.unit), above=True)
    undo(office.one.book)
    assert books.value(office.one.book, "weekly", record, "completed_week") == 5_000_000
    office.district.take(office.report(office.one))


def test_a_scheme_and_what_was_written_under_it_come_together(office: District) -> None:
    machine = (
        'name = "machine"\ntitle = "机械"\nshape = "list"\nof = "project"\n'
        '[[field]]\nname = "count"\ntitle = "台数"\ntype = "integer"\n'
    )
    texts = {**limited(office, 2, 10**9).texts, "registers/machine.toml": machine}
    update_scheme(office.district.book, schemes.parse(texts))
    with office.district.book.batch("create") as batch:
        batch.create("machine", {"project": office.project, "count": 3})
    handed = office.district.hand(office.one.book.unit)
    spoilt = written(
        office.district, "machine", fields={"project": office.project, "count": "三"}, scheme=2
    )
    units = office.one.verify(handed, above=True)
    new = fresh(office.one.book, handed)
    with pytest.raises(BadEntry, match="机械"):
        ownership.judge(office.one.book, [*new, spoilt], units, relayed_by_above=True)
    office.one.take(handed, above=True)
    assert [row["count"] for row in office.one.book.rows("machine")] == [3]


def scheme_entry(office: District, version: Any, texts: Any) -> Authored:
    """A version of the scheme as the district would write it."""
    files = texts if isinstance(texts, str) else json_text(texts)
    record = office.district.book.scheme_record()
    return written(
        office.district, SCHEME.name, record, fields={"version": version, "files": files}
    )


def test_a_scheme_that_only_a_newer_program_reads_is_held(office: District) -> None:
    texts = dict(limited(office, 5, 10).texts)
    texts["scheme.toml"] += '\n[clouds]\nname = "x"\n'
    texts["codes.toml"] = texts["codes.toml"].replace("items", "things", 1)
    with pytest.raises(NewerScheme, match="第 5 版"):
        judged(office.one.book, office.district, scheme_entry(office, 5, texts))
    for version in (0, 1):
        with pytest.raises(BadEntry):
            judged(office.one.book, office.district, scheme_entry(office, version, texts))


@pytest.mark.parametrize("files", ["[]", '{"a":1}', "nothing", "{}", '{"scheme.toml":"name=1"}'])
def test_a_scheme_that_nobody_reads(office: District, files: str) -> None:
    with pytest.raises(BadEntry):
        judged(office.one.book, office.district, scheme_entry(office, 1, files))


def test_a_scheme_that_is_hostile_to_its_reader(office: District) -> None:
    good = dict(limited(office, 2, 10).texts)
    register = 'name = "x"\nshape = "file"\ntitle = "x"\n[[field]]\nname = "y"\ntitle = "y"\n'
    for text in ("a = " + "[" * 20_000, register + 'type = "text"\npattern = "a{99999999999}"\n'):
        texts = {**good, "registers/x.toml": text}
        with pytest.raises(NewerScheme):
            judged(office.one.book, office.district, scheme_entry(office, 2, texts))


def test_a_scheme_says_its_own_version_and_follows_ours(office: District) -> None:
    texts = dict(limited(office, 2, 10).texts)
    judged(office.one.book, office.district, scheme_entry(office, 2, texts))
    with pytest.raises(BadEntry, match="版本与内容"):
        judged(office.one.book, office.district, scheme_entry(office, 3, texts))
    del texts["registers/sponsor.toml"]
    with pytest.raises(BadEntry, match="不能去掉"):
        judged(office.one.book, office.district, scheme_entry(office, 2, texts))


def test_a_scheme_is_written_whole_and_never_goes_away(office: District) -> None:
    district = office.district
    record = district.book.scheme_record()
    files = json_text(dict(limited(office, 2, 10).texts))
    whole: dict[str, Any] = {"version": 2, "files": files}
    judged(office.one.book, district, written(district, SCHEME.name, record, fields=whole))
    for fields in (
        {**whole, "removed": True},
        {**whole, "files": None},
        {**whole, "version": None},
        {**whole, "files": {"apart": ["ab" * 32]}},
        {"files": files},
        {"version": 2},
        {"removed": False},
    ):
        with pytest.raises(BadEntry):
            judged(office.one.book, district, written(district, SCHEME.name, record, fields=fields))
        with pytest.raises(BadEntry):
            judged(office.one.book, district, written(district, SCHEME.name, fields=fields))


def test_judging_changes_nothing(office: District) -> None:
    books.week(office.one.book, office.project)
    handed = office.report(office.one)
    before = books.everything(office.district.book)
    office.district.judge(handed)
    foreign = weekly(office, office.one, office.other, number=office.one.book.number + 9)
    with pytest.raises(ForeignRecord):
        judged(office.district.book, office.one, foreign)
    assert books.everything(office.district.book) == before


def test_names_of_other_sides_are_bounded(office: District) -> None:
    """What a refusal cites is short and harmless on a screen."""
    entry = weekly(office, office.one, fields={"\u202e" * 500: 1})
    with pytest.raises(BadEntry) as refused:
        judged(office.district.book, office.one, entry)
    assert len(refused.value.sentence) < 120
    assert "\u202e" not in refused.value.sentence
    assert msgspec.json.encode(refused.value.sentence)


# Nobody honest is refused ------------------------------------------------------------------------


class Days:
    """People at four desks doing what the program lets them, by chance, and handing on."""

    def __init__(self, office: District, random: Random) -> None:
        self.office, self.random = office, random
        self.number = 0

    def step(self) -> None:
        """One act of one desk, then perhaps a package."""
        below = self.random.choice((self.office.one, self.office.two, self.office.department))
        desk = self.random.choice((self.office.district, below))
        acts = (self.fill, self.item, self.edit, self.move, self.decide, self.back)
        with suppress(MovedAway, NotYoursToGive):
            self.random.choice(acts)(desk)
        if self.random.random() < 0.5:
            self.carry(below)

    def carry(self, below: Desk) -> None:
        """Down or up, verified, judged and taken in: nobody is ever refused."""
        self.number += 1
        district = self.office.district
        if self.random.random() < 0.5:
            below.take(district.hand(below.book.unit), above=True, package=str(self.number))
        else:
            district.take(self.office.report(below), package=str(self.number))

    def own(self, desk: Desk, register: str) -> list[str]:
        """The records that the desk's people work on."""
        seen = audience.below(desk.book, desk.book.unit)
        rows = desk.book.rows(register)
        if register == "project":
            return [row["record"] for row in rows if row["unit"] in seen]
        projects = self.own(desk, "project")
        return [
            row["record"]
            for row in rows
            if row["project"] in projects or ("区工信局" in str(row.get("responsible_unit"))
            and desk is self.office.department)
        ]  # fmt: skip

    def fill(self, desk: Desk) -> None:
        for project in self.own(desk, "project")[:2]:
            period = self.random.choice(("2023-W09", "2023-W10"))
            books.week(desk.book, project, period, completed_week=self.random.randrange(9))

    def item(self, desk: Desk) -> None:
        for project in self.own(desk, "project")[:1]:
            named = self.random.choice((None, "区工信局", "区发改委、区工信局"))
            with desk.book.batch("create") as batch:
                fields = {"project": project, "problem": "未接电", "responsible_unit": named}
                batch.create("problem", fields)

    def edit(self, desk: Desk) -> None:
        for register, field in (("problem", "measure"), ("weekly", "remark"), ("project", "place")):
            for record in self.own(desk, register)[:1]:
                if self.random.random() < 0.2 and register != "project":
                    books.remove(desk.book, register, record)
                else:
                    books.change(desk.book, register, record, **{field: str(self.random.random())})

    def move(self, desk: Desk) -> None:
        unit = self.office.units[self.random.choice(("大刘镇", "问十乡"))]
        for record in self.own(desk, "project")[:1]:
            books.change(desk.book, "project", record, unit=unit)

    def decide(self, desk: Desk) -> None:
        book = desk.book
        if desk is not self.office.district:
            for row in book.rows("supervision"):
                if row["unit"] == book.unit:
                    books.change(book, "supervision", row["record"], feedback=f"{book.number}")
            return
        with book.batch("create") as batch:
            unit = self.office.units[self.random.choice(("大刘镇", "问十乡"))]
            batch.create("supervision", {"unit": unit, "matter": "接电", "due": "2023-03-31"})

    def back(self, desk: Desk) -> None:
        with suppress(NothingToUndo):
            self.random.choice((undo, undo, redo))(desk.book)


@pytest.mark.parametrize("seed", range(12))
def test_whoever_works_by_the_program_is_never_refused(office: District, seed: int) -> None:
    days = Days(office, Random(seed))
    for _ in range(25):
        days.step()
    for below in (office.one, office.two, office.department):
        office.district.take(office.report(below), package=f"last {below.book.unit}")
    assert books.clean(office.district.book)
