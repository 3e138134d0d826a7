"""Where cells stand: rows and columns found from places and back, bands, merges, heights."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.sheets.workbook.grid import Area, Sheet
from desktop.ui.reading_in.layout import LINES, Layout, Measures, broken, named, units
from tests.sheets.making import sheet

MEASURES = Measures(27, 16, 28, 7.0)


def laid(found: Sheet, *tops: int, rows: int = 2) -> Layout:
    """A sheet with a table at each of ``tops``, over all columns."""
    tables = [
        TableSeen(
            found.name, Area(top, 0, top + rows, found.width - 1), (top, top), False, "project", ()
        )
        for top in tops
    ]
    return Layout(found, tables, MEASURES, lambda _column: "")


def long(rows: int) -> Sheet:
    return sheet(*[[number, "文字"] for number in range(rows)])


def test_rows_stand_one_below_the_other() -> None:
    layout = laid(long(5))
    assert [layout.top(row) for row in range(6)] == [0, 27, 54, 81, 108, 135]
    assert layout.height == 135


def test_a_band_stands_above_its_table_and_moves_what_is_below() -> None:
    layout = laid(long(6), 2)
    assert layout.top(1) == 27
    assert (layout.band_top(2), layout.top(2), layout.top(3)) == (54, 82, 109)
    assert layout.row_at(60) == 2  # the band belongs to its row


def test_a_long_text_in_a_table_makes_its_row_higher_but_not_without_end() -> None:
    found = sheet(["名称", "内容"], ["a", "字" * 30], ["b", "字" * 900], ["c", "短"])
    layout = laid(found, 0, rows=3)
    assert layout.row_height(1) > 27
    assert layout.row_height(2) == 27 + (LINES - 1) * 16
    assert layout.row_height(3) == 27


def test_a_title_outside_the_tables_widens_no_column() -> None:
    found = sheet(["很长很长很长很长很长的标题" * 3, None], ["名称", "内容"], ["a", "b"])
    assert laid(found, 1, rows=1).lefts[1] < 150


@given(
    rows=st.integers(1, 400),
    tops=st.lists(st.integers(0, 390), max_size=4, unique=True),
    texts=st.dictionaries(st.integers(0, 390), st.integers(1, 60), max_size=6),
    y=st.integers(0, 12_000),
)
def test_the_row_at_a_height_is_the_one_that_stands_there(
    rows: int, tops: list[int], texts: dict[int, int], y: int
) -> None:
    cells = [[number, "字" * texts.get(number, 1)] for number in range(rows)]
    layout = laid(sheet(*cells), *[top for top in tops if top + 2 < rows])
    for row in range(rows):
        assert layout.row_at(layout.top(row)) == row
        assert layout.row_at(layout.top(row) + layout.row_height(row) - 1) == row
    row = layout.row_at(min(y, layout.height - 1))
    lead = 28 if row in layout.bands else 0
    assert layout.top(row) - lead <= min(y, layout.height - 1)
    assert min(y, layout.height - 1) < layout.top(row) + layout.row_height(row)


def test_columns_are_found_by_their_place() -> None:
    layout = laid(long(3))
    assert layout.column_at(0) == 0
    assert layout.column_at(layout.lefts[1] - 1) == 0
    assert layout.column_at(layout.lefts[1]) == 1
    assert layout.column_at(99_999) == 1


def test_merges_are_found_wherever_they_are_seen() -> None:
    found = sheet(*[["a", "b"] for _ in range(300)], merges=["A1:B1", "A60:A140"])
    layout = laid(found)
    assert layout.merges(100, 110) == [Area(59, 0, 139, 0)]
    assert layout.merges(0, 5) == [Area(0, 0, 0, 1)]
    assert layout.merge_at(100, 0) == Area(59, 0, 139, 0)
    assert layout.merge_at(100, 1) == Area(100, 1, 100, 1)


def test_chinese_signs_are_twice_as_wide() -> None:
    assert units("ab") == 2
    assert units("中文a") == 5
    assert units("中\n文a") == 3
    assert broken("中文中文", 4) == 2
    assert broken("a\nb", 40) == 2


def test_hidden_columns_are_narrow_and_make_no_row_higher() -> None:
    found = sheet(["标识", "名称"], ["长" * 60, "a"], ["长" * 60, "b"], hidden_columns={0})
    layout = laid(found, 0)
    assert layout.lefts[1] == 56
    assert layout.row_height(1) == 27


def test_a_hidden_column_that_is_read_has_room_for_its_field() -> None:
    """The unit of its amounts took all the room."""
    found = sheet(["标识", "总投资"], ["a", 1000], hidden_columns={0, 1})
    column = ColumnSeen(
        head=(0, 1),
        last=1,
        value=None,
        heading="总投资",
        what="",
        fields=("total_investment",),
        homes=("project",),
        unit="万元",
        reason="表头",
        question="",
    )
    area = Area(0, 0, 1, 1)
    table = TableSeen(found.name, area, (0, 0), False, "project", (column,))
    layout = Layout(found, [table], MEASURES, lambda _column: "总投资")
    hidden, read = layout.lefts[1], layout.lefts[2] - layout.lefts[1]
    assert hidden == 56
    assert read >= (units("总投资") + units("万元") + 1) * MEASURES.half


def test_a_card_s_frame_goes_round_the_cells_merged_with_its_values() -> None:
    found = sheet(["名称", "甲", None], ["地址", "乙", None], merges=["B1:C1", "B2:C3"])
    layout = laid(found, 0)
    assert layout.spread(Area(0, 0, 1, 1)) == Area(0, 0, 2, 2)
    assert layout.spread(Area(0, 0, 0, 0)) == Area(0, 0, 0, 0)


def test_a_label_that_is_the_field_s_own_title_is_not_said_twice() -> None:
    assert named("项目名称：", "项目名称") == "项目名称："
    assert named("建设单位", "项目业主") == "建设单位 → 项目业主"
