"""The tabs of a project, each known by a key, and the card on which a tab's content stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Button, Card
from desktop.ui.parts.words import tip

#: Qt's own bound of a widget's size, which PySide does not name.
QWIDGETSIZE_MAX = (1 << 24) - 1

TABS = {"file": "档案", "lists": "清单", "weeks": "台账", "photos": "照片", "changes": "变更记录"}


class Tabs(QTabWidget):
    """The tabs of :data:`TABS`; buttons beside them are icons where the tabs need the room."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._named: Button | None = None
        self._words = ""
        theme.notifier.changed.connect(self._fit)

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

    def beside(self, named: Button, *others: QWidget) -> None:
        """Put buttons beside the tabs; ``named`` gives up its words for the tabs' sake."""
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, theme.current().px(4))
        row.setSpacing(theme.current().px(4))
        for button in (named, *others):
            row.addWidget(button)
        self._named, self._words = named, named.text()
        named.setToolTip(tip(self._words))
        named.setAccessibleName(self._words)
        self.setCornerWidget(corner, Qt.Corner.TopRightCorner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        corner = self.cornerWidget(Qt.Corner.TopRightCorner)
        if self._named is None or corner is None:
            return
        self._named.setText(self._words)
        self._named.setMaximumWidth(QWIDGETSIZE_MAX)
        tabs = self.tabBar().sizeHint().width()
        if tabs + corner.sizeHint().width() > self.width():
            self._named.setText("")
            self._named.setMaximumWidth(self._named.sizeHint().height())

    def say(self, key: str, more: str) -> None:
        """Write behind a tab's title how much there is, "" for nothing."""
        title = TABS[key]
        self.setTabText(list(TABS).index(key), f"{title} {more}" if more else title)
        self._fit()


def scrolled() -> QScrollArea:
    """Room for a tab's content that may be higher than a low window."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


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
