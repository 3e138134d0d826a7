"""The list of projects: which ones, in what order, and what stands on the lines that are seen.

The order is one statement over all projects and gives identities only; the lines are read for the
few on the screen. No Qt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from desktop.ledger.codes import fold_width
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.indicators import Row
from desktop.ledger.money import format_rate
from desktop.ledger.narrowing import narrowed
from desktop.ledger.standing import LIGHTS, standing_of
from desktop.ledger.store import Store
from desktop.ui.forms import initials

#: The choice that means that the field is empty.
UNFILLED = "未填"
#: Stands before a unit in the entries: a heading and no project.
HEADING = "#"
#: Orders of the list: key → what it is called.
ORDERS = {
    "level": "按级别",
    "name": "按名称拼音",
    "completion": "完成率低的在前",
    "light": "亮灯重的在前",
    "investment": "总投资大的在前",
    "unit": "按单位分组",
}


class Stand(msgspec.Struct, frozen=True):
    """A project's light and completion rate in the week."""

    light: str
    done: Any  # Fraction or None


class Wanted(msgspec.Struct, frozen=True):
    """What is looked for: a part of the name or its initials, choices by field, a light."""

    text: str = ""
    choices: Mapping[str, str] = {}
    light: str = ""
    order: str = "level"

    @property
    def needs_standings(self) -> bool:
        """Whether every project's light or rate must be known to answer."""
        return bool(self.light) or self.order in ("completion", "light")


class Line(msgspec.Struct, frozen=True):
    """One project on the list."""

    record: str
    name: str
    level: str
    state: str
    unit: str
    done: str
    light: str


class Group(msgspec.Struct, frozen=True):
    """A heading: a unit and how many of its projects stand below."""

    title: str
    count: int


class Listing(msgspec.Struct, frozen=True):
    """The entries in order: records, and headings where the list is grouped; of how many."""

    entries: tuple[str, ...]
    groups: Mapping[str, Group]
    found: int
    of_all: int


def subject_of(scheme: Scheme) -> Register:
    """The register of projects."""
    return scheme.registers[scheme.head.subject]


def standings(store: Store, period: str) -> dict[str, Stand]:
    """Every dispatched project's light and rate in the week."""
    return {one.project: Stand(one.light, _done(one.row)) for one in standing_of(store, period)}


def listing(store: Store, wanted: Wanted, known: Mapping[str, Stand]) -> Listing:
    """Which projects fit, in order; ``known`` is asked where lights or rates decide."""
    subject = subject_of(store.scheme)
    where, values = where_fits(store, subject, wanted)
    owner = f'this."{subject.owner}"' if subject.owner else "NULL"
    rows = store.connection.execute(
        f'SELECT this.record, {owner} FROM "{subject.name}" AS this WHERE {where}'
        f" ORDER BY {_order(store.scheme, subject, wanted.order)}",
        values,
    ).fetchall()
    if wanted.light:
        rows = [row for row in rows if _light(known, row[0]) == wanted.light]
    if wanted.order == "completion":
        rows.sort(key=lambda row: _rate_key(known.get(row[0])))
    elif wanted.order == "light":
        rows.sort(key=lambda row: -_severity(_light(known, row[0])))
    (of_all,) = store.connection.execute(
        f'SELECT count(*) FROM "{subject.name}" WHERE removed = 0'
    ).fetchone()
    if wanted.order == "unit":
        entries, groups = _grouped(store, rows)
    else:
        entries, groups = [record for record, _ in rows], {}
    return Listing(tuple(entries), groups, len(rows), of_all)


def light_counts(store: Store, wanted: Wanted, known: Mapping[str, Stand]) -> dict[str, int]:
    """How many of the projects that fit, whatever their light, have each light."""
    found = listing(store, msgspec.structs.replace(wanted, light="", order="level"), known)
    counts = {"": found.found}
    for record in found.entries:
        light = _light(known, record)
        counts[light] = counts.get(light, 0) + 1
    return counts


