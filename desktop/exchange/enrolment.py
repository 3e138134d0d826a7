"""First contact 首次联系: an invitation, an answer, a code compared by telephone.

The way of one contact, as the unit above sees it:

- :func:`invite` — 待回信. The first task package goes under a passphrase told by telephone and
  carries our keys and a *token*. Inviting again before the answer keeps the earlier invitations
  open: whichever package the unit opens, its answer fits.
- :func:`answered` — 待核对. The unit's first package proves by the token that its keys are of who
  opened ours. Both sides now show the same 12 characters over both units' keys.
- :func:`confirm` — 已核对, once people compared them. Keys that the unit had before are 已停用
  (``anew``: it lost its PC): they sign no more packages and stay good for what they signed.
- :func:`revoke` — 已作废, from any state; the next list of keys says so to everybody.

As the unit below sees it: :func:`join` makes its keys and holds those of the unit above as 待核对.
They came under the passphrase, so its packages are taken; the first one sealed to our own key, or
the clerk's :func:`confirm`, makes them 已核对.
"""

from __future__ import annotations

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange import directory, keys, own_keys, partners, spoken
from desktop.exchange.keys import INTERACTIVE, Limits, Public
from desktop.exchange.payload import Enrolment, Payload
from desktop.exchange.refusals import Malformed, WrongDirection
from desktop.exchange.sender_refusals import UnknownKey
from desktop.ledger import audience
from desktop.ledger.correspondence import (
    ANSWERED,
    CONFIRMED,
    INVITED,
    PARTNER,
    RETIRED,
    REVOKED,
)
from desktop.ledger.lookup import find
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book

#: A token begins with the epoch (four hexadecimal digits) that the unit's new keys are to have:
#: one that lost its keys cannot know how many it had.
_EPOCH = 4


class NotDirectlyBelow(OneLedgerError):
    """Only units directly below are invited."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不是本单位的直接下级，不能邀请。", "请在“单位”中核对它的上级单位。"
        )


class AlreadyEnrolled(OneLedgerError):
    """The unit's keys are known; a new first contact has to be asked for."""

    def __init__(self, name: str, state: str) -> None:
        super().__init__(
            f"已与“{name}”建立过联系（{state}），没有再次邀请。",
            "对方丢失了电脑和恢复单时，请选择“重新邀请”。",
        )


class NothingToCompare(OneLedgerError):
    """There is no unconfirmed key of this unit."""

    def __init__(self, name: str, state: str = "") -> None:
        known = f"现在的状态是{state}" if state else "还没有联系过"
        super().__init__(f"“{name}”没有待核对的密钥：{known}。", "收到对方的第一个包后再核对。")


class CodeDiffers(OneLedgerError):
    """What the other side read by telephone is not what this side shows; nothing was confirmed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"与“{name}”的核对码不一致，没有确认。",
            "请逐字再核对一次；确实不同时，不要确认，来件可能不是对方写出的，请重新邀请。",
        )


class NotRevocable(OneLedgerError):
    """There are no keys of this unit that could be declared void."""

    def __init__(self, name: str, advice: str = "") -> None:
        super().__init__(f"“{name}”没有可以作废的密钥。", advice)


class Invitation(msgspec.Struct, frozen=True):
    """What goes to an invited unit: the ``passphrase`` by telephone, the ``token`` sealed."""

    unit: str
    passphrase: str
    token: str


class Joined(msgspec.Struct, frozen=True):
    """What a unit that has joined is told: the code to compare, the recovery code to keep."""

    code: str
    recovery: str


class Standing(msgspec.Struct, frozen=True):
    """Where this book stands with one unit; ``code`` is "" before there is one."""

    unit: str
    name: str
    state: str
    code: str


def invite(book: Book, unit: str, anew: bool = False) -> Invitation:
    """Invite ``unit`` (a name or record; directly below) to exchange keys.

    Raises :class:`NotDirectlyBelow`, :class:`AlreadyEnrolled` unless ``anew``,
    :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    unit = find(book, "unit", unit)
    name = _name(book, unit)
    if unit not in directory.below(book):
        raise NotDirectlyBelow(name)
    rows = [row for row in partners.partners(book) if row.unit == unit]
    standing = partners.present(rows, unit)
    enrolled = standing is not None and standing.state in (CONFIRMED, RETIRED, REVOKED)
    if standing is not None and enrolled and not anew:
        raise AlreadyEnrolled(name, standing.state)
    own_keys.unit_keys_of(book)
    known = directory.trust(book).listed
    listed = (epoch for listed_unit, epoch in known if listed_unit == unit)
    epoch = max((*(row.epoch for row in rows if row.known), *listed), default=0) + 1
    token = f"{epoch:0{_EPOCH}x}{keys.new_token()}"
    with book.batch("enrol", f"邀请{name}") as batch:
        values = {"unit": unit, "epoch": epoch, "state": INVITED, "token": token}
        batch.create(PARTNER.name, values)
    return Invitation(unit, spoken.new_passphrase(), token)


def answered(book: Book, enrolment: Enrolment, unit: str) -> str:
    """Keep the keys that ``unit`` (a record) answered with, not trusted yet; the code to compare.

    The same answer again changes nothing. Raises
    :class:`~desktop.exchange.sender_refusals.UnknownKey` when no invitation fits.
    """
    trust = directory.trust(book)
    public = Public(enrolment.sign_key, enrolment.seal_key)
    row = trust.partners.get((unit, enrolment.epoch))
    if enrolment.unit != unit:
        raise UnknownKey(trust.names.get(unit, ""))
    if row is not None and row.public == public:
        return row.code
    invitation = trust.invitation(enrolment)
    ours = own_keys.unit_keys_of(book)[1].public
    code = keys.comparison_code(ours, public)
    values = {
        "epoch": enrolment.epoch,
        "sign_key": public.sign,
        "seal_key": public.seal,
        "state": ANSWERED,
        "code": code,
        "token": ours.seal,
    }
    with book.batch("enrol", f"{_name(book, unit)}回信") as batch:
        batch.change(PARTNER.name, invitation.record, values)
        for other in trust.invitations:
            if other.unit == unit and other.record != invitation.record:
                batch.remove(PARTNER.name, other.record)
    return code


