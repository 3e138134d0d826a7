"""The acts on photos, without Qt: add to a ledger's week, take out of it; each undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import attachments, lock
from desktop.ledger.definitions import Field, Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.workspace import Book


class NoPhotosHere(OneLedgerError):
    """The register has no field for photos, or its rows are not found by subject and period."""

    def __init__(self, register: Register) -> None:
        super().__init__(f"“{register.title}”没有照片一栏，不能添加照片。")


class Kept(msgspec.Struct, frozen=True):
    """What came of adding: the row, how many were added, how many it held already."""

    record: str
    added: int
    known: int


def photo_field(register: Register) -> Field | None:
    """The field that holds a register's photos, None when it has none."""
    return next((field for field in register.shown if field.type == "photo"), None)


def refuse_closed(book: Book, register: str, subject: str, period: str) -> None:
    """Raise before any work is done what adding would raise after it.

    :class:`NoPhotosHere`, :class:`~desktop.ledger.lock.WeekSubmitted`.
    """
    definition = book.scheme.register(register)
    if photo_field(definition) is None or definition.shape != "ledger" or definition.key:
        raise NoPhotosHere(definition)
    unit = lock.owner(book, definition, {str(definition.of): subject})
    if definition.submitted and unit is not None:
        lock.refuse(book, unit, period)


def add(
    book: Book, register: str, subject: str, period: str, photos: Sequence[tuple[str, bytes]]
) -> Kept:
    """Add ``photos`` (name and content) to a subject's period, whose row is made if need be.

    One act, 添加照片. Raises what :func:`refuse_closed` and the ledger's verbs raise.
    """
    refuse_closed(book, register, subject, period)
    definition = book.scheme.register(register)
    field = photo_field(definition)
    assert field is not None
    record = ledger_identity(register, subject, period)
    present = book.present(register, record)
    stands = present is not None and not present.removed
    before = attachments.digests(present.values[field.name]) if present and stands else ()
    with book.batch("photo") as batch:
        digests = [
            attachments.put(book, content, name, attachments.PHOTO) for name, content in photos
        ]
        after = list(dict.fromkeys([*before, *digests]))
        if stands:
            batch.change(register, record, {field.name: after})
        else:
            row = {str(definition.of): subject, "period": period, field.name: after}
            batch.create(register, row)
    return Kept(record, len(after) - len(before), len(photos) - (len(after) - len(before)))


def remove(book: Book, register: str, chosen: Iterable[tuple[str, str]]) -> int:
    """Take photos (record, digest) out of their rows, as one act; how many were there.

    Their contents stay in the book, so that undo finds them. Raises
    :class:`~desktop.ledger.lock.WeekSubmitted` and nothing is taken out.
    """
    field = photo_field(book.scheme.register(register))
    assert field is not None
    of_record: dict[str, set[str]] = {}
    for record, digest in chosen:
        of_record.setdefault(record, set()).add(digest)
    count = 0
    with book.batch("change", "移除照片") as batch:
        for record, digests in of_record.items():
            present = book.present(register, record)
            before = attachments.digests(present.values[field.name]) if present else ()
            after = [digest for digest in before if digest not in digests]
            if len(after) < len(before):
                batch.change(register, record, {field.name: after or None})
                count += len(before) - len(after)
    return count
