"""To which unit of the tree a row of a workbook belongs: named by it, asked about, or the book's.

In the book of a unit without others under it all that is read is its own; where a row says
otherwise, that is told.
"""

from __future__ import annotations

import re

from desktop.ledger.workspace import Book
from desktop.sheets.meaning.tree import Tree
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.tables.surroundings import unit_name
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: A text that names the owner of a project where the owner's own column is missing.
RESPONSIBLE = "responsible_unit"
#: Where a project lies tells its unit where nothing else does.
PLACE = "place"
#: Names that only a unit of the tree's kind bears; 社区 is none.
_PLACE = re.compile(r".+(?:镇|乡|街道|(?<!社)区|管委会)")


class Units:
    """The tree of a book, and what rows say of it; what is not sure is asked into ``questions``."""

    def __init__(
        self,
        book: Book,
        proposal: Proposal,
        answers: Answers,
        questions: list[Question],
        owner: str | None,
    ) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.questions, self.owner = questions, owner
        rows = book.rows("unit") if owner else []
        self.tree = Tree(rows, book.unit)
        self.alone = self.tree.alone
        self.names = frozenset(name for unit in self.tree.units for name in unit.names)
        self._levels = {row["record"]: row["level"] for row in rows}
        #: New projects whose rows name no unit that is known.
        self.unplaced = 0
        #: Cells of new projects whose place alone says the unit.
        self.placed: list[str] = []
        self._found: dict[str, str | None] = {}
        self._others: dict[str, list[str]] = {}
        #: Whether a field's text names another unit; many rows say the same.
        self._strangers: dict[tuple[str, str], bool] = {}

    def said(self, record: Record) -> str | None:
        """The unit as far as the row's texts, else the workbook's, say it without asking."""
        if self.owner is None or self.alone:
            return self.book.unit or None
        for _, text in self._texts(record):
            found = self._find(text)
            if found is not None:
                return found
        return self._find(self.proposal.unit) if self.proposal.unit else None

    def of_new(self, record: Record) -> str:
        """The unit of a new project: named by its row, asked about, that where it lies, else the
        book's own."""
        found = self.said(record) or self._asked(record)
        if found is None and not self.alone:
            found = self._lying(record)
        if found is None:
            self.unplaced += 1
        return found or self.book.unit

    def rivals(self, one: str | None, other: str | None) -> bool:
        """Whether two units are of one level, so that a project of one is not the other's."""
        if one is None or other is None or one == other:
            return False
        level = self._levels.get(one)
        return level is not None and level == self._levels.get(other)

    def look(self, record: Record) -> None:
        """Note a row of the book's only unit that names another."""
        if self.owner is None or not self.alone:
            return
        for field, text in self._texts(record):
            key = (field, text)
            if key not in self._strangers:
                placed = field == self.owner or bool(_PLACE.fullmatch(unit_name(text)))
                self._strangers[key] = placed and self._strange(text)
            if self._strangers[key]:
                self._others.setdefault(text, []).append(record.origin(field))
                return

    def notes(self) -> list[str]:
        """What :meth:`look` has seen, a sentence for each name."""
        own = self.tree.named(self.book.unit)
        more = f" 等 {len(self.placed)} 个" if len(self.placed) > 1 else " "
        placed = [
            f"{first}{more}新项目没有写所属单位，按建设地点归入所在的单位，请核对。"
            for first in self.placed[:1]
        ]
        return placed + [
            f"{cells[0]}{f' 等 {len(cells)} 行' if len(cells) > 1 else ''}写的单位是“{text}”，"
            f"都按{own}的读入，请核对是否属于本单位。"
            for text, cells in self._others.items()
        ]

    def _lying(self, record: Record) -> str | None:
        text = record.values.get(PLACE)
        if not isinstance(text, str) or PLACE in record.open:
            return None
        found = self.tree.within(text)
        if found is not None:
            self.placed.append(record.origin(PLACE))
        return found

    def _strange(self, text: str) -> bool:
        """Whether a text names neither the book's unit nor one above it."""
        if self._find(text) is not None:
            return False
        near = self.tree.near(text)
        return near is None or near.record != self.book.unit

    def _find(self, text: str) -> str | None:
        if text not in self._found:
            self._found[text] = self.tree.find(text)
        return self._found[text]

    def _texts(self, record: Record) -> list[tuple[str, str]]:
        return [
            (field, record.values[field])
            for field in (str(self.owner), RESPONSIBLE)
            if record.values.get(field) and field not in record.open
        ]

    def _asked(self, record: Record) -> str | None:
        for field, text in self._texts(record):
            near = self.tree.near(text)
            if near is None:
                continue
            question = Question(
                sheet=record.sheet,
                cell=record.cell(field),
                record=record.label,
                field=str(self.owner),
                text=text,
                value=near.name,
                question=f"“{text}”是不是“{near.name}”？请答单位名称；不答则归入本单位。",
            )
            if not self.answers.has(question.id):
                self.questions.append(question)
                return None
            answer = self.answers.value(question.id)
            chosen = self.tree.find(str(answer)) if answer else None
            if answer and chosen is None:
                raise AnswerNotUnderstood(question.question, str(answer), "没有这个单位")
            return chosen
        return None
