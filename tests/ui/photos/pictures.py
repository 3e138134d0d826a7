"""Pictures for tests, made with Qt: what a phone, a screenshot and a prankster would send."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter


def picture(width: int = 640, height: int = 480, colour: str = "#8a6d3b", mark: str = "") -> QImage:
    """A site: ground, sky, and a white square in the upper left corner."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    painter = QPainter(image)
    painter.fillRect(QRect(0, 0, width, height // 3), QColor("#9ec3e6"))
    painter.fillRect(QRect(0, 0, width // 8, height // 8), Qt.GlobalColor.white)
    painter.fillRect(QRect(width // 2, height // 4, width // 6, height // 2), QColor("#c8641e"))
    if mark:
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(image.rect(), int(Qt.AlignmentFlag.AlignCenter), mark)
    painter.end()
    return image


def written(image: QImage, kind: bytes = b"jpeg", quality: int = 90) -> bytes:
    """The image as a file's content."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    assert writer.write(image), writer.errorString()
    return bytes(kept.data())


def jpeg(width: int = 640, height: int = 480, colour: str = "#8a6d3b") -> bytes:
    """A photo."""
    return written(picture(width, height, colour))


def with_exif(content: bytes, *, turned: int = 1, taken: str = "", big: bool = False) -> bytes:
    """The JPEG with the segment that a camera writes: which way up, and when it was taken."""
    order = ">" if big else "<"
    text = f"{taken}\0".encode() if taken else b""
    head = (b"MM\0*" if big else b"II*\0") + struct.pack(f"{order}L", 8)
    upright = struct.pack(f"{order}HHLHH", 0x0112, 3, 1, turned, 0)
    inner_at = 8 + 2 + 2 * 12 + 4
    details = struct.pack(f"{order}HHLL", 0x8769, 4, 1, inner_at)
    first = struct.pack(f"{order}H", 2) + upright + details + bytes(4)
    text_at = inner_at + 2 + 12 + 4
    moment = struct.pack(f"{order}HHLL", 0x9003, 2, len(text), text_at)
    inner = struct.pack(f"{order}H", 1) + moment + bytes(4)
    body = b"Exif\0\0" + head + first + inner + text
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


def flat_png(width: int, height: int, *, deep: bool = False) -> bytes:
    """A PNG of one colour: small as a file, ``width`` × ``height`` when it is decoded."""
    row = b"\0" + bytes(width * (8 if deep else 3))
    press = zlib.compressobj(1)
    pixels = b"".join(press.compress(row) for _ in range(height)) + press.flush()
    head = struct.pack(">IIBBBBB", width, height, 16 if deep else 8, 6 if deep else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
