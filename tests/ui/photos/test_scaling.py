"""Pictures made fit for a book, and those that are refused before they are decoded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from desktop.ledger.attachments import JPEG, media_of
from desktop.ui.photos import jpeg, scaling
from desktop.ui.photos.scaling import EDGE, NotAPhoto
from tests.ui.photos import pictures

pytestmark = pytest.mark.usefixtures("qapp")


def kept(content: bytes) -> QImage:
    """What the book keeps of a picture."""
    made = scaling.scaled(content, "现场.jpg")
    assert media_of(made) == JPEG
    return QImage.fromData(made)


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (3200, 2400, (1600, 1200)),
        (2400, 3200, (1200, 1600)),
        (1600, 1600, (1600, 1600)),
        (1602, 10, (1600, 9)),
        (640, 480, (640, 480)),
        (9000, 2, (1600, 1)),
        (1, 1, (1, 1)),
    ],
)
def test_the_longer_edge_is_sixteen_hundred_at_most(
    width: int, height: int, size: tuple[int, int]
) -> None:
    image = kept(pictures.jpeg(width, height))
    assert (image.width(), image.height()) == size
    assert max(size) <= EDGE


@pytest.mark.parametrize("kind", [b"jpeg", b"png", b"bmp", b"webp", b"tiff"])
def test_whatever_it_came_as_it_is_a_jpeg_with_the_same_picture(kind: bytes) -> None:
    image = kept(pictures.written(pictures.picture(1000, 500), kind))
    assert (image.width(), image.height()) == (1000, 500)
    sky, ground = image.pixelColor(900, 100), image.pixelColor(100, 450)
    assert (sky.blue() - sky.red(), ground.red() - ground.blue()) > (50, 50)


def corner(image: QImage) -> str:
    """In which corner the white square stands."""
    width, height = image.width(), image.height()
    places = {"左上": (8, 8), "右上": (width - 8, 8), "左下": (8, height - 8)}
    places["右下"] = (width - 8, height - 8)
    light = {name: image.pixelColor(*at).lightness() for name, at in places.items()}
    return max(light, key=lambda name: light[name])


@pytest.mark.parametrize(
    ("turned", "size", "where"),
    [
        (1, (800, 400), "左上"),
        (3, (800, 400), "右下"),
        (6, (400, 800), "右上"),
        (8, (400, 800), "左下"),
    ],
)
def test_it_stands_upright_as_the_camera_was_held(
    turned: int, size: tuple[int, int], where: str
) -> None:
    image = kept(pictures.with_exif(pictures.jpeg(800, 400), turned=turned))
    assert (image.width(), image.height()) == size
    assert corner(image) == where


def test_a_turned_photo_is_made_small_and_turned() -> None:
    image = kept(pictures.with_exif(pictures.jpeg(4000, 2000), turned=6))
    assert (image.width(), image.height()) == (800, 1600)
    assert corner(image) == "右上"


def test_what_is_transparent_is_white() -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    assert kept(pictures.written(image, b"png")).pixelColor(20, 20) == QColor("white")


def test_it_says_when_it_was_taken() -> None:
    made = scaling.scaled(
        pictures.with_exif(pictures.jpeg(), taken="2023:03:01 15:20:59"), "现场.jpg"
    )
    assert jpeg.comment(made, "Taken") == "2023-03-01T15:20"
    assert jpeg.comment(scaling.scaled(pictures.jpeg(), "现场.jpg"), "Taken") == ""


def test_a_kept_photo_kept_again_is_not_larger() -> None:
    made = scaling.scaled(pictures.jpeg(3000, 2000), "现场.jpg")
    assert len(made) < 200_000
    assert QImage.fromData(scaling.scaled(made, "现场.jpg")).width() == 1600


@pytest.fixture
def never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when a picture's pixels are read."""

    def read(_reader: QImageReader) -> QImage:
        raise AssertionError("decoded")

    monkeypatch.setattr(QImageReader, "read", read)


@pytest.mark.usefixtures("never_decoded")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", "empty"),
        (lambda: b"\0\0\0\x18ftypheic" + bytes(500), "apple"),
        (lambda: b"%PDF-1.7 " + bytes(500), "kind"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "kind"),
        (lambda: "工地".encode(), "kind"),
        (lambda: b"MZ" + bytes(500), "kind"),
        (lambda: pictures.jpeg(2000, 2000)[:9000], "broken"),
        (lambda: b"\xff\xd8\xff", "broken"),
        (lambda: pictures.flat_png(900, 900)[:-20], "broken"),
        (lambda: pictures.flat_png(20_000, 20_000), "pixels"),
        (lambda: pictures.flat_png(6_000, 6_000, deep=True), "pixels"),
        (lambda: pictures.jpeg()[:2] + bytes(scaling.LARGEST), "large"),
    ],
)
def test_what_is_no_photo_or_too_much_is_refused_before_it_is_decoded(
    make: Callable[[], bytes], why: str
) -> None:
    with pytest.raises(NotAPhoto, match=r"“现场\.jpg”") as refused:
        scaling.scaled(make(), "现场.jpg")
    assert refused.value.why == why
    assert refused.value.sentence.endswith("。")
    assert refused.value.advice.endswith("。")


def test_a_progressive_photo_is_counted_as_what_it_takes() -> None:
    """Its rounds are all held in memory until the last, however small it is to become."""
    plain = pictures.jpeg(8, 8)
    at = plain.index(b"\xff\xc0")
    huge = plain[: at + 5] + (9000).to_bytes(2) + (9000).to_bytes(2) + plain[at + 9 :]
    progressive = huge[: at + 1] + b"\xc2" + huge[at + 2 :]
    assert not jpeg.is_progressive(huge)
    assert jpeg.is_progressive(progressive)
    with pytest.raises(NotAPhoto) as refused:
        scaling.scaled(progressive, "现场.jpg")
    assert refused.value.why == "pixels"


@pytest.mark.qt_log_ignore("Corrupt JPEG data", extend=True)
def test_damage_in_the_middle_is_no_fault_of_ours(qapp: QApplication) -> None:
    content = pictures.jpeg(1200, 900)
    spoilt = content[:2000] + b"\x55" * 300 + content[2300:]
    try:
        assert kept(spoilt).width() == 1200
    except NotAPhoto as refused:
        assert refused.why == "broken"


def test_a_thumbnail_is_small_and_a_lost_one_null() -> None:
    small = scaling.thumbnail(pictures.jpeg(1600, 1200), 200)
    assert (small.width(), small.height()) == (200, 150)
    assert scaling.thumbnail(b"", 200).isNull()
    assert scaling.thumbnail(b"\xff\xd8\xffspoilt", 200).isNull()
