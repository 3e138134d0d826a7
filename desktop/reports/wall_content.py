"""The wall chart 挂图作战 as content (REGIME S26): every dispatched project of a week, by unit.

Within a unit the red ones come first, then the yellow ones, the farthest behind first. A project's
next milestone is the earliest one that is not finished on the week's last day; where none is
planned, its planned start or finish. Sums of a column add up by balanced rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal

import msgspec

from desktop.ledger import money, paper_code, periods
from desktop.ledger.dispatch import consolidates, week_of
from desktop.ledger.indicator_definitions import ALL, require
from desktop.ledger.indicators import Row as Figures
from desktop.ledger.indicators import indicators_of
from desktop.ledger.money import Unit
from desktop.ledger.periods import Period
from desktop.ledger.standing import LIGHTS, Standing, standing_of
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words, say
from desktop.reports import sums
from desktop.reports.content import Footer, Light
from desktop.reports.ledger_columns import Links
from desktop.reports.ledger_sections import units_in_order
from desktop.reports.templates import Words
from desktop.reports.wall_next import Next, coming_of
from desktop.reports.wall_words import COLUMNS, TEMPLATE, Fixed
from desktop.reports.weekly_facts import amount, clause

Size = Literal["A3", "A1", "A0"]
#: The indicators that the chart speaks of.
INDICATORS = ("annual_plan", "completed_year", "completion_rate", "gap")


class Tile(msgspec.Struct, frozen=True):
    """A project. ``share`` is its completion rate (None without a plan); ``late`` says by how much
    the next milestone is overdue, "" where it is not; ``when`` is the milestone's date."""

    number: str
    name: str
    light: Light
    share: Fraction | None
    rate: str
    plan: str
    done: str
    figures: str
    reason: str
    milestone: str
    when: str
    late: str


class Group(msgspec.Struct, frozen=True):
    """A unit and its projects; ``title`` "" in a book that looks after one unit only."""

    title: str
    again: str
    tiles: tuple[Tile, ...]


class Wall(msgspec.Struct, frozen=True):
    """A wall chart; ``schedule`` is the share of the year that has passed, ``sheet`` the template
    of 第 1 张 共 3 张."""

    title: str
    period: str
    summary: str
    groups: tuple[Group, ...]
    schedule: Fraction
    legend: tuple[str, ...]
    columns: tuple[str, ...]
    sheet: str
    nothing: str
    size: Size
    footer: Footer
    made_on: date
    author: str = ""
    note: str = ""
    demonstration: bool = False

    def numbered(self, number: int, sheets: int) -> str:
        """第 1 张 共 3 张."""
        return say(self.sheet, {"张": number, "总张": sheets})


def wall_chart(
    store: Store, period: str | Period, *, size: Size = "A3", demonstration: bool = False
) -> Wall:
    """The wall chart of a week; raises :class:`~desktop.ledger.dispatch.NotAWeek`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises."""
    week, scheme = week_of(period), store.scheme
    require(scheme, INDICATORS, "挂图作战")
    words, links = TEMPLATE.of(scheme), Links(store)
    last = periods.week_range(week, scheme.week_last_day)[1]
    unit = links.name("unit", store.unit)
    found = _in_order(store, standing_of(store, week))
    values = [_yuan(one, name) for name in ("annual_plan", "completed_year") for one in found]
    money_unit = words.fixed.settings.money_unit or sums.unit_of_table(values)
    by_unit = [list(members) for _, members in groupby(found, lambda one: one.unit)]
    columns = _columns(found, by_unit, money_unit)
    several = consolidates(store)
    coming = coming_of(store, words, last)
    units = {row.key: row for row in indicators_of(store, week, "unit")}
    groups, at = [], 0
    for number, members in enumerate(by_unit):
        tiles = []
        for one in members:
            plan, done = (column.cells[at] for column in columns)
            said = _figures(words, one, plan, done, money_unit)
            coming_next = coming.get(one.project)
            tiles.append(_tile(words, one, at + 1, (plan, done, said), coming_next, last))
            at += 1
        name = links.name("unit", members[0].unit) or words.say("phrases.unfilled")
        totals = {
            "年度计划": columns[0].subtotals[number],
            "年累计": columns[1].subtotals[number],
            "占计划": _share(words, units.get(members[0].unit)),
        }
        said = words.say("head.unit", 单位=name, 单位名=money_unit, **_lit(members), **totals)
        title, again = (said, words.say("head.again", 单位=name)) if several else ("", "")
        groups.append(Group(title, again, tuple(tiles)))
    schedule = periods.schedule_progress(week, scheme.week_last_day)
    return Wall(
        title=words.say("head.title", 单位=unit),
        period=words.say("head.period", 期次=periods.label(week, scheme.week_last_day)),
        summary=_summary(words, found, indicators_of(store, week, ALL)[0]) if found else "",
        groups=tuple(groups),
        schedule=schedule,
        legend=_legend(words, schedule),
        columns=tuple(words.column(name)[0] for name in COLUMNS),
        sheet=words.sentences["head.sheet"],
        nothing=words.say("head.nothing"),
        size=size,
        footer=Footer(unit, week.title, paper_code.code(store.journal.head)),
        made_on=last,
        author=unit,
        note=sums.note_below(*(column.note or "" for column in columns)),
        demonstration=demonstration,
    )


