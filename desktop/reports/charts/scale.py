"""From a value to a place on an axis, and the round values that stand along it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import msgspec

from desktop.reports.charts.forms import Figure


class Scale(msgspec.Struct, frozen=True):
    """Values from ``low`` to ``high`` along an axis from ``start`` to ``end`` (points)."""

    low: Fraction
    high: Fraction
    start: float
    end: float

    def at(self, value: Figure) -> float:
        """The place of a value; the order of magnitude does not matter."""
        share = (Fraction(value) - self.low) / (self.high - self.low)
        return self.start + float(share) * (self.end - self.start)


def spanning(values: Iterable[Figure | None], start: float, end: float) -> Scale:
    """A scale that holds zero and all values; 0 … 1 where all are zero."""
    found = [Fraction(value) for value in values if value is not None]
    low, high = min([Fraction(0), *found]), max([Fraction(0), *found])
    return Scale(low, high if high > low else low + 1, start, end)


def round_step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5, 10 … (and of 0.1, 0.2 …) that is not less than ``least`` > 0."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def evenly(count: int, apart: float, room: float) -> tuple[int, ...]:
    """Which of ``count`` things get a name: the last and every so-many-th before it.

    They stand ``apart`` from one another, a name takes ``room``. The first one is among them where
    a step up to twice as long leads to it.
    """
    least = max(math.ceil(room / apart), 1) if apart > 0 else count
    step = next((one for one in range(least, 2 * least) if (count - 1) % one == 0), least)
    return tuple(range(count - 1, -1, -step))


def ticks(scale: Scale, most: int) -> list[Fraction]:
    """Round values within the scale, zero among them, about ``most`` at the most."""
    step = round_step((scale.high - scale.low) / max(most, 1))
    first = -(-scale.low // step)
    last = scale.high // step
    return [step * number for number in range(int(first), int(last) + 1)]
