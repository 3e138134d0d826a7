"""Photos brought to a row: dropped, pasted or chosen from a folder.

What cannot be taken is named, the others are added: one bad file among ten does not cost the nine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QImage, QImageWriter

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.photos import keeping, scaling
from desktop.ui.worker import Progress

#: So many at once; more is a folder dropped by mistake.
MOST = 30
#: What a file dialog offers.
FILTER = "照片 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff);;所有文件 (*)"


@dataclass(frozen=True)
class Picture:
    """A picture that has no file: pasted from a chat or a screenshot."""

    name: str
    content: bytes


Source = Path | Picture


@dataclass(frozen=True)
class Attached:
    """What came of it: the row, how many were added, how many it held already, what was refused."""

    record: str
    added: int
    known: int
    refused: tuple[OneLedgerError, ...]


class TooMany(OneLedgerError):
    """More files at once than anybody means to add."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"一次拖入了 {count} 个文件，最多可以添加 {MOST} 张照片。", "请挑选后再添加；没有改动。"
        )


class SomeRefused(OneLedgerError):
    """Several files could not be taken; names them."""

    def __init__(self, refused: Sequence[OneLedgerError]) -> None:
        said = "".join(one.sentence for one in refused[:3])
        more = f"另有 {len(refused) - 3} 个也没有添加。" if len(refused) > 3 else ""
        super().__init__(f"有 {len(refused)} 个文件没有添加：{said}{more}", refused[0].advice)


def sources(data: QMimeData) -> list[Source]:
    """The files, or the picture itself, in what is dropped or pasted; nothing else counts."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files or not data.hasImage():
        return list(files)
    image = QImage(data.imageData())
    if image.isNull():
        return []
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return [Picture("粘贴的图片", bytes(kept.data()))]


def attach(
    desk: Desk,
    owner: QObject,
    register: str,
    subject: str,
    period: str,
    files: Sequence[Source],
    then: Callable[[Attached], None] | None = None,
) -> None:
    """Add ``files`` to the photos of a subject's period; its row is made if there is none.

    Long work that can be cancelled, one act. Says how many were added, warns of what was refused,
    then calls ``then``. A submitted week refuses all, with the reason.
    """
    if not files:
        return
    if len(files) > MOST:
        desk.warn(TooMany(len(files)))
        return
    title = f"正在添加 {len(files)} 张照片"
    run = partial(_attach, register, subject, period, tuple(files))
    desk.work(owner, title, run, partial(_home, desk, then))


def _attach(
    register: str,
    subject: str,
    period: str,
    files: tuple[Source, ...],
    book: Book,
    progress: Progress,
) -> Attached:
    keeping.refuse_closed(book, register, subject, period)
    photos: list[tuple[str, bytes]] = []
    refused: list[OneLedgerError] = []
    for done, source in enumerate(files):
        progress(done, len(files))
        try:
            photos.append((source.name, scaling.scaled(_read(source), source.name)))
        except OneLedgerError as error:
            refused.append(error)
    progress(len(files), len(files))
    if not photos:
        return Attached("", 0, 0, tuple(refused))
    kept = keeping.add(book, register, subject, period, photos)
    return Attached(kept.record, kept.added, kept.known, tuple(refused))


def _read(source: Source) -> bytes:
    if isinstance(source, Picture):
        return source.content
    try:
        if source.is_dir():
            raise scaling.NotAPhoto(source.name, "kind")
        if source.stat().st_size > scaling.LARGEST:
            raise scaling.NotAPhoto(source.name, "large")
        return source.read_bytes()
    except OSError as error:
        raise scaling.NotAPhoto(source.name, "gone") from error


def _home(desk: Desk, then: Callable[[Attached], None] | None, done: Attached) -> None:
    if done.added:
        desk.say(f"已添加 {done.added} 张照片")
    elif done.known:
        desk.say("这些照片已经在这里，没有重复添加")
    if len(done.refused) == 1:
        desk.warn(done.refused[0])
    elif done.refused:
        desk.warn(SomeRefused(done.refused))
    if then is not None:
        then(done)