def confirm(book: Book, unit: str, code: str) -> None:
    """Trust the keys of ``unit`` (a name or record), whose ``code`` was read by telephone.

    The keys that it had before are retired. Raises :class:`NothingToCompare`,
    :class:`CodeDiffers`; the book is then as before.
    """
    unit = find(book, "unit", unit)
    name = _name(book, unit)
    rows = [row for row in partners.partners(book) if row.unit == unit and unit != book.unit]
    waiting = [row for row in rows if row.known and row.state == ANSWERED]
    if not waiting:
        standing = partners.present(rows, unit)
        raise NothingToCompare(name, standing.state if standing else "")
    chosen = next((row for row in reversed(waiting) if spoken.same_code(code, row.code)), None)
    if chosen is None:
        raise CodeDiffers(name)
    with book.batch("enrol", f"核对{name}") as batch:
        # All of it is written: where two PCs took different answers, this decides whose it is.
        values = {
            "epoch": chosen.epoch,
            "sign_key": chosen.sign_key,
            "seal_key": chosen.seal_key,
            "code": chosen.code,
            "state": CONFIRMED,
        }
        batch.change(PARTNER.name, chosen.record, values)
        for row in rows:
            same = (row.epoch, row.public) == (chosen.epoch, chosen.public)
            if row.known and not same and row.state in (ANSWERED, CONFIRMED):
                batch.change(PARTNER.name, row.record, {"state": RETIRED, "token": None})


def join(book: Book, message: Payload, limits: Limits = INTERACTIVE) -> Joined:
    """Make this new book's unit a partner of the unit above, by what its first package says.

    Makes the unit's keys and their recovery code. Raises
    :class:`~desktop.exchange.refusals.Malformed` for an invitation that contradicts itself,
    :class:`~desktop.exchange.refusals.WrongDirection` when it is not from the unit above.
    """
    theirs, token = message.partner, message.token
    if theirs is None or theirs.unit != message.unit or len(token) <= _EPOCH:
        raise Malformed("联系凭据")
    public = Public(theirs.sign_key, theirs.seal_key)
    if not keys.proven(token, theirs) or not keys.usable(public):
        raise Malformed("联系凭据")
    if theirs.unit != audience.above(book, book.unit):
        raise WrongDirection(_name(book, theirs.unit), message.kind)
    least = max(int(token[:_EPOCH], 16), 1)
    with book.atomic():
        ours = own_keys.unit_keys_of(book, least)[1].public
        code = keys.comparison_code(ours, public)
        values = {
            "unit": theirs.unit,
            "epoch": theirs.epoch,
            "sign_key": public.sign,
            "seal_key": public.seal,
            "state": ANSWERED,
            "code": code,
            "token": token,
        }
        with book.batch("enrol", f"与{_name(book, theirs.unit)}联系") as batch:
            batch.create(PARTNER.name, values)
        return Joined(code, own_keys.recovery(book, limits))


def codes(store: Store) -> list[Standing]:
    """Where this book stands with every unit that it spoke to, by name."""
    rows = partners.partners(store)
    found = []
    for unit in {row.unit for row in rows if row.unit != store.unit}:
        row = partners.present(rows, unit)
        if row is not None:
            found.append(Standing(unit, _name(store, unit), row.state, row.code))
    return sorted(found, key=lambda one: (one.name, one.unit))


def revoke(book: Book, unit_or_replica: str) -> None:
    """Declare void what is known of a unit (a name or record), or one PC (its replica).

    Of a unit: keys in use, unconfirmed ones, open invitations; keys retired before stay good for
    what they signed. Raises :class:`NotRevocable`, and what naming a unit raises.
    """
    if directory.is_replica(book, unit_or_replica):
        _revoke_replica(book, unit_or_replica)
        return
    unit = find(book, "unit", unit_or_replica)
    name = _name(book, unit)
    if unit == book.unit:
        raise NotRevocable(name, "本单位的密钥不能作废，请用“更换密钥”；丢失的电脑可以单独作废。")
    open_ = (INVITED, ANSWERED, CONFIRMED)
    rows = [row for row in partners.partners(book) if row.unit == unit and row.state in open_]
    if not rows:
        raise NotRevocable(name)
    with book.batch("keys", f"作废{name}的密钥") as batch:
        for row in rows:
            if row.known:
                batch.change(PARTNER.name, row.record, {"state": REVOKED})
            else:
                batch.remove(PARTNER.name, row.record)


def _revoke_replica(book: Book, replica: str) -> None:
    trust = directory.trust(book)
    name = trust.label(replica)
    if replica == book.replica:
        raise NotRevocable(name, "不能作废正在使用的这台电脑，请在另一台电脑上作废它。")
    if trust.revoked(replica):
        raise NotRevocable(name, "它已经作废了。")
    word = trust.certificates[replica]
    with book.batch("keys", f"作废{name}") as batch:
        values = {"unit": word.unit, "epoch": word.epoch, "state": REVOKED, "token": replica}
        batch.create(PARTNER.name, values)


def _name(store: Store, unit: str) -> str:
    row = store.connection.execute("SELECT name FROM unit WHERE record = ?", (unit,)).fetchone()
    return str(row[0]) if row else unit
