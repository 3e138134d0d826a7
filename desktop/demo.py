"""The demonstration district: its books, its ten weeks, its papers; made through the real verbs.

The district founds its book and hands down; its townships' books begin with their task packages
and are enrolled; they fill and check week after week, submit, are late, are returned, and the
district takes their packages in. Everything says that it is demonstration data. Figures follow
from the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from desktop import demo_lists as lists
from desktop import demo_story as story
from desktop import demo_weeks, paths
from desktop.demo_weeks import Clock, Township
from desktop.errors import OneLedgerError
from desktop.exchange import enrolment, opening, sending
from desktop.exchange.shelves import Shelves
from desktop.ledger import periods, workspace
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book

Progress = Callable[[int, int], None]


class FolderTaken(OneLedgerError):
    """The folder holds files that are no demonstration; they are never overwritten."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"文件夹中已有同名文件，且不是演示数据：{where}。",
            "请换一个空文件夹；原有文件没有改动。",
        )


def make(
    folder: Path,
    *,
    townships: int = 6,
    projects: int = 12,
    weeks: int = 10,
    seed: int = 1,
    progress: Progress = lambda _done, _all: None,
) -> list[Path]:
    """Make the demonstration in ``folder``; returns the files made, the district's book first.

    A demonstration that stands there is made anew; raises :class:`FolderTaken` for anything else.
    """
    cast = story.read(paths.resources() / "sample" / "demonstration.toml")
    _clear(folder)
    with ExitStack() as closing:
        stick = Path(closing.enter_context(TemporaryDirectory(prefix="oneledger")))
        district, offices, calendar = _found(
            cast, folder, townships, projects, weeks, seed, stick, closing
        )
        for number, week in enumerate(calendar, 1):
            progress(number - 1, weeks + 2)
            demo_weeks.go(cast, district, offices, week, number, stick, last=number == weeks)
        period = str(calendar[-1])
        progress(weeks, weeks + 2)
        papers = _papers(district, folder, period)
        progress(weeks + 2, weeks + 2)
        books = [district.path, *(office.book.path for office in offices)]
    for book in books:  # Nobody will write these packages to another stick.
        for shelf in (Shelves(book).outbox, Shelves(book).held):
            rmtree(shelf.folder, ignore_errors=True)
    return [*books, *papers]


def _found(
    cast: story.Cast,
    folder: Path,
    townships: int,
    projects: int,
    weeks: int,
    seed: int,
    stick: Path,
    closing: ExitStack,
) -> tuple[Book, list[Township], list[Period]]:
    """The district's book with units and projects, and the townships' books from their packages."""
    clock = Clock(date(story.YEAR, 1, 3))
    district = closing.enter_context(
        workspace.create(
            folder / "district.yzb",
            cast.district,
            "district",
            operator="郭汇总",
            clock=clock,
            demonstration=True,
        )
    )
    calendar = list(_calendar(weeks))
    last_day = district.week_last_day
    shares = [float(periods.schedule_progress(week, last_day)) for week in calendar]
    plans: list[tuple[str, story.Place, dict[str, story.Project]]] = []
    with district.batch("demo", "演示：下发单位和项目") as batch:
        for order, place in enumerate(story.places(cast, townships), 1):
            unit = batch.create(
                "unit",
                {
                    "name": place.name,
                    "short": place.short,
                    "aliases": place.aliases,
                    "level": "township",
                    "above": district.unit,
                    "order": order,
                },
            )
            made = story.projects(cast, place, projects, weeks, seed)
            records = {batch.create("project", {**p.fields, "unit": unit}): p for p in made}
            _target(batch, unit, made)
            plans.append((unit, place, records))
        first = periods.week_range(calendar[0], last_day)[1]
        for _, _, records in plans:
            for record, project in records.items():
                batch.create("sponsor", {**lists.sponsor(project, cast), "project": record})
                for fields in lists.milestones(project, first + timedelta(weeks=weeks - 1)):
                    batch.create("milestone", {**fields, "project": record})
    first_packages = sending.hand_down(district, stick / "first", [unit for unit, _, _ in plans])
    offices = []
    for number, (unit, place, records) in enumerate(plans, 1):
        begun = opening.open_package(
            first_packages.written[number - 1].path,
            first_packages.written[number - 1].passphrase,
            folder / "townships" / f"{number:02}.yzb",
            operator=cast.words.people[number % len(cast.words.people)],
            clock=clock,
        )
        closing.enter_context(begun.book)
        rows = {
            record: story.weeks_of(cast, project, shares, seed)
            for record, project in records.items()
        }
        offices.append(Township(unit, place.short, begun.book, records, rows))
        demo_weeks.take(district, sending.report(begun.book, stick / "answers").path)
        enrolment.confirm(district, unit, begun.code)
    demo_weeks.take(district, stick / "answers")
    return district, offices, calendar


def _calendar(weeks: int) -> Iterator[Period]:
    week = periods.parse_period(f"{story.YEAR}-W01")
    for _ in range(weeks):
        yield week
        week = week.next()


def _target(batch: Any, unit: str, made: list[story.Project]) -> None:
    """The year's target of a unit: what its projects plan, and a little more striven for."""
    plan = sum(project.fields["annual_plan"] for project in made)
    batch.create(
        "target",
        {
            "unit": unit,
            "period": str(story.YEAR),
            "indicator": "重点项目完成投资",
            "basis": "金额",
            "assured_money": plan,
            "striven_money": plan + plan // 20,
        },
    )


def _papers(district: Book, folder: Path, period: str) -> list[Path]:
    """The district's weekly report, and its ledger as PDF and Excel."""
    from desktop.reports import making
    from desktop.reports.saying import Request

    report, ledger, sheet = (
        folder / name for name in ("weekly-report.pdf", "ledger.pdf", "ledger.xlsx")
    )
    making.make(district, Request("weekly", period), report)
    making.export(district, "weekly", period, ledger)
    making.export(district, "weekly", period, sheet)
    return [report, ledger, sheet]


def _clear(folder: Path) -> None:
    """Take away an earlier demonstration; refuse anything else of the same name."""
    papers = [folder / name for name in ("weekly-report.pdf", "ledger.pdf", "ledger.xlsx")]
    books = [folder / "district.yzb", *sorted((folder / "townships").glob("[0-9][0-9]*.yzb"))]
    there = [book for book in books if book.exists()]
    for book in there:
        with workspace.open_book(book) as opened:
            if not opened.demonstration:
                raise FolderTaken(str(book))
    for paper in papers:
        if paper.exists() and not there:
            raise FolderTaken(str(paper))
    for path in (*there, *papers):
        path.unlink(missing_ok=True)
