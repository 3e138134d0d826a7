"""The filters of the list of projects, each choice with how many projects it would leave. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.store import Store
from desktop.ui.project.listing import (
    UNFILLED,
    Stand,
    Wanted,
    subject_of,
    units_of,
    where_fits,
)


class Option(msgspec.Struct, frozen=True):
    """One choice of a filter and how many projects it leaves."""

    key: str
    title: str
    count: int


class Facet(msgspec.Struct, frozen=True):
    """A field by which one filters."""

    name: str
    title: str
    options: tuple[Option, ...]


def facets_of(scheme: Scheme) -> list[Field]:
    """The fields by which projects are filtered: their unit, then every choice."""
    subject = subject_of(scheme)
    owner = [field for field in subject.shown if field.name == subject.owner]
    return owner + [field for field in subject.shown if field.type in ("choice", "choices")]


def facets(store: Store, wanted: Wanted, known: Mapping[str, Stand]) -> list[Facet]:
    """Every filter that would leave fewer, with how many; the other filters are as they are."""
    subject, found = subject_of(store.scheme), []
    for field in facets_of(store.scheme):
        others = {name: key for name, key in wanted.choices.items() if name != field.name}
        where, values = where_fits(store, subject, msgspec.structs.replace(wanted, choices=others))
        column, source = f'this."{field.name}"', f'"{subject.name}" AS this'
        if field.type == "choices":
            source += f" JOIN json_each(coalesce({column}, '[null]')) AS part"
            column = "part.value"
        if wanted.light:
            lit = [record for record, stand in known.items() if stand.light == wanted.light]
            where += " AND this.record IN (SELECT value FROM json_each(?))"
            values = [*values, msgspec.json.encode(lit).decode()]
        counted = dict(
            store.connection.execute(
                f"SELECT {column}, count(*) FROM {source} WHERE {where} GROUP BY 1", values
            ).fetchall()
        )
        found.append(Facet(field.name, field.title, tuple(_options(store, field, counted))))
    return [one for one in found if len(one.options) > 1 or one.name in wanted.choices]


def _options(store: Store, field: Field, counted: Mapping[Any, int]) -> list[Option]:
    """In the order of the code list or of the units, those without projects left out."""
    codes = store.scheme.code_list(field)
    if codes is not None:
        titles = {item.name: codes.title_of(item.name) for item in codes.items}
    else:
        titles = units_of(store)
    found = [Option(key, title, counted[key]) for key, title in titles.items() if counted.get(key)]
    if counted.get(None):
        found.append(Option(UNFILLED, UNFILLED, counted[None]))
    return found
