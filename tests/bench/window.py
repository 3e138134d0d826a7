"""The window against its floors: start, opening the grid, a cell, a paste, memory; off screen."""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench import books
from tests.bench.measure import Measured

CHILD = "tests.bench.window_child"
LINES, COLUMNS = 500, 10


def measure(place: Path, *, small: bool) -> list[Measured]:
    """All lines of the table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    place.mkdir()
    book, projects = books.founded(place / "window.yzb", 1000)
    books.fill(book, projects, 52)
    book.close()
    lines = [start(book.path), memory(book.path)]
    lines.append(opening(book.path, None if small else many(place)))
    lines += [cell(book.path), paste(book.path), pauses(book.path)]
    return lines


def many(place: Path) -> Path:
    """A book of 100,000 projects, multiplied by SQL."""
    book, projects = books.founded(place / "many.yzb", 1000)
    books.fill(book, projects, 2)
    books.multiply(book, 100)
    book.connection.execute("ANALYZE")
    book.close()
    return book.path


def start(path: Path) -> Measured:
    """From the process's start to the first page with its figures, against a bare window."""
    pairs = []
    for number in range(8):
        below, ours = _child("bare")[0], _child("ours", path)[0]
        if number:
            pairs.append((ours, below))
    return _line(
        "start to the first usable page, 1,000 projects × 52 weeks",
        "bare PySide6 window with an empty table",
        pairs,
        "≤ 2 ×",
    )


def memory(path: Path) -> Measured:
    """Resident memory with the weekly grid open, against the bare window, in MiB."""
    _child("grid", path)  # Compiles what the measured one finds compiled.
    below, ours = _child("bare")[1] / 1024, _child("grid", path)[1] / 1024
    return Measured(
        f"memory with the grid open, 1,000 projects × 52 weeks: {ours:.0f} MiB,"
        f" bare window {below:.0f} MiB",
        "",
        None,
        None,
        None,
        f"+ 80 MB at most; measured + {ours - below:.0f} MiB",
    )


def opening(path: Path, large: Path | None) -> Measured:
    """The click on 台账 until its first screen of rows is painted; 100,000 projects and 1,000."""
    few = _opened(path)
    if large is None:
        return Measured("open the weekly grid, 1,000 projects", "", few, None, None, "—")
    lot = _opened(large)
    return Measured(
        "open the weekly grid, 100,000 projects", "1,000 projects", lot, few, lot / few, "≤ 1.5 ×"
    )


def _opened(path: Path) -> float:
    times = []
    for number in range(4):
        desk = _Desk(path)
        times.append(desk.open_grid())
        desk.close()
        if not number:
            times.clear()
    return statistics.median(times)


def cell(path: Path) -> Measured:
    """What the window's thread does from the Enter key to the repainted cell, 95th percentile."""
    desk = _Desk(path)
    desk.open_grid()
    times = sorted(desk.type_into(row, 100 + row) for row in range(200))
    desk.close()
    return Measured(
        f"commit a cell, key to repaint, 95th percentile (median {_ms(times[100])})",
        "16 ms of the window's thread",
        times[190],
        0.016,
        times[190] / 0.016,
        "≤ 1 ×",
    )


def paste(path: Path) -> Measured:
    """Ctrl+V of 500 × 10 cells until all is shown, against the same batch through ``records``."""
    desk = _Desk(path)
    desk.open_grid()
    pairs = [(desk.paste(2 * number), desk.same_batch(2 * number + 1)) for number in range(1, 7)][
        1:
    ]
    desk.close()
    return _line(
        f"paste {LINES} × {COLUMNS} cells, until all is shown",
        "the same batch through `records`",
        pairs[1:],
        "≤ 1.5 ×",
    )


def pauses(path: Path) -> Measured:
    """The longest time that the window's thread is busy while every page is shown, and again."""
    from PySide6.QtCore import QTimer

    from desktop.ui.shell.menu import MENU

    desk = _Desk(path)
    worst: dict[str, float] = {}
    for turn in ("first", "again"):
        for entry in MENU:
            ticks = [time.perf_counter()]
            timer = QTimer()
            timer.timeout.connect(partial(_tick, ticks))
            timer.start(1)
            QTimer.singleShot(0, partial(desk.window.show_page, entry.name))
            over = time.perf_counter() + 1.0
            desk.until(partial(_over, desk, over))
            timer.stop()
            gap = max(later - one for one, later in itertools.pairwise(ticks))
            worst[f"{entry.title}{'' if turn == 'first' else '再次'}"] = gap
    desk.close()
    page, longest = max(worst.items(), key=lambda pair: pair[1])
    again = max(gap for name, gap in worst.items() if name.endswith("再次"))
    return Measured(
        f"longest pause while every page is shown ({page}; shown again {_ms(again)})",
        "50 ms",
        longest,
        0.05,
        longest / 0.05,
        "≤ 1 ×",
    )


def _tick(ticks: list[float]) -> None:
    ticks.append(time.perf_counter())


