"""A row that the reader left out is read all the same; one that it took is set aside."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.reading_in.intake import Intake
from desktop.ui.reading_in.reading import Found
from desktop.ui.reading_in.remark_pane import RemarkPane
from desktop.ui.reading_in.workbook_pane import WorkbookPane

Turn = Literal["read", "skip", ""]
KEY = "F7"
SAID: dict[Turn, str] = {"read": "读入这一行", "skip": "不读这一行"}


def turn_of(found: Found, sheet: str, row: int) -> Turn:
    """What can be done with a row (from 0): leave out one that gives something, read one of a table
    that gives nothing; nothing with a heading, a blank row or what lies outside the tables."""
    effects = found.effects
    tables = [one for one in effects.tables.get(sheet, ()) if not one.card]
    if any(one.header[0] <= row <= one.header[1] for one in tables):
        return ""
    if (sheet, row) in effects.skipped:
        return "read"
    page = next(one for one in found.workbook.sheets if one.name == sheet)
    if row >= len(page.rows) or not any(cell != "" for cell in page.rows[row]):
        return ""
    if not any(one.kind and one.area.top <= row <= one.area.bottom for one in tables):
        return ""
    return "skip" if effects.row(sheet, row) else "read"


class RowVerbs(QObject):
    """The key and the menu, over the sheet and over the list of what is not read."""

    def __init__(
        self, intake: Intake, pane: WorkbookPane, remarks: RemarkPane, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self.intake, self._pane, self._remarks = intake, pane, remarks
        self.menu: QMenu | None = None
        pane.view.row_menu_wanted.connect(self._over_sheet)
        remarks.menu_wanted.connect(self._over_remark)
        for widget, run in ((pane.view, self.turn_here), (remarks.list, self._turn_remark)):
            shortcut = QShortcut(QKeySequence(KEY), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def turn_here(self) -> None:
        """F7 on the sheet: the row on which one stands."""
        self._turn(self._pane.sheet, self._pane.view.row)

    def _turn_remark(self) -> None:
        """F7 on the list: the row that the line is about."""
        one = self._remarks.current()
        if one is not None and one.row is not None:
            self._turn(one.sheet, one.row)

    def _turn(self, sheet: str, row: int) -> None:
        found = self.intake.found
        way = turn_of(found, sheet, row) if found is not None else ""
        if way:
            self.intake.set_row(sheet, row, read=way == "read")

    def _over_sheet(self, row: int, where: QPoint) -> None:
        self._open(self._pane.sheet, row, where)

    def _over_remark(self, where: QPoint) -> None:
        one = self._remarks.current()
        if one is not None and one.row is not None:
            self._open(one.sheet, one.row, where)

    def _open(self, sheet: str, row: int, where: QPoint) -> None:
        found = self.intake.found
        way = turn_of(found, sheet, row) if found is not None else ""
        if not way or found is None:
            return
        self.menu = QMenu(self._pane)
        reason = found.effects.skipped.get((sheet, row), "")
        told = self.menu.addAction(f"第 {row + 1} 行：{reason}" if reason else f"第 {row + 1} 行")
        told.setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(f"{SAID[way]}\t{KEY}", lambda: self._turn(sheet, row))
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        self.menu.popup(where)
