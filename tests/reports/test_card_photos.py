"""Photos made fit for the paper: upright, small, and none that stops the printing."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from desktop.reports import card_photos
from desktop.reports.card_photos import printed
from tests.reports.card_and_wall import jpeg


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_photo_is_scaled_to_what_the_printer_shows() -> None:
    made = printed(jpeg(4000, 3000), 144, 144)  # two inches
    assert made is not None
    assert (made.width, made.height) == (2 * card_photos.DOTS, 2 * card_photos.DOTS * 3 // 4)
    assert opened(made.content).size == (made.width, made.height)
    small = printed(jpeg(60, 40), 144, 144)
    assert small is not None
    assert (small.width, small.height) == (60, 40)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (80, 60), (5, 30)),
        (6, (60, 80), (30, 5)),
        (3, (80, 60), (75, 30)),
        (8, (60, 80), (30, 75)),
    ],
)
def test_a_photo_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    made = printed(jpeg(80, 60, orientation), 100, 100)
    assert made is not None
    image = opened(made.content)
    assert image.size == size
    at = image.getpixel(red)
    assert isinstance(at, tuple)
    assert at[0] > 150 > at[2]


def test_what_is_transparent_becomes_white() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(buffer, "PNG")
    made = printed(buffer.getvalue(), 100, 100)
    assert made is not None
    assert opened(made.content).getpixel((10, 10)) == (255, 255, 255)


def png(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\xff\xd8\xff\xe0 not a photo",
        jpeg()[: len(jpeg()) // 2],
        b"%PDF-1.7",
        png(40, 40)[:48],
        png(7000, 7000),
        png(14000, 14000),
    ],
    ids=["lost", "empty", "broken", "cut", "pdf", "png-cut", "too-many-pixels", "bomb"],
)
def test_what_cannot_be_read_is_no_photo(content: bytes | None) -> None:
    assert printed(content, 100, 100) is None


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert printed(jpeg(), 100, 100) == printed(jpeg(), 100, 100)
