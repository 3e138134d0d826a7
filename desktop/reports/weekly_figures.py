"""The tables of figures in the weekly report: by unit, by project, by category.

Money in tables is rounded balanced; rates and differences come from unrounded sums (STANDARDS,
Money). Where there is no plan there is no rate: 无计划.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from desktop.ledger import cycle, money
from desktop.ledger.indicators import Row as Group
from desktop.ledger.money import Unit
from desktop.ledger.presets import presets
from desktop.ledger.standing import Light, Ranked, ranking
from desktop.reports import sums
from desktop.reports.content import Column, Row, Table
from desktop.reports.weekly_facts import Facts

_MONEY = ("annual_plan", "completed_week", "completed_year")


def main_table(facts: Facts) -> Table | None:
    """By unit with rank and light where the book looks after several units, else by project."""
    if compared(facts):
        return unit_table(facts)
    if 0 < len(facts.standings) <= facts.words.settings.rows:
        return project_table(facts)
    return None


def money_unit(facts: Facts) -> Unit:
    """The unit of all the report's tables: as the words say, else by the size of what they hold."""
    if facts.words.settings.money_unit:
        return facts.words.settings.money_unit
    if not compared(facts):
        return "万元"
    groups = (*facts.units, *facts.categories)
    return sums.unit_of_table([_yuan(group, name) for group in groups for name in _MONEY])


def compared(facts: Facts) -> bool:
    """Whether there are several units to be compared."""
    return facts.consolidates and len(facts.units) > 1


def ranked_of(facts: Facts) -> list[Ranked]:
    """The units from the first rank to the last; those without a plan are not ranked."""
    return ranking(facts.units, presets(facts.store.scheme), facts.last)


def unit_table(facts: Facts) -> Table:
    """The units from the first rank to the last; those without a plan are not ranked."""
    words = facts.words
    ranked = ranked_of(facts)
    figures = _Figures(facts, [one.row for one in ranked], facts.whole)
    rows = [
        Row(
            (
                str(one.rank) if one.rank else words.say("phrases.not_ranked"),
                one.row.title,
                str(one.row.amount("projects")),
                *figures.cells(place),
                "",
            ),
            light=_shown(one.light),
        )
        for place, one in enumerate(ranked)
    ]
    total = words.say("phrases.total_units", 数=len(ranked))
    rows.append(
        Row((total, "", str(facts.whole.amount("projects")), *figures.total, ""), "total", span=2)
    )
    columns = (
        Column(words.column("rank"), "word", 4),
        Column(words.column("unit"), "text", 10),
        Column(words.column("projects"), "figure", 5),
        *figures.columns,
        Column(words.column("light"), "light", 3),
    )
    with_projects = {one.row.key for one in ranked}
    without = [
        name for unit, name in cycle.reporting_units(facts.store) if unit not in with_projects
    ]
    idle = words.say("phrases.without_projects", 单位="、".join(without)) if without else ""
    return figures.table(columns, rows, idle)


def project_table(facts: Facts) -> Table:
    """The projects in the order of their level and name."""
    words = facts.words
    places = _level_places(facts)
    standings = sorted(
        facts.standings,
        key=lambda one: (
            places.get(facts.projects[one.project].get("level"), len(places)),
            one.name,
        ),
    )
    figures = _Figures(facts, [one.row for one in standings], facts.whole)
    silent = [one for one in standings if one.project not in facts.latest]
    rows = [
        Row(
            (
                str(place),
                facts.name(one.project),
                *figures.cells(place - 1, never=one in silent),
                "",
            ),
            light=_shown(one.light),
        )
        for place, one in enumerate(standings, 1)
    ]
    if len(rows) > 1:
        total = words.say("phrases.total_projects", 数=len(rows))
        rows.append(Row((total, "", *figures.total, ""), "total", span=2))
    columns = (
        Column(words.column("number"), "word", 4),
        Column(words.column("project"), "text", 16),
        *figures.columns,
        Column(words.column("light"), "light", 3),
    )
    planned = any(one.row.share("completion_rate") is not None for one in silent)
    return figures.table(columns, rows, words.say("phrases.as_zero") if planned else "")


