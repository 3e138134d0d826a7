"""Where each value of a pasted block goes: a plan, made before anything is written.

As in Excel and WPS: one value fills all selected cells, a block is repeated over a selection that
is a multiple of it, otherwise it begins at the selection's first cell. A value that meets a cell
that is locked, computed or hidden is left out and nothing moves up into its place; what lies beyond
the table is left out and said. Where the block covers the column that names the rows, a row of
another name is left out whole: a list in another order never lands in the wrong rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop.ui.grid.cells import Block as Selection
from desktop.ui.grid.clipboard import Block

#: Rows that are called otherwise: row → (its name on the clipboard, its name in the table).
_Strangers: TypeAlias = dict[int, tuple[str, str]]
#: How many names of left-out rows are told one by one.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The table that is pasted into, as it stands now.

    ``columns`` are the model's columns in the order in which they stand, hidden ones at their
    place; ``rows`` how many there are. ``fills`` are the columns that take values, ``computed``
    those that the program fills, ``open_row`` says whether a row takes any; ``named`` is the
    column that names the rows (or -1) and ``name`` gives a row's name.
    """

    rows: int
    columns: tuple[int, ...]
    hidden: frozenset[int]
    titles: Sequence[str]
    fills: frozenset[int]
    open_row: Callable[[int], bool]
    computed: frozenset[int] = frozenset()
    named: int = -1
    name: Callable[[int], str] = lambda _row: ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paste writes: ``edits`` (row, column of the model, text), and what it leaves out.

    ``notes`` are sentences for the person; ``covered`` is the rectangle that is selected
    afterwards: rows and columns of the model, as they stand.
    """

    edits: tuple[tuple[int, int, str], ...]
    notes: tuple[str, ...]
    covered: Selection

    @property
    def note(self) -> str:
        """All notes as one text."""
        return "".join(self.notes)


def plan(block: Block, selection: Selection, table: Table) -> Plan:
    """The plan for pasting ``block`` over ``selection`` of ``table``."""
    height, width = len(block), max(map(len, block), default=0)
    if not height or not width or not len(selection):
        return Plan((), (), Selection())
    top = selection.rows.start
    left = table.columns.index(selection.columns[0])
    down, across = _times(selection, table, height, width)
    rows = range(top, min(top + height * down, table.rows))
    places = range(left, min(left + width * across, len(table.columns)))
    strangers = _strangers(block, rows, places, table)
    edits: list[tuple[int, int, str]] = []
    hidden: list[int] = []
    locked: Counter[int] = Counter()
    for row in rows:
        line = block[(row - top) % height]
        if row in strangers:
            continue
        takes = table.fills if table.open_row(row) else frozenset()
        for place in places:
            at, column = (place - left) % width, table.columns[place]
            if at >= len(line):
                continue
            if column in table.hidden:
                # In a fill the person selected what is seen; only a block brings values for it.
                hidden += [column] if width > 1 and column not in hidden else []
            elif column not in takes:
                locked[column] += 1
            else:
                edits.append((row, column, line[at]))
    notes = [
        *_beyond(height * down, len(rows), "行", "表中只剩"),
        *_beyond(width * across, len(places), "列", "右边只剩"),
        *_named(strangers),
        *_hidden(hidden, table),
    ]
    notes += _locked(locked, table)
    covered = tuple(
        column for place in places if (column := table.columns[place]) not in table.hidden
    )
    return Plan(tuple(edits), tuple(notes), Selection(rows, covered))


def copied(selection: Selection, table: Table) -> tuple[int, ...]:
    """The columns that copying ``selection`` takes: hidden ones in between too, as Excel does.

    So what is copied and pasted at the same place comes to the same place.
    """
    if not selection.columns:
        return ()
    places = [table.columns.index(column) for column in selection.columns]
    return table.columns[min(places) : max(places) + 1]


def _times(selection: Selection, table: Table, height: int, width: int) -> tuple[int, int]:
    """How often the block is repeated downwards and to the right."""
    rows, columns = len(selection.rows), len(copied(selection, table))
    if rows % height == 0 and columns % width == 0:
        return rows // height, columns // width
    return 1, 1


def _strangers(
    block: Block, rows: range, places: range, table: Table
) -> dict[int, tuple[str, str]]:
    """The rows that the block calls otherwise than the table does."""
    width = max(map(len, block))
    if width < 2 or table.named not in table.columns:
        return {}
    place = table.columns.index(table.named)
    if place not in places or table.named in table.fills:
        return {}
    at = (place - places.start) % width
    found = {}
    for row in rows:
        line = block[(row - rows.start) % len(block)]
        given = line[at] if at < len(line) else ""
        own = table.name(row)
        if _plain(given) and _plain(given) != _plain(own):
            found[row] = (given, own)
    return found


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _beyond(given: int, taken: int, counter: str, room: str) -> list[str]:
    if given <= taken:
        return []
    left = given - taken
    return [
        f"剪贴板有 {given} {counter}，{room} {taken} {counter}，最后 {left} {counter}没有粘贴。"
    ]


def _named(strangers: _Strangers) -> list[str]:
    if not strangers:
        return []
    told = "、".join(
        f"第 {row + 1} 行表中是“{own}”，剪贴板是“{given}”"
        for row, (given, own) in list(strangers.items())[:_TOLD]
    )
    more = f"等 {len(strangers)} 行" if len(strangers) > _TOLD else ""
    return [f"名称对不上的行没有粘贴：{told}{more}。"]


def _locked(locked: Counter[int], table: Table) -> list[str]:
    """How many cells were left alone, by the reason, with their columns' titles."""
    notes = []
    for columns, reason in (
        (sorted(locked.keys() & table.computed), "由程序计算"),
        (sorted(locked.keys() - table.computed - table.fills), "不能填写"),
    ):
        if columns:
            titles = "、".join(table.titles[column] for column in columns[:_TOLD])
            more = f"等 {len(columns)} 列" if len(columns) > _TOLD else ""
            count = sum(locked[column] for column in columns)
            notes.append(f"{titles}{more}{reason}，{count} 格没有动。")
    if closed := sum(locked[column] for column in locked.keys() & table.fills):
        notes.append(f"已锁定的行里 {closed} 格没有动。")
    return notes


def _hidden(columns: list[int], table: Table) -> list[str]:
    if not columns:
        return []
    titles = "、".join(f"“{table.titles[column]}”" for column in columns)
    return [f"隐藏的{titles}没有粘贴。"]
