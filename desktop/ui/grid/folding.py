"""The aside beside the grid: folded away where there is no room or no row, or as one likes."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui import theme
from desktop.ui.grid.aside import Aside

#: A page narrower than this folds its aside, px at standard size: a window of 1150.
FOLDS = 994


class Folding:
    """``unfolded`` is called when the aside came or went: what it tells is told anew."""

    def __init__(self, aside: Aside, unfolded: Callable[[], None]) -> None:
        self._aside, self._unfolded = aside, unfolded
        self._folded: bool | None = None  # None: as the width says
        self._width = 0
        self._empty = False

    def toggle(self) -> None:
        """Fold or unfold the aside, whatever the width."""
        self._folded = not self._aside.isHidden()
        self.look()

    def set_width(self, width: int) -> None:
        """The page is so wide now, px."""
        self._width = width
        self.look()

    def set_empty(self, empty: bool) -> None:
        """Without a row there is nothing to tell, and the aside would stand there blank."""
        self._empty = empty
        self.look()

    def look(self) -> None:
        """Show or hide the aside as it is wanted now."""
        if self._aside.isHidden() == self._wanted():
            self._aside.setVisible(self._wanted())
            self._unfolded()

    def _wanted(self) -> bool:
        if self._empty:
            return False
        if self._folded is not None:
            return not self._folded
        return self._width >= theme.current().px(FOLDS)
