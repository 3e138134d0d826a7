"""Where one is in a book: page, place on each page, week, size of the window; kept and found."""

from __future__ import annotations

from PySide6.QtCore import QByteArray

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.shell.menu import MENU


class Whereabouts:
    """What this PC remembers of where the book was left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> str:
        """The page on which the book was left; the first of the menu where it has no line there."""
        kept = self._desk.memory.get("page")
        return next((one.name for one in MENU if one.name == kept), MENU[0].name)

    def place(self, page: str) -> dict[str, str] | None:
        """Where one was on a page."""
        found = self._places().get(page)
        return found if isinstance(found, dict) else None

    def keep(self, page: Page | None, geometry: QByteArray) -> None:
        """Remember page, place and size."""
        memory = self._desk.memory
        if page is not None:
            memory.put("page", page.name)
            memory.put("places", {**self._places(), page.name: page.place()})
        memory.put("period", self._desk.period)
        memory.save()
        self._desk.pc.put("geometry", bytes(geometry.toBase64().data()).decode())
        self._desk.pc.save()

    def _places(self) -> dict[str, object]:
        kept = self._desk.memory.get("places")
        return kept if isinstance(kept, dict) else {}
