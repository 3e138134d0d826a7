"""The tables of figures in the monthly report: by unit, by project, by category.

Money is rounded balanced; rates, differences and growth come from unrounded sums (STANDARDS,
Money). No plan: 无计划; no last year's figure: 无上年同期数; never a zero in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop.ledger import cycle, money
from desktop.ledger.money import Unit
from desktop.ledger.months import Comparison, GroupMonth, ProjectMonth, group_of
from desktop.reports import sums
from desktop.reports.content import Column, Row, Table
from desktop.reports.monthly_facts import Facts


def main_table(facts: Facts) -> Table | None:
    """By unit with rank where the book looks after several, else by project where they are few."""
    if facts.compared:
        return unit_table(facts)
    if 0 < len(facts.members) <= facts.words.fixed.settings.rows:
        return project_table(facts)
    return None


def money_unit(facts: Facts) -> Unit:
    """The unit of the report's tables: as the words say, else by the size of what they hold."""
    if facts.words.fixed.settings.money_unit:
        return facts.words.fixed.settings.money_unit
    if not facts.compared:
        return "万元"
    groups = (*facts.units, *facts.categories)
    return sums.unit_of_table([value for group in groups for value in _sums(group).values()])


def unit_table(facts: Facts) -> Table:
    """The units from the first rank to the last; who has no plan is not ranked."""
    words, ranked = facts.words, facts.ranked
    groups = [one.group for one in ranked]
    names = [facts.name_of_unit(group.key) for group in groups]
    figures = _Figures(facts, groups, facts.whole, names)
    rows = [
        Row(
            (
                str(one.rank) if one.rank else words.say("phrases.not_ranked"),
                names[place],
                str(len(one.group.members)),
                *figures.cells(place),
            )
        )
        for place, one in enumerate(ranked)
    ]
    total = words.say("phrases.total_units", 数=len(groups))
    rows.append(Row((total, "", str(len(facts.members)), *figures.total), "total", span=2))
    columns = (
        Column(words.column("rank"), "word", 3),
        Column(words.column("unit"), "text", 8),
        Column(words.column("projects"), "figure", 3),
        *figures.columns,
    )
    present = {group.key for group in groups}
    idle = [name for unit, name in cycle.reporting_units(facts.store) if unit not in present]
    said = words.say("phrases.without_projects", 单位="、".join(idle)) if idle else ""
    return figures.table(columns, rows, said)


def project_table(facts: Facts) -> Table:
    """The projects one by one, with what the month's plan says of each."""
    words = facts.words
    groups = [group_of([one], facts.month, one.project) for one in facts.members]
    figures = _Figures(facts, groups, facts.whole, [one.name for one in facts.members])
    rows = [
        Row((str(place), one.name, *figures.cells(place - 1), _caution(facts, one)))
        for place, one in enumerate(facts.members, 1)
    ]
    if len(rows) > 1:
        total = words.say("phrases.total_projects", 数=len(rows))
        rows.append(Row((total, "", *figures.total, ""), "total", span=2))
    columns = (
        Column(words.column("number"), "word", 2),
        Column(words.column("project"), "text", 12),
        *figures.columns,
        Column(words.column("caution"), "word", 3),
    )
    silent = any(one.year is None and one.annual_plan for one in facts.members)
    return figures.table(columns, rows, words.say("phrases.as_zero") if silent else "")


def category_table(facts: Facts) -> Table | None:
    """By category, when there are several; a project counts in each of its categories."""
    words, groups = facts.words, facts.categories
    if len(groups) < 2 or len(facts.members) < 3:
        return None
    apart = sum(len(group.members) for group in groups) == len(facts.members)
    names = [group.key or words.say("phrases.unfilled") for group in groups]
    figures = _Figures(facts, groups, facts.whole, names, balanced=apart)
    rows = [
        Row((names[place], str(len(group.members)), *figures.cells(place)))
        for place, group in enumerate(groups)
    ]
    total = words.say("phrases.total")
    rows.append(Row((total, str(len(facts.members)), *figures.total), "total"))
    columns = (
        Column(words.column("category"), "text", 7),
        Column(words.column("projects"), "figure", 3),
        *figures.columns,
    )
    return figures.table(columns, rows, "" if apart else words.say("phrases.overlap"))


def _caution(facts: Facts, one: ProjectMonth) -> str:
    caution = one.caution(facts.rules)
    return facts.words.column(f"caution_{caution}")[0] if caution else ""


