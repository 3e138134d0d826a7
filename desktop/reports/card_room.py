"""How the parts of a sheet share its height: everything gets its least, then what it wants."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Part(msgspec.Struct, frozen=True):
    """A part's height in points: what it cannot do without, what is good, what it can use."""

    least: float
    good: float
    most: float


def shared(parts: Sequence[Part], room: float) -> list[float]:
    """The heights of ``parts``, together ``room`` at the most.

    First all get their least (in equal shares of it where even that is too much), then all the
    same part of what is missing to the good height, then of what they can use.
    """
    least = sum(part.least for part in parts)
    if least > room:
        return [part.least * max(room, 0) / least for part in parts]
    heights = [part.least for part in parts]
    for wanted in ([part.good for part in parts], [part.most for part in parts]):
        missing = [max(height - has, 0) for height, has in zip(wanted, heights, strict=True)]
        left = max(room - sum(heights), 0)
        share = min(left / sum(missing), 1) if sum(missing) else 0
        heights = [has + more * share for has, more in zip(heights, missing, strict=True)]
    return heights
