"""The figures of the ranking circular: units by growth and by completion of the task (S16).

These are the statistics figures of the month. Who has no last year's figure, or no task, has no
place in that ranking; nothing stands for zero. Money is rounded balanced, rates are not rounded
before they are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.escalation_figures import Place, UnitMonth, months_of, ranked_units
from desktop.ledger.escalation_rules import escalation
from desktop.ledger.money import Unit
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports import sums
from desktop.reports.charts.forms import RATE
from desktop.reports.charts.ranks import Rank, ranks, ranks_height
from desktop.reports.circular_words import Words
from desktop.reports.content import Chart, Column, Row, Table
from desktop.reports.weekly_charts import HIGHEST, STYLE, WIDTH

_NOTHING = UnitMonth(None, None, None)


class Ranking(msgspec.Struct, frozen=True):
    """A month's units in the order of the ranking by growth, those without a place last."""

    month: Period
    units: tuple[str, ...]
    names: Mapping[str, str]
    figures: Mapping[str, UnitMonth]
    growth: Mapping[str, Place]
    completion: Mapping[str, Place]
    schedule: Fraction

    @property
    def completed(self) -> int:
        """What all units completed, in yuan."""
        return sum(one.completed or 0 for one in self.figures.values())

    @property
    def compared(self) -> list[UnitMonth]:
        """The units with this year's and last year's figure."""
        known = (one for one in self.figures.values() if one.completed is not None)
        return [one for one in known if one.last_year is not None]

    @property
    def total_growth(self) -> Fraction | None:
        """Growth over the units that have last year's figure; None without a base."""
        before = sum(one.last_year or 0 for one in self.compared)
        if before <= 0:
            return None
        return Fraction(sum(one.completed or 0 for one in self.compared) - before, before)

    @property
    def reported(self) -> int:
        """How many units have a figure of the month."""
        return sum(one.completed is not None for one in self.figures.values())

    @property
    def tasked(self) -> list[UnitMonth]:
        """The units with a figure and a task."""
        return [one for one in self.figures.values() if one.completion is not None]

    @property
    def task(self) -> int:
        """The tasks of :attr:`tasked`."""
        return sum(one.task or 0 for one in self.tasked)

    @property
    def total_completion(self) -> Fraction | None:
        """The share of the tasks, over the units that have one."""
        return money.rate(sum(one.completed or 0 for one in self.tasked), self.task)


def ranking_of(store: Store, month: Period) -> Ranking | None:
    """The units' figures and places in a month; None where no unit has a figure."""
    settings = escalation(store.scheme).figures
    names = ranked_units(store)
    found = months_of(store, settings, names).get(month)
    if found is None or all(one.completed is None for one in found.units.values()):
        return None
    figures = {unit: found.units.get(unit, _NOTHING) for unit in names}
    growth, completion = found.places["growth"], found.places["completion"]

    def place(unit: str) -> tuple[bool, int, bool, int]:
        by_growth, by_task = growth.get(unit), completion.get(unit)
        return (
            by_growth is None,
            by_growth.rank if by_growth else 0,
            by_task is None,
            by_task.rank if by_task else 0,
        )

    return Ranking(
        month,
        tuple(sorted(names, key=place)),
        names,
        figures,
        growth,
        completion,
        periods.schedule_progress(month, store.scheme.week_last_day),
    )


def ranking_table(words: Words, found: Ranking) -> Table:
    """Every unit with both places; the total with what the comparable units give."""
    ones = [found.figures[unit] for unit in found.units]
    columns = {
        "completed": [one.completed for one in ones],
        "last_year": [one.last_year if one.completed is not None else None for one in ones],
        "task": [one.task or None for one in ones],
    }
    values = [value for column in columns.values() for value in column]
    unit: Unit = words.fixed.settings.money_unit or sums.unit_of_table(values)
    printed = {
        name: sums.printed(
            column, unit, 2 if unit == "亿元" else sums.fewest_decimals(column, unit)
        )
        for name, column in columns.items()
    }
    say = words.say
    rows = [
        Row(
            (
                _place(words, found.growth.get(key)),
                found.names[key],
                printed["completed"].cells[at] or say("phrases.not_reported"),
                printed["last_year"].cells[at] or _no_last_year(words, ones[at]),
                _growth(words, ones[at]),
                printed["task"].cells[at] or say("phrases.no_task_cell"),
                money.format_rate(ones[at].completion),
                money.format_points(_gap(found, ones[at].completion)),
                _place(words, found.completion.get(key)),
            )
        )
        for at, key in enumerate(found.units)
    ]
    notes = [say("phrases.figures")]
    growth = _signed(found.total_growth)
    if growth and len(found.compared) < found.reported:
        growth += "*"
        notes.append(say("phrases.comparable", 总数=found.reported, 数=len(found.compared)))
    if 0 < len(found.tasked) < found.reported:
        notes.append(say("phrases.task_only", 数=len(found.tasked)))
    cells = (
        say("phrases.total", 数=len(rows)),
        "",
        printed["completed"].total,
        printed["last_year"].total,
        growth,
        printed["task"].total,
        money.format_rate(found.total_completion),
        money.format_points(_gap(found, found.total_completion)),
        "",
    )
    rows.append(Row(cells, "total", span=2))
    notes += [one.note for one in printed.values() if one.note]
    headings = (
        Column(words.column("growth_rank"), "word", 4),
        Column(words.column("unit"), "text", 8),
        *(
            Column(words.column(name), "figure", 6)
            for name in ("completed", "last_year", "growth", "task", "completion", "gap")
        ),
        Column(words.column("completion_rank"), "word", 4),
    )
    return Table(
        headings, tuple(rows), unit=say("phrases.units", 单位=unit), note=sums.note_below(*notes)
    )


def growth_chart(words: Words, found: Ranking, scope: str) -> list[Chart]:
    """The growth of the ranked units as bars, falls hatched, all together as a line."""
    least = words.fixed.settings.chart_units
    if not least or len(found.growth) < least:
        return []
    rows = [
        Rank(found.names[unit], found.figures[unit].growth)
        for unit in found.units
        if unit in found.growth
    ]
    whole = found.total_growth
    line = None if whole is None else (words.say("ranking.overall_line", 范围=scope), whole)
    height = min(ranks_height(len(rows), STYLE), HIGHEST)
    drawing = ranks(rows, WIDTH, height, form=RATE, style=STYLE, line=line)
    return [Chart(drawing, words.say("ranking.growth"))]


def behind(found: Ranking) -> Sequence[UnitMonth]:
    """The units whose completion lies below the schedule."""
    return [one for one in found.tasked if (one.completion or 0) < found.schedule]


def _gap(found: Ranking, share: Fraction | None) -> Fraction | None:
    return None if share is None else money.points(share, found.schedule)


def _place(words: Words, place: Place | None) -> str:
    return str(place.rank) if place else words.say("phrases.not_ranked")


def _no_last_year(words: Words, one: UnitMonth) -> str:
    return "" if one.completed is None else words.say("phrases.no_last_year_cell")


def _growth(words: Words, one: UnitMonth) -> str:
    if one.growth is not None or one.completed is None or one.last_year is None:
        return _signed(one.growth)
    return words.say("phrases.zero_last_year_cell")


def _signed(share: Fraction | None) -> str:
    return "" if share is None else f"{money.format_points(share * 100)}%"
