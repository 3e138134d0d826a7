"""The menu of the rows on which one stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ledger.definitions import Register
from desktop.reports.subjects import ways
from desktop.ui import icons
from desktop.ui.lists.deeds import Deeds
from desktop.ui.lists.list_body import ListBody
from desktop.ui.parts import Button


class Rows(Protocol):
    """What the menu asks of the page 清单; a button that is not offered there is hidden."""

    body: ListBody
    deeds: Deeds
    close_button: Button
    new_button: Button

    @property
    def register(self) -> Register: ...
    def chosen(self) -> list[str]: ...
    def open_current(self) -> None: ...
    def close_chosen(self) -> None: ...
    def remove_chosen(self) -> None: ...
    def show_paper(self) -> None: ...


class RowMenu(QMenu):
    """Made when it is opened, gone when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)

    def offer(self, icon: str, text: str, key: str, run: Callable[[], object]) -> None:
        """A line that does ``run``; ``key`` is the key that does it too."""
        action = self.addAction(f"{text}\t{key}" if key else text)
        if icon:
            action.setIcon(icons.icon(icon))
        action.triggered.connect(lambda: run())


def open_menu(rows: Rows, point: QPoint) -> RowMenu:
    """Open the menu of the rows that are selected."""
    records, view = rows.chosen(), rows.body.view
    menu = RowMenu(rows.body)
    menu.offer("pencil", "打开", "Ctrl+O", rows.open_current)
    facts = rows.deeds.desk.facts
    papers = ways(facts.scheme, rows.register, above=not facts.reports)
    if papers:
        menu.offer("printer", f"看{papers[0].title}", "Ctrl+P", rows.show_paper)
    if not rows.close_button.isHidden():
        menu.offer("check", rows.close_button.text(), "F9", rows.close_chosen)
        reopen = rows.deeds.reopen
        menu.offer("", "恢复为未办结", "", lambda: reopen(rows.register, records))
    menu.addSeparator()
    menu.offer("copy", "复制", "Ctrl+C", view.copy_requested.emit)
    menu.offer("paste", "粘贴", "Ctrl+V", view.paste_requested.emit)
    if not rows.new_button.isHidden():
        menu.addSeparator()
        menu.offer("trash", "删除这些行", "Ctrl+-", rows.remove_chosen)
    menu.popup(point)
    return menu
