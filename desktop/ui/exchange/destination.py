"""Where a package is to be written: a button for each stick, and one for a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.exchange.volumes import Volume
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import asking
from desktop.ui.exchange.asking import AskFolder
from desktop.ui.exchange.words import size_in_words, stick_in_words
from desktop.ui.parts import Button, Flow, Passage
from desktop.ui.parts.words import tip


class Destination(QWidget):
    """``chosen`` gives the folder to write into; ``verb`` is what the buttons say (写到).

    ``ask`` reaches outside: the system's dialog for a folder.
    """

    chosen = Signal(object)  # Path

    def __init__(self, desk: Desk, verb: str = "写到", *, primary: bool = True) -> None:
        super().__init__()
        self._desk, self._verb, self._primary = desk, verb, primary
        self.ask: AskFolder = asking.ask_for_folder
        self.sticks: list[Button] = []
        self._sticks: tuple[Volume, ...] = ()
        self.folder = Button("选文件夹…")
        self.folder.setToolTip("写到本机或共享的文件夹里")
        self.folder.clicked.connect(self.ask_folder)
        self._place = QWidget()  # holds the place in the order of Tab
        self._row = QWidget()
        self.refused = Passage("", "small", "must")  # why a button is grey
        self.refused.hide()
        self._flow = Flow(self._row, gap=theme.current().px(8))
        self._flow.addWidget(self.folder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(6))
        whole.addWidget(self._row)
        whole.addWidget(self.refused)
        policy = self._row.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self._row.setSizePolicy(policy)

    def show_sticks(self, sticks: Sequence[Volume]) -> None:
        """Offer these sticks."""
        if tuple(sticks) == self._sticks:
            return
        self._sticks = tuple(sticks)
        held = any(button.hasFocus() for button in self.sticks)
        for button in self.sticks:
            self._flow.removeWidget(button)
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._flow.removeWidget(self.folder)
        self.sticks = [self._button(stick) for stick in sticks]
        for button in (*self.sticks, self.folder):
            self._flow.addWidget(button)
        for earlier, later in pairwise((*self.sticks, self.folder)):
            QWidget.setTabOrder(earlier, later)
        if held:
            (self.sticks[0] if self.sticks else self.folder).setFocus()
        locked = [stick_in_words(stick) for stick in sticks if stick.read_only]
        self.refused.setText(
            f"{'、'.join(locked)} 写保护，不能写入：把U盘的写保护开关拨开，或换一个U盘、选文件夹。"
        )
        self.refused.setVisible(bool(locked))
        self._row.updateGeometry()
        self.updateGeometry()

    def set_verb(self, verb: str, *, primary: bool) -> None:
        """Let the buttons say something else; ``primary`` for the next step."""
        if (verb, primary) != (self._verb, self._primary):
            self._verb, self._primary = verb, primary
            sticks, self._sticks = self._sticks, ()
            self.show_sticks(sticks)

    def first(self) -> Button:
        """The button that is nearest at hand."""
        return self.sticks[0] if self.sticks else self.folder

    def ask_folder(self) -> None:
        """Let the person choose a folder; it is remembered."""
        chosen = self.ask(self.window(), "写到哪个文件夹", asking.folder(self._desk.memory))
        if chosen is not None:
            self._desk.memory.put(asking.FOLDER, str(chosen))
            self.chosen.emit(chosen)

    def _button(self, stick: Volume) -> Button:
        button = Button(f"{self._verb}{stick_in_words(stick)}", primary=self._primary, icon="usb")
        button.setParent(self._row)
        button.setProperty("stick", str(stick.path))
        free = f"{stick.path}，剩余 {size_in_words(stick.free)}"
        button.setToolTip(tip("写保护，不能写入" if stick.read_only else free))
        button.setEnabled(not stick.read_only)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(partial(self._choose, stick.path))
        button.show()
        return button

    def _choose(self, path: Path) -> None:
        self.chosen.emit(path)
