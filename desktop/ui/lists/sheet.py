"""A list as a sheet: its rows by urgency, how each stands to its time limit in a column; no Qt."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ui.grid import reading as grid
from desktop.ui.grid.cells import Column
from desktop.ui.grid.columns import Placed
from desktop.ui.grid.reading import Row, Sheet
from desktop.ui.lists import reading
from desktop.ui.lists.reading import Part, State, Terms

#: The column that says how an item stands to its limit; no field of a scheme is called so.
LEFT = "#left"
#: What stands in it, after all days that there are, for items without a limit, for those that are
#: reported done and for closed ones.
FREE, REPORTED, CLOSED = 900_000, 1_000_000, 2_000_000
#: The column of a row's place in the file, where the rows are narrowed.
_PLACE = '"#"'


def list_sheet(
    scheme: Scheme, register: str, level: str, today: date, part: Part, *, many_units: bool
) -> Sheet:
    """The sheet of a part of a list on the day ``today``, the most urgent rows first.

    ``level`` is the book's; ``many_units``: it looks after several.
    """
    sheet = grid.sheet_of(scheme, register, "", level, many_units=many_units)
    terms = reading.terms(scheme, sheet.register, today)
    relation = sheet.relation
    table = f'"{register}" AS this'
    within = (
        f"(SELECT this.*, this.rowid AS {_PLACE} FROM {table} WHERE {terms.where(part)}) AS this"
    )
    urgency = f"{terms.urgency}, {relation.arranged}, this.record"
    placed, expressions = sheet.placed, dict(relation.expressions)
    if "due" in sheet.register.by_name:
        placed = _with_left(placed)
        expressions[LEFT] = _left(terms)
    relation = msgspec.structs.replace(
        relation,
        base=_with_unseen(scheme, sheet.register, relation.base.replace(table, within, 1)),
        expressions=expressions,
        parameters={**relation.parameters, **terms.values},
        arranged=urgency,
        natural=urgency,
    )
    return msgspec.structs.replace(sheet, placed=placed, relation=relation)


def state_of(scheme: Scheme, sheet: Sheet, row: Row) -> State:
    """Whether the row's item is open, reported done or closed."""
    at = sheet.column(LEFT)
    if at >= 0:
        said: dict[int, State] = {REPORTED: "done", CLOSED: "closed"}
        return said.get(row.values[at], "open")
    state = sheet.register.by_name.get("state")
    codes = scheme.code_list(state) if state is not None else None
    at = sheet.column("state")
    return "closed" if codes and at >= 0 and row.values[at] in codes.closed else "open"


def left_in_words(days: int) -> str:
    """What stands in the column :data:`LEFT`."""
    if days == REPORTED:
        return reading.time_left(None, "done")
    return reading.time_left(days if days < FREE else None, "open")


def _with_unseen(scheme: Scheme, register: Register, base: str) -> str:
    """``base`` with the files that never leave their unit, nameless where this book lacks them.

    A decision is handed down, the meeting that took it stays in the district.
    """
    above = scheme.registers[str(register.of)]
    if above.audience not in ("own", "local"):
        return base
    names = ["record", *(field.name for field in above.stored), "removed"]
    seen = ", ".join(f'"{name}"' for name in names)
    unseen = ", ".join(
        {"record": f'i."{above.name}"', "removed": "0"}.get(name, "NULL") for name in names
    )
    files = (
        f'(SELECT {seen} FROM "{above.name}" UNION ALL SELECT DISTINCT {unseen}'
        f' FROM "{register.name}" AS i WHERE NOT EXISTS'
        f' (SELECT 1 FROM "{above.name}" AS f WHERE f.record = i."{above.name}"))'
    )
    return base.replace(f'"{above.name}" AS subject', f"{files} AS subject", 1)


def _left(terms: Terms) -> str:
    """Days until the limit, or what stands in their place."""
    days = f"CAST(julianday({terms.limit}) - julianday(:today) AS INTEGER)"
    return (
        f"CASE WHEN {terms.closed} THEN {CLOSED} WHEN {terms.done} THEN {REPORTED}"
        f" ELSE coalesce({days}, {FREE}) END"
    )


def _with_left(placed: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """The columns with the one for the time left, behind those that say whose the row is."""
    field = Field(name=LEFT, title="距时限", type="integer", formula="0")
    column = Column(LEFT, "距时限", width=112, kind="text", field=field)
    why = "按完成时限和本周截止日算出，不用填写。"
    own = next((at for at, one in enumerate(placed) if one.part in ("own", "identity")), 0)
    return (*placed[:own], Placed(column, "own", field, why), *placed[own:])
