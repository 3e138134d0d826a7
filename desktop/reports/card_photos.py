"""Photos of the site as they go onto paper: upright, no larger than the print needs, JPEG.

What a book holds came from phones, other PCs and packages: nothing is believed before it is
decoded, and a picture that cannot be read is no fault of the paper.
"""

from __future__ import annotations

import struct
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Image

#: Dots to the inch that an office printer shows of a photo, and its quality as a JPEG.
DOTS, QUALITY = 200, 80
#: The most pixels that are decoded; a larger JPEG is made small while it is decoded.
MOST_PIXELS = 40_000_000
#: What the readers raise for files that are broken.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    ArithmeticError,
    LookupError,
    MemoryError,
    EOFError,
    struct.error,
)


class Print(msgspec.Struct, frozen=True):
    """A photo ready for the paper: JPEG bytes and their size in pixels."""

    content: bytes
    width: int
    height: int


def printed(content: bytes | None, width: float, height: float) -> Print | None:
    """The photo made fit for a box of ``width`` × ``height`` points; None when it cannot be read.

    Turned as the camera was held (EXIF orientation); what is transparent becomes white.
    """
    from PIL import Image as pillow  # noqa: N813
    from PIL import ImageOps

    if not content:
        return None
    edge = (max(int(width / 72 * DOTS), 1), max(int(height / 72 * DOTS), 1))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is too large is judged here
            with pillow.open(BytesIO(content)) as image:
                longest = max(edge)
                image.draft("RGB", (longest, longest))
                if image.width * image.height > MOST_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail(edge)
                flat = _on_white(upright)
    except (*_BROKEN, pillow.DecompressionBombError):
        return None
    buffer = BytesIO()
    flat.save(buffer, "JPEG", quality=QUALITY)
    return Print(buffer.getvalue(), flat.width, flat.height)


def _on_white(image: Image) -> Image:
    from PIL import Image as pillow  # noqa: N813

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = pillow.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")
