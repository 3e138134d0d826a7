"""One table or card read column by column: headings understood, units found, cells turned into
values, questions raised. What becomes of the rows is decided in :mod:`~desktop.sheets.recording`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from desktop.ledger.definitions import Field
from desktop.ledger.money import Unit
from desktop.sheets import amounts, checking, evidence, mapping
from desktop.sheets.candidates import Heading
from desktop.sheets.columns import Columns, Filled
from desktop.sheets.gathering import Gathering, shortened
from desktop.sheets.grid import address, letters, text_of
from desktop.sheets.listing import record_items
from desktop.sheets.mapping import Mapped
from desktop.sheets.proposal import ColumnRead, Question
from desktop.sheets.readings import read_column, reader
from desktop.sheets.recording import record_projects
from desktop.sheets.refusals import AnswerNotUnderstood
from desktop.sheets.sources import Source
from desktop.sheets.surroundings import Around
from desktop.sheets.texts import Reader, Reading
from desktop.sheets.vocabulary import Target, Vocabulary, spellings

MONEY_UNIT = "money_unit"
UNITS: tuple[Unit, ...] = ("元", "万元", "亿元")


class Filling:
    """Reads one source into a gathering."""

    def __init__(
        self, words: Vocabulary, source: Source, around: Around, gathering: Gathering
    ) -> None:
        self.words, self.source, self.around, self.out = words, source, around, gathering
        self.sheet = source.sheet
        self.cells = source.cells()
        self.open: dict[int, str] = {}  # column → id of the unanswered question about it

    def fill(self) -> None:
        """Read everything; the records, questions and remarks are then in the gathering."""
        kind, mapped = self._understand()
        if not kind:
            self._leave_out()
            return
        mapped = [self._asked(index, one, kind) for index, one in enumerate(mapped)]
        for index, one in enumerate(mapped):
            self._list(index, one)
        homes = {
            name: self._home(kind, name)
            for one in mapped
            if one.target is not None and one.target.what in ("field", "pair")
            for name in one.target.fields
        }
        units = self._units(mapped, homes)
        columns: list[Filled] = []
        for index, one in enumerate(mapped):
            if one.target is not None and one.target.what in ("field", "pair"):
                fields = tuple(self._field(homes[name], name) for name in one.target.fields)
                columns.extend(self._read(index, fields, units.get(index, amounts.USUAL)))
        rates = [
            (index, one.target.fields)
            for index, one in enumerate(mapped)
            if one.target is not None and one.target.what == "rate"
        ]
        everything = Columns(kind, tuple(columns), homes, tuple(rates), self._numbered(mapped))
        if kind == self.words.project_registers[0]:
            settled = record_projects(self.words, self.source, everything, self.out)
        else:
            settled = record_items(self.words, self.source, everything, self.out)
        checking.rates(settled, everything.rates, self.cells, self.out)
        checking.totals(settled, self.out)

    # Headings ---------------------------------------------------------------------------------

    def _understand(self) -> tuple[str, list[Mapped]]:
        headings = [
            Heading(column.path, evidence.profile(self.cells[index]))
            for index, column in enumerate(self.source.columns)
        ]

        def read(grouped: bool) -> mapping.Headings:
            return mapping.read_headings(
                self.words,
                headings,
                year=self.around.year,
                title=self.around.title,
                grouped=grouped,
            )

        understood = read(False)
        if self._grouped(understood):
            understood = read(True)
        return understood.kind, list(understood.columns)

    def _grouped(self, understood: mapping.Headings) -> bool:
        """Whether projects span several rows: their names are merged downwards."""
        label = self.words.scheme.register(self.words.project_registers[0]).label
        for index, one in enumerate(understood.columns):
            if one.target is not None and one.target.fields == (label,):
                column = self.source.columns[index].column
                return any(at == column for _, at in self.source.covered)
        return False

    def _asked(self, index: int, one: Mapped, kind: str) -> Mapped:
        """A column that is not sure becomes a question; its answer decides."""
        if one.target is None or not one.asked or one.target.what not in ("field", "pair"):
            return one
        field = one.target.fields[0]
        title = self._field(self._home(kind, field), field).title
        heading = self.source.columns[index].heading
        question = Question(
            sheet=self.sheet.name,
            cell=address(*self.source.heads[index]),
            record=None,
            field=field,
            text=heading,
            value=field,
            question=f"“{heading}”一栏是不是“{title}”？（{one.reason}）",
        )
        if not self.out.answers.has(question.id):
            self.open[index] = self.out.ask(question)
            return one
        answer = self.out.answers.value(question.id)
        if answer in (True, field):
            return msgspec.structs.replace(one, confidence=1.0, reason="经人确认")
        if answer in (None, False, ""):
            return Mapped(None, 0.0, "经人确认不读入")
        return self._renamed(question, kind, str(answer))

    def _renamed(self, question: Question, kind: str, name: str) -> Mapped:
        for register in dict.fromkeys((kind, *self.words.project_registers)):
            definition = self.words.scheme.register(register)
            if name in definition.by_name and definition.by_name[name].formula is None:
                return Mapped(Target("field", register, (name,)), 1.0, "经人指定")
        raise AnswerNotUnderstood(question.question, name, "没有这个栏目")

    def _list(self, index: int, one: Mapped) -> None:
        """Say how a column was understood, or that it was not."""
        column = self.source.columns[index]
        sample = next((cell for cell in self.cells[index] if text_of(cell)), None)
        if one.target is None:
            if column.path or sample is not None:
                self.out.unknown(self.sheet, column.column, column.heading, sample, one.reason)
            return
        stored = one.target.what in ("field", "pair")
        reason = {
            "sequence": "序号，不入账",
            "rate": "由两项金额算得，只核对，不入账",
        }.get(one.target.what, one.reason)
        self.out.columns.append(
            ColumnRead(
                self.sheet.name,
                letters(column.column),
                column.heading,
                one.target.fields if stored else (),
                round(one.confidence, 2),
                reason,
            )
        )

    def _leave_out(self) -> None:
        """A table that is not about projects: one line for all of it."""
        headings = "、".join(column.heading for column in self.source.columns[:8])
        rows = len(self.source.rows)
        top = self.source.heads[0][0]
        reason = f"没有项目名称一栏，{rows} 行没有作为项目读入（{shortened(headings)}）"
        self.out.skip(self.sheet, top, reason)

    # Fields and units ---------------------------------------------------------------------------

    def _home(self, kind: str, name: str) -> str:
        """The register that a field of this table belongs to."""
        subject, weekly = self.words.project_registers
        order: tuple[str, ...] = (
            (subject, weekly, "problem") if kind == subject else (kind, subject, weekly)
        )
        if kind == subject and name == "remark" and self._weekly:
            order = (weekly, subject)
        for register in order:
            definition = self.words.scheme.registers.get(register)
            if definition is not None and name in definition.by_name:
                return register
        raise KeyError(name)

    @property
    def _weekly(self) -> bool:
        """Whether the table tells of a week: one of its headings can only be a weekly field."""
        weekly = self.words.project_registers[1]
        return any(
            target.register == weekly and target.fields != ("remark",)
            for column in self.source.columns
            for spelling, _ in spellings(column.path, self.around.year)
            for target in self.words.headings.get(spelling, ())
        )

    def _field(self, register: str, name: str) -> Field:
        return self.words.scheme.register(register).by_name[name]

    def _units(self, mapped: list[Mapped], homes: dict[str, str]) -> dict[int, Unit]:
        """The money unit of every money column; one question for all that nothing states."""
        money = [
            index
            for index, one in enumerate(mapped)
            if one.target is not None
            and one.target.what == "field"
            and self._field(homes[one.target.fields[0]], one.target.fields[0]).type == "money"
        ]
        found: dict[int, Unit] = {}
        unsure: list[int] = []
        for index in money:
            heading = self.source.columns[index].heading
            others = [self.source.columns[other].heading for other in money if other != index]
            cells = (cell for other in money for cell in self.cells[other])
            unit = amounts.unit_of(heading, self.around.money, others, cells)
            found[index] = unit.unit
            if unit.asked:
                unsure.append(index)
            elif unit.source.startswith("同一张表"):
                text = f"“{heading}”没有写明单位，按{unit.source}以{unit.unit}读入"
                self.out.note(self.sheet, self.source.heads[index], text)
        doubted = not unsure and self._doubtful(money, mapped, found)
        if unsure or doubted:
            self._ask_unit(unsure or money, found, doubted=doubted)
        return found

    def _doubtful(self, money: list[int], mapped: list[Mapped], units: dict[int, Unit]) -> bool:
        for index in money:
            target = mapped[index].target
            if target is None or target.fields != ("total_investment",):
                continue
            field = (self._field(self.words.project_registers[0], "total_investment"),)
            read = reader(self.words.scheme, field, unit=units[index])
            seen, _ = read_column(read, self.cells[index])
            values = [reading.value for (reading,) in seen]
            return amounts.doubtful([value for value in values if value is not None])
        return False

    def _ask_unit(self, columns: list[int], found: dict[int, Unit], *, doubted: bool) -> None:
        first = columns[0]
        heading = self.source.columns[first].heading
        asked = f"金额按{found[first]}读入，对吗？请答元、万元或亿元。"
        why = "按写明的单位，总投资的数额不合常理" if doubted else "表中没有写明金额的单位"
        question = Question(
            sheet=self.sheet.name,
            cell=address(*self.source.heads[first]),
            record=None,
            field=MONEY_UNIT,
            text=heading,
            value=found[first],
            question=f"{why}，{asked}",
        )
        if not self.out.answers.has(question.id):
            asked_id = self.out.ask(question)
            self.open.update(dict.fromkeys(columns, asked_id))
            return
        answer = self.out.answers.value(question.id)
        if answer not in UNITS:
            raise AnswerNotUnderstood(question.question, str(answer), "应是元、万元或亿元")
        found.update(dict.fromkeys(columns, answer))

    # Cells --------------------------------------------------------------------------------------

    def _read(self, index: int, fields: tuple[Field, ...], unit: Unit) -> Iterable[Filled]:
        """The values of one column, per field; questions of single cells are raised here."""
        choices = self.words.choices.get(fields[0].choices) if fields[0].choices else None
        year = self.around.year
        read = reader(self.words.scheme, fields, unit=unit, year=year, choices=choices)
        readings, flagged = read_column(read, self.cells[index])
        if self.sheet.faults or self.sheet.uncomputed:
            flagged = self._mend(index, readings, len(fields)) or flagged
        for number, field in enumerate(fields):
            column = [reading[number] for reading in readings]
            alone = self._alone(field, unit, choices)
            yield Filled(field, index, column, flagged, alone, self.open.get(index))

    def _alone(self, field: Field, unit: Unit, choices: Any) -> Callable[[], Reader]:
        """A reader of this field alone, for answers; made only when one is given."""
        return lambda: reader(
            self.words.scheme, (field,), unit=unit, year=self.around.year, choices=choices
        )

    def _mend(self, index: int, readings: list[tuple[Reading, ...]], many: int) -> bool:
        """Cells that hold an error, or a formula never computed, are blank in the grid: ask."""
        mended = False
        for number, row in enumerate(self.source.rows):
            place = self.source.place(row, index)
            if place in self.sheet.faults:
                asked = Reading(None, "单元格是表格的出错值（如 #REF!），应是什么？")
            elif place in self.sheet.uncomputed:
                asked = Reading(None, "单元格是没有计算过的公式，应是什么？")
            else:
                continue
            readings[number] = (asked,) * many
            mended = True
        return mended

    def _numbered(self, mapped: list[Mapped]) -> int | None:
        """The column of running numbers."""
        for index, one in enumerate(mapped):
            if one.target is not None and one.target.what == "sequence":
                return index
        return None
