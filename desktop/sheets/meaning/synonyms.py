"""``synonyms.toml`` as records: which headings a district writes for which field.

What is malformed in it is refused as any other definition is
(:class:`~desktop.ledger.definitions.MalformedScheme`), also fields that the scheme does not define,
so that a synonym never points into the void.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.ledger.scheme import convert

FILE = "synonyms.toml"
#: What else the file holds beside the sections of registers.
OTHERS = ("known", "group", "pair", "value", "title", "word", "pattern", "open")


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings of one column that says two things, and the two fields."""

    headings: list[str]
    fields: list[str]


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings of a ratio, and the two sums that it is of."""

    headings: list[str]
    of: tuple[str, str]


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known and fills no field, and how headings are compared."""

    sequence: list[str]
    turns: list[str] = []
    alike: list[list[str]] = []
    idle: list[str] = []
    elsewhere: list[str] = []
    turning: list[str] = []
    narrowing: list[str] = []
    outside: list[str] = []
    never: list[str] = []
    rate: list[Rate] = []


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings that only stand above others."""

    headings: list[str]


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file but for its sections of registers (:func:`listed`)."""

    known: Known = Known([])
    group: Group = Group([])
    pair: list[Pair] = []
    value: dict[str, dict[str, list[str]]] = {}
    title: dict[str, list[str]] = {}
    word: dict[str, list[str]] = {}
    pattern: dict[str, dict[str, list[str]]] = {}
    open: dict[str, dict[str, list[str]]] = {}


def read(data: Mapping[str, Any]) -> File:
    """The file's own sections; raises MalformedScheme with key and reason."""
    return convert(FILE, {name: data[name] for name in OTHERS if name in data}, File)


def listed(scheme: Scheme, data: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Register, field and spellings of every line of the file."""
    for register, section in data.items():
        if register in OTHERS:
            continue
        if register not in scheme.registers:
            raise MalformedScheme(FILE, register, "没有这个册")
        if not isinstance(section, dict):
            raise MalformedScheme(FILE, register, "应是一段，一个栏目一行")
        for name, texts in section.items():
            if name not in scheme.registers[register].by_name:
                raise MalformedScheme(FILE, f"{register}.{name}", "这个册没有这个栏目")
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise MalformedScheme(FILE, f"{register}.{name}", "应是文字的列表")
            yield register, name, texts
