"""Taking in entries that were written elsewhere: never refused, never twice, in any order.

What may be taken in (signatures, ownership, completeness) is judged by the exchange before; here
entries join the journal and the records that they touch are folded anew. What comes again of a
package that was set aside lifts its mark (:mod:`~desktop.ledger.aside`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.errors import OneLedgerError
from desktop.ledger import aside, folding, marks
from desktop.ledger.entry import AUTHORED, canonical, identity, json_text
from desktop.ledger.records import Change
from desktop.ledger.store import Store

_AUTHOR, _NUMBER = AUTHORED.index("author"), AUTHORED.index("number")
_REGISTER, _RECORD = AUTHORED.index("register"), AUTHORED.index("record")
_FIELDS, _PARENTS = AUTHORED.index("fields"), AUTHORED.index("parents")


class ParentsMissing(OneLedgerError):
    """Entries build on others that neither came with them nor stand in the book."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"有 {count} 条分录所依据的前一条分录不在账本中，暂不能并入。", "请先装入较早的包。"
        )


class NumberTwice(OneLedgerError):
    """Two different entries claim the same number of the same replica: its book was copied."""

    def __init__(self, author: str, number: int) -> None:
        super().__init__(
            f"录入端 {author} 的第 {number} 条分录有两种不同的内容，不能并入。",
            "这个录入端的账本、配置或整台电脑可能被复制过；请保留来件，与对方核对。请对方在复制来的那台上"
            "保留原账本备查，用本单位另一台电脑的互换包重新建账，再补录只在那台上写过的内容；"
            "还没有写过内容的，运行一次“oneledger new-author 账本”另立录入端即可。",
        )
        self.author, self.number = author, number


def receive(store: Store, entries: Iterable[tuple[Any, ...]], package: str) -> tuple[Change, ...]:
    """Take in entries given by their authored columns, in one transaction; returns what changed.

    Entries that the book has are passed over. Raises :class:`ParentsMissing` and
    :class:`NumberTwice`; the book is then as before. ``package`` names where they came from.
    """
    incoming = {identity(canonical(columns)): columns for columns in entries}
    known = store.journal.known(incoming)
    new = {entry: columns for entry, columns in incoming.items() if entry not in known}
    ordered = _ordered(store, new)
    touched: dict[tuple[str, str], dict[str, None]] = {}
    _refuse_twice(store, new.values())
    with store.atomic():
        store.journal.extend((new[entry] for entry in ordered), package)
        for columns in map(new.__getitem__, ordered):
            fields = touched.setdefault((columns[_REGISTER], columns[_RECORD]), {})
            fields.update(dict.fromkeys(folding.field_names(columns[_FIELDS])))
        marks.grow(store, ((entry, new[entry][_PARENTS], package) for entry in ordered))
        back = aside.taken_again(store, incoming, package)
        for key, names in aside.touched(store, back.difference(new)).items():
            touched.setdefault(key, {}).update(names)
        folding.renew(store, touched)
    return tuple(Change(*key, tuple(fields)) for key, fields in touched.items())


def _refuse_twice(store: Store, new: Iterable[tuple[Any, ...]]) -> None:
    """Raise :class:`NumberTwice` for a number that another entry has, here or among ``new``."""
    numbers: dict[str, set[int]] = {}
    for columns in new:
        author, number = columns[_AUTHOR], columns[_NUMBER]
        if number in numbers.setdefault(author, set()):
            raise NumberTwice(author, number)
        numbers[author].add(number)
    for author, claimed in numbers.items():
        taken = store.connection.execute(
            "SELECT number FROM journal WHERE author = ?"
            " AND number IN (SELECT value FROM json_each(?)) LIMIT 1",
            (author, json_text(sorted(claimed))),
        ).fetchone()
        if taken:
            raise NumberTwice(author, taken[0])


def _ordered(store: Store, new: dict[str, tuple[Any, ...]]) -> list[str]:
    """Parents before children, as they came otherwise."""
    ordered: dict[str, None] = {}
    parents_of = {entry: columns[_PARENTS].split() for entry, columns in new.items()}
    before = {parent for parents in parents_of.values() for parent in parents} - new.keys()
    absent = before - store.journal.known(before)
    if absent:
        raise ParentsMissing(sum(not absent.isdisjoint(one) for one in parents_of.values()))
    for start in new:
        stack = [start]
        while stack:
            entry = stack[-1]
            if entry in ordered:
                stack.pop()
                continue
            wanted = [p for p in parents_of[entry] if p in new and p not in ordered]
            if wanted:
                stack += wanted
                continue
            ordered[stack.pop()] = None
    return list(ordered)
