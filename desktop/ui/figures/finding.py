"""All that the page shows of a week, found in one reading of the book."""

from __future__ import annotations

import msgspec

from desktop.ledger.store import Store
from desktop.ledger.trend import Point, trend_of
from desktop.ui.figures.aspects import Aspect, aspects_of
from desktop.ui.figures.reading import Dimension, Scope, Sheet, dimensions_of, sheet_of
from desktop.ui.figures.tabulation import Table, tabulated


class Found(msgspec.Struct, frozen=True):
    """What there is to choose from, and the chosen sheet as table and as weeks."""

    dimensions: tuple[Dimension, ...]
    aspects: tuple[Aspect, ...]
    sheet: Sheet
    table: Table
    points: tuple[Point, ...]


def find(store: Store, period: str, scope: Scope, aspect: str) -> Found:
    """The figures of ``period``; raises :class:`~desktop.ledger.definitions.MalformedScheme`."""
    sheet = sheet_of(store, period, scope)
    plan = sheet.total.row.amount("annual_plan")
    return Found(
        dimensions_of(store),
        aspects_of(store.scheme),
        sheet,
        tabulated(sheet, store.scheme, aspect),
        trend_of(store, period, sheet.projects, plan),
    )
