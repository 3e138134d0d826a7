"""The body of a form: which of its rows are lines to be filled, sections, sums, and where it ends.

Sections (一、省级重点项目; （一）在建) cut the lines into blocks, each under the sections that hold
there. A sum belongs to the section it closes or opens, or to the whole form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

import msgspec

from desktop.sheets.meaning.sections import meaning
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.tables.headings import filled
from desktop.sheets.tables.rows import (
    Section,
    is_footer,
    is_note,
    is_numbering,
    is_total,
    plain,
    section_of,
)
from desktop.sheets.workbook.grid import Cell, Sheet

#: Rows and columns of a form from 1, 0 where there is none: a learned form may have been handed on
#: by anybody, and is refused when it says what no form does.
Row = Annotated[int, msgspec.Meta(ge=1, le=20_000)]
RowOrNone = Annotated[int, msgspec.Meta(ge=0, le=20_000)]
Column = Annotated[int, msgspec.Meta(ge=1, le=16_384)]
ColumnOrNone = Annotated[int, msgspec.Meta(ge=0, le=16_384)]

_REST = re.compile(r"其他|其它|其余")
_OFFICE = re.compile(r"(?:人民)?政府$")
_WORDS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")
#: A sum of the whole form, where a sum of a section would say 小计.
_GRAND = re.compile(r"(?:总|全[区县市镇]|共)?合?总?计")


class FormSection(msgspec.Struct, frozen=True):
    """A section row, from 1, and what its rows have: field → value, or a unit's name, or the
    ``rest`` that fits no section beside it. ``depth`` is 0 for the outermost; ``said`` is what a
    person answered about it, None where nobody was asked."""

    row: Row
    column: Column
    text: str
    depth: int
    values: Mapping[str, Any] = {}
    unit: str | None = None
    rest: bool = False
    said: str | None = None

    @property
    def understood(self) -> bool:
        """Whether it says which rows it has."""
        return bool(self.values or self.unit or self.rest)


class Block(msgspec.Struct, frozen=True):
    """Lines to be filled, ``first`` … ``last`` from 1, ``last`` before ``first`` where the form has
    none; ``under`` are the places of its sections in :attr:`Body.sections`, outermost first."""

    first: Row
    last: RowOrNone
    under: tuple[int, ...] = ()


class Total(msgspec.Struct, frozen=True):
    """A row that sums up, from 1; ``section`` the place of the section it is of, None: of all."""

    row: Row
    section: int | None = None


class Body(msgspec.Struct, frozen=True):
    """All of it, from the top down; the rows count from 1."""

    blocks: tuple[Block, ...]
    sections: tuple[FormSection, ...] = ()
    totals: tuple[Total, ...] = ()

    @property
    def first(self) -> int:
        return self.blocks[0].first

    @property
    def last(self) -> int:
        """The last line; of a form without any, the row before the first."""
        return max(block.last for block in self.blocks)

    @property
    def end(self) -> int:
        """The last row of all, from 1."""
        rows = [*(one.row for one in self.sections), *(one.row for one in self.totals)]
        return max([self.last, *rows])


def understood(words: Vocabulary, text: str) -> tuple[Mapping[str, Any], str | None, bool]:
    """What a section's words say: values, a unit's name, whether it takes the rest."""
    told = plain(text)
    found = meaning(words, Section(0, told, None))
    unit = found.unit
    if not found.values and meaning(words, Section(0, _OFFICE.sub("", told), None)).unit:
        unit = told
    return found.values, unit, bool(_REST.match(told)) and not found.values and not unit


def body_of(
    words: Vocabulary,
    sheet: Sheet,
    heading: int,
    width: tuple[int, int],
    labels: Collection[int] = (),
) -> Body:
    """The body below the heading row (from 0). ``width`` are the table's first and last column,
    ``labels`` rows of labels and values, at which it ends.

    Blank lines up to the totals or the foot are to be filled; without any of these one line is.
    """
    return _Reading(words, sheet, width, labels).body(heading + 1)


class _Reading:
    def __init__(
        self, words: Vocabulary, sheet: Sheet, width: tuple[int, int], labels: Collection[int]
    ) -> None:
        self.words, self.sheet, self.width, self.labels = words, sheet, width, labels
        self.blocks: list[Block] = []
        self.sections: list[FormSection] = []
        self.totals: list[Total] = []
        self._lines: list[int] = []
        self._held: list[int] = []
        #: Sections of the block just closed that no sum has closed yet, innermost last.
        self._open: list[int] = []
        self._closed = False

    def body(self, row: int) -> Body:
        """Read from ``row`` (0) on."""
        ended = False
        for number in range(row, len(self.sheet.rows)):
            cells = filled(self.sheet.rows[number])
            if cells and number == row and is_numbering(cells):
                row += 1
            elif not cells:
                if not self._closed:
                    self._lines.append(number)
            elif number in self.labels or is_footer(cells) or is_note(cells):
                ended = True
                break
            elif is_total(filled(self.sheet.rows[number], *self.width) or cells):
                self._total(number)
            elif (section := self._section(number, cells)) is not None:
                self._begin(section)
            elif self._closed:
                break  # another table
            else:
                self._lines.append(number)
        return self._finished(row, ended=ended)

    def _finished(self, row: int, *, ended: bool) -> Body:
        if not ended:
            while self._lines and not filled(self.sheet.rows[self._lines[-1]]):
                self._lines.pop()
        if self._lines or (self.sections and not self._closed):
            self._close()
        if not self.blocks:  # a heading, and perhaps sums above a table without lines
            first = max([row, *(one.row for one in self.totals)]) + 1
            taken = first <= len(self.sheet.rows) and bool(filled(self.sheet.rows[first - 1]))
            self.blocks.append(Block(first, first - taken))
        return Body(tuple(self.blocks), tuple(self.sections), tuple(self._placed()))

    def _section(self, row: int, cells: list[tuple[int, Cell]]) -> FormSection | None:
        column, first = cells[0]
        merged = any(
            area.top == row == area.bottom and area.left == column and area.right > column
            for area in self.sheet.merges
        )
        alone = column == self.width[0] or merged
        found = section_of(row, cells, alone=alone and len(cells) == 1)
        if found is None and isinstance(first, str):
            others = [cell for _, cell in cells[1:] if isinstance(cell, str)]
            said = Section(row, plain(first), None)
            if not others and _says_something(self.words, said):
                found = said
        if found is None or not _WORDS.search(found.text):
            return None
        values, unit, rest = understood(self.words, found.text)
        depth = 2 if found.depth is None else found.depth  # without a numeral the innermost
        return FormSection(row + 1, column + 1, found.text, depth, values, unit, rest)

    def _begin(self, section: FormSection) -> None:
        before = self.sections[-1] if self.sections else None
        if before is None and not any(filled(self.sheet.rows[row]) for row in self._lines):
            self._lines = []  # blank rows between heading and sections
        empty = before is not None and not self._lines and not self._closed
        if self._lines or (empty and before is not None and section.depth <= before.depth):
            self._close()
        self._lines = []
        self._held = [at for at in self._held if self.sections[at].depth < section.depth]
        self.sections.append(section)
        self._held.append(len(self.sections) - 1)
        self._closed = False

    def _total(self, row: int) -> None:
        own = bool(self._held) and not self._lines and not self._closed
        own = own and self._lines_follow(row + 1)
        if self._lines or (self.sections and not self._closed and not own):
            self._close()
        if own:  # right below its section
            self.totals.append(Total(row + 1, self._held[-1]))
        elif self._closed:
            self.totals.append(Total(row + 1, self._open.pop() if self._open else None))
        else:
            self.totals.append(Total(row + 1))

    def _lines_follow(self, row: int) -> bool:
        """Whether a row is one to be filled, so that the sum above it opens its section."""
        cells = filled(self.sheet.rows[row]) if row < len(self.sheet.rows) else None
        if not cells:
            return cells is not None
        ends = row in self.labels or is_footer(cells) or is_note(cells) or is_total(cells)
        return not ends and self._section(row, cells) is None

    def _close(self) -> None:
        """The lines so far are a block; of none an empty one below the row before."""
        if self._lines:
            block = Block(self._lines[0] + 1, self._lines[-1] + 1, tuple(self._held))
        else:
            above = max(
                [self.sections[-1].row if self.sections else 1, *(one.row for one in self.totals)]
            )
            block = Block(above + 1, above, tuple(self._held))
        self.blocks.append(block)
        self._lines, self._open, self._closed = [], list(self._held), True

    def _placed(self) -> Iterator[Total]:
        """The sums; the last one is of the whole form where it says 合计 and the others do not."""
        for number, one in enumerate(self.totals):
            last = number == len(self.totals) - 1 and one.section is not None
            if last and one.row > self.blocks[-1].last:
                words = self._words(one.row)
                named = self.sections[one.section or 0].text in words
                alike = any(self._words(other.row) == words for other in self.totals[:-1])
                if _GRAND.match(words) and not named and not alike:
                    yield Total(one.row)
                    continue
            yield one

    def _words(self, row: int) -> str:
        texts = [cell for _, cell in filled(self.sheet.rows[row - 1]) if isinstance(cell, str)]
        return plain(texts[0]) if texts else ""


def _says_something(words: Vocabulary, section: Section) -> bool:
    found = meaning(words, section)
    return bool(found.values or found.unit)
