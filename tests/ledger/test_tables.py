"""The tables: one STRICT table and one view for every register, rows as the fold makes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import scheme as schemes
from desktop.ledger import tables
from desktop.ledger.definitions import FieldType
from desktop.ledger.fold import Side
from desktop.ledger.tables import Present
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import NEXT, WEEK, found, project, shipped, texts, week

KINDS: dict[FieldType, str] = {
    "text": "TEXT",
    "long_text": "TEXT",
    "money": "INTEGER",
    "number": "REAL",
    "percent": "REAL",
    "integer": "INTEGER",
    "date": "TEXT",
    "month": "TEXT",
    "flag": "INTEGER",
    "unit": "TEXT",
    "person": "TEXT",
    "phone": "TEXT",
    "code": "TEXT",
    "photo": "TEXT",
    "attachment": "TEXT",
}
EVERY = '\nname = "every"\ntitle = "样样有"\nshape = "file"\n' + "".join(
    f'\n[[field]]\nname = "f_{kind}"\ntitle = "{kind}"\ntype = "{kind}"\n' for kind in KINDS
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb", scheme=schemes.parse(texts(registers__every=EVERY))) as made:
        yield made


def columns(book: Book, table: str) -> dict[str, str]:
    return {row["name"]: row["type"] for row in book.select(f'PRAGMA table_info("{table}")')}


def test_every_kind_of_field_is_a_real_column(book: Book) -> None:
    assert columns(book, "every") == {
        "record": "TEXT",
        **{f"f_{kind}": sql for kind, sql in KINDS.items()},
        "heads": "TEXT",
        "conflicts": "INTEGER",
        "removed": "INTEGER",
    }


def test_every_register_has_a_strict_table_and_a_view(book: Book) -> None:
    made = {row["name"]: row for row in book.select("SELECT name, type, sql FROM sqlite_schema")}
    for name in book.scheme.registers:
        assert made[name]["type"] == "table"
        assert "STRICT" in made[name]["sql"]
        assert made[f"v_{name}"]["type"] == "view"


def test_a_ledger_is_found_by_subject_and_period_without_a_scan(book: Book) -> None:
    plan = book.select(
        "EXPLAIN QUERY PLAN SELECT record FROM weekly WHERE project = 'p' AND period < '2023-W09'"
    )
    assert "USING" in plan[0]["detail"]
    assert "project=? AND period<?" in plan[0]["detail"]


def test_the_view_adds_formulas_and_leaves_removed_records_out(book: Book) -> None:
    subject = project(book, annual_plan=40_000_000)
    record = week(book, subject, completed_year=10_000_000)
    gone = week(book, subject, NEXT)
    books.remove(book, "weekly", gone)
    assert [(row["record"], row["completion_rate"]) for row in book.rows("weekly")] == [
        (record, 0.25)
    ]
    assert "completion_rate" not in columns(book, "weekly")
    row = book.tables["weekly"].read(gone)
    assert row is not None
    assert row.removed
    assert book.tables["weekly"].read("0" * 32) is None


def test_a_formula_reads_the_earlier_period_of_the_same_subject_and_year(tmp_path: Path) -> None:
    more = (
        '\n[[field]]\nname = "gain"\ntitle = "增量"\ntype = "money"\n'
        'formula = "completed_year - coalesce(last.completed_year, 0)"\n'
    )
    weekly = "registers/weekly.toml"
    scheme = schemes.parse({**texts(), weekly: texts()[weekly] + more})
    with found(tmp_path / "增量.yzb", scheme=scheme) as book:
        one, other = project(book, "甲"), project(book, "乙")
        week(book, one, "2022-W52", completed_year=900)
        week(book, one, WEEK, completed_year=100)
        week(book, other, WEEK, completed_year=7)
        week(book, one, "2023-W11", completed_year=250)
        gains = {(row["project"], row["period"]): row["gain"] for row in book.rows("weekly")}
    assert gains == {
        (one, "2022-W52"): 900,
        (one, WEEK): 100,
        (other, WEEK): 7,
        (one, "2023-W11"): 150,
    }


def test_rows_of_one_period_are_asked_for_alone(book: Book) -> None:
    subject = project(book)
    week(book, subject, NEXT)
    first = week(book, subject, WEEK)
    assert [row["record"] for row in book.rows("weekly", WEEK)] == [first]
    assert [row["period"] for row in book.rows("weekly")] == [WEEK, NEXT]
    assert len(book.rows("project", WEEK)) == 1


def test_making_the_tables_again_changes_nothing(book: Book) -> None:
    week(book, project(book))
    before = books.tables(book), book.select("SELECT name, sql FROM sqlite_schema ORDER BY name")
    with book.atomic():
        tables.make(book.database, book.scheme)
    after = books.tables(book), book.select("SELECT name, sql FROM sqlite_schema ORDER BY name")
    assert before == after


values = {
    "TEXT": st.none() | st.text(st.characters(codec="utf-8"), max_size=8),
    "INTEGER": st.none() | st.integers(-(2**63), 2**63 - 1),
    "REAL": st.none() | st.floats(allow_nan=False, allow_infinity=False),
}
hexes = st.text("0123456789abcdef", min_size=4, max_size=4)


@given(
    st.fixed_dictionaries({f"f_{kind}": values[sql] for kind, sql in KINDS.items()}),
    st.lists(hexes, min_size=1, max_size=3, unique=True).map(tuple),
    st.integers(0, 5),
    st.booleans(),
)
def test_a_row_reads_back_as_it_was_written(
    fields: dict[str, Any], heads: tuple[str, ...], conflicts: int, removed: bool
) -> None:
    row = Present(fields, heads, conflicts, removed)
    table = memory().tables["every"]
    table.write("r", Present({}, ("0000",)))
    table.write("r", row)
    read = table.read("r")
    assert read == row
    assert [tuple(one) for one in table.rows()] == [table.row("r", row)]
    assert read is not None
    assert {name: type(value) for name, value in read.values.items()} == {
        name: type(value) for name, value in fields.items()
    }


_MEMORY: list[Any] = []


def memory() -> Any:
    """A book's tables in memory, made once."""
    from desktop.ledger.bookfile import connect, format_file
    from desktop.ledger.store import Store

    if not _MEMORY:
        store = Store(format_file(connect(Path(":memory:")), "memory"), "memory")
        scheme = schemes.parse(texts(registers__every=EVERY))
        tables.make(store.database, scheme)
        store.use(scheme)
        _MEMORY.append(store)
    return _MEMORY[0]


