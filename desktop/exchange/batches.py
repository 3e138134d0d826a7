"""Batches 签名清单: an author's signed list of what it wrote, which goes wherever an entry goes.

A package is signed by who carries it; a batch says who wrote. Every replica signs, per package,
the identities of its own entries that no batch lists yet, ascending, and later packages carry the
same batch whole: of entries that the receiver may not see it learns a hash and nothing else. For a
replica whose key is lost or void, or whose book was copied, the unit's own key vouches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Protocol

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange import keys
from desktop.exchange.certificates import NO_KEY, keep_certificate, known_certificates
from desktop.exchange.keys import ReplicaKey, UnitKeys
from desktop.exchange.payload import Authored, Batch, Certificate, Listed
from desktop.exchange.refusals import BatchForged, BatchMissing
from desktop.exchange.sender_refusals import RevokedKey, UnknownKey
from desktop.ledger.entry import AUTHORED, canonical, identity, json_text
from desktop.ledger.store import Store

#: Who signed a batch: the author's own key, or its unit's key of an epoch (``unit:3``).
REPLICA, UNIT = "replica", "unit:"

_AUTHOR = AUTHORED.index("author")
_SIZE = 32
_REVOKED = "revoked"


class Own(Protocol):
    """The keys with which a book signs."""

    @property
    def unit_keys(self) -> UnitKeys:
        """Of the unit in its present epoch."""

    @property
    def epoch(self) -> int:
        """Which epoch of the unit's keys that is."""

    @property
    def replica_key(self) -> ReplicaKey:
        """Of the replica that writes here."""

    @property
    def certificate(self) -> Certificate:
        """The unit's word for the replica's key."""


class Trusted(Protocol):
    """Whose keys a book knows, as :class:`desktop.exchange.directory.Trust` does."""

    def key(self, unit: str, epoch: int) -> Listed | None:
        """The keys of a unit in an epoch, None when they were never made known."""

    def revoked(self, replica: str) -> bool:
        """Whether the replica was declared void."""


class NotVouched(OneLedgerError):
    """Lines of others stand in the journal without their author's batch: they cannot be sent."""

    def __init__(self, count: int, author: str) -> None:
        super().__init__(
            f"账本中有 {count} 条外来分录没有录入人的签名清单（录入端 {author} 等），不能写出。",
            "请先核验账本；仍不能写出时，请对方重新写出一份数据包，装入后再试。",
        )


class _Voucher(msgspec.Struct, frozen=True):
    """By which key a batch must be signed, for which unit, and whether that key was revoked."""

    key: str
    unit: str
    void: bool


def cover(store: Store, positions: Iterable[int], own: Own, void: Collection[str] = ()) -> None:
    """Sign what no batch lists yet among the own unit's lines at ``positions``.

    The replica that writes here signs its own; for other replicas of the unit, and for one that
    was never certified (written in a book that was copied since), the unit signs. So it does anew
    for its replicas in ``void``, whose own word nobody takes any more. Lines of others are left
    alone. Stands within the caller's transaction.
    """
    ours = own.certificate
    disowned = json_text(sorted(set(void) - {ours.replica}))
    keep_certificate(store, ours)
    rows = store.connection.execute(
        "SELECT j.author, j.entry, j.position FROM journal AS j"
        " LEFT JOIN certificate AS c ON c.replica = j.author"
        " LEFT JOIN covered ON covered.position = j.position"
        " LEFT JOIN batch AS b ON b.id = covered.batch"
        " WHERE j.position IN (SELECT value FROM json_each(?1))"
        " AND (b.id IS NULL OR (j.author IN (SELECT value FROM json_each(?3)) AND b.signer = ?4))"
        " AND (c.unit = ?2 OR (c.unit IS NULL AND j.package = ''))",
        (json_text(list(positions)), ours.unit, disowned, REPLICA),
    )
    places: dict[str, dict[bytes, int]] = {}
    for author, entry, position in rows:
        places.setdefault(author, {})[bytes.fromhex(entry)] = position
    for author, listed in sorted(places.items()):
        mine = author == ours.replica
        signer = REPLICA if mine else f"{UNIT}{own.epoch}"
        entries = b"".join(sorted(listed))
        said = _statement(ours.unit, author, signer, entries)
        signature = own.replica_key.sign(said) if mine else own.unit_keys.sign(said)
        if not mine:
            word = keys.certify(own.unit_keys, ours.unit, own.epoch, author, "", NO_KEY)
            keep_certificate(store, word)
        _keep_batch(store, Batch(author, signer, entries, signature), listed.values())


