"""A ledger exported as a workbook has the rows and figures that it has on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.ledger_rows import UNREPORTED
from desktop.ledger.money import format_money
from desktop.ledger.workspace import Book
from desktop.reports import making
from desktop.reports.ledger_content import ledger_of
from desktop.sheets.joining import plan
from desktop.sheets.proposing import propose
from desktop.sheets.writing.registers import Sheet, register_sheet
from tests.ledger.months_book import MONTH, months_book
from tests.reports import paper_books
from tests.sheets.making import read_here


def months(folder: Path) -> Book:
    """The small district with its months."""
    return months_book(folder / "district.yzb")[0]


def cells(sheet: Sheet, *titles: str) -> list[tuple[Any, ...]]:
    """The columns of these titles, row by row."""
    at = [next(n for n, one in enumerate(sheet.columns) if one.path[-1] == t) for t in titles]
    return [tuple(row[number] for number in at) for row in sheet.rows]


@pytest.mark.parametrize(
    ("made", "register", "period", "own"),
    [
        (months, "monthly", str(MONTH), "本月完成投资"),
        (paper_books.district, "weekly", paper_books.WEEK, "本周完成投资"),
    ],
)
def test_the_workbook_and_the_paper_agree(
    tmp_path: Path, made: Callable[[Path], Book], register: str, period: str, own: str
) -> None:
    with made(tmp_path) as book:
        table = ledger_of(book, register, period).table
        heads = ["".join(column.title_path[-1].split()) for column in table.columns]
        name, year, mine = (
            next(n for n, head in enumerate(heads) if head.startswith(title))
            for title in ("项目名称", "本年累计", own[:4])
        )
        printed = [row.cells for row in table.rows if row.kind == "row"]
        sheet = register_sheet(book, register, period)
        written = cells(sheet, "项目名称", own)
        assert len(written) == len(printed) > len(book.rows(register, period)) > 0
        assert {row[0] for row in written} == {row[name].replace("\n", "") for row in printed}
        silent = {row[0] for row in written if row[1] == UNREPORTED}
        assert silent == {row[name] for row in printed if row[mine] == UNREPORTED} != set()
        assert sheet.note
        assert sheet.note in table.note
        (cumulative,) = (one for one in sheet.columns if one.path[-1].startswith("本年累计完成"))
        sums = [row[sheet.columns.index(cumulative)] for row in sheet.rows]
        total = sum(value for value in sums if isinstance(value, int))
        last = next(row for row in table.rows if row.kind == "total")
        decimals = len(last.cells[year].partition(".")[2])
        assert last.cells[year] == format_money(total, "万元", decimals)
        target = tmp_path / "ledger.xlsx"
        assert making.export(book, register, period, target).rows == len(printed)


@pytest.mark.parametrize(
    ("made", "register", "period"),
    [
        (months, "monthly", str(MONTH)),
        (paper_books.district, "weekly", paper_books.WEEK),
    ],
)
def test_a_project_that_has_not_filled_brings_nothing(
    tmp_path: Path, made: Callable[[Path], Book], register: str, period: str
) -> None:
    with made(tmp_path) as book:
        target = tmp_path / "ledger.xlsx"
        making.export(book, register, period, target)
        found = propose(read_here(target), book.scheme)
        planned = plan(book, found)
        assert [one.question for one in (*found.questions, *planned.questions)] == []
        steps = [step for step in planned.steps if step.register == register]
        assert len(steps) == len(book.rows(register, period))
        assert [step.writes for step in planned.steps if step.writes] == []
        assert any("未报" in one.text for one in found.notes)
