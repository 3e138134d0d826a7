"""The rows of a table about projects made into records, one project per row or group of rows.

A project is proposed when the table says anything of it besides its name. Where one spans several
rows and each has a problem, the problems are items (DESIGN, Excel).
"""

from __future__ import annotations

from typing import Any

from desktop.sheets.meaning.columns import Columns
from desktop.sheets.meaning.evidence import says_nothing
from desktop.sheets.meaning.sections import Meaning, Sections
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.proposal import PROBLEM, Question
from desktop.sheets.proposals.settling import Settled, shown
from desktop.sheets.tables.sources import Place, Source
from desktop.sheets.workbook.grid import text_of

#: Fields of a problem that may stand in the rows of a project that spans several.
BESIDE = (
    *("measure", "responsible_unit", "responsible_person", "phone", "due"),
    *("found_on", "aspect", "result", "closed_on", "needs_level"),
)


#: A row without a name is asked about when so many of its fields say something.
ENOUGH = 2


def record_projects(words: Vocabulary, source: Source, columns: Columns, out: Gathering) -> Settled:
    """Put a project table's records into the gathering; its settled values are returned."""
    subject = words.project_registers[0]
    name = words.scheme.register(subject).label or "name"
    settled = Settled(words, source, columns, out, link=name, label=None)
    _Projects(words, settled, out, name).record()
    return settled


