"""Three replicas of one unit: whatever is lost, repeated, reordered or restored, they agree.

Random histories in memory, a few on disk with real backups. Clocks say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.ledger import backups, merging, records, replicas, tables, undo, verify, workspace
from desktop.ledger.bookfile import connect, format_file
from desktop.ledger.fold import REMOVED
from desktop.ledger.store import Store
from tests.ledger import books

Entries = list[tuple[Any, ...]]
PERIODS = ("2023-W08", "2023-W09")
WORDS = ("征迁", "资金", "用地")


class Pc:
    """One PC with a replica: writes, packs, takes in, is backed up and restored."""

    def __init__(self, store: Store, chance: Random) -> None:
        self.store, self.chance = store, chance
        store.clock = self._wrong
        self.saved: list[Any] = []

    def _wrong(self) -> datetime:
        return datetime.fromtimestamp(self.chance.randrange(4 * 10**9), UTC)

    @property
    def entries(self) -> Entries:
        return [line.authored for line in self.store.journal.lines()]

    def save(self) -> None:
        copy = connect(Path(":memory:"))
        self.store.connection.backup(copy)
        self.saved.append(copy)

    def restore(self) -> None:
        if not self.saved:
            return
        self.store.connection.close()
        self.store = Store(self.saved.pop(), "恢复")
        self.store.clock = self._wrong
        self.store.load()
        self.store.write_as(replicas.new_replica())


class OfficePc(Pc):
    """The same with a file, a profile and backups."""

    store: workspace.Book

    def save(self) -> None:
        target = self.store.path.with_name(f"备份{len(self.saved)}-{self.chance.random()}.yzb")
        backups.backup(self.store, target)
        self.saved.append(target)

    def restore(self) -> None:
        if not self.saved:
            return
        path, profile = self.store.path, self.store.profile
        self.store.close()
        path.unlink()
        backups.restore(self.saved.pop(), path, profile=profile)
        self.store = workspace.open_book(path, profile=profile, clock=self._wrong)


def founded(chance: Random) -> list[Pc]:
    """Three replicas in memory of one new book."""
    first = Store(format_file(connect(Path(":memory:")), "甲"), "甲")
    first.write_as("a" * 12)
    workspace._found(first, books.shipped(), "源汇区", "district", None, False)
    made = [Pc(first, chance)]
    for letter in "bc":
        copy = connect(Path(":memory:"))
        first.connection.backup(copy)
        store = Store(copy, letter)
        store.load()
        store.write_as(letter * 12)
        made.append(Pc(store, chance))
    return made


@contextmanager
def in_offices(tmp_path: Path, chance: Random) -> Iterator[list[Pc]]:
    """Three replicas on disk of one new book, each with its profile."""
    made: list[Pc] = []
    for name in "甲乙丙":
        folder = tmp_path / name
        folder.mkdir()
        profile = folder / "profile"
        if not made:
            book = books.found(folder / "账本.yzb", profile=profile)
            book.close()
            book = workspace.open_book(book.path, profile=profile)
        else:
            (folder / "账本.yzb").write_bytes((tmp_path / "甲" / "账本.yzb").read_bytes())
            book = workspace.open_book(folder / "账本.yzb", profile=profile)
        made.append(OfficePc(book, chance))
    yield made
    for pc in made:
        assert isinstance(pc, OfficePc)
        pc.store.close()


# What a clerk does ---------------------------------------------------------------------------


def some(pc: Pc, register: str) -> str | None:
    """One of the present records of a register."""
    found = [row["record"] for row in pc.store.rows(register)]
    return pc.chance.choice(found) if found else None


def write(pc: Pc) -> None:
    """One random act; what is refused changes nothing."""
    store, chance = pc.store, pc.chance
    subject, item = some(pc, "project"), some(pc, "weekly")
    with (
        suppress(records.InUse, undo.NothingToUndo),
        records.batch(store, "change") as batch,
    ):
        match chance.randrange(7):
            case 0:
                batch.create("project", {"name": chance.choice(WORDS), "unit": store.unit})
            case 1 | 2 if subject:
                field = chance.choice(("remark", "place", "content"))
                batch.change("project", subject, {field: chance.choice((*WORDS, None))})
            case 3 | 4 if subject:
                values = {"completed_week": chance.randrange(3), "problems": chance.choice(WORDS)}
                period = chance.choice(PERIODS)
                batch.create("weekly", {"project": subject, "period": period, **values})
            case 5 if item:
                batch.remove("weekly", item)
            case 6 if subject:
                batch.remove("project", subject)


def take_back(pc: Pc) -> None:
    with suppress(undo.NothingToUndo):
        pc.chance.choice((undo.undo, undo.redo))(pc.store)


def settle(pc: Pc) -> None:
    """Decide one conflict for one of its sides, for another value, or leave it."""
    store, chance = pc.store, pc.chance
    listed = store.select("SELECT DISTINCT record, register, field FROM conflict")
    if not listed:
        return
    one = chance.choice(listed)
    with suppress(records.InUse), records.batch(store, "settle") as batch:
        present = store.present(one["register"], one["record"])
        assert present is not None
        if one["field"] == REMOVED and chance.random() < 0.5:
            batch.remove(one["register"], one["record"])
        elif one["field"] == REMOVED:
            register = store.scheme.register(one["register"])
            batch.restore(register, one["record"], present, {REMOVED: False})
        elif one["field"] in ("remark", "place", "content", "problems"):
            word = chance.choice((*WORDS, present.values[one["field"]]))
            batch.change(one["register"], one["record"], {one["field"]: word})
        elif one["field"] == "completed_week":
            batch.change(one["register"], one["record"], {"completed_week": chance.randrange(9)})


ACTS: tuple[tuple[Callable[[Pc], None], int], ...] = (
    (write, 10),
    (take_back, 2),
    (settle, 6),
    (lambda pc: pc.save(), 1),
    (lambda pc: pc.restore(), 1),
)


def live(pcs: list[Pc], chance: Random, steps: int) -> set[str]:
    """Let the offices work and carry sticks; the entries that must not be lost."""
    sticks: list[Entries] = []
    for _ in range(steps):
        pc = chance.choice(pcs)
        if chance.random() < 0.6:
            (act,) = chance.choices([act for act, _ in ACTS], [weight for _, weight in ACTS])
            act(pc)
        elif chance.random() < 0.5 or not sticks:
            packed = pc.entries[-chance.randrange(1, 60) :]
            chance.shuffle(packed)
            sticks.append(packed)
        else:
            at = chance.randrange(len(sticks))  # Not in the order in which they were packed.
            with suppress(merging.ParentsMissing):
                merging.receive(pc.store, sticks[at] * chance.choice((1, 2)), "stick")
            if chance.random() < 0.5:
                sticks.pop(at)  # Handed over or lost; the others come again.
    merged = [pc.store for pc in pcs]
    wanted = set().union(*(books.identities(store) for store in merged))
    for _ in range(2):
        for pc in pcs:
            for other in pcs:
                merging.receive(other.store, pc.entries, "last")
    return wanted


def agree(pcs: list[Pc], wanted: set[str]) -> None:
    """Nothing is lost, all tables are equal, every book is sound."""
    first = pcs[0].store
    for pc in pcs:
        assert books.identities(pc.store) == wanted
        assert books.tables(pc.store) == books.tables(first)
        found = verify.verify(pc.store)
        assert found.ok, [problem.sentence for problem in found.problems]
    again = Store(format_file(connect(Path(":memory:")), "丁"), "丁")
    tables.make(again.database, first.scheme)
    again.use(first.scheme)
    entries = pcs[0].entries
    pcs[0].chance.shuffle(entries)
    merging.receive(again, entries, "all at once")
    assert books.tables(again) == books.tables(first)
    again.connection.close()


SEEDS = 12


@pytest.mark.parametrize("seed", range(SEEDS))
def test_three_replicas_agree_after_everything_was_exchanged(seed: int) -> None:
    chance = Random(seed)
    pcs = founded(chance)
    wanted = live(pcs, chance, 150)
    agree(pcs, wanted)
    for pc in pcs:
        pc.store.connection.close()
        for copy in pc.saved:
            copy.close()


def test_the_random_histories_hold_what_they_are_to_try() -> None:
    """Conflicts, removals against changes, decisions, restored replicas: all do occur."""
    kinds = dict.fromkeys(("conflict", "removed", "settled", "undone", "restored"), 0)
    for seed in range(4):
        chance = Random(seed)
        pcs = founded(chance)
        live(pcs, chance, 150)
        store = pcs[0].store
        fields = [row["field"] for row in store.select("SELECT field FROM conflict")]
        kinds["conflict"] += len([field for field in fields if field != REMOVED])
        kinds["removed"] += fields.count(REMOVED)
        entries = [line.entry for line in store.journal.lines()]
        kinds["settled"] += sum(entry.act == "settle" for entry in entries)
        kinds["undone"] += sum(entry.act == "undo" for entry in entries)
        kinds["restored"] += len({entry.author for entry in entries}) - 3
        for pc in pcs:
            pc.store.connection.close()
            for copy in pc.saved:
                copy.close()
    assert all(kinds.values()), kinds


@pytest.mark.parametrize("seed", [101, 102])
def test_three_books_on_disk_agree_too(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    with in_offices(tmp_path, chance) as pcs:
        agree(pcs, live(pcs, chance, 80))
        for pc in pcs:
            assert books.clean(pc.store)
