"""The colours of the window, light and dark, and what the eye makes of them.

Colours are ``#rrggbb`` strings named by what they are for. Nobody else in the program names a
colour: pages, charts and the grid ask :mod:`desktop.ui.theme` for a role. Text reaches a contrast
of 4.5 : 1 on every ground that it is written on, lights and edges 3 : 1 (WCAG 2.2, 1.4.3 and
1.4.11); the tests compute it, and look at lights and charts with colour-blind eyes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One palette. Grounds and inks; ``_soft`` is the ground that goes with an ink."""

    ink: str  # what one reads
    ink_soft: str  # captions, last week's figures
    ink_faint: str  # hints, placeholders, what cannot be used now
    ground: str  # behind the cards
    card: str  # cards, fields, tables
    head: str  # headings of tables
    line: str  # between rows, around cards
    edge: str  # around what can be clicked or typed in
    scroll: str  # what one takes hold of in a scroll bar
    hover: str  # under the mouse
    accent: str  # the next step, the focus, links
    accent_soft: str
    on_accent: str
    accent_over: str  # a filled button under the mouse
    side: str  # the bar on the left
    side_ink: str
    side_faint: str
    side_chosen: str
    side_mark: str
    badge: str
    on_badge: str
    must: str  # an error that blocks
    must_soft: str
    explain: str  # asks for a written explanation
    explain_soft: str
    good: str
    good_soft: str
    late: str  # past its day
    light_green: str  # the lights' own fills, chosen for colour-blind eyes; each has its shape too
    light_yellow: str
    light_red: str
    light_none: str
    selected: str  # chosen rows and cells
    read_only: str  # cells that are not typed in
    shade: str  # behind a question that must be answered first
    chart: tuple[str, ...]  # series, in the order in which charts take them


LIGHT = Colours(
    ink="#1c2733",
    ink_soft="#4d5d6c",
    ink_faint="#5a6773",
    ground="#f4f6f8",
    card="#ffffff",
    head="#eef2f5",
    line="#dde3e9",
    edge="#7f8d9b",
    scroll="#b4bfc9",
    hover="#eef3f8",
    accent="#1f64a5",
    accent_soft="#e4eef8",
    on_accent="#ffffff",
    accent_over="#174f85",
    side="#1d3449",
    side_ink="#e3eaf1",
    side_faint="#a9bac9",
    side_chosen="#2b4a66",
    side_mark="#6fb1e8",
    badge="#bf4526",
    on_badge="#ffffff",
    must="#b3261e",
    must_soft="#fdecea",
    explain="#8c5900",
    explain_soft="#fff3d6",
    good="#167245",
    good_soft="#e3f4ea",
    late="#a8321a",
    light_green="#238a63",
    light_yellow="#c07200",
    light_red="#a01212",
    light_none="#5a6773",
    selected="#dceafa",
    read_only="#f6f8f9",
    shade="#1c2733",
    chart=("#1f64a5", "#b48b04", "#47763e", "#5722cc", "#7d8a97", "#45133f"),
)

DARK = Colours(
    ink="#e6ebf0",
    ink_soft="#b3c0cc",
    ink_faint="#a4b2bf",
    ground="#12181f",
    card="#1b232c",
    head="#232d38",
    line="#303b47",
    edge="#6f7f8f",
    scroll="#4a5866",
    hover="#26313d",
    accent="#79b8f0",
    accent_soft="#1d3650",
    on_accent="#0c1b2a",
    accent_over="#9acbf6",
    side="#0e151d",
    side_ink="#dbe4ec",
    side_faint="#93a5b6",
    side_chosen="#22384d",
    side_mark="#79b8f0",
    badge="#e06c4c",
    on_badge="#1d0b05",
    must="#ff9d92",
    must_soft="#47201e",
    explain="#f2bd55",
    explain_soft="#40310f",
    good="#6fd39d",
    good_soft="#163a28",
    late="#ff9f80",
    light_green="#6be3b3",
    light_yellow="#ffc233",
    light_red="#f05a52",
    light_none="#a4b2bf",
    selected="#24435f",
    read_only="#171e26",
    shade="#000000",
    chart=("#79b8f0", "#ffa543", "#3cbb7c", "#5280df", "#98a6b3", "#dff597"),
)


def channels(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def linear(colour: str) -> tuple[float, float, float]:
    """The light that a screen sends out for a colour, each channel from 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (value / 255 for value in channels(colour))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance from 0, black, to 1, white (WCAG 2.2)."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2)."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)
