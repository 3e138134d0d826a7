"""The words and the cells of the project card: ``card.toml`` of a scheme."""

from __future__ import annotations

from typing import Annotated

import msgspec

from desktop.ledger.definitions import MalformedScheme, Register, Scheme
from desktop.reports.templates import Template, Words

FILE = "card.toml"
COLUMNS = ("problem", "measure", "responsible", "due", "state")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of the latest photos are printed at the most."""

    photos: Annotated[int, msgspec.Meta(ge=0, le=8)] = 4


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of the facts: its label, the fields of the project, what joins their values, and what
    is written behind each that stands without the others (2022年9月21日开工)."""

    label: str
    fields: tuple[str, ...]
    join: str = "，"
    alone: tuple[str, ...] = ()


class Cells(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of the facts, each of one or two cells."""

    rows: tuple[tuple[Cell, ...], ...]


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``card.toml`` says beside its sentences."""

    settings: Settings
    facts: Cells


SENTENCES = {
    "head.label": (),
    "head.subtitle": ("单位", "期次"),
    "lights.green": (),
    "lights.yellow": (),
    "lights.red": (),
    "lights.fine": (),
    "lights.outside": (),
    "figures.completed_week": (),
    "figures.completed_year": (),
    "figures.completed_total": (),
    "figures.completion_rate": (),
    "figures.schedule_progress": (),
    "figures.gap": (),
    "figures.not_reported": (),
    "figures.no_plan": (),
    "sections.facts": (),
    "sections.curve": (),
    "sections.curve_unplanned": ("单位",),
    "sections.said": (),
    "sections.milestones": (),
    "sections.problems": (),
    "sections.photos": (),
    "none.curve": (),
    "none.said": (),
    "none.milestones": (),
    "none.problems": (),
    "said.progress": ("形象进度",),
    "said.needs": ("事项",),
    "said.plan": ("计划",),
    "said.as_of": ("期次",),
    "curve.done": (),
    "curve.schedule": (),
    "milestones.today": (),
    "milestones.others": ("数",),
    "problems.open": ("数",),
    "problems.overdue": ("状态", "数"),
    "problems.closed_later": ("日期",),
    "problems.others": ("数",),
    "problems.registered": (),
    "photos.broken": (),
}
TEMPLATE = Template(FILE, SENTENCES, Fixed, COLUMNS)


def words_of(scheme: Scheme) -> Words[Fixed]:
    """The scheme's words for the card; raises
    :class:`~desktop.ledger.definitions.MalformedScheme` for a cell whose field does not exist.

    The shipped file may name fields that an older scheme has not: they are then passed over.
    """
    words = TEMPLATE.of(scheme)
    if FILE in scheme.texts:
        _refuse_unknown(scheme.registers[scheme.head.subject], words.fixed.facts)
    return words


def _refuse_unknown(subject: Register, facts: Cells) -> None:
    for row in facts.rows:
        if not 1 <= len(row) <= 2:
            raise MalformedScheme(FILE, "facts.rows", "一行应有一至两格")
        for cell in row:
            if cell.alone and len(cell.alone) != len(cell.fields):
                raise MalformedScheme(
                    FILE, "facts.rows", f"“{cell.label}”的 alone 应与栏目一一对应"
                )
            for name in cell.fields:
                if name not in subject.by_name:
                    reason = f"“{subject.title}”没有栏目“{name}”"
                    raise MalformedScheme(FILE, "facts.rows", reason)
