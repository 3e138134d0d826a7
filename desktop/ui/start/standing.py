"""This PC has a book of the unit already: open it, or say that another one is really meant."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Button, Flow, Passage, Words
from desktop.ui.parts.words import tip
from desktop.ui.start import places

ADVICE = (
    "请打开它继续填报；对方新写的包，在“收发”里装入，不用再建账。"
    "同一个单位在一台电脑上有两本账，填的、报的会对不上。"
    "只有原来的账本确实不能再用、上级要求重新建账时，才另建一本。"
)
#: So much of the path is shown, its end at any rate.
LONGEST = 72


class StandingNote(QWidget):
    """``opened`` gives the book that is there; ``another`` says that a second one is meant."""

    opened = Signal(object)  # Path
    another = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path = Path()
        self.said, self.where = Passage("", role="explain"), Words("")
        self.open, self.anew = Button("打开它", primary=True), Button("仍要另建一本……")
        row = QWidget()
        buttons, whole = Flow(row), QVBoxLayout(self)
        buttons.addWidget(self.open)
        buttons.addWidget(self.anew)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(8))
        for part in (self.said, self.where, Passage(ADVICE, role="ink_soft"), row):
            whole.addWidget(part)
        self.open.clicked.connect(lambda: self.opened.emit(self.path))
        self.anew.clicked.connect(self.another)

    def show_book(self, unit: str, path: Path) -> None:
        """Say whose book lies where."""
        self.path = path
        self.said.setText(f"这台电脑上已有{unit}的账本：")
        self.where.set_text(places.told(path, LONGEST))
        self.where.setToolTip(tip(str(path)))
