"""Readings and answers brought together: the values of a table, and what is still open of each.

An answer takes the place of what a cell gave; a question that has none is put on the list, and
its field is held back in that row until it has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from desktop.ledger.values import WrongValue, admit
from desktop.sheets.meaning.columns import Columns, Filled
from desktop.sheets.meaning.known import unmarked
from desktop.sheets.meaning.texts import Reading
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals.answers import agrees, declines
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Question, Record
from desktop.sheets.tables.sources import Place, Source
from desktop.sheets.workbook.grid import address, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

_NUMBERED = re.compile(r"^[(（]?\d{1,3}[)）.、．]\s*(?=[^\d\s])")


class Settled:
    """The values of one table: :attr:`values` by field, one per row of the source.

    ``link`` is the field that names the project or unit, and need not be there; ``label`` the one
    that questions name a row by.
    """

    def __init__(
        self,
        words: Vocabulary,
        source: Source,
        columns: Columns,
        out: Gathering,
        *,
        link: str,
        label: str | None,
    ) -> None:
        self.words, self.source, self.columns, self.out = words, source, columns, out
        self.link = link
        self.sheet = source.sheet
        self.by_name = {filled.name: filled for filled in columns.filled}
        self.placed = {
            filled.name: source.columns[filled.index].column for filled in columns.filled
        }
        self.open: list[dict[str, str]] = [{} for _ in source.rows]
        #: Where one and the same question was first asked: it stands for all.
        self._firsts: dict[tuple[str, str], str] = {}
        self._asked: dict[str, Counter[str]] = {}
        self._scattered = bool(source.apart or source.covered or source.lines) or any(
            column.last > column.column for column in source.columns
        )
        self.names = (
            self._names(self.by_name[link]) if link in self.by_name else [None] * len(source.rows)
        )
        self.labels = self.names
        if label in self.by_name and label != link:
            told = [reading.value for reading in self.by_name[label].readings]
            self.labels = [
                text if text is not None else name
                for text, name in zip(told, self.names, strict=True)
            ]
        self.values: dict[str, list[Any]] = {
            filled.name: self.settle(filled) for filled in columns.filled
        }
        if link in self.by_name:
            self.values[link] = self.names

    def holds(self, row: int, name: str) -> bool:
        """Whether the field's cell in this row is its own, not covered from above."""
        index = self.by_name[name].index
        if (self.source.rows[row], index) in self.source.lines:
            return True
        return self.source.place(self.source.rows[row], index)[0] == self.source.rows[row]

    def cell(self, row: int, name: str) -> str:
        """The field's cell in this row, as B5."""
        return address(*self.source.place(self.source.rows[row], self.by_name[name].index))

    def places(self, row: int) -> dict[str, Place]:
        """Where values stand that are not simply in their column of this row."""
        if not self._scattered:
            return {}
        sheet_row = self.source.rows[row]
        found: dict[str, Place] = {}
        for filled in self.columns.filled:
            place = self.source.place(sheet_row, filled.index)
            if place != (sheet_row, self.placed[filled.name]):
                found[filled.name] = place
        return found

    def record(
        self,
        register: str,
        row: int,
        label: str,
        values: Mapping[str, Any],
        *,
        homes: Mapping[str, str] | None = None,
        columns: Mapping[str, int] | None = None,
        places: Mapping[str, Place] | None = None,
        period: str | None = None,
    ) -> Record:
        """A record of this row; what is open of its fields comes along. ``period`` is the table's
        own when it is not given."""
        held = self.open[row]
        return Record(
            register=register,
            sheet=self.sheet.name,
            row=self.source.rows[row],
            label=label,
            values=values,
            homes=self.columns.homes if homes is None else homes,
            columns=self.placed if columns is None else columns,
            places=self.places(row) if places is None else places,
            open={name: question for name, question in held.items() if name in values},
            period=self.columns.period if period is None else period,
        )

    def _names(self, filled: Filled) -> list[Any]:
        """Names first: every question names its project. A running number in front goes."""
        numbered = self.columns.sequence is None
        names: list[Any] = []
        marked: list[int] = []
        for row, reading in enumerate(filled.readings):
            name = self._answered(filled, row, reading)
            if numbered and isinstance(name, str):
                name = _NUMBERED.sub("", name)
            if isinstance(name, str) and (bare := unmarked(name)) != name:
                marked.append(row)
                name = bare
            names.append(name)
            if filled.open is not None:
                self.open[row][filled.name] = filled.open
        if marked:
            place = self.source.place(self.source.rows[marked[0]], filled.index)
            self.out.note(self.sheet, place, f"{len(marked)} 个名称前有“★”一类的记号，没有读入")
        return names

    def settle(self, filled: Filled) -> list[Any]:
        """The values of one column; its questions are raised."""
        if filled.open is not None:
            for held in self.open:
                held[filled.name] = filled.open
        answered = bool(self.out.answers)
        if not answered and (filled.open is not None or not filled.flagged):
            return [reading.value for reading in filled.readings]
        return [
            self._one(filled, row, reading)
            if answered or reading.question or reading.note
            else reading.value
            for row, reading in enumerate(filled.readings)
        ]

    def _one(self, filled: Filled, row: int, reading: Reading) -> Any:
        place = self.source.place(self.source.rows[row], filled.index)
        first = self._first(filled, reading, place)
        if self._has_answer(filled, place):
            return self._answered(filled, row, reading)
        if first is not None and self.out.answers.has(first):
            return self._said(filled, first, reading)
        if first is not None and filled.open is None:
            self.open[row][filled.name] = first
            return reading.value
        own = bool(self.source.apart or self.source.lines) or place[0] == self.source.rows[row]
        if reading.note and own:
            self.out.note(self.sheet, place, reading.note)
        if not reading.question or filled.open is not None:
            return reading.value
        question = Question(
            sheet=self.sheet.name,
            cell=address(*place),
            record=self.labels[row],
            field=filled.name,
            text=text_of(self.sheet.at(*place)),
            value=reading.value,
            question=reading.question + self._alike(filled, reading, place),
        )
        self.open[row][filled.name] = question.id
        if own:  # else it was asked in the first row of the merged cell
            self.out.ask(question)
        return reading.value

    def _first(self, filled: Filled, reading: Reading, place: Place) -> str | None:
        """The question that this cell's would repeat: asked once, answered for all."""
        if not reading.question or not self._shared(filled, place):
            return None
        own = f"{self.sheet.name}!{address(*place)}:{filled.name}"
        first = self._firsts.setdefault((filled.name, reading.question), own)
        return None if first == own else first

    def _shared(self, filled: Filled, place: Place) -> bool:
        """Whether the same words mean the same in every row: not for codes that were ruined alike,
        nor for cells that show nothing."""
        return filled.field.type != "code" and text_of(self.sheet.at(*place)) != ""

    def _alike(self, filled: Filled, reading: Reading, place: Place) -> str:
        if not self._shared(filled, place):
            return ""
        if filled.name not in self._asked:
            self._asked[filled.name] = Counter(one.question for one in filled.readings)
        many = self._asked[filled.name][reading.question]
        return f"（共 {many} 行这样写，一并处理）" if many > 1 else ""

    def _has_answer(self, filled: Filled, place: Place) -> bool:
        return self.out.answers.has(f"{self.sheet.name}!{address(*place)}:{filled.name}")

    def _answered(self, filled: Filled, row: int, reading: Reading) -> Any:
        """The value, or what an answer puts in its place."""
        if not self.out.answers:
            return reading.value
        place = self.source.place(self.source.rows[row], filled.index)
        if not self._has_answer(filled, place):
            return reading.value
        self.open[row].pop(filled.name, None)
        question = f"{self.sheet.name}!{address(*place)}:{filled.name}"
        return self._said(filled, question, reading)

    def _said(self, filled: Filled, question: str, reading: Reading) -> Any:
        answer = self.out.answers.value(question)
        return meant(self.words, filled, question, answer, reading)


