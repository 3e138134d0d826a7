"""Pictures of pages made beside the window: what is looked at now comes first.

There is no queue: the view says, after every move, which pages it wants at which scale, and the
thread takes the first of them that it has not made yet. Scrolling through six hundred pages leaves
nothing to be caught up with.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.ui.papers.pdf import DocumentClosed, PdfPages


@dataclass(frozen=True)
class Picture:
    """A finished page of a document: ``scale`` in pixels to a point."""

    document: PdfPages
    page: int
    scale: float
    image: QImage


class Renderer(QObject):
    """One thread that makes what is wanted; :meth:`close` ends it."""

    made = Signal(object)  # Picture

    def __init__(self) -> None:
        super().__init__()
        self._change = threading.Condition()
        self._wanted: list[tuple[PdfPages, int, float]] = []
        self._over = False
        self._thread = threading.Thread(target=self._live, name="pages", daemon=True)
        self._thread.start()

    def want(self, pages: Sequence[tuple[PdfPages, int, float]]) -> None:
        """From now on make these pages (document, page, scale), and nothing wanted before."""
        with self._change:
            self._wanted = list(pages)
            self._change.notify()

    def close(self) -> None:
        """End the thread."""
        with self._change:
            self._over = True
            self._change.notify()
        self._thread.join()

    def _live(self) -> None:
        while True:
            with self._change:
                while not self._wanted and not self._over:
                    self._change.wait()
                if self._over:
                    return
                document, page, scale = self._wanted.pop(0)
            with suppress(DocumentClosed):  # another document is being shown by now
                self.made.emit(Picture(document, page, scale, document.picture(page, scale)))
