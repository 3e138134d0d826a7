"""What a workbook would bring: frozen records, every value with its sheet and cell.

A proposal changes nothing. It is shown beside the source cells, corrected by answers
(:mod:`~desktop.sheets.proposals.answers`), compared with the book (:mod:`~desktop.sheets.joining`)
and only then written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from desktop.ledger.periods import Kind, NoSuchPeriod, Period
from desktop.sheets.proposals.overview import TableSeen
from desktop.sheets.workbook.grid import address, letters

#: The item register whose records are JSON's ``items``; other lists stand under ``lists``.
PROBLEM = "problem"


class Question(msgspec.Struct, frozen=True):
    """What only a person can say. ``value`` is what is proposed, None for nothing; ``record`` the
    project's name or the problem, None for a whole column or table."""

    sheet: str
    cell: str
    record: str | None
    field: str
    text: str
    value: Any
    question: str

    @property
    def id(self) -> str:
        """``sheet!cell:field``, as answers name it."""
        return f"{self.sheet}!{self.cell}:{self.field}"


class Unmapped(msgspec.Struct, frozen=True):
    """A column that was not understood."""

    sheet: str
    column: str
    heading: str
    sample: str | None
    reason: str


class Skipped(msgspec.Struct, frozen=True):
    """A row (from 1; None for a whole sheet) that brings no record, and why; ``used``: what it
    says is read into the rows below it."""

    sheet: str
    row: int | None
    reason: str
    used: bool = False


class Note(msgspec.Struct, frozen=True):
    """A remark on a cell that needs no answer."""

    sheet: str
    cell: str
    text: str


class ColumnRead(msgspec.Struct, frozen=True):
    """How a column was understood; ``fields`` is empty for a running number or a rate."""

    sheet: str
    column: str
    heading: str
    fields: tuple[str, ...]
    confidence: float
    reason: str


class Record(msgspec.Struct, frozen=True, gc=False):
    """One project or item as a row proposes it.

    ``values`` by field; ``homes``: the register of each field; ``columns``: the sheet column of
    each field in ``row`` (from 0), but for those that stand elsewhere, in ``places`` (row, column).
    ``open``: field → id of the question that must be answered before it is written. ``period`` is
    the week or month that the table itself states for its ledger's fields, "" when it does not;
    ``sheets``: field → sheet, for values that stand on another sheet than ``sheet``.
    """

    register: str
    sheet: str
    row: int
    label: str
    values: Mapping[str, Any]
    homes: Mapping[str, str]
    columns: Mapping[str, int]
    places: Mapping[str, tuple[int, int]] = {}
    open: Mapping[str, str] = {}
    period: str = ""
    sheets: Mapping[str, str] = {}

    def place(self, field: str) -> tuple[int, int]:
        """Row and column of the field's value, from 0."""
        return self.places.get(field) or (self.row, self.columns.get(field, 0))

    def cell(self, field: str) -> str:
        """Where the field's value stands, as B5."""
        return address(*self.place(field))

    def origin(self, field: str) -> str:
        """Where the field's value stands, with its sheet."""
        row, column = self.place(field)
        return f"{self.sheets.get(field, self.sheet)}!{letters(column)}{row + 1}"


class Proposal(msgspec.Struct, frozen=True):
    """All that one workbook proposes and all that it leaves open. ``returned`` is the
    :class:`~desktop.sheets.fill_in.returning.Returned` of a fill-in workbook of ours that came
    back: it is joined by its own marks."""

    workbook: str
    unit: str | None
    year: int | None
    week: int | None
    filled_on: date | None
    projects: tuple[Record, ...]
    items: tuple[Record, ...]
    questions: tuple[Question, ...]
    unmapped: tuple[Unmapped, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Note, ...]
    columns: tuple[ColumnRead, ...]
    tables: tuple[TableSeen, ...] = ()
    returned: msgspec.Struct | None = None
    month: int | None = None
    quarter: int | None = None

    @property
    def period(self) -> Period | None:
        """The week that the workbook states, else the month, else the quarter; None when it states
        none, or one that does not exist."""
        stated: tuple[tuple[Kind, int | None], ...] = (
            ("week", self.week),
            ("month", self.month),
            ("quarter", self.quarter),
        )
        for kind, number in stated:
            if self.year is not None and number is not None:
                try:
                    return Period(kind, self.year, number)
                except NoSuchPeriod:
                    return None
        return None

    def to_json(self) -> dict[str, Any]:
        """As ``read-excel --dry-run --json`` prints it (DESIGN): money in yuan, ISO dates."""
        items: dict[str, list[dict[str, Any]]] = {}
        for record in self.items:
            items.setdefault(record.register, []).append(_plain(record, dated=True))
        return {
            "workbook": self.workbook,
            "unit": self.unit,
            "year": self.year,
            "week": self.week,
            "month": self.month,
            "period": str(self.period) if self.period else None,
            "filled_on": self.filled_on.isoformat() if self.filled_on else None,
            "projects": [_plain(record) for record in self.projects],
            "items": items.pop(PROBLEM, []),
            "lists": items,
            "unclear": [question_json(question) for question in self.questions],
            "unmapped": [msgspec.to_builtins(one) for one in self.unmapped],
            "skipped": [msgspec.to_builtins(one) for one in self.skipped],
            "notes": [msgspec.to_builtins(one) for one in self.notes],
            "columns": [
                {**msgspec.to_builtins(one), "fields": list(one.fields)} for one in self.columns
            ],
        }


def question_json(question: Question) -> dict[str, Any]:
    """A question as JSON shows it, with its id."""
    return {"id": question.id, **msgspec.to_builtins(question)}


def _plain(record: Record, *, dated: bool = False) -> dict[str, Any]:
    cells = {name: record.cell(name) for name in record.values}
    return {
        **({"period": record.period} if dated and record.period else {}),
        **record.values,
        "source": {"sheet": record.sheet, "row": record.row + 1, "cells": cells},
    }
