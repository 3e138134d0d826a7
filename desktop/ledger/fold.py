"""From entries to values: a pure function of the *set* of a record's entries.

For every field the writers that no other writer has seen (*maximal* writers) decide: one value →
taken; equal values → taken; a writer that brought the field back to what it was at the common
ancestor gives way (changed on one side only); values that differ → a conflict, kept with all its
sides, of which a fixed rule (the smallest identity, never a clock) shows one for the time being.
A removal against a change that did not see it is a conflict too, and the record stays. Undoing a
decision sets the field :func:`apart` again: the value names the writers whose sides stand.

Any order and any repetition of the same entries gives the same state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

REMOVED = "removed"


class Node(NamedTuple):
    """What the fold needs of an entry."""

    entry: str
    parents: tuple[str, ...]
    fields: Mapping[str, Any]


class Side(msgspec.Struct, frozen=True):
    """One side of a conflict: the entry that wrote ``value``."""

    entry: str
    value: Any


class State(msgspec.Struct, frozen=True):
    """The present reading of a record.

    ``heads`` are the identities that no entry has seen, sorted; ``conflicts`` maps a field to its
    sides, the one shown first.
    """

    values: Mapping[str, Any]
    heads: tuple[str, ...]
    removed: bool = False
    conflicts: Mapping[str, tuple[Side, ...]] = {}


def fold(nodes: Iterable[Node]) -> State:
    """The state that a record's entries make; unknown parents count as not seen."""
    return _Fold(nodes).state()


def before(nodes: Sequence[Node], parents: Iterable[str]) -> State:
    """The state that a writer with ``parents`` saw: the fold of these entries' ancestors."""
    return _Fold(nodes).state_of(parents)


def apart(nodes: Sequence[Node], parents: Iterable[str], name: str) -> dict[str, list[str]]:
    """What opens a field's conflict again, as a writer with ``parents`` saw it: who stood there."""
    return _Fold(nodes).apart(parents, name)


