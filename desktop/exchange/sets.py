"""Do both sides hold the same? Our journal against what the other side says it holds.

A partner names its entries as number ranges of their authors; that makes it exact which of ours it
lacks, which of its ours lacks, and whether what both have is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from desktop.exchange import holdings
from desktop.exchange.payload import Authored, Holdings
from desktop.ledger.entry import AUTHORED, canonical, identity
from desktop.ledger.journal import Line
from desktop.ledger.store import Store

_AUTHOR, _NUMBER = AUTHORED.index("author"), AUTHORED.index("number")


def of_lines(lines: Iterable[Line]) -> Holdings:
    """What these lines of the journal amount to."""
    return holdings.of(
        (line.authored[_AUTHOR], line.authored[_NUMBER], line.identity) for line in lines
    )


def unknown_to(lines: Iterable[Line], known: Holdings | None) -> list[Line]:
    """The lines that a partner does not hold; all of them when it never said what it holds."""
    if known is None:
        return list(lines)
    return [
        line
        for line in lines
        if not holdings.covers(known, line.authored[_AUTHOR], line.authored[_NUMBER])
    ]


def lacking(
    store: Store, theirs: Holdings, content: Iterable[Authored], without: Collection[str] = ()
) -> int:
    """How many entries of ``theirs`` neither stand in our journal nor come in ``content``.

    Entries whose identity is in ``without`` (passed over here) count as not standing.
    """
    coming: dict[str, set[int]] = {}
    for author, number, *_ in content:
        coming.setdefault(author, set()).add(number)
    missing = 0
    for author, ranges in theirs.authors.items():
        have = coming.get(author, set()) | {
            number for number, entry in _of_author(store, author) if entry not in without
        }
        wanted = sum(last - first + 1 for first, last in ranges)
        missing += wanted - sum(holdings.covers(theirs, author, number) for number in have)
    return missing


def same(store: Store, theirs: Holdings) -> bool:
    """Whether our journal holds exactly the entries that ``theirs`` names, to the byte."""

    def ours() -> Iterator[tuple[str, int, str]]:
        for author, ranges in theirs.authors.items():
            for first, last in ranges:
                rows = store.connection.execute(
                    "SELECT number, entry FROM journal WHERE author = ? AND number BETWEEN ? AND ?",
                    (author, first, last),
                )
                yield from ((author, number, entry) for number, entry in rows)

    found = holdings.of(ours())
    return (found.count, found.digest) == (theirs.count, theirs.digest)


def new_entries(
    store: Store, content: Iterable[Authored], without: Collection[str] = ()
) -> list[Authored]:
    """The entries of ``content`` that are not in the journal, or only passed over."""
    fresh = []
    for columns in content:
        entry = identity(canonical(columns))
        if entry in without or not store.journal.has(entry):
            fresh.append(columns)
    return fresh


def _of_author(store: Store, author: str) -> list[tuple[int, str]]:
    return store.connection.execute(
        "SELECT number, entry FROM journal WHERE author = ?", (author,)
    ).fetchall()
