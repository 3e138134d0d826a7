"""Which milestones a project card shows where it has no room for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.reports.charts.drawing import LEADING
from desktop.reports.charts.forms import Style
from desktop.reports.charts.timeline import LOW, Milestone


def nearest(milestones: Sequence[Milestone], today: date, room: int) -> list[Milestone]:
    """As many milestones as have ``room`` (one at least), in their order: unfinished ones first,
    those nearest to ``today``."""
    if len(milestones) <= room:
        return list(milestones)

    def urgency(number: int) -> tuple[bool, int]:
        one = milestones[number]
        return one.finished is not None, abs((one.due - today).days)

    chosen = sorted(range(len(milestones)), key=urgency)[: max(room, 1)]
    return [milestones[number] for number in sorted(chosen)]


def timeline_rows(height: float, style: Style) -> float:
    """How many rows :func:`~desktop.reports.charts.timeline.timeline` has room for."""
    return (height - 2 * (style.text * LEADING + style.gap)) / (LOW * style.text)
