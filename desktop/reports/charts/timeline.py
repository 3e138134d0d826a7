"""Milestones on a time axis 倒排工期: planned bars, what is done, what is late, today's line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from desktop.ledger.wording import day_in_words
from desktop.reports.charts.drawing import (
    LEADING,
    Drawing,
    Line,
    Mark,
    Rect,
    Role,
    Shape,
    Symbol,
    Text,
)
from desktop.reports.charts.forms import PLAIN, Style, nothing, too_small, zone
from desktop.reports.charts.lettering import fitted, text_width
from desktop.reports.charts.months import interrupted, month_marks, next_month, place_of
from desktop.reports.charts.scale import Scale, spanning

#: The height of a row in ems, at the least and as it should be.
LOW, GOOD = 1.5, 2.6


class Milestone(msgspec.Struct, frozen=True):
    """A milestone: a bar from ``start`` to ``due``, without a start a point in time.

    ``begun`` and ``finished`` are what really happened; ``key`` says what stands behind it.
    """

    name: str
    due: date
    start: date | None = None
    begun: date | None = None
    finished: date | None = None
    key: str = ""

    def late(self, today: date) -> int:
        """The days by which it was or is late; 0 where it is not."""
        return max(((self.finished or today) - self.due).days, 0)

    @property
    def dates(self) -> tuple[date, ...]:
        """All that are known."""
        known = (self.start, self.due, self.begun, self.finished)
        return tuple(day for day in known if day is not None)


def timeline_height(count: int, style: Style = PLAIN) -> float:
    """The height in which ``count`` milestones stand well."""
    return (count * GOOD + 2 * LEADING) * style.text + 2 * style.gap


def timeline(
    milestones: Sequence[Milestone],
    today: date,
    width: float,
    height: float,
    *,
    style: Style = PLAIN,
    today_name: str = "今天",
) -> Drawing:
    """The milestones in the given order under the months; ``today`` may be a week's last day.

    What has no room is counted in the last row.
    """
    if not milestones:
        return nothing(width, height, style, "没有节点")
    said = f"{'；'.join(f'{one.name}{_situation(one, today)}' for one in milestones)}。"
    if too_small(width, height, style):
        return Drawing(width, height, (), said)
    size, gap = style.text, style.gap
    head, foot = size * LEADING + gap, height - size * LEADING - gap
    room = max(int((foot - head) / (LOW * size)), 1)
    left_out = len(milestones) - room if len(milestones) > room else 0
    shown = milestones[: room - 1] if left_out else milestones
    rows = len(shown) + bool(left_out)
    step = min((foot - head) / max(rows, 1), GOOD * 1.4 * size)
    names = min(max(text_width(one.name, size) for one in milestones), width * 0.32)
    beside = max(text_width(_mark(one, today), size) for one in milestones) + size + gap
    axis = _axis(milestones, today, names + 2 * gap, width - min(beside, width * 0.4))
    bottom = head + rows * step
    marks: list[Mark] = []
    for number, one in enumerate(shown):
        y = head + (number + 0.5) * step
        name = fitted(one.name, size, names)
        marks.append(Text(x=0, y=y, text=name, size=size, key=one.key))
        marks += _row(one, today, axis, y, min(step * 0.5, size * 1.4), width, style)
        tip = f"{one.name}\n{_planned(one, today)}\n{_situation(one, today)}"
        marks.append(zone(0, y - step / 2, width, step, tip, one.key))
    if left_out:
        y = head + (rows - 0.5) * step
        text = fitted(f"另有 {len(milestones) - len(shown)} 个节点未画出", size, width)
        marks.append(Text(x=0, y=y, text=text, size=size, role="ink_faint"))
    written = [mark for mark in marks if isinstance(mark, Text)]
    months = interrupted(month_marks(axis, today, head, bottom, width, style), written)
    marks += _today(axis, today, today_name, head, bottom, width, style)
    return Drawing(width, height, (*months, *marks), said)


def _axis(milestones: Sequence[Milestone], today: date, left: float, right: float) -> Scale:
    """From the first to the last month that has a date in it; days count from the year 1."""
    days = [today, *(day for one in milestones for day in one.dates)]
    first = min(days).replace(day=1)
    last = next_month(max(days))
    if (last - first).days > 366 * 40:  # a mistyped year must not hide all the others
        near = [day for day in days if abs((day - today).days) <= 366 * 20]
        first, last = min(near).replace(day=1), next_month(max(near))
    scale = spanning([0, (last - first).days], left, right)
    origin = first.toordinal()
    return Scale(scale.low + origin, scale.high + origin, scale.start, scale.end)


def _after(axis: Scale, day: date) -> float:
    """The place of the end of a day."""
    return min(max(axis.at(day.toordinal() + 1), axis.start), axis.end)


def _row(
    one: Milestone,
    today: date,
    axis: Scale,
    y: float,
    high: float,
    width: float,
    style: Style,
) -> list[Mark]:
    """The bars of a milestone and what is written after it."""
    late = one.late(today)
    role: Role = "must" if late else "accent"
    marks: list[Mark] = []
    if one.start is None or one.start > one.due:
        x = _after(axis, one.due)
        shape: Shape = "diamond" if one.finished else "hollow_diamond"
        half = high / 2
        x = min(max(x, axis.start + half), axis.end - half)
        end = x + half
        if late:
            end = max(end, _after(axis, one.finished or today))
            if end - x > half:
                marks.append(_bar(x, end, y, high * 0.4, "must", 0.35, hatched=True))
        colour: Role = "must" if late else "good" if one.finished else "accent"
        marks.append(Symbol(x=x, y=y, size=high, shape=shape, role=colour, key=one.key))
    else:
        start, due = place_of(axis, one.start), _after(axis, one.due)
        marks.append(_bar(start, due, y, high, role, 0.45 if late else 0.2))
        end = due
        done = one.finished or (today if one.begun and one.begun <= today else None)
        if done is not None:
            begun = place_of(axis, max(one.begun or one.start, one.start))
            until = min(_after(axis, done), due)
            if until > begun:
                marks.append(_bar(begun, until, y, high, "accent", 1.0))
        if late:
            end = max(due, _after(axis, one.finished or today))
            marks.append(_bar(due, end, y, high, "must", 0.35, hatched=True))
    beside = _beside(_mark(one, today), late > 0, end, y, _after(axis, today), width, style)
    return [*marks, *beside]


def _beside(
    text: str,
    late: bool,
    end: float,
    y: float,
    line: float,
    width: float,
    style: Style,
) -> list[Mark]:
    """What is written right of the bar, and right of today's line where it would cross it."""
    size, gap = style.text, style.gap
    sign = size if late else 0.0
    x = end + gap
    if x - gap / 2 < line < x + sign + text_width(text, size) + gap / 2:
        x = line + gap
    text = fitted(text, size, width - x - sign)
    role: Role = "must" if late else "ink_soft"
    mark = Text(x=x + sign, y=y, text=text, size=size, role=role)
    square = Symbol(x=x + size * 0.4, y=y, size=size * 0.75, shape="square", role="must")
    return [square, mark] if late else [mark]


