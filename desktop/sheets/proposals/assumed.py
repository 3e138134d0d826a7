"""The year that a workbook does not write: what was read of the book's own year is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop.ledger.definitions import Scheme
from desktop.sheets.meaning.wording import has_year
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Note, Record
from desktop.sheets.workbook.grid import Sheet, Workbook

_YEAR = re.compile(r"(?<!\d)(?:20\d\d|\d\d年)")


def note(workbook: Workbook, scheme: Scheme, year: int, gathering: Gathering) -> None:
    """Remark once on the first week, month or date that was read as of ``year``, which no text of
    the workbook says."""
    records = [*gathering.projects, *gathering.items]
    first = next(_assumed(workbook, scheme, records), None)
    if first is not None:
        sheet, cell = first
        text = f"没有写明年份，这里和其他没有年份的日期、期次都按 {year} 年读入"
        gathering.notes.append(Note(sheet, cell, text))


def _assumed(
    workbook: Workbook, scheme: Scheme, records: Iterable[Record]
) -> Iterator[tuple[str, str]]:
    """Sheet and cell of what was read of an assumed year."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    dates = {
        register.name: [field.name for field in register.field if field.type in ("date", "month")]
        for register in scheme.registers.values()
    }
    for record in records:
        if has_year(record.period):
            name = next(iter(record.values))
            yield record.sheets.get(name, record.sheet), record.cell(name)
        homes = {record.register, *record.homes.values()}
        for name in {name for home in homes for name in dates[home]} & record.values.keys():
            if record.values[name] is not None and _yearless(sheets, record, name):
                yield record.sheets.get(name, record.sheet), record.cell(name)


def _yearless(sheets: dict[str, Sheet], record: Record, name: str) -> bool:
    cell = sheets[record.sheets.get(name, record.sheet)].at(*record.place(name))
    return isinstance(cell, str) and not _YEAR.search(cell)
