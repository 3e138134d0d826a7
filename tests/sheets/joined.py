"""Rows of a sheet beside a book, for the tests of joining."""

from __future__ import annotations

from typing import Any

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.joining import plan
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposing import propose
from tests.sheets.making import book_of, sheet


def planned(
    book: Book,
    *rows: list[Any],
    period: str | None = None,
    answers: dict[str, Any] | None = None,
    **more: Any,
) -> Plan:
    given = Answers(answers or {})
    proposal = propose(book_of(sheet(*rows, **more)), book.scheme, given)
    return plan(book, proposal, parse_period(period) if period else None, given)


def units(book: Book) -> dict[str, str]:
    names = {row["record"]: row["name"] for row in book.rows("unit")}
    return {row["name"]: names[row["unit"]] for row in book.rows("project")}


def planned_of(book: Book, *sheets: Any, answers: dict[str, Any] | None = None) -> Plan:
    """The plan of a workbook of several sheets."""
    given = Answers(answers or {})
    return plan(book, propose(book_of(*sheets), book.scheme, given), None, given)


def notes(found: Plan) -> tuple[str, ...]:
    """The plan's notes but for the one that new projects have no state yet."""
    return tuple(one for one in found.notes if "还没有项目状态" not in one)
