"""Supervised items as they stand in a week: what is late, what is extended, the next number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger.workspace import Book
from desktop.ui.lists.reading import Part
from desktop.ui.supervision import reading
from desktop.ui.supervision.reading import Item
from tests.ledger.books import remove, shipped, texts
from tests.ledger.district import district
from tests.ui.supervision.items import TODAY, supervise


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made, named = district(tmp_path / "区.yzb")
    with made:
        supervise(made, named)
        yield made


def items(book: Book, today: date = TODAY) -> tuple[Item, ...]:
    return reading.items(book, today)


def test_the_late_ones_come_first_and_the_closed_ones_last(book: Book) -> None:
    assert [(item.matter, item.left, item.state) for item in items(book)] == [
        ("42亩土地征收", "逾期 1 天", "open"),
        ("污水管网改造", "还有 3 天", "open"),
        ("双回路供电接入", "还有 5 天", "open"),
        ("未编号的事项", "还有 8 天", "open"),
        ("项目入库", "还有 30 天", "open"),
        ("环评批复", "待销号", "done"),
        ("去年的事项", "", "closed"),
    ]


def test_of_one_day_the_lower_number_is_first(book: Book) -> None:
    unit = items(book)[0].unit
    with book.batch("create") as batch:
        for number in (100, 20, 9):
            fields = {"matter": f"第{number}", "number": f"督办〔2023〕{number}号"}
            batch.create("supervision", {"unit": unit, "due": "2023-01-01", **fields})
    assert [item.matter for item in items(book)[:3]] == ["第9", "第20", "第100"]


def test_an_extended_limit_is_said_with_the_one_before(book: Book) -> None:
    said = {item.matter: reading.limit_in_words(item, TODAY) for item in items(book)}
    assert said["污水管网改造"] == "3月5日（原2月21日）"
    assert said["42亩土地征收"] == "3月1日"
    assert said["去年的事项"] == "2022年12月2日"


def test_it_counts_from_the_weeks_last_day(book: Book) -> None:
    later = {item.matter: item.left for item in items(book, date(2023, 3, 9))}
    assert later["双回路供电接入"] == "逾期 2 天"
    assert later["污水管网改造"] == "逾期 4 天"
    assert later["未编号的事项"] == "还有 1 天"


def test_what_asks_for_attention_has_its_tone(book: Book) -> None:
    tones = {item.matter: item.tone for item in items(book)}
    assert tones["42亩土地征收"] == "must"
    assert tones["双回路供电接入"] == "explain"
    assert tones["环评批复"] == "explain"
    assert tones["项目入库"] == "faint"
    assert tones["去年的事项"] == "faint"


@pytest.mark.parametrize(
    ("wanted", "part", "count"),
    [
        ("", "all", 7),
        ("", "late", 1),
        ("", "soon", 2),
        ("", "open", 5),
        ("", "done", 1),
        ("", "closed", 1),
        ("tdzs", "all", 1),
        ("土地", "all", 1),
        ("9号", "all", 1),
        ("kzg", "all", 1),
        ("dlz", "all", 6),
        ("dlz", "late", 1),
        ("没有这样的", "all", 0),
    ],
)
def test_they_are_found_by_part_and_by_words(
    book: Book, wanted: str, part: Part, count: int
) -> None:
    assert len(reading.found(items(book), wanted, part)) == count


def test_they_are_narrowed_to_a_unit(book: Book) -> None:
    everything = items(book)
    (one,) = [item for item in everything if item.unit_name == "空冢郭镇"]
    assert reading.found(everything, "", "all", one.unit) == (one,)
    assert reading.found(everything, "征收", "all", one.unit) == ()


def test_numbers_go_on_from_the_years_last(book: Book) -> None:
    assert reading.next_number(book, 2023) == "督办〔2023〕13号"
    assert reading.next_number(book, 2022) == "督办〔2022〕32号"
    assert reading.next_number(book, 2024) == "督办〔2024〕1号"
    last = next(item for item in items(book) if item.number.endswith("12号"))
    remove(book, "supervision", last.record)
    assert reading.next_number(book, 2023) == "督办〔2023〕13号"


def test_a_scheme_without_the_register_has_no_items() -> None:
    made = texts()
    for name in ("supervision", "letter", "reply"):  # letters and replies name such items
        del made[f"registers/{name}.toml"]
    assert reading.register_of(schemes.parse(made)) is None
    assert reading.register_of(shipped()) is not None


def test_a_register_that_lacks_a_needed_field_is_not_shown() -> None:
    made = texts()
    toml = made["registers/supervision.toml"].replace('"extended_to", ', "")
    made["registers/supervision.toml"] = toml.replace('name = "extended_to"', 'name = "put_off_to"')
    assert reading.register_of(schemes.parse(made)) is None
