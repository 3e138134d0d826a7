"""How the demonstration's weeks go: fill, check, submit, be late, be returned, meet.

Everything goes through the real verbs, and what one book has and another may see travels in real
packages through a folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from desktop import demo_lists as lists
from desktop import demo_months as months
from desktop import demo_story as story
from desktop.exchange import sending, sitting
from desktop.ledger import checks, cycle, explanations, periods
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book

BEIJING = timezone(timedelta(hours=8))


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
    rows: dict[str, list[dict[str, Any]]]
    problems: dict[str, str] = {}


def go(
    cast: story.Cast,
    district: Book,
    offices: list[Township],
    week: Period,
    number: int,
    stick: Path,
    *,
    last: bool,
) -> None:
    """One week: every township fills, checks, submits (or not); the district takes in, meets.

    Packages travel through folders within ``stick``.
    """
    up = stick / f"{week}-up"
    ends = periods.week_range(week, district.week_last_day)[1]
    for place, office in enumerate(offices):
        _at(ends, office.book, district)
        _fill(office, week, number, ends, before=months.known_before(place))
        _explain(cast, office, str(week))
        late = place == 2 % len(offices) and number == max(1, len(offices) % 3 + 3)
        if last or late:
            sending.report(office.book, up)
        else:
            _submit(office, week, ends, up)
        take(district, up)
        if not last and not late:
            _answer(district, office, week, number, ends, place, stick)
    month = months.ending(week, district.week_last_day)
    if month is not None:
        _count(district, offices, month)
    if not last:
        _at(ends + timedelta(days=1), district)
        _meet(cast, district, offices, week, number, ends + timedelta(days=1))
        hand_down(district, offices, stick / f"{week}-down")


def _submit(office: Township, week: Period, on: date, folder: Path) -> None:
    filler = office.book.operator
    sending.submit(office.book, str(week), folder, on, filler=filler, reviewer="审核员")


def hand_down(district: Book, offices: Sequence[Township], folder: Path) -> None:
    """Task packages for these townships, each taken in by its own."""
    handed = sending.hand_down(district, folder, [office.unit for office in offices])
    for office, written in zip(offices, handed.written, strict=True):
        take(office.book, written.path)


def take(book: Book, place: Path) -> None:
    """Take in what lies at ``place``; what was taken in before brings nothing new."""
    done = sitting.take_in(book, [place], backup=False)
    assert done.stopped is None and not done.refused, [str(one.error) for one in done.results]


def _fill(office: Township, week: Period, number: int, ends: date, *, before: bool) -> None:
    """A township's week: a row for each project, problems found and closed, works stopped.

    In the first week that ends after a month the month is filled too, with last year's figures
    where the unit has them (``before``).
    """
    month = months.ending(week, office.book.week_last_day)
    with office.book.batch("demo", f"演示：填报{week.title}") as batch:
        for record, project in office.projects.items():
            row = office.rows[record][number - 1]
            if month is not None:
                weeks = office.rows[record][:number]
                filled = months.filled(project, weeks, month, office.book.week_last_day, before)
                batch.create("monthly", {**filled, "project": record, "period": str(month)})
            if project.stopped == number:
                batch.change("project", record, {"state": "停工"})
                batch.create("stopped", {**lists.stop(project, ends), "project": record})
            batch.create("weekly", {**row, "project": record, "period": str(week)})
            if project.trouble is not None and number == project.begins:
                fields = {**lists.problem(project, ends), "project": record}
                office.problems[record] = batch.create("problem", fields)
            if project.trouble is not None and number == project.ends:
                closing = {"state": "已销号", "closed_on": ends, "result": "问题已解决"}
                batch.change("problem", office.problems[record], closing)


def _count(district: Book, offices: Sequence[Township], month: Period) -> None:
    """The month's statistics by unit, as the statistics bureau counted them (S3)."""
    with district.batch("demo", f"演示：{month.title}统计数") as batch:
        filled = {row["project"]: row for row in district.rows("monthly", str(month))}
        for place, office in enumerate(offices):
            rows = [filled[record] for record in office.projects]
            plan = sum(project.fields["annual_plan"] for project in office.projects.values())
            fields = months.counted(rows, plan, place, month)
            batch.create("monthly_unit", {**fields, "unit": office.unit, "period": str(month)})


def _explain(cast: story.Cast, office: Township, period: str) -> None:
    """Every doubtful figure gets its written explanation, as a careful clerk would do."""
    for finding in checks.check_period(office.book, period):
        assert finding.level == "explain", finding.sentence
        if not finding.explained:
            text = cast.explanations.get(finding.check, cast.explanations["default"])
            explanations.explain(office.book, finding.id, text, period)


def _answer(
    district: Book,
    office: Township,
    week: Period,
    number: int,
    ends: date,
    place: int,
    stick: Path,
) -> None:
    """The district accepts a week; one it returns first, and gets it again."""
    if number == 2 and place == 1:
        reason = "个别项目形象进度填写过于笼统，请补充完成的工程量"
        cycle.return_week(district, office.unit, str(week), ends, reason)
        hand_down(district, [office], stick / f"{week}-returned")
        _explain_returned(office, str(week))
        again = stick / f"{week}-again"
        _submit(office, week, ends, again)
        take(district, again)
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


def _at(day: date, *books: Book) -> None:
    """The story has come to ``day`` in these books."""
    for book in books:
        book.clock.day = day  # type: ignore[attr-defined]
