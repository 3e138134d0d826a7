"""Binding finished sheets into one PDF, and laying it down whole or not at all.

Same sheets, same bytes: the only date is the one that the content gives, and nothing comes from
the clock, the PC or the order of a hash. What is bound is PDF/A-2b
(:mod:`desktop.reports.archive`).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from desktop.errors import DiskFull, NotWritable
from desktop.reports.archive import PRODUCER, make_archivable
from desktop.reports.fonts import Faces
from desktop.reports.page import Drawn
from desktop.reports.pen import Pen
from desktop.reports.prose import clean

#: Streams as bytes: written out in printable signs they would be a quarter longer.
rl_config.useA85 = 0

_CREATOR = "OneLedger 一本账"

Furnish = Callable[[Pen, int, int], None]
"""Draws what stands outside a sheet's type area: (pen, page number from 1, pages)."""


@dataclass(frozen=True)
class Made:
    """What was drawn: the number of pages, and the characters that no font has (shown as 〓)."""

    pages: int
    missing: frozenset[str]


class Binder:
    """One PDF in the making; ``doc`` is what pens on its sheets need."""

    def __init__(self, faces: Faces, title: str, author: str, made_on: date) -> None:
        self.faces = faces
        self._canvas = Canvas(
            BytesIO(),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang="zh-CN",
            initialFontName=faces.face("song").fontName,
        )
        self.doc: Any = self._canvas._doc
        title, author = clean(title), clean(author)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator(_CREATOR)
        self._canvas.setProducer(PRODUCER)
        self._canvas.setDateFormatter(lambda *_now: f"D:{made_on:%Y%m%d}000000+08'00'")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        make_archivable(self.doc, title, author, _CREATOR, made_on)

    def bind(self, sheets: list[tuple[Drawn, Furnish]]) -> tuple[bytes, Made]:
        """The PDF's bytes; each sheet is furnished now that the number of pages is known.

        ``sheets`` is emptied on the way: a large ledger is in memory once, not twice.
        """
        level, pages = -1, len(sheets)
        sheets.reverse()
        for number in range(1, pages + 1):
            drawn, furnish = sheets.pop()
            pen = Pen(self.faces, self.doc)
            furnish(pen, number, pages)
            self._canvas.setPageSize((drawn.sheet.width, drawn.sheet.height))
            for picture in drawn.pictures:
                at = (picture.x, picture.y, picture.width, picture.height)
                self._canvas.drawImage(ImageReader(BytesIO(picture.content)), *at)
            self._canvas.addLiteral(drawn.drawing)
            self._canvas.addLiteral(pen.content())
            for place, (top, wanted, text) in enumerate(drawn.marks):
                level = min(wanted, level + 1)
                key = f"{number}-{place}"
                self._canvas.bookmarkHorizontalAbsolute(key, top)
                self._canvas.addOutlineEntry(text, key, level)
            self._canvas.showPage()
            _pack(self.doc.Pages[-1])
        used = list(self.doc.delayedFonts)
        missing = frozenset[str]().union(*(face.subset(self.doc).missing for face in used))
        return self._canvas.getpdfdata(), Made(pages, missing)


def _pack(page: Any) -> None:
    """Compress a page now; the library would do so at the end, with all pages in memory."""
    packed = PDFStream(content=PDFZCompress.encode(page.stream))
    packed.dictionary["Filter"] = PDFArray([PDFName(PDFZCompress.pdfname)])
    page.Contents, page.stream = packed, None


def lay_down(data: bytes, target: Path | BinaryIO) -> None:
    """Write a finished file: beside the target first, through to the disk, then in its place.

    A target that is there stays as it was until the new file is whole, and when it fails.
    Raises ``DiskFull`` and ``NotWritable`` (folder or file refuses, or is open in another program).
    """
    if not isinstance(target, Path):
        target.write(data)
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not mode & 0o222:
            raise PermissionError(errno.EACCES, "read-only")  # POSIX would replace it all the same
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode & 0o777)
        beside.replace(target)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(str(target)) from fault
        raise NotWritable(str(target)) from fault
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network drives refuse; the file itself is whole
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
