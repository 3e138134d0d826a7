"""A filler of fill-in workbooks for the tests: opens one, types, sorts, and sends it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.ledger.workspace import Book, create
from desktop.sheets.fill_in import files as fill_in_files
from desktop.sheets.fill_in.contents import fill_ins
from desktop.sheets.fill_in.marks import FORM
from desktop.sheets.joining import plan
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from tests.sheets.making import read_here

PROJECTS = ("甲项目", "乙项目", "丙项目", "丁项目")


def district(folder: Path) -> Book:
    """A district's book: two townships, two projects each, week 9 filled."""
    book = create(folder / "d.yzb", "源汇区", "district", profile=folder / "p")
    with book.batch("add") as batch:
        towns = [
            batch.create("unit", {"name": name, "level": "township", "above": book.unit})
            for name in ("空冢郭镇", "问十乡")
        ]
        for number, name in enumerate(PROJECTS):
            fields = {
                "name": name,
                "unit": towns[number // 2],
                "state": "在建",
                "owner": f"业主{number % 3}",
                "total_investment": 10**8,
                "annual_plan": 5 * 10**7 + number,
                "actual_start": "2022-11-01",
            }
            record = batch.create("project", fields)
            week = {"project": record, "period": "2023-W09", "completed_week": 120_000 + number}
            progress = {"physical_progress": f"{name}基础施工", "next_plan": "浇筑"}
            batch.create("weekly", {**week, "completed_year": 1_000_000, **progress})
    return book


class Filler:
    """One workbook, opened with openpyxl; rows and columns by name."""

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook

        self.path = path
        self.workbook = load_workbook(path)
        self.page = self.workbook.worksheets[0]
        self.keys = next(
            row[0].row for row in self.page.iter_rows() if str(row[0].value or "").startswith(FORM)
        )
        self.columns = {
            cell.value: cell.column for cell in self.page[self.keys] if cell.value is not None
        }

    def row(self, name: str, key: str = "=name") -> int:
        """The row in which a project, or whatever the column says, stands."""
        column = self.columns[key]
        return next(row for row in range(1, 99) if self.page.cell(row, column).value == name)

    def cell(self, name: str, key: str) -> Any:
        """The cell of a project under a column's key."""
        return self.page.cell(self.row(name), self.columns[key])

    def type(self, name: str, **values: Any) -> Filler:
        """Type values into a project's row."""
        for key, value in values.items():
            self.cell(name, key).value = value
        return self

    def add(self, row: int, **values: Any) -> Filler:
        """Type into a row by its number; ``name`` is the project's."""
        for key, value in values.items():
            column = self.columns["=name" if key == "name" else key]
            self.page.cell(row, column).value = value
        return self

    def swap(self, one: str, other: str, *, keys: bool = True) -> Filler:
        """Two rows change places, with the hidden column or without it: what sorting does."""
        first, second = self.row(one), self.row(other)
        for column in range(1 if keys else 2, self.page.max_column + 1):
            a, b = self.page.cell(first, column), self.page.cell(second, column)
            a.value, b.value = b.value, a.value
        return self

    def hidden(self) -> Filler:
        """Empty the hidden column."""
        for row in range(self.keys + 1, self.page.max_row + 1):
            self.page.cell(row, 1).value = None
        return self

    def send(self) -> Path:
        """Save; merged areas stay."""
        self.workbook.save(self.path)
        return self.path


def given_out(
    book: Book, folder: Path, register: str = "weekly", period: str | None = "2023-W10", **more: Any
) -> dict[str, Path]:
    """The workbooks by recipient."""
    made = fill_ins(book, register, period, **more)
    written = fill_in_files.write(book.scheme, made, folder)
    return {one.recipient: path for one, path, _ in written}


def came_back(
    book: Book, path: Path, answers: dict[str, Any] | None = None
) -> tuple[Proposal, Plan]:
    """What a workbook proposes and plans."""
    given = Answers(answers or {})
    proposal = propose(read_here(path), book.scheme, given)
    return proposal, plan(book, proposal, None, given)


def asked(proposal: Proposal, planned: Plan) -> dict[str, str]:
    """All questions by id."""
    return {one.id: one.question for one in (*proposal.questions, *planned.questions)}


def writes(planned: Plan) -> dict[str, dict[str, Any]]:
    """What would be written, by label."""
    return {step.label: step.writes for step in planned.steps if step.writes}
