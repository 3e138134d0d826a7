"""Photos brought to a row of the grid: dropped on it, pasted, chosen from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.grid.body import Body
from desktop.ui.photos import dropping
from desktop.ui.reading_in import choosing_file


class Photographs(QObject):
    """For the rows of a sheet that has a column of photos."""

    def __init__(self, body: Body, parent: QWidget) -> None:
        super().__init__(parent)
        self.body, self._parent = body, parent
        body.pasted_other.connect(self.paste)

    def takes(self, data: QMimeData) -> bool:
        """Whether what is dragged may be dropped on a row."""
        held = self.body.model.contents
        if held is None or not held.sheet.weekly:
            return False
        photos = any(one.field.type == "photo" for one in held.sheet.placed)
        if not photos or choosing_file.takes(data):  # a workbook is the window's
            return False
        return data.hasImage() or any(url.isLocalFile() for url in data.urls())

    def row_at(self, point: QPoint) -> int:
        """The row under a point of the page, -1 beside the rows."""
        viewport = self.body.view.viewport()
        return self.body.view.indexAt(viewport.mapFrom(self._parent, point)).row()

    def drop(self, row: int, data: QMimeData) -> None:
        """Add what was dropped to a row."""
        self._attach(row, dropping.sources(data))

    def paste(self) -> None:
        """Add the picture or the files on the clipboard to the row on which one stands."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and self.takes(data):
            self._attach(self.body.view.current()[0], dropping.sources(data))
        else:
            self.body.desk.say("剪贴板上没有可以粘贴的内容。")

    def choose(self) -> None:
        """Choose files for the row on which one stands."""
        files, _ = QFileDialog.getOpenFileNames(self._parent, "添加照片", "", dropping.FILTER)
        self._attach(self.body.view.current()[0], [Path(file) for file in files])

    def _attach(self, row: int, files: Sequence[dropping.Source]) -> None:
        held = self.body.model.contents
        if held is None or row < 0 or not files:
            return
        register, period = held.sheet.register.name, held.sheet.period
        dropping.attach(self.body.desk, self, register, held.keys[row], period, list(files))
