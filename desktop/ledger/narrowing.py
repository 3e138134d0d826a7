"""A book narrowed to some of its subjects: whatever is read within sees these alone.

After one figure was typed only one project's findings and light can have changed, and a screen
shows thirty of many thousands. Checks, indicators and lights are statements over whole registers;
within :func:`narrowed` temporary tables with the names of those registers stand before them, so the
same statements give the same answers for the few. Views still look at the whole book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from desktop.ledger.definitions import Register
from desktop.ledger.entry import json_text
from desktop.ledger.store import Store


@contextmanager
def narrowed(store: Store, subjects: Iterable[str]) -> Iterator[None]:
    """Within, reading sees only ``subjects`` of the weekly dispatch and what hangs under them.

    For reading only: nothing may be written within.
    """
    scheme, connection = store.scheme, store.connection
    subject = scheme.registers[scheme.head.subject]
    under = [one for one in scheme.registers.values() if one.of == subject.name]
    chosen = (json_text(sorted(set(subjects))),)
    made: list[str] = []
    with store.atomic():
        try:
            for register in (subject, *under):
                made.append(register.name)
                _shadow(store, register, chosen)
            yield
        finally:
            for name in made:
                connection.execute(f'DROP TABLE IF EXISTS temp."{name}"')


def _shadow(store: Store, register: Register, chosen: tuple[str]) -> None:
    """The rows of ``register`` that hang under the chosen ones, or are they, with an index."""
    name, by = register.name, register.of or "record"
    store.connection.execute(
        f'CREATE TEMP TABLE "{name}" AS SELECT * FROM main."{name}"'
        f' WHERE "{by}" IN (SELECT value FROM json_each(?))',
        chosen,
    )
    also = ", period" if register.shape == "ledger" else ""
    store.connection.execute(f'CREATE INDEX temp."{name} by {by}" ON "{name}" ("{by}"{also})')
