"""Progress over the weeks 进度曲线: what was done as a full line, schedule or plan as dashes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from desktop.reports.charts.drawing import (
    LEADING,
    Box,
    Drawing,
    Line,
    Mark,
    Path,
    Role,
    Shape,
    Symbol,
    Text,
    placed,
)
from desktop.reports.charts.forms import PLAIN, RATE, Figure, Form, Style, nothing, too_small, zone
from desktop.reports.charts.lettering import fitted, text_width
from desktop.reports.charts.scale import Scale, evenly, spanning, ticks


class Week(msgspec.Struct, frozen=True):
    """A point of the curve: rates or yuan; None where nothing was reported or planned."""

    label: str
    done: Figure | None
    plan: Figure | None = None


def progress_curve(
    weeks: Sequence[Week],
    width: float,
    height: float,
    *,
    form: Form = RATE,
    style: Style = PLAIN,
    done: str = "完成",
    plan: str = "序时",
) -> Drawing:
    """The curve of ``weeks`` in their order; the last values are written at the lines' ends."""
    if all(week.done is None and week.plan is None for week in weeks):
        return nothing(width, height, style)
    said = _said(weeks, form, done, plan)
    if too_small(width, height, style):
        return Drawing(width, height, (), said)
    size, gap = style.text, style.gap
    ends = _ends(weeks, form, done, plan)
    if max(text_width(text, size) for _, text, _ in ends) > width * 0.4:
        ends = _ends(weeks, form, "", "")
    beside = max(text_width(text, size) for _, text, _ in ends) + 2 * gap
    top, bottom = size * LEADING / 2, height - size * LEADING * 1.5
    values = [value for week in weeks for value in (week.done, week.plan)]
    down = spanning(values, bottom, top)
    marked = ticks(down, max(2, int((bottom - top) / (size * 3))))
    before = max(text_width(form.tick(value), size) for value in marked) + gap
    if before + beside > width * 0.7:  # the curve first, the scale beside it where there is room
        before, beside = gap, min(beside, width * 0.45)
        marked = [value for value in marked if not value]
    across = Scale(down.low * 0, down.low * 0 + max(len(weeks) - 1, 1), before, width - beside)
    places = [across.at(number) for number in range(len(weeks))]
    if len(weeks) == 1:
        places = [(before + width - beside) / 2]
    marks: list[Mark] = _grid(marked, down, before, width - beside, form, style)
    marks += _weeks_below(weeks, places, height, width, style)
    marks += _curve(places, [week.done for week in weeks], down, "accent", style)
    marks += _curve(places, [week.plan for week in weeks], down, "ink_soft", style, dashed=True)
    marks += _written(ends, down, places, width, Box(0, 0, width, bottom), style)
    marks += _zones(weeks, places, top, bottom, form, (done, plan))
    return Drawing(width, height, tuple(marks), said)


def _said(weeks: Sequence[Week], form: Form, done: str, plan: str) -> str:
    last = weeks[-1]
    parts = [f"{done}{form.say(last.done)}"]
    if any(week.plan is not None for week in weeks):
        parts.append(f"{plan}{form.say(last.plan)}")
    span = last.label if len(weeks) == 1 else f"{weeks[0].label}至{last.label}"
    return f"{span}：最后一期{'，'.join(parts)}。"


def _ends(
    weeks: Sequence[Week], form: Form, done: str, plan: str
) -> list[tuple[Figure, str, tuple[int, Role]]]:
    """The last value of each line: (value, text, (number of its week, role))."""
    found: list[tuple[Figure, str, tuple[int, Role]]] = []
    lines: tuple[tuple[str, str, Role], ...] = (
        ("done", done, "accent"),
        ("plan", plan, "ink_soft"),
    )
    for which, name, role in lines:
        values = [getattr(week, which) for week in weeks]
        filled = [number for number, value in enumerate(values) if value is not None]
        if filled:
            last = filled[-1]
            found.append((values[last], f"{name} {form.show(values[last])}".strip(), (last, role)))
    return found


def _grid(
    marked: Sequence[Figure], down: Scale, left: float, right: float, form: Form, style: Style
) -> list[Mark]:
    marks: list[Mark] = []
    for value in marked:
        y = down.at(value)
        marks.append(
            Line(x1=left, y1=y, x2=right, y2=y, role="ink_faint" if not value else "line", width=1)
        )
        if len(marked) > 1:
            text = form.tick(value)
            x = left - style.gap
            marks.append(Text(x=x, y=y, text=text, size=style.text, role="ink_faint", anchor="end"))
    return marks