def _sums(group: GroupMonth) -> dict[str, int | None]:
    """The columns of money."""
    return {
        "planned": group.planned,
        "completed": group.completed,
        "last_year_month": group.month.before,
        "annual_plan": group.annual_plan,
        "year": group.year,
    }


class _Figures:
    """Columns of a month and of the year so far; ``balanced`` where the groups make the whole."""

    def __init__(
        self,
        facts: Facts,
        groups: Sequence[GroupMonth],
        whole: GroupMonth,
        names: Sequence[str],
        *,
        balanced: bool = True,
    ) -> None:
        self._words, self._groups, self._whole = facts.words, groups, whole
        self._first = facts.month.number == 1
        self.unit = money_unit(facts)
        self._notes: list[str] = []
        columns = [_sums(group) for group in groups]
        total = _sums(whole)
        self._printed = {
            name: self._column([sums_[name] for sums_ in columns], total[name], balanced)
            for name in total
        }
        self._partial = [
            (name, group.to_date if group.to_date.partial else group.month)
            for name, group in zip(names, groups, strict=True)
            if group.month.partial or group.to_date.partial
        ]

    def _column(
        self, column: list[int | None], total: int | None, balanced: bool
    ) -> tuple[Sequence[str], str]:
        decimals = 2 if self.unit == "亿元" else sums.fewest_decimals(column, self.unit)
        if balanced:
            printed = sums.printed(column, self.unit, decimals)
            if printed.note:
                self._notes.append(printed.note)
            return printed.cells, printed.total
        *cells, last = (
            sums.minus(money.format_money(value, self.unit, decimals)) for value in (*column, total)
        )
        return cells, last

    @property
    def columns(self) -> tuple[Column, ...]:
        """Their headings, merged over the month's and the year's; in January the two are one."""
        (month,), (year,) = self._words.column("of_month"), self._words.column("of_year")
        months = ("planned", "completed", "month_rate", "last_year_month", "month_growth")
        years = ("annual_plan", "year", "completion_rate", "gap", "year_growth")
        return tuple(
            Column((above, *self._words.column(name)), "figure", 5)
            for above, names in ((month, months), (year, years[: 4 if self._first else 5]))
            for name in names
        )

    def cells(self, place: int) -> tuple[str, ...]:
        """The cells of a group."""
        texts = {name: printed[0][place] for name, printed in self._printed.items()}
        return self._cells(self._groups[place], texts)

    @property
    def total(self) -> tuple[str, ...]:
        """The cells of the last row."""
        return self._cells(self._whole, {name: one[1] for name, one in self._printed.items()})

    def _cells(self, group: GroupMonth, texts: dict[str, str]) -> tuple[str, ...]:
        say = self._words.say
        no_plan, silent = say("phrases.no_plan"), say("phrases.not_filled")
        last_year = texts["last_year_month"]
        growth = self._growth(group.month)
        if group.month.before is None and group.completed is not None:
            last_year, growth = say("phrases.no_last_year_cell"), ""
        found = (
            texts["planned"] or no_plan,
            texts["completed"] or silent,
            money.format_rate(group.month_rate),
            last_year,
            growth,
            texts["annual_plan"] if group.annual_plan else no_plan,
            texts["year"] or silent,
            money.format_rate(group.completion_rate),
            money.format_points(group.gap),
        )
        if self._first:
            return found
        to_date = self._growth(group.to_date)
        if group.to_date.before is None and group.to_date.of:
            to_date = say("phrases.no_last_year_cell")
        return (*found, to_date)

    def _growth(self, found: Comparison) -> str:
        if found.before is None:
            return ""
        if found.growth is None:
            return self._words.say("phrases.zero_last_year_cell")
        return signed_rate(found.growth) + ("*" if found.partial else "")

    def table(self, columns: tuple[Column, ...], rows: list[Row], note: str = "") -> Table:
        """The table with its unit line and what has to be said below it."""
        partial = "、".join(
            self._words.say("phrases.comparable_group", 名称=name, 总数=found.of, 数=found.many)
            for name, found in self._partial
        )
        said = self._words.say("phrases.comparable", 各组=partial) if partial else ""
        return Table(
            columns,
            tuple(rows),
            unit=self._words.say("phrases.units", 单位=self.unit),
            note=sums.note_below(note, said, *self._notes),
        )


def signed_rate(share: Fraction) -> str:
    """Growth in a table: +5.2%, −3.0%, 0.0%."""
    return f"{money.format_points(share * 100)}%"
