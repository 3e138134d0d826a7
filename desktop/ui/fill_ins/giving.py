"""发填报模板 from wherever it is wanted: ask, write on the book's worker, say what was written."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ui.desk import Desk
from desktop.ui.fill_ins import reading
from desktop.ui.fill_ins.dialog import FillInDialog
from desktop.ui.fill_ins.outcome import WrittenDialog
from desktop.ui.fill_ins.reading import Given, Written
from desktop.ui.messages import Remedy


class Giving(QObject):
    """Belongs to the page ``owner``; ``dialog`` and ``outcome`` are what is open now."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self.desk, self._owner = desk, owner
        self.dialog: FillInDialog | None = None
        self.outcome: WrittenDialog | None = None

    def begin(self, register: str) -> None:
        """Ask what is to be given out, beginning with ``register``."""
        dialog = FillInDialog(self.desk, self._owner, register)
        dialog.accepted.connect(lambda: self._write(dialog.given, dialog.wanted, dialog.folder))
        self.dialog = dialog
        dialog.open()

    def _write(self, given: Given, wanted: list[str], folder: Any) -> None:
        self.desk.work(
            self._owner,
            "写填报模板",
            lambda book, progress: reading.write(book, given, wanted, folder, progress),
            self._written,
            failed=partial(self._refused, given),
        )

    def _written(self, written: Written) -> None:
        self.desk.say(f"写好 {len(written.made)} 份填报模板")
        self.outcome = WrittenDialog(self.desk, self._owner, written)
        self.outcome.open()

    def _refused(self, given: Given, error: OneLedgerError) -> None:
        self.desk.warn(error, Remedy("另选位置", lambda: self._again(given)))

    def _again(self, given: Given) -> None:
        self.begin(given.register)
        if self.dialog is not None:
            self.dialog.set_period(given.period)
