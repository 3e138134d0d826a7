"""A book has begun: the recovery code for the safe, the code to be compared by telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.exchange.keys_line import CodeBoxes
from desktop.ui.exchange.keys_sheet import SheetView
from desktop.ui.parts import Button, Card, Passage
from desktop.ui.start.package import Made
from desktop.ui.start.starter import Starter

if TYPE_CHECKING:
    from desktop.reports.slips import Recovery

COMPARE = (
    "现在不用做什么。第一次上报以后，区里会打电话来：请把这 12 位读给对方，对方听着输入，"
    "完全一致才算核对上。以后在“收发”的“往来单位”里随时能看到。"
)


class BegunView(QWidget):
    """``opened`` says that the person goes on into the book."""

    opened = Signal()

    def __init__(self, starter: Starter) -> None:
        super().__init__()
        self.made: Made | None = None
        self.title = Passage("", "title")
        self.sheet = SheetView(
            lambda title, run, then, failed: starter.run(self, title, run, then, failed)
        )
        self.keep, self.compare = Card("恢复码：现在就留到纸上"), Card("核对码：等区里来电话")
        self.code = CodeBoxes(row=3, size="title")
        self.go = Button("打开账本", primary=True)
        self.wait = Passage("先打印恢复单，或抄好后点“我已抄好”。", role="ink_soft")
        room = self.wait.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.wait.setSizePolicy(room)
        self.keep.body.addWidget(self.sheet)
        self.compare.body.setSpacing(theme.current().gap)
        self.compare.body.addWidget(self.code)
        self.compare.body.addWidget(Passage(COMPARE, role="ink_soft"))
        foot, whole = QHBoxLayout(), QVBoxLayout(self)
        foot.addWidget(self.wait, 1)
        foot.addWidget(self.go, 0, Qt.AlignmentFlag.AlignRight)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().gap)
        for part in (self.title, self.keep, self.compare):
            whole.addWidget(part)
        whole.addLayout(foot)
        self.sheet.kept.connect(self._kept)
        self.go.clicked.connect(self.opened)

    def show_made(self, made: Made, sheet: Recovery) -> None:
        """Show what has to be kept of the book that was made."""
        self.made = made
        self.title.setText(f"{made.unit}的账本已建好")
        self.sheet.show_sheet(sheet)
        self.code.show_code(sheet.comparison)
        self.go.setEnabled(False)
        self.wait.show()
        self.sheet.print.setFocus()

    def _kept(self) -> None:
        self.wait.hide()
        self.go.setEnabled(True)
        self.go.setFocus()
