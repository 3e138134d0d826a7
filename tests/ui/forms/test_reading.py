"""What a form shows of a record: typed texts, why fields are closed, both sides of a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import checks, cycle, explanations, workspace
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.ui.forms.reading import Side, blank_form, candidates, read_form, why_closed
from tests.ledger import books
from tests.ledger.books import noon


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(
        tmp_path / "t.yzb", "空冢郭镇", "township", under="源汇区", operator="张晓燕", clock=noon
    ) as book:
        yield book


def test_every_shown_field_stands_as_typed(township: Book) -> None:
    record = books.project(township, total_investment=123_456, level="省", categories=["工业"])
    shown = read_form(township, "project", record)
    assert (shown.record, shown.label) == (record, "北环路改造")
    assert set(shown.fields) == {f.name for f in township.scheme.register("project").shown}
    texts = {name: field.text for name, field in shown.fields.items() if field.text}
    assert texts == {
        "name": "北环路改造",
        "unit": "空冢郭镇",
        "level": "省重点项目",
        "categories": "工业",
        "state": "在建",
        "total_investment": "12.3456",
    }
    assert shown.fields["unit"].stored == township.unit
    locked = {name: field.locked for name, field in shown.fields.items() if field.locked}
    assert locked == {"unit": "划转由上级办理"}  # a township gives no project away


def test_a_formula_is_shown_and_closed(township: Book) -> None:
    subject = books.project(township, annual_plan=10_000_000)
    week = books.week(township, subject, completed_year=1_394_000)
    field = read_form(township, "weekly", week).fields["completion_rate"]
    assert (field.text, field.locked) == ("13.94%", "由程序计算")


def test_fields_of_another_level_say_whose_they_are(township: Book) -> None:
    register = township.scheme.register("supervision")
    matter, feedback = register.get("matter"), register.get("feedback")
    assert why_closed(township, register, matter, made=True) == "由区县填写"
    assert why_closed(township, register, feedback, made=True) == ""
    target = township.scheme.register("target")
    assert why_closed(township, target, target.get("basis"), made=True) == "由区县填写"


def test_what_names_a_record_is_fixed_once_it_is_made(tmp_path: Path) -> None:
    with books.found(tmp_path / "d.yzb") as district:
        target = district.scheme.register("target")
        assert why_closed(district, target, target.get("indicator"), made=False) == ""
        assert why_closed(district, target, target.get("indicator"), made=True) == "在建立时已定"


def test_a_submitted_week_is_closed(township: Book) -> None:
    subject = books.project(township)
    week = books.week(township, subject, completed_year=1_000_000, completed_total=1_000_000)
    assert read_form(township, "weekly", week).fields["problems"].locked == ""
    for finding in checks.check_period(township, books.WEEK):
        explanations.explain(township, finding.id, "经核实，情况属实。", books.WEEK)
    cycle.submit(township, books.WEEK, books.NOON.date())
    assert read_form(township, "weekly", week).fields["problems"].locked == "这一周已经上报"


def test_a_removed_record_cannot_be_shown(township: Book) -> None:
    record = books.project(township)
    books.remove(township, "project", record)
    with pytest.raises(NoSuchRecord):
        read_form(township, "project", record)


def test_a_new_record_begins_with_what_is_given(township: Book) -> None:
    shown = blank_form(township, "problem", {"aspect": "用地"})
    assert (shown.record, shown.label) == ("", "问题清单")
    assert shown.fields["aspect"].text == "用地"
    assert shown.fields["project"].text == ""  # whose it is, is asked for


def test_both_sides_of_a_conflict_are_shown_with_who_and_when(tmp_path: Path) -> None:
    first = books.found(tmp_path / "a.yzb")
    record = books.project(first)
    first.close()
    with (
        books.replica_of(first, tmp_path / "b.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        books.change(book, "project", record, total_investment=10_000, unit=book.unit)
        books.change(other, "project", record, total_investment=20_000)
        books.send(other, book)
        fields = read_form(book, "project", record).fields
        sides = fields["total_investment"].sides
        assert {(side.who, side.text) for side in sides} == {
            ("王敏", "1 万元"),
            ("李强", "2 万元"),
        }
        assert {side.when for side in sides} == {"2023-03-02 12:00"}
        assert sides[0].text == f"{fields['total_investment'].text} 万元"
        assert fields["name"].sides == ()


def test_removed_on_one_side_and_changed_on_the_other_still_reads(tmp_path: Path) -> None:
    first = books.found(tmp_path / "a.yzb")
    record = books.project(first)
    first.close()
    with (
        books.replica_of(first, tmp_path / "b.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        books.change(book, "project", record, place="河西")
        books.remove(other, "project", record)
        books.send(other, book)
        shown = read_form(book, "project", record)
        assert shown.fields["place"].text == "河西"
        assert all(isinstance(side, Side) for f in shown.fields.values() for side in f.sides)


def test_candidates_begin_with_what_was_typed(tmp_path: Path) -> None:
    with books.found(tmp_path / "d.yzb") as book:
        for name in ("丁北环路", "北环路改造", "北关小学", "河西厂房"):
            books.project(book, name)
        assert [one.label for one in candidates(book, "project", "北")] == [
            "北关小学",
            "北环路改造",
            "丁北环路",
        ]
        assert [one.label for one in candidates(book, "project", "bhl")] == [
            "丁北环路",
            "北环路改造",
        ]
        assert {one.detail for one in candidates(book, "project", "")} == {"源汇区"}
        assert len(candidates(book, "project", "", limit=2)) == 2
        assert [one.label for one in candidates(book, "unit", "yhq")] == ["源汇区"]
