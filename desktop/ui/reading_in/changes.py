"""What would change in the book, for the list on the right: records, and their fields. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.plans.plan import FieldPlan, Plan, Step
from desktop.ui.reading_in.fields import told

#: The kinds of records, in the order of their chips.
KINDS: Mapping[str, str] = {
    "new": "新增",
    "changed": "修改",
    "same": "无改动",
    "open": "等待答复",
    "barred": "不写入",
}
#: So many records are listed; nobody reads more, and the chips and the sheet show the others.
LISTED = 2_000
#: So many records at most are shown with their fields at once.
UNFOLDED = 30


class Count(msgspec.Struct, frozen=True):
    """How many records of a register are new, changed and unchanged."""

    register: str
    title: str
    new: int
    changed: int
    same: int


class Line(msgspec.Struct, frozen=True):
    """A line of the list: a record (``field`` None), or one of its fields below it."""

    step: Step
    field: FieldPlan | None = None


def counts(scheme: Scheme, plan: Plan) -> tuple[Count, ...]:
    """The records of every register that the plan touches, projects first."""
    found: dict[str, Counter[str]] = {}
    for step in plan.steps:
        found.setdefault(step.register, Counter())[kind_of(step)] += 1
    return tuple(
        Count(name, scheme.register(name).title, one["new"], one["changed"], one["same"])
        for name, one in found.items()
    )


def kind_of(step: Step) -> str:
    """Whether a record is new, changed or the same."""
    if step.record is None:
        return "new"
    return "changed" if any(one.what in ("new", "different") for one in step.fields) else "same"


def within(step: Step, kind: str) -> bool:
    """Whether a record stands under a chip; ``open`` and ``barred`` look at its fields."""
    if kind in ("open", "barred"):
        return any(one.what == kind for one in step.fields)
    return not kind or kind_of(step) == kind


def chips(plan: Plan) -> tuple[tuple[str, str, int], ...]:
    """Key, words and count of each chip that has something under it; all of them first."""
    found: Counter[str] = Counter()
    for step in plan.steps:
        found[kind_of(step)] += 1
        whats = {one.what for one in step.fields}
        found.update(whats & {"open", "barred"})
    listed = [(key, words, found[key]) for key, words in KINDS.items() if found[key]]
    return (("", "全部", len(plan.steps)), *listed)


def lines(plan: Plan, kind: str, unfolded: frozenset[int] | None = None) -> list[Line]:
    """The lines under a chip; ``unfolded`` are places in ``plan.steps``, None to let the number of
    records decide: all of a short list, none of a long one."""
    fitting = ((at, step) for at, step in enumerate(plan.steps) if within(step, kind))
    chosen = list(islice(fitting, LISTED))
    found: list[Line] = []
    for at, step in chosen:
        found.append(Line(step))
        if len(chosen) <= UNFOLDED if unfolded is None else at in unfolded:
            found.extend(Line(step, field) for field in telling(step, kind))
    return found


def telling(step: Step, kind: str = "") -> Sequence[FieldPlan]:
    """The fields of a record that tell something: what is written first, then what is not."""
    order = {"different": 0, "new": 1, "open": 2, "barred": 3}
    if kind in ("open", "barred"):
        return [one for one in step.fields if one.what == kind]
    return sorted(
        (one for one in step.fields if one.what in order), key=lambda one: order[one.what]
    )


def values(scheme: Scheme, step: Step, field: FieldPlan) -> tuple[str, str, str]:
    """A field's title, what the book holds ("" for nothing), and what the workbook says."""
    definition = scheme.register(step.register).by_name[field.name]
    old = "" if field.book is None else _book(scheme, step, field)
    new = "空" if field.workbook is None else told(scheme, definition, field.workbook)
    return definition.title, old, new


def _book(scheme: Scheme, step: Step, field: FieldPlan) -> str:
    from desktop.ledger.values import shown

    definition = scheme.register(step.register).by_name[field.name]
    codes = scheme.code_list(definition)
    if codes is not None and definition.type == "choice":
        return codes.title_of(str(field.book))
    words = shown(scheme, definition, field.book)
    return f"{words} {scheme.head.money_unit}" if definition.type == "money" else words
