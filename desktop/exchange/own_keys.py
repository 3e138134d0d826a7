"""The own unit's keys and this PC's: made, kept, recovered, rotated.

Secrets lie in this PC's keyring and nowhere else; the book holds the public keys and, under the
recovery code, the *box* with the unit's secret. A secret is on the disk before the book speaks of
its public key. So a step that broke off, and a book put back from a backup that is older than its
keys, are mended by the next call: what the keyring holds beyond the book is taken up again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from desktop.errors import OneLedgerError
from desktop.exchange import container, keys, partners, spoken
from desktop.exchange.certificates import known_certificates
from desktop.exchange.key_refusals import BoxSpoilt, KeyNotHere, KeysMissing
from desktop.exchange.keyring import Keyring
from desktop.exchange.keys import INTERACTIVE, Limits, Public, ReplicaKey, UnitKeys
from desktop.exchange.partners import Partner
from desktop.exchange.payload import Certificate
from desktop.exchange.refusals import NotForUs
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, INVITED, PARTNER, RETIRED
from desktop.ledger.replicas import new_replica
from desktop.ledger.workspace import Book

_LABEL = re.compile(r"([1-9][0-9]{0,5})号机")


class NoBox(OneLedgerError):
    """Nothing in this book was closed under a recovery code."""

    def __init__(self) -> None:
        super().__init__(
            "这个账本里没有可以用恢复码打开的密钥。",
            "请换用本单位另一台电脑写出的互换包；没有时，请上级重新邀请本单位。",
        )


class EnrolmentOpen(OneLedgerError):
    """No keys are rotated during a first contact: its code is over the present ones."""

    def __init__(self, names: str) -> None:
        super().__init__(
            f"与{names}的首次联系还没有完成，现在不能更换密钥。",
            "请先收到回信并核对 12 位核对码（不再联系的，先作废），再更换密钥。",
        )


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What this book signs with, and the unit's word (``certificate``) for this PC's key."""

    unit: str
    unit_keys: UnitKeys
    epoch: int
    replica_key: ReplicaKey
    certificate: Certificate


def own_keys(book: Book) -> OwnKeys:
    """The keys of this book's unit and of this PC, made and certified where they are missing.

    A unit that never had any gets them (epoch 1); its recovery sheet is then wanting, see
    :func:`needs_sheet`. A PC that holds the unit's secret certifies itself; one that lacks the key
    by which its replica is known elsewhere goes on as a new replica. Raises
    :class:`~desktop.exchange.key_refusals.KeysMissing` when the unit has keys that are not on this
    PC: see :func:`recover`.
    """
    epoch, unit_keys = unit_keys_of(book)
    ring = Keyring(book.profile)
    kept = known_certificates(book, {book.replica}).get(book.replica)
    held = ring.replica(book.replica)
    if kept is not None and (held is None or held.public != kept.key):
        book.write_as(new_replica())
        kept = held = None
    replica_key = held or ring.make_replica(book.replica)
    if (
        kept is None
        or (kept.unit, kept.epoch) != (book.unit, epoch)
        or not keys.certified(kept, unit_keys.public.sign)
    ):
        label = kept.label if kept and kept.unit == book.unit else _next_label(book)
        kept = keys.certify(unit_keys, book.unit, epoch, book.replica, label, replica_key.public)
        _keep(book, kept)
    return OwnKeys(book.unit, unit_keys, epoch, replica_key, kept)


def unit_keys_of(book: Book, least: int = 1) -> tuple[int, UnitKeys]:
    """The present epoch of the own unit and its keys, made (in epoch ``least``) if it has none.

    Raises :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    ring = Keyring(book.profile)
    present = own_row(book)
    latest = max((epoch for epoch in ring.epochs(book.unit) if epoch >= least), default=0)
    if present is not None and present.epoch >= latest:
        held = ring.unit(book.unit, present.epoch)
        if held is None or held.public != present.public:
            raise KeysMissing(_name(book))
        return present.epoch, held
    if latest:
        held = ring.unit(book.unit, latest)
        assert held is not None  # The keyring has just said so.
    else:
        latest, held = least, ring.keep_unit(book.unit, least, keys.new_seed())
    _write(book, latest, held.public, "建立本单位的密钥")
    return latest, held


def own_rows(book: Book) -> dict[int, Partner]:
    """The own unit's public keys by epoch."""
    rows = partners.keyed(partners.partners(book))
    return {epoch: row for (unit, epoch), row in rows.items() if unit == book.unit}


def own_row(book: Book) -> Partner | None:
    """The row of the own unit's present keys; None before it has any."""
    rows = [row for row in own_rows(book).values() if row.state == CONFIRMED]
    return max(rows, key=lambda row: row.epoch, default=None)


def opener(book: Book, seal_key: str, box: str = "") -> UnitKeys:
    """The keys that open what was sealed to ``seal_key`` (hex).

    Raises :class:`~desktop.exchange.key_refusals.KeysMissing` when these are the own unit's and not
    on this PC (also when ``box`` says that the recovery code can bring them), else
    :class:`~desktop.exchange.key_refusals.KeyNotHere`.
    """
    ring = Keyring(book.profile)
    for epoch in reversed(ring.epochs(book.unit)):
        held = ring.unit(book.unit, epoch)
        if held is not None and held.public.seal == seal_key:
            return held
    if box or any(row.seal_key == seal_key for row in own_rows(book).values()):
        raise KeysMissing(_name(book))
    raise KeyNotHere(_name(book))


def box(book: Book) -> str:
    """The unit's present secret under its recovery code; "" before a code was given out."""
    row = own_row(book)
    return row.box if row else ""


