"""Where a key leads on a sheet, as in Excel and WPS: pure places, no painting."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.ui.reading_in.layout import Layout

STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def led(
    layout: Layout, here: tuple[int, int], key: int, *, far: bool, page: int
) -> tuple[int, int] | None:
    """The cell (row, column) to which ``key`` leads from ``here``, None for a key that leads
    nowhere. ``far``: with Ctrl; ``page``: rows of a screen. The cell may lie outside the sheet."""
    row, column = here
    if key in STEPS:
        down, right = STEPS[Qt.Key(key)]
        area = layout.merge_at(row, column)
        if far:
            row = (layout.rows - 1) * (down > 0) if down else row
            column = (layout.columns - 1) * (right > 0) if right else column
        else:
            row = area.bottom + 1 if down > 0 else area.top - 1 if down else row
            column = area.right + 1 if right > 0 else area.left - 1 if right else column
        return row, column
    if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        return row + (page if key == Qt.Key.Key_PageDown else -page), column
    if key == Qt.Key.Key_Home:
        return (0 if far else row), 0
    if key == Qt.Key.Key_End:
        return (layout.rows - 1 if far else row), layout.columns - 1
    return None
