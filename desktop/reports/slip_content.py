"""What a slip says, before it is drawn: a short paper of the exchange that goes from hand to hand.

A slip is a title and blocks, plain black on white, in larger letters than a ledger: people read it
standing at a counter or to each other by telephone.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from desktop.reports.content import Paragraph, Signatures, Table


class Entry(msgspec.Struct, frozen=True):
    """One line of a form: what it is and what stands there; ``loud`` is set as large as fits."""

    label: str
    text: str
    loud: bool = False


class Form(msgspec.Struct, frozen=True, tag=True):
    """A ruled form of two columns, one entry below the other; ``small`` for what is read once."""

    entries: tuple[Entry, ...]
    small: bool = False


class Letters(msgspec.Struct, frozen=True, tag=True):
    """A code to be copied by hand: each sign in a box of its own, the groups numbered; below it
    once more in one line, in another face."""

    groups: tuple[str, ...]


class Coupon(msgspec.Struct, frozen=True, tag=True):
    """A strip to be cut from the sheet, never torn between two sheets."""

    title: str
    entries: tuple[Entry, ...]
    note: str
    signatures: tuple[str, ...]


Block = Form | Letters | Coupon | Table | Paragraph | Signatures


class Slip(msgspec.Struct, frozen=True):
    """A slip on A4. ``foot`` stands at the foot of every page, beside its number.

    ``subtitle`` stands below the title; without a title the slip begins with its first block.
    """

    title: str
    blocks: tuple[Block, ...]
    foot: str
    made_on: date
    subject: str
    subtitle: str = ""
    size: Literal["A4", "A4 landscape"] = "A4"
    demonstration: bool = False


def day(on: date) -> str:
    """A date as slips write it: 2023年3月2日."""
    return f"{on.year}年{on.month}月{on.day}日"
