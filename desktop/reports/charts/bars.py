"""Upright bars 柱形: the last weeks with the present one accented, or one for each category."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.reports.charts.drawing import (
    LEADING,
    SLACK,
    Box,
    Drawing,
    Line,
    Mark,
    Rect,
    Text,
    placed,
)
from desktop.reports.charts.forms import (
    PLAIN,
    Figure,
    Form,
    Style,
    money_form,
    nothing,
    too_small,
    zone,
)
from desktop.reports.charts.lettering import fitted, lines_of, text_width
from desktop.reports.charts.ranks import Rank, ranks
from desktop.reports.charts.scale import Scale, evenly, spanning

#: How much of its slot a bar fills; how light the bars are that are not accented.
FILL, LIGHTER = 0.72, 0.45


class Amount(msgspec.Struct, frozen=True):
    """One bar; None where nothing was reported. ``key`` says what stands behind it."""

    label: str
    value: Figure | None
    key: str = ""


def bars(
    amounts: Sequence[Amount],
    width: float,
    height: float,
    *,
    form: Form | None = None,
    style: Style = PLAIN,
) -> Drawing:
    """A bar for each of ``amounts``, the last one accented; values are written where they fit.

    The last value comes first, then the largest and the smallest; the others as there is room.
    """
    if all(amount.value is None for amount in amounts):
        return nothing(width, height, style)
    form = form or money_form([amount.value for amount in amounts])
    said = f"{'，'.join(f'{one.label}{form.say(one.value)}' for one in amounts)}。"
    if too_small(width, height, style):
        return Drawing(width, height, (), said)
    plot = _Plot(amounts, width, height, style, 1, form)
    last = len(amounts) - 1
    marks = [*plot.drawn({last}), *plot.written(sparse=True), *plot.named(sparse=True)]
    return Drawing(width, height, (*marks, *plot.zones()), said)


def columns(
    amounts: Sequence[Amount],
    width: float,
    height: float,
    *,
    form: Form | None = None,
    style: Style = PLAIN,
) -> Drawing:
    """A bar for each category with its value on it and its name below, in their order.

    Where names or values have no room side by side the bars lie, one below the other.
    """
    if all(amount.value is None for amount in amounts):
        return nothing(width, height, style)
    form = form or money_form([amount.value for amount in amounts])
    said = f"{'，'.join(f'{one.label}{form.say(one.value)}' for one in amounts)}。"
    if too_small(width, height, style):
        return Drawing(width, height, (), said)
    slot = width / len(amounts) - style.gap
    size = style.text
    values = [text_width(form.show(one.value), size) for one in amounts if one.value is not None]
    names = [text_width(one.label, size) for one in amounts]
    if max(values) > slot or max(names) > 2 * slot - size:
        lying = [Rank(one.label, one.value, key=one.key) for one in amounts]
        return ranks(lying, width, height, form=form, style=style)
    lines = 1 if max(names) <= slot else 2
    plot = _Plot(amounts, width, height, style, lines, form)
    every = set(range(len(amounts)))
    marks = [*plot.drawn(every), *plot.written(sparse=False), *plot.named(sparse=False)]
    return Drawing(width, height, (*marks, *plot.zones()), said)


class _Plot:
    """Where everything stands: values above the bars, names below them."""

    def __init__(
        self,
        amounts: Sequence[Amount],
        width: float,
        height: float,
        style: Style,
        lines: int,
        form: Form,
    ) -> None:
        self.amounts, self.style, self.lines, self.form = amounts, style, lines, form
        self.bounds = Box(0, 0, width, height)
        self.slot = width / len(amounts)
        leading = style.text * LEADING
        values = [one.value for one in amounts]
        below = any(value is not None and value < 0 for value in values)
        above = any(value is not None and value >= 0 for value in values)
        self.foot = height - lines * leading
        bottom = self.foot - style.gap - (leading + 2 if below else 0)
        top = leading + 2 if above else 0.0
        self.down: Scale = spanning(values, bottom, top)
        self.rects: list[Rect] = []

    def middle(self, number: int) -> float:
        """The middle of a bar."""
        return (number + 0.5) * self.slot

    def drawn(self, accented: set[int]) -> list[Mark]:
        """The bars and the line on which they stand."""
        floor = self.down.at(0)
        wide = min(self.slot * FILL, self.style.bar)
        for number, one in enumerate(self.amounts):
            if one.value is None:
                continue
            end = self.down.at(one.value)
            self.rects.append(
                Rect(
                    x=self.middle(number) - wide / 2,
                    y=min(floor, end),
                    width=wide,
                    height=abs(floor - end),
                    role="accent" if one.value >= 0 else "must",
                    tint=1.0 if number in accented else LIGHTER,
                    hatched=one.value < 0,
                    key=one.key,
                )
            )
        line = Line(x1=0, y1=floor, x2=self.bounds.right, y2=floor, role="ink_faint")
        return [*self.rects, line]

    def written(self, *, sparse: bool) -> list[Mark]:
        """The values; ``sparse``: those that meet neither another nor a bar."""
        taken = [rect.box for rect in self.rects if rect.height > SLACK]
        found: list[Mark] = []
        latest = max(number for number, one in enumerate(self.amounts) if one.value is not None)
        for number in self._by_weight() if sparse else range(len(self.amounts)):
            value = self.amounts[number].value
            if value is None:
                continue
            size = self.style.text
            end = self.down.at(value)
            y = end + (-1 if value >= 0 else 1) * (size * LEADING / 2 + 1)
            text = self.form.show(value)
            half = text_width(text, size) / 2
            x = min(max(self.middle(number), half), self.bounds.right - half)
            last = number == latest
            mark = Text(
                x=x,
                y=y,
                text=text,
                size=size,
                role="ink",
                anchor="middle",
                bold=sparse and last,
            )
            ways = [mark]
            if sparse and last:  # It is always written: else beyond the zero line, or all bars.
                under = max(box.bottom for box in taken) if taken else y
                away = msgspec.structs.replace
                ways += [away(mark, y=self.down.at(0) - (y - end)), away(mark, y=under + size)]
            puts = (placed([way], taken, self.bounds) for way in ways)
            put = next((put for put in puts if put is not None), None)
            if put is not None:
                found.append(put)
        return found

    def _by_weight(self) -> list[int]:
        numbers = [number for number, one in enumerate(self.amounts) if one.value is not None]
        by_value = sorted(numbers, key=lambda number: self.amounts[number].value or 0)
        return list(dict.fromkeys([numbers[-1], by_value[-1], by_value[0], *reversed(numbers)]))

    def named(self, *, sparse: bool) -> list[Mark]:
        """The names below; ``sparse``: the last one's first, then those that have room."""
        size, leading = self.style.text, self.style.text * LEADING
        found: list[Mark] = []
        taken: list[Box] = []
        count, third = len(self.amounts), self.bounds.right / 3
        widest = max(text_width(fitted(one.label, size, third), size) for one in self.amounts)
        aside = max(widest - self.slot, 0) / 2  # the last one is moved within the bounds
        room = widest + size / 2 + aside
        for number in evenly(count, self.slot, room) if sparse else range(count):
            label = self.amounts[number].label
            texts = (
                (fitted(label, size, third),)
                if sparse
                else lines_of(label, size, self.slot, self.lines)
            )
            for line, text in enumerate(texts):
                half = text_width(text, size) / 2
                x = min(max(self.middle(number), half), self.bounds.right - half)
                y = self.foot + (line + 0.5) * leading
                mark = Text(x=x, y=y, text=text, size=size, role="ink_soft", anchor="middle")
                put = placed([mark], taken, self.bounds)
                if put is not None:
                    found.append(put)
                    box = taken.pop()
                    air = size / 3 if sparse else 0
                    taken.append(Box(box.left - air, box.top, box.right + air, box.bottom))
        return found

    def zones(self) -> list[Mark]:
        """Each bar's name and value, told when a person points into its slot."""
        return [
            zone(
                number * self.slot,
                0,
                self.slot,
                self.bounds.bottom,
                f"{one.label}\n{self.form.say(one.value)}",
                one.key,
            )
            for number, one in enumerate(self.amounts)
        ]
