"""What the person said of a table's columns: this column is that field, it is not read, its unit.

Unlike the answer to a question about a heading, it may be said of every column. A person's word
stands in the place of the heading, so that a table whose headings say nothing can be read too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.meaning.vocabulary import Target, Vocabulary, readable
from desktop.sheets.proposals.answers import Answers, agrees, passes
from desktop.sheets.proposals.overview import column_id
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import address
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

MONEY_UNIT = "money_unit"
UNITS: tuple[MoneyUnit, ...] = ("万元", "亿元", "元", "千元", "百万元")
SAID = "经人指定"


def unit_said(answer: Any) -> Any:
    """A money unit as people say it, 亿 for 亿元; any other answer as it is."""
    short = {unit.removesuffix("元"): unit for unit in UNITS if unit != "元"}
    return short.get(answer, answer) if isinstance(answer, str) else answer


def target_named(words: Vocabulary, registers: Iterable[str], name: str) -> Target | None:
    """The field that a person names, by its name or its title, in the first register that has it;
    None where none has."""
    for register in registers:
        for field in words.scheme.register(register).field:
            if name in (field.name, field.title) and field.formula is None:
                return Target("field", register, (field.name,))
    return None


class Told:
    """The answers about the columns of one source, by their index."""

    def __init__(self, words: Vocabulary, source: Source, answers: Answers) -> None:
        self._words, self._source, self._answers = words, source, answers
        self.targets: dict[int, Target | None] = {}
        if answers:
            for index, head in enumerate(source.heads):
                identity = column_id(source.sheet.name, head)
                if answers.has(identity):
                    self.targets[index] = self._target(index, answers.value(identity))

    def path(self, index: int) -> tuple[str, ...]:
        """The heading's levels; the field's title where the person named one."""
        target = self.targets.get(index)
        if target is None:
            return self._source.columns[index].path
        return (self._field(target.register, target.fields[0]).title,)

    def over(self, mapped: list[Mapped], allowed: tuple[str, ...] = ()) -> list[Mapped]:
        """``mapped`` with the person's word; a field that a column was given leaves any other.

        ``allowed`` are the registers of the table's columns, best first.
        """
        for index, target in self.targets.items():
            home = next((one for one in allowed if target and self._has(one, target)), None)
            if target is not None and home is not None:
                self.targets[index] = msgspec.structs.replace(target, register=home)
        given = {name for target in self.targets.values() if target for name in target.fields}
        return [self._one(index, one, given) for index, one in enumerate(mapped)]

    def unit(self, index: int) -> MoneyUnit | None:
        """The money unit that the person gave to this very column."""
        place = self._source.heads[index]
        identity = f"{self._source.sheet.name}!{address(*place)}:{MONEY_UNIT}"
        if not self._answers.has(identity):
            return None
        answer = unit_said(self._answers.value(identity))
        if agrees(answer):
            return None
        if answer not in UNITS:
            heading = self._source.columns[index].heading
            raise AnswerNotUnderstood(
                f"{heading}的金额单位", str(answer), "应是元、千元、万元、百万元或亿元"
            )
        return UNITS[UNITS.index(answer)]

    def _one(self, index: int, one: Mapped, given: set[str]) -> Mapped:
        if index in self.targets:
            target = self.targets[index]
            if target is None:
                return Mapped(None, 0.0, f"{SAID}不读入")
            first = next(at for at in sorted(self.targets) if self._same(at, target))
            if first < index:
                heading = self._source.columns[first].heading
                return Mapped(None, 0.0, f"与“{heading}”一栏指定为同一个栏目，只读那一栏")
            return Mapped(target, 1.0, SAID)
        if one.target is not None and one.target.what != "rate" and given & {*one.target.fields}:
            return msgspec.structs.replace(one, target=None, reason=f"{SAID}由另一栏读入")
        return one

    def _same(self, index: int, target: Target) -> bool:
        other = self.targets[index]
        return other is not None and other.fields == target.fields

    def _target(self, index: int, answer: object) -> Target | None:
        if passes(answer):
            return None
        found = target_named(self._words, self._registers(), str(answer))
        if found is None:
            heading = self._source.columns[index].heading
            raise AnswerNotUnderstood(f"{heading}一栏", str(answer), "没有这个栏目")
        return found

    def _registers(self) -> Iterable[str]:
        """The project's registers first, then the lists and ledgers under something."""
        others = [one.name for one in readable(self._words.scheme)]
        return dict.fromkeys((*self._words.project_registers, *others))

    def _has(self, register: str, target: Target) -> bool:
        return target.fields[0] in self._words.scheme.register(register).by_name

    def _field(self, register: str, name: str) -> Field:
        return self._words.scheme.register(register).by_name[name]
