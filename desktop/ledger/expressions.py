"""SQL expressions of a scheme: names made plain, and run where they can do no harm.

Formulas, checks and indicators are written over field names. A bare name is a field of the record
itself, ``last.`` the subject's latest earlier period of the same year (``last2.``, ``last3.`` the
ones before), ``subject.`` the record that the register hangs under, ``:name`` a value that the
room gives which runs it. Sub-selects give their tables an alias and use it
(``EXISTS (SELECT 1 FROM v_stopped AS s WHERE s.project = this.project)``).

Definitions arrive in packages, so everything runs behind SQLite's authorizer: reading and a list
of functions, nothing else, with a bound on steps and on the length of any value.
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
ALIASES = frozenset({"this", "subject", *EARLIER})

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
      | (?P<quoted>"(?:[^"]|"")*")
      | (?P<parameter>:[A-Za-z_][A-Za-z_0-9]*)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
      | (?P<space>\s+)
      | (?P<comment>--|/\*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_TABLE_FOLLOWS = frozenset({"from", "join", "as"})
#: How many steps of SQLite's machine an expression may take unless its room says otherwise: half
#: a minute of an office PC.
STEPS = 2_000_000_000
_EVERY = 1_000_000
#: No value within an expression is longer, in bytes: a text of gigabytes is no figure.
_LENGTH = 16_000_000
#: SQLite's errors that the expression has to answer for, not the file or the disk.
_ANSWERABLE = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_RANGE,
    }
)


class BadExpression(OneLedgerError):
    """A formula, check or indicator of the scheme cannot be used; ``reason`` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"方案中的“{where}”不能运算：{reason}。", "请改正方案后重试；账本没有改动。"
        )
        self.where, self.reason = where, reason


class Qualified(str):
    """An expression whose names are plain.

    ``earlier`` says how many periods back it looks, ``subject`` whether it looks at the subject;
    ``names`` are its bare names, ``columns`` all that it reads (``state``, ``last.state``),
    ``parameters`` the values that it wants (``period`` for ``:period``).
    """

    earlier: int
    subject: bool
    names: tuple[str, ...]
    columns: frozenset[str]
    parameters: frozenset[str]


def qualify(
    expression: str, scheme: Scheme, register: Register, where: str, *, flat: bool = False
) -> Qualified:
    """``expression`` with bare names turned into ``this."name"`` and formulas written out.

    ``flat`` writes ``last.state`` as ``this."last.state"``: for one table that holds all of
    :attr:`Qualified.columns` under these names. Raises :class:`BadExpression` for a name that does
    not exist or may not be used.
    """
    return _qualify(expression, scheme, register, where, flat, ())


def _qualify(
    expression: str,
    scheme: Scheme,
    register: Register,
    where: str,
    flat: bool,
    within: tuple[str, ...],
) -> Qualified:
    parts: list[str] = []
    names: list[str] = []
    columns: set[str] = set()
    parameters: set[str] = set()
    earlier, subject = 0, False
    depth, before = 0, ""
    owner, owner_at = "", 0
    for token in _TOKEN.finditer(expression):
        text = token.group()
        if token.lastgroup == "comment" or text == ";":
            raise BadExpression(where, "不能含有分号或注释")
        depth += (text == "(") - (text == ")")
        if depth < 0:
            raise BadExpression(where, "括号不成对")
        if token.lastgroup == "name":
            if before == ".":
                if owner in ALIASES:
                    _exists(scheme, register, owner, text, where)
                    column = text if owner == "this" else f"{owner}.{text}"
                    columns.add(column)
                    if flat:
                        parts[owner_at], text = "this", column
                    text = f'"{text}"'
            elif text in EARLIER:
                earlier = max(earlier, EARLIER.index(text) + 1)
            elif text == "subject":
                subject = True
            elif before.lower() not in _TABLE_FOLLOWS and _is_field(expression, token, register):
                field = register.by_name[text]
                names.append(text)
                if field.formula is None:
                    columns.add(text)
                    text = f'this."{text}"'
                elif text in within:
                    raise BadExpression(where, f"公式“{text}”用到了它自己")
                else:
                    inner = _qualify(field.formula, scheme, register, where, flat, (*within, text))
                    earlier, subject = max(earlier, inner.earlier), subject or inner.subject
                    columns |= inner.columns
                    parameters |= inner.parameters
                    text = f"({inner})"
            owner, owner_at = token.group(), len(parts)
        elif token.lastgroup == "parameter":
            parameters.add(text[1:])
        if token.lastgroup != "space":
            before = token.group()
        parts.append(text)
    if depth:
        raise BadExpression(where, "括号不成对")
    qualified = Qualified("".join(parts))
    qualified.earlier, qualified.subject, qualified.names = earlier, subject, tuple(names)
    qualified.columns, qualified.parameters = frozenset(columns), frozenset(parameters)
    return qualified


