"""The strip over the page: which stick, how many packages are on it, what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop.ui import icons, theme
from desktop.ui.exchange.telling import Told
from desktop.ui.parts import Button, IconButton, Passage

#: Narrower than this at standard size, the buttons stand below the words.
NARROW = 640
_ICONS = {"plain": "usb", "good": "circle-check", "explain": "info", "must": "circle-x"}


class Banner(QFrame):
    """Says where packages were found; the signals give what the person wants."""

    look_wanted = Signal()
    take_wanted = Signal()
    settle_wanted = Signal()
    receipt_wanted = Signal()
    folder_wanted = Signal()
    files_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.told = Told("")
        self.mark, self.title, self.note = (
            QLabel(),
            Passage("", "big"),
            Passage("", role="ink_soft"),
        )
        self.look, self.take = Button(""), Button("", primary=True)
        self.apart, self.receipt = Button(""), Button("打印回执", icon="printer")
        self.folder = Button("选文件夹…", icon="folder-open")
        self.files = Button("选文件…", icon="file-text")
        self.folder_sign = IconButton("folder-open", "选文件夹…")
        self.files_sign = IconButton("file-text", "选文件…")
        self._arrange()
        for button, signal in (
            (self.look, self.look_wanted),
            (self.take, self.take_wanted),
            (self.apart, self.settle_wanted),
            (self.receipt, self.receipt_wanted),
            (self.folder, self.folder_wanted),
            (self.folder_sign, self.folder_wanted),
            (self.files, self.files_wanted),
            (self.files_sign, self.files_wanted),
        ):
            button.clicked.connect(signal)
        theme.notifier.changed.connect(self._draw_mark)

    def say(self, told: Told) -> None:
        """Say something else, and offer what goes with it."""
        self.told = told
        self.title.setText(told.title)
        self.title.set_role({"good": "good", "must": "must"}.get(told.tone, "ink"))
        self.note.setText(told.note or "\N{NO-BREAK SPACE}")  # Its line stays, nothing below moves.
        self.setAccessibleName("，".join(part for part in (told.title, told.note) if part))
        held = QApplication.focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        for button, text in ((self.look, told.look), (self.take, told.take)):
            button.setText(text)
            button.setVisible(bool(text))
        self.apart.setText(f"处理待定 {told.apart} 处")
        self.apart.setVisible(bool(told.apart))
        self.receipt.setVisible(told.receipt)
        for button in (self.folder, self.files):
            button.setVisible(told.roomy)
        for sign in (self.folder_sign, self.files_sign):
            sign.setVisible(not told.roomy)
        if inside and held is not None and not held.isVisibleTo(self):
            self.first().setFocus()
        self._draw_mark()

    def first(self) -> Button:
        """The button of the step that is due."""
        offered = (self.take, self.apart, self.look, self.folder)
        return next((one for one in offered if one.isVisibleTo(self)), self.folder)

    def _draw_mark(self) -> None:
        size = theme.current().px(26)
        role = "ink" if self.told.tone == "plain" else self.told.tone
        self.mark.setPixmap(icons.icon(_ICONS[self.told.tone], role).pixmap(size, size))

    def _arrange(self) -> None:
        now = theme.current()
        self.title.setStyleSheet("font-weight: bold;")
        said, words, buttons = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        words.setSpacing(now.px(2))
        words.addWidget(self.title)
        words.addWidget(self.note)
        said.setSpacing(now.gap)
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addLayout(words, 1)
        buttons.setSpacing(now.px(8))
        buttons.addStretch(1)
        offered = (self.look, self.receipt, self.apart, self.take, self.folder, self.files)
        for button in (*offered, self.folder_sign, self.files_sign):
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(now.pad, now.px(12), now.px(14), now.px(12))
        self._row.setSpacing(now.px(8))
        self._row.addLayout(said, 1)
        self._row.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand below the words where there is no room beside them."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.current().px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._row.direction():
            self._row.setDirection(way)
