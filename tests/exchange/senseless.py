"""Senseless packages: every part of the right type, nothing of it meaning anything.

From a source of chance alone, so a benchmark may run twenty thousand of them and a property test
shrinks them. They know the book they are aimed at — its registers, records, heads, units — for
nonsense that is near to sense goes deepest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import msgspec

from desktop.exchange import holdings
from desktop.exchange.payload import (
    FORMAT,
    Authored,
    Batch,
    Certificate,
    Enrolment,
    KeyList,
    Payload,
    Receipt,
    Rotation,
)
from desktop.ledger.definitions import Field, Register
from desktop.ledger.entry import (
    AUTHORED,
    canonical,
    identity,
    json_text,
    ledger_identity,
    new_identity,
)
from desktop.ledger.workspace import Book

_AT = {name: place for place, name in enumerate(AUTHORED)}
_TEXTS = (
    "", " ", "甲", "大刘镇", "区工信局、问十乡", "2023-W09", "2023-03-31", "2023-03", "已退回",
    "\x00", "\u202e", "a" * 3000, "[]", '["工业"]', "{}", '{"a":"b"}', "0" * 32, "f" * 64, "1",
    "'; DROP TABLE journal; --", "=1+1", "%s{}{0}", "../../x", "\ufffe", "在建", "2199-W52",
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2, 7, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 10**25, 0.5, -0.0, 1e300)


class Senseless:
    """Makes entries and payloads that the ``authors`` (replicas) could have signed."""

    def __init__(self, random: Random, book: Book, authors: Sequence[str]) -> None:
        self.random, self.book, self.authors = random, book, authors
        self.registers = list(book.scheme.registers.values())
        self.lines = list(book.journal.lines())
        self.made: list[tuple[Any, ...]] = []

    def entries(self, count: int) -> tuple[Authored, ...]:
        """``count`` entries at most; no two with one author and number."""
        self.made = []
        for _ in range(count):
            entry = self._entry()
            taken = {one[:2] for one in self.made}
            if entry[:2] not in taken:
                self.made.append(entry)
        return tuple(self.made)

    def payload(self, entries: Sequence[Authored], **sense: Any) -> Payload:
        """A payload about these entries; what ``sense`` says is left as it is."""
        chance = self.random
        held = [
            (author, number, identity(canonical((author, number, *rest))))
            for author, number, *rest in entries
        ]
        values: dict[str, Any] = {
            "format": FORMAT,
            "program": self._title(),
            "kind": chance.choice(("task", "report", "share")),
            "unit": self._unit(),
            "to": self._unit(),
            "periods": tuple(self._text()[:200] for _ in range(chance.randrange(3))),
            "demonstration": chance.random() < 0.1,
            "entries": tuple(entries),
            "certificates": self._certificates(),
            "batches": self._some(self._batch),
            "holdings": holdings.of(held if chance.random() < 0.7 else self._held()),
            "bases": self._some(self._receipt),
            "receipts": self._some(self._receipt),
            "wants": tuple(self._hex(64) for _ in range(chance.randrange(3))),
            "keys": self._perhaps(self._key_list),
            "token": self._perhaps(lambda: self._hex(64)) or "",
            "partner": self._perhaps(self._enrolment),
            "rotation": self._perhaps(self._rotation),
        }
        return Payload(**{**values, **sense})

    # Entries -------------------------------------------------------------------------------------

    def _entry(self) -> Authored:
        chance = self.random
        author, number = chance.choice(self.authors), self._number()
        register, record, parents = self._place(author, number)
        fields = self._fields(register, record)
        if register is not None and not parents:
            record = self._called(register, author, number, fields, record)
        columns: dict[str, Any] = {
            "author": author,
            "number": number,
            "time": "2023-03-02T12:00:00+08:00",
            "operator": self._seldom("李强"),
            "scheme": chance.choice((1, 1, 1, 1, 0, 2, 7, 2**63 - 1)),
            "register": register.name if register else self._some_name(),
            "record": record,
            "fields": self._json(fields),
            "parents": " ".join(sorted(set(parents))),
            "batch": f"{author}-{number}",
            "act": chance.choice(("create", "change", "import", "undo")),
            "undoes": "",
            "note": self._seldom(""),
            "origin": self._seldom("") if chance.random() < 0.1 else "",
        }
        if chance.random() < 0.1:
            where = chance.choice(("time", "record", "parents", "batch", "act", "undoes", "fields"))
            columns[where] = self._text()
        columns["record"], columns["act"] = (
            columns["record"][:256] or "0",
            columns["act"][:256] or "x",
        )
        for short in ("time", "batch", "undoes"):
            columns[short] = columns[short][:256]
        return tuple(columns.values())

    def _place(self, author: str, number: int) -> tuple[Register | None, str, list[str]]:
        """A register, a record and parents that may or may not have to do with each other."""
        chance = self.random
        if chance.random() < 0.05:
            return None, self._hex(32), []
        register = chance.choice(self.registers)
        if chance.random() < 0.45:
            return register, new_identity(register.name, author, number), []
        if self.made and chance.random() < 0.5:
            before = chance.choice(self.made)
            known = self.book.scheme.registers.get(before[_AT["register"]])
            return known or register, before[_AT["record"]], [identity(canonical(before))]
        line = chance.choice(self.lines)
        known = self.book.scheme.registers[line.authored[_AT["register"]]]
        parents = [line.identity]
        if chance.random() < 0.2:
            parents.append(chance.choice((self._hex(64), chance.choice(self.lines).identity)))
        return chance.choice((known, known, known, register)), line.authored[_AT["record"]], parents

    def _called(
        self, register: Register, author: str, number: int, fields: dict[str, Any], other: str
    ) -> str:
        """Mostly what a program would call the record."""
        if self.random.random() < 0.1:
            return other
        if register.shape != "ledger":
            return new_identity(register.name, author, number)
        parts: list[Any] = [fields.get(one) for one in (str(register.of), "period", *register.key)]
        return ledger_identity(register.name, *["" if one is None else one for one in parts])

    def _fields(self, register: Register | None, record: str) -> dict[str, Any]:
        chance = self.random
        fields: dict[str, Any] = {}
        if register is not None:
            fields = {
                field.name: self._value(field)
                for field in register.by_name.values()
                if chance.random() < (0.95 if field.required or field in register.identity else 0.2)
            }
        if chance.random() < 0.1:
            fields["removed"] = chance.choice((True, False, 1, None, {"apart": [self._hex(64)]}))
        if chance.random() < 0.05:
            fields[self._some_name()] = self._anything()
        return fields

    def _value(self, field: Field) -> Any:
        chance = self.random
        if chance.random() < 0.06:
            return self._anything()
        codes = self.book.scheme.code_list(field)
        kind = field.type
        if kind == "choice" and codes is not None:
            return chance.choice(codes.names)
        if kind == "choices" and codes is not None:
            return json_text(sorted(set(chance.choices(codes.names, k=2))))
        if kind == "link":
            rows = [line.authored for line in self.lines]
            of = [row[_AT["record"]] for row in rows if row[_AT["register"]] == field.of]
            return chance.choice(of) if of else self._hex(32)
        if field.name == "period":
            return chance.choice(("2023-W09", "2023-W10", "2023-02", "2023-Q1", "2023"))
        plain: dict[str, Callable[[], Any]] = {
            "money": lambda: chance.randrange(-(10**9), 10**12),
            "integer": lambda: chance.randrange(-3, 100),
            "flag": lambda: chance.randrange(2),
            "number": lambda: chance.uniform(-1, 1e6),
            "percent": chance.random,
            "date": lambda: f"20{chance.randrange(10, 40)}-0{chance.randrange(1, 10)}-15",
            "month": lambda: f"2023-{chance.randrange(1, 13):02}",
            "photo": lambda: json_text([self._hex(64)]),
            "attachment": lambda: json_text([self._hex(64)]),
        }
        return plain.get(kind, lambda: chance.choice(("甲", "道路硬化", "区工信局", "大刘镇")))()

    def _anything(self, depth: int = 0) -> Any:
        chance = self.random
        kind = chance.randrange(7 if depth < 3 else 5)
        if kind < 2:
            return self._text()
        if kind == 2:
            return chance.choice(_NUMBERS)
        if kind == 3:
            return chance.choice((None, True, False))
        if kind == 4:
            return {"apart": [self._hex(64) for _ in range(chance.randrange(3))]}
        if kind == 5:
            return [self._anything(depth + 1) for _ in range(chance.randrange(3))]
        return {self._text(): self._anything(depth + 1) for _ in range(chance.randrange(3))}

    def _json(self, fields: dict[str, Any]) -> str:
        chance = self.random.random()
        if chance < 0.02:
            return '{"a":' * 4000 + "1" + "}" * 4000
        if chance < 0.04:
            return msgspec.json.format(json_text(fields))
        return json_text(fields)

    # Parts of a payload --------------------------------------------------------------------------

    def _certificates(self) -> tuple[Certificate, ...]:
        named = {self.random.choice((*self.authors, "nobody")) for _ in range(3)}
        return tuple(
            Certificate(
                self._unit(), self._small(), one, self._title(), self._hex(64), self._hex(128)
            )
            for one in sorted(named)
        )

    def _batch(self) -> Batch:
        signer = self.random.choice(("replica", f"unit:{self._small()}"))
        listed = self.random.randbytes(32 * self.random.randrange(1, 4))
        return Batch(
            self.random.choice(self.authors), signer, listed, self.random.randbytes(64)
        )  # fmt: skip

    def _receipt(self) -> Receipt:
        return Receipt(self.random.choice(self.authors), self._small(), self._hex(64))

    def _key_list(self) -> KeyList:
        body = self.random.choice((b"{}", b"[]", b'{"units":[]}', b"\xff", b"[" * 5000))
        return KeyList(self._small(), self._small(), body, self._hex(128))

    def _enrolment(self) -> Enrolment:
        return Enrolment(
            self._unit(), self._small(), self._hex(64), self._hex(64), self._hex(64)
        )  # fmt: skip

    def _rotation(self) -> Rotation:
        keys = (self._hex(64), self._hex(64), self._hex(128), self._hex(128))
        return Rotation(self._unit(), self._small(), *keys)

    def _held(self) -> list[tuple[str, int, str]]:
        return [(self.random.choice(self.authors), self._number(), self._hex(64)) for _ in range(5)]

    # Small nonsense ------------------------------------------------------------------------------

    def _number(self) -> int:
        last = self.book.journal.last_number(self.authors[0])
        return int(self.random.choice([*range(1, last + 9), last + 1, last + 2, 2**40, 2**63 - 1]))

    def _small(self) -> int:
        return self.random.choice((1, 1, 1, 2, 3, 10**8))

    def _unit(self) -> str:
        known = [str(row["record"]) for row in self.book.rows("unit")]
        return self.random.choice([*known, self._hex(32), "x"])

    def _text(self) -> str:
        return self.random.choice(_TEXTS)

    def _title(self) -> str:
        return self.random.choice(("源汇区", "1号机", "", "%s", "甲" * 200))

    def _seldom(self, text: str) -> str:
        return self._text() if self.random.random() < 0.05 else text

    def _some_name(self) -> str:
        return self.random.choice(("machine", "journal", "Weekly", "x y", "v_weekly", "名", "last"))

    def _hex(self, digits: int) -> str:
        return self.random.randbytes(digits // 2).hex()

    def _perhaps(self, make: Callable[[], Any]) -> Any:
        return make() if self.random.random() < 0.3 else None

    def _some(self, make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(self.random.randrange(3)))
