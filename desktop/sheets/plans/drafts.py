"""One record of a plan while it grows: the workbook's values beside the book's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.ledger import values as ledger_values
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.fold import same
from desktop.sheets.plans.plan import FieldPlan, Step, What
from desktop.sheets.proposals.proposal import Record


class Draft:
    """A step in the making. ``present`` is the book's row, None for a new record; ``level`` is the
    level of the book's unit, which decides what it may fill."""

    def __init__(
        self,
        scheme: Scheme,
        register: Register,
        subject: str,
        record: Record,
        present: Mapping[str, Any] | None,
        level: str,
    ) -> None:
        self.scheme, self.register, self.subject = scheme, register, subject
        self.first, self.present, self.level = record, present, level
        self.fields: dict[str, FieldPlan] = {}
        self.fixed: dict[str, str] = {}

    def fill(self, names: Iterable[str], record: Record) -> list[str]:
        """Set the fields of a record's first row, of which none is open. Returns those that name
        records of another register: what they mean is for the caller to find."""
        fields, by_name, book = self.fields, self.register.by_name, self.present or {}
        links: list[str] = []
        for name in names:
            value, held = record.values[name], book.get(name)
            if value is not None and by_name[name].of is not None:
                links.append(name)
            elif value is not None or held is not None:
                what = self._what(name, value, held)
                if what is not None:
                    fields[name] = FieldPlan(name, what, value, held, record)
        return links

    def differs(self, name: str, value: Any) -> bool:
        """Whether another row of the workbook has put another value here."""
        held = self.fields.get(name)
        if held is None or held.workbook is None or value is None:
            return False
        return not self.agrees(name, held.workbook, value)

    def put(self, name: str, value: Any, source: Record | str, *, held_back: bool = False) -> None:
        """Set a field, read from ``source``; a blank never takes the place of a value."""
        before = self.fields.get(name)
        if value is None and before is not None and before.workbook is not None and not held_back:
            return
        book = self.present.get(name) if self.present else None
        what: What | None = "open" if held_back else self._what(name, value, book)
        if what is not None:
            self.fields[name] = FieldPlan(name, what, value, book, source)

    @property
    def place(self) -> str:
        """Where the record's name stands in the workbook."""
        label = self.register.label or "name"
        held = self.fields.get(label)
        return held.origin if held is not None else self.first.origin(label)

    def step(self) -> Step:
        """The finished step."""
        return Step(
            register=self.register.name,
            record=self.present["record"] if self.present else None,
            label=self.first.label,
            subject=self.subject,
            sheet=self.first.sheet,
            row=self.first.row,
            fields=tuple(self.fields.values()),
            fixed=self.fixed,
        )

    def _what(self, name: str, value: Any, book: Any) -> What | None:
        if value is None:
            return None if book is None else "kept"
        if book is not None and self.agrees(name, value, book):
            return "same"
        levels = self.register.by_name[name].filled_by or self.register.filled_by
        if levels and self.level and self.level not in levels:
            return "barred"
        return "new" if book is None else "different"

    def agrees(self, name: str, one: Any, other: Any) -> bool:
        """Whether two values of a field are one, in whichever form they are given."""
        if same(one, other):  # most are
            return True
        field = self.register.by_name[name]
        if field.of is not None:
            return bool(one == other)
        admitted = [ledger_values.admit(self.scheme, field, value) for value in (one, other)]
        return bool(same(*admitted))
