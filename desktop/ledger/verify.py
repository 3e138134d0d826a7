"""Verification: is this the record as it was written, and do the tables say what it says?

In this order: the pages of the file (SQLite's own check); every line of the journal (its place,
its identity, its link to the line before); authors' numbers and parents; the places where the head
was seen outside the journal (backups, this PC's profile, heads that the tables name), by which a
cut tail shows; every table against its fold; every photo and attachment against its digest.
Everything found is collected and named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import attachments, folding, structure, tables
from desktop.ledger.chain import MOST, Problem, What, walk
from desktop.ledger.entry import UnreadableEntry
from desktop.ledger.fold import State
from desktop.ledger.store import Store

__all__ = ["Anchor", "JournalUnsound", "Problem", "Verification", "What", "rebuild", "verify"]


#: What a rebuild mends.
REPAIRABLE = frozenset({"table", "conflict", "structure"})
#: What lies beside the journal: a rebuild does not mend it, and is not kept from its work by it.
BESIDE = frozenset({"attachment"})


class JournalUnsound(OneLedgerError):
    """Tables cannot be made from a journal that does not hold."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"账本的流水未通过核验，不能据以重建各表：{where}。",
            "请运行核验看是哪一处，保留此文件，从备份恢复。",
        )


class Anchor(msgspec.Struct, frozen=True):
    """Where the head was seen outside the journal: position, head, and in what."""

    position: int
    head: str
    where: str


class Verification(msgspec.Struct, frozen=True):
    """The outcome: ``ok`` only when nothing at all was found."""

    ok: bool
    entries: int
    head: str
    problems: tuple[Problem, ...]


