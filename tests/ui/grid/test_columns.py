"""Which columns a sheet has, and why some of them are closed."""

from __future__ import annotations

import pytest

from desktop.ui.grid import columns
from desktop.ui.grid.columns import Placed
from tests.ledger.books import shipped

SCHEME = shipped()


def weekly(level: str = "township", *, many: bool = False) -> tuple[Placed, ...]:
    return columns.weekly_columns(SCHEME, SCHEME.register("weekly"), level, many_units=many)


def shown(placed: tuple[Placed, ...]) -> list[tuple[str, str]]:
    return [(one.column.group, one.column.title) for one in placed if not one.aside]


def test_the_weekly_ledger_has_last_week_beside_this_week() -> None:
    assert shown(weekly()) == [
        ("", "项目名称"),
        ("", "年度计划"),
        ("上周", "累计"),
        ("上周", "完成"),
        ("本周", "完成"),
        ("本周", "累计"),
        ("本周", "开累"),
        ("本周", "占年度计划"),
        ("", "形象进度"),
        ("", "现场照片"),
        ("", "存在问题"),
        ("", "需协调解决事项"),
        ("", "下周工作计划"),
        ("", "备注"),
    ]


def test_a_book_of_several_units_names_the_unit_first() -> None:
    placed = weekly("district", many=True)
    assert [one.name for one in placed if one.column.frozen] == ["subject.unit", "subject.name"]
    assert [one.name for one in weekly() if one.column.frozen] == ["subject.name"]


def test_what_one_may_filter_by_is_there_but_hidden() -> None:
    hidden = columns.hidden_at_first(weekly())
    assert {"subject.level", "subject.categories", "subject.state"} <= set(hidden)
    assert "subject.name" not in hidden
    # Nothing hidden lies where a table of Excel is pasted over.
    assert [one.name for one in weekly()][-len(hidden) :] == hidden


def test_only_what_a_clerk_types_is_open() -> None:
    fills = [one.name for one in weekly() if one.column.editable]
    assert fills == [
        "completed_week",
        "completed_year",
        "completed_total",
        "physical_progress",
        "problems",
        "needs",
        "next_plan",
        "remark",
    ]


def test_closed_columns_say_why() -> None:
    why = {one.name: one.closed for one in weekly()}
    assert why["completion_rate"] == "“占年度计划”由程序计算，不用填写。"
    assert "照片" in why["photos"]
    assert why["last.completed_year"] == "上周的数，这里只供对照。"
    assert why["subject.annual_plan"] == "在“项目档案”中填写。"
    assert why["completed_week"] == ""


def test_fields_of_another_level_say_whose_they_are() -> None:
    target = SCHEME.register("target")
    placed = columns.record_columns(SCHEME, target, "township", many_units=False)
    field = next(one for one in placed if one.name == "assured")
    assert field.closed == "“确保目标”由区县填写，本级不能改。"
    assert not field.column.editable
    placed = columns.record_columns(SCHEME, target, "district", many_units=True)
    closed = {one.name: one.closed for one in placed}
    assert closed["assured"] == ""
    assert closed["indicator"] == "“指标”在新增时已定。"
    assert closed["period"] == "是哪一期在新增时已定。"


def test_a_list_shows_whose_it_is() -> None:
    problem = SCHEME.register("problem")
    placed = columns.record_columns(SCHEME, problem, "district", many_units=True)
    assert shown(placed)[:3] == [("", "填报单位"), ("", "项目名称"), ("", "存在问题")]
    aspect = next(one.column for one in placed if one.name == "aspect")
    assert aspect.choices[:2] == ("用地", "规划")


def test_a_file_keeps_its_name_in_place() -> None:
    project = SCHEME.register("project")
    placed = columns.record_columns(SCHEME, project, "township", many_units=False)
    assert [one.name for one in placed if one.column.frozen] == ["name"]
    assert placed[0].column.editable
    group = next(one.column.group for one in placed if one.name == "funds_bond")
    assert group == "资金来源"


@pytest.mark.parametrize(
    ("title", "group", "short"),
    [
        ("本周完成投资", "本周", "完成"),
        ("本年累计完成投资", "本周", "累计"),
        ("本周完成投资", "上周", "完成"),
        ("开累完成投资", "本周", "开累"),
        ("年度计划投资", "", "年度计划"),
        ("总投资", "", "总投资"),
        ("完成投资", "", "完成"),
        ("下周工作计划", "", "下周工作计划"),
    ],
)
def test_headings_are_short(title: str, group: str, short: str) -> None:
    assert columns.short_title(title, group) == short


def test_headings_have_room_for_their_titles() -> None:
    for one in weekly():
        title = one.column.title
        assert one.column.width >= 14 * min(len(title), 8), title
