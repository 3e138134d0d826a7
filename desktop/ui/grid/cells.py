"""What stands in a cell, what a column is, which cells are selected: frozen values without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ledger.definitions import Field

#: The grounds and marks a cell may have; a light is ``light:green`` and so on.
TONES = (
    "plain", "must", "explain", "pending", "faint", "total",
    "light:green", "light:yellow", "light:red", "light:none",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is drawn.

    ``tone`` is one of :data:`TONES`; ``locked`` is a sentence that says why the cell cannot be
    edited (shown to who types there), empty where nobody would expect to.
    """

    text: str = ""
    tone: str = "plain"
    editable: bool = False
    right: bool = False
    bold: bool = False
    locked: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``width`` in px at scale 1; ``kind`` a field's type, or ``number``, ``light``.

    Neighbours of the same ``group`` stand under one heading (上周, 本周).
    """

    name: str
    title: str
    group: str = ""
    width: int = 96
    kind: str = "text"
    right: bool = False
    frozen: bool = False
    editable: bool = False
    field: Field | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """The selected cells: model rows, and model columns in the order in which they are shown.

    Columns that a person hid are not among ``columns``; columns that were moved come where they
    stand now. Empty (no rows, no columns) when nothing is selected.
    """

    rows: range = range(0)
    columns: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def __contains__(self, place: object) -> bool:
        match place:
            case (int(row), int(column)):
                return row in self.rows and column in self.columns
        return False
