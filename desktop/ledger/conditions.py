"""Conditions 审核公式: the checks that ``checks.toml`` defines, read, judged and made statements.

Every required field is a check of its own, without being written down. Statements are prepared
behind the authorizer before a scheme is used: a misspelt name, a forbidden function, a wrong key
is refused with file, key and reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec

from desktop.ledger.belonging import ours
from desktop.ledger.definitions import NAME, MalformedScheme, Register, Scheme
from desktop.ledger.expressions import EARLIER, BadExpression, Qualified, guarded, qualify, source
from desktop.ledger.scheme import convert
from desktop.ledger.sentences import Sentence, read
from desktop.ledger.store import Store

Level = Literal["must", "explain"]
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]
FILE = "checks.toml"
#: The check that every book has: a project without a row in a week that it should report.
MISSING = "missing"
#: The values that a condition may ask for.
PARAMETERS = frozenset({"period", "first_day", "last_day"})
#: When a condition holds: skip passes over what cannot be computed, fail finds it.
_HOLDS = {"skip": "IS TRUE", "fail": "IS NOT FALSE"}


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One check. ``where`` is true for a finding; ``null`` says what a NULL counts as.

    ``when`` narrows the records that are judged, ``cell`` is the field that the finding points at,
    ``source`` the rule's origin.
    """

    name: str
    title: Text
    register: str
    level: Level
    null: Literal["skip", "fail"]
    where: Text
    cell: str
    sentence: Text
    source: Text
    when: Text = "1"


