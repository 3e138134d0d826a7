"""The one question that waits for an answer, asked before something that one might regret."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget


def ask(parent: QWidget, question: str, advice: str, yes: str) -> bool:
    """Put ``question``; True when the person chose ``yes``. Enter and Esc both mean 取消."""
    box = QMessageBox(parent)
    box.setWindowTitle("一本账")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)  # Names may look like tags.
    box.setText(question)
    box.setInformativeText(advice)
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)  # The advice's label does not follow the box.
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go
