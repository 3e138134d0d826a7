"""The papers' floor: the same strings by a raw reportlab canvas, with the same line breaking.

A drawing of ours is recorded once: every string with its place, face and size, every rule, and
every call that broke lines. The floor then does only this: it breaks the same lines again, sets the
strings (a text object to a sheet, faster than a ``drawString`` for each) where ours stand, strokes
the same rules and saves. It measures no text, chooses no column widths, fills no sheets, justifies
no lines, and leaves out the planes of charts and QR codes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any, get_args

import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop.reports import binding, prose
from desktop.reports.fonts import Role, load_faces
from desktop.reports.pen import Pen

Line = tuple[float, float, float, float]
_LINE = re.compile(r"(\S+) (\S+) m (\S+) (\S+) l")
_ONLY_LINES = re.compile(rf"(?:{_LINE.pattern} ?)+")


@dataclass(frozen=True)
class Text:
    """One string: its left end on the baseline in points, its face and size."""

    x: float
    y: float
    text: str
    role: Role
    size: float


@dataclass(frozen=True)
class Rules:
    """Lines of one width; what is no straight line is a path in PDF's own words."""

    width: float
    lines: list[Line]
    path: str = ""


@dataclass
class Sheet:
    """One sheet and what stands on it."""

    size: tuple[float, float]
    texts: list[Text] = field(default_factory=list)
    rules: list[Rules] = field(default_factory=list)


@dataclass
class Script:
    """What a drawing of ours said to the paper."""

    sheets: list[Sheet] = field(default_factory=list)
    broken: list[tuple[Callable[..., object], tuple[Any, ...]]] = field(default_factory=list)

    @property
    def strings(self) -> list[str]:
        """Every string, sheet by sheet in the order of drawing."""
        return [one.text for sheet in self.sheets for one in sheet.texts]

    def draw(self) -> bytes:
        """The floor: the script once more, by reportlab alone."""
        for breaks, words in self.broken:
            breaks(*words)
        data = BytesIO()
        canvas = Canvas(data, pageCompression=1)
        faces = load_faces()
        names = {role: faces.face(role).fontName for role in get_args(Role)}
        for sheet in self.sheets:
            canvas.setPageSize(sheet.size)
            for rules in sheet.rules:
                canvas.setLineWidth(rules.width)
                canvas.lines(rules.lines)
                if rules.path:
                    canvas.addLiteral(f"{rules.path} S")
            texts, font = canvas.beginText(), None
            for one in sheet.texts:
                if font != (one.role, one.size):
                    font = one.role, one.size
                    texts.setFont(names[one.role], one.size)
                texts.setTextOrigin(one.x, one.y)
                texts.textOut(one.text)
            canvas.drawText(texts)
            canvas.showPage()
        canvas.save()
        return data.getvalue()


Told = dict[str, list[Text | Rules]]
"""A pen's operators, and what it was told to get them."""


def recorded(draw: Callable[[], object]) -> Script:
    """What ``draw`` puts on its sheets; it draws twice, as the first time imports what is heard."""
    draw()
    script = Script()
    with pytest.MonkeyPatch.context() as patch:
        told: Told = {}
        _hear_the_pen(patch, told)
        _hear_the_canvas(patch, told, script)
        _hear_the_breaking(patch, script)
        draw()
    return script


def _hear_the_pen(patch: pytest.MonkeyPatch, operators: Told) -> None:
    text, spread, rules, content = Pen.text, Pen.spread, Pen.rules, Pen.content

    def told(pen: Pen) -> list[Text | Rules]:
        found: list[Text | Rules] = pen.__dict__.setdefault("told", [])
        return found

    def hear_text(
        pen: Pen, x: float, y: float, line: str, role: Role, size: float, *more: Any
    ) -> None:
        told(pen).append(Text(x, y, line, role, size))
        text(pen, x, y, line, role, size, *more)

    def hear_spread(pen: Pen, x: float, y: float, parts: Any, size: float, measure: Any) -> None:
        at = x
        for role, part, _ in parts:
            told(pen).append(Text(at, y, part, role, size))
            at += pen.faces.em(role, part) * size
        spread(pen, x, y, parts, size, measure)

    def hear_rules(pen: Pen, path: str, width: float = 0.5, *more: Any, **named: Any) -> None:
        straight = _ONLY_LINES.fullmatch(path)
        lines = [tuple(map(float, one)) for one in _LINE.findall(path)] if straight else []
        told(pen).append(Rules(width, lines, "" if straight else path))  # type: ignore[arg-type]
        rules(pen, path, width, *more, **named)

    def hear_content(pen: Pen) -> str:
        found = content(pen)
        operators[found] = told(pen)
        return found

    patch.setattr(Pen, "text", hear_text)
    patch.setattr(Pen, "spread", hear_spread)
    patch.setattr(Pen, "rules", hear_rules)
    patch.setattr(Pen, "content", hear_content)


def _hear_the_canvas(patch: pytest.MonkeyPatch, operators: Told, script: Script) -> None:
    class Heard(Canvas):  # type: ignore[misc]  # the library has no types
        def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802
            script.sheets.append(Sheet(size))
            super().setPageSize(size)

        def addLiteral(self, content: str, *more: Any) -> None:  # noqa: N802
            for one in operators.get(content, ()):
                if isinstance(one, Text):
                    script.sheets[-1].texts.append(one)
                else:
                    script.sheets[-1].rules.append(one)
            super().addLiteral(content, *more)

    patch.setattr(binding, "Canvas", Heard)


def _hear_the_breaking(patch: pytest.MonkeyPatch, script: Script) -> None:
    for name in ("wrap", "break_lines", "balanced"):
        genuine: Callable[..., Any] = getattr(prose, name)
        for module in list(sys.modules.values()):
            if module is not prose and getattr(module, name, None) is genuine:
                patch.setattr(module, name, _heard(genuine, script))


def _heard(genuine: Callable[..., Any], script: Script) -> Callable[..., Any]:
    def hear(*words: Any, **named: Any) -> Any:
        script.broken.append((partial(genuine, **named) if named else genuine, words))
        return genuine(*words, **named)

    return hear