class _Projects:
    def __init__(self, words: Vocabulary, settled: Settled, out: Gathering, name: str) -> None:
        self.settled, self.out, self.name = settled, out, name
        self.source, self.columns = settled.source, settled.columns
        self.sheet = settled.sheet
        self.subject = words.project_registers[0]
        self.register = words.scheme.register(self.subject)
        self.sections = Sections(words, self.source.sections)
        self.homes = {
            **dict.fromkeys(self.sections.fields, self.subject),
            **self.columns.homes,
        }
        self.listed = False
        self.beside: list[str] = []
        #: Columns that only items have; a project's own record leaves them out.
        self.item_fields = {field for field, home in self.columns.homes.items() if home == PROBLEM}

    def record(self) -> None:
        for one in self.sections.meanings:
            self._say(one)
        values = self.settled.values
        fields = list(values)
        rows = list(zip(*values.values(), strict=True))
        groups = self._groups()
        #: Where any project has several problems with their own measures, all problems are items.
        self.listed = any(more and self._beside([row, *more]) for row, more in groups)
        for row, more in groups:
            sheet_row = self.source.rows[row]
            found: dict[str, Any] = dict(zip(fields, rows[row], strict=True))
            if found[self.name] is None:
                self._nameless(row)
                for further in more:
                    self._unsaid(further, f"{self.settled.cell(row, self.name)} 没有项目名称")
                continue
            places = self.settled.places(row)
            for one in self.sections.over(sheet_row):
                places = self._from_section(one, found, places)
            if more or (self.listed and found.get("problems") is not None):
                places = {**places, **self._several([row, *more], found)}
            for field in self.item_fields:
                del found[field]
            name = found[self.name]
            told = list(found.values()).count(None) < len(found) - 1  # something besides the name
            if not told and not self.settled.open[row] and not self._says_more(row):
                self.out.skip(self.sheet, sheet_row, f"“{name}”只有项目名称，没有其他内容")
                continue
            self.out.projects.append(
                self.settled.record(self.subject, row, name, found, homes=self.homes, places=places)
            )

    def _says_more(self, row: int) -> bool:
        """Whether columns that were not understood say something of a project."""
        sheet_row = self.source.rows[row]
        sequence = self.columns.sequence
        own = {self.settled.by_name[self.name].index, *([] if sequence is None else [sequence])}
        return any(
            not says_nothing(text_of(self.sheet.at(*self.source.place(sheet_row, index))))
            for index in range(len(self.source.columns))
            if index not in own
        )

    def _groups(self) -> list[tuple[int, list[int]]]:
        """The rows of each project: the first, and those that go on with it."""
        if not self.source.covered and None not in self.settled.names:
            return [(row, []) for row in range(len(self.source.rows))]
        column = self.settled.placed[self.name]
        groups: list[tuple[int, list[int]]] = []
        for row, sheet_row in enumerate(self.source.rows):
            covered = (sheet_row, column) in self.source.covered
            unnamed = self.settled.names[row] is None and self._goes_on(row)
            if groups and (covered or unnamed):
                groups[-1][1].append(row)
            else:
                groups.append((row, []))
        return groups

    def _goes_on(self, row: int) -> bool:
        """Whether a row without a name goes on with the one above: it has no number either."""
        sequence = self.columns.sequence
        if self.source.apart or sequence is None or row == 0:
            return False
        sheet_row = self.source.rows[row]
        number = self.sheet.at(*self.source.place(sheet_row, sequence))
        return text_of(number) == "" and self.source.rows[row - 1] == sheet_row - 1

    def _nameless(self, row: int) -> None:
        sheet_row, cited = self.source.rows[row], self._cited(row)
        cell = self.settled.cell(row, self.name)
        told = [name for name in self.settled.values if self.settled.values[name][row] is not None]
        if len(told) >= ENOUGH and self.settled.by_name[self.name].open is None:
            self._whose(sheet_row, cell, cited)
        self._unsaid(row, f"{cell} 没有项目名称")

    def _unsaid(self, row: int, why: str) -> None:
        reason = f"{why}，整行没有读入（{self._cited(row)}）"
        self.out.skip(self.sheet, self.source.rows[row], reason)

    def _cited(self, row: int) -> str:
        cells = self.sheet.rows[self.source.rows[row]]
        return shortened(" ".join(text_of(cell) for cell in cells if text_of(cell)))

    def _whose(self, row: int, cell: str, cited: str) -> None:
        """Ask whose the figures of a row without a name are; the answer is its name."""
        self.out.ask(
            Question(
                sheet=self.sheet.name,
                cell=cell,
                record=f"第 {row + 1} 行",
                field=self.name,
                text="",
                value=None,
                question=(
                    f"第 {row + 1} 行没有项目名称（{cited}），是哪个项目的？"
                    "请答项目名称；不读入这一行则不答。"
                ),
            )
        )

    # A project over several rows ------------------------------------------------------------------

    def _several(self, rows: list[int], found: dict[str, Any]) -> dict[str, Place]:
        """Its problems become items, its other long texts are joined; the rest is said. Returns
        where texts stand that do not begin in the first row."""
        settled, more = self.settled, rows[1:]
        problems = settled.values.get("problems")
        own = self._own(rows)
        taken = {self.name}
        if problems is not None and (len(own) > 1 or (self.listed and own)):
            beside = self._beside(rows) or self.beside
            self.beside = beside
            for row in own:
                self._problem(row, problems[row], found[self.name], beside)
            taken |= {"problems", *beside}
            found.update(dict.fromkeys(("problems", *beside), None))
        places: dict[str, Place] = {}
        for name in settled.values.keys() - taken:
            places.update(self._join(name, more, found))
        return places

    def _own(self, rows: list[int]) -> list[int]:
        """The rows of a project that have a problem of their own."""
        problems = self.settled.values.get("problems")
        if problems is None:
            return []
        return [
            row for row in rows if problems[row] is not None and self.settled.holds(row, "problems")
        ]

    def _beside(self, rows: list[int]) -> list[str]:
        """The fields that the problems of one project have each for themselves; none where it has
        only one problem."""
        if len(self._own(rows)) < 2:
            return []
        return [
            name
            for name in BESIDE
            if name in self.settled.values
            and any(self.settled.holds(row, name) for row in rows[1:])
        ]

    def _join(self, name: str, more: list[int], found: dict[str, Any]) -> dict[str, Place]:
        column = self.settled.values[name]
        parts = [
            (row, column[row])
            for row in more
            if column[row] is not None and self.settled.holds(row, name)
        ]
        field = self.settled.by_name[name].field
        if field.type == "long_text":
            texts = [found[name], *(text for _, text in parts)]
            begins = found[name] is None and parts
            found[name] = "\n".join(text for text in texts if text) or None
            index = self.settled.by_name[name].index
            return {name: self.source.place(self.source.rows[parts[0][0]], index)} if begins else {}
        for row, value in parts:
            reason = f"“{found[self.name]}”的续行，其中{field.title}“{shown(value)}”没有读入"
            self.out.skip(self.sheet, self.source.rows[row], reason)
        return {}

    def _problem(self, row: int, problem: str, name: str, beside: list[str]) -> None:
        found: dict[str, Any] = {self.subject: name, "problem": problem}
        found.update({field: self.settled.values[field][row] for field in beside})
        placed = self.settled.placed
        columns = {**placed, self.subject: placed[self.name], "problem": placed["problems"]}
        places = self.settled.places(row)
        if self.name in places:
            places[self.subject] = places[self.name]
        homes = dict.fromkeys(found, PROBLEM)
        self.out.items.append(
            self.settled.record(
                PROBLEM, row, problem, found, homes=homes, columns=columns, places=places
            )
        )

    # Sections -------------------------------------------------------------------------------------

    def _say(self, one: Meaning) -> None:
        said = [
            f"其下项目的{self.register.by_name[name].title}记为“{shown(value)}”"
            for name, value in one.values.items()
        ]
        if one.unit:
            said.append("作为其下项目的单位")
        used = bool(said or one.money)
        self.out.skip(self.sheet, one.section.row, one.said(said), used=used)

    def _from_section(
        self, one: Meaning, found: dict[str, Any], places: dict[str, Place]
    ) -> dict[str, Place]:
        """What the section says where the row itself says nothing."""
        told = dict(one.values)
        if one.unit:
            column = "responsible_unit" in self.settled.placed
            told["unit" if column else "responsible_unit"] = one.unit
        fresh = {name: value for name, value in told.items() if found.get(name) is None}
        found.update(fresh)
        at = (one.section.row, self.source.columns[0].column)
        return {**places, **dict.fromkeys(fresh, at)}
