"""Python's search for unreachable circles, kept to the window's thread.

Python looks for them in whichever thread happens to allocate. Found by the book's thread, a dialog
or a timer would be taken down from a thread that is not its own, and Qt falls over that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: So often it is seen whether a search is due, in milliseconds.
LOOK = 1_000


class Collecting(QObject):
    """From now on this thread alone searches, by Python's own thresholds, until :meth:`end`."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)
        self._look.start(LOOK)

    def look(self) -> None:
        """Search the generations that are due, the youngest first."""
        for generation, limit in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] <= limit:
                break
            gc.collect(generation)

    def end(self) -> None:
        """Leave it to Python again."""
        self._look.stop()
        gc.enable()
