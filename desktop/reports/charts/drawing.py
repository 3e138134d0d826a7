"""A drawing 图: frozen marks in points, the origin above on the left, ``y`` growing downwards.

A mark names the role of its colour (a field of the window's theme: ``accent``, ``line``, ``ink``
…) and how much of it is mixed into the ground (``tint``); who draws decides what colour that is,
on paper black and white as well. ``tip`` is told when a person points at the mark, ``key`` says
what stands behind it. A mark of role "" is not painted: it only holds a tip.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from desktop.reports.charts.lettering import text_width

Role = Literal[
    "", "ink", "ink_soft", "ink_faint", "line", "card", "accent", "good", "must", "late",
    "light_green", "light_yellow", "light_red",
]  # fmt: skip
Anchor = Literal["start", "middle", "end"]
#: A disc is green, a triangle yellow, a square red; diamonds are dates, full when reached.
Shape = Literal["disc", "triangle", "square", "ring", "diamond", "hollow_diamond"]

#: The height of a line of text, in ems.
LEADING = 1.25
#: Layouts may end on a bound that floating sums miss by this much.
SLACK = 0.01


class Box(msgspec.Struct, frozen=True):
    """What a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.left < other.right - SLACK
            and other.left < self.right - SLACK
            and self.top < other.bottom - SLACK
            and other.top < self.bottom - SLACK
        )

    def within(self, other: Box) -> bool:
        """Whether it lies in ``other``."""
        return (
            self.left >= other.left - SLACK
            and self.top >= other.top - SLACK
            and self.right <= other.right + SLACK
            and self.bottom <= other.bottom + SLACK
        )


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role = "line"
    tint: float = 1.0
    width: float = 1.0
    dashed: bool = False
    tip: str = ""
    key: str = ""

    @property
    def box(self) -> Box:
        """Its bounds, without its own width."""
        return Box(
            min(self.x1, self.x2),
            min(self.y1, self.y2),
            max(self.x1, self.x2),
            max(self.y1, self.y2),
        )


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """A line through points; ``filled``: the plane within it instead."""

    points: tuple[tuple[float, float], ...]
    role: Role = "accent"
    tint: float = 1.0
    width: float = 2.0
    dashed: bool = False
    filled: bool = False
    tip: str = ""
    key: str = ""

    @property
    def box(self) -> Box:
        """Its bounds, without its own width."""
        across, down = zip(*self.points, strict=True)
        return Box(min(across), min(down), max(across), max(down))


class Rect(msgspec.Struct, frozen=True, kw_only=True):
    """A bar; ``hatched`` with slanting lines of the full colour."""

    x: float
    y: float
    width: float
    height: float
    role: Role = "accent"
    tint: float = 1.0
    hatched: bool = False
    radius: float = 0.0
    tip: str = ""
    key: str = ""

    @property
    def box(self) -> Box:
        """Its bounds."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One line of text; ``y`` is its middle, ``x`` where it starts, ends or has its middle."""

    x: float
    y: float
    text: str
    size: float
    role: Role = "ink"
    anchor: Anchor = "start"
    bold: bool = False
    tip: str = ""
    key: str = ""

    @property
    def box(self) -> Box:
        """Its bounds as far as its width can be told without a font."""
        width = text_width(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * width
        half = self.size * LEADING / 2
        return Box(left, self.y - half, left + width, self.y + half)


class Symbol(msgspec.Struct, frozen=True, kw_only=True):
    """A small shape about its middle, ``size`` across."""

    x: float
    y: float
    size: float
    shape: Shape
    role: Role = "accent"
    tip: str = ""
    key: str = ""

    @property
    def box(self) -> Box:
        """Its bounds."""
        half = self.size / 2
        return Box(self.x - half, self.y - half, self.x + half, self.y + half)


Mark: TypeAlias = Line | Path | Rect | Text | Symbol


class Drawing(msgspec.Struct, frozen=True):
    """Marks from the back to the front; ``said``: the drawing in a sentence, for who cannot see."""

    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    said: str = ""

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(0.0, 0.0, self.width, self.height)


def placed(candidates: Iterable[Text], taken: list[Box], bounds: Box) -> Text | None:
    """The first candidate within ``bounds`` that meets nothing ``taken``, which it then joins."""
    for text in candidates:
        box = text.box
        if box.within(bounds) and not any(box.meets(other) for other in taken):
            taken.append(box)
            return text
    return None
