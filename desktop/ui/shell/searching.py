"""What the search of the top bar finds; no Qt."""

from __future__ import annotations

import msgspec

from desktop.ledger import dispatch
from desktop.ledger.codes import fold_width
from desktop.ledger.store import Store
from desktop.ui.forms.initials import fits

#: So many are shown.
MOST = 12


class Found(msgspec.Struct, frozen=True):
    """One project: its record, name, and unit where the book looks after several."""

    record: str
    name: str
    unit: str


def search(store: Store, text: str) -> list[Found]:
    """The projects that ``text`` fits by name, pinyin initials or code.

    Names that begin with it come first, then those that have it earliest; at most :data:`MOST`.
    """
    subject = store.scheme.registers[store.scheme.head.subject]
    label = subject.label or "record"
    codes = [field.name for field in subject.stored if field.type == "code"]
    columns = ", ".join(f's."{name}"' for name in (label, *codes))
    owner = f's."{subject.owner}"' if subject.owner else "NULL"
    fitting, plain = fits(text), fold_width(text).lower().replace("-", "").strip()
    found = []
    for record, unit, name, *numbers in store.connection.execute(
        f'SELECT s.record, coalesce(u.short, u.name), {columns} FROM "{subject.name}" AS s'
        f" LEFT JOIN unit AS u ON u.record = {owner} WHERE s.removed = 0"
    ):
        coded = len(plain) >= 4 and any(
            number and plain in number.lower().replace("-", "") for number in numbers
        )
        if coded or fitting(name):
            at = (name or "").find(text.strip())
            found.append((at < 0, at, name or "", record, unit or ""))
    found.sort()
    several = dispatch.consolidates(store)
    return [
        Found(record, name, unit if several else "") for _, _, name, record, unit in found[:MOST]
    ]