def test_conflicts_are_listed_side_by_side(book: Book) -> None:
    def listed() -> list[tuple[Any, ...]]:
        return book.connection.execute("SELECT * FROM conflict ORDER BY field, entry").fetchall()

    sides = {"n": (Side("e1", 1), Side("e2", "甲")), "m": (Side("e1", None), Side("e3", 2.0))}
    with book.atomic():
        tables.list_conflicts(book.connection, "project", "r1", sides)
        tables.list_conflicts(book.connection, "project", "r2", {"n": sides["n"]})
    assert [row for row in listed() if row[0] == "r1"] == [
        ("r1", "project", "m", "e1", "null"),
        ("r1", "project", "m", "e3", "2.0"),
        ("r1", "project", "n", "e1", "1"),
        ("r1", "project", "n", "e2", '"甲"'),
    ]
    assert len([row for row in listed() if row[0] == "r2"]) == 2


def test_every_shipped_register_takes_a_row(book: Book) -> None:
    for name in shipped().registers:
        table = book.tables[name]
        with book.atomic():
            table.write("r", Present({}, ("h",)))
        assert table.read("r") == Present(dict.fromkeys(table.names), ("h",))


def test_a_value_that_no_column_takes_counts_as_empty(tmp_path: Path) -> None:
    """A foreign entry may have waited for a newer scheme with a value of another type."""
    with found(tmp_path / "book.yzb") as book:
        subject = project(book)
        table = book.tables["project"]
        present = table.read(subject)
        assert present is not None
        for wrong in ("12 亿", 1.5, True, 2**63, [1]):
            values = {**present.values, "total_investment": wrong, "name": 7}
            table.write(subject, present._replace(values=values))
            row = table.read(subject)
            assert row is not None
            assert (row.values["total_investment"], row.values["name"]) == (None, None)
