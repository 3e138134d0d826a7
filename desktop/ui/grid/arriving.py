"""Landing in a cell: waits until the row has been read, and lifts a filter that hides it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.ui.grid.asking import Asking
from desktop.ui.grid.body import Body
from desktop.ui.landing import Landing


class Arriving(QObject):
    """One place at a time: the last wanted one counts."""

    def __init__(self, body: Body, asking: Asking, parent: QObject) -> None:
        super().__init__(parent)
        self.body, self.asking = body, asking
        self._wanted: Landing | None = None
        self._lifted = False
        body.model.counted.connect(self._try)

    def want(self, landing: Landing) -> None:
        """Go to a row (``subject`` or ``record``) and ``field`` as soon as it is there."""
        self._wanted, self._lifted = landing, False
        self._try()

    def forget(self) -> None:
        """The person went elsewhere."""
        self._wanted = None

    def _try(self) -> None:
        model, wanted = self.body.model, self._wanted
        held = model.contents
        if wanted is None or held is None or not held.keys or model.is_arriving():
            return
        if wanted.register not in ("", held.sheet.register.name):
            return
        row = self._row(wanted)
        if row >= 0:
            self._wanted = None
            column = held.sheet.column(wanted.field)
            if column < 0:
                column = next(
                    (at for at, one in enumerate(held.sheet.placed) if one.column.editable), 0
                )
            self.body.view.go_to(row, column)
            self.body.view.setFocus()
        elif model.has_all_keys():
            if self.asking.asked.narrows and not self._lifted:
                self._lifted = True
                self.asking.clear()
            else:
                self._wanted = None
                self.body.desk.say("要去的这一行不在这张表里。")

    def _row(self, wanted: Landing) -> int:
        held = self.body.model.contents
        assert held is not None
        key = wanted.subject if held.sheet.weekly else wanted.record
        if key:
            return held.row_of(key)
        return next(
            (held.row_of(row.key) for row in held.rows.values() if row.record == wanted.record), -1
        )
