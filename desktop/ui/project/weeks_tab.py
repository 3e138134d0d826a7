"""The weeks of a project: completion against the schedule as a curve, then every week's row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.reports.charts.progress import progress_curve
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.parts import Card, Empty
from desktop.ui.project.reading import Weeks
from desktop.ui.project.table_view import TableModel, TableView

#: The height of the curve at size 1.0.
HIGH = 132


class WeeksTab(QWidget):
    """Shows :class:`Weeks`; ``opened`` says the week whose row is to be filled in the grid."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        now = theme.current()
        self.curve = Card("年度计划完成率与序时进度")
        self.chart = ChartView()
        self.chart.setFixedHeight(now.px(HIGH))
        self.curve.body.addWidget(self.chart)
        self.model = TableModel(self)
        self.view = TableView(self.model)
        self.view.opened.connect(self.opened)
        self.empty = Empty("还没有填过台账", "点右上的“打开台账”填报本周。")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, now.gap, 0, 0)
        whole.setSpacing(now.gap)
        for widget in (self.curve, self.view, self.empty):
            whole.addWidget(widget, 0 if widget is self.curve else 1)

    def show_weeks(self, weeks: Weeks) -> None:
        """Show a project's weeks."""
        before = self.view.chosen()
        self.curve.setVisible(any(week.done is not None for week in weeks.curve))
        if weeks.curve:
            curve = weeks.curve
            self.chart.show_drawing(lambda width, height: progress_curve(curve, width, height))
        if weeks.table != self.model.table:
            self.model.show(weeks.table)
            self.view.choose(before)
        self.view.setVisible(bool(weeks.table.rows))
        self.empty.setVisible(not weeks.table.rows)
