"""The search box of the top bar: any project by a part of its name, its code, pinyin initials."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing
from desktop.ui.parts.words import tip
from desktop.ui.shell.searching import Found, search

#: So long after the last key, in milliseconds.
PAUSE = 120
WIDTH, NARROW = 250, 130


class SearchBox(QLineEdit):
    """Shows what fits under the box; Enter opens the first, arrows choose, Esc leaves."""

    left = Signal()  # back to the page

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setPlaceholderText("查找项目")
        self.setAccessibleName("查找项目")
        self.setClearButtonEnabled(True)
        self.mark = self.addAction(
            icons.icon("search", "ink_soft"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.found = QListWidget(self)
        self.found.hide()
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName("找到的项目")
        self.found.itemClicked.connect(self._open)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda: self._pause.start(PAUSE))
        self.textChanged.connect(lambda text: self.found.hide() if not text.strip() else None)
        self.installEventFilter(self)
        theme.notifier.changed.connect(self._restyle)
        self._restyle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work on what was found; leaving the box hides it."""
        if event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.found.hide()
            self.clear()
            self.left.emit()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            item = self.found.currentItem() if self.found.isVisible() else None
            if item is not None:
                self._open(item)
            else:
                self._ask()
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.found.isVisible():
            by = 1 if key == Qt.Key.Key_Down else -1
            self.found.setCurrentRow((self.found.currentRow() + by) % self.found.count())
            return True
        return False

    def _ask(self) -> None:
        text = self.text().strip()
        if text:
            self.desk.read(self, lambda book: search(book, text), self._show, key="search")

    def _show(self, found: list[Found]) -> None:
        if not self.hasFocus():
            return
        self.found.clear()
        for one in found:
            item = QListWidgetItem(f"{one.name}　{one.unit}" if one.unit else one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.record)
            item.setToolTip(tip(one.name))
            self.found.addItem(item)
        if not found:
            nothing = QListWidgetItem("没有找到这样的项目")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(nothing)
        else:
            self.found.setCurrentRow(0)
        width = max(self.width(), theme.current().px(420))
        height = self.found.sizeHintForRow(0) * min(self.found.count(), 10) + 4
        window = self.window()
        self.found.setParent(window)  # Over the page, not beside the window.
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 2))
        self.found.setGeometry(corner.x(), corner.y(), width, height)
        self.found.show()
        self.found.raise_()

    def _open(self, item: QListWidgetItem) -> None:
        record = item.data(Qt.ItemDataRole.UserRole)
        if record:
            self.found.hide()
            self.clear()
            subject = self.desk.facts.scheme.head.subject
            self.desk.go("project", Landing(register=subject, record=record))

    def _restyle(self) -> None:
        self.setMinimumWidth(theme.current().px(NARROW))
        self.setMaximumWidth(theme.current().px(WIDTH))
        self.mark.setIcon(icons.icon("search", "ink_soft"))
