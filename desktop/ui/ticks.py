"""A list of rows to be ticked, by mouse or by the space bar in whichever column one is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget


class Ticks(QTreeWidget):
    """Rows whose first column has a box, where they have one at all."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentItem()
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif row is not None and row.data(0, Qt.ItemDataRole.CheckStateRole) is not None:
            checked = row.checkState(0) == Qt.CheckState.Checked
            row.setCheckState(0, Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
