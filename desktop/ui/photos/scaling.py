"""A picture as it comes from a phone, made fit for a book: upright, at most 1600 px, a JPEG.

Runs in the book's thread. What the file claims to be and how large it is are looked at before a
single pixel is decoded, so that a picture made to exhaust memory is refused in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from desktop.errors import OneLedgerError
from desktop.ui.photos import jpeg
from desktop.ui.photos.reading import TAKEN

#: The longer edge of a kept photo in pixels, and its quality as a JPEG.
EDGE, QUALITY = 1600, 82
#: The largest file that is looked at, in bytes.
LARGEST = 64 * 1024 * 1024
#: So many bytes of memory may a picture take while it is made small.
MOST = 240_000_000
_JPEG = frozenset({"jpeg", "jpg", "jfif"})
_KINDS = _JPEG | {"png", "webp", "bmp", "gif", "tiff", "tif"}

Why = Literal["gone", "empty", "apple", "kind", "large", "pixels", "broken"]
_SAYS: dict[Why, tuple[str, str]] = {
    "gone": ("打不开", "请检查 U盘 或手机是否还连着、文件是否被移走，然后重试。"),
    "empty": ("是空文件", "请从手机重新传一次。"),
    "apple": (
        "是苹果手机的 HEIC 格式，电脑上不能直接用",
        "请在手机上把相机设为“兼容性最佳”，或先另存为 JPEG 再添加。",
    ),
    "kind": ("不是照片，或格式不认识", "可以添加 JPEG、PNG、WebP、BMP、TIFF 图片。"),
    "large": ("文件太大，超过 64 MB", "请先缩小再添加。"),
    "pixels": ("像素太多，放不进内存", "请先缩小到 3000 万像素以内，或另存为 JPEG 再添加。"),
    "broken": ("已损坏，读不出来", "请从手机重新传一次。"),
}


class NotAPhoto(OneLedgerError):
    """A file cannot be taken as a photo; ``why`` says what is the matter with it."""

    def __init__(self, name: str, why: Why) -> None:
        what, advice = _SAYS[why]
        super().__init__(f"“{name}”{what}。", advice)
        self.why = why


def scaled(content: bytes, name: str) -> bytes:
    """The picture in ``content`` as the book keeps it; ``name`` is what people call the file.

    Raises :class:`NotAPhoto`.
    """
    if not content:
        raise NotAPhoto(name, "empty")
    if len(content) > LARGEST:
        raise NotAPhoto(name, "large")
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"msf1"):
        raise NotAPhoto(name, "apple")
    image = _decoded(content, name, EDGE)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)  # What is transparent would turn black.
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    moment = jpeg.taken(content)
    if moment:
        flat.setText(TAKEN, moment)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    if not writer.write(flat):
        raise NotAPhoto(name, "broken")
    return bytes(kept.data())


def thumbnail(content: bytes, edge: int) -> QImage:
    """A kept photo, its longer edge at most ``edge`` px; a null image when it cannot be read."""
    try:
        return _decoded(content, "", edge)
    except NotAPhoto:
        return QImage()


def _decoded(content: bytes, name: str, edge: int) -> QImage:
    """The picture, upright and not larger than ``edge``."""
    with _reader(content) as reader:
        kind = bytes(reader.format().data()).decode("ascii", "replace").lower()
        if kind not in _KINDS:
            raise NotAPhoto(name, "kind")
        if not _is_whole(kind, content):
            raise NotAPhoto(name, "broken")
        size = reader.size()
        if size.isEmpty():
            raise NotAPhoto(name, "broken")
        if size.width() * size.height() * _bytes_each(reader, kind, content) > MOST:
            raise NotAPhoto(name, "pixels")
        if max(size.width(), size.height()) > edge:
            fit = size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(fit.expandedTo(QSize(1, 1)))
        image = reader.read()
    if image.isNull():
        raise NotAPhoto(name, "broken")
    return image


@contextmanager
def _reader(content: bytes) -> Iterator[QImageReader]:
    """Reads by content, turns as the camera was held."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    try:
        yield reader
    finally:
        shiboken6.delete(reader)  # It looks at its buffer once more when it goes.


def _is_whole(kind: str, content: bytes) -> bool:
    """Whether the file was not cut off on its way here."""
    if kind in _JPEG:
        return jpeg.is_whole(content)
    return kind != "png" or b"IEND" in content[-4096:]


def _bytes_each(reader: QImageReader, kind: str, content: bytes) -> int:
    """The memory that a pixel takes: little in a JPEG, which is made small as it is decoded."""
    if kind in _JPEG:
        return 4 if jpeg.is_progressive(content) else 1
    form = reader.imageFormat()
    return 8 if form == QImage.Format.Format_Invalid else QImage(1, 1, form).depth() // 8 or 1