def meant(words: Vocabulary, filled: Filled, question: str, answer: Any, reading: Reading) -> Any:
    """The value that an answer means: yes takes what was offered, no leaves the field empty.

    Raises :class:`AnswerNotUnderstood`.
    """
    if answer in (None, ""):
        return None
    asked = reading.question and not _is_choice(filled, answer)
    if asked and agrees(answer):
        if reading.value is None and not reading.empty:
            raise AnswerNotUnderstood(reading.question, str(answer), "应写明填什么")
        return reading.value
    if asked and declines(answer):
        return None
    return accepted(words, filled, question, answer)


def _is_choice(filled: Filled, answer: Any) -> bool:
    """Whether yes and no are themselves what may stand in the field."""
    if filled.field.type == "flag":
        return True
    if filled.field.choices is None or not isinstance(answer, str):
        return False
    return not filled.alone()(answer)[0].question


def accepted(words: Vocabulary, filled: Filled, question: str, answer: Any) -> Any:
    """An answer as the field's value; raises :class:`AnswerNotUnderstood`."""
    field = filled.field
    typed: Any = answer
    if isinstance(answer, str):
        reading = filled.alone()(answer)[0]
        if reading.question and reading.value is None:
            raise AnswerNotUnderstood(question, answer, reading.question.rstrip("？"))
        typed = reading.value
    if field.of is not None:
        return typed
    try:
        admit(words.scheme, field, typed)
    except WrongValue as refused:
        raise AnswerNotUnderstood(question, str(answer), refused.reason) from None
    return typed


def shown(value: Any) -> str:
    """A value in a sentence."""
    return "、".join(value) if isinstance(value, list | tuple) else str(value)
