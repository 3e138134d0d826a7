"""Headings → fields: of what each heading may mean, what it means in this table.

:mod:`~desktop.sheets.meaning.kinds` says what the rows are; :func:`read_headings` gives every
field to one column at most, or to one for each month that columns stand under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.ledger.periods import Period
from desktop.sheets.meaning.candidates import Candidate, Heading, candidates_of
from desktop.sheets.meaning.kinds import ASK, SURE, kind_of
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.meaning.wording import When, month_in, said
from desktop.sheets.tables.headings import key

_YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")
#: With one of these a table speaks of a year, month or week.
_OF_A_TIME = frozenset(
    {"annual_plan", "completed_week", "completed_month", "completed_total", "planned_month"}
)
#: What a table has twice may be planned once and real once; :data:`PLAN` stands in the former.
_PLANNED_AND_ACTUAL = (("planned_start", "actual_start"), ("planned_finish", "actual_finish"))
PLAN = "计划"


class Mapped(msgspec.Struct, frozen=True):
    """What one heading was understood as. ``target`` is None when it was not; ``period`` is the
    month that the column is of, "" for the table's own time."""

    target: Target | None
    confidence: float
    reason: str
    period: str = ""

    @property
    def asked(self) -> bool:
        """Whether a person should say if this is right."""
        return self.target is not None and self.confidence < SURE


class Headings(msgspec.Struct, frozen=True):
    """All headings of a table. ``kind`` is the register that its rows fill ("" for none);
    ``allowed`` the registers of its columns, best first; ``when`` the time it was read for."""

    kind: str
    columns: tuple[Mapped, ...]
    allowed: tuple[str, ...] = ()
    when: When = When()


def read_headings(
    words: Vocabulary,
    headings: Sequence[Heading],
    *,
    year: int | None,
    title: str | None,
    month: int | None = None,
    week: int | None = None,
    grouped: bool = False,
) -> Headings:
    """Understand the headings of one table.

    ``year`` makes 2023年计划投资 this year's, ``month`` and ``week`` likewise; ``title`` helps
    where the headings alone leave it open. ``grouped``: a project spans several rows, so that
    item fields may stand beside it.
    """
    years = _years(headings)
    when = When(year or max(years, default=None), month, week)
    headings = _timed(headings, when)
    candidates = [candidates_of(words, heading) for heading in headings]
    kind = kind_of(words, candidates, title or "", when)
    if not kind.register:
        nothing = tuple(Mapped(None, 0.0, "不在项目表中") for _ in headings)
        return Headings("", nothing, when=when)
    allowed = kind.allowed
    if grouped and kind.register == words.project_registers[0]:
        allowed = (*allowed, "problem")
    chosen = [
        _choose(column, (kind.monthly,) if heading.period else allowed)
        for heading, column in zip(headings, candidates, strict=True)
    ]
    chosen = _since_when(_apart(headings, _in_fact(words, headings, chosen)))
    if year is None and len(years) > 1:
        chosen = [_of_which_year(one, at) for one, at in zip(chosen, headings, strict=True)]
    columns = tuple(_unique(words, headings, chosen))
    return Headings(kind.register, columns, allowed, when)


def _years(headings: Sequence[Heading]) -> set[int]:
    """The years that the headings name; the latest is this year, where nothing else says it."""
    return {int(year) for one in headings for year in _YEAR.findall("".join(one.path))}


def _of_which_year(candidate: Candidate | None, heading: Heading) -> Candidate | None:
    """Where headings name several years and nothing says which is this one: that is asked."""
    if candidate is None or not _YEAR.search("".join(heading.path)):
        return candidate
    return Candidate(
        candidate.target,
        min(candidate.confidence, 0.75),
        "表头写有几个年份，没有写明本表是哪一年的",
    )


