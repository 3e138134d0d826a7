"""Headings put together from classes of words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.meaning import vocabulary
from desktop.sheets.meaning.patterns import LONGEST, UnknownClass, compile_all, matching
from tests.sheets.making import investment

CLASSES = {
    "计": ["计划", "预计", "拟"],
    "开": ["开工", "动工"],
    "时": ["时间", "{单}日期"],
    "单": ["单"],
}


def found(heading: str, *templates: str) -> list[tuple[str, str]]:
    patterns = compile_all(CLASSES, {"project": {"planned_start": templates}})
    return [(one.register, one.field) for one in matching(patterns, heading)]


@pytest.mark.parametrize("heading", ["计划开工时间", "拟动工", "预计开工单日期"])
def test_a_heading_is_of_a_template_as_a_whole(heading: str) -> None:
    assert found(heading, "{计}{开}{时}?") == [("project", "planned_start")]
    assert found(f"上年{heading}", "{计}{开}{时}?") == []
    assert found(f"{heading}率", "{计}{开}{时}?") == []


def test_times_are_counted_and_are_no_class() -> None:
    assert found("拟拟开工", "{计}{1,2}{开}") == [("project", "planned_start")]
    assert found("拟拟拟开工", "{计}{1,2}{开}") == []


@pytest.mark.parametrize("template", ["{无}", "{甲}"])
def test_unknown_classes_and_classes_within_themselves_are_refused(template: str) -> None:
    with pytest.raises(UnknownClass):
        compile_all({"甲": ["{乙}"], "乙": ["{甲}"]}, {"project": {"name": [template]}})


def test_words_that_turn_a_heading_keep_it_from_every_open_template() -> None:
    patterns = compile_all(CLASSES, {"project": {"planned_start": [".{0,4}{开}{时}"]}}, ["上年"])
    headings = ("镇里开工时间", "上年开工时间", "镇里开工上年时间")
    assert [bool(list(matching(patterns, one))) for one in headings] == [True, False, False]


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(re.error):
        compile_all(CLASSES, {"project": {"name": ["({计}"]}})


#: What the file lists against its own templates: a listed heading counts first.
SAID_OTHERWISE = {"责任乡镇", "需解决问题", "下月目标", "解决完成日期", "整改完成日期"}
SIGNS = sorted({sign for one in vocabulary.load(investment()).headings for sign in one})


@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_no_heading_is_of_two_fields_of_one_register(heading: str) -> None:
    words = vocabulary.load(investment())
    of = [one.register for one in matching(words.patterns, heading)]
    assert len(of) == len(set(of))


@pytest.mark.parametrize(
    "repeated",
    ["项目", "建设", "工程", "责任", "单位", "部门", "目前", "计划", "完成", "问题", "重点"],
)
def test_no_heading_takes_for_ever(repeated: str) -> None:
    """Templates repeat classes: a heading made for it would try all ways to part it and not end."""
    words = vocabulary.load(investment())
    heading = (repeated * LONGEST)[: LONGEST - 1] + "！"
    assert list(matching((*words.patterns, *words.open, *words.outside), heading)) == []


def test_known_headings_are_of_no_other_fields_pattern() -> None:
    """Where the file lists a heading, no template says another field of the same register."""
    words = vocabulary.load(investment())
    wrong = []
    for heading, targets in words.headings.items():
        for one in matching(words.patterns, heading):
            listed = {t.fields for t in targets if t.what == "field" and t.register == one.register}
            if listed and (one.field,) not in listed:
                wrong.append((heading, one.register, one.field, listed))
    assert {heading for heading, *_ in wrong} == SAID_OTHERWISE
