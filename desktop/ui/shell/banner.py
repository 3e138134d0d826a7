"""The strip that says what went wrong, with the buttons that mend it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui import icons, theme
from desktop.ui.messages import Remedy, Warned
from desktop.ui.parts import Button
from desktop.ui.shell.bar import Bar


class Banner(Bar):
    """One warning at a time; the newest takes the place of the last. It takes no focus away.

    Over a page it floats at the bottom: what is being typed in does not move under the mouse.
    """

    def __init__(self) -> None:
        super().__init__(None, ground="must_soft")
        self.mark, self.sentence, self.advice = QLabel(), QLabel(), QLabel()
        self.buttons = QWidget()
        self._host: QWidget | None = None
        self._shown: OneLedgerError | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.sentence, self.advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # Names may look like tags.
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip("知道了（Esc）")
        self.close_button.setAccessibleName("知道了")
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.buttons)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        theme.notifier.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def float_over(self, host: QWidget) -> None:
        """Stand at the bottom of ``host``, over what is there."""
        self.setParent(host)
        self._host = host
        host.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def event(self, event: QEvent) -> bool:
        """Be as high as the words need, once they are measured."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._settle()
        return done

    def _settle(self) -> None:
        layout = self.layout()
        if self._host is not None and layout is not None:
            width, height = self._host.width(), self._host.height()
            layout.activate()
            needed = min(layout.totalHeightForWidth(width), height)
            self.setGeometry(0, height - needed, width, needed)
            self.raise_()

    def show_warning(self, warned: Warned) -> None:
        """Say it, with its remedies as buttons."""
        self._shown = warned.error
        self.sentence.setText(warned.error.sentence)
        self.advice.setText(warned.error.advice)
        self.advice.setVisible(bool(warned.error.advice))
        fresh = QWidget()
        row = QHBoxLayout(fresh)
        row.setContentsMargins(0, 0, 0, 0)
        for remedy in warned.remedies:
            button = Button(remedy.text)
            button.clicked.connect(partial(self._do, remedy))
            row.addWidget(button)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self.buttons, fresh)
        self.buttons.hide()
        self.buttons.deleteLater()
        self.buttons = fresh
        self.setAccessibleName(str(warned.error))
        self.show()
        self._settle()

    def dismiss(self) -> None:
        """The person has seen it."""
        self.hide()

    def withdraw(self, error: OneLedgerError) -> None:
        """What was said of ``error`` is mended."""
        if self._shown is error:
            self.hide()

    def _do(self, remedy: Remedy) -> None:
        self.hide()
        remedy.run()

    def _restyle(self) -> None:
        size = theme.current().px(18)
        self.mark.setPixmap(icons.icon("alert-triangle", "must").pixmap(size, size))
        self.sentence.setFont(theme.font(bold=True))
        self.close_button.setIcon(icons.icon("x", "ink"))
