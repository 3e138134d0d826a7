"""The switch of the lists: one tab for each, with how many are open and a mark for late ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar

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
                self.setTabButton(at, QTabBar.ButtonPosition.RightSide, Badge())
        for at, one in enumerate(tallies):
            self.setTabText(at, f"{one.title} {one.open}" if one.open else one.title)
            badge = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
            if isinstance(badge, Badge):
                badge.set_count(one.late)
                badge.setAccessibleName(f"逾期 {one.late}")
            late = f"，逾期 {one.late}" if one.late else ""
            self.setTabToolTip(at, f"{one.title}：未办结 {one.open}{late}")
        self._quiet = False
        self.choose(chosen)

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
