"""The menu of a heading: sort, filter, fit, hide and show, freeze; what it does to columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import icons
from desktop.ui.grid.cells import Column
from desktop.ui.grid.geometry import Arrangement


class HeadingMenu(QMenu):
    """Of one column. ``chosen`` says what, and the name of the column that it is about.

    What: ascending, descending, filter, fit, hide, show, show_all, freeze, unfreeze, reset.
    """

    chosen = Signal(str, str)

    def __init__(
        self,
        parent: QWidget,
        column: Column,
        columns: Sequence[Column],
        arrangement: Arrangement,
        sorted_by: tuple[str, bool] | None,
        filtered: bool,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{column.title}：列菜单")
        name = column.name
        up = self._offer("ascending", name, "升序（从小到大，A→Z）", "arrow-up")
        down = self._offer("descending", name, "降序（从大到小，Z→A）", "arrow-down")
        for action, descending in ((up, False), (down, True)):
            action.setCheckable(True)
            action.setChecked(sorted_by == (name, descending))
        again = "（正在筛选）" if filtered else ""
        self._offer("filter", name, f"筛选{again}…", "filter")
        self.addSeparator()
        self._offer("fit", name, "列宽合适")
        hide = self._offer("hide", name, "隐藏此列", "eye-off")
        hide.setEnabled(len(arrangement.hidden) + 1 < len(arrangement.order))
        self._hidden_ones(columns, arrangement)
        self.addSeparator()
        self._freezing(name, arrangement)
        self.addSeparator()
        self._offer("reset", name, "恢复原来的列")

    def _offer(self, what: str, name: str, text: str, icon: str = "") -> QAction:
        action = self.addAction(text)
        if icon:
            action.setIcon(icons.icon(icon))
        action.triggered.connect(lambda: self.chosen.emit(what, name))
        return action

    def _hidden_ones(self, columns: Sequence[Column], arrangement: Arrangement) -> None:
        hidden = [column for column in columns if column.name in arrangement.hidden]
        if not hidden:
            return
        more = self.addMenu(icons.icon("eye"), f"显示隐藏的列（{len(hidden)}）")
        for column in hidden:
            title = f"{column.group} {column.title}" if column.group else column.title
            action = more.addAction(title)
            name = column.name
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit("show", name))
        if len(hidden) > 1:
            more.addSeparator()
            action = more.addAction("全部显示")
            action.triggered.connect(lambda: self.chosen.emit("show_all", ""))

    def _freezing(self, name: str, arrangement: Arrangement) -> None:
        edge = arrangement.order[arrangement.frozen - 1] if arrangement.frozen else ""
        freeze = self._offer("freeze", name, "冻结到此列", "pin")
        freeze.setEnabled(name != edge)
        if edge:
            self._offer("unfreeze", "", "取消冻结")


def rearranged(
    arrangement: Arrangement, what: str, name: str, columns: Sequence[Column]
) -> Arrangement | None:
    """The arrangement after ``what`` of :class:`HeadingMenu`; None where it changes no column."""
    match what:
        case "hide":
            return arrangement.with_hidden(name)
        case "show":
            return arrangement.with_hidden(name, False)
        case "show_all":
            for hidden in arrangement.hidden:
                arrangement = arrangement.with_hidden(hidden, False)
            return arrangement
        case "freeze":
            return arrangement.frozen_up_to(name)
        case "unfreeze":
            return arrangement.frozen_up_to("")
        case "reset":
            return Arrangement.first(columns)
    return None