def _bar(
    left: float,
    right: float,
    y: float,
    high: float,
    role: Role,
    tint: float,
    *,
    hatched: bool = False,
) -> Rect:
    return Rect(
        x=left,
        y=y - high / 2,
        width=right - left,
        height=high,
        role=role,
        tint=tint,
        hatched=hatched,
        radius=2,
    )


def _today(
    axis: Scale, today: date, name: str, head: float, bottom: float, width: float, style: Style
) -> list[Mark]:
    x = _after(axis, today)
    half = text_width(name, style.text) / 2
    at = min(max(x, half), width - half)
    y = bottom + style.text * LEADING / 2 + style.gap / 2
    return [
        Line(x1=x, y1=head, x2=x, y2=bottom, role="late", width=style.line * 0.75, dashed=True),
        Text(x=at, y=y, text=name, size=style.text, role="late", anchor="middle"),
    ]


def _planned(one: Milestone, today: date) -> str:
    due = day_in_words(one.due, today.year)
    if one.start is None:
        return f"计划 {due} 完成"
    return f"计划 {day_in_words(one.start, today.year)}—{due}"


def _situation(one: Milestone, today: date) -> str:
    late = one.late(today)
    if one.finished:
        tail = f"，晚 {late} 天" if late else ""
        return f"{day_in_words(one.finished, today.year)}完成{tail}"
    if late:
        return f"逾期 {late} 天"
    left = (one.due - today).days
    begun = "已开始" if one.begun and one.begun <= today else "未开始"
    return f"{begun}，{'今天到期' if not left else f'还有 {left} 天'}"


def _mark(one: Milestone, today: date) -> str:
    """What stands beside a bar: how late, or the date."""
    late = one.late(today)
    if late:
        return f"晚 {late} 天完成" if one.finished else f"逾期 {late} 天"
    if one.finished:
        return f"{day_in_words(one.finished, today.year)}完成"
    return day_in_words(one.due, today.year)
