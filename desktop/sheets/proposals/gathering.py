"""What reading a workbook collects on its way: records, questions, and everything set aside."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import TableSeen
from desktop.sheets.proposals.proposal import ColumnRead, Note, Question, Record, Skipped, Unmapped
from desktop.sheets.tables.sources import Place
from desktop.sheets.workbook.grid import Cell, Sheet, Text, address, letters, text_of

SAMPLE_LENGTH = 40
#: So many rows of texts outside the tables are listed one by one; the rest in one line.
MOST_TEXTS = 500


class Gathering:
    """The lists of a proposal while they grow."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.projects: list[Record] = []
        self.items: list[Record] = []
        self.questions: list[Question] = []
        self.unmapped: list[Unmapped] = []
        self.skipped: list[Skipped] = []
        self.notes: list[Note] = []
        self.columns: list[ColumnRead] = []
        self.tables: list[TableSeen] = []
        #: Where in ``projects`` the records of each table or card begin.
        self.starts: list[int] = []
        #: Sheet and reporting unit of each of them, None where none is named.
        self.reporters: list[tuple[str, str | None]] = []

    def ask(self, question: Question) -> str:
        """Put a question on the list; returns its id."""
        self.questions.append(question)
        return question.id

    def skip(self, sheet: Sheet, row: int | None, reason: str, *, used: bool = False) -> None:
        """Say why a row (from 0) brings no record."""
        self.skipped.append(Skipped(sheet.name, None if row is None else row + 1, reason, used))

    def note(self, sheet: Sheet, place: Place, text: str) -> None:
        """A remark on a cell."""
        self.notes.append(Note(sheet.name, address(*place), text))

    def skip_texts(self, sheet: Sheet, texts: Iterable[Text], reason: str) -> None:
        """Rows of texts outside any table, one line per row."""
        rows: dict[int, list[str]] = {}
        for text in texts:
            rows.setdefault(text.row, []).append(text.text)
        listed = list(rows.items())
        for row, parts in listed[:MOST_TEXTS]:
            self.skip(sheet, row, f"{reason}：{shortened(' '.join(parts))}")
        if len(listed) > MOST_TEXTS:
            first, last = listed[MOST_TEXTS][0] + 1, listed[-1][0] + 1
            many = len(listed) - MOST_TEXTS
            self.skip(sheet, first - 1, f"{reason}：自此至第 {last} 行还有 {many} 行")

    def unknown(
        self, sheet: Sheet, column: int, heading: str, sample: Cell | None, reason: str
    ) -> None:
        """A column that was not understood."""
        text = None if sample is None else shortened(text_of(sample))
        self.unmapped.append(Unmapped(sheet.name, letters(column), heading, text, reason))


def shortened(text: str) -> str:
    """A text short enough to be cited."""
    words = " ".join(text.split())
    return words if len(words) <= SAMPLE_LENGTH else words[:SAMPLE_LENGTH] + "…"
