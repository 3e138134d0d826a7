"""One editor per type of field; :func:`editor` makes the right one.

Lines for text, figures, codes and telephones, a growing box for long text, a line with a calendar
for dates; choices and links have rooms of their own.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.forms import typed
from desktop.ui.forms.checklist import Checklist
from desktop.ui.forms.choosing import Choice, UnitName
from desktop.ui.forms.editor import Editor
from desktop.ui.forms.picker import Picker
from desktop.ui.forms.popup import show_below
from desktop.ui.parts import Calendar, Words

#: Types whose figures stand at the right edge.
FIGURES = frozenset({"money", "number", "percent", "integer"})


def editor(desk: Desk, field: Field) -> Editor:
    """The editor for a field of this type."""
    match field.type:
        case "choice" | "flag":
            return Choice(desk, field)
        case "choices":
            return Checklist(desk, field)
        case "unit":
            return UnitName(desk, field)
        case "link":
            return Picker(desk, field)
        case "date":
            return DateLine(desk, field)
        case "long_text":
            return Box(desk, field)
    return Line(desk, field)


class Line(Editor):
    """One line of text or a figure, with its unit behind it."""

    def __init__(self, desk: Desk, field: Field) -> None:
        line = QLineEdit()
        super().__init__(desk, field, line)
        line.textEdited.connect(self.typed)
        self._unit = Words(typed.unit_label(desk.facts.scheme, field), "body", "ink_soft")
        if field.type in FIGURES:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if self._unit.text():
            self._inside = QHBoxLayout(line)
            self._inside.addStretch(1)
            self._inside.addWidget(self._unit)
            theme.notifier.changed.connect(self._measure)
            self._measure()

    def _measure(self) -> None:
        """Room for the unit, in the type's present size."""
        line, now = self.inner, theme.current()
        assert isinstance(line, QLineEdit)
        self._inside.setContentsMargins(0, 0, now.px(10), 0)
        line.setTextMargins(0, 0, self._unit.sizeHint().width() + now.px(6), 0)


class DateLine(Line):
    """A date as people write it, with a calendar: Alt+Down opens it, Ctrl+; writes today."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        line = self.inner
        assert isinstance(line, QLineEdit)
        self._open = QAction(icons.icon("calendar", "ink_soft"), "日历", line)
        self._open.triggered.connect(self.open_calendar)
        line.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    def set_closed(self, closed: bool) -> None:
        super().set_closed(closed)
        self._open.setVisible(not closed)

    def open_calendar(self) -> None:
        """Choose the day from a month's sheet."""
        calendar = MonthSheet(self, self._day())
        calendar.calendar.clicked.connect(lambda day: self._choose(calendar, day))
        calendar.calendar.activated.connect(lambda day: self._choose(calendar, day))
        sheet = calendar.calendar
        self.hear_finish(calendar, lambda: self._choose(calendar, sheet.selectedDate()))
        show_below(calendar, self)
        calendar.calendar.setFocus()

    def _day(self) -> QDate:
        """The day that stands here, else the last day of the week being shown."""
        try:
            found = self.value()
        except OneLedgerError:
            found = None
        day = found or self.desk.facts.last_day(self.desk.period).isoformat()
        return QDate.fromString(day, Qt.DateFormat.ISODate)

    def _choose(self, calendar: MonthSheet, day: QDate) -> None:
        if calendar.isVisible():
            calendar.close()
            self._write(day.toString(Qt.DateFormat.ISODate))
            self.inner.setFocus()
            self.left.emit()

    def _write(self, text: str) -> None:
        self._set_text(text)
        self.typed.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self.closed:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_Down and alt:
                self.open_calendar()
                return True
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Semicolon and control:
                self._write(self.desk.today().isoformat())
                return True
        return super()._pressed(event)


class MonthSheet(QFrame):
    """A month's sheet under a date, closed by Esc or a click elsewhere."""

    def __init__(self, parent: QWidget, day: QDate) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("part", "card")
        self.calendar = Calendar()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setSelectedDate(day)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self.calendar)
        self.setFocusProxy(self.calendar)


class Box(Editor):
    """Long text: a box that grows with it, and how many characters there are."""

    LINES, MOST = 2, 12

    def __init__(self, desk: Desk, field: Field) -> None:
        box = QTextEdit()
        super().__init__(desk, field, box)
        box.setAcceptRichText(False)
        box.setTabChangesFocus(True)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.document().documentLayout().documentSizeChanged.connect(self._grow)
        box.textChanged.connect(self._changed)
        box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._grow()

    def count(self) -> int:
        """How many characters stand in it, blanks and line breaks left out."""
        return sum(not sign.isspace() for sign in self.text())

    def _changed(self) -> None:
        if self.dirty:
            self.typed.emit()

    def _entered(self) -> bool:
        return False  # Enter is a line break here

    def _grow(self, *_size: Any) -> None:
        box = self.inner
        assert isinstance(box, QTextEdit)
        line = box.fontMetrics().lineSpacing()
        frame = box.height() - box.viewport().height() if box.isVisible() else 0
        edge = max(frame, theme.current().px(10))
        wanted = round(box.document().size().height()) + edge
        height = min(max(wanted, self.LINES * line + edge), self.MOST * line + edge)
        if box.minimumHeight() != height:
            box.setFixedHeight(height)
            self.updateGeometry()