def _over(desk: _Desk, over: float) -> bool:
    return time.perf_counter() > over and desk.calm()


def _line(what: str, floor_is: str, pairs: list[tuple[float, float]], aim: str) -> Measured:
    return Measured(
        what,
        floor_is,
        statistics.median(ours for ours, _ in pairs),
        statistics.median(below for _, below in pairs),
        statistics.median(ours / below for ours, below in pairs),
        aim,
    )


def _child(*words: object) -> tuple[float, int]:
    """Seconds until the child says that it can be used, and the KiB that it then holds."""
    # As on a clerk's PC, where the second start finds our modules compiled as it finds Qt's.
    kept = Path(os.environ["ONELEDGER_PROFILE"]) / "bytecode"
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(kept)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", CHILD, *map(str, words)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as child:
        assert child.stdout is not None
        said = child.stdout.readline().split()
        took = time.perf_counter() - begun
        child.stdout.read()
    assert said[:1] == ["ready"], said
    return took, int(said[1])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


class _Desk:
    """A window over a copy of nothing: the book itself, opened and closed for one measurement."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop import app

        self.program = app.started(path)
        self.app: Any = QApplication.instance()
        self.until(lambda: self.program.window is not None)
        assert self.program.window is not None
        self.window = self.program.window
        self.window.show_page("week")
        self.until(self.calm)

    def until(self, done: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        while not done():  # Asleep in between, as the program is: the worker needs its time.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def calm(self) -> bool:
        return self.window.desk.worker.pending == 0

    def open_grid(self) -> float:
        """Until the first answer has been painted."""
        begun = time.perf_counter()
        self.window.show_page("grid")
        page: Any = self.window.current
        self.until(lambda: page.body.model.rowCount() > 0)
        page.body.view.viewport().grab()
        took = time.perf_counter() - begun
        self.until(self.calm)
        self.page = page
        self.names = {column.name: at for at, column in enumerate(page.body.model.columns())}
        return took

    def type_into(self, row: int, value: int) -> float:
        """Seconds of the window's thread from Enter to the painted cell."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        view = self.page.body.view
        view.setFocus()
        view.go_to(row, self.names["completed_week"])
        QTest.keyClicks(view, str(value))
        self.app.processEvents()
        editor = QApplication.focusWidget() or view
        begun = time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        view.viewport().repaint()
        took = time.perf_counter() - begun
        self.until(self.calm)
        return took

    def lines(self, number: int) -> list[tuple[str, dict[str, Any]]]:
        """The records of the first rows of the grid, and other values for each."""
        found: list[dict[str, Any]] = []
        period, desk = self.window.desk.period, self.window.desk
        desk.read(desk, lambda book: book.rows("weekly", period), found.extend)
        self.until(self.calm)
        rows = {row["project"]: row for row in found}
        model = self.page.body.model
        shown = [rows[model.row_key(at)] for at in range(LINES)]
        return [(row["record"], _changed(row, number)) for row in shown]

    def paste(self, number: int) -> float:
        """Seconds from Ctrl+V until everything is written and shown as written."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        view, desk = self.page.body.view, self.window.desk
        text = "".join(f"{_line_of(values)}\r\n" for _, values in self.lines(number))
        QApplication.clipboard().setText(text)
        view.setFocus()
        view.go_to(0, self.names["completed_week"])
        self.app.processEvents()  # What going there repaints is no part of the paste.
        saved: list[bool] = []
        desk.saved.connect(lambda: saved.append(True))
        begun = time.perf_counter()
        QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: bool(saved))
        self.app.processEvents()
        view.viewport().repaint()
        took = time.perf_counter() - begun
        self.until(self.calm)
        return took

    def same_batch(self, number: int) -> float:
        """Seconds for the same values through the book's verbs, in the same thread."""
        took: list[float] = []
        lines, desk = self.lines(number), self.window.desk

        def run(book: Any) -> None:
            begun = time.perf_counter()
            with book.batch("paste") as batch:
                for record, values in lines:
                    batch.change("weekly", record, values)
            took.append(time.perf_counter() - begun)

        desk.write(desk, "测", run)
        self.until(self.calm)
        return took[0]

    def close(self) -> None:
        if self.window.keeper is not None:
            self.window.keeper.due = False  # No backup of a measurement.
        self.window.close()
        self.app.processEvents()


def _changed(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Other values for one line, in which the cumulative figures still agree."""
    texts = ("physical_progress", "problems", "needs", "next_plan", "remark")
    money = ("completed_week", "completed_year", "completed_total")
    return {
        **{name: row[name] + number * 10_000 for name in money},
        **{name: f"{name}第{number}次改写，主体施工至三层" for name in texts},
    }


def _line_of(values: dict[str, Any]) -> str:
    """The same as Excel puts it on the clipboard: ten columns, two of which take no values."""
    week, year, total, progress, *texts = values.values()
    money = [str(value // 10_000) for value in (week, year, total)]
    return "\t".join([*money, "55%", progress, "", *texts])
