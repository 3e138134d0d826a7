"""Holdings: which entries a book holds, said in a few bytes — ranges of numbers by author.

An author's numbers have no gaps in its own book, so a partner's share of them is a handful of
ranges. Nothing here is ever as long as a range: a false one of 2⁶² numbers costs as little.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from hashlib import sha256

from desktop.exchange.payload import Holdings, Ranges


def of(entries: Iterable[tuple[str, int, str]]) -> Holdings:
    """What these entries — author, number, identity (64 hexadecimal digits) — amount to.

    The digest is the SHA-256 over the sorted identities' digits, one after another; an entry given
    twice counts once.
    """
    numbers: dict[str, set[int]] = {}
    identities = set()
    for author, number, identity in entries:
        numbers.setdefault(author, set()).add(number)
        identities.add(identity)
    return Holdings(
        {author: ranges(found) for author, found in sorted(numbers.items())},
        len(identities),
        sha256("".join(sorted(identities)).encode()).hexdigest(),
    )


def ranges(numbers: Iterable[int]) -> Ranges:
    """The numbers as sorted, disjoint ranges that do not touch."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def covers(holdings: Holdings, author: str, number: int) -> bool:
    """Whether the entry ``number`` of ``author`` is among the holdings."""
    held = holdings.authors.get(author, ())
    at = bisect_right(held, number, key=_first) - 1
    return at >= 0 and number <= held[at][1]


def intersection(several: Iterable[Holdings]) -> Holdings:
    """What all of them hold, nothing when there are none.

    Its digest is "", for identities cannot be told from numbers.
    """
    common: dict[str, Ranges] | None = None
    for holdings in several:
        common = (
            dict(holdings.authors)
            if common is None
            else {
                author: both
                for author, held in common.items()
                if (both := _both(held, holdings.authors.get(author, ())))
            }
        )
    common = common or {}
    return Holdings(common, sum(map(_size, common.values())), "")


def _both(one: Ranges, other: Ranges) -> Ranges:
    """The numbers in both."""
    found: list[tuple[int, int]] = []
    at = beside = 0
    while at < len(one) and beside < len(other):
        first = max(one[at][0], other[beside][0])
        last = min(one[at][1], other[beside][1])
        if first <= last:
            found.append((first, last))
        if one[at][1] < other[beside][1]:
            at += 1
        else:
            beside += 1
    return tuple(found)


def _size(held: Ranges) -> int:
    return sum(last - first + 1 for first, last in held)


def _first(held: tuple[int, int]) -> int:
    return held[0]
