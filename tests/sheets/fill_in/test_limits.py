"""Rules of open cells: what is typed wrongly is stopped or warned about, in Chinese."""

from __future__ import annotations

import pytest

from desktop.sheets.fill_in.limits import Limit, choice, limit_of, validation
from desktop.sheets.writing.lists import Lists
from tests.sheets.making import investment


def limit(register: str, name: str) -> Limit:
    scheme = investment()
    field = scheme.register(register).get(name)
    found = limit_of(field, scheme.code_list(field), "万元", Lists())
    assert found is not None
    return found


def test_a_forbidden_number_is_stopped_and_an_unusual_one_warned_about() -> None:
    plan, week = limit("project", "annual_plan"), limit("weekly", "completed_week")
    assert (plan.type, plan.operator, plan.first, plan.stops) == ("decimal", "between", "0", True)
    assert (week.first, week.stops) == ("0", False)
    assert "万元" in plan.error
    assert "点“是”" in week.error
    assert validation(week, "本周").errorStyle == "warning"
    assert validation(plan, "本年").errorStyle == "stop"


@pytest.mark.parametrize(
    ("register", "name", "kind"),
    [
        ("milestone", "order", "whole"),
        ("project", "planned_start", "date"),
        ("project", "name", "textLength"),
        ("weekly", "physical_progress", "textLength"),
        ("project", "state", "list"),
        ("problem", "needs_level", "list"),
        ("project", "categories", "textLength"),
        ("target", "assured", "decimal"),
    ],
)
def test_every_type_has_its_rule_and_its_sentence(register: str, name: str, kind: str) -> None:
    found = limit(register, name)
    assert found.type == kind
    assert any("\u4e00" <= sign <= "\u9fff" for sign in found.error)


def test_every_field_of_the_scheme_fits_into_excel() -> None:
    scheme, lists = investment(), Lists()
    for register in scheme.registers.values():
        for field in register.shown:
            found = limit_of(field, scheme.code_list(field), "万元", lists)
            if found is None:
                continue
            made = validation(found, field.title)
            assert len(made.error) <= 255
            assert len(made.errorTitle) <= 32
            assert made.prompt is None or len(made.prompt) <= 255
            assert len(str(made.formula1)) <= 257


def test_lists_that_are_long_or_hold_commas_stand_on_their_sheet() -> None:
    lists = Lists()
    assert choice(("甲", "乙"), lists, "").first == '"甲,乙"'
    assert choice(("甲,一", "乙"), lists, "").first == "'选项'!$A$1:$A$2"
    many = tuple(f"第{number}个很长的名称" for number in range(40))
    assert choice(many, lists, "").first == "'选项'!$B$1:$B$40"
    assert choice(many, lists, "").first == "'选项'!$B$1:$B$40"
    rows = lists.rows()
    assert len(rows) == 40
    assert rows[1] == ["乙", many[1]]
    assert rows[2] == [None, many[2]]
