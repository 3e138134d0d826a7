"""A QR read back as a telephone does it (ISO/IEC 18004, versions 1–4, level M, bytes).

Written apart from the encoder: what it reads is what any reader reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image

Modules = Sequence[Sequence[bool]]

#: By version: bytes of data in a block, bytes of correction in a block, blocks.
_BLOCKS = {1: (16, 10, 1), 2: (28, 16, 1), 3: (44, 26, 1), 4: (32, 18, 2)}
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _c: r % 2 == 0,
    lambda _r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def text(modules: Modules) -> str:
    """What a QR says; fails where its format, its correction bytes or its text is wrong."""
    size = len(modules)
    version = (size - 17) // 4
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    form = 0
    for row, column in places:
        form = form << 1 | modules[row][column]
    form = (form ^ 0b101010000010010) >> 10
    assert form >> 3 == 0, "not of level M"
    mask = _MASKS[form & 7]

    bits = [modules[r][c] ^ mask(r, c) for r, c in _way(size, version)]
    signs = [
        int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)
    ]
    data, correction, blocks = _BLOCKS[version]
    stream = []
    for number in range(blocks):
        block = signs[number : data * blocks : blocks]
        rest = signs[data * blocks + number : (data + correction) * blocks : blocks]
        assert not any(_syndromes([*block, *rest], correction)), "damaged"
        stream += block
    bitstream = "".join(f"{sign:08b}" for sign in stream)
    assert bitstream[:4] == "0100", "not bytes"
    count = int(bitstream[4:12], 2)
    return bytes(int(bitstream[at : at + 8], 2) for at in range(12, 12 + 8 * count, 8)).decode()


def _way(size: int, version: int) -> Iterator[tuple[int, int]]:
    """Where data stands, in its order: two columns at a time, up and down, from the right."""

    def fixed(row: int, column: int) -> bool:
        corner = (row < 9 and (column < 9 or column >= size - 8)) or (
            row >= size - 8 and column < 9
        )
        middle = size - 7
        aligned = version > 1 and abs(row - middle) <= 2 and abs(column - middle) <= 2
        return corner or aligned or 6 in (row, column)

    upwards = True
    right = size - 1
    while right > 0:
        if right == 6:
            right -= 1
        for step in range(size):
            row = size - 1 - step if upwards else step
            for column in (right, right - 1):
                if not fixed(row, column):
                    yield row, column
        upwards = not upwards
        right -= 2


def _syndromes(block: list[int], correction: int) -> list[int]:
    """All 0 for an undamaged block: its polynomial at the powers of 2 in GF(256)."""
    power, powers = 1, []
    for _ in range(255):
        powers.append(power)
        power = power << 1 ^ (0x11D if power & 0x80 else 0)
    logs = {value: at for at, value in enumerate(powers)}
    found = []
    for root in range(correction):
        value = 0
        for sign in block:
            value = (powers[(logs[value] + root) % 255] if value else 0) ^ sign
        found.append(value)
    return found


def seen(data: bytes, page: int, left: float, low: float, side: float, count: int) -> Modules:
    """The squares of a QR on a drawn page, seen at 300 dots to the inch; points, from below."""
    document = pypdfium2.PdfDocument(data)
    try:
        scale = 300 / 72
        sheet = document[page]
        made = sheet.render(scale=scale).to_pil().convert("L")
        height = sheet.get_height()
    finally:
        document.close()
    return sampled(made, left * scale, (height - low - side) * scale, side * scale, count)


def sampled(picture: Image.Image, left: float, top: float, side: float, count: int) -> Modules:
    """The squares of a QR in a picture, its upper left corner at (left, top); pixels."""
    step = side / count
    return [
        [
            picture.getpixel((int(left + (c + 0.5) * step), int(top + (r + 0.5) * step))) < 128  # type: ignore[operator]
            for c in range(count)
        ]
        for r in range(count)
    ]


def picture(data: bytes, page: int = 0) -> Image.Image:
    """A page in grey, at 200 dots to the inch."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        made: Image.Image = document[page].render(scale=200 / 72).to_pil()
        return made.convert("L")
    finally:
        document.close()
