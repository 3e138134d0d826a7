"""SQL expressions of a scheme: names made plain, and run where they can do no harm.

Formulas, checks and indicators are written over field names. A bare name is a field of the record
itself, ``last.`` the subject's latest earlier period of the same year (``last2.``, ``last3.`` the
ones before), ``subject.`` the record that the register hangs under. Sub-selects give their tables
an alias and use it (``EXISTS (SELECT 1 FROM v_stopped AS s WHERE s.project = this.project)``).

Definitions arrive in packages, so everything runs behind SQLite's authorizer: reading and a list
of functions, nothing else, and with a bound on steps.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Register, Scheme

#: The functions that an expression may call.
FUNCTIONS = frozenset(
    {
        "abs", "avg", "coalesce", "count", "date", "format", "glob", "group_concat", "ifnull",
        "iif", "instr", "json_array_length", "json_each", "json_extract", "julianday", "length",
        "like", "lower", "ltrim", "max", "min", "nullif", "printf", "replace", "round", "rtrim",
        "sign", "strftime", "substr", "substring", "sum", "total", "trim", "unicode", "upper",
        "row_number", "rank", "dense_rank", "first_value", "last_value", "lag", "lead",
        "code_state",
    }
)  # fmt: skip

#: The earlier periods that an expression may name, nearest first.
EARLIER = ("last", "last2", "last3")

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
      | (?P<quoted>"(?:[^"]|"")*")
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
      | (?P<space>\s+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_TABLE_FOLLOWS = frozenset({"from", "join", "as"})
_BOUND = 2_000_000_000
_EVERY = 1_000_000


class BadExpression(OneLedgerError):
    """A formula, check or indicator of the scheme cannot be used; ``reason`` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"方案中的“{where}”不能运算：{reason}。", "请改正方案后重试；账本没有改动。"
        )
        self.where, self.reason = where, reason


class Qualified(str):
    """An expression whose names are plain; ``earlier`` says how many periods back it looks."""

    earlier: int
    subject: bool
    names: tuple[str, ...]


def qualify(expression: str, scheme: Scheme, register: Register, where: str) -> Qualified:
    """``expression`` with bare names turned into ``this."name"`` and formulas written out.

    Raises :class:`BadExpression` for a name that does not exist or may not be used.
    """
    return _qualify(expression, scheme, register, where, ())


def _qualify(
    expression: str, scheme: Scheme, register: Register, where: str, within: tuple[str, ...]
) -> Qualified:
    parts: list[str] = []
    names: list[str] = []
    earlier, subject = 0, False
    before = ""
    owner = ""
    for token in _TOKEN.finditer(expression):
        text = token.group()
        if token.lastgroup == "other" and text == ";":
            raise BadExpression(where, "不能含有分号")
        if token.lastgroup == "name":
            if before == ".":
                if owner in EARLIER or owner == "subject":
                    _exists(scheme, register, owner, text, where)
                text = f'"{text}"' if owner in (*EARLIER, "subject", "this") else text
            elif text in EARLIER:
                earlier = max(earlier, EARLIER.index(text) + 1)
            elif text == "subject":
                subject = True
            elif before.lower() not in _TABLE_FOLLOWS and _is_field(expression, token, register):
                field = register.by_name[text]
                names.append(text)
                if field.formula is None:
                    text = f'this."{text}"'
                elif text in within:
                    raise BadExpression(where, f"公式“{text}”用到了它自己")
                else:
                    inner = _qualify(field.formula, scheme, register, where, (*within, text))
                    earlier, subject = max(earlier, inner.earlier), subject or inner.subject
                    text = f"({inner})"
            owner = token.group()
        if token.lastgroup != "space":
            before = token.group()
        parts.append(text)
    qualified = Qualified("".join(parts))
    qualified.earlier, qualified.subject, qualified.names = earlier, subject, tuple(names)
    return qualified


def _is_field(expression: str, token: re.Match[str], register: Register) -> bool:
    if token.group() not in register.by_name:
        return False
    following = expression[token.end() :].lstrip()[:1]
    return following not in ("(", ".")


def _exists(scheme: Scheme, register: Register, owner: str, name: str, where: str) -> None:
    if name in ("record", "period") and owner != "subject":
        return
    looked_in = register
    if owner == "subject":
        if register.of is None:
            raise BadExpression(where, f"“{register.title}”不在别的册之下，没有 subject")
        looked_in = scheme.registers[register.of]
    field = looked_in.by_name.get(name)
    if field is None and name != "record":
        raise BadExpression(where, f"“{looked_in.title}”没有栏目 {owner}.{name}")
    if field is not None and field.formula is not None:
        raise BadExpression(where, f"{owner}.{name} 是公式，不能再用于公式")


def source(register: Register, earlier: int, subject: bool, *, this: str = "") -> str:
    """The FROM clause in which a qualified expression stands.

    ``this`` replaces the register's own table by another relation with the same columns.
    """
    clause = this or f'"{register.name}" AS this'
    if subject and register.of:
        clause += f' LEFT JOIN "{register.of}" AS subject ON subject.record = this."{register.of}"'
    nearer = "this"
    for alias in EARLIER[:earlier]:
        clause += f' LEFT JOIN "{register.name}" AS {alias} ON {alias}.record = ('
        clause += previous(register, nearer) + ")"
        nearer = alias
    return clause


def previous(register: Register, of: str) -> str:
    """A select of the record before the one called ``of``: same subject, same year, same keys."""
    keys = "".join(f' AND p."{key}" IS {of}."{key}"' for key in register.key)
    return (
        f'SELECT p.record FROM "{register.name}" AS p'
        f' WHERE p."{register.of}" = {of}."{register.of}"'
        f" AND p.period < {of}.period AND p.period > substr({of}.period, 1, 5)"
        f" AND p.removed = 0{keys} ORDER BY p.period DESC LIMIT 1"
    )


@contextmanager
def guarded(connection: sqlite3.Connection, where: str) -> Iterator[None]:
    """Within, ``connection`` only reads, calls only listed functions and runs a bounded time.

    Raises :class:`BadExpression` for what SQLite refuses.
    """
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += _EVERY
        return int(steps > _BOUND)

    connection.set_authorizer(_authorize)
    connection.set_progress_handler(count, _EVERY)
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BadExpression(where, _reason(error)) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def _authorize(
    action: int, one: str | None, two: str | None, database: str | None, by: str | None
) -> int:
    if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (two or "").lower() in FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _reason(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "interrupted" in text:
        return "运算步数超过上限"
    if "not authorized" in text or "prohibited" in text:
        return f"用到了不允许的语句或函数（{text}）"
    return text
