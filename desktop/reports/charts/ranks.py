"""Lying bars 排名条形: units by completion beside the schedule, or anything with a long name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from desktop.reports.charts.drawing import LEADING, Drawing, Line, Mark, Rect, Symbol, Text
from desktop.reports.charts.forms import (
    LIGHT_NAMES,
    LIGHTS,
    PLAIN,
    RATE,
    Figure,
    Form,
    Style,
    nothing,
    too_small,
    zone,
)
from desktop.reports.charts.lettering import fitted, text_width
from desktop.reports.charts.scale import Scale, spanning

#: The height of a row in ems: at the least, as it should be, at the most.
LOW, GOOD, HIGH = 1.35, 2.2, 3.6
#: A column of rows is not narrower than this many ems.
NARROWEST = 17


class Rank(msgspec.Struct, frozen=True):
    """One bar: ``light`` "green", "yellow", "red" or "" for none; ``note`` where value is None.

    ``tip`` stands below name and value; ``key`` says what stands behind the bar.
    """

    name: str
    value: Figure | None
    light: str = ""
    note: str = ""
    tip: str = ""
    key: str = ""


class _Gap(msgspec.Struct, frozen=True):
    """Where rows had no room."""

    left_out: int


def completion_by_unit(
    units: Sequence[Rank],
    schedule: Fraction | None,
    width: float,
    height: float,
    *,
    style: Style = PLAIN,
    name: str = "序时",
) -> Drawing:
    """Completion rates as bars from the highest to the lowest, those without a plan last.

    The schedule is a dashed line through all of them.
    """
    in_order = sorted(units, key=lambda one: (one.value is None, -(one.value or 0), one.name))
    line = None if schedule is None else (name, schedule)
    return ranks(in_order, width, height, form=RATE, style=style, line=line)


def ranks_height(count: int, style: Style = PLAIN) -> float:
    """The height in which ``count`` rows stand well in one column, with their line's name."""
    return (count * GOOD + LEADING) * style.text + style.gap


