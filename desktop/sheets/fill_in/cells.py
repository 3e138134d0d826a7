"""The columns and cells of a returned fill-in workbook: what each says now, and what it said.

A cell that still says what it was given out with brings nothing, however the filler's program
shows it: both are read by the same reader and compared as values.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.periods import parse_period
from desktop.sheets.fill_in import altered
from desktop.sheets.fill_in.columns import as_cell
from desktop.sheets.fill_in.layout import Layout, path_at
from desktop.sheets.fill_in.marks import GivenRow, is_digest, kept
from desktop.sheets.meaning import vocabulary
from desktop.sheets.meaning.columns import Filled
from desktop.sheets.meaning.readings import reader
from desktop.sheets.meaning.texts import Reader, Reading
from desktop.sheets.plans.plan import PERIOD
from desktop.sheets.proposals.answers import agrees
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen, column_id
from desktop.sheets.proposals.proposal import ColumnRead, Question
from desktop.sheets.proposals.settling import meant
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import MoneyUnit, money_unit
from desktop.sheets.workbook.grid import Area, Cell, address, is_number, letters, line, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood


class ReturnedCells:
    """Reads the cells of one layout into a gathering.

    ``fields`` are those that are read, ``columns`` where each stands; ``open``: field → id of the
    unanswered question about its whole column.
    """

    def __init__(self, layout: Layout, scheme: Scheme, out: Gathering) -> None:
        self.layout, self.scheme, self.out = layout, scheme, out
        self.sheet, self.mark = layout.sheet, layout.mark
        self.words = vocabulary.load(scheme)
        self.register: Register = scheme.registers[self.mark.register]
        self.subject = scheme.registers[self.register.of] if self.register.of else self.register
        self.period = parse_period(self.mark.period) if self.mark.period else None
        self.columns = {key: at for key, at in layout.columns.items() if self._names(key)}
        self._told()
        self.fields: dict[str, Field] = {
            key: self.register.by_name[key] for key in self.columns if self._asks(key)
        }
        self.open: dict[str, str] = {}
        self._ask_period()
        self.money = self._money()
        self.merged = altered.merged(layout, {self.columns[key] for key in self.fields})
        self.readers = {name: self._reader(field) for name, field in self.fields.items()}

    # Columns --------------------------------------------------------------------------------------

    def _names(self, key: str) -> bool:
        """Whether there is a field that a column's key means."""
        fields = (self.subject if key.startswith("=") else self.register).by_name
        return key.lstrip("=!<") in fields

    def _asks(self, key: str) -> bool:
        field = self.register.by_name.get(key)
        if field is None or field.name in self.register.key:
            return False
        return not field.retired and field.formula is None

    def say_columns(self) -> None:
        """Say how each column was understood; ask where key and heading disagree."""
        renamed = altered.headings(self.layout)
        for key, path in self.mark.columns.items():
            heading = "/".join(path)
            at = self.columns.get(key)
            if at is None:
                if not key.startswith(("<", "!", "=")):
                    self.out.note(
                        self.sheet, (self.layout.heading, 0), f"发出的“{heading}”一栏没有送回"
                    )
                continue
            place = letters(at)
            if key not in self.fields:
                reason = "只供参看，不读入" if key[0] in "<!=" else "现行方案已停用这一栏"
                self.out.columns.append(
                    ColumnRead(self.sheet.name, place, heading, (), 1.0, reason)
                )
                continue
            column = ColumnRead(self.sheet.name, place, heading, (key,), 1.0, "填报模板的栏目")
            self.out.columns.append(column)
            if key in self.layout.doubted:
                self._ask_column(key, heading, at, "的位置与发出时的标识不一致")
            elif key in renamed:
                self._ask_column(key, heading, at, f"的表头改成了“{renamed[key]}”")
        for at in self.layout.others:
            rows = self.sheet.rows[self.layout.first :]
            sample = next((row[at] for row in rows if row[at] != ""), None)
            parts = path_at(self.sheet, self.layout.heading, self.mark.depth, at)
            heading = "/".join(parts) if self.layout.headed else ""
            self.out.unknown(self.sheet, at, heading, sample, "不是填报模板的栏目")

    def _ask_column(self, key: str, heading: str, at: int, what: str) -> None:
        money = f"，金额按{self.money}读入" if self.fields[key].type == "money" else ""
        question = Question(
            sheet=self.sheet.name,
            cell=address(self.layout.heading, at),
            record=None,
            field=key,
            text=heading,
            value=key,
            question=f"“{heading}”一栏{what}，这一栏是“{heading}”{money}吗？"
            "是则答“是”；答“不是”则这一栏不读入。",
        )
        if not self.out.answers.has(question.id):
            self.open[key] = self.out.ask(question)
            return
        answer = self.out.answers.value(question.id)
        if not agrees(answer) and answer not in (key, heading):
            del self.fields[key]

    def _ask_period(self) -> None:
        """Nothing is read under a title that names another period before somebody says so."""
        now = altered.period(self.layout)
        if now is None or self.period is None:
            return
        question = Question(
            sheet=self.sheet.name,
            cell=address(self.layout.heading, 0),
            record=None,
            field=PERIOD,
            text=now.title,
            value=self.mark.period,
            question=f"这份模板是为{self.period.title}发出的，表上写的是{now.title}。"
            f"按{self.period.title}读入则答“是”；答“不是”则都不读入，{now.title}的请重新发模板填报。",
        )
        if not self.out.answers.has(question.id):
            self.open.update(dict.fromkeys(self.fields, self.out.ask(question)))
        elif not agrees(self.out.answers.value(question.id)):
            self.fields.clear()

    def outline(self, last: int) -> TableSeen:
        """Where the table stands down to row ``last`` and what its columns are, for showing."""
        top = self.layout.heading - self.mark.depth + 1
        seen = []
        for key, at in sorted(self.columns.items(), key=lambda item: item[1]):
            read = key in self.fields
            money = read and self.fields[key].type == "money"
            seen.append(
                ColumnSeen(
                    head=(self.layout.heading, at),
                    last=at,
                    value=None,
                    heading="/".join(self.mark.columns.get(key, (key,))),
                    what="field" if read else "shown",
                    fields=(key,) if read else (),
                    homes=(self.register.name,) if read else (),
                    unit=self.money if money else "",
                    reason="填报模板的栏目" if read else "只供参看，不读入",
                    question=self.open.get(key, ""),
                )
            )
        left = min((one.last for one in seen), default=0)
        area = Area(top, left, last, max((one.last for one in seen), default=0))
        return TableSeen(
            self.sheet.name,
            area,
            (top, self.layout.heading),
            False,
            self.register.name,
            tuple(seen),
        )

    def _told(self) -> None:
        """A column that the person named another field, or none, in an answer."""
        for key, at in list(self.columns.items()):
            told = column_id(self.sheet.name, (self.layout.heading, at))
            if not self.out.answers.has(told):
                continue
            name = self.out.answers.value(told)
            if self.columns.get(key) == at:
                del self.columns[key]
            if name not in (None, False, ""):
                if str(name) not in self.register.by_name:
                    raise AnswerNotUnderstood(
                        "/".join(self.mark.columns[key]), str(name), "没有这个栏目"
                    )
                self.columns[str(name)] = at

    def _money(self) -> MoneyUnit:
        """The unit of all money; asked about where somebody has changed the unit line."""
        given = self.mark.money
        written = money_unit(altered.lines_above(self.layout))
        money = [key for key, field in self.fields.items() if field.type == "money"]
        if written is None or written == self.mark.money or not money:
            return given
        question = Question(
            sheet=self.sheet.name,
            cell=address(self.layout.heading, self.columns[money[0]]),
            record=None,
            field=MONEY_UNIT,
            text=written,
            value=self.mark.money,
            question=(
                f"模板发出时单位是{self.mark.money}，送回时写的是{written}，"
                "金额按哪个读入？请答其中之一。"
            ),
        )
        if not self.out.answers.has(question.id):
            self.open.update(dict.fromkeys(money, self.out.ask(question)))
            return given
        answer = self.out.answers.value(question.id)
        if answer not in UNITS:
            raise AnswerNotUnderstood(question.question, str(answer), f"应是{'、'.join(UNITS)}之一")
        return UNITS[UNITS.index(answer)]

    def _reader(self, field: Field) -> Reader:
        choices = self.words.choices.get(field.choices) if field.choices else None
        year = self.period.year if self.period else None
        return reader(self.scheme, (field,), unit=self.money, year=year, choices=choices)

    # Cells ----------------------------------------------------------------------------------------

    def field(self, key: str) -> Field:
        """The field that a column's key means."""
        register = self.subject if key.startswith("=") else self.register
        return register.by_name[key.lstrip("=!<")]

    def said(self, number: int, key: str) -> str:
        """What stands under a key in a row, as one line."""
        at = self.columns.get(key)
        return "" if at is None else line(self.sheet.at(number, at))

    def read(self, number: int, key: str, field: Field) -> Reading:
        place = (number, self.columns[key])
        if place in self.merged:
            above = altered.shown(self.sheet, self.merged[place])
            return Reading(None, f"这一格与 {above}合并了，应是什么？不填则答“不是”。")
        if place in self.sheet.faults:
            return Reading(None, "单元格是表格的出错值（如 #REF!），应是什么？")
        if place in self.sheet.uncomputed:
            return Reading(None, "单元格是没有计算过的公式，应是什么？")
        return self.readers[key](self.sheet.at(*place))[0]

    def as_given(self, field: Field, given: GivenRow, number: int) -> bool:
        """Whether the cell still says what it was given out with, however the program shows it."""
        place = (number, self.columns[field.name])
        if place in self.sheet.faults or place in self.sheet.uncomputed or place in self.merged:
            return False
        cell, was = self.sheet.at(*place), given.cells.get(field.name)
        if is_digest(was):
            return kept(text_of(cell)) == was
        before = as_cell(field, was, self.mark.money)
        if field.type == "money" and self.money != self.mark.money:
            return cell == "" and before is None
        read = self.readers[field.name]
        return bool(read(cell)[0] == read("" if before is None else _plain(before))[0])

    def ask(self, number: int, at: int, field: Field, label: str, reading: Reading) -> str:
        return self.out.ask(
            Question(
                sheet=self.sheet.name,
                cell=address(number, at),
                record=label or None,
                field=field.name,
                text=text_of(self.sheet.at(number, at)),
                value=reading.value,
                question=reading.question,
            )
        )

    def answer(self, field: Field, question: str, reading: Reading) -> Any:
        answer, read = self.out.answers.value(question), self.readers[field.name]
        filled = Filled(field, 0, [], False, lambda: read, None)
        return meant(self.words, filled, question, answer, reading)

    def watch_locked(self, number: int, given: GivenRow) -> None:
        """Grey cells are not read; one that was changed all the same is said."""
        for key, at in self.columns.items():
            if key in self.fields or key == f"={self.subject.label}" or key[0] not in "=<!":
                continue
            was = as_cell(self.field(key), given.cells.get(key), self.mark.money)
            cell = self.sheet.at(number, at)
            if not _equal(cell, "" if was is None else _plain(was)):
                said = shortened(text_of(cell)) or "空"
                self.out.note(self.sheet, (number, at), f"灰色格被改为“{said}”，这一格不读入")


def _plain(value: Any) -> Cell:
    """A value as a grid has it: Decimal as float."""
    return value if isinstance(value, str | int | float | date) else float(value)


def _equal(cell: Cell, was: Cell) -> bool:
    if is_number(cell) and is_number(was):
        return abs(float(cell) - float(was)) < 1e-6
    return plain(line(cell)) == plain(line(was))
