"""A small district in week 9 of 2023 (February 24 to March 2), its figures worked out by hand.

61 of 365 days have passed. 甲 is exactly on schedule, 乙 did not report, 丙 has no plan and belongs
to no level's plan, 丁 took money back and is finished, 戊 is stopped, 己 was finished last year, 庚
reports from week 10 on; 问十乡 has no projects.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.ledger.workspace import Book
from tests.ledger import books

WEEK = "2023-W09"
#: A 万元 in yuan.
W = 10_000


def district(path: Path, **more: Any) -> tuple[Book, dict[str, str]]:
    """The district's book, opened, and its records by name."""
    book = books.found(path, **more)
    made: dict[str, str] = {}
    with book.batch("create") as batch:
        for order, name in enumerate(("大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇"), 1):
            fields = {"name": name, "level": "township", "above": book.unit, "order": order}
            made[name] = batch.create("unit", fields)
        for name, unit, fields in _PROJECTS:
            made[name] = batch.create(
                "project",
                {"name": name, "unit": made[unit], "total_investment": 10_000 * W, **fields},
            )
        for name, period, week, year in _WEEKS:
            batch.create(
                "weekly",
                {
                    "project": made[name],
                    "period": period,
                    "completed_week": week * W,
                    "completed_year": year * W,
                    "physical_progress": f"{name}{period}施工",
                },
            )
        for register, name, fields in _ITEMS:
            called = str(fields.get("problem") or fields.get("name") or register)
            made[called] = batch.create(register, {"project": made[name], **fields})
    return book, made


_PROJECTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "甲",
        "大刘镇",
        {
            "level": "省",
            "categories": ["工业", "服务业"],
            "state": "在建",
            "annual_plan": 3650 * W,
            "planned_start": "2023-01-10",
            "actual_start": "2023-02-12",
        },
    ),
    (
        "乙",
        "大刘镇",
        {
            "level": "市",
            "categories": ["工业"],
            "state": "前期",
            "annual_plan": 1000 * W,
            "planned_start": "2023-02-15",
        },
    ),
    ("丙", "空冢郭镇", {"level": "区", "categories": ["交通"], "state": "在建"}),
    (
        "丁",
        "空冢郭镇",
        {
            "level": "区",
            "state": "竣工",
            "annual_plan": 2000 * W,
            "planned_finish": "2023-02-20",
            "actual_finish": "2023-02-18",
        },
    ),
    (
        "戊",
        "阴阳赵镇",
        {
            "level": "一般",
            "categories": ["工业"],
            "state": "停工",
            "annual_plan": 500 * W,
        },
    ),
    (
        "己",
        "阴阳赵镇",
        {"state": "竣工", "annual_plan": 900 * W, "actual_finish": "2022-12-20"},
    ),
    ("庚", "阴阳赵镇", {"level": "省", "state": "在建", "annual_plan": 700 * W}),
)
#: Name, week, completed this week, completed this year, in 万元.
_WEEKS = (
    ("甲", "2022-W52", 70, 9000),
    ("甲", "2023-W08", 100, 500),
    ("甲", WEEK, 110, 610),
    ("甲", "2023-W10", 90, 700),
    ("乙", "2023-W07", 0, 0),
    ("乙", "2023-W08", 0, 0),
    ("丙", WEEK, 20, 50),
    ("丁", WEEK, -10, 900),
    ("戊", WEEK, 0, 20),
    ("庚", "2023-W10", 5, 5),
)
_ITEMS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "problem",
        "甲",
        {
            "problem": "供电未接入",
            "aspect": "配套",
            "found_on": "2023-01-05",
            "state": "已销号",
            "closed_on": "2023-02-20",
        },
    ),
    (
        "problem",
        "甲",
        {
            "problem": "土地未征收",
            "aspect": "征迁",
            "measure": "逐户签订协议",
            "responsible_unit": "区自然资源局",
            "found_on": "2023-02-25",
            "due": "2023-02-28",
            "state": "整改中",
            "needs_level": 1,
        },
    ),
    (
        "problem",
        "丙",
        {
            "problem": "环评未批复",
            "aspect": "环评",
            "found_on": "2023-02-01",
            "due": "2023-03-05",
            "state": "已销号",
            "closed_on": "2023-03-05",
        },
    ),
    (
        "problem",
        "丙",
        {"problem": "以后才发现", "aspect": "资金", "found_on": "2023-03-06", "state": "待办"},
    ),
    (
        "milestone",
        "甲",
        {"name": "基础完成", "due": "2023-02-10", "actual_finish": "2023-02-09"},
    ),
    (
        "milestone",
        "丙",
        {"name": "路基完成", "due": "2023-02-20", "actual_finish": "2023-02-25"},
    ),
    ("milestone", "甲", {"name": "主体封顶", "due": "2023-03-09"}),
    (
        "stopped",
        "戊",
        {
            "since": "2023-02-01",
            "cause": "资金",
            "reason": "工程款未到位",
            "plan": "落实专项债券资金",
            "due": "2023-04-10",
            "state": "停工",
        },
    ),
)
