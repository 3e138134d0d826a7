"""One package of a sitting, tried: taken in, known, waiting, refused, or somebody else's.

What is wrong with the package is its result; what is wrong with this PC (a full disk, missing
keys) is raised, and no package answers for it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Literal

import msgspec

from desktop.errors import DiskFull, NotWritable, OneLedgerError, of_the_system
from desktop.exchange import (
    checking,
    container,
    directory,
    key_refusals,
    refusals,
    sender_refusals,
    taking,
)
from desktop.exchange.checking import Answer, Checked
from desktop.exchange.effect import Effect
from desktop.exchange.payload import Header, Kind
from desktop.exchange.shelves import Shelves
from desktop.ledger import merging
from desktop.ledger.backups import BadBackup
from desktop.ledger.guard import BookInUse
from desktop.ledger.store import BookGone, DamagedBook, DiskTrouble, named
from desktop.ledger.workspace import Book

#: What became of a package: can be taken in (looking), taken in, known already, waits, refused.
#: Or it is somebody else's: one stick may carry the packages of all units, and our own.
Outcome = Literal["可装入", "已装入", "已装入过", "待处理", "已隔离", "不归本机"]


class Result(msgspec.Struct, frozen=True):
    """One package of a sitting: whose it is by its header, what it is, and what became of it.

    ``name`` is the sender's as this book knows it, the package's own word for an unknown one;
    ``source`` is the file it was found in; ``code`` the comparison code of a first answer.
    """

    source: str
    outcome: Outcome
    unit: str = ""
    name: str = ""
    kind: Kind | Literal[""] = ""
    number: int = 0
    digest: str = ""
    periods: tuple[str, ...] = ()
    effect: Effect | None = None
    error: OneLedgerError | None = None
    note: str = ""
    code: str = ""


class Gone(OneLedgerError):
    """A package could be read when it was found, and now no more."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"读到一半断开了：{source}。",
            "请重新插好U盘后再装入；已经装入的都已保存，没有装入的不受影响。",
        )


class Unsteady(OneLedgerError):
    """The same file said two different things (``content`` is the second one) in one sitting."""

    def __init__(self, source: str, content: bytes) -> None:
        super().__init__(
            f"同一个文件两次读出的内容不同：{source}。U盘可能已损坏，或文件正在被改写。",
            "账本没有改动；请对方换一个U盘重新写出。",
        )
        self.content = content


#: What goes wrong on this PC and is no fault of a package: the sitting stops.
OURS = (
    DiskFull,
    NotWritable,
    BookGone,
    BookInUse,
    DamagedBook,
    DiskTrouble,
    BadBackup,
    key_refusals.KeysMissing,
)


#: What waits without a signature that holds: so many packages, so many bytes beside one book.
MOST_WAITING, ROOM_TO_WAIT = 1000, 1 << 30
#: These wait after the signature was found to hold: they are kept whatever else waits.
_VOUCHED_FOR = (refusals.BaseMissing, refusals.NewerScheme, merging.ParentsMissing)


class Package(msgspec.Struct):
    """A package on its way through a sitting; its bytes are read when they are needed."""

    source: str
    digest: str
    header: Header | None
    read: Callable[[], bytes]
    waiting: OneLedgerError | None = None
    code: str = ""

    @property
    def name(self) -> str:
        """The file's name, however it was given."""
        return re.split(r"[\\/]", self.source)[-1]


def package_of(book: Book, source: str, read: Callable[[], bytes]) -> Package:
    """What ``read`` gives, known by its content; its header is None where there is none to read."""
    raw = read()
    digest = container.digest(raw)
    try:
        header = directory.by_name(book, container.read_header(raw))
    except OneLedgerError:
        header = None

    def same() -> bytes:
        """The content again; raises :class:`Unsteady` when it is another by now."""
        again = read()
        if container.digest(again) != digest:
            raise Unsteady(source, again)
        return again

    return Package(source, digest, header, same)


