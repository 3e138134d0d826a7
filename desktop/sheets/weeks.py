"""Of which week a workbook's weekly figures are.

The person's word counts first, then the week that title, sheet or file name state (DESIGN, Excel:
it wins over a filling date). A filling date alone means the week that had just ended, if it ended
at most :data:`SOON` days before, and it is said; otherwise it is only the likely answer.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from desktop.ledger.periods import NoSuchPeriod, Period, parse_period, week_of
from desktop.ledger.workspace import Book
from desktop.sheets.answers import Answers
from desktop.sheets.proposal import Proposal, Question
from desktop.sheets.refusals import AnswerNotUnderstood

PERIOD = "period"
#: A report is filled in within so many days after its week; later it may be the next one's.
SOON = 3


class Week(msgspec.Struct, frozen=True):
    """The week, or the question about it with the likely one (``hint``); ``note`` for people."""

    period: Period | None
    hint: str = ""
    note: str = ""
    question: Question | None = None


def week(
    book: Book, proposal: Proposal, asked: Period | None, sheet: str, answers: Answers
) -> Week:
    """The week of the figures on ``sheet``; ``asked`` is the person's word."""
    stated = _stated(book, proposal)
    if asked is not None:
        if stated is None or stated == asked:
            return Week(asked)
        return Week(asked, note=f"工作簿写明是{stated.title}，按指定的{asked.title}读入。")
    if stated is not None:
        return Week(stated)
    hint, days = _just_ended(book, proposal)
    if hint is not None and days <= SOON:
        text = f"没有写明周次，按填报日期 {proposal.filled_on} 计为{hint.title}。"
        return Week(hint, note=text)
    question = Question(
        sheet=sheet,
        cell="A1",
        record=None,
        field=PERIOD,
        text="",
        value=str(hint) if hint else None,
        question="标题、表名和文件名都没有写明是哪一年第几周，周进度属于哪一周？",
    )
    if not answers.has(question.id):
        return Week(None, str(hint or ""), question=question)
    answer = str(answers.value(question.id))
    try:
        found = parse_period(answer, proposal.year or book.year)
    except NoSuchPeriod as refused:
        raise AnswerNotUnderstood(question.question, answer, refused.reason) from None
    if found.kind != "week":
        raise AnswerNotUnderstood(question.question, answer, "应是某一周")
    return Week(found)


def _stated(book: Book, proposal: Proposal) -> Period | None:
    """The week that the workbook states; a bare 第9周 is of the year that the book has come to."""
    year = proposal.year or book.year
    if proposal.week is None or year is None:
        return None
    try:
        return Period("week", year, proposal.week)
    except NoSuchPeriod:
        return None


def _just_ended(book: Book, proposal: Proposal) -> tuple[Period | None, int]:
    """The last week that had ended when the workbook was filled in, and how many days before."""
    day = proposal.filled_on
    if day is None:
        return None, 0
    last_day = book.week_last_day
    days = (day.weekday() - last_day) % 7
    return week_of(day - timedelta(days=days), last_day), days
