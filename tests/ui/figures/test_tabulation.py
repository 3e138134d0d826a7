"""Tables of figures: texts that add up, order by any column, rows for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
import pytest

from desktop.ledger.workspace import Book
from desktop.ui.figures.reading import Scope, sheet_of
from desktop.ui.figures.tabulation import LONG, Table, TableRow, copied, ordered, tabulated
from tests.ledger.district import WEEK, district


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The district whose figures are known, with two plans that are no whole 万元."""
    folder = tmp_path_factory.mktemp("district")
    opened, made = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        with opened.batch("change") as batch:
            for name, plan in (("甲", 36_501_250), ("乙", 10_001_250), ("戊", 5_001_250)):
                batch.change("project", made[name], {"annual_plan": plan})
        yield opened


def table(book: Book, scope: Scope, aspect: str = "progress") -> Table:
    return tabulated(sheet_of(book, WEEK, scope), book.scheme, aspect)


def column(table: Table, name: str) -> list[str]:
    place = [heading.name for heading in table.headings].index(name)
    return [*(row.cells[place] for row in table.rows), table.total.cells[place]]


def test_headings_of_groups_and_of_projects(book: Book) -> None:
    assert [heading.title for heading in table(book, Scope("unit")).headings] == [
        "名次", "单位", "灯", "项目数", "年度计划", "本周完成", "年累计", "完成率", "与序时比",
        "红灯", "黄灯", "未报",
    ]  # fmt: skip
    assert [heading.title for heading in table(book, Scope("project")).headings] == [
        "项目", "灯", "单位", "年度计划", "本周完成", "年累计", "完成率", "与序时比", "亮灯原因",
    ]  # fmt: skip
    inside = table(book, Scope("project", "unit", None))
    assert "单位" not in [heading.title for heading in inside.headings]


@pytest.mark.parametrize("scope", [Scope("unit"), Scope("level"), Scope("project")])
def test_shown_money_adds_up_to_the_shown_total(book: Book, scope: Scope) -> None:
    *cells, total = column(table(book, scope), "annual_plan")
    assert any(cell.endswith((".12", ".13", ".25", ".38")) for cell in cells)
    shown = [Decimal(cell.replace(",", "") or 0) for cell in cells]
    assert sum(shown) == Decimal(total.replace(",", ""))


def test_where_projects_count_twice_the_total_is_their_own_and_is_explained(book: Book) -> None:
    shown = table(book, Scope("category"))
    *counts, total = column(shown, "projects")
    assert (sum(int(count) for count in counts), total) == (6, "5")
    assert "一个项目属于几个类别的" in shown.note
    assert table(book, Scope("unit")).note == ""


def test_what_is_not_there_is_said_as_in_the_papers(book: Book) -> None:
    shown = table(book, Scope("project"))
    by_name = {row.cells[0]: row for row in shown.rows}
    week = [heading.name for heading in shown.headings].index("completed_week")
    rate = [heading.name for heading in shown.headings].index("completion_rate")
    assert by_name["乙"].cells[week] == "未报"
    assert by_name["丁"].cells[week] == "−10"
    assert by_name["丙"].cells[rate] == "无计划"
    assert by_name["戊"].cells[-1].startswith("2月1日起停工")
    assert shown.total.cells[-1] == "红灯 1 个，黄灯 1 个"
    assert "低于序时进度" in by_name["乙"].tip


def test_counts_and_rates_of_the_other_aspects(book: Book) -> None:
    works = table(book, Scope("unit"), "works")
    assert column(works, "planned_starts") == ["0", "2", "0", "2"]
    assert column(works, "start_rate") == ["—", "50.0%", "—", "50.0%"]
    assert works.unit == ""
    items = table(book, Scope("unit"), "items")
    assert column(items, "problems_open") == ["1", "1", "0", "2"]
    assert "级别" in [heading.title for heading in table(book, Scope("project"), "items").headings]


