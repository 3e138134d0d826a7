"""What section rows say about the projects below them: level, category, state, a unit, and in
which unit their money stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from desktop.sheets.meaning.texts import choose
from desktop.sheets.meaning.vocabulary import Choices, Vocabulary
from desktop.sheets.tables.rows import Section
from desktop.sheets.tables.surroundings import MoneyUnit, money_unit

#: The fields that a section may fill, in the order they are tried, with their code lists.
FIELDS: tuple[tuple[str, str], ...] = (
    ("level", "level"),
    ("state", "state"),
    ("categories", "category"),
    ("batches", "batch"),
)
#: What may follow the word that counts: 工业（类）（项目）.
_TAILS = ("", "类", "项目", "类项目", "建设项目", "重点项目", "重大项目", "重点建设项目", "领域")
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:镇|乡|街道|街道办事处|办事处|开发区|示范区|园区|产业园|高新区|新区"
    r"|商业区|局|委|指挥部|管委会|公司|中心)"
)
#: What states the unit of money in a section: （单位：亿元）, （亿元）.
_MONEY = re.compile(
    r"\((?:\d+[个项][,，、;；]?)?(?:金额)?(?:单位[:：])?(?:人民币)?(?:亿|百万|万|千)?元\)"
    r"|[,，、;；]?(?:金额)?单位[:：](?:亿|百万|万|千)?元"
)
#: The unit that answers for what stands below.
_RESPONSIBLE = re.compile(
    r"\(?(?:责任|牵头|主管|填报|报送)?(?:单位|部门)[:：](?P<unit>[\u4e00-\u9fff]{1,20}"
    r"(?:政府|镇|乡|街道|办事处|局|委|办|中心|公司|集团|管委会|指挥部|区|院|校|会|部|室))\)?$"
)
_LEVEL = re.compile(r"(?P<level>省|市|区|县)(?:级)?(?:重点|重大)")


#: The depths of unit lines: within the section above, or over all.
UNIT_LINE, OUTERMOST = 9, -1


class Meaning(msgspec.Struct, frozen=True):
    """What one section row says: field → value; ``unit`` is a unit's name, ``money`` the unit of
    the sums below it. Empty when nothing."""

    section: Section
    values: Mapping[str, Any]
    unit: str | None = None
    money: MoneyUnit | None = None

    def said(self, does: Sequence[str]) -> str:
        """The section and what it does, in a sentence for people; ``does`` without its money."""
        what = f"分节标题“{self.section.text}”" if self.section.text else self.section.full
        money = [f"其下金额以{self.money}计"] if self.money else []
        return "，".join([what, *(does or money or ["没有对应的栏目"]), *(money if does else [])])


class Sections:
    """The sections of a table, asked by row."""

    def __init__(self, words: Vocabulary, sections: Sequence[Section]) -> None:
        self.meanings = [meaning(words, section) for section in sections]
        self._starts: list[int] = []
        self._held: list[tuple[Meaning, ...]] = []
        for start, over in _running(self.meanings):
            self._starts.append(start)
            self._held.append(over)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that any of them fills."""
        found = {name for one in self.meanings for name in one.values}
        if any(one.unit for one in self.meanings):
            found |= {"unit", "responsible_unit"}
        return tuple(sorted(found))

    def over(self, row: int) -> tuple[Meaning, ...]:
        """The sections that hold at a sheet row, outermost first."""
        number = bisect_left(self._starts, row)
        return self._held[number - 1] if number else ()

    def money(self, row: int) -> MoneyUnit | None:
        """The unit of money that the innermost section states for a sheet row."""
        stated = [one.money for one in self.over(row) if one.money is not None]
        return stated[-1] if stated else None


def meaning(words: Vocabulary, section: Section) -> Meaning:
    """Understand one section row."""
    values: dict[str, Any] = {}
    stated = _MONEY.search(section.full)
    money = money_unit([stated.group()]) if stated else None
    text, aside = _named(_MONEY.sub("", section.text))
    for field, code_list in FIELDS:
        choices = words.choices.get(code_list)
        name = _chosen(choices, text) if choices is not None else None
        if name is not None:
            values[field] = [name] if field in ("categories", "batches") else name
            break
    found = _LEVEL.search(text)
    if not values and found and "level" in words.choices:
        name = choose(words.choices["level"], found["level"])
        if name is not None:
            values["level"] = name
    unit = text if not values and _UNIT.fullmatch(text) else None
    return Meaning(section, values, aside or unit, money)


def _named(text: str) -> tuple[str, str]:
    """A section's text, and the unit that is named in it: 青石镇(责任单位:青石镇人民政府)."""
    found = _RESPONSIBLE.search(text)
    return (text, "") if found is None else (text[: found.start()].strip(), found["unit"])


def _running(meanings: Iterable[Meaning]) -> Iterator[tuple[int, tuple[Meaning, ...]]]:
    """For each section row, the sections that hold from there on: its own and those above it.

    A section ends those of its own depth and deeper ones; one without a numeral is the deepest. A
    unit line holds until the next one, or in the section that it follows directly.
    """
    held: dict[int, Meaning] = {}
    above = None
    for one in meanings:
        if not one.section.text:
            follows = above is not None and above.row == one.section.row - 1
            held[UNIT_LINE if follows else OUTERMOST] = one
        else:
            depth = 2 if one.section.depth is None else one.section.depth
            held = {level: kept for level, kept in held.items() if level < depth}
            held[depth] = one
        above = one.section
        yield one.section.row, tuple(held[level] for level in sorted(held))


def _chosen(choices: Choices, text: str) -> str | None:
    for tail in _TAILS:
        name = choose(choices, text.removesuffix(tail)) if text.endswith(tail) else None
        if name is not None:
            return name
    return None