def needs_sheet(book: Book) -> bool:
    """Whether the unit has keys for which no recovery code was ever given out."""
    row = own_row(book)
    return row is not None and not row.box


def recovery(book: Book, limits: Limits = INTERACTIVE) -> str:
    """A new recovery code for the unit's present keys, made if there are none; for the sheet.

    From then on the book and new share packages answer to this code only. Raises
    :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    epoch, unit_keys = unit_keys_of(book)
    code = spoken.new_recovery_code()
    closed = keys.box(unit_keys.seed, code, limits)
    rows = [
        row
        for row in partners.partners(book)
        if (row.unit, row.epoch, row.public) == (book.unit, epoch, unit_keys.public)
    ]
    with book.batch("keys", "新的恢复码") as batch:
        for row in rows:  # A second row of the same keys must not keep the old box.
            batch.change(PARTNER.name, row.record, {"box": closed if row is rows[0] else None})
    return code


def recover(book: Book, code: str, package: bytes = b"") -> OwnKeys:
    """Bring the unit's secret onto this PC by the recovery ``code`` that people have on paper.

    From the book's own box, or from a share ``package`` of another PC (after a rotation only that
    one knows the new keys). Raises :class:`NoBox`,
    :class:`~desktop.exchange.key_refusals.MistypedCode`,
    :class:`~desktop.exchange.key_refusals.WrongCode`,
    :class:`~desktop.exchange.key_refusals.BoxSpoilt`, and for the package what reading it raises.
    """
    if package:
        header = container.read_header(package)
        if header.receiver != book.unit or header.sender != book.unit:
            raise NotForUs(header.receiver_name)
        if not header.box:
            raise NoBox
        unit_keys = UnitKeys(keys.unbox(header.box, code))
        # The signature says that the epoch in the clear header is the one of these keys.
        container.open_body(package, header, unit_keys).signed_by(unit_keys.public.sign)
        join_unit(book, unit_keys, header.epoch, header.box)
        return own_keys(book)
    row = own_row(book)
    if row is None or not row.box:
        raise NoBox
    unit_keys = UnitKeys(keys.unbox(row.box, code))
    if unit_keys.public != row.public:
        raise BoxSpoilt
    join_unit(book, unit_keys, row.epoch, row.box)
    return own_keys(book)


def join_unit(book: Book, unit_keys: UnitKeys, epoch: int, closed: str = "") -> None:
    """Keep the unit's keys of ``epoch`` on this PC and let the book know their public halves.

    ``closed`` is the box that they came in.
    """
    ring = Keyring(book.profile)
    held = ring.unit(book.unit, epoch)
    if held is not None and held.public != unit_keys.public:
        # Two PCs rotated at once: the other one's keys hold, ours never reached anybody.
        ring.forget_unit(book.unit, epoch)
    ring.keep_unit(book.unit, epoch, unit_keys.seed)
    row = own_rows(book).get(epoch)
    if row is None or row.public != unit_keys.public:
        _write(book, epoch, unit_keys.public, "取回本单位的密钥", closed)


def rotate(book: Book, limits: Limits = INTERACTIVE) -> str:
    """Replace the unit's keys by new ones of the next epoch; gives the new recovery code.

    The old ones stay good for what they signed and open what was sealed to them before. Partners
    learn of it by the next package, signed by both; the unit's other PCs by a share package and
    the new code. Raises :class:`EnrolmentOpen` and
    :class:`~desktop.exchange.key_refusals.KeysMissing`.
    """
    epoch, _ = unit_keys_of(book)
    rows = partners.partners(book)
    seals = {row.seal_key for row in own_rows(book).values()}
    waiting = {
        row.unit: None
        for row in rows
        if row.unit != book.unit
        and (
            row.state in (INVITED, ANSWERED) or (row.state == CONFIRMED and row.token not in seals)
        )
    }
    if waiting:
        raise EnrolmentOpen("、".join(_name(book, unit) for unit in waiting))
    following = epoch + 1
    held = Keyring(book.profile).keep_unit(book.unit, following, keys.new_seed())
    with book.atomic():
        _write(book, following, held.public, "更换本单位的密钥")
        return recovery(book, limits)


def _write(book: Book, epoch: int, public: Public, note: str, closed: str = "") -> None:
    """Write the own unit's row of ``epoch``; keys of earlier epochs are retired by it."""
    with book.batch("keys", note) as batch:
        for row in partners.partners(book):
            if row.unit == book.unit and row.known and row.epoch < epoch and row.state == CONFIRMED:
                change = {"state": RETIRED, "token": public.seal}
                batch.change(PARTNER.name, row.record, change)
        values: dict[str, Any] = {
            "unit": book.unit,
            "epoch": epoch,
            "sign_key": public.sign,
            "seal_key": public.seal,
            "state": CONFIRMED,
            "box": closed or None,
        }
        batch.create(PARTNER.name, values)


def _next_label(book: Book) -> str:
    """1号机, 2号机 …: one more than the unit's PCs that this book knows."""
    rows = book.connection.execute("SELECT label FROM certificate WHERE unit = ?", (book.unit,))
    found = [_LABEL.fullmatch(label) for (label,) in rows]
    return f"{max((int(one[1]) for one in found if one), default=0) + 1}号机"


def _keep(book: Book, word: Certificate) -> None:
    with book.atomic():
        book.connection.execute(
            "INSERT OR REPLACE INTO certificate (replica, unit, epoch, label, key, signature)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (word.replica, word.unit, word.epoch, word.label, word.key, word.signature),
        )


def _name(book: Book, unit: str = "") -> str:
    row = book.connection.execute(
        "SELECT name FROM unit WHERE record = ?", (unit or book.unit,)
    ).fetchone()
    return str(row[0]) if row else unit
