"""The grid ready for work: view, sheet and find bar joined, every key and the clipboard included.

A page puts a headline above it and an aside beside it; the lists show their sheets through it too.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms import initials
from desktop.ui.grid.blocks import Blocks
from desktop.ui.grid.find_bar import FindBar
from desktop.ui.grid.searching import Searching
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.grid.view import GridView


class Body(QWidget):
    """``told`` is a sentence that should stay until it is read: what a paste left out."""

    told = Signal(str)
    pasted_other = Signal()  # Ctrl+V with something that is no text: a picture, files

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = SheetModel(desk, self)
        self.view = GridView(self, matches=_matches, today=desk.today)
        self.view.set_model(self.model)
        self.blocks = Blocks(self.view, self.model)
        self._left_out, self._red = "", 0  # of the last paste
        self.bar = FindBar()
        self.bar.hide()
        self.searching = Searching(self.bar, self.view, self.model, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(8))
        whole.addWidget(self.view, 1)
        whole.addWidget(self.bar)
        self._connect()

    def search(self, *, replace: bool = False) -> None:
        """Open the bar for find, or for find and replace."""
        if self.view.commit_open_editor():
            self.searching.open(replace=replace)

    def accept(self) -> None:
        """Take what the empty cells of the selection propose (Ctrl+')."""
        block = self.view.block()
        self.model.accept([(row, column) for row in block.rows for column in block.columns])

    def undo(self) -> None:
        """Take back the latest act; a text that is being typed is taken back by its editor."""
        if self.view.commit_open_editor():
            self.desk.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.view.commit_open_editor():
            self.desk.redo()

    def paste(self) -> None:
        """Paste cells; what is no text is the page's business."""
        if self.blocks.holds_text():
            self._left_out, self._red = "", 0
            self._left_out = self.blocks.paste()
            self._tell_paste()
        else:
            self.pasted_other.emit()

    def _connect(self) -> None:
        view, blocks = self.view, self.blocks
        view.copy_requested.connect(lambda: self._say(blocks.copy()))
        view.cut_requested.connect(lambda: self._say(blocks.cut()))
        view.paste_requested.connect(self.paste)
        view.fill_down_requested.connect(lambda: self._say(blocks.fill_down()))
        view.delete_requested.connect(lambda: self._say(blocks.empty()))
        view.find_requested.connect(self.search)
        view.replace_requested.connect(lambda: self.search(replace=True))
        view.undo_requested.connect(self.undo)
        view.redo_requested.connect(self.redo)
        self.model.said.connect(self.desk.say)
        self.model.kept_red.connect(self._kept_red)
        self.bar.closed.connect(self._close_bar)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+'", self.accept),
            ("Ctrl+H", lambda: self.search(replace=True)),
        )
        for key, run in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _close_bar(self) -> None:
        self.bar.hide()
        self.view.setFocus()

    def _kept_red(self, count: int, sentence: str, act: str) -> None:
        """A block had cells that nobody can read; those of a paste are told with what it left."""
        if act.startswith("粘贴"):
            self._red += count
            self._tell_paste()
        else:
            self.desk.say(f"有 {count} 格没有写入，已标红并保留原样：{sentence}")

    def _tell_paste(self) -> None:
        red = f"有 {self._red} 格读不懂，已标红并保留原样。" if self._red else ""
        self.told.emit(self._left_out + red)

    def _say(self, sentence: str) -> None:
        if sentence:
            self.desk.say(sentence)


def _matches(typed: str, choice: str) -> bool:
    """Whether what is typed may mean a choice: a part of it or its pinyin initials."""
    return initials.fits(typed)(choice)
