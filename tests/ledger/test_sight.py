"""Who sees what, against a slow reading that says the rules one by one.

Random trees of units, moves of projects, changed responsible units, removals, conflicts between two
PCs, decisions, undo, packages set aside; every unit is asked after every few steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from random import Random
from typing import Any

import pytest

from desktop.ledger import aside, audience, fold, marks, merging, records, undo, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.bookfile import connect, format_file
from desktop.ledger.definitions import Register
from desktop.ledger.fold import REMOVED, Node
from desktop.ledger.journal import Line
from desktop.ledger.sight import Sight
from desktop.ledger.store import Store
from tests.ledger import books
from tests.ledger.test_aside import take_in

#: A file that a field may hand to a department, and a list under it.
PERMIT = """
name = "permit"
title = "行政审批"
shape = "file"
audience = "unit"
owner = "unit"
label = "name"
[[field]]
name = "name"
title = "名称"
type = "text"
[[field]]
name = "unit"
title = "单位"
type = "link"
of = "unit"
[[field]]
name = "office"
title = "审批部门"
type = "unit"
audience = true
"""
STEP = """
name = "permit_step"
title = "审批步骤"
shape = "list"
of = "permit"
audience = "unit"
label = "name"
[[field]]
name = "name"
title = "名称"
type = "text"
"""
NAMES = ("甲局", "乙局", "丙局", "丁镇", "戊镇")
WRITTEN = (*NAMES, "甲", "乙局、丙局", "甲局，外省某局", "旧局", "省里", None)


# The rules, one by one ---------------------------------------------------------------------------


class Slow:
    """What a unit may have of a book, read from the journal with nothing but the fold."""

    def __init__(self, store: Store, unit: str) -> None:
        self.store, self.unit = store, unit
        self.passed = marks.passed_over(store)
        ordered = sorted(store.journal.lines(), key=lambda at: (at.entry.register, at.entry.record))
        self.whole: dict[tuple[str, str], list[Node]] = {
            key: [Node(at.identity, at.entry.parents, at.entry.fields) for at in of_record]
            for key, of_record in groupby(ordered, lambda at: (at.entry.register, at.entry.record))
        }
        standing = {
            key: [node for node in nodes if node.entry not in self.passed]
            for key, nodes in self.whole.items()
        }
        self.history = {key: nodes for key, nodes in standing.items() if nodes}
        self.present = {key: _sides(nodes) for key, nodes in self.history.items()}

    @cached_property
    def units(self) -> dict[str, dict[str, tuple[Any, ...]]]:
        return {record: at for (register, record), at in self.present.items() if register == "unit"}

    def under(self, unit: Any) -> bool:
        """Whether ``unit`` is the one that asks, or stands under it."""
        seen = set()
        while unit is not None and unit not in seen:
            if unit == self.unit:
                return True
            seen.add(unit)
            unit = self.units.get(unit, {}).get("above", (None,))[0]
        return False

    def meant(self, text: str) -> list[str]:
        """The units called so that have not been taken away; none when it is not clear which."""
        found = [
            record
            for record, at in self.units.items()
            if not at.get(REMOVED, (False,))[0]
            and text in (*at.get("name", ()), *(at.get("aliases", ("",))[0] or "").split("、"))
        ]
        return found if len(found) == 1 else []

    def is_mine(self, register: Register, sides: dict[str, tuple[Any, ...]]) -> bool:
        """By its owner's field or by a field that names the unit."""
        owners = sides.get(register.owner, ()) if register.owner else ()
        return any(self.under(owner) for owner in owners) or self.is_named(register, sides)

    def is_named(self, register: Register, sides: dict[str, tuple[Any, ...]]) -> bool:
        for field in register.field:
            for value in sides.get(field.name, ()) if field.audience else ():
                if value is None:
                    continue
                if field.type == "link":
                    meant = [value]
                else:
                    parts = re.split(r"[、，]", value)
                    meant = self.meant(value) or [u for part in parts for u in self.meant(part)]
                if any(self.under(unit) for unit in meant):
                    return True
        return False

    def is_seen(self, register: Register, sides: dict[str, tuple[Any, ...]]) -> bool:
        """Now, as a record of its own and by what it hangs under."""
        if self.is_mine(register, sides):
            return True
        if register.of == "unit":
            return self.under(sides["unit"][0])
        if register.of is None or register.owner is not None:
            return False
        subject = self.present[register.of, sides[register.of][0]]
        return self.is_seen(self.store.scheme.registers[register.of], subject)

    def visible(self) -> set[tuple[str, str]]:
        found = set()
        for (name, record), sides in self.present.items():
            register = self.store.scheme.registers[name]
            if register.audience == "all":
                found.add((name, record))
            elif register.audience == "unit" and self.is_seen(register, sides):
                found.add((name, record))
                above = self.store.scheme.registers.get(register.of or "")
                if self.is_named(register, sides) and above and above.audience == "unit":
                    found.add((above.name, sides[above.name][0]))
        return found

    def entries(self) -> set[str]:
        """All of what is seen; else what was written while it was, with what that stood on."""
        found, seen = set(), self.visible()
        for (name, record), nodes in self.history.items():
            register = self.store.scheme.registers[name]
            if (name, record) in seen:
                found |= {node.entry for node in nodes}
            elif register.audience == "unit":
                for node in nodes:
                    states = _sides_at(nodes, node.parents), _sides_at(nodes, [node.entry])
                    if any(self.is_mine(register, sides) for sides in states):
                        found |= _ancestors(nodes, node.entry)
        return found

    def ever(self, name: str, record: str) -> bool:
        """By any state, also of a package set aside; a subject's states are its records' too."""
        register = self.store.scheme.registers[name]
        if register.audience == "all":
            return True
        nodes = self.whole[name, record]
        if any(self.is_mine(register, _sides_at(nodes, [node.entry])) for node in nodes):
            return True
        if register.of == "unit":
            return self.under(nodes[0].fields["unit"])
        if register.of is None or register.owner is not None:
            return False
        return self.ever(register.of, nodes[0].fields[register.of])


