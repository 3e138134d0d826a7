"""The book against its floors: the command line, reading in, a cell, checks, indicators."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from desktop.ledger import checks
from desktop.ledger.workspace import Book
from tests.bench import books, floors, indicators
from tests.bench.measure import Measured, pair

PROJECTS, WEEKS = 1000, 52


def measure(place: Path, *, small: bool) -> list[Measured]:
    """All lines; ``small`` leaves the reading at 100,000 projects out."""
    place.mkdir()
    lines = [help_of_the_command_line()]
    book, projects = books.founded(place / "batch.yzb", PROJECTS)
    lines.append(batch(book, projects, place))
    lines.append(one_cell(book, place))
    period = f"{books.YEAR}-W{WEEKS}"
    lines.append(check(book, period))
    lines.append(indicators.by_unit(book, period, PROJECTS, "≤ 1.5 ×"))
    if not small:
        books.multiply(book, 100)
        book.connection.execute("ANALYZE")
        lines.append(indicators.by_unit(book, period, PROJECTS * 100, "printed", rounds=3))
    book.close()
    return lines


def help_of_the_command_line() -> Measured:
    """``oneledger --help`` against importing click alone."""

    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True)

    return pair(
        "`oneledger --help`",
        '`python -c "import click"`',
        "≤ 2 ×",
        lambda: run("-m", "desktop", "--help"),
        lambda: run("-c", "import click"),
        rounds=9,
    )


def batch(book: Book, projects: list[str], place: Path) -> Measured:
    """1,000 projects × 52 weeks as one batch against ``executemany`` of the same rows."""
    books.fill(book, projects, WEEKS)
    lines, rows = floors.lines_and_rows(book)
    bare = floors.Bare(book, place / "bare.db")
    number = 0

    def ours() -> None:
        nonlocal number
        number += 1
        fresh, records = books.founded(place / f"fresh{number}.yzb", PROJECTS)
        start.append(time.perf_counter())
        books.fill(fresh, records, WEEKS)
        took.append(time.perf_counter() - start.pop())
        fresh.close()

    def floor() -> None:
        bare.empty()
        start.append(time.perf_counter())
        bare.many(lines, rows)
        floored.append(time.perf_counter() - start.pop())

    start: list[float] = []
    took: list[float] = []
    floored: list[float] = []
    for _ in range(5):
        floor()
        ours()
    ratio = median(one / below for one, below in zip(took, floored, strict=True))
    return Measured(
        f"read in {PROJECTS:,} projects × {WEEKS} weeks as one batch",
        "`executemany` into two tables",
        median(took),
        median(floored),
        ratio,
        "≤ 3 ×",
    )


def one_cell(book: Book, place: Path) -> Measured:
    """A cell changed and saved against one insert and one upsert, in runs of 50."""
    record = book.rows("weekly", f"{books.YEAR}-W01")[0]["record"]
    lines, rows = floors.lines_and_rows(book)
    bare = floors.Bare(book, place / "cell.db")
    bare.many(lines, rows)
    row = next(row for row in rows if row[0] == record)
    value = 0

    def ours() -> None:
        nonlocal value
        for _ in range(50):
            value += 1
            with book.batch("change") as one:
                one.change("weekly", record, {"completed_week": value})

    def floor() -> None:
        nonlocal value
        for _ in range(50):
            value += 1
            line = lines[0]
            fresh = (len(lines) + value, f"{value:064}", line[2], 10**9 + value, *line[4:])
            bare.one(fresh, (*row[:3], value, *row[4:]))

    measured = pair(
        "change one cell, saved (× 50)", "one insert + one upsert", "≤ 1.5 ×", ours, floor
    )
    bare.connection.close()
    return measured


def check(book: Book, period: str) -> Measured:
    """All checks of a week against one full scan of the week's rows."""
    found = len(checks.check_period(book, period))
    return pair(
        f"check a week of {PROJECTS:,} projects, all checks ({found} findings)",
        "one full scan of the same rows",
        "≤ 10 × and < 1 s",
        lambda: checks.check_period(book, period),
        lambda: floors.scan(book.connection, period),
    )