def _timed(headings: Sequence[Heading], when: When) -> list[Heading]:
    """The headings with their times. Where two months or more head columns of one meaning, each of
    these is of its own month."""
    months = [month_in(heading.path) for heading in headings]
    alike: dict[str, set[int]] = {}
    for found in months:
        if found is not None:
            alike.setdefault(found[2], set()).add(found[1])
    timed: list[Heading] = []
    for heading, found in zip(headings, months, strict=True):
        if found is None or len(alike[found[2]]) < 2:
            timed.append(msgspec.structs.replace(heading, when=when))
            continue
        year = found[0] or when.year
        own = When(year, found[1], None)
        period = str(Period("month", year, found[1])) if year else f"{found[1]}"
        timed.append(msgspec.structs.replace(heading, when=own, period=period))
    return timed


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


def _in_fact(
    words: Vocabulary, headings: Sequence[Heading], chosen: list[Candidate | None]
) -> list[Candidate | None]:
    """开工时间 beside 计划开工时间 is when it really began."""
    for planned, actual in _PLANNED_AND_ACTUAL:
        columns = [n for n, one in enumerate(chosen) if one and one.target.fields == (planned,)]
        if len(columns) != 2 or any(one and one.target.fields == (actual,) for one in chosen):
            continue
        plan = [
            PLAN in words.folding.skeleton("".join(said(part) for part in headings[number].path))
            for number in columns
        ]
        if plan.count(True) != 1:
            continue
        other = columns[plan.index(False)]
        candidate = chosen[other]
        assert candidate is not None
        chosen[other] = Candidate(
            Target("field", candidate.target.register, (actual,)),
            min(candidate.confidence, 0.85),
            "另有计划时间一栏，这一栏按实际时间读入",
        )
    return chosen


def _apart(headings: Sequence[Heading], chosen: list[Candidate | None]) -> list[Candidate | None]:
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
        "年" in "".join(said(part, headings[number].when) for part in headings[number].path)
        for number in columns
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


def _since_when(chosen: list[Candidate | None]) -> list[Candidate | None]:
    """已完成投资 in a table without any plan or figure of a year, month or week is of the year or
    since the start: that is asked."""
    fields = {name for one in chosen if one is not None for name in one.target.fields}
    if fields & _OF_A_TIME or "total_investment" not in fields:
        return chosen
    return [
        Candidate(
            Target("field", one.target.register, ("completed_total",)),
            min(one.confidence, 0.7),
            "没有写明是本年累计还是开工以来累计",
        )
        if one is not None
        and one.target.fields == ("completed_year",)
        and "本年" not in one.reason
        and "年" not in one.reason
        else one
        for one in chosen
    ]


def _unique(
    words: Vocabulary, headings: Sequence[Heading], chosen: Sequence[Candidate | None]
) -> Iterator[Mapped]:
    """One column per field: the surest, the first of equals; the others are not understood."""
    owner: dict[tuple[str, str], int] = {}
    for number, candidate in enumerate(chosen):
        if candidate is None or candidate.confidence < ASK:
            continue
        period = headings[number].period
        for name in candidate.target.fields if candidate.target.what in ("field", "pair") else ():
            held = chosen[owner[period, name]] if (period, name) in owner else None
            if held is None or candidate.confidence > held.confidence:
                owner[period, name] = number
    for number, candidate in enumerate(chosen):
        heading, period = "/".join(headings[number].path), headings[number].period
        if candidate is None:
            yield Mapped(None, 0.0, "没有认出这一栏" if key(heading) else "没有表头")
        elif candidate.confidence < ASK:
            yield Mapped(None, candidate.confidence, f"{candidate.reason}，把握不够")
        elif candidate.target.what in ("field", "pair"):
            fields = candidate.target.fields
            taken = [name for name in fields if owner.get((period, name)) != number]
            if taken:
                first = "/".join(headings[owner[period, taken[0]]].path)
                yield Mapped(None, 0.0, f"与“{first}”一栏重复")
            else:
                yield Mapped(candidate.target, candidate.confidence, candidate.reason, period)
        elif candidate.target.what == "elsewhere":
            yield Mapped(None, 0.0, f"{candidate.reason}，账本没有对应的栏目")
        else:
            yield Mapped(candidate.target, candidate.confidence, candidate.reason)
