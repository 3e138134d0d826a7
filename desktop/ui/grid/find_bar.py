"""The bar for find and replace below the grid (Ctrl+F, Ctrl+H): next, previous, one, all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit

from desktop.ui import theme
from desktop.ui.grid.replacing import Search
from desktop.ui.parts import Button, IconButton, Words


class FindBar(QFrame):
    """``sought`` is (Search, backwards), ``replaced`` (Search, by what, all of them)."""

    sought = Signal(object, bool)
    replaced = Signal(object, str, bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.wanted, self.by = QLineEdit(), QLineEdit()
        self.wanted.setPlaceholderText("查找")
        self.wanted.setAccessibleName("查找")
        self.by.setPlaceholderText("替换为")
        self.by.setAccessibleName("替换为")
        self.whole = QCheckBox("整格相同")
        self.inside = QCheckBox("只在选中的格里")
        self.said = Words("", "small", "ink_soft")
        self.next = Button("下一个")
        self.previous = Button("上一个")
        self.one = Button("替换")
        self.all = Button("全部替换")
        close = IconButton("x", "关闭　Esc")
        close.clicked.connect(self.closed)
        self.next.clicked.connect(lambda: self.sought.emit(self.search(), False))
        self.previous.clicked.connect(lambda: self.sought.emit(self.search(), True))
        self.one.clicked.connect(lambda: self._replace(False))
        self.all.clicked.connect(lambda: self._replace(True))
        self.wanted.textChanged.connect(self._look)
        lines = QGridLayout(self)
        lines.setContentsMargins(theme.current().gap, 6, theme.current().gap, 6)
        lines.setSpacing(theme.current().px(8))
        for line, widgets in enumerate(
            (
                (self.wanted, self.previous, self.next, self.whole, self.said),
                (self.by, self.one, self.all, self.inside),
            )
        ):
            for at, widget in enumerate(widgets):
                lines.addWidget(widget, line, at)
        lines.addWidget(close, 0, 5)
        lines.setColumnStretch(0, 3)
        lines.setColumnStretch(4, 2)
        self._look()

    def open(self, *, replace: bool, text: str = "") -> None:
        """Show the bar, with the part for replacing or without."""
        for widget in (self.by, self.one, self.all, self.inside):
            widget.setVisible(replace)
        if text and "\n" not in text:
            self.wanted.setText(text)
        self.say("")
        self.show()
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.selectAll()

    def search(self) -> Search:
        """What is looked for."""
        return Search(self.wanted.text(), self.whole.isChecked())

    def say(self, sentence: str) -> None:
        """What was found or replaced."""
        self.said.set_text(sentence)

    def _replace(self, every: bool) -> None:
        self.replaced.emit(self.search(), self.by.text(), every)

    def _look(self) -> None:
        for button in (self.next, self.previous, self.one, self.all):
            button.setEnabled(bool(self.wanted.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self.wanted.text():
                self.sought.emit(self.search(), back)
        else:
            super().keyPressEvent(event)
