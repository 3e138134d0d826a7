"""A township's book in week 9 of 2023 (February 24 to March 2), its figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.ledger import checks, explanations, workspace
from desktop.ledger.workspace import Book
from tests.ledger.books import noon

WEEK, BEFORE = "2023-W09", "2023-W08"
#: A 万元 in yuan.
W = 10_000


@contextmanager
def township(folder: Path) -> Iterator[Book]:
    """An empty book of 空冢郭镇 under 源汇区; the clock stands at noon of March 2, 2023."""
    path = folder / "township.yzb"
    made = workspace.create(
        path, "空冢郭镇", "township", under="源汇区", operator="张晓燕", clock=noon
    )
    with made as book:
        yield book


def project(book: Book, name: str, **fields: Any) -> str:
    """A project under construction with a plan of 3,650 万元, on whose file nothing is amiss."""
    values = {
        "name": name,
        "unit": book.unit,
        "state": "在建",
        "total_investment": 10_000 * W,
        "annual_plan": 3650 * W,
        "actual_start": "2022-03-01",
        **fields,
    }
    with book.batch("create") as batch:
        return batch.create("project", values)


def week(book: Book, subject: str, period: str, done: int, year: int, **fields: Any) -> str:
    """A row of the ledger; ``done`` this week and ``year`` to date in 万元."""
    values = {
        "project": subject,
        "period": period,
        "completed_week": done * W,
        "completed_year": year * W,
        "physical_progress": f"主体施工，{period}",
        **fields,
    }
    with book.batch("change") as batch:
        return batch.create("weekly", values)


def item(book: Book, register: str, subject: str, **fields: Any) -> str:
    """An item of a list under a project, or under a unit."""
    above = str(book.scheme.registers[register].of)
    with book.batch("create") as batch:
        return batch.create(register, {above: subject, **fields})


def explain_all(book: Book, period: str) -> None:
    """Every doubtful figure of the week gets its explanation."""
    for finding in checks.check_period(book, period):
        if finding.level == "explain" and not finding.explained:
            explanations.explain(book, finding.id, "经核实，情况属实。", period)
