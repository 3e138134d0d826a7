"""The rows of a list for the grid: late ones stand out, closed ones stand back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.grid.cells import Cell
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.reading import Row
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.lists import reading, sheet
from desktop.ui.lists.reading import Part


class ListModel(SheetModel):
    """A part of a list, judged by the last day of the desk's week."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.part: Part = "all"

    def show(self, register: str, period: str, asked: Asked | None = None) -> None:
        """Show a list; ``period`` is left out of account, lists have none."""
        facts = self.desk.facts
        today = facts.last_day(self.desk.period)
        made = sheet.list_sheet(
            facts.scheme, register, facts.level, today, self.part, many_units=not facts.reports
        )
        self.asked = asked or Asked()
        self._unchecked.clear()
        self._arriving = True
        self.loader.open(made, self.asked)

    def cell(self, row: int, column: int) -> Cell:
        cell = super().cell(row, column)
        held = self.contents
        own = held.row_at(row) if held is not None else None
        if held is None or own is None:
            return cell
        if held.sheet.placed[column].name == sheet.LEFT:
            return self._left(held, own, column)
        if cell.tone == "plain" and sheet.state_of(held.scheme, held.sheet, own) == "closed":
            return replace(cell, tone="faint")
        return cell

    def _left(self, held: Contents, own: Row, column: int) -> Cell:
        days = own.values[column]
        tone = "plain"
        if days <= reading.SOON:
            tone = "light:red" if days < 0 else "light:yellow"
        locked = held.sheet.placed[column].closed
        return Cell(sheet.left_in_words(days), tone, locked=locked)
