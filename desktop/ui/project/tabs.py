"""The tabs of a project, each known by a key, and the card on which a tab's content stands."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Card

TABS = {"file": "档案", "lists": "清单", "weeks": "台账", "photos": "照片", "changes": "变更记录"}


class Tabs(QTabWidget):
    """The tabs of :data:`TABS`."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)

    def add(self, key: str, content: QWidget) -> None:
        """The content of a tab."""
        content.setProperty("tab", key)
        self.addTab(content, TABS[key])

    def key(self) -> str:
        """The tab that is shown."""
        return str(self.currentWidget().property("tab"))

    def show_tab(self, key: str) -> None:
        """Show a tab; an unknown key changes nothing."""
        if key in TABS:
            self.setCurrentIndex(list(TABS).index(key))

    def say(self, key: str, more: str) -> None:
        """Write behind a tab's title how much there is, "" for nothing."""
        title = TABS[key]
        self.setTabText(list(TABS).index(key), f"{title} {more}" if more else title)


def on_card(inner: QWidget) -> QWidget:
    """The widget on a card, ready to be scrolled."""
    inside = QWidget()
    inside.setObjectName("page")
    gap = theme.current().gap
    room = QVBoxLayout(inside)
    room.setContentsMargins(0, gap, gap // 2, gap)
    card = Card()
    card.body.addWidget(inner)
    room.addWidget(card)
    return inside
