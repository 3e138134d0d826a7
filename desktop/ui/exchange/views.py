"""The views on the left of 收发: a chip each with its count, one of them shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui import theme
from desktop.ui.exchange.reading import Exchange
from desktop.ui.parts import ChipRow

#: A view is never lower than this, at standard size: the page scrolls before that.
LEAST = 300


@runtime_checkable
class Tall(Protocol):
    """A view that knows how high its list wants to be: ``least`` in pixels."""

    def least(self) -> int: ...


class Views(QObject):
    """``panes`` by the name of their view, in the order of the chips."""

    def __init__(self, parent: QObject, panes: Mapping[str, QWidget]) -> None:
        super().__init__(parent)
        self.panes = panes
        self.chips, self.stack = ChipRow(), QStackedWidget()
        for pane in panes.values():
            self.stack.addWidget(pane)
        self.fit()
        self.chips.chosen.connect(self.show)

    def show(self, key: str) -> None:
        """Show one of the views."""
        self.chips.choose(key)
        self.stack.setCurrentWidget(self.panes[key])
        self.fit()

    def current(self) -> str:
        """The view that is shown."""
        return next(key for key, one in self.panes.items() if one is self.stack.currentWidget())

    def count(self, now: Exchange, found: int) -> None:
        """Show how many there are in each; ``found`` packages were looked at."""
        counts: dict[str, tuple[str, int | None]] = {
            "found": ("本次查看", found or None),
            "waiting": ("等装入", now.waiting),
            "settle": ("待定", now.apart),
            "units": ("下级单位", len(now.below)),
            "taken": ("收到的包", len(now.taken)),
            "sent": ("寄出的包", len(now.sent)),
            "refused": ("隔离", len(now.refused)),
        }
        self.chips.set_chips([(key, *counts[key]) for key in self.panes])
        self.chips.choose(self.current())  # There were none when the page was landed on.
        self.fit()

    def fit(self) -> None:
        """Room for the list that is shown: then the page scrolls, and not the list within it."""
        one = self.stack.currentWidget()
        least = one.least() if isinstance(one, Tall) else 0
        self.stack.setMinimumHeight(max(theme.current().px(LEAST), least))
