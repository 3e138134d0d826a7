"""Small pictures for the strip, made in the book's thread when they come into sight.

Only one is under way at a time and the one asked for last comes first, so that scrolling through
thousands never keeps the book from its work.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.errors import OneLedgerError
from desktop.ledger import attachments
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.photos import scaling

#: So many are kept, and so many may wait: more than a screen shows.
KEPT, WAITING = 160, 48


class Thumbnails(QObject):
    """Pictures by digest; :meth:`get` gives what is there and fetches what is not."""

    loaded = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._waiting: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._under_way: tuple[str, int] | None = None

    def get(self, digest: str, edge: int) -> QPixmap | None:
        """The picture, its longer edge ``edge`` device pixels; null for a lost one, None so far."""
        wanted = (digest, edge)
        if wanted in self._kept:
            self._kept.move_to_end(wanted)
            return self._kept[wanted]
        if wanted != self._under_way:
            self._waiting[wanted] = None
            self._waiting.move_to_end(wanted)
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
            self._fetch()
        return None

    def _fetch(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        self._under_way, _ = self._waiting.popitem()
        digest, edge = self._under_way

        def read(book: Book) -> QImage:
            return scaling.thumbnail(attachments.get(book, digest).content, edge)

        self._desk.read(self, read, self._take, failed=self._lost)

    def _lost(self, _error: OneLedgerError) -> None:
        """Lost or altered: the strip says so in its place; verification names it too."""
        self._take(QImage())

    def _take(self, image: QImage) -> None:
        assert self._under_way is not None
        wanted, self._under_way = self._under_way, None
        self._kept[wanted] = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.loaded.emit(wanted[0])
        self._fetch()
