"""The tables in which projects' rows stand. Two rows of one table that bear one project's name are
one project or two: asked once a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from desktop.sheets.meaning.known import bare_name
from desktop.sheets.plans import asking
from desktop.sheets.plans.asking import NEW
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.workbook.grid import Area
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What the question calls its field.
TWICE = "twice"
#: A sheet and the number of a table on it, -1 for none.
Table = tuple[str, int]


class Doubles:
    """Asks into ``questions``; ``name`` is the field of a project's name."""

    def __init__(
        self, proposal: Proposal, answers: Answers, questions: list[Question], name: str
    ) -> None:
        self._proposal, self._answers, self._questions = proposal, answers, questions
        self._name = name
        self._asked: set[str] = set()
        self._many: Counter[tuple[str, str]] | None = None
        self._first: dict[tuple[str, Table, str], Record] = {}
        #: Project's key → the tables in which its rows stand.
        self._tables: defaultdict[str, set[Table]] = defaultdict(set)
        #: The tables that tell of new projects.
        self._made_in: set[Table] = set()
        self._areas: defaultdict[str, list[Area]] = defaultdict(list)
        for table in proposal.tables:
            self._areas[table.sheet].append(table.area)

    def first(self, key: str, record: Record, *, new: bool) -> Record:
        """Note that a row tells of a project, ``new`` or of the book; returns the first row of its
        table and period that does."""
        table = self._table(record)
        self._tables[key].add(table)
        if new:
            self._made_in.add(table)
        return self._first.setdefault((key, table, record.period), record)

    def makes_all(self, record: Record) -> bool:
        """Whether no other table than a row's own has told of new projects."""
        return self._made_in <= {self._table(record)}

    def outside(self, record: Record, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of some projects of which no row of a row's own table tells."""
        table = self._table(record)
        return tuple(one for one in keys if table not in self._tables.get(one, ()))

    def one(self, record: Record, first: Record) -> bool | None:
        """Whether two rows are one project; None while that is open."""
        identity = f"{record.sheet}!{first.cell(self._name)}:{TWICE}"
        if not self._answers.has(identity):
            if identity not in self._asked:
                self._asked.add(identity)
                self._questions.append(self._question(record, first))
            return None
        answer = self._answers.value(identity)
        if answer in (None, ""):
            return None
        names = {bare_name(self._called(one)) for one in (record, first)}
        if asking.same(answer) or bare_name(str(answer)) in names:
            return True
        if asking.apart(answer):
            return False
        question = self._question(record, first).question
        raise AnswerNotUnderstood(question, str(answer), f"应答“是”或“{NEW}”")

    def _table(self, record: Record) -> Table:
        row, column = record.place(self._name)
        for number, area in enumerate(self._areas.get(record.sheet, ())):
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return record.sheet, number
        return record.sheet, -1

    def _question(self, record: Record, first: Record) -> Question:
        name, cells = self._called(record), (first.cell(self._name), record.cell(self._name))
        return Question(
            sheet=record.sheet,
            cell=cells[0],
            record=first.label,
            field=TWICE,
            text=name,
            value=name,
            question=(
                f"“{name}”在 {cells[0]} 和 {cells[1]} 各有一行{self._more(record)}，"
                f"是同一个项目吗？是则答“是”，不是则答“{NEW}”，另立项目。"
            ),
        )

    def _more(self, record: Record) -> str:
        """How many rows of its sheet bear this name, where they are more than two."""
        if self._many is None:
            self._many = Counter(
                (one.sheet, bare_name(self._called(one))) for one in self._proposal.projects
            )
        many = self._many[record.sheet, bare_name(self._called(record))]
        return f"（共 {many} 行）" if many > 2 else ""

    def _called(self, record: Record) -> str:
        return str(record.values.get(self._name) or "")
