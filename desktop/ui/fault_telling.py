"""Faults of ours in the window's code: each reported once, told, and the program goes on."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import faults
from desktop.errors import OneLedgerError


class FaultTelling:
    """``warn`` says it in the window that is shown, ``seen`` tells whether there is one."""

    def __init__(
        self,
        app: QApplication,
        warn: Callable[[OneLedgerError], None],
        seen: Callable[[], bool],
    ) -> None:
        self._app, self._warn, self._seen = app, warn, seen
        self._told: set[str] = set()

    def tell(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Report a fault and tell it; one that was told already is passed over."""
        if isinstance(error, KeyboardInterrupt):
            self._app.quit()
            return
        error = error.with_traceback(trace)
        # The same fault is where it fell, whoever called.
        places = [f"{frame.f_code.co_filename}:{line}" for frame, line in traceback.walk_tb(trace)]
        where = f"{kind.__name__} {places[-1] if places else error}"
        if where not in self._told:
            self._told.add(where)
            self._say(faults.save(error, ["窗口"]))

    def _say(self, told: OneLedgerError) -> None:
        """Say it where there is a window; where none can be made, in a plain box, and end."""
        try:
            self._warn(told)
        except Exception:
            if not self._seen():
                QMessageBox.critical(None, "一本账", str(told))
                self._app.exit(1)
