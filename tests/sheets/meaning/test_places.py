"""Which village a text names, and which do not lie together."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.meaning.places import apart, villages


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("大郭村", {"大郭"}),
        ("空冢郭镇大郭村", {"大郭"}),
        ("源汇区干河陈街道幸福社区", {"幸福"}),
        ("大郭村委会、小郭村", {"大郭", "小郭"}),
        ("大郭村和小郭村", {"大郭", "小郭"}),
        ("空冢郭镇", set()),
        ("各村", set()),
        ("全镇行政村", set()),
        ("新农村", set()),
        ("", set()),
        (12, set()),
        (None, set()),
    ],
)
def test_the_villages_that_a_text_names(text: Any, named: set[str]) -> None:
    assert villages(text) == named


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("大郭村", "小郭村", True),
        ("大郭村", "空冢郭镇大郭村", False),
        ("大郭村", "空冢郭大郭村", False),
        ("大郭村、小郭村", "小郭村", False),
        ("大郭村", "空冢郭镇", False),
        ("大郭村", None, False),
        (None, "大郭村", False),
    ],
)
def test_texts_that_name_no_village_in_common_lie_apart(one: Any, other: Any, far: bool) -> None:
    assert apart(one, other) is far
    assert apart(other, one) is far
