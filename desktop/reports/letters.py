"""Reminder letter 提醒函 and talk notice 约谈通知 as content (S16; GB/T 9704-2012, 10.1).

Each says which figures and which rule led to it, what is asked and until when. Words come from
``letters.toml``; the supervision notice stands in :mod:`desktop.reports.letters_notice`.
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger.escalation_figures import LETTER, REMINDER
from desktop.ledger.escalation_letters import NOTICE, TALK
from desktop.ledger.store import Store
from desktop.reports.content import (
    Addressee,
    Block,
    Entry,
    Form,
    Paper,
    Paragraph,
    Slip,
)
from desktop.reports.ledger_sections import numeral
from desktop.reports.letters_facts import (
    Letter,
    LetterLacks,
    figures,
    letter_of,
    lines,
    listed,
    project_line,
    quoted,
)
from desktop.reports.letters_notice import supervision_paper

__all__ = ["WrongLetter", "letter_paper", "reminder_paper", "supervision_paper", "talk_paper"]


class WrongLetter(OneLedgerError):
    """A letter was to be printed as one of another kind, or as one that is no letter."""

    def __init__(self, matter: str, kind: str, wanted: str) -> None:
        super().__init__(
            f"“{matter}”是{kind}，不能印成{wanted}。", "请按函件种类打印；通报请从通报打印。"
        )


def letter_paper(store: Store, letter: str, *, demonstration: bool = False) -> Paper:
    """A record of the register of letters as the paper that its kind is.

    Raises :class:`WrongLetter` for a circular, which is a paper of the month, and as the papers do.
    """
    row = letter_of(store, LETTER, letter).row
    kind = row["kind"] or ""
    if kind == TALK:
        return talk_paper(store, letter, demonstration=demonstration)
    if kind == NOTICE:
        if not row["supervision"]:
            title = store.scheme.registers[LETTER].by_name["supervision"].title
            raise LetterLacks(kind, str(row["matter"]), title)
        return supervision_paper(store, row["supervision"], demonstration=demonstration)
    return reminder_paper(store, letter, demonstration=demonstration)


def reminder_paper(store: Store, letter: str, *, demonstration: bool = False) -> Paper:
    """A reminder letter; ``letter`` is a record of the register of letters.

    Raises :class:`~desktop.ledger.store.NoSuchRecord`, :class:`WrongLetter`,
    :class:`~desktop.reports.letters_facts.LetterLacks` and
    :class:`~desktop.ledger.definitions.MalformedScheme`.
    """
    found = _letter(store, letter, REMINDER)
    words, due = found.words, found.day("due")
    report = (
        words.say("reminder.report", 时限=due, 机关=found.issuer)
        if due
        else words.say("reminder.report_undated", 机关=found.issuer)
    )
    blocks: list[Block] = [
        Addressee(found.to),
        *figures(found, listed(found.text("figures"))),
        *project_line(store, found),
        *_said(words.say("reminder.rule", 规则=quoted(listed(found.text("rule"))))),
        *_demand(found, words.say("reminder.demand"), report),
        *found.contact(),
        found.closing(),
    ]
    title = words.say("head.reminder", 事由=found.text("matter"))
    return _paper(found, title, blocks, demonstration)


def talk_paper(store: Store, letter: str, *, demonstration: bool = False) -> Paper:
    """A notice of a talk with the slip of those who come; raises as :func:`reminder_paper`."""
    found = _letter(store, letter, TALK)
    words, due = found.words, found.day("due")
    rules = quoted(listed(found.text("rule")))
    whom = found.text("talked") or words.say("talk.whom")
    talker = found.text("talker")
    level = found.text("talk_level")
    holder = talker or (f"{found.unit}{level}" if level else "")
    rule = (
        words.say("talk.rule", 规则=rules, 约谈人=holder, 对象=whom)
        if holder
        else words.say("talk.rule_open", 规则=rules, 对象=whom)
    )
    slip = (
        words.say("talk.slip", 时限=due, 机关=found.issuer)
        if due
        else words.say("talk.slip_undated", 机关=found.issuer)
    )
    blocks: list[Block] = [
        Addressee(found.to),
        *figures(found, listed(found.text("figures"))),
        *project_line(store, found),
        *_said(rule),
        *_particulars(found),
        *_said(slip),
        *found.contact(),
        found.closing(),
        _slip(found),
    ]
    return _paper(found, words.say("head.talk", 事由=found.text("matter")), blocks, demonstration)


def _letter(store: Store, record: str, kind: str) -> Letter:
    """The letter, of the kind asked for, with its figures and its rule."""
    found = letter_of(store, LETTER, record)
    given = found.text("kind")
    if given != kind:
        raise WrongLetter(found.text("matter"), given or "没有填种类的函件", kind)
    register = store.scheme.registers[LETTER]
    for name in ("figures", "rule"):
        if not listed(found.text(name)):
            raise LetterLacks(kind, found.text("matter"), register.by_name[name].title)
    return found


def _paper(letter: Letter, title: str, blocks: list[Block], demonstration: bool) -> Paper:
    return Paper(
        title,
        tuple(blocks),
        letter.footer,
        letter.made_on,
        head=letter.head,
        author=letter.issuer,
        demonstration=demonstration,
    )


def _said(*texts: str) -> list[Block]:
    return [Paragraph(text) for text in texts if text]


def _demand(letter: Letter, usual: str, report: str) -> list[Block]:
    """What this letter asks, line by line, else what every letter asks; until when to report."""
    asked = lines(letter.text("demand"))
    return _said(*(f"{text}。" for text in asked), report) if asked else _said(usual + report)


def _time(letter: Letter) -> str:
    return f"{letter.day('held_on')}{letter.text('held_time')}"


def _particulars(letter: Letter) -> list[Block]:
    """Time, place, who, whom, matter, demand, numbered; what is empty is left out."""
    words = letter.words
    later = words.say("talk.later")
    asked = "；".join(lines(letter.text("demand")))
    parts = (
        ("time", _time(letter) or later),
        ("place", letter.text("place") or later),
        ("talker", letter.text("talker")),
        ("attendees", "；".join(lines(letter.text("attendees")))),
        ("matter", letter.text("matter")),
        ("prepare", asked or words.say("talk.demand").rstrip("。")),
    )
    blocks: list[Block] = []
    for name, text in parts:
        if text:
            lead = words.say(f"talk.{name}", 序号=numeral(len(blocks) + 1))
            blocks.append(Paragraph(f"{text}。", lead=lead))
    return blocks


def _slip(letter: Letter) -> Slip:
    """Who comes: places for names, to be filled by hand, sealed and sent back."""
    words, later = letter.words, letter.words.say("talk.later")

    def entry(key: str, text: str = "") -> Entry:
        return Entry(words.column(key)[0], text)

    people = words.fixed.settings.attendees
    form = Form(
        (
            (entry("number", letter.number),),
            (entry("unit", letter.to),),
            (entry("time", _time(letter) or later),),
            (entry("place", letter.text("place") or later),),
            *((entry("name"), entry("post")) for _ in range(people)),
            (entry("contact"), entry("phone")),
            (Entry(words.say("slip.seal"), words.say("slip.date"), 4),),
        )
    )
    return Slip(words.say("talk.slip_title"), (form,))
