"""Choosing instead of typing: joins an open line with the list or the calendar below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.grid.cell_line import CellLine
from desktop.ui.grid.choice_popup import CalendarPopup, ChoicePopup, Matches

#: Kinds of columns that take only what is offered.
STRICT = frozenset({"choice", "choices", "unit", "link", "flag"})


class Choosing(QObject):
    """For one line at a ``cell`` of an ``area``; ``picked`` is a text that was not typed."""

    picked = Signal(str)

    def __init__(
        self,
        line: CellLine,
        area: QWidget,
        cell: Callable[[], QRect],
        kind: str,
        choices: Sequence[str],
        matches: Matches,
        today: Callable[[], date],
    ) -> None:
        super().__init__(line)
        self._line, self._area, self._cell = line, area, cell
        self._kind, self._today = kind, today
        self._list: ChoicePopup | None = None
        self._calendar: CalendarPopup | None = None
        self._touched = line.typing
        if choices:
            several, strict = kind == "choices", kind in STRICT
            self._list = ChoicePopup(area, choices, matches, several=several, strict=strict)
            self._list.hide()
            self._list.picked.connect(self.picked)
        line.textEdited.connect(self.narrow)
        line.asked.connect(self._asked)

    @property
    def popup(self) -> QWidget | None:
        """What is open now."""
        return self._calendar or (self._list if self._list_is_open else None)

    @property
    def text(self) -> str:
        """What the cell is to hold: what is chosen, once something was typed or gone through."""
        chosen = self._list.chosen if self._list is not None and self._list_is_open else None
        return chosen if chosen is not None and self._touched else self._line.text()

    @property
    def _list_is_open(self) -> bool:
        return self._list is not None and not self._list.isHidden()

    def holds(self, widget: QWidget | None) -> bool:
        """Whether ``widget``, which has the focus, belongs to what is open."""
        popup = self.popup
        return (
            widget is not None
            and popup is not None
            and (popup is widget or popup.isAncestorOf(widget))
        )

    def offer(self) -> None:
        """All choices, or the calendar."""
        if self._kind == "date":
            self._open_calendar()
        elif self._list is not None:
            self._list.offer_all(self._line.text())
            self._touched = False
            self.follow()

    def narrow(self) -> None:
        """The choices that match what is typed."""
        if self._list is not None:
            self._list.narrow(self._line.text())
            self._touched = True
            self.follow(opens=True)

    def follow(self, *, opens: bool = True) -> None:
        """Stand by the cell, wherever it is now."""
        area = self._area.rect()
        if self._calendar is not None:
            self._calendar.open_by(self._cell(), area)
        elif self._list is not None and (opens or self._list_is_open):
            self._list.open_by(self._cell(), area)
            self._line.has_list = self._list_is_open

    def end(self) -> None:
        """Close everything."""
        for popup in (self._list, self._calendar):
            if popup is not None:
                dismiss(popup)
        self._list = self._calendar = None

    def _asked(self, what: str) -> None:
        if what == "choices":
            self.offer()
        elif what in ("above", "below") and self._list is not None:
            self._list.step(1 if what == "below" else -1)
            self._touched = True
        elif what == "today":
            self._line.insert(self._today().isoformat())

    def _open_calendar(self) -> None:
        if self._calendar is not None:
            return
        try:
            day = date.fromisoformat(self._line.text().strip())
        except ValueError:
            day = self._today()
        self._calendar = CalendarPopup(self._area, day)
        self._calendar.picked.connect(self.picked)
        self._calendar.closed.connect(self._close_calendar)
        self.follow()

    def _close_calendar(self) -> None:
        calendar, self._calendar = self._calendar, None
        self._line.setFocus()
        if calendar is not None:
            dismiss(calendar)


def dismiss(widget: QWidget) -> None:
    """Hide it now, delete it when no code of its own is running any more."""
    widget.blockSignals(True)
    widget.hide()
    widget.deleteLater()
