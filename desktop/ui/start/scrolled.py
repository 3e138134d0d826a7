"""Columns of the first start: in the middle of the window, scrolled where it is low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme


def middle(widget: QWidget) -> QVBoxLayout:
    """A widget in the middle of the height."""
    column = QVBoxLayout()
    column.addStretch(2)
    column.addWidget(widget)
    column.addStretch(3)
    return column


def scrolled(column: QVBoxLayout) -> QScrollArea:
    """A column in the middle of the width, scrolled where the window is low."""
    now, inside, area = theme.current(), QWidget(), QScrollArea()
    inside.setObjectName("page")
    row = QHBoxLayout(inside)
    row.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
    row.addStretch(1)
    row.addLayout(column, 6)
    row.addStretch(1)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
