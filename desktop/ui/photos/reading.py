"""What a strip of photos shows, without Qt: one line for each photo, the newest week first."""

from __future__ import annotations

from datetime import datetime

import msgspec

from desktop.ledger import attachments, lock, periods
from desktop.ledger.definitions import Register
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.ui.photos import jpeg
from desktop.ui.photos.keeping import photo_field

#: The key under which a kept photo says when it was taken, and where that stands at the latest.
TAKEN, _BEGINNING = "Taken", 1024


class Photo(msgspec.Struct, frozen=True):
    """One photo of a row; ``week`` and ``when`` are its caption, ``locked`` why it must stay.

    ``when`` says when it was taken, else when it was added; ``held`` is False for a lost one.
    """

    digest: str
    record: str
    period: str
    week: str
    when: str
    name: str
    by: str
    locked: str
    held: bool


def photos_of(
    store: Store, register: str, subject: str, period: str | None = None
) -> tuple[Photo, ...]:
    """The photos of a subject in one period, or in all of them."""
    definition = store.scheme.register(register)
    field = photo_field(definition)
    if field is None or definition.shape != "ledger":
        return ()
    rows = store.connection.execute(
        f'SELECT record, period, "{field.name}" FROM "{register}"'
        f' WHERE removed = 0 AND "{definition.of}" = ?1 AND (?2 IS NULL OR period = ?2)'
        f' AND "{field.name}" IS NOT NULL ORDER BY period DESC',
        (subject, period),
    ).fetchall()
    one_year = len({period[:4] for _, period, _ in rows}) == 1
    made: list[Photo] = []
    for record, held_in, value in rows:
        parsed = periods.parse_period(held_in)
        week = parsed.short if one_year else parsed.title
        closed = _why_closed(store, definition, subject, held_in)
        added = _added(store, record, field.name)
        for digest in attachments.digests(value):
            time, by = added.get(digest, ("", ""))
            name, taken = _described(store, digest)
            when = _in_words(taken or time, parsed.year) + ("拍摄" if taken else "添加")
            held = name is not None
            made.append(Photo(digest, record, held_in, week, when, name or "", by, closed, held))
    return tuple(made)


def _why_closed(store: Store, register: Register, subject: str, period: str) -> str:
    """Why photos of the period may not be taken out, "" when they may."""
    unit = lock.owner(store, register, {str(register.of): subject})
    if not register.submitted or unit is None:
        return ""
    try:
        lock.refuse(store, unit, period)
    except lock.WeekSubmitted as refused:
        return str(refused)
    return ""


def _added(store: Store, record: str, field: str) -> dict[str, tuple[str, str]]:
    """When and by whom each photo of a row was added last."""
    found: dict[str, tuple[str, str]] = {}
    before: frozenset[str] = frozenset()
    for line in store.journal.of_record(record):
        entry = line.entry
        if field not in entry.fields:
            continue
        value = entry.fields[field]
        now = frozenset(attachments.digests(value if isinstance(value, str) else None))
        found.update(dict.fromkeys(now - before, (entry.time, entry.operator)))
        before = now
    return found


def _described(store: Store, digest: str) -> tuple[str | None, str]:
    """A photo's name, None for a lost one, and when it was taken, as its file says."""
    row = store.connection.execute(
        "SELECT name, substr(content, 1, ?) FROM attachment WHERE digest = ?", (_BEGINNING, digest)
    ).fetchone()
    return (row[0], jpeg.comment(row[1], TAKEN)) if row else (None, "")


def _in_words(time: str, year: int) -> str:
    """``2023-03-01T15:20`` as 3月1日 15:20, with its year where it is not ``year``."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return ""
    return f"{day_in_words(moment.date(), year)} {moment:%H:%M} "
