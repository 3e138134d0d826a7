"""The keys that hold on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.shell.menu import MENU
from desktop.ui.shell.weekpicker import WeekPicker


def of_the_desk(desk: Desk, weeks: WeekPicker) -> dict[str, Callable[[], object]]:
    """Redo as Excel and as WPS have it, a week back and forth."""
    return {
        "Ctrl+Y": desk.redo,
        "Ctrl+Shift+Z": desk.redo,
        "Alt+Left": partial(weeks.step, -1),
        "Alt+Right": partial(weeks.step, 1),
    }


def of_the_menu(show: Callable[[str], object]) -> dict[str, Callable[[], object]]:
    """Ctrl+1 is the first page of the menu, and so on."""
    return {f"Ctrl+{number}": partial(show, one.name) for number, one in enumerate(MENU, 1)}


def bind(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Have each key do its work wherever the keyboard is in ``window``."""
    for key, run in keys.items():
        QShortcut(QKeySequence(key), window).activated.connect(run)


def go_round(focused: QWidget | None, regions: Sequence[QWidget]) -> None:
    """Give the focus to the region after the one that has it; the first where none has it."""
    at = next((i for i, one in enumerate(regions) if _within(focused, one)), -1)
    regions[(at + 1) % len(regions)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _within(widget: QWidget | None, region: QWidget) -> bool:
    return widget is not None and (widget is region or region.isAncestorOf(widget))
