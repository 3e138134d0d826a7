"""An older comparison is let go piece by piece: a million values at once would be felt."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.ui.reading_in.reading import Found

#: Records that are let go at a time, a few milliseconds' work.
AT_ONCE = 1_500


class LettingGo(QObject):
    """Holds the records of comparisons that nobody looks at any more, fewer and fewer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.held: list[list[Any]] = []
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._less)

    def take(self, found: Found) -> None:
        """Hold what ``found`` holds, so that whoever lets go of it has nothing to do."""
        if len(found.plan.steps) > AT_ONCE:
            records: list[list[Any]] = [list(found.plan.steps), list(found.proposal.projects)]
            self.held += [one for one in records if one]
            self._turn.start(0)

    def _less(self) -> None:
        if not self.held:
            self._turn.stop()
            return
        del self.held[-1][-AT_ONCE:]
        if not self.held[-1]:
            self.held.pop()
