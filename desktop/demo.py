"""The demonstration district: its books, its ten weeks, its papers; made through the real verbs.

The district founds its book, its townships' books begin with what it hands down, they fill and
check week after week, submit, are late, are returned, and the district takes it all in by the same
merge as real packages. Everything says that it is demonstration data. Figures follow from the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from desktop import demo_lists as lists
from desktop import demo_story as story
from desktop import paths
from desktop.errors import OneLedgerError
from desktop.ledger import audience, checks, cycle, explanations, merging, periods, workspace
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book

BEIJING = timezone(timedelta(hours=8))
Progress = Callable[[int, int], None]


class FolderTaken(OneLedgerError):
    """The folder holds files that are no demonstration; they are never overwritten."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"文件夹中已有同名文件，且不是演示数据：{where}。",
            "请换一个空文件夹；原有文件没有改动。",
        )


class Clock:
    """The time of the story: the afternoon of the day that the story has come to."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        """The moment that people see beside an entry."""
        return datetime.combine(self.day, time(15, 30), BEIJING)


class Township(msgspec.Struct):
    """One township of the story: its unit's record, its book, its projects by record."""

    unit: str
    name: str
    book: Book
    projects: dict[str, story.Project]
    rows: dict[str, list[story.Week]]
    problems: dict[str, str] = {}


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
        district, offices, calendar = _found(
            cast, folder, townships, projects, weeks, seed, closing
        )
        for number, week in enumerate(calendar, 1):
            progress(number - 1, weeks + 2)
            _week(cast, district, offices, week, number, last=number == weeks)
        period = str(calendar[-1])
        progress(weeks, weeks + 2)
        papers = _papers(district, folder, period)
        progress(weeks + 2, weeks + 2)
        books = [district.path, *(office.book.path for office in offices)]
    return [*books, *papers]


def _found(
    cast: story.Cast,
    folder: Path,
    townships: int,
    projects: int,
    weeks: int,
    seed: int,
    closing: ExitStack,
) -> tuple[Book, list[Township], list[Period]]:
    """The district's book with units and projects, and the townships' books from it."""
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
    offices = [
        Township(
            unit,
            place.short,
            closing.enter_context(
                workspace.create_from(
                    folder / "townships" / f"{number:02}.yzb",
                    audience.entries(district, unit),
                    unit,
                    package="演示下发",
                    operator=cast.words.people[number % len(cast.words.people)],
                    clock=clock,
                    demonstration=True,
                )
            ),
            records,
            {
                record: story.weeks_of(cast, project, shares, seed)
                for record, project in records.items()
            },
        )
        for number, (unit, place, records) in enumerate(plans, 1)
    ]
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


def _week(
    cast: story.Cast,
    district: Book,
    offices: list[Township],
    week: Period,
    number: int,
    *,
    last: bool,
) -> None:
    """One week: every township fills, checks, submits (or not); the district takes in, meets."""
    ends = periods.week_range(week, district.week_last_day)[1]
    for place, office in enumerate(offices):
        _at(ends, office.book, district)
        _fill(office, week, number, ends)
        _explain(cast, office, str(week))
        late = place == 2 % len(offices) and number == max(1, len(offices) % 3 + 3)
        if not last and not late:
            filler = office.book.operator
            cycle.submit(office.book, str(week), ends, filler=filler, reviewer="审核员")
        _carry(office.book, district, office.unit, up=True, package=f"演示上报{week}-{place + 1}")
        if not last and not late:
            _answer(district, office, week, number, ends, place)
    if not last:
        _at(ends + timedelta(days=1), district)
        _meet(cast, district, offices, week, number, ends + timedelta(days=1))
        for office in offices:
            _carry(district, office.book, office.unit, up=False, package=f"演示下发{week}")


def _fill(office: Township, week: Period, number: int, ends: date) -> None:
    """A township's week: a row for each project, problems found and closed, works stopped."""
    with office.book.batch("demo", f"演示：填报{week.title}") as batch:
        for record, project in office.projects.items():
            if project.stopped == number:
                batch.change("project", record, {"state": "停工"})
                batch.create("stopped", {**lists.stop(project, ends), "project": record})
            row = office.rows[record][number - 1].fields
            batch.create("weekly", {**row, "project": record, "period": str(week)})
            if project.trouble is not None and number == project.begins:
                fields = {**lists.problem(project, ends), "project": record}
                office.problems[record] = batch.create("problem", fields)
            if project.trouble is not None and number == project.ends:
                closing = {"state": "已销号", "closed_on": ends, "result": "问题已解决"}
                batch.change("problem", office.problems[record], closing)


