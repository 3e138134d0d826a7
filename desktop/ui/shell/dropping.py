"""A workbook dropped anywhere on the window is read in; its content tells that it is one.

A box for text takes a file for the text of its path, before the window is asked: over such a box
the drag is answered where it enters the program, at the window of the system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.errors import OneLedgerError
from desktop.ui.landing import Landing
from desktop.ui.reading_in import choosing_file

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


#: What takes a file for text.
_TEXTS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


class WorkbookDrop(QObject):
    """Watches ``window``. What lies on a page that takes files itself comes here when the page
    does not want it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt hands a drag up to the window until somebody accepts it."""
        if watched is not self._window:
            return self._over_text(event)
        if event.type() == QEvent.Type.Show:
            handle = self._window.windowHandle()
            if handle is not None:  # Once more is the same.
                handle.installEventFilter(self)
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

    def _over_text(self, event: QEvent) -> bool:
        """Whether what comes in is a workbook over a box for text; a drop of one is read in."""
        if not isinstance(event, QDropEvent):  # a drag that enters or moves is one too
            return False
        under = self._window.childAt(event.position().toPoint())
        while under is not None and not isinstance(under, _TEXTS):
            under = under.parentWidget()
        if under is None or not choosing_file.takes(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._drop(event)
        return True

    def _drop(self, event: QDropEvent) -> None:
        try:
            path = choosing_file.one_of(choosing_file.files(event.mimeData()))
        except OneLedgerError as error:
            self._desk.warn(error)
            return
        event.acceptProposedAction()
        self._desk.go("reading-in", Landing(text=str(path)))
