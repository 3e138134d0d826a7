"""What stands in a ledger's cells: its columns by the scheme, and each value as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from desktop.ledger import money, values
from desktop.ledger.definitions import Field, MalformedScheme, Register, Scheme
from desktop.ledger.indicator_definitions import FILE as INDICATORS
from desktop.ledger.indicator_definitions import definitions
from desktop.ledger.ledger_rows import Entry
from desktop.ledger.scheme import convert
from desktop.ledger.store import Store
from desktop.reports.content import Column, SheetSize
from desktop.reports.sums import minus

FILE = "ledgers.toml"
NO_PLAN = "无计划"
NO_LAST_YEAR = "无上年\n同期数"
#: A share that cannot be told: what was done, what it is compared with, what is said without that.
_WITHOUT = {
    "month_rate": ("completed_month", "planned_month", NO_PLAN),
    "growth": ("completed_year", "last_year_to_date", NO_LAST_YEAR),
}
_NOT_PRINTED = frozenset({"photo", "attachment"})
_FIGURES = frozenset({"money", "number", "integer", "percent"})
#: A cell should not have many more lines than this; how many signs a line as wide as a sheet holds,
#: and the width of an empty column where another one needs room.
_LINES, _EMPTY = 15, 8.0
_SIGNS: dict[SheetSize, int] = {"A4": 50, "A4 landscape": 70, "A3 landscape": 119}
_WORDS = frozenset({"date", "month", "flag", "choice", "phone", "code"})


class LedgerColumn(msgspec.Struct, frozen=True):
    """A printed column: the field, whether the subject holds it, its heading."""

    field: Field
    of_subject: bool
    heading: Column

    def value(self, entry: Entry) -> Any:
        """The stored value, None where it is empty."""
        return (entry.subject if self.of_subject else entry.row).get(self.field.name)


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    columns: tuple[str, ...]


def columns_of(
    store: Store,
    register: Register,
    entries: Sequence[Entry],
    *,
    with_period: bool = False,
    leave_out: str | None = None,
) -> list[LedgerColumn]:
    """The columns that are printed: as ``ledgers.toml`` says, else all that hold something.

    ``with_period`` adds the period; ``leave_out`` is a field that the sections say already.
    Raises :class:`MalformedScheme`.
    """
    scheme = store.scheme
    subject = scheme.registers[register.of] if register.of else register
    layout = _layouts(scheme).get(register.name)
    columns: list[LedgerColumn] = []
    if layout is not None:
        columns += _laid_out(subject, register, layout)
    else:
        if register.of and subject.label:
            columns.append(_column(subject.by_name[subject.label], True))
        columns += [
            _column(field, False)
            for field in register.shown
            if field.type not in _NOT_PRINTED
            and field.name != leave_out
            and (field.required or any(entry.row.get(field.name) is not None for entry in entries))
        ]
    if with_period:
        columns.insert(min(1, len(columns)), _column(register.by_name["period"], False))
    return columns


def examine(scheme: Scheme) -> None:
    """Raise :class:`MalformedScheme` for a layout of ``ledgers.toml`` that cannot be printed."""
    for name, layout in _layouts(scheme).items():
        register = scheme.registers[name]
        _laid_out(scheme.registers[register.of] if register.of else register, register, layout)


def _laid_out(subject: Register, register: Register, layout: _Layout) -> list[LedgerColumn]:
    columns = []
    for name in layout.columns:
        of_subject = name.startswith("subject.")
        holder = subject if of_subject else register
        field = holder.by_name.get(name.removeprefix("subject."))
        if field is None:
            reason = f"“{holder.title}”没有栏目“{name}”"
            raise MalformedScheme(FILE, f"{register.name}.columns", reason)
        columns.append(_column(field, of_subject))
    return columns


def _layouts(scheme: Scheme) -> dict[str, _Layout]:
    """``ledgers.toml`` by register; a scheme may do without it."""
    layouts = {}
    for name, table in scheme.toml(FILE).items():
        if name not in scheme.registers:
            raise MalformedScheme(FILE, name, "没有这个册")
        try:
            layouts[name] = convert(FILE, table, _Layout)
        except MalformedScheme as error:
            raise MalformedScheme(FILE, f"{name}.{error.key}".rstrip("."), error.reason) from None
    return layouts


def _column(field: Field, of_subject: bool) -> LedgerColumn:
    kind: Literal["text", "figure", "word"] = "text"
    if field.type in _FIGURES:
        kind = "figure"
    elif field.type in _WORDS or field.name == "period":
        kind = "word"
    path = (field.group, field.title) if field.group else (field.title,)
    return LedgerColumn(field, of_subject, Column(path, kind, float(field.width)))


def with_room(
    columns: Sequence[LedgerColumn], entries: Sequence[Entry], size: SheetSize
) -> list[LedgerColumn]:
    """The columns, those with very long texts wider, so that no row runs over sheet after sheet.

    Empty columns of text then give way. Ordinary texts change nothing.
    """
    widths = [column.heading.weight for column in columns]
    whole = sum(widths)
    longest = [
        max((len(str(column.value(entry) or "")) for entry in entries), default=0)
        if column.heading.kind == "text" and column.field.of is None
        else 0
        for column in columns
    ]
    wanted = [length / _LINES * whole / _SIGNS[size] for length in longest]
    if not any(want > width for want, width in zip(wanted, widths, strict=True)):
        return list(columns)
    found = []
    for column, width, want in zip(columns, widths, wanted, strict=True):
        weight = min(max(width, want), whole)
        if not want and column.heading.kind == "text":
            weight = min(width, _EMPTY)
        found.append(replace(column, heading=replace(column.heading, weight=weight)))
    return found


class Links:
    """What linked records are called."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels: dict[str, dict[str, str]] = {}

    def name(self, register: str, record: str | None) -> str:
        """The label of a record, a unit's short name; "" for none."""
        if record is None:
            return ""
        if register not in self._labels:
            definition = self._store.scheme.registers[register]
            label = f'"{definition.label or "record"}"'
            title = f"coalesce(short, {label})" if "short" in definition.by_name else label
            rows = self._store.select(f'SELECT record, {title} AS name FROM "{register}"')
            self._labels[register] = {row["record"]: row["name"] or "" for row in rows}
        return self._labels[register].get(record, "")


