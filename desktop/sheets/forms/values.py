"""What a form is filled with: rows of the book, one value per learned column.

A project's items (its problems) are lines of its row where the form shows both; closed ones are
left out unless the form has a column that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.rows import asked
from desktop.sheets.forms.form import Form, FormColumn, Place
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
    """One row: values by :attr:`FormColumn.place`, as :meth:`Labels.shown` gives them; ``lines``
    are those of its items, for columns that each item has its own value in.

    ``subject`` is the file's record that the row is about, ``label`` its name, ``unit`` its unit.
    """

    values: Mapping[Place, Any]
    lines: tuple[Mapping[Place, Any], ...] = ()
    subject: Mapping[str, Any] = {}
    label: str = ""
    unit: str | None = None


class Contents(msgspec.Struct, frozen=True):
    """The rows of a form and the field of each column (None: this period has no such figure);
    ``by_item`` are the columns of items."""

    rows: tuple[FormRow, ...]
    fields: Mapping[Place, Field | None]
    by_item: frozenset[Place] = frozenset()


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
        self.homes = {one.place: self._home(one) for one in form.columns}
        ledgers = {home.name for home in self.homes.values() if home and home.shape == "ledger"}
        if period is None and ledgers:
            raise FormNeedsPeriod(form.name)
        self.told = {name: self._told(name) for name in ledgers if name != self.kind.name}
        lists = {home.name: home for home in self.homes.values() if home and self._hangs(home)}
        self.items = {name: self._items(home) for name, home in lists.items()}

    def contents(self) -> Contents:
        """All rows, in the order that every paper has."""
        kind = self.kind
        rows = self._rows()
        ordered = in_order(self.book, kind, rows, self.labels)
        if kind.owner:
            units = {record: at for at, record in enumerate(self.labels.rows("unit"))}
            ordered.sort(key=lambda row: units.get(row[str(kind.owner)] or "", len(units)))
        fields = {
            one.place: self._field(home, one.field)
            for one in self.form.columns
            for home in [self.homes[one.place]]
        }
        by_item = frozenset(
            at
            for at, home in self.homes.items()
            if home and (home.name in self.items or (home is kind and kind.shape == "list"))
        )
        return Contents(tuple(self._row(row) for row in ordered), fields, by_item)

    def _hangs(self, home: Register) -> bool:
        """Whether a register's records are items of this form's rows."""
        return home.shape == "list" and home.of == self.kind.name

    def _items(self, home: Register) -> dict[str, list[dict[str, Any]]]:
        """The records of a list by their subject; open ones, unless the form shows how they
        stand."""
        ends = {
            field.name: codes.closed
            for field in home.field
            for codes in [self.book.scheme.code_list(field)]
            if codes is not None and codes.closed
        }
        shown = {one.field for one in self.form.columns if self.homes[one.place] is home}
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.book.rows(home.name, ours=True):
            if shown & set(ends) or not any(row.get(name) in ends[name] for name in ends):
                found.setdefault(str(row[str(home.of)]), []).append(row)
        return found

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
        subject = self._subject(row)
        lists = {name: self.items[name].get(str(row["record"]), []) for name in self.items}
        lines = [
            self._values({name: found[at] for name, found in lists.items() if at < len(found)})
            for at in range(max(map(len, lists.values()), default=0))
        ]
        holder = self.kind if self.kind.of is None else self.book.scheme.register(self.kind.of)
        unit = subject.get(holder.owner) if holder.owner else None
        return FormRow(
            values=self._values(
                {home.name: row for home in self.homes.values() if home} | dict.fromkeys(self.items)
            ),
            lines=tuple(lines),
            subject=subject,
            label=str(subject.get(holder.label or "") or row["record"]),
            unit=subject.get("record") if holder.name == "unit" else unit,
        )

    def _subject(self, row: dict[str, Any]) -> Mapping[str, Any]:
        """The record of the file that a row is about."""
        if self.kind.of is None:
            return row
        return self.labels.rows(self.kind.of).get(row[self.kind.of] or "", {})

    def _values(self, rows: Mapping[str, dict[str, Any] | None]) -> dict[Place, Any]:
        """The values of all columns whose register has a row."""
        values = {}
        for one in self.form.columns:
            home = self.homes[one.place]
            row = rows.get(home.name) if home is not None else None
            if home is None or row is None:
                continue
            values[one.place] = self._value(home, one.field, row)
            if one.also:
                shared = [values[one.place], *(self._value(home, n, row) for n in one.also)]
                values[one.place] = _together(self._field(home, one.field), shared)
        return values

    def _value(self, home: Register, name: str, row: dict[str, Any]) -> Any:
        if home.name == self.kind.name or home.name in self.items:
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
