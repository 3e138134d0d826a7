"""What is done with a kept form: fill it and save, open the folder, delete it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.forms import keeping
from desktop.ui.department_forms import reading
from desktop.ui.department_forms.reading import Filled
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.papers import saving


class Filling(QObject):
    """The verbs; ``ask`` reaches outside: the system's dialog for a file."""

    filled = Signal(object)  # Filled
    gone = Signal(str)  # the name of a form that was deleted

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self.desk, self._owner = desk, owner
        self.ask: saving.Ask = saving.ask_for_file
        self._last: Path | None = None

    def fill(self, name: str, period: str) -> None:
        """Fill the form ``name`` for ``period`` and save it where the person says."""
        desk, on = self.desk, self.desk.today()
        when = f" {parse_period(period).title}" if period else ""
        proposed = saving.folder(desk.memory) / f"{desk.facts.unit_short} {name}{when}.xlsx"
        kinds = saving.FILTERS[".xlsx"]
        chosen = self.ask(self._owner.window(), "填好存为", proposed, kinds)
        if chosen is None:
            return
        target = saving.with_ending(chosen, ".xlsx")

        def then(made: Filled) -> None:
            self._last = made.path
            desk.memory.put(saving.FOLDER, str(made.path.parent))
            desk.say(f"已填好 {made.path.name}")
            self.filled.emit(made)

        def failed(error: OneLedgerError) -> None:
            again = Remedy("另选位置", lambda: self.fill(name, period))
            desk.warn(error, again)

        desk.work(
            self._owner,
            f"填“{name}”",
            lambda book, _progress: reading.fill(book, name, period, on, target),
            then,
            failed=failed,
        )

    def open_folder(self) -> None:
        """Show the folder of the form that was filled last."""
        if self._last is not None:
            try:
                saving.open_folder(self._last)
            except OneLedgerError as error:
                self.desk.warn(error)

    def drop(self, name: str) -> None:
        """Delete a form, after a question: what was learned is nowhere else."""
        if not self.desk.confirm(
            f"要删除表样“{name}”吗？",
            "学过的各栏对应一起删除，不能用 Ctrl+Z 找回；以后要用，请拿空表再学一次。"
            "已经填好存出去的表不受影响。",
            "删除",
        ):
            return

        def run(book: Book) -> str:
            keeping.drop(book.path, name)
            return name

        self.desk.read(self._owner, run, self.gone.emit)
