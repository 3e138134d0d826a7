"""Tables written with their truth: headings with merges, rows, sections, sums, questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.workbooks.sheet import Cell, Sheet
from tests.workbooks.truth import EMPTY, LEFT, UP, Book, Said, meaning, shown_text


@dataclass(frozen=True)
class Section:
    """A row of the body that says something of the rows below it, as `level="省"`."""

    text: str
    carries: dict[str, str | None] = field(default_factory=dict)
    merged: bool = True
    column: int = 1


@dataclass(frozen=True)
class Total:
    """A row of sums."""

    cells: Sequence[Cell]


@dataclass(frozen=True)
class Again:
    """The headings once more, in the middle of the body."""


@dataclass(frozen=True)
class Gap:
    """A row without anything."""


@dataclass(frozen=True)
class Note:
    """A row of prose inside the body."""

    text: str


@dataclass(frozen=True)
class Nameless:
    """A row of data without a name: it is skipped and asked about; `column` counts from 0."""

    cells: Sequence[Cell]
    column: int
    question: str


Row = Sequence[Cell | Said]


Body = Sequence[Row | Section | Total | Again | Gap | Note | Nameless]


def cells(text: str, *others: Any) -> list[Any]:
    """Cells written side by side: `cells("1 | 污水厂 | 8600.5 | '007 | {}", date(2023, 3, 1))`.

    Numbers are numbers, a quotation mark before makes them text, as in Excel; each `{}` takes the
    next of `others`; `<` and `^` are LEFT and UP.
    """
    rest = iter(others)
    out: list[Any] = []
    for part in text.split("|"):
        part = part.strip()
        if part == "{}":
            out.append(next(rest))
        elif re.fullmatch(r"-?\d+", part):
            out.append(int(part))
        elif re.fullmatch(r"-?\d+\.\d+", part):
            out.append(float(part))
        else:
            out.append(part.removeprefix("'"))
    if next(rest, None) is not None:
        raise ValueError(f"more values than places: {text}")
    return out


def columns(text: str) -> list[str | None]:
    """The fields of a table's columns: `columns("- | name | total_investment@亿元")`; - is none."""
    return [None if part.strip() == "-" else part.strip() for part in text.split("|")]


def paths(head: Sequence[Sequence[Cell]]) -> list[str]:
    """The heading of every column, joined from top to bottom; neighbours of one meaning once."""
    width = max(len(row) for row in head)
    filled: list[list[str]] = []
    for y, row in enumerate(head):
        line: list[str] = []
        for x in range(width):
            text = row[x] if x < len(row) else None
            if text == LEFT:
                line.append(line[-1])
            elif text == UP:
                line.append(filled[y - 1][x])
            else:
                line.append("".join(shown_text(text).split()))
        filled.append(line)
    out: list[str] = []
    previous: str | None = None
    for x in range(width):
        parts: list[str] = []
        for line in filled:
            if line[x] and (not parts or parts[-1] != line[x]):
                parts.append(line[x])
        path = "/".join(parts)
        if path and path != previous:
            out.append(path)
        previous = path
    return out


def write_head(sheet: Sheet, top: int, left: int, head: Sequence[Sequence[Cell]]) -> None:
    """Write a header grid with its merges."""
    for y, row in enumerate(head):
        for x, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            sheet.put(top + y, left + x, text)
            right = x
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = y
            while (
                bottom + 1 < len(head) and x < len(head[bottom + 1]) and head[bottom + 1][x] == UP
            ):
                bottom += 1
            sheet.merge(top + y, left + x, top + bottom, left + right)


