"""Figures of a table that only repeat others: rates and totals are not stored, but compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from desktop.ledger.money import format_money, format_rate
from desktop.sheets.meaning.texts import figure, is_empty
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.proposals.settling import Settled
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.sources import Source
from desktop.sheets.workbook.grid import Cell, address, text_of

_GRAND = re.compile(r"合计|总计|共计|总合计")
RATE = "completion_rate"
#: Half of the last digit of a rate shown as 16.6%.
SHOWN = Fraction(1, 2000)


def rates(
    settled: Settled,
    columns: Sequence[tuple[int, tuple[str, ...]]],
    cells: Sequence[Sequence[Cell]],
    out: Gathering,
) -> None:
    """Ask about every rate that its two amounts do not give, within the rounding it shows.

    ``columns``: the index of each column of rates, and the fields of its two amounts.
    """
    source, values = settled.source, settled.values
    for index, (part, whole) in ((index, (of[0], of[1])) for index, of in columns):
        if part not in values or whole not in values:
            continue
        for number, cell in enumerate(cells[index]):
            top, bottom = values[part][number], values[whole][number]
            if is_empty(cell) or top is None or not bottom:
                continue
            real = Fraction(top, bottom)
            if agrees(cell, real):
                continue
            place = source.place(source.rows[number], index)
            question = Question(
                sheet=source.sheet.name,
                cell=address(*place),
                record=settled.labels[number],
                field=RATE,
                text=text_of(cell),
                value=round(float(real), 4),
                question=(
                    f"比例写的是“{text_of(cell)}”，按两项金额算得 {format_rate(real)}，"
                    "请核对金额，没有错就答“是”；比例本身不入账。"
                ),
            )
            if not out.answers.has(question.id):
                out.ask(question)


def agrees(cell: Cell, real: Fraction) -> bool:
    """Whether a written rate is ``real``, rounded as it is written: 16.6%, 16.6, 0.1656.

    A number without a sign may be a share or a figure per hundred; it may be off by half a tenth
    of a percentage point, which is what is shown of it.
    """
    written = figure(cell)
    if written is None:
        return False
    text = plain(text_of(cell))
    half = Fraction(1, 2 * 10 ** len(text.rstrip("%").partition(".")[2]))
    if text.endswith("%"):
        return abs(Fraction(str(written)) - real * 100) <= half
    share = abs(Fraction(str(written)) - real)
    return share <= SHOWN or abs(Fraction(str(written)) - real * 100) <= max(half, SHOWN * 100)


def totals(
    settled: Settled,
    out: Gathering,
) -> None:
    """Note where the one grand total of a table is not the sum of its rows."""
    source, values = settled.source, settled.values
    grand = [row for row in source.totals if _is_grand(source, row)]
    if len(grand) != 1 or source.covered:
        return
    for filled in settled.columns.filled:
        if filled.field.type != "money":
            continue
        place = (grand[0], source.columns[filled.index].column)
        written = filled.alone()(source.sheet.at(*place))[0].value
        rows = [value for value in values[filled.name] if value is not None]
        if written is None or written == sum(rows):
            continue
        out.note(
            source.sheet,
            place,
            f"合计行的{filled.field.title}是 {format_money(written, '万元')} 万元，"
            f"各行相加是 {format_money(sum(rows), '万元')} 万元，请核对",
        )


def _is_grand(source: Source, row: int) -> bool:
    return any(
        isinstance(cell, str) and bool(_GRAND.search(plain(cell)))
        for cell in source.sheet.rows[row]
    )
