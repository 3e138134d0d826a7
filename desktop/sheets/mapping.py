"""Headings → fields: of what each heading may mean, what it means in this table.

A table is about projects (one row each) or one of the lists under a project (one row per problem,
milestone …): :func:`read_headings` says which, and gives every field to one column at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.sheets.candidates import Candidate, Heading, candidates_of
from desktop.sheets.headings import key
from desktop.sheets.vocabulary import Target, Vocabulary, said

#: From here on a mapping is taken; from :data:`ASK` on it is asked about; below it is none.
SURE = 0.8
ASK = 0.6

#: What makes a list under a project: these fields tell it, the first must be there.
_TELLING: dict[str, tuple[str, ...]] = {
    "problem": (
        "problem",
        "measure",
        "due",
        "found_on",
        "closed_on",
        "result",
        "aspect",
        "needs_level",
    ),
    "milestone": ("name", "due", "duration", "actual_finish", "order"),
    "stopped": ("reason", "since", "can_resume", "plan", "resumed_on"),
}
#: With one of these a table has one row per project and week, whatever else it has.
_PROGRESS = frozenset({"completed_week", "completed_year", "completed_total", "physical_progress"})


class Mapped(msgspec.Struct, frozen=True):
    """What one heading was understood as. ``target`` is None when it was not."""

    target: Target | None
    confidence: float
    reason: str

    @property
    def asked(self) -> bool:
        """Whether a person should say if this is right."""
        return self.target is not None and self.confidence < SURE


class Headings(msgspec.Struct, frozen=True):
    """All headings of a table. ``kind`` is the register that its rows fill ("" for none)."""

    kind: str
    columns: tuple[Mapped, ...]


def read_headings(
    words: Vocabulary,
    headings: Sequence[Heading],
    *,
    year: int | None,
    title: str | None,
    grouped: bool = False,
) -> Headings:
    """Understand the headings of one table.

    ``year`` makes 2023年计划投资 this year's; ``title`` helps where the headings alone leave it
    open. ``grouped``: a project spans several rows, so that item fields may stand beside it.
    """
    year = year or _latest_year(headings)
    candidates = [candidates_of(words, heading, year) for heading in headings]
    kind = _kind(words, candidates, title or "")
    if not kind:
        return Headings("", tuple(Mapped(None, 0.0, "不在项目表中") for _ in headings))
    subject, weekly = words.project_registers
    allowed: tuple[str, ...] = (weekly, subject) if kind == subject else (kind, subject)
    if kind == subject and not any(
        candidate.target.register == weekly and candidate.target.fields[0] != "remark"
        for column in candidates
        for candidate in column
    ):
        allowed = (subject, weekly)
    if grouped and kind == subject:
        allowed = (*allowed, "problem")
    chosen = [_choose(column, allowed) for column in candidates]
    chosen = _apart(headings, chosen, year)
    return Headings(kind, tuple(_unique(words, headings, chosen)))


def _latest_year(headings: Sequence[Heading]) -> int | None:
    """The latest year that the headings name: this year's, where nothing else says it."""
    found = re.findall(r"(?<!\d)20\d{2}(?=年)", "".join("".join(one.path) for one in headings))
    return max(map(int, found), default=None)


def _kind(words: Vocabulary, candidates: Sequence[Sequence[Candidate]], title: str) -> str:
    """The register that the rows fill: the project's, or a list under it; "" when neither."""
    fields = {
        (candidate.target.register, name)
        for column in candidates
        for candidate in column
        if candidate.confidence >= SURE and candidate.target.what == "field"
        for name in candidate.target.fields
    }
    subject, weekly = words.project_registers
    progress = any((weekly, name) in fields for name in _PROGRESS)
    label = words.scheme.register(subject).label or "name"
    if not progress:
        for register, telling in _TELLING.items():
            if register not in words.scheme.registers or (register, telling[0]) not in fields:
                continue
            if (register, words.scheme.register(register).of or "") not in fields:
                continue
            others = [name for name in telling[1:] if (register, name) in fields]
            titled = words.scheme.register(register).title.removesuffix("清单") in title
            if register == "problem":
                # 存在问题 alone is also a column of a table with one row per project.
                plain_table = {(subject, "annual_plan"), (subject, "content")} & fields
                titled = bool(re.search("问题(?:清单|台账|汇总|销号|整改)", title))
                if not others and not (titled and not plain_table):
                    continue
            elif not others and not titled:
                continue
            return register
    named = any(
        candidate.confidence >= ASK and candidate.target == Target("field", subject, (label,))
        for column in candidates
        for candidate in column
    )
    return subject if named else ""


def _choose(column: Sequence[Candidate], allowed: Sequence[str]) -> Candidate | None:
    """The best candidate whose register may stand in this table."""
    usable = [
        (candidate.confidence, -allowed.index(register) if register in allowed else 1, candidate)
        for candidate in column
        for register in [candidate.target.register]
        if not register or register in allowed
    ]
    if not usable:
        return None
    best = max(confidence for confidence, _, _ in usable)
    close = [item for item in usable if item[0] >= best - 0.005]
    return max(close, key=lambda item: (item[0], item[1]))[2]


def _apart(
    headings: Sequence[Heading], chosen: list[Candidate | None], year: int | None
) -> list[Candidate | None]:
    """累计完成投资 beside 本年累计完成投资 is the sum since the start (开累)."""
    columns = [
        number
        for number, candidate in enumerate(chosen)
        if candidate is not None and candidate.target.fields == ("completed_year",)
    ]
    if len(columns) != 2 or any(
        candidate is not None and candidate.target.fields == ("completed_total",)
        for candidate in chosen
    ):
        return chosen
    yearly = [
        "年" in "".join(said(part, year) for part in headings[number].path) for number in columns
    ]
    if yearly.count(True) != 1:
        return chosen
    other = columns[yearly.index(False)]
    candidate = chosen[other]
    assert candidate is not None
    chosen[other] = Candidate(
        Target("field", candidate.target.register, ("completed_total",)),
        min(candidate.confidence, 0.85),
        "另有本年累计一栏，这一栏按开工以来累计读入",
    )
    return chosen


def _unique(
    words: Vocabulary, headings: Sequence[Heading], chosen: Sequence[Candidate | None]
) -> Iterator[Mapped]:
    """One column per field: the surest, the first of equals; the others are not understood."""
    owner: dict[str, int] = {}
    for number, candidate in enumerate(chosen):
        if candidate is None or candidate.confidence < ASK:
            continue
        for name in candidate.target.fields if candidate.target.what in ("field", "pair") else ():
            held = chosen[owner[name]] if name in owner else None
            if held is None or candidate.confidence > held.confidence:
                owner[name] = number
    for number, candidate in enumerate(chosen):
        heading = "/".join(headings[number].path)
        if candidate is None:
            yield Mapped(None, 0.0, "没有认出这一栏" if key(heading) else "没有表头")
        elif candidate.confidence < ASK:
            yield Mapped(None, candidate.confidence, f"{candidate.reason}，把握不够")
        elif candidate.target.what in ("field", "pair"):
            taken = [name for name in candidate.target.fields if owner.get(name) != number]
            if taken:
                first = "/".join(headings[owner[taken[0]]].path)
                yield Mapped(None, 0.0, f"与“{first}”一栏重复")
            else:
                yield Mapped(candidate.target, candidate.confidence, candidate.reason)
        else:
            yield Mapped(candidate.target, candidate.confidence, candidate.reason)
