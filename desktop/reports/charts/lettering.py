"""How wide a text will be, as far as a layout without fonts must know: ems by kind of character."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
#: Ems of a half-width letter; figures of common faces are a little wider than half an em.
_HALF, _NARROW, _BROAD = 0.57, 0.33, 0.92
_THIN_SIGNS = frozenset(" .,:;'|!il()[]")
_BROAD_SIGNS = frozenset("%@mMwW&")


def text_width(text: str, size: float) -> float:
    """The width of ``text`` set in ``size`` points, estimated rather too wide than too narrow."""
    return size * sum(_ems(sign) for sign in text)


def _ems(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if not sign.isascii():
        return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else _HALF
    if sign in _THIN_SIGNS:
        return _NARROW
    if sign in _BROAD_SIGNS:
        return _BROAD
    return 0.7 if sign.isupper() else _HALF


def fitted(text: str, size: float, room: float) -> str:
    """``text`` on one line within ``room`` points, its end replaced by … where it is longer.

    "" where not even the sign of omission has room.
    """
    line = " ".join(text.split())
    if text_width(line, size) <= room:
        return line
    left = room - text_width(ELLIPSIS, size)
    if left < 0:
        return ""
    kept = 0
    for sign in line:
        left -= text_width(sign, size)
        if left < 0:
            break
        kept += 1
    return line[:kept].rstrip() + ELLIPSIS


def lines_of(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """``text`` broken into at most ``most`` lines of ``room`` points, the last one fitted."""
    rest = " ".join(text.split())
    lines: list[str] = []
    while rest and len(lines) < most - 1 and text_width(rest, size) > room:
        kept, left = 0, room
        for sign in rest:
            left -= text_width(sign, size)
            if left < 0:
                break
            kept += 1
        if not kept:
            break
        lines.append(rest[:kept].rstrip())
        rest = rest[kept:].lstrip()
    last = fitted(rest, size, room)
    return tuple([*lines, last] if last else lines)
