"""Headings → fields: of what each heading may mean, what it means in this table.

:mod:`~desktop.sheets.meaning.kinds` says what the rows are; :func:`read_headings` gives every
field to one column at most, or to one for each month that columns stand under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.ledger.periods import Period, parse_period
from desktop.sheets.meaning.candidates import Candidate, Heading, candidates_of
from desktop.sheets.meaning.kinds import ASK, SURE, kind_of
from desktop.sheets.meaning.neighbours import doubted, told_by_others
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.meaning.wording import When, has_year, is_month, month_in, week_in
from desktop.sheets.tables.headings import key
from desktop.sheets.tables.rows import plain

_YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")


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
    filled = [heading.seen.count for heading in headings]
    kind = kind_of(words, candidates, title or "", when, filled)
    if not kind.register:
        nothing = tuple(Mapped(None, 0.0, "不在项目表中") for _ in headings)
        return Headings("", nothing, when=when)
    allowed = kind.allowed
    if grouped and kind.register == words.project_registers[0]:
        allowed = (*allowed, "problem")
    chosen = [
        _choose(column, kind.of_period(heading.period) if heading.period else allowed)
        for heading, column in zip(headings, candidates, strict=True)
    ]
    _label(words, kind.register, candidates, chosen)
    stated = When(year, month, week)
    chosen = told_by_others(words, headings, chosen, stated, title or "")
    if year is None and len(years) > 1:
        chosen = [_of_which_year(one, at) for one, at in zip(chosen, headings, strict=True)]
    columns = tuple(_unique(words, headings, chosen, allowed))
    return Headings(kind.register, columns, allowed, when)


def _years(headings: Sequence[Heading]) -> set[int]:
    """The years that the headings name; the latest is this year, where nothing else says it."""
    return {int(year) for one in headings for year in _YEAR.findall("".join(one.path))}


def _of_which_year(candidate: Candidate | None, heading: Heading) -> Candidate | None:
    """Where headings name several years and nothing says which is this one: that is asked."""
    if candidate is None or not _YEAR.search("".join(heading.path)):
        return candidate
    return doubted(candidate, "表头写有几个年份，没有写明本表是哪一年的")


def _timed(headings: Sequence[Heading], when: When) -> list[Heading]:
    """The headings with their times. Where two months or weeks or more head columns of one meaning,
    each of these is of its own."""
    periods = [_period_in(heading.path, when) for heading in headings]
    alike: dict[str, set[str]] = {}
    for found in periods:
        if found is not None:
            alike.setdefault(found[1], set()).add(found[0])
    return [
        msgspec.structs.replace(heading, when=when)
        if found is None or len(alike[found[1]]) < 2
        else msgspec.structs.replace(heading, when=_own(found[0], when), period=found[0])
        for heading, found in zip(headings, periods, strict=True)
    ]


def _period_in(path: tuple[str, ...], when: When) -> tuple[str, str] | None:
    """The month or week that a heading is of, and the heading without it."""
    found = month_in(path)
    if found is None:
        return week_in(path, when.year)
    year = found[0] or when.year
    return str(Period("month", year, found[1])) if year else f"{found[1]}", found[2]


def _own(period: str, when: When) -> When:
    """The time that the words of a column of its own period are relative to."""
    if has_year(period):
        known = parse_period(period)
        month = known.number if known.kind == "month" else None
        return When(known.year, month, None if month else known.number)
    return When(when.year, int(period) if is_month(period) else None, None)


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


def _label(
    words: Vocabulary,
    register: str,
    candidates: Sequence[Sequence[Candidate]],
    chosen: list[Candidate | None],
) -> None:
    """Let the rows have what names them: a list of 首席服务员 names them under 首席服务员姓名,
    though that is a field of the project, too."""
    held = words.scheme.register(register)
    subject = words.project_registers[0]
    for name in (held.label, held.of if held.of == subject else None):
        own = Target("field", register, (name or "",))
        if name is None or any(one is not None and one.target == own for one in chosen):
            continue
        for number, column in enumerate(candidates):
            naming = next((one for one in column if one.target == own), None)
            if naming is not None and naming.confidence >= SURE:
                chosen[number] = naming
                break


def _unique(
    words: Vocabulary,
    headings: Sequence[Heading],
    chosen: Sequence[Candidate | None],
    allowed: Sequence[str],
) -> Iterator[Mapped]:
    """One column per field: the surest, of equals the one that bears the field's own title, then
    the first; the others are not understood."""
    owner: dict[tuple[str, str], int] = {}

    def rank(number: int, name: str) -> tuple[float, bool]:
        candidate, path = chosen[number], headings[number].path
        assert candidate is not None
        homes = (candidate.target.register, *allowed)
        fields = (words.scheme.register(home).by_name.get(name) for home in homes if home)
        title = next((field.title for field in fields if field is not None), "")
        return candidate.confidence, bool(title and path) and title in plain(path[-1])

    for number, candidate in enumerate(chosen):
        if candidate is None or candidate.confidence < ASK:
            continue
        period = headings[number].period
        for name in candidate.target.fields if candidate.target.what in ("field", "pair") else ():
            held = owner.get((period, name))
            if held is None or rank(number, name) > rank(held, name):
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
