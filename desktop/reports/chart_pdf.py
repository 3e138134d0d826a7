"""Charts on paper: the marks of a drawing by the pen, in colours that stay apart in grey.

A drawing's points become the paper's, times a scale; its ``y`` grows downwards, the paper's
upwards. What a tip would say is not printed: every value stands written on the chart.
"""

from __future__ import annotations

from math import ceil
from typing import assert_never

from desktop.reports.charts.drawing import Drawing, Line, Mark, Path, Rect, Symbol, Text
from desktop.reports.charts.drawing import Role as ColourRole
from desktop.reports.fonts import Role
from desktop.reports.pen import BASELINE, LIGHTS, RED, Colour, Pen
from desktop.reports.prose import clean

COLOURS: dict[ColourRole, Colour] = {
    "ink": (0.0, 0.0, 0.0),
    "ink_soft": (0.25, 0.25, 0.25),
    "ink_faint": (0.44, 0.44, 0.44),
    "line": (0.59, 0.59, 0.59),
    "card": (1.0, 1.0, 1.0),
    "accent": (0.12, 0.31, 0.54),
    "good": LIGHTS["green"][1],
    "must": RED,
    "late": (0.70, 0.35, 0.0),
    "light_green": LIGHTS["green"][1],
    "light_yellow": LIGHTS["yellow"][1],
    "light_red": LIGHTS["red"][1],
}
"""Roles on paper; what they say is said by shapes, hatching, dashes and figures as well."""

_HATCH, _HATCH_WIDTH = 4.0, 0.8
_DASHES = (4.0, 3.0)
#: A circle by four curves, and how much of a hollow symbol's width its line takes.
_ARC, _HOLLOW = 0.5523, 0.15


def draw_chart(pen: Pen, drawing: Drawing, x: float, y: float, scale: float = 1.0) -> None:
    """Draw with the upper left corner at (x, y), every length times ``scale``."""
    painter = _Painter(pen, x, y, scale)
    for mark in drawing.marks:
        if mark.role:
            painter.paint(mark)


