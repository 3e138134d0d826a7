"""Whose projects a table tells of, where one workbook holds the tables of several units, and in
which village they lie."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.meaning.places import villages
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Record


def site(record: Record) -> str:
    """What says in which village a project lies: its place, else the name of its sheet."""
    place = record.values.get("place")
    return place if isinstance(place, str) and villages(place) else record.sheet


def of_tables(scheme: Scheme, gathering: Gathering) -> Sequence[Record]:
    """The projects, each with the unit that its own table's title or sheet names, where these name
    several and the row names none."""
    subject = scheme.register(scheme.head.subject)
    named = {unit for _, unit in gathering.reporters if unit is not None}
    if subject.owner is None or len(named) < 2:
        return gathering.projects
    owner, ends = subject.owner, [*gathering.starts[1:], len(gathering.projects)]
    found: list[Record] = []
    tables = zip(gathering.starts, ends, gathering.reporters, strict=True)
    for start, end, (_, unit) in tables:
        for record in gathering.projects[start:end]:
            if unit is None or record.values.get(owner) is not None or owner in record.open:
                found.append(record)
            else:
                found.append(_owned(record, owner, unit, subject.name))
    return found


def _owned(record: Record, owner: str, unit: str, register: str) -> Record:
    return msgspec.structs.replace(
        record,
        values={**record.values, owner: unit},
        homes={**record.homes, owner: register},
        places={**record.places, owner: (0, 0)},
    )
