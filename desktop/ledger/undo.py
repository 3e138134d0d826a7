"""Undo and redo: new entries that restore what stood before, of one act or a whole import.

Undo restores the fields whose present value is still the undone one and lists the rest; a record
that the act made is removed, unless something has come to it since. A unit to which or from which
keys or packages have gone since stays, and stays where it is: its next package must still be
received. What this replica did can be undone by it, across restarts; founding, submitting and
taking in are not undone here, and neither is what was built on a package that has been set aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import records
from desktop.ledger.correspondence import REGISTERS
from desktop.ledger.fold import REMOVED, Node, Side, State, apart, before, fold, same
from desktop.ledger.journal import Line
from desktop.ledger.marks import passed_over
from desktop.ledger.store import Store

#: Acts that the clerk cannot take back with undo.
LASTING = frozenset(
    {
        "found", "scheme", "submit", "withdraw", "accept", "return",
        "send", "receive", "aside", "enrol", "hand-down", "keys",
    }
)  # fmt: skip

TITLES: Mapping[str, str] = {
    "create": "新增",
    "change": "修改",
    "remove": "删除",
    "import": "从 Excel 读入",
    "explain": "出错说明",
    "undo": "撤销",
    "redo": "重做",
    "found": "建账",
    "scheme": "更新方案",
    "submit": "上报",
    "withdraw": "撤回上报",
    "send": "寄出",
    "receive": "装入",
    "aside": "撤销装入",
    "enrol": "建立联系",
    "hand-down": "下发",
    "keys": "密钥",
    "accept": "接收",
    "return": "退回",
    "settle": "处理冲突",
    "paste": "粘贴",
    "photo": "添加照片",
    "demo": "演示填报",
}

#: Which unit is directly above another: by this it is known whose packages are received.
_ABOVE = "above"


class NothingToUndo(OneLedgerError):
    """There is no act left to undo or redo."""

    def __init__(self, act: str) -> None:
        super().__init__(f"没有可以{TITLES[act]}的操作。")


class Kept(msgspec.Struct, frozen=True):
    """A field that undo left alone: it has changed since, or others count on it."""

    register: str
    record: str
    field: str


class Undone(msgspec.Struct, frozen=True):
    """What undo or redo did: the act it took back, what it changed, what it left."""

    act: str
    note: str
    changes: tuple[records.Change, ...]
    kept: tuple[Kept, ...]


def undo(store: Store) -> Undone:
    """Take back this replica's latest act; raises :class:`NothingToUndo`."""
    return _take_back(store, "undo", _stacks(store)[0])


def redo(store: Store) -> Undone:
    """Do again what was undone last; raises :class:`NothingToUndo`."""
    return _take_back(store, "redo", _stacks(store)[1])


def waiting(store: Store) -> tuple[int, int]:
    """How many acts can be undone, and how many done again."""
    undoable, redoable = _stacks(store)
    return len(undoable), len(redoable)


def first_to_undo(store: Store) -> Line | None:
    """The first line of the act that :func:`undo` would take back, None for none."""
    undoable = _stacks(store)[0]
    return store.journal.of_batch(undoable[-1])[0] if undoable else None


def _stacks(store: Store) -> tuple[list[str], list[str]]:
    """The batches to undo and to redo, the next one last."""
    undoable: list[str] = []
    redoable: list[str] = []
    acts = store.connection.execute(
        "SELECT batch, act, undoes FROM journal WHERE author = ?"
        " GROUP BY batch ORDER BY min(number)",
        (store.replica,),
    ).fetchall()
    gone = _gone(store)
    for name, act, undoes in acts:
        if name in gone:
            continue
        if act == "undo":
            undoable.remove(undoes)
            redoable.append(name)
        elif act == "redo":
            redoable.remove(undoes)
            undoable.append(name)
        elif act not in LASTING:
            undoable.append(name)
            redoable.clear()
    return undoable, redoable


def _gone(store: Store) -> set[str]:
    """This replica's acts of which the fold passes over every entry."""
    passed = passed_over(store)
    if not passed:
        return set()
    standing: dict[str, bool] = {}
    for entry, name in store.connection.execute(
        "SELECT entry, batch FROM journal WHERE author = ?", (store.replica,)
    ):
        standing[name] = standing.get(name, False) or entry not in passed
    return {name for name, stands in standing.items() if not stands}


