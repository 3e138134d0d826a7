"""The pen that draws on one sheet, and its colours.

Measures are points, counted upwards from the sheet's lower left corner as in PDF. The pen writes
PDF operators itself: a ledger has a hundred thousand strings, and each goes through here.
"""

from __future__ import annotations

from typing import Any

from desktop.reports.fonts import Faces, Role
from desktop.reports.prose import stretch, words

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


class Pen:
    """Draws on one sheet: rules lie below, texts above, in the order of drawing."""

    def __init__(self, faces: Faces, doc: Any) -> None:
        self.faces = faces
        self._doc = doc
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._font = ""
        self._colour = BLACK
        self._spacing = 0.0
        self._turned = ""

    def turn(self, matrix: str) -> None:
        """Draw everything through a PDF matrix (``a b c d e f cm``)."""
        self._turned = matrix

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

    def rules(
        self,
        path: str,
        width: float = 0.5,
        colour: Colour = BLACK,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """Draw a PDF path of many lines in one stroke, in ``dashes`` (drawn, left out) if given."""
        shade = "" if colour == BLACK else f"{_rgb(colour)} RG "
        back = "" if colour == BLACK else " 0 G"
        if dashes:
            shade += f"[{dashes[0]:.2f} {dashes[1]:.2f}] 0 d "
            back += " [] 0 d"
        self._rules.append(f"{shade}{width:.2f} w {path} S{back}")

    def plane(self, path: str, colour: Colour = BLACK, matrix: str = "") -> None:
        """Fill a closed PDF path; what is drawn later lies above it, texts above all.

        ``matrix`` (``a b c d e f``) places a path that has measures of its own.
        """
        placed = f"{matrix} cm " if matrix else ""
        shade = "" if colour == BLACK else f"{_rgb(colour)} rg "
        if placed or shade:
            self._rules.append(f"q {placed}{shade}{path} f Q")
        else:
            self._rules.append(f"{path} f")

    def hatch(self, within: str, path: str, width: float, colour: Colour) -> None:
        """Stroke a path as far as it lies within another, closed one."""
        self._rules.append(f"q {within} W n {_rgb(colour)} RG {width:.2f} w {path} S Q")

    def content(self) -> str:
        """The sheet's drawing as PDF operators."""
        texts = ["BT", *self._texts, "ET"] if self._texts else []
        return "\n".join([f"q {self._turned}", *self._rules, *texts, "Q"])

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
