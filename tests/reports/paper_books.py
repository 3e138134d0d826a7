"""Fixed books whose papers are compared with reference files: a district, a township, ugly data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from desktop.ledger.workspace import Book
from desktop.reports.circular import circular_paper
from desktop.reports.content import LedgerPaper, Paper
from desktop.reports.ledger_content import ledger_paper
from desktop.reports.monthly import monthly_paper
from desktop.reports.weekly import weekly_paper
from tests.ledger import books
from tests.ledger.months_book import MONTH, months_book, township_book

Made: TypeAlias = tuple[Paper | LedgerPaper, Book]

WEEK = "2023-W09"
#: A 万元 in yuan.
W = 10_000
UNITS = ("沙澧高新区", "大刘镇", "空冢郭镇", "问十乡", "阴阳赵镇", "干河陈街道")
KINDS = ("冷链物流园", "标准化厂房", "污水管网改造")
LONG_NAME = "源汇区㙍头镇昇堃农产品冷链物流及中央厨房一体化示范园区（二期）基础设施配套工程" * 5
LONG_TEXT = (
    "土地指标未落实，涉及15.3亩一般农田需要调整；电力线路迁改缓慢，产权单位尚未出具方案。" * 70
)


def district(folder: Path) -> Book:
    """Six units with three projects each over nine weeks, every kind of trouble once at least."""
    book = books.found(folder / "district.yzb", profile=folder / "profile")
    with book.batch("create") as batch:
        projects: list[str] = []
        for place, name in enumerate((*UNITS, "无项目乡"), 1):
            fields = {"name": name, "level": "township", "above": book.unit, "order": place}
            unit = batch.create("unit", fields)
            if name not in UNITS:
                continue
            for number, kind in enumerate(KINDS):
                plan = None if (place, number) == (6, 2) else (800 + 350 * place - 90 * number) * W
                given = {
                    "name": f"{name}{kind}",
                    "unit": unit,
                    "level": ("省", "市", "区")[number],
                    "categories": [("工业", "服务业", "交通")[(place + number) % 3]],
                    "state": "前期" if (place, number) == (4, 1) else "在建",
                    "total_investment": 9_000 * W,
                    "annual_plan": plan,
                }
                projects.append(batch.create("project", given))
        for week in range(1, 10):
            for at, project in enumerate(projects):
                if at == 10 or (at, week) == (4, 9):  # Never reported; not this week.
                    continue
                done = (7 + at % 5 * 4) * W + at * 1234
                batch.create(
                    "weekly",
                    {
                        "project": project,
                        "period": f"2023-W0{week}",
                        "completed_week": done,
                        "completed_year": done * week,
                        "physical_progress": f"主体施工，完成{week * (at % 6 + 1)}%",
                        "needs": "请区供电公司接入临时用电" if at == 7 else None,
                        "next_plan": "推进主体施工",
                    },
                )
        for at, (problem, aspect, due) in enumerate(
            (
                ("红线内32户附着物未清理", "征迁", "2023-03-01"),
                ("项目资金到位31%，影响材料采购", "资金", "2023-03-08"),
                (LONG_TEXT, "审批", "2023-03-20"),
            )
        ):
            batch.create(
                "problem",
                {
                    "project": projects[at * 5],
                    "problem": problem,
                    "aspect": aspect,
                    "measure": "明确专人，限期解决",
                    "responsible_unit": "区自然资源局",
                    "found_on": f"2023-02-{10 + at * 8}",
                    "due": due,
                    "state": "整改中",
                    "needs_level": int(at == 0),
                },
            )
        batch.create("milestone", {"project": projects[2], "name": "主体封顶", "due": "2023-03-07"})
        meeting = {"name": "第8次调度会", "number": 8, "held_on": "2023-02-24"}
        decision = {"meeting": batch.create("meeting", meeting), "matter": "落实临时用电"}
        batch.create("decision", {**decision, "due": "2023-02-28", "state": "办理中"})
    return book


def township(folder: Path) -> Book:
    """A unit's own book: no plan, nothing reported, a long name, a long problem, a stop."""
    book = books.found(
        folder / "township.yzb",
        "空冢郭镇",
        profile=folder / "profile",
        level="township",
        under="源汇区",
    )
    first = books.project(book, "北环路改造", annual_plan=2400 * W, level="市", categories=["交通"])
    for week in range(4, 10):
        books.week(
            book,
            first,
            f"2023-W0{week}",
            completed_week=(30 + week) * W,
            completed_year=(30 * (week - 3) + week) * W,
        )
    books.project(book, LONG_NAME[:200], annual_plan=900 * W, level="省", categories=["工业"])
    unplanned = books.project(book, "幸福里安置房", categories=["工业"])
    words = {"problems": LONG_TEXT[:3000], "needs": "请区财政局拨付工程款"}
    books.week(book, unplanned, completed_week=0, completed_year=55 * W, **words)
    with book.batch("create") as batch:
        stop = {"since": "2023-02-01", "reason": "工程款未到位", "plan": "落实专项债券资金"}
        batch.create("stopped", {"project": unplanned, "state": "停工", **stop})
    return book


def _weekly(make: Callable[[Path], Book], folder: Path) -> Made:
    book = make(folder)
    return weekly_paper(book, WEEK), book


def _changed(folder: Path) -> Made:
    book = district(folder)
    code = ledger_paper(book, "weekly", WEEK).footer.code
    names = {row["record"]: row["name"] for row in book.rows("project")}
    for row in book.rows("weekly", WEEK):
        if names[row["project"]].endswith(("大刘镇冷链物流园", "街道标准化厂房", "污水管网改造")):
            books.change(book, "weekly", row["record"], physical_progress="主体完工")
    return ledger_paper(book, "weekly", WEEK, changed_since=code), book


#: By the name of the reference file.
def _monthly(folder: Path) -> Made:
    book, _ = months_book(folder / "district.yzb", profile=folder / "profile")
    return monthly_paper(book, MONTH), book


def _monthly_own(folder: Path) -> Made:
    book = township_book(folder / "township.yzb", profile=folder / "profile")
    return monthly_paper(book, "2023-01", demonstration=True), book


def _circular(folder: Path) -> Made:
    book, _ = months_book(folder / "district.yzb", profile=folder / "profile")
    return circular_paper(book, MONTH, issue=3, issued_on=date(2023, 3, 16)), book


PAPERS: Mapping[str, Callable[[Path], Made]] = {
    "weekly-district": lambda folder: _weekly(district, folder),
    "weekly-township": lambda folder: _weekly(township, folder),
    "ledger-changed": _changed,
    "monthly-district": _monthly,
    "monthly-township": _monthly_own,
    "circular": _circular,
}
