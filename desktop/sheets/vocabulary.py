"""The words of a scheme for reading tables: ``synonyms.toml`` made ready for looking up.

A district edits the file; what is malformed in it is refused as any other definition is
(:class:`~desktop.ledger.definitions.MalformedScheme`). Fields that the scheme does not define are
refused too, so that a synonym never points into the void.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from desktop.ledger.definitions import CodeList, MalformedScheme, Scheme
from desktop.ledger.scheme import convert
from desktop.sheets.headings import is_unit_word, key
from desktop.sheets.rows import plain

FILE = "synonyms.toml"
#: What else the file holds beside the sections of registers.
OTHERS = ("known", "group", "pair", "value")

What = Literal["field", "pair", "rate", "sequence", "group"]


class _Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headings: list[str]
    fields: list[str]


class _Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headings: list[str]
    of: tuple[str, str]


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sequence: list[str]
    turns: list[str] = []
    rate: list[_Rate] = []


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headings: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    known: _Known = _Known([])
    group: _Group = _Group([])
    pair: list[_Pair] = []
    value: dict[str, dict[str, list[str]]] = {}


class Target(msgspec.Struct, frozen=True):
    """What a heading means: one field, two fields (a pair), a rate of two fields, the running
    number, or only a group of others. ``register`` is "" but for fields."""

    what: What
    register: str
    fields: tuple[str, ...]


class Choices(msgspec.Struct, frozen=True):
    """A code list's names by every way of writing them."""

    title: str
    names: Mapping[str, str]


class Vocabulary(msgspec.Struct, frozen=True):
    """Headings by their key, and choices by code list. ``turns``: words that turn a heading into
    another one, so that two headings are alike only if both have the same of them."""

    scheme: Scheme
    headings: Mapping[str, tuple[Target, ...]]
    choices: Mapping[str, Choices]
    turns: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The keys of all headings, for finding tables."""
        return frozenset(self.headings)

    @property
    def project_registers(self) -> tuple[str, str]:
        """The registers that a row about a project fills: its file and its weekly ledger."""
        return self.scheme.head.subject, self.scheme.head.weekly


def load(scheme: Scheme) -> Vocabulary:
    """The words of ``scheme``; raises MalformedScheme with key and reason."""
    data = scheme.toml(FILE)
    file = convert(FILE, {name: data[name] for name in OTHERS if name in data}, _File)
    headings: dict[str, list[Target]] = {}
    for register, name, texts in _listed(scheme, data):
        for text in texts:
            _add(headings, text, Target("field", register, (name,)))
    for register, name, text in _titles(scheme):
        _add(headings, text, Target("field", register, (name,)))
    for pair in file.pair:
        _refuse_unknown(scheme, "pair", pair.fields)
        for text in pair.headings:
            _add(headings, text, Target("pair", "", tuple(pair.fields)))
    for rate in file.known.rate:
        _refuse_unknown(scheme, "known.rate", rate.of)
        for text in rate.headings:
            _add(headings, text, Target("rate", "", rate.of))
    for text in file.known.sequence:
        _add(headings, text, Target("sequence", "", ()))
    for text in file.group.headings:
        _add(headings, text, Target("group", "", ()))
    return Vocabulary(
        scheme,
        {name: tuple(targets) for name, targets in headings.items()},
        {
            name: _choices(name, codes, file.value.get(name, {}))
            for name, codes in scheme.codes.items()
        },
        tuple(file.known.turns),
    )


def _listed(scheme: Scheme, data: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
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


def _titles(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    """Register, field and title: what the definitions themselves call their fields."""
    subject = scheme.registers[scheme.head.subject]
    for register in scheme.registers.values():
        if register is not subject and register.of != subject.name:
            continue
        for field in register.field:
            yield register.name, field.name, field.title
        if register.shape == "list" and register.of is not None and subject.label is not None:
            yield register.name, register.of, subject.by_name[subject.label].title


def said(text: str, year: int | None) -> str:
    """A heading's key with its times made relative: 2023年计划投资 → 本年计划投资.

    ``year`` is the table's; the year before becomes 上年, another year stays. 1-3月累计 becomes
    本年累计, 3月份 本月, 截至3月底 is left out.
    """
    words = plain(text)
    words = re.sub(
        r"(?:截至|截止到?|至)(?:目前|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份)?)(?!.{0,2}[-~至])",
        "",
        words,
    )
    words = re.sub(r"(?:\d{4}年)?1[-—~至到]\d{1,2}月份?", "本年累计", words)
    words = re.sub(r"(?:(\d{4})年)?(?<![-\d])\d{1,2}月份?(?=完成|计划|投资|实际)", "本月", words)
    words = re.sub(r"第?\d{1,2}周(?=完成|投资|进展|形象)", "本周", words)
    words = re.sub(r"(?<!\d)(20\d{2})年?度?", lambda match: _relative(int(match[1]), year), words)
    words = re.sub(r"今年度?|当年度?|本年度", "本年", words)
    words = words.replace("本年累计累计", "本年累计").replace("本年本年", "本年")
    return key(words)


def spellings(path: tuple[str, ...], year: int | None) -> Iterator[tuple[str, int]]:
    """The keys under which a heading may be known, best first, each with the number of levels of
    its path that it uses: the whole path, its end, both orders of the last two, the leaf alone."""
    parts = [part for part in (said(text, year) for text in path if not is_unit_word(text)) if part]
    for start in range(len(parts)):
        yield "".join(parts[start:]), len(parts) - start
        if len(parts) - start == 2:
            yield parts[-1] + parts[-2], 2
    if parts:
        yield re.sub(r"\([^)]*\)", "", parts[-1]), 1


def _relative(written: int, year: int | None) -> str:
    if year is None or written == year:
        return "本年"
    return {year - 1: "上年", year + 1: "明年"}.get(written, str(written))


def _add(headings: dict[str, list[Target]], text: str, target: Target) -> None:
    targets = headings.setdefault(said(text, None), [])
    if target not in targets:
        targets.append(target)


def _refuse_unknown(scheme: Scheme, where: str, fields: list[str] | tuple[str, ...]) -> None:
    registers = (scheme.register(scheme.head.subject), scheme.register(scheme.head.weekly))
    for name in fields:
        if not any(name in register.by_name for register in registers):
            raise MalformedScheme(FILE, where, f"没有栏目“{name}”")


def _choices(name: str, codes: CodeList, words: Mapping[str, list[str]]) -> Choices:
    names: dict[str, str] = {}
    for item in codes.items:
        for text in (item.name, item.title):
            if text:
                names.setdefault(plain(text), item.name)
    for item_name, texts in words.items():
        if item_name not in codes.names:
            raise MalformedScheme(FILE, f"value.{name}", f"代码表没有“{item_name}”")
        for text in texts:
            names.setdefault(plain(text), item_name)
    return Choices(codes.title, names)
