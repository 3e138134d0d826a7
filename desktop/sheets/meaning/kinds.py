"""What the rows of a table are: projects with their week or month, or the records of a register.

Nothing here names a register of the shipped scheme: a list or ledger that hangs under a project, a
unit or another file is told by the fields that only it has, and by the words of the title.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.ledger.definitions import Register
from desktop.sheets.meaning.candidates import Candidate
from desktop.sheets.meaning.vocabulary import UNIT, Target, Vocabulary, readable
from desktop.sheets.meaning.wording import When, is_month

#: From here on a mapping is taken; from :data:`ASK` on it is asked about; below it is none.
SURE = 0.8
ASK = 0.6
#: A title that names the register is worth so many columns.
TITLED = 2.5
#: With more columns that only projects have, 存在问题 alone is a column of a table of projects.
MOST_OF_PROJECT = 2

Column = frozenset[tuple[str, str]]


class Kind(msgspec.Struct, frozen=True):
    """``register`` is what the rows fill ("" for nothing), ``allowed`` the registers that its
    columns may belong to, best first; ``monthly`` and ``weekly`` those of columns that stand under
    months and under weeks."""

    register: str = ""
    allowed: tuple[str, ...] = ()
    monthly: str = ""
    weekly: str = ""

    def of_period(self, period: str) -> tuple[str, ...]:
        """The registers that a column under a ``period`` of its own may belong to."""
        return (self.monthly if is_month(period) else self.weekly,)


def kind_of(
    words: Vocabulary,
    candidates: Sequence[Sequence[Candidate]],
    title: str,
    when: When,
    filled: Sequence[int] = (),
) -> Kind:
    """The kind of a table from what its headings may mean, its title and its time. ``filled``: how
    many cells of each column say something, as far as they were looked at."""
    subject = words.scheme.register(words.project_registers[0])
    columns = [_sure(column) for column in candidates]
    named = any(
        candidate.confidence >= ASK
        and candidate.target == Target("field", subject.name, (subject.label or "name",))
        for column in candidates
        for candidate in column
    )
    scored = [
        (score, -number, register)
        for number, register in enumerate(readable(words.scheme))
        if register not in words.ledgers
        and not _of_projects(words, register, columns, filled, title)
        for score in [_score(words, register, columns, title, when, named=named)]
        if score > 0
    ]
    months, weeks = (
        next((one.name for one in words.ledgers if kind in one.period), "")
        for kind in ("month", "week")
    )
    if scored:
        register = max(scored)[2]
        allowed = (register.name, *((subject.name,) if register.of == subject.name else ()))
        if _rules(words, register, title):
            allowed = (*allowed, words.project_registers[1])
            own = (subject.label, subject.owner)
            about = {at for one in columns for at in one if not _means(one, register)}
            if any(home == subject.name and name not in own for home, name in about):
                # what both may have is said of the project
                allowed = (subject.name, register.name, words.project_registers[1])
        return Kind(register.name, allowed, register.name if "month" in register.period else "")
    if not named:
        return Kind()
    ledger = _ledger(words, columns, title, when)
    told = any(
        any(home == ledger and name != "remark" for home, name in column) for column in columns
    )
    others = tuple(one.name for one in words.ledgers if one.name != ledger)
    order = (*((ledger, subject.name) if told else (subject.name, ledger)), *others)
    return Kind(subject.name, order, months, weeks)


def _sure(column: Sequence[Candidate]) -> Column:
    return frozenset(
        (candidate.target.register, name)
        for candidate in column
        if candidate.confidence >= SURE and candidate.target.what == "field"
        for name in candidate.target.fields
    )


def _score(
    words: Vocabulary,
    register: Register,
    columns: Sequence[Column],
    title: str,
    when: When,
    *,
    named: bool,
) -> float:
    """How well a register explains the table's columns; 0 when it is not what the table is."""
    subject = words.project_registers[0]
    ledgers = {one.name for one in words.ledgers}
    link = register.of or ""
    told = {name for column in columns for home, name in column if home == register.name}
    core = (
        [register.label]
        if register.label
        else [field.name for field in register.field if field.required]
    )
    had = [name for name in core if name in told]
    if not had:
        return 0.0
    rules = _rules(words, register, title)
    if not rules and any(_tells_progress(words, one, register.name, ledgers) for one in columns):
        return 0.0
    titled = _titled(words, register, title)
    others = [
        column
        for column in columns
        if any(
            home == register.name and name not in (had[0], link, "remark") for home, name in column
        )
        and not any(home == subject or home in ledgers for home, _ in column)
    ]
    if register.shape == "ledger":
        if named or (link not in told and not titled):
            return 0.0
        if register.label is None and not register.key and not (titled or when.month):
            return 0.0
        return _explained(columns, register.name) + TITLED * titled
    own = sum(any(home == subject for home, _ in c) and not _means(c, register) for c in columns)
    unmistakable = not named and any(
        (register.name, had[0]) in column
        and not any(home == subject or home in ledgers for home, _ in column)
        for column in columns
    )
    if not (others or unmistakable or (titled and own <= MOST_OF_PROJECT)):
        return 0.0
    if link not in told and link == subject and len(others) + titled < 2:
        return 0.0
    if link not in (subject, UNIT):
        titled_more = TITLED * titled - 0.5
        return _explained(columns, register.name) + titled_more
    return _explained(columns, register.name) + TITLED * titled


