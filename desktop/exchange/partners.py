"""The partners 往来单位 as rows: whose public keys this book keeps, the own unit's too.

One row is one unit's keys in one epoch, or an invitation that waits for them. The PCs of a unit
share these rows, so several may speak of the same keys, and two PCs may have written one row apart:
what is read here is the same on every PC, and a state only ever goes forward in the order
invited, answered, confirmed, retired, revoked.

``token`` means, by state: of an invitation, what its answer must prove to know; of a partner whose
keys are known, the sealing key of ours that it was heard to use; of a key retired by rotation, the
sealing key that followed it ("" when it was replaced by a new first contact); of a row without
keys that is revoked, the replica that is no longer trusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from desktop.exchange.keys import Public
from desktop.ledger.correspondence import (
    ANSWERED,
    CONFIRMED,
    INVITED,
    PARTNER,
    RETIRED,
    REVOKED,
)
from desktop.ledger.store import Store

#: The way of a key, in one direction.
STATES = (INVITED, ANSWERED, CONFIRMED, RETIRED, REVOKED)
#: Of two different keys for one unit and epoch (never made by one PC alone) the first such holds.
_HOLDS = (CONFIRMED, RETIRED, REVOKED, ANSWERED, INVITED)
#: Who reads one of these from a row that two PCs wrote apart does not know whose key it is.
_KEYS = frozenset({"unit", "epoch", "sign_key", "seal_key"})


class Partner(msgspec.Struct, frozen=True):
    """One row; see the module for ``token``. Keys in hexadecimal digits, "" for what is not."""

    record: str
    unit: str
    epoch: int
    sign_key: str = ""
    seal_key: str = ""
    state: str = INVITED
    code: str = ""
    token: str = ""
    box: str = ""

    @property
    def public(self) -> Public:
        """The unit's public keys."""
        return Public(self.sign_key, self.seal_key)

    @property
    def known(self) -> bool:
        """Whether the row holds keys; else it is an invitation or a revoked replica."""
        return bool(self.sign_key)


def partners(store: Store) -> list[Partner]:
    """Every row, in the order in which the rows came into this book."""
    names = ", ".join(f'p."{name}"' for name in ("record", *(f.name for f in PARTNER.field)))
    came = "(SELECT min(position) FROM journal AS j WHERE j.record = p.record)"
    rows = store.select(
        f'SELECT {names} FROM "{PARTNER.name}" AS p WHERE p.removed = 0 ORDER BY {came}'
    )
    apart = _apart(store)
    found = []
    for row in rows:
        values = {name: value for name, value in row.items() if value is not None}
        partner = Partner(**{"epoch": 0, **values})
        found.append(_settled(partner, apart.get(partner.record, {})))
    return found


def keyed(rows: Iterable[Partner]) -> dict[tuple[str, int], Partner]:
    """For every unit and epoch the keys that hold, in the furthest state that a row gives them."""
    same: dict[tuple[str, int, Public], Partner] = {}
    for row in sorted(rows, key=lambda row: row.record):
        if row.known:
            keys = (row.unit, row.epoch, row.public)
            same[keys] = _joined(same[keys], row) if keys in same else row
    found: dict[tuple[str, int], Partner] = {}
    for row in sorted(same.values(), key=lambda row: (_HOLDS.index(row.state), row.record)):
        found.setdefault((row.unit, row.epoch), row)
    return found


def present(rows: Iterable[Partner], unit: str) -> Partner | None:
    """Where this book stands with ``unit``: its latest keys in use, or the last invitation since.

    Keys retired or revoked only when there is nothing else; None for a unit never spoken to.
    """
    own = [row for row in rows if row.unit == unit]
    known = [row for (name, _), row in keyed(own).items() if name == unit]
    invited = [row for row in reversed(own) if not row.known and row.state == INVITED]
    return max(
        (*invited, *known),
        key=lambda row: (row.state not in (RETIRED, REVOKED), row.epoch, row.known),
        default=None,
    )


def void_replicas(rows: Iterable[Partner]) -> frozenset[str]:
    """The replicas that this unit declared void."""
    return frozenset(row.token for row in rows if not row.known and row.state == REVOKED)


def _joined(one: Partner, other: Partner) -> Partner:
    """Two rows of the same keys as one."""
    return msgspec.structs.replace(
        one,
        state=max(one.state, other.state, key=STATES.index),
        code=one.code or other.code,
        token=one.token or other.token,
        box=one.box or other.box,
    )


def _apart(store: Store) -> dict[str, dict[str, list[Any]]]:
    """What stands apart in rows that two PCs wrote at the same time: record → field → values."""
    found: dict[str, dict[str, list[Any]]] = {}
    for record, field, value in store.connection.execute(
        "SELECT record, field, value FROM conflict WHERE register = ?", (PARTNER.name,)
    ):
        found.setdefault(record, {}).setdefault(field, []).append(msgspec.json.decode(value))
    return found


def _settled(partner: Partner, apart: dict[str, list[Any]]) -> Partner:
    """The row without doubt: the furthest state; keys that differ have to be compared again."""
    states = [state for state in (partner.state, *apart.get("state", ())) if state in STATES]
    state = max(states, key=STATES.index, default=REVOKED)
    if apart.keys() & _KEYS and state != REVOKED:
        state = ANSWERED if partner.known else state
    return msgspec.structs.replace(partner, state=state)
