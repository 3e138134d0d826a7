"""Standing 亮灯和排名: each project's light with its reasons, each unit's place in the week.

The rules are data (``presets.toml``): how far an indicator lies below zero, a whole number, or how
long it is since a date, against a yellow and a red limit (STANDARDS, Lights). The reference date is
the week's last day, never the wall clock's. A light is the worst that any rule gives; every rule
that gives one is told as a sentence with its figures.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import msgspec

from desktop.ledger import money
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.dispatch import latest_rows, parameters, week_of, with_weeks
from desktop.ledger.expressions import BadExpression, guarded
from desktop.ledger.indicator_definitions import PROJECT, qualified
from desktop.ledger.indicators import Row, indicators_of
from desktop.ledger.periods import Period, week_range
from desktop.ledger.presets import FILE, Presets, Rule, presets
from desktop.ledger.store import Store, named
from desktop.ledger.wording import day_in_words, say

Light: TypeAlias = Literal["green", "yellow", "red"]
#: From the best to the worst.
LIGHTS: tuple[Light, ...] = ("green", "yellow", "red")
#: What a rule measures: a whole number, percentage points, or a date; None gives no light.
Measured: TypeAlias = int | Fraction | date | None


class Reason(msgspec.Struct, frozen=True):
    """Why a light is on: the rule, its light, the figure that it measured and the sentence."""

    rule: str
    light: Light
    figure: int | Fraction
    sentence: str


class Standing(msgspec.Struct, frozen=True):
    """How a project stands: its indicators, its light, the reasons from the worst."""

    project: str
    name: str
    unit: str | None
    light: Light
    reasons: tuple[Reason, ...]
    row: Row


class Ranked(msgspec.Struct, frozen=True):
    """A group's place: ``rank`` None stands for 不排名 (no plan), ``light`` None for none."""

    rank: int | None
    light: Light | None
    row: Row


def standing_of(store: Store, period: str | Period) -> list[Standing]:
    """Every dispatched project with its light, in the order of names.

    Raises :class:`~desktop.ledger.dispatch.NotAWeek`, :class:`MalformedScheme`.
    """
    week, scheme = week_of(period), store.scheme
    settings = presets(scheme)
    _, today = week_range(week, scheme.week_last_day)
    measured = _measured(store, week)
    found = []
    for row in indicators_of(store, week, PROJECT):
        unit, judged, figures = measured[str(row.key)]
        lit = judge(row, figures, settings.rules, today) if judged else ()
        found.append(Standing(str(row.key), row.title, unit, worst(lit), lit, row))
    return found


def ranked_units(store: Store, period: str | Period, by: str = "unit") -> list[Ranked]:
    """The groups of a dimension from the first rank to the last, then those without a rank."""
    settings = presets(store.scheme)
    _, today = week_range(week_of(period), store.scheme.week_last_day)
    rows = indicators_of(store, period, by)
    return ranking(rows, settings, today)


def ranking(rows: Sequence[Row], settings: Presets, today: date) -> list[Ranked]:
    """Rows by the ranking indicator, the highest first; equals share a rank (1, 2, 2, 4).

    Rows without the figure come last and have no rank. The light follows from the rules that look
    at indicators alone.
    """
    name = settings.judging.ranking
    shares = sorted(share for row in rows if (share := row.share(name)) is not None)
    ranked = []
    for row in rows:
        share = row.share(name)
        if share is None:
            ranked.append(Ranked(None, None, row))
            continue
        lit = judge(row, {}, settings.rules, today)
        ranked.append(Ranked(1 + len(shares) - bisect_right(shares, share), worst(lit), row))
    return sorted(ranked, key=lambda one: (one.rank is None, one.rank or 0))


