"""What is shown of a comparison: changes, remarks, words for a cell, offers for a column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.ui.reading_in import cell_words, changes, offers
from desktop.ui.reading_in.reading import Found
from tests.ui.conftest import TestDesk, ask
from tests.ui.reading_in.test_questions import found
from tests.ui.reading_in.workbooks import KNOWN, NEW, weekly, written


def words(desk: TestDesk, comparison: Found, row: int, column: int, sheet: int = 0) -> str:
    workbook = comparison.workbook.sheets[sheet]
    scheme = desk.facts.scheme
    return cell_words.told(scheme, workbook, comparison.effects, row, column).said


def test_records_are_counted_by_register_and_kind(desk: TestDesk, tmp_path: Path) -> None:
    comparison = found(desk, weekly(tmp_path))
    counts = {one.register: (one.new, one.changed, one.same) for one in comparison.summary.counts}
    assert counts["weekly"] == (1, 0, 0)
    assert counts["project"][0] == 1
    chips = {key: count for key, _, count in comparison.summary.chips}
    assert chips[""] == sum(map(sum, counts.values()))
    assert chips["new"] == 2
    assert chips["open"] == 1
    assert comparison.summary.held == 1


def test_the_fields_of_a_record_stand_below_it_old_beside_new(
    desk: TestDesk, tmp_path: Path
) -> None:
    comparison = found(desk, weekly(tmp_path), {"周报!C4:total_investment": "90000"})
    lines = changes.lines(comparison.plan, "changed")
    assert [line.step.label for line in lines if line.field is None] == [KNOWN]
    line = next(one for one in lines if one.field and one.field.name == "total_investment")
    assert line.field is not None
    told = changes.values(desk.facts.scheme, line.step, line.field)
    assert told == ("总投资", "82,000 万元", "90,000 万元")


def test_a_chip_narrows_to_what_waits(desk: TestDesk, tmp_path: Path) -> None:
    comparison = found(desk, weekly(tmp_path))
    lines = changes.lines(comparison.plan, "open")
    assert {line.field.name for line in lines if line.field} == {"planned_finish"}


def test_records_can_be_folded(desk: TestDesk, tmp_path: Path) -> None:
    plan = found(desk, weekly(tmp_path)).plan
    assert all(line.field is None for line in changes.lines(plan, "", frozenset()))
    first = changes.lines(plan, "", frozenset({0}))
    assert {id(line.step) for line in first if line.field} == {id(plan.steps[0])}


def test_nothing_that_is_not_read_goes_without_a_line(desk: TestDesk, tmp_path: Path) -> None:
    listed = found(desk, weekly(tmp_path)).summary.remarks
    column = next(one for one in listed if one.kind == "未读的列")
    assert (column.where, column.row, column.column) == ("周报 G 列", 2, 6)
    assert "暗号栏" in column.text
    rows = [(one.sheet, one.row) for one in listed if one.kind == "未读的行"]
    assert ("周报", 5) in rows  # the total
    assert ("人员", 0) in rows  # the table about people


def test_a_cell_says_what_becomes_of_it(desk: TestDesk, tmp_path: Path) -> None:
    given = {"周报!C4:total_investment": "90000"}
    comparison = found(desk, weekly(tmp_path), given)
    assert "账本原为 82,000 万元，按工作簿改" in words(desk, comparison, 3, 2)
    assert words(desk, comparison, 4, 2) == f"{NEW}・总投资：800 万元（新填）"
    assert "等待答复" in words(desk, comparison, 4, 3)
    assert "合计行" in words(desk, comparison, 5, 2)
    assert words(desk, comparison, 3, 0) == "序号，不入账"
    assert words(desk, comparison, 3, 6).startswith("这一栏没有读入")
    assert words(desk, comparison, 2, 2).startswith("读作“总投资”")
    assert "2 行没有作为项目读入" in words(desk, comparison, 0, 0, sheet=1)


def test_what_becomes_of_a_row_is_known_by_column(desk: TestDesk, tmp_path: Path) -> None:
    given = {"周报!C4:total_investment": "90000"}
    effects = found(desk, weekly(tmp_path), given).effects
    row = effects.row("周报", 3)
    assert (row[2], row[3]) == ("different", "new")
    assert effects.row("周报", 4)[4] == "open"
    assert 6 not in row
    assert effects.row("周报", 5) == {}
    assert ("周报", 4, 4) in effects.asked


def test_a_column_may_be_any_field_of_project_and_week_but_no_formula(
    desk: TestDesk, tmp_path: Path
) -> None:
    comparison = found(desk, weekly(tmp_path))
    (table,) = comparison.effects.tables["周报"]
    scheme = desk.facts.scheme
    listed = offers.offers(scheme, table, table.columns[6])
    names = {one.name for one in listed}
    assert {"name", "total_investment", "completed_week", "remark", "phone"} <= names
    formulas = {
        field.name
        for register in ("project", "weekly")
        for field in scheme.register(register).field
        if field.formula is not None
    }
    assert formulas
    assert not formulas & names
    assert {one.name for one in listed if one.taken} >= {"name", "total_investment"}
    assert len(names) == len(listed)
    assert offers.said(scheme, table.columns[0]) == "序号"
    assert offers.said(scheme, table.columns[6]) == "不读入"


def test_of_several_fields_of_a_cell_the_weightiest_is_shown(
    desk: TestDesk, tmp_path: Path
) -> None:
    heading = ["项目名称", "总投资（万元）", "责任人及电话"]
    known = ask(desk, lambda book: book.rows("project"))
    person = next(row["responsible_person"] for row in known if row["name"] == KNOWN)
    rows: list[list[Any]] = [["重点项目"], heading, [KNOWN, 82000, f"{person} 13900009999"]]
    comparison = found(desk, written(tmp_path, ("表", rows)))
    effects = comparison.effects
    whats = [one.field.what for one in effects.at("表", 2, 2)]
    assert whats == ["same", "different"]
    assert effects.row("表", 2)[2] == "different"
