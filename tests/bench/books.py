"""Books to measure on: a district with so many projects and weeks, filled as a clerk would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.ledger import workspace
from desktop.ledger.workspace import Book

YEAR = 2023
UNITS = 20


def founded(path: Path, projects: int) -> tuple[Book, list[str]]:
    """A new district's book with twenty units and ``projects`` projects."""
    book = workspace.create(path, "测算区", "district")
    with book.batch("import") as batch:
        units = [
            batch.create("unit", {"name": f"第{n}镇", "level": "township", "above": book.unit})
            for n in range(1, UNITS + 1)
        ]
        records = [
            batch.create("project", _project(number, units[number % UNITS]))
            for number in range(projects)
        ]
    return book, records


def township(path: Path, projects: int) -> tuple[Book, list[str]]:
    """A new township's book with ``projects`` projects of its own."""
    book = workspace.create(path, "测算镇", "township")
    with book.batch("import") as batch:
        records = [
            batch.create("project", _project(number, book.unit)) for number in range(projects)
        ]
    return book, records


def fill(book: Book, projects: list[str], weeks: int) -> None:
    """One batch with a row for every project and week."""
    with book.batch("import") as batch:
        for week in range(1, weeks + 1):
            period = f"{YEAR}-W{week:02}"
            for number, project in enumerate(projects):
                batch.create("weekly", weekly(project, period, number, week))


def weekly(project: str, period: str, number: int, week: int) -> dict[str, Any]:
    """A plausible row; cumulative figures agree."""
    spent = 1_000_000 + number % 97 * 10_000
    return {
        "project": project,
        "period": period,
        "completed_week": spent,
        "completed_year": spent * week,
        "completed_total": 50_000_000 + spent * week,
        "physical_progress": f"主体施工，完成总工程量的{week * 1.7:.1f}%",
        "problems": "剩余42亩土地未完成征收" if number % 5 == 0 else None,
        "needs": "请协调土地组卷报批" if number % 5 == 0 else None,
        "next_plan": "继续推进主体施工",
    }


def _project(number: int, unit: str) -> dict[str, Any]:
    return {
        "name": f"第{number}号项目",
        "unit": unit,
        "level": ("省", "市", "区", "一般")[number % 4],
        "categories": [("工业", "服务业", "交通", "能源")[number % 4]],
        "nature": "新建",
        "state": "在建",
        "total_investment": 500_000_000,
        "annual_plan": 110_000_000 + number % 50 * 1_000_000,
        "planned_start": "2022-03-01",
        # One project in twenty is overdue at the end of the year: so many findings a week has.
        "planned_finish": "2023-12-20" if number % 20 == 0 else "2024-06-30",
        "actual_start": "2022-03-10",
        "responsible_unit": f"第{number % UNITS + 1}镇",
    }


def multiply(book: Book, times: int) -> None:
    """``times`` as many projects with all their weeks, put straight into the tables.

    For reading at a size that nobody types; the journal is left as it is.
    """
    for table, links in (("project", ()), ("weekly", ("project",))):
        columns = [row[1] for row in book.connection.execute(f'PRAGMA table_info("{table}")')]
        picked = ", ".join(
            f"\"{name}\" || '-' || n.i" if name in ("record", *links) else f'"{name}"'
            for name in columns
        )
        book.connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            f' INSERT INTO "{table}" SELECT {picked} FROM "{table}", n',
            (times - 1,),
        )
