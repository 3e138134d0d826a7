"""The window's typeface: a good one of this PC, else the bundled one.

A PC of a county office has Microsoft YaHei, UOS and Kylin have Noto Sans CJK or HarmonyOS Sans;
where none of them is found, the bundled Sans is loaded with the papers' Song, Kai and Hei behind
it, which have the rare characters of names.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop.paths import fonts_folder

GOOD = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "Source Han Sans SC",
    "思源黑体",
    "Noto Sans CJK SC",
    "Noto Sans SC",
)
"""Faces of Windows, macOS, UOS and Kylin that are made for screens, best first."""

BUNDLED = ("sans", "song", "kai", "hei")
"""Sans has the manner, Song what it lacks in the same weight, Hei is the bold one."""


@cache
def families() -> tuple[str, ...]:
    """The families to draw with: what the first lacks comes from the next."""
    installed = set(QFontDatabase.families())
    for name in GOOD:
        if name in installed:
            return (name,)
    return bundled()


@cache
def bundled() -> tuple[str, ...]:
    """Load the bundled faces; their families, Qt's own if the installation lost them all."""
    found: list[str] = []
    for name in BUNDLED:
        number = QFontDatabase.addApplicationFont(str(fonts_folder() / f"{name}.ttf"))
        if number >= 0:
            found += QFontDatabase.applicationFontFamilies(number)[:1]
    return tuple(found) or (QFont().family(),)


def load() -> str:
    """Load and choose the window's face; its family."""
    return families()[0]


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The window's face at a size in logical pixels, with digits of one width."""
    chosen = list(families())
    if bold and len(chosen) == len(BUNDLED):  # Qt would only thicken Sans
        chosen = [chosen[-1], *chosen[:-1]]
    face = QFont(chosen)
    face.setPixelSize(pixels)
    face.setBold(bold)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face
