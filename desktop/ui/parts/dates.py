"""A calendar to choose a day from: Monday first, weekends in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget

from desktop.ui import theme


class Calendar(QCalendarWidget):
    """A month at a time; Qt's own red of the weekends is hard to read, light or dark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setGridVisible(False)
        self._colour()

    def _colour(self) -> None:
        head, plain, weekend = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        head.setForeground(theme.color("ink_soft"))
        head.setBackground(theme.color("card"))
        plain.setForeground(theme.color("ink"))
        weekend.setForeground(theme.color("must"))
        self.setHeaderTextFormat(head)
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, weekend if day in _WEEKEND else plain)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour()


_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
