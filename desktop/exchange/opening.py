"""A book begun from a package: a unit's from its first task package, a second PC's from a share.

The book is made, filled and joined to the one it came from under another name, and gets its own
only when all of it stands: a PC that is switched off halfway has nothing, and begins again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from desktop import paths
from desktop.errors import NotFound, OneLedgerError, of_the_system
from desktop.exchange import (
    batches,
    container,
    directory,
    enrolment,
    key_list,
    keys,
    own_keys,
    ownership,
    payload,
    postbook,
    refusals,
    sets,
)
from desktop.exchange.certificates import keep_certificate
from desktop.exchange.checking import same_header
from desktop.exchange.payload import Certificate, Header, Payload, Piece
from desktop.exchange.postbook import Answers
from desktop.ledger import attachments, records, verify, workspace
from desktop.ledger.bookfile import BookExists, discard, place, refusal
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.entry import json_text
from desktop.ledger.store import DiskTrouble, Store
from desktop.ledger.workspace import Book

#: No package is larger, in bytes.
LARGEST = container.FRONT + container.LARGEST_BODY


class NotAFirstPackage(OneLedgerError):
    """The package is one of a running exchange; no book begins with it."""

    def __init__(self) -> None:
        super().__init__(
            "这个包不能用来建账。",
            "建账要用上级下发的首次任务包（凭电话告知的口令），"
            "或本单位另一台电脑写的互换包（凭恢复码）。",
        )


class NotWhole(OneLedgerError):
    """A share for PCs that are in use: it leaves out what these hold already."""

    def __init__(self, sender: str, number: int) -> None:
        super().__init__(
            f"“{sender}”的第 {number} 号互换包只带了其他电脑还没有的内容，不能用来建账。",
            "请在写包的电脑上选“给新电脑”再写一个互换包（命令行加 --new-pc），用那一个建账。",
        )


class SchemeUnread(OneLedgerError):
    """The package's scheme has what this program does not know: no book can be made by it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"包里的方案本程序读不出，没有建账：{reason}",
            "上级的程序可能更新：请升级本程序后再用这个包建账；仍不行时，请上级重新写出。",
        )


class Begun(msgspec.Struct, frozen=True):
    """A book just begun, open: ``code`` is compared with the unit above by telephone; ``recovery``
    is to be copied or printed; both "" for a second PC of a unit.
    """

    book: Book
    name: str
    code: str = ""
    recovery: str = ""


class _Package(msgspec.Struct, frozen=True):
    header: Header
    digest: str
    certificate: Certificate
    message: Payload
    content: Callable[[Piece], bytes]
    keys: keys.UnitKeys | None


def kind_of(path: Path) -> Header:
    """The header of a package with which a book can begin: a first task, or a share with a box.

    Raises :class:`NotAFirstPackage`, and what :func:`container.read_header` raises.
    """
    header = container.read_header(read_package(path))
    if not header.passphrase and not (header.kind == "share" and header.box):
        raise NotAFirstPackage
    return header


def open_package(
    path: Path,
    secret: str,
    target: Path,
    *,
    profile: Path | None = None,
    operator: str = "",
    clock: Callable[[], datetime] | None = None,
) -> Begun:
    """Begin the book ``target`` from the package at ``path``; ``secret`` is what was told.

    The passphrase of a first task package, or the recovery code for a share. Raises
    :class:`NotAFirstPackage`, :class:`NotWhole`, :class:`SchemeUnread`,
    :class:`~desktop.exchange.key_refusals.WrongPassphrase`,
    :class:`~desktop.exchange.key_refusals.WrongCode`, other refusals, and what founding a book
    raises.
    """
    if target.exists():
        raise BookExists(str(target))
    package = _opened(read_package(path), secret)
    draft = target.with_name(f".{target.name}.{os.getpid()}.opening")
    profile = profile or paths.profile()
    try:
        draft.unlink(missing_ok=True)
        with workspace.create_from(
            draft,
            package.message.entries,
            package.header.receiver,
            package=package.digest,
            examine=lambda store: _judge(store, package),
            profile=profile,
            operator=operator,
            clock=clock,
            demonstration=package.message.demonstration,
        ) as book:
            begun = _filled(book, package)
            _sound(book, target)
        place(draft, target)
    except MalformedScheme as wrong:
        raise SchemeUnread(wrong.sentence) from wrong
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        discard(draft)
    opened = workspace.open_book(target, profile=profile, operator=operator, clock=clock)
    return msgspec.structs.replace(begun, book=opened)


