"""Which of 撤销 and 重做 has something to do: asked after every act."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.ledger import undo
from desktop.ui.desk import Desk
from desktop.ui.grid.headline import Headline

#: A burst of acts is asked about once, in milliseconds.
CALM = 120


class Undoing(QObject):
    """Enables the two buttons of the headline."""

    def __init__(self, desk: Desk, headline: Headline, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.headline = desk, headline
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.look)
        desk.changed.connect(lambda _changes: self._calm.start())

    def look(self) -> None:
        """Ask how many acts wait."""
        self.desk.read(
            self, undo.waiting, lambda waiting: self.headline.set_undo(*waiting), key="undo"
        )
