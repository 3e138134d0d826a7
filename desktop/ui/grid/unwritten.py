"""What was typed and what the disk did not take: a full disk, a stick that was pulled out.

Nothing is wrong with these texts. They stay in their cells, of this week and of any other that was
shown, and one button writes them all once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from desktop.errors import OneLedgerError
from desktop.ui.desk import Desk
from desktop.ui.grid.contents import Contents, Place
from desktop.ui.grid.display import Waiting
from desktop.ui.grid.entering import Edit, Typed
from desktop.ui.messages import UNSAVED, Remedy

#: What the button is called, and the undo afterwards.
AGAIN = "再写一次"


class Unwritten:
    """``write`` gets the contents of a sheet and what is to be written there, under a token."""

    def __init__(self, desk: Desk, write: Callable[[Contents, list[Edit], int], None]) -> None:
        self._desk, self._write = desk, write
        self._sheets: dict[int, Contents] = {}  # by what waits in them
        self._error: OneLedgerError | None = None
        self._token = 0

    def note(self, held: Contents, places: Iterable[Place], error: OneLedgerError) -> None:
        """Nothing was written: what was typed stays to be seen with the reason, and it is said."""
        kept = error.name in UNSAVED
        for place in places:
            typed = held.waiting[place].typed
            held.waiting[place] = Waiting(typed, typed, str(error), kept=kept)
            self._sheets[id(held.waiting)] = held
        if kept and self._left():
            self._error = error
            self._desk.warn(error, Remedy(AGAIN, self.write_again))
        else:
            self._desk.warn(error)

    def look(self) -> None:
        """Something was written: once nothing is left, the warning is over."""
        if self._error is not None and not self._left():
            self._desk.messages.withdraw(self._error)
            self._error = None
            self._sheets.clear()

    def write_again(self) -> None:
        """Write all of them, each sheet's as one act."""
        for held, places in self._left():
            self._token -= 1  # what is typed counts upwards
            edits = []
            for place in places:
                one = held.waiting[place]
                edits.append(Edit(*place, Typed(one.typed)))
                held.waiting[place] = msgspec.structs.replace(
                    one, sentence="", token=self._token, kept=False
                )
            self._write(held, edits, self._token)

    def _left(self) -> list[tuple[Contents, list[Place]]]:
        found = []
        for held in self._sheets.values():
            places = [place for place, one in held.waiting.items() if one.kept]
            if places:
                found.append((held, places))
        return found
