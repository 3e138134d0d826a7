"""收报: how many units' weeks are in, and who is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange.below import Received
from desktop.ui.parts import Card, Figure, LinkRow, Passage
from desktop.ui.parts.words import tip


class ReceivedCard(Card):
    """Counts the weeks that are in; leads to the units' weeks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("收报")
        self.figure, self.bar = Figure(), QProgressBar()
        self.missing = Passage("")
        self.units = LinkRow("", "逐个单位接收、退回", "本周工作", "accent")
        self.bar.setTextVisible(False)
        self.body.setSpacing(theme.current().px(8))
        for part in (self.figure, self.bar, self.missing, self.units):
            self.body.addWidget(part)
        self.units.clicked.connect(lambda: desk.go("week"))

    def show_received(self, received: Received) -> None:
        """Whose week is in."""
        self.set_title(received.title)
        self.figure.set_figure(str(received.arrived), f"/ {received.all} 个单位")
        self.bar.setRange(0, max(received.all, 1))
        self.bar.setValue(received.arrived)
        self.missing.setText(f"■ {received.words}" if received.missing else received.words)
        self.missing.setToolTip(tip("\n".join(received.missing)))
        self.missing.set_role("must" if received.missing else "good")
        self.bar.setVisible(bool(received.all))
        self.setAccessibleDescription(f"{received.arrived} / {received.all}，{received.words}")
