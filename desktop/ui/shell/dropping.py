"""A workbook dropped anywhere on the window is read in; its content tells that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ui.landing import Landing
from desktop.ui.reading_in import choosing_file

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class WorkbookDrop(QObject):
    """Watches ``window``. What lies on a page that takes files itself comes here when the page
    does not want it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt hands a drag up to the window until somebody accepts it."""
        if isinstance(event, QDragEnterEvent):
            if choosing_file.takes(event.mimeData()):
                event.acceptProposedAction()
            return True
        if isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent):
            self._drop(event)
            return True
        return False

    def _drop(self, event: QDropEvent) -> None:
        try:
            path = choosing_file.one_of(choosing_file.files(event.mimeData()))
        except OneLedgerError as error:
            self._desk.warn(error)
            return
        event.acceptProposedAction()
        self._desk.go("reading-in", Landing(text=str(path)))
