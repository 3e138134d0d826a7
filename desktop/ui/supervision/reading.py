"""The supervised items as they stand in a week, without Qt: limits, lateness, the next number.

"Today" is the last day of the week being shown, never the wall clock's (REGIME S17).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.ui.forms import initials
from desktop.ui.lists import reading as lists
from desktop.ui.lists.reading import Part, State

REGISTER = "supervision"
#: What the page cannot do without; a scheme whose register lacks one of them has no such page.
NEEDED = ("number", "matter", "due", "state", "feedback", "extended_to", "closed_on")
_NUMBER = re.compile(r"督办〔(\d{4})〕(\d+)号")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One supervised item, made for showing.

    ``unit`` and ``project`` are records (``project`` may be ""), dates are dates or None; ``limit``
    is the extended one where there is one; ``left`` says how it stands to it, ``days`` in days.
    """

    record: str
    number: str
    matter: str
    unit: str
    unit_name: str
    project: str
    project_name: str
    sheet: str
    source: str
    department: str
    person: str
    issued_on: date | None
    due: date | None
    extended_to: date | None
    feedback: str
    feedback_on: date | None
    verification: str
    closed_on: date | None
    remark: str
    state: State
    state_title: str
    days: int | None
    left: str

    @property
    def limit(self) -> date | None:
        """The day by which it is to be done."""
        return self.extended_to or self.due

    @property
    def late(self) -> bool:
        """Whether its day has passed and nobody has reported it done."""
        return self.state == "open" and self.days is not None and self.days < 0

    @property
    def soon(self) -> bool:
        """Whether its day comes within seven days."""
        return self.state == "open" and self.days is not None and 0 <= self.days <= lists.SOON

    @property
    def tone(self) -> str:
        """The tone of ``left``."""
        if self.late:
            return "must"
        return "explain" if self.soon or self.state == "done" else "faint"


def register_of(scheme: Scheme) -> Register | None:
    """The register of supervised items; None where the scheme has none that the page can show."""
    register = scheme.registers.get(REGISTER)
    if register is None or any(name not in register.by_name for name in NEEDED):
        return None
    return register


def items(store: Store, today: date) -> tuple[Item, ...]:
    """Every supervised item that this book sees, the most urgent first."""
    register = register_of(store.scheme)
    if register is None:
        return ()
    subject = store.scheme.registers[store.scheme.head.subject]
    terms = lists.terms(store.scheme, register, today)
    project = "this.subject_project" if "subject_project" in register.by_name else "NULL"
    rows = store.select(
        f'SELECT this.*, {terms.state} AS "#state", coalesce(u.short, u.name) AS "#unit",'
        f' {project} AS "#project", p."{subject.label}" AS "#name" FROM "{REGISTER}" AS this'
        f' LEFT JOIN unit AS u ON u.record = this."{register.of}"'
        f' LEFT JOIN "{subject.name}" AS p ON p.record = {project}'
        " WHERE this.removed = 0",
        terms.values,
    )
    made = (_item(store.scheme, register, row, today) for row in rows)
    return tuple(sorted(made, key=_urgency))


def _urgency(item: Item) -> tuple[object, ...]:
    """Open ones by their limit, then those reported done, closed ones the latest first."""
    days = item.days or 0
    number = _NUMBER.search(item.number)
    named = (0, int(number[1]), int(number[2])) if number else (1, 0, 0)
    place = ("open", "done", "closed").index(item.state)
    return place, item.days is None, -days if place == 2 else days, named, item.record


def in_part(item: Item, part: Part) -> bool:
    """Whether the item is in this part of the list."""
    if part in ("late", "soon"):
        return item.late if part == "late" else item.soon
    return part == "all" or item.state == part


def found(items: tuple[Item, ...], wanted: str, part: Part, unit: str = "") -> tuple[Item, ...]:
    """The items of a part, of one unit (its record) or of all, in which ``wanted`` stands.

    Number, matter, unit, project and department are looked through, by pinyin initials too.
    """
    fits = initials.fits(wanted)
    return tuple(
        item
        for item in items
        if in_part(item, part)
        and (not unit or item.unit == unit)
        and (
            not wanted.strip()
            or any(
                fits(text)
                for text in (
                    item.number, item.matter, item.unit_name, item.project_name, item.department,
                )
            )
        )
    )  # fmt: skip


def next_number(store: Store, year: int) -> str:
    """The number that a new item is offered: 督办〔2023〕8号 after 7号; removed ones count too."""
    register = register_of(store.scheme)
    rows = store.connection.execute(f'SELECT number FROM "{REGISTER}"') if register else ()
    used = [_NUMBER.search(number or "") for (number,) in rows]
    last = max((int(one[2]) for one in used if one and int(one[1]) == year), default=0)
    return f"督办〔{year}〕{last + 1}号"


def limit_in_words(item: Item, today: date) -> str:
    """3月1日, an extended one with both: 3月10日（原3月1日）."""
    if item.limit is None:
        return "没有时限"
    said = day_in_words(item.limit, today.year)
    if item.extended_to is None or item.due is None or item.extended_to == item.due:
        return said
    return f"{said}（原{day_in_words(item.due, today.year)}）"


def _item(scheme: Scheme, register: Register, row: dict[str, Any], today: date) -> Item:
    limit = _day(row.get("extended_to")) or _day(row.get("due"))
    days = (limit - today).days if limit else None
    state: State = row["#state"]
    return Item(
        record=row["record"],
        number=row.get("number") or "",
        matter=row.get("matter") or "",
        unit=row.get(str(register.of)) or "",
        unit_name=row["#unit"] or "",
        project=row["#project"] or "",
        project_name=row["#name"] or "",
        sheet=row.get("sheet") or "",
        source=row.get("source") or "",
        department=row.get("responsible_unit") or "",
        person=row.get("responsible_person") or "",
        issued_on=_day(row.get("issued_on")),
        due=_day(row.get("due")),
        extended_to=_day(row.get("extended_to")),
        feedback=row.get("feedback") or "",
        feedback_on=_day(row.get("feedback_on")),
        verification=row.get("verification") or "",
        closed_on=_day(row.get("closed_on")),
        remark=row.get("remark") or "",
        state=state,
        state_title=row.get("state") or "未填",
        days=days,
        left=lists.time_left(days, state),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
