"""显示: size of type, light or dark; seen at once, remembered on this PC for every book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton, QWidget

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.settings.section import Section, hint, row

SIZES: tuple[tuple[float, str], ...] = tuple(
    zip(theme.SCALES, ("标准", "较大", "大", "特大"), strict=True)
)
MODES: tuple[tuple[bool | None, str], ...] = ((False, "浅色"), (True, "深色"), (None, "跟随系统"))


class AppearanceSection(Section):
    """Radio buttons: a click is all there is to do."""

    name, title, icon = "look", "显示", "type"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sizes, self.modes = QButtonGroup(self), QButtonGroup(self)
        self.column.addWidget(hint("字的大小"))
        self.column.addWidget(_choices(self.sizes, SIZES, self.take))
        self.column.addWidget(hint("颜色"))
        self.column.addWidget(_choices(self.modes, MODES, self.take))
        self.column.addWidget(hint("立即生效，记在这台电脑上。不影响打印。"))

    def refresh(self) -> None:
        scale, dark = self.desk.pc.get("scale") or 1.0, self.desk.pc.get("dark")
        for group, choices, chosen in ((self.sizes, SIZES, scale), (self.modes, MODES, dark)):
            values: list[Any] = [value for value, _ in choices]
            at = values.index(chosen) if chosen in values else 0
            group.button(at).setChecked(True)

    def take(self) -> None:
        """Put on what is chosen, and remember it."""
        scale, dark = SIZES[self.sizes.checkedId()][0], MODES[self.modes.checkedId()][0]
        self.desk.pc.put("scale", scale)
        self.desk.pc.put("dark", dark)
        self.desk.pc.save()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, dark=dark, scale=scale)


def _choices(group: QButtonGroup, choices: Sequence[tuple[Any, str]], take: Any) -> QWidget:
    buttons = []
    for number, (_, words) in enumerate(choices):
        button = QRadioButton(words)
        button.clicked.connect(take)
        group.addButton(button, number)
        buttons.append(button)
    return row(*buttons)
