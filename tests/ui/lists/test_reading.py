"""Which items are open, due and late, judged by the week's last day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import scheme as schemes
from desktop.ledger.workspace import Book
from desktop.ui.lists import reading
from desktop.ui.lists.reading import Part, Tally
from tests.ledger.books import found, project, remove, shipped, texts

TODAY = date(2023, 3, 2)
PARTS: tuple[Part, ...] = ("open", "late", "soon", "done", "closed")


def day(after: int) -> str:
    return (TODAY + timedelta(days=after)).isoformat()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "区.yzb") as made:
        subject = project(made)
        items = {
            "甲 无时限": {"state": "待办"},
            "乙 昨天到期": {"state": "整改中", "due": day(-1)},
            "丙 当天到期": {"due": day(0)},
            "丁 七日后": {"state": "待办", "due": day(7)},
            "戊 八日后": {"state": "待办", "due": day(8)},
            "己 已销号": {"state": "已销号", "due": day(-9), "closed_on": day(-10)},
            "庚 无日期销号": {"state": "已销号", "due": day(-3)},
            "辛 以后才销号": {"state": "已销号", "due": day(-2), "closed_on": day(1)},
        }
        with made.batch("create") as batch:
            for problem, fields in items.items():
                batch.create("problem", {"project": subject, "problem": problem, **fields})
            gone = batch.create(
                "problem", {"project": subject, "problem": "删除的", "due": day(-5)}
            )
        remove(made, "problem", gone)
        yield made


def names(book: Book, part: Part, register: str = "problem") -> set[str]:
    definition = book.scheme.register(register)
    label = str(definition.label)
    records = reading.part_of(book, definition, part, TODAY)
    return {row[label].split()[0] for row in book.rows(register) if row["record"] in records}


def test_the_parts_of_a_list(book: Book) -> None:
    assert names(book, "all") == set("甲乙丙丁戊己庚辛")
    assert names(book, "open") == set("甲乙丙丁戊辛")
    assert names(book, "soon") == set("丙丁")
    assert names(book, "late") == set("乙辛")
    assert names(book, "done") == set()
    assert names(book, "closed") == set("己庚")


def test_the_date_of_what_happened_closes_whatever_the_state_says(book: Book) -> None:
    subject = book.rows("project")[0]["record"]
    with book.batch("create") as batch:
        for name, state, finish in (
            ("无状态完成", None, day(-1)),
            ("进行中完成", "进行中", day(0)),
            ("以后完成", "进行中", day(1)),
            ("已完成无日期", "已完成", None),
            ("未开始", "未开始", None),
        ):
            fields = {"state": state, "actual_finish": finish, "due": day(-1)}
            batch.create("milestone", {"project": subject, "name": name, **fields})
        for problem, state, closed in (("忘清日期", "整改中", day(-1)), ("无状态", None, day(-1))):
            fields = {"state": state, "closed_on": closed}
            batch.create("problem", {"project": subject, "problem": problem, **fields})
    assert names(book, "closed", "milestone") == {"无状态完成", "进行中完成", "已完成无日期"}
    assert names(book, "late", "milestone") == {"以后完成", "未开始"}
    assert names(book, "closed") == set("己庚") | {"无状态"}


def test_they_are_counted(book: Book) -> None:
    problem = book.scheme.register("problem")
    assert reading.tally(book, problem, TODAY) == Tally("problem", "问题清单", 8, 6, 2, 2, 0, 2)
    for part in PARTS:
        counted = getattr(reading.tally(book, problem, TODAY), part)
        assert counted == len(reading.part_of(book, problem, part, TODAY))


def test_the_most_urgent_come_first(book: Book) -> None:
    problem = book.scheme.register("problem")
    terms = reading.terms(book.scheme, problem, TODAY)
    rows = book.select(
        f'SELECT problem, {terms.state} AS state FROM "problem" AS this WHERE removed = 0'
        f" ORDER BY {terms.urgency}",
        terms.values,
    )
    assert "".join(row["problem"][0] for row in rows) == "辛乙丙丁戊甲庚己"
    assert [row["state"] for row in rows] == ["open"] * 6 + ["closed"] * 2


def test_what_is_reported_done_waits_for_its_close_out_and_is_not_late(book: Book) -> None:
    with book.batch("create") as batch:
        for state, due in (("已办结", -4), ("办理中", -4), ("已销号", -4)):
            batch.create(
                "supervision",
                {"unit": book.unit, "matter": state, "due": day(due), "state": state},
            )
    assert names(book, "done", "supervision") == {"已办结"}
    assert names(book, "late", "supervision") == {"办理中"}
    assert names(book, "closed", "supervision") == {"已销号"}


def test_an_extended_limit_counts(book: Book) -> None:
    with book.batch("create") as batch:
        for matter, extended in (("原时限", None), ("延期", day(3)), ("又超期", day(-1))):
            fields = {"unit": book.unit, "matter": matter, "due": day(-9), "extended_to": extended}
            batch.create("supervision", fields)
    assert names(book, "late", "supervision") == {"原时限", "又超期"}
    assert names(book, "soon", "supervision") == {"延期"}


def test_the_pages_lists_are_those_of_the_scheme(book: Book) -> None:
    assert [register.name for register in reading.lists_of(book.scheme)] == [
        "milestone",
        "problem",
        "stopped",
        "sponsor",
        "decision",
        "letter",
        "reply",
    ]
    counted = reading.tallies(book, TODAY)
    assert [one.register for one in counted][-3:] == ["decision", "letter", "reply"]
    assert reading.noun_of(book.scheme.register("stopped")) == "停工项目"


def test_a_list_without_states_is_never_late(book: Book) -> None:
    subject = book.rows("project")[0]["record"]
    with book.batch("create") as batch:
        batch.create("sponsor", {"project": subject, "person": "王区长", "role": "包联领导"})
    sponsor = book.scheme.register("sponsor")
    assert reading.tally(book, sponsor, TODAY) == Tally("sponsor", "包联服务清单", 1, 1, 0, 0, 0, 0)


def test_a_scheme_without_a_report_knows_no_done_items() -> None:
    made = texts()
    del made["weekly-report.toml"]
    scheme = schemes.parse(made)
    assert ":done" not in reading.terms(scheme, scheme.register("supervision"), TODAY).done
    assert ":done" in reading.terms(shipped(), shipped().register("supervision"), TODAY).done


@pytest.mark.parametrize(
    ("after", "state", "said"),
    [
        (-3, "open", "逾期 3 天"),
        (0, "open", "截止日到期"),
        (5, "open", "还有 5 天"),
        (None, "open", ""),
        (-3, "done", "待销号"),
        (None, "done", "待销号"),
        (-3, "closed", ""),
    ],
)
def test_how_an_item_stands_to_its_limit(
    after: int | None, state: reading.State, said: str
) -> None:
    assert reading.time_left(after, state) == said


@given(
    items=st.lists(
        st.tuples(
            st.sampled_from([None, "待办", "整改中", "已核实", "已销号"]),
            st.one_of(st.none(), st.integers(-12, 12)),
            st.one_of(st.none(), st.integers(-12, 12)),
        ),
        max_size=12,
    )
)
def test_every_item_is_in_one_part(items: list[tuple[str | None, int | None, int | None]]) -> None:
    """Open, done and closed divide a list; late ones and soon ones are open and apart."""
    scheme = shipped()
    terms = reading.terms(scheme, scheme.register("problem"), TODAY)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE problem (state TEXT, due TEXT, closed_on TEXT)")
        rows = [
            (state, due and day(due), on and day(on)) if due != 0 else (state, day(0), None)
            for state, due, on in items
        ]
        connection.executemany("INSERT INTO problem VALUES (?, ?, ?)", rows)
        parts = {
            part: {
                row
                for (row,) in connection.execute(
                    f"SELECT rowid FROM problem AS this WHERE {terms.where(part)}", terms.values
                )
            }
            for part in PARTS
        }
    everything = set(range(1, len(rows) + 1))
    assert parts["open"] | parts["done"] | parts["closed"] == everything
    assert len(parts["open"]) + len(parts["done"]) + len(parts["closed"]) == len(everything)
    assert parts["late"] <= parts["open"]
    assert parts["soon"] <= parts["open"]
    assert not parts["late"] & parts["soon"]
