"""One package, built: what its receiver may see and has not acknowledged, signed and sealed.

The package is finished and its number used up in one transaction of the book before a byte leaves
the PC; what cannot be written to a stick afterwards waits in the outbox. Nothing is sent twice
under one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from desktop.exchange import (
    batches,
    container,
    directory,
    holdings,
    key_list,
    keys,
    own_keys,
    payload,
    postbook,
    sets,
)
from desktop.exchange.payload import Header, Holdings, Kind, Payload, Piece, Receipt
from desktop.exchange.postbook import Sent
from desktop.exchange.shelves import Shelves
from desktop.ledger import aside, attachments, audience
from desktop.ledger.correspondence import PENDING, SENT
from desktop.ledger.entry import AUTHORED, read_fields
from desktop.ledger.journal import Line
from desktop.ledger.workspace import Book

#: So many bytes of photos and attachments travel in one package; the rest follows once the receiver
#: has answered what it lacks.
MOST_ATTACHED = 96 * 1024 * 1024
#: What opening under a passphrase costs.
LIMITS = keys.INTERACTIVE
#: The version of the program as packages name it, for support.
PROGRAM = "oneledger 0.1"

_RECORD, _FIELDS = AUTHORED.index("record"), AUTHORED.index("fields")


class Addressee(msgspec.Struct, frozen=True):
    """To whom a package goes and how it is closed: to a key, or under a passphrase once."""

    unit: str
    name: str
    seal_key: str = ""
    passphrase: str = ""
    token: str = ""


def build(
    book: Book, to: Addressee, kind: Kind, periods: Sequence[str] = (), *, whole: bool = False
) -> Sent:
    """Build the next package for ``to`` and keep it in the outbox, in one transaction.

    A ``whole`` one brings all that the receiver may see, whatever its PCs are known to hold.

    Raises :class:`~desktop.exchange.key_refusals.KeysMissing` and the named errors of disk and
    book; the book is then as before.
    """
    own = own_keys.own_keys(book)
    with book.atomic():
        partners = _partners(book, to, whole=whole)
        lines = visible(book, to.unit)
        bringing = unknown(lines, partners)
        positions = [line.position for line in bringing]
        batches.cover(book, positions, own, directory.disowned(book))
        signed, certificates = batches.batches_for(book, positions)
        wants = _wanted(partners)
        pieces, contents = _attached(book, lines, bringing, wants)
        number, previous = postbook.next_number(book, to.unit)
        message = Payload(
            format=payload.FORMAT,
            program=PROGRAM,
            kind=kind,
            unit=book.unit,
            to=to.unit,
            periods=tuple(periods),
            demonstration=book.demonstration,
            entries=tuple(line.authored for line in bringing),
            certificates=certificates,
            batches=signed,
            holdings=sets.of_lines(lines),
            bases=tuple(receipt for receipt, _, _ in partners.values() if receipt.number),
            receipts=_receipts(book, to.unit),
            wants=tuple(sorted(attachments.missing(book))),
            keys=key_list.key_list(book) if kind == "task" else None,
            token=to.token,
            partner=directory.introduction(book, to.unit, own),
            rotation=directory.rotation(book, to.unit, own),
            attachments=pieces,
        )
        header = Header(
            format=container.FORMAT,
            kind=kind,
            number=number,
            sender=book.unit,
            sender_name=unit_name(book, book.unit),
            replica=book.replica,
            epoch=own.epoch,
            receiver=to.unit,
            receiver_name=to.name,
            receiver_key=to.seal_key,
            previous=previous,
            passphrase=bool(to.passphrase),
            box=own_keys.box(book) if kind == "share" else "",
        )
        raw = container.pack(
            header, own.certificate, payload.encode(message, contents), own.replica_key, to, LIMITS
        )
        digest = container.digest(raw)
        Shelves(book.path).outbox.put(f"{digest}.yzp", raw)
        values = {
            "unit": to.unit,
            "kind": kind,
            "replica": book.replica,
            "number": number,
            "digest": digest,
            "weeks": " ".join(periods) or None,
            "file": _file_name(header, digest),
            "size": len(raw),
            "entries": len(bringing),
            "attachments": len(pieces),
            "state": PENDING,
        }
        with book.batch("send", f"{TITLES[kind]} {header.receiver_name} 第{number}号") as batch:
            record = batch.create(SENT.name, values)
    return next(one for one in postbook.sent(book, to.unit) if one.record == record)


Partners = Mapping[str, tuple[Receipt, Holdings, postbook.Answers]]


def visible(book: Book, unit: str) -> list[Line]:
    """The lines of the journal that ``unit`` may see; for the own unit all that PCs share."""
    passed = aside.passed_over(book)
    if unit == book.unit:
        return audience.shared(book, without=passed)
    return audience.lines(book, unit, without=passed)


def unknown(lines: Iterable[Line], partners: Partners) -> list[Line]:
    """Those of ``lines`` that not every PC of the receiver is known to hold."""
    said = [theirs for _, theirs, _ in partners.values()]
    return sets.unknown_to(lines, holdings.intersection(said) if said else None)


def fresh(book: Book, unit: str) -> list[Line]:
    """What the next package to ``unit`` would bring it."""
    return unknown(visible(book, unit), known_pcs(book, unit))


def following(book: Book, to: Addressee, *, whole: bool = False) -> int:
    """How many photos and attachments had no room in the package that was just built for ``to``.

    The receiver, once it has taken the package in, asks for what it lacks; the next one brings it.
    """
    (size,) = book.connection.execute("SELECT coalesce(sum(size), 0) FROM attachment").fetchone()
    if size <= MOST_ATTACHED:
        return 0
    partners, lines = _partners(book, to, whole=whole), visible(book, to.unit)
    _, left = _chosen(book, lines, unknown(lines, partners), _wanted(partners))
    return left


TITLES: dict[Kind, str] = {"task": "任务包", "report": "报告包", "share": "互换包"}


def known_pcs(book: Book, unit: str) -> dict[str, tuple[Receipt, Holdings, postbook.Answers]]:
    """What every PC of ``unit`` that may still come is known to hold; "" for one never heard of.

    Of the own unit, the other PCs: one that never shared anything is known to hold nothing.
    """
    heard = postbook.latest(book, unit)
    active = directory.replicas(book, unit)
    if unit != book.unit:
        return {replica: said for replica, said in heard.items() if replica in active}
    others = active - {book.replica}
    nothing = (Receipt("", 0, ""), holdings.of(()), postbook.Answers())
    return {replica: heard.get(replica, nothing) for replica in sorted(others)}


def unit_name(book: Book, unit: str) -> str:
    """The name of a unit, its record when the book does not know it."""
    row = book.connection.execute("SELECT name FROM unit WHERE record = ?", (unit,)).fetchone()
    return str(row[0]) if row else unit


def _receipts(book: Book, unit: str) -> tuple[Receipt, ...]:
    """The newest package taken in from every PC of ``unit``."""
    return tuple(receipt for receipt, _, _ in postbook.latest(book, unit).values())


def _partners(book: Book, to: Addressee, *, whole: bool) -> Partners:
    """What the PCs that the package is for are known to hold."""
    return {} if to.passphrase or whole else known_pcs(book, to.unit)


def _wanted(partners: Partners) -> set[str]:
    return {wanted for _, _, answers in partners.values() for wanted in answers.wants}


def _chosen(
    book: Book, lines: Iterable[Line], fresh: Iterable[Line], wants: set[str]
) -> tuple[list[str], int]:
    """The contents that the fresh lines name, and those asked for that the receiver may see.

    As many as have room, and how many more there are.
    """
    named = dict.fromkeys(digest for line in fresh for digest in _digests(line))
    if wants:
        visible = {digest for line in lines for digest in _digests(line)}
        named.update(dict.fromkeys(sorted(wants & visible)))
    held = attachments.held(book)
    chosen: list[str] = []
    left, room = 0, MOST_ATTACHED
    for digest in named:
        if digest not in held:
            continue
        (size,) = book.connection.execute(
            "SELECT size FROM attachment WHERE digest = ?", (digest,)
        ).fetchone()
        if size > room:
            left += 1
            continue
        room -= size
        chosen.append(digest)
    return chosen, left


def _attached(
    book: Book, lines: Iterable[Line], fresh: Iterable[Line], wants: set[str]
) -> tuple[tuple[Piece, ...], list[bytes]]:
    """The contents that the package brings."""
    pieces: list[Piece] = []
    contents: list[bytes] = []
    for digest in _chosen(book, lines, fresh, wants)[0]:
        try:
            one = attachments.get(book, digest)
        except attachments.Lost:  # Verification names it; what is whole must not wait for it.
            continue
        pieces.append(Piece(digest, one.media, one.name, len(one.content)))
        contents.append(one.content)
    return tuple(pieces), contents


def _digests(line: Line) -> list[str]:
    """The contents that a line names."""
    text = line.authored[_FIELDS]
    if '["' not in text and '[\\"' not in text:  # No list in it: nothing can be named.
        return []
    return [
        digest
        for value in read_fields(text).values()
        if isinstance(value, str) and value.startswith('["')
        for digest in attachments.digests(value)
    ]


def _file_name(header: Header, digest: str) -> str:
    """An ASCII name that a person can still read: ``report-kongzhongguo-0012-1a2b3c4d.yzp``."""
    from pypinyin import lazy_pinyin

    who = header.receiver_name if header.kind == "task" else header.sender_name
    spelt = "".join(lazy_pinyin(who, errors="ignore"))
    word = "".join(sign for sign in spelt.lower() if sign.isascii() and sign.isalnum())[:24]
    return "-".join(filter(None, (header.kind, word, f"{header.number:04}", digest[:8]))) + ".yzp"
