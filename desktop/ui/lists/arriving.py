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
        if not self.look():
            # What is being read of the list now comes home before this does.
            self._body.desk.read(self, lambda _book: None, lambda _none: self._insist())

    def look(self) -> bool:
        """Go there if the row is there; also called when something was read."""
        model, view, wanted = self._body.model, self._body.view, self.wanted
        held = model.contents
        if not wanted.record or held is None or model.is_arriving():
            return False
        row = model.row_of(wanted.record)
        if wanted.register not in ("", held.sheet.register.name) or row < 0:
            return False
        self.wanted = Landing()
        column = held.sheet.column(wanted.field)
        if column < 0:
            column = max(0, held.sheet.column(held.sheet.register.label or ""))
        view.go_to(row, column)
        view.setFocus()
        return True

    def _insist(self) -> None:
        """It is not among the rows that are shown: show all of them, or give up."""
        if self.wanted.record and not self.look() and self._body.model.has_all_keys():
            if self._lift():
                self.want(self.wanted)
            else:
                self.wanted = Landing()
