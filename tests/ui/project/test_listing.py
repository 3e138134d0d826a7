"""Which projects stand on the list, in what order, and what stands on their lines."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.project.facets import facets
from desktop.ui.project.listing import (
    HEADING,
    UNFILLED,
    Group,
    Stand,
    Wanted,
    light_counts,
    lines,
    listing,
    standings,
)
from tests.ledger import books
from tests.ledger.district import WEEK, district

W = 10_000


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book, _ = district(tmp_path / "d.yzb")
    with book:
        yield book


def names(book: Book, wanted: Wanted, known: dict[str, Stand] | None = None) -> str:
    """The found projects' names in order; headings as their titles in brackets."""
    stands = standings(book, WEEK) if known is None else known
    found = listing(book, wanted, stands)
    called = {row["record"]: row["name"] for row in book.rows("project")}
    assert found.found == sum(not entry.startswith(HEADING) for entry in found.entries)
    assert found.of_all == 7
    return "".join(
        f"[{found.groups[entry].title}{found.groups[entry].count}]"
        if entry.startswith(HEADING)
        else called[entry]
        for entry in found.entries
    )


def test_by_level_as_the_code_list_says_then_by_name(book: Book) -> None:
    assert names(book, Wanted()) == "庚甲乙丁丙戊己"  # 省省市区区一般, none


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", "丙丁庚己甲戊乙"),  # bdgjjwy
        ("unit", "[大刘镇2]甲乙[空冢郭镇2]丁丙[阴阳赵镇3]庚戊己"),
        ("light", "戊庚甲乙丁丙己"),
    ],
)
def test_other_orders(book: Book, order: str, expected: str) -> None:
    found = names(book, Wanted(order=order))
    if order == "light":
        stands = standings(book, WEEK)
        lit = [
            stands[record].light
            for record in listing(book, Wanted(order=order), stands).entries
            if record in stands
        ]
        assert lit == sorted(lit, key=("red", "yellow", "green").index)
        assert set(lit) >= {"red", "green"}
    else:
        assert found == expected


def test_the_lowest_rate_first_and_without_a_rate_last(book: Book) -> None:
    found = names(book, Wanted(order="completion"))
    # 乙 0, 戊 20/500, 甲 610/3650, 丁 900/2000; 丙 has no plan, 己 and 庚 are not dispatched.
    assert found[:4] == "乙戊甲丁"
    assert set(found[4:]) == set("丙己庚")


def test_the_largest_investment_first(book: Book) -> None:
    record = listing(book, Wanted(text="丙"), {}).entries[0]
    books.change(book, "project", record, total_investment=99_000 * W)
    assert names(book, Wanted(order="investment"))[0] == "丙"


def test_search_by_name_initials_and_code(book: Book) -> None:
    record = listing(book, Wanted(text="丙"), {}).entries[0]
    books.change(
        book, "project", record, name="北环路（二期）改造", code="2509-320193-89-01-544060"
    )
    for text in ("环路", "bhleq", "BHL", "320193", "2509-3201", "２５０９３２"):
        assert listing(book, Wanted(text=text), {}).entries == (record,), text
    assert listing(book, Wanted(text="没有"), {}).entries == ()
    assert listing(book, Wanted(text="北环", choices={"state": "竣工"}), {}).found == 0


def test_choices_narrow_and_the_unfilled_can_be_found(book: Book) -> None:
    assert names(book, Wanted(choices={"categories": "工业"})) == "甲乙戊"
    assert names(book, Wanted(choices={"categories": "工业", "state": "前期"})) == "乙"
    assert names(book, Wanted(choices={"level": UNFILLED})) == "己"
    assert names(book, Wanted(choices={"categories": UNFILLED})) == "庚丁己"
    unit = next(row["record"] for row in book.rows("unit") if row["name"] == "空冢郭镇")
    assert names(book, Wanted(choices={"unit": unit})) == "丁丙"


def test_a_light_narrows_and_its_counts_do_not(book: Book) -> None:
    stands = standings(book, WEEK)
    counts = light_counts(book, Wanted(light="red"), stands)
    assert counts[""] == 7
    assert sum(count for light, count in counts.items() if light) == 7
    assert counts["none"] == 2  # finished last year; reports from the next week on
    assert len(names(book, Wanted(light="red"))) == counts["red"] == 1
    assert names(book, Wanted(light="red")) == "戊"
    counts = light_counts(book, Wanted(choices={"unit": "nobody's"}), stands)
    assert counts == {"": 0}


def test_the_lines(book: Book) -> None:
    entries = listing(book, Wanted(), {}).entries
    all_lines = lines(book, entries, WEEK)
    found = {line.name: line for line in all_lines.values()}
    assert len(found) == 7
    one = found["甲"]
    assert (one.level, one.state, one.unit, one.done, one.light) == (
        "省重点项目",
        "在建",
        "大刘镇",
        "16.7%",
        "green",
    )
    assert (found["己"].level, found["己"].done, found["己"].light) == ("", "", "none")
    assert (found["丙"].done, found["丁"].light) == ("", "green")
    few = lines(book, entries[:2], WEEK)
    assert few == {record: all_lines[record] for record in entries[:2]}
    assert standings(book, WEEK)[one.record].done == Fraction(61, 365)


def test_filters_count_what_they_would_leave(book: Book) -> None:
    found = {facet.name: facet for facet in facets(book, Wanted(), {})}
    assert next(iter(found)) == "unit"
    levels = [(option.title, option.count) for option in found["level"].options]
    assert levels == [
        ("省重点项目", 2),
        ("市重点项目", 1),
        ("区重点项目", 2),
        ("一般项目", 1),
        (UNFILLED, 1),
    ]
    kinds = {option.key: option.count for option in found["categories"].options}
    assert kinds == {"工业": 3, "服务业": 1, "交通": 1, UNFILLED: 3}
    units = [(option.title, option.count) for option in found["unit"].options]
    assert units == [("大刘镇", 2), ("空冢郭镇", 2), ("阴阳赵镇", 3)]
    assert "batches" not in found  # all unfilled: nothing to choose
    narrowed = {f.name: f for f in facets(book, Wanted(choices={"state": "在建"}), {})}
    states = {option.key: option.count for option in narrowed["state"].options}
    assert states == {"前期": 1, "在建": 3, "停工": 1, "竣工": 2}  # the others as if free
    assert {o.key: o.count for o in narrowed["level"].options} == {"省": 2, "区": 1}


def test_filters_count_within_a_light(book: Book) -> None:
    stands = standings(book, WEEK)
    found = {f.name: f for f in facets(book, Wanted(light="green"), stands)}
    green = sum(stand.light == "green" for stand in stands.values())
    assert sum(option.count for option in found["state"].options) == green


def test_a_removed_project_is_not_there(book: Book) -> None:
    record = books.project(book, "辛")
    assert listing(book, Wanted(text="辛"), {}).found == 1
    books.remove(book, "project", record)
    assert listing(book, Wanted(text="辛"), {}).found == 0


def test_a_group_says_its_unit_and_how_many(book: Book) -> None:
    found = listing(book, Wanted(order="unit", text="甲"), {})
    assert list(found.groups.values()) == [Group("大刘镇", 1)]
    assert found.entries[0].startswith(HEADING) and len(found.entries) == 2
