"""The statistics figure 统计口径 beside the dispatch figure: neither takes the other's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from desktop.ledger import money, months
from desktop.ledger.money import Unit
from desktop.ledger.months import GroupMonth
from desktop.ledger.rounding import balance
from desktop.reports import sums
from desktop.reports.content import Block, Column, Paragraph, Row, Table
from desktop.reports.monthly_facts import Facts
from desktop.reports.monthly_figures import money_unit, signed_rate
from desktop.reports.weekly_facts import amount

_MONEY = ("last_year_to_date", "annual_task")


def statistics(facts: Facts) -> list[Block]:
    """What the statistics bureau counted by unit; a unit's own in a sentence; nothing for none."""
    counted = {u: row for u, row in facts.statistics.items() if row["completed_year"] is not None}
    if not facts.consolidates:
        own = counted.get(facts.store.unit)
        return [Paragraph(_own(facts, own))] if own else []
    units = {unit: row for unit, row in counted.items() if unit != facts.store.unit}
    if not units:
        return []
    return [Paragraph(_summary(facts, units, counted.get(facts.store.unit))), _table(facts, units)]


def growth_of(row: Mapping[str, Any]) -> Fraction | None:
    """Year to date against last year, unrounded; None without a base above zero."""
    before = row["last_year_to_date"]
    if row["completed_year"] is None or before is None or before <= 0:
        return None
    return Fraction(row["completed_year"] - before, before)


def _summary(
    facts: Facts, units: Mapping[str, Mapping[str, Any]], own: Mapping[str, Any] | None
) -> str:
    """The whole: the district's own row where there is one, else the sum of the units."""
    words = facts.words
    both = [row for row in units.values() if row["last_year_to_date"] is not None]
    if own is not None:
        done, change = own["completed_year"], _change(facts, growth_of(own))
    else:
        done = sum(row["completed_year"] for row in units.values())
        before = sum(row["last_year_to_date"] for row in both)
        now = sum(row["completed_year"] for row in both)
        change = _change(facts, Fraction(now - before, before) if before > 0 else None)
        if change and len(both) < len(units):
            said = facts.change(Fraction(now - before, before))
            change = words.say(
                "statistics.growth_partial", 增减=said, 总数=len(units), 数=len(both)
            )
    return words.say(
        "statistics.summary",
        累计月份=months.to_date(facts.month),
        范围=facts.scope,
        统计数=amount(done),
        增减=change or words.say("statistics.growth", 增减=words.say("phrases.no_last_year")),
    )


def _own(facts: Facts, row: Mapping[str, Any]) -> str:
    words = facts.words
    change = _change(facts, growth_of(row))
    rate = money.rate(row["completed_year"], row["annual_task"])
    task = words.say("statistics.no_task")
    if rate is not None:
        task = words.say("statistics.task", 完成率=money.format_rate(rate))
    return words.say(
        "statistics.own",
        累计月份=months.to_date(facts.month),
        统计数=amount(row["completed_year"]),
        增减=change or words.say("statistics.growth", 增减=words.say("phrases.no_last_year")),
        任务=task,
    )


def _change(facts: Facts, growth: Fraction | None) -> str:
    if growth is None:
        return ""
    said = facts.words.say("phrases.year_on_year", 增减=facts.change(growth))
    return facts.words.say("statistics.growth", 增减=said)