def _sides(nodes: Iterable[Node]) -> dict[str, tuple[Any, ...]]:
    state = fold.fold(nodes)
    sides = {name: (value,) for name, value in state.values.items()}
    for name, apart in state.conflicts.items():
        sides[name] = tuple(side.value for side in apart)
    return {**sides, REMOVED: (state.removed,)}


def _sides_at(nodes: list[Node], entries: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What stood there for who had seen ``entries``; that it was removed does not count."""
    known = set().union(*(_ancestors(nodes, entry) for entry in entries))
    kept = [
        Node(one.entry, one.parents, {k: v for k, v in one.fields.items() if k != REMOVED})
        for one in nodes
        if one.entry in known
    ]
    return _sides(kept)


def _ancestors(nodes: list[Node], entry: str) -> set[str]:
    for node in nodes:
        if node.entry == entry:
            return {entry}.union(*(_ancestors(nodes, parent) for parent in node.parents))
    return set()


# Random offices ----------------------------------------------------------------------------------


def founded() -> tuple[Store, Store]:
    """A district's book on two PCs, in memory."""
    scheme = schemes.parse(books.texts(registers__permit=PERMIT, registers__permit_step=STEP))
    first = Store(format_file(connect(":memory:"), "甲"), "甲")  # type: ignore[arg-type]
    first.write_as("a" * 12)
    workspace._found(first, scheme, "区", "district", None, False)
    with records.batch(first, "create") as batch:
        batch.create("meeting", {"name": "周例会"})
        for name in NAMES:
            level = "township" if name.endswith("镇") else "department"
            given = {"name": name, "aliases": f"{name[0]}、旧局", "above": first.unit}
            batch.create("unit", {**given, "level": level})
        for unit in [row["record"] for row in first.select("SELECT record FROM unit")]:
            batch.create("project", {"name": "项目", "unit": unit})
    copy = connect(":memory:")  # type: ignore[arg-type]
    first.connection.backup(copy)
    second = Store(copy, "乙")
    second.load()
    second.write_as("b" * 12)
    return first, second


def some(store: Store, register: str, chance: Random) -> str | None:
    found = [row["record"] for row in store.rows(register)]
    return chance.choice(found) if found else None


def act(store: Store, chance: Random) -> None:
    """One act of a clerk of the district; what is refused changes nothing."""
    unit, project = (some(store, register, chance) for register in ("unit", "project"))
    assert unit is not None
    office = chance.choice(WRITTEN)
    named = {"responsible_unit": office}
    with (
        suppress(records.InUse, undo.NothingToUndo),
        records.batch(store, "change") as batch,
    ):
        match chance.randrange(16):
            case 0:
                batch.create("project", {"name": "项目", "unit": unit})
            case 1 | 2 | 3 if project:
                batch.change("project", project, {"unit": unit})
            case 4 if project:
                batch.change("project", project, {"remark": str(chance.random())})
            case 5 if project:
                batch.create("problem", {"project": project, "problem": "问题", **named})
            case 6 | 7 if item := some(store, "problem", chance):
                batch.change("problem", item, named)
            case 8 if project:
                period = chance.choice(("2023-W08", "2023-W09"))
                amount = chance.randrange(9)
                fields = {"project": project, "period": period, "completed_week": amount}
                batch.create("weekly", fields)
            case 9:
                register = chance.choice(("project", "problem", "permit", "weekly", "decision"))
                if item := some(store, register, chance):
                    batch.remove(register, item)
            case 10:
                if chance.random() < 0.3 and unit != store.unit:
                    batch.remove("unit", unit)
                elif above := some(store, "unit", chance):
                    batch.change("unit", unit, {"above": above if above != unit else None})
            case 11:
                fields = {"name": "许可", "unit": unit, "office": office}
                batch.create("permit", fields)
            case 12 | 13 if item := some(store, "permit", chance):
                changed = {"unit": unit} if chance.random() < 0.4 else {"office": office}
                batch.change("permit", item, changed)
                batch.create("permit_step", {"permit": item, "name": "受理"})
            case 14 if meeting := some(store, "meeting", chance):
                fields = {"meeting": meeting, "matter": "议定", "unit": unit, **named}
                batch.create("decision", fields)
            case 15 if item := some(store, "decision", chance):
                batch.change("decision", item, {"unit": unit, **named})
    if chance.random() < 0.1:
        with suppress(undo.NothingToUndo):
            undo.undo(store)


def carry(sender: Store, receiver: Store, chance: Random, digest: str) -> None:
    """A share from one PC to the other; sometimes it is set aside again."""
    lines = audience.shared(sender, without=marks.passed_over(sender))
    take_in(receiver, [line.authored for line in lines], digest)
    if chance.random() < 0.3:
        with suppress(aside.HangsOn, merging.ParentsMissing):
            aside.set_aside(receiver, digest)


def lived(seed: int, steps: int = 60) -> Iterator[Store]:
    """The two books, every few steps."""
    chance = Random(seed)
    pair = founded()
    try:
        for step in range(steps):
            act(chance.choice(pair), chance)
            if chance.random() < 0.15:
                sender, receiver = chance.sample(pair, 2)
                carry(sender, receiver, chance, f"{step:064}")
            if step % 12 == 11:
                yield from pair
    finally:
        for store in pair:
            store.connection.close()


SEEDS = 10


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_unit_gets_what_the_rules_say_and_nothing_else(seed: int) -> None:
    for store in lived(seed):
        passed = marks.passed_over(store)
        for (unit,) in store.connection.execute("SELECT record FROM unit").fetchall():
            slow = Slow(store, unit)
            seen = slow.visible()
            assert audience.visible(store, unit) == {record for _, record in seen}
            lines = audience.lines(store, unit, without=passed)
            assert {line.identity for line in lines} == slow.entries()
            in_order(lines)
            sight = Sight(store, unit)
            for register, record in slow.whole:
                if store.scheme.registers[register].audience in ("unit", "all"):
                    assert sight.ever(register, record) == slow.ever(register, record)


def in_order(lines: list[Line]) -> None:
    """Parents before children, and nothing stands on what did not come along."""
    known: set[str] = set()
    for line in lines:
        assert known.issuperset(line.entry.parents)
        known.add(line.identity)


def test_the_random_offices_hold_what_they_are_to_try() -> None:
    """Departures, conflicts about whose it is, packages set aside, removals: all do occur."""
    kinds = dict.fromkeys(("departed", "apart", "aside", "removed", "by_name"), 0)
    for seed in range(4):
        for store in lived(seed):
            kinds["apart"] += len(
                store.select("SELECT 1 FROM conflict WHERE field IN ('unit', 'responsible_unit')")
            )
            kinds["aside"] += len(marks.passed_over(store))
            kinds["removed"] += len(store.select("SELECT 1 FROM project WHERE removed = 1"))
            for unit in [row["record"] for row in store.rows("unit")]:
                seen = audience.visible(store, unit)
                lines = audience.lines(store, unit)
                kinds["departed"] += any(line.entry.record not in seen for line in lines)
                under = audience.below(store, unit)
                kinds["by_name"] += any(
                    row["unit"] not in under
                    for row in store.select("SELECT record, unit FROM project")
                    if row["record"] in seen
                )
    assert min(kinds.values()) > 3, kinds
