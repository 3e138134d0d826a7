"""Menus of the grid: what one does with the selected cells, and which columns are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import icons
from desktop.ui.grid.body import Body
from desktop.ui.grid.filter_panel import words_of
from desktop.ui.landing import Landing


class Menus(QObject):
    """Made when they are opened, for the cell on which one stands."""

    photos_wanted = Signal()

    def __init__(self, body: Body, parent: QWidget) -> None:
        super().__init__(parent)
        self.body, self._parent = body, parent
        body.view.context_menu_requested.connect(self.open_cells)

    def open_cells(self, point: QPoint) -> QMenu:
        """The menu of the selected cells."""
        body, menu = self.body, QMenu(self._parent)
        held = body.model.contents
        row, column = body.view.current()
        editable = held is not None and row >= 0 and held.cell(row, column).editable
        view = body.view
        self._add(menu, "剪切", "cut", "Ctrl+X", view.cut_requested.emit, editable)
        self._add(menu, "复制", "copy", "Ctrl+C", view.copy_requested.emit, row >= 0)
        self._add(menu, "粘贴", "paste", "Ctrl+V", view.paste_requested.emit, row >= 0)
        self._add(menu, "清除", "", "Delete", view.delete_requested.emit, editable)
        self._add(menu, "向下填充", "fill-down", "Ctrl+D", view.fill_down_requested.emit, editable)
        offered = held is not None and row >= 0 and held.offer(row, column) is not None
        self._add(menu, "照提示填写", "", "Ctrl+'", body.accept, offered)
        menu.addSeparator()
        sheet = held.sheet if held is not None else None
        if sheet is not None and sheet.weekly:
            self._add(menu, "打开项目", "folder", "", self._open_subject, row >= 0)
            if any(one.field.type == "photo" for one in sheet.placed):
                self._add(menu, "添加照片…", "camera", "", self.photos_wanted.emit, row >= 0)
        self._show(menu, point)
        return menu

    def open_columns(self, point: QPoint) -> QMenu:
        """The list of columns: each is shown or hidden, the menu stays open."""
        menu = _Staying(self._parent)
        held = self.body.model.contents
        layout = self.body.view.get_layout()
        hidden = set(layout["hidden"])
        for one in held.sheet.placed if held is not None else ():
            action = menu.addAction(words_of(one))
            action.setCheckable(True)
            action.setChecked(one.name not in hidden)
            action.toggled.connect(lambda shown, name=one.name: self._set_shown(name, shown))
        self._show(menu, point)
        return menu

    def _set_shown(self, name: str, shown: bool) -> None:
        view = self.body.view
        layout = view.get_layout()
        hidden = set(layout["hidden"]) - {name} if shown else {*layout["hidden"], name}
        if len(hidden) < len(layout["order"]):
            view.set_layout({**layout, "hidden": sorted(hidden)})
            view.layout_changed.emit()

    def _open_subject(self) -> None:
        model, (row, _) = self.body.model, self.body.view.current()
        subject = self.body.desk.facts.scheme.head.subject
        landing = Landing(register=subject, record=model.row_key(row))
        self.body.desk.go("project", landing)

    @staticmethod
    def _add(
        menu: QMenu, text: str, icon: str, key: str, run: Callable[[], object], enabled: bool
    ) -> None:
        action = menu.addAction(f"{text}\t{key}" if key else text)
        if icon:
            action.setIcon(icons.icon(icon))
        action.setEnabled(enabled)
        action.triggered.connect(lambda: run())

    @staticmethod
    def _show(menu: QMenu, point: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)


class _Staying(QMenu):
    """A menu that stays open while its lines are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.text() in (" ", "\r", "\n") and action is not None and action.isCheckable():
            action.toggle()
        else:
            super().keyPressEvent(event)