def _explain(cast: story.Cast, office: Township, period: str) -> None:
    """Every doubtful figure gets its written explanation, as a careful clerk would do."""
    for finding in checks.check_period(office.book, period):
        assert finding.level == "explain", finding.sentence
        if not finding.explained:
            text = cast.explanations.get(finding.check, cast.explanations["default"])
            explanations.explain(office.book, finding.id, text, period)


def _answer(
    district: Book, office: Township, week: Period, number: int, ends: date, place: int
) -> None:
    """The district accepts a week; one it returns first, and gets it again."""
    if number == 2 and place == 1:
        reason = "个别项目形象进度填写过于笼统，请补充完成的工程量"
        cycle.return_week(district, office.unit, str(week), ends, reason)
        _carry(district, office.book, office.unit, up=False, package=f"演示退回{week}")
        _explain_returned(office, str(week))
        cycle.submit(office.book, str(week), ends, filler=office.book.operator, reviewer="审核员")
        _carry(office.book, district, office.unit, up=True, package=f"演示再报{week}")
    cycle.accept(district, office.unit, str(week), ends)


def _explain_returned(office: Township, period: str) -> None:
    """What the township adds to a week that came back."""
    row = office.book.rows("weekly", period)[0]
    with office.book.batch("demo", f"演示：退回后修改 {period}") as batch:
        text = f"{row['physical_progress']}，已按要求补充现场情况"
        batch.change("weekly", row["record"], {"physical_progress": text})


def _meet(
    cast: story.Cast,
    district: Book,
    offices: list[Township],
    week: Period,
    number: int,
    held_on: date,
) -> None:
    """The weekly dispatch meeting: decisions on troubled projects, earlier ones closed."""
    troubled = [
        (office, record, project)
        for office in offices
        for record, project in office.projects.items()
        if project.trouble is not None and project.begins <= number < project.ends
    ]
    with district.batch("demo", f"演示：调度会议{week.short}") as batch:
        meeting = batch.create(
            "meeting",
            {
                "name": f"{story.YEAR}年第{number}次重点项目周调度会",
                "number": number,
                "week": str(week),
                "held_on": held_on,
                "place": "区政府第二会议室",
                "chair": cast.words.leaders[0],
            },
        )
        for old in district.rows("decision"):
            if old["state"] == "办理中" and old["due"] <= held_on.isoformat():
                done = {"state": "已办结", "closed_on": held_on, "feedback": "已按会议要求落实"}
                batch.change("decision", old["record"], done)
        for old in district.rows("supervision"):
            if old["state"] == "待办" and old["due"] < held_on.isoformat():
                done = {"state": "已销号", "closed_on": held_on, "feedback": "已制定赶工措施并落实"}
                batch.change("supervision", old["record"], done)
        for place, (office, record, project) in enumerate(troubled[number % 3 :: 3][:3]):
            fields = lists.decision(cast, project, number + place, held_on)
            link = {"meeting": meeting, "unit": office.unit, "subject_project": record}
            batch.create("decision", {**fields, **link})
        if number % 3 == 0:
            for office, record, project in troubled[:1]:
                fields = lists.supervision(project, number // 3, held_on)
                link = {"unit": office.unit, "subject_project": record}
                batch.create("supervision", {**fields, **link})


def _carry(source: Book, target: Book, unit: str, *, up: bool, package: str) -> None:
    """What one book has and the other may see and lacks, taken in as from a package."""
    known = frozenset(line.identity for line in target.journal.lines())
    reader = target.unit if up else unit
    merging.receive(target, audience.entries(source, reader, known), package)


def _at(day: date, *books: Book) -> None:
    for book in books:
        book.clock.day = day  # type: ignore[attr-defined]


def _papers(district: Book, folder: Path, period: str) -> list[Path]:
    """The district's weekly report, and its ledger as PDF and Excel."""
    from desktop.reports import making

    report, ledger, sheet = (
        folder / name for name in ("weekly-report.pdf", "ledger.pdf", "ledger.xlsx")
    )
    making.weekly_report(district, period, report)
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
