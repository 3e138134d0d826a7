"""The journal: lines are appended, numbered without gaps, and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.bookfile import connect, format_file
from desktop.ledger.entry import GENESIS, Entry, canonical, chained, identity
from desktop.ledger.format import APPLICATION, FORMAT
from desktop.ledger.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    connection = format_file(connect(tmp_path / "流水.yzb"), "流水")
    yield Journal(connection)
    connection.close()


def columns(number: int = 1, author: str = "a", **more: Any) -> tuple[Any, ...]:
    values = {"record": "r1", "batch": f"{author}-1", "fields": {"n": number}, **more}
    return Entry(
        author, number, "2023-03-02T12:00:00+08:00", "王敏", 1, "project", **values
    ).columns()


def test_an_empty_journal_begins_at_the_beginning(journal: Journal) -> None:
    assert (journal.position, journal.head) == (0, GENESIS)
    assert list(journal.lines()) == []
    assert journal.last_number("a") == 0


def test_every_line_continues_the_one_before(journal: Journal) -> None:
    entries = [
        journal.append(columns(number), "P-1" if number == 2 else "") for number in (1, 2, 3)
    ]
    previous = GENESIS
    for at, line in enumerate(journal.lines(), 1):
        form = canonical(line.authored)
        assert line.position == at
        assert line.identity == entries[at - 1] == identity(form)
        assert line.package == ("P-1" if at == 2 else "")
        assert line.chain == chained(previous, at, line.identity, form, line.package)
        assert line.entry.fields == {"n": at}
        previous = line.chain
    assert (journal.position, journal.head) == (3, previous)


def test_reading_anew_after_a_transaction_was_rolled_back(journal: Journal) -> None:
    journal.append(columns(1))
    end = journal.position, journal.head
    journal.connection.execute("BEGIN")
    journal.append(columns(2))
    journal.connection.execute("ROLLBACK")
    assert (journal.position, journal.head) != end
    journal.reload()
    assert (journal.position, journal.head) == end
    journal.append(columns(2))
    assert [line.position for line in journal.lines()] == [1, 2]


def test_a_line_that_is_refused_moves_nothing(journal: Journal) -> None:
    journal.append(columns(1))
    end = journal.position, journal.head
    for again in (columns(1), columns(1, fields={"n": 9})):
        with pytest.raises(sqlite3.IntegrityError):
            journal.append(again)
    assert (journal.position, journal.head) == end


def test_numbers_records_and_batches_are_found(journal: Journal) -> None:
    written = [
        columns(1),
        columns(2, record="r2"),
        columns(1, "b"),
        columns(3, batch="a-3"),
        columns(2, "b", record="r2", batch="a-1"),
    ]
    entries = [journal.append(one) for one in written]
    assert journal.last_number("a") == 3
    assert journal.last_number("b") == 2
    assert journal.last_number("c") == 0
    assert journal.has(entries[2])
    assert not journal.has("0" * 64)
    assert [line.identity for line in journal.of_record("r2")] == [entries[1], entries[4]]
    assert [line.identity for line in journal.of_batch("a-1")] == entries[:2]
    assert [line.identity for line in journal.of_batch("a-3")] == [entries[3]]
    assert journal.of_batch("b-9") == []


def test_any_sqlite_tool_can_read_it(journal: Journal, tmp_path: Path) -> None:
    journal.append(columns(1))
    with sqlite3.connect(tmp_path / "流水.yzb") as plain:
        row = plain.execute("SELECT position, author, number, fields FROM journal").fetchone()
        (strict,) = plain.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal'").fetchone()
        marks = [
            plain.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
    plain.close()
    assert row == (1, "a", 1, '{"n":1}')
    assert "STRICT" in strict
    assert "WITHOUT ROWID" not in strict
    assert marks == [APPLICATION, FORMAT]


def test_a_book_is_written_as_measured(journal: Journal) -> None:
    """Rollback journal, a full sync for every act, no trust in what a file's schema says."""
    asked = ("journal_mode", "synchronous", "trusted_schema", "cell_size_check", "mmap_size")
    found = [journal.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert found == ["truncate", 2, 0, 1, 0]
