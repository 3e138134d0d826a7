"""One table or card read column by column: headings understood, units found, cells turned into
values, questions raised. What becomes of the rows is decided in
:mod:`~desktop.sheets.proposals.recording` and :mod:`~desktop.sheets.proposals.listing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning import amounts, evidence, mapping
from desktop.sheets.meaning.candidates import Heading
from desktop.sheets.meaning.columns import Columns, Filled
from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.meaning.readings import read_column, reader
from desktop.sheets.meaning.texts import Reader, Reading
from desktop.sheets.meaning.vocabulary import UNIT, Target, Vocabulary
from desktop.sheets.proposals import checking, measures, overview, unreported
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.listing import record_items
from desktop.sheets.proposals.months import record_months
from desktop.sheets.proposals.overview import ColumnSeen
from desktop.sheets.proposals.proposal import ColumnRead, Question
from desktop.sheets.proposals.recording import record_projects
from desktop.sheets.proposals.told import Told
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import Around, MoneyUnit
from desktop.sheets.workbook.grid import address, letters, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What a column of these fields may name when a list of units has no column of its own for it.
NAMES_UNIT = "responsible_unit"


class Filling:
    """Reads one source into a gathering."""

    def __init__(
        self, words: Vocabulary, source: Source, around: Around, gathering: Gathering
    ) -> None:
        self.words, self.source, self.around, self.out = words, source, around, gathering
        self.sheet = source.sheet
        self.cells = source.cells()
        self.open: dict[int, str] = {}  # column → id of the unanswered question about it
        self.allowed: tuple[str, ...] = ()
        self.silent = False  # whether rows say 未报
        self.told = Told(words, source, gathering.answers)

    def fill(self) -> tuple[str, tuple[ColumnSeen, ...]]:
        """Read everything; the records, questions and remarks are then in the gathering.

        Returns the register that the rows fill ("" for none) and how each column was understood.
        """
        kind, mapped = self._understand()
        mapped = self.told.over(mapped, self.allowed)
        if kind:
            mapped = [self._asked(index, one) for index, one in enumerate(mapped)]
        if not kind or not self._named(kind, mapped):
            self._leave_out()
            return "", overview.columns_of(self.source, mapped, {}, {}, {})
        for index, one in enumerate(mapped):
            self._list(index, one)
        homes = {
            name: self._home(one.target, name)
            for one in mapped
            if one.target is not None and one.target.what in ("field", "pair")
            for name in one.target.fields
        }
        units = self._units(mapped)
        self._pass_over_unreported(mapped, homes)
        columns = [
            filled
            for index, one in enumerate(mapped)
            for filled in self._read(index, one, units.get(index, amounts.USUAL))
        ]
        self._record(kind, columns, homes, mapped)
        return kind, overview.columns_of(self.source, mapped, homes, units, self.open)

    def _pass_over_unreported(self, mapped: list[Mapped], homes: dict[str, str]) -> None:
        """Nothing of a period is read from a row that says 未报."""
        scheme = self.words.scheme
        silent = unreported.rows_of(scheme, self.cells, mapped, homes)
        if not silent:
            return
        self.silent = True
        ledger = [bool(unreported.of_ledger(scheme, one, homes)) for one in mapped]
        self.cells = [
            ["" if row in silent else cell for row, cell in enumerate(column)] if own else column
            for own, column in zip(ledger, self.cells, strict=True)
        ]
        first = self.source.rows[min(silent)]
        at = ledger.index(True)
        text = f"{len(silent)} 行写明“未报”，这一期的数没有读入"
        self.out.note(self.sheet, self.source.place(first, at), text)

    def _record(
        self, kind: str, columns: list[Filled], homes: dict[str, str], mapped: list[Mapped]
    ) -> None:
        """Hand the columns to the rooms that make records of their rows."""
        rates = tuple(
            (index, one.target.fields)
            for index, one in enumerate(mapped)
            if one.target is not None and one.target.what == "rate"
        )
        register = self.words.scheme.register(kind)
        own = tuple(column for column in columns if not column.period)
        if register.of == UNIT and UNIT not in {column.name for column in own}:
            own += tuple(self._naming(own))
            homes = {**homes, UNIT: kind}
        everything = Columns(
            kind, own, homes, rates, self._numbered(mapped), self._period(), self.around.title or ""
        )
        if kind == self.words.project_registers[0]:
            settled = record_projects(self.words, self.source, everything, self.out)
        else:
            settled = record_items(self.words, self.source, everything, self.out)
        monthly = [column for column in columns if column.period]
        if monthly:
            record_months(self.words, settled, monthly, self.out)
        checking.rates(settled, rates, self.cells, self.out)
        if not self.silent:  # the sums are those of all rows, also of figures that are not read
            checking.totals(settled, self.out)

    def _period(self) -> str:
        """The canonical text of the period that title and names state for this very table."""
        return self.around.period_of([self.words.scheme.register(name) for name in self.allowed])

    def _naming(self, columns: Iterable[Filled]) -> Iterable[Filled]:
        """A list of units without a column for the unit is named by its responsible unit."""
        for column in columns:
            if column.name == NAMES_UNIT:
                field = self.words.scheme.register(self.allowed[0]).by_name[UNIT]
                yield msgspec.structs.replace(column, field=field)

    def _named(self, kind: str, mapped: list[Mapped]) -> bool:
        """Whether a column names the project: the person may have said that none does. The records
        of another register are named by their label."""
        subject = self.words.project_registers[0]
        register = self.words.scheme.register(kind)
        names = {register.label or "name"} if kind == subject else set(register.by_name)
        return any(one.target is not None and names & {*one.target.fields} for one in mapped)

    # Headings ---------------------------------------------------------------------------------

    def _understand(self) -> tuple[str, list[Mapped]]:
        headings = [
            Heading(self.told.path(index), evidence.profile(self.cells[index]))
            for index in range(len(self.source.columns))
        ]

        def read(grouped: bool) -> mapping.Headings:
            return mapping.read_headings(
                self.words,
                headings,
                year=self.around.year,
                month=self.around.month,
                week=self.around.week,
                title=self.around.title,
                grouped=grouped,
            )

        understood = read(False)
        if self._grouped(understood):
            understood = read(True)
        self.allowed = understood.allowed
        return understood.kind, list(understood.columns)

    def _grouped(self, understood: mapping.Headings) -> bool:
        """Whether projects span several rows: their names are merged downwards."""
        label = self.words.scheme.register(self.words.project_registers[0]).label
        for index, one in enumerate(understood.columns):
            if one.target is not None and one.target.fields == (label,):
                column = self.source.columns[index].column
                return any(at == column for _, at in self.source.covered)
        return False

    def _asked(self, index: int, one: Mapped) -> Mapped:
        """A column that is not sure becomes a question; its answer decides."""
        if one.target is None or not one.asked or one.target.what not in ("field", "pair"):
            return one
        field = one.target.fields[0]
        title = self._field(self._home(one.target, field), field).title
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
        return self._renamed(question, str(answer), one.period)

    def _renamed(self, question: Question, name: str, period: str) -> Mapped:
        for register in dict.fromkeys((*self.allowed, *self.words.project_registers)):
            definition = self.words.scheme.register(register)
            if name in definition.by_name and definition.by_name[name].formula is None:
                return Mapped(Target("field", register, (name,)), 1.0, "经人指定", period)
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
        """A table that nothing of the scheme describes: one line for all of it."""
        headings = "、".join(column.heading for column in self.source.columns[:8])
        rows = len(self.source.rows)
        top = self.source.heads[0][0]
        reason = f"没有项目名称一栏，{rows} 行没有作为项目读入（{shortened(headings)}）"
        self.out.skip(self.sheet, top, reason)
        for section in self.source.sections:
            self.out.skip(self.sheet, section.row, f"分节标题“{shortened(section.text)}”")

    # Fields and units ---------------------------------------------------------------------------

    def _home(self, target: Target, name: str) -> str:
        """The register that a field of this table belongs to."""
        if target.register:
            return target.register
        for register in (*self.allowed, *self.words.project_registers):
            if name in self.words.scheme.register(register).by_name:
                return register
        raise KeyError(name)

    def _field(self, register: str, name: str) -> Field:
        return self.words.scheme.register(register).by_name[name]

    def _units(self, mapped: list[Mapped]) -> dict[int, MoneyUnit]:
        """The money unit of every money column."""
        money = [
            (index, field)
            for index, one in enumerate(mapped)
            if one.target is not None and one.target.what == "field"
            for field in [
                self._field(self._home(one.target, one.target.fields[0]), one.target.fields[0])
            ]
            if field.type == "money"
        ]
        measured = measures.measure(
            self.source, self.cells, self.around, money, self.out, self.told.unit, self._plainly
        )
        self.open.update(measured.open)
        return measured.units

    # Cells --------------------------------------------------------------------------------------

    def _read(self, index: int, one: Mapped, unit: MoneyUnit) -> Iterable[Filled]:
        """The values of one column, per field; questions of single cells are raised here."""
        if one.target is None or one.target.what not in ("field", "pair"):
            return
        fields = tuple(
            self._field(self._home(one.target, name), name) for name in one.target.fields
        )
        read = self._reader(fields, unit)
        readings, flagged = read_column(read, self.cells[index])
        if self.sheet.faults or self.sheet.uncomputed:
            flagged = self._mend(index, readings, len(fields)) or flagged
        for number, field in enumerate(fields):
            column = [reading[number] for reading in readings]
            if field.type == "money":
                column, far = measures.far_off(field, column)
                flagged = flagged or far
            alone = self._alone(field, unit)
            yield Filled(field, index, column, flagged, alone, self.open.get(index), one.period)

    def _reader(self, fields: tuple[Field, ...], unit: MoneyUnit) -> Reader:
        choices = self.words.choices.get(fields[0].choices) if fields[0].choices else None
        year = self.around.year
        return reader(self.words.scheme, fields, unit=unit, year=year, choices=choices)

    def _plainly(self, field: Field, unit: MoneyUnit) -> Reader:
        return self._reader((field,), unit)

    def _alone(self, field: Field, unit: MoneyUnit) -> Callable[[], Reader]:
        """A reader of this field alone, for answers; made only when one is given."""
        return lambda: self._reader((field,), unit)

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
