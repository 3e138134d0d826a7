"""The one source of spacing, type sizes and colours: what the window looks like now.

:func:`apply` puts a theme on the program: style, palette, style sheet, font. Widgets that paint
themselves ask :func:`current`, :func:`color` and :func:`font` whenever they paint; Qt repaints and
measures them anew when the theme changes. Whoever keeps something made from the theme listens to
``notifier.changed``.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QStyleHints
from PySide6.QtWidgets import QApplication

from desktop.ui import stylesheet, typeface
from desktop.ui.measures import SCALES, Theme, made

__all__ = ["SCALES", "TONES", "Size", "Theme", "Tone", "apply", "color", "current", "font"]

Size = Literal["small", "body", "big", "title", "figure"]
Tone = Literal["plain", "good", "explain", "must", "accent", "faint"]

TONES: dict[str, tuple[str, str]] = {
    "plain": ("ink", "head"),
    "faint": ("ink_soft", "head"),
    "good": ("good", "good_soft"),
    "explain": ("explain", "explain_soft"),
    "must": ("must", "must_soft"),
    "accent": ("accent", "accent_soft"),
}
"""Each tone's ink and the ground that goes with it, as colour roles."""


class Notifier(QObject):
    """Says that another theme is on."""

    changed = Signal()


notifier = Notifier()
_theme = made()
_follows = False  # the system's own light or dark
_heard: QStyleHints | None = None  # of the program that has been given the style


def current() -> Theme:
    """The theme that is on."""
    return _theme


@cache
def _color(name: str) -> QColor:
    return QColor(name)


def color(role: str) -> QColor:
    """The colour of a role such as ``accent``; :class:`AttributeError` for an unknown one."""
    return QColor(_color(getattr(_theme, role)))


def font(size: Size = "body", *, bold: bool = False) -> QFont:
    """The window's face at one of the theme's sizes, with digits of one width."""
    return QFont(_font(getattr(_theme, size), bold))


@cache
def _font(pixels: int, bold: bool) -> QFont:
    return typeface.font(pixels, bold=bold)


def apply(app: QApplication, dark: bool | None = None, scale: float = 1.0) -> None:
    """Put a theme on the program; ``dark=None`` follows the system and goes on following it."""
    global _follows, _heard
    hints = app.styleHints()
    if hints is not _heard:
        hints.colorSchemeChanged.connect(_follow_system)
        app.setStyle("Fusion")
        _heard = hints
    _follows = False  # while the scheme is set, its change is our own doing
    if dark is None:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    _follows = dark is None
    _put_on(app, made(dark=_system_is_dark(app) if dark is None else dark, scale=scale))


def _system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _follow_system() -> None:
    app = QApplication.instance()
    if _follows and isinstance(app, QApplication):
        dark = _system_is_dark(app)
        if dark != _theme.dark:
            _put_on(app, made(dark=dark, scale=_theme.scale))


def _put_on(app: QApplication, theme: Theme) -> None:
    global _theme
    _theme = theme
    app.setPalette(stylesheet.palette(theme))
    app.setFont(font())
    app.setFont(font(bold=True), "QHeaderView")  # type: ignore[arg-type]  # the stub says bytes
    app.setStyleSheet(stylesheet.sheet(theme))
    notifier.changed.emit()
