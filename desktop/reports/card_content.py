"""The project card 项目一张表 as content: what one sheet says of one project in a week.

Everything is as the book sees it on the week's last day: a milestone finished later counts as not
finished, a problem closed later as open. Texts are whole here; the drawing cuts what has no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.ledger import attachments, money, paper_code, periods
from desktop.ledger.dispatch import week_of
from desktop.ledger.indicator_definitions import require
from desktop.ledger.periods import Period
from desktop.ledger.standing import Standing, standing_of
from desktop.ledger.store import NoSuchRecord, Store
from desktop.ledger.trend import trend_of
from desktop.ledger.values import shown
from desktop.reports import sums
from desktop.reports.card import Card, Curve, Fact, Titles
from desktop.reports.card_lists import Lists, Photos
from desktop.reports.card_words import Cell, Fixed, words_of
from desktop.reports.charts.progress import Week
from desktop.reports.content import Footer
from desktop.reports.ledger_columns import Links
from desktop.reports.templates import Words
from desktop.reports.weekly_facts import amount, clause

#: The indicators that the card speaks of.
INDICATORS = ("completion_rate", "gap")


def project_card(
    store: Store,
    project: str,
    period: str | Period,
    *,
    photos: Photos | None = None,
    demonstration: bool = False,
) -> Card:
    """The card of a project (a record) in a week; ``photos`` None reads them from the book.

    Raises :class:`~desktop.ledger.dispatch.NotAWeek`, :class:`~desktop.ledger.store.NoSuchRecord`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    (card,) = project_cards(store, [project], period, photos=photos, demonstration=demonstration)
    return card


def project_cards(
    store: Store,
    projects: Sequence[str],
    period: str | Period,
    *,
    photos: Photos | None = None,
    demonstration: bool = False,
) -> Iterator[Card]:
    """The cards of several projects in the given order, one after another, so that the photos of
    one project only are in memory; raises as one does."""
    week, scheme = week_of(period), store.scheme
    require(scheme, INDICATORS, "项目一张表")
    reader = _Reader(store, week, photos or (lambda digest: attachments.get(store, digest).content))
    rows = {row["record"]: row for row in store.rows(scheme.head.subject)}
    for project in projects:
        if project not in rows:
            raise NoSuchRecord(scheme.registers[scheme.head.subject].title, project[:8])
        yield reader.card(rows[project], demonstration)


