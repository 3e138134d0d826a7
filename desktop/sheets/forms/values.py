"""What a form is filled with: rows of the book, one value per learned column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.rows import asked
from desktop.sheets.forms.learning import Form, FormColumn
from desktop.sheets.writing.registers import Labels, in_order


class FormNeedsPeriod(OneLedgerError):
    """The form shows figures of a period, and none was named."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"表样“{name}”中有按期填报的数，请写明是哪一期。", "例如 --period 2023-W09 或 2023-03。"
        )


class FormOfOlderScheme(OneLedgerError):
    """The form names a register or field that the book's scheme does not have."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"表样“{name}”用到的“{what}”，本账本的方案中没有。",
            "请用原来的空表重新学一次（form 账本 learn）。",
        )


class FormRow(msgspec.Struct, frozen=True):
    """One row: values by the form's column, as :meth:`Labels.shown` gives them."""

    values: Mapping[int, Any]


class Contents(msgspec.Struct, frozen=True):
    """The rows of a form and the field of each column (None: this period has no such figure)."""

    rows: tuple[FormRow, ...]
    fields: Mapping[int, Field | None]


def contents(book: Book, form: Form, period: Period | None) -> Contents:
    """The rows for ``period``. Raises :class:`FormNeedsPeriod`, :class:`FormOfOlderScheme`."""
    return _Values(book, form, period).contents()


class _Values:
    def __init__(self, book: Book, form: Form, period: Period | None) -> None:
        self.book, self.form, self.period = book, form, period
        if form.kind not in book.scheme.registers:
            raise FormOfOlderScheme(form.name, form.kind)
        self.kind: Register = book.scheme.registers[form.kind]
        self.labels = Labels(book)
        self.homes = {one.column: self._home(one) for one in form.columns}
        ledgers = {home.name for home in self.homes.values() if home and home.shape == "ledger"}
        if period is None and ledgers:
            raise FormNeedsPeriod(form.name)
        self.told = {name: self._told(name) for name in ledgers if name != self.kind.name}

    def contents(self) -> Contents:
        """All rows, in the order that every paper has."""
        kind = self.kind
        rows = self._rows()
        ordered = in_order(self.book, kind, rows, self.labels)
        if kind.owner:
            units = {record: at for at, record in enumerate(self.labels.rows("unit"))}
            ordered.sort(key=lambda row: units.get(row[str(kind.owner)] or "", len(units)))
        fields = {
            one.column: self._field(home, one.field)
            for one in self.form.columns
            for home in [self.homes[one.column]]
        }
        return Contents(tuple(self._row(row) for row in ordered), fields)

    def _rows(self) -> list[dict[str, Any]]:
        kind, subject = self.kind, self.book.scheme.head.subject
        if kind.shape == "ledger":
            return self.book.rows(kind.name, str(self.period), ours=True)
        rows = self.book.rows(kind.name, ours=True)
        if kind.name != subject or self.period is None:
            return rows
        ledger = next(iter(self.told), self.book.scheme.head.weekly)
        due = {
            one.subject for one in asked(self.book, self.book.scheme.register(ledger), self.period)
        }
        return [row for row in rows if row["record"] in due]

    def _row(self, row: dict[str, Any]) -> FormRow:
        values = {}
        for one in self.form.columns:
            home = self.homes[one.column]
            if home is not None:
                values[one.column] = self._value(home, one.field, row)
                if one.also:
                    shared = [values[one.column], *(self._value(home, n, row) for n in one.also)]
                    values[one.column] = _together(self._field(home, one.field), shared)
        return FormRow(values)

    def _value(self, home: Register, name: str, row: dict[str, Any]) -> Any:
        if home.name == self.kind.name:
            found = row.get(name)
        elif home.name == self.kind.of:
            found = self.labels.rows(home.name).get(row[str(self.kind.of)] or "", {}).get(name)
        else:
            subject = row["record"] if self.kind.of is None else row[str(self.kind.of)]
            found = self.told.get(home.name, {}).get(subject, {}).get(name)
        return self.labels.shown(self._field(home, name) or home.by_name[name], found)

    def _field(self, home: Register | None, name: str) -> Field | None:
        return home.by_name[name] if home is not None else None

    def _home(self, column: FormColumn) -> Register | None:
        """The register that answers a column in this period: its own, or a ledger of the period's
        kind under the same subject that has the same field."""
        home = self.book.scheme.registers.get(column.register)
        if home is None or column.field not in home.by_name:
            raise FormOfOlderScheme(self.form.name, column.field)
        if home.shape != "ledger" or self.period is None or self.period.kind in home.period:
            return home
        others = self.book.scheme.registers.values()
        return next(
            (
                one
                for one in others
                if one.shape == "ledger"
                and not one.internal
                and one.of == home.of
                and self.period.kind in one.period
                and column.field in one.by_name
            ),
            None,
        )

    def _told(self, ledger: str) -> dict[str, dict[str, Any]]:
        of = str(self.book.scheme.register(ledger).of)
        return {row[of]: row for row in self.book.rows(ledger, str(self.period), ours=True)}


def _together(field: Field | None, values: list[Any]) -> str | None:
    """Fields that share a column: two dates as 2021.8—2023.12, all else one beside the other."""
    told = [str(value) for value in values if value not in (None, "")]
    if field is not None and field.type == "date":
        told = [f"{int(text[:4])}.{int(text[5:7])}" for text in told]
        return "—".join(told) or None
    return " ".join(told) or None
