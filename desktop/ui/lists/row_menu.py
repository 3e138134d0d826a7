"""The menu of the rows on which one stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import icons


class RowMenu(QMenu):
    """Made when it is opened, gone when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)

    def offer(self, icon: str, text: str, key: str, run: Callable[[], object]) -> None:
        """A line that does ``run``; ``key`` is the key that does it too."""
        action = self.addAction(f"{text}\t{key}" if key else text)
        if icon:
            action.setIcon(icons.icon(icon))
        action.triggered.connect(lambda: run())
