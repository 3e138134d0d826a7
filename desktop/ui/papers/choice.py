"""What a person chose for a paper: its period, its head, its sheet, its sections; remembered.

What is remembered is an addition to the maker's own judgement, never the judgement itself: a choice
left open ("" or None) lets the maker decide as it does on the command line.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from desktop.ledger import periods
from desktop.reports.content import SheetSize
from desktop.reports.ledger_sections import Section
from desktop.ui.papers.catalogue import REPORT, REPORT_TITLE, Offer

SIZES: tuple[tuple[SheetSize | Literal[""], str], ...] = (
    ("", "自动"),
    ("A4 landscape", "A4 横向"),
    ("A3 landscape", "A3 横向"),
    ("A4", "A4 竖向"),
)
"""Sheets of a ledger, and what they are called."""

HEADS: tuple[tuple[bool, str], ...] = ((True, "红头"), (False, "普通标题"))

SECTIONS: dict[str, tuple[tuple[Section, ...] | None, str]] = {
    "": (None, ""),
    "unit": (("unit",), "按单位"),
    "level": (("level",), "按级别"),
    "unit level": (("unit", "level"), "先按单位、再按级别"),
    "none": ((), "不分"),
}
"""By what a ledger is cut into sections: its key, what the maker takes, what it is called."""

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Choice(msgspec.Struct, frozen=True):
    """One paper as it is to be made.

    ``period`` is a week for the report and for ledgers kept by week, another period or "" (all)
    for the other ledgers, "" for lists and files. ``later`` is by how much the bulletin's number
    is larger than the week's.
    """

    paper: str = REPORT
    period: str = ""
    red_head: bool | None = None
    later: int = 0
    size: SheetSize | Literal[""] = ""
    sections: str = ""

    @property
    def issue(self) -> int | None:
        """The bulletin's number, None for the week's."""
        return periods.parse_period(self.period).number + self.later if self.later else None


def remembered(kept: Any, offer: Offer, week: str) -> Choice:
    """The choice for ``offer`` from what was remembered of it (anything at all) and the week."""
    kept = kept if isinstance(kept, dict) else {}
    wanted = {**kept, "paper": offer.key, "period": _period(kept.get("period"), offer, week)}
    try:
        choice = msgspec.convert(wanted, Choice)
    except msgspec.ValidationError:
        choice = Choice(offer.key, wanted["period"])
    if choice.sections not in SECTIONS:
        choice = msgspec.structs.replace(choice, sections="")
    return choice


def kept(choice: Choice) -> dict[str, Any]:
    """What of a choice is remembered for the next time."""
    found: dict[str, Any] = msgspec.to_builtins(choice)
    del found["paper"]
    return found


def _period(kept: Any, offer: Offer, week: str) -> str:
    if offer.weekly and offer.shape in ("", "ledger"):
        return week
    if offer.shape != "ledger":
        return ""
    if kept in ("", *offer.periods):
        return str(kept)
    return offer.periods[0] if offer.periods else ""


#: A file's name has so many UTF-8 bytes at most; file systems take 255.
LONGEST = 200


def file_name(unit: str, title: str, choice: Choice, ending: str) -> str:
    """The name proposed for a file: 空冢郭镇 2023年第9周周调度报告.pdf.

    Period and title stand whole; a long unit's name is cut where the whole passes
    :data:`LONGEST` bytes.
    """
    said = periods.parse_period(choice.period).title if choice.period else ""
    what = _NO_NAME.sub("", f" {said}{title}")
    room = max(LONGEST - len(f"{what}{ending}".encode()), 0)
    who = _NO_NAME.sub("", unit).encode()[:room].decode(errors="ignore")
    name = f"{who}{what}".strip(" .")
    return f"{name or REPORT_TITLE}{ending}"
