"""Landing on an item: waits until its row has been read, and lifts what hides it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.landing import Landing
from desktop.ui.lists.list_body import ListBody


class Arriving(QObject):
    """One place at a time: the last wanted one counts.

    ``lift`` shows all rows and says whether any were left out before.
    """

    def __init__(self, body: ListBody, lift: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = Landing()
        self._body, self._lift = body, lift

    def want(self, landing: Landing) -> None:
        """Go to a record, in a field if one is named, as soon as it is there."""
        self.wanted = landing
        self.look()

    def look(self) -> None:
        """Something was read: perhaps the wanted row."""
        model, view, wanted = self._body.model, self._body.view, self.wanted
        held = model.contents
        if not wanted.record or held is None or model.is_arriving():
            return
        if wanted.register not in ("", held.sheet.register.name):
            return
        row = model.row_of(wanted.record)
        if row >= 0:
            self.wanted = Landing()
            label = held.sheet.register.label or ""
            column = held.sheet.column(wanted.field)
            view.go_to(row, column if column >= 0 else max(0, held.sheet.column(label)))
            view.setFocus()
        elif model.has_all_keys() and not self._lift():
            self.wanted = Landing()
