"""The page 本周工作: the first thing that a clerk sees, and the way to everything else."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.week.district_level import DistrictLevel
from desktop.ui.week.level import Level
from desktop.ui.week.township_level import TownshipLevel


class WeekPage(Page):
    """本周工作; a unit that reports sees its own week, another one those of the units below."""

    name, title, icon = "week", "本周工作", "home"
    hints = "Tab 换一处　↑↓ 换一行　Enter 打开"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.level: Level = TownshipLevel(self) if desk.facts.reports else DistrictLevel(self)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.level.view)
        area.setFocusPolicy(area.focusPolicy().NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def refresh(self) -> None:
        """Read the week anew."""
        self.level.refresh()

    def land(self, landing: Landing) -> None:
        """Go to the list of findings, or to a unit."""
        self.level.land(landing)

    def showEvent(self, event: QShowEvent) -> None:
        """What was done on other pages shows."""
        super().showEvent(event)
        self.level.shown()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the next step."""
        self.level.first().setFocus(event.reason())
