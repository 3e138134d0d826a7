"""What can be answered about a fill-in workbook that came back. No Qt.

Its empty cells mean something: what stood there when it was given out was taken away. An answer of
nothing clears the book's value, so it is called by that name, and keeping is offered beside it.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger.definitions import Field, Scheme
from desktop.sheets.plans.plan import FieldPlan
from desktop.sheets.proposals.proposal import Question
from desktop.ui.reading_in.case import Choice
from desktop.ui.reading_in.fields import told


def of_period(question: Question) -> tuple[Choice, ...]:
    """Under a title of another period than the workbook was given out for: read all the same, or
    not; nothing for any other question about a period."""
    if not question.question.startswith("这份模板是为"):
        return ()
    meant = question.question.removeprefix("这份模板是为").partition("发出的")[0]
    return (Choice(f"按{meant}读入", "是"), Choice("都不读入", "不是"))


def of_cell(scheme: Scheme, field: Field, value: Any, held: FieldPlan) -> tuple[Choice, ...]:
    """What came back, what the book holds, nothing; ``value`` is the reader's proposal, which is
    the book's own where nothing came back."""
    if held.workbook is None:  # Nothing came back, or nothing that can be read.
        kept = held.book if value is None else value
        return (Choice(f"保留“{told(scheme, field, kept)}”", kept), Choice("清空", None))
    sent = Choice(f"按送回的“{told(scheme, field, held.workbook)}”", held.workbook)
    ours = Choice(f"保留账本的“{told(scheme, field, held.book)}”", held.book)
    return (sent, ours, Choice("清空", None))
