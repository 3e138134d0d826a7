"""The directory 通讯录: whom this book trusts, and what it says of itself to them.

Read from the rows of partners, the lists of keys of the unit above and the tree of units; what a
package that is taken in shows of its sender is written down here too.
"""

from __future__ import annotations

import msgspec

from desktop.exchange import keys, own_keys, partners
from desktop.exchange.certificates import NO_KEY
from desktop.exchange.keyring import Keyring
from desktop.exchange.keys import Public
from desktop.exchange.own_keys import OwnKeys
from desktop.exchange.partners import Partner
from desktop.exchange.payload import (
    Certificate,
    Enrolment,
    Header,
    KeyList,
    Kind,
    Payload,
    Rotation,
)
from desktop.exchange.sender_refusals import ForgedSignature
from desktop.exchange.trust import RetiredKey, Trust
from desktop.ledger import audience
from desktop.ledger.correspondence import (
    ANSWERED,
    CONFIRMED,
    INVITED,
    KEY_LIST,
    PARTNER,
    RETIRED,
)
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book

__all__ = [
    "RetiredKey", "Trust", "adopt", "below", "by_name", "disowned", "introduction", "is_replica",
    "key_lists", "kind_from", "own_public", "partner", "replicas", "rotation", "take_rotation",
    "trust",
]  # fmt: skip


def trust(store: Store) -> Trust:
    """Whom the book trusts now."""
    rows = partners.partners(store)
    names = dict(store.connection.execute("SELECT record, name FROM unit"))
    words = store.connection.execute(
        "SELECT unit, epoch, replica, label, key, signature FROM certificate"
    )
    found = Trust(
        store.unit,
        audience.above(store, store.unit),
        frozenset(below(store)),
        names,
        partners.keyed(rows),
        tuple(row for row in rows if row.state == INVITED and not row.known),
        {},
        {},
        partners.void_replicas(rows),
        {word[2]: Certificate(*word) for word in words},
    )
    for one in key_lists(store):
        key = found.key(found.above, one.epoch) if found.above else None
        if key is not None and keys.list_holds(one, key.sign_key):
            found = found.with_list(one.number, one.body, keys.read_list(one))
    return found


def key_lists(store: Store) -> list[KeyList]:
    """The lists of keys that this book keeps, its own too, by number."""
    rows = store.connection.execute(
        f'SELECT number, epoch, body, signature FROM "{KEY_LIST.name}" WHERE removed = 0'
        " ORDER BY number, record"
    )
    return [KeyList(number, epoch, body.encode(), by) for number, epoch, body, by in rows]


def below(store: Store) -> tuple[str, ...]:
    """The units directly below the book's, in their order."""
    rows = store.connection.execute(
        'SELECT record FROM unit WHERE above = ? AND removed = 0 ORDER BY "order", name',
        (store.unit,),
    )
    return tuple(record for (record,) in rows)


def kind_from(store: Store, unit: str) -> Kind | None:
    """The kind of package that ``unit`` sends to this book's; None for one that sends none."""
    if unit == store.unit:
        return "share"
    if unit == audience.above(store, store.unit):
        return "task"
    return "report" if unit in below(store) else None


def by_name(store: Store, header: Header) -> Header:
    """``header`` with its sender named as in this book: what a package calls itself is its word."""
    row = store.connection.execute(
        "SELECT name FROM unit WHERE record = ?", (header.sender,)
    ).fetchone()
    return msgspec.structs.replace(header, sender_name=str(row[0])) if row else header


def removed(store: Store, unit: str) -> bool:
    """Whether ``unit`` was once in this book and has been deleted."""
    row = store.connection.execute("SELECT removed FROM unit WHERE record = ?", (unit,)).fetchone()
    return row is not None and bool(row[0])


def partner(store: Store, unit: str) -> Partner | None:
    """Where this book stands with ``unit``, see :func:`partners.present`."""
    return partners.present(partners.partners(store), unit)


def is_replica(store: Store, name: str) -> bool:
    """Whether ``name`` is a replica that this book has a certificate of."""
    row = store.connection.execute("SELECT 1 FROM certificate WHERE replica = ?", (name,))
    return row.fetchone() is not None


