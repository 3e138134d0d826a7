"""What stands in a JPEG beside its pixels: when it was taken, whether it is all there.

Reads no further than it must and trusts nothing on the way: every offset is checked. No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Tags of EXIF 2.32: the directory of details, when the picture was taken, when it was last saved.
_DETAILS, _TAKEN, _SAVED = 0x8769, 0x9003, 0x0132
_TEXT, _NUMBER = 2, 4
_MOMENT = re.compile(rb"(\d{4}):(0[1-9]|1[0-2]):(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d)")


def is_whole(content: bytes) -> bool:
    """Whether the pixels run to their end mark; what is cut off half way does not."""
    scan = next((at for mark, at, _ in _segments(content) if mark == 0xDA), -1)
    return scan >= 0 and content.find(b"\xff\xd9", scan) >= 0


def is_progressive(content: bytes) -> bool:
    """Whether the pixels come in several rounds, so that all must be held until the last."""
    return any(mark == 0xC2 for mark, _, _ in _segments(content))


def taken(content: bytes) -> str:
    """``2023-03-01T15:20``, "" where the picture does not say."""
    tiff = next(
        (
            content[at + 6 : end]
            for mark, at, end in _segments(content)
            if mark == 0xE1 and content[at : at + 6] == b"Exif\0\0"
        ),
        b"",
    )
    order = {b"II*\0": True, b"MM\0*": False}.get(tiff[:4])
    if order is None:
        return ""
    first = _tags(tiff, _number(tiff, 4, 4, order), order)
    details = _tags(tiff, first[_DETAILS], order) if _DETAILS in first else {}
    for tags, tag in ((details, _TAKEN), (first, _SAVED)):
        found = _MOMENT.match(tiff, tags[tag]) if tag in tags else None
        if found:
            year, month, day, hour, minute = (part.decode() for part in found.groups())
            return f"{year}-{month}-{day}T{hour}:{minute}"
    return ""


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Mark, beginning and end of each segment, up to the scan of the pixels."""
    at = 2
    while content[:2] == b"\xff\xd8" and at + 4 <= len(content) and content[at] == 0xFF:
        mark, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4])
        yield mark, at + 4, end
        if mark == 0xDA or end <= at + 3:
            return
        at = end


def _tags(tiff: bytes, at: int, little: bool) -> dict[int, int]:
    """Of a directory's texts where they stand, of its numbers the value."""
    found = {}
    for place in range(at + 2, at + 2 + 12 * _number(tiff, at, 2, little), 12):
        if place + 12 > len(tiff):
            break
        if _number(tiff, place + 2, 2, little) in (_TEXT, _NUMBER):
            found[_number(tiff, place, 2, little)] = _number(tiff, place + 8, 4, little)
    return found


def _number(tiff: bytes, at: int, size: int, little: bool) -> int:
    return int.from_bytes(tiff[at : at + size], "little" if little else "big")


def comment(content: bytes, key: str) -> str:
    """What a comment of the form ``key: text`` says, "" where there is none."""
    for mark, at, end in _segments(content):
        said, colon, text = content[at:end].partition(b": ")
        if mark == 0xFE and colon and said == key.encode():
            return text.decode("utf-8", "replace").strip()
    return ""
