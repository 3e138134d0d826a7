"""Texts that must stay within a given room: lines measured with the face, the last one cut with ….

Sizes and rooms are points.
"""

from __future__ import annotations

from desktop.reports.fonts import Faces, Role
from desktop.reports.prose import NO_END, balanced, clean, wrap

ELLIPSIS = "…"


def one_line(text: str, faces: Faces, role: Role, size: float, room: float) -> str:
    """``text`` on one line within ``room``, its end replaced by … where it is longer.

    "" where not even the sign of omission has room.
    """
    line = clean(" ".join(text.split()))
    measure = room / size + 0.001
    if faces.em(role, line) <= measure:
        return line
    left = measure - faces.em(role, ELLIPSIS)
    if left < 0:
        return ""
    kept = 0
    for sign in line:
        left -= faces.em(role, sign)
        if left < 0:
            break
        kept += 1
    while kept and (line[kept - 1] in NO_END or line[kept - 1] == " "):
        kept -= 1
    return line[:kept] + ELLIPSIS


def in_lines(
    text: str, faces: Faces, role: Role, size: float, room: float, most: int, *, even: bool = False
) -> list[str]:
    """``text`` in at most ``most`` lines of ``room``, the last one cut; ``[]`` for no text.

    ``even``: in lines of nearly the same width, for titles.
    """
    line = clean(" ".join(text.split()))
    if not line or most < 1:
        return []
    # Very long texts are cut before they are broken: no room holds more than this.
    longest = int(most * (room / size + 2) * 4) + 8
    measure = room / size * 1000
    lines = wrap(line[:longest], faces.advances[role], measure)
    if even and len(lines) <= most:
        lines = balanced(line[:longest], faces.advances[role], measure)
    if len(lines) <= most and len(line) <= longest:
        return [one_line(part, faces, role, size, room) for part in lines]
    kept = lines[: most - 1]
    start = 0
    for part in kept:
        start = line.index(part, start) + len(part)
    rest = line[start:].lstrip()
    return [*kept, one_line(rest, faces, role, size, room)]
