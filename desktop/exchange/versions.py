"""Versions of the scheme that a book has and a package brings: read once, judged by the newest."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange.entry_form import Read
from desktop.exchange.refusals import BadEntry, NewerScheme, Refusal
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import SCHEME, MalformedScheme, Scheme
from desktop.ledger.entry import read_fields
from desktop.ledger.soundness import succeeds
from desktop.ledger.store import Store


class Versions:
    """The versions of the scheme in ``store``, and those of a package that is being judged."""

    def __init__(self, store: Store) -> None:
        self.store, self.newest = store, store.scheme
        self._known = {store.scheme.version: store.scheme}
        self._all = False

    def bring(self, entry: Read) -> None:
        """Count in a version that a package brings, an entry of the register ``scheme``.

        It is written whole and never taken away. Raises :class:`NewerScheme` when a newer program
        may understand it, :class:`BadEntry` when nobody does.
        """
        if entry.parents and not entry.fields:
            return
        if entry.fields.keys() != {"version", "files"}:
            raise BadEntry("方案不完整")
        scheme = _read(entry.fields, self.store.scheme.version)
        self._known.setdefault(scheme.version, scheme)
        self.newest = max(self.newest, scheme, key=lambda one: one.version)

    def follow(self) -> Scheme:
        """The newest version, which must follow the book's; raises :class:`BadEntry`."""
        if self.newest is not self.store.scheme:
            try:
                succeeds(self.store.scheme, self.newest)
            except MalformedScheme as wrong:
                raise BadEntry(wrong.sentence.rstrip("。")) from None
        return self.newest

    def version(self, number: int) -> Scheme | None:
        """The scheme as it was in this version, None when neither book nor package has it."""
        if number not in self._known and not self._all:
            self._all = True
            rows = self.store.connection.execute(
                f'SELECT fields FROM journal WHERE record IN (SELECT record FROM "{SCHEME.name}")'
            ).fetchall()
            for (fields,) in rows:
                with suppress(Refusal):  # What the book passes over may not have been readable.
                    scheme = _read(read_fields(fields), self.store.scheme.version)
                    self._known.setdefault(scheme.version, scheme)
        return self._known.get(number)


def _read(fields: Mapping[str, Any], ours: int) -> Scheme:
    version, files = fields.get("version"), fields.get("files")
    if type(version) is not int or not isinstance(files, str):
        raise BadEntry("方案不完整")
    try:
        scheme = schemes.parse(msgspec.json.decode(files, type=dict[str, str]))
    except (
        OneLedgerError,
        # Whatever hostile definitions do to the reader.
        msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError,
    ) as wrong:  # fmt: skip
        if version > ours:
            raise NewerScheme(version, ours) from None
        reason = wrong.sentence.rstrip("。") if isinstance(wrong, OneLedgerError) else "方案读不出"
        raise BadEntry(reason) from None
    if version != scheme.version:
        raise BadEntry("方案的版本与内容不一致")
    return scheme
