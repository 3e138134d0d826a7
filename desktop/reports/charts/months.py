"""The months over a time axis: their names, and the lines below them that no text is crossed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from desktop.reports.charts.drawing import LEADING, Box, Line, Mark, Text, placed
from desktop.reports.charts.forms import Style
from desktop.reports.charts.lettering import text_width
from desktop.reports.charts.scale import Scale

#: Left free on either side of a text that a line would cross.
_FREE = 1.5


def place_of(axis: Scale, day: date) -> float:
    """The place of the beginning of a day, within the axis."""
    return min(max(axis.at(day.toordinal()), axis.start), axis.end)


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    if (day.year, day.month) == (9999, 12):
        return day
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_marks(
    axis: Scale, today: date, head: float, bottom: float, width: float, style: Style
) -> list[Mark]:
    """As many months as have room side by side; a January names its year."""
    first, last = (date.fromordinal(int(value)) for value in (axis.low, axis.high))
    count = (last.year - first.year) * 12 + last.month - first.month
    widest = text_width("12月", style.text) + 2 * style.gap
    fits = max(int((axis.end - axis.start) / widest), 1)
    apart = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if count / n <= fits), 240)
    marks: list[Mark] = []
    taken: list[Box] = []
    day, named = first, today.year
    while day < last:
        since = (day.year * 12 + day.month - 1) if apart >= 12 else day.month - 1
        if since % apart == 0 or day == first:
            text = f"{day.month}月" if day.year == named else f"{day.year}年{day.month}月"
            mark = Text(
                x=place_of(axis, day),
                y=style.text * LEADING / 2,
                text=text,
                size=style.text,
                role="ink_faint",
            )
            if placed([mark], taken, Box(0, 0, width, head)) is not None:
                named = day.year
                marks.append(mark)
                marks.append(
                    Line(x1=mark.x, y1=head - style.gap / 2, x2=mark.x, y2=bottom, role="line")
                )
        day = next_month(day)
    return marks


def interrupted(marks: Sequence[Mark], written: Sequence[Text]) -> list[Mark]:
    """The marks, their upright lines left out where a text stands."""
    found: list[Mark] = []
    for mark in marks:
        if not isinstance(mark, Line):
            found.append(mark)
            continue
        boxes = [text.box for text in written]
        crossed = [box for box in boxes if box.left - _FREE < mark.x1 < box.right + _FREE]
        top = mark.y1
        for box in sorted(crossed, key=lambda box: box.top):
            if box.top > top:
                found.append(msgspec.structs.replace(mark, y1=top, y2=box.top))
            top = max(top, box.bottom)
        if mark.y2 > top:
            found.append(msgspec.structs.replace(mark, y1=top))
    return found
