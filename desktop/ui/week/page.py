"""The page 本周工作: the first thing that a clerk sees, and the way to everything else."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from desktop.exchange.volumes import volumes
from desktop.ui.desk import Desk
from desktop.ui.exchange.watching import Source, StickWatch
from desktop.ui.page import Landing
from desktop.ui.week.district_level import DistrictLevel
from desktop.ui.week.level import Level, Watching
from desktop.ui.week.township_level import TownshipLevel


class WeekPage(Watching):
    """本周工作; a unit that reports sees its own week, another one those of the units below.

    ``source`` says which sticks are put in.
    """

    name, title, icon = "week", "本周工作", "home"
    hints = "Tab 换一处　↑↓ 换一行　Enter 打开"

    def __init__(self, desk: Desk, source: Source = volumes) -> None:
        super().__init__(desk)
        self.watch = StickWatch(self, source)
        self.watch.timer.stop()
        self.level: Level = TownshipLevel(self) if desk.facts.reports else DistrictLevel(self)
        self.watch.changed.connect(self.level.shown)
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
        self.watch.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the page 收发 notices sticks itself."""
        super().hideEvent(event)
        self.watch.timer.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the next step."""
        self.level.first().setFocus(event.reason())