def batches_for(
    store: Store, positions: Collection[int]
) -> tuple[tuple[Batch, ...], tuple[Certificate, ...]]:
    """The batches that list the lines at ``positions``, and the certificates of their authors.

    A line stands in one batch, so these are the fewest. Raises :class:`NotVouched` for lines of
    others without one; the own unit's must have been :func:`cover`\\ ed.
    """
    wanted = json_text(list(positions))
    lacking = store.connection.execute(
        "SELECT count(*), author FROM journal WHERE position IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.position = journal.position)",
        (wanted,),
    ).fetchone()
    if lacking[0]:
        raise NotVouched(*lacking)
    rows = store.connection.execute(
        "SELECT author, signer, entries, signature FROM batch WHERE id IN"
        " (SELECT batch FROM covered WHERE position IN (SELECT value FROM json_each(?)))"
        " ORDER BY id",
        (wanted,),
    )
    batches = tuple(Batch(*row) for row in rows)
    return batches, tuple(known_certificates(store, {batch.author for batch in batches}).values())


def keep(
    store: Store,
    batches: Iterable[Batch],
    certificates: Iterable[Certificate],
    entries: Iterable[Authored],
) -> None:
    """Keep what vouches for ``entries``, which stand in the journal now; once, however often.

    All of it must have been verified. Stands within the caller's transaction.
    """
    rows = store.connection.execute(
        "SELECT entry, position FROM journal WHERE entry IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.position = journal.position)",
        (json_text([identity(canonical(columns)) for columns in entries]),),
    )
    bare = {bytes.fromhex(entry): position for entry, position in rows}
    authors = set()
    for batch in batches:
        authors.add(batch.author)
        places = [bare.pop(one) for one in _listed(batch) if one in bare]
        if places:
            _keep_batch(store, batch, places)
    for certificate in certificates:
        if certificate.replica in authors:
            keep_certificate(store, certificate)


def verify_batches(
    store: Store,
    entries: Iterable[Authored],
    batches: Collection[Batch],
    certificates: Iterable[Certificate],
    trust: Trusted,
    judged_before: bool = False,
) -> dict[str, str]:
    """Whether every one of ``entries`` was written by its author; gives the unit of each author.

    A retired key is good for what it signed. A revoked one, or a revoked replica's, only for
    entries that the book has or that come from the unit above or another PC of the own unit
    (``judged_before``); the unit's present key may vouch anew. Raises :class:`BatchMissing`,
    :class:`BatchForged`, :class:`UnknownKey`, :class:`RevokedKey`. The work is bounded: there is no
    batch that lists none of the entries, and no list is longer than its bytes.
    """
    writers = {bytes.fromhex(identity(canonical(one))): str(one[_AUTHOR]) for one in entries}
    if len(batches) > len(writers):
        raise BatchForged
    given = {certificate.replica: certificate for certificate in certificates}
    known = known_certificates(store, {batch.author for batch in batches})
    vouchers: dict[tuple[str, str], _Voucher] = {}
    vouched: set[bytes] = set()
    units: dict[str, str] = {}
    for batch in batches:
        author, by = batch.author, (batch.author, batch.signer)
        if by not in vouchers:
            words = (given.get(author), known.get(author))
            vouchers[by] = _voucher(store, author, batch.signer, words, trust)
        voucher = vouchers[by]
        said = _statement(voucher.unit, author, batch.signer, batch.entries)
        if voucher.key == NO_KEY or not keys.verified(voucher.key, said, batch.signature):
            raise BatchForged(author)
        content = [one for one in _listed(batch) if one in writers]
        if not content or any(writers[one] != author for one in content):
            raise BatchForged(author)
        held = (store.journal.has(one.hex()) for one in content)
        if voucher.void and not judged_before and not all(held):
            raise RevokedKey(_unit_name(store, voucher.unit))
        vouched.update(content)
        units[author] = voucher.unit
    for one, author in writers.items():
        if one not in vouched:
            raise BatchMissing(author)
    return units


