"""A package examined: bytes in, a checked package out, or a refusal by name; nothing is written.

In this order: magic, lengths and caps; seen before; receiver and direction; unsealing; the
sender's certificate and signature; header against content; number and chain of packages; who the
authors are; whether anything it builds on is missing; the authors' batches; whether each author
may write what it wrote. The content is parsed only once its signature holds.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desktop.exchange import (
    batches,
    container,
    directory,
    introduction,
    key_list,
    own_keys,
    ownership,
    payload,
    postbook,
    refusals,
    sender_refusals,
    sets,
)
from desktop.exchange.directory import Trust
from desktop.exchange.introduction import Introduction
from desktop.exchange.payload import Authored, Certificate, Enrolment, Header, Payload, Piece
from desktop.ledger import aside, periods
from desktop.ledger.correspondence import TAKEN_IN
from desktop.ledger.workspace import Book


class Checked(msgspec.Struct, frozen=True):
    """A package that may be taken in: ``fresh`` are the entries that the book has not.

    ``missing`` are the sender's numbers between the last one taken in and this one.
    """

    digest: str
    size: int
    header: Header
    certificate: Certificate
    message: Payload
    fresh: tuple[Authored, ...]
    content: Callable[[Piece], bytes]
    missing: range = range(0)


class Answer(msgspec.Struct, frozen=True):
    """The first package back from a unit: its keys, to be compared before anything is read."""

    unit: str
    enrolment: Enrolment


def examine(raw: bytes, book: Book, trust: Trust) -> Checked | Answer:
    """What ``raw`` holds, checked against this book.

    Raises the refusals of :mod:`desktop.exchange.refusals`; their ``kind`` says whether the
    package is refused, held until something else comes, or known already.
    """
    header = directory.by_name(book, container.read_header(raw))
    digest = container.digest(raw)
    if postbook.state_of(book, digest) == TAKEN_IN:
        # Also the first package, with which this very book began.
        raise refusals.AlreadyTaken(header.sender_name, header.number)
    _addressed(book, header, trust)
    opened = container.open_body(
        raw, header, own_keys.opener(book, header.receiver_key, header.box)
    )
    certificate = opened.certificate
    if (certificate.unit, certificate.replica, certificate.epoch) != (
        header.sender,
        header.replica,
        header.epoch,
    ):
        raise sender_refusals.HeaderDiffers
    return _signed(book, trust, header, opened, digest, len(raw))


def _signed(
    book: Book,
    trust: Trust,
    header: Header,
    opened: container.Opened,
    digest: str,
    size: int,
) -> Checked | Answer:
    """The content, once the signature holds by a key that this book trusts or may come to."""
    if trust.may_introduce(header.sender, header.epoch):
        # A key not seen before: what it says of itself is read, and nothing else of the content.
        said = introduction.read(opened.payload)
        introduced = trust.introduced(said, header)
        if isinstance(introduced, Enrolment):
            opened.signed_by(introduced.sign_key)
            same_header(said, header)
            return Answer(header.sender, introduced)
        trust = introduced
    key = trust.sender(header.sender, header.epoch)
    opened.signed_by(key.sign_key)
    if trust.revoked(header.replica):
        raise sender_refusals.RevokedKey(header.sender_name)
    message, content = payload.decode(opened.payload)
    same_header(message, header)
    if message.demonstration != book.demonstration:
        raise refusals.DemonstrationMixed(message.demonstration)
    _weeks(message)
    _in_sequence(book, header, digest)
    if message.keys is not None:
        trust = key_list.trusting(book, trust, message.keys, header.sender)
    passed = aside.passed_over(book)
    fresh = sets.new_entries(book, message.entries, passed)
    lacking = sets.lacking(book, message.holdings, message.entries, passed)
    if lacking:
        raise refusals.BaseMissing(header.sender_name, header.number, lacking)
    above, share = header.kind == "task", header.kind == "share"
    owners = batches.verify_batches(
        book, message.entries, message.batches, message.certificates, trust, above or share
    )
    ownership.judge(book, fresh, owners, own_unit_share=share, relayed_by_above=above)
    return Checked(
        digest,
        size,
        header,
        opened.certificate,
        message,
        tuple(fresh),
        content,
        _gap(book, header),
    )


def _addressed(book: Book, header: Header, trust: Trust) -> None:
    if header.receiver != book.unit:
        raise refusals.NotForUs(header.receiver_name)
    if header.replica == book.replica:
        raise refusals.OwnPackage(header.number)
    if header.passphrase:
        raise refusals.FirstContact(header.sender_name)
    expected = directory.kind_from(book, header.sender)
    if expected is None and header.sender in trust.names:
        gone = directory.removed(book, header.sender)
        raise refusals.NotNeighbours(header.sender_name, removed=gone)
    if expected is None:
        raise sender_refusals.UnknownKey(header.sender_name)
    if header.kind != expected:
        raise refusals.WrongDirection(header.sender_name, header.kind)


def same_header(message: Payload | Introduction, header: Header) -> None:
    """Raise :class:`~desktop.exchange.sender_refusals.HeaderDiffers` where the content differs."""
    if (message.kind, message.unit, message.to) != (header.kind, header.sender, header.receiver):
        raise sender_refusals.HeaderDiffers


def _weeks(message: Payload) -> None:
    """Raise :class:`~desktop.exchange.refusals.Malformed` unless its weeks are such, each once."""
    for said in message.periods:
        try:
            period = periods.parse_period(said)
        except periods.NoSuchPeriod:
            raise refusals.Malformed("期次") from None
        if str(period) != said:
            raise refusals.Malformed("期次")
    if len(set(message.periods)) < len(message.periods):
        raise refusals.Malformed("期次")


def _in_sequence(book: Book, header: Header, digest: str) -> None:
    """The same number with other content, or another predecessor than ours: a fork."""
    seen = postbook.digest_of(book, header.replica, header.number, header.sender)
    before = postbook.digest_of(book, header.replica, header.number - 1, header.sender)
    forked = seen is not None and seen != digest
    if forked or (before is not None and before != header.previous):
        raise refusals.NumberReused(header.sender_name, header.number)


def _gap(book: Book, header: Header) -> range:
    """Numbers of this sender between the last one taken in and this one."""
    last = postbook.last_number(book, header.replica, header.sender)
    return range(last + 1, header.number)
