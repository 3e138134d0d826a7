"""What is open 没有办完的事 and what falls due, for the hand-over sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from desktop.ledger import cycle, periods
from desktop.ledger.dispatch import consolidates
from desktop.ledger.lock import RETURNED, SUBMISSION
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.reports.content import Block, Column, Paragraph, Row, Table
from desktop.reports.handover_words import Fixed
from desktop.reports.ledger_columns import Links
from desktop.reports.templates import Words
from desktop.reports.weekly_facts import headed, shortened, trimmed


class _List(NamedTuple):
    """A list of open items: its text, its limit (the first that is filled), since when it is."""

    register: str
    text: str
    limits: tuple[str, ...]
    since: str
    key: str


_LISTS = (
    _List("problem", "problem", ("due",), "found_on", "problems"),
    _List("supervision", "matter", ("extended_to", "due"), "issued_on", "supervision"),
    _List("decision", "matter", ("due",), "", "decisions"),
)


class Open:
    """Reads what is open in a book as of a week."""

    def __init__(self, store: Store, words: Words[Fixed], links: Links, week: Period) -> None:
        self.store, self.words, self.links, self.week = store, words, links, week
        self.last = periods.week_range(week, store.scheme.week_last_day)[1]
        self.items = {one.register: self._items(one) for one in _LISTS}

    @property
    def ahead(self) -> tuple[date, date]:
        """The first and the last day of the weeks that come."""
        weeks = self.words.fixed.settings.ahead
        return self.last + timedelta(days=1), self.last + timedelta(weeks=weeks)

    def blocks(self) -> list[Block]:
        """Weeks, conflicts, problems, supervised items, decisions, each under its heading."""
        parts: list[tuple[str, list[Block]]] = [
            (self.words.say("open.weeks"), self._weeks()),
            (self.words.say("open.conflicts"), self._conflicts()),
        ]
        for one in _LISTS:
            if one.register in self.store.scheme.registers:
                parts.append((self.words.say(f"open.{one.key}"), self._list(one)))
        return headed(parts)

    def due(self) -> list[Block]:
        """Milestones, items, planned starts and finishes of the weeks that come, by date."""
        first, until = (day.isoformat() for day in self.ahead)
        subject = self.store.scheme.head.subject
        found: list[tuple[str, str, str, str]] = []
        for row in self._rows("milestone"):
            if row.get("due") and not self._done_by_now(row.get("actual_finish")):
                said = self.words.say("due.milestone", 事项=self._brief(row["name"]))
                responsible = row.get("responsible_unit") or ""
                found.append((row["due"], self._project(row), said, responsible))
        for one in _LISTS:
            for limit, row in self.items[one.register]:
                if limit:
                    said = self.words.say(f"due.{one.register}", 事项=self._brief(row[one.text]))
                    found.append((limit, self._project(row), said, self._responsible(row)))
        for row in self._rows(subject):
            responsible = row.get("responsible_unit") or ""
            name = self.links.name(subject, row["record"])
            for planned, real, key in (
                ("planned_start", "actual_start", "start"),
                ("planned_finish", "actual_finish", "finish"),
            ):
                if row.get(planned) and not self._done_by_now(row.get(real)):
                    found.append((row[planned], name, self.words.say(f"due.{key}"), responsible))
        coming = sorted(one for one in found if first <= one[0] <= until)
        if not coming:
            return [Paragraph(self.words.say("none.due"))]
        rows = [(self._day(due), *rest) for due, *rest in coming]
        columns = (
            Column(self.words.column("due"), "word", 6),
            Column(self.words.column("project"), "text", 12),
            Column(self.words.column("matter"), "text", 16),
            Column(self.words.column("responsible"), "text", 8),
        )
        return self._table(columns, rows)

    # The weeks and conflicts --------------------------------------------------------------------

    def _weeks(self) -> list[Block]:
        """For each of the last weeks who has not submitted, was returned or changed since."""
        store, words = self.store, self.words
        if not store.rows(SUBMISSION):
            return [Paragraph(words.say("none.unsent"))]
        subject, weekly = store.scheme.head.subject, store.scheme.head.weekly
        owner = str(store.scheme.registers[subject].owner)
        with_projects = {row[owner] for row in store.rows(subject)}
        weeks = store.select(
            f'SELECT DISTINCT period FROM "{weekly}" WHERE removed = 0 AND period <= ?'
            " ORDER BY period DESC LIMIT ?",
            (str(self.week), words.fixed.settings.weeks),
        )
        rows = []
        for row in weeks:
            sent = cycle.submissions(store, row["period"])
            situation = self._situation([one for one in sent if one.unit in with_projects])
            if situation:
                rows.append(Row((periods.parse_period(row["period"]).title, situation)))
        if not rows:
            return [Paragraph(words.say("none.weeks"))]
        columns = (
            Column(words.column("week"), "word", 9),
            Column(words.column("situation"), "text", 30),
        )
        return [Table(columns, tuple(rows))]

    def _situation(self, sent: Sequence[cycle.Submission]) -> str:
        words = self.words
        if not consolidates(self.store):
            parts = []
            for one in sent:
                if one.state == "未上报":
                    parts.append(words.say("open.not_sent_own"))
                elif one.state == RETURNED:
                    reason = f"：{one.reason}" if one.reason else ""
                    parts.append(words.say("open.returned_own", 原因=reason))
                elif one.changed:
                    parts.append(words.say("open.changed_own"))
            return "；".join(part for part in parts if part)
        silent = [one.name for one in sent if one.state == "未上报"]
        returned = [
            f"{one.name}（{one.reason}）" if one.reason else one.name
            for one in sent
            if one.state == RETURNED
        ]
        changed = [
            one.name for one in sent if one.state not in ("未上报", RETURNED) and one.changed
        ]
        named = (("not_sent", silent), ("returned", returned), ("changed", changed))
        said = (words.say(f"open.{key}", 单位="、".join(names)) for key, names in named if names)
        return "；".join(part for part in said if part)

    def _conflicts(self) -> list[Block]:
        (count,) = self.store.connection.execute("SELECT count(*) FROM conflict").fetchone()
        if not count:
            return [Paragraph(self.words.say("none.conflicts"))]
        return [Paragraph(self.words.say("open.conflicts_found", 数=count))]

    # The lists ----------------------------------------------------------------------------------

    def _rows(self, register: str) -> list[dict[str, Any]]:
        if register not in self.store.scheme.registers:
            return []
        return self.store.rows(register, ours=True)

    def _items(self, one: _List) -> list[tuple[str, dict[str, Any]]]:
        """The items not closed by the week's last day with their limits, the earliest first."""
        if one.register not in self.store.scheme.registers:
            return []
        field = self.store.scheme.registers[one.register].by_name.get("state")
        codes = self.store.scheme.code_list(field) if field else None
        closed = (codes.closed if codes else frozenset()) | self.words.fixed.settings.done
        found = []
        for row in self._rows(one.register):
            if (row.get(one.since) or "") > self.last.isoformat():
                continue
            if self._done_by_now(row.get("closed_on")):
                continue
            if row.get("state") in closed and not row.get("closed_on"):
                continue
            limit = next((row[name] for name in one.limits if row.get(name)), "")
            found.append((limit, row))
        return sorted(found, key=lambda item: (not item[0], item[0], item[1]["record"]))

    def _list(self, one: _List) -> list[Block]:
        words = self.words
        if not self.items[one.register]:
            return [Paragraph(words.say(f"none.{one.key}"))]
        rows = []
        for limit, row in self.items[one.register]:
            state = row.get("state") or ""
            late = (self.last - date.fromisoformat(limit)).days if limit else 0
            if row.get("closed_on"):
                state = words.say("open.closed_later", 日期=self._day(row["closed_on"]))
            elif late > 0:
                state = words.say("open.overdue", 状态=state, 数=late)
            rows.append(
                (
                    self._project(row),
                    self._brief(row[one.text]),
                    self._responsible(row),
                    self._day(limit) if limit else "",
                    state,
                )
            )
        columns = (
            Column(words.column("project"), "text", 10),
            Column(words.column("matter"), "text", 16),
            Column(words.column("responsible"), "text", 8),
            Column(words.column("due"), "word", 6),
            Column(words.column("state"), "word", 6),
        )
        return self._table(columns, rows)

    def _table(self, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> list[Block]:
        """The rows that the settings allow, the others counted below."""
        most = self.words.fixed.settings.rows
        blocks: list[Block] = [trimmed(columns, rows[:most])]
        if len(rows) > most:
            blocks.append(Paragraph(self.words.say("open.others", 数=len(rows) - most)))
        return blocks

    def _brief(self, text: str | None) -> str:
        """A text as far as a table bears it; all of it stands in the book."""
        return shortened(text, self.words.fixed.settings.words, self.words.say("open.whole"))

    def _project(self, row: dict[str, Any]) -> str:
        subject = self.store.scheme.head.subject
        record = row.get(subject) or row.get("subject_project")
        return self.links.name(subject, record)

    def _responsible(self, row: dict[str, Any]) -> str:
        unit = self.links.name("unit", row.get("unit"))
        return "、".join(name for name in (unit, row.get("responsible_unit")) if name)

    def _done_by_now(self, text: str | None) -> bool:
        return bool(text) and str(text) <= self.last.isoformat()

    def _day(self, text: str) -> str:
        return day_in_words(date.fromisoformat(text), self.week.year)
