"""What taking a proposal into a book would do, field by field; frozen records only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from desktop.ledger.periods import Period, parse_period
from desktop.sheets.proposals.proposal import Question, Record, question_json

#: What the period of a record is called, and the question about it.
PERIOD = "period"
What = Literal["new", "same", "different", "kept", "open", "barred"]
#: How each is said to people.
SAID: dict[What, str] = {
    "new": "新填",
    "same": "相同",
    "different": "不同，按工作簿改",
    "kept": "工作簿为空或没有改动，保留账本",
    "open": "等待答复，不写入",
    "barred": "本级不能填写，不写入",
}


class FieldPlan(msgspec.Struct, frozen=True, gc=False):
    """One field of a record: the workbook's value, the book's, and what becomes of it. ``source``
    is the row that it was read from, or where it stands."""

    name: str
    what: What
    workbook: Any
    book: Any
    source: Record | str

    @property
    def origin(self) -> str:
        """Sheet and cell of the workbook's value."""
        return self.source if isinstance(self.source, str) else self.source.origin(self.name)


class Step(msgspec.Struct, frozen=True, gc=False):
    """One record to be made or changed. ``record`` is its identity in the book, None when new;
    ``subject`` is the key of the project it belongs to (its own key for a project); ``fixed`` are
    fields that a new record needs and the workbook does not write: its unit, its period."""

    register: str
    record: str | None
    label: str
    subject: str
    sheet: str
    row: int
    fields: tuple[FieldPlan, ...]
    fixed: Mapping[str, str] = {}

    @property
    def writes(self) -> dict[str, Any]:
        """The fields that are to be written."""
        return {one.name: one.workbook for one in self.fields if one.what in ("new", "different")}

    @property
    def origins(self) -> dict[str, str]:
        """Where each written value stands in the workbook."""
        return {one.name: one.origin for one in self.fields if one.what in ("new", "different")}


class Plan(msgspec.Struct, frozen=True):
    """All steps of one workbook, projects first. ``subjects``: project key → its identity in the
    book, None for one that is new. ``asked``: weekly figures stand in it and no week is known;
    ``hint`` is the likely one. ``called``: spellings, bare, that a person said mean a project of
    the book → its identity."""

    workbook: str
    period: Period | None
    steps: tuple[Step, ...]
    subjects: Mapping[str, str | None]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    asked: bool = False
    hint: str = ""
    called: Mapping[str, str] = {}

    @property
    def periods(self) -> tuple[Period, ...]:
        """All periods that are written to, of the kind of :attr:`period`, in their order."""
        if self.period is None:
            return ()
        stated = {step.fixed[PERIOD] for step in self.steps if PERIOD in step.fixed}
        found = [parse_period(one) for one in sorted(stated)]
        return tuple(one for one in found if one.kind == self.period.kind) or (self.period,)

    def counts(self) -> dict[str, int]:
        """How many records are new and changed, and how many fields are of which kind."""
        found: Counter[str] = Counter()
        for step in self.steps:
            if step.record is None:
                found[f"{step.register}_new"] += 1
            elif step.writes:
                found[f"{step.register}_changed"] += 1
            else:
                found[f"{step.register}_same"] += 1
            for one in step.fields:
                found[f"fields_{one.what}"] += 1
        return dict(sorted(found.items()))

    def to_json(self) -> dict[str, Any]:
        """For ``read-excel --json``: the questions of joining, and every step."""
        return {
            "period": str(self.period) if self.period else None,
            "counts": self.counts(),
            "steps": [
                {
                    "register": step.register,
                    "record": step.record,
                    "label": step.label,
                    "sheet": step.sheet,
                    "row": step.row + 1,
                    "fields": {
                        one.name: {"what": one.what, "workbook": one.workbook, "book": one.book}
                        for one in step.fields
                    },
                }
                for step in self.steps
            ],
            "unclear": [question_json(question) for question in self.questions],
            "notes": list(self.notes),
        }
