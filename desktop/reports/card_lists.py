"""The lists on a project card as of the week's last day: milestones, problems, photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.ledger import attachments, periods
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.reports.card import Photo, Problem
from desktop.reports.card_words import Fixed
from desktop.reports.charts.timeline import Milestone
from desktop.reports.templates import Words
from desktop.reports.weekly_facts import clause

Photos = Callable[[str], bytes]
"""Gives the bytes of a photo by its digest; may raise
:class:`~desktop.ledger.attachments.Lost`."""


class Lists:
    """Reads what hangs under a project."""

    def __init__(self, store: Store, week: Period, words: Words[Fixed], photos: Photos) -> None:
        self.store, self.week, self.words, self.photos = store, week, words, photos
        self.subject = store.scheme.head.subject
        self.last = periods.week_range(week, store.scheme.week_last_day)[1]

    def _rows(self, register: str, project: str) -> list[dict[str, Any]]:
        if register not in self.store.scheme.registers:
            return []
        return self.store.select(
            f'SELECT * FROM "v_{register}" WHERE "{self.subject}" = ?', (project,)
        )

    def milestones(self, project: str) -> tuple[Milestone, ...]:
        rows = [row for row in self._rows("milestone", project) if row.get("due")]
        rows.sort(key=lambda row: (row.get("order") or 1_000_000, row["due"], row["record"]))
        return tuple(
            Milestone(
                clause(row["name"]),
                date.fromisoformat(row["due"]),
                _date(row.get("planned_start")),
                self._by_now(row.get("actual_start")),
                self._by_now(row.get("actual_finish")),
            )
            for row in rows
        )

    def _by_now(self, text: str | None) -> date | None:
        """A stored date that has come by the week's last day."""
        day = _date(text)
        return day if day is not None and day <= self.last else None

    def problems(self, project: str, weekly: Mapping[str, Any] | None) -> tuple[Problem, ...]:
        last = self.last.isoformat()
        registers = self.store.scheme.registers
        state = registers["problem"].by_name.get("state") if "problem" in registers else None
        codes = self.store.scheme.code_list(state) if state else None
        ordered = []
        for row in self._rows("problem", project):
            if (row.get("found_on") or "") > last:
                continue
            closed = bool(codes and row.get("state") in codes.closed)
            closed = closed and (row.get("closed_on") or last) <= last
            due = _date(row.get("due"))
            late = max((self.last - due).days, 0) if due and not closed else 0
            said = row.get("state") or ""
            later = not closed and row.get("closed_on")
            if later:
                day = day_in_words(date.fromisoformat(row["closed_on"]), self.last.year)
                said = self.words.say("problems.closed_later", 日期=day)
            elif late:
                said = self.words.say("problems.overdue", 状态=said, 数=late)
            elif closed and row.get("closed_on"):
                said = (
                    f"{said} {day_in_words(date.fromisoformat(row['closed_on']), self.last.year)}"
                )
            problem = Problem(
                clause(row["problem"]),
                clause(row.get("measure") or (row.get("result") if closed else "")),
                clause(row.get("responsible_unit")),
                day_in_words(due, self.last.year) if due else "",
                said,
                not closed,
            )
            newest = -date.fromisoformat(
                row.get("closed_on") or row.get("found_on") or last
            ).toordinal()
            ordered.append(((closed, -late, newest, row["record"]), problem))
        if not any(problem.open for _, problem in ordered):
            text = clause(weekly.get("problems")) if weekly else ""
            if text:
                own = Problem(text, "", "", "", self.words.say("problems.registered"), True)
                return (own, *(problem for _, problem in sorted(ordered, key=lambda one: one[0])))
        return tuple(problem for _, problem in sorted(ordered, key=lambda one: one[0]))

    def summary(self, problems: Sequence[Problem]) -> str:
        count = sum(problem.open for problem in problems)
        return self.words.say("problems.open", 数=count) if count else ""

    def photos_of(self, project: str) -> tuple[Photo, ...]:
        """The latest photos of the project's ledger up to the week, the newest first."""
        weekly = self.store.scheme.registers[self.store.scheme.head.weekly]
        fields = [field.name for field in weekly.shown if field.type == "photo"]
        most = self.words.fixed.settings.photos
        found: list[Photo] = []
        for name in fields:
            rows = self.store.select(
                f'SELECT period, "{name}" AS value FROM "{weekly.name}" WHERE removed = 0'
                f' AND "{self.subject}" = ? AND period <= ? AND "{name}" IS NOT NULL'
                " ORDER BY period DESC LIMIT ?",
                (project, str(self.week), most),
            )
            for row in rows:
                parsed = periods.parse_period(row["period"])
                caption = parsed.short if parsed.year == self.week.year else parsed.title
                for digest in reversed(attachments.digests(row["value"])):
                    if len(found) < most:
                        found.append(Photo(caption, self._photo(digest)))
        return tuple(found)

    def _photo(self, digest: str) -> bytes | None:
        try:
            return self.photos(digest)
        except attachments.Lost:
            return None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