def verify(
    store: Store,
    anchors: Iterable[Anchor] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Examine the whole book; ``anchors`` come from backups, papers and the PC's profile.

    Changes nothing and raises nothing for what it finds. ``progress`` gets (done, of all).
    """
    anchors = tuple(anchors)
    found = _verified(store, anchors, progress)
    if any("decode to UTF-8" in problem.sentence for problem in found.problems):
        # Bytes that are no text any more: read them legibly, so that the line can be named.
        store.connection.text_factory = _legible
        try:
            return _verified(store, anchors, progress)
        finally:
            store.connection.text_factory = str
    return found


def rebuild(store: Store, anchors: Iterable[Anchor] = ()) -> None:
    """Make tables, views and indexes anew from the journal; the journal is never touched.

    Triggers are taken away, views and indexes made anew. Raises
    :class:`JournalUnsound` when the journal itself does not hold, also against ``anchors``: the
    tables may then be the only place that still says what was written.
    """
    if any(problem.what not in REPAIRABLE | BESIDE for problem in verify(store, anchors).problems):
        raise JournalUnsound(store.name)
    with store.atomic():
        folding.recover(store)
        structure.restore(store.database, store.scheme)
        folding.rebuild(store)


def _verified(
    store: Store, anchors: Iterable[Anchor], progress: Callable[[int, int], None] | None
) -> Verification:
    problems: list[Problem] = []
    count = 0
    try:
        store.journal.reload()
        problems += _pages(store.connection)
        shape = structure.differences(store.connection, store.scheme)
        problems += [Problem(None, None, "structure", f"账本文件{said}") for said in shape]
        count, found = walk(store, progress)
        problems += found
        problems += _numbers(store)
        with suppress(sqlite3.OperationalError) if shape else nullcontext():
            problems += _anchors(store, [*_kept_anchors(store), *anchors], count)
        with suppress(sqlite3.OperationalError) if shape else nullcontext():
            problems += _tables(store, whole=not found)
        with suppress(sqlite3.OperationalError) if shape else nullcontext():
            problems += attachments.examine(store)
    except sqlite3.Error as error:
        problems.append(Problem(None, None, "file", f"文件读到一半出错：{error}。"))
    except UnreadableEntry:
        text = "流水中有读不出的分录，各表没有核对。"
        problems.append(Problem(None, None, "table", text))
    problems.sort(key=lambda problem: (problem.position is None, problem.position or 0))
    return Verification(not problems, count, store.journal.head, tuple(problems[:MOST]))


def _legible(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (text,) in connection.execute("PRAGMA integrity_check(20)"):
        if text != "ok":
            yield Problem(None, None, "file", f"文件结构不完整：{text}。")


def _numbers(store: Store) -> Iterator[Problem]:
    """Numbers of those who wrote here run from 1 without gaps, and every parent is there.

    Of another book's author only what this unit may see arrives, so there gaps mean nothing.
    """
    rows = store.connection.execute(
        "SELECT author, count(*), max(number), min(number) FROM journal GROUP BY author"
        " HAVING max(package) = ''"
    )
    for author, count, last, first in rows:
        if first != 1 or last != count:
            yield Problem(
                None, None, "number", f"录入端 {author} 的分录应有 {last} 条，现有 {count} 条。"
            )
    rows = store.connection.execute("SELECT entry, position, parents FROM journal")
    known = {entry for (entry,) in store.connection.execute("SELECT entry FROM journal")}
    for entry, position, parents in rows:
        for parent in parents.split():
            if parent not in known:
                yield Problem(
                    entry, position, "parent", f"流水第 {position} 条所依据的前一条分录不见了。"
                )


def _kept_anchors(store: Store) -> list[Anchor]:
    rows = store.connection.execute("SELECT position, head, kind FROM anchor")
    return [Anchor(position, head, kind) for position, head, kind in rows]


def _anchors(store: Store, anchors: list[Anchor], count: int) -> Iterator[Problem]:
    for anchor in dict.fromkeys(anchors):
        if not anchor.position:
            continue
        row = store.connection.execute(
            "SELECT entry, chain FROM journal WHERE position = ?", (anchor.position,)
        ).fetchone()
        if row is None:
            yield Problem(
                None,
                anchor.position,
                "tail_cut",
                f"流水末尾被截去：{anchor.where}时已有 {anchor.position} 条，现只有 {count} 条。",
            )
        elif row[1] != anchor.head:
            yield Problem(
                row[0],
                anchor.position,
                "chain",
                f"流水第 {anchor.position} 条与{anchor.where}时留下的校验值不符。",
            )


def _tables(store: Store, whole: bool) -> Iterator[Problem]:
    """Every row against its fold; rows that name heads a ``whole`` journal lacks betray a cut."""
    conflicts: set[tuple[Any, ...]] = set()
    folded: dict[str, dict[str, State]] = {name: {} for name in store.tables}
    for register, record, made in folding.states(store):
        folded[register][record] = made
        conflicts |= set(tables.conflict_rows(register, record, made.conflicts))
    for name, table in store.tables.items():
        title = store.scheme.registers[name].title
        rest = folded[name]
        try:
            rows = table.rows()
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise
            yield Problem(None, None, "table", f"“{title}”的表残缺：{error}。")
            continue
        for row in rows:
            record = row[0]
            state = rest.pop(record) if record in rest else None
            lost = [head for head in row[-3].split() if not store.journal.has(head)]
            if lost:
                yield Problem(
                    lost[0],
                    None,
                    "tail_cut" if whole else "table",
                    f"“{title}”记录 {record[:8]} 的最后一次改动不在流水中"
                    + ("：流水末尾被截去。" if whole else "。"),
                )
            elif state is None or not _equal(table.row(record, tables.present(state)), row):
                yield Problem(
                    row[-3].split()[0] if row[-3] else None,
                    None,
                    "table",
                    f"“{title}”记录 {record[:8]} 与流水不符：{_differing(table, row, state)}。",
                )
        for record, missing in rest.items():
            yield Problem(
                missing.heads[0], None, "table", f"“{title}”缺少流水中的记录 {record[:8]}。"
            )
    listed = set(
        store.connection.execute("SELECT record, register, field, entry, value FROM conflict")
    )
    for row in sorted(listed ^ conflicts):
        yield Problem(row[3], None, "conflict", f"冲突清单与流水不符：{row[1]} {row[2]}。")


def _equal(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one == other and [type(v) for v in one] == [type(v) for v in other]


def _differing(table: tables.Table, row: tuple[Any, ...], state: State | None) -> str:
    if state is None:
        return "流水中没有这条记录"
    right = table.row(row[0], tables.present(state))
    names = ("record", *table.names, *tables.BOOKKEEPING)
    titles = table.register.by_name
    return "、".join(
        titles[name].title if name in titles else name
        for name, one, other in zip(names, right, row, strict=True)
        if one != other or type(one) is not type(other)
    )
