"""What letters have in common: the record they are made from, the parties, their head and end.

Rule and figures of a letter are the words that stand in its record (S16): printed again later it
says what it said when it went out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import paper_code, periods
from desktop.ledger.lookup import label
from desktop.ledger.store import NoSuchRecord, Store
from desktop.ledger.wording import day_in_words
from desktop.reports.content import Block, Closing, Footer, LetterHead, Paragraph
from desktop.reports.letters_words import Fixed, words_of
from desktop.reports.templates import Words

#: 1. 2、（三） before a line, but neither 2.3亿元 nor 3、4号楼.
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[.．、](?![0-9])|（[0-9一二三四五六七八九十]+）)\s*")


class LetterLacks(OneLedgerError):
    """A letter does not say what it must say: the figures or the rule that led to it."""

    def __init__(self, kind: str, matter: str, title: str) -> None:
        cited = matter if len(matter) <= 40 else f"{matter[:40]}…"
        super().__init__(
            f"{kind}“{cited}”没有填写“{title}”，不能印发。",
            "函件要写明依据的数据和规则；请填写后重试。",
        )


class Letter(msgspec.Struct, frozen=True):
    """A letter on its way to paper: its record ``row``, who writes, to whom, since when."""

    row: Mapping[str, Any]
    words: Words[Fixed]
    issuer: str
    to: str
    unit: str
    made_on: date
    footer: Footer

    def text(self, name: str) -> str:
        """A text of the record without blanks at its ends, "" where nothing stands."""
        return str(self.row.get(name) or "").strip()

    def day(self, name: str) -> str:
        """A date of the record in words with its year, "" where there is none."""
        return said(self.row.get(name))

    @property
    def number(self) -> str:
        """The document's number; without one the place where it is written by hand."""
        return self.text("number") or self.words.say("head.unnumbered", 年=self.made_on.year)

    @property
    def head(self) -> LetterHead:
        """The head of the letter format."""
        return LetterHead(self.issuer, self.number)

    def contact(self) -> list[Block]:
        """Whom to ask, in a sentence; nothing where nobody is named."""
        name, phone = self.text("contact"), self.text("phone")
        parts = [
            self.words.say("body.contact", 联系人=name) if name else "",
            self.words.say("body.phone", 电话=phone) if phone else "",
        ]
        named = "，".join(part for part in parts if part)
        return [Paragraph(f"{named}。")] if named else []

    def closing(self) -> Closing:
        """Who signs, and the date of issue or the place for it."""
        return Closing(self.issuer, self.day("issued_on") or self.words.say("body.undated"))


def letter_of(store: Store, register: str, record: str) -> Letter:
    """The record as a letter; raises :class:`NoSuchRecord`, ``NoSuchRegister``."""
    definition = store.scheme.register(register)
    rows = store.select(f'SELECT * FROM "v_{register}" WHERE record = ?', (record,))
    if not rows:
        raise NoSuchRecord(definition.title, record[:8])
    row, words = rows[0], words_of(store.scheme)
    unit = _name(store, store.unit)
    issued = row.get("issued_on")
    month = row.get("month")
    return Letter(
        row,
        words,
        words.say("head.mark", 单位=unit),
        _name(store, row["unit"]),
        unit,
        date.fromisoformat(issued) if issued else last_entry(store),
        Footer(
            unit,
            periods.parse_period(month).title if month else "",
            paper_code.code(store.journal.head),
        ),
    )


def last_entry(store: Store) -> date:
    """The day of the book's last entry: a paper without a date of its own bears it."""
    (time,) = store.connection.execute(
        "SELECT time FROM journal ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return date.fromisoformat(time[:10])


def said(day: str | None) -> str:
    """A stored date in words with its year, "" for none."""
    return day_in_words(date.fromisoformat(day), 0) if day else ""


def lines(text: str | None) -> list[str]:
    """The lines of a text, the last stop of each taken away, none empty."""
    bare = (re.sub(r"[。；;，,、\s]+$", "", line).strip() for line in (text or "").splitlines())
    return [line for line in bare if line]


def listed(text: str | None) -> list[str]:
    """The lines of a text without numbers of their own (1. 2、（三）): they are numbered anew."""
    return [bare for line in lines(text) if (bare := _NUMBERED.sub("", line))]


def figures(letter: Letter, texts: Sequence[str]) -> list[Block]:
    """What the letter rests on: one figure in a sentence, several one below the other."""
    words = letter.words
    if len(texts) == 1:
        return _paragraphs(words.say("body.figures_one", 数据=texts[0]))
    numbered = [words.say("body.figure", 序号=at, 数据=text) for at, text in enumerate(texts, 1)]
    return _paragraphs(words.say("body.figures_several"), *numbered)


def quoted(rules: Sequence[str]) -> str:
    """Rules as a sentence cites them: “…”“…”."""
    return "".join(f"“{rule}”" for rule in rules)


def project_line(store: Store, letter: Letter) -> list[Block]:
    """涉及项目：…, where the record names a project."""
    project = letter.row.get("subject_project")
    if not project:
        return []
    name = label(store, store.scheme.head.subject, project)
    return _paragraphs(letter.words.say("body.project", 项目=name))


def _paragraphs(*texts: str) -> list[Block]:
    return [Paragraph(text) for text in texts if text]


def _name(store: Store, unit: str) -> str:
    """A unit's full name: letters do not shorten it."""
    return label(store, "unit", unit)
