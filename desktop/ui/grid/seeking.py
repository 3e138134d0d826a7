"""Looking for a text in every row of a sheet, those too that nobody has scrolled to. Qt-free.

SQLite gives the stored values of all wanted rows; they are looked at as shown and as typed, equal
values once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.ledger import values
from desktop.ledger.definitions import Scheme
from desktop.ledger.store import Store
from desktop.ui.grid import display, reading
from desktop.ui.grid.columns import Placed
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.reading import Sheet
from desktop.ui.grid.replacing import Search

#: The columns that hold the text, by the row's key.
Hits = Mapping[str, tuple[int, ...]]
#: So many values of a column are remembered with whether they hold the text.
REMEMBERED = 100_000


def seek(
    store: Store, sheet: Sheet, asked: Asked, search: Search, columns: Sequence[int]
) -> dict[str, tuple[int, ...]]:
    """Every row of the sheet that holds the text in one of ``columns``, and where.

    Raises as :func:`~desktop.ui.grid.reading.keys`.
    """
    wanted = [sheet.placed[at] for at in columns]
    held = [
        _holds(store.scheme, placed, search, reading.labels_of(store, placed.field))
        for placed in wanted
    ]

    expressions = [sheet.relation.expressions[one.name] for one in wanted]
    found = {}
    for key, *row in reading.selected(store, sheet, asked, expressions):
        ats = tuple(
            at
            for at, value, holds in zip(columns, row, held, strict=True)
            if value is not None and holds(value)
        )
        if ats:
            found[key] = ats
    return found


def _holds(
    scheme: Scheme, placed: Placed, search: Search, labels: Mapping[str, str]
) -> Callable[[Any], bool]:
    """Whether a stored value holds the text; equal values are looked at once."""
    known: dict[Any, bool] = {}
    field = placed.field

    def holds(value: Any) -> bool:
        answer = known.get(value)
        if answer is None:
            linked = field.of is not None
            shown = labels.get(value, "") if linked else values.shown(scheme, field, value)
            typed = display.edit_text(scheme, field, value, shown)
            answer = search.fits(shown, typed)
            if len(known) < REMEMBERED:
                known[value] = answer
        return answer

    return holds
