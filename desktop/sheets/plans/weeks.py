"""Of which week or month a workbook's figures are.

The person's word counts first, then the period that the table's own title or its sheet states, then
the file's name (DESIGN, Excel: a week stated wins over a filling date). A filling date alone means
the week that had just ended, if it ended at most :data:`SOON` days before, and it is said;
otherwise it is only the likely answer.
"""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec

from desktop.ledger.definitions import Register
from desktop.ledger.periods import Kind, NoSuchPeriod, Period, parse_period, week_of
from desktop.ledger.workspace import Book
from desktop.sheets.meaning.wording import has_year
from desktop.sheets.plans.plan import PERIOD
from desktop.sheets.proposals.answers import Answers, agrees
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.tables.spans import span_in
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: The one question about columns under months (1月, 2月) that say no year.
YEAR = "year"
#: A report is filled in within so many days after its week; later it may be the next one's.
SOON = 3
_SAID: dict[Kind, tuple[str, str]] = {
    "week": ("哪一年第几周，周进度属于哪一周", "应是某一周"),
    "month": ("哪一年几月，月度数据属于哪个月", "应是某一个月"),
    "quarter": ("哪一年几季度，数据属于哪个季度", "应是某一个季度"),
    "year": ("哪一年，数据属于哪一年", "应是某一年"),
}


class Found(msgspec.Struct, frozen=True):
    """A period, or the question about it with the likely one (``hint``); ``note`` for people."""

    period: Period | None
    hint: str = ""
    note: str = ""
    question: Question | None = None


class Weeks:
    """The periods of one workbook's records; what is open is asked once for each kind of period.

    ``main`` is the first period that was found, ``open`` whether any record waits for one, ``hint``
    the likely answer.
    """

    def __init__(
        self, book: Book, proposal: Proposal, asked: Period | None, answers: Answers
    ) -> None:
        self.book, self.proposal, self.asked, self.answers = book, proposal, asked, answers
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.main: Period | None = None
        self.open, self.hint = False, ""
        self._found: dict[tuple[str, str], Found] = {}
        self._own: dict[tuple[str, str], Period | None] = {}
        stated = [one.period for one in (*proposal.projects, *proposal.items) if one.period]
        #: Tables of several weeks or months: one answer cannot be meant for all of them.
        self._several = len(set(stated)) > 1

    def of(self, register: Register, record: Record) -> Period | None:
        """The period of a record of a ledger; None while that is open."""
        own = (register.name, record.period)
        if record.period and not has_year(record.period):
            return self._of_some_year(record)
        if own not in self._own:
            self._own[own] = _parsed(record.period, register)
        stated = self._own[own]
        key = (register.period[0], record.period if stated is not None else "")
        if key not in self._found:
            found = self._look(register, record, stated)
            self._found[key] = found
            if found.question is not None:
                self.questions.append(found.question)
            if found.note:
                self.notes.append(found.note)
        found = self._found[key]
        self.main = self.main or found.period
        if found.period is None:
            self.open, self.hint = True, self.hint or found.hint
        return found.period

    def _of_some_year(self, record: Record) -> Period | None:
        """The month or week that a column stands under, once it is known of which year; None until
        then."""
        year = self.asked.year if self.asked else self.proposal.year
        if year is None:
            year = self._year_asked(record)
        if year is None:
            self.open = True
            return None
        found = _in_year(record.period, year)
        if found is None:
            text = f"{year} 年没有“{record.period}”这一周，这一栏没有读入。"
            if text not in self.notes:
                self.notes.append(text)
        self.main = self.main or found
        return found

    def _year_asked(self, record: Record) -> int | None:
        offered = self.book.year
        what = "月份" if record.period.isdigit() else "周次"
        right = (
            f"是 {offered} 年的吗？对则答“是”，不对请答年份。" if offered else "请答年份，如 2023。"
        )
        question = Question(
            sheet=record.sheet,
            cell="A1",
            record=None,
            field=YEAR,
            text="",
            value=offered,
            question=f"表头只写了{what}，没有写是哪一年的。{right}",
        )
        if not self.answers.has(question.id):
            if all(one.id != question.id for one in self.questions):
                self.questions.append(question)
            return None
        answer = self.answers.value(question.id)
        if offered and agrees(answer):
            return offered
        found = re.fullmatch(r"(20\d\d)年?", str(answer).strip())
        if found is None:
            raise AnswerNotUnderstood(question.question, str(answer), "应是年份，如 2023")
        return int(found[1])

    def _look(self, register: Register, record: Record, own: Period | None) -> Found:
        stated = own or _stated(self.book, self.proposal, register)
        asked = self.asked if self.asked and self.asked.kind in register.period else None
        if asked is not None and not (own is not None and self._several):
            if stated is None or stated == asked:
                return Found(asked)
            return Found(asked, note=f"工作簿写明是{stated.title}，按指定的{asked.title}读入。")
        if stated is not None:
            return Found(stated)
        kind = register.period[0]
        hint, days = _just_ended(self.book, self.proposal) if kind == "week" else (None, 0)
        if hint is not None and days <= SOON:
            text = f"没有写明周次，按填报日期 {self.proposal.filled_on} 计为{hint.title}。"
            return Found(hint, note=text)
        what, must = _SAID[kind]
        question = Question(
            sheet=record.sheet,
            cell="A1",
            record=None,
            field=PERIOD,
            text="",
            value=str(hint) if hint else None,
            question=f"标题、表名和文件名都没有写明是{what}？",
        )
        if not self.answers.has(question.id):
            return Found(None, str(hint or ""), question=question)
        answer = str(self.answers.value(question.id))
        try:
            found = parse_period(answer, self.proposal.year or self.book.year)
        except NoSuchPeriod as refused:
            raise AnswerNotUnderstood(question.question, answer, refused.reason) from None
        if found.kind not in register.period:
            raise AnswerNotUnderstood(question.question, answer, must)
        return Found(found)


def _parsed(text: str, register: Register) -> Period | None:
    """A period that a table states, of a kind that the register has."""
    if not text:
        return None
    try:
        found = parse_period(text)
    except NoSuchPeriod:
        return None
    return found if found.kind in register.period else None


def _in_year(text: str, year: int) -> Period | None:
    """The month or week that a heading means in ``year``; None where the year has no such week."""
    if text.isdigit():
        return Period("month", year, int(text))
    span = span_in(text)
    try:
        return span.week(year) if span is not None else parse_period(text, year)
    except NoSuchPeriod:
        return None


def _stated(book: Book, proposal: Proposal, register: Register) -> Period | None:
    """The period that the workbook states; a bare 第9周 is of the year the book has come to."""
    year = proposal.year or book.year
    if year is None:
        return None
    numbers: tuple[tuple[Kind, int | None], ...] = (
        ("week", proposal.week),
        ("month", proposal.month),
        ("year", 1 if proposal.year else None),
    )
    for kind, number in numbers:
        if kind in register.period and number is not None:
            try:
                return Period(kind, year, number)
            except NoSuchPeriod:
                continue
    return None


def _just_ended(book: Book, proposal: Proposal) -> tuple[Period | None, int]:
    """The last week that had ended when the workbook was filled in, and how many days before."""
    day = proposal.filled_on
    if day is None:
        return None, 0
    last_day = book.week_last_day
    days = (day.weekday() - last_day) % 7
    return week_of(day - timedelta(days=days), last_day), days
