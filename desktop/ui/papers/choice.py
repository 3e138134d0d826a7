"""What a person chose for a paper: its period, its head, its sheet, its sections; remembered.

What is remembered is an addition to the maker's own judgement, never the judgement itself: a choice
left open ("" or None) lets the maker decide as it does on the command line.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from desktop.ledger import periods
from desktop.reports.kinds import Kind
from desktop.reports.ledger_sections import Section
from desktop.reports.saying import Request
from desktop.ui.papers.catalogue import REPORT, REPORT_TITLE, Offer, kind_of

SIZES: tuple[tuple[str, str], ...] = (
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

    ``period`` is a week or month as the kind of paper wants it, the week of a ledger kept by week,
    another period or "" (all) for the other ledgers. ``subject`` is the record that the paper is
    made from. ``later`` is by how much the bulletin's number is larger than that of its period; of
    a circular, which has none by itself, the number. ``since``, the code of an earlier paper,
    leaves only the rows of a ledger that have changed.
    """

    paper: str = REPORT
    period: str = ""
    subject: str = ""
    red_head: bool | None = None
    later: int = 0
    size: str = ""
    sections: str = ""
    since: str = ""

    @property
    def kind(self) -> Kind | None:
        """The kind of paper, None for a register's ledger."""
        return kind_of(self.paper)

    @property
    def first(self) -> int:
        """The number that the paper has by itself; 0 for one that has none."""
        if self.kind is None or not self.kind.red_head or not self.period:
            return 0
        return periods.parse_period(self.period).number

    @property
    def issue(self) -> int | None:
        """The bulletin's number, None for what the paper has by itself."""
        return self.first + self.later if self.later else None

    @property
    def request(self) -> Request:
        """What is asked of the maker."""
        name = self.kind.name if self.kind else self.paper
        return Request(name, self.period, self.subject, self.size, self.issue, self.red_head)


def remembered(kept: Any, offer: Offer, week: str) -> Choice:
    """The choice for ``offer`` from what was remembered of it (anything at all) and the week."""
    kept = kept if isinstance(kept, dict) else {}
    period = _period(kept.get("period"), offer, week)
    wanted = {**kept, "paper": offer.key, "period": period, "subject": "", "since": ""}
    try:
        choice = msgspec.convert(wanted, Choice)
    except msgspec.ValidationError:
        choice = Choice(offer.key, period)
    replace = msgspec.structs.replace
    if choice.sections not in SECTIONS:
        choice = replace(choice, sections="")
    if choice.size not in sizes_of(offer):
        choice = replace(choice, size="")
    if not choice.first and kept.get("period") != period:
        choice = replace(choice, later=0)  # the number of another month's circular
    return replace(choice, subject=_subject(kept.get("subject"), offer))


def sizes_of(offer: Offer) -> tuple[str, ...]:
    """The sheets that may be chosen, "" leaving it to the maker."""
    if offer.kind is not None:
        return ("", *offer.kind.sizes)
    return tuple(size for size, _ in SIZES)


def kept(choice: Choice) -> dict[str, Any]:
    """What of a choice is remembered for the next time."""
    found: dict[str, Any] = msgspec.to_builtins(choice)
    del found["paper"], found["since"]
    return found


def _subject(kept: Any, offer: Offer) -> str:
    """The record remembered while it is there, else the first."""
    known = [one.record for one in offer.subjects]
    return kept if kept in known else next(iter(known), "")


def _period(kept: Any, offer: Offer, week: str) -> str:
    if offer.weekly and offer.shape in ("", "ledger"):
        return week
    if offer.kind is not None:
        return _month(kept, offer.periods)
    if offer.shape != "ledger":
        return ""
    if kept in ("", *offer.periods):
        return str(kept)
    return offer.periods[0] if offer.periods else ""


def _month(kept: Any, months: tuple[str, ...]) -> str:
    """The month remembered while it is there, else the newest; "" for a paper without months."""
    return kept if kept in months else next(iter(months), "")


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
