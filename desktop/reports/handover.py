"""The hand-over sheet 交接单: what the next clerk of this unit must know, signed by three people.

How the book works, with whom the unit deals, what is open, what falls due, as it stood on a week's
last day. No secret stands on it: of the recovery sheet it says only whether there is one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.ledger import backups, paper_code, periods
from desktop.ledger.belonging import ours
from desktop.ledger.correspondence import CONFIRMED, PARTNER, RETIRED
from desktop.ledger.dispatch import consolidates, week_of
from desktop.ledger.lock import SUBMISSION
from desktop.ledger.periods import Period
from desktop.ledger.wording import day_in_words
from desktop.ledger.workspace import Book
from desktop.reports.content import (
    Block,
    Closing,
    Column,
    Entry,
    Footer,
    Form,
    Heading,
    Paper,
    Paragraph,
    Signatures,
)
from desktop.reports.handover_open import Open
from desktop.reports.handover_words import TEMPLATE, Fixed
from desktop.reports.ledger_columns import Links
from desktop.reports.ledger_sections import numeral
from desktop.reports.templates import Words
from desktop.reports.weekly_facts import trimmed

_WEEKDAYS = "一二三四五六日"


def handover_paper(book: Book, period: str | Period, *, demonstration: bool = False) -> Paper:
    """The hand-over sheet of the book's unit as of a week.

    Raises :class:`~desktop.ledger.dispatch.NotAWeek`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    week, scheme = week_of(period), book.scheme
    words, links = TEMPLATE.of(scheme), Links(book)
    last = periods.week_range(week, scheme.week_last_day)[1]
    unit = links.name("unit", book.unit)
    opened = Open(book, words, links, week)
    first, until = opened.ahead
    span = f"{day_in_words(first, last.year)}—{day_in_words(until, last.year)}"
    sections: list[tuple[str, list[Block]]] = [
        (words.say("sections.book"), _book(book, words, links, week)),
        (words.say("sections.partners"), _partners(book, words, links)),
        (words.say("sections.open"), opened.blocks()),
        (
            words.say("sections.due", 周数=words.fixed.settings.ahead, 起止=span),
            opened.due(),
        ),
    ]
    blocks: list[Block] = []
    for number, (title, members) in enumerate(sections, 1):
        blocks += [Heading(1, f"{numeral(number)}、{title}"), *members]
    names = (words.say(f"closing.{name}") for name in ("giver", "taker", "witness"))
    blocks += [
        Signatures(tuple(name for name in names if name)),
        Closing(unit, f"{last.year}年{last.month}月{last.day}日"),
    ]
    return Paper(
        words.say("head.title", 单位=unit),
        tuple(blocks),
        Footer(unit, week.title, paper_code.code(book.journal.head)),
        last,
        subtitle=words.say("head.subtitle", 期次=periods.label(week, scheme.week_last_day)),
        author=unit,
        demonstration=demonstration,
    )


def _book(book: Book, words: Words[Fixed], links: Links, week: Period) -> list[Block]:
    """The form of facts and the week's work in a sentence."""

    def entry(key: str, text: str, lines: int = 1) -> Entry:
        return Entry(words.say(f"book.{key}"), text, lines)

    weekday = words.say("said.weekday", 星期=f"周{_WEEKDAYS[book.week_last_day]}")
    above = _above(book)
    subject = book.scheme.registers[book.scheme.head.subject]
    (count,) = book.connection.execute(
        f'SELECT count(*) FROM "{subject.name}" AS this WHERE removed = 0'
        f" AND {ours(book.scheme, subject)}"
    ).fetchone()
    full = _unit(book, book.unit).get("name") or links.name("unit", book.unit)
    form = Form(
        (
            (entry("unit", full), entry("projects", words.say("said.projects", 数=count))),
            (entry("file", book.path.name), entry("latest", week.title)),
            (entry("week", weekday), entry("deadline", "")),
            (
                entry("receiver", _receiver(words, above)),
                entry("submitted", _submitted(book, words, week)),
            ),
            (entry("backups", _backups(book, words)),),
            (entry("copies", ""), entry("sheet_place", "")),
            (entry("sheet", _recovery(book, words)),),
        )
    )
    said = words.say("said.weekly_top")
    if not consolidates(book):
        said = words.say("said.weekly", 单位=(above or {}).get("name") or "")
    return [form, *([Paragraph(said)] if said else [])]


