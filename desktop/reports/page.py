"""Sheets of paper: their measures, the pen that draws on one, and how strips fill them in turn.

Measures are points (1/72 inch), counted upwards from the sheet's lower left corner as in PDF;
``MM`` turns millimetres into points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from desktop.reports.fonts import Faces, Role, clean
from desktop.reports.prose import stretch, words

MM = 72 / 25.4
BODY = 15.75
"""3号 as set: 28 characters of 16 points would not fit 156 mm (STANDARDS)."""
BASELINE = 0.38
"""From the middle of a Chinese character down to its baseline, in ems."""

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
RED: Colour = (0.80, 0.05, 0.09)
GREY: Colour = (0.35, 0.35, 0.35)
LIGHTS: dict[str, tuple[str, Colour]] = {
    "green": ("●", (0.05, 0.48, 0.22)),
    "yellow": ("▲", (0.85, 0.58, 0.0)),
    "red": ("■", (0.80, 0.05, 0.09)),
}
"""Sign and colour of a light; the shapes tell them apart on a black-and-white print."""


@dataclass(frozen=True)
class Area:
    """A sheet and its type area 版心, both in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def measure(self) -> float:
        """Width of the type area."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height of the type area."""
        return self.top - self.bottom


def area(width: float, height: float, left: float, top: float, right: float, low: float) -> Area:
    """An area from the sheet's size and its four margins in millimetres."""
    return Area(
        width * MM,
        height * MM,
        left * MM,
        (height - top) * MM,
        (width - right) * MM,
        low * MM,
    )


A4 = area(210, 297, left=28, top=37, right=26, low=35)
"""GB/T 9704-2012, 5.1 and 5.2.1: type area 156 × 225 mm, top 37 mm, binding edge 28 mm."""
PITCH = A4.depth / 22
"""Line pitch of the body: 22 lines to the page (5.2.3), about 29 points."""


