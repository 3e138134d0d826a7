"""The money units of a table's columns, and the one question about all that nothing states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import median

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning import amounts
from desktop.sheets.meaning.readings import read_column
from desktop.sheets.meaning.sections import Sections
from desktop.sheets.meaning.texts import Reader, figure
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals import plausible
from desktop.sheets.proposals.answers import agrees
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.plausible import TOTAL
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS, unit_said
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import Around, MoneyUnit
from desktop.sheets.workbook.grid import Cell, address, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

UNSTATED = "表中没有写明金额的单位"


class Measured(msgspec.Struct, frozen=True):
    """The unit of every money column by its index; ``open``: index → id of the question that is
    still to be answered."""

    units: dict[int, MoneyUnit]
    open: dict[int, str]


def ruled(words: Vocabulary, source: Source) -> dict[int, MoneyUnit]:
    """The unit of money that the section above states, by the row's place in the source."""
    sections = Sections(words, source.sections)
    if all(one.money is None for one in sections.meanings):
        return {}
    stated = [(row, sections.money(at)) for row, at in enumerate(source.rows)]
    return {row: unit for row, unit in stated if unit is not None}


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
    why = UNSTATED
    if not unsure:
        sums = {
            field.name: _yuan(cells, index, field, found, reader_of)
            for index, field in money
            if index not in given
        }
        unsure, why = _doubted(money, found, sums)
    if not unsure:
        return Measured({**found, **given}, {})
    asked = _ask(source, cells, unsure, found, out, why)
    return Measured({**asked.units, **given}, asked.open)


def _doubted(
    money: Sequence[tuple[int, Field]],
    units: dict[int, MoneyUnit],
    sums: Mapping[str, Sequence[int]],
) -> tuple[list[int], str]:
    """The columns whose stated unit makes sums that cannot be, and why: all of that unit where the
    total or a plan alone is beyond measure, the parts where they exceed their total by orders; to
    these is given the unit in which they fit."""
    name = plausible.doubted(sums)
    if name is not None:
        title, unit = next(
            (field.title, units[index]) for index, field in money if field.name == name
        )
        own = [index for index, field in money if field.name in sums and units[index] == unit]
        return own, f"按写明的单位，{title}的数额不合常理"
    beyond = plausible.beyond_total(sums)
    found = [(index, field) for index, field in money if field.name in beyond]
    if not found:
        return [], ""
    whole = int(median([value for value in sums[TOTAL] if value]))
    for index, field in found:
        units[index] = amounts.fitting(sums[field.name], whole, units[index]) or units[index]
    titles = "、".join(field.title for _, field in found)
    return [index for index, _ in found], f"按写明的单位，{titles}比总投资大一千倍以上"


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
    cells: Sequence[Sequence[Cell]],
    columns: list[int],
    found: dict[int, MoneyUnit],
    out: Gathering,
    why: str,
) -> Measured:
    first = columns[0]
    unit, heading = found[first], source.columns[first].heading
    sample = next((text_of(cell) for cell in cells[first] if figure(cell)), "")
    said = f"“{heading}”一栏的“{sample}”读作 {sample} {unit}" if sample else f"金额按{unit}读入"
    others = "、".join(one for one in UNITS if one != unit)
    asked = f"{said}，对吗？对则答“是”，不对请答{others}。"
    question = Question(
        sheet=source.sheet.name,
        cell=address(*source.heads[first]),
        record=None,
        field=MONEY_UNIT,
        text=heading,
        value=unit,
        question=f"{why}。{asked}",
    )
    if not out.answers.has(question.id):
        return Measured(found, dict.fromkeys(columns, out.ask(question)))
    answer = unit_said(out.answers.value(question.id))
    if agrees(answer):
        answer = unit
    if answer not in UNITS:
        raise AnswerNotUnderstood(
            question.question, str(answer), "应是元、千元、万元、百万元或亿元"
        )
    return Measured({**found, **dict.fromkeys(columns, answer)}, {})
