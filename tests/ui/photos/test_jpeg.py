"""What stands in a JPEG beside its pixels; nothing that a file holds makes the reader stumble."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.photos import jpeg
from tests.ui.photos import pictures

PHOTO = bytes.fromhex("ffd8ffda0004aabb112233ffd9")
TAKEN = "2023:03:01 15:20:59"


@pytest.mark.parametrize("big", [False, True])
def test_when_it_was_taken_is_read_in_both_orders(big: bool) -> None:
    assert jpeg.taken(pictures.with_exif(PHOTO, taken=TAKEN, big=big)) == "2023-03-01T15:20"


@pytest.mark.parametrize(
    "taken", ["", "0000:00:00 00:00:00", "2023:13:01 15:20:59", "2023-03-01 15:20:59", "昨天"]
)
def test_what_is_no_moment_says_nothing(taken: str) -> None:
    assert jpeg.taken(pictures.with_exif(PHOTO, taken=taken)) == ""


def test_a_photo_without_the_segment_says_nothing() -> None:
    assert jpeg.taken(PHOTO) == ""


@pytest.mark.parametrize("left", range(len(PHOTO)))
def test_what_is_cut_off_is_not_whole(left: int) -> None:
    assert jpeg.is_whole(PHOTO)
    assert jpeg.is_whole(PHOTO + b"what a phone hangs behind it")
    assert not jpeg.is_whole(PHOTO[:left])


def test_an_end_mark_before_the_pixels_is_none() -> None:
    """The small picture within the camera's segment has one too."""
    inner = b"\xff\xe1\x00\x06" + b"\xff\xd9ab"
    assert not jpeg.is_whole(PHOTO[:2] + inner + PHOTO[2:-2])
    assert jpeg.is_whole(PHOTO[:2] + inner + PHOTO[2:])


def test_comments_are_read_by_their_key() -> None:
    said = b"Taken: 2023-03-01T15:20"
    content = PHOTO[:2] + b"\xff\xfe" + (len(said) + 2).to_bytes(2) + said + PHOTO[2:]
    assert jpeg.comment(content, "Taken") == "2023-03-01T15:20"
    assert jpeg.comment(content, "Take") == ""
    assert jpeg.comment(PHOTO, "Taken") == ""


@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda rest: b"\xff\xd8\xff\xe1\0\x60Exif\0\0II*\0" + rest),
        st.tuples(st.integers(0, 120), st.binary(max_size=8)).map(
            lambda change: (
                (whole := pictures.with_exif(PHOTO, taken=TAKEN))[: change[0]]
                + change[1]
                + whole[change[0] :]
            )
        ),
    )
)
def test_whatever_stands_in_a_file_the_reader_ends_quietly(content: bytes) -> None:
    assert isinstance(jpeg.is_whole(content), bool)
    moment = jpeg.taken(content)
    assert moment == "" or len(moment) == len("2023-03-01T15:20")
    assert isinstance(jpeg.comment(content, "Taken"), str)