def _in_order(store: Store, standings: Sequence[Standing]) -> list[Standing]:
    """By unit in the book's order, the worst light first, then the farthest behind, then names."""
    order = {record: place for place, record in enumerate(units_in_order(store))}

    def place(one: Standing) -> tuple[int, str, int, bool, Fraction, str, str]:
        gap = one.row.share("gap")
        return (
            order.get(one.unit or "", len(order)),
            one.unit or "",
            -LIGHTS.index(one.light),
            gap is None,
            gap or Fraction(0),
            one.name,
            one.project,
        )

    return sorted(standings, key=place)


def _yuan(one: Standing, name: str) -> int | None:
    value = one.row.values[name]
    return value if isinstance(value, int) else None


def _columns(
    found: Sequence[Standing], by_unit: Sequence[Sequence[Standing]], unit: Unit
) -> tuple[sums.Printed, sums.Printed]:
    """Plan and completed year by project, with the units' subtotals; — where there is none."""
    groups: list[Any] = []
    at = 0
    for members in by_unit:
        groups.append(list(range(at, at + len(members))))
        at += len(members)

    def column(name: str) -> sums.Printed:
        values = [_yuan(one, name) for one in found]
        decimals = sums.fewest_decimals(values, unit)
        return sums.printed(values, unit, decimals, groups, missing="—")

    return column("annual_plan"), column("completed_year")


def _figures(words: Words[Fixed], one: Standing, plan: str, done: str, unit: Unit) -> str:
    if one.row.share("completion_rate") is None:
        return words.say("phrases.figures_unplanned", 年累计=done, 单位名=unit)
    return words.say("phrases.figures", 年累计=done, 年度计划=plan, 单位名=unit)


def _tile(
    words: Words[Fixed],
    one: Standing,
    number: int,
    figures: tuple[str, str, str],
    coming: Next | None,
    last: date,
) -> Tile:
    plan, done, said = figures
    share = one.row.share("completion_rate")
    late = (last - coming.day).days if coming and not coming.finished else 0
    return Tile(
        number=str(number),
        name=clause(one.name),
        light=one.light,
        share=share,
        rate=money.format_rate(share, missing=words.say("phrases.no_plan")),
        plan=plan,
        done=done,
        figures=said,
        reason="；".join(reason.sentence for reason in one.reasons),
        milestone=coming.name if coming else words.say("phrases.none"),
        when=day_in_words(coming.day, last.year) if coming else "",
        late=words.say("phrases.late", 数=late) if late > 0 else "",
    )


def _lit(members: Sequence[Standing]) -> dict[str, int]:
    counts = {light: sum(one.light == light for one in members) for light in LIGHTS}
    return {
        "项目数": len(members),
        "红": counts["red"],
        "黄": counts["yellow"],
        "绿": counts["green"],
    }


def _share(words: Words[Fixed], row: Figures | None) -> str:
    """The unit's completion rate, as the weekly report says it."""
    share = row.share("completion_rate") if row is not None else None
    if share is None:
        return words.say("phrases.unplanned_unit")
    return words.say("phrases.planned_unit", 完成率=money.format_rate(share))


def _summary(words: Words[Fixed], found: Sequence[Standing], whole: Figures) -> str:
    share, gap = whole.share("completion_rate"), whole.share("gap")
    said = words.say("phrases.unplanned")
    if share is not None:
        said = words.say(
            "phrases.planned", 完成率=money.format_rate(share), 比序时=_against(words, gap)
        )
    return words.say(
        "head.summary",
        **_lit(found),
        年度计划=amount(whole.amount("annual_plan")),
        年累计=amount(whole.amount("completed_year")),
        占计划=said,
    )


def _against(words: Words[Fixed], gap: Fraction | None) -> str:
    printed = money.format_points(gap, signed=False)
    if gap is None or printed == money.format_points(Fraction(0), signed=False):
        return words.say("phrases.level")
    return words.say("phrases.ahead" if gap > 0 else "phrases.behind", 差=printed)


def _legend(words: Words[Fixed], schedule: Fraction) -> tuple[str, ...]:
    said = (
        words.say("legend.lights"),
        words.say("legend.bar", 序时=money.format_rate(schedule)),
        words.say("legend.milestone"),
    )
    return tuple(text for text in said if text)
