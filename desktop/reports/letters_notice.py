"""The supervision notice 督办通知单 with its reply slip 回执, from a record of 督办事项 (S17).

It says the matter, the figures and the rule (those of the letter which orders it, else how far the
project was when the notice went out, and the rule of its source) and the limit. Words come from
``letters.toml``.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger import periods
from desktop.ledger.dispatch import latest_rows
from desktop.ledger.escalation_figures import LETTER
from desktop.ledger.escalation_letters import NOTICE
from desktop.ledger.indicator_definitions import PROJECT
from desktop.ledger.indicators import indicators_of
from desktop.ledger.lookup import label
from desktop.ledger.store import Store
from desktop.reports import weekly_words
from desktop.reports.content import (
    Addressee,
    Block,
    Entry,
    Form,
    Heading,
    Paper,
    Paragraph,
    Slip,
)
from desktop.reports.letters_facts import (
    Letter,
    LetterLacks,
    figures,
    letter_of,
    listed,
    quoted,
    said,
)
from desktop.reports.weekly_facts import amount
from desktop.reports.weekly_overall import against_plan

REGISTER = "supervision"
#: So much of a matter stands on the slip, which is one sheet.
_ON_SLIP = 60


def supervision_paper(store: Store, supervision: str, *, demonstration: bool = False) -> Paper:
    """The notice of a record of 督办事项 and the slip to be sent back.

    Raises :class:`~desktop.ledger.store.NoSuchRecord`,
    :class:`~desktop.reports.letters_facts.LetterLacks` where neither its source nor a letter says
    by which rule, and :class:`~desktop.ledger.definitions.MalformedScheme`.
    """
    found = letter_of(store, REGISTER, supervision)
    words = found.words
    to = "、".join(dict.fromkeys(one for one in (found.to, found.text("responsible_unit")) if one))
    blocks: list[Block] = [
        Addressee(to),
        *_said(words.say("notice.intro")),
        *_facts(store, found),
        Heading(1, words.say("notice.matter")),
        *_said(*_ended(found.text("matter"))),
        Heading(1, words.say("notice.ground")),
        *_ground(store, found, supervision),
        Heading(1, words.say("notice.demand")),
        *_said(_limit(found) + words.say("notice.late")),
        found.closing(),
        _slip(found, to),
    ]
    titles = words.fixed.titles
    return Paper(
        titles.get(found.text("sheet"), titles["other"]),
        tuple(blocks),
        found.footer,
        found.made_on,
        head=found.head,
        author=found.issuer,
        demonstration=demonstration,
    )


def _said(*texts: str) -> list[Block]:
    return [Paragraph(text.strip()) for text in texts if text.strip()]


def _ended(text: str) -> list[str]:
    """The lines of a matter, the last of them closed by a stop."""
    kept = [line.strip() for line in text.splitlines() if line.strip()]
    if kept and kept[-1][-1] not in "。！？；…）”":
        kept[-1] += "。"
    return kept


def _final(letter: Letter) -> str:
    """The limit that counts: the extended one where there is one."""
    return letter.day("extended_to") or letter.day("due")


def _facts(store: Store, letter: Letter) -> list[Block]:
    """The short facts as a form; what is empty is left out."""
    words = letter.words
    project = letter.row.get("subject_project")
    name = label(store, store.scheme.head.subject, project) if project else ""
    wanted = (
        (("project", name),),
        (
            ("department", letter.text("responsible_unit")),
            ("person", letter.text("responsible_person")),
        ),
        (("limit", _final(letter)),),
    )
    rows = [
        tuple(Entry(words.column(key)[0], text) for key, text in pairs if text) for pairs in wanted
    ]
    filled = tuple(row for row in rows if row)
    return [Form(filled)] if filled else []


def _ground(store: Store, letter: Letter, record: str) -> list[Block]:
    """The figures and the rule, as the letter that orders it says, else the project's figures and
    the rule of its source."""
    words, source = letter.words, letter.text("source")
    ordered = _ordering(store, record)
    rules = listed(ordered.get("rule")) or [
        rule for rule in (words.fixed.rules.get(source, ""),) if rule
    ]
    if not rules:
        title = store.scheme.registers[REGISTER].by_name["source"].title
        raise LetterLacks(NOTICE, letter.text("matter"), title)
    shown = listed(ordered.get("figures"))
    blocks = figures(letter, shown) if shown else _said(_progress(store, letter))
    rule = (
        words.say("notice.rule", 规则=quoted(rules), 来源=source)
        if source
        else words.say("notice.rule_plain", 规则=quoted(rules))
    )
    return [*blocks, *_said(rule)]


def _progress(store: Store, letter: Letter) -> str:
    """How far the project was by its last week filled before the notice went out; "" where there is
    no project, or none of its weeks of that year is filled."""
    scheme, project = store.scheme, letter.row.get("subject_project")
    week = periods.week_of(letter.made_on, scheme.week_last_day)
    if periods.week_range(week, scheme.week_last_day)[1] > letter.made_on:
        week = week.previous()
    record = latest_rows(store, week).get(project) if project else None
    if record is None:
        return ""
    ((filled,),) = store.connection.execute(
        f'SELECT period FROM "{scheme.head.weekly}" WHERE record = ?', (record,)
    )
    week = periods.parse_period(filled)
    row = next((one for one in indicators_of(store, week, PROJECT) if one.key == project), None)
    if row is None:
        return ""
    return letter.words.say(
        "notice.progress",
        日期=said(periods.week_range(week, scheme.week_last_day)[1].isoformat()),
        年累计=amount(row.amount("completed_year")),
        占计划=against_plan(weekly_words.words_of(scheme), row),
    )


def _ordering(store: Store, record: str) -> dict[str, Any]:
    """The latest letter of this kind that names the record, {} where there is none."""
    if LETTER not in store.scheme.registers:
        return {}
    rows = [
        row for row in store.rows(LETTER) if row["supervision"] == record and row["kind"] == NOTICE
    ]
    return max(rows, key=lambda row: (row["issued_on"] or "", row["record"]), default={})


def _limit(letter: Letter) -> str:
    words, first, extended = letter.words, letter.day("due"), letter.day("extended_to")
    if first and extended and extended != first:
        return words.say("notice.extended", 原时限=first, 时限=extended, 机关=letter.issuer)
    final = _final(letter)
    return words.say("notice.limit", 时限=final, 机关=letter.issuer) if final else ""


def _slip(letter: Letter, to: str) -> Slip:
    """What came of it: filled by hand, sealed and sent back."""
    words = letter.words
    matter = " ".join(letter.text("matter").split())
    short = matter if len(matter) <= _ON_SLIP else f"{matter[:_ON_SLIP]}…"

    def entry(key: str, text: str = "", rows: int = 1) -> Entry:
        return Entry(words.column(key)[0], text, rows)

    form = Form(
        (
            (entry("number", letter.number), entry("limit", _final(letter))),
            (entry("unit", to),),
            (entry("matter", short),),
            (entry("handling", rows=10),),
            (entry("person", letter.text("responsible_person")), entry("phone")),
            (Entry(words.say("slip.seal"), words.say("slip.date"), 4),),
        )
    )
    return Slip(words.say("notice.slip_title"), (form,))