def _unit(book: Book, record: str | None) -> dict[str, Any]:
    rows = book.select("SELECT * FROM unit WHERE record = ?", (record,))
    return rows[0] if rows else {}


def _above(book: Book) -> dict[str, Any] | None:
    """The unit above, where there is one."""
    above = _unit(book, book.unit).get("above")
    return _unit(book, above) or None if above else None


def _receiver(words: Words[Fixed], above: dict[str, Any] | None) -> str:
    if above is None:
        return words.say("said.top")
    contact = ""
    if above.get("contact") or above.get("phone"):
        values = {"联系人": above.get("contact") or "", "电话": above.get("phone") or ""}
        contact = words.say("said.contact", **values)
    return words.say("said.receiver", 单位=above.get("name") or "", 联系=contact)


def _submitted(book: Book, words: Words[Fixed], week: Period) -> str:
    """The latest week that this unit has submitted, and when."""
    rows = [
        row
        for row in book.rows(SUBMISSION)
        if row["unit"] == book.unit and row["period"] <= str(week) and row.get("submitted_on")
    ]
    if not rows:
        return words.say("said.never") if not consolidates(book) else ""
    row = max(rows, key=lambda row: row["period"])
    on = date.fromisoformat(row["submitted_on"])
    short = periods.parse_period(row["period"]).short
    return words.say("said.submitted", 期次=short, 日期=day_in_words(on, week.year))


def _backups(book: Book, words: Words[Fixed]) -> str:
    """Where the automatic backups lie, how many, and the newest one's day."""
    folder = backups.folder_of(book)
    days = []
    for path in folder.glob("*.yzb") if folder.is_dir() else ():
        parts = path.name.split("-")
        if len(parts) > 1 and len(parts[1]) == 8 and parts[1].isdigit():
            days.append(parts[1])
    if not days:
        return words.say("said.no_backups", 文件夹=str(folder))
    newest = max(days)
    day = f"{int(newest[:4])}年{int(newest[4:6])}月{int(newest[6:])}日"
    return words.say("said.backups", 文件夹=str(folder), 数=len(days), 日期=day)


def _recovery(book: Book, words: Words[Fixed]) -> str:
    """Whether a recovery code was ever given out for the unit's present keys; never the code."""
    own = [
        row
        for row in book.rows(PARTNER.name)
        if row["unit"] == book.unit and row.get("state") == CONFIRMED
    ]
    if not own:
        return words.say("said.no_keys")
    newest = max(row.get("epoch") or 0 for row in own)
    given = any(row.get("box") for row in own if (row.get("epoch") or 0) == newest)
    return words.say("said.sheet_printed" if given else "said.sheet_wanting")


def _partners(book: Book, words: Words[Fixed], links: Links) -> list[Block]:
    """The units with which keys are exchanged, each with its newest keys' state."""
    newest: dict[str, dict[str, Any]] = {}
    for row in book.rows(PARTNER.name):
        unit = row["unit"]
        if unit == book.unit or row.get("state") == RETIRED:
            continue
        if unit not in newest or (row.get("epoch") or 0) > (newest[unit].get("epoch") or 0):
            newest[unit] = row
    if not newest:
        return [Paragraph(words.say("none.partners"))]
    rows = []
    order = book.select('SELECT * FROM unit ORDER BY "order" IS NULL, "order", name')
    for unit in order:
        if unit["record"] in newest:
            state = newest[unit["record"]].get("state") or ""
            cells = (unit["name"], state, unit.get("contact") or "", unit.get("phone") or "")
            rows.append(cells)
    columns = (
        Column(words.column("unit"), "text", 14),
        Column(words.column("state"), "word", 6),
        Column(words.column("contact"), "text", 8),
        Column(words.column("phone"), "word", 10),
    )
    return [trimmed(columns, rows)]
