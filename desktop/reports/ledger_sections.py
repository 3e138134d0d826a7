"""The sections of a ledger: by unit, by level, or by level within units, rows in order within."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeAlias

from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import consolidates
from desktop.ledger.ledger_rows import Entry
from desktop.ledger.store import Store
from desktop.reports.ledger_columns import Links

#: By what a ledger is cut into sections.
Section: TypeAlias = Literal["unit", "level"]
_NUMERALS = "〇一二三四五六七八九"
_Place: TypeAlias = Callable[[Entry], tuple[int, str]]


class Branch(NamedTuple):
    """A section: its title, and what stands under it."""

    title: str
    members: Members


Members: TypeAlias = "list[Branch] | list[Entry]"


def arranged(
    store: Store,
    links: Links,
    register: Register,
    entries: list[Entry],
    sections: Sequence[Section] | None,
) -> Members:
    """The rows in order, within their sections; a section that all share is none.

    A ledger of the units themselves, one row to a unit, is not cut by unit unless asked for.
    """
    holder = store.scheme.registers[register.of] if register.of else register
    places: dict[str, _Place] = {}
    unit = "record" if holder.name == "unit" else holder.owner
    if unit is not None and register.name != "unit":
        owner = unit
        order = {record: place for place, record in enumerate(units_in_order(store))}
        places["unit"] = lambda entry: (
            order.get(entry.subject.get(owner) or "", len(order)),
            links.name("unit", entry.subject.get(owner)) or "未填单位",
        )
    codes = store.scheme.code_list(holder.by_name["level"]) if "level" in holder.by_name else None
    if codes is not None and holder.name == store.scheme.head.subject:
        ranks = {item.name: (place, item.title) for place, item in enumerate(codes.items)}
        other = (len(ranks), "未填级别的项目")
        places["level"] = lambda entry: ranks.get(entry.subject.get("level") or "", other)
    by_unit = "unit" in places and consolidates(store)
    asked = sections if sections is not None else ("unit",) if by_unit else ("level",)
    wanted = [places[section] for section in asked if section in places]
    keys = [key for key in wanted if len({key(entry) for entry in entries}) > 1]
    own = register.label if register.shape != "ledger" else "period"

    def place(entry: Entry) -> tuple[Any, ...]:
        name = str(entry.subject.get(holder.label or "record") or "")
        return (*(key(entry) for key in keys), name, str(entry.row.get(own or "record") or ""))

    units = {entry.subject.get("record") for entry in entries}
    own_rows = sections is None and holder.name == "unit" and len(units) == len(entries)
    return _cut(sorted(entries, key=place), [] if own_rows else keys)


def _cut(entries: list[Entry], keys: list[_Place]) -> Members:
    if not keys:
        return entries
    return [
        Branch(key[1], _cut(list(members), keys[1:])) for key, members in groupby(entries, keys[0])
    ]


def leaves(members: Members) -> Iterator[Entry]:
    """Every row below, in order."""
    for member in members:
        if isinstance(member, Branch):
            yield from leaves(member.members)
        else:
            yield member


def groups(members: Members, start: int = 0) -> list[Any]:
    """The rows' numbers, nested as the sections are."""
    nested: list[Any] = []
    for member in members:
        if isinstance(member, Branch):
            nested.append(groups(member.members, start))
            start += sum(1 for _ in leaves(member.members))
        else:
            nested.append(start)
            start += 1
    return nested


def numeral(number: int) -> str:
    """一 … 九十九, as headings count."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def branches(members: Members) -> Iterator[Branch]:
    """Every section, each before those within it."""
    for member in members:
        if isinstance(member, Branch):
            yield member
            yield from branches(member.members)


def units_in_order(store: Store) -> list[str]:
    """The units in the book's order."""
    rows = store.select('SELECT record FROM unit ORDER BY "order" IS NULL, "order", name')
    return [row["record"] for row in rows]
