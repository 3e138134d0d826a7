"""Every change of a project and of what hangs under it: who, when, what, why. No Qt.

Read from the journal, the newest first, a page of entries at a time.
"""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.ledger import history, lookup, periods, values
from desktop.ledger.definitions import Field, Register
from desktop.ledger.fold import REMOVED
from desktop.ledger.history import Step
from desktop.ledger.store import Store
from desktop.ledger.undo import TITLES
from desktop.ui.project.listing import subject_of

#: So many entries of the journal make a page.
PAGE = 60
#: Acts whose note says only what was changed; every other act's note says why.
SAYS_WHAT = frozenset({"create", "change", "remove", "paste"})


class Change(msgspec.Struct, frozen=True):
    """One field's change, as it is shown; ``where`` names the record under the project."""

    when: str
    who: str
    act: str
    where: str
    field: str
    old: str
    new: str
    why: str


class Page(msgspec.Struct, frozen=True):
    """Changes, the newest first; ``next`` is where the following page begins, 0 at the end."""

    changes: tuple[Change, ...]
    next: int


class Changed(msgspec.Struct, frozen=True):
    """A field that was ever changed: what one can narrow the changes to."""

    register: str
    field: str
    title: str


def changed_fields(store: Store, record: str) -> list[Changed]:
    """The fields that were ever changed in the project, then in what hangs under it."""
    rows = store.connection.execute(
        f"SELECT DISTINCT j.register, part.key FROM journal AS j, json_each(j.fields) AS part"
        f" WHERE j.record IN ({_under(store)})",
        {"project": record},
    ).fetchall()
    names = set(rows)
    found = []
    for register in _registers(store):
        for field in register.shown:
            if (register.name, field.name) in names:
                prefix = "" if register.name == store.scheme.head.subject else f"{register.title}："
                found.append(Changed(register.name, field.name, f"{prefix}{field.title}"))
    return found


def changes(
    store: Store, record: str, only: Changed | None = None, begin: int = 0, limit: int = PAGE
) -> Page:
    """A page of changes from the journal's position ``begin`` (0: the newest) backwards."""
    where, given = "", {"project": record, "begin": begin or 2**62, "limit": limit + 1}
    if only is not None:
        where = (
            " AND register = :register"
            " AND EXISTS (SELECT 1 FROM json_each(fields) AS part WHERE part.key = :field)"
        )
        given |= {"register": only.register, "field": only.field}
    rows = store.connection.execute(
        "SELECT position, register, record FROM journal"
        f" WHERE record IN ({_under(store)}) AND position <= :begin{where}"
        " ORDER BY position DESC LIMIT :limit",
        given,
    ).fetchall()
    after = rows[limit][0] if len(rows) > limit else 0
    steps: dict[int, list[Step]] = {}
    for register, one in dict.fromkeys((register, one) for _, register, one in rows[:limit]):
        name = only.field if only is not None else None
        for step in history.of_record(store, register, one, name):
            steps.setdefault(step.position, []).append(step)
    found = []
    for position, register, one in rows[:limit]:
        definition = store.scheme.register(register)
        where_it_stands = _where(store, definition, one)
        identity = {field.name for field in definition.identity}
        found += [
            _change(store, definition, step, where_it_stands)
            for step in steps.get(position, ())
            if step.field not in identity  # said by where it stands
        ]
    return Page(tuple(found), after)


def _under(store: Store) -> str:
    """A select of the project and of all that ever hung under it."""
    subject = subject_of(store.scheme).name
    parts = ["SELECT :project"]
    parts += [
        f'SELECT record FROM "{register.name}" WHERE "{subject}" = :project'
        for register in _registers(store)
        if register.of == subject
    ]
    return " UNION ALL ".join(parts)


def _registers(store: Store) -> list[Register]:
    subject = subject_of(store.scheme)
    under = [one for one in store.scheme.registers.values() if one.of == subject.name]
    return [subject, *under]


def _where(store: Store, register: Register, record: str) -> str:
    if register.name == store.scheme.head.subject:
        return "档案"
    present = store.present(register.name, record)
    stored = present.values if present else {}
    if register.shape == "ledger":
        return periods.parse_period(str(stored["period"])).title
    label = str(stored.get(register.label or "") or "")
    return f"{register.title}：{label}" if label else register.title


def _change(store: Store, register: Register, step: Step, where: str) -> Change:
    field = register.by_name.get(step.field)
    if step.field == REMOVED:
        title, (old, new) = "整条", ("", "删除") if step.new else ("已删除", "恢复")
    else:
        old, new = (_shown(store, field, value) for value in (step.old, step.new))
        title = field.title if field else step.field
    why = "" if step.act in SAYS_WHAT else step.note
    return Change(
        when=step.time[:16].replace("T", " "),
        who=step.operator or f"电脑 {step.author[:6]}",
        act=TITLES.get(step.act, step.act),
        where=where,
        field=title,
        old=old,
        new=new,
        why="　".join(part for part in (why, step.origin) if part),
    )


def _shown(store: Store, field: Field | None, value: Any) -> str:
    if value is None:
        return ""
    if field is None:
        return str(value)
    if field.of is not None:
        return lookup.label(store, field.of, value)
    codes = store.scheme.code_list(field) if field.type == "choice" else None
    return codes.title_of(value) if codes else values.shown(store.scheme, field, value)
