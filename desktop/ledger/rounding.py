"""Balanced rounding 舍位平衡: tables in 亿元 or 万元 whose printed figures add up.

Every printed total is the sum of the printed figures under it and lies within one unit (of the last
printed digit) of its true value; the grand total is correctly rounded; what was exact stays; the
residue goes where the rounding error was largest (STANDARDS, Money).

How: each figure may only become the whole unit below or above it. The cells stand between two
trees, one of rows (row, subtotal, total), one of columns (column of a subtotal, column, total);
every edge is a figure, and "adds up" means that what enters a node leaves it. That is a network
flow, so a solution in whole units always exists (controlled rounding: Cox & Ernst 1982; Causey,
Cox & Ernst 1985). Totals are printed correctly rounded wherever the rest allows it.

Subtotals of rows *and* of columns cross, and what crosses fits no two trees. There the flow is
nudged until the crossing figures are within a unit as well. Where that fails (some such tables have
no solution) every figure is printed correctly rounded by itself, and a note says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from desktop.ledger.money import PLACES, Unit, format_printed, nearest
from desktop.ledger.rounding_flow import Network

#: Indexes, nested: [[0, 1, 2], [3, [4, 5]]] has the subtotals 0-2, 3-5 and 4-5, in this order.
Groups: TypeAlias = "Sequence[int | Groups]"
Table: TypeAlias = Sequence[Sequence[int]]
#: A figure of the table: which set of rows, which set of columns (see _Sets).
_Figure: TypeAlias = tuple[int, int]

NOTE = "因四舍五入，部分合计数与分项之和略有出入。"
_ATTEMPTS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line in units of the last printed digit.

    ``members``: the rows that it sums up; ``cells``: one per column; ``subtotals``: one per group
    of columns; ``total``: across the columns, None where they are different quantities.
    """

    members: tuple[int, ...]
    cells: tuple[int, ...]
    subtotals: tuple[int, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Balanced:
    """A table ready for print: its rows, its subtotals in the order of ``groups``, its total.

    Figures are integers in units of the last printed digit. ``note``, where it is not None, has to
    be printed under the table: its figures do not all add up.
    """

    unit: Unit
    decimals: int
    rows: tuple[Line, ...]
    subtotals: tuple[Line, ...]
    total: Line
    note: str | None

    @property
    def cells(self) -> tuple[tuple[int, ...], ...]:
        """The cells alone, row by row."""
        return tuple(line.cells for line in self.rows)

    @property
    def row_totals(self) -> tuple[int | None, ...]:
        """The total of each row."""
        return tuple(line.total for line in self.rows)

    @property
    def column_totals(self) -> tuple[int, ...]:
        """The total of each column."""
        return self.total.cells

    @property
    def grand(self) -> int | None:
        """The grand total."""
        return self.total.total

    def show(self, printed: int | None, grouping: bool = True, missing: str = "") -> str:
        """One of the figures as text: 436 with two decimals is "4.36"."""
        if printed is None:
            return missing
        return format_printed(printed, self.decimals, grouping)


def balance(
    table: Table,
    unit: Unit,
    decimals: int,
    groups: Groups | None = None,
    *,
    column_groups: Groups | None = None,
    across: bool = True,
) -> Balanced:
    """A table of yuan, row by row, rounded for print in ``unit`` with ``decimals``.

    ``groups``: subtotals of rows, ``column_groups``: of columns; who is in no group counts for the
    total only. ``across`` False: the columns are different quantities (plan, this week, since
    January); each is balanced by itself and there are no totals across. Raises ValueError for a
    ragged table, decimals finer than a yuan, or groups that name a row twice or one that is none.
    """
    step = _step(unit, decimals)
    width = len(table[0]) if table else 0
    if any(len(row) != width for row in table):
        raise ValueError("ragged table")
    rows = _Sets(len(table), groups)
    columns = _Sets(width, column_groups)
    if across:
        cells, whole = _balanced(table, step, rows, columns)
    else:
        if columns.groups:
            raise ValueError("columns that are different quantities have no subtotals")
        one = _Sets(1, None)
        strips = [_balanced([[row[j]] for row in table], step, rows, one)[0] for j in range(width)]
        cells, whole = [[strip[i][0] for strip in strips] for i in range(len(table))], True

    def figure(members: Sequence[int], among: Sequence[int]) -> int:
        if whole:
            return sum(cells[i][j] for i in members for j in among)
        return nearest(Fraction(sum(table[i][j] for i in members for j in among), step))

    def line(members: tuple[int, ...]) -> Line:
        return Line(
            members,
            tuple(figure(members, (j,)) for j in range(width)),
            tuple(figure(members, group) for group in columns.groups),
            figure(members, range(width)) if across else None,
        )

    return Balanced(
        unit,
        decimals,
        tuple(line((i,)) for i in range(len(table))),
        tuple(line(group) for group in rows.groups),
        line(tuple(range(len(table)))),
        None if whole else NOTE,
    )


def balance_list(values: Sequence[int], unit: Unit, decimals: int) -> tuple[tuple[int, ...], int]:
    """A single column of yuan: the printed figures and their printed, correctly rounded total."""
    balanced = balance([[value] for value in values], unit, decimals, across=False)
    return tuple(row[0] for row in balanced.cells), sum(balanced.column_totals)


def _step(unit: Unit, decimals: int) -> int:
    """Yuan in one unit of the last printed digit."""
    if not 0 <= decimals <= PLACES[unit]:
        raise ValueError(f"{decimals} decimals of {unit}")
    return int(10 ** (PLACES[unit] - decimals))


class _Sets:
    """The sets of rows (or of columns) that have figures.

    Numbers 0 … count-1 are the single rows, then come the groups; ``whole`` is all of them.
    ``above``: for each row the groups that it is in, from the inside out, and the whole.
    """

    def __init__(self, count: int, groups: Groups | None) -> None:
        self.count = count
        self.groups: list[tuple[int, ...]] = []
        named = self._walk(groups or ())
        if sorted(named) != sorted(set(named) & set(range(count))):
            raise ValueError("groups name a row twice, or one that is none")
        self.whole = count + len(self.groups)
        self.above: list[list[int]] = [[] for _ in range(count)]
        for number in range(self.whole - 1, count - 1, -1):
            for member in self.groups[number - count]:
                self.above[member].append(number)
        for sets in self.above:
            sets.append(self.whole)

    def _walk(self, groups: Groups) -> list[int]:
        members: list[int] = []
        for item in groups:
            if isinstance(item, int):
                members.append(item)
            else:
                place = len(self.groups)
                self.groups.append(())
                self.groups[place] = tuple(self._walk(item))
                members += self.groups[place]
        return members


def _balanced(table: Table, step: int, rows: _Sets, columns: _Sets) -> tuple[list[list[int]], bool]:
    """Printed cells, and whether all figures of the table can be their sums."""
    if not any(value % step for line in table for value in line):
        return [[value // step for value in line] for line in table], True
    nudges: dict[_Figure, int] = {}
    cells: list[list[int]] = []
    for attempt in range(_ATTEMPTS):
        cells = _flow(table, step, rows, columns, attempt, nudges)
        settled = True
        for g, members in enumerate(rows.groups, rows.count):
            for h, among in enumerate(columns.groups, columns.count):
                error = sum(cells[i][j] * step - table[i][j] for i in members for j in among)
                if abs(error) >= step:
                    settled = False
                    push = attempt + 1 if error > 0 else -attempt - 1
                    nudges[g, h] = nudges.get((g, h), 0) + push
        if settled:
            return cells, True
    return cells, False


def _flow(
    table: Table,
    step: int,
    rows: _Sets,
    columns: _Sets,
    attempt: int,
    nudges: dict[_Figure, int],
) -> list[list[int]]:
    """The cheapest printed cells whose rows, columns, subtotals and total are within a unit.

    ``nudges``: by how many sixteenths of a unit it costs more to round a cell up that lies in this
    group of rows and this group of columns. Attempts after the first weigh totals less and shake
    the cells a little.
    """
    paths: dict[_Figure, tuple[list[_Figure], list[_Figure]]] = {}
    true: dict[_Figure, int] = {}
    of_many: set[_Figure] = set()
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            by_row = [(i, c) for c in columns.above[j]]
            by_row += [(r, columns.whole) for r in rows.above[i]]
            by_column = [(r, j) for r in rows.above[i]]
            by_column += [(rows.whole, c) for c in columns.above[j]]
            paths[i, j] = by_row, by_column
            for figure in {*by_row, *by_column}:
                if figure in true:
                    of_many.add(figure)
                true[figure] = true.get(figure, 0) + value

    # A yuan of error costs `tie`, so that among equals the upper, left cell is changed first; a
    # yuan in a total at first more than all cells can, later as much as in four of them.
    count = len(paths)
    tie = 2 * count * count + 1
    dear = 4 * tie if attempt else 2 * count * (step * tie + count)
    network = Network(step)
    cells: list[list[int]] = [[] for _ in table]
    for place, ((i, j), sides) in enumerate(paths.items()):
        for side, path in enumerate(sides):
            for figure, parent in pairwise(path):
                # The tree of rows hands down, the tree of columns gathers.
                ends = (side, parent), (side, figure)
                tail, head = ends[::-1] if side else ends
                scale = dear if figure in of_many else 0
                network.edge(tail, head, true[figure], scale, 0)
        bias = place - count if table[i][j] > 0 else count - place
        if attempt:
            shake = (7919 * i + 104729 * j + 15485863 * attempt) % 1009 - 504
            bias += shake * step * tie // 1009
        for g in rows.above[i]:
            for h in columns.above[j]:
                bias += nudges.get((g, h), 0) * step * tie // 16
        ends = (0, sides[0][0]), (1, sides[1][0])
        cells[i].append(network.edge(*ends, table[i][j], tie, bias))
    if paths:
        whole = (rows.whole, columns.whole)
        network.settle((0, whole), (1, whole), nearest(Fraction(true[whole], step)))
    return [[network.printed[edge] for edge in row] for row in cells]
