"""Whose a project may be 填报单位: what is offered, why the field is closed, what is to be said.

A unit that reports its own weeks has its own projects only; the unit above gives them to others
(:mod:`desktop.ledger.belonging`). Above it, the units that report come first: what is theirs goes
down to them, what a book's own unit keeps goes down to nobody. No Qt.
"""

from __future__ import annotations

from desktop.ledger import belonging, dispatch, sight
from desktop.ledger.definitions import Field, Register
from desktop.ledger.store import Store
from desktop.ui.facts import Facts, UnitFact


def is_owner(register: Register, field: Field) -> bool:
    """Whether the field says whose the register's records are."""
    return field.of == "unit" and field.name == register.owner


def why_closed(store: Store, register: Register, field: Field, *, made: bool) -> str:
    """Why this book gives the record to nobody else, "" where it may; ``made``: it exists."""
    if not is_owner(register, field) or dispatch.consolidates(store):
        return ""
    if len(sight.below(store, store.unit)) > 1:
        return ""
    return "划转由上级办理" if made else "由本单位填报"


def offered(facts: Facts) -> tuple[UnitFact, ...]:
    """The units to which this book may give a record, those that report first, its own last."""
    if facts.reports:
        under = {facts.unit}
        while more := {one.record for one in facts.units if one.above in under} - under:
            under |= more
        return tuple(one for one in facts.units if one.record in under)
    reporting = {level.name for level in facts.scheme.head.level if level.reports}

    def place(unit: UnitFact) -> int:
        if unit.level in reporting:
            return 0
        return 2 if unit.record == facts.unit else 1

    return tuple(sorted(facts.units, key=place))


def remark(facts: Facts, unit: object) -> str:
    """What is to be said of a record given to ``unit``: the book's own one hands it down to none.

    Said above the units that report; these have nobody to hand down to.
    """
    if facts.reports or unit != facts.unit:
        return ""
    return f"该项目由{facts.unit_short}自己填报，不随任务包下发。"


def refused_at(register: Register, error: Exception) -> str:
    """The field at which a refusal stands, "" where it names none."""
    if isinstance(error, belonging.NotYoursToGive | belonging.MovedAway):
        return register.owner or ""
    return str(getattr(error, "field", ""))
