"""The switch of the lists: one tab for each, with how many are open and a mark for late ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from desktop.ui import theme
from desktop.ui.lists.reading import Tally
from desktop.ui.parts import Badge


class Switch(QTabBar):
    """``chosen`` names the register whose tab was chosen by the person."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setAccessibleName("清单")
        self._quiet = False
        self.currentChanged.connect(self._changed)

    def show_tallies(self, tallies: Sequence[Tally]) -> None:
        """Show these lists with their counts; the chosen one stays chosen."""
        chosen = self.current()
        self._quiet = True
        names = [str(self.tabData(at)) for at in range(self.count())]
        if names != [one.register for one in tallies]:
            while self.count():
                self.removeTab(0)
            for one in tallies:
                at = self.addTab(one.title)
                self.setTabData(at, one.register)
        for at, one in enumerate(tallies):
            self.setTabText(at, f"{one.title} {one.open}" if one.open else one.title)
            self._mark(at, one.late)
            late = f"，逾期 {one.late}" if one.late else ""
            self.setTabToolTip(at, f"{one.title}：未办结 {one.open}{late}")
        self._quiet = False
        self.choose(chosen)

    def late(self, at: int) -> int:
        """The number on the badge of a tab, 0 without one."""
        badge = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
        return badge.late if isinstance(badge, _Late) else 0

    def _mark(self, at: int, late: int) -> None:
        """A tab takes the size that its badge has when it is put on: each count is a new one."""
        if self.late(at) != late:
            before = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
            self.setTabButton(at, QTabBar.ButtonPosition.RightSide, _Late(late))
            if before is not None:
                before.deleteLater()

    def current(self) -> str:
        """The register whose tab is chosen, "" for none."""
        at = self.currentIndex()
        return str(self.tabData(at)) if at >= 0 else ""

    def choose(self, register: str) -> None:
        """Choose a tab without a word."""
        self._quiet = True
        for at in range(self.count()):
            if self.tabData(at) == register:
                self.setCurrentIndex(at)
        self._quiet = False

    def _changed(self, at: int) -> None:
        if not self._quiet and at >= 0:
            self.chosen.emit(str(self.tabData(at)))


class _Late(QWidget):
    """The badge of a tab with some room to its right; nothing without late items."""

    def __init__(self, late: int) -> None:
        super().__init__()
        self.late = late
        self.setAccessibleName(f"逾期 {late}")
        badge = Badge(late)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.current().px(8), 0)
        row.addWidget(badge)
        self.setFixedSize(self.sizeHint() if late else QSize(0, 0))
