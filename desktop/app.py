"""The program with its window: which book is open, the way from one to the next, and the end.

The one place that knows both the window and what makes the demonstration. A fault of ours in the
window's own code ends here as a saved report and a sentence; the program goes on.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop import faults, paths
from desktop.errors import OneLedgerError
from desktop.ui import instance, language, memory, recent, theme, typeface
from desktop.ui.collecting import Collecting
from desktop.ui.desk import Desk
from desktop.ui.errand import Errand
from desktop.ui.facts import Facts
from desktop.ui.fault_telling import FaultTelling
from desktop.ui.messages import Messages, Remedy, Warned
from desktop.ui.shell import menu
from desktop.ui.shell.window import MainWindow
from desktop.ui.worker import Answer, Progress, Worker, divided

if TYPE_CHECKING:
    from desktop.ui.start.window import StartWindow

#: So long after the first page the other pages' rooms are imported, in milliseconds.
CALM = 700


class Program(QObject):
    """Holds the one window there is: the first start, or an open book."""

    faulted = Signal(object, object, object)  # from any thread

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.app = app
        self.pc = memory.of_pc(paths.profile())
        self.window: MainWindow | None = None
        self.start: StartWindow | None = None
        self._instance: instance.Instance | None = None
        self._opening: Worker | None = None
        self._errands: list[Errand] = []
        self._faults = FaultTelling(app, self.warn, self._seen)
        self._collecting = Collecting()
        self.faulted.connect(self.fault)

    # What the first start may ask ------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a book in place of what is shown; a window on it elsewhere comes forward instead."""
        path = path.resolve()
        if self.window is not None and self.window.desk.facts.path == path:
            return self._forward()
        if self._opening is not None:
            return None
        if instance.is_running(instance.address_of(path)):
            if self.window is None and self.start is None:
                QTimer.singleShot(0, self.app.quit)  # The event loop may not run yet.
            return None
        if self.window is not None and not self._closed():
            return None
        worker = Worker(lambda: recent.opened(path))
        self._opening = worker
        worker.start(lambda answer: self._show_book(worker, path, answer))
        return None

    def recent(self) -> list[Path]:
        """The books opened last that are still there, the latest first."""
        return recent.books(self.pc)

    def remember(self, path: Path) -> None:
        """List a book that was made among the recent ones, also when it is not opened now."""
        recent.remember(self.pc, path)
        self.pc.save()

    def run(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Progress], Any],
        then: Callable[[Any], None],
        failed: Callable[[OneLedgerError], None] | None = None,
    ) -> None:
        """Have something long done without a book; a cancelled work ends quietly."""

        def home(value: Any, error: OneLedgerError | None) -> None:
            self._errands.remove(errand)
            if self.start is not None:
                self.start.end(errand)
            if error is not None:
                (failed or self.warn)(error)
            elif not errand.progress.cancelled:
                then(value)

        errand = Errand(owner, title, run, home)
        self._errands.append(errand)
        if self.start is not None:
            self.start.begin(errand)

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        """Say what went wrong in the window that is shown; without one the first start says it."""
        if self.window is not None:
            self.window.desk.warn(error, *remedies)
        elif self.start is not None:
            self.start.warn(Warned(error, remedies))
        else:
            self.show_start(error)

    def demonstrate(self, folder: Path, progress: Callable[[int, int], None]) -> list[Path]:
        """Make the demonstration in ``folder``; its books, the district's first."""
        from desktop import demo

        return [made for made in demo.make(folder, progress=progress) if made.suffix == ".yzb"]

    # From one to the next --------------------------------------------------------------------

    def begin(self, book: Path | None) -> None:
        """Open ``book``, else the one opened last, else show the first start."""
        last = self.recent()
        if book is None and (not last or self.pc.get("closed")):
            QTimer.singleShot(0, self.show_start)
        else:
            self.open(book or last[0])

    def show_start(self, error: OneLedgerError | None = None, path: Path | None = None) -> None:
        """The first start, with what went wrong on the way to a book."""
        if self.window is not None and not self._closed():
            return
        if self.start is None:
            from desktop.ui.start.window import StartWindow  # Seldom seen: not before it is wanted.

            self.start = StartWindow(self)
            self.start.closed.connect(self.app.quit)
        self.start.show()
        if error is not None:
            self.start.refused(error, path)

    def _show_book(self, worker: Worker, path: Path, answer: Answer) -> None:
        self._opening = None
        if answer.error is not None:
            worker.close()
            self.show_start(answer.error, path)
            return
        try:
            self.window = self._made(worker, answer.value)
        except Exception as error:  # What no window of ours can show is told all the same.
            worker.close()
            self.show_start(divided(error, "打开账本", str(path)), path)
            return
        try:
            self.window.return_to()
        except Exception:
            self.faulted.emit(*sys.exc_info())  # Told in the window; the menu leads elsewhere.
        self.window.show()
        if self.start is not None:
            self.start.closed.disconnect(self.app.quit)
            self.start.close()
            self.start.deleteLater()
            self.start = None
        QTimer.singleShot(0, self.window, lambda: self._listen(path))
        QTimer.singleShot(CALM, self.window, menu.prepare)
        QTimer.singleShot(CALM, self.window, partial(_watch_keys, self.window.desk))
        recent.remember(self.pc, path)
        self.pc.put("closed", False)
        self.pc.save()

    def _made(self, worker: Worker, facts: Facts) -> MainWindow:
        """The window on an open book, of the size that it had last."""
        kept = memory.of_book(paths.profile(), facts.identity)
        desk = Desk(worker, facts, kept, Messages(), self.pc)
        desk.wanted.connect(self._want)
        window = MainWindow(desk)
        window.closed.connect(self._window_closed)
        shape = self.pc.get("geometry")
        if isinstance(shape, str):
            window.restoreGeometry(QByteArray.fromBase64(shape.encode()))
        else:  # The first time: all of a small screen, and nothing below its edge.
            window.setWindowState(Qt.WindowState.WindowMaximized)
        return window

    def _want(self, path: Path | None) -> None:
        if path is not None:
            self.open(path)
            return
        self.pc.put("closed", True)
        self.pc.save()
        self.show_start()

    def _closed(self) -> bool:
        """Close the window of the open book; False when the person is kept there."""
        window = self.window
        assert window is not None
        if not window.end():
            return False
        self.window = None
        window.closed.disconnect(self._window_closed)
        window.close()
        window.deleteLater()
        self._listen_no_more()
        return True

    def _window_closed(self) -> None:
        self.window = None
        self._listen_no_more()  # a start from now on is the first again
        self.app.quit()

    def _listen(self, path: Path) -> None:
        self._instance = instance.Instance(path)
        self._instance.asked.connect(self._forward)
        self._instance.listen()

    def _listen_no_more(self) -> None:
        if self._instance is not None:
            self._instance.close()
            self._instance = None

    def _forward(self) -> None:
        """Bring the window before the person."""
        if self.window is not None:
            state = self.window.windowState() & ~Qt.WindowState.WindowMinimized
            self.window.setWindowState(state | Qt.WindowState.WindowActive)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def finish(self) -> None:
        """Call off what is being made without a book, and wait until it has tidied up."""
        for errand in self._errands:
            errand.progress.cancelled = True
            errand.wait()

    # Faults of ours --------------------------------------------------------------------------

    def fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A fault in the window's code: reported once, told, and the program goes on."""
        self._faults.tell(kind, error, trace)

    def _seen(self) -> bool:
        return self.window is not None or (self.start is not None and self.start.isVisible())


def main(book: Path | None) -> int:
    """Show the window until it is closed; the process's exit code."""
    log = faults.crash_log()
    program = started(book)
    sys.excepthook = program.faulted.emit
    threading.excepthook = lambda args: program.faulted.emit(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    try:
        return program.app.exec()
    finally:
        program.finish()
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        if log is not None:
            faulthandler.disable()
            log.close()


def started(book: Path | None) -> Program:
    """The program on its way: the book is opened by its worker while the window is dressed."""
    language.before_start()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("一本账")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app)
    program.begin(book)
    typeface.load()
    language.install(app)
    theme.apply(app, dark=program.pc.get("dark"), scale=program.pc.get("scale") or 1.0)
    return program


def _watch_keys(desk: Desk) -> None:
    """See whether this PC holds the unit's keys; what knows them is seldom wanted earlier."""
    from desktop.ui.exchange.keys_watch import KeysWatch

    KeysWatch(desk)
