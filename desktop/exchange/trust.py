"""Trust: by whose keys packages may come and entries may be signed, at one moment.

Three sources, in this order: the own rows of partners (compared by telephone, or rotated by keys
that were), the own unit's keys, and the lists of keys that the unit above has signed. A list tells
of units that this book never spoke to itself; of one that it did it can only make a key worse.

Who may *send*: a unit directly above (task), directly below (report), the own unit (share), by keys
that are in use. Keys that were retired sign no packages any more — what they carried late comes
again with the next one, so nothing is lost — but stay good for the entries signed with them.
"""

from __future__ import annotations

import msgspec

from desktop.exchange import keys
from desktop.exchange.introduction import Introduction
from desktop.exchange.keys import Public
from desktop.exchange.partners import Partner
from desktop.exchange.payload import (
    Certificate,
    Enrolment,
    Header,
    KeyState,
    Listed,
    Listing,
    Payload,
    Rotation,
)
from desktop.exchange.sender_refusals import (
    ForgedSignature,
    KeyNotYetKnown,
    RevokedKey,
    Unconfirmed,
    UnknownKey,
)
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, RETIRED, REVOKED

_STATES: dict[str, KeyState] = {CONFIRMED: "active", RETIRED: "retired", REVOKED: "revoked"}
_ORDER: tuple[KeyState, ...] = ("active", "retired", "revoked")


