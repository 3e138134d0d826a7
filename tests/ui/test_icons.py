"""Icons: every one is drawn, in the theme's colours, sharp on every screen."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.ui import icons, theme
from desktop.ui.colours import DARK, LIGHT, channels, contrast


@pytest.fixture(autouse=True)
def standard_look(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, dark=False)
    yield
    theme.apply(qapp, dark=False)


def is_drawn_in(image: QImage, colour: str) -> bool:
    """Whether something is drawn, and all that is drawn fully has the colour (give or take 1)."""
    wanted = channels(colour)
    spots = itertools.product(range(image.width()), range(image.height()))
    points = [image.pixelColor(x, y) for x, y in spots]
    full = [point for point in points if point.alpha() == 255]
    near = [
        max(abs(a - b) for a, b in zip(channels(point.name()), wanted, strict=True)) <= 1
        for point in full
    ]
    return bool(near) and all(near)


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_every_icon_is_drawn_in_the_colour_of_its_role(name: str) -> None:
    image = icons.icon(name, "accent").pixmap(QSize(48, 48), 1.0).toImage()
    assert is_drawn_in(image, LIGHT.accent)


def test_an_unknown_name_or_role_is_said_at_once() -> None:
    with pytest.raises(icons.UnknownIcon, match="unicorn"):
        icons.icon("unicorn")
    with pytest.raises(icons.UnknownIcon):
        icons.icon("../fonts/README")
    with pytest.raises(AttributeError):
        icons.icon("home", "nice")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_has_a_point_for_every_point_of_the_screen(scale: float) -> None:
    picture = icons.icon("settings").pixmap(QSize(16, 16), scale)
    assert picture.devicePixelRatio() == scale
    assert picture.deviceIndependentSize().toSize() == QSize(16, 16)
    side = round(16 * scale)
    assert picture.size() == QSize(side, side)
    drawn = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(0)
    painter = QPainter(drawn)
    icons.paint(painter, QRect(0, 0, side, side), "settings")
    painter.end()
    shown = picture.toImage().convertToFormat(drawn.format())
    assert all(shown.pixel(x, side // 2) == drawn.pixel(x, side // 2) for x in range(side))


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    icon = icons.icon("home", "ink")
    assert is_drawn_in(icon.pixmap(QSize(32, 32), 1.0).toImage(), LIGHT.ink)
    theme.apply(qapp, dark=True)
    assert is_drawn_in(icon.pixmap(QSize(32, 32), 1.0).toImage(), DARK.ink)


def test_an_icon_that_cannot_be_used_is_faint() -> None:
    picture = icons.icon("home", "accent").pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled)
    assert is_drawn_in(picture.toImage(), LIGHT.ink_faint)


def test_an_icon_outlives_the_hand_that_made_it() -> None:
    kept = [QIcon(icons.icon(name)) for name in sorted(icons.names())]
    gc.collect()
    for icon in kept:
        copy = QIcon(icon)
        copy.addPixmap(QPixmap(4, 4))  # makes Qt clone the engine
        assert not icon.pixmap(QSize(16, 16), 1.0).isNull()
    del kept
    gc.collect()


def test_a_wide_place_gets_the_icon_in_its_middle() -> None:
    image = QImage(90, 30, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, image.rect(), "plus", "must")
    painter.end()
    assert image.pixelColor(45, 15) == QColor(LIGHT.must)
    sides = [(x, y) for x in (*range(29), *range(61, 90)) for y in range(30)]
    assert not any(image.pixelColor(x, y).alpha() for x, y in sides)


@pytest.mark.parametrize("file", sorted(icons.folder().rglob("*.svg")), ids=lambda file: file.stem)
def test_a_picture_is_small_and_only_a_picture(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    drawn = {element.tag.partition("}")[2] for element in ElementTree.fromstring(text).iter()}
    assert drawn <= {"svg", "path", "rect", "circle", "line", "polyline", "polygon", "ellipse"}
    assert len(text) < 2_000


def test_arrows_and_ticks_of_the_style_sheet_are_seen() -> None:
    for name in ("up", "down", "left", "right"):
        text = (icons.folder() / "widgets" / f"{name}.svg").read_text(encoding="utf-8")
        colour = text.partition('stroke="')[2][:7]
        assert contrast(colour, LIGHT.card) > 3
        assert contrast(colour, DARK.card) > 3
    for name, palette in (("white", LIGHT), ("dark", DARK)):
        text = (icons.folder() / "widgets" / f"check-{name}.svg").read_text(encoding="utf-8")
        assert contrast(text.partition('stroke="')[2][:7], palette.accent) > 4.5


def test_the_licence_lies_beside_the_pictures() -> None:
    words = (icons.folder() / "LICENSE.txt").read_text(encoding="utf-8")
    assert words.startswith("ISC License")
    assert "Lucide" in words
    assert "lucide-static" in (icons.folder() / "README.md").read_text(encoding="utf-8")
