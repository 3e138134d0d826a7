"""The papers against their floors: ledgers, weekly reports, workbooks.

What a floor does stands in :mod:`tests.bench.paper_floor` (PDF) and :mod:`tests.bench.sheet_floor`
(Excel). Ours is the drawing of a content that is there; of the weekly reports, everything from the
book to the file.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import msgspec

from desktop.reports import excel, ledger_pdf, making
from desktop.reports.saying import Request, content_of
from tests.bench import books, paper_floor, paper_tables, sheet_floor
from tests.bench.measure import Measured, alone, pair
from tests.bench.papers_child import Spent

ROWS, MANY, SHEET_ROWS = 500, 20_000, 52_000
PROJECTS, WEEKS, OWN = 1_000, 20, 30
CHILD = "tests.bench.papers_child"


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """All lines; of ``small`` with a twentieth of the rows where they are many."""
    place.mkdir()
    part = 20 if small else 1
    lines = [ledger()]
    office = shutil.which("soffice")
    if office:
        lines.append(against_the_office(place, office))
    lines.append(many(MANY // part))
    lines.append(weekly(place, PROJECTS // part))
    lines.append(sheet(SHEET_ROWS // part))
    lines.append(own_report(place))
    return lines


def ledger() -> Measured:
    """500 rows drawn from their content."""
    paper = paper_tables.ledger(ROWS)

    def ours() -> None:
        ledger_pdf.draw_ledger(paper, BytesIO())

    script = paper_floor.recorded(ours)
    return pair(
        f"ledger PDF, {ROWS} rows × {len(paper_tables.COLUMNS)} columns, wrapped Chinese"
        f" ({len(script.sheets)} sheets, {len(script.strings):,} strings)",
        "raw reportlab canvas, the same strings and line breaking",
        "≤ 1.2 ×",
        ours,
        script.draw,
        rounds=15,
    )


def against_the_office(place: Path, office: str) -> Measured:
    """The same ledger, ours and LibreOffice each from the start of a process to the file."""
    book = place / "ledger.xlsx"
    excel.write_paper(paper_tables.ledger(ROWS), book)
    words = [f"-env:UserInstallation={(place / 'office').as_uri()}", "--headless"]
    convert = [office, *words, "--convert-to", "pdf", "--outdir", str(place), str(book)]

    def converted() -> None:
        subprocess.run(convert, check=True, capture_output=True)
        assert book.with_suffix(".pdf").stat().st_size > 100_000

    return pair(
        f"ledger PDF, {ROWS} rows × {len(paper_tables.COLUMNS)} columns, a process from its start",
        "LibreOffice converting the same table from xlsx",
        "≤ 0.5 ×",
        lambda: _child("ledger", ROWS),
        converted,
        rounds=3,
    )


def many(rows: int) -> Measured:
    """Many rows by the row, against few; and the memory of the process that drew them."""
    pairs = [(_child("ledger", rows), _child("ledger", ROWS)) for _ in range(5)]
    memory = max(lot.memory for lot, _ in pairs) / (1 << 20)
    times = [(lot.drawing * ROWS / rows, few.drawing) for lot, few in pairs]
    return Measured(
        f"ledger PDF, {rows:,} rows, for {ROWS} of them; the process held {memory:.0f} MB",
        f"{ROWS} rows",
        statistics.median(ours for ours, _ in times),
        statistics.median(floor for _, floor in times),
        statistics.median(ours / floor for ours, floor in times),
        "≤ 1.1 ×, under 200 MB",
    )


def weekly(place: Path, projects: int) -> Measured:
    """A district's report, from the book to the file; the drawing is said apart."""
    book, records = books.founded(place / "district.yzb", projects)
    books.fill(book, records, WEEKS)
    request = Request("weekly", f"{books.YEAR}-W{WEEKS}")

    def ours() -> None:
        making.make(book, request, BytesIO(), ending=".pdf")

    script = paper_floor.recorded(ours)
    start = time.perf_counter()
    content_of(book, request)
    composing = time.perf_counter() - start
    measured = pair(
        f"weekly report of a district, {projects:,} projects, from book to file"
        f" ({len(script.sheets)} sheets, {len(script.strings):,} strings;"
        f" {composing * 1e3:.0f} ms of it are figures and words)",
        "raw reportlab canvas, the same strings and line breaking",
        "≤ 2 ×",
        ours,
        script.draw,
        rounds=9,
    )
    book.close()
    return measured


def sheet(rows: int) -> Measured:
    """A ledger as a workbook."""
    paper = paper_tables.ledger(rows)
    data = BytesIO()
    excel.write_paper(paper, data)
    script = sheet_floor.Script(data.getvalue())
    return pair(
        f"ledger Excel, {rows:,} rows × {len(paper_tables.COLUMNS)} columns",
        "bare openpyxl write-only, the same cells and styles",
        "≤ 1.3 ×",
        lambda: excel.write_paper(paper, BytesIO()),
        script.write,
        rounds=3,
    )


def own_report(place: Path) -> Measured:
    """A township's report by the command line, a process from its start."""
    book, records = books.township(place / "township.yzb", OWN)
    books.fill(book, records, 9)
    book.close()
    target = place / "weekly.pdf"
    command = [sys.executable, "-m", "desktop", "report", str(book.path), "weekly"]

    def ours() -> None:
        subprocess.run([*command, "-o", str(target)], check=True, capture_output=True)

    ours()
    measured = alone(
        f"weekly report of a township, {OWN} projects, from the command line"
        f" ({target.stat().st_size // 1024} KB)",
        ours,
        rounds=7,
    )
    return replace(measured, aim="printed; < 2 s is the wish")


def _child(*words: object) -> Spent:
    command = [sys.executable, "-m", CHILD, *map(str, words)]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    return msgspec.json.decode(said, type=Spent)
