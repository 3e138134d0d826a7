"""Python's search for unreachable circles, kept to the window's thread.

Python looks for them in whichever thread happens to allocate. Found by the book's thread, a dialog
or a timer would be taken down from a thread that is not its own, and Qt falls over that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.sheets import uncollected

#: So often it is seen whether a search is due, in milliseconds.
LOOK = 1_000


def set_aside() -> None:
    """Pass over everything that there is now, until :func:`take_back`: a big workbook is no circle,
    and looking through it again every few seconds would be felt."""
    gc.freeze()


def take_back() -> None:
    """Search again through what was set aside."""
    gc.unfreeze()


class Collecting(QObject):
    """From now on this thread alone searches, by Python's own thresholds, until :meth:`end`."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._look.start(LOOK)

    def look(self) -> None:
        """Search the generations that are due, the youngest first; not while a big workbook is
        being compared, as the window would stand still for each million of its cells."""
        if uncollected.under_way():
            return
        for generation, limit in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] <= limit:
                break
            gc.collect(generation)

    def end(self) -> None:
        """Leave it to Python again."""
        self._look.stop()
        gc.enable()
