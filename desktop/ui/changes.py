"""What an act changed, as the journal says it: pages refresh by this and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desktop.ledger.store import Store


class Changes(msgspec.Struct, frozen=True):
    """The records that the entries of one act (or of several) touched, by register.

    ``act`` is the journal's word for the last of them: ``change``, ``paste``, ``undo`` …
    """

    records: Mapping[str, frozenset[str]]
    act: str = ""

    @property
    def registers(self) -> frozenset[str]:
        """The registers that were touched."""
        return frozenset(self.records)

    def touches(self, *registers: str) -> bool:
        """Whether one of ``registers`` was touched; without any, whether anything was."""
        return bool(self.registers & set(registers)) if registers else bool(self.records)


def since(store: Store, position: int) -> Changes:
    """What the journal gained after ``position``."""
    found: dict[str, set[str]] = {}
    act = ""
    for register, record, named in store.connection.execute(
        "SELECT register, record, act FROM journal WHERE position > ? ORDER BY position",
        (position,),
    ):
        found.setdefault(register, set()).add(record)
        act = named
    return Changes({register: frozenset(records) for register, records in found.items()}, act)
