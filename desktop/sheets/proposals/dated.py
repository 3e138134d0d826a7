"""Columns that stand under months (1月 计划｜完成, 2月 …) or weeks (3月6日-12日, …): records of
the ledger of months or weeks, one per project (or unit) and period that says anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.sheets.meaning.columns import Filled
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.meaning.wording import has_year, is_month
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.settling import Settled
from desktop.sheets.tables.sources import Place


def record_dated(
    words: Vocabulary, settled: Settled, columns: Sequence[Filled], out: Gathering
) -> None:
    """Put the records of a table's own months or weeks into the gathering; ``settled`` are its
    other values.

    A row that repeats the name of a project over several rows brings only its own cells.
    """
    periods: dict[str, list[Filled]] = {}
    for column in columns:
        periods.setdefault(column.period, []).append(column)
    for period, own in periods.items():
        register = _register(words, settled.columns.kind, period)
        link = str(words.scheme.register(register).of)
        values = {column.name: settled.settle(column) for column in own}
        indices = {column.name: column.index for column in own}
        placed = {column.name: settled.source.columns[column.index].column for column in own}
        homes = dict.fromkeys((*values, link), register)
        keys = words.scheme.register(register).key
        for row, name in enumerate(settled.names):
            found = {field: column[row] for field, column in values.items()}
            if name is None or all(value is None for value in found.values()):
                continue
            kept = {key: settled.values[key][row] for key in keys if key in settled.values}
            out.items.append(
                settled.record(
                    register,
                    row,
                    str(name),
                    {link: name, **kept, **found},
                    homes={**homes, **dict.fromkeys(kept, register)},
                    columns={**settled.placed, link: settled.placed.get(settled.link, 0), **placed},
                    places={**settled.places(row), **_places(settled, row, indices)},
                    period=period,
                )
            )


def _places(settled: Settled, row: int, indices: Mapping[str, int]) -> dict[str, Place]:
    """Where the dated figures of a row stand that are not in that row itself."""
    sheet_row = settled.source.rows[row]
    found = {name: settled.source.place(sheet_row, index) for name, index in indices.items()}
    return {name: place for name, place in found.items() if place[0] != sheet_row}


def latest_week(columns: Sequence[Filled]) -> str:
    """The latest week that columns stand under and say anything of; "" where there is none."""
    weeks = [
        column.period
        for column in columns
        if column.period
        and not is_month(column.period)
        and any(reading.value is not None for reading in column.readings)
    ]
    known = [week for week in weeks if has_year(week)]
    return max(known) if known else (weeks or [""])[-1]


def _register(words: Vocabulary, kind: str, period: str) -> str:
    """The register that columns of ``period`` fill in a table whose rows fill ``kind``."""
    if kind != words.project_registers[0]:
        return kind
    wanted = "month" if is_month(period) else "week"
    return next(one.name for one in words.ledgers if wanted in one.period)
