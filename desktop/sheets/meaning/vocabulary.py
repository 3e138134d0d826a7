"""The words of a scheme for reading tables: ``synonyms.toml`` made ready for looking up.

The file itself is :mod:`~desktop.sheets.meaning.synonyms`; here its words become keys, templates
and choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from desktop.ledger.definitions import CodeList, MalformedScheme, Register, Scheme
from desktop.sheets.meaning import synonyms
from desktop.sheets.meaning.patterns import Pattern, UnknownClass, compile_all
from desktop.sheets.meaning.synonyms import FILE, File, listed
from desktop.sheets.meaning.wording import Folding, folding, said
from desktop.sheets.tables.rows import plain

#: The register of units, which every scheme has.
UNIT = "unit"

_TIMED = re.compile("[周月]")

What = Literal["field", "pair", "rate", "sequence", "group", "elsewhere"]


class Target(msgspec.Struct, frozen=True):
    """What a heading means: one field, two fields (a pair), a rate of two fields, the running
    number, only a group of others, or something that no book keeps. ``register`` is "" but for
    fields."""

    what: What
    register: str
    fields: tuple[str, ...]


class Choices(msgspec.Struct, frozen=True):
    """A code list's names by every way of writing them."""

    title: str
    names: Mapping[str, str]


class Vocabulary(msgspec.Struct, frozen=True):
    """Headings by their key, and choices by code list. ``turns``: words that turn a heading into
    another one, so that two headings are alike only if both have the same of them. ``skeletons``:
    the headings again, without their idle words; ``titles``: words of a title that say what
    register its table fills; ``patterns``: how the headings of a field are put together, ``open``
    with modifiers that nobody listed, but never with one of ``never``; ``outside``: how those of
    what no book keeps are."""

    scheme: Scheme
    headings: Mapping[str, tuple[Target, ...]]
    choices: Mapping[str, Choices]
    turns: tuple[str, ...] = ()
    folding: Folding = Folding()
    skeletons: Mapping[str, tuple[str, ...]] = {}
    titles: Mapping[str, tuple[str, ...]] = {}
    turning_groups: tuple[str, ...] = ()
    narrowing: frozenset[str] = frozenset()
    patterns: tuple[Pattern, ...] = ()
    open: tuple[Pattern, ...] = ()
    never: tuple[str, ...] = ()
    outside: tuple[Pattern, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The keys of all headings, for finding tables."""
        return frozenset(self.headings)

    @property
    def project_registers(self) -> tuple[str, str]:
        """The registers that a row about a project fills: its file and its weekly ledger."""
        return self.scheme.head.subject, self.scheme.head.weekly

    @property
    def ledgers(self) -> tuple[Register, ...]:
        """The ledgers of projects that workbooks fill: by week, by month."""
        return tuple(
            register
            for register in readable(self.scheme)
            if register.shape == "ledger" and register.of == self.scheme.head.subject
        )

    def said_of(self, name: str) -> list[str]:
        """The headings that may mean a field of the project."""
        subject = self.scheme.head.subject
        return [
            text
            for text, targets in self.headings.items()
            if Target("field", subject, (name,)) in targets
        ]

    def of_unit(self, register: str) -> bool:
        """Whether records of the register hang under a unit."""
        return self.scheme.register(register).of == UNIT


def readable(scheme: Scheme) -> Iterator[Register]:
    """The registers that workbooks may fill besides the project's own: those that hang under
    something, are not kept by the program itself, and are not one record per check or item."""
    for register in scheme.registers.values():
        if register.of is not None and not register.internal and register.shape != "file":
            yield register


def load(scheme: Scheme) -> Vocabulary:
    """The words of ``scheme``, made once; raises MalformedScheme with key and reason."""
    held: Vocabulary | None = vars(scheme).get("vocabulary")
    if held is None:
        held = vars(scheme)["vocabulary"] = _loaded(scheme)
    return held


def _loaded(scheme: Scheme) -> Vocabulary:
    data = scheme.toml(FILE)
    file = synonyms.read(data)
    headings: dict[str, list[Target]] = {}
    for register, name, texts in (*listed(scheme, data), *_shared(scheme, data)):
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
    for text in file.known.elsewhere:
        _add(headings, text, Target("elsewhere", "", ()))
    for name in file.title:
        if name not in scheme.registers:
            raise MalformedScheme(FILE, f"title.{name}", "没有这个册")
    folds = folding(file.known.alike, file.known.idle)
    skeletons: dict[str, list[str]] = {}
    for text, targets in headings.items():
        skeleton = folds.skeleton(text)
        if skeleton and any(target.what != "group" for target in targets):
            skeletons.setdefault(skeleton, []).append(text)
    return Vocabulary(
        scheme,
        {name: tuple(targets) for name, targets in headings.items()},
        {
            name: _choices(name, codes, file.value.get(name, {}))
            for name, codes in scheme.codes.items()
        },
        tuple(file.known.turns),
        folds,
        {skeleton: tuple(texts) for skeleton, texts in skeletons.items()},
        {name: tuple(texts) for name, texts in file.title.items()},
        tuple(file.known.turning),
        frozenset(file.known.narrowing),
        _patterns(scheme, file, "pattern", file.pattern),
        _patterns(scheme, file, "open", file.open, file.known.never),
        tuple(file.known.never),
        _compiled(file, "known.outside", {"": {"": file.known.outside}}),
    )


def _patterns(
    scheme: Scheme,
    file: File,
    section: str,
    templates: Mapping[str, Mapping[str, list[str]]],
    never: Sequence[str] = (),
) -> tuple[Pattern, ...]:
    for register, fields in templates.items():
        for name in fields:
            if register not in scheme.registers or name not in scheme.register(register).by_name:
                raise MalformedScheme(FILE, f"{section}.{register}.{name}", "没有这个栏目")
    listed = {register: dict(fields) for register, fields in templates.items()}
    for register, name, texts in _shared(scheme, templates):
        shared = listed.setdefault(register, {})
        shared[name] = [*shared.get(name, ()), *texts]
    return _compiled(file, section, listed, never)


def _compiled(
    file: File,
    section: str,
    templates: Mapping[str, Mapping[str, list[str]]],
    never: Sequence[str] = (),
) -> tuple[Pattern, ...]:
    try:
        return compile_all(file.word, templates, never)
    except (UnknownClass, re.error) as fault:
        raise MalformedScheme(FILE, section, f"写法有误：{fault}") from fault


def _shared(scheme: Scheme, data: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """What is called one thing in the week's ledger is called so in the month's, too, but for
    headings that say week or month themselves."""
    ledgers = _own(scheme)
    for one in ledgers:
        for other in ledgers:
            if one is other:
                continue
            for name, texts in data.get(one.name, {}).items():
                field = other.by_name.get(name)
                if field is not None and field.formula is None:
                    yield other.name, name, [text for text in texts if not _TIMED.search(text)]


def _titles(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    """Register, field and title: what the definitions themselves call their fields, and what the
    subject that a list or a unit's ledger hangs under is called."""
    subject = scheme.registers[scheme.head.subject]
    for field in subject.field:
        if field.formula is None:
            yield subject.name, field.name, field.title
    for register in readable(scheme):
        for field in register.field:
            if field.formula is None:
                yield register.name, field.name, field.title
        above = scheme.registers.get(register.of or "")
        if above is not None and above.label is not None and register not in _own(scheme):
            yield register.name, str(register.of), above.by_name[above.label].title
        if register.of == UNIT and subject.owner is not None:
            yield register.name, UNIT, subject.by_name[subject.owner].title


def _own(scheme: Scheme) -> list[Register]:
    """The ledgers of the subject: their rows are named by the subject's own field."""
    return [
        register
        for register in scheme.registers.values()
        if register.shape == "ledger" and register.of == scheme.head.subject
    ]


def _add(headings: dict[str, list[Target]], text: str, target: Target) -> None:
    targets = headings.setdefault(said(text), [])
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
