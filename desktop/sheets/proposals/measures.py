"""The money units of a table's columns, and the one question about all that nothing states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import median

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning import amounts
from desktop.sheets.meaning.readings import read_column
from desktop.sheets.meaning.texts import Reader, Reading
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.proposals.told import AGREED, MONEY_UNIT, UNITS, unit_said
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import Around, MoneyUnit
from desktop.sheets.workbook.grid import Cell, address
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: The money that all other of a project is a part of.
TOTAL = "total_investment"
#: So many sums show what is usual in a column, and so many times that is far off.
FEW, FAR = 3, 1_000
#: A sum in yuan that few projects of a county have.
LARGE = 10**10


class Measured(msgspec.Struct, frozen=True):
    """The unit of every money column by its index; ``open``: index → id of the question that is
    still to be answered."""

    units: dict[int, MoneyUnit]
    open: dict[int, str]


def measure(
    source: Source,
    cells: Sequence[Sequence[Cell]],
    around: Around,
    money: Sequence[tuple[int, Field]],
    out: Gathering,
    said_of: Callable[[int], MoneyUnit | None],
    reader_of: Callable[[Field, MoneyUnit], Reader],
) -> Measured:
    """Find the units of the ``money`` columns (index and field).

    ``said_of`` gives the unit that the person said of a column.
    """
    found: dict[int, MoneyUnit] = {}
    given: dict[int, MoneyUnit] = {}
    unsure: list[int] = []
    borrowed: dict[int, str] = {}
    indices = [index for index, _ in money]

    @cache
    def spoken() -> MoneyUnit | None:
        return amounts.spoken_for([cell for index in indices for cell in cells[index]])

    for index in indices:
        heading = source.columns[index].heading
        others = [source.columns[other].heading for other in indices if other != index]
        unit = amounts.unit_of(heading, around.money, others, spoken, cells[index])
        found[index] = unit.unit
        if unit.source.startswith("同一张表"):
            borrowed[index] = unit.source
        if unit.asked:
            unsure.append(index)
    too_large = _too_large(cells, money, found, borrowed, reader_of)
    found.update(too_large)
    unsure = sorted({*unsure, *too_large})
    for index in indices:
        said = said_of(index)
        # Of the first unsure column it is the answer for all of them.
        if said is not None and index not in unsure[:1]:
            given[index] = said
    unsure = [index for index in unsure if index not in given]
    for index in sorted(borrowed.keys() - set(unsure)):
        heading, by = source.columns[index].heading, borrowed[index]
        text = f"“{heading}”没有写明单位，按{by}以{found[index]}读入"
        out.note(source.sheet, source.heads[index], text)
    doubted = not unsure and _doubtful(cells, money, found, reader_of)
    if not (unsure or doubted):
        return Measured({**found, **given}, {})
    asked = _ask(source, unsure or indices, found, out, doubted=doubted)
    return Measured({**asked.units, **given}, asked.open)


def _too_large(
    cells: Sequence[Sequence[Cell]],
    money: Sequence[tuple[int, Field]],
    units: dict[int, MoneyUnit],
    borrowed: Mapping[int, str],
    reader_of: Callable[[Field, MoneyUnit], Reader],
) -> dict[int, MoneyUnit]:
    """Columns that borrowed their unit and would so exceed the total: their likelier unit."""
    totals = [(index, field) for index, field in money if field.name == TOTAL]
    if not totals or totals[0][0] in borrowed:
        return {}
    whole = [value for value in _yuan(cells, *totals[0], units, reader_of) if value]
    if not whole:
        return {}
    found: dict[int, MoneyUnit] = {}
    for index, field in money:
        if index in borrowed:
            parts = _yuan(cells, index, field, units, reader_of)
            fitting = amounts.fitting(parts, int(median(whole)), units[index])
            if fitting is not None:
                found[index] = fitting
    return found


def far_off(field: Field, readings: list[Reading]) -> tuple[list[Reading], bool]:
    """Totals and plans of ten thousand million yuan that are a thousand times what is usual in
    their column may be in another unit; so may totals that are as much too small. They are read
    with a remark: a county may have such a project. Says whether there were any."""
    filled = [abs(one.value) for one in readings if one.value]
    if len(filled) < FEW or field.name not in (TOTAL, "annual_plan"):
        return readings, False
    usual = median(filled)
    most = max(usual * FAR, LARGE)
    least = min(usual / FAR, amounts.LEAST) if field.name == TOTAL else 0

    def doubted(one: Reading) -> bool:
        return bool(one.value) and not one.question and not least < abs(one.value) < most

    if not any(map(doubted, readings)):
        return readings, False
    said = "与同栏其他数额相差一千倍以上，请核对是不是用了别的单位"
    return [Reading(one.value, note=said) if doubted(one) else one for one in readings], True


def _doubtful(
    cells: Sequence[Sequence[Cell]],
    money: Sequence[tuple[int, Field]],
    units: dict[int, MoneyUnit],
    reader_of: Callable[[Field, MoneyUnit], Reader],
) -> bool:
    for index, field in money:
        if field.name == TOTAL:
            return amounts.doubtful(_yuan(cells, index, field, units, reader_of))
    return False


def _yuan(
    cells: Sequence[Sequence[Cell]],
    index: int,
    field: Field,
    units: dict[int, MoneyUnit],
    reader_of: Callable[[Field, MoneyUnit], Reader],
) -> list[int]:
    """What a column says in yuan, as far as it can be read."""
    seen, _ = read_column(reader_of(field, units[index]), cells[index])
    return [reading.value for (reading,) in seen if reading.value is not None]


def _ask(
    source: Source,
    columns: list[int],
    found: dict[int, MoneyUnit],
    out: Gathering,
    *,
    doubted: bool,
) -> Measured:
    first = columns[0]
    asked = f"金额按{found[first]}读入，对吗？请答元、千元、万元、百万元或亿元。"
    why = "按写明的单位，总投资的数额不合常理" if doubted else "表中没有写明金额的单位"
    question = Question(
        sheet=source.sheet.name,
        cell=address(*source.heads[first]),
        record=None,
        field=MONEY_UNIT,
        text=source.columns[first].heading,
        value=found[first],
        question=f"{why}，{asked}",
    )
    if not out.answers.has(question.id):
        return Measured(found, dict.fromkeys(columns, out.ask(question)))
    answer = unit_said(out.answers.value(question.id))
    if answer in AGREED:
        answer = found[first]
    if answer not in UNITS:
        raise AnswerNotUnderstood(
            question.question, str(answer), "应是元、千元、万元、百万元或亿元"
        )
    return Measured({**found, **dict.fromkeys(columns, answer)}, {})
