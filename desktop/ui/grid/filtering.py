"""What of a sheet is wanted: which rows, in which order; frozen, and the SQL it comes to.

Sorting and filtering is done by SQLite over the whole register, never over what happens to be
loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from desktop.ledger.entry import json_text
from desktop.ui.grid.columns import FIGURES, Placed
from desktop.ui.grid.relation import Relation

How = Literal["is", "has", "least", "most", "empty", "filled"]
#: How a column may be asked, as the panel says it.
WAYS: Mapping[How, str] = {
    "is": "等于",
    "has": "包含",
    "least": "不小于",
    "most": "不大于",
    "empty": "为空",
    "filled": "不为空",
}
#: Texts: sorted by how they are spoken, not by the numbers of their characters.
SPOKEN = frozenset({"text", "long_text", "unit", "person", "link"})


class Condition(msgspec.Struct, frozen=True):
    """One column must be so: ``value`` is stored, a text for ``has``, None for empty and filled."""

    column: str
    how: How
    value: Any = None


class Asked(msgspec.Struct, frozen=True):
    """What is wanted. ``text`` is looked for in names, as written or by pinyin initials.

    ``lights`` keeps the rows with one of these lights (none: all); ``only`` these rows alone (None:
    all), which is how findings filter. ``sort`` is a column's name, "" the papers' order.
    """

    text: str = ""
    conditions: tuple[Condition, ...] = ()
    lights: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    sort: str = ""
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.text.strip() or self.conditions or self.lights or self.only is not None)

    def with_condition(self, condition: Condition | None, column: str) -> Asked:
        """With another condition, or none, on a column."""
        kept = tuple(one for one in self.conditions if one.column != column)
        more = (condition,) if condition is not None else ()
        return msgspec.structs.replace(self, conditions=kept + more)


def where(
    relation: Relation, placed: Iterable[Placed], asked: Asked, found: Iterable[str] | None
) -> tuple[list[str], dict[str, Any]]:
    """The conditions as SQL and their values; ``found`` are the rows that text and lights leave."""
    fields = {one.name: one.field for one in placed}
    clauses: list[str] = []
    values: dict[str, Any] = {}
    for number, one in enumerate(asked.conditions):
        if one.column not in relation.expressions:
            continue  # a column that the scheme has no more
        named = f"wanted_{number}"
        clauses.append(
            _clause(relation.expressions[one.column], fields[one.column].type, one, named)
        )
        if one.how not in ("empty", "filled"):
            values[named] = one.value
    if found is not None:
        clauses.append(f"{relation.key} IN (SELECT value FROM json_each(:found))")
        values["found"] = json_text(sorted(found))
    return clauses, values


def order(relation: Relation, placed: Iterable[Placed], asked: Asked, *, large: bool) -> str:
    """The ORDER BY clause; empty cells come last either way. ``large``: as rows lie in the file."""
    usual = relation.natural if large else relation.arranged
    expression = relation.expressions.get(asked.sort)
    if expression is None:
        return usual
    kind = next(one.field.type for one in placed if one.name == asked.sort)
    if kind in SPOKEN:
        return usual  # sorted afterwards, see reading.keys
    return f"{expression} IS NULL, {expression} {'DESC' if asked.descending else 'ASC'}, {usual}"


def _clause(expression: str, kind: str, condition: Condition, named: str) -> str:
    match condition.how:
        case "empty":
            return f"{expression} IS NULL"
        case "filled":
            return f"{expression} IS NOT NULL"
        case "least":
            return f"{expression} >= :{named}"
        case "most":
            return f"{expression} <= :{named}"
        case "has":
            return f"instr({expression}, :{named})"
        case "is":
            if kind == "choices":
                items = f"json_each(coalesce({expression}, '[]'))"
                return f"EXISTS (SELECT 1 FROM {items} AS item WHERE item.value = :{named})"
            return f"{expression} IS :{named}"


def ways(kind: str) -> tuple[How, ...]:
    """How a column of this kind may be asked."""
    if kind in FIGURES or kind in ("date", "month"):
        return ("least", "most", "is", "empty", "filled")
    if kind in ("choice", "choices", "flag", "link"):
        return ("is", "empty", "filled")
    if kind in ("photo", "attachment"):
        return ("filled", "empty")
    return ("has", "is", "empty", "filled")
