"""A sheet before it becomes a file: cells, merges, hidden rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Plain = str | int | float | date | None


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the writing program left beside it (None: never computed)."""

    text: str
    cached: Plain = None


@dataclass(frozen=True)
class Shown:
    """A value with a number format of its own: `Shown(0.166, "0.0%")`."""

    value: float | date
    format: str


Cell = Plain | Formula | Shown


def letters(column: int) -> str:
    """The letters of a column counted from 1: 28 is AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """`address(4, 3)` is C4."""
    return f"{letters(column)}{row}"


@dataclass
class Sheet:
    """One sheet; rows and columns are counted from 1."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, value: Cell) -> None:
        """Write one cell; an empty one is left out, as Excel does."""
        if (row, column) in self.cells:
            raise ValueError(f"{self.name}!{address(row, column)} is written twice")
        if value is not None and value != "":
            self.cells[row, column] = value

    def line(self, row: int, values: list[Cell], left: int = 1) -> None:
        """Write cells side by side from column `left` on."""
        for offset, value in enumerate(values):
            self.put(row, left + offset, value)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Join a rectangle; its text is that of its first cell."""
        if (bottom, right) != (top, left):
            self.merges.append((top, left, bottom, right))

    def banner(self, row: int, text: str, left: int, right: int) -> None:
        """A line of text joined over the columns from `left` to `right`: title, section, note."""
        self.put(row, left, text)
        self.merge(row, left, row, right)

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max(row for row, _ in self.cells)
