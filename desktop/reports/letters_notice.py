"""The supervision notice 督办通知单 with its reply slip 回执, from a record of 督办事项 (S17).

It says the matter, the rule (that of the letter which orders it, else that of its source), the
limit and, where a letter goes with it, the figures. Words come from ``letters.toml``.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger.escalation_figures import LETTER
from desktop.ledger.escalation_letters import NOTICE
from desktop.ledger.lookup import label
from desktop.ledger.store import Store
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
)

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
    """The figures and the rule, as the letter that orders it says, else the rule of its source."""
    words, source = letter.words, letter.text("source")
    ordered = _ordering(store, record)
    rules = listed(ordered.get("rule")) or [
        rule for rule in (words.fixed.rules.get(source, ""),) if rule
    ]
    if not rules:
        title = store.scheme.registers[REGISTER].by_name["source"].title
        raise LetterLacks(NOTICE, letter.text("matter"), title)
    shown = listed(ordered.get("figures"))
    blocks = figures(letter, shown) if shown else []
    rule = (
        words.say("notice.rule", 规则=quoted(rules), 来源=source)
        if source
        else words.say("notice.rule_plain", 规则=quoted(rules))
    )
    return [*blocks, *_said(rule)]


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
