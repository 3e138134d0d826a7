"""Explaining a finding in place: a box under its sentence, written with one key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ledger.checks import Finding
from desktop.ui import theme
from desktop.ui.parts import Button


class ExplainBox(QWidget):
    """Takes the explanation of one finding. ``written`` is (finding's number, text)."""

    written = Signal(str, str)
    left = Signal()

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.text = QPlainTextEdit(finding.explanation or "")
        self.text.setPlaceholderText("写明实际情况和原因，随本周台账一起上报、打印。")
        self.text.setAccessibleName(f"{finding.title}的说明")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.current().px(84))
        self.text.installEventFilter(self)
        self.save = Button("保存说明", primary=True)
        self.save.clicked.connect(self._write)
        cancel = Button("取消")
        cancel.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.text)
        whole.addLayout(buttons)
        self.text.textChanged.connect(self._look)
        self._look()

    def begin(self) -> None:
        """Put the caret into it."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def unsaved(self) -> str:
        """What was typed and not written yet; "" for nothing."""
        typed = self.text.toPlainText().strip()
        return typed if typed != (self.finding.explanation or "").strip() else ""

    def _look(self) -> None:
        self.save.setEnabled(bool(self.text.toPlainText().strip()))

    def _write(self) -> None:
        if self.save.isEnabled():
            self.written.emit(self.finding.id, self.text.toPlainText().strip())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl+Enter writes, Esc leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._write()
                return True
        return False
