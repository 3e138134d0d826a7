"""What a sheet shows, read from the book: which rows in which order, and the rows themselves.

Qt-free. Opening reads the first screen's keys (:func:`keys` with a limit, which stops as soon as it
has them) and their rows; all keys, sums and findings come with later readings, rows as they are
scrolled to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from desktop.ledger import values
from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.expressions import guarded
from desktop.ledger.store import READING_STEPS, Store, named
from desktop.ui.forms import initials
from desktop.ui.grid import columns, filtering, lights
from desktop.ui.grid.columns import Placed
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.relation import Relation, of_register, of_week

#: More rows than these come in the order in which they lie in the file, and page by page.
LARGE = 3000


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row made for showing.

    ``key`` is the project of a week's row, the record of any other; ``record`` is "" where nothing
    was filled yet. ``values`` are stored, ``texts`` as people read them, both by column;
    ``offers`` what is proposed, by field, whether the cell is empty or not.
    """

    key: str
    record: str
    unit: str
    name: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]
    offers: Mapping[str, Any] = {}


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: a register's columns and where its rows come from; ``period`` "" for a list."""

    register: Register
    placed: tuple[Placed, ...]
    relation: Relation
    period: str = ""
    weekly: bool = False
    places: Mapping[str, int] = {}

    def __post_init__(self) -> None:
        places = {one.name: at for at, one in enumerate(self.placed)}
        msgspec.structs.force_setattr(self, "places", places)

    def column(self, name: str) -> int:
        """The column called so, -1 when there is none."""
        return self.places.get(name, -1)


def sheet_of(scheme: Scheme, register: str, period: str, level: str, *, many_units: bool) -> Sheet:
    """The sheet of a register: the week's ledger with all its projects, else its records.

    ``level`` is the book's own; ``many_units``: it looks after several.
    """
    definition = scheme.register(register)
    if register == scheme.head.weekly:
        placed = columns.weekly_columns(scheme, definition, level, many_units=many_units)
        found = of_week(scheme, definition, placed, period, many_units=many_units)
        return Sheet(definition, placed, found, period, weekly=True)
    placed = columns.record_columns(scheme, definition, level, many_units=many_units)
    return Sheet(definition, placed, of_register(scheme, definition, placed, many_units=many_units))


def is_large(store: Store, sheet: Sheet) -> bool:
    """Whether the sheet may have more rows than can be read and arranged at once."""
    (last,) = store.connection.execute(
        f'SELECT max(rowid) FROM "{sheet.relation.table}"'
    ).fetchone()
    return (last or 0) > LARGE


def keys(store: Store, sheet: Sheet, asked: Asked, limit: int | None = None) -> tuple[str, ...]:
    """The keys of the wanted rows in their order; the first ``limit`` of them."""
    relation, large = sheet.relation, is_large(store, sheet)
    found = _found(store, sheet, asked)
    clauses, given = filtering.where(relation, sheet.placed, asked, found)
    order = filtering.order(relation, sheet.placed, asked, large=large)
    spoken = _spoken(sheet, asked)
    selected = [relation.key, *([spoken] if spoken else [])]
    statement = _statement(sheet, selected, clauses, order)
    if limit is not None and not spoken:
        statement += f" LIMIT {int(limit)}"
    rows = _fetched(store, sheet, statement, given)
    if spoken:
        rows = _by_sound(store, sheet, asked, rows)[:limit]
    return tuple(row[0] for row in rows)


def rows(store: Store, sheet: Sheet, wanted: Sequence[str]) -> dict[str, Row]:
    """The rows of these keys, in no order; those that are gone are missing."""
    relation = sheet.relation
    names = [one.name for one in sheet.placed]
    offered = list(relation.offers)
    selected = [
        relation.key,
        relation.record,
        relation.unit,
        relation.name,
        *(relation.expressions[name] for name in names),
        *(relation.offers[name] for name in offered),
    ]
    source = relation.source(selected, plain=True)
    statement = (
        f"SELECT {', '.join(selected)} FROM {source}"
        f" WHERE {relation.key} IN (SELECT value FROM json_each(:wanted))"
    )
    fetched = _fetched(store, sheet, statement, {"wanted": json_text(list(wanted))})
    if not fetched:
        return {}
    links = _links(store, sheet, fetched)
    end = 4 + len(names)
    columns = zip(*(row[4:end] for row in fetched), strict=True)
    shown = [
        _texts(store, one.field, column, links)
        for one, column in zip(sheet.placed, columns, strict=True)
    ]
    made = {}
    for row, texts in zip(fetched, zip(*shown, strict=True), strict=True):
        key, record, unit, name = row[:4]
        offers = {
            field: value
            for field, value in zip(offered, row[end:], strict=True)
            if value is not None
        }
        made[key] = Row(key, record or "", unit or "", name or "", row[4:end], texts, offers)
    return made


