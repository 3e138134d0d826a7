"""Whose work it is 归属: what a unit that reports its own weeks still holds but no longer works on.

A project that moved to another unit stays in the book of the unit that had it, with its old weeks,
to be read there. The weekly work and the papers leave it out: every reading of them adds
:func:`ours`. A department or a district looks after other units' records and leaves out none.
"""

from __future__ import annotations

import sqlite3

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import BOOK, Field, Register, Scheme

#: The view of the units whose records the book does not work on; no register's name begins so.
OTHERS = "v__others"
_OTHERS = f'(SELECT record FROM "{OTHERS}")'


class MovedAway(OneLedgerError):
    """A record of another unit, from before it went there, is not written here any more."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"这个项目已划转到{unit}，本单位不再填写。",
            "原有各周仍可查看；如划转有误，请与上级联系。",
        )


class NotYoursToGive(OneLedgerError):
    """A unit that reports its weeks does not hand its projects to others; the unit above does."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"不能把项目归到{unit}名下。", "项目划转由上级办理：请上级修改所属单位后下发任务包。"
        )


def refuse_moved(connection: sqlite3.Connection, owner: str | None) -> None:
    """Raise :class:`MovedAway` for records of a unit (record) that is not the book's to work on."""
    name = _of_others(connection, owner)
    if name is not None:
        raise MovedAway(name)


def refuse_giving(connection: sqlite3.Connection, owner: str | None) -> None:
    """Raise :class:`NotYoursToGive` for a new owner that is not the book's unit or below it."""
    name = _of_others(connection, owner)
    if name is not None:
        raise NotYoursToGive(name)


def _of_others(connection: sqlite3.Connection, unit: str | None) -> str | None:
    """The name of a unit whose records the book does not work on, None for any other."""
    row = connection.execute(
        f'SELECT name FROM unit WHERE record = ? AND record IN (SELECT record FROM "{OTHERS}")',
        (unit,),
    ).fetchone()
    return str(row[0]) if row else None


def view(scheme: Scheme) -> str:
    """What makes :data:`OTHERS`: all units but the book's own and those below, where the own one
    reports its weeks; else none."""
    levels = ", ".join(_quoted(level.name) for level in scheme.head.level if level.reports)
    return (
        f'CREATE VIEW "{OTHERS}" AS WITH RECURSIVE'
        f' own(record) AS (SELECT u.record FROM "{BOOK.name}" AS b'
        f" JOIN unit AS u ON u.record = b.unit WHERE b.removed = 0 AND u.level IN ({levels})),"
        " ours(record) AS (SELECT record FROM own"
        " UNION SELECT u.record FROM unit AS u JOIN ours ON u.above = ours.record)"
        " SELECT u.record FROM unit AS u"
        " WHERE EXISTS (SELECT 1 FROM own) AND u.record NOT IN (SELECT record FROM ours)"
    )


def ours(scheme: Scheme, register: Register, this: str = "this") -> str:
    """The condition that the row called ``this`` is the book's to work on, "1" where all are.

    By its own unit, else that of the subject it hangs under; an item that names the book's unit
    (a responsible unit) is its work too. Never NULL.
    """
    subject = register
    if register.owner is None and register.of is not None:
        subject = scheme.registers[register.of]
    if subject.owner is None:
        return "1"
    whose = f'{this}."{subject.owner}"'
    if subject is not register:
        whose = (
            f'(SELECT s."{subject.owner}" FROM "{subject.name}" AS s'
            f' WHERE s.record = {this}."{subject.name}")'
        )
    ways = [f"NOT EXISTS {_OTHERS}", f"coalesce({whose}, '') NOT IN {_OTHERS}"]
    ways += [_names(scheme, field, this) for field in register.stored if field.audience]
    return f"({' OR '.join(ways)})"


def _names(scheme: Scheme, field: Field, this: str) -> str:
    """Whether the field names the book's unit, alone or among others."""
    value = f'{this}."{field.name}"'
    if field.type == "link":
        means = f"u.record = {value}"
    else:
        known = scheme.registers["unit"].by_name
        called = [name for name in ("name", "short") if name in known]
        ways = [f"instr('、' || {value} || '、', '、' || u.\"{name}\" || '、')" for name in called]
        if "aliases" in known:
            ways.append(f"instr('、' || u.aliases || '、', '、' || {value} || '、')")
        means = f"({' OR '.join(ways)})"
    return (
        f'EXISTS (SELECT 1 FROM "{BOOK.name}" AS b JOIN unit AS u ON u.record = b.unit'
        f" WHERE b.removed = 0 AND {means})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
