"""A page of the window."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.landing import Landing

__all__ = ["Landing", "Page"]


class Page(QWidget):
    """The base of every page.

    ``reads`` are the registers whose changes make it stale (none: every one); a ``weekly`` page is
    stale when the week changes too. A stale page is refreshed when it is seen.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    reads: frozenset[str] = frozenset()
    weekly: ClassVar[bool] = True
    hints: str = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._first: QWidget | None = None
        self.setObjectName(f"page-{self.name}")

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Where the keyboard begins. With a proxy of Qt's, Tab would pass over what lies before."""
        self._first = widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to where it begins."""
        if self._first is not None:
            self._first.setFocus(event.reason())

    def refresh(self) -> None:
        """Read anew what is shown."""

    def land(self, landing: Landing) -> None:
        """Go to where ``landing`` says; the page is shown and its refresh is under way."""

    def place(self) -> dict[str, str]:
        """Where one is, to return to after the next start."""
        return {}

    def return_to(self, place: dict[str, str]) -> None:
        """Go back to what :meth:`place` said; before the first refresh."""

    def leave(self) -> bool:
        """Finish what is being typed; False keeps the person here."""
        return True

    def may_end(self) -> bool:
        """Whether the book may be closed, asked of every page; False keeps the window open."""
        return True

    def undo(self) -> None:
        """Ctrl+Z: take back the latest act of this PC."""
        self.desk.undo()

    def start_find(self) -> None:
        """Ctrl+F: the page's own search; without one the search of the top bar is entered."""
        window = self.window()
        search = getattr(window, "enter_search", None)
        if search is not None:
            search()
