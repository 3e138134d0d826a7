"""The small district with its months of 2023, figures worked out by hand, in 万元.

In February 甲 did 230 of 300 (watched), 丁 55 of 100 (yellow card) and took money back since
January, 丙 has no plan and no last year's figure, 乙 had nothing last year, 戊 did not fill.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.district import W, district

MONTH = "2023-02"
_NAMES = (
    "planned_month", "completed_month", "completed_year", "last_year_month", "last_year_to_date",
    "planned_next",
)  # fmt: skip
#: Project, month, then the figures of :data:`_NAMES`.
_MONTHS: tuple[tuple[str, str, tuple[int | None, ...]], ...] = (
    ("甲", "2022-12", (300, 700, 9000, None, None, 300)),
    ("甲", "2023-01", (300, 250, 250, 200, 200, 300)),
    ("丙", "2023-01", (None, 10, 10, None, None, None)),
    ("戊", "2023-01", (30, 20, 20, 25, 25, 40)),
    ("甲", MONTH, (300, 230, 480, 200, 400, 310)),
    ("乙", MONTH, (None, 0, 0, 0, 0, None)),
    ("丙", MONTH, (None, 40, 50, None, None, None)),
    ("丁", MONTH, (100, 55, 900, 50, 1000, None)),
)
_WORDS = {
    "甲": {
        "physical_progress": "主体施工至三层。",
        "problems": "电力迁改未完",
        "next_plan": "封顶",
    },
    "丙": {"problems": "征迁剩余三户"},
}
#: Unit, month, completed, last year, task.
_UNITS: tuple[tuple[str, str, tuple[int | None, int | None, int | None]], ...] = (
    ("大刘镇", "2023-01", (260, 200, 5000)),
    ("空冢郭镇", "2023-01", (400, 500, 4000)),
    ("阴阳赵镇", "2023-01", (50, 48, 400)),
    ("大刘镇", MONTH, (500, 400, 5000)),
    ("空冢郭镇", MONTH, (900, 1000, 4000)),
    ("阴阳赵镇", MONTH, (100, 95, 400)),
    ("问十乡", MONTH, (30, None, None)),
)
_TARGETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("大刘镇", "2023", {"indicator": "重点项目完成投资", "basis": "金额", "assured_money": 4650 * W,
                     "striven_money": 5000 * W}),
    ("源汇区", "2023-Q1", {"indicator": "重点项目完成投资", "category": "工业", "basis": "金额",
                       "assured_money": 1000 * W, "responsible_unit": "区工信局"}),
    ("源汇区", "2023", {"indicator": "固定资产投资增速", "basis": "增速", "assured": 8,
                    "striven": 10}),
    ("空冢郭镇", "2023", {"indicator": "固定资产投资增速位次", "basis": "位次", "assured": 2}),
    ("大刘镇", "2023", {"indicator": "固定资产投资任务完成率", "basis": "比率", "assured": 100}),
    ("源汇区", "2023", {"indicator": "开工率", "basis": "比率", "assured": 90}),
    ("源汇区", "2023", {"indicator": "招商引资签约", "basis": "数量", "assured": 12}),
    ("大刘镇", MONTH, {"indicator": "固定资产投资", "basis": "金额", "assured_money": 200 * W}),
    ("大刘镇", "2022", {"indicator": "重点项目完成投资", "basis": "金额", "assured_money": W}),
)  # fmt: skip


def months_book(path: Path, **more: Any) -> tuple[Book, dict[str, str]]:
    """The district's book with its months, opened, and its records by name."""
    book, made = district(path, **more)
    made["源汇区"] = book.unit
    with book.batch("create") as batch:
        for name, period, figures in _MONTHS:
            fields = {
                key: value * W
                for key, value in zip(_NAMES, figures, strict=True)
                if value is not None
            }
            words = _WORDS.get(name, {}) if period == MONTH else {}
            batch.create("monthly", {"project": made[name], "period": period, **fields, **words})
        for name, period, (done, before, task) in _UNITS:
            found = {"completed_year": done, "last_year_to_date": before, "annual_task": task}
            fields = {key: value * W for key, value in found.items() if value is not None}
            month = 240 if (name, period) == ("大刘镇", MONTH) else None
            if month is not None:
                fields["completed_month"] = month * W
            batch.create("monthly_unit", {"unit": made[name], "period": period, **fields})
        for name, period, fields in _TARGETS:
            batch.create("target", {"unit": made[name], "period": period, **fields})
    return book, made


def township_book(path: Path, **more: Any) -> Book:
    """A township's book in January: one project watched, one without plan, one not filled."""
    book = books.found(path, "大刘镇", level="township", under="源汇区", **more)
    with book.batch("create") as batch:
        for name, plan, figures in (
            ("粮库改造", 1200, (100, 70, 70, None, None, 100)),
            ("卫生院扩建", None, (None, 15, 15, 0, 0, None)),
            ("道路提升", 600, None),
        ):
            fields: dict[str, Any] = {
                "name": name,
                "unit": book.unit,
                "state": "在建",
                "level": "区",
            }
            if plan is not None:
                fields["annual_plan"] = plan * W
            project = batch.create("project", fields)
            if figures is not None:
                given = {
                    key: value * W
                    for key, value in zip(_NAMES, figures, strict=True)
                    if value is not None
                }
                batch.create("monthly", {"project": project, "period": "2023-01", **given})
    return book
