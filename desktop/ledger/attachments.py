"""Attachments 照片和附件: the contents that fields of type ``photo`` and ``attachment`` name.

Such a field holds a JSON array of digests (SHA-256, 64 hexadecimal digits). The digests stand in
the journal and are protected by its chain; the contents stand in the table ``attachment`` of the
same file, so that a copy of the book carries everything. A content is never taken away: what undo
names again is still there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import lookup
from desktop.ledger.chain import Problem
from desktop.ledger.store import Store
from desktop.ledger.values import DIGEST

#: The largest content, in bytes: 20 MB.
LARGEST = 20 * 1024 * 1024
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
#: What a field of type ``photo``, and what one of type ``attachment`` may name.
PHOTO = frozenset({JPEG, PNG})
ATTACHMENT = PHOTO | {PDF}

#: How long a name may be; the rest of it is of no use to anybody.
_NAME = 120
_BARRED = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TITLES = {JPEG: "JPEG 图片", PNG: "PNG 图片", PDF: "PDF 文件"}
_BEGINNINGS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))


class TooLarge(OneLedgerError):
    """A content is larger than a book takes."""

    def __init__(self, name: str, size: int) -> None:
        most = LARGEST // 1024 // 1024
        super().__init__(
            f"“{name}”有 {size / 1024 / 1024:.1f} MB，超过每件 {most} MB 的上限。",
            "请缩小或拆分后再添加；账本没有改动。",
        )


class NotAllowed(OneLedgerError):
    """A content is of a kind that the field does not take, whatever the file is called."""

    def __init__(self, name: str, media: Collection[str]) -> None:
        known = "、".join(title for kind, title in _TITLES.items() if kind in media)
        super().__init__(
            f"“{name}”不能添加：这里只能放{known}。",
            "程序按内容而不是按扩展名判断；请换成这样的文件。",
        )


class Lost(OneLedgerError):
    """A record names a content that the book does not hold as it was."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"账本中没有这件照片或附件（{digest[:8]}），或其内容已被改动。",
            "请从备份恢复，或重新添加同一文件。",
        )


class Attachment(msgspec.Struct, frozen=True):
    """A content and what is known of it: ``media`` its kind, ``name`` the file it came from."""

    digest: str
    media: str
    name: str
    content: bytes


class Use(msgspec.Struct, frozen=True):
    """A present record that names a digest in one of its fields; ``entry`` is its last entry."""

    digest: str
    register: str
    record: str
    field: str
    entry: str


def media_of(content: bytes) -> str | None:
    """The kind of a content by its first bytes; None for every other kind."""
    return next((media for mark, media in _BEGINNINGS if content.startswith(mark)), None)


def admit(content: bytes, name: str, media: Collection[str] = ATTACHMENT) -> tuple[str, str]:
    """The name to be kept and the kind of a content that a field for ``media`` takes.

    Raises :class:`TooLarge`, :class:`NotAllowed`.
    """
    name = _BARRED.sub("", name).strip()[:_NAME] or "未命名"
    if len(content) > LARGEST:
        raise TooLarge(name, len(content))
    kind = media_of(content)
    if kind is None or kind not in media:
        raise NotAllowed(name, media)
    return name, kind


def put(store: Store, content: bytes, name: str, media: Collection[str] = ATTACHMENT) -> str:
    """Hold ``content`` and give its digest, which the caller writes into a field.

    Within a batch it stands or falls with it. What is held already is left as it is, what was
    spoilt is whole again. ``media`` are the kinds that the field takes. Raises :class:`TooLarge`,
    :class:`NotAllowed`.
    """
    name, kind = admit(content, name, media)
    digest = sha256(content).hexdigest()
    with store.atomic():
        store.connection.execute(
            "INSERT INTO attachment (digest, media, size, name, content) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (digest) DO UPDATE SET"
            " media = excluded.media, size = excluded.size, content = excluded.content"
            " WHERE content <> excluded.content OR media <> excluded.media"
            " OR size <> excluded.size",
            (digest, kind, len(content), name, content),
        )
    return digest


def get(store: Store, digest: str) -> Attachment:
    """The content with this digest; raises :class:`Lost` when it is not held as it was."""
    row = store.connection.execute(
        "SELECT media, name, content FROM attachment WHERE digest = ?", (digest,)
    ).fetchone()
    if row is None or sha256(row[2]).hexdigest() != digest:
        raise Lost(digest)
    return Attachment(digest, *row)


def held(store: Store) -> frozenset[str]:
    """The digests of all that the book holds, named by a record or not."""
    rows = store.connection.execute("SELECT digest FROM attachment")
    return frozenset(digest for (digest,) in rows)


def missing(store: Store) -> frozenset[str]:
    """The digests that present records name and the book does not hold."""
    return frozenset(use.digest for use in uses(store)) - held(store)


def digests(value: str | None) -> tuple[str, ...]:
    """The digests in a stored value; what is none, as a spoilt table may hold it, is left out."""
    try:
        found = msgspec.json.decode(value or "[]", type=list[str])
    except msgspec.DecodeError:
        return ()
    return tuple(item for item in found if DIGEST.fullmatch(item))


def uses(store: Store) -> Iterator[Use]:
    """Where present records name contents, register by register."""
    for register in store.scheme.registers.values():
        for field in register.stored:
            if field.type not in ("photo", "attachment"):
                continue
            rows = store.connection.execute(
                f'SELECT record, heads, "{field.name}" FROM "{register.name}"'
                f' WHERE removed = 0 AND "{field.name}" IS NOT NULL ORDER BY record'
            )
            for record, heads, value in rows:
                for digest in digests(value):
                    yield Use(digest, register.name, record, field.name, heads.partition(" ")[0])


def examine(store: Store) -> Iterator[Problem]:
    """What does not hold: contents that are not as they were, and named ones that are not there."""
    spoilt = set()
    rows = store.connection.execute("SELECT digest, media, size, name, content FROM attachment")
    for digest, media, size, name, content in rows:
        if (sha256(content).hexdigest(), media_of(content), len(content)) != (digest, media, size):
            spoilt.add(digest)
            text = f"照片或附件“{name}”（{digest[:8]}）的内容被改动。"
            yield Problem(None, None, "attachment", text)
    lost: dict[str, Use] = {}
    known = held(store)
    for use in uses(store):
        if use.digest not in known:
            lost.setdefault(use.digest, use)
    for use in lost.values():
        register = store.scheme.registers[use.register]
        whose = lookup.label(store, use.register, use.record)
        text = (
            f"“{register.title}”{whose}的“{register.by_name[use.field].title}”"
            f"缺少一件（{use.digest[:8]}）。"
        )
        yield Problem(use.entry or None, None, "attachment", text)