def judge(
    row: Row, figures: Mapping[str, Measured], rules: Mapping[str, Rule], today: date
) -> tuple[Reason, ...]:
    """The reasons that ``rules`` find, red ones first, else in the order of the file.

    ``figures`` holds what the rules with an expression measured; ``today`` is the reference date.
    """
    found = []
    for rule in rules.values():
        if rule.below is not None:
            share = row.share(rule.below)
            value: Measured = None if share is None else -share
        else:
            value = figures.get(rule.name)
        if value is None:
            continue
        since = value if isinstance(value, date) else None
        figure = elapsed(value, today, str(rule.every)) if isinstance(value, date) else value
        light = _light(rule, figure)
        if light is None:
            continue
        shown = figure if isinstance(figure, int) else money.format_points(figure, signed=False)
        said = say(
            rule.reason, {"数": shown, "日期": day_in_words(since, today.year) if since else ""}
        )
        found.append(Reason(rule.name, light, figure, said))
    return tuple(sorted(found, key=lambda reason: -LIGHTS.index(reason.light)))


def worst(reasons: Sequence[Reason]) -> Light:
    """The worst light among ``reasons``; green without any."""
    return max((reason.light for reason in reasons), key=LIGHTS.index, default="green")


def elapsed(since: date, today: date, every: str) -> int:
    """Full days, weeks or months from ``since`` to ``today``; negative before it.

    A month is full on the same day of the month, or on the month's last day where there is no such
    day (民法典第二百零二条).
    """
    days = (today - since).days
    if every == "day" or days < 0:
        return days
    if every == "week":
        return days // 7
    months = (today.year - since.year) * 12 + today.month - since.month
    full = min(since.day, monthrange(today.year, today.month)[1])
    return months - (today.day < full)


def _light(rule: Rule, figure: int | Fraction) -> Light | None:
    if rule.red is not None and figure >= rule.red:
        return "red"
    if rule.yellow is not None and figure >= rule.yellow:
        return "yellow"
    return None


def _measured(
    store: Store, week: Period
) -> dict[str, tuple[str | None, bool, dict[str, Measured]]]:
    """For every dispatched project: its unit, whether it is judged, what the rules measured."""
    scheme = store.scheme
    subject = scheme.registers[scheme.head.subject]
    settings = presets(scheme)
    looking = [rule for rule in settings.rules.values() if rule.expression is not None]
    keys = ["lights.judged", *(f"light.{rule.name}" for rule in looking)]
    texts = [settings.judging.judged, *(str(rule.expression) for rule in looking)]
    columns = [
        f"({qualified(scheme, subject, text, FILE, key)})"
        for key, text in zip(keys, texts, strict=True)
    ]
    owner = f'this."{subject.owner}"' if subject.owner else "NULL"
    rows = _selected(store, week, ["this.record", owner], keys, columns)
    found = {}
    for record, unit, judged, *values in rows:
        figures = {
            rule.name: _admitted(rule, value) for rule, value in zip(looking, values, strict=True)
        }
        found[record] = (unit, bool(judged), figures)
    return found


def _selected(
    store: Store, week: Period, ahead: list[str], keys: list[str], columns: list[str]
) -> list[tuple[Any, ...]]:
    """The columns for every dispatched project; :class:`MalformedScheme` names the one at fault."""
    scheme = store.scheme
    statement = f"SELECT {', '.join([*ahead, *columns])} FROM {with_weeks(scheme)}"
    try:
        with guarded(store.connection, FILE):
            cursor = store.connection.execute(statement, parameters(scheme, week))
            if len(cursor.description) != len(ahead) + len(columns):
                raise BadExpression(FILE, "写成了几个表达式")
            return cursor.fetchall()
    except BadExpression as error:
        latest_rows(store, week)  # the scope may be what is wrong
        if len(keys) == 1:
            raise MalformedScheme(FILE, keys[0], error.reason) from error
        for key, column in zip(keys, columns, strict=True):
            _selected(store, week, ahead, [key], [column])
        raise
    except sqlite3.Error as error:
        raise named(error, store.name) from error


def _admitted(rule: Rule, value: Any) -> Measured:
    """What a rule's expression gave, as it must be."""
    if value is None or (rule.figure is not None and type(value) is int):
        return value
    if rule.since is not None and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    kind = "整数" if rule.figure is not None else "日期"
    raise MalformedScheme(FILE, f"light.{rule.name}", f"算出的“{value}”不是{kind}")
