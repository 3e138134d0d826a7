"""All that the page shows of one project, read at once; its form is read by itself. No Qt."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop.ledger.store import Store
from desktop.ui.project import changes, items, reading
from desktop.ui.project.changes import Changed
from desktop.ui.project.items import ItemList
from desktop.ui.project.reading import Head, Weeks


class Whole(msgspec.Struct, frozen=True):
    """One project: its head, lists, weeks, newest changes, and the fields that ever changed."""

    head: Head
    lists: tuple[ItemList, ...]
    weeks: Weeks
    changed: changes.Page
    fields: tuple[Changed, ...]

    @property
    def open(self) -> int:
        """How many items wait to be closed, in the lists that are closed item by item."""
        return sum(one.open for one in self.lists if one.closes)


def whole(store: Store, record: str, period: str, today: date, only: Changed | None) -> Whole:
    """The project in a week, its changes narrowed to ``only``; raises :class:`NoSuchRecord`."""
    return Whole(
        reading.head(store, record, period),
        tuple(items.item_lists(store, record, today)),
        reading.weeks(store, record, period),
        changes.changes(store, record, only),
        tuple(changes.changed_fields(store, record)),
    )