def _weeks_below(
    weeks: Sequence[Week], places: Sequence[float], height: float, width: float, style: Style
) -> list[Mark]:
    """The names of the last week and of every so-many-th before it."""
    size = style.text
    y = height - size * LEADING / 2
    taken: list[Box] = []
    apart = places[1] - places[0] if len(places) > 1 else 0.0
    widest = max(text_width(fitted(week.label, size, width / 3), size) for week in weeks)
    order = evenly(len(weeks), apart, widest + size)
    marks: list[Mark] = []
    for number in order:
        text = fitted(weeks[number].label, size, width / 3)
        half = text_width(text, size) / 2
        x = min(max(places[number], half), width - half)
        found = placed(
            [Text(x=x, y=y, text=text, size=size, role="ink_soft", anchor="middle")],
            taken,
            Box(0, 0, width, height),
        )
        if found is not None:
            marks.append(found)
            box = taken.pop()
            taken.append(Box(box.left - size, box.top, box.right + size, box.bottom))
    return marks


def _curve(
    places: Sequence[float],
    values: Sequence[Figure | None],
    down: Scale,
    role: Role,
    style: Style,
    *,
    dashed: bool = False,
) -> list[Mark]:
    """The stretches between gaps; a lone point is a disc."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for x, value in zip(places, values, strict=True):
        if value is not None:
            stretches[-1].append((x, down.at(value)))
        elif stretches[-1]:
            stretches.append([])
    marks: list[Mark] = []
    floor = down.at(0)
    for points in stretches:
        if len(points) > 1 and not dashed:
            around = ((points[0][0], floor), *points, (points[-1][0], floor))
            marks.append(Path(points=around, role=role, tint=0.12, filled=True))
        if len(points) > 1:
            line = style.line * (0.75 if dashed else 1.25)
            marks.append(Path(points=tuple(points), role=role, width=line, dashed=dashed))
        elif points:
            (x, y) = points[0]
            shape: Shape = "ring" if dashed else "disc"
            marks.append(Symbol(x=x, y=y, size=style.line * 4, shape=shape, role=role))
    return marks


def _written(
    ends: Sequence[tuple[Figure, str, tuple[int, Role]]],
    down: Scale,
    places: Sequence[float],
    width: float,
    bounds: Box,
    style: Style,
) -> list[Mark]:
    """The values right of the lines' ends, pushed apart where they would meet."""
    size, leading = style.text, style.text * LEADING
    in_order = sorted(ends, key=lambda end: down.at(end[0]))
    heights = [down.at(value) for value, _, _ in in_order]
    if len(heights) == 2 and heights[1] - heights[0] < leading:
        middle = sum(heights) / 2
        heights = [middle - leading / 2, middle + leading / 2]
    least = bounds.top + leading / 2
    heights = [max(y, least + number * leading) for number, y in enumerate(heights)]
    most = bounds.bottom - leading / 2
    count = len(heights)
    heights = [min(y, most - (count - 1 - number) * leading) for number, y in enumerate(heights)]
    right = places[-1] + style.gap * 1.5
    marks: list[Mark] = []
    for y, (value, text, (number, role)) in zip(heights, in_order, strict=True):
        text = fitted(text, size, width - right)
        bold = role == "accent"
        marks.append(Text(x=right, y=y, text=text, size=size, role=role, bold=bold))
        if role == "accent":
            spot = (places[number], down.at(value))
            marks.append(Symbol(x=spot[0], y=spot[1], size=style.line * 4, shape="disc"))
    return marks


def _zones(
    weeks: Sequence[Week],
    places: Sequence[float],
    top: float,
    bottom: float,
    form: Form,
    names: tuple[str, str],
) -> list[Mark]:
    """Each week's values, told when a person points anywhere above or below it."""
    borders = [(a + b) / 2 for a, b in pairwise(places)]
    lefts, rights = [places[0], *borders], [*borders, places[-1]]
    marks: list[Mark] = []
    for week, left, right in zip(weeks, lefts, rights, strict=True):
        tip = f"{week.label}\n{names[0]} {form.say(week.done)}"
        if week.plan is not None:
            tip += f"\n{names[1]} {form.say(week.plan)}"
        marks.append(zone(left, top, right - left, bottom - top, tip))
    return marks
