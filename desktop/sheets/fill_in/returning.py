"""A fill-in workbook that came back → its proposal, by its own marks instead of by guessing.

Every cell is read as any other workbook's: what cannot be understood becomes a question that names
the cell. Whose row it is and what the book makes of it is decided in
:mod:`~desktop.sheets.fill_in.joining`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.fill_in.cells import ReturnedCells
from desktop.sheets.fill_in.columns import as_cell
from desktop.sheets.fill_in.layout import Layout, is_ours_unseen
from desktop.sheets.fill_in.marks import SPARE, GivenRow, Mark
from desktop.sheets.proposals import hidden
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.proposal import Proposal, Record
from desktop.sheets.tables.headings import filled
from desktop.sheets.tables.rows import is_footer, is_note, is_total, plain
from desktop.sheets.workbook.grid import Workbook, address, line, text_of
from desktop.sheets.workbook.refusals import SheetsRefusal

#: How a row was known: by its key; by its name where the key is gone, or belongs to another row;
#: by a key whose name was changed; a blank row filled; one that repeats another; one that is new.
How = Literal["key", "name", "displaced", "renamed", "spare", "twice", "new"]


class NewerFillIn(SheetsRefusal):
    """The workbook was made under a scheme that this book has not got yet."""

    def __init__(self, file: str, mark: Mark, version: int) -> None:
        super().__init__(
            f"“{file}”是按第 {mark.version} 版方案做的填报模板，本账本还是第 {version} 版，"
            "有的册或栏目不认识。",
            "请先装入含新方案的任务包，再读入；账本没有改动。",
        )


class ReturnedRow(msgspec.Struct, frozen=True):
    """A row as it came back. ``name`` is what it says of its subject, ``code`` and ``unit`` too;
    ``changed`` are the fields whose cell is no longer as it was given out, ``answered`` those that
    an answer decides."""

    record: Record
    how: How
    place: tuple[str, str] | None
    given: GivenRow | None
    name: str
    code: str | None
    unit: str | None
    name_cell: str
    changed: frozenset[str]
    answered: frozenset[str]


class Returned(msgspec.Struct, frozen=True):
    """All rows of a fill-in workbook, and the given ones that did not come back.

    ``whole``: the hidden column is there. ``known``: the hidden worksheet is there.
    """

    mark: Mark
    rows: tuple[ReturnedRow, ...]
    missing: tuple[GivenRow, ...]
    whole: bool
    known: bool
    head: str
    sheet: str


def propose_returned(
    layouts: Sequence[Layout], workbook: Workbook, scheme: Scheme, answers: Answers
) -> Proposal:
    """What the first of the filled worksheets would bring; the others are said to be left out.

    Raises :class:`NewerFillIn` and :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood`.
    """
    layout, mark = layouts[0], layouts[0].mark
    if mark.version > scheme.version or mark.register not in scheme.registers:
        raise NewerFillIn(workbook.name, mark, scheme.version)
    reading = _Reading(layout, workbook.name, scheme, answers)
    copies = {other.sheet.name for other in layouts[1:]}
    for sheet in workbook.sheets:
        if sheet is layout.sheet or is_ours_unseen(sheet) or not sheet.rows:
            continue
        reason = "不是填报模板的工作表"
        if sheet.name in copies:
            reason = f"与“{layout.sheet.name}”是同一份模板，只读入“{layout.sheet.name}”"
        reading.out.skip(sheet, None, reason)
    return reading.proposal()


class _Reading:
    def __init__(self, layout: Layout, file: str, scheme: Scheme, answers: Answers) -> None:
        self.layout, self.file = layout, file
        self.sheet, self.mark = layout.sheet, layout.mark
        self.out = Gathering(answers)
        self.cells = ReturnedCells(layout, scheme, self.out)
        self.register = self.cells.register
        subject, weekly = scheme.head.subject, scheme.head.weekly
        self.about_projects = self.register.name in (subject, weekly)
        self.label = self.register.label if self.register.label in self.cells.fields else None
        self.name_key = str(self.register.label)
        if self.register.of:
            self.name_key = f"={self.cells.subject.label}"
        #: What tells one row from another for a person's eye.
        self.identity = [self.name_key, *(f"!{key}" for key in self.register.key)]
        if self.register.shape == "list" and self.label:
            self.identity.append(self.label)

    def proposal(self) -> Proposal:
        """The rows read one by one, then what is to be said of the whole."""
        self.cells.say_columns()
        given = self.layout.given or ()
        by_place = {row.place: row for row in given}
        claimed = {place for place in self.layout.keys.values() if place in by_place}
        by_name: dict[tuple[str, ...], list[GivenRow]] = {}
        for row in given:
            by_name.setdefault(self._given_identity(row), []).append(row)
        rows: list[ReturnedRow] = []
        for number in range(self.layout.first, len(self.sheet.rows)):
            if self._is_row(number):
                rows.append(self._row(number, by_place, by_name, claimed))
        read = {row.record.row for row in rows}
        hidden.rows(self.sheet, read, self.out)
        hidden.columns(self.sheet, self._visible, self.out)
        back = {row.given.place for row in rows if row.given is not None}
        records = tuple(row.record for row in rows)
        period, projects = self.cells.period, self.about_projects
        last = max([self.layout.heading, *(row.record.row for row in rows)])
        return Proposal(
            workbook=self.file,
            unit=self.mark.recipient or None,
            year=period.year if period else None,
            week=period.number if period and period.kind == "week" else None,
            month=period.number if period and period.kind == "month" else None,
            filled_on=None,
            projects=records if projects else (),
            items=() if projects else records,
            questions=tuple(self.out.questions),
            unmapped=tuple(self.out.unmapped),
            skipped=tuple(self.out.skipped),
            notes=tuple(self.out.notes),
            columns=tuple(self.out.columns),
            tables=(self.cells.outline(last),),
            returned=Returned(
                mark=self.mark,
                rows=tuple(rows),
                missing=tuple(row for row in given if row.place not in back),
                whole=self.layout.whole,
                known=self.layout.given is not None,
                head=address(self.layout.heading, 0),
                sheet=self.sheet.name,
            ),
        )

    # Rows -----------------------------------------------------------------------------------------

    def _is_row(self, number: int) -> bool:
        """Whether something is said here; a foot, a sum and a blank row say nothing."""
        cells = [
            (column, cell)
            for column, cell in filled(self.sheet.rows[number])
            if column in self._visible
        ]
        keyed = self.layout.keys.get(number)
        if keyed is not None and keyed[0] != SPARE:
            return True
        texts = filled(self.sheet.rows[number])
        if not texts:
            return False
        said = shortened(" ".join(text_of(cell) for _, cell in texts))
        if is_total(texts) or (cells and is_total(cells)):
            self.out.skip(self.sheet, number, "合计行，不作为记录")
            return False
        if is_footer(texts) or is_note(texts):
            self.out.skip(self.sheet, number, f"表下的说明：{said}")
            return False
        if not cells and keyed is None and len(texts) > 1:
            self.out.skip(self.sheet, number, f"没有填写内容：{said}")
        return bool(cells)

    @property
    def _visible(self) -> set[int]:
        keys = [*self.cells.fields, self.name_key]
        return {self.cells.columns[key] for key in keys if key in self.cells.columns}

    def _row(
        self,
        number: int,
        by_place: Mapping[tuple[str, str], GivenRow],
        by_name: Mapping[tuple[str, ...], list[GivenRow]],
        claimed: set[tuple[str, str]],
    ) -> ReturnedRow:
        how, place, given = self._whose(number, by_place, by_name, claimed)
        name = self.cells.said(number, self.name_key)
        values: dict[str, Any] = {}
        places: dict[str, int] = {}
        held: dict[str, str] = {}
        changed, answered = set(), set()
        label = (self.cells.said(number, self.label) if self.label else "") or name
        for key, field in self.cells.fields.items():
            at = self.cells.columns[key]
            places[key] = at
            reading = self.cells.read(number, key, field)
            origin = f"{self.sheet.name}!{address(number, at)}:{key}"
            if self.out.answers.has(origin):
                answered.add(key)
                changed.add(key)
                values[key] = self.cells.answer(field, origin, reading)
                continue
            values[key] = reading.value
            differs = given is None or not self.cells.as_given(field, given, number)
            if differs:
                changed.add(key)
            if key in self.cells.open:
                held[key] = self.cells.open[key]
            elif reading.question and differs:
                held[key] = self.cells.ask(number, at, field, label, reading)
            elif reading.note and differs:
                self.out.note(self.sheet, (number, at), reading.note)
        if self.register.of:
            values[self.register.of] = name
            places[self.register.of] = self.cells.columns.get(self.name_key, 0)
        if how == "key" and given is not None:
            self.cells.watch_locked(number, given)
        record = Record(
            register=self.register.name,
            sheet=self.sheet.name,
            row=number,
            label=label or f"第 {number + 1} 行",
            values=values,
            homes=dict.fromkeys(values, self.register.name),
            columns=places,
            open=held,
            period=self.mark.period or "",
        )
        return ReturnedRow(
            record=record,
            how=how,
            place=place,
            given=given,
            name=name,
            code=self.cells.said(number, "=code") or None,
            unit=self.cells.said(number, "=unit") or None,
            name_cell=address(number, self.cells.columns.get(self.name_key, 0)),
            changed=frozenset(changed),
            answered=frozenset(answered),
        )

    def _whose(
        self,
        number: int,
        by_place: Mapping[tuple[str, str], GivenRow],
        by_name: Mapping[tuple[str, ...], list[GivenRow]],
        claimed: set[tuple[str, str]],
    ) -> tuple[How, tuple[str, str] | None, GivenRow | None]:
        """How the row is known, and as which: its key counts unless its name is another row's."""
        place = self.layout.keys.get(number)
        seen = self._identity(number)
        named = by_name.get(seen, [])
        if place is not None and place[0] == SPARE:
            return "spare", None, None
        if place is not None and self.layout.given is None:
            return "key", place, None
        # A key that was not given out with this workbook says nothing.
        if place is not None and place in by_place:
            own = by_place[place]
            if own in named or not seen[0]:
                return "key", place, own
            if len(named) == 1:
                return "displaced", named[0].place, named[0]
            same = plain(str(own.cells.get(self.name_key) or "")) == seen[0]
            if same or not self.register.of:
                return "key", place, own
            return "renamed", place, own
        free = [row for row in named if row.place not in claimed]
        if len(free) == 1:
            claimed.add(free[0].place)
            return "name", free[0].place, free[0]
        return ("twice", None, None) if named else ("new", None, None)

    def _identity(self, number: int) -> tuple[str, ...]:
        return tuple(plain(self.cells.said(number, key)) for key in self.identity)

    def _given_identity(self, row: GivenRow) -> tuple[str, ...]:
        return tuple(
            plain(line(str(as_cell(self.cells.field(key), row.cells.get(key), "元") or "")))
            for key in self.identity
        )
