"""Columns that stand under months (1月 计划｜完成, 2月 …) made into records of the monthly ledger:
one per project (or unit) and month that says anything."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.sheets.meaning.columns import Filled
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.settling import Settled


def record_months(
    words: Vocabulary, settled: Settled, columns: Sequence[Filled], out: Gathering
) -> None:
    """Put the monthly records of a table into the gathering; ``settled`` are its other values.

    A row that repeats the name of a project over several rows brings only its own cells.
    """
    kind = settled.columns.kind
    subject = words.project_registers[0]
    register = kind
    if kind == subject:
        register = next(one.name for one in words.ledgers if "month" in one.period)
    link = str(words.scheme.register(register).of)
    periods: dict[str, list[Filled]] = {}
    for column in columns:
        periods.setdefault(column.period, []).append(column)
    for period, own in periods.items():
        values = {column.name: settled.settle(column) for column in own}
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
                    places={},
                    period=period,
                )
            )
