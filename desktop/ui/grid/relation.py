"""Rows as one SQL relation: what stands where a sheet's columns are read, filtered and sorted.

The row itself is ``this``, the same subject's latest earlier period ``last``, the file under which
it hangs ``subject``. For the weekly dispatch the projects come first, with or without a row, so
that an empty week is there to be filled. Scheme expressions run behind the authorizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import msgspec

from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.dispatch import parameters, week_of
from desktop.ledger.expressions import previous, qualify
from desktop.ledger.indicator_definitions import FILE as INDICATORS
from desktop.ledger.indicator_definitions import definitions, qualified
from desktop.ui.grid.columns import Placed

_EARLIER = ("last", "last2", "last3")


class Relation(msgspec.Struct, frozen=True):
    """Where rows come from, in SQL.

    ``base`` is the FROM clause of the keys, ``plain`` one of rows whose keys are known; ``joins``
    are added where an expression needs them. ``key`` names the row, ``record`` its record (NULL
    where there is none yet), ``unit`` whose it is, ``name`` how people call it, ``searched`` where
    a name is looked for. ``expressions`` are by column, ``offers`` by field, whatever stands in the
    cell. ``arranged`` is the order of the papers, ``natural`` the order in which rows lie in the
    file, ``table`` whose size tells which of them is affordable. ``ours`` leaves out what is
    no work of this book.
    """

    base: str
    plain: str
    joins: Mapping[str, str]
    key: str
    record: str
    unit: str
    name: str
    searched: tuple[str, ...]
    expressions: Mapping[str, str]
    offers: Mapping[str, str]
    parameters: Mapping[str, Any]
    arranged: str
    natural: str
    table: str
    ours: str

    def source(self, parts: Iterable[str], *, plain: bool = False) -> str:
        """The FROM clause in which ``parts`` can stand."""
        text = " ".join(parts)
        needed = [alias for alias in self.joins if re.search(rf"\b{alias}\.", text)]
        for alias in reversed(_EARLIER):  # each stands on the one before it
            if alias in needed:
                needed += _EARLIER[: _EARLIER.index(alias)]
        clauses = [join for alias, join in self.joins.items() if alias in needed]
        return " ".join([self.plain if plain else self.base, *clauses])


def of_week(
    scheme: Scheme, register: Register, placed: Iterable[Placed], period: str, *, many_units: bool
) -> Relation:
    """The dispatched projects of a week, each with its row if there is one."""
    subject = scheme.registers[scheme.head.subject]
    own = (
        f'LEFT JOIN "{register.name}" AS this ON this."{subject.name}" = subject.record'
        " AND this.period = :period AND this.removed = 0"
    )
    last = (
        f'LEFT JOIN "{register.name}" AS last ON last.rowid = (SELECT p.rowid'
        f' FROM "{register.name}" AS p WHERE p."{subject.name}" = subject.record'
        " AND p.period < :period AND p.period > substr(:period, 1, 5) AND p.removed = 0"
        " ORDER BY p.period DESC LIMIT 1)"
    )
    scope = "1"
    if INDICATORS in scheme.texts:
        scope = definitions(scheme).scope.dispatched
        scope = qualified(scheme, subject, scope, INDICATORS, "scope.dispatched")
    return Relation(
        base=f'(SELECT this.*, this.rowid AS "#" FROM "{subject.name}" AS this'
        f" WHERE this.removed = 0 AND {ours(scheme, subject)} AND ({scope})) AS subject",
        plain=f'"{subject.name}" AS subject',
        joins={"this": own, "last": last, **_before(register), **_whose(subject, "subject")},
        key="subject.record",
        record="this.record",
        unit=f'subject."{subject.owner}"' if subject.owner else "NULL",
        name=f'subject."{subject.label or "record"}"',
        searched=_searched(subject, "subject", f'subject."{subject.label}"'),
        expressions=_expressions(scheme, register, placed),
        offers=_offers(scheme, register),
        parameters=parameters(scheme, week_of(period)),
        arranged=_arranged(scheme, subject, "subject", many_units=many_units),
        natural='subject."#"',
        table=subject.name,
        ours="1",  # as ``base`` says already
    )


def of_register(
    scheme: Scheme, register: Register, placed: Iterable[Placed], *, many_units: bool
) -> Relation:
    """The records of a list, a file or another ledger."""
    above = scheme.registers[register.of] if register.of else None
    base = f'"{register.name}" AS this'
    whose = "this"
    if above is not None:
        whose = "subject"
        base += f' LEFT JOIN "{above.name}" AS subject ON subject.record = this."{above.name}"'
    holder = above or register
    label = f'{whose}."{holder.label or "record"}"'
    unit = f"{whose}.record" if holder.name == "unit" else "NULL"
    if holder.owner:
        unit = f'{whose}."{holder.owner}"'
    order = [_arranged(scheme, holder, whose, many_units=many_units)]
    if register.shape == "ledger":
        order.insert(0, "this.period DESC")
    order += ['this."order"'] if "order" in register.by_name else []
    order.append(f'this."{register.label}"' if register.label else "this.record")
    own_label = f'this."{register.label}"' if register.label and above else "''"
    last = f'LEFT JOIN "{register.name}" AS last ON last.rowid = ({previous(register, "this")})'
    joins = {"last": last, **_before(register)} if register.shape == "ledger" else {}
    joins |= _whose(holder, whose)
    return Relation(
        base=base,
        plain=base,
        joins=joins,
        key="this.record",
        record="this.record",
        unit=unit,
        name=f"{label} || ' ' || coalesce({own_label}, '')" if above else label,
        searched=_searched(holder, whose, label, own_label),
        expressions=_expressions(scheme, register, placed),
        offers={},
        parameters={},
        arranged=", ".join(order),
        natural="this.rowid",
        table=register.name,
        ours=ours(scheme, register),
    )


def _before(register: Register) -> dict[str, str]:
    """The joins of the second and third period before, for formulas that look so far back."""
    return {
        alias: f'LEFT JOIN "{register.name}" AS {alias} ON {alias}.rowid ='
        f" ({previous(register, nearer)})"
        for nearer, alias in pairwise(_EARLIER)
    }


def _expressions(scheme: Scheme, register: Register, placed: Iterable[Placed]) -> dict[str, str]:
    found = {}
    for one in placed:
        if one.field.formula is not None and one.part == "own":
            where = f"{register.title}·{one.field.title}"
            found[one.name] = f"({qualify(one.field.formula, scheme, register, where)})"
        else:
            alias = "this" if one.part in ("own", "identity") else one.part
            found[one.name] = f'{alias}."{one.field.name}"'
    return found


def _offers(scheme: Scheme, register: Register) -> dict[str, str]:
    """For each field that proposes something: the proposal, whatever stands in the cell."""
    found = {}
    for field in register.shown:
        if field.carry:
            found[field.name] = f'last."{field.name}"'
        elif field.offer is not None:
            where = f"{register.title}·{field.title}"
            found[field.name] = f"({qualify(field.offer, scheme, register, where)})"
    return found


def _arranged(scheme: Scheme, holder: Register, alias: str, *, many_units: bool) -> str:
    """The order in which the papers print: by unit or by level, then by name."""
    parts = []
    if many_units and holder.owner:
        parts.append('whose."order" IS NULL, whose."order", whose.name')
    elif holder.name == scheme.head.subject and "level" in holder.by_name:
        codes = scheme.code_list(holder.by_name["level"])
        ranks = enumerate(codes.items if codes else ())
        whens = " ".join(f"WHEN {_text(item.name)} THEN {rank}" for rank, item in ranks)
        if whens:
            parts.append(f'CASE {alias}."level" {whens} ELSE 1000 END')
    if holder.name == "unit":
        parts.append(f'{alias}."order" IS NULL, {alias}."order"')
    parts.append(f'{alias}."{holder.label or "record"}"')
    return ", ".join(parts)


def _searched(holder: Register, alias: str, *labels: str) -> tuple[str, ...]:
    """The texts in which a name is looked for: the row's and its file's, and the unit's names."""
    found = [label for label in labels if label not in ("''", f'{alias}."None"')]
    if holder.owner is not None:
        found += ["whose.name", "whose.short"]
    return tuple(found)


def _whose(holder: Register, alias: str) -> dict[str, str]:
    """The join of the unit that a file belongs to."""
    if holder.owner is None:
        return {}
    return {"whose": f'LEFT JOIN unit AS whose ON whose.record = {alias}."{holder.owner}"'}


def _text(value: str) -> str:
    """A text as SQL writes it."""
    return "'{}'".format(value.replace("'", "''"))
