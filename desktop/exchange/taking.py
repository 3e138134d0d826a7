"""One checked package taken into the book, in one transaction, and what that changed.

After it both sides must hold the same entries, count and digest, and every record that was touched
must say in its table what its journal says; else all of it is undone.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop.exchange import batches, directory, enrolment, key_list, postbook, refusals, sets
from desktop.exchange import effect as effects
from desktop.exchange.certificates import keep_certificate
from desktop.exchange.checking import Answer, Checked
from desktop.exchange.effect import Effect
from desktop.exchange.payload import Payload
from desktop.exchange.postbook import Answers
from desktop.ledger import aside, attachments, folding, merging, records
from desktop.ledger.entry import json_text
from desktop.ledger.records import Change
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book

#: A digest as it stands in an entry's fields.
_DIGEST = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def apply(book: Book, checked: Checked) -> tuple[Effect, tuple[Change, ...]]:
    """Take ``checked`` into the book; raises named refusals, the book is then as before."""
    header, message = checked.header, checked.message
    with book.atomic():
        directory.adopt(book, header, message)
        keep_certificate(book, checked.certificate)  # Also of a PC that has written nothing yet.
        if message.keys is not None:
            key_list.take_key_list(book, message.keys)
        was = effects.before(book, checked.fresh)
        changes = merging.receive(book, message.entries, checked.digest)
        batches.keep(book, message.batches, message.certificates, message.entries)
        held = attachments.held(book)
        named = named_by(message)
        if message.attachments:
            named |= attachments.missing(book)
        pieces = [one for one in message.attachments if one.digest in named - held]
        for piece in message.attachments:
            if piece in pieces:
                attachments.put(book, checked.content(piece), piece.name)
            elif piece.digest not in held:  # Not stored, and no way in for what is none.
                attachments.admit(checked.content(piece), piece.name)
        if not sets.same(book, message.holdings):
            raise refusals.SetsDiffer(header.sender_name)
        touched = dict.fromkeys((change.register, change.record) for change in changes)
        _agree(book, touched)
        effect = effects.effect(book, was, checked.fresh, changes, len(pieces))
        with records.batch(book, "receive", _title(checked)) as batch:
            postbook.note_taken(batch, book, _values(checked))
            postbook.acknowledge(book, batch, header.sender, message.receipts, checked.digest)
    return effect, changes


def named_by(message: Payload) -> frozenset[str]:
    """What the package's own entries name: photos and attachments beside it are not stored."""
    if not message.attachments:
        return frozenset()
    said = {word for columns in message.entries for word in _DIGEST.findall(columns[7])}
    return frozenset(said)


def undo(book: Book, digest: str) -> tuple[Change, ...]:
    """Take a whole take-in back: the fold passes over what came with the package."""
    return aside.set_aside(book, digest)


def answer(book: Book, introduced: Answer) -> str:
    """Keep the keys that a unit's first package brought; gives the code to be compared."""
    return enrolment.answered(book, introduced.enrolment, introduced.unit)


def note(checked: Checked) -> str:
    """What people are told beside the outcome: numbers that never came; "" for nothing."""
    gap = checked.missing
    if not gap:
        return ""
    last = f" 至 {gap[-1]}" if gap[-1] > gap[0] else ""
    return f"缺第 {gap[0]}{last} 号，内容已含"


def _values(checked: Checked) -> dict[str, object]:
    header, message = checked.header, checked.message
    return {
        "unit": header.sender,
        "kind": header.kind,
        "replica": header.replica,
        "number": header.number,
        "digest": checked.digest,
        "previous": header.previous or None,
        "weeks": " ".join(message.periods) or None,
        "entries": len(message.entries),
        "attachments": len(message.attachments),
        "holdings": json_text(message.holdings),
        "receipts": json_text(Answers(message.receipts, message.wants)),
        "note": note(checked) or None,
    }


def _title(checked: Checked) -> str:
    header = checked.header
    return f"装入 {header.sender_name} 第{header.number}号"


def _agree(book: Store, touched: Collection[tuple[str, str]]) -> None:
    """Every touched record's row says what its journal says."""
    if not folding.agree(book, [key for key in touched if key[0] in book.tables]):
        raise refusals.SetsDiffer("")
