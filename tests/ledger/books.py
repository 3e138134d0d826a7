"""Small books for the tests of the ledger, and what can be asked of them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.ledger import backups, correspondence, merging, verify, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import Scheme
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book

WEEK, NEXT = "2023-W09", "2023-W10"
NOON = datetime(2023, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def noon() -> datetime:
    """A clock that stands still, as on an old PC with a flat battery."""
    return NOON


def shipped() -> Scheme:
    """The scheme that travels with the program."""
    return schemes.load(paths.scheme_folder("investment"))


def texts(**changed: str) -> dict[str, str]:
    """The shipped scheme's files, some of them replaced or added (``a__b`` names ``a/b.toml``)."""
    found = dict(shipped().texts)
    found.update({f"{name.replace('__', '/')}.toml": text for name, text in changed.items()})
    return found


def found(path: Path, unit: str = "源汇区", **more: Any) -> Book:
    """A new book of a district, opened."""
    return workspace.create(path, unit, **{"clock": noon, "operator": "王敏", **more})


def reopened(book: Book) -> Book:
    """The same book after closing it, as on the next morning."""
    book.close()
    return workspace.open_book(book.path, profile=book.profile, operator="王敏", clock=noon)


def replica_of(book: Book, path: Path, profile: Path) -> Book:
    """The same unit's book on another PC; ``book`` must be closed."""
    shutil.copyfile(book.path, path)
    return workspace.open_book(path, profile=profile, operator="李强", clock=noon)


def project(book: Store, name: str = "北环路改造", **fields: Any) -> str:
    """A project of the book's own unit."""
    with book_batch(book, "create") as batch:
        values = {"unit": book.unit, "state": "在建", "total_investment": 120_000_000, **fields}
        return str(batch.create("project", {"name": name, **values}))


def week(book: Store, subject: str, period: str = WEEK, **fields: Any) -> str:
    """A week of a project's ledger, filled."""
    with book_batch(book, "change") as batch:
        values = {"completed_week": 1_000_000, "physical_progress": "主体施工至三层", **fields}
        return str(batch.create("weekly", {"project": subject, "period": period, **values}))


def change(book: Store, register: str, record: str, **fields: Any) -> tuple[str, ...]:
    """One change of one record, as one act."""
    with book_batch(book, "change") as batch:
        return tuple(batch.change(register, record, fields))


def remove(book: Store, register: str, record: str) -> None:
    """Take one record away, as one act."""
    with book_batch(book, "remove") as batch:
        batch.remove(register, record)


@contextmanager
def book_batch(book: Store, act: str) -> Iterator[Any]:
    """One act, for a book or the inside of one."""
    from desktop.ledger import records

    with records.batch(book, act) as batch:
        yield batch


def value(book: Store, register: str, record: str, field: str) -> Any:
    """What a field of a record holds now."""
    present = book.present(register, record)
    assert present is not None
    return present.values[field]


def tables(book: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register, and the conflicts: what two books must have in common."""
    found = {name: table.rows() for name, table in book.tables.items()}
    found["conflict"] = sorted(book.connection.execute("SELECT * FROM conflict"))
    return found


def journal(book: Store) -> list[tuple[Any, ...]]:
    """Every line of the journal."""
    return [tuple(line) for line in book.journal.lines()]


def identities(book: Store) -> set[str]:
    """The entries that a book holds, whatever their order."""
    return {line.identity for line in book.journal.lines()}


def everything(book: Store) -> tuple[Any, ...]:
    """All that a refused step must leave as it was."""
    return journal(book), tables(book), book.journal.head, book.number, book.scheme.version


def clean(book: Store) -> bool:
    """Whether verification finds nothing, in the book and against its backups."""
    anchors = backups.anchors(book) if isinstance(book, Book) else []
    found = verify.verify(book, anchors)
    assert not found.problems, [problem.sentence for problem in found.problems]
    return found.ok


def send(sender: Store, *receivers: Store, lost: Iterable[int] = ()) -> None:
    """Carry what ``sender`` has to the others, all of it but the entries at places ``lost``."""
    skip = set(lost)
    entries = [line.authored for at, line in enumerate(sender.journal.lines()) if at not in skip]
    for receiver in receivers:
        merging.receive(receiver, entries, "stick")


def spoil(
    path: Path, *statements: str, with_: Callable[[sqlite3.Connection], None] | None = None
) -> None:
    """What somebody does to a closed book with another SQLite tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        if with_ is not None:
            with_(connection)


def downgrade(connection: sqlite3.Connection, to: int) -> None:
    """Make a closed book's file one of an earlier format: without the tables and steps since."""
    if to < 3:
        for name in ("certificate", "batch", "covered"):
            connection.execute(f"DROP TABLE {name}")
        for register in correspondence.REGISTERS:
            connection.execute(f'DROP VIEW "v_{register.name}"')
            connection.execute(f'DROP TABLE "{register.name}"')
    if to < 2:
        connection.execute("DROP TABLE attachment")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name > ?", (f"{to:04}",))
    connection.execute(f"PRAGMA user_version = {to}")