def _titled(words: Vocabulary, register: Register, title: str) -> bool:
    return any(word in title for word in words.titles.get(register.name, ()))


def _rules(words: Vocabulary, register: Register, title: str) -> bool:
    """Whether the title decides alone: rows without a name of their own (停工项目) are about a
    project, so that its figures may stand beside them."""
    return register.shape == "list" and register.label is None and _titled(words, register, title)


def _of_projects(
    words: Vocabulary,
    register: Register,
    columns: Sequence[Column],
    filled: Sequence[int],
    title: str,
) -> bool:
    """Whether what could name the rows of a list is only one more column about projects: some rows
    leave it blank, or progress stands between the project and it, and only dates say more of it."""
    if register.label is None or register.of != words.project_registers[0]:
        return False
    own = (register.name, register.label)
    at = next((number for number, column in enumerate(columns) if own in column), None)
    ledgers = {one.name for one in words.ledgers}
    if at is None or not filled or not any(home in ledgers for home, _ in columns[at]):
        return False
    if _titled(words, register, title) or any(_own(words, one, register) for one in columns):
        return False
    link = (register.name, str(register.of))
    names = next((number for number, column in enumerate(columns) if link in column), None)
    if names is None:
        return False
    between = columns[names + 1 : at]
    return filled[at] < filled[names] or any(_tells(words, one, ledgers) for one in between)


def _own(words: Vocabulary, column: Column, register: Register) -> bool:
    """Whether a column can only be of the register, and is more than a date."""
    aside = (register.label, register.of, "remark")
    return not any(home in words.project_registers for home, _ in column) and any(
        home == register.name and name not in aside and register.by_name[name].type != "date"
        for home, name in column
    )


def _tells(words: Vocabulary, column: Column, ledgers: set[str]) -> bool:
    return any(
        home in ledgers
        and words.scheme.register(home).by_name[name].type == "long_text"
        and name != "remark"
        for home, name in column
    )


def _means(column: Column, register: Register) -> bool:
    return any(home == register.name for home, _ in column)


def _tells_progress(words: Vocabulary, column: Column, register: str, ledgers: set[str]) -> bool:
    """Whether a column says how far a project has come, and means nothing in ``register``: a table
    with such a column has one row per project."""
    if any(home == register for home, _ in column):
        return False
    return any(
        home in ledgers and words.scheme.register(home).by_name[name].required
        for home, name in column
    )


def _explained(columns: Sequence[Column], register: str) -> float:
    return float(sum(any(home == register for home, _ in column) for column in columns))


def _ledger(words: Vocabulary, columns: Sequence[Column], title: str, when: When) -> str:
    """The ledger that a table of projects fills: by the columns that only it has, then by the time
    that title and names state; the week's where nothing tells."""
    weekly = words.project_registers[1]
    scores: dict[str, float] = {}
    for register in words.ledgers:
        others = {one.name for one in words.ledgers} - {register.name}
        only = sum(
            any(home == register.name for home, _ in column)
            and not any(home in others for home, _ in column)
            for column in columns
        )
        stated = ("week" in register.period and when.week is not None) or (
            "month" in register.period and when.month is not None and when.week is None
        )
        titled = _titled(words, register, title)
        scores[register.name] = 2.0 * only + stated + titled + 0.5 * (register.name == weekly)
    return max(scores, key=lambda name: scores[name], default=weekly)
