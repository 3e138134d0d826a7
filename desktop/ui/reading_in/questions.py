"""What a workbook leaves open, made ready for a person at the keyboard: choices with their answers.

No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from desktop.ledger import periods
from desktop.ledger.definitions import Field
from desktop.ledger.periods import Kind, Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.subjects import ROWS
from desktop.sheets.meaning.known import bare_name
from desktop.sheets.plans.asking import NEW
from desktop.sheets.plans.doubles import TWICE
from desktop.sheets.plans.older import OLDER
from desktop.sheets.plans.plan import PERIOD, FieldPlan, Plan
from desktop.sheets.plans.states import NEW_STATE, STATE
from desktop.sheets.plans.strangers import STRANGERS
from desktop.sheets.plans.subjects import MATCH
from desktop.sheets.proposals.checking import RATE
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS
from desktop.sheets.workbook.grid import place
from desktop.ui.reading_in import returned_choices, wording
from desktop.ui.reading_in.case import Case, Choice
from desktop.ui.reading_in.fields import field_named, form_of, told

#: Projects of a name like the asked one, at most; and how like (rapidfuzz, 0 … 100).
NEAR, ALIKE = 3, 50
#: So many items of a code list are choices; of a longer list one types.
FEW = 8

#: What questions are called that are not about one field.
TITLES = {
    MONEY_UNIT: "金额单位",
    MATCH: "对应账本",
    TWICE: "两行同名",
    STRANGERS: "账本中没有的项目",
    OLDER: "较早的工作簿",
    NEW_STATE: "新项目的状态",
    PERIOD: "期次",
    RATE: "比例核对",
    ROWS: "逐行核对",
}
#: Questions that are about many rows at once; the one they stand at is nothing to go by.
TOGETHER = frozenset({STRANGERS, OLDER, NEW_STATE})
#: Words of a question about the period, and the kind of period.
KINDS: tuple[tuple[str, Kind], ...] = (("第几周", "week"), ("几月", "month"), ("季度", "quarter"))
_CODES = re.compile(r"请答(?:项目代码|代码|其中一个)：([^。，]+)")


def cases(book: Book, proposal: Proposal, plan: Plan) -> tuple[Case, ...]:
    """All open questions: the week first, then columns and units, then cells in their order."""
    asked = [*plan.questions, *proposal.questions]
    order = {PERIOD: 0, MONEY_UNIT: 2}
    asked.sort(key=lambda one: order.get(one.field, 1 if one.record is None else 3))
    making = _Making(book, plan, returned=proposal.returned is not None)
    return tuple(making.case(question) for question in asked)


class _Making:
    def __init__(self, book: Book, plan: Plan, *, returned: bool) -> None:
        self.book, self.scheme, self.plan, self.returned = book, book.scheme, plan, returned
        subject = book.scheme.register(book.scheme.head.subject)
        self.subject, self.owner = subject, subject.owner
        self._names: dict[str, list[str]] = {}
        self._held: dict[str, list[FieldPlan]] | None = None

    def case(self, question: Question) -> Case:
        choices, typed, offers = self._answers(question)
        row, column = place(question.cell)
        sentence = wording.shown(question.question)
        return Case(
            id=question.id,
            field=question.field,
            sheet=question.sheet,
            row=row,
            column=column,
            title=self._title(question),
            sentence=sentence,
            # What the sentence cites already is not said again.
            text="" if question.text in question.question else question.text,
            choices=choices,
            typed=typed,
            offers=offers,
            proposed=question.value is not None,
        )

    def _title(self, question: Question) -> str:
        field = field_named(self.scheme, question.field)
        title = TITLES.get(question.field) or (field.title if field else question.field)
        if question.field in TOGETHER:
            return title
        if question.record is None:
            return title if question.field in TITLES else f"栏目：{title}"
        return f"{question.record}・{title}"

    def _answers(self, question: Question) -> tuple[tuple[Choice, ...], str, tuple[str, ...]]:
        value, field = question.value, field_named(self.scheme, question.field)
        if question.field == PERIOD:
            return returned_choices.of_period(question) or self._periods(question), "", ()
        if question.field == MONEY_UNIT:
            units = sorted(UNITS, key=lambda unit: unit != value)
            return tuple(Choice(unit, unit) for unit in units), "", ()
        if question.field == MATCH:
            return self._matches(question)
        if question.field == TWICE:
            return (Choice("是同一个项目", value), Choice("不是，另立项目", NEW)), "", ()
        if question.field == STRANGERS:
            together = (Choice("都新建", True), Choice("逐个指定", False))
            return (*together, Choice("都不读入", None)), "", ()
        if question.field == NEW_STATE:
            likely = Choice(f"记为“{value}”", True)
            choices, _, _ = self._value(field_named(self.scheme, STATE), value)
            return (likely, *choices[1:]), "", ()
        if question.field == OLDER:
            return (Choice("不改，保留账本的", False), Choice("按这个工作簿改", True)), "", ()
        if question.field == ROWS:
            return (Choice("是，都对", "是"), Choice("不对，这些行不读入", "否")), "", ()
        if question.field == RATE:
            return (Choice("已核对，金额按表中所写", True),), "", ()
        if question.record is None and field is not None:
            yes = Choice(f"是“{field.title}”", question.field if value is None else value)
            no = Choice("不是，这一栏不读入", None)
            return ((no, yes) if value is None else (yes, no)), "", ()
        if question.field == self.owner and field is not None and field.of == "unit":
            names = tuple(str(row["name"]) for row in self.book.rows("unit"))
            choices = (Choice(str(value), value), Choice("都不是，归入本单位", None))
            return choices, "另填单位名称", names
        twice = self._twice(question)
        if twice:
            return (*twice, Choice("留空，不写入", None)), "另填", ()
        if self.returned and field is not None:
            held = next(
                (one for one in self._open(question) if _origin(question) == one.origin), None
            )
            if held is not None and held.book is not None:
                found = returned_choices.of_cell(self.scheme, field, value, held)
                return found, form_of(field), ()
        return self._value(field, value)

    def _value(
        self, field: Field | None, value: Any
    ) -> tuple[tuple[Choice, ...], str, tuple[str, ...]]:
        proposed = [] if value is None else [Choice(told(self.scheme, field, value), value)]
        empty = Choice("留空，不写入", None)
        codes = self.scheme.code_list(field) if field is not None else None
        if codes is not None:
            items = [one for one in codes.items if not one.retired and one.name != value]
            titles = tuple(codes.title_of(one.name) for one in items)
            if len(items) <= FEW - len(proposed):
                proposed += [Choice(codes.title_of(one.name), one.name) for one in items]
            return (*proposed, empty), "另填", titles
        if field is not None and field.type == "flag" and value is None:
            proposed = [Choice("是", True), Choice("否", False)]
        return (*proposed, empty), form_of(field), ()

    def _periods(self, question: Question) -> tuple[Choice, ...]:
        """The likely week, month, quarter or year, and those around it."""
        likely = str(question.value or "")
        if likely:
            period = periods.parse_period(likely)
        else:
            kinds: list[Kind] = [kind for word, kind in KINDS if word in question.question]
            period = self._latest(kinds[0] if kinds else "year")
        near = [period, period.next(), period.previous(), period.previous().previous()]
        last_day = self.scheme.week_last_day
        return tuple(Choice(periods.label(one, last_day), str(one)) for one in near)

    def _latest(self, kind: Kind) -> Period:
        """The book's latest week, or the month, quarter or year in which it ends."""
        latest, last_day = self.book.latest_week(), self.book.week_last_day
        today = self.book.clock().date()
        week = periods.parse_period(latest) if latest else periods.week_of(today, last_day)
        if kind == "week":
            return week
        day = periods.week_range(week, last_day)[1]
        number = {"month": day.month, "quarter": (day.month + 2) // 3}.get(kind, 1)
        return Period(kind, day.year, number)

    def _matches(self, question: Question) -> tuple[tuple[Choice, ...], str, tuple[str, ...]]:
        """Which record of the book is meant: the proposed one, those of its codes, of nearly its
        name; a new one and none, where the question offers them."""
        from rapidfuzz import fuzz, process

        register, asked = self._meant(question.question), question.question
        names = self._names_of(register)
        choices: dict[str, Choice] = {}
        if question.value is not None:
            choices[str(question.value)] = Choice(str(question.value), question.value)
        codes = _CODES.search(asked)
        for code in codes[1].split("、") if codes else ():
            told_apart = code.startswith(question.text)
            choices[code] = Choice(code if told_apart else f"{question.text}（代码 {code}）", code)
        if not codes:
            found = process.extract(
                bare_name(question.text),
                {name: bare_name(name) for name in names},
                scorer=fuzz.ratio,
                score_cutoff=ALIKE,
                limit=NEAR,
            )
            for _, _, name in found:
                choices.setdefault(name, Choice(name, name))
        listed = list(choices.values())
        if f"“{NEW}”" in asked:
            listed.append(Choice("账本中没有，新建", NEW))
        if "留空" in asked or "不答则" in asked:
            listed.append(Choice("不读入", None))
        title = (
            "项目名称" if register == self.subject.name else self.scheme.register(register).title
        )
        return tuple(listed), f"另填账本中的{title}", tuple(names)

    def _meant(self, asked: str) -> str:
        """The register that a question about a name means."""
        for register in self.scheme.registers.values():
            if f"请答{register.title}的名称" in asked or f"属于哪个{register.title}" in asked:
                return register.name
        return self.subject.name

    def _names_of(self, register: str) -> list[str]:
        """The names of a register's records, each once."""
        if register not in self._names:
            label = self.scheme.register(register).label or "name"
            found = [str(row[label]) for row in self.book.rows(register) if row.get(label)]
            if register == self.subject.name:  # and those that the workbook itself makes
                steps = [one for one in self.plan.steps if one.register == register]
                found += [one.label for one in steps if one.record is None]
            self._names[register] = list(dict.fromkeys(found))
        return self._names[register]

    def _open(self, question: Question) -> Sequence[FieldPlan]:
        """The open fields of the record and of the name that a question is about."""
        if self._held is None:
            self._held = {}
            for step in self.plan.steps:
                for one in step.fields:
                    if one.what == "open":
                        self._held.setdefault(f"{step.label}:{one.name}", []).append(one)
        return self._held.get(f"{question.record}:{question.field}", ())

    def _twice(self, question: Question) -> tuple[Choice, ...]:
        """Where the workbook says two things of one field: each of them, with its cell."""
        if question.value is not None:
            return ()
        for one in self._open(question):
            other = _origin(question)
            if one.origin != other and f"在 {one.origin} 是" in question.question:
                field = field_named(self.scheme, question.field)
                said = told(self.scheme, field, one.workbook)
                first = Choice(f"{said}（{one.origin}）", one.workbook, f"{one.origin}:{one.name}")
                shown = told(self.scheme, field, _same_kind(question.text, one.workbook))
                value = _same_kind(question.text, one.workbook)
                return (first, Choice(f"{shown}（{other}）", value))
        return ()


def _origin(question: Question) -> str:
    return f"{question.sheet}!{question.cell}"


def _same_kind(text: str, like: Any) -> Any:
    """A value that a question cites as text, of the kind of the other value."""
    try:
        return int(text) if type(like) is int else float(text) if type(like) is float else text
    except ValueError:
        return text
