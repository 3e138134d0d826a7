"""Choices ticked in the cell itself."""

from __future__ import annotations

import pytest

from desktop.sheets.meaning.ticks import ticked
from tests.sheets.meaning.test_readings import read


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("☑新建 □改建 □扩建", ["新建"]),
        ("□新建■改建□扩建", ["改建"]),
        ("新建√ 扩建 改建", ["新建"]),
        ("√新建  扩建", ["新建"]),
        ("新建（√）、扩建（ ）、改建( )", ["新建"]),
        ("[√]新建 []扩建", ["新建"]),
        ("□√新建 □扩建", ["新建"]),
        ("新建☑ 扩建□", ["新建"]),
        ("☑新建 ☑改建 □扩建", ["新建", "改建"]),
        ("■ 是\n□ 否", ["是"]),
        ("□新建 □扩建", []),
        ("√", None),
        ("是", None),
        ("无×", None),
        ("新建（2023年）", None),
    ],
)
def test_what_is_ticked(text: str, options: list[str] | None) -> None:
    assert ticked(text) == options


def test_a_choice_is_the_one_that_is_ticked() -> None:
    assert read("nature", "□新建 ☑改建 □扩建").value == "改建"
    assert read("nature", "□新建 □改建").value is None
    assert read("nature", "□新建 □改建").question == ""


def test_of_several_ticked_one_is_asked_for() -> None:
    reading = read("nature", "☑新建 ☑改建 □扩建")
    assert (reading.value, "应选哪一项" in reading.question) == (None, True)
    assert read("categories", "☑工业 ☑农业 □其他").value == ["工业", "农林水利"]


def test_a_flag_is_ticked_too() -> None:
    assert read("needs_level", "■是 □否", register="problem").value is True
    assert read("needs_level", "□是 ☑否", register="problem").value is False
    assert read("needs_level", "□是 □否", register="problem").value is None
