"""The week being shown: one step back or forth, or any week from a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton

from desktop.ledger import periods
from desktop.ui import icons, theme
from desktop.ui.desk import Desk

#: How many weeks the list offers on each side.
AROUND = 10


class WeekPicker(QFrame):
    """‹ 2023年第9周（2月24日—3月2日） ›"""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("weekpicker")
        self.back, self.label, self.forth = QToolButton(), QToolButton(), QToolButton()
        self.back.setToolTip("上一周（Alt+←）")
        self.forth.setToolTip("下一周（Alt+→）")
        self.label.setToolTip("选择一周")
        self.back.setAccessibleName("上一周")
        self.forth.setAccessibleName("下一周")
        self.back.clicked.connect(lambda: self.step(-1))
        self.forth.clicked.connect(lambda: self.step(1))
        self.label.clicked.connect(self.choose)
        self.label.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        for button in (self.back, self.label, self.forth):
            button.setAutoRaise(True)
            row.addWidget(button)
        desk.period_changed.connect(self.show_week)
        desk.facts_changed.connect(self.show_week)
        theme.notifier.changed.connect(self._restyle)
        self._restyle()
        self.show_week()

    def show_week(self) -> None:
        """The week with its dates."""
        self.label.setText(self.desk.facts.week(self.desk.period))
        self.back.setEnabled(self._beside(-1) is not None)
        self.forth.setEnabled(self._beside(1) is not None)

    def step(self, by: int) -> None:
        """One week back (-1) or forth (1), within what can be reported."""
        beside = self._beside(by)
        if beside is not None:
            self.desk.set_period(beside)

    def menu(self) -> QMenu:
        """The weeks around the one shown, the newest first, with what they are."""
        facts, menu = self.desk.facts, QMenu(self)
        shown = periods.parse_period(self.desk.period)
        weeks = [shown]
        for _ in range(AROUND):
            later = weeks[0].next()
            if str(later) <= self._newest():
                weeks.insert(0, later)
            weeks.append(weeks[-1].previous())
        today = facts.week_of(self.desk.today())
        for week in weeks:
            mark = "　本周" if str(week) == today else ""
            latest = "　最近填报" if str(week) == facts.latest else ""
            action = menu.addAction(f"{facts.week(str(week))}{mark}{latest}")
            action.setData(str(week))
            action.setCheckable(True)
            action.setChecked(week == shown)
        menu.triggered.connect(lambda action: self.desk.set_period(action.data()))
        return menu

    def choose(self) -> None:
        """Open the list under the week."""
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _newest(self) -> str:
        """The last week that is offered: the one after this week and after the latest begun."""
        facts = self.desk.facts
        newest = max(facts.week_of(self.desk.today()), facts.latest or "")
        return str(periods.parse_period(newest).next())

    def _beside(self, by: int) -> str | None:
        shown = periods.parse_period(self.desk.period)
        beside = shown.next() if by > 0 else shown.previous()
        return str(beside) if by < 0 or str(beside) <= self._newest() else None

    def _restyle(self) -> None:
        self.back.setIcon(icons.icon("chevron-left", "ink_soft"))
        self.forth.setIcon(icons.icon("chevron-right", "ink_soft"))
        self.label.setFont(theme.font())
