"""Which papers this book can give now: the dispatch report, and every register as a ledger."""

from __future__ import annotations

from typing import Literal

import msgspec

from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register
from desktop.ledger.store import Store

#: The key of the weekly dispatch report; every other paper has its register's name.
REPORT = "report"
REPORT_TITLE = "周调度报告"

_ORDER = {"ledger": 0, "list": 1, "file": 2}


class Offer(msgspec.Struct, frozen=True):
    """One paper on the list.

    ``shape`` is the register's, "" for the report. ``rows`` counts its records; of a ledger kept by
    week only those of the week that was asked for. ``periods`` are those of a ledger that is kept
    by month, quarter or year, newest first. ``by_level`` and ``by_unit`` say by what it can be cut
    into sections.
    """

    key: str
    title: str
    shape: Literal["", "file", "list", "ledger"] = ""
    rows: int = 0
    weekly: bool = True
    periods: tuple[str, ...] = ()
    by_level: bool = False
    by_unit: bool = False

    @property
    def is_report(self) -> bool:
        """Whether it is the dispatch report, not a ledger."""
        return self.key == REPORT


def offers(store: Store, week: str) -> tuple[Offer, ...]:
    """The papers that have something to say: the report, the weekly ledger, then what is filled.

    ``week`` (``2023-W09``) is the week being shown. The report and the weekly ledger are always
    there; another register is when it holds a record.
    """
    registers = [one for one in store.scheme.registers.values() if not one.internal]
    weekly = store.scheme.head.weekly
    registers.sort(key=lambda one: (one.name != weekly, _ORDER[one.shape]))
    found = [Offer(REPORT, REPORT_TITLE, rows=_projects(store))]
    for register in registers:
        offer = _offer(store, register, week)
        if offer.rows or register.name == weekly or (offer.weekly and _ever(store, register)):
            found.append(offer)
    return tuple(found)


def _offer(store: Store, register: Register, week: str) -> Offer:
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
