"""A workbook and what a careful clerk would enter from it, made side by side.

Whoever makes a workbook declares for each column which field it holds and in which unit; plain
cells then say their truth themselves. A cell that means something else than it shows is written
as `Said`, one that a reader must ask about as `asked`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.workbooks.sheet import Cell, Formula, Sheet, Shown, address

MONEY = {
    "total_investment",
    "annual_plan",
    "completed_week",
    "completed_month",
    "completed_year",
    "completed_total",
}


DATES = {"planned_start", "planned_finish", "actual_start", "actual_finish", "due"}


UNITS = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


EMPTY = {"", "无", "-", "—", "－", "/", "——", "暂无"}


LEFT = "<"
"""In a header grid: joined with the cell on the left."""


UP = "^"
"""In a header grid: joined with the cell above."""


@dataclass(frozen=True)
class Said:
    """A cell that shows one thing and means another.

    `means` is the truth itself: yuan, an ISO date, a text, None, or a tuple for a column of two
    fields. `ask`: the question that a reader must put; `may`: a question does no harm.
    """

    shown: Cell
    means: Any
    ask: str | None = None
    may: bool = False


def asked(shown: Cell, question: str, means: Any = None) -> Said:
    """A cell that must be asked about; `means` is what the clerk would put meanwhile."""
    return Said(shown, means, ask=question)


@dataclass
class Book:
    """A workbook in the making with its truth; `after`: the public table it is shaped after."""

    name: str
    about: str
    after: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    projects: list[dict[str, Any]] | None = field(default_factory=list)
    items: list[dict[str, Any]] | None = None
    head: dict[str, Any] = field(default_factory=dict)
    unclear: list[dict[str, Any]] = field(default_factory=list)
    may_ask: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] | None = field(default_factory=list)
    wear: str = ""
    """What is really written where the name does not say it: `.xls` for an .xls named .xlsx,
    `.export` for an .xlsx of an export program, `.gb18030` or `.utf8` for a .csv."""

    def sheet(self, name: str = "Sheet1", hidden: bool = False) -> Sheet:
        """A new sheet at the end."""
        self.sheets.append(Sheet(name, hidden=hidden))
        return self.sheets[-1]

    def skip(self, sheet: Sheet, row: int, kind: str, reason: str) -> None:
        """A row of a table's body that is no record."""
        self.skipped.append({"sheet": sheet.name, "row": row, "kind": kind, "reason": reason})

    def ask(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        record: str,
        name: str | None,
        question: str,
        value: Any = None,
    ) -> None:
        """A cell that a reader must ask about."""
        self.unclear.append(
            {
                "sheet": sheet.name,
                "cell": address(row, column),
                "record": record,
                "field": name,
                "text": shown_text(sheet.cells.get((row, column))),
                "value": value,
                "question": question,
            }
        )

    def may(self, sheet: Sheet, row: int, column: int, name: str | None) -> None:
        """A cell where a question does no harm."""
        self.may_ask.append({"sheet": sheet.name, "cell": address(row, column), "field": name})

    def truth(self) -> dict[str, Any]:
        """The truth as it is written beside the workbook."""
        out: dict[str, Any] = {"about": self.about}
        if self.after:
            out["source"] = self.after
        out |= self.head
        if self.projects is not None:
            out["projects"] = self.projects
        if self.items is not None:
            out["items"] = self.items
        out["unclear"] = self.unclear
        out["may_ask"] = self.may_ask
        out["skipped"] = self.skipped
        if self.tables is not None:
            out["tables"] = self.tables
        return out


def shown_text(cell: Cell) -> str:
    """What a person sees in a cell, roughly: enough to find it again."""
    if isinstance(cell, Formula):
        return shown_text(cell.cached) if cell.cached is not None else f"={cell.text}"
    if isinstance(cell, Shown):
        cell = cell.value
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def yuan(value: float | str, unit: str) -> int:
    """`yuan(5.05, "亿元")` is 505000000; raises ValueError when a fraction of a yuan is left."""
    exact = Decimal(str(value).replace(",", "")) * UNITS[unit]
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} {unit} is no whole number of yuan")
    return int(exact)


def meaning(name: str, unit: str | None, cell: Cell) -> Any:
    """The truth of a plain cell in a column of field `name`; ValueError where it must be Said."""
    if isinstance(cell, Shown):
        cell = cell.value
    if cell is None or (isinstance(cell, str) and cell.strip() in EMPTY):
        return None
    if name in MONEY:
        if isinstance(cell, (str, date, Formula)) or unit is None:
            raise ValueError(f"{name}: write {cell!r} as Said")
        return yuan(cell, unit)
    if name in DATES:
        if not isinstance(cell, date):
            raise ValueError(f"{name}: write {cell!r} as Said")
        return cell.isoformat()
    if not isinstance(cell, str):
        raise ValueError(f"{name}: write {cell!r} as Said")
    return cell.strip()
