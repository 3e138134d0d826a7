"""Finding the record that a person means: by name, code, project and week, or number.

``奥昌迈得设备生产项目``, ``2210-411102-04-01-907730``, ``奥昌@2023-W09``, the beginning of a
record's number: exact first, then a part of the name when only one fits.
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.codes import normalise_project_code
from desktop.ledger.definitions import Field, Register
from desktop.ledger.store import NoSuchRecord, Store

#: A record's number may be shortened to so many signs.
SHORTEST = 6


class SeveralRecords(OneLedgerError):
    """What was typed fits several records."""

    def __init__(self, title: str, text: str, candidates: str) -> None:
        super().__init__(f"“{title}”中有几条都符合“{text}”：{candidates}。", "请写得更完整一些。")


def find(store: Store, register: str, text: str) -> str:
    """The identity of the present record of ``register`` that ``text`` means.

    Raises :class:`NoSuchRecord` with what is near, :class:`SeveralRecords`.
    """
    definition = store.scheme.register(register)
    text = text.strip()
    if definition.of is not None and "@" in text:
        return _of_period(store, definition, text)
    for where, value in _exact(definition, text):
        found = _matching(store, definition, where, value)
        if len(found) == 1:
            return found[0][0]
        if found:
            raise SeveralRecords(definition.title, text, _listed(found))
    found = []
    if definition.label:
        found = _matching(store, definition, f'instr("{definition.label}", ?)', (text,))
    if len(found) == 1:
        return found[0][0]
    if found:
        raise SeveralRecords(definition.title, text, _listed(found))
    raise NoSuchRecord(definition.title, text, _near(store, definition, text))


def unit_named(store: Store, name: str) -> str | None:
    """The unit called so by name, short name or another of its names; None when none or several."""
    row = store.connection.execute(
        "SELECT record FROM unit WHERE removed = 0 AND (name = ?1 OR short = ?1"
        " OR instr('、' || coalesce(aliases, '') || '、', '、' || ?1 || '、')) LIMIT 2",
        (name.strip(),),
    ).fetchall()
    return row[0][0] if len(row) == 1 else None


def label(store: Store, register: str, record: str) -> str:
    """A record as people call it: its name, for a ledger its subject and period."""
    definition = store.scheme.register(register)
    present = store.present(register, record)
    if present is None:
        return record[:8]
    name = present.values.get(definition.label or "")
    if name:
        return str(name)
    parts = [str(present.values["period"])] if definition.shape == "ledger" else []
    if definition.of:
        parts.insert(0, label(store, definition.of, present.values[definition.of] or ""))
    return " ".join(parts) or record[:8]


def linked(store: Store, field: Field, text: str) -> str:
    """The record that a link field means by ``text``; raises as :func:`find` does."""
    return find(store, str(field.of), text)


def _of_period(store: Store, register: Register, text: str) -> str:
    subject, _, rest = text.rpartition("@")
    record = find(store, str(register.of), subject)
    where, values = f'"{register.of}" = ?', [record]
    if register.shape == "ledger":
        where += " AND period = ?"
        values.append(str(periods.parse_period(rest, store.year)))
    else:
        where += f' AND instr("{register.label or "record"}", ?)'
        values.append(rest)
    found = _matching(store, register, where, tuple(values))
    if len(found) == 1:
        return found[0][0]
    if found:
        raise SeveralRecords(register.title, text, _listed(found))
    raise NoSuchRecord(register.title, text)


def _exact(register: Register, text: str) -> list[tuple[str, tuple[str, ...]]]:
    ways: list[tuple[str, tuple[str, ...]]] = [("record = ?", (text,))]
    if register.label:
        ways.append((f'"{register.label}" = ?', (text,)))
    if register.name == "unit":
        ways.append(
            (
                "short = ? OR instr('、' || coalesce(aliases, '') || '、', '、' || ? || '、')",
                (text, text),
            )
        )
    for field in register.field:
        if field.code == "project":
            ways.append((f'"{field.name}" = ?', (normalise_project_code(text),)))
        elif field.code is not None:
            ways.append((f'"{field.name}" = ?', (text,)))
    if len(text) >= SHORTEST and text.isalnum() and text.isascii():
        ways.append(("record GLOB ?", (f"{text.lower()}*",)))
    return ways


def _matching(
    store: Store, register: Register, where: str, values: tuple[str, ...]
) -> list[tuple[str, str]]:
    label = f'"{register.label}"' if register.label else "record"
    rows = store.connection.execute(
        f'SELECT record, {label} FROM "{register.name}" WHERE removed = 0 AND ({where})'
        f" ORDER BY {label} LIMIT 6",
        values,
    )
    return [(record, name or record) for record, name in rows]


def _near(store: Store, register: Register, text: str) -> str:
    """Names that share two signs with ``text``, three at most."""
    if not register.label:
        return ""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    rows = store.connection.execute(
        f'SELECT "{register.label}" FROM "{register.name}" WHERE removed = 0'
    )
    scored = [(sum(pair in (name or "") for pair in pairs), name or "") for (name,) in rows]
    best = sorted((-score, name) for score, name in scored if score)[:3]
    return "、".join(name for _, name in best)


def _listed(found: list[tuple[str, str]]) -> str:
    names = [name for _, name in found[:5]]
    if len(set(names)) < len(names):
        names = [f"{name}（{record[:8]}）" for record, name in found[:5]]
    return "、".join(names) + ("等" if len(found) > 5 else "")
