"""The help in a window of its own beside the program's, where it was left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.help.pane import HelpPane
from desktop.ui.memory import Memory

GEOMETRY = "help.geometry"


class HelpWindow(QWidget):
    """One for the whole program: F1 brings it forward, at the text of the present page."""

    def __init__(self, pc: Memory) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._pc = pc
        self.pane = HelpPane()
        self.setWindowTitle("帮助 — 一本账")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)
        self.setMinimumSize(640, 420)
        self.resize(980, 680)
        kept = pc.get(GEOMETRY)
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        for keys, run in (("Esc", self.close), ("F1", self.close), ("Ctrl+F", self._search)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def open_at(self, page: str) -> None:
        """Come forward with the text of a page ("" for the beginning)."""
        self.pane.open_at(page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.pane.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        self.pane.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pane.search.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where it stood."""
        self._pc.put(GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        super().closeEvent(event)
