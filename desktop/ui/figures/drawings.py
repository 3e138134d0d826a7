"""Which charts the figures give: completion by line, the year's curve, the last weeks, the sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

import msgspec

from desktop.ledger import money
from desktop.ledger.trend import Point
from desktop.reports.charts.bars import Amount, bars, columns
from desktop.reports.charts.drawing import LEADING, Drawing, Mark, Symbol, Text
from desktop.reports.charts.forms import COUNT, LIGHTS, PLAIN, RATE, Style, money_form
from desktop.reports.charts.lettering import text_width
from desktop.reports.charts.progress import Week, progress_curve
from desktop.reports.charts.ranks import Rank, completion_by_unit
from desktop.ui.figures.reading import Line, Sheet

#: As :class:`desktop.ui.charts.ChartView` takes it.
Make: TypeAlias = Callable[[float, float], Drawing]
LAST_WEEKS = 10
NO_PLAN = "无计划"


class Chart(msgspec.Struct, frozen=True):
    """A chart for a card or for the whole screen: ``draw`` takes width, height and style.

    ``short`` names it beside others, ``unit`` is its money's.
    """

    name: str
    title: str
    short: str
    unit: str
    draw: Callable[[float, float, Style], Drawing]

    def at(self, style: Style = PLAIN) -> Make:
        """What a view draws."""
        return lambda width, height: self.draw(width, height, style)


def charts_of(sheet: Sheet, points: Sequence[Point]) -> tuple[Chart, ...]:
    """All charts of what is looked at, the comparison first."""
    of = f"{sheet.group}：" if sheet.group else ""
    compared = "各项目" if sheet.scope.by == "project" else f"按{sheet.title}"
    form = money_form([point.week for point in points], "万元")
    sums = money_form([line.row.amount("completed_year") for line in sheet.lines])
    return (
        Chart(
            "completion",
            f"{of}{compared}完成率与序时进度",
            "完成率",
            "",
            lambda width, height, style: completion_by_unit(
                _ranks(sheet), _schedule(sheet), width, height, style=style
            ),
        ),
        Chart(
            "trend",
            f"{of}完成率走势",
            "走势",
            "",
            lambda width, height, style: progress_curve(
                [Week(one.label, one.rate, one.schedule) for one in _planned(points)],
                width,
                height,
                style=style,
            ),
        ),
        Chart(
            "weeks",
            f"{of}近{LAST_WEEKS}周完成投资（{form.unit.strip()}）",
            f"近{LAST_WEEKS}周",
            form.unit.strip(),
            lambda width, height, style: bars(
                [Amount(one.label, one.week) for one in points[-LAST_WEEKS:]],
                width,
                height,
                form=form,
                style=style,
            ),
        ),
        Chart(
            "sums",
            f"{of}{compared}年累计完成投资（{sums.unit.strip()}）",
            "年累计",
            sums.unit.strip(),
            lambda width, height, style: columns(
                [
                    Amount(_name(line), line.row.amount("completed_year"), key=_key(line))
                    for line in _by_sum(sheet)
                ],
                width,
                height,
                form=sums,
                style=style,
            ),
        ),
    )


def _planned(points: Sequence[Point]) -> Sequence[Point]:
    """Nothing to draw where there is no plan, or no report, in the whole year."""
    return points if any(point.rate is not None for point in points) else ()


def _schedule(sheet: Sheet) -> Fraction | None:
    return sheet.total.row.share("schedule_progress")


def _name(line: Line) -> str:
    return line.name if line.key is not None else "未填"


def _key(line: Line) -> str:
    """A mark's key; the group of those whose field is empty has one as well."""
    return line.key if line.key is not None else NO_KEY


#: Stands in a mark for the key None, which no record and no item of a code list can be.
NO_KEY = "\u0000"


def _ranks(sheet: Sheet) -> list[Rank]:
    return [
        Rank(
            _name(line),
            line.row.share("completion_rate"),
            line.light or "",
            "" if line.row.share("completion_rate") is not None else NO_PLAN,
            _figures(line),
            _key(line),
        )
        for line in sheet.lines
    ]


def _figures(line: Line) -> str:
    """What is told of a line besides its rate."""
    done = money.in_words(line.row.amount("completed_year"))
    plan = line.row.amount("annual_plan")
    parts = [f"年累计 {done}" + (f"，年度计划 {money.in_words(plan)}" if plan else "")]
    gap = line.row.share("gap")
    if gap is not None:
        parts.append(f"与序时比 {money.format_points(gap)} 个百分点")
    parts += [one.sentence for one in line.reasons]
    return "\n".join(parts)


def _by_sum(sheet: Sheet) -> list[Line]:
    return sorted(sheet.lines, key=lambda line: -line.row.amount("completed_year"))


def headline(sheet: Sheet, width: float, height: float, style: Style) -> Drawing:
    """The figures of all lines together, side by side: caption above, figure below, with its light.

    The figures are set twice as large as ``style`` says, smaller where they have no room.
    """
    whole = sheet.total
    done, gap = whole.row.amount("completed_year"), whole.row.share("gap")
    week = whole.row.values["completed_week"]
    parts = [
        ("项目", COUNT.say(whole.row.amount("projects")), ""),
        ("本周完成", money.in_words(week) if isinstance(week, int) else "未报", ""),
        ("年累计", money.in_words(done), ""),
        ("完成率", RATE.say(whole.row.share("completion_rate")), whole.light or ""),
        ("与序时比（百分点）", money.format_points(gap, missing="无"), ""),
    ]
    said = f"{'，'.join(f'{caption}{figure}' for caption, figure, _ in parts)}。"
    ems = [
        max(text_width(figure, 1) + (1 if light else 0), text_width(caption, 0.5))
        for caption, figure, light in parts
    ]
    room = width - (len(parts) - 1) * style.gap
    size = min(style.text * 2, room / sum(ems), height / (1.5 * LEADING))
    if size < 2:
        return Drawing(width, height, (), said)
    between = (width - sum(ems) * size) / (len(parts) - 1)
    marks: list[Mark] = []
    for number, (caption, figure, light) in enumerate(parts):
        x = sum(ems[:number]) * size + number * between
        small = size / 2
        y = height - size * LEADING / 2
        marks.append(Text(x=x, y=small * LEADING / 2, text=caption, size=small, role="ink_soft"))
        if light:
            shape, role = LIGHTS[light]
            marks.append(Symbol(x=x + size * 0.4, y=y, size=size * 0.8, shape=shape, role=role))
            x += size
        marks.append(Text(x=x, y=y, text=figure, size=size, bold=True))
    return Drawing(width, height, tuple(marks), said)