class RetiredKey(RevokedKey):
    """The package was written with keys that its sender has replaced since."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(sender)
        self.sentence = f"“{sender}”已更换密钥，这个包是用旧密钥写的，没有装入。"
        self.advice = (
            "账本没有改动，内容会随对方下一个包再来；"
            "如由对方另一台电脑写出，请在那台电脑上用新的恢复码取回密钥，再重新写出。"
        )


class Trust(msgspec.Struct, frozen=True):
    """Whom a book trusts at one moment; read by
    :func:`desktop.exchange.directory.trust`.

    ``partners`` are the own rows by unit and epoch, ``invitations`` those not answered yet,
    ``listed`` what the lists of the unit above say, ``lists`` their contents by number, ``void``
    replicas that are no longer trusted, ``certificates`` the replicas known.
    """

    own: str
    above: str | None
    below: frozenset[str]
    names: dict[str, str]
    partners: dict[tuple[str, int], Partner]
    invitations: tuple[Partner, ...]
    listed: dict[tuple[str, int], Listed]
    lists: dict[int, bytes]
    void: frozenset[str]
    certificates: dict[str, Certificate]

    def key(self, unit: str, epoch: int) -> Listed | None:
        """The keys of a unit in an epoch, to verify what they signed; None when not trusted yet."""
        partner, listed = self.partners.get((unit, epoch)), self.listed.get((unit, epoch))
        if partner is None:
            if listed is not None and listed.state == "active" and self._spoken_to(unit):
                # Only the unit itself, or people on the telephone, bring keys into use.
                return msgspec.structs.replace(listed, state="retired")
            return listed
        if partner.state in _STATES:
            state = _STATES[partner.state]
        elif partner.state == ANSWERED and unit == self.above:
            state = "active"  # They came under the passphrase that people told each other.
        else:
            return None
        if listed is not None and (listed.sign_key, listed.seal_key) == (
            partner.sign_key,
            partner.seal_key,
        ):
            state = max(state, listed.state, key=_ORDER.index)
        return Listed(unit, epoch, partner.sign_key, partner.seal_key, state)

    def sender(self, unit: str, epoch: int) -> Listed:
        """The keys by which a package of ``unit`` may come now.

        Raises :class:`~desktop.exchange.sender_refusals.UnknownKey`,
        :class:`~desktop.exchange.sender_refusals.Unconfirmed` (answered, not compared yet),
        :class:`RetiredKey`, :class:`~desktop.exchange.sender_refusals.RevokedKey`.
        """
        name, partner = self.names.get(unit, ""), self.partners.get((unit, epoch))
        found = self.key(unit, epoch)
        if found is None:
            raise Unconfirmed(name) if partner is not None else UnknownKey(name)
        if found.state == "revoked":
            raise RevokedKey(name)
        if found.state == "retired":
            raise RetiredKey(name)
        if partner is None:
            raise UnknownKey(name)
        return found

    def revoked(self, replica: str) -> bool:
        """Whether a replica was declared void, here or by the unit above."""
        return replica in self.void

    def may_introduce(self, unit: str, epoch: int) -> bool:
        """Whether a package by keys never heard of may say whose they are (:meth:`introduced`)."""
        return (unit, epoch) not in self.partners and (
            self._spoken_to(unit) or any(one.unit == unit for one in self.invitations)
        )

    def introduced(self, message: Payload | Introduction, header: Header) -> Enrolment | Trust:
        """What a package says of its sender's new keys, proven.

        The answer to an invitation, to be compared before anything else is read; or the keys that
        follow those in use, signed by both, and trusted at once. Raises
        :class:`~desktop.exchange.sender_refusals.UnknownKey`,
        :class:`~desktop.exchange.sender_refusals.KeyNotYetKnown`,
        :class:`~desktop.exchange.sender_refusals.ForgedSignature`.
        """
        unit, name = header.sender, self.names.get(header.sender, "")
        for said in (message.partner, message.rotation):
            if said is not None and (said.unit, said.epoch) != (unit, header.epoch):
                raise ForgedSignature(name)
        if message.partner is not None:
            self.invitation(message.partner)
            return message.partner
        if message.rotation is not None:
            return self.rotated(message.rotation)
        raise KeyNotYetKnown(name) if self._spoken_to(unit) else UnknownKey(name)

    def invitation(self, enrolment: Enrolment) -> Partner:
        """The invitation that ``enrolment`` answers, proven by its token.

        Raises :class:`~desktop.exchange.sender_refusals.UnknownKey`.
        """
        public = Public(enrolment.sign_key, enrolment.seal_key)
        for one in self.invitations:
            fits = one.unit == enrolment.unit and one.epoch <= enrolment.epoch
            if fits and keys.proven(one.token, enrolment) and self._free(public):
                return one
        raise UnknownKey(self.names.get(enrolment.unit, ""))

    def rotated(self, rotation: Rotation) -> Trust:
        """The trust after ``rotation``, signed by keys in use and by the ones that follow.

        Raises :class:`~desktop.exchange.sender_refusals.ForgedSignature`.
        """
        old = self.before(rotation)
        public = Public(rotation.sign_key, rotation.seal_key)
        after = {
            (old.unit, old.epoch): msgspec.structs.replace(old, state=RETIRED, token=public.seal),
            (old.unit, rotation.epoch): msgspec.structs.replace(
                old, record="", epoch=rotation.epoch, sign_key=public.sign, seal_key=public.seal
            ),
        }
        return msgspec.structs.replace(self, partners={**self.partners, **after})

    def before(self, rotation: Rotation) -> Partner:
        """The keys in use that vouch for ``rotation``; raises as :meth:`rotated` does."""
        public = Public(rotation.sign_key, rotation.seal_key)
        for (unit, epoch), partner in self.partners.items():
            key = self.key(unit, epoch)
            in_use = unit == rotation.unit and key is not None and key.state == "active"
            fits = in_use and epoch < rotation.epoch and self._free(public)
            if fits and keys.rotation_holds(rotation, partner.sign_key):
                return partner
        raise ForgedSignature(self.names.get(rotation.unit, ""))

    def with_list(self, number: int, body: bytes, listing: Listing) -> Trust:
        """The trust with one more list of the unit above: what any of them says holds on.

        A key only ever gets worse; of two different keys the later list's counts.
        """
        lists = {**self.lists, number: body}
        newest = number == max(lists)
        listed = dict(self.listed)
        for one in listing.units:
            place = (one.unit, one.epoch)
            other = listed.get(place)
            if other is not None and (one.sign_key, one.seal_key) == (
                other.sign_key,
                other.seal_key,
            ):
                state = max(one.state, other.state, key=_ORDER.index)
                listed[place] = msgspec.structs.replace(one, state=state)
            elif other is None or newest:
                listed[place] = one
        void = self.void | set(listing.replicas)
        return msgspec.structs.replace(self, lists=lists, listed=listed, void=void)

    def label(self, replica: str) -> str:
        """A PC as people call it: 空冢郭镇 1号机."""
        word = self.certificates.get(replica)
        if word is None:
            return f"录入端 {replica[:4]}"
        twins = sum(
            (one.unit, one.label) == (word.unit, word.label) for one in self.certificates.values()
        )
        label = word.label if word.label and twins == 1 else f"{word.label}（{replica[:4]}）"
        return f"{self.names.get(word.unit, word.unit[:8])} {label}"

    def _spoken_to(self, unit: str) -> bool:
        return any(name == unit for name, _ in self.partners)

    def _free(self, public: Public) -> bool:
        """Whether these can be somebody's new keys, and are nobody's yet."""
        taken = {key for row in self.partners.values() for key in (row.sign_key, row.seal_key)}
        return keys.usable(public) and not taken & {public.sign, public.seal}
