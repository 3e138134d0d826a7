"""What lies over the pages during a long work: what is being done, how far, and a way out.

It appears after half a second, so that quick things never flicker.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui import theme
from desktop.ui.parts import Button, Card
from desktop.ui.worker import Progress

#: Half a second until anything is seen, then ten looks a second.
LATE, LOOK = 500, 100


class Long(Protocol):
    """A long work: what it is called and how far it is."""

    title: str
    progress: Progress


class Overlay(QWidget):
    """Covers ``parent`` while a job runs that takes longer than a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.job: Long | None = None
        self._before: QWidget | None = None  # where the keyboard was
        self.title, self.bar, self.cancel = QLabel(), QProgressBar(), Button("取消")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)  # File names may look like tags.
        self.bar.setTextVisible(True)
        self.cancel.clicked.connect(self.stop)
        box = Card()
        box.setFixedWidth(theme.current().px(420))
        box.body.addWidget(self.title)
        box.body.addWidget(self.bar)
        box.body.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        outer = QVBoxLayout(self)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignCenter)
        self._late, self._look = QTimer(self), QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._appear)
        self._look.timeout.connect(self._show_progress)
        parent.installEventFilter(self)
        self.hide()

    def begin(self, job: Long) -> None:
        """A long work has begun."""
        self.job = job
        self.title.setText(job.title)
        self.cancel.setEnabled(True)
        self._late.start(LATE)

    def end(self, job: Long) -> None:
        """A long work is over."""
        if job is self.job:
            self.job = None
            self._late.stop()
            self._look.stop()
            held = self.cancel.hasFocus()
            self.hide()
            if held and self._before is not None and isValid(self._before):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def stop(self) -> None:
        """The person does not want it any more."""
        if self.job is not None:
            self.job.progress.cancelled = True
            self.title.setText(f"正在停止：{self.job.title}……")
            self.cancel.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels; no other key goes through."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil over what cannot be used now."""
        veil = theme.color("ground")
        veil.setAlpha(200)
        QPainter(self).fillRect(self.rect(), veil)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what lies below."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def _appear(self) -> None:
        if self.job is not None:
            self._cover()
            self._show_progress()
            self.show()
            self.raise_()
            self._before = QApplication.focusWidget()
            self.cancel.setFocus()
            self._look.start(LOOK)

    def _cover(self) -> None:
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())

    def _show_progress(self) -> None:
        if self.job is None:
            return
        progress = self.job.progress
        self.bar.setRange(0, progress.of_all)
        self.bar.setValue(progress.done)
        self.bar.setFormat(f"{progress.done} / {progress.of_all}" if progress.of_all else "")