def replicas(store: Store, unit: str) -> frozenset[str]:
    """The PCs of ``unit`` from which a package may still come.

    Those certified by keys in use or by keys that were rotated since; not those of keys that a
    new first contact replaced, nor what was declared void.
    """
    known = trust(store)
    found = set()
    for replica, word in known.certificates.items():
        if word.unit != unit or word.key == NO_KEY or known.revoked(replica):
            continue
        row = known.partners.get((unit, word.epoch))
        key = known.key(unit, word.epoch)
        rotated = row is not None and row.state == RETIRED and bool(row.token)
        if key is not None and (key.state == "active" or (rotated and key.state == "retired")):
            found.add(replica)
    return frozenset(found)


def disowned(store: Store) -> frozenset[str]:
    """The own unit's PCs whose signature others no longer take: the unit vouches for their lines.

    Those declared void, and those certified by nothing but a key that was.
    """
    known = trust(store)
    found = set()
    for replica, word in known.certificates.items():
        key = known.key(word.unit, word.epoch)
        if word.unit == store.unit and (
            known.revoked(replica) or (key is not None and key.state == "revoked")
        ):
            found.add(replica)
    return frozenset(found)


def own_public(book: Book) -> Public:
    """The own unit's present public keys, made if there are none.

    Raises :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    return own_keys.unit_keys_of(book)[1].public


def introduction(book: Book, unit: str, own: OwnKeys) -> Enrolment | None:
    """What a package to ``unit`` says of our keys during a first contact; None outside of one.

    To a unit below with the invitation; to the unit above until it was heard to use our key.
    """
    row = partner(book, unit)
    if row is None or not row.token or row.state not in (INVITED, ANSWERED, CONFIRMED):
        return None
    if any(row.token == one.seal_key for one in own_keys.own_rows(book).values()):
        return None
    public = own.unit_keys.public
    proof = keys.proof(row.token, own.unit, own.epoch, public)
    return Enrolment(own.unit, own.epoch, public.sign, public.seal, proof)


def rotation(book: Book, unit: str, own: OwnKeys) -> Rotation | None:
    """What a package to ``unit`` says of keys that we rotated since it was heard last, or None.

    Signed by the keys that the unit knows and by the present ones.
    """
    row = partner(book, unit)
    if row is None or unit == book.unit:
        return None
    ring = Keyring(book.profile)
    for epoch, mine in own_keys.own_rows(book).items():
        if mine.seal_key == row.token and epoch < own.epoch:
            old = ring.unit(own.unit, epoch)
            if old is not None and old.public == mine.public:
                return keys.rotation(own.unit, own.epoch, old, own.unit_keys)
    return None


def adopt(book: Book, header: Header, message: Payload) -> None:
    """Write down what a package that is taken in shows of its sender; within the caller's act.

    Its rotation, which of our keys it used, and that the unit above has answered our first package:
    a package sealed to our key says so.
    """
    if message.rotation is not None:
        take_rotation(book, header.sender, message.rotation)
    row = partners.keyed(partners.partners(book)).get((header.sender, header.epoch))
    if row is None or header.sender == book.unit or not header.receiver_key:
        return
    mine = {one.seal_key: epoch for epoch, one in own_keys.own_rows(book).items()}
    change: dict[str, str] = {}
    if mine.get(header.receiver_key, 0) > mine.get(row.token, 0):
        change["token"] = header.receiver_key
    if row.state == ANSWERED and header.sender == audience.above(book, book.unit):
        change["state"] = CONFIRMED
    if change:
        with book.batch("enrol", header.sender_name) as batch:
            batch.change(PARTNER.name, row.record, change)


def take_rotation(book: Book, unit: str, rotation: Rotation) -> bool:
    """Let ``unit``'s new keys follow the old ones, which are retired; False when known already.

    Raises :class:`~desktop.exchange.sender_refusals.ForgedSignature`.
    """
    known = trust(book)
    name = known.names.get(unit, "")
    if rotation.unit != unit:
        raise ForgedSignature(name)
    row = known.partners.get((unit, rotation.epoch))
    if row is not None:
        if row.public != Public(rotation.sign_key, rotation.seal_key):
            raise ForgedSignature(name)
        return False
    old = known.before(rotation)
    values = {
        "unit": unit,
        "epoch": rotation.epoch,
        "sign_key": rotation.sign_key,
        "seal_key": rotation.seal_key,
        "state": old.state,
        "code": old.code or None,
        "token": old.token or None,
    }
    with book.batch("keys", f"{name} 更换密钥") as batch:
        retired = {"state": RETIRED, "token": rotation.seal_key}
        batch.change(PARTNER.name, old.record, retired)
        batch.create(PARTNER.name, values)
    return True