class Definitions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``checks.toml``. ``expected`` is true for a subject that reports in a period."""

    expected: str = "1"
    check: tuple[Check, ...] = ()


class Prepared(msgspec.Struct, frozen=True):
    """A check as a statement over the joined rows of its register.

    A row that it returns is a finding: record, subject, the subject's name, then the sentence's
    figures. ``columns`` are what it reads; ``trials`` try each of its keys alone. ``levels`` may
    fill the field; others are not asked for it (none: everybody).
    """

    check: Check
    sentence: Sentence
    statement: str
    columns: frozenset[str]
    trials: tuple[tuple[str, str], ...]
    levels: tuple[str, ...] = ()


class Checks(msgspec.Struct, frozen=True):
    """All checks of a scheme, by register.

    ``period`` selects the joined rows of a register in a period, ``single`` those of one record.
    ``reporting`` gives (record, name, 1 when the week's row is missing) of the subjects that report
    in a period, while the joined rows of the weekly ledger stand.
    """

    prepared: Mapping[str, tuple[Prepared, ...]]
    period: Mapping[str, str]
    single: Mapping[str, str]
    reporting: str


def load(store: Store) -> Checks:
    """The checks of the book's scheme, prepared once for each scheme.

    Raises :class:`MalformedScheme`.
    """
    kept: dict[str, Checks] = vars(store.scheme)  # where a scheme keeps what follows from it
    if "checks" not in kept:
        kept["checks"] = prepare(store.connection, store.scheme)
    return kept["checks"]


def prepare(connection: sqlite3.Connection, scheme: Scheme) -> Checks:
    """The checks of ``scheme``, every key looked at by SQLite behind the authorizer, none run.

    The scheme's tables must be there. Raises :class:`MalformedScheme`.
    """
    nothing = dict.fromkeys((*PARAMETERS, "unit", "record", "reporting", "weekly"))
    try:
        checks = compose(scheme)
        for register, prepared in checks.prepared.items():
            trials = [trial for one in prepared for trial in one.trials]
            if register == scheme.head.weekly:
                trials.append(("expected", checks.reporting))
            joined = rows(connection, register, checks.single[register], nothing)
            with joined, guarded(connection, register) as guard:
                for key, trial in trials:
                    guard.where = key
                    connection.execute(f"EXPLAIN {trial}", nothing).close()
    except BadExpression as error:
        raise MalformedScheme(FILE, error.where, error.reason) from error
    return checks


@contextmanager
def rows(
    connection: sqlite3.Connection, register: str, select: str, values: Mapping[str, Any]
) -> Iterator[int]:
    """Within, the rows of ``select`` stand in the temporary table of ``register``; how many."""
    table = _relation(register)
    connection.execute(f"CREATE TABLE {table} AS {select}", values)
    try:
        yield connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _relation(register: str) -> str:
    """The temporary table of a register's joined rows; no register's name begins like it."""
    return f'temp."_{register}"'


def compose(scheme: Scheme) -> Checks:
    """The checks as statements; SQLite has not seen them yet.

    Raises :class:`MalformedScheme` and, naming the key, :class:`BadExpression`.
    """
    definitions = convert(FILE, scheme.toml(FILE), Definitions)
    registers = _registers(scheme)
    made = {name: list(_required(scheme, register)) for name, register in registers.items()}
    seen = {MISSING}
    for check in definitions.check:
        if not NAME.fullmatch(check.name) or check.name in seen:
            raise MalformedScheme(FILE, f"check.{check.name}.name", "重名或不能用作名字")
        seen.add(check.name)
        register = _judged(check, registers)
        sentence = read(check.sentence, scheme, register, f"check.{check.name}.sentence")
        made[register.name].append(_statement(scheme, check, sentence))
    prepared = {
        name: tuple(checks) for name, checks in made.items() if checks or name == scheme.head.weekly
    }
    joined = {name: _joined(scheme, registers[name], checks) for name, checks in prepared.items()}
    return Checks(
        prepared,
        {name: f"{all_} AND {_narrow(scheme, registers[name])}" for name, all_ in joined.items()},
        {name: f"{all_} AND this.record = :record" for name, all_ in joined.items()},
        _reporting(scheme, definitions.expected),
    )


def _registers(scheme: Scheme) -> dict[str, Register]:
    """What can be checked: the subjects of the weekly dispatch, their ledgers and lists."""
    subject = scheme.head.subject
    ours = [r for r in scheme.registers.values() if r.of == subject and not r.internal]
    ours.sort(key=lambda register: register.name != scheme.head.weekly)
    return {register.name: register for register in (scheme.registers[subject], *ours)}


def _judged(check: Check, registers: Mapping[str, Register]) -> Register:
    """The register of a check whose plain keys are right."""
    key = f"check.{check.name}"
    register = registers.get(check.register)
    if register is None:
        known = "、".join(registers)
        raise MalformedScheme(FILE, f"{key}.register", f"应为其中之一：{known}")
    if check.cell not in register.by_name or register.by_name[check.cell].retired:
        raise MalformedScheme(FILE, f"{key}.cell", f"“{register.title}”没有栏目“{check.cell}”")
    return register


def _required(scheme: Scheme, register: Register) -> Iterator[Prepared]:
    """The checks that the definition itself makes: a required field is filled."""
    for field in register.shown:
        if not field.required:
            continue
        check = Check(
            name=f"{register.name}.{field.name}",
            title=f"{field.title}未填",
            register=register.name,
            level="must",
            null="skip",
            where=f"{field.name} IS NULL",
            cell=field.name,
            sentence=f"“{field.title}”没有填写。",
            source=register.system,
        )
        levels = field.filled_by or register.filled_by
        yield _statement(scheme, check, Sentence((check.sentence,)), levels)


def _statement(
    scheme: Scheme, check: Check, sentence: Sentence, levels: tuple[str, ...] = ()
) -> Prepared:
    register = scheme.registers[check.register]
    table = f"FROM {_relation(register.name)} AS this"

    def plain(key: str, expression: str) -> tuple[str, Qualified]:
        key = f"check.{check.name}.{key}"
        return key, _names(scheme, register, expression, key, flat=True)

    where, when = plain("where", check.where), plain("when", check.when)
    figures = [plain("sentence", figure.expression) for figure in sentence.figures]
    whose = _whose(scheme, register)
    given = ", ".join([f'this."{column}"' for column in whose] + [f"({one})" for _, one in figures])
    parts = (where, when, *figures)
    return Prepared(
        check,
        sentence,
        f"SELECT {given} {table} WHERE ({when[1]}) IS TRUE AND ({where[1]}) {_HOLDS[check.null]}",
        frozenset(whose).union(*(part.columns for _, part in parts)),
        # In the place of a condition even a figure may not gather several rows into one.
        tuple((key, f"SELECT 1 {table} WHERE ({part})") for key, part in parts),
        levels,
    )


def _names(
    scheme: Scheme, register: Register, expression: str, key: str, *, flat: bool = False
) -> Qualified:
    """``expression`` with its names made plain; only known parameters may stand in it."""
    found = qualify(expression, scheme, register, key, flat=flat)
    if unknown := sorted(found.parameters - PARAMETERS):
        known = " ".join(f":{name}" for name in sorted(PARAMETERS))
        raise BadExpression(key, f"没有“:{unknown[0]}”，可用的有 {known}")
    return found


def _whose(scheme: Scheme, register: Register) -> tuple[str, str, str]:
    """The columns that say whose a row is: record, subject, the subject's name."""
    subject = scheme.registers[scheme.head.subject]
    label = subject.label or "record"
    if register.name == subject.name:
        return "record", "record", label
    return "record", subject.name, f"subject.{label}"


def _joined(scheme: Scheme, register: Register, checks: Iterable[Prepared]) -> str:
    """The rows of ``register`` with all that its checks read, but removed ones and others'."""
    whose = frozenset(_whose(scheme, register))
    columns = sorted(whose.union(*(prepared.columns for prepared in checks)))
    selected, earlier = [], 0
    for column in columns:
        alias, _, name = column.rpartition(".")
        selected.append(f'{alias or "this"}."{name}" AS "{column}"')
        if alias in EARLIER:
            earlier = max(earlier, EARLIER.index(alias) + 1)
    alive = f"this.removed = 0 AND {ours(scheme, register)}"
    if register.of:
        alive += " AND coalesce(subject.removed, 1) = 0"
    return f"SELECT {', '.join(selected)} FROM {source(register, earlier, True)} WHERE {alive}"


def _narrow(scheme: Scheme, register: Register) -> str:
    """Of these the rows of one period and unit; files and lists of those who report."""
    if register.shape == "ledger":
        return f"this.period = :period AND {_of_unit(scheme, 'subject')}"
    # The sign keeps SQLite from looking up every subject in a list that may be empty.
    return f'+this."{_whose(scheme, register)[1]}" IN (SELECT value FROM json_each(:reporting))'


def _of_unit(scheme: Scheme, subject: str) -> str:
    owner = scheme.registers[scheme.head.subject].owner
    return f'(:unit IS NULL OR {subject}."{owner}" = :unit)' if owner else "1"


def _reporting(scheme: Scheme, expected: str) -> str:
    """The statement that says who reports: who has a row, and who is expected to have one.

    A subject that first reported later was not there yet. ``:weekly`` is 0 for a period that the
    weekly ledger does not have.
    """
    subject, weekly = scheme.registers[scheme.head.subject], scheme.head.weekly
    due = _names(scheme, subject, expected, "expected")
    filled = f'this.record IN (SELECT w."{subject.name}" FROM {_relation(weekly)} AS w)'
    first = (
        f'(SELECT min(w.period) FROM "{weekly}" AS w'
        f' WHERE w."{subject.name}" = this.record AND w.removed = 0)'
    )
    return (
        f'SELECT this.record, this."{subject.label or "record"}", :weekly AND NOT {filled}'
        f' FROM "{subject.name}" AS this WHERE this.removed = 0 AND {ours(scheme, subject)}'
        f" AND {_of_unit(scheme, 'this')}"
        f" AND ({filled}"
        f" OR (({due}) IS TRUE AND (NOT :weekly OR coalesce({first} < :period, 1))))"
    )
