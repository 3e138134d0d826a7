"""Which papers this book can give now: every kind of paper, and every register as a ledger."""

from __future__ import annotations

from typing import Literal

import msgspec

from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import consolidates
from desktop.ledger.store import Store
from desktop.reports.kinds import KINDS, Kind
from desktop.reports.subjects import Subject, subjects
from desktop.ui.papers.lacks import Lack, lack_of

_KIND = "paper:"
#: The key of the weekly dispatch report.
REPORT = f"{_KIND}weekly"
REPORT_TITLE = KINDS["weekly"].title
#: Under which heading the registers stand.
LEDGERS = "台账和清单"

_ORDER = {"ledger": 0, "list": 1, "file": 2}


def key_of(kind: str) -> str:
    """The key of a kind of paper; a register's ledger has the register's name."""
    return f"{_KIND}{kind}"


def kind_of(key: str) -> Kind | None:
    """The kind that a key means, None for a register's ledger."""
    return KINDS.get(key.removeprefix(_KIND)) if key.startswith(_KIND) else None


class Offer(msgspec.Struct, frozen=True):
    """One paper on the list.

    ``shape`` is the register's, "" for a kind of paper. ``rows`` counts its records, the projects
    of the weekly report; of a ledger kept by week only those of the week that was asked for.
    ``periods`` are the months of a monthly paper, or those of a ledger that is kept by month,
    quarter or year, newest first. ``subjects`` are the records that it can be made from, ``lack``
    says what is missing. ``by_level`` and ``by_unit`` say by what it can be cut into sections.
    """

    key: str
    title: str
    shape: Literal["", "file", "list", "ledger"] = ""
    rows: int = 0
    weekly: bool = True
    periods: tuple[str, ...] = ()
    by_level: bool = False
    by_unit: bool = False
    subjects: tuple[Subject, ...] = ()
    lack: Lack | None = None

    @property
    def kind(self) -> Kind | None:
        """The kind of paper, None for a register's ledger."""
        return kind_of(self.key)

    @property
    def group(self) -> str:
        """The heading under which it stands."""
        return self.kind.group if self.kind else LEDGERS

    @property
    def formats(self) -> tuple[str, ...]:
        """The endings of files that it can be saved as."""
        return self.kind.formats if self.kind else (".pdf", ".xlsx")


def offers(store: Store, week: str) -> tuple[Offer, ...]:
    """The papers of this book: the kinds, the weekly ledger, then what is filled.

    ``week`` (``2023-W09``) is the week being shown. Kinds and the weekly ledger are always there;
    another register is when it holds a record.
    """
    registers = [one for one in store.scheme.registers.values() if not one.internal]
    weekly = store.scheme.head.weekly
    registers.sort(key=lambda one: (one.name != weekly, _ORDER[one.shape]))
    above = consolidates(store)
    found = [_paper(store, one) for one in KINDS.values() if one.offered(store.scheme, above=above)]
    for register in registers:
        offer = _ledger(store, register, week)
        if offer.rows or register.name == weekly or (offer.weekly and _ever(store, register)):
            found.append(offer)
    return tuple(found)


def _paper(store: Store, kind: Kind) -> Offer:
    """A kind of paper, with the records or months that there are for it."""
    known = subjects(store, kind)
    months: tuple[str, ...] = ()
    if kind.period == "month":
        months = _periods(store, store.scheme.register(kind.registers[0]))
    rows = len(known) if kind.subject else _projects(store)
    nothing = (kind.subject and not known) or (kind.period == "month" and not months)
    return Offer(
        key_of(kind.name),
        kind.title,
        rows=rows,
        weekly=kind.period == "week",
        periods=months,
        subjects=known,
        lack=lack_of(store.scheme, kind) if nothing else None,
    )


def _ledger(store: Store, register: Register, week: str) -> Offer:
    weekly = "week" in register.period
    sql, values = f'SELECT count(*) FROM "{register.name}" AS this WHERE removed = 0', []
    sql += f" AND {ours(store.scheme, register)}"
    if weekly:
        sql += " AND period = ?"
        values.append(week)
    (rows,) = store.connection.execute(sql, values).fetchone()
    holder = store.scheme.registers[register.of] if register.of else register
    return Offer(
        register.name,
        register.title,
        register.shape,
        rows,
        weekly,
        () if weekly or register.shape != "ledger" else _periods(store, register),
        by_level=holder.name == store.scheme.head.subject and "level" in holder.by_name,
        by_unit=register.name != "unit" and (holder.owner is not None or holder.name == "unit"),
    )


def _periods(store: Store, register: Register) -> tuple[str, ...]:
    rows = store.connection.execute(
        f'SELECT DISTINCT period FROM "{register.name}" WHERE removed = 0 ORDER BY period DESC'
    )
    return tuple(period for (period,) in rows)


def _ever(store: Store, register: Register) -> bool:
    line = f'SELECT EXISTS (SELECT 1 FROM "{register.name}" WHERE removed = 0)'
    return bool(store.connection.execute(line).fetchone()[0])


def _projects(store: Store) -> int:
    subject = store.scheme.registers[store.scheme.head.subject]
    line = f'SELECT count(*) FROM "{subject.name}" AS this WHERE removed = 0'
    line += f" AND {ours(store.scheme, subject)}"
    return int(store.connection.execute(line).fetchone()[0])
