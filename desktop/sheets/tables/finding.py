"""The tables of a sheet: found anywhere, one below or beside another, each row with its role.

Pure functions over a grid. Nothing is lost on the way: a row that is no data stands in one of the
other lists of its :class:`Table`, or in :attr:`Found.outside`.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from desktop.sheets.tables import cards, rows
from desktop.sheets.tables.beside import over, side_by_side
from desktop.sheets.tables.headings import Column, Header, filled, header_at, is_label, key, repeats
from desktop.sheets.tables.rows import Section
from desktop.sheets.tables.written import written_card
from desktop.sheets.workbook.grid import Cell, Sheet, Text, line, text_of


class Table(msgspec.Struct, frozen=True):
    """A table: its heading, and the rows below by role (all row numbers from 0).

    ``above`` are the texts over it (title, unit line), ``below`` footers and notes; ``reach`` are
    the first and last sheet column that belong to it, with or without a heading.
    """

    sheet: str
    header: Header
    data: tuple[int, ...]
    reach: tuple[int, int]
    totals: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    repeated: tuple[int, ...] = ()
    numbering: tuple[int, ...] = ()
    above: tuple[Text, ...] = ()
    below: tuple[Text, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.header.columns


class Found(msgspec.Struct, frozen=True):
    """All of a sheet: its tables, its cards, and the texts that belong to neither."""

    sheet: str
    tables: tuple[Table, ...]
    cards: tuple[cards.Card, ...]
    outside: tuple[Text, ...]


def find(sheet: Sheet, known: Collection[str]) -> Found:
    """The tables and cards of ``sheet``; ``known`` are keys of headings the scheme knows."""
    tables: list[Table] = []
    found_cards: list[cards.Card] = []
    above: list[Text] = []
    outside: list[Text] = []
    row = 0
    while row < len(sheet.rows):
        cells = filled(sheet.rows[row])
        if not cells:
            row += 1
            continue
        here = _cards_at(sheet, row, known)
        if here:
            found_cards.extend(msgspec.structs.replace(one, above=tuple(above)) for one in here)
            outside.extend(cards.left_over(sheet, here))
            above = []
            row = here[0].bottom + 1
            continue
        if len(cells) == 1 and not (type(cells[0][1]) is str and key(cells[0][1]) in known):
            above.extend(_texts(row, cells))
            row += 1
            continue
        header = header_at(sheet, row, known)
        if header is None:
            above.extend(_texts(row, cells))
            row += 1
            continue
        body = _Body(sheet, header, known)
        row = body.walk()
        tables.extend(body.tables(tuple(above)))
        above = []
    outside.extend(above)
    return Found(sheet.name, tuple(tables), tuple(found_cards), tuple(outside))


def _cards_at(sheet: Sheet, row: int, known: Collection[str]) -> list[cards.Card]:
    """The cards that begin in ``row``: several side by side where a table is turned on its side."""
    written = written_card(sheet, row, known)
    if written is not None:
        return [written]
    card = cards.card_at(sheet, row, known)
    return [] if card is None else cards.turned(sheet, card)


class _Body:
    """The rows below one heading, walked once."""

    def __init__(self, sheet: Sheet, header: Header, known: Collection[str]) -> None:
        self.sheet, self.header, self.known = sheet, header, known
        self.data: list[int] = []
        self.totals: list[int] = []
        self.sections: list[Section] = []
        self.repeated: list[int] = []
        self.numbering: list[int] = []
        self.below: list[Text] = []
        self.loose: list[int] = []  # rows below that may be the next table's title
        self.first_words = {key(line(sheet.at(header.top, c.column))) for c in header.columns}
        #: Whether the heading is one that the scheme knows.
        self.known_words = sum(word in known for word in self.first_words) > 1
        self.wide = {
            area.top: area.right - area.left
            for area in sheet.merges
            if area.right > area.left and area.top > header.bottom
        }

        self.inside = {
            row
            for area in sheet.merges
            if area.top > header.bottom
            for row in range(area.top + 1, area.bottom + 1)
        }

    def walk(self) -> int:
        """Sort the rows; the row where the next table, or the texts above it, begin."""
        sheet, header = self.sheet, self.header
        row = header.bottom + 1
        after_blank = closed = False
        while row < len(sheet.rows):
            if not (after_blank or closed) and row > header.bottom + 1 and self._plainly(row):
                self.data.append(row)
                row += 1
                continue
            cells = filled(sheet.rows[row])
            if not cells:
                after_blank = True
                row += 1
                continue
            if not any(type(cell) is not str for _, cell in cells[:2]) and len(cells) > 1:
                if self._repeats(row, cells):
                    self.repeated.extend(range(row, row + header.bottom - header.top + 1))
                    row += header.bottom - header.top + 1
                    after_blank = closed = False
                    continue
                fresh = after_blank or closed or self._titled(row)
                fresh = fresh and (bool(self.data) or not self.known_words)
                if self._next(row, fresh=fresh):
                    return self._give_back(row)
            closed = self._sort(row, cells, after_blank=after_blank, closed=closed)
            after_blank = False
            row += 1
        return row

    def _plainly(self, row: int) -> bool:
        """Whether a row is data at first sight: it begins with a number and totals nothing."""
        left = self.header.left
        first, *texts = self.sheet.rows[row][left : left + 3]
        if type(first) not in (int, float) or not texts or texts[0] == "":
            return False
        return all(type(text) is str and not rows.may_total(text) for text in texts)

    def _repeats(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        return key(line(cells[0][1])) in self.first_words and repeats(self.sheet, row, self.header)

    def _next(self, row: int, *, fresh: bool) -> bool:
        if _cards_at(self.sheet, row, self.known):
            return True
        return (
            row not in self.inside
            and header_at(self.sheet, row, self.known, fresh=fresh) is not None
        )

    def _titled(self, row: int) -> bool:
        """Whether a section row stands above that may be the next table's title: the words of this
        one's heading are strange, and its rows hold figures, so that one of short texts alone is
        none of them."""
        if not self.sections or self.sections[-1].row != row - 1 or not self.data:
            return False
        if self.known_words:
            return False
        return any(not is_label(cell) for _, cell in filled(self.sheet.rows[self.data[-1]]))

    def _sort(
        self, row: int, cells: list[tuple[int, Cell]], *, after_blank: bool, closed: bool
    ) -> bool:
        """Give one row its role; whether the table is closed (signed) after it."""
        first = row == self.header.bottom + 1
        loose = (closed or after_blank) and self._slight(cells)
        numeral = rows.section_of(row, cells, alone=False) if loose else None
        if numeral is not None and numeral.depth is not None:  # a remark stood between
            self.sections.append(numeral)
        elif first and rows.is_numbering(cells):
            self.numbering.append(row)
        elif rows.is_total(cells):
            self.totals.append(row)
        elif (unit := rows.unit_line_of(row, cells)) is not None:
            self.sections.append(unit)
            return closed
        elif rows.is_footer(cells) or rows.is_note(cells) or loose:
            if loose and not rows.is_footer(cells):
                self.loose.append(row)
            self.below.extend(_texts(row, cells))
            return True
        else:
            section = rows.section_of(row, cells, alone=self._alone(row, cells))
            if section is None and self._remark(row, cells):
                self.below.extend(_texts(row, cells))
                return True
            if section is not None:
                self.sections.append(section)
            else:
                self.data.append(row)
        return False

    def _slight(self, cells: list[tuple[int, Cell]]) -> bool:
        return len(cells) < max(2, 0.3 * len(self.header.columns))

    def _remark(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        """Whether a row is one long text over the whole table."""
        return self._alone(row, cells) and rows.is_sentence(text_of(cells[0][1]))

    def _alone(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        """Whether a row's one text stands where no name of a project stands."""
        if len(cells) != 1 or not isinstance(cells[0][1], str):
            return False
        return cells[0][0] == self.header.left or row in self.wide

    def _give_back(self, row: int) -> int:
        """Texts after the last row that is surely this table's are the title of the next one."""
        held = [*self.data, *self.totals, *self.repeated, self.header.bottom]
        held += [text.row for text in self.below if text.row not in self.loose]
        last = max(held)
        titles = [section.row for section in self.sections if section.row > last]
        titles += [loose for loose in self.loose if loose > last]
        self.sections = [section for section in self.sections if section.row <= last]
        self.below = [text for text in self.below if text.row <= last]
        return min([*titles, row])

    def tables(self, above: tuple[Text, ...]) -> list[Table]:
        """The table, divided where several stand side by side."""
        self._end()
        tables = []
        headers = side_by_side(self.sheet, self.header, self.data)
        ends = [header.left - 1 for header in headers[1:]] + [self.sheet.width - 1]
        for number, (header, end) in enumerate(zip(headers, ends, strict=True)):
            alone = header is self.header
            data = self.data if alone else [r for r in self.data if self._touches(r, header)]
            totals = [row for row in self.totals if alone or self._touches(row, header)]
            if not alone:
                own = [row for row in data if self._totals(row, header)]
                data, totals = [row for row in data if row not in own], sorted({*totals, *own})
            tables.append(
                Table(
                    sheet=self.sheet.name,
                    header=header,
                    data=tuple(data),
                    reach=(header.left if number else 0, end),
                    totals=tuple(totals),
                    sections=tuple(self.sections),
                    repeated=tuple(self.repeated),
                    numbering=tuple(self.numbering),
                    above=over(above, header) if not alone else above,
                    below=tuple(self.below),
                )
            )
        return tables

    def _end(self) -> None:
        """A unit line below the last row is said of the table, not of rows below it."""
        last = max(self.data, default=-1)
        ends = [one for one in self.sections if one.row > last and not one.text]
        self.sections = [one for one in self.sections if one not in ends]
        for one in ends:
            self.below.extend(_texts(one.row, filled(self.sheet.rows[one.row])))

    def _totals(self, row: int, header: Header) -> bool:
        return rows.is_total(filled(self.sheet.rows[row], header.left, header.right))

    def _touches(self, row: int, header: Header) -> bool:
        return bool(filled(self.sheet.rows[row], header.left, header.right))


def _texts(row: int, cells: list[tuple[int, Cell]]) -> list[Text]:
    return [Text(row, column, text_of(cell)) for column, cell in cells]