def read_package(path: Path) -> bytes:
    """The bytes of the package that somebody named.

    Raises :class:`~desktop.errors.NotFound`, :class:`~desktop.exchange.refusals.NotAPackage` for a
    file larger than any package, and what the operating system refuses by name.
    """
    try:
        if not path.is_file():
            raise NotFound(str(path))
        if path.stat().st_size > LARGEST:
            raise refusals.NotAPackage(str(path))
        return path.read_bytes()
    except OSError as error:
        raise of_the_system(error) from error


def _opened(raw: bytes, secret: str) -> _Package:
    """The package unsealed, its signature checked by the key that comes under the same secret."""
    header = container.read_header(raw)
    unit_keys = None
    if header.passphrase:
        opened = container.open_body(raw, header, secret)
        message, content = payload.decode(opened.payload)
        if message.partner is None or message.partner.unit != header.sender:
            raise refusals.Malformed("联系凭据")
        opened.signed_by(message.partner.sign_key)
    elif header.kind == "share" and header.box:
        unit_keys = keys.UnitKeys(keys.unbox(header.box, secret))
        opened = container.open_body(raw, header, unit_keys)
        opened.signed_by(unit_keys.public.sign)
        message, content = payload.decode(opened.payload)
        if len(message.entries) < message.holdings.count:
            raise NotWhole(header.sender_name, header.number)
    else:
        raise NotAFirstPackage
    same_header(message, header)
    digest = container.digest(raw)
    return _Package(header, digest, opened.certificate, message, content, unit_keys)


def _judge(store: Store, package: _Package) -> None:
    message = package.message
    units = {certificate.replica: certificate.unit for certificate in message.certificates}
    share = package.header.kind == "share"
    ownership.judge(store, message.entries, units, own_unit_share=share, relayed_by_above=not share)


def _sound(book: Book, target: Path) -> None:
    """A book that does not verify is not begun: the disk failed it while it was made."""
    found = verify.verify(book)
    if not found.ok:
        raise DiskTrouble(str(target), found.problems[0].sentence.rstrip("。"))


def _filled(book: Book, package: _Package) -> Begun:
    """What belongs to the book beside its entries: keys, batches, attachments, the mark."""
    header, message = package.header, package.message
    with book.atomic():
        if package.keys is not None:
            own_keys.join_unit(book, package.keys, header.epoch)
            joined = enrolment.Joined("", "")
        else:
            joined = enrolment.join(book, message)
            if message.keys is not None:
                key_list.take_key_list(book, message.keys)
        trust = directory.trust(book)
        batches.verify_batches(
            book, message.entries, message.batches, message.certificates, trust, True
        )
        keep_certificate(book, package.certificate)
        batches.keep(book, message.batches, message.certificates, message.entries)
        for piece in message.attachments:
            attachments.put(book, package.content(piece), piece.name)
        if not sets.same(book, message.holdings):
            raise refusals.SetsDiffer(header.sender_name)
        with records.batch(book, "receive", f"用{header.sender_name}的包建账") as batch:
            postbook.note_taken(
                batch,
                book,
                {
                    "unit": header.sender,
                    "kind": header.kind,
                    "replica": header.replica,
                    "number": header.number,
                    "digest": package.digest,
                    "previous": header.previous or None,
                    "entries": len(message.entries),
                    "attachments": len(message.attachments),
                    "holdings": json_text(message.holdings),
                    "receipts": json_text(Answers(message.receipts, message.wants)),
                },
            )
    return Begun(book, header.receiver_name, joined.code, joined.recovery)
