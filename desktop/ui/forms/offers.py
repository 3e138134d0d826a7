"""The list of offers under a line: it never takes the focus, so that one goes on typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.parts.words import tip

#: So many offers are seen at once.
SEEN = 10


class OfferList(QListWidget):
    """Floats over the window under ``field``; ``taken`` says the row that was clicked."""

    taken = Signal(int)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("可选项")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))
        field.destroyed.connect(self.deleteLater)

    def offer(self, texts: Sequence[str], row: int) -> None:
        """Show these offers, ``row`` chosen (-1: none)."""
        self.clear()
        self.addItems(list(texts))
        for at, text in enumerate(texts):
            self.item(at).setToolTip(tip(text))
        self.setCurrentRow(row)
        self._place()
        self.show()
        self.raise_()
        if row >= 0:
            self.scrollToItem(self.item(row))

    def texts(self) -> list[str]:
        """What is offered; nothing while the list is hidden."""
        if self.isHidden():
            return []
        return [self.item(row).text() for row in range(self.count())]

    def move_by(self, rows: int) -> None:
        """Choose another offer, within the list."""
        last = self.count() - 1
        now = self.currentRow()
        begin = -1 if now < 0 and rows > 0 else now
        self.setCurrentRow(max(0, min(begin + rows, last)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = isinstance(event, QResizeEvent) and event.oldSize().isValid()
        if resized or event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Under the field, over it where the window ends."""
        window, field = self._field.window(), self._field
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
            area = field.parentWidget()
            while area is not None:
                if isinstance(area, QScrollArea):
                    area.verticalScrollBar().valueChanged.connect(self.hide)
                area = area.parentWidget()
        now = theme.current()
        rows = min(self.count(), SEEN)
        height = max(self.sizeHintForRow(0), now.px(24)) * rows + 2 * self.frameWidth() + now.px(4)
        width = max(field.width(), now.px(120))
        corner = field.mapTo(window, QPoint(0, field.height() + 2))
        if corner.y() + height > window.height():
            above = field.mapTo(window, QPoint(0, -2)).y() - height
            corner.setY(max(above, 0) if above >= 0 else max(window.height() - height, 0))
        self.setGeometry(corner.x(), corner.y(), width, height)
