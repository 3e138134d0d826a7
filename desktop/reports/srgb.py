"""The colour space of the papers as an ICC profile: sRGB by IEC 61966-2-1, made here.

PDF/A asks for the meaning of its colours within the file. Libraries write the day and their own
version into the profiles that they make; this one is the same bytes on every PC. Version 2.1 of
the format (ICC.1:1998-09), a display with three primaries adapted to D50 and one curve.
"""

from __future__ import annotations

import struct
from functools import lru_cache

#: X, Y, Z of white (D50) and of the primaries adapted to it (Bradford), as in sRGB profiles.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14306, 0.06061, 0.71410)
_STEPS = 1024
_NAME, _RIGHTS = "sRGB IEC61966-2.1", "Public domain"


@lru_cache(maxsize=1)
def profile() -> bytes:
    """The profile's bytes."""
    curve = _curve()
    tags = {
        b"desc": _description(_NAME),
        b"cprt": b"text\0\0\0\0" + _RIGHTS.encode("ascii") + b"\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    placed: dict[bytes, int] = {}
    for sign, content in tags.items():
        if content not in placed:
            placed[content] = start + len(body)
            body += content + b"\0" * (-len(content) % 4)
        table += struct.pack(">4sII", sign, placed[content], len(content))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    """128 bytes; the day is that of the standard, the rendering intent perceptual."""
    day = (1999, 10, 18, 0, 0, 0)
    said = (b"mntr", b"RGB ", b"XYZ ")
    head = struct.pack(">I4xI4s4s4s6H4s", size, 0x02100000, *said, *day, b"acsp")
    return (head + bytes(28) + _s15(*_WHITE)).ljust(128, b"\0")


def _curve() -> bytes:
    """From a stored value to light, in so many steps of 16 bits."""
    steps = (number / (_STEPS - 1) for number in range(_STEPS))
    light = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in steps]
    values = [round(one * 65535) for one in light]
    return struct.pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *values)


def _description(text: str) -> bytes:
    """A name in ASCII; those in Unicode and for old Macintoshes are empty."""
    name = text.encode("ascii") + b"\0"
    return struct.pack(">4s4xI", b"desc", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _s15(*values)


def _s15(*values: float) -> bytes:
    """Numbers as s15Fixed16."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))
