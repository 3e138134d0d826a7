"""A PDF's pages as pictures, by PDFium, which lets one thread in at a time."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import pypdfium2
from PySide6.QtGui import QImage

from desktop.reports.word_chart import ONE_AT_A_TIME

#: A picture has at most so many pixels; beyond, it is drawn coarser and enlarged.
MOST_PIXELS = 36_000_000


class DocumentClosed(Exception):
    """A picture was asked of a document that has been let go of."""


class Size(NamedTuple):
    """A page's width and height in points (1/72 inch)."""

    width: float
    height: float

    @property
    def landscape(self) -> bool:
        """Wider than high."""
        return self.width > self.height


class PdfPages:
    """An open PDF. Its ``sizes`` may be read anywhere, pictures be made by any thread.

    What makes pictures raises :class:`DocumentClosed` after :meth:`close`.
    """

    def __init__(self, data: bytes) -> None:
        self._closed = False
        with ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(data)
            count = len(self._document)
            self.sizes = tuple(Size(*self._document.get_page_size(at)) for at in range(count))

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, scale: float) -> QImage:
        """A page (from 0) with ``scale`` pixels to a point, coarser above :data:`MOST_PIXELS`."""
        width, height = self.sizes[page]
        return self._drawn(page, min(scale, (MOST_PIXELS / (width * height)) ** 0.5), 0, 0)

    def bands(self, page: int, scale: float) -> Iterator[tuple[int, QImage]]:
        """A page cut into bands from the top: each band's first line of pixels, and its picture.

        For printing: the bands of a fine picture are in memory one after another.
        """
        width, height = self.sizes[page]
        lines = ceil(height * scale)
        deep = max(1, int(MOST_PIXELS / 8 / (width * scale)))
        for top in range(0, lines, deep):
            low = max(lines - top - deep, 0)
            yield top, self._drawn(page, scale, top, low)

    def _drawn(self, page: int, scale: float, top: int, low: int) -> QImage:
        """A page without its first ``top`` and last ``low`` lines of pixels."""
        with ONE_AT_A_TIME:
            if self._closed:
                raise DocumentClosed
            sheet = self._document[page]
            try:
                # A hair less than whole lines: what is cut is rounded up.
                crop = (0, max(low - 0.01, 0) / scale, 0, max(top - 0.01, 0) / scale)
                bitmap = sheet.render(scale=scale, crop=crop, prefer_bgrx=True)
                try:
                    form = QImage.Format.Format_RGB32
                    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
                    return image.copy()
                finally:
                    bitmap.close()
            finally:
                sheet.close()

    def close(self) -> None:
        """Let go of the document; pictures that were made stay. May be called twice."""
        with ONE_AT_A_TIME:
            self._closed = True
            self._document.close()
