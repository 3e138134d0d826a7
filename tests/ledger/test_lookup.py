"""Finding the record that a person means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import lookup, workspace
from desktop.ledger.lookup import SeveralRecords
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book

CODE = "2509-320193-89-01-544060"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "a.yzb", "空冢郭镇", "township", under="源汇区") as made:
        with made.batch("create") as batch:
            for name, code in (("奥昌迈得设备生产项目", CODE), ("奥昌二期项目", None)):
                batch.create("project", {"name": name, "code": code, "unit": made.unit})
            project = lookup.find(made, "project", CODE)
            batch.create("weekly", {"project": project, "period": "2023-W09", "completed_week": 1})
        yield made


@pytest.mark.parametrize(
    "text", ["奥昌迈得设备生产项目", "迈得", CODE, CODE.replace("-", ""), " 奥昌迈得设备生产项目 "]
)
def test_a_project_is_found_by_name_part_of_name_and_code(book: Book, text: str) -> None:
    (wanted,) = [row["record"] for row in book.rows("project") if row["code"] == CODE]
    assert lookup.find(book, "project", text) == wanted


def test_a_record_is_found_by_the_beginning_of_its_number(book: Book) -> None:
    for row in book.rows("project"):
        assert lookup.find(book, "project", row["record"]) == row["record"]
        assert lookup.find(book, "project", row["record"][:10]) == row["record"]


def test_a_ledger_row_is_found_by_project_and_week(book: Book) -> None:
    (row,) = book.rows("weekly")
    for text in ("迈得@2023-W09", f"{CODE}@2023年第9周", "迈得@第9周"):
        assert lookup.find(book, "weekly", text) == row["record"]
    with pytest.raises(NoSuchRecord):
        lookup.find(book, "weekly", "迈得@2023-W10")


def test_an_exact_name_wins_over_a_part_and_doubt_is_named(book: Book) -> None:
    with pytest.raises(SeveralRecords) as doubt:
        lookup.find(book, "project", "奥昌")
    assert "奥昌二期项目" in str(doubt.value)
    assert "奥昌迈得设备生产项目" in str(doubt.value)


def test_what_is_near_is_offered(book: Book) -> None:
    with pytest.raises(NoSuchRecord) as missing:
        lookup.find(book, "project", "奥昌迈德设备")
    assert "奥昌迈得设备生产项目" in missing.value.advice


def test_removed_records_are_not_found(book: Book) -> None:
    record = lookup.find(book, "project", "二期")
    with book.batch("remove") as batch:
        batch.remove("project", record)
    with pytest.raises(NoSuchRecord):
        lookup.find(book, "project", "奥昌二期项目")


def test_a_unit_is_known_by_all_its_names(book: Book) -> None:
    district = next(row for row in book.rows("unit") if row["level"] == "district")
    assert lookup.unit_named(book, "源汇区") == district["record"]
    assert lookup.unit_named(book, "空冢郭镇") == book.unit
    assert lookup.unit_named(book, "空冢郭") is None


def test_a_part_of_an_alias_is_not_an_alias(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as district:
        with district.batch("create") as batch:
            unit = batch.create(
                "unit",
                {
                    "name": "沙澧高新技术产业开发区",
                    "short": "沙澧高新区",
                    "aliases": "沙澧高新技术开发区、高新区",
                    "level": "township",
                },
            )
        assert lookup.unit_named(district, "高新区") == unit
        assert lookup.unit_named(district, "沙澧高新区") == unit
        assert lookup.unit_named(district, "高新") is None
        assert lookup.find(district, "unit", "高新区") == unit


def test_a_label_names_the_record_for_people(book: Book) -> None:
    (row,) = book.rows("weekly")
    assert lookup.label(book, "weekly", row["record"]) == "奥昌迈得设备生产项目 2023-W09"
    assert lookup.label(book, "project", row["project"]) == "奥昌迈得设备生产项目"
