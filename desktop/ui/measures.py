"""The measures of the window, and the theme that they make together with its colours.

All lengths and type sizes are in logical pixels. They grow with the size that the person chose
in 设置; the screen's own scaling comes on top of that and is Qt's business.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from desktop.ui.colours import DARK, LIGHT, Colours

SCALES = (1.0, 1.15, 1.3, 1.5)
"""The sizes that a person may choose: 标准, 较大, 大, 特大."""

_AT_STANDARD_SIZE = {
    "gap": 12,  # between cards, between things in a card
    "pad": 18,  # from a card's edge to what stands in it
    "radius": 8,  # of a card's corners
    "row": 30,  # of tables and lists
    "control": 34,  # height of buttons and fields
    "mark": 16,  # icons and lights beside a line of text
    "small": 12,
    "body": 14,
    "big": 16,
    "title": 20,
    "figure": 32,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Colours):
    """What the window looks like now: colours, lengths and type sizes."""

    dark: bool
    scale: float
    gap: int
    pad: int
    radius: int
    row: int
    control: int
    mark: int
    small: int
    body: int
    big: int
    title: int
    figure: int

    def px(self, length: float) -> int:
        """A length given at standard size, at the person's size; never less than 1."""
        return max(1, round(length * self.scale))


def made(*, dark: bool = False, scale: float = 1.0) -> Theme:
    """The light or the dark theme at a person's size."""
    lengths = {name: round(length * scale) for name, length in _AT_STANDARD_SIZE.items()}
    values: dict[str, Any] = asdict(DARK if dark else LIGHT) | lengths
    return Theme(dark=dark, scale=scale, **values)
