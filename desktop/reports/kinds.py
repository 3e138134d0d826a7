"""Every kind of paper, said once: its name, what it needs, how it can be written, who makes it.

Command line and window read this list; neither has one of its own. Ledgers of a register are no
kind: each register is a paper by itself (:func:`~desktop.reports.making.export`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Scheme
from desktop.ledger.escalation_figures import LETTER, REMINDER
from desktop.ledger.escalation_letters import NOTICE, TALK
from desktop.ledger.months import MONTHLY

Span = Literal["", "week", "month"]

PDF, WORD, EXCEL = ".pdf", ".docx", ".xlsx"
CARD = "card"
GROUPS = ("报告", "函件", "会议", "图表", "交接")
"""Under which headings the kinds stand, in this order."""


class NoSuchKind(OneLedgerError):
    """No paper is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有“{name}”这种报表。", f"可选：{'、'.join(KINDS)}。")


class Kind(msgspec.Struct, frozen=True):
    """A kind of paper.

    ``period`` is the span that it is about, ``subject`` the register of the record that it is made
    from, only those whose ``field`` says ``value`` where they are given. ``formats`` are endings of
    files, the one that is shown and printed first; ``sizes`` the sheets that may be chosen, the
    usual one first. ``above``: made only by a unit that looks after others. ``registers`` are those
    that the scheme must have; the first of a paper by month is where its months are filled, and
    ``months`` wants it to be about the projects. ``red_head`` and ``issue``: may be chosen.
    """

    name: str
    title: str
    group: str
    period: Span = ""
    subject: str = ""
    field: str = ""
    value: str = ""
    formats: tuple[str, ...] = (PDF,)
    sizes: tuple[str, ...] = ()
    red_head: bool = False
    issue: bool = False
    above: bool = False
    registers: tuple[str, ...] = ()
    months: bool = False

    def offered(self, scheme: Scheme, *, above: bool) -> bool:
        """Whether a book with this scheme makes it; ``above``: its unit looks after others."""
        needed = (*self.registers, *((self.subject,) if self.subject else ()))
        return (
            (above or not self.above)
            and all(name in scheme.registers for name in needed)
            and (not self.months or scheme.registers[needed[0]].of == scheme.head.subject)
        )


_OFFICE = (PDF, WORD, EXCEL)
_LETTER = (PDF, WORD)

KINDS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        Kind(
            "weekly", "周调度报告", "报告", "week",
            formats=_OFFICE, sizes=("A4", "A3"), red_head=True, issue=True,
        ),
        Kind(
            "monthly", "月度调度报告", "报告", "month",
            formats=_OFFICE, red_head=True, issue=True, registers=(MONTHLY,), months=True,
        ),
        Kind(
            "circular", "投资情况通报", "报告", "month",
            formats=_OFFICE, issue=True, above=True, registers=("monthly_unit",),
        ),
        Kind(
            "reminder", "提醒函", "函件",
            subject=LETTER, field="kind", value=REMINDER, formats=_LETTER, above=True,
        ),
        Kind(
            "supervision", NOTICE, "函件",
            subject="supervision", formats=_LETTER, above=True,
        ),
        Kind(
            "talk", TALK, "函件",
            subject=LETTER, field="kind", value=TALK, formats=_LETTER, above=True,
        ),
        Kind(
            "minutes", "会议纪要", "会议",
            subject="meeting", formats=_LETTER, registers=("decision",), above=True,
        ),
        Kind(
            "tasks", "交办清单", "会议",
            subject="meeting", formats=(PDF, EXCEL), registers=("decision",), above=True,
        ),
        Kind(CARD, "项目一张表", "图表", "week", subject="project"),
        Kind("wall-chart", "挂图作战", "图表", "week", sizes=("A3", "A1", "A0")),
        Kind("hand-over", "工作交接单", "交接", "week", formats=_LETTER),
    )
}  # fmt: skip
"""Name → kind, in the order in which a person meets them."""


def kind(name: str) -> Kind:
    """The kind called so; raises :class:`NoSuchKind`."""
    found = KINDS.get(name)
    if found is None:
        raise NoSuchKind(name)
    return found
