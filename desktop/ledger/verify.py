"""Verification: is this the record as it was written, and do the tables say what it says?

In this order: the pages of the file (SQLite's own check); every line of the journal (its place,
its identity, its link to the line before); authors' numbers and parents; the places where the head
was seen outside the journal (backups, this PC's profile, heads that the tables name), by which a
cut tail shows; every table against its fold. Everything found is collected and named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec

from desktop.ledger import folding, tables
from desktop.ledger.entry import GENESIS, canonical, chained, identity
from desktop.ledger.fold import State
from desktop.ledger.journal import Line
from desktop.ledger.store import Store

What = Literal[
    "file", "changed", "removed", "inserted", "reordered", "chain", "number", "parent",
    "tail_cut", "table", "conflict",
]  # fmt: skip

#: So many problems are listed at most; one broken line is reason enough.
MOST = 200


class Problem(msgspec.Struct, frozen=True):
    """One thing that does not hold: the entry and position it is at, and a sentence."""

    entry: str | None
    position: int | None
    what: What
    sentence: str


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
    problems: list[Problem] = []
    count = 0
    try:
        problems += _pages(store.connection)
        count, found = _journal(store, progress)
        problems += found
        problems += _numbers(store)
        problems += _anchors(store, [*_kept_anchors(store), *anchors], count)
        problems += _tables(store)
    except sqlite3.Error as error:
        problems.append(Problem(None, None, "file", f"文件读到一半出错：{error}。"))
    problems.sort(key=lambda problem: (problem.position is None, problem.position or 0))
    return Verification(not problems, count, store.journal.head, tuple(problems[:MOST]))


def rebuild(store: Store) -> None:
    """Make the tables anew from the journal; the journal is never touched."""
    with store.atomic():
        folding.adopt(store)
        folding.rebuild(store)


def _pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (text,) in connection.execute("PRAGMA integrity_check(20)"):
        if text != "ok":
            yield Problem(None, None, "file", f"文件结构不完整：{text}。")


def _journal(
    store: Store, progress: Callable[[int, int], None] | None
) -> tuple[int, list[Problem]]:
    """Walk the lines: gapless places, identities, chain; one cause gives one problem."""
    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    earlier, previous, expected, count, shift = GENESIS, GENESIS, 1, 0, 0
    total = store.journal.position
    for line in store.journal.lines():
        if len(problems) >= MOST:
            break
        count += 1
        form = canonical(line.authored)
        gap = line.position - expected
        if gap:
            problems.append(_gap(expected, gap))
        if identity(form) != line.identity:
            problems.append(_at(line, "changed", "的内容被改动，与其编号不符。"))
        elif not gap and not _fits(line, form, 0, previous):
            if shift and _fits(line, form, shift, previous):
                pass  # Moved along by what was inserted or taken out before.
            elif problems and _fits(line, form, -1, earlier):
                shift = -1
                problems[-1] = _named_inserted(problems[-1])
            elif _fits(line, form, 1, previous):
                shift = 1
            elif line.authored[1] <= numbers.get(line.authored[0], 0):
                problems.append(_at(line, "reordered", "不在原来的位置：分录被调换过。"))
            else:
                text = "与前一条接不上：此处有分录被插入、删除、调换，或校验值被改。"
                problems.append(_at(line, "chain", text))
        author, number = line.authored[:2]
        numbers[author] = max(number, numbers.get(author, 0))
        earlier, previous, expected = previous, line.chain, line.position + 1
        if progress and count % 1000 == 0:
            progress(count, total)
    return count, problems


def _fits(line: Line, form: bytes, shift: int, previous: str) -> bool:
    """Whether the line's chain continues ``previous``, were it ``shift`` places further on."""
    place = line.position + shift
    return chained(previous, place, line.identity, form, line.package) == line.chain


def _gap(expected: int, lost: int) -> Problem:
    span = f"第 {expected} 条" + (f"至第 {expected + lost - 1} 条" if lost > 1 else "")
    return Problem(None, expected, "removed", f"流水{span}被删除，共 {lost} 条。")


def _named_inserted(problem: Problem) -> Problem:
    return Problem(
        problem.entry,
        problem.position,
        "inserted",
        f"流水第 {problem.position} 条是后来插入的。",
    )


def _at(line: Line, what: What, text: str) -> Problem:
    operator, time = line.authored[3], line.authored[2]
    who = f"（{operator} {time}）" if operator else f"（{time}）"
    return Problem(line.identity, line.position, what, f"流水第 {line.position} 条{who}{text}")


def _numbers(store: Store) -> Iterator[Problem]:
    """Each author's numbers run from 1 without gaps, and every parent is there."""
    rows = store.connection.execute(
        "SELECT author, count(*), max(number), min(number) FROM journal GROUP BY author"
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
    for anchor in anchors:
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


def _tables(store: Store) -> Iterator[Problem]:
    """Every row against its fold; rows that name heads the journal lacks betray a cut tail."""
    conflicts: set[tuple[Any, ...]] = set()
    folded: dict[str, dict[str, State]] = {name: {} for name in store.tables}
    for register, record, made in folding.states(store):
        folded[register][record] = made
        conflicts |= set(tables.conflict_rows(register, record, made.conflicts))
    for name, table in store.tables.items():
        title = store.scheme.registers[name].title
        rest = folded[name]
        for row in table.rows():
            record = row[0]
            state = rest.pop(record) if record in rest else None
            lost = [head for head in row[-3].split() if not store.journal.has(head)]
            if lost:
                yield Problem(
                    lost[0],
                    None,
                    "tail_cut",
                    f"“{title}”记录 {record[:8]} 的最后一次改动不在流水中：流水末尾被截去。",
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