def attempt(
    book: Book, package: Package, secure: Callable[[Checked], None], dry: bool
) -> Result | None:
    """One package, in its own transaction; None when it has to wait.

    Raises what went wrong on this PC, which is no fault of the package.
    """
    try:
        raw = package.read()
    except OSError as error:
        raise Gone(package.source) from error
    except Unsteady as error:  # What waits under the first content keeps waiting.
        if not dry:
            Shelves(book.path).refused.keep(error.content, error, package.source)
        error.content = b""  # The result lives as long as a page shows it.
        return result_of(package, "已隔离", error=error)
    try:
        checked = checking.examine(raw, book, directory.trust(book))
        if isinstance(checked, Answer):
            package.code = _answered(book, checked, dry)
            raise sender_refusals.Unconfirmed(package.header.sender_name if package.header else "")
        secure(checked)
        effect, _ = taking.apply(book, checked)
    except OneLedgerError as error:
        ours = None if _wants_code(package, error) else _ours(book, error)
        if ours is not None:
            raise ours from error
        return _refused(book, package, raw, error, dry)
    if not dry:
        Shelves(book.path).held.remove(checked.digest)
    outcome: Outcome = "可装入" if dry else "已装入"
    note = taking.note(checked)
    return result_of(package, outcome, checked=checked, effect=effect, note=note)


def _wants_code(package: Package, error: OneLedgerError) -> bool:
    """Whether a share waits for the recovery code of new keys: anybody can write such a header.

    So it waits alone, and nobody stops a sitting with it.
    """
    header = package.header
    return isinstance(error, key_refusals.KeysMissing) and header is not None and bool(header.box)


def _ours(book: Book, error: OneLedgerError) -> OneLedgerError | None:
    """What went wrong on this PC, if that is behind ``error``: no package answers for it."""
    cause: BaseException | None = error
    while cause is not None:
        known = named(cause, str(book.path)) if isinstance(cause, sqlite3.Error) else cause
        if isinstance(known, OURS):
            return known
        cause = cause.__cause__
    return None


def _answered(book: Book, answer: Answer, dry: bool) -> str:
    """Keep a first answer's keys (looking keeps nothing); the code to be compared."""
    if dry:
        return ""
    return taking.answer(book, answer)


def _refused(
    book: Book, package: Package, raw: bytes, error: OneLedgerError, dry: bool
) -> Result | None:
    kind = error.kind if isinstance(error, refusals.Refusal) else "refused"
    if kind == "held" or isinstance(error, (merging.ParentsMissing, key_refusals.KeysMissing)):
        package.waiting = error
        return None
    if _elsewhere(book, package, error):
        return result_of(package, "不归本机", error=error)
    if not dry:
        shelves = Shelves(book.path)
        if kind == "refused":
            shelves.refused.keep(raw, error, package.source)
        shelves.held.remove(package.digest)
    return result_of(package, "已装入过" if kind == "known" else "已隔离", error=error)


def _elsewhere(book: Book, package: Package, error: OneLedgerError) -> bool:
    """Whether a package is addressed to another unit, or was written here: nothing is wrong."""
    header = package.header
    if header is None or isinstance(error, refusals.OwnPackage):
        return header is not None
    return isinstance(error, refusals.NotForUs) and header.receiver != book.unit


def result_of(
    package: Package,
    outcome: Outcome,
    *,
    checked: Checked | None = None,
    effect: Effect | None = None,
    error: OneLedgerError | None = None,
    note: str = "",
    code: str = "",
) -> Result:
    """What became of ``package``, as people are told."""
    header = package.header
    if header is None:
        return Result(package.source, outcome, digest=package.digest, error=error)
    return Result(
        package.source,
        outcome,
        header.sender,
        header.sender_name,
        header.kind,
        header.number,
        package.digest,
        checked.message.periods if checked else (),
        effect,
        error,
        note,
        code,
    )


def wait(book: Book, package: Package) -> None:
    """Keep a package beside the book until what it needs has come.

    What nobody has vouched for by a signature is kept only while there is room for such; beyond,
    ``waiting`` becomes :class:`~desktop.exchange.refusals.NoRoomToWait` and the file stays where
    it lies.
    """
    try:
        raw = package.read()
    except OSError as error:
        raise Gone(package.source) from error
    except Unsteady as error:
        error.content = b""
        package.waiting = error
        return
    held = Shelves(book.path).held
    if not isinstance(package.waiting, _VOUCHED_FOR):
        lying = [kept for kept in held.list() if kept.digest != package.digest]
        if len(lying) >= MOST_WAITING or sum(one.size for one in lying) + len(raw) > ROOM_TO_WAIT:
            why = package.waiting.sentence if package.waiting else ""
            package.waiting = refusals.NoRoomToWait(why)
            return
    held.put(package.name, raw)


def reason_of(book: Book, error: OneLedgerError | sqlite3.Error | OSError) -> OneLedgerError:
    """What stopped a sitting, by name; raises ``error`` again when that is a fault of ours."""
    if isinstance(error, OSError):
        return of_the_system(error)
    known = named(error, str(book.path)) if isinstance(error, sqlite3.Error) else error
    if not isinstance(known, OneLedgerError):
        raise error
    return known