def _table(facts: Facts, units: Mapping[str, Mapping[str, Any]]) -> Table:
    """Both figures by unit, balanced down and across; last year, the task and their rates."""
    words = facts.words
    groups = {one.group.key: one.group for one in facts.ranked}
    order = [key for key in groups if key in units]
    order += [unit for unit in units if unit not in groups]
    rows = [units[str(unit)] for unit in order]
    done = [row["completed_year"] for row in rows]
    unit = money_unit(facts)
    dispatch = [group.year for group in groups.values()]
    values = [*dispatch, *done, *(row[name] for row in rows for name in _MONEY)]
    decimals = 2 if unit == "亿元" else sums.fewest_decimals(values, unit)
    whole, notes = _beside(groups, order, done, unit, decimals)
    last_year, task = (sums.printed([row[name] for row in rows], unit, decimals) for name in _MONEY)
    notes += [one.note for one in (last_year, task) if one.note]
    body = [
        Row(
            (
                facts.name_of_unit(order[at]),
                *whole[at],
                last_year.cells[at] or words.say("phrases.no_last_year"),
                _growth_cell(facts, row),
                task.cells[at] or words.say("statistics.no_task_cell"),
                money.format_rate(money.rate(row["completed_year"], row["annual_task"])),
            )
        )
        for at, row in enumerate(rows)
    ]
    if len(rows) > 1:
        tasked = [row for row in rows if row["annual_task"]]
        rate = money.rate(
            sum(row["completed_year"] for row in tasked),
            sum(row["annual_task"] for row in tasked),
        )
        total = words.say("phrases.total_units", 数=len(rows))
        growth, said = _total_growth(facts, rows)
        notes.append(said)
        cells = (total, *whole[-1], last_year.total, growth, task.total, money.format_rate(rate))
        body.append(Row(cells, "total"))
    columns = (
        Column(words.column("unit"), "text", 8),
        *(
            Column(words.column(name), "figure", 6)
            for name in (
                "dispatch", "difference", "statistics", "last_year_to_date", "year_growth",
                "task", "task_rate",
            )
        ),
    )  # fmt: skip
    return Table(
        columns,
        tuple(body),
        unit=f"单位：{unit}",
        note=sums.note_below(words.say("statistics.difference"), *notes),
    )


def _beside(
    groups: Mapping[str | None, GroupMonth],
    order: Sequence[str | None],
    done: Sequence[int],
    unit: Unit,
    decimals: int,
) -> tuple[list[tuple[str, ...]], list[str]]:
    """Dispatch figure, difference, statistics figure, such that the printed ones add up.

    The dispatch figures are rounded as in the table of units, so that a figure stands in one form
    in one paper; the differences are those of the printed figures. A unit without dispatch figures
    has no difference.
    """
    years = [group.year for group in groups.values()]
    ours = balance([[year or 0] for year in years], unit, decimals, across=False)
    theirs = balance([[count] for count in done], unit, decimals, across=False)
    printed = {key: ours.cells[at][0] for at, key in enumerate(groups) if years[at] is not None}
    shown: list[tuple[str, ...]] = []
    for at, key in enumerate(order):
        count, own = theirs.cells[at][0], printed.get(key)
        shown.append(
            (
                "" if own is None else sums.minus(ours.show(own)),
                "" if own is None else _signed(ours.show(count - own)),
                theirs.show(count),
            )
        )
    both = [printed.get(key) for key in order]
    first, last = sum(own or 0 for own in both), theirs.column_totals[0]
    complete = None not in both
    shown.append(
        (
            ours.show(first) if any(own is not None for own in both) else "",
            _signed(ours.show(last - first)) if complete else "",
            theirs.show(last),
        )
    )
    return shown, [note for note in (ours.note, theirs.note) if note]


def _signed(text: str) -> str:
    """A difference with its sign; zero has none."""
    if text.startswith("-"):
        return sums.minus(text)
    return f"+{text}" if text.strip("0.,") else text


def _total_growth(facts: Facts, rows: list[Mapping[str, Any]]) -> tuple[str, str]:
    """Growth over the units with last year's figure, and what has to be said when not all have."""
    both = [row for row in rows if row["last_year_to_date"] is not None]
    before = sum(row["last_year_to_date"] for row in both)
    if before <= 0:
        return "", ""
    growth = signed_rate(Fraction(sum(row["completed_year"] for row in both) - before, before))
    if len(both) == len(rows):
        return growth, ""
    return f"{growth}*", facts.words.say("statistics.comparable", 总数=len(rows), 数=len(both))


def _growth_cell(facts: Facts, row: Mapping[str, Any]) -> str:
    growth = growth_of(row)
    if growth is not None:
        return signed_rate(growth)
    return "" if row["last_year_to_date"] is None else facts.words.say("phrases.zero_last_year")
