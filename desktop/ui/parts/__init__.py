"""The parts that pages are made of: cards, chips, buttons, rows, lights, in one look."""

from __future__ import annotations

from desktop.ui.lights import paint_light
from desktop.ui.parts.buttons import Button, IconButton
from desktop.ui.parts.cards import Card, Empty, Separator
from desktop.ui.parts.chips import Badge, Chip, ChipRow, paint_badge
from desktop.ui.parts.dates import Calendar
from desktop.ui.parts.figure import Figure
from desktop.ui.parts.flow import Flow
from desktop.ui.parts.rows import LightMark, LinkRow
from desktop.ui.parts.steps import BigStep
from desktop.ui.parts.words import Passage, Words

__all__ = [
    "Badge",
    "BigStep",
    "Button",
    "Calendar",
    "Card",
    "Chip",
    "ChipRow",
    "Empty",
    "Figure",
    "Flow",
    "IconButton",
    "LightMark",
    "LinkRow",
    "Passage",
    "Separator",
    "Words",
    "paint_badge",
    "paint_light",
]
