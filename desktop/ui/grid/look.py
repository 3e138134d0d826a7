"""What the grid draws with: fonts, colours and prepared texts, made once per theme."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QStaticText

from desktop.ui import theme
from desktop.ui.grid.cells import Cell

#: Prepared texts that are kept; a screen of 1366 × 768 holds some 400.
KEPT = 6_000
_PLAIN = Qt.TextFormat.PlainText  # looked up once: an enum's member is slow to find


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text as wide as it may be: ``width`` px; ``cut`` when it had to be shortened."""

    text: QStaticText
    width: int
    cut: bool


class Look:
    """Fonts, metrics and colours of the theme that is on; texts shortened and laid out once.

    ``ink``, ``ground`` and the like are :class:`QColor`; make a new Look when the theme changes.
    """

    def __init__(self) -> None:
        now = theme.current()
        self.scale = now.scale
        self.row_height = now.row
        self.pad = now.px(8)
        self.mark = now.mark
        self.plain, self.bold = theme.font(), theme.font(bold=True)
        self.small = theme.font("small")
        self.line = theme.color("line")
        self.edge = theme.color("edge")
        self.card = theme.color("card")
        self.ground = theme.color("ground")
        self.head = theme.color("head")
        self.ink = theme.color("ink")
        self.ink_soft = theme.color("ink_soft")
        self.ink_faint = theme.color("ink_faint")
        self.accent = theme.color("accent")
        self.accent_soft = theme.color("accent_soft")
        self.read_only = theme.color("read_only")
        self.must = theme.color("must")
        self.explain = theme.color("explain")
        self.tones = {
            "must": theme.color("must_soft"),
            "explain": theme.color("explain_soft"),
            "total": self.head,
        }
        self.lights = {
            "light:green": theme.color("good"),
            "light:yellow": self.explain,
            "light:red": self.must,
            "light:none": self.ink_soft,
        }
        self.veil = QColor(self.accent)
        self.veil.setAlphaF(0.22 if now.dark else 0.13)
        self.shadow = QColor(theme.color("shade"))
        self.shadow.setAlphaF(0.35 if now.dark else 0.10)
        self._metrics = {False: QFontMetrics(self.plain), True: QFontMetrics(self.bold)}
        self._small = QFontMetrics(self.small)
        self.line_height = self._metrics[False].height()
        self._texts: OrderedDict[tuple[str, int, bool], Prepared] = OrderedDict()

    def text(self, text: str, width: int, bold: bool = False) -> Prepared:
        """``text`` on one line, at most ``width`` px."""
        key = (text, width, bold)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= KEPT:
                self._texts.popitem(last=False)  # one by one: to clear them all takes a frame
            found = self._texts[key] = self._prepared(text, width, bold)
        return found

    def natural_width(self, text: str, bold: bool = False) -> int:
        """How wide ``text`` is on one line, px."""
        return self._metrics[bold].horizontalAdvance(one_line(text))

    def number_margin(self, rows: int) -> int:
        """The width of the row numbers, px."""
        return self._small.horizontalAdvance("8" * max(2, len(str(rows)))) + 2 * self.pad

    def ink_of(self, cell: Cell, soft: bool) -> QColor:
        """The colour of a cell's text; ``soft`` for what is only there to be read."""
        light = self.lights.get(cell.tone)
        if light is not None:
            return light
        if cell.faint or cell.tone == "faint":
            return self.ink_faint
        if cell.tone == "pending" or (soft and not cell.bold):
            return self.ink_soft
        return self.ink

    def _prepared(self, text: str, width: int, bold: bool) -> Prepared:
        """Lays the text out once; again only where it has to be cut."""
        line = one_line(text)
        static, wide = self._laid_out(line, bold)
        cut = wide > width
        if cut:
            shown = self._metrics[bold].elidedText(line, Qt.TextElideMode.ElideRight, width)
            static, wide = self._laid_out(shown, bold)
        return Prepared(static, wide, cut or "\n" in text)

    def _laid_out(self, line: str, bold: bool) -> tuple[QStaticText, int]:
        static = QStaticText(line)
        static.setTextFormat(_PLAIN)
        static.prepare(font=self.bold if bold else self.plain)
        return static, math.ceil(static.size().width())


def one_line(text: str) -> str:
    """A text of several lines as it stands in a cell."""
    return " ".join(text.split("\n")) if "\n" in text else text