class Pen:
    """Draws on one sheet: rules lie below, texts above, in the order of drawing."""

    def __init__(self, sheet: Area, faces: Faces, doc: Any) -> None:
        self.sheet = sheet
        self.faces = faces
        self._doc = doc
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._font = ""
        self._colour = BLACK
        self._spacing = 0.0

    def text(
        self, x: float, y: float, text: str, role: Role, size: float, colour: Colour = BLACK
    ) -> None:
        """Write one line with its baseline at ``y``, beginning at ``x``."""
        self._set_colour(colour)
        self._set_spacing(0)
        for face, part in self.faces.runs(role, text):
            subset = face.subset(self._doc)
            self._set_font(subset.name, size)
            self._texts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm<{subset.hex(part)}>Tj")
            x += self.faces.em(role, part) * size

    def centred(
        self, x: float, y: float, text: str, role: Role, size: float, colour: Colour = BLACK
    ) -> None:
        """Write one line with its middle at ``x``."""
        self.text(x - self.faces.em(role, text) * size / 2, y, text, role, size, colour)

    def to_right(
        self, x: float, y: float, text: str, role: Role, size: float, colour: Colour = BLACK
    ) -> None:
        """Write one line that ends at ``x``."""
        self.text(x - self.faces.em(role, text) * size, y, text, role, size, colour)

    def spread(
        self,
        x: float,
        y: float,
        parts: list[tuple[Role, str, Colour]],
        size: float,
        measure: float | None,
    ) -> None:
        """Write a line of several parts, set to the full ``measure`` unless that is ``None``."""
        gap = 0.0
        if measure is not None:
            width = sum(self.faces.em(role, text) for role, text, _ in parts) * 1000
            whole = "".join(text for _, text, _ in parts)
            gap = stretch(whole, width, measure / size * 1000) * size / 1000
        for role, text, colour in parts:
            self._set_colour(colour)
            for word in words(text):
                latin = " " < word[0] <= "~"
                for face, part in self.faces.runs(role, word):
                    subset = face.subset(self._doc)
                    self._set_font(subset.name, size)
                    self._set_spacing(0 if latin else gap)
                    self._texts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm<{subset.hex(part)}>Tj")
                    x += self.faces.em(role, part) * size + (0 if latin else gap * len(part))
                x += gap if latin else 0

    def rule(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        width: float = 0.5,
        colour: Colour = BLACK,
    ) -> None:
        """Draw one straight line ``width`` points thick."""
        self.rules(f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l", width, colour)

    def rules(self, path: str, width: float = 0.5, colour: Colour = BLACK) -> None:
        """Draw a PDF path of many lines in one stroke."""
        shade = "" if colour == BLACK else f"{_rgb(colour)} RG "
        back = "" if colour == BLACK else " 0 G"
        self._rules.append(f"{shade}{width:.2f} w {path} S{back}")

    def content(self) -> str:
        """The sheet's drawing as PDF operators."""
        texts = ["BT", *self._texts, "ET"] if self._texts else []
        return "\n".join(["q", *self._rules, *texts, "Q"])

    def _set_font(self, name: str, size: float) -> None:
        font = f"/{name} {size:g} Tf"
        if font != self._font:
            self._font = font
            self._texts.append(font)

    def _set_colour(self, colour: Colour) -> None:
        if colour != self._colour:
            self._colour = colour
            self._texts.append(f"{_rgb(colour)} rg")

    def _set_spacing(self, spacing: float) -> None:
        if spacing != self._spacing:
            self._spacing = spacing
            self._texts.append(f"{spacing:.4f} Tc")


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


Draw = Callable[[Pen, float, float], None]
"""Draws a strip with its upper left corner at (x, y)."""


@dataclass(frozen=True)
class Strip:
    """A piece of a paper as wide as the type area that is not cut: a line, a table's row.

    ``keep``: stays on the sheet of the strip after it. ``head``: is drawn above it again when it
    begins a sheet (a table's heading). ``grid``: sits on the 22 lines of the page. ``air``: is
    left out where a sheet begins. ``split`` cuts a strip that is taller than a whole sheet into
    what fits the given height and the rest, or answers ``None`` when the height is too small.
    ``mark``: a bookmark (level from 0, text).
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Strip | None = None
    grid: bool = False
    air: bool = False
    split: Callable[[float], tuple[Strip, Strip] | None] | None = None
    mark: tuple[int, str] | None = None


def air(height: float, keep: bool = False) -> Strip:
    """Empty space between two strips."""
    return Strip(height, lambda pen, x, y: None, keep=keep, air=True)


@dataclass
class Drawn:
    """One finished sheet: its drawing and its bookmarks (height, level, text)."""

    sheet: Area
    content: str
    marks: list[tuple[float, int, str]] = field(default_factory=list)


class Flow:
    """Fills sheet after sheet with strips; ``pages`` are the finished ones."""

    def __init__(self, sheet: Area, faces: Faces, doc: Any) -> None:
        self.sheet = sheet
        self.pages: list[Drawn] = []
        self._faces = faces
        self._doc = doc
        self._begin()

    def lay(self, strips: Iterable[Strip]) -> None:
        """Draw the strips in turn, those that keep together on one sheet where it can hold them."""
        together: list[Strip] = []
        for strip in strips:
            together.append(strip)
            if not strip.keep:
                self._place(together)
                together = []
        self._place(together)

    def finish(self) -> list[Drawn]:
        """All sheets, the last one included; one at least."""
        if not self._fresh or not self.pages:
            self._turn()
        return self.pages

    def _place(self, together: list[Strip]) -> None:
        if not together:
            return
        top = self._on_grid() if together[0].grid else self._y
        height = sum(strip.height for strip in together)
        if top - height < self.sheet.bottom - 0.01 and not self._fresh:
            whole = self.sheet.depth - (together[0].head.height if together[0].head else 0)
            if height <= whole or not any(strip.split for strip in together):
                self._turn()
        for strip in together:
            self._draw(strip)

    def _draw(self, strip: Strip) -> None:
        if strip.air and self._fresh:
            return
        if strip.grid:
            self._y = self._on_grid()
        if self._y - strip.height < self.sheet.bottom - 0.01:
            if strip.split and self._split(strip):
                return
            if not self._fresh:
                self._turn()
                self._draw(strip)
                return
        if self._fresh and strip.head:
            self._put(strip.head)
            if self._y - strip.height < self.sheet.bottom - 0.01 and strip.split:
                self._split(strip)
                return
        self._put(strip)

    def _split(self, strip: Strip) -> bool:
        """Cut a strip that no sheet can hold; false when a fresh sheet would hold it."""
        head = strip.head.height if strip.head else 0
        if strip.split is None or strip.height <= self.sheet.depth - head:
            return False
        if self._fresh and strip.head:
            self._put(strip.head)
        halves = strip.split(self._y - self.sheet.bottom)
        if halves is None:
            return False
        self._put(halves[0])
        self._turn()
        self._draw(halves[1])
        return True

    def _put(self, strip: Strip) -> None:
        strip.draw(self._pen, self.sheet.left, self._y)
        if strip.mark:
            self._marks.append((self._y, *strip.mark))
        self._y -= strip.height
        self._fresh = False

    def _on_grid(self) -> float:
        lines = (self.sheet.top - self._y - 0.01) / PITCH
        return self.sheet.top - PITCH * max(0, -int(-lines // 1))

    def _turn(self) -> None:
        self.pages.append(Drawn(self.sheet, self._pen.content(), self._marks))
        self._begin()

    def _begin(self) -> None:
        self._pen = Pen(self.sheet, self._faces, self._doc)
        self._marks: list[tuple[float, int, str]] = []
        self._y = self.sheet.top
        self._fresh = True