def cell(store: Store, links: Links, column: LedgerColumn, entry: Entry) -> str:
    """The text of a cell that holds no money."""
    field, value = column.field, column.value(entry)
    parts = share_of(store, field)
    if parts is not None and all(name in entry.row or name in entry.subject for name in parts):
        return rate_of([entry], *parts)
    if field.of is not None:
        return links.name(field.of, value)
    if value is None and field.name in _WITHOUT:
        done, compared, said = _WITHOUT[field.name]
        told = entry.reported and entry.get(done) is not None and entry.get(compared) is None
        return said if told else ""
    text = values.shown(store.scheme, field, value)
    return minus(text) if field.type in _FIGURES else text


def share_of(store: Store, field: Field) -> tuple[str, str] | None:
    """For a percentage that is an indicator too: the fields that it divides."""
    if field.type != "percent" or INDICATORS not in store.scheme.texts:
        return None
    indicator = definitions(store.scheme).indicators.get(field.name)
    if indicator is None or indicator.part is None or indicator.whole is None:
        return None
    return indicator.part, indicator.whole


def rate_of(entries: Sequence[Entry], part: str, whole: str) -> str:
    """``part`` ÷ ``whole`` of several rows from the unrounded sums; 无计划 without a whole."""
    parts = [entry.get(part) for entry in entries]
    if all(value is None for value in parts):
        return ""
    wholes = sum(entry.get(whole) or 0 for entry in entries)
    return money.format_rate(
        money.rate(sum(value or 0 for value in parts), wholes), missing=NO_PLAN
    )
