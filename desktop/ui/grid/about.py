"""What is to be said of the cell on which one stands: its findings, what mends them, why it is
closed, what it is. Qt-free."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.ledger.checks import Finding
from desktop.ui.grid import display, finding
from desktop.ui.grid.contents import Contents


class Offer(msgspec.Struct, frozen=True):
    """A button that fills the cell: its words, and the stored value that it writes."""

    words: str
    value: Any


class About(msgspec.Struct, frozen=True):
    """One cell in words.

    ``found`` are findings at this very cell, ``others`` those of the same row elsewhere; ``mends``
    a value that settles them; ``offer`` and ``offered`` what an empty cell proposes.
    """

    key: str
    column: int
    title: str
    subject: str
    tone: str = "plain"
    refused: str = ""
    typed: str = ""
    found: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] = ()
    mends: Offer | None = None
    offer: Offer | None = None
    offered: str = ""
    reasons: tuple[str, ...] = ()
    closed: str = ""
    help: str = ""


def about(held: Contents, row: int, column: int) -> About | None:
    """What is to be said of a cell; None where nothing was read yet."""
    own = held.row_at(row)
    if own is None or not 0 <= column < len(held.sheet.placed):
        return None
    placed = held.sheet.placed[column]
    all_found = held.findings.of(own.key)
    here = tuple(finding.in_cell(all_found, held.sheet, column))
    waiting = held.waiting.get((own.key, placed.name))
    refused = waiting if waiting is not None and waiting.sentence else None
    cell = held.cell(row, column)
    offer, offered = _offer(held, row, column) if cell.editable else (None, "")
    lit = held.lit.get(own.key)
    return About(
        key=own.key,
        column=column,
        title=_title(held, column),
        subject=own.name,
        tone="must" if refused else finding.level_of(here),
        refused=refused.sentence if refused else "",
        typed=refused.typed if refused else "",
        found=here,
        others=tuple(one for one in all_found if one not in here and not one.explained),
        mends=_mends(held, row, column) if here and cell.editable else None,
        offer=offer,
        offered=offered,
        reasons=lit.reasons if lit is not None and display.has_light(placed) else (),
        closed=held.lock(own) if not placed.closed else placed.closed,
        help=placed.field.help,
    )


def _title(held: Contents, column: int) -> str:
    """The full title, with 上周 where it is the period's before."""
    placed = held.sheet.placed[column]
    if placed.part == "last":
        short = placed.field.title.removeprefix("本周").removeprefix("本期")
        return f"{placed.column.group}{short}"
    return placed.field.title


def _mends(held: Contents, row: int, column: int) -> Offer | None:
    """The offered figure, where another one stands in the cell."""
    placed, own = held.sheet.placed[column], held.row_at(row)
    if own is None or placed.field.offer is None:
        return None
    value = own.offers.get(placed.field.name)
    if value is None or own.values[column] is None or value == own.values[column]:
        return None
    return Offer(f"{placed.column.title}改为 {display.shown(held.scheme, placed, value)}", value)


def _offer(held: Contents, row: int, column: int) -> tuple[Offer | None, str]:
    """What an empty cell proposes: the button, and the sentence about it."""
    value = held.offer(row, column)
    if value is None:
        return None, ""
    placed = held.sheet.placed[column]
    text = display.shown(held.scheme, placed, value)
    if placed.field.carry:
        return Offer("照上周填", value), f"上周写的是“{text}”。"
    return Offer(f"填 {text}", value), f"按上周累计加本周完成，应为 {text}。"