def lines(store: Store, records: Sequence[str], period: str) -> dict[str, Line]:
    """What stands on the lines of these projects."""
    scheme, subject = store.scheme, subject_of(store.scheme)
    with narrowed(store, records):
        stands = standings(store, period)
    columns = [subject.label or "record", "level", "state", subject.owner]
    chosen = ", ".join(f'this."{name}"' if name in subject.by_name else "NULL" for name in columns)
    rows = store.connection.execute(
        f'SELECT this.record, {chosen} FROM "{subject.name}" AS this'
        " WHERE this.record IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(records)).decode(),),
    ).fetchall()
    units = units_of(store)
    found = {}
    for record, name, level, state, unit in rows:
        stand = stands.get(record)
        found[record] = Line(
            record,
            name or record[:8],
            _title(scheme, subject, "level", level),
            _title(scheme, subject, "state", state),
            units.get(unit, ""),
            format_rate(stand.done) if stand else "",
            stand.light if stand else "none",
        )
    return found


def where_fits(store: Store, subject: Register, wanted: Wanted) -> tuple[str, list[Any]]:
    """The condition that search and choices make, and its values; the light is not in it."""
    parts, values = ["this.removed = 0"], []
    initials.teach(store.connection)
    if wanted.text.strip():
        fits = [f'name_fits(this."{subject.label or "record"}", ?)']
        values.append(wanted.text)
        digits = fold_width(wanted.text).replace("-", "").replace(" ", "")
        if digits.isdigit():
            codes = [field.name for field in subject.stored if field.type == "code"]
            fits += [f"instr(replace(this.\"{name}\", '-', ''), ?)" for name in codes]
            values += [digits] * len(codes)
        parts.append(f"({' OR '.join(fits)})")
    for name, key in wanted.choices.items():
        column = f'this."{subject.get(name).name}"'
        if key == UNFILLED:
            parts.append(f"{column} IS NULL")
            continue
        if subject.get(name).type == "choices":
            parts.append(f"EXISTS (SELECT 1 FROM json_each({column}) AS c WHERE c.value = ?)")
        else:
            parts.append(f"{column} = ?")
        values.append(key)
    return " AND ".join(parts), values


def _order(scheme: Scheme, subject: Register, order: str) -> str:
    label = f'this."{subject.label or "record"}"'
    if order == "name":
        return f"initials({label}), {label}"
    if order == "unit" and subject.owner:
        above = f'(SELECT {{}} FROM unit AS u WHERE u.record = this."{subject.owner}")'
        by = ", ".join(above.format(column) for column in ('u."order"', "u.name"))
        return f"{by}, {_by_level(scheme, subject)}{label}"
    if order == "investment" and "total_investment" in subject.by_name:
        return f"this.total_investment DESC NULLS LAST, {label}"
    return f"{_by_level(scheme, subject)}{label}"


def _by_level(scheme: Scheme, subject: Register) -> str:
    """The level in the order of its code list, the unknown last."""
    field = subject.by_name.get("level")
    codes = scheme.code_list(field) if field else None
    if codes is None:
        return ""
    cases = " ".join(f"WHEN {_quoted(name)} THEN {at}" for at, name in enumerate(codes.names))
    return f"CASE this.level {cases} ELSE {len(codes.names)} END, "


def _grouped(
    store: Store, rows: Sequence[tuple[str, str | None]]
) -> tuple[list[str], dict[str, Group]]:
    counts: dict[str | None, int] = {}
    for _, unit in rows:
        counts[unit] = counts.get(unit, 0) + 1
    units, entries, groups = units_of(store), [], {}
    for record, unit in rows:
        heading = f"{HEADING}{unit or ''}"
        if heading not in groups:
            groups[heading] = Group(units.get(unit or "", UNFILLED), counts[unit])
            entries.append(heading)
        entries.append(record)
    return entries, groups


def units_of(store: Store) -> dict[str, str]:
    """Short names of the units, in their order."""
    rows = store.connection.execute(
        'SELECT record, coalesce(short, name) FROM unit WHERE removed = 0 ORDER BY "order", name'
    )
    return dict(rows.fetchall())


def _title(scheme: Scheme, subject: Register, name: str, value: str | None) -> str:
    field = subject.by_name.get(name)
    codes = scheme.code_list(field) if field else None
    return codes.title_of(value) if codes and value else value or ""


def _done(row: Row) -> Any:
    return row.values.get("completion_rate")


def _light(known: Mapping[str, Stand], record: str) -> str:
    return known[record].light if record in known else "none"


def _severity(light: str) -> int:
    return LIGHTS.index(light) if light in LIGHTS else -1


def _rate_key(stand: Stand | None) -> tuple[bool, Any]:
    """The lowest rate first; without a rate last."""
    return (True, 0) if stand is None or stand.done is None else (False, stand.done)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
