"""Projects of a book found as lists write them: with marks, with their state behind the name."""

from __future__ import annotations

import pytest

from desktop.sheets.meaning.known import Known, stem, unmarked


def known(*names: str) -> Known:
    return Known(
        [{"record": f"r{number}", "name": one} for number, one in enumerate(names)], "name"
    )


@pytest.mark.parametrize(
    "written", ["★甲项目", "甲项目（续建）", "※ 甲项目（新开工）", "甲项目(在建项目)"]
)
def test_marks_and_states_are_no_part_of_a_name(written: str) -> None:
    assert known("甲项目").match(written, None).how == "name"
    assert known(written).match("甲项目", None).how == "name"


def test_the_name_as_written_comes_first() -> None:
    both = known("甲项目", "甲项目（续建）")
    assert both.match("甲项目（续建）", None).record == "r1"
    assert both.match("甲项目", None).record == "r0"


@pytest.mark.parametrize(
    "name", ["甲项目（二期）", "甲项目（北侧）", "3号甲项目", "（续建）甲项目"]
)
def test_what_tells_projects_apart_stays(name: str) -> None:
    assert (stem(name), unmarked(name)) == (name.replace("（", "(").replace("）", ")"), name)
    assert known("甲项目").match(name, None).how != "name"
