"""The rows of a list, or of a ledger of units, made into items, one per row: 问题清单, 工期节点,
督办事项, 目标任务 …"""

from __future__ import annotations

from typing import Any

from desktop.ledger.definitions import Register
from desktop.sheets.meaning.columns import Columns
from desktop.sheets.meaning.sections import Meaning, Sections
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.settling import Settled
from desktop.sheets.tables.sources import Source


def record_items(words: Vocabulary, source: Source, columns: Columns, out: Gathering) -> Settled:
    """Put a list's records into the gathering; its settled values are returned.

    Columns that describe the project itself (总投资 in a list of problems) propose the project.
    """
    kind = words.scheme.register(columns.kind)
    link = str(kind.of)
    settled = Settled(words, source, columns, out, link=link, label=kind.label)
    _Items(words, settled, out, kind).record()
    return settled


#: What a section of a list fills where the rows say nothing of it.
SECTION = "responsible_unit"


class _Items:
    def __init__(self, words: Vocabulary, settled: Settled, out: Gathering, kind: Register) -> None:
        self.settled, self.out, self.kind = settled, out, kind
        self.link = str(kind.of)
        self.of_unit = words.of_unit(kind.name)
        self.subject = words.project_registers[0]
        self.name = words.scheme.register(self.subject).label or "name"
        homes = settled.columns.homes
        self.homes = dict(homes)
        self.sections = Sections(words, settled.source.sections)
        self.fields = [name for name in settled.values if homes[name] == kind.name]
        self.beside = [name for name in settled.values if homes[name] != kind.name]
        #: A list whose rows name no project or unit belongs to one as a whole: that is asked.
        self.linked = self.link in settled.by_name
        #: Below the card of a project its lists are its own.
        self.owner = settled.source.owner if self.link == self.subject else None

    def record(self) -> None:
        if self.owner is not None and not self.linked:
            text = "没有写是哪个项目的，按上面卡片的项目读入"
            self.out.note(self.settled.sheet, self.settled.source.heads[0], text)
        for one in self.sections.meanings:
            self._say(one)
        above: str | None = None
        told: dict[str, list[int]] = {}
        for row, sheet_row in enumerate(self.settled.source.rows):
            found = {name: self.settled.values[name][row] for name in self.fields}
            project = found.get(self.link)
            if project is not None:
                told.setdefault(str(project), []).append(row)
            if all(value is None for name, value in found.items() if name != self.link):
                said = f"“{project or '没有写名称的行'}”没有写{self.kind.title}的内容"
                self.out.skip(self.settled.sheet, sheet_row, said)
                continue
            if project is None and above is not None and not self.of_unit:
                self._carry(row, above)
                found[self.link] = project = above
                told[above].append(row)
            self._from_section(sheet_row, found)
            missing = self._missing(found)
            if missing is not None:
                self._incomplete(row, missing)
                continue
            above = None if project is None else str(project)
            self._record(row, found)
        for project, rows in told.items():
            self._about(project, rows)

    def _say(self, one: Meaning) -> None:
        unit = one.unit is not None and SECTION in self.kind.by_name
        said = one.said(["作为其下各条的责任单位"] if unit else [])
        used = bool(unit or one.money)
        self.out.skip(self.settled.sheet, one.section.row, said, used=used)

    def _from_section(self, sheet_row: int, found: dict[str, Any]) -> None:
        """The unit that a section names, where the row itself names none."""
        if SECTION not in self.kind.by_name or found.get(SECTION) is not None:
            return
        units = [one.unit for one in self.sections.over(sheet_row) if one.unit]
        if units:
            found[SECTION] = units[-1]
            self.homes.setdefault(SECTION, self.kind.name)

    def _record(self, row: int, found: dict[str, Any]) -> None:
        project = found.get(self.link)
        named = [found.get(name) for name in (self.kind.label, *self.kind.key) if name]
        told = [value for value in (*named, project) if value is not None]
        label = str(told[0]) if told else f"第 {self.settled.source.rows[row] + 1} 行"
        if self.linked:
            self.out.items.append(
                self.settled.record(self.kind.name, row, label, found, homes=self.homes)
            )
            return
        at = self.settled.source.heads[0] if self.owner is None else self.owner.place
        places = {**self.settled.places(row), self.link: at}
        found = {self.link: None if self.owner is None else self.owner.name, **found}
        homes = {**self.homes, self.link: self.kind.name}
        self.out.items.append(
            self.settled.record(self.kind.name, row, label, found, homes=homes, places=places)
        )

    def _missing(self, found: dict[str, Any]) -> str | None:
        needed = [self.link] if self.linked and not self.of_unit else []
        needed += [self.kind.label] if self.kind.label else []
        return next((name for name in needed if found.get(name) is None), None)

    def _carry(self, row: int, above: str) -> None:
        place = self.settled.source.place(
            self.settled.source.rows[row], self.settled.by_name[self.link].index
        )
        text = f"没有写项目，按上一行的“{above}”读入"
        self.out.note(self.settled.sheet, place, text)

    def _incomplete(self, row: int, name: str) -> None:
        title = self.kind.by_name[name].title
        known = name in self.settled.by_name
        cell = f"{self.settled.cell(row, name)} " if known else ""
        reason = f"{cell}没有写{title}，整行没有读入"
        self.out.skip(self.settled.sheet, self.settled.source.rows[row], reason)

    def _about(self, project: str, rows: list[int]) -> None:
        """Propose the project where its rows say something of it besides their items. What differs
        from row to row is no property of the project: it is left out, and said."""
        values: dict[str, Any] = {}
        places = dict(self.settled.places(rows[0]))
        for name in self.beside:
            held = [row for row in rows if self.settled.values[name][row] is not None]
            if not held:
                continue
            value = self.settled.values[name][held[0]]
            other = next((row for row in held if self.settled.values[name][row] != value), None)
            if other is not None:
                self._differs(name, project, other)
                continue
            values[name] = value
            if held[0] != rows[0]:
                index = self.settled.by_name[name].index
                sheet_row = self.settled.source.rows[held[0]]
                places[name] = self.settled.source.place(sheet_row, index)
        if not values:
            return
        columns = {**self.settled.placed, self.name: self.settled.placed[self.link]}
        if self.link in places:
            places[self.name] = places[self.link]
        homes = {**self.settled.columns.homes, self.name: self.subject}
        record = self.settled.record(
            self.subject,
            rows[0],
            project,
            {self.name: project, **values},
            homes=homes,
            columns=columns,
            places=places,
        )
        self.out.projects.append(record)

    def _differs(self, name: str, project: str, row: int) -> None:
        field = self.settled.by_name[name].field
        index = self.settled.by_name[name].index
        place = self.settled.source.place(self.settled.source.rows[row], index)
        text = f"“{project}”各行的{field.title}不同，不作为项目的{field.title}读入"
        self.out.note(self.settled.sheet, place, text)