class _Painter:
    """Puts marks where they belong on one sheet."""

    def __init__(self, pen: Pen, x: float, y: float, scale: float) -> None:
        self.pen, self.left, self.top, self.scale = pen, x, y, scale

    def paint(self, mark: Mark) -> None:
        """One mark above all earlier ones; texts lie above everything."""
        match mark:
            case Line():
                self._stroke([(mark.x1, mark.y1), (mark.x2, mark.y2)], mark)
            case Path():
                if mark.filled:
                    self.pen.plane(self._through(mark.points) + " h", _shade(mark))
                else:
                    self._stroke(mark.points, mark)
            case Rect():
                self._bar(mark)
            case Text():
                self._text(mark)
            case Symbol():
                self._symbol(mark)
            case _:
                assert_never(mark)

    def _stroke(
        self, points: list[tuple[float, float]] | tuple[tuple[float, float], ...], mark: Line | Path
    ) -> None:
        dashes = (_DASHES[0] * self.scale, _DASHES[1] * self.scale) if mark.dashed else None
        path = self._through(points)
        self.pen.rules(f"1 j {path}", mark.width * self.scale, _shade(mark), dashes)

    def _bar(self, mark: Rect) -> None:
        if not mark.width or not mark.height:
            return
        path = self._box(mark)
        self.pen.plane(path, _shade(mark))
        if mark.hatched:
            lines = []
            low, right = mark.y + mark.height, mark.x + mark.width
            for step in range(ceil((mark.width + mark.height) / _HATCH)):
                at = mark.x - mark.height + step * _HATCH
                ends = ((at, low), (at + mark.height, mark.y))
                if at < right:
                    lines.append(self._through(ends))
            colour = COLOURS[mark.role]
            self.pen.hatch(path, " ".join(lines), _HATCH_WIDTH * self.scale, colour)

    def _box(self, mark: Rect) -> str:
        """A rectangle; its corners are cut round by ``radius``."""
        if mark.radius <= 0:
            x, y = self._place((mark.x, mark.y + mark.height))
            return (
                f"{x:.2f} {y:.2f} {mark.width * self.scale:.2f} {mark.height * self.scale:.2f} re"
            )
        left, low = self._place((mark.x, mark.y + mark.height))
        right, top = self._place((mark.x + mark.width, mark.y))
        r = min(mark.radius * self.scale, (right - left) / 2, (top - low) / 2)
        k = r * (1 - _ARC)
        return (
            f"{left + r:.2f} {low:.2f} m {right - r:.2f} {low:.2f} l "
            f"{right - k:.2f} {low:.2f} {right:.2f} {low + k:.2f} {right:.2f} {low + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
            f"{left + r:.2f} {top:.2f} l "
            f"{left + k:.2f} {top:.2f} {left:.2f} {top - k:.2f} {left:.2f} {top - r:.2f} c "
            f"{left:.2f} {low + r:.2f} l "
            f"{left:.2f} {low + k:.2f} {left + k:.2f} {low:.2f} {left + r:.2f} {low:.2f} c h"
        )

    def _text(self, mark: Text) -> None:
        role: Role = "hei" if mark.bold else "song"
        size, text = round(mark.size * self.scale, 2), clean(mark.text)
        x, y = self._place((mark.x, mark.y))
        place = {"start": self.pen.text, "middle": self.pen.centred, "end": self.pen.to_right}
        place[mark.anchor](x, y - BASELINE * size, text, role, size, COLOURS[mark.role])

    def _symbol(self, mark: Symbol) -> None:
        hollow = mark.shape in ("ring", "hollow_diamond")
        colour, line = COLOURS[mark.role], mark.size * _HOLLOW
        half = mark.size / 2 - (line / 2 if hollow else 0)
        x, y = mark.x, mark.y
        match mark.shape:
            case "disc" | "ring":
                path = self._circle(x, y, half)
            case "square":
                side = half * 0.88  # as large to the eye as the others
                path = self._closed(
                    (x - side, y - side),
                    (x + side, y - side),
                    (x + side, y + side),
                    (x - side, y + side),
                )
            case "triangle":
                path = self._closed((x, y - half), (x + half, y + half), (x - half, y + half))
            case "diamond" | "hollow_diamond":
                path = self._closed((x, y - half), (x + half, y), (x, y + half), (x - half, y))
            case _:
                assert_never(mark.shape)
        self.pen.plane(path, COLOURS["card"] if hollow else colour)
        if hollow:
            self.pen.rules(path, line * self.scale, colour)

    def _circle(self, x: float, y: float, r: float) -> str:
        (cx, cy), r = self._place((x, y)), r * self.scale
        k = r * _ARC
        return (
            f"{cx + r:.2f} {cy:.2f} m "
            f"{cx + r:.2f} {cy + k:.2f} {cx + k:.2f} {cy + r:.2f} {cx:.2f} {cy + r:.2f} c "
            f"{cx - k:.2f} {cy + r:.2f} {cx - r:.2f} {cy + k:.2f} {cx - r:.2f} {cy:.2f} c "
            f"{cx - r:.2f} {cy - k:.2f} {cx - k:.2f} {cy - r:.2f} {cx:.2f} {cy - r:.2f} c "
            f"{cx + k:.2f} {cy - r:.2f} {cx + r:.2f} {cy - k:.2f} {cx + r:.2f} {cy:.2f} c h"
        )

    def _closed(self, *points: tuple[float, float]) -> str:
        return f"{self._through(points)} h"

    def _through(self, points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> str:
        steps = [f"{x:.2f} {y:.2f}" for x, y in map(self._place, points)]
        return " ".join([f"{steps[0]} m", *(f"{step} l" for step in steps[1:])])

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.left + point[0] * self.scale, self.top - point[1] * self.scale


def _shade(mark: Line | Path | Rect) -> Colour:
    """The role's colour, mixed into white as far as the tint says."""
    red, green, blue = (mark.tint * part + (1 - mark.tint) for part in COLOURS[mark.role])
    return round(red, 4), round(green, 4), round(blue, 4)
