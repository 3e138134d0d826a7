"""Blocks that were taken back: their refused texts go with what was written. Qt-free.

An undo restores what a paste had written; a text that the paste left red in its cell was never in
the book, so it is told here from the cells around it whether the paste still stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.ui.grid.contents import Contents
from desktop.ui.grid.reading import Row, Sheet


class WrittenBlocks:
    """What blocks with refused cells wrote, by the token of their writing."""

    def __init__(self) -> None:
        #: Token → sheet, (row's key, column) → the value before.
        self._before: dict[int, tuple[Sheet, dict[tuple[str, int], Any]]] = {}

    def note(self, held: Contents, rows: Mapping[str, Row], token: int) -> None:
        """Note what a writing changed, before ``held`` takes its ``rows``."""
        if token and any(one.token == token for one in held.waiting.values()):
            self._before[token] = held.sheet, held.changed_by(rows)

    def forget_undone(self, held: Contents) -> set[str]:
        """Forget the refused texts of blocks of which nothing stands any more; their rows."""
        shown = held.sheet.register.name, held.sheet.period
        touched: set[str] = set()
        for token, (sheet, before) in list(self._before.items()):
            if not before or (sheet.register.name, sheet.period) != shown:
                continue
            rows = ((held.rows.get(key), at, value) for (key, at), value in before.items())
            if any(row is None or row.values[at] != value for row, at, value in rows):
                continue
            del self._before[token]
            places = [place for place, one in held.waiting.items() if one.token == token]
            for place in places:
                del held.waiting[place]
            touched.update(key for key, _ in places)
        return touched
