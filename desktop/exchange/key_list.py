"""The list of keys 密钥名单: whose keys there are, numbered and signed by the unit above.

It goes down with every task package, so that a township can verify what a department wrote. A new
number whenever the content changes; its last digits are the issuing PC's, so that two PCs of one
unit do not give one number to different lists. Receivers keep what any list said (a key only ever
gets worse), so an old list brought again changes nothing; one number with two contents raises an
alarm.
"""

from __future__ import annotations

from hashlib import sha256

from desktop.exchange import directory, keys, own_keys
from desktop.exchange.own_keys import OwnKeys
from desktop.exchange.payload import KeyList, Listed, Listing
from desktop.exchange.refusals import Refusal, WrongDirection
from desktop.exchange.sender_refusals import ForgedSignature, KeyNotYetKnown, RevokedKey
from desktop.exchange.trust import RetiredKey, Trust
from desktop.ledger.correspondence import KEY_LIST
from desktop.ledger.workspace import Book

#: Numbers of lists end in digits that follow from the name of the PC that issues them, below this.
_STEP = 1_000_000


class KeyListForked(Refusal):
    """Two different lists of keys under one number: one of them is false."""

    def __init__(self, sender: str, number: int) -> None:
        super().__init__(
            f"“{sender}”的第 {number} 号密钥名单有两种不同的内容，没有装入。",
            "账本没有改动；请立即与对方电话核对，可能有人冒用对方的密钥。",
        )


def key_list(book: Book) -> KeyList | None:
    """The list that this unit hands down now, numbered anew if it changed; None with none below.

    Raises :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    trust = directory.trust(book)
    if not trust.below:
        return None
    own = own_keys.own_keys(book)
    listing = _listing(trust)
    ours = [one for one in directory.key_lists(book) if _signed_here(trust, one)]
    if ours and keys.read_list(ours[-1]) == listing:
        return ours[-1]
    number = _next_number(max((one.number for one in ours), default=0), own)
    said = keys.sign_list(own.unit_keys, number, own.epoch, listing.units, listing.replicas)
    _keep(book, said, f"第 {number} 号密钥名单", instead_of=ours)
    return said


def trusting(book: Book, trust: Trust, said: KeyList, sender: str) -> Trust:
    """``trust`` with the list ``said`` that came from ``sender``; nothing is written.

    Raises :class:`~desktop.exchange.refusals.WrongDirection` unless it is the unit above,
    :class:`~desktop.exchange.sender_refusals.KeyNotYetKnown`, :class:`RetiredKey` for a new list
    by old keys, :class:`~desktop.exchange.sender_refusals.RevokedKey`,
    :class:`~desktop.exchange.sender_refusals.ForgedSignature`, :class:`KeyListForked`,
    :class:`~desktop.exchange.refusals.Malformed`.
    """
    name = trust.names.get(sender, "")
    if trust.above is None or sender != trust.above:
        raise WrongDirection(name)
    key = trust.key(sender, said.epoch)
    if key is None:
        raise KeyNotYetKnown(name)
    if key.state == "revoked":
        raise RevokedKey(name)
    if not keys.list_holds(said, key.sign_key):
        raise ForgedSignature(name)
    listing = keys.read_list(said)
    if trust.lists.get(said.number, said.body) != said.body:
        raise KeyListForked(name, said.number)
    if key.state == "retired":
        # A late one is covered by those that came since; a new one is not theirs to sign.
        if said.number > max(trust.lists, default=0):
            raise RetiredKey(name)
        return trust
    return trust.with_list(said.number, said.body, listing)


def take_key_list(book: Book, said: KeyList) -> bool:
    """Keep the list of the unit above; False when it says nothing that was not known.

    Raises as :func:`trusting` does.
    """
    trust = directory.trust(book)
    after = trusting(book, trust, said, trust.above or "")
    newest = said.number > max(trust.lists, default=0)
    if not newest and (after.listed, after.void) == (trust.listed, trust.void):
        return False
    kept = [one for one in directory.key_lists(book) if trust.lists.get(one.number) == one.body]
    covered = newest and (after.listed, after.void) == _alone(trust, said)
    name = trust.names.get(trust.above or "", "")
    _keep(book, said, f"{name}第 {said.number} 号密钥名单", instead_of=kept if covered else [])
    return True


def _alone(trust: Trust, said: KeyList) -> tuple[dict[tuple[str, int], Listed], frozenset[str]]:
    """What the list says by itself, and the replicas that are void without any other list."""
    listing = keys.read_list(said)
    earlier = {name for body in trust.lists.values() for name in _replicas(body)}
    void = (trust.void - earlier) | set(listing.replicas)
    return {(one.unit, one.epoch): one for one in listing.units}, void


def _replicas(body: bytes) -> tuple[str, ...]:
    return keys.read_list(KeyList(1, 1, body, "")).replicas


def _listing(trust: Trust) -> Listing:
    """Every key that this book can vouch for, its own first of all."""
    places = {*trust.partners, *trust.listed}
    found = [trust.key(unit, epoch) for unit, epoch in places]
    units = tuple(sorted((one for one in found if one), key=lambda one: (one.unit, one.epoch)))
    return Listing(units, tuple(sorted(trust.void)))


def _signed_here(trust: Trust, said: KeyList) -> bool:
    key = trust.key(trust.own, said.epoch)
    return key is not None and keys.list_holds(said, key.sign_key)


def _next_number(last: int, own: OwnKeys) -> int:
    """The first number after ``last`` that ends in this PC's digits.

    Not in its label's: two PCs begun from one share call themselves alike until they meet.
    """
    mine = int.from_bytes(sha256(own.certificate.replica.encode()).digest()[:8]) % _STEP
    return last + 1 + (mine - last - 1) % _STEP


def _keep(book: Book, said: KeyList, note: str, instead_of: list[KeyList]) -> None:
    """Write the list down; those that it replaces are taken away, the journal keeps them."""
    old = {(one.number, one.epoch, one.signature) for one in instead_of}
    rows = book.select(
        f'SELECT record, number, epoch, signature FROM "{KEY_LIST.name}" WHERE removed = 0'
    )
    with book.batch("keys", note) as batch:
        for row in rows:
            if (row["number"], row["epoch"], row["signature"]) in old:
                batch.remove(KEY_LIST.name, row["record"])
        values = {
            "number": said.number,
            "epoch": said.epoch,
            "body": said.body.decode(),
            "signature": said.signature,
        }
        batch.create(KEY_LIST.name, values)
