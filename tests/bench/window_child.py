"""Runs in a process of its own: a bare window or ours, until it can be used; says when and how big.

``bare`` is a PySide6 window with an empty table. ``ours BOOK`` is the program from its beginning to
the first page with its figures; ``grid BOOK`` goes on to the weekly grid with all its rows.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.app import Program


def bare() -> None:
    """The floor."""
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication([])
    view, model = QTableView(), QStandardItemModel(0, 12)
    view.setModel(model)
    view.resize(1366, 768)
    view.show()
    app.processEvents()
    view.grab()
    ready()


def ours(book: Path, page: str) -> None:
    """The program as ``oneledger BOOK`` starts it, until the page shows what it read."""
    from desktop import app

    program = app.started(book)
    _wait(program)
    assert program.window is not None
    if page:
        program.window.show_page(page)
        _wait(program)
    program.window.grab()
    ready()
    program.window.end()


def _wait(program: Program) -> None:
    """Until the window is there and everything asked of the book is shown."""
    from PySide6.QtCore import QEventLoop

    while program.window is None or program.window.desk.worker.pending:
        program.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def ready() -> None:
    """Tell whoever measures: now, and how much memory is held, in KiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            print("ready", line.split()[1], flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]), "grid" if sys.argv[1] == "grid" else "")
