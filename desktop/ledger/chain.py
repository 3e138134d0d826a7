"""The walk along the journal: which lines were changed, taken out, put in or exchanged.

A line that is whole and does not continue the line before it is a *break*. What follows the break,
what its author's numbers say and whether the line would continue another one tell what was done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import msgspec

from desktop.ledger.entry import GENESIS, canonical, chained, identity
from desktop.ledger.journal import Line
from desktop.ledger.store import Store

What = Literal[
    "file", "changed", "removed", "inserted", "reordered", "chain", "number", "parent",
    "tail_cut", "table", "conflict", "structure", "attachment",
]  # fmt: skip

#: So many problems are listed at most; one broken line is reason enough.
MOST = 200
#: So many lines put in or taken out at one place are recognised as such.
FAR = 1000


_SAYS: dict[What, str] = {
    "reordered": "不在原来的位置：分录被调换过。",
    "inserted": "是后来插入的。",
    "removed": "之前有分录被删除，其后的位置被改过。",
    "chain": "与前一条接不上：来源或校验值被改动，或此处有分录被插入、删除。",
}


class Problem(msgspec.Struct, frozen=True):
    """One thing that does not hold: the entry and position it is at, and a sentence."""

    entry: str | None
    position: int | None
    what: What
    sentence: str


class Break(NamedTuple):
    """A line that does not continue ``previous``, the chain of the line before it.

    ``place`` is where it stood, had nothing but what was found before been moved.
    """

    line: Line
    previous: str
    place: int

    @property
    def right(self) -> str:
        """The chain that the line would have if it did continue the line before it."""
        return _chain(self.line, self.previous, self.place)


def walk(
    store: Store, progress: Callable[[int, int], None] | None = None
) -> tuple[int, list[Problem]]:
    """How many lines there are, and what does not hold; one cause gives one problem."""
    problems: list[Problem] = []
    breaks: list[Break] = []
    holes: list[Break] = []
    strangers: list[Line] = []
    recent: deque[Line] = deque(maxlen=FAR + 1)
    previous, expected, count, shift = GENESIS, 1, 0, 0
    for line in store.journal.lines():
        if len(problems) + len(breaks) >= MOST:
            break
        count += 1
        if progress and count % 1000 == 0:
            progress(count, store.journal.position)
        form = canonical(line.authored)
        place = line.position + shift
        gap = line.position - expected
        if line.position < 1:
            problems.append(_at(line, "changed", "的位置被改动。"))
            continue
        if gap and _chain(line, previous, expected + shift, form) == line.chain:
            problems.append(_at(line, "changed", f"的位置被改动，原是第 {expected} 条。"))
        elif gap:
            problems.append(_gap(expected, gap))
        if identity(form) != line.identity:
            problems.append(_at(line, "changed", "的内容被改动，与其编号不符。"))
        elif line.position == expected and _chain(line, previous, place, form) != line.chain:
            last = breaks[-1] if breaks and breaks[-1].line == recent[-1] else None
            moved = _moved(line, previous, place) if last else 0
            if not last or not moved:
                breaks.append(Break(line, previous, place))
            elif moved > 0:  # Lines are missing before the last break; what follows moved up.
                holes.append(breaks.pop())
                problems.append(_hole(last.line, moved))
            else:  # The lines before the last break are strangers; what follows moved down.
                found = list(recent)[moved - 1 : -1]
                breaks = [one for one in breaks if one.line not in (*found, last.line)]
                problems += [_at(one, "inserted", _SAYS["inserted"]) for one in found]
                strangers += found
            shift += moved
        previous, expected = line.chain, line.position + 1
        recent.append(line)
    problems = list(_met(problems, holes, strangers))
    return count, [*problems, *_named(store, breaks)]


def _chain(line: Line, previous: str, place: int, form: bytes | None = None) -> str:
    """The chain of ``line``, did it stand at ``place`` behind the line with chain ``previous``."""
    form = canonical(line.authored) if form is None else form
    return chained(previous, place, line.identity, form, line.package)


def _moved(line: Line, previous: str, place: int) -> int:
    """By how many places the line was moved that does continue ``previous``; 0 if it does not."""
    form = canonical(line.authored)
    for far in range(1, FAR + 1):
        for moved in (far, -far):
            if _chain(line, previous, place + moved, form) == line.chain:
                return moved
    return 0


def _met(problems: list[Problem], holes: list[Break], strangers: list[Line]) -> Iterator[Problem]:
    """A stranger that fits into a hole was not put in but carried there."""
    carried = {
        line.position: hole.line.position
        for line in strangers
        for hole in holes
        if _chain(line, hole.previous, hole.place) == line.chain
    }
    for problem in problems:
        if problem.what == "inserted" and problem.position in carried:
            text = f"流水第 {problem.position} 条{_SAYS['reordered']}"
            yield Problem(problem.entry, problem.position, "reordered", text)
        elif problem.what != "removed" or problem.position not in carried.values():
            yield problem


def _named(store: Store, breaks: list[Break]) -> Iterator[Problem]:
    """What was done at the breaks that the walk has not explained."""
    exchanged, inserted, sound = set[int](), set[int](), set[int]()
    for at, one in enumerate(breaks):
        for before, other in enumerate(breaks):
            if before == at:
                continue
            if one.line.chain in (
                _chain(one.line, other.line.chain, one.place),
                _chain(one.line, other.right, one.place),
            ):
                sound.add(at)
            elif one.line.chain == _chain(one.line, other.previous, other.place):
                swapped = other.line.chain in (
                    _chain(other.line, one.line.chain, one.place),
                    _chain(other.line, one.previous, one.place),
                )
                if swapped or at < before:
                    exchanged |= {at, before} if swapped else {at}
                else:
                    inserted.add(before)
                    sound.add(at)
    for at, one in enumerate(breaks):
        if at in exchanged:
            yield _at(one.line, "reordered", _SAYS["reordered"])
        elif at in inserted:
            yield _at(one.line, "inserted", _SAYS["inserted"])
        elif at not in sound:
            what = _by_numbers(store, one.line)
            yield _at(one.line, what, _SAYS[what])


def _by_numbers(store: Store, line: Line) -> What:
    """What its author's numbers say of a line that stands at a break."""
    author, number = line.authored[:2]
    before, later = store.connection.execute(
        "SELECT coalesce(max(number) FILTER (WHERE position < :here), 0),"
        " count(*) FILTER (WHERE position > :here AND number < :number)"
        " FROM journal WHERE author = :author",
        {"here": line.position, "number": number, "author": author},
    ).fetchone()
    if number <= before or later:
        return "reordered"
    return "removed" if number > before + 1 else "chain"


def _gap(expected: int, lost: int) -> Problem:
    span = f"第 {expected} 条" + (f"至第 {expected + lost - 1} 条" if lost > 1 else "")
    return Problem(None, expected, "removed", f"流水{span}被删除，共 {lost} 条。")


def _hole(line: Line, lost: int) -> Problem:
    text = f"流水第 {line.position} 条之前有 {lost} 条被删除，其后的位置被改过。"
    return Problem(line.identity, line.position, "removed", text)


def _at(line: Line, what: What, text: str) -> Problem:
    operator, time = line.authored[3], line.authored[2]
    who = f"（{operator} {time}）" if operator else f"（{time}）"
    return Problem(line.identity, line.position, what, f"流水第 {line.position} 条{who}{text}")
