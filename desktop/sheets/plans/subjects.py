"""Which project each row of a workbook means: one of the book, or one that the workbook makes.

A project's key is ``=`` and its identity in the book, or ``+`` and its bare name where it is new.
Sure are a code, and a name in its unit; all else is asked about, once for every name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.ledger.workspace import Book
from desktop.sheets.meaning.known import Known, Match, bare_name
from desktop.sheets.meaning.places import apart, villages
from desktop.sheets.plans import asking
from desktop.sheets.plans.asking import RECORD, lies
from desktop.sheets.plans.doubles import Doubles
from desktop.sheets.plans.strangers import Strangers
from desktop.sheets.plans.units import Units
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.proposals.whose import site
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What a question about joining calls its field: the name's own id corrects the name.
MATCH = "match"
#: What a row is known by: its sheet, and the row and column of its project's name.
Place = tuple[str, int, int]


class Subjects:
    """Joins rows to projects; what it cannot decide it asks into ``questions``."""

    def __init__(
        self, book: Book, proposal: Proposal, answers: Answers, questions: list[Question]
    ) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.questions = questions
        self.register = book.scheme.register(book.scheme.head.subject)
        self.name = self.register.label or "name"
        self.owner = self.register.owner
        self.units = Units(book, proposal, answers, questions, self.owner)
        self.known = Known(book.rows(self.register.name), self.name, self.units.names)
        #: The projects that this workbook makes, by their keys.
        self.fresh = Known((), self.name, self.units.names)
        #: key → identity in the book, None for a project that is new.
        self.found: dict[str, str | None] = {}
        #: Keys of projects that a person said to be meant by another name: theirs stays.
        self.likened: set[str] = set()
        #: The spellings by which these are meant → their identities.
        self.spellings: dict[str, str] = {}
        #: What a person said that names mean, and the names that are still asked about.
        self._called: dict[str, str] = {}
        self.strangers = Strangers(answers)
        self._doubles = Doubles(proposal, answers, questions, self.name)
        self._waiting: set[str] = set()
        self._met: dict[tuple[str, str, str, bool, frozenset[str]], str | None] = {}
        self._rows: dict[Place, str | None] = {}

    def of_project(self, record: Record) -> str | None:
        """The key of the project that a row is about; None while that is open."""
        place = (record.sheet, *record.place(self.name))
        if place not in self._rows:
            self.units.look(record)
            self._rows[place] = self._of_row(record)
        return self._rows[place]

    def of_item(self, record: Record) -> str | None:
        """The key of the project that an item hangs under; None while that is open."""
        link = str(self.book.scheme.register(record.register).of)
        if link in record.open:
            return None
        place = (record.sheet, *record.place(link))
        if place in self._rows:  # the row tells of its project, too
            return self._rows[place]
        return self._key(record, str(record.values.get(link) or ""), None, link)

    def _of_row(self, record: Record) -> str | None:
        if self.name in record.open:
            return None
        code = None if "code" in record.open else record.values.get("code")
        key = self._key(record, str(record.values[self.name]), code, self.name)
        if key is None:
            return None
        first = self._doubles.first(key, record, new=self.found[key] is None)
        if first is record or (code and code == first.values.get("code")):
            return key
        return self._again(record, first, key)

    def _again(self, record: Record, first: Record, key: str) -> str | None:
        """The key of a project that stands in a second row of its table."""
        name, other = str(record.values[self.name]), str(first.values[self.name])
        if key in self.likened and bare_name(name) != bare_name(other):
            return key  # a person said so
        one = self._doubles.one(record, first)
        if one is None:
            return None
        aside = f"+{bare_name(name)}@{record.sheet}!{record.row}"
        return key if one else self._make(aside, record, name, None, self.name)

    # Names ----------------------------------------------------------------------------------------

    def _key(self, record: Record, name: str, code: str | None, field: str) -> str | None:
        said = self.units.said(record)
        bare = bare_name(name)
        # In which village it lies tells apart what has the same name.
        where = site(record) if self.known.has(bare) or self.fresh.has(bare) else ""
        place = (bare, code or "", said or "", field == self.name, villages(where))
        if place not in self._met:
            self._met[place] = self._joined(record, name, code, field, said, where)
        return self._met[place]

    def _joined(
        self,
        record: Record,
        name: str,
        code: str | None,
        field: str,
        unit: str | None,
        where: str,
    ) -> str | None:
        item, bare = field != self.name, bare_name(name)
        held = self._called.get(bare) if not code else None
        if held is not None and not self._other(self._row_of(held), unit, where):
            return held
        if bare in self._waiting and (item or not villages(where)):
            return None
        match = self._there(self.known.match(name, code, unit), where)
        elsewhere = match.how == "name" and self._other(
            self.known.rows[str(match.record)], unit, where
        )
        if match.how in ("code", "name") and not elsewhere:
            return self._is(str(match.record))
        fresh = self._there(self.fresh.exact(name, code, unit), where)
        aside = fresh.how == "name" and self._other(self.fresh.rows[str(fresh.record)], unit, where)
        weak = match.how in ("new", "similar") or elsewhere
        if weak and fresh.how in ("code", "name") and not aside:
            key = str(fresh.record)
            return key if item else self._make(key, record, name, code, field)
        near = () if aside and not item else self._offered(fresh, record, name, code, item=item)
        if match.how == "new" and not item and not near:
            return self._new(record, name, code, field, unit)
        return self._asked(record, name, code, field, unit, match, near)

    def _other(self, row: Mapping[str, Any], unit: str | None, where: str) -> bool:
        """Whether a project of the same name belongs to another unit, or lies in another village,
        than the row says."""
        return self.units.rivals(unit, row.get("unit")) or apart(where, lies(row))

    def _there(self, match: Match, where: str) -> Match:
        """A match of several of one name, decided by the village that the row names."""
        if match.how != "several" or not villages(where):
            return match
        rows = self.fresh.rows if match.candidates[0].startswith("+") else self.known.rows
        named = {one: villages(lies(rows[one])) for one in match.candidates}
        here = [one for one, known in named.items() if known and not apart(where, lies(rows[one]))]
        if len(here) == 1 and all(named.values()):
            return Match("name", here[0], (here[0],))
        if not here and all(named.values()):
            return Match("new")
        return match

    def _offered(
        self, fresh: Match, record: Record, name: str, code: str | None, *, item: bool
    ) -> tuple[str, ...]:
        """Which of the workbook's own new projects a name may mean. Rows of one table are not
        alike by chance: there two names are two projects."""
        if item:
            return fresh.candidates or self.fresh.similar(name, code)
        if fresh.how in ("doubted", "contrary"):
            return fresh.candidates
        if fresh.how == "recoded" or self._doubles.makes_all(record):
            return ()
        near = fresh.candidates or self.fresh.similar(name, code)
        return self._doubles.outside(record, near)

    def _new(
        self, record: Record, name: str, code: str | None, field: str, unit: str | None
    ) -> str:
        """A new project. Two of one name are one, unless their codes or their units differ."""
        key = f"+{bare_name(name)}"
        if key in self.fresh.rows:
            row = self.fresh.rows[key]
            if code and row.get("code") not in (None, code):
                key = f"{key}+{code}"
            elif self.units.rivals(unit, row.get("unit")):
                key = f"{key}@{unit}"
            elif apart(site(record), lies(row)):
                key = f"{key}@{'、'.join(sorted(villages(site(record))))}"
        return self._make(key, record, name, code, field)

    def _make(self, key: str, record: Record, name: str, code: str | None, field: str) -> str:
        """Note a project as one that the workbook makes, or its code where it is noted already."""
        row = self.fresh.rows.get(key)
        if row is None or (code and not row.get("code")):
            before = row or {
                "record": key,
                self.name: name,
                "unit": self.units.said(record),
                "place": record.origin(field),
                RECORD: record,
            }
            self.fresh.add({**before, "code": code})
        self.found.setdefault(key, None)
        return key

    def _is(self, record: str) -> str:
        key = f"={record}"
        self.found[key] = record
        return key

    # Questions ------------------------------------------------------------------------------------

    def _asked(
        self,
        record: Record,
        name: str,
        code: str | None,
        field: str,
        unit: str | None,
        match: Match,
        near: tuple[str, ...],
    ) -> str | None:
        named = self.units.tree.named
        offered = asking.offers(self.known, match.candidates, self.fresh, near, named)
        question = Question(
            sheet=record.sheet,
            cell=record.cell(field),
            record=record.label,
            field=MATCH,
            text=name,
            value=None if match.how == "several" or not offered else offered[0].word,
            question=asking.wording(record, name, code, unit, match, offered, self.known, named),
        )
        strange = field != self.name and match.how == "new" and not offered and bool(name)
        if self.answers.has(question.id):
            answer = self.answers.value(question.id)
        elif strange:
            answer = asking.NEW if self.strangers.made(question) else None
        else:
            self.questions.append(question)
            answer = None
        if answer in (None, ""):
            self._waiting.add(bare_name(name))
            return None
        key = asking.chosen(answer, question.value, offered)
        if key is None:
            key = self._named(answer, name)
        if key is None:
            raise AnswerNotUnderstood(question.question, str(answer), "没有这个项目")
        if not key:
            key = self._new(record, name, code, field, unit)
        elif key.startswith("="):
            self._is(key[1:])
        if bare_name(self._name_of(key)) != bare_name(name):
            self.likened.add(key)
            if key.startswith("="):
                self.spellings[bare_name(name)] = key[1:]
        self._called[bare_name(name)] = key
        return key

    def _named(self, answer: Any, name: str) -> str | None:
        """The key of a project that an answer names without its having been offered; "" for the
        row's own name, which makes it new."""
        text = str(answer)
        record = self.known.said(text)
        if record is not None:
            return f"={record}"
        key = self.fresh.said(text)
        if key is not None:
            return key
        return "" if bare_name(text) == bare_name(name) else None

    def _name_of(self, key: str) -> str:
        return self.known.name(key[1:]) if key.startswith("=") else self.fresh.name(key)

    def _row_of(self, key: str) -> Mapping[str, Any]:
        rows = self.known.rows if key.startswith("=") else self.fresh.rows
        return rows[key.removeprefix("=")]
