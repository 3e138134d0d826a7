"""What has changed in a ledger since an earlier paper 变动部分, told by the code on that paper.

A row has changed when the journal holds a later entry for its record, or one that wrote a field of
its file that the row prints; an undo is such an entry, and so is a package set aside or counted
again. What was taken away since is named below the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.ledger import paper_code
from desktop.ledger.correspondence import TAKEN
from desktop.ledger.definitions import Register
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.fold import REMOVED
from desktop.ledger.ledger_rows import Entry, of_projects
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports.ledger_columns import LedgerColumn, share_of

#: So many of the rows that were taken away are named, the others counted.
NAMED = 20
_OF_SUBJECT = re.compile(r'\bsubject\."?(\w+)')


class Changes(msgspec.Struct, frozen=True):
    """What was written since a paper: by record the fields; ``printed`` are those of the file that
    show in a row, ``gone`` the names of what was taken away."""

    code: str
    day: date
    records: Mapping[str, frozenset[str]]
    printed: frozenset[str]
    gone: tuple[str, ...]

    def of(self, entry: Entry) -> bool:
        """Whether a row has changed."""
        own = (str(entry.row.get("record") or ""), *entry.behind)
        if any(record in self.records for record in own):
            return True
        since = self.records.get(str(entry.subject.get("record") or ""), frozenset())
        return not since.isdisjoint(self.printed)

    @property
    def _paper(self) -> str:
        day = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return f"上次打印（校验码 {self.code}，记到{day}）"

    @property
    def nothing(self) -> str:
        """What a table without rows says."""
        return f"{self._paper}以后没有增加或修改的行。"

    def note(self, rows: int, whole: int, *, summed: bool) -> str:
        """How many rows are listed; ``summed``: there are sums, and they are of the whole."""
        if not rows:
            return f"全部共{whole}行" if whole else ""
        sums = f"小计、合计为全部{whole}行" if summed else f"全部共{whole}行"
        return f"只列{self._paper}以后有变动的{rows}行，序号为全表中的序号，{sums}"

    @property
    def taken_away(self) -> str:
        """Which rows were taken away since; "" where none was."""
        if not self.gone:
            return ""
        count = len(self.gone)
        more = f"等{count}行" if count > NAMED else f"共{count}行"
        return f"此后删除或划出：{'、'.join(self.gone[:NAMED])}，{more}"


def changes_since(
    store: Store,
    register: Register,
    period: Period | None,
    columns: Sequence[LedgerColumn],
    entries: Sequence[Entry],
    text: str,
) -> Changes:
    """What changed in a register (a ledger's ``period``, or all) since the paper with this code.

    ``entries`` are the ledger's rows today, all of them.

    Raises :class:`~desktop.ledger.paper_code.MistypedCode` and
    :class:`~desktop.ledger.paper_code.NotOfThisBook`.
    """
    paper = paper_code.known(store, text)
    position = paper.position or 0
    records = _written(store, register, position)
    return Changes(
        paper.code,
        date.fromisoformat((paper.time or "")[:10]),
        records,
        _printed(store, register, columns),
        tuple(_gone(store, register, period, position, records, entries)),
    )


def _written(store: Store, register: Register, position: int) -> dict[str, frozenset[str]]:
    """By record the fields that later entries wrote; a package that was taken in before and has
    been set aside, or counted again, since stands for all that was ever written in its records."""
    registers = json_text([one for one in (register.name, register.of) if one])
    marked = store.connection.execute(
        f'SELECT t.digest FROM "{TAKEN.name}" AS t'
        " WHERE EXISTS (SELECT 1 FROM journal AS j WHERE j.record = t.record AND j.position <= ?1)"
        "  AND EXISTS (SELECT 1 FROM journal AS j WHERE j.record = t.record AND j.position > ?1"
        "   AND json_extract(j.fields, '$.state') IS NOT NULL)",
        (position,),
    )
    packages = json_text(sorted(digest for (digest,) in marked))
    lines = store.connection.execute(
        "SELECT record, fields FROM journal"
        " WHERE register IN (SELECT value FROM json_each(?2)) AND (position > ?1 OR record IN"
        "  (SELECT record FROM journal WHERE package IN (SELECT value FROM json_each(?3))))",
        (position, registers, packages),
    )
    found: dict[str, set[str]] = {}
    for record, fields in lines:
        names = read_fields(fields).keys()
        if names:  # An entry that only saw others changes nothing.
            found.setdefault(record, set()).update(names)
    return {record: frozenset(names) for record, names in found.items()}


def _printed(store: Store, register: Register, columns: Sequence[LedgerColumn]) -> frozenset[str]:
    """The fields of the file that a row prints, or by which it has its place."""
    holder = store.scheme.registers[register.of] if register.of else register
    names = {holder.label or "", holder.owner or "", "level"}
    for column in columns:
        if column.of_subject:
            names.add(column.field.name)
        names.update(share_of(store, column.field) or ())
        names.update(_OF_SUBJECT.findall(column.field.formula or ""))
    return frozenset(names & holder.by_name.keys()) | {REMOVED}


def _gone(
    store: Store,
    register: Register,
    period: Period | None,
    position: int,
    written: Mapping[str, frozenset[str]],
    entries: Sequence[Entry],
) -> Iterable[str]:
    """What is called that stood at ``position`` and was taken away, or went elsewhere, since.

    Of a week's or month's ledger, which lists all projects, these are projects.
    """
    whole = of_projects(store, register, period)
    holder = store.scheme.registers[register.of] if register.of else register
    rows_of = holder if whole else register
    listed = {(one.subject if whole else one.row).get("record") for one in entries}
    lost = _vanished(store, rows_of, period, position, written)
    files = _vanished(store, holder, None, position, written)
    subjects = {row["record"]: row for row in [*_all(store, holder), *files.values()]}
    for row in [*_all(store, rows_of, period), *lost.values()]:
        if row["record"] in listed:
            continue
        of = rows_of.of
        subject = subjects.get(row.get(of), row) if of else row
        since = [written.get(one["record"], frozenset()) for one in (row, subject)]
        left = holder.owner is not None and holder.owner in since[1]
        away = left or row["record"] in lost or any(REMOVED in names for names in since)
        if away and _stood(store, row["record"], position):
            parts = [subject.get(holder.label or "")]
            if of and register.label:
                parts.append(row.get(register.label))
            yield "：".join(str(part) for part in parts if part) or "（未填名称）"


def _all(store: Store, register: Register, period: Period | None = None) -> list[dict[str, Any]]:
    """The records of a register, those that were taken away among them, in order of record."""
    of_one = period is not None and register.shape == "ledger"
    where = " WHERE period = ?" if of_one else ""
    sql = f'SELECT * FROM "{register.name}"{where} ORDER BY record'
    return store.select(sql, (str(period),) if of_one else ())


def _vanished(
    store: Store,
    register: Register,
    period: Period | None,
    position: int,
    written: Mapping[str, frozenset[str]],
) -> dict[str, dict[str, Any]]:
    """What stood in records of which nothing is left, as a package set aside leaves them."""
    lines = store.connection.execute(
        "SELECT record, fields FROM journal WHERE register = ? AND position <= ?"
        f' AND record NOT IN (SELECT record FROM "{register.name}")'
        " AND record IN (SELECT value FROM json_each(?)) ORDER BY position",
        (register.name, position, json_text(sorted(written))),
    )
    found: dict[str, dict[str, Any]] = {}
    for record, fields in lines:
        found.setdefault(record, {"record": record}).update(read_fields(fields))
    of_one = period is not None and register.shape == "ledger"
    return {
        record: row
        for record, row in found.items()
        if not of_one or row.get("period") == str(period)
    }


def _stood(store: Store, record: str, position: int) -> bool:
    """Whether a record was there, and not taken away, at a place of the journal."""
    lines = store.connection.execute(
        "SELECT fields FROM journal WHERE record = ? AND position <= ? ORDER BY position",
        (record, position),
    )
    written = [read_fields(fields) for (fields,) in lines]
    removals = [fields[REMOVED] for fields in written if REMOVED in fields]
    return bool(written) and not (removals and removals[-1])
