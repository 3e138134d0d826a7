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
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import column_id
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import address
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

MONEY_UNIT = "money_unit"
UNITS: tuple[MoneyUnit, ...] = ("万元", "亿元", "元", "千元", "百万元")
SAID = "经人指定"
#: Answers that agree to what a question proposes.
AGREED = (True, "是", "对", "是的", "对的")


def unit_said(answer: Any) -> Any:
    """A money unit as people say it, 亿 for 亿元; any other answer as it is."""
    short = {unit.removesuffix("元"): unit for unit in UNITS if unit != "元"}
    return short.get(answer, answer) if isinstance(answer, str) else answer


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
        if answer in AGREED:
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
            return Mapped(target, 1.0, SAID) if target else Mapped(None, 0.0, f"{SAID}不读入")
        if one.target is not None and one.target.what != "rate" and given & {*one.target.fields}:
            return msgspec.structs.replace(one, target=None, reason=f"{SAID}由另一栏读入")
        return one

    def _target(self, index: int, answer: object) -> Target | None:
        if answer in (None, False, ""):
            return None
        name = str(answer)
        for register in self._registers():
            definition = self._words.scheme.registers[register]
            if name in definition.by_name and definition.by_name[name].formula is None:
                return Target("field", register, (name,))
        heading = self._source.columns[index].heading
        raise AnswerNotUnderstood(f"{heading}一栏", name, "没有这个栏目")

    def _registers(self) -> Iterable[str]:
        """The project's registers first, then the lists and ledgers under something."""
        others = [one.name for one in readable(self._words.scheme)]
        return dict.fromkeys((*self._words.project_registers, *others))

    def _has(self, register: str, target: Target) -> bool:
        return target.fields[0] in self._words.scheme.register(register).by_name

    def _field(self, register: str, name: str) -> Field:
        return self._words.scheme.register(register).by_name[name]
