"""A district with supervised items of every kind, judged on March 2, 2023 (the last of week 9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desktop.ledger.workspace import Book

TODAY = date(2023, 3, 2)


def day(after: int) -> str:
    """A day so many days after the week's last."""
    return (TODAY + timedelta(days=after)).isoformat()


#: Number, matter, and what else is known; the unit is 大刘镇 unless another is named.
KINDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("督办〔2022〕31号", "去年的事项", {"due": day(-90), "state": "已销号", "closed_on": day(-80)}),
    ("督办〔2023〕7号", "42亩土地征收", {"due": day(-1), "state": "办理中"}),
    ("督办〔2023〕9号", "双回路供电接入", {"due": day(5), "state": "待办", "unit": "空冢郭镇"}),
    (
        "督办〔2023〕10号",
        "污水管网改造",
        {"due": day(-9), "extended_to": day(3), "state": "办理中"},
    ),
    ("督办〔2023〕11号", "环评批复", {"due": day(-5), "state": "已办结", "feedback": "已批复"}),
    ("督办〔2023〕12号", "项目入库", {"due": day(30), "state": "待办"}),
    ("", "未编号的事项", {"due": day(8), "state": None}),
)


def supervise(book: Book, units: dict[str, str]) -> dict[str, str]:
    """Make the items; their records by matter. ``units`` are records by name."""
    made = {}
    with book.batch("create") as batch:
        for number, matter, known in KINDS:
            fields = dict(known)
            unit = units[fields.pop("unit", "大刘镇")]
            fields = {"unit": unit, "matter": matter, "number": number or None, **fields}
            made[matter] = batch.create("supervision", fields)
    return made
