"""Icons of one open set, drawn in the theme's colours, sharp at every size.

The pictures are Lucide's, kept in ``resources/icons``; the names are those of the files. An icon
asks for its colour whenever it is drawn, so that it follows the theme by itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources
from desktop.ui import theme


class UnknownIcon(KeyError):
    """No icon has this name: a fault of ours."""


def folder() -> Path:
    """Where the pictures lie."""
    return resources() / "icons"


@cache
def names() -> frozenset[str]:
    """The names of all icons."""
    return frozenset(file.stem for file in folder().glob("*.svg"))


@cache
def _source(name: str) -> str:
    if name not in names():
        raise UnknownIcon(name)
    return (folder() / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def paint(painter: QPainter, rect: QRect | QRectF, name: str, role: str = "ink") -> None:
    """Draw an icon in the middle of ``rect``, as large as fits, in a colour of the theme."""
    colour = getattr(theme.current(), role)
    side = min(rect.width(), rect.height())
    middle = QRectF(rect).center()
    square = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    _drawing(name, colour).render(painter, square)


class _Engine(QIconEngine):
    """Draws one icon; faint when it cannot be used."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _used(self, mode: QIcon.Mode) -> str:
        return "ink_faint" if mode == QIcon.Mode.Disabled else self._role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint(painter, rect, self._name, self._used(mode))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        return _picture(self._name, self._used(mode), size, scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        return _picture(self._name, self._used(mode), size, 1.0)

    def clone(self) -> QIconEngine:
        copy = _Engine(self._name, self._role)
        _clones.append(copy)
        return copy

    def key(self) -> str:
        return "oneledger"


_clones: list[QIconEngine] = []  # Qt owns a clone, yet PySide lets go of it: it is kept here


def _picture(name: str, role: str, size: QSize, scale: float) -> QPixmap:
    """A picture of ``size`` logical pixels for a screen with ``scale`` device pixels to each."""
    colour = getattr(theme.current(), role)
    key = f"oneledger-{name}-{colour}-{size.width()}x{size.height()}-{scale}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = QPixmap(size * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, QRect(QPoint(), size), name, role)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def icon(name: str, role: str = "ink") -> QIcon:
    """The icon called ``name`` in a colour role of the theme.

    Raises :class:`UnknownIcon` for a name that no file in ``resources/icons`` has, and
    :class:`AttributeError` for an unknown role.
    """
    _source(name)
    theme.color(role)
    return QIcon(_Engine(name, role))
