"""What comes next in every project of a wall chart, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from desktop.ledger.store import Store
from desktop.reports.templates import Words
from desktop.reports.wall_words import Fixed
from desktop.reports.weekly_facts import clause


class Next(NamedTuple):
    """What comes next in a project, and when."""

    name: str
    day: date
    finished: bool = False


def coming_of(store: Store, words: Words[Fixed], last: date) -> dict[str, Next]:
    """For every project what comes next, none where nothing is planned."""
    scheme, end = store.scheme, last.isoformat()
    subject = scheme.head.subject
    found: dict[str, Next] = {}
    for row in store.rows(subject):
        own = _own_date(words, row, end)
        if own is not None:
            found[row["record"]] = own
    if "milestone" not in scheme.registers:
        return found
    rows = [row for row in store.rows("milestone") if row.get("due")]
    unfinished = [row for row in rows if not row.get("actual_finish") or row["actual_finish"] > end]
    for row in sorted(unfinished, key=lambda row: (row["due"], row["record"]), reverse=True):
        own = found.get(row[subject])
        if own is None or not own.finished:
            found[row[subject]] = Next(clause(row["name"]), date.fromisoformat(row["due"]))
    return found


def _own_date(words: Words[Fixed], row: Mapping[str, Any], end: str) -> Next | None:
    """The date of the project's own file that comes next."""
    finished, start = row.get("actual_finish"), row.get("planned_start")
    if finished and finished <= end:
        return Next(words.say("phrases.finished"), date.fromisoformat(finished), True)
    begun = bool(row.get("actual_start")) and row["actual_start"] <= end
    if start and not begun:
        return Next(words.say("phrases.start"), date.fromisoformat(start))
    if row.get("planned_finish"):
        return Next(words.say("phrases.finish"), date.fromisoformat(row["planned_finish"]))
    return None
