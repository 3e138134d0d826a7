"""The help on the screen: contents at the left, the text at the right, a search above."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.help import topics
from desktop.ui.help.reader import Reader
from desktop.ui.parts import Card, IconButton

_NAME = Qt.ItemDataRole.UserRole


class HelpPane(QWidget):
    """``shown`` tells the name of the text that is being read."""

    shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search, self.contents, self.reader = QLineEdit(), QListWidget(), Reader()
        self.side = QWidget()
        self.back = IconButton("arrow-left", "回到刚才看的（Alt+←）")
        self.current = ""
        self._seen: list[str] = []
        self._arrange()
        self._show_contents()
        self.back.setEnabled(False)

    def open(self, name: str) -> None:
        """Read the text called ``name``."""
        found = topics.topic(name)
        if self.current and self.current != found.name:
            self._seen.append(self.current)
        self._read(found)

    def open_at(self, page: str) -> None:
        """Read what belongs to a page of the window."""
        self.search.clear()
        self.open(topics.topic_of(page))

    def go_back(self) -> None:
        """Read again what was read before."""
        if self._seen:
            self._read(topics.topic(self._seen.pop()))

    def _read(self, found: topics.Topic) -> None:
        self.current = found.name
        self.reader.read(found.text)
        self._mark()
        self.back.setEnabled(bool(self._seen))
        words = self.search.text().split()
        if words:
            self.reader.find(words[0])
        self.shown.emit(found.name)

    def _mark(self) -> None:
        """Mark the present text among the contents, without a word."""
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if item.data(_NAME) == self.current:
                self.contents.setCurrentItem(item)
        self.contents.blockSignals(False)

    def _show_contents(self) -> None:
        """All texts, or those in which the searched words stand."""
        words = self.search.text().strip()
        self.contents.blockSignals(True)
        self.contents.clear()
        if words:
            for hit in topics.search(words):
                self._add(hit.topic, f"{hit.topic.title}\n{hit.line}")
        else:
            for one in topics.topics():
                self._add(one, one.title)
        if words and not self.contents.count():
            nothing = QListWidgetItem(f"没有找到“{words}”", self.contents)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self.contents.blockSignals(False)
        self._mark()

    def _add(self, one: topics.Topic, words: str) -> None:
        item = QListWidgetItem(words, self.contents)
        item.setData(_NAME, one.name)
        item.setToolTip(words)

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME):
            self.open(item.data(_NAME))

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path().endswith(".md"):
            self.open(link.path().removesuffix(".md"))
        elif link.scheme() == "file":
            QDesktopServices.openUrl(link)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Left:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        now = theme.current()
        self.search.setPlaceholderText("在帮助里查找")
        self.search.setClearButtonEnabled(True)
        self.contents.setAccessibleName("目录")
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader.setAccessibleName("正文")
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addWidget(self.search, 1)
        left = QVBoxLayout()
        left.addLayout(top)
        left.addWidget(self.contents, 1)
        self.side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(now.gap, now.gap, now.gap, now.gap)
        whole.setSpacing(now.gap)
        whole.addWidget(self.side)
        sheet = Card()
        sheet.body.addWidget(self.reader)
        whole.addWidget(sheet, 1)
        self.back.clicked.connect(self.go_back)
        self.search.textChanged.connect(self._show_contents)
        self.search.returnPressed.connect(lambda: self._picked(self.contents.item(0)))
        self.contents.currentItemChanged.connect(self._picked)
        self.reader.anchorClicked.connect(self._follow)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def _measure(self) -> None:
        self.side.setFixedWidth(theme.current().px(260))
