"""Where the pages lie under one another at a zoom: plain arithmetic, in logical pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from desktop.ui.papers.pdf import Size

#: Logical pixels to a point at 100 %: 96 to the inch.
FULL = 96 / 72
LEAST, MOST = 0.25 * FULL, 4.0 * FULL
#: Fitting the width does not enlarge beyond this: on a wide screen a page stays a page.
WIDEST = 1.6 * FULL
STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
EDGE, BETWEEN = 16, 14

Zoom = Literal["width", "page"] | float
"""Every page as wide as the view, every page whole, or so many pixels to a point."""


class Spot(NamedTuple):
    """Where a page lies: its upper edge, its left one, its size, and pixels to a point."""

    top: int
    left: int
    width: int
    height: int
    scale: float


class Stack:
    """Pages one under another; ``width`` and ``height`` are those of everything together."""

    def __init__(self, sizes: Sequence[Size], zoom: Zoom, view: tuple[int, int]) -> None:
        scales = [_scale(size, zoom, view) for size in sizes]
        wide = [round(size.width * scale) for size, scale in zip(sizes, scales, strict=True)]
        self.width = max(wide, default=0) + 2 * EDGE
        across = max(self.width, view[0])
        self.spots: list[Spot] = []
        top = EDGE
        for size, scale, width in zip(sizes, scales, wide, strict=True):
            height = round(size.height * scale)
            self.spots.append(Spot(top, (across - width) // 2, width, height, scale))
            top += height + BETWEEN
        self.height = top - BETWEEN + EDGE if self.spots else 0
        self._tops = [spot.top for spot in self.spots]

    def at(self, y: int) -> int:
        """The page (from 0) that lies at height ``y`` or began last above it."""
        return max(bisect_right(self._tops, y) - 1, 0)

    def seen(self, top: int, low: int) -> range:
        """The pages of which something lies between two heights."""
        first = self.at(top)
        if self.spots and self.spots[first].top + self.spots[first].height < top:
            first += 1
        return range(first, min(bisect_right(self._tops, low), len(self.spots)))

    def share(self, y: int) -> tuple[int, float]:
        """A height as page and share of it, the same place at another zoom."""
        page = self.at(y)
        if not self.spots:
            return 0, 0.0
        spot = self.spots[page]
        return page, (y - spot.top) / max(spot.height, 1)

    def height_of(self, page: int, share: float) -> int:
        """The height of a place that :meth:`share` gave."""
        if not self.spots:
            return 0
        spot = self.spots[min(page, len(self.spots) - 1)]
        return round(spot.top + share * spot.height)


def _scale(size: Size, zoom: Zoom, view: tuple[int, int]) -> float:
    if not isinstance(zoom, str):
        return min(max(zoom, LEAST), MOST)
    across = min((view[0] - 2 * EDGE) / size.width, WIDEST)
    if zoom == "page":
        across = min(across, (view[1] - 2 * EDGE) / size.height)
    return max(across, LEAST)


def stepped(scale: float, way: int) -> float:
    """The next larger (``way`` 1) or smaller (-1) of the usual zooms."""
    steps = [step * FULL for step in STEPS]
    if way > 0:
        return next((step for step in steps if step > scale * 1.01), steps[-1])
    return next((step for step in reversed(steps) if step < scale * 0.99), steps[0])
