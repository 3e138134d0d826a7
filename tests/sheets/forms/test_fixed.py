"""Fixed cells of forms: labels with room behind them, titles with a period."""

from __future__ import annotations

import pytest

from desktop.ledger.periods import parse_period
from desktop.sheets.forms.fixed import dated, filled_text, fixed_in

VALUES = {"unit": "源汇区", "filler": "张三", "phone": "0395-1234567", "date": "2023年3月5日"}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("填报单位：", "填报单位：源汇区"),
        ("填报单位（盖章）：____________", "填报单位（盖章）：源汇区"),
        ("报送单位:      联系电话：", "报送单位:源汇区    联系电话：0395-1234567"),
        ("填报日期：    年  月  日", "填报日期：2023年3月5日"),
        ("单位负责人：        填表人：", "单位负责人：        填表人：张三"),
        ("单位：万元", "单位：万元"),
        ("注：填报单位请据实填写", "注：填报单位请据实填写"),
    ],
)
def test_labels_get_their_value(text: str, after: str) -> None:
    for cell in fixed_in(text, 1, 1):
        text = filled_text(text, cell, VALUES)  # type: ignore[arg-type]
    assert text == after


@pytest.mark.parametrize(
    ("title", "period", "after"),
    [
        ("    年  月投资完成情况表", "2023-02", "2023年2月投资完成情况表"),
        ("（     年    月）", "2023-02", "（2023年2月）"),
        ("2022年11月投资情况", "2023-02", "2023年2月投资情况"),
        ("2022年1-11月投资情况", "2023-02", "2023年1—2月投资情况"),
        ("____年第__周调度表", "2023-W09", "2023年第9周调度表"),
        ("第  周调度表", "2023-W09", "第9周调度表"),
        ("2022年12月投资情况", "2023-W09", "2023年3月投资情况"),
        ("重点项目台账", "2023-02", "重点项目台账"),
    ],
)
def test_titles_get_their_period(title: str, period: str, after: str) -> None:
    assert dated(title, parse_period(period), 3) == after
    known = [one.what for one in fixed_in(title, 1, 1)]
    assert known == ([] if title == after else ["period"])


def test_a_sentence_is_no_title() -> None:
    assert fixed_in("本表按 2023年2月 统计制度" + "填报" * 60, 1, 1) == []
    assert fixed_in("填报日期：2023年2月3日", 1, 1)[0].what == "date"
