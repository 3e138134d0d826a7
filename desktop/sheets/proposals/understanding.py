"""The headings of one table or card understood: which field each column is, what is asked of it,
and what is said of those that are not read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning import evidence, mapping
from desktop.sheets.meaning.candidates import Heading
from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.meaning.texts import choice_reader, is_empty
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.proposals.answers import agrees, passes
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.proposal import ColumnRead, Question
from desktop.sheets.proposals.told import Told, target_named
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import Around
from desktop.sheets.workbook.grid import Cell, address, letters, line, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: From so many different texts a column is asked about as a whole; so many are cited.
SEVERAL, CITED = 2, 3


class Understanding:
    """What the columns of a source are. ``kind`` is the register that its rows fill, "" for none;
    ``mapped`` one per column; ``allowed`` the registers of its columns, best first; ``open`` column
    → id of the unanswered question about it."""

    def __init__(
        self,
        words: Vocabulary,
        source: Source,
        cells: Sequence[Sequence[Cell]],
        around: Around,
        out: Gathering,
    ) -> None:
        self.words, self.source, self.around, self.out = words, source, around, out
        self.open: dict[int, str] = {}
        self.told = told = Told(words, source, out.answers)
        self._headings = [
            Heading(told.path(index), evidence.profile(cells[index]))
            for index in range(len(source.columns))
        ]
        self._samples = [next((cell for cell in one if text_of(cell)), None) for one in cells]
        found = self._read(grouped=False)
        if self._grouped(found):
            found = self._read(grouped=True)
        self.allowed = found.allowed
        self.kind = found.kind
        self.mapped = told.over(list(found.columns), self.allowed)
        if self.kind:
            self.mapped = [self._asked(index, one) for index, one in enumerate(self.mapped)]
            self.mapped = [
                self._doubted(index, one, cells[index]) for index, one in enumerate(self.mapped)
            ]
            if not self._named():
                self.kind = ""

    @property
    def homes(self) -> dict[str, str]:
        """The register of every field that is read."""
        return {
            name: self.home(one.target, name)
            for one in self.mapped
            if one.target is not None and one.target.what in ("field", "pair")
            for name in one.target.fields
        }

    def home(self, target: Target, name: str) -> str:
        """The register that a field of this table belongs to."""
        if target.register:
            return target.register
        for register in (*self.allowed, *self.words.project_registers):
            if name in self.words.scheme.register(register).by_name:
                return register
        raise KeyError(name)

    def fields(self, one: Mapped) -> tuple[Field, ...]:
        """The fields that a column fills; none for a running number, a rate, an unknown one."""
        if one.target is None or one.target.what not in ("field", "pair"):
            return ()
        return tuple(
            self.words.scheme.register(self.home(one.target, name)).by_name[name]
            for name in one.target.fields
        )

    def list_columns(self) -> None:
        """Say how each column was understood, or that it was not."""
        marks = self.source.marks
        if marks is not None:
            name, heading = self.source.sheet.name, line(self.source.sheet.at(*marks))
            reason = "计划和完成各占一行，已分开读入"
            column = ColumnRead(name, letters(marks[1]), heading, (), 1.0, reason)
            self.out.columns.append(column)
        for index, one in enumerate(self.mapped):
            self._list(index, one)

    def _read(self, *, grouped: bool) -> mapping.Headings:
        return mapping.read_headings(
            self.words,
            self._headings,
            year=self.around.year,
            month=self.around.month,
            week=self.around.week,
            title=self.around.title,
            grouped=grouped,
        )

    def _grouped(self, understood: mapping.Headings) -> bool:
        """Whether projects span several rows: their names are merged downwards."""
        label = self.words.scheme.register(self.words.project_registers[0]).label
        if self.source.lines:
            return False
        for index, one in enumerate(understood.columns):
            if one.target is not None and one.target.fields == (label,):
                column = self.source.columns[index].column
                return any(at == column for _, at in self.source.covered)
        return False

    def _named(self) -> bool:
        """Whether a column names the project: the person may have said that none does. The records
        of another register are named by their label."""
        subject = self.words.project_registers[0]
        register = self.words.scheme.register(self.kind)
        names = {register.label or "name"} if self.kind == subject else set(register.by_name)
        return any(one.target is not None and names & {*one.target.fields} for one in self.mapped)

    def _asked(self, index: int, one: Mapped) -> Mapped:
        """A column that is not sure becomes a question; its answer decides."""
        if not one.asked or not (fields := self.fields(one)):
            return one
        heading, field = self.source.columns[index].heading, fields[0]
        question = Question(
            sheet=self.source.sheet.name,
            cell=address(*self.source.heads[index]),
            record=None,
            field=field.name,
            text=heading,
            value=field.name,
            question=(
                f"“{heading}”一栏是不是“{field.title}”？（{one.reason}）"
                "答“是”，或答别的栏目名称；答“不是”则这一栏不读入。"
            ),
        )
        if not self.out.answers.has(question.id):
            self.open[index] = self.out.ask(question)
            return one
        answer = self.out.answers.value(question.id)
        if agrees(answer) or answer == field.name:
            return msgspec.structs.replace(one, confidence=1.0, reason="经人确认")
        if passes(answer):
            return Mapped(None, 0.0, "经人确认不读入")
        return self._renamed(question, str(answer), one.period)

    def _doubted(self, index: int, one: Mapped, cells: Sequence[Cell]) -> Mapped:
        """A column of choices in which several things stand, none of them a choice: it is asked
        once whether it is that field, not once for everything."""
        fields = self.fields(one)
        choices = self.words.choices.get(fields[0].choices or "") if fields else None
        if choices is None or index in self.open or self.told.targets.get(index) is not None:
            return one
        read = choice_reader(fields[0], choices)
        texts: dict[str, None] = {}
        for cell in cells:
            if not is_empty(cell) and cell not in texts:
                if read(cell)[0].value is not None:
                    return one
                texts[text_of(cell)] = None
        if len(texts) < SEVERAL:
            return one
        heading, field = self.source.columns[index].heading, fields[0]
        cited = "".join(f"“{shortened(text)}”" for text in list(texts)[:CITED])
        more = f"等 {len(texts)} 种" if len(texts) > CITED else ""
        question = Question(
            sheet=self.source.sheet.name,
            cell=address(*self.source.heads[index]),
            record=None,
            field=field.name,
            text=heading,
            value=None,
            question=(
                f"“{heading}”一栏写的是{cited}{more}，都不是“{field.title}”的选项。"
                f"答“不是”则这一栏不读入；确是“{field.title}”则答“是”，再逐项选定。"
            ),
        )
        if not self.out.answers.has(question.id):
            self.open[index] = self.out.ask(question)
            return one
        answer = self.out.answers.value(question.id)
        if passes(answer):
            return Mapped(None, 0.0, "经人确认不读入")
        if agrees(answer) or answer == field.name:
            return one
        return self._renamed(question, str(answer), one.period)

    def _renamed(self, question: Question, name: str, period: str) -> Mapped:
        registers = dict.fromkeys((*self.allowed, *self.words.project_registers))
        found = target_named(self.words, registers, name)
        if found is None:
            raise AnswerNotUnderstood(question.question, name, "没有这个栏目")
        return Mapped(found, 1.0, "经人指定", period)

    def _list(self, index: int, one: Mapped) -> None:
        column, sheet = self.source.columns[index], self.source.sheet
        sample = self._samples[index]
        if one.target is None:
            if column.path or sample is not None:
                self.out.unknown(sheet, column.column, column.heading, sample, one.reason)
            return
        stored = one.target.what in ("field", "pair")
        reason = {
            "sequence": "序号，不入账",
            "rate": "由两项金额算得，只核对，不入账",
        }.get(one.target.what, one.reason)
        self.out.columns.append(
            ColumnRead(
                sheet.name,
                letters(column.column),
                column.heading,
                one.target.fields if stored else (),
                round(one.confidence, 2),
                reason,
            )
        )
