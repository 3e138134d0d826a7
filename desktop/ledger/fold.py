"""From entries to values: a pure function of the *set* of a record's entries.

For every field the writers that no other writer has seen (*maximal* writers) decide: one value →
taken; equal values → taken; a writer that brought the field back to what it was at the common
ancestor gives way (changed on one side only); values that differ → a conflict, kept with all its
sides, of which a fixed rule (the smallest identity, never a clock) shows one for the time being.
A removal against a change that did not see it is a conflict too, and the record stays.

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


class _Fold:
    """One record's entries in an order that respects their parents, ancestors as bit masks."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = _ordered(nodes)
        self.index = {node.entry: index for index, node in enumerate(self.nodes)}
        self.ancestors: list[int] = []
        for node in self.nodes:
            mask = 0
            for parent in node.parents:
                at = self.index.get(parent)
                if at is not None:
                    mask |= self.ancestors[at] | 1 << at
            self.ancestors.append(mask)

    def state(self) -> State:
        return self._state((1 << len(self.nodes)) - 1)

    def state_of(self, parents: Iterable[str]) -> State:
        mask = 0
        for parent in parents:
            at = self.index.get(parent)
            if at is not None:
                mask |= self.ancestors[at] | 1 << at
        return self._state(mask)

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
        if REMOVED not in conflicts:
            against = self._changed_unseen(within) if removed else ()
            if against:
                conflicts[REMOVED] = against
                removed = False
        heads = sorted(
            node.entry for index, node in enumerate(self.nodes) if within & ~seen & 1 << index
        )
        return State(values, tuple(heads), removed, conflicts)

    def _maximal(self, name: str, within: int) -> list[int]:
        """The writers of ``name`` that no other writer of it has among its ancestors."""
        covered = 0
        maximal: list[int] = []
        for index in range(len(self.nodes) - 1, -1, -1):
            bit = 1 << index
            if within & bit and not covered & bit and name in self.nodes[index].fields:
                maximal.append(index)
                covered |= self.ancestors[index]
        return maximal

    def _sides(self, name: str, within: int) -> tuple[Side, ...]:
        """What the maximal writers of ``name`` leave standing, one side for each value."""
        maximal = self._maximal(name, within)
        sides = self._distinct(name, maximal)
        if len(sides) == 1:
            return sides
        common = within
        for index in maximal:
            common &= self.ancestors[index]
        base = self._sides(name, common) if self._maximal(name, common) else (Side("", None),)
        if len(base) == 1:
            moved = [
                index
                for index in maximal
                if not same(self.nodes[index].fields[name], base[0].value)
            ]
            if moved:
                return self._distinct(name, moved)
        return sides

    def _distinct(self, name: str, writers: Iterable[int]) -> tuple[Side, ...]:
        """One side for each value, by identity: the first is the one shown."""
        sides: list[Side] = []
        for node in sorted(self.nodes[index] for index in writers):
            value = node.fields[name]
            if not any(same(value, side.value) for side in sides):
                sides.append(Side(node.entry, value))
        return tuple(sides)

    def _changed_unseen(self, within: int) -> tuple[Side, ...]:
        """The sides of a removal against the changes that it has not seen and that not see it."""
        removers = [
            index for index in self._maximal(REMOVED, within) if self.nodes[index].fields[REMOVED]
        ]
        seen = 0
        for index in removers:
            seen |= self.ancestors[index] | 1 << index
        changed = [
            self.nodes[index].entry
            for index in range(len(self.nodes))
            if within & 1 << index
            and not seen & 1 << index
            and not any(self.ancestors[index] >> remover & 1 for remover in removers)
        ]
        if not changed:
            return ()
        remover = min(self.nodes[index].entry for index in removers)
        return (Side(min(changed), False), Side(remover, True))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to a book: 1 is not True, 1 is not 1.0."""
    return type(one) is type(other) and bool(one == other)


def _ordered(nodes: Iterable[Node]) -> list[Node]:
    """Each entry once, parents before children, otherwise by identity; never by a clock."""
    waiting = {node.entry: node for node in nodes}
    children: dict[str, list[str]] = {}
    missing: dict[str, int] = {}
    for node in waiting.values():
        known = [parent for parent in node.parents if parent in waiting]
        missing[node.entry] = len(known)
        for parent in known:
            children.setdefault(parent, []).append(node.entry)
    ready = sorted(entry for entry, count in missing.items() if not count)
    ordered: list[Node] = []
    while ready:
        entry = ready.pop()
        ordered.append(waiting[entry])
        for child in sorted(children.get(entry, ())):
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return ordered
