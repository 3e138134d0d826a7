"""Undo of a take-in 撤销装入: a local mark sets the package aside, another one lifts it.

Its entries stay in the journal; the fold passes over them and over what was built on them
(:mod:`~desktop.ledger.marks`), and the touched records are folded anew. The mark is this book's
own affair: it never travels, and the sender learns nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.errors import OneLedgerError
from desktop.ledger import folding, lookup, marks, records
from desktop.ledger.correspondence import SET_ASIDE, TAKEN, TAKEN_IN
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.marks import passed_over
from desktop.ledger.records import Change
from desktop.ledger.store import Store

__all__ = ["HangsOn", "NotTakenIn", "SchemeInUse", "lift", "passed_over", "set_aside"]


class NotTakenIn(OneLedgerError):
    """A package that this book has not taken in cannot be set aside."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"本账本没有装入过这个包（{digest[:12]}）。")


class HangsOn(OneLedgerError):
    """Records that stay would hang on what would vanish with the package."""

    def __init__(self, label: str, gone: int, hanging: Sequence[tuple[str, int, str]]) -> None:
        what = f"“{label}”" + (f"等 {gone} 条记录" if gone > 1 else "")
        where = "；".join(
            f"{title} {count} 条（{first}{'等' if count > 1 else ''}）"
            for title, count, first in hanging
        )
        super().__init__(
            f"{what}是这个包带来的，本账本还有记录写在其下：{where}，不能撤销装入。",
            "请先删除或改正这些记录；由后来装入的包带来的，请先撤销后来的包。",
        )


class SchemeInUse(OneLedgerError):
    """The package brought a version of the scheme by which something has been written since."""

    def __init__(self, version: int, count: int) -> None:
        super().__init__(
            f"这个包带来了第 {version} 版方案，此后已按新增的册或栏目写了 {count} 条分录，"
            "不能撤销装入。",
            "如方案有误，请上级单位下发新的一版。",
        )


class _Hanging(Exception):
    """Ends the transaction; what hangs is told when the book is as before.

    ``under`` are the records that would be gone, ``records`` those that name them, by register.
    """

    def __init__(self, under: list[tuple[str, str]], records: dict[str, list[str]]) -> None:
        super().__init__()
        self.under, self.records = under, records


def set_aside(store: Store, digest: str) -> tuple[Change, ...]:
    """Pass over all that the package with this digest brought; returns what changed.

    A package that is set aside already is left so. Raises :class:`NotTakenIn`, :class:`HangsOn`,
    :class:`SchemeInUse`; the book is then as before.
    """
    _refuse_unknown(store, digest)
    if digest in marks.standing(store).packages:
        return ()
    scheme = store.scheme
    try:
        with store.atomic():
            before = passed_over(store)
            _mark(store, {digest}, SET_ASIDE)
            found = touched(store, before ^ passed_over(store))
            there = [key for key in found if _is_there(store, *key)]
            folding.renew(store, found)
            _refuse_hanging(store, [key for key in there if not _is_there(store, *key)])
            _refuse_scheme(store, scheme)
    except _Hanging as hanging:
        where = [
            (store.scheme.register(name).title, len(found), lookup.label(store, name, found[0]))
            for name, found in hanging.records.items()
        ]
        label = lookup.label(store, *hanging.under[0])
        raise HangsOn(label, len(hanging.under), where) from None
    return _changes(found)


def lift(store: Store, digest: str) -> tuple[Change, ...]:
    """Take the mark of a package away; returns what changed. Raises :class:`NotTakenIn`."""
    _refuse_unknown(store, digest)
    if digest not in marks.standing(store).packages:
        return ()
    with store.atomic():
        found = touched(store, _unmark(store, {digest}))
        folding.renew(store, found)
    return _changes(found)


def taken_again(store: Store, entries: Iterable[str], package: str) -> frozenset[str]:
    """Lift the marks of the packages that have brought any of ``entries`` before, and of
    ``package``; returns the entries that are back. The caller folds and holds the transaction.
    """
    marked, passed = marks.standing(store)
    if not marked:
        return frozenset()
    brought = {package, *_packages(store, passed.intersection(entries))}
    return _unmark(store, brought & marked)


