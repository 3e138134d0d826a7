"""Conflicts 冲突: what was written apart, both sides beside what was last agreed, and the decision.

A conflict is a field of a record (or its removal) with several sides. A person decides it for one
side or for another value; the decision is an entry with all heads as parents and a reason, travels
like any other and can be undone. Ownership and the submission lock hold for decisions too: in a
submitted week the unit above returns the week first, then its unit decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import lock, lookup, records, sides
from desktop.ledger.fold import REMOVED
from desktop.ledger.records import Change
from desktop.ledger.sides import Conflict, Side
from desktop.ledger.store import Store

__all__ = [
    "OURS", "THEIRS", "Choice", "Conflict", "Given", "InSubmittedWeek", "NoSuchConflict",
    "NoSuchSide", "NotAValue", "SeveralConflicts", "Side", "find", "open", "settle", "settle_all",
]  # fmt: skip

OURS, THEIRS = "ours", "theirs"
#: Of a conflict's number so many signs suffice where they are clear.
_SHORTEST = 4


class Given(msgspec.Struct, frozen=True):
    """A decision for a value of its own, as stored."""

    value: Any


#: "ours", "theirs", the entry of a side, or a value.
Choice = str | Given


class NoSuchConflict(OneLedgerError):
    """No conflict that is open has this number."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"没有编号为“{text}”的待定冲突。", "可能已经处理过；请重新列出冲突后再选。"
        )


class SeveralConflicts(OneLedgerError):
    """The beginning of a number fits several conflicts."""

    def __init__(self, text: str, found: Iterable[str]) -> None:
        super().__init__(f"有几处冲突的编号都以“{text}”开头：{'、'.join(found)}。", "请写全编号。")


class NoSuchSide(OneLedgerError):
    """What was chosen is no side of the conflict, or more than one."""

    def __init__(self, conflict: Conflict, choice: str) -> None:
        word = {OURS: "本方", THEIRS: "对方"}.get(choice, f"“{choice[:12]}”")
        sides = "；".join(f"{side.text or '空'}（{side.operator}）" for side in conflict.sides)
        super().__init__(
            f"“{conflict.label}”的“{conflict.title}”分不出哪一方是{word}，各方为：{sides}。",
            "请直接写出要采用的值。",
        )