def ranks(
    rows: Sequence[Rank],
    width: float,
    height: float,
    *,
    form: Form,
    style: Style = PLAIN,
    line: tuple[str, Figure] | None = None,
) -> Drawing:
    """Lying bars in the given order, in several columns where one is not high enough.

    Where even these have no room for all, the middle of the list is left out and its number said.
    """
    if not rows:
        return nothing(width, height, style)
    named = "" if line is None else f"{line[0]}{form.say(line[1])}："
    said = f"{named}{'，'.join(f'{one.name}{_value(one, form)}' for one in rows)}。"
    if too_small(width * 0.75, height, style):
        return Drawing(width, height, (), said)
    size = style.text
    head = size * LEADING + style.gap if line else 0.0
    most = max(int((height - head) / (LOW * size)), 1)
    count = min(-(-len(rows) // most), max(int(width / (NARROWEST * size)), 1))
    shown = _within(rows, most * count)
    each = -(-len(shown) // count)
    step = min((height - head) / each, HIGH * size)
    broad = (width - (count - 1) * size * 1.5) / count
    values = [one.value for one in rows]
    marks: list[Mark] = []
    for number in range(count):
        part = shown[number * each : (number + 1) * each]
        if part:
            left = number * (broad + size * 1.5)
            column = _Column(rows, values, left, broad, head, form, style, line)
            marks += column.drawn(part, step)
    return Drawing(width, height, tuple(marks), said)


def _within(rows: Sequence[Rank], room: int) -> list[Rank | _Gap]:
    """All rows, or as many of the first and the last as there is room for, with a gap between."""
    if len(rows) <= room:
        return list(rows)
    first = room // 2
    last = max(room - first - 1, 0)
    gap = _Gap(len(rows) - first - last)
    return [*rows[:first], gap, *rows[len(rows) - last :]]


def _value(row: Rank, form: Form) -> str:
    if row.value is None:
        return row.note or "无"
    return form.say(row.value)


class _Column:
    """A column of rows: names, lights, bars, values at the right edge."""

    def __init__(
        self,
        rows: Sequence[Rank],
        values: Sequence[Figure | None],
        left: float,
        broad: float,
        head: float,
        form: Form,
        style: Style,
        line: tuple[str, Figure] | None,
    ) -> None:
        size, gap = style.text, style.gap
        self.left, self.right, self.head = left, left + broad, head
        self.form, self.style, self.line = form, style, line
        written = [one.note if one.value is None else form.show(one.value) for one in rows]
        wide = min(max(text_width(text, size) for text in written), broad * 0.35)
        longest = max(text_width(one.name, size) for one in rows)
        self.room = min(longest, broad * 0.38)
        self.lit = any(one.light for one in rows)
        self.bar = left + self.room + gap + (size + gap if self.lit else 0)
        self.wide = wide
        spread = [*values, line[1]] if line else values
        self.across: Scale = spanning(spread, self.bar, self.right - wide - gap)

    def drawn(self, part: Sequence[Rank | _Gap], step: float) -> list[Mark]:
        """The rows one below the other, with the line through them and its name above."""
        marks: list[Mark] = []
        for number, row in enumerate(part):
            y = self.head + (number + 0.5) * step
            if isinstance(row, _Gap):
                text = fitted(
                    f"……中间 {row.left_out} 个未画出", self.style.text, self.right - self.left
                )
                marks.append(
                    Text(x=self.left, y=y, text=text, size=self.style.text, role="ink_faint")
                )
            else:
                marks += self._row(row, y, step)
        marks += self._upright(part, step)
        if self.line:
            marks.append(self._named(*self.line))
        return marks

    def _upright(self, part: Sequence[Rank | _Gap], step: float) -> list[Mark]:
        """The lines of zero and of the schedule, interrupted where rows are left out."""
        zero = self.across.at(0)
        at = self.across.at(self.line[1]) if self.line else zero
        thick = self.style.line * 0.75
        marks: list[Mark] = []
        gaps = [number for number, row in enumerate(part) if isinstance(row, _Gap)]
        for first, last in zip([0, *(gap + 1 for gap in gaps)], [*gaps, len(part)], strict=True):
            top, bottom = self.head + first * step, self.head + last * step
            if first == last:
                continue
            marks.append(Line(x1=zero, y1=top, x2=zero, y2=bottom, role="ink_faint"))
            if self.line:
                start = top if first else self.style.text * LEADING + 2
                marks.append(
                    Line(x1=at, y1=start, x2=at, y2=bottom, role="ink", width=thick, dashed=True)
                )
        return marks

    def _row(self, row: Rank, y: float, step: float) -> list[Mark]:
        size, gap = self.style.text, self.style.gap
        name = fitted(row.name, size, self.room)
        marks: list[Mark] = [Text(x=self.left, y=y, text=name, size=size, key=row.key)]
        if row.light in LIGHTS:
            shape, role = LIGHTS[row.light]
            x = self.left + self.room + gap + size / 2
            marks.append(Symbol(x=x, y=y, size=size * 0.95, shape=shape, role=role))
        if row.value is not None:
            zero, end = self.across.at(0), self.across.at(row.value)
            high = min(step * 0.56, size * 1.6)
            marks.append(
                Rect(
                    x=min(zero, end),
                    y=y - high / 2,
                    width=abs(end - zero),
                    height=high,
                    role="accent" if row.value >= 0 else "must",
                    tint=0.75,
                    hatched=row.value < 0,
                    key=row.key,
                )
            )
        text = row.note if row.value is None else self.form.show(row.value)
        text = fitted(text, size, self.wide)
        faint = row.value is None
        marks.append(
            Text(
                x=self.right,
                y=y,
                text=text,
                size=size,
                role="ink_faint" if faint else "ink",
                anchor="end",
                bold=not faint,
            )
        )
        light = f"　{LIGHT_NAMES[row.light]}" if row.light in LIGHTS else ""
        said = "\n".join(
            line for line in (row.name, f"{_value(row, self.form)}{light}", row.tip) if line
        )
        marks.append(zone(self.left, y - step / 2, self.right - self.left, step, said, row.key))
        return marks

    def _named(self, name: str, value: Figure) -> Text:
        """What the dashed line is, above it."""
        size = self.style.text
        text = fitted(f"{name} {self.form.show(value)}", size, self.right - self.left)
        half = text_width(text, size) / 2
        x = min(max(self.across.at(value), self.left + half), self.right - half)
        y = size * LEADING / 2
        return Text(x=x, y=y, text=text, size=size, role="ink_soft", anchor="middle")
