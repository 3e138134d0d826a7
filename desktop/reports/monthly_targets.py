"""Targets 目标任务 in the monthly report: where each stands, the gap, what the rest must bring."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from desktop.ledger import money
from desktop.ledger.months_targets import PER_CENT, Target
from desktop.reports.content import Block, Column, Paragraph
from desktop.reports.monthly_facts import Facts
from desktop.reports.weekly_facts import amount, trimmed


def targets(facts: Facts) -> list[Block]:
    """The targets of units."""
    return _section(facts, [one for one in facts.targets if not one.department], "unit")


def departments(facts: Facts) -> list[Block]:
    """The targets for which an industry department answers, by department."""
    found = [one for one in facts.targets if one.department]
    order = {name: place for place, name in enumerate(dict.fromkeys(t.department for t in found))}
    return _section(facts, sorted(found, key=lambda one: order[one.department]), "department")


def _section(
    facts: Facts, found: Sequence[Target], whose: Literal["unit", "department"]
) -> list[Block]:
    """All of them as a table; of very many those that are behind the schedule."""
    words = facts.words
    if not found:
        return []
    blocks: list[Block] = []
    shown = list(found)
    if len(found) > words.fixed.settings.rows:
        shown = [one for one in found if _behind(one)]
        key = "targets.listed" if shown else "targets.none_behind"
        blocks.append(Paragraph(words.say(key, 总数=len(found), 数=len(shown))))
    if shown:
        first = [Column(words.column("department"), "text", 8)] if whose == "department" else []
        others = any(one.unit != facts.store.unit for one in shown)
        if others:
            first.append(Column(words.column("unit"), "text", 7))
        columns = (
            *first,
            Column(words.column("indicator"), "text", 11),
            *(
                Column(words.column(name), "figure", 6)
                for name in (
                    "assured", "striven", "now", "share", "schedule_gap", "left", "each_month",
                )
            ),
        )  # fmt: skip
        rows = []
        for one in shown:
            unit = (facts.name_of_unit(one.unit),) if others else ()
            department = (one.department,) if whose == "department" else ()
            rows.append((*department, *unit, *_cells(facts, one)))
        blocks.append(trimmed(columns, rows))
    return blocks


def _behind(one: Target) -> bool:
    """Whether the target is not reached and less is done than the time passed would ask."""
    if one.gap is None or not one.gap:
        return False
    return one.rate is None or one.rate < one.schedule


def _cells(facts: Facts, one: Target) -> tuple[str, ...]:
    words = facts.words
    named = one.indicator
    if one.category:
        named = words.say("targets.category", 指标=named, 类别=one.category)
    if one.period.kind != "year":
        named = words.say("targets.quarter", 指标=named, 期次=one.period.short)
    now = _value(facts, one, one.now) if one.now is not None else words.say("targets.no_figure")
    left = ""
    if one.gap is not None:
        left = _size(facts, one, one.gap) if one.gap else words.say("targets.reached")
    compared = None if one.rate is None else money.points(one.rate, one.schedule)
    each = one.each_month
    return (
        named,
        _value(facts, one, one.assured),
        _value(facts, one, one.striven),
        now,
        money.format_rate(one.rate),
        money.format_points(compared),
        left,
        _size(facts, one, each) if each else "",
    )


def _value(facts: Facts, one: Target, value: Fraction | None) -> str:
    """A level in the unit of its basis."""
    if value is None:
        return ""
    if one.basis in PER_CENT:
        return money.format_rate(value / 100)
    if one.basis == "位次":
        return facts.words.say("targets.place", 数=_number(value))
    return _number(value) if one.basis != "金额" else amount(money.nearest(value))


def _size(facts: Facts, one: Target, value: Fraction) -> str:
    """What is missing, in the unit of its basis."""
    if one.basis in PER_CENT:
        return facts.words.say("targets.points", 数=money.format_points(value, signed=False))
    if one.basis == "位次":
        return facts.words.say("targets.places", 数=_number(value))
    return _value(facts, one, value)


def _number(value: Fraction) -> str:
    """A plain number with one decimal where it has any."""
    whole = value.denominator == 1
    return str(value.numerator) if whole else money.format_points(value, signed=False)
