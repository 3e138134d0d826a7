"""Do both sides hold the same? Our journal against what the other side says it holds.

A partner names its entries as number ranges of their authors; that makes it exact which of ours it
lacks, which of its ours lacks, and whether what both have is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from desktop.exchange import holdings
from desktop.exchange.payload import Authored, Holdings
from desktop.ledger.entry import AUTHORED, canonical, identity, json_text
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
    passed = _numbers(store, without)
    missing = 0
    for author, ranges in theirs.authors.items():
        wanted = sum(last - first + 1 for first, last in ranges)
        standing = sum(_count(store, author, first, last) for first, last in ranges)
        aside = _covered(theirs, author, passed)
        fresh = _covered(theirs, author, coming)
        missing += (
            wanted - standing + len(aside) - len(fresh - (_here(store, author, fresh) - aside))
        )
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
    called = {identity(canonical(columns)): columns for columns in content}
    known = store.journal.known(called)
    return [columns for entry, columns in called.items() if entry in without or entry not in known]


def _covered(theirs: Holdings, author: str, numbers: Mapping[str, set[int]]) -> set[int]:
    """Those of the author's ``numbers`` that are among ``theirs``."""
    return {one for one in numbers.get(author, ()) if holdings.covers(theirs, author, one)}


def _count(store: Store, author: str, first: int, last: int) -> int:
    """How many entries of the author, from one number to another, stand in the journal."""
    (count,) = store.connection.execute(
        "SELECT count(*) FROM journal WHERE author = ? AND number BETWEEN ? AND ?",
        (author, first, last),
    ).fetchone()
    return int(count)


def _here(store: Store, author: str, numbers: Collection[int]) -> set[int]:
    """Those of the author's ``numbers`` that stand in the journal."""
    rows = store.connection.execute(
        "SELECT number FROM journal WHERE author = ?"
        " AND number IN (SELECT value FROM json_each(?))",
        (author, json_text(sorted(numbers))),
    )
    return {number for (number,) in rows}


def _numbers(store: Store, entries: Collection[str]) -> dict[str, set[int]]:
    """The numbers of entries of the journal, by author."""
    found: dict[str, set[int]] = {}
    rows = store.connection.execute(
        "SELECT author, number FROM journal WHERE entry IN (SELECT value FROM json_each(?))",
        (json_text(sorted(entries)),),
    )
    for author, number in rows:
        found.setdefault(author, set()).add(number)
    return found