def _is_field(expression: str, token: re.Match[str], register: Register) -> bool:
    if token.group() not in register.by_name:
        return False
    following = expression[token.end() :].lstrip()[:1]
    return following not in ("(", ".")


def _exists(scheme: Scheme, register: Register, owner: str, name: str, where: str) -> None:
    if owner in EARLIER and register.shape != "ledger":
        raise BadExpression(where, f"“{register.title}”不是台账，没有 {owner}")
    looked_in = register
    if owner == "subject":
        if register.of is None:
            raise BadExpression(where, f"“{register.title}”不在别的册之下，没有 subject")
        looked_in = scheme.registers[register.of]
    field = looked_in.by_name.get(name)
    if field is None and name != "record":
        raise BadExpression(where, f"“{looked_in.title}”没有栏目 {owner}.{name}")
    if field is not None and field.formula is not None:
        reason = "写时不加 this." if owner == "this" else "不能再用于公式"
        raise BadExpression(where, f"{owner}.{name} 是公式，{reason}")


def source(register: Register, earlier: int, subject: bool, *, this: str = "") -> str:
    """The FROM clause in which a qualified expression stands.

    ``this`` replaces the register's own table by another relation with the same columns.
    """
    clause = this or f'"{register.name}" AS this'
    if subject and register.of:
        clause += f' LEFT JOIN "{register.of}" AS subject ON subject.record = this."{register.of}"'
    nearer = "this"
    for alias in EARLIER[:earlier]:
        clause += f' LEFT JOIN "{register.name}" AS {alias} ON {alias}.rowid = ('
        clause += previous(register, nearer) + ")"
        nearer = alias
    return clause


def previous(register: Register, of: str) -> str:
    """A select of the row before the one called ``of``: same subject, same year, same keys."""
    keys = "".join(f' AND p."{key}" IS {of}."{key}"' for key in register.key)
    return (
        f'SELECT p.rowid FROM "{register.name}" AS p'
        f' WHERE p."{register.of}" = {of}."{register.of}"'
        f" AND p.period < {of}.period AND p.period > substr({of}.period, 1, 5)"
        f" AND p.removed = 0{keys} ORDER BY p.period DESC LIMIT 1"
    )


class Guard:
    """``where`` names what is running; it may be changed from one expression to the next."""

    def __init__(self, where: str) -> None:
        self.where = where


@contextmanager
def guarded(
    connection: sqlite3.Connection, where: str, *, steps: int | None = None
) -> Iterator[Guard]:
    """Within, ``connection`` only reads, calls only listed functions and runs a bounded time.

    ``steps`` bounds what is run (:data:`STEPS`, a million at the least). Setting an authorizer
    makes SQLite prepare every statement anew, so one guard is for many expressions. Raises
    :class:`BadExpression` for what the expression has to answer for; errors of file and disk pass.
    """
    guard = Guard(where)
    bound = STEPS if steps is None else steps
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += _EVERY
        return int(taken >= bound)

    # A table-valued function declares its columns when it is first met, which no authorizer of
    # ours would permit.
    connection.execute("SELECT value FROM json_each('[]')")
    length = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH)
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(count, _EVERY)
    try:
        yield guard
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _ANSWERABLE:
            raise
        raise BadExpression(guard.where, _reason(error)) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, length)


def _authorize(
    action: int, one: str | None, two: str | None, database: str | None, by: str | None
) -> int:
    if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (two or "").lower() in FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


_REASONS = (
    (re.compile(r"interrupted"), "运算步数超过上限"),
    (re.compile(r".*(?:not authorized|prohibited).*"), r"用到了不允许的语句或函数（\g<0>）"),
    (re.compile(r"no such column: (?:this\.)?(.+)"), r"没有栏目“\1”"),
    (re.compile(r"no such table: (.+)"), r"没有册“\1”"),
    (re.compile(r"no such function: (.+)"), r"没有函数“\1”"),
    (re.compile(r"near \"(.+)\": syntax error"), r"“\1”附近的写法不对"),
    (re.compile(r"incomplete input"), "没有写完，可能少了括号或引号"),
    (re.compile(r"string or blob too big"), "得出的文字太长"),
)


def _reason(error: sqlite3.DatabaseError) -> str:
    """SQLite's reason with its commonest forms in Chinese."""
    text = str(error)
    for form, chinese in _REASONS:
        if found := form.fullmatch(text):
            return found.expand(chinese)
    return text
