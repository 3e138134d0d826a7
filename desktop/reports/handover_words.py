"""The words of the hand-over sheet: ``hand-over.toml`` of a scheme."""

from __future__ import annotations

from typing import Annotated

import msgspec

from desktop.reports.templates import Template


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a table and a text (0: any length) may become, how many weeks back and ahead are
    looked at, which states of an item mean that it is done."""

    rows: Annotated[int, msgspec.Meta(ge=1)] = 40
    words: Annotated[int, msgspec.Meta(ge=0)] = 150
    weeks: Annotated[int, msgspec.Meta(ge=1, le=53)] = 8
    ahead: Annotated[int, msgspec.Meta(ge=1, le=53)] = 4
    done: frozenset[str] = frozenset({"已办结", "已销号"})


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``hand-over.toml`` says beside its sentences."""

    settings: Settings


COLUMNS = (
    "unit", "state", "contact", "phone", "week", "situation", "project", "matter", "responsible",
    "due",
)  # fmt: skip
SENTENCES: dict[str, tuple[str, ...]] = {
    "head.title": ("单位",),
    "head.subtitle": ("期次",),
    "sections.book": (),
    "sections.partners": (),
    "sections.open": (),
    "sections.due": ("周数", "起止"),
    **{
        f"book.{name}": ()
        for name in (
            "unit", "file", "week", "deadline", "latest", "submitted", "receiver", "projects",
            "backups", "copies", "sheet", "sheet_place",
        )
    },
    "said.weekday": ("星期",),
    "said.submitted": ("期次", "日期"),
    "said.never": (),
    "said.receiver": ("单位", "联系"),
    "said.contact": ("联系人", "电话"),
    "said.top": (),
    "said.projects": ("数",),
    "said.backups": ("文件夹", "数", "日期"),
    "said.no_backups": ("文件夹",),
    "said.sheet_printed": (),
    "said.sheet_wanting": (),
    "said.no_keys": (),
    "said.weekly": ("单位",),
    "said.weekly_top": (),
    "none.partners": (),
    "none.weeks": (),
    "none.unsent": (),
    "none.conflicts": (),
    "none.problems": (),
    "none.supervision": (),
    "none.decisions": (),
    "none.due": (),
    "open.weeks": (),
    "open.conflicts": (),
    "open.problems": (),
    "open.supervision": (),
    "open.decisions": (),
    "open.conflicts_found": ("数",),
    "open.others": ("数",),
    "open.whole": (),
    "open.not_sent": ("单位",),
    "open.not_sent_own": (),
    "open.returned": ("单位",),
    "open.returned_own": ("原因",),
    "open.changed": ("单位",),
    "open.changed_own": (),
    "open.overdue": ("状态", "数"),
    "open.closed_later": ("日期",),
    "due.milestone": ("事项",),
    "due.problem": ("事项",),
    "due.supervision": ("事项",),
    "due.decision": ("事项",),
    "due.start": (),
    "due.finish": (),
    "closing.giver": (),
    "closing.taker": (),
    "closing.witness": (),
}  # fmt: skip
TEMPLATE = Template("hand-over.toml", SENTENCES, Fixed, COLUMNS)