def _take_back(store: Store, act: str, stack: list[str]) -> Undone:
    if not stack:
        raise NothingToUndo(act)
    target = stack[-1]
    passed = passed_over(store)
    lines = [line for line in store.journal.of_batch(target) if line.identity not in passed]
    of_record: dict[str, list[Line]] = {}
    for line in lines:
        of_record.setdefault(line.entry.record, []).append(line)
    first = lines[0].entry
    title = first.note if first.undoes else TITLES.get(first.act, first.act)
    kept: list[Kept] = []
    with records.batch(store, act, first.note or title, target) as batch:
        # Backwards, so that what hangs under a file goes before the file.
        for record, own in reversed(of_record.items()):
            register = store.scheme.registers[own[0].entry.register]
            present = store.tables[register.name].read(record)
            if present is None:
                continue
            fields, left = _restored(store, own)
            kept += [Kept(register.name, record, name) for name in left]
            try:
                if fields:
                    batch.restore(register, record, present, fields)
            except records.InUse:
                kept.append(Kept(register.name, record, REMOVED))
        if not batch.changes:
            register = store.scheme.registers[first.register]
            present = store.tables[register.name].read(first.record)
            assert present is not None
            batch.restore(register, first.record, present, {})
    return Undone(title, first.note, tuple(batch.changes), tuple(kept))


def _restored(store: Store, own: list[Line]) -> tuple[dict[str, Any], list[str]]:
    """The fields to write so that the record is as before ``own``; the names left alone.

    A field that has changed since is left, and so is one in which another side has come to stand
    beside what the act wrote. A conflict that the act decided is open again. A unit that was dealt
    with since is not shut out.
    """
    lines, passed = store.journal.of_record(own[0].entry.record), passed_over(store)
    nodes = [
        Node(line.identity, line.entry.parents, line.entry.fields)
        for line in lines
        if line.identity not in passed
    ]
    earlier, now = before(nodes, own[0].entry.parents), fold(nodes)
    done = before(nodes, [own[-1].identity])
    written = list(dict.fromkeys(name for line in own for name in line.entry.fields))
    left = [name for name in written if not _alike(now, done, name)]
    dealt = _dealt_with(store, own[-1])
    if not earlier.heads:
        later = [
            name for name, value in now.values.items() if value is not None and name not in written
        ]
        if left or later or REMOVED in now.conflicts:
            return {}, sorted({*left, *later})
        if now.removed:
            return {}, []
        return ({}, [REMOVED]) if dealt else ({REMOVED: True}, [])
    if dealt:
        left += [
            name
            for name in written
            if name not in left
            and (name == _ABOVE or (name == REMOVED and earlier.removed))
            and not _alike(now, earlier, name)
        ]
    return {
        name: apart(nodes, own[0].entry.parents, name)
        if name in earlier.conflicts
        else _reading(earlier, name)[0].value
        for name in written
        if name not in left and not _alike(now, earlier, name)
    }, left


def _dealt_with(store: Store, since: Line) -> bool:
    """Whether the record is a unit that keys or packages have come from or gone to ``since``."""
    return any(
        store.connection.execute(
            f'SELECT 1 FROM "{dealings.name}" AS d JOIN journal AS j ON j.record = d.record'
            f' WHERE d."{field.name}" = ? AND j.position > ? LIMIT 1',
            (since.entry.record, since.position),
        ).fetchone()
        for dealings in REGISTERS
        for field in dealings.stored
        if field.of == since.entry.register
    )


def _alike(one: State, other: State, name: str) -> bool:
    """Whether two states read the same in a field, open conflicts included."""
    left, right = _reading(one, name), _reading(other, name)
    return len(left) == len(right) and all(
        same(a.value, b.value) for a, b in zip(left, right, strict=True)
    )


def _reading(state: State, name: str) -> tuple[Side, ...]:
    """The field's sides, a single one where nothing stands apart."""
    value = state.removed if name == REMOVED else state.values.get(name)
    return state.conflicts.get(name) or (Side("", value),)
