"""The charts beside the table: completion against the schedule, below it one of the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.figures.drawings import Chart
from desktop.ui.parts import Card, ChipRow, Words


class ChartsBeside(QWidget):
    """Two cards; ``opened`` tells the key of a clicked bar."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self._charts: Sequence[Chart] = ()
        self._wanted = ""
        self.completion = ChartView()
        self.which = ChipRow()
        self.unit = Words("", "small", "ink_soft", right=True)
        self.other = ChartView()
        upper, lower = Card("完成率与序时进度"), Card()
        upper.body.addWidget(self.completion, 1)
        head = QHBoxLayout()
        head.addWidget(self.which, 1)
        head.addWidget(self.unit)
        lower.body.addLayout(head)
        lower.body.addWidget(self.other, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.gap)
        whole.addWidget(upper, 5)
        whole.addWidget(lower, 4)
        self.which.chosen.connect(self.choose)
        self.completion.chosen.connect(self.opened)
        self.other.chosen.connect(self.opened)

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Show the first of ``charts`` above, the chosen one of the others below."""
        self._charts = charts
        first, *others = charts
        self.completion.setAccessibleName(first.title)
        self.completion.show_drawing(first.at())
        self.which.set_chips([(chart.name, chart.short, None) for chart in others])
        self._draw()

    def chosen(self) -> str:
        """The name of the chart below, "" before one was chosen."""
        return self._wanted

    def choose(self, name: str) -> None:
        """Show another chart below; the first of them where there is none of this name."""
        self._wanted = name
        if self._charts:
            self._draw()

    def _draw(self) -> None:
        self.which.choose(self._wanted)
        current = self.which.current()
        chart = next(chart for chart in self._charts[1:] if chart.name == current)
        self.unit.set_text(f"单位：{chart.unit}" if chart.unit else "")
        self.other.setAccessibleName(chart.title)
        self.other.show_drawing(chart.at())
