"""Charts of the weekly report: completion beside the schedule by unit, and the last weeks.

Each stands only where it says more than a table of three numbers: several units with a plan,
several weeks with figures. Values are written on them; nothing in them needs colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from desktop.ledger.trend import Point, trend_of
from desktop.reports import sums
from desktop.reports.charts.bars import Amount, bars
from desktop.reports.charts.forms import Style, money_form
from desktop.reports.charts.progress import Week, progress_curve
from desktop.reports.charts.ranks import Rank, completion_by_unit, ranks_height
from desktop.reports.content import Chart
from desktop.reports.weekly_facts import Facts
from desktop.reports.weekly_figures import compared, ranked_of

#: The type area's width (GB/T 9704-2012, 5.2.1) in points, and how charts are set on it.
WIDTH = 156 * 72 / 25.4
STYLE = Style(text=9, line=1.4, gap=4.5, bar=28)
#: No chart is higher than this; those of the weeks are as high as they need to be read.
HIGHEST, WEEKS_HIGH, PACE_HIGH = 340.0, 92.0, 116.0
#: So many weeks with figures make a trend.
LEAST = 4


def units_chart(facts: Facts) -> list[Chart]:
    """The units' completion rates as bars, the schedule as a line through them; for several."""
    words, least = facts.words, facts.words.settings.chart_units
    ranked = ranked_of(facts) if compared(facts) else []
    planned = [one for one in ranked if one.row.share("completion_rate") is not None]
    if not least or len(planned) < least:
        return []
    rows = [
        Rank(
            one.row.title,
            one.row.share("completion_rate"),
            one.light or "",
            words.say("phrases.no_plan"),
        )
        for one in ranked
    ]
    drawing = completion_by_unit(
        rows,
        facts.whole.share("schedule_progress"),
        WIDTH,
        min(ranks_height(len(rows), STYLE), HIGHEST),
        style=STYLE,
        name=words.say("charts.schedule"),
    )
    return [Chart(drawing, words.say("charts.units"))]


def weeks_charts(facts: Facts) -> list[Chart]:
    """What was done in each of the last weeks, and completion beside the schedule since January."""
    last = facts.words.settings.chart_weeks
    if not last:
        return []
    plan = facts.whole.amount("annual_plan")
    points = trend_of(facts.store, str(facts.week), list(facts.projects), plan)
    return [*_sums(facts, points[-last:]), *_pace(facts, points)]


def _sums(facts: Facts, points: Sequence[Point]) -> list[Chart]:
    points = list(dropwhile(lambda one: one.week is None, points))
    found = [one.week for one in points if one.week is not None]
    if len(found) < LEAST or not any(found):
        return []
    form = money_form(found, facts.words.settings.money_unit or sums.unit_of_table(found))
    amounts = [Amount(one.label, one.week) for one in points]
    drawing = bars(amounts, WIDTH, WEEKS_HIGH, form=form, style=STYLE)
    said = facts.words.say("charts.weeks", 周数=len(points), 单位=form.unit.strip())
    return [Chart(drawing, said)]


def _pace(facts: Facts, points: Sequence[Point]) -> list[Chart]:
    if sum(one.rate is not None for one in points) < LEAST:
        return []
    words = facts.words
    drawing = progress_curve(
        [Week(one.label, one.rate, one.schedule) for one in points],
        WIDTH,
        PACE_HIGH,
        style=STYLE,
        done=words.say("charts.done"),
        plan=words.say("charts.schedule"),
    )
    return [Chart(drawing, words.say("charts.pace"))]
