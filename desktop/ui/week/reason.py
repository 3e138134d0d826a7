"""A small question that wants a written reason: returning a week."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Button


class ReasonDialog(QDialog):
    """Asks for a reason; ``reason`` is what was written, ``yes`` the button's text."""

    def __init__(self, parent: QWidget, question: str, advice: str, yes: str) -> None:
        super().__init__(parent)
        now = theme.current()
        self.setWindowTitle(yes)
        self.text, self.go, self.stay = QPlainTextEdit(), Button(yes, primary=True), Button("取消")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("原因")
        self.text.setPlaceholderText("必填，对方会看到这一段")
        self.text.setFixedHeight(now.px(96))
        asked, advised = QLabel(question), QLabel(advice)
        asked.setFont(theme.font("big", bold=True))
        whole, buttons = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        whole.setSpacing(now.gap)
        for label in (asked, advised):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            whole.addWidget(label)
        whole.addWidget(self.text)
        buttons.addStretch(1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.go)
        whole.addLayout(buttons)
        self.setMinimumWidth(now.px(460))
        self.stay.setAutoDefault(False)
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.text.textChanged.connect(self._judge)
        self._judge()
        self.text.setFocus()

    @property
    def reason(self) -> str:
        """What was written."""
        return self.text.toPlainText().strip()

    def _judge(self) -> None:
        self.go.setEnabled(bool(self.reason))