class _Reader:
    """What all cards of a week share, read once."""

    def __init__(self, store: Store, week: Period, photos: Photos) -> None:
        self.store, self.week = store, week
        self.words: Words[Fixed] = words_of(store.scheme)
        self.lists = Lists(store, week, self.words, photos)
        self.links = Links(store)
        self.subject = store.scheme.head.subject
        self.last = periods.week_range(week, store.scheme.week_last_day)[1]
        self.standings = {one.project: one for one in standing_of(store, week)}
        self.schedule = periods.schedule_progress(week, store.scheme.week_last_day)

    def card(self, row: Mapping[str, Any], demonstration: bool) -> Card:
        words, standing = self.words, self.standings.get(row["record"])
        owner = self.store.scheme.registers[self.subject].owner
        unit = self.links.name("unit", row.get(owner or ""))
        weekly = self._weekly(row["record"])
        problems = self.lists.problems(row["record"], weekly)
        own = self.links.name("unit", self.store.unit)
        return Card(
            title=str(row.get(self.store.scheme.registers[self.subject].label or "") or ""),
            label=words.say("head.label"),
            subtitle=words.say(
                "head.subtitle",
                单位=unit,
                期次=periods.label(self.week, self.store.scheme.week_last_day),
            ),
            light=standing.light if standing else "",
            verdict=words.say(f"lights.{standing.light}") if standing else "",
            reason=self._reason(standing),
            facts=self._facts(row),
            figures=self._figures(standing, weekly),
            curve=self._curve(row),
            said=self._said(weekly),
            milestones=self.lists.milestones(row["record"]),
            today=self.last,
            problems=problems,
            problems_summary=self.lists.summary(problems),
            photos=self.lists.photos_of(row["record"]),
            titles=self._titles(),
            footer=Footer(own, self.week.title, paper_code.code(self.store.journal.head)),
            author=own,
            demonstration=demonstration,
        )

    def _reason(self, standing: Standing | None) -> str:
        if standing is None:
            return self.words.say("lights.outside")
        if not standing.reasons:
            return self.words.say("lights.fine")
        return "；".join(reason.sentence for reason in standing.reasons)

    def _facts(self, row: Mapping[str, Any]) -> tuple[tuple[Fact, ...], ...]:
        return tuple(
            tuple(Fact(cell.label, self._fact(cell, row)) for cell in cells)
            for cells in self.words.fixed.facts.rows
        )

    def _fact(self, cell: Cell, row: Mapping[str, Any]) -> str:
        texts = [self._value(name, row.get(name)) for name in cell.fields]
        filled = [place for place, text in enumerate(texts) if text]
        if cell.alone and len(filled) == 1:
            return texts[filled[0]] + cell.alone[filled[0]]
        return cell.join.join(text for text in texts if text)

    def _value(self, name: str, value: Any) -> str:
        """A value of the project as the card says it, "" where nothing stands."""
        field = self.store.scheme.registers[self.subject].by_name.get(name)
        if field is None or value is None:
            return ""
        codes = self.store.scheme.code_list(field)
        if field.type == "money":
            return amount(value)
        if field.type == "date":
            return _day(value)
        if field.of is not None:
            return self.links.name(field.of, value)
        if field.type == "choice" and codes is not None:
            return codes.title_of(value)
        return clause(shown(self.store.scheme, field, value))

    def _figures(
        self, standing: Standing | None, weekly: Mapping[str, Any] | None
    ) -> tuple[Fact, ...]:
        words = self.words
        rate = money.format_rate(self.schedule)
        week = year = total = words.say("figures.not_reported")
        done = gap = words.say("figures.no_plan")
        if weekly is not None:
            if weekly["period"] == str(self.week) and weekly.get("completed_week") is not None:
                week = amount(weekly["completed_week"])
            if weekly.get("completed_year") is not None:
                year = amount(weekly["completed_year"])
            if weekly.get("completed_total") is not None:
                total = amount(weekly["completed_total"])
        if standing is not None and (share := standing.row.share("completion_rate")) is not None:
            done = money.format_rate(share)
            gap = money.format_points(standing.row.share("gap"))
        found = {
            "completed_week": week,
            "completed_year": year,
            "completed_total": total,
            "completion_rate": done,
            "schedule_progress": rate,
            "gap": gap,
        }
        labelled = ((words.say(f"figures.{name}"), text) for name, text in found.items())
        return tuple(Fact(label, text) for label, text in labelled if label)

    def _weekly(self, project: str) -> Mapping[str, Any] | None:
        """The week's row of the ledger, else the latest one of the year before it."""
        weekly = self.store.scheme.head.weekly
        rows = self.store.select(
            f'SELECT * FROM "v_{weekly}" WHERE "{self.subject}" = ? AND period BETWEEN ? AND ?'
            " ORDER BY period DESC LIMIT 1",
            (project, str(Period("week", self.week.year, 1)), str(self.week)),
        )
        return rows[0] if rows else None

    def _curve(self, row: Mapping[str, Any]) -> Curve:
        words, plan = self.words, row.get("annual_plan") or 0
        points = trend_of(self.store, str(self.week), [row["record"]], plan)
        done, schedule = words.say("curve.done"), words.say("curve.schedule")
        if plan:
            weeks = tuple(Week(one.label, one.rate, one.schedule) for one in points)
            if all(week.done is None for week in weeks):
                weeks = ()
            return Curve(words.say("sections.curve"), weeks, "", done, schedule)
        weeks = tuple(Week(one.label, one.done) for one in points)
        if all(week.done is None for week in weeks):
            weeks = ()
        unit = sums.unit_of_table([one.done for one in points])
        return Curve(words.say("sections.curve_unplanned", 单位=unit), weeks, unit, done, schedule)

    def _said(self, weekly: Mapping[str, Any] | None) -> tuple[str, ...]:
        words = self.words
        if weekly is None:
            return (words.say("none.said"),)
        lines = []
        for key, name, field in (
            ("progress", "形象进度", "physical_progress"),
            ("needs", "事项", "needs"),
            ("plan", "计划", "next_plan"),
        ):
            if text := clause(weekly.get(field)):
                lines.append(words.say(f"said.{key}", **{name: text}))
        if lines and weekly["period"] != str(self.week):
            since = periods.parse_period(weekly["period"]).short
            lines[0] = words.say("said.as_of", 期次=since) + lines[0]
        return tuple(lines) or (words.say("none.said"),)

    def _titles(self) -> Titles:
        words = self.words
        return Titles(
            facts=words.say("sections.facts"),
            said=words.say("sections.said"),
            milestones=words.say("sections.milestones"),
            problems=words.say("sections.problems"),
            photos=words.say("sections.photos"),
            no_curve=words.say("none.curve"),
            no_milestones=words.say("none.milestones"),
            no_problems=words.say("none.problems"),
            broken_photo=words.say("photos.broken"),
            today=words.say("milestones.today"),
            problem_columns=tuple(
                words.column(name)[0]
                for name in ("problem", "measure", "responsible", "due", "state")
            ),
            others=words.sentences["problems.others"],
            other_milestones=words.sentences["milestones.others"],
        )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