class NotAValue(OneLedgerError):
    """Whether a record stays is decided for a side, not for a value."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(
            f"“{conflict.label}”是一方删除、一方修改，只能选保留或删除。",
        )


class InSubmittedWeek(OneLedgerError):
    """The conflict stands in a submitted week: it is decided when the week has been returned."""

    def __init__(self, label: str, unit: str, period: str, above: str) -> None:
        super().__init__(
            f"“{label}”的冲突在{unit}已经上报的 {period} 里，现在不能处理；两方的值都保留着。",
            f"请{above or '上级单位'}退回这一周，退回后由{unit}处理并再次上报；"
            "上报的包还没有交出去的，也可以先撤回上报。",
        )


def open(store: Store, unit: str | None = None) -> tuple[Conflict, ...]:
    """The conflicts that are open, in the order of registers and records.

    ``unit`` (a record) narrows them to the records that belong to it.
    """
    authors = sides.Authors(store)
    order = {name: at for at, name in enumerate(store.scheme.registers)}
    rows = store.connection.execute("SELECT DISTINCT register, record FROM conflict").fetchall()
    found: list[Conflict] = []
    for register, record in sorted(rows, key=lambda row: (order[row[0]], row[1])):
        found += sides.of_record(store, authors, register, record, unit)
    return tuple(found)


def find(store: Store, id: str) -> Conflict:
    """The open conflict with this number, or the only one whose number begins so.

    Raises :class:`NoSuchConflict`, :class:`SeveralConflicts`.
    """
    text = id.strip().lower()
    rows = store.connection.execute("SELECT DISTINCT register, record, field FROM conflict")
    found = {sides.number(record, field): (register, record) for register, record, field in rows}
    fits = [one for one in sorted(found) if one.startswith(text)]
    if not fits or len(text) < _SHORTEST:
        raise NoSuchConflict(id)
    if len(fits) > 1:
        raise SeveralConflicts(text, fits)
    conflicts = sides.of_record(store, sides.Authors(store), *found[fits[0]], None)
    return next(one for one in conflicts if one.id == fits[0])


def settle(store: Store, id: str, choice: Choice, reason: str = "") -> tuple[Change, ...]:
    """Decide one conflict; returns what changed. See :func:`settle_all`."""
    return settle_all(store, {id: choice}, reason)


def settle_all(
    store: Store, decisions: Mapping[str, Choice], reason: str = ""
) -> tuple[Change, ...]:
    """Decide conflicts by number as one act, undone as one; a record's fields in one entry.

    Raises :class:`NoSuchConflict`, :class:`NoSuchSide`, :class:`NotAValue`,
    :class:`InSubmittedWeek`, :class:`~desktop.ledger.refusals.NotYours` for a field that another
    level fills, and what a value that does not fit raises; the book is then as before.
    """
    chosen: dict[tuple[str, str], dict[str, Any]] = {}
    labels: dict[tuple[str, str], str] = {}
    for id, choice in decisions.items():
        conflict = find(store, id)
        key = (conflict.register, conflict.record)
        chosen.setdefault(key, {})[conflict.field] = _chosen(conflict, choice)
        labels[key] = conflict.label
    with records.batch(store, "settle", reason) as batch:
        for (register, record), fields in chosen.items():
            try:
                _decide(store, batch, register, record, fields)
            except lock.WeekSubmitted as closed:
                raise _in_submitted(store, register, record, labels, closed) from None
    return tuple(batch.changes)


def _decide(
    store: Store, batch: records.Batch, register: str, record: str, fields: dict[str, Any]
) -> None:
    removal = fields.pop(REMOVED, None)
    if removal is False:
        present = store.present(register, record)
        assert present is not None
        batch.restore(store.scheme.register(register), record, present, {REMOVED: False})
    if fields:
        batch.change(register, record, fields)
    if removal is True:
        batch.remove(register, record)


def _chosen(conflict: Conflict, choice: Choice) -> Any:
    """The value that a choice means."""
    if isinstance(choice, Given):
        if conflict.field == REMOVED and not isinstance(choice.value, bool):
            raise NotAValue(conflict)
        return choice.value
    chosen = [side for side in conflict.sides if side.entry == choice]
    if choice in (OURS, THEIRS):
        chosen = _own(conflict.sides, choice == OURS)
    if len(chosen) != 1:
        raise NoSuchSide(conflict, choice)
    return chosen[0].value


def _own(apart: Iterable[Side], wanted: bool) -> list[Side]:
    """Our side, or the others; between two PCs of one unit ours is what this one wrote."""
    apart = list(apart)
    here = [side for side in apart if side.here]
    ours = here if len(here) in range(1, len(apart)) else [side for side in apart if side.ours]
    if len(ours) not in range(1, len(apart)):
        return []
    return ours if wanted else [side for side in apart if side not in ours]


def _in_submitted(
    store: Store,
    register: str,
    record: str,
    labels: Mapping[tuple[str, str], str],
    closed: lock.WeekSubmitted,
) -> InSubmittedWeek:
    present = store.present(register, record)
    known = {**(present.values if present else {}), "record": record}
    unit = lock.owner(store, store.scheme.register(register), known) or ""
    above = store.connection.execute(
        "SELECT a.record FROM unit AS u JOIN unit AS a ON a.record = u.above WHERE u.record = ?",
        (unit,),
    ).fetchone()
    named = lookup.label(store, "unit", above[0]) if above else ""
    return InSubmittedWeek(
        labels[register, record], lookup.label(store, "unit", unit), closed.period, named
    )
