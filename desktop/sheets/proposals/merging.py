"""One project that several tables of a workbook tell of becomes one record.

A list of all projects and a sheet for each township, a card and a list: what one leaves blank the
other fills; where they say different things, a person decides. Rows of one table are never merged,
nor projects whose codes, units, villages or periods differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.meaning.known import bare_name
from desktop.sheets.meaning.places import apart
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Question, Record
from desktop.sheets.proposals.saying import said, twice
from desktop.sheets.proposals.whose import site

#: Fields in which records of one name must not differ to be one project.
TELLING = ("code", "unit")


def merge(
    records: Sequence[Record], starts: Sequence[int], name: str, answers: Answers, scheme: Scheme
) -> tuple[list[Record], list[Question]]:
    """The records with those of one project made one, and the questions that this raises.

    ``starts`` are the indices at which a new table's records begin; ``name`` is the label's field.
    """
    tables = [number for number, start in enumerate(starts) if _filled(records, starts, number)]
    if len(tables) < 2:
        return list(records), []
    merged: list[Record] = []
    tables_of: list[set[int]] = []
    by_name: dict[str, list[int]] = {}
    questions: list[Question] = []
    for number, start in enumerate(starts):
        for record in records[start : _end(records, starts, number)]:
            bare = bare_name(str(record.values.get(name) or ""))
            same = next(
                (
                    at
                    for at in by_name.get(bare, ())
                    if number not in tables_of[at] and _one(merged[at], record)
                ),
                None,
            )
            if same is None or not bare or name in record.open:
                by_name.setdefault(bare, []).append(len(merged))
                merged.append(record)
                tables_of.append({number})
                continue
            merged[same] = _joined(merged[same], record, answers, questions, scheme)
            tables_of[same].add(number)
    return merged, questions


def _end(records: Sequence[Record], starts: Sequence[int], number: int) -> int:
    return starts[number + 1] if number + 1 < len(starts) else len(records)


def _filled(records: Sequence[Record], starts: Sequence[int], number: int) -> bool:
    return _end(records, starts, number) > starts[number]


def _one(one: Record, other: Record) -> bool:
    """Whether nothing says that two records of one name are two projects."""
    if one.period and other.period and one.period != other.period:
        return False
    if apart(site(one), site(other)):
        return False
    return all(
        one.values.get(field) in (None, other.values.get(field)) or other.values.get(field) is None
        for field in TELLING
    )


def _joined(
    one: Record, other: Record, answers: Answers, questions: list[Question], scheme: Scheme
) -> Record:
    """The first record with what the other adds to it."""
    values: dict[str, Any] = dict(one.values)
    homes, places, sheets = {**other.homes, **one.homes}, dict(one.places), dict(one.sheets)
    open_ = dict(one.open)
    for field, value in other.values.items():
        held = values.get(field)
        if value is None or (held == value and field not in open_):
            continue
        if field not in other.open and held is not None:
            if field in open_ or not _asked(one, other, field, answers, questions, open_, scheme):
                continue
        elif held is not None:
            continue
        values[field] = value
        homes[field] = other.homes[field]
        places[field] = other.place(field)
        sheets[field] = other.sheets.get(field, other.sheet)
        if field in other.open:
            open_[field] = other.open[field]
    return msgspec.structs.replace(
        one,
        values=values,
        homes=homes,
        places=places,
        sheets=sheets,
        open=open_,
        period=one.period or other.period,
    )


def _asked(
    one: Record,
    other: Record,
    field: str,
    answers: Answers,
    questions: list[Question],
    open_: dict[str, str],
    scheme: Scheme,
) -> bool:
    """Whether the other's value counts; where no answer says so, the field is asked about."""
    named = scheme.register(other.homes[field]).by_name[field]
    question = Question(
        sheet=other.sheets.get(field, other.sheet),
        cell=other.cell(field),
        record=other.label,
        field=field,
        text=str(other.values[field]),
        value=None,
        question=twice(
            other.label,
            named.title,
            (one.origin(field), said(scheme, named, one.values[field])),
            (other.origin(field), said(scheme, named, other.values[field])),
        ),
    )
    if answers.has(question.id):
        return True
    if not answers.has(f"{one.origin(field)}:{field}"):
        questions.append(question)
        open_[field] = question.id
    return False