def sums(store: Store, sheet: Sheet, asked: Asked, figures: Mapping[str, str]) -> dict[str, int]:
    """The sums of ``figures`` (name → SQL) over the wanted rows, and ``""``: how many there are."""
    clauses, given = filtering.where(
        sheet.relation, sheet.placed, asked, _found(store, sheet, asked)
    )
    selected = ["count(*)", *(f"sum({sql})" for sql in figures.values())]
    (row,) = _fetched(store, sheet, _statement(sheet, selected, clauses, ""), given)
    return {name: value or 0 for name, value in zip(["", *figures], row, strict=True)}


def selected(
    store: Store, sheet: Sheet, asked: Asked, expressions: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The keys of the wanted rows, in no order, each with these expressions."""
    found = _found(store, sheet, asked)
    clauses, given = filtering.where(sheet.relation, sheet.placed, asked, found)
    statement = _statement(sheet, [sheet.relation.key, *expressions], clauses, "")
    return _fetched(store, sheet, statement, given)


def labels_of(store: Store, field: Field) -> dict[str, str]:
    """What every record is called that the field may link to; empty for a field without link."""
    if field.of is None:
        return {}
    rows = store.connection.execute(f'SELECT record FROM "{field.of}"')
    return _labels(store, field, [record for (record,) in rows])


def _statement(sheet: Sheet, selected: Sequence[str], clauses: Sequence[str], order: str) -> str:
    relation = sheet.relation
    alive = [] if sheet.weekly else ["this.removed = 0", relation.ours]
    if not sheet.weekly and sheet.register.of:
        alive.append("coalesce(subject.removed, 1) = 0")
    clauses = [*alive, *clauses]
    statement = f"SELECT {', '.join(selected)} FROM {relation.source([*selected, *clauses, order])}"
    if clauses:
        statement += f" WHERE {' AND '.join(clauses)}"
    return f"{statement} ORDER BY {order}" if order else statement


def _fetched(
    store: Store, sheet: Sheet, statement: str, given: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    try:
        with guarded(store.connection, sheet.register.title, steps=READING_STEPS):
            cursor = store.connection.execute(statement, {**sheet.relation.parameters, **given})
            return cursor.fetchall()
    except sqlite3.Error as error:
        raise named(error, store.name) from error


def _found(store: Store, sheet: Sheet, asked: Asked) -> Collection[str] | None:
    """The rows that text, lights and findings leave; None when they leave all."""
    found: set[str] | None = None if asked.only is None else set(asked.only)
    if asked.text.strip():
        fits = initials.fits(asked.text)
        relation = sheet.relation
        selected = [relation.key, *relation.searched]
        rows = _fetched(store, sheet, _statement(sheet, selected, [], ""), {})
        fitting = {key for key, *texts in rows if any(fits(text) for text in texts)}
        found = fitting if found is None else found & fitting
    if asked.lights and sheet.weekly:
        lit = lights.lit(store, sheet.period)
        shining = {key for key, one in lit.items() if one.light in asked.lights}
        found = shining if found is None else found & shining
    return found


def _spoken(sheet: Sheet, asked: Asked) -> str:
    """The expression of the text column by which is sorted, "" for another or none."""
    at = sheet.column(asked.sort)
    if at < 0 or sheet.placed[at].field.type not in filtering.SPOKEN:
        return ""
    return sheet.relation.expressions[asked.sort]


def _by_sound(
    store: Store, sheet: Sheet, asked: Asked, rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """``rows`` (key, text) by the pinyin of their text, empty ones last."""
    field = sheet.placed[sheet.column(asked.sort)].field
    labels = _labels(store, field, {row[1] for row in rows}) if field.of else {}
    filled = [row for row in rows if row[1] is not None]
    spoken = {row[1]: initials.sounds(labels.get(row[1], str(row[1]))) for row in filled}
    filled.sort(key=lambda row: spoken[row[1]], reverse=asked.descending)
    return filled + [row for row in rows if row[1] is None]


def _links(
    store: Store, sheet: Sheet, fetched: Sequence[tuple[Any, ...]]
) -> dict[tuple[str, str], str]:
    """What the linked records are called, by register and record."""
    found = {}
    for at, one in enumerate(sheet.placed):
        if one.field.of is not None:
            records = {row[4 + at] for row in fetched}
            for record, name in _labels(store, one.field, records).items():
                found[one.field.of, record] = name
    return found


def _labels(store: Store, field: Field, records: Collection[str | None]) -> dict[str, str]:
    """The labels of linked records, a unit's short name."""
    register = store.scheme.registers[str(field.of)]
    label = f'"{register.label or "record"}"'
    title = f"coalesce(short, {label})" if "short" in register.by_name else label
    wanted = json_text(sorted(record for record in records if record))
    return dict(
        store.connection.execute(
            f'SELECT record, {title} FROM "{register.name}"'
            " WHERE record IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
    )


def _texts(
    store: Store, field: Field, column: Sequence[Any], links: Mapping[tuple[str, str], str]
) -> list[str]:
    """A column's values as people read them; equal values are worded once."""
    known: dict[Any, str] = {None: ""}
    for value in set(column):
        if value is not None and field.of is not None:
            known[value] = links.get((field.of, value), "")
        elif value is not None:
            known[value] = values.shown(store.scheme, field, value)
    return [known[value] for value in column]
