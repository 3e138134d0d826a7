"""What every section of the page has: a card, its facts read anew when seen, an end of typing."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts import Card, Flow, Passage


class Section(QWidget):
    """One section: its ``name`` for landing, its ``title`` and ``icon`` on the list."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.card = Card(self.title)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.current().gap)
        self.card.body.addLayout(self.column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        whole.addStretch(1)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def _measure(self) -> None:
        self.card.setMaximumWidth(theme.current().px(920))

    def refresh(self) -> None:
        """Show what holds now; called whenever the section is seen."""

    def finish(self) -> None:
        """Take what is being typed."""

    def may_end(self) -> bool:
        """Whether the window may be closed: nothing is shown that would be lost with it."""
        return True


def form() -> QFormLayout:
    """Labels on the left, fields on the right."""
    now = theme.current()
    made = QFormLayout()
    made.setHorizontalSpacing(now.pad)
    made.setVerticalSpacing(now.gap)
    return made


def row(*widgets: QWidget) -> QWidget:
    """Widgets side by side from the left, on a second line where there is no room."""
    made = QWidget()
    flow = Flow(made)
    flow.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        flow.addWidget(widget)
    return made


def hint(text: str) -> Passage:
    """A few soft words that explain."""
    return Passage(text, role="ink_soft")