def _voucher(
    store: Store,
    author: str,
    signer: str,
    words: tuple[Certificate | None, Certificate | None],
    trust: Trusted,
) -> _Voucher:
    """By what the batches of ``author`` are judged: by the certificate given and the one known.

    A replica has one unit and one key for ever; what was certified anew under a later epoch stands
    beside the earlier certificate.
    """
    given, known = words
    present = [word for word in words if word is not None]
    if not present:
        raise UnknownKey
    unit = present[0].unit
    keys_ = {word.key for word in present} - {NO_KEY}
    if any(word.unit != unit for word in present) or len(keys_) > 1:
        raise BatchForged(author)
    states = set()
    if given is not None:
        listed = trust.key(unit, given.epoch)
        if listed is None:
            raise UnknownKey(_unit_name(store, unit))
        if not keys.certified(given, listed.sign_key):
            raise BatchForged(author)
        states.add(listed.state)
    if known is not None:
        listed = trust.key(unit, known.epoch)
        states.update({listed.state} if listed else ())
    if not states:
        raise UnknownKey(_unit_name(store, unit))
    if not signer.startswith(UNIT):
        void = trust.revoked(author) or states <= {_REVOKED}
        return _Voucher(next(iter(keys_), NO_KEY), unit, void)
    listed = trust.key(unit, int(signer.removeprefix(UNIT)))
    if listed is None:
        raise UnknownKey(_unit_name(store, unit))
    return _Voucher(listed.sign_key, unit, listed.state == _REVOKED)


def _statement(unit: str, author: str, signer: str, entries: bytes) -> bytes:
    return keys.statement("batch", unit, author, signer, sha256(entries).hexdigest())


def _listed(batch: Batch) -> Iterator[bytes]:
    """The identities in a batch; raises :class:`BatchForged` unless they ascend."""
    before = b""
    if len(batch.entries) % _SIZE:
        raise BatchForged(batch.author)
    for start in range(0, len(batch.entries), _SIZE):
        one = batch.entries[start : start + _SIZE]
        if one <= before:
            raise BatchForged(batch.author)
        yield one
        before = one


def _keep_batch(store: Store, batch: Batch, positions: Iterable[int]) -> None:
    """Note that ``batch`` lists the lines at ``positions``; the batch itself is kept once."""
    columns = (batch.author, batch.signer, batch.entries, batch.signature)
    row = store.connection.execute(
        "SELECT id FROM batch WHERE author = ? AND signer = ? AND entries = ? AND signature = ?",
        columns,
    ).fetchone()
    number = row[0] if row else None
    if number is None:
        number = store.connection.execute(
            "INSERT INTO batch (author, signer, entries, signature) VALUES (?, ?, ?, ?)", columns
        ).lastrowid
    store.connection.executemany(
        "INSERT OR REPLACE INTO covered (position, batch) VALUES (?, ?)",
        [(position, number) for position in positions],
    )


def _unit_name(store: Store, unit: str) -> str:
    if "unit" not in store.tables:
        return ""
    row = store.connection.execute("SELECT name FROM unit WHERE record = ?", (unit,)).fetchone()
    return str(row[0] or "") if row else ""
