"""The marks of packages set aside 撤销装入: which entries of the journal the fold passes over.

A package's mark is the state of its record in the local register ``taken``. Passed over are all
entries that came with a marked package, and what was built on them: their descendants by parents.
The marks themselves are never passed over. Where no package is marked, nothing is read but once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import groupby

from desktop.ledger.correspondence import SET_ASIDE, TAKEN
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.fold import Node, fold
from desktop.ledger.store import Aside, Store

_MARKED = f'SELECT digest FROM "{TAKEN.name}" WHERE state = ? AND removed = 0'


def passed_over(store: Store) -> frozenset[str]:
    """The identities of the entries that the fold passes over; kept until the marks change."""
    return standing(store).entries


def standing(store: Store) -> Aside:
    """The packages set aside and the entries passed over, by the table of the marks."""
    if store.aside is None:
        try:
            digests = store.connection.execute(_MARKED, (SET_ASIDE,)).fetchall()
        except sqlite3.OperationalError:  # Somebody took the table away; verification says so.
            store.aside = in_journal(store)
        else:
            store.aside = _aside(store, {digest for (digest,) in digests if digest})
    return store.aside


def in_journal(store: Store) -> Aside:
    """What :func:`standing` says, from the journal alone."""
    rows = store.connection.execute(
        "SELECT record, entry, parents, fields FROM journal WHERE register = ? ORDER BY record",
        (TAKEN.name,),
    ).fetchall()
    digests = set[str]()
    for _, lines in groupby(rows, key=lambda row: row[0]):
        state = fold(
            Node(entry, tuple(parents.split()), read_fields(fields))
            for _, entry, parents, fields in lines
        )
        digest = state.values.get("digest")
        if state.values.get("state") == SET_ASIDE and not state.removed and digest:
            digests.add(str(digest))
    return _aside(store, digests)


def grow(store: Store, arrived: Iterable[tuple[str, str, str]]) -> None:
    """Count in entries that have just joined the journal: (entry, parents, package) in order."""
    known = standing(store)
    if not known.packages:
        return
    passed = set(known.entries)
    _descend(passed, ((e, parents, package in known.packages) for e, parents, package in arrived))
    store.aside = Aside(known.packages, frozenset(passed))


def _aside(store: Store, packages: set[str]) -> Aside:
    passed = set[str]()
    if packages:
        # A parent stands before its children in every journal.
        rows = store.connection.execute(
            "WITH marked AS (SELECT value FROM json_each(?1))"
            " SELECT entry, parents, package IN marked FROM journal WHERE record IN"
            " (SELECT record FROM journal WHERE package IN marked AND register <> ?2)"
            " ORDER BY position",
            (json_text(sorted(packages)), TAKEN.name),
        )
        _descend(passed, rows)
    return Aside(frozenset(packages), frozenset(passed))


def _descend(passed: set[str], lines: Iterable[tuple[str, str, int]]) -> None:
    """Add to ``passed`` the lines that came with a mark, and those built on them."""
    for entry, parents, marked in lines:
        if marked or any(parent in passed for parent in parents.split()):
            passed.add(entry)
