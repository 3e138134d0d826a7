"""Several choices at once: a line that says them, and under it the list with a mark at each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ledger import values
from desktop.ledger.definitions import Field
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.forms.editor import Editor
from desktop.ui.forms.initials import fits
from desktop.ui.forms.popup import show_below
from desktop.ui.forms.typed import chosen

_OPENS = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_F2, Qt.Key.Key_F4)


class Checklist(Editor):
    """The items of a code list that apply; Space, Down or a click opens the list."""

    def __init__(self, desk: Desk, field: Field) -> None:
        line = QLineEdit()
        super().__init__(desk, field, line)
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # chosen, not typed
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        line.setAcceptDrops(False)
        self.hint = self.hint or "可选多项，按空格打开"
        self._open = QAction(icons.icon("chevron-down", "ink_soft"), "打开列表", line)
        self._open.triggered.connect(self.open_list)
        line.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    def value(self) -> Any:
        if not self.dirty:
            return self.stored
        items = [item for item in self.text().split("、") if item]
        return values.admit(self.desk.facts.scheme, self.field, items)

    def set_closed(self, closed: bool) -> None:
        super().set_closed(closed)
        self._open.setVisible(not closed)

    def items(self) -> list[str]:
        """What may be chosen; retired items only where the book holds them."""
        codes = self.desk.facts.scheme.code_list(self.field)
        held = chosen(self.stored)
        if codes is None:
            return list(held)
        return [item.name for item in codes.items if not item.retired or item.name in held]

    def open_list(self) -> None:
        """Show the list under the line."""
        if self.closed:
            return
        self.inner.setFocus()
        popup = MarkedList(self, self.items(), self.text().split("、"))
        popup.decided.connect(self._choose)
        self.hear_finish(popup, popup.close)
        popup.setMinimumWidth(self.width())
        show_below(popup, self)
        popup.list.setFocus()

    def _choose(self, items: list[str]) -> None:
        self._set_text("、".join(items))
        if self.dirty:
            self.typed.emit()
        self.left.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        if self.closed:
            return super()._pressed(event)
        if event.key() in _OPENS:
            self.open_list()
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose([])
            return True
        writes = event.text().isprintable() and bool(event.text())
        return super()._pressed(event) or writes or event.matches(QKeySequence.StandardKey.Paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.inner and event.type() == QEvent.Type.MouseButtonRelease:
            self.open_list()
        return super().eventFilter(watched, event)


class MarkedList(QFrame):
    """Items with a mark at each. Space or a click marks, Enter or a click elsewhere decides, Esc
    leaves all as it was; letters go to the item whose initials they are."""

    decided = Signal(list)  # the marked items, in the order of the list

    def __init__(self, parent: QWidget, items: Sequence[str], marked: Collection[str]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("part", "card")
        self.list = QListWidget()
        for item in items:
            row = QListWidgetItem(item, self.list)
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            row.setCheckState(_state(item in marked))
        self.list.setCurrentRow(0)
        self.list.itemClicked.connect(_turn)
        self.list.installEventFilter(self)
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        edge = theme.current().px(4)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._kept = True

    def marked(self) -> list[str]:
        """The items that are marked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return [row.text() for row in rows if row.checkState() == Qt.CheckState.Checked]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Space:
                _turn(self.list.currentItem())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self.close()
            case Qt.Key.Key_Escape:
                self._kept = False
                self.close()
            case _ if event.text().isalnum():
                self._go_to(event.text())
            case _:
                return False
        return True

    def _go_to(self, letter: str) -> None:
        """To the next item that begins with the letter, round the end."""
        fit = fits(letter)
        count, now = self.list.count(), self.list.currentRow()
        for step in range(1, count + 1):
            row = (now + step) % count
            if fit(self.list.item(row).text()[:1]):
                self.list.setCurrentRow(row)
                return

    def hideEvent(self, event: QHideEvent) -> None:
        if self._kept:
            self._kept = False
            self.decided.emit(self.marked())
        super().hideEvent(event)


def _state(marked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked


def _turn(row: QListWidgetItem | None) -> None:
    if row is not None:
        row.setCheckState(_state(row.checkState() != Qt.CheckState.Checked))
