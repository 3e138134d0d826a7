"""The page's two columns: what comes in, and beside it the cards of what goes out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme

#: Width of the cards on the right, at standard size; their largest share of the page.
ASIDE, SHARE = 340, 0.36


class Column(QWidget):
    """Things one under another, as low as they can be before they scroll."""

    def __init__(self, parts: Sequence[QWidget], *, last_grows: bool) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().gap)
        for part in parts:
            layout.addWidget(part, 1 if last_grows and part is parts[-1] else 0)
        if not last_grows:
            layout.addStretch(1)

    def heightForWidth(self, width: int) -> int:
        """As low as it can be: lists scroll by themselves before the column does."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else 0


class Scrolled(QScrollArea):
    """A column that scrolls where there is too little room; it is no stop of the Tab key."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(column)


class Columns(QObject):
    """Lays ``parts`` one under another on the left, the last takes the room; ``cards`` beside."""

    def __init__(self, page: QWidget, parts: Sequence[QWidget], cards: Sequence[QWidget]) -> None:
        super().__init__(page)
        self._page, now = page, theme.current()
        self.main = Scrolled(Column(parts, last_grows=True))
        self.aside = Scrolled(Column(cards, last_grows=False))
        whole = QHBoxLayout(page)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.gap)
        whole.setSpacing(now.gap)
        whole.addWidget(self.main, 1)
        whole.addWidget(self.aside)
        page.installEventFilter(self)
        self._measure()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the page's width and the person's size of type."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._measure()
        return False

    def _measure(self) -> None:
        now = theme.current()
        most = max(now.px(220), round(self._page.width() * SHARE))
        self.aside.setFixedWidth(min(now.px(ASIDE), most))
