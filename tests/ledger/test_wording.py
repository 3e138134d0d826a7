"""Templates with Chinese placeholders."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.wording import day_in_words, examine, say


def test_a_sentence_is_filled() -> None:
    template = examine("f.toml", "k", "完成{数}个{{不变}}", ("数",))
    assert say(template, {"数": 3, "别的": "x"}) == "完成3个{不变}"
    assert say("", {"数": 3}) == ""


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("完成{个数}", "没有占位“{个数}”，这里可用：{数}"),
        ("完成{}", "没有占位“{}”"),
        ("完成{数.real}", "没有占位“{数.real}”"),
        ("完成{数[0]}", "没有占位“{数[0]}”"),
        ("完成{数:>10}", "只能写名称"),
        ("完成{数!r}", "只能写名称"),
        ("完成{数", "花括号没有成对"),
        ("完成数}", "花括号没有成对"),
    ],
)
def test_a_mistake_is_refused_with_file_key_and_reason(template: str, reason: str) -> None:
    with pytest.raises(MalformedScheme) as refused:
        examine("f.toml", "lights.behind", template, ("数",))
    assert (refused.value.file, refused.value.key) == ("f.toml", "lights.behind")
    assert reason in refused.value.reason


def test_a_sentence_without_placeholders_says_so() -> None:
    with pytest.raises(MalformedScheme, match="（没有）"):
        examine("f.toml", "k", "{数}", ())


def test_a_day_names_its_year_only_where_it_is_another() -> None:
    assert day_in_words(date(2023, 3, 5), 2023) == "3月5日"
    assert day_in_words(date(2022, 12, 31), 2023) == "2022年12月31日"