def touched(store: Store, entries: Iterable[str]) -> dict[tuple[str, str], dict[str, None]]:
    """The records of ``entries`` and the fields that these name, in an order that lasts."""
    records_: dict[tuple[str, str], dict[str, None]] = {}
    select = "SELECT register, record, fields FROM journal WHERE entry = ?"
    found = [store.connection.execute(select, (entry,)).fetchone() for entry in entries]
    for register, record, fields in sorted(found):
        names = records_.setdefault((register, record), {})
        names.update(dict.fromkeys(folding.field_names(fields)))
    return records_


def _unmark(store: Store, digests: set[str]) -> frozenset[str]:
    """Take marks away; returns the entries that are back."""
    if not digests:
        return frozenset()
    before = passed_over(store)
    _mark(store, digests, TAKEN_IN)
    return before - passed_over(store)


def _mark(store: Store, digests: set[str], state: str) -> None:
    act = "aside" if state == SET_ASIDE else "receive"
    rows = store.connection.execute(
        f'SELECT record, number, unit FROM "{TAKEN.name}" WHERE removed = 0'
        " AND digest IN (SELECT value FROM json_each(?)) ORDER BY record",
        (json_text(sorted(digests)),),
    ).fetchall()
    names = [
        f"{lookup.label(store, 'unit', unit) if unit else ''} 第 {number} 号包".strip()
        for _, number, unit in rows
    ]
    with records.batch(store, act, "、".join(dict.fromkeys(names))) as batch:
        for record, *_ in rows:
            batch.change(TAKEN.name, record, {"state": state})
    store.aside = None


def _refuse_unknown(store: Store, digest: str) -> None:
    row = store.connection.execute(
        f'SELECT 1 FROM "{TAKEN.name}" WHERE digest = ? AND removed = 0', (digest,)
    ).fetchone()
    if row is None or not digest:
        raise NotTakenIn(digest)


def _packages(store: Store, entries: Iterable[str]) -> set[str]:
    """The packages that brought these entries."""
    select = "SELECT package FROM journal WHERE entry = ?"
    return {store.connection.execute(select, (entry,)).fetchone()[0] for entry in entries}


def _changes(touched: dict[tuple[str, str], dict[str, None]]) -> tuple[Change, ...]:
    return tuple(Change(*key, tuple(fields)) for key, fields in touched.items())


def _is_there(store: Store, register: str, record: str) -> bool:
    if register not in store.tables:
        return False
    present = store.tables[register].read(record)
    return present is not None and not present.removed


def _refuse_hanging(store: Store, gone: list[tuple[str, str]]) -> None:
    of_register: dict[str, list[str]] = {}
    for register, record in gone:
        of_register.setdefault(register, []).append(record)
    under: dict[tuple[str, str], None] = {}
    hanging: dict[str, dict[str, None]] = {}
    for other in store.scheme.registers.values():
        for field in other.stored:
            if field.of not in of_register:
                continue
            rows = store.connection.execute(
                f'SELECT record, "{field.name}" FROM "{other.name}" WHERE removed = 0'
                f' AND "{field.name}" IN (SELECT value FROM json_each(?)) ORDER BY record',
                (json_text(of_register[field.of]),),
            )
            for record, target in rows:
                under[field.of, target] = None
                hanging.setdefault(other.name, {})[record] = None
    if hanging:
        raise _Hanging(list(under), {name: list(found) for name, found in hanging.items()})


def _refuse_scheme(store: Store, before: Scheme) -> None:
    """Raise :class:`SchemeInUse` when entries that stay name what only ``before`` knows."""
    if store.scheme is before:
        return
    lost = {
        register.name: {field.name for field in register.stored} - _names(store.scheme, register)
        for register in before.registers.values()
    }
    rows = store.connection.execute(
        "SELECT entry, register, fields FROM journal WHERE scheme > ?", (store.scheme.version,)
    )
    passed = passed_over(store)
    count = sum(
        entry not in passed and not lost.get(register, set()).isdisjoint(read_fields(fields))
        for entry, register, fields in rows
    )
    if count:
        raise SchemeInUse(before.version, count)


def _names(scheme: Scheme, register: Register) -> set[str]:
    known = scheme.registers.get(register.name)
    return {field.name for field in known.stored} if known else set()
