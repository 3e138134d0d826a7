"""What an entry looks like that a program wrote: every column, every value, as a book stores it.

Two entries that differ in a blank have two identities, so there is one way only to say a thing.
What was written under a newer scheme may name registers and fields that are not known yet: it
waits in the journal, and only its outer form is judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from desktop.exchange.payload import Authored
from desktop.exchange.refusals import BadEntry
from desktop.ledger import periods, values
from desktop.ledger.definitions import NAME, Field, Register, Scheme
from desktop.ledger.entry import (
    YEARS,
    canonical,
    identity,
    json_text,
    ledger_identity,
    new_identity,
)
from desktop.ledger.fold import REMOVED, same
from desktop.ledger.lock import SUBMISSION
from desktop.ledger.values import LARGEST, WrongValue

#: The name of a record, the identity of an entry, the name of a replica, of an act.
RECORD, IDENTITY = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{64}")
REPLICA, ACT = re.compile("[a-z0-9]{1,64}"), re.compile("[a-z][a-z0-9_-]{0,63}")
_BATCH = re.compile("([a-z0-9]{1,64})-([1-9][0-9]{0,18})")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d(:\d\d)?)?", re.ASCII)
#: No clock of a PC that runs shows another year; within them every time zone can be shown.

_fields = msgspec.json.Decoder(dict[str, Any]).decode
_words = msgspec.json.Decoder(dict[str, str]).decode
#: Texts that the program writes for itself to read.
_FOR_ITSELF = {(SUBMISSION, "contents")}


class Read(msgspec.Struct, frozen=True):
    """An entry whose columns are sound; ``identity`` is its own, ``parents`` are others'."""

    identity: str
    author: str
    number: int
    scheme: int
    register: str
    record: str
    fields: Mapping[str, Any]
    parents: tuple[str, ...]
    undoes: str

    @property
    def founds(self) -> bool:
        """Whether it is the first of its record."""
        return not self.parents


def read(columns: Authored) -> Read:
    """The entry that stands in the authored columns; raises :class:`BadEntry`."""
    (author, number, time, operator, scheme, register, record, fields, parents) = columns[:9]
    (batch, act, undoes, _, origin) = columns[9:]
    texts = (author, time, operator, register, record, fields, parents, *columns[9:])
    if set(map(type, texts)) != {str}:
        raise BadEntry("文字栏")
    if type(number) is not int or not 1 <= number <= LARGEST:
        raise BadEntry("编号")
    if type(scheme) is not int or not 0 <= scheme <= LARGEST:
        raise BadEntry("方案版本")
    try:
        form = canonical(columns)
    except UnicodeEncodeError:
        raise BadEntry("文字栏") from None
    _matches(REPLICA, author, "录入端")
    _matches(NAME, register, "册")
    _matches(RECORD, record, "记录")
    _matches(ACT, act, "操作")
    _time(time)
    _batch(author, number, batch)
    if undoes:
        _matches(_BATCH, undoes, "撤销的操作")
    if origin:
        _canonical(origin, _words, "来源")
    heads = tuple(parents.split(" ")) if parents else ()
    ascending = len(heads) < 2 or list(heads) == sorted(set(heads))
    if not ascending or not all(map(IDENTITY.fullmatch, heads)):
        raise BadEntry("依据的分录")
    changed = _canonical(fields, _fields, "内容")
    return Read(
        identity(form), author, number, scheme, register, record, changed, heads, undoes
    )  # fmt: skip


