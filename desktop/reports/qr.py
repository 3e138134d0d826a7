"""The small QR at the foot of a paper: what leads from the sheet back to its book.

Its text is short, so that the squares stay large enough for a telephone's camera on a sheet that
has been copied once: ``OL1 <unit> <period> <code without dashes>``. Version 4 at most (ISO/IEC
18004), level M, which bears smudges on a seventh of it.
"""

from __future__ import annotations

from functools import lru_cache

from desktop.reports.content import Footer
from desktop.reports.prose import clean

SIGN = "OL1"
"""What the text begins with: a reader knows by it what follows."""
_MOST = 62
"""Bytes that a QR of version 4 and level M holds."""


def text_of(footer: Footer) -> str:
    """What a footer's QR says, "" for a paper without a code; a long unit's name is cut."""
    code = clean(footer.code).replace("-", "")
    if not code:
        return ""
    said = " ".join(part for part in (clean(footer.period).replace(" ", ""), code) if part)
    room = _MOST - len(f"{SIGN}  {said}".encode())
    unit = "".join(clean(footer.book).split()).encode()[: max(room, 0)].decode(errors="ignore")
    return " ".join(part for part in (SIGN, unit, said) if part)


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR from the upper left, row by row, True for dark; no border."""
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    made = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(QR8bitByte(text))
    made.make()
    return tuple(tuple(map(bool, row)) for row in made.modules)


@lru_cache(maxsize=64)
def path(text: str) -> str:
    """The dark squares as one PDF path in a unit of one square, from the lower left corner."""
    rows = modules(text)
    runs = []
    for number, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                runs.append(f"{start} {len(rows) - 1 - number} {end - start} 1 re")
            start = end + 1
    return " ".join(runs)
