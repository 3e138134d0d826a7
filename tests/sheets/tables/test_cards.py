"""Cards: label and value pairs, several side by side, a table below them, what is left over."""

from __future__ import annotations

from typing import Any

from desktop.sheets.meaning import vocabulary
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.tables.cards import Card
from desktop.sheets.tables.finding import find
from tests.sheets.making import book_of, investment, sheet

KNOWN = vocabulary.load(investment()).known
CARD: tuple[list[Any], ...] = (
    ["项目名称", "甲项目", "项目代码", "2108-411102-04-01-583920"],
    ["建设单位", "甲公司", "建设地点", "某村"],
    ["总投资", "12.5亿元", "其中：自筹", "8亿元"],
    ["建设内容", "厂房两栋", "", ""],
)
TURNED: tuple[list[Any], ...] = (
    ["项目名称", "甲项目", "乙项目", "丙项目"],
    ["建设单位", "甲公司", "乙公司", "丙公司"],
    ["总投资（万元）", 100, 200, ""],
    ["建设地点", "某村", "", "另村"],
    ["计划竣工时间", "2024年12月", "2025.6", "2024年底"],
)


def cards(*rows: list[Any], **more: Any) -> tuple[Card, ...]:
    return find(sheet(*rows, **more), KNOWN).cards


def proposed(*rows: list[Any], **more: Any) -> Proposal:
    return propose(book_of(sheet(*rows, **more)), investment(), year=2023)


def test_a_table_turned_on_its_side_is_a_card_for_each_column() -> None:
    assert [one.pairs[0].value_column for one in cards(*TURNED)] == [1, 2, 3]
    read = [dict(one.values) for one in proposed(*TURNED).projects]
    assert [(one["name"], one["total_investment"], one["place"]) for one in read] == [
        ("甲项目", 1_000_000, "某村"),
        ("乙项目", 2_000_000, None),
        ("丙项目", None, "另村"),
    ]
    assert read[1]["planned_finish"] == "2025-06-30"


def test_labels_and_values_that_alternate_are_one_card() -> None:
    (card,) = cards(*CARD)
    assert {pair.label for pair in card.pairs} > {"项目名称", "项目代码", "总投资"}


def test_remarks_beside_the_values_are_no_card_and_are_said() -> None:
    rows = [[*row[:2], ""] for row in TURNED]
    rows[2][2], rows[3][2] = "按概算", "以批复为准"
    assert len(cards(*rows)) == 1
    (skipped, other) = [one for one in proposed(*rows).skipped if one.row]
    assert ("按概算" in skipped.reason, "以批复为准" in other.reason) == (True, True)


def test_a_table_below_a_card_is_of_its_project() -> None:
    problems: tuple[list[Any], ...] = (
        ["序号", "存在问题", "解决措施", "责任单位", "完成时限"],
        [1, "征地未完成", "成立专班", "某镇", "2023年4月底"],
        [2, "用电不足", "增容", "供电公司", "2023年5月15日"],
    )
    (card,) = cards(*CARD, *problems)
    assert card.bottom == 3
    found = proposed(*CARD, *problems)
    assert [(one.values["project"], one.values["problem"]) for one in found.items] == [
        ("甲项目", "征地未完成"),
        ("甲项目", "用电不足"),
    ]
    assert found.items[0].cell("project") == "B1"
    assert [one.text for one in found.notes] == ["没有写是哪个项目的，按上面卡片的项目读入"]


def test_a_list_above_the_card_is_not_its_own() -> None:
    rows: tuple[list[Any], ...] = (
        ["存在问题清单", "", "", ""],
        ["序号", "存在问题", "解决措施", "责任单位"],
        [1, "征地未完成", "成立专班", "某镇"],
        ["", "", "", ""],
        *CARD,
    )
    found = proposed(*rows, merges=("A1:D1",))
    assert [one.values["project"] for one in found.items] == [None]
