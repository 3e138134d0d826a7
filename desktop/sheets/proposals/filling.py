"""One table or card read column by column: units found, cells turned into values, questions raised.

What becomes of the rows is decided in :mod:`~desktop.sheets.proposals.recording` and
:mod:`~desktop.sheets.proposals.listing`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from desktop.ledger.definitions import Field
from desktop.ledger.periods import parse_period
from desktop.sheets.meaning import amounts
from desktop.sheets.meaning.columns import Columns, Filled
from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.meaning.readings import read_column, reader
from desktop.sheets.meaning.texts import Reader, Reading
from desktop.sheets.meaning.vocabulary import UNIT, Vocabulary
from desktop.sheets.meaning.wording import has_year
from desktop.sheets.proposals import checking, measures, overview, plausible, unreported
from desktop.sheets.proposals.dated import latest_week, record_dated
from desktop.sheets.proposals.gathering import Gathering, shortened
from desktop.sheets.proposals.listing import record_items
from desktop.sheets.proposals.overview import ColumnSeen
from desktop.sheets.proposals.recording import record_projects
from desktop.sheets.proposals.understanding import Understanding
from desktop.sheets.tables.sources import Source
from desktop.sheets.tables.surroundings import Around, MoneyUnit
from desktop.sheets.workbook.grid import Cell

_DATED = re.compile(r"(20\d\d)[-./年]\d{1,2}(?:[-./月].*)?")


def _year_of(cell: Cell) -> int:
    """The year of a cell that holds a date; 0 for any other."""
    if isinstance(cell, date):
        return cell.year
    found = _DATED.match(cell) if isinstance(cell, str) else None
    return int(found[1]) if found else 0


#: What a column of these fields may name when a list of units has no column of its own for it.
NAMES_UNIT = "responsible_unit"


class Filling:
    """Reads one source into a gathering."""

    def __init__(
        self, words: Vocabulary, source: Source, around: Around, gathering: Gathering
    ) -> None:
        self.words, self.source, self.around, self.out = words, source, around, gathering
        self.sheet = source.sheet
        self.cells = source.cells()
        self.silent = False  # whether rows say 未报
        self._latest: int | None = None
        self.found = Understanding(words, source, self.cells, around, gathering)
        self.open = self.found.open
        #: Row (its place in the source) → the unit that the section above it states for its money.
        self.ruled = measures.ruled(words, source)

    def fill(self) -> tuple[str, tuple[ColumnSeen, ...]]:
        """Read everything; the records, questions and remarks are then in the gathering.

        Returns the register that the rows fill ("" for none) and how each column was understood.
        """
        found = self.found
        kind, mapped = found.kind, found.mapped
        if not kind:
            self._leave_out()
            return "", overview.columns_of(self.source, mapped, {}, {}, {})
        found.list_columns()
        homes = found.homes
        units = self._units(mapped)
        self._pass_over_unreported(mapped, homes)
        columns = [
            filled
            for index, one in enumerate(mapped)
            for filled in self._read(index, one, units.get(index, amounts.USUAL))
        ]
        columns = plausible.beside_total(columns, self.source)
        self._record(kind, columns, homes, mapped)
        return kind, overview.columns_of(self.source, mapped, homes, units, self.open)

    def _pass_over_unreported(self, mapped: list[Mapped], homes: dict[str, str]) -> None:
        """Nothing of a period is read from a row that says 未报."""
        scheme = self.words.scheme
        silent = unreported.rows_of(scheme, self.cells, mapped, homes)
        if not silent:
            return
        self.silent = True
        ledger = [bool(unreported.of_ledger(scheme, one, homes)) for one in mapped]
        self.cells = [
            ["" if row in silent else cell for row, cell in enumerate(column)] if own else column
            for own, column in zip(ledger, self.cells, strict=True)
        ]
        first = self.source.rows[min(silent)]
        at = ledger.index(True)
        text = f"{len(silent)} 行写明“未报”，这一期的数没有读入"
        self.out.note(self.sheet, self.source.place(first, at), text)

    def _record(
        self, kind: str, columns: list[Filled], homes: dict[str, str], mapped: list[Mapped]
    ) -> None:
        """Hand the columns to the rooms that make records of their rows."""
        rates = tuple(
            (index, one.target.fields)
            for index, one in enumerate(mapped)
            if one.target is not None and one.target.what == "rate"
        )
        register = self.words.scheme.register(kind)
        own = tuple(column for column in columns if not column.period)
        if register.of == UNIT and UNIT not in {column.name for column in own}:
            own += tuple(self._naming(own))
            homes = {**homes, UNIT: kind}
        period = self._period() or self._latest_week(columns, homes)
        everything = Columns(
            kind, own, homes, rates, self._numbered(mapped), period, self.around.title or ""
        )
        if kind == self.words.project_registers[0]:
            settled = record_projects(self.words, self.source, everything, self.out)
        else:
            settled = record_items(self.words, self.source, everything, self.out)
        dated = [column for column in columns if column.period]
        if dated:
            record_dated(self.words, settled, dated, self.out)
        checking.rates(settled, rates, self.cells, self.out)
        if not (self.silent or self.ruled):
            # The sums are those of all rows, also of figures that are not read.
            checking.totals(settled, self.out)

    def _period(self) -> str:
        """The canonical text of the period that title and names state for this very table."""
        return self.around.period_of(
            [self.words.scheme.register(name) for name in self.found.allowed]
        )

    def _latest_week(self, columns: Sequence[Filled], homes: dict[str, str]) -> str:
        """Beside columns of several weeks the others that belong to a week are of the latest."""
        week, weekly = latest_week(columns), self.words.project_registers[1]
        own = [one for one in columns if not one.period and homes.get(one.name) == weekly]
        if not week or not own:
            return ""
        titles = "、".join(one.field.title for one in own)
        said = parse_period(week).title if has_year(week) else week
        text = f"{titles}没有写明是哪一周的，按表中最近的一周（{said}）读入"
        self.out.note(self.sheet, self.source.heads[own[0].index], text)
        return week

    def _naming(self, columns: Iterable[Filled]) -> Iterable[Filled]:
        """A list of units without a column for the unit is named by its responsible unit."""
        for column in columns:
            if column.name == NAMES_UNIT:
                field = self.words.scheme.register(self.found.allowed[0]).by_name[UNIT]
                yield msgspec.structs.replace(column, field=field)

    def _leave_out(self) -> None:
        """A table that nothing of the scheme describes: one line for all of it."""
        headings = "、".join(column.heading for column in self.source.columns[:8])
        rows = len(self.source.rows)
        top = self.source.heads[0][0]
        reason = f"没有项目名称一栏，{rows} 行没有作为项目读入（{shortened(headings)}）"
        self.out.skip(self.sheet, top, reason)
        for section in self.source.sections:
            self.out.skip(self.sheet, section.row, f"分节标题“{shortened(section.text)}”")

    # Units ----------------------------------------------------------------------------------------

    def _units(self, mapped: list[Mapped]) -> dict[int, MoneyUnit]:
        """The money unit of every money column."""
        money = [
            (index, fields[0])
            for index, one in enumerate(mapped)
            if (fields := self.found.fields(one)) and fields[0].type == "money"
        ]
        measured = measures.measure(
            self.source,
            self._unruled(),
            self.around,
            money,
            self.out,
            self.found.told.unit,
            self._plainly,
        )
        self.open.update(measured.open)
        return measured.units

    # Cells --------------------------------------------------------------------------------------

    def _read(self, index: int, one: Mapped, unit: MoneyUnit) -> Iterable[Filled]:
        """The values of one column, per field; questions of single cells are raised here."""
        fields = self.found.fields(one)
        if not fields:
            return
        readings, flagged = read_column(self._reader(fields, unit), self.cells[index])
        if fields[0].type == "money" and self.ruled:
            flagged = self._by_section(index, fields, readings) or flagged
        if self.sheet.faults or self.sheet.uncomputed:
            flagged = self._mend(index, readings, len(fields)) or flagged
        for number, field in enumerate(fields):
            column = [reading[number] for reading in readings]
            if field.type == "money":
                column, far = plausible.far_off(field, column)
                flagged = flagged or far
            alone = self._alone(field, unit)
            yield Filled(field, index, column, flagged, alone, self.open.get(index), one.period)

    def _unruled(self) -> list[Sequence[Cell]]:
        """The cells whose unit no section states."""
        if not self.ruled:
            return self.cells
        return [
            ["" if row in self.ruled else cell for row, cell in enumerate(column)]
            for column in self.cells
        ]

    def _by_section(
        self, index: int, fields: tuple[Field, ...], readings: list[tuple[Reading, ...]]
    ) -> bool:
        """Read sums under sections that state a unit; whether any has a question or a remark."""
        flagged = False
        for unit in sorted({*self.ruled.values()}):
            own = [row for row, stated in self.ruled.items() if stated == unit]
            cells = [self.cells[index][row] for row in own]
            read, noted = read_column(self._reader(fields, unit), cells)
            flagged = flagged or noted
            for row, one in zip(own, read, strict=True):
                readings[row] = one
        return flagged

    def _reader(self, fields: tuple[Field, ...], unit: MoneyUnit) -> Reader:
        choices = self.words.choices.get(fields[0].choices) if fields[0].choices else None
        year = self.around.year
        likely = self._likely_year
        return reader(
            self.words.scheme, fields, unit=unit, year=year, choices=choices, likely=likely
        )

    def _likely_year(self) -> int | None:
        """The latest year of the table's other dates: offered to those that name none."""
        if self._latest is None:
            self._latest = max(map(_year_of, itertools.chain(*self.cells)), default=0)
        return self._latest or None

    def _plainly(self, field: Field, unit: MoneyUnit) -> Reader:
        return self._reader((field,), unit)

    def _alone(self, field: Field, unit: MoneyUnit) -> Callable[[], Reader]:
        """A reader of this field alone, for answers; made only when one is given."""
        return lambda: self._reader((field,), unit)

    def _mend(self, index: int, readings: list[tuple[Reading, ...]], many: int) -> bool:
        """Cells that hold an error, or a formula never computed, are blank in the grid: ask."""
        mended = False
        for number, row in enumerate(self.source.rows):
            place = self.source.place(row, index)
            if place in self.sheet.faults:
                asked = Reading(None, "单元格是表格的出错值（如 #REF!），应是什么？")
            elif place in self.sheet.uncomputed:
                asked = Reading(None, "单元格是没有计算过的公式，应是什么？")
            else:
                continue
            readings[number] = (asked,) * many
            mended = True
        return mended

    def _numbered(self, mapped: list[Mapped]) -> int | None:
        """The column of running numbers."""
        for index, one in enumerate(mapped):
            if one.target is not None and one.target.what == "sequence":
                return index
        return None
