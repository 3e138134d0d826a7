"""Balanced rounding: printed figures add up and stay within a unit of the truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.money import Unit, nearest
from desktop.ledger.rounding import NOTE, Balanced, Groups, Line, balance, balance_list

#: 万元 with three decimals: ten yuan to a printed unit, so halves, ties and exact cells abound.
UNIT: Unit = "万元"
DECIMALS = 3
STEP = 10

cells = st.integers(-60, 60) | st.sampled_from([0, 5, 10, 15, -5, 3])


@st.composite
def tables(draw: st.DrawFn, least: int = 0, most: int = 6) -> list[list[int]]:
    height, width = draw(st.integers(least, most)), draw(st.integers(least, most))
    row = st.lists(cells, min_size=width, max_size=width)
    return draw(st.lists(row, min_size=height, max_size=height))


@st.composite
def trees(draw: st.DrawFn, count: int) -> list[int | Groups]:
    """Groups of some of ``count`` rows, nested, in any order."""

    def tree(members: Sequence[int], depth: int) -> list[int | Groups]:
        found: list[int | Groups] = []
        while members:
            size = draw(st.integers(1, len(members)))
            part, members = members[:size], members[size:]
            if depth and draw(st.booleans()):
                found.append(tree(part, depth - 1))
            else:
                found += part
        return found

    order = draw(st.permutations(range(count)))
    return tree(order[: draw(st.integers(0, count))], 3)


def flat(groups: Groups) -> list[int]:
    members: list[int] = []
    for item in groups:
        members += [item] if isinstance(item, int) else flat(item)
    return members


def inner(groups: Groups) -> list[tuple[int, ...]]:
    """The members of every group, outer before inner."""
    found: list[tuple[int, ...]] = []
    for item in groups:
        if not isinstance(item, int):
            found += [tuple(flat(item)), *inner(item)]
    return found


def check(
    table: list[list[int]], balanced: Balanced, rows: Groups, columns: Groups, across: bool = True
) -> None:
    """All that STANDARDS promises of a table that is printed without a note."""
    assert balanced.note is None
    width = range(len(table[0]) if table else 0)
    everything = tuple(range(len(table)))
    lines = [*balanced.rows, *balanced.subtotals, balanced.total]
    assert [line.members for line in lines] == [
        *((i,) for i in everything),
        *inner(rows),
        everything,
    ]
    for line in lines:
        figures: list[tuple[tuple[int, ...], int]] = [((j,), line.cells[j]) for j in width]
        figures += zip(inner(columns), line.subtotals, strict=True)
        if across:
            assert line.total is not None
            figures.append((tuple(width), line.total))
        else:
            assert line.total is None
        for among, printed in figures:
            true = sum(table[i][j] for i in line.members for j in among)
            assert printed == sum(balanced.cells[i][j] for i in line.members for j in among)
            assert abs(printed * STEP - true) < STEP, "within one unit, so what is exact stays"
    if across:
        assert balanced.grand == nearest(Fraction(sum(map(sum, table)), STEP))
    else:
        for j in width:
            assert balanced.column_totals[j] == nearest(Fraction(sum(r[j] for r in table), STEP))


@given(st.data())
def test_a_table_with_nested_subtotals_always_balances(data: st.DataObject) -> None:
    table = data.draw(tables())
    groups = data.draw(trees(len(table)))
    check(table, balance(table, UNIT, DECIMALS, groups), groups, [])


@given(st.data())
def test_a_table_with_nested_subtotals_of_columns_always_balances(data: st.DataObject) -> None:
    table = data.draw(tables())
    groups = data.draw(trees(len(table[0]) if table else 0))
    check(table, balance(table, UNIT, DECIMALS, column_groups=groups), [], groups)


@given(st.data())
def test_columns_that_are_different_quantities_balance_one_by_one(data: st.DataObject) -> None:
    table = data.draw(tables())
    groups = data.draw(trees(len(table)))
    balanced = balance(table, UNIT, DECIMALS, groups, across=False)
    check(table, balanced, groups, [], across=False)
    alone = balance(table, UNIT, DECIMALS, across=False)
    for j in range(len(table[0]) if table else 0):
        column = balance_list([row[j] for row in table], UNIT, DECIMALS)
        assert (tuple(row[j] for row in alone.cells), alone.column_totals[j]) == column


@given(st.data())
def test_a_printed_table_balances_to_itself(data: st.DataObject) -> None:
    table = data.draw(tables())
    groups = data.draw(trees(len(table)))
    once = balance(table, UNIT, DECIMALS, groups)
    again = balance([[cell * STEP for cell in row] for row in once.cells], UNIT, DECIMALS, groups)
    assert again == once


def mistakes(printed: list[list[int]], table: list[list[int]]) -> tuple[int, int] | None:
    """How far totals and cells are from the truth, in yuan; None if the table is not allowed."""
    totals = 0
    columns = [list(column) for column in zip(*printed, strict=True)]
    for shown, true in [
        *zip(printed, table, strict=True),
        *zip(columns, zip(*table, strict=True), strict=True),
    ]:
        error = abs(sum(shown) * STEP - sum(true))
        totals += error
        if error >= STEP:
            return None
    if sum(map(sum, printed)) != nearest(Fraction(sum(map(sum, table)), STEP)):
        return None
    pairs = zip(chain(*printed), chain(*table), strict=True)
    return totals, sum(abs(shown * STEP - true) for shown, true in pairs)


def choices(table: list[list[int]]) -> list[list[list[int]]]:
    """Every way of rounding the cells down or up."""
    width = len(table[0])
    ways = product(*(sorted({v // STEP, -(-v // STEP)}) for row in table for v in row))
    return [[list(way[k : k + width]) for k in range(0, len(way), width)] for way in ways]


@given(tables(least=2, most=3))
def test_no_other_table_has_truer_totals_nor_with_these_truer_cells(table: list[list[int]]) -> None:
    found = balance(table, UNIT, DECIMALS)
    allowed = [m for way in choices(table) if (m := mistakes(way, table)) is not None]
    assert mistakes([list(row) for row in found.cells], table) == min(allowed)


@pytest.mark.parametrize("seed", range(60))
def test_where_nothing_is_exact_the_truest_table_is_found_too(seed: int) -> None:
    chance = random.Random(seed)
    height, width = chance.choice([(3, 3), (2, 5), (3, 4), (2, 4)])
    table = [[chance.randrange(1, 10) for _ in range(width)] for _ in range(height)]
    found = balance(table, UNIT, DECIMALS)
    allowed = [m for way in choices(table) if (m := mistakes(way, table)) is not None]
    assert mistakes([list(row) for row in found.cells], table) == min(allowed)


@given(st.lists(cells, max_size=30))
def test_in_a_list_the_residue_goes_where_the_error_was_largest(values: list[int]) -> None:
    """The largest remainders are rounded up, among equals the upper ones away from zero."""
    total = nearest(Fraction(sum(values), STEP))
    expected = [value // STEP for value in values]
    loose = [place for place, value in enumerate(values) if value % STEP]
    loose.sort(key=lambda p: (-(values[p] % STEP), values[p] < 0, -p if values[p] < 0 else p))
    for place in loose[: total - sum(expected)]:
        expected[place] += 1
    assert balance_list(values, UNIT, DECIMALS) == (tuple(expected), total)


def test_three_thirds_of_a_unit_make_one_and_it_stands_above() -> None:
    yuan = [3_333_333, 3_333_333, 3_333_334]
    assert balance_list(yuan, "亿元", 2) == ((3, 3, 4), 10)
    assert balance_list([3_333_333] * 3, "亿元", 2) == ((4, 3, 3), 10)
    assert balance_list([-3_333_333] * 3, "亿元", 2) == ((-4, -3, -3), -10)


def test_a_table_by_unit_and_source() -> None:
    """Rounded one by one, 0.1 + 0.1 would stand over 0.3, and 0.2 + 0.2 too."""
    table = [[14_000_000, 17_000_000, 15_000_000], [14_000_000, 24_000_000, 16_000_000]]
    balanced = balance(table, "亿元", 1)
    assert balanced.cells == ((2, 2, 1), (1, 2, 2))
    assert balanced.row_totals == (5, 5)
    assert balanced.column_totals == (3, 4, 3)
    assert balanced.grand == 10
    assert balanced.show(balanced.grand) == "1.0"
    assert balanced.show(None, missing="—") == "—"
    assert balance([[123_456_780_000]], "万元", 2).show(1_234_567_800) == "12,345,678.00"


#: Rows 0-1 and 2-3, columns 0-1 and 2-3 have subtotals; whatever one does, one of them is off.
KNOT = [[0, 5, 5, 0], [5, 0, 0, 5], [5, 5, 5, 0], [0, 5, 0, 0]]
PAIRS = ((0, 1), (2, 3))


def test_where_crossing_subtotals_allow_no_solution_a_note_says_so() -> None:
    sets = [(0,), (1,), (2,), (3,), *PAIRS, (0, 1, 2, 3)]

    def solves(way: list[list[int]]) -> bool:
        errors = (
            sum(way[i][j] * STEP - KNOT[i][j] for i in some for j in among)
            for some, among in product(sets, sets)
        )
        return all(abs(error) < STEP for error in errors) and sum(map(sum, way)) == 4

    assert nearest(Fraction(sum(map(sum, KNOT)), STEP)) == 4
    assert not any(solves(way) for way in choices(KNOT)), "the example is one"

    printed = balance(KNOT, UNIT, DECIMALS, PAIRS, column_groups=PAIRS)
    assert printed.note == NOTE
    assert printed.rows[2] == Line((2,), (1, 1, 1, 0), (1, 1), 2)
    assert printed.subtotals[0] == Line((0, 1), (1, 1, 1, 1), (1, 1), 2)
    assert printed.total == Line((0, 1, 2, 3), (1, 2, 1, 1), (3, 2), 4)
    assert balance(KNOT, UNIT, DECIMALS, PAIRS).note is None
    assert balance(KNOT, UNIT, DECIMALS, column_groups=PAIRS).note is None


@pytest.mark.parametrize("seed", range(4))
def test_crossing_subtotals_of_a_real_table_balance(seed: int) -> None:
    """Five units of eight projects, two groups of sources; seed 2 needs nudging."""
    chance = random.Random(seed)
    table = [[chance.randrange(200) for _ in range(12)] for _ in range(40)]
    rows = [list(range(k, k + 8)) for k in range(0, 40, 8)]
    columns: Groups = [[0, 1, 2], [3, 4, 5, 6]]
    balanced = balance(table, UNIT, DECIMALS, rows, column_groups=columns)
    check(table, balanced, rows, columns)


def test_large_tables_balance() -> None:
    chance = random.Random(1)
    table = [[chance.randrange(10**5) for _ in range(12)] for _ in range(200)]
    rows = [[*range(k, k + 5), list(range(k + 5, k + 10))] for k in range(0, 200, 10)]
    check(table, balance(table, UNIT, DECIMALS, rows), rows, [])
    values = [chance.randrange(10**10) for _ in range(1000)]
    printed, total = balance_list(values, "亿元", 2)
    assert sum(printed) == total == nearest(Fraction(sum(values), 10**6))


def test_figures_printed_to_the_yuan_are_the_figures() -> None:
    assert balance_list([12_345, -1], "万元", 4) == ((12_345, -1), 12_344)


def test_empty_tables_are_tables() -> None:
    assert balance([], UNIT, 0).total == Line((), (), (), 0)
    assert balance([[], []], UNIT, 0).row_totals == (0, 0)
    assert balance_list([], UNIT, 0) == ((), 0)


@pytest.mark.parametrize("groups", [[[0, 1], [1, 2]], [0, 0], [3], [-1], [[0, [0]]]])
def test_groups_name_each_row_at_most_once(groups: Groups) -> None:
    with pytest.raises(ValueError, match="twice"):
        balance([[1], [2], [3]], UNIT, 0, groups)


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="ragged"):
        balance([[1, 2], [3]], UNIT, 0)
    with pytest.raises(ValueError, match="5 decimals of 万元"):
        balance([[1]], UNIT, 5)
    with pytest.raises(ValueError, match="decimals"):
        balance([[1]], UNIT, -1)
    with pytest.raises(ValueError, match="different quantities"):
        balance([[1, 2]], UNIT, 0, column_groups=[[0, 1]], across=False)
