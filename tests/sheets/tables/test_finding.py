"""Tables found on grids, each row with its role."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.meaning import vocabulary
from desktop.sheets.tables.as_found import as_json
from desktop.sheets.tables.finding import Found, find
from desktop.sheets.workbook.grid import Sheet
from tests.sheets.making import book_of, investment, sheet

KNOWN = vocabulary.load(investment()).known
HEAD = ["序号", "项目名称", "总投资", "形象进度"]


def found(given_: Sheet) -> Found:
    return find(given_, KNOWN)


def paths(given_: Sheet, number: int = 0) -> list[str]:
    return [column.heading for column in found(given_).tables[number].columns]


def test_title_unit_line_header_data_total_footer_note() -> None:
    (table,) = found(
        sheet(
            ["某镇台账"],
            [None, None, None, "单位：万元"],
            HEAD,
            [1, "甲", 5, "x"],
            [2, "乙", 6, "y"],
            [None, "合计", 11],
            ["填表人：张三"],
            ["注：说明"],
            ["2.又一条"],
        )
    ).tables
    assert (table.header.top, table.header.bottom) == (2, 2)
    assert table.data == (3, 4)
    assert table.totals == (5,)
    assert [text.text for text in table.above] == ["某镇台账", "单位：万元"]
    assert [text.row for text in table.below] == [6, 7, 8]


def test_merged_headings_of_two_rows() -> None:
    given_ = sheet(
        ["序号", "项目名称", "资金来源", None, "备注"],
        [None, None, "专项债", "自筹", None],
        [1, "甲", 2, 3, None],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    assert paths(given_) == ["序号", "项目名称", "资金来源/专项债", "资金来源/自筹", "备注"]
    assert found(given_).tables[0].data == (2,)


def test_the_same_headings_without_merges() -> None:
    given_ = sheet(
        ["序号", "项目名称", "资金来源", None, "备注"],
        [None, None, "专项债", "自筹", None],
        [1, "甲", 2, 3, None],
    )
    assert paths(given_) == ["序号", "项目名称", "资金来源/专项债", "资金来源/自筹", "备注"]


def test_headings_of_three_rows_with_units() -> None:
    given_ = sheet(
        ["项目名称", "投资情况", None, None],
        [None, "总投资", "完成投资", None],
        [None, "（万元）", "本周", "累计"],
        ["甲", 1, 2, 3],
        merges=["A1:A3", "B1:D1", "C2:D2"],
    )
    assert paths(given_) == [
        "项目名称",
        "投资情况/总投资/（万元）",
        "投资情况/完成投资/本周",
        "投资情况/完成投资/累计",
    ]


def test_a_row_of_units_belongs_to_the_heading() -> None:
    given_ = sheet(HEAD, [None, None, "万元", "%"], [1, "甲", 2, 3])
    assert paths(given_)[2] == "总投资/万元"
    assert found(given_).tables[0].data == (2,)


def test_blanks_and_line_breaks_inside_headings() -> None:
    assert paths(sheet(["序 号", "项 目\n名 称", "总 投\n资"], [1, "甲", 2])) == [
        "序号",
        "项目名称",
        "总投资",
    ]


def test_a_heading_over_two_columns_of_one_meaning_is_one_column() -> None:
    given_ = sheet(["项目名称", "总投资", None], ["甲", 1, None], merges=["B1:C1"])
    (table,) = found(given_).tables
    assert [(column.column, column.last) for column in table.columns] == [(0, 0), (1, 2)]


def test_repeated_headings_and_numbering_are_no_data() -> None:
    (table,) = found(
        sheet(HEAD, ["1", "2", "3", "4"], [1, "甲", 5, "x"], HEAD, [2, "乙", 6, "y"])
    ).tables
    assert table.numbering == (1,)
    assert table.repeated == (3,)
    assert table.data == (2, 4)


def test_two_tables_below_each_other_keep_their_titles() -> None:
    first, second = found(
        sheet(
            ["表一"],
            HEAD,
            [1, "甲", 5, "x"],
            [],
            ["表二"],
            ["项目名称", "存在问题"],
            ["甲", "缺地"],
        )
    ).tables
    assert first.data == (2,)
    assert [text.text for text in first.below] == []
    assert [text.text for text in second.above] == ["表二"]
    assert second.data == (6,)


def test_a_heading_is_known_by_half_its_words_even_right_below_another_table() -> None:
    first, second = found(
        sheet(
            HEAD, [1, "甲", 5, "x"], ["项目名称", "能耗指标", "总投资", "亩均税收"], ["乙", 3, 6, 7]
        )
    ).tables
    assert first.data == (1,)
    assert second.data == (3,)


def test_two_tables_side_by_side() -> None:
    first, second = found(
        sheet(["项目名称", "总投资", None, "项目名称", "总投资"], ["甲", 1, None, "乙", 2])
    ).tables
    assert (first.header.left, first.header.right) == (0, 1)
    assert (second.header.left, second.header.right) == (3, 4)


def test_a_blank_column_inside_a_table_does_not_divide_it() -> None:
    (table,) = found(sheet(["项目名称", None, "总投资", "备注"], ["甲", None, 1, "x"])).tables
    assert table.header.right == 3


def test_a_table_that_has_nothing_to_do_with_projects() -> None:
    given_ = sheet(
        ["2023年度绩效目标表"],
        ["指标", "单位", "上年", "本年"],
        ["产量", "吨", 5, 6],
        ["产值", "万元", 50, 60],
        [None, "合计", 55, 66],
        merges=["A1:D1"],
        name="表",
    )
    assert as_json(book_of(given_), KNOWN) == [
        {
            "sheet": "表",
            "header_rows": [2, 2],
            "headings": ["指标", "单位", "上年", "本年"],
            "data_rows": 2,
            "totals_rows": [5],
            "unit": None,
        }
    ]


def test_the_unit_of_a_printed_table() -> None:
    (printed,) = as_json(book_of(sheet(["金额单位：亿元"], HEAD, [1, "甲", 5, "x"])), KNOWN)
    assert printed["unit"] == "亿元"
    (printed,) = as_json(book_of(sheet(["项目名称", "总投资（万元）"], ["甲", 5])), KNOWN)
    assert printed["unit"] == "万元"


def test_prose_is_no_table() -> None:
    given_ = sheet(["关于报送的通知"], ["各单位："], ["请按时报送。"])
    assert found(given_).tables == ()
    assert len(found(given_).outside) == 3


def test_a_card() -> None:
    given_ = sheet(
        ["项目卡片"],
        ["项目名称", "甲", "建设地点", "某镇"],
        ["总投资", "5亿元", "自定义", "y"],
        ["建设内容", "厂房", None, None],
        [],
        ["项目名称", "乙", "建设地点", "某乡"],
        ["总投资", "6亿元", "自定义", "z"],
    )
    first, second = found(given_).cards
    assert [pair.label for pair in first.pairs] == [
        "项目名称",
        "建设地点",
        "总投资",
        "自定义",
        "建设内容",
    ]
    assert (second.top, second.bottom) == (5, 6)
    assert found(given_).tables == ()


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "",
            "序号",
            "项目名称",
            "总投资",
            "合计",
            "单位：万元",
            "一、工业",
            "（一）",
            "填表人：",
            "注：",
            "甲项目",
            "无",
            "/",
            "2023.3",
            "第9周",
        ]
    ),
    st.text(max_size=6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-5, 2100),
    st.booleans(),
    st.dates(),
    st.times(),
)


@st.composite
def grids(draw: Any) -> Sheet:
    width, height = draw(st.integers(1, 7)), draw(st.integers(1, 12))
    rows = draw(
        st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=height, max_size=height)
    )
    areas = draw(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 6)), max_size=3))
    merges = [
        f"{chr(65 + left)}{top + 1}:{chr(65 + min(left + 2, width - 1))}{min(top + 2, height)}"
        for top, left in areas
        if top < height and left < width
    ]
    return sheet(*rows, merges=merges)


@given(grids())
def test_every_filled_row_of_any_grid_has_a_place(given_: Sheet) -> None:
    from desktop.sheets.tables.headings import filled

    result = found(given_)
    held: list[int] = [text.row for text in result.outside]
    for table in result.tables:
        held += range(table.header.top, table.header.bottom + 1)
        held += [*table.data, *table.totals, *table.repeated, *table.numbering]
        held += [section.row for section in table.sections]
        held += [text.row for text in (*table.above, *table.below)]
    for card in result.cards:
        held += range(card.top, card.bottom + 1)
        held += [text.row for text in card.above]
    rows = {number for number, row in enumerate(given_.rows) if filled(row)}
    assert rows <= set(held)


@pytest.mark.parametrize("text", ["合计", "小计（3个）"])
def test_mutated_roles_would_be_seen(text: str) -> None:
    (table,) = found(sheet(HEAD, [1, "甲", 5, "x"], [None, text, 5, None])).tables
    assert (table.data, table.totals) == ((1,), (2,))
