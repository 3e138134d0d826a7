"""A new version of a book's scheme 更新方案: checked against the old one, taken over as one act.

The definitions are a record like all others, so a version travels as an entry, stands in the
history and reaches every book that receives it; what was written under it before it came has
waited in the journal and appears with it.
"""

from __future__ import annotations

from desktop.ledger import records
from desktop.ledger.definitions import SCHEME, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.soundness import succeeds
from desktop.ledger.store import Store


def update_scheme(store: Store, scheme: Scheme) -> tuple[records.Change, ...]:
    """Let ``scheme`` follow the book's present one: tables, views and what waited for it.

    Raises :class:`~desktop.ledger.definitions.MalformedScheme` when it may not follow (a name
    dropped, a type changed, no higher version), :class:`~desktop.ledger.records.NotYours` in the
    book of a unit that takes its scheme from above, and
    :class:`~desktop.ledger.expressions.BadExpression`; the book is then as before.
    """
    succeeds(store.scheme, scheme)
    with records.batch(store, "scheme", f"第 {scheme.version} 版") as batch:
        values = {"version": scheme.version, "files": json_text(dict(scheme.texts))}
        batch.change(SCHEME.name, store.scheme_record(), values)
    return tuple(batch.changes)
