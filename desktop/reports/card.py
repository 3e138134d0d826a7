"""What a project card holds: frozen records, whole texts; the drawing cuts what has no room."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop.ledger.wording import say
from desktop.reports.charts.forms import RATE, Form, money_form
from desktop.reports.charts.progress import Week
from desktop.reports.charts.timeline import Milestone
from desktop.reports.content import Footer, Light


class Fact(msgspec.Struct, frozen=True):
    """A label and what stands beside it, or below it."""

    label: str
    text: str


class Problem(msgspec.Struct, frozen=True):
    """A row of the problems; ``open`` ones come first."""

    problem: str
    measure: str
    responsible: str
    due: str
    state: str
    open: bool


class Photo(msgspec.Struct, frozen=True):
    """A photo of the site with its week; ``content`` None where the book has lost it."""

    caption: str
    content: bytes | None


class Curve(msgspec.Struct, frozen=True):
    """Done beside planned, week by week; ``unit`` is that of the values, "" for rates."""

    title: str
    weeks: tuple[Week, ...]
    unit: str
    done: str
    plan: str

    @property
    def form(self) -> Form:
        """How its values are written."""
        if not self.unit:
            return RATE
        return money_form(
            [week.done for week in self.weeks], "亿元" if self.unit == "亿元" else "万元"
        )


class Titles(msgspec.Struct, frozen=True):
    """What the parts of the sheet are called, and what stands in one that is empty."""

    facts: str
    said: str
    milestones: str
    problems: str
    photos: str
    no_curve: str
    no_milestones: str
    no_problems: str
    broken_photo: str
    today: str
    problem_columns: tuple[str, ...]
    others: str
    other_milestones: str

    def left_out(self, count: int) -> str:
        """另有 N 项."""
        return say(self.others, {"数": count})

    def undrawn(self, count: int) -> str:
        """另有 N 个节点未画出."""
        return say(self.other_milestones, {"数": count})


class Card(msgspec.Struct, frozen=True):
    """A project on one sheet. ``light`` is "" for a project outside the week's dispatch."""

    title: str
    label: str
    subtitle: str
    light: Light
    verdict: str
    reason: str
    facts: tuple[tuple[Fact, ...], ...]
    figures: tuple[Fact, ...]
    curve: Curve
    said: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    today: date
    problems: tuple[Problem, ...]
    problems_summary: str
    photos: tuple[Photo, ...]
    titles: Titles
    footer: Footer
    author: str = ""
    demonstration: bool = False
