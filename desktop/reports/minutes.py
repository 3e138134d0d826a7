"""Minutes 调度会议纪要 and task list 交办清单 of a dispatch meeting as content (S17).

Minutes follow GB/T 9704-2012, 10.3: head, what was decided, who attended, imprint. The task list is
a ledger of the same decisions, one row to each. Words come from ``minutes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.ledger import paper_code, periods
from desktop.ledger.lookup import label
from desktop.ledger.store import NoSuchRecord, Store
from desktop.reports.content import (
    Attendance,
    Block,
    Column,
    Footer,
    Heading,
    Imprint,
    Ledger,
    LedgerPaper,
    MinutesHead,
    Paper,
    Paragraph,
    Row,
    Table,
)
from desktop.reports.ledger_columns import Links
from desktop.reports.ledger_sections import numeral
from desktop.reports.letters_facts import last_entry, lines, said
from desktop.reports.minutes_words import words_of
from desktop.reports.templates import NoFixed, Words

MEETING, DECISION = "meeting", "decision"


class Item(msgspec.Struct, frozen=True):
    """A matter decided, as text; what is not filled is ""."""

    matter: str
    project: str
    unit: str
    department: str
    person: str
    due: str
    state: str
    feedback: str


class Meeting(msgspec.Struct, frozen=True):
    """A meeting on its way to paper: its record, its items in the order of their entry."""

    row: Mapping[str, Any]
    words: Words[NoFixed]
    unit: str
    items: tuple[Item, ...]
    made_on: date
    footer: Footer

    def text(self, name: str) -> str:
        """A text of the record, "" where nothing stands."""
        return str(self.row.get(name) or "").strip()

    @property
    def day(self) -> str:
        """When it was held, "" where no day is given."""
        return said(self.row.get("held_on"))


def minutes_paper(store: Store, meeting: str, *, demonstration: bool = False) -> Paper:
    """The minutes of a record of 调度会议.

    A meeting without decisions, summary, number, place, chair or attendees makes a paper without
    them. Raises :class:`~desktop.ledger.store.NoSuchRecord`,
    :class:`~desktop.ledger.definitions.NoSuchRegister` and
    :class:`~desktop.ledger.definitions.MalformedScheme`.
    """
    found = _meeting(store, meeting)
    words, number = found.words, found.text("number")
    head = MinutesHead(
        words.say("head.mark", 单位=found.unit),
        words.say("head.issue", 期号=number, 年=found.made_on.year) if number else "",
        words.say("head.issuer", 单位=found.unit),
        found.day,
    )
    return Paper(
        found.text("name"),
        (*_opening(found), *_sections(found), *_attendance(found), *_imprint(found)),
        found.footer,
        found.made_on,
        head=head,
        author=found.unit,
        demonstration=demonstration,
    )


def task_list(store: Store, meeting: str, *, demonstration: bool = False) -> LedgerPaper:
    """The list of what a meeting handed out, with its state; raises as :func:`minutes_paper`.

    Projects and departments have columns only where one is named; the other columns may be filled
    by hand.
    """
    found = _meeting(store, meeting)
    words = found.words
    items = found.items
    columns = (
        (Column(words.column("number"), "word", 4), [str(at) for at in range(1, len(items) + 1)]),
        (Column(words.column("matter"), "text", 30), [item.matter for item in items]),
        (Column(words.column("project"), "text", 16), [item.project for item in items]),
        (Column(words.column("unit"), "text", 10), [item.unit for item in items]),
        (Column(words.column("department"), "text", 10), [item.department for item in items]),
        (Column(words.column("person"), "word", 7), [item.person for item in items]),
        (Column(words.column("due"), "word", 11), [item.due for item in items]),
        (Column(words.column("state"), "word", 7), [item.state for item in items]),
        (Column(words.column("feedback"), "text", 18), [item.feedback for item in items]),
    )
    spare = (words.column("project"), words.column("department"))
    kept = [one for one in columns if one[0].title_path not in spare or any(one[1])]
    rows = tuple(Row(cells) for cells in zip(*(cells for _, cells in kept), strict=True))
    signed = ("filler", "reviewer", "chief")
    ledger = Ledger(
        words.say("tasks.title", 会议=found.text("name")),
        Table(tuple(column for column, _ in kept), rows, empty=words.say("tasks.empty")),
        subtitle=words.say("tasks.subtitle", 日期=found.day) if found.day else "",
        prepared=words.say("tasks.prepared", 单位=found.unit),
        signatures=tuple(name for key in signed if (name := words.say(f"tasks.{key}"))),
    )
    return LedgerPaper(
        ledger, found.footer, found.made_on, author=found.unit, demonstration=demonstration
    )


def _meeting(store: Store, record: str) -> Meeting:
    title = store.scheme.register(MEETING).title
    rows = store.select(f'SELECT * FROM "v_{MEETING}" WHERE record = ?', (record,))
    if not rows:
        raise NoSuchRecord(title, record[:8])
    row, unit = rows[0], label(store, "unit", store.unit)
    held = row.get("held_on")
    return Meeting(
        row,
        words_of(store.scheme),
        unit,
        _items(store, record),
        date.fromisoformat(held) if held else last_entry(store),
        Footer(unit, _week(row), paper_code.code(store.journal.head)),
    )


def _week(row: Mapping[str, Any]) -> str:
    """The week that the meeting went through, "" where none is given."""
    return periods.parse_period(row["week"]).title if row.get("week") else ""


def _items(store: Store, meeting: str) -> tuple[Item, ...]:
    """The decisions in the order in which they were entered: no clock, the journal says it."""
    if DECISION not in store.scheme.registers:
        return ()
    rows = store.select(
        f'SELECT d.* FROM "v_{DECISION}" AS d WHERE d."{MEETING}" = ?1 ORDER BY'
        " (SELECT min(position) FROM journal AS j"
        f"  WHERE j.register = '{DECISION}' AND j.record = d.record)",
        (meeting,),
    )
    links, subject = Links(store), store.scheme.head.subject
    return tuple(
        Item(
            str(row["matter"] or "").strip(),
            links.name(subject, row.get("subject_project")),
            links.name("unit", row.get("unit")),
            row.get("responsible_unit") or "",
            row.get("responsible_person") or "",
            said(row.get("due")),
            row.get("state") or "",
            row.get("feedback") or "",
        )
        for row in rows
    )


def _opening(meeting: Meeting) -> list[Block]:
    """When, where, who in the chair, how many decisions: one paragraph."""
    words, chair, place = meeting.words, meeting.text("chair"), meeting.text("place")
    key = ("held" if chair else "unchaired") + ("_at" if place else "")
    values = {"日期": meeting.day, "会议": meeting.text("name")}
    values |= {"主持人": chair} if chair else {}
    values |= {"地点": place} if place else {}
    week = _week(meeting.row)
    many = len(meeting.items)
    texts = (
        words.say(f"opening.{key}", **values).removeprefix("，"),
        words.say("opening.week", 周次=week) if week else "",
        words.say("opening.decided", 数=many) if many else words.say("opening.nothing"),
    )
    text = "".join(texts)
    return [Paragraph(text)] if text else []


def _sections(meeting: Meeting) -> list[Block]:
    """What was said and what was decided, numbered where both are there."""
    words = meeting.words
    told: list[Block] = [
        Paragraph(line.strip()) for line in meeting.text("summary").splitlines() if line.strip()
    ]
    decided: list[Block] = [
        Paragraph(_decision(words, item), lead=words.say("decision.lead", 序号=number))
        for number, item in enumerate(meeting.items, 1)
    ]
    blocks: list[Block] = []
    sections = (("summary", told), ("decisions", decided))
    filled = [(name, members) for name, members in sections if members]
    for number, (name, members) in enumerate(filled, 1):
        title = words.say(f"sections.{name}")
        blocks += [Heading(1, f"{numeral(number)}、{title}" if len(filled) > 1 else title)]
        blocks += members
    return blocks


def _decision(words: Words[NoFixed], item: Item) -> str:
    """The matter, and in brackets who does it until when."""
    matter = "；".join(lines(item.matter)) or item.matter
    parts = [
        words.say("decision.responsible", 单位=item.unit) if item.unit else "",
        words.say("decision.department", 部门=item.department) if item.department else "",
        words.say("decision.person", 责任人=item.person) if item.person else "",
        words.say("decision.due", 时限=item.due) if item.due else "",
    ]
    after = "；".join(part for part in parts if part)
    text = words.say("decision.matter", 事项=matter)
    return f"{text}。（{after}）" if after else f"{text}。"


def _attendance(meeting: Meeting) -> list[Block]:
    """Who was there, who sat in, who was excused; nothing for those who are not named."""
    found: list[Block] = []
    for key, field in (("present", "attendees"), ("observers", "observers"), ("absent", "absent")):
        names = "；".join(lines(meeting.text(field)))
        if names:
            found.append(Attendance(meeting.words.say(f"attendance.{key}"), names))
    return found


def _imprint(meeting: Meeting) -> list[Block]:
    words = meeting.words
    units: Sequence[str] = [
        name for item in meeting.items for name in (item.unit, item.department) if name
    ]
    named = "，".join(dict.fromkeys(units))
    copied = words.say("imprint.copied", 承办单位=named, 单位=meeting.unit)
    office = words.say("imprint.office", 单位=meeting.unit)
    return [Imprint(office, meeting.day or said(meeting.made_on.isoformat()), copied)]
