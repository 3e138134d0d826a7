"""Registers as workbooks (xlsx): what is written comes back equal through the reader.

:func:`register_sheet` makes the plain content of a register, :func:`write_register` puts sheets
into a file, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.definitions import Field, Register
from desktop.ledger.ledger_rows import UNREPORTED, entries_of, of_projects
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.writing.drafts import drafting, put_in_place
from desktop.sheets.writing.drawing import draw
from desktop.sheets.writing.lists import LISTS, Lists
from desktop.sheets.writing.looks import Column, Remarks, Sheet

#: What a ledger or list shows of its project beside its own fields.
OF_PROJECT = ("name", "code", "unit", "level", "total_investment", "annual_plan")
OF_PROJECT_IN_LISTS = ("name", "unit")
#: Says of a row that its project has not filled the period; no field has such a name.
_SILENT = "*silent"
_COUNTED = frozenset({"photo", "attachment"})
MOST_ROWS = 1_000_000


class TooManyRows(OneLedgerError):
    """More rows than a worksheet holds."""

    def __init__(self, title: str, rows: int) -> None:
        super().__init__(
            f"“{title}”有 {rows} 行，超过了一张工作表的上限 {MOST_ROWS} 行。",
            "请分期次或分单位导出。",
        )


def write_register(path: Path, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Write ``sheets`` as one workbook at ``path``, whole or not at all; folders are made.

    Returns sentences about what had to be cut or cleaned. Raises :class:`TooManyRows`,
    :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    from openpyxl import Workbook

    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise TooManyRows(sheet.title, len(sheet.rows))
    remarks = Remarks()
    names, lists = {LISTS}, Lists()
    data = BytesIO()
    with drafting(path):
        workbook = Workbook(write_only=True)
        for sheet in sheets:
            draw(workbook, sheet, remarks, names, lists)
        lists.write(workbook, remarks)
        workbook.save(data)
    put_in_place(path, data.getbuffer())
    return remarks.sentences()


def register_sheet(
    book: Book, register: str, period: str | None = None, *, demonstration: bool = False
) -> Sheet:
    """The content of a register as a sheet; of a ledger one ``period`` (``2023-W09``), or all.

    The weekly and the monthly ledger have the rows that they have on paper: every project that
    counts, with what it reached before where it has not filled, and 未报. Raises what the scheme
    raises for a register that does not exist.
    """
    definition = book.scheme.register(register)
    said = periods.parse_period(period) if period is not None else None
    labels = Labels(book)
    rows, note = _rows(book, definition, said)
    rows = in_order(book, definition, rows, labels)
    columns: list[Column] = []
    values: list[list[Any]] = []
    for column, cells in _of_subject(book, definition, rows, labels):
        columns.append(column)
        values.append(cells)
    if definition.shape == "ledger" and period is None:
        columns.append(Column(("期次",), "text", 10))
        values.append([row["period"] for row in rows])
    for field in definition.shown:
        if field.type in _COUNTED and not any(row.get(field.name) for row in rows):
            continue
        columns.append(_column(book, field))
        values.append([_value(labels, field, row) for row in rows])
    unit = labels.of("unit", book.unit)
    dates = f"    {periods.label(said, book.week_last_day)}" if said else ""
    return Sheet(
        title=f"{unit}{definition.title}" + (f"（{said.title}）" if said else ""),
        columns=tuple(columns),
        rows=list(zip(*values, strict=True)),
        name=definition.title,
        unit=book.scheme.head.money_unit,
        left=f"填报单位：{unit}{dates}",
        note=note,
        demonstration=demonstration,
    )


def _rows(
    book: Book, definition: Register, period: Period | None
) -> tuple[list[dict[str, Any]], str]:
    """The rows and what has to be said below them."""
    if not of_projects(book, definition, period):
        return book.rows(definition.name, str(period) if period else None, ours=True), ""
    entries, note = entries_of(book, definition, period)
    of = str(definition.of)
    rows = [
        {**entry.row, of: entry.subject["record"], _SILENT: not entry.reported} for entry in entries
    ]
    return rows, note


def _value(labels: Labels, field: Field, row: dict[str, Any]) -> Any:
    """A value as the sheet holds it; 未报 where a project has not said what it was to say."""
    value = row.get(field.name)
    silent = value is None and field.required and row.get(_SILENT)
    return UNREPORTED if silent else labels.shown(field, value)


class Labels:
    """Links as people read them: a unit's name, a project's name."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}

    def rows(self, register: str) -> dict[str, dict[str, Any]]:
        """The records of a register by identity."""
        if register not in self._rows:
            found = self.book.rows(register)
            self._rows[register] = {row["record"]: row for row in found}
        return self._rows[register]

    def of(self, register: str, record: str | None) -> str | None:
        """A record's label."""
        label = self.book.scheme.register(register).label
        row = self.rows(register).get(record or "")
        return str(row[label]) if row and label and row.get(label) else None

    def shown(self, field: Field, value: Any) -> Any:
        """A stored value as the sheet holds it."""
        if value is None:
            return None
        if field.of is not None:
            return self.of(field.of, value)
        if field.type in _COUNTED:
            return f"{len(msgspec.json.decode(value))} 件"
        if field.type == "choices":
            return msgspec.json.decode(value)
        codes = self.book.scheme.code_list(field)
        if codes is not None and str(value).isascii():  # a name for the program, not for people
            return codes.title_of(value)
        return value


def _of_subject(
    book: Book, definition: Register, rows: list[dict[str, Any]], labels: Labels
) -> list[tuple[Column, list[Any]]]:
    """The columns that say whose row it is."""
    if definition.of is None:
        return []
    subject = book.scheme.register(definition.of)
    wanted: tuple[str, ...] = (subject.label,) if subject.label else ()
    if definition.of == book.scheme.head.subject:
        wanted = OF_PROJECT if definition.shape == "ledger" else OF_PROJECT_IN_LISTS
    of = str(definition.of)
    found = []
    for name in wanted:
        field = subject.by_name.get(name)
        if field is None or field.retired:
            continue
        subjects = labels.rows(of)
        cells = [labels.shown(field, subjects.get(row[of] or "", {}).get(name)) for row in rows]
        found.append((_column(book, field), cells))
    return found


def in_order(
    book: Book, definition: Register, rows: list[dict[str, Any]], labels: Labels
) -> list[dict[str, Any]]:
    """Rows as people expect them: by unit as the district orders them, by project, by period."""
    if definition.of is None:
        return rows
    subjects = labels.rows(definition.of)
    owner = book.scheme.register(definition.of).owner
    units = sorted(
        labels.rows("unit").values(),
        key=lambda row: (row["order"] is None, row["order"] or 0, row["name"]),
    )
    place = {row["record"]: number for number, row in enumerate(units)}
    position = {record: number for number, record in enumerate(subjects)}

    def order(row: dict[str, Any]) -> tuple[int, int]:
        of = row[str(definition.of)] or ""
        unit = subjects.get(of, {}).get(owner) if owner else of
        return place.get(unit or "", len(place)), position.get(of, len(position))

    return sorted(rows, key=order)


def _column(book: Book, field: Field) -> Column:
    codes = book.scheme.code_list(field)
    kind = "text" if field.of is not None or field.type in _COUNTED else field.type
    return Column(
        path=(field.group, field.title) if field.group else (field.title,),
        type=kind,
        width=field.width,
        choices=tuple(
            (item.title or item.name) if item.name.isascii() else item.name
            for item in (codes.items if codes else ())
            if not item.retired
        ),
        total=field.type == "money",
    )


__all__ = ["Column", "Sheet", "TooManyRows", "register_sheet", "write_register"]
