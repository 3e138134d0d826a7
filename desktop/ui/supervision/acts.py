"""What is done about a supervised item, without Qt: report, extend, verify, issue; one act each.

Each writes the fields that say so, and no others; who may, the ledger knows (``filled_by``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Scheme
from desktop.ledger.standing import standing_of
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.ledger.workspace import Book
from desktop.ui.supervision import reading
from desktop.ui.supervision.reading import REGISTER, Item

#: States by what they mean: under way, reported done.
UNDER_WAY, DONE = "办理中", "已办结"
#: The time that a proposal gives.
DAYS = 7


class NotLater(OneLedgerError):
    """An extension that ends before the present limit is none."""

    def __init__(self, limit: date) -> None:
        super().__init__(
            f"延期后的日期应在现在的时限 {day_in_words(limit, 0)} 之后。", "请改一个更晚的日期。"
        )


class Proposal(msgspec.Struct, frozen=True):
    """A red project that nobody supervises yet: the item that it could become."""

    project: str
    name: str
    unit: str
    unit_name: str
    reason: str
    matter: str


def may(scheme: Scheme, level: str, *names: str) -> bool:
    """Whether a book of ``level`` fills these fields."""
    register = scheme.registers[REGISTER]
    return all(
        not (levels := register.by_name[name].filled_by or register.filled_by)
        or not level
        or level in levels
        for name in names
        if name in register.by_name
    )


def report(book: Book, record: str, text: str, on: date, *, done: bool) -> None:
    """反馈: what was done about it, and whether that was all."""
    fields = {"feedback": text, "feedback_on": on, "state": DONE if done else UNDER_WAY}
    _write(book, record, "反馈：已办结" if done else "反馈", fields)


def extend(book: Book, record: str, to: date, reason: str) -> None:
    """延期: another day, with the reason, which stands in the history.

    Raises :class:`NotLater`.
    """
    present = book.present(REGISTER, record)
    stands = present.values if present else {}
    limit = stands.get("extended_to") or stands.get("due")
    if limit and to <= date.fromisoformat(limit):
        raise NotLater(date.fromisoformat(limit))
    said = f"延期：{reason.strip()}" if reason.strip() else "延期"
    _write(book, record, said, {"extended_to": to})


def verify(book: Book, record: str, text: str, *, again: bool) -> None:
    """核查: what was found on the spot; ``again`` sends it back to be worked on."""
    fields: dict[str, Any] = {"verification": text}
    if again:
        fields["state"] = UNDER_WAY
    _write(book, record, "核查：退回继续办理" if again else "核查", fields)


def proposals(store: Store, period: str, items: Iterable[Item]) -> tuple[Proposal, ...]:
    """Red projects of the week without an open item of their own, in the order of names."""
    watched = {item.project for item in items if item.state != "closed"}
    units = dict(store.connection.execute("SELECT record, coalesce(short, name) FROM unit"))
    found = []
    for one in standing_of(store, period):
        if one.light == "red" and one.unit and one.project not in watched:
            reason = one.reasons[0].sentence.rstrip("。；，")
            matter = f"{one.name}：{reason}，请查明原因，落实责任和时限，加快推进。"
            name = units.get(one.unit, "")
            found.append(Proposal(one.project, one.name, one.unit, name, reason, matter))
    return tuple(found)


def issue(book: Book, proposals: Iterable[Proposal], on: date, due: date) -> tuple[str, ...]:
    """Make supervised items of proposals, numbered on from the last, as one act; their records."""
    wanted = list(proposals)
    made: list[str] = []
    register = book.scheme.registers[REGISTER]
    with book.batch("create", f"下达督办 {len(wanted)} 件") as batch:
        for one in wanted:
            fields = {
                **new_item(book, on, due),
                str(register.of): one.unit,
                "matter": one.matter,
                "source": "进度滞后",
                "subject_project": one.project,
            }
            known = {name: value for name, value in fields.items() if name in register.by_name}
            made.append(batch.create(REGISTER, known))
    return tuple(made)


def new_item(store: Store, on: date, due: date | None = None) -> dict[str, Any]:
    """What a new item begins with: its number, the day, the form, the time, as stored values."""
    due = due or on + timedelta(days=DAYS)
    return {
        "number": reading.next_number(store, on.year),
        "sheet": "督办",
        "issued_on": on.isoformat(),
        "due": due.isoformat(),
        "state": "待办",
    }


def _write(book: Book, record: str, note: str, fields: dict[str, Any]) -> None:
    with book.batch("change", note) as batch:
        batch.change(REGISTER, record, fields)