def table(
    book: Book,
    sheet: Sheet,
    top: int,
    head: Sequence[Sequence[Cell]],
    fields: Sequence[str | None],
    body: Body,
    *,
    unit: str | None = None,
    table_unit: str | None = None,
    left: int = 1,
    kind: str = "project",
    numbering: Sequence[Cell] | None = None,
    carries: dict[str, str | None] | None = None,
) -> int:
    """Write a table and its truth; the row below it is returned.

    `fields`: per column a field, `field@unit` for a money column with a unit of its own,
    `a+b` for a column of two fields, or None. `kind`: `project`, `item` or `other` (no records).
    `unit`: that of the plain money columns; `table_unit`: what the unit line says when no money
    field hangs on it.
    """
    write_head(sheet, top, left, head)
    width = max(len(row) for row in head)
    row = top + len(head)
    numbered: list[int] = []
    if numbering is not None:
        sheet.line(row, list(numbering), left)
        numbered.append(row)
        row += 1
    carried: dict[str, str | None] = dict(carries or {})
    totals: list[int] = []
    sections: list[int] = []
    data = 0
    for entry in body:
        if isinstance(entry, Section):
            start = left + entry.column - 1
            sheet.put(row, start, entry.text)
            if entry.merged:
                sheet.merge(row, start, row, left + width - 1)
            sections.append(row)
            book.skip(sheet, row, "section", entry.text)
            carried |= entry.carries
        elif isinstance(entry, Total):
            sheet.line(row, list(entry.cells), left)
            totals.append(row)
            book.skip(sheet, row, "total", next(str(c) for c in entry.cells if isinstance(c, str)))
        elif isinstance(entry, Again):
            write_head(sheet, row, left, head)
            for _ in head:
                book.skip(sheet, row, "heading", "重复表头")
                row += 1
            continue
        elif isinstance(entry, Note):
            sheet.banner(row, entry.text, left, left + width - 1)
            book.skip(sheet, row, "note", entry.text)
        elif isinstance(entry, Nameless):
            sheet.line(row, list(entry.cells), left)
            data += 1
            book.skip(sheet, row, "blank name", "没有名称")
            book.ask(sheet, row, left + entry.column, "", "name", entry.question)
        elif not isinstance(entry, Gap):
            data += 1
            record = read_row(book, sheet, row, left, fields, entry, unit)
            if kind != "other":
                full = record | {k: v for k, v in carried.items() if k not in record}
                if kind == "project":
                    if book.projects is None:
                        raise ValueError(f"{book.name}: projects are not judged")
                    book.projects.append(full)
                else:
                    book.items = [*(book.items or []), full]
        row += 1
    found: dict[str, Any] = {
        "sheet": sheet.name,
        "header_rows": [top, top + len(head) - 1],
        "headings": paths(head),
        "data_rows": data,
        "totals_rows": totals,
        "unit": table_unit or unit,
    }
    if sections:
        found["section_rows"] = sections
    if numbered:
        found["numbering_rows"] = numbered
    if book.tables is not None:
        book.tables.append(found)
    return row


def read_row(
    book: Book,
    sheet: Sheet,
    row: int,
    left: int,
    fields: Sequence[str | None],
    cells: Row,
    unit: str | None,
) -> dict[str, Any]:
    """Write one row of data and say its truth."""
    if len(cells) > len(fields):
        raise ValueError(f"{book.name} row {row}: {len(cells)} cells for {len(fields)} columns")
    record: dict[str, Any] = {}
    questions: list[tuple[int, str, str, Any]] = []
    for x, cell in enumerate(cells):
        declared = fields[x]
        shown = cell.shown if isinstance(cell, Said) else cell
        sheet.put(row, left + x, shown)
        if declared is None:
            continue
        names, _, own = declared.partition("@")
        split = names.split("+")
        if isinstance(cell, Said):
            values = cell.means if len(split) > 1 else (cell.means,)
            if cell.may:
                for name in split:
                    book.may(sheet, row, left + x, name)
            if cell.ask is not None:
                questions.append((left + x, split[0], cell.ask, values[0]))
        elif len(split) > 1:
            if shown is not None and str(shown).strip() not in EMPTY:
                raise ValueError(f"{declared}: write {shown!r} as Said")
            values = (None,) * len(split)
        else:
            values = (meaning(names, own or unit, shown),)
        record |= dict(zip(split, values, strict=True))
    for name in (n for f in fields if f for n in f.partition("@")[0].split("+")):
        record.setdefault(name, None)
    title = str(record.get("name") or record.get("problem") or "")
    for column, name, question, value in questions:
        book.ask(sheet, row, column, title, name, question, value)
    return record