def names(rows: tuple[TableRow, ...], place: int = 1) -> list[str]:
    return [row.cells[place] for row in rows]


def test_any_column_sorts_both_ways(book: Book) -> None:
    shown = table(book, Scope("unit"))
    assert names(ordered(shown, "", descending=False)) == ["空冢郭镇", "大刘镇", "阴阳赵镇"]
    assert names(ordered(shown, "annual_plan", descending=True)) == [
        "大刘镇",
        "空冢郭镇",
        "阴阳赵镇",
    ]
    assert names(ordered(shown, "yellow", descending=True))[0] == "大刘镇"
    by_rank = names(ordered(shown, "rank", descending=True))
    assert by_rank == ["阴阳赵镇", "大刘镇", "空冢郭镇"]


def test_lights_sort_from_the_worst_and_what_is_empty_comes_last_either_way(book: Book) -> None:
    shown = table(book, Scope("project"))
    assert names(ordered(shown, "light", descending=False), 0)[:2] == ["戊", "乙"]
    for descending in (True, False):
        assert names(ordered(shown, "completion_rate", descending=descending), 0)[-1] == "丙"


def test_equal_lines_keep_their_order(book: Book) -> None:
    shown = table(book, Scope("unit"))
    assert ordered(shown, "unreported", descending=False)[:2] == (shown.rows[0], shown.rows[2])


def test_rows_for_excel(book: Book) -> None:
    shown = table(book, Scope("project"))
    minus = [row for row in shown.rows if row.cells[0] == "丁"]
    text = copied(shown.headings, minus)
    head, line, rest = text.split("\n")
    assert head.split("\t")[:4] == ["项目", "灯", "单位", "年度计划"]
    assert line.split("\t") == [
        "丁", "绿灯", "空冢郭镇", "2000.00", "-10", "900", "45.0%", "+28.3", "",
    ]  # fmt: skip
    assert rest == ""


def test_no_text_becomes_a_formula_or_another_cell(book: Book) -> None:
    shown = table(book, Scope("unit"))
    row = shown.rows[0]
    cells = (row.cells[0], "=1+1\t镇\n区", *row.cells[2:])
    evil = TableRow(row.key, cells, row.sorting, row.light)
    line = copied(shown.headings, [evil]).split("\n")[1]
    assert line.split("\t")[1] == "'=1+1 镇 区"
    assert len(line.split("\t")) == len(shown.headings)


def test_a_long_table_is_not_rounded_and_adds_up_all_the_same(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("project"))
    line = sheet.lines[0]
    values = {**line.row.values, "annual_plan": 36_501_251}
    many = tuple(
        msgspec.structs.replace(line, row=msgspec.structs.replace(line.row, values=values))
        for _ in range(LONG + 1)
    )
    total = msgspec.structs.replace(
        sheet.total,
        row=msgspec.structs.replace(
            sheet.total.row,
            values={
                **sheet.total.row.values,
                "projects": LONG + 1,
                "annual_plan": (LONG + 1) * 36_501_251,
            },
        ),
    )
    long = msgspec.structs.replace(sheet, lines=many, total=total)
    shown = tabulated(long, book.scheme)
    assert set(column(shown, "annual_plan")) == {"3,650.1251", "1,828,712.6751"}
    short = tabulated(msgspec.structs.replace(long, lines=many[:3]), book.scheme)
    assert all(len(cell.split(".")[1]) == 2 for cell in column(short, "annual_plan"))


def test_large_counts_have_separators(book: Book) -> None:
    sheet = sheet_of(book, WEEK, Scope("unit"))
    line = sheet.lines[0]
    values = {**line.row.values, "projects": 12_345}
    many = msgspec.structs.replace(line, row=msgspec.structs.replace(line.row, values=values))
    shown = tabulated(msgspec.structs.replace(sheet, lines=(many,)), book.scheme)
    assert shown.rows[0].cells[3] == "12,345"
    assert copied(shown.headings, shown.rows).split("\n")[1].split("\t")[3] == "12345"
