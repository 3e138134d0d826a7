"""Charts of the monthly report: completion by unit beside the schedule, and the months of the year.

Each stands only where it says more than a table of three numbers.
"""

from __future__ import annotations

from desktop.ledger.months_reading import trend
from desktop.reports import sums
from desktop.reports.charts.bars import Amount, bars
from desktop.reports.charts.forms import money_form
from desktop.reports.charts.progress import Week, progress_curve
from desktop.reports.charts.ranks import Rank, completion_by_unit, ranks_height
from desktop.reports.content import Chart
from desktop.reports.monthly_facts import Facts
from desktop.reports.weekly_charts import HIGHEST, PACE_HIGH, STYLE, WEEKS_HIGH, WIDTH


def units_chart(facts: Facts) -> list[Chart]:
    """The units' completion rates as bars, the schedule as a line through them; for several."""
    words, least = facts.words, facts.words.fixed.settings.chart_units
    ranked = facts.ranked if facts.compared else []
    planned = [one for one in ranked if one.group.completion_rate is not None]
    if not least or len(planned) < least:
        return []
    rows = [
        Rank(
            facts.name_of_unit(one.group.key),
            one.group.completion_rate,
            note=words.say("phrases.no_plan"),
        )
        for one in ranked
    ]
    drawing = completion_by_unit(
        rows,
        facts.whole.schedule,
        WIDTH,
        min(ranks_height(len(rows), STYLE), HIGHEST),
        style=STYLE,
        name=words.say("charts.schedule"),
    )
    return [Chart(drawing, words.say("charts.units"))]


def months_charts(facts: Facts) -> list[Chart]:
    """What was done in each month of the year, and completion beside the schedule."""
    words, least = facts.words, facts.words.fixed.settings.chart_months
    points = trend(facts.store, facts.members, facts.month) if least else []
    own = [one.own for one in points if one.own is not None]
    found = []
    if least and len(own) >= least and any(own):
        form = money_form(own, words.fixed.settings.money_unit or sums.unit_of_table(own))
        amounts = [Amount(one.month.short, one.own) for one in points]
        drawing = bars(amounts, WIDTH, WEEKS_HIGH, form=form, style=STYLE)
        said = words.say("charts.months", 年=facts.month.year, 单位=form.unit.strip())
        found.append(Chart(drawing, said))
    if least and sum(one.own is not None and one.rate is not None for one in points) >= least:
        curve = progress_curve(
            [
                Week(one.month.short, one.rate if one.own is not None else None, one.schedule)
                for one in points
            ],
            WIDTH,
            PACE_HIGH,
            style=STYLE,
            done=words.say("charts.done"),
            plan=words.say("charts.schedule"),
        )
        found.append(Chart(curve, words.say("charts.pace")))
    return found