class Forms:
    """Judges what stands in entries by ``scheme``; thin, with a memory of its definitions.

    ``version`` gives an earlier version of the scheme, None where the book never had it.
    """

    def __init__(self, scheme: Scheme, version: Callable[[int], Scheme | None]) -> None:
        self.scheme, self._version = scheme, version
        self._loose: dict[tuple[int, bool], Field] = {}
        self._periods: dict[str, str] = {}

    def judge(self, entry: Read, base: Mapping[str, Any] | None) -> None:
        """Raise :class:`BadEntry` unless a program could have written this.

        ``base`` is what the record was founded with, None where that is not known.
        """
        register = self.scheme.registers.get(entry.register)
        if register is None:
            if entry.scheme <= self.scheme.version:
                raise BadEntry(f"没有册 {_short(entry.register)}")
            for name, value in entry.fields.items():
                _waits(name, value)
            return
        for name, value in entry.fields.items():
            self._value(entry, register, name, value)
        if entry.founds:
            self._founding(entry, register)
        else:
            _keeps(entry, register, base)

    def _value(self, entry: Read, register: Register, name: str, value: Any) -> None:
        if name == REMOVED:
            if not isinstance(value, bool) and not _is_apart(value):
                raise BadEntry(f"{register.title}的删除标记")
            return
        field = register.by_name.get(name)
        if field is None:
            if entry.scheme <= self.scheme.version:
                raise BadEntry(f"{register.title}没有栏目 {_short(name)}")
            _waits(name, value)
            return
        if field.formula is not None:
            raise _bad(register, field, "由程序计算")
        if value is None:
            if name == register.label and self._calls(entry, register):
                raise _bad(register, field, "不能为空")
            return
        if isinstance(value, dict) and _is_apart(value):
            return
        if field.of is not None and not (isinstance(value, str) and RECORD.fullmatch(value)):
            raise _bad(register, field)
        if entry.scheme != self.scheme.version or entry.undoes:
            field = self._loosened(field, entry.scheme > self.scheme.version)
        try:
            stored = values.admit(self.scheme, field, value)
        except WrongValue as wrong:
            raise _bad(register, field, wrong.reason) from None
        if not same(stored, value):
            raise _bad(register, field)
        if (register.name, name) in _FOR_ITSELF:
            _canonical(value, _words, register.title)

    def _calls(self, entry: Read, register: Register) -> bool:
        """Whether records go by this label under the entry's scheme too, as far as is known."""
        older = self._version(entry.scheme) if entry.scheme < self.scheme.version else None
        then = older.registers.get(register.name) if older else register
        return then is None or then.label == register.label

    def _loosened(self, field: Field, newer: bool) -> Field:
        """``field`` without the limits that another version of the scheme may set otherwise.

        An undo writes what stood before, under whatever limits. Choices only ever grow, so only a
        newer scheme has some that are not known.
        """
        key = (id(field), newer)
        if key not in self._loose:
            more = {"choices": None} if newer else {}
            self._loose[key] = msgspec.structs.replace(
                field, minimum=None, maximum=None, pattern=None, **more
            )
        return self._loose[key]

    def _founding(self, entry: Read, register: Register) -> None:
        """The record's name follows from author and number, or from what a ledger is about."""
        given = entry.fields
        if REMOVED in given or any(isinstance(value, dict) for value in given.values()):
            raise BadEntry(f"{register.title}新增")
        needed = [field.name for field in register.identity]
        if register.label and given.get(register.label) is None and self._calls(entry, register):
            needed.append(register.label)
        if any(given.get(name) is None for name in needed):
            raise BadEntry(f"{register.title}新增")
        if register.shape == "ledger":
            self._period(entry, register, given["period"])
            keys = ["" if given.get(key) is None else given[key] for key in register.key]
            record = ledger_identity(register.name, given[str(register.of)], given["period"], *keys)
        else:
            record = new_identity(register.name, entry.author, entry.number)
        if record != entry.record:
            raise BadEntry(f"{register.title}的记录编号")

    def _period(self, entry: Read, register: Register, text: str) -> None:
        if text not in self._periods:
            try:
                period = periods.parse_period(text)
            except periods.NoSuchPeriod:
                raise BadEntry(f"{register.title}的期次") from None
            self._periods[text] = period.kind if str(period) == text else ""
        kind = self._periods[text]
        known = entry.scheme == self.scheme.version
        if not kind or (known and kind not in register.period):
            raise BadEntry(f"{register.title}的期次")


def _bad(register: Register, field: Field, reason: str = "") -> BadEntry:
    return BadEntry(f"{register.title}的{field.title}{reason}")


def _keeps(entry: Read, register: Register, base: Mapping[str, Any] | None) -> None:
    """What says whose record it is and of when stays as it was founded."""
    for name in (*(field.name for field in register.identity), *register.key):
        if name in entry.fields and base is not None:
            value = entry.fields[name]
            if not same(value, base.get(name)):
                raise _bad(register, register.by_name[name], "在建立时已定")


def _waits(name: str, value: Any) -> None:
    """A field that a newer scheme may know: its name and any value that a book could store."""
    if name == REMOVED and isinstance(value, bool):
        return
    whole = type(value) is int and abs(value) <= LARGEST
    if not whole and not isinstance(value, str | float | None) and not _is_apart(value):
        raise BadEntry(_short(name))
    _matches(NAME, name, "栏目")


def _is_apart(value: Any) -> bool:
    """Whether it sets a field apart again: the sides by their entries' identities."""
    if not isinstance(value, dict) or value.keys() != {"apart"}:
        return False
    sides = value["apart"]
    return (
        isinstance(sides, list)
        and all(isinstance(side, str) and IDENTITY.fullmatch(side) for side in sides)
        and bool(sides)
        and sides == sorted(set(sides))
    )


def _canonical(text: str, decode: Any, what: str) -> dict[str, Any]:
    """What ``text`` says, in the one way of saying it."""
    try:
        found: dict[str, Any] = decode(text)
        if json_text(found) == text:
            return found
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
        pass
    raise BadEntry(what)


def _time(text: str) -> None:
    if _TIME.fullmatch(text):
        try:
            if datetime.fromisoformat(text).year in YEARS:
                return
        except ValueError:
            raise BadEntry("时间") from None
    raise BadEntry("时间")


def _batch(author: str, number: int, batch: str) -> None:
    """An act goes by its first entry, which is its author's and not after this one."""
    found = _BATCH.fullmatch(batch)
    if found is None or found[1] != author or int(found[2]) > number:
        raise BadEntry("操作编号")


def _matches(form: re.Pattern[str], text: str, what: str) -> None:
    if not form.fullmatch(text):
        raise BadEntry(f"{what} {_short(text)}")


def _short(text: str) -> str:
    """At most forty signs that do no harm on a screen."""
    return "".join(sign if sign.isprintable() else "□" for sign in text[:40])