def category_table(facts: Facts) -> Table | None:
    """By category, when there are several; a project counts in each of its categories."""
    words = facts.words
    groups = facts.categories
    if len(groups) < 2 or facts.whole.amount("projects") < 3:
        return None
    apart = sum(group.amount("projects") for group in groups) == facts.whole.amount("projects")
    figures = _Figures(facts, groups, facts.whole, balanced=apart)
    rows = [
        Row(
            (
                group.title if group.key is not None else words.say("phrases.unfilled"),
                str(group.amount("projects")),
                *figures.cells(place),
            )
        )
        for place, group in enumerate(groups)
    ]
    total = words.say("phrases.total")
    rows.append(Row((total, str(facts.whole.amount("projects")), *figures.total), "total"))
    columns = (
        Column(words.column("category"), "text", 10),
        Column(words.column("projects"), "figure", 5),
        *figures.columns,
    )
    return figures.table(columns, rows, "" if apart else words.say("phrases.overlap"))


class _Figures:
    """The money, rate and gap columns of a table; ``balanced`` where the groups make the whole."""

    def __init__(
        self,
        facts: Facts,
        groups: Sequence[Group],
        whole: Group,
        *,
        balanced: bool = True,
    ) -> None:
        self._words, self._groups, self._whole = facts.words, groups, whole
        values = {name: [_yuan(group, name) for group in groups] for name in _MONEY}
        self.unit = money_unit(facts)
        self._notes: list[str] = []
        self._printed: dict[str, tuple[Sequence[str], str]] = {}
        for name, column in values.items():
            self._printed[name] = self._column(name, column, balanced)

    def _column(
        self, name: str, column: list[int | None], balanced: bool
    ) -> tuple[Sequence[str], str]:
        decimals = 2 if self.unit == "亿元" else sums.fewest_decimals(column, self.unit)
        if balanced:
            printed = sums.printed(column, self.unit, decimals)
            if printed.note:
                self._notes.append(printed.note)
            return printed.cells, printed.total
        total = _yuan(self._whole, name)
        *cells, last = (
            sums.minus(money.format_money(value, self.unit, decimals)) for value in (*column, total)
        )
        return cells, last

    @property
    def columns(self) -> tuple[Column, ...]:
        """Their headings."""
        names = (*_MONEY, "completion_rate", "gap")
        return tuple(Column(self._words.column(name), "figure", 8) for name in names)

    def cells(self, place: int, *, never: bool = False) -> tuple[str, ...]:
        """The cells of a group; ``never``: it has not reported in the whole year."""
        texts = [self._printed[name][0][place] for name in _MONEY]
        silent = self._words.say("phrases.not_reported")
        if not texts[1]:
            texts[1] = silent
        if never:
            texts[2] = silent
        return (*texts, *self._rates(self._groups[place]))

    @property
    def total(self) -> tuple[str, ...]:
        """The cells of the last row."""
        return (*(self._printed[name][1] for name in _MONEY), *self._rates(self._whole))

    def _rates(self, group: Group) -> tuple[str, str]:
        rate = group.share("completion_rate")
        shown = money.format_rate(rate, missing=self._words.say("phrases.no_plan"))
        return shown, money.format_points(group.share("gap"))

    def table(self, columns: tuple[Column, ...], rows: list[Row], note: str = "") -> Table:
        """The table with its unit line and what has to be said below it."""
        return Table(
            columns,
            tuple(rows),
            unit=f"单位：{self.unit}",
            note=sums.note_below(note, *self._notes),
        )


def _yuan(group: Group, name: str) -> int | None:
    """A sum; no plan at all is an empty cell."""
    value = group.values[name]
    return None if value is None else group.amount(name)


def _level_places(facts: Facts) -> dict[str | None, int]:
    subject = facts.store.scheme.registers[facts.store.scheme.head.subject]
    field = subject.by_name.get("level")
    codes = facts.store.scheme.code_list(field) if field else None
    return {item.name: place for place, item in enumerate(codes.items)} if codes else {}


def _shown(light: Light | None) -> Light | Literal[""]:
    return light or ""