class _Fold:
    """One record's entries in an order that respects their parents, ancestors as bit masks."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = _ordered(nodes)
        self.index = {node.entry: index for index, node in enumerate(self.nodes)}
        self.ancestors: list[int] = []
        for node in self.nodes:
            self.ancestors.append(self._up_to(node.parents))

    def state(self) -> State:
        return self._state((1 << len(self.nodes)) - 1)

    def state_of(self, parents: Iterable[str]) -> State:
        return self._state(self._up_to(parents))

    def apart(self, parents: Iterable[str], name: str) -> dict[str, list[str]]:
        standing = self._maximal(name, self._up_to(parents))
        return {"apart": sorted(self.nodes[index].entry for index in standing)}

    def _up_to(self, entries: Iterable[str]) -> int:
        """These entries and all their ancestors."""
        mask = 0
        for entry in entries:
            at = self.index.get(entry)
            if at is not None:
                mask |= self.ancestors[at] | 1 << at
        return mask

    def _state(self, within: int) -> State:
        values: dict[str, Any] = {}
        conflicts: dict[str, tuple[Side, ...]] = {}
        seen = 0
        names: dict[str, None] = {}
        for index, node in enumerate(self.nodes):
            if within >> index & 1:
                seen |= self.ancestors[index]
                names.update(dict.fromkeys(node.fields))
        for name in names:
            sides = self._sides(name, within)
            values[name] = sides[0].value
            if len(sides) > 1:
                conflicts[name] = sides
        removed = bool(values.pop(REMOVED, False))
        against = self._against_removal(within) if removed else ()
        if against:
            conflicts[REMOVED] = against
            removed = False
        if removed:  # Nobody has to decide about what is gone; if it comes back, so do they.
            conflicts = {}
        heads = sorted(
            node.entry for index, node in enumerate(self.nodes) if within & ~seen & 1 << index
        )
        return State(values, tuple(heads), removed, conflicts)

    def _maximal(self, name: str, within: int) -> list[int]:
        """The writers of ``name`` that no other writer of it has among its ancestors.

        For one that set the field apart again the writers stand that it names.
        """
        covered = 0
        maximal: list[int] = []
        for index in range(len(self.nodes) - 1, -1, -1):
            bit = 1 << index
            if within & bit and not covered & bit and name in self.nodes[index].fields:
                maximal.append(index)
                covered |= self.ancestors[index]
        standing = {one for index in maximal for one in self._standing(name, index)}
        return [
            index
            for index in standing
            if not any(self.ancestors[one] >> index & 1 for one in standing)
        ]

    def _standing(self, name: str, writer: int) -> list[int]:
        value = self.nodes[writer].fields[name]
        if not isinstance(value, dict):
            return [writer]
        named = [self.index[entry] for entry in value.get("apart", ()) if entry in self.index]
        return [index for index in named if self.ancestors[writer] >> index & 1] or [writer]

    def _value(self, name: str, writer: int) -> Any:
        """What ``writer`` made of the field."""
        value = self.nodes[writer].fields.get(name)
        return None if isinstance(value, dict) else value

    def _sides(self, name: str, within: int) -> tuple[Side, ...]:
        """What the maximal writers of ``name`` leave standing, one side for each value."""
        maximal = self._maximal(name, within)
        sides = self._distinct(name, maximal)
        if len(sides) == 1:
            return sides
        common = within
        for index in maximal:
            common &= self.ancestors[index]
        base = self._seen(name, common)
        if len(base) == 1:
            moved = [
                index for index in maximal if not same(self._value(name, index), base[0].value)
            ]
            if moved:
                return self._distinct(name, moved)
        return sides

    def _seen(self, name: str, within: int) -> tuple[Side, ...]:
        """What stood in the field for who saw ``within``; nothing, or no removal, to begin with."""
        if self._maximal(name, within):
            return self._sides(name, within)
        return (Side("", False if name == REMOVED else None),)

    def _distinct(self, name: str, writers: Iterable[int]) -> tuple[Side, ...]:
        """One side for each value, by identity: the first is the one shown."""
        sides: list[Side] = []
        for index in sorted(writers, key=lambda index: self.nodes[index].entry):
            value = self._value(name, index)
            if not any(same(value, side.value) for side in sides):
                sides.append(Side(self.nodes[index].entry, value))
        return tuple(sides)

    def _against_removal(self, within: int) -> tuple[Side, ...]:
        """The sides of a removal against what others made of the record without seeing it."""
        removers = [
            index for index in self._maximal(REMOVED, within) if self._value(REMOVED, index)
        ]
        seen, unseen, other = 0, [], 0
        for index in removers:
            seen |= self.ancestors[index] | 1 << index
        for index in range(len(self.nodes)):
            if (within & ~seen) >> index & 1 and not any(
                self.ancestors[index] >> remover & 1 for remover in removers
            ):
                unseen.append(index)
                other |= self.ancestors[index] | 1 << index
        names = {name for index in unseen for name in self.nodes[index].fields} - {REMOVED}
        moved = {name for name in names if not self._agree(name, other, other & seen)}
        changed = [
            self.nodes[index].entry for index in unseen if moved & self.nodes[index].fields.keys()
        ]
        if not changed:
            return ()
        remover = min(self.nodes[index].entry for index in removers)
        return (Side(min(changed), False), Side(remover, True))

    def _agree(self, name: str, one: int, other: int) -> bool:
        """Whether who saw ``one`` and who saw ``other`` read the same in the field."""
        left, right = self._seen(name, one), self._seen(name, other)
        return len(left) == len(right) and all(map(_alike, left, right))


def _alike(one: Side, other: Side) -> bool:
    return same(one.value, other.value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to a book: 1 is not True, 1 is not 1.0."""
    return type(one) is type(other) and bool(one == other)


def _ordered(nodes: Iterable[Node]) -> list[Node]:
    """Each entry once, parents before children."""
    waiting = {node.entry: node for node in nodes}
    children: dict[str, list[str]] = {}
    missing: dict[str, int] = {}
    for node in waiting.values():
        known = [parent for parent in node.parents if parent in waiting]
        missing[node.entry] = len(known)
        for parent in known:
            children.setdefault(parent, []).append(node.entry)
    ready = [entry for entry, count in missing.items() if not count]
    ordered: list[Node] = []
    while ready:
        entry = ready.pop()
        ordered.append(waiting[entry])
        for child in children.get(entry, ()):
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return ordered
