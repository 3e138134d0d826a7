"""The floors put on paper what ours does, or the benchmark would compare different things."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from openpyxl import load_workbook

from desktop.reports import excel, ledger_pdf, making, prose
from desktop.reports.content import Row
from desktop.reports.saying import Request
from tests.bench import books, paper_floor, paper_tables, sheet_floor


def signs(data: bytes) -> list[Counter[str]]:
    """How often each sign stands on each sheet of a PDF."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage().get_text_bounded()
        found.append(Counter(sign for sign in text if not sign.isspace()))
    return found


def test_a_ledger_and_its_floor_say_the_same_on_every_sheet() -> None:
    paper = paper_tables.ledger(40)
    ours = BytesIO()
    ledger_pdf.draw_ledger(paper, ours)
    script = paper_floor.recorded(lambda: ledger_pdf.draw_ledger(paper, BytesIO()))
    floor = script.draw()
    assert len(script.sheets) > 2
    assert signs(floor) == signs(ours.getvalue())
    script.sheets[1].texts.pop()
    assert signs(script.draw()) != signs(ours.getvalue())


def test_the_floor_breaks_every_cell_into_lines_again() -> None:
    paper = paper_tables.ledger(40)
    script = paper_floor.recorded(lambda: ledger_pdf.draw_ledger(paper, BytesIO()))
    broken = Counter(words[0] for _, words in script.broken)
    for row in paper.ledger.table.rows:
        assert all(broken[text] for text in row.cells if text)
    ways = {getattr(breaks, "func", breaks) for breaks, _ in script.broken}
    assert ways <= {prose.wrap, prose.balanced, prose.break_lines}  # not what only listened


def test_a_weekly_report_and_its_floor_say_the_same(tmp_path: Path) -> None:
    """Justified paragraphs, charts, appendices."""
    book, projects = books.founded(tmp_path / "book.yzb", 30)
    books.fill(book, projects, 3)
    ours = BytesIO()
    request = Request("weekly", f"{books.YEAR}-W03")

    def draw() -> None:
        ours.seek(0)
        making.make(book, request, ours, ending=".pdf")

    script = paper_floor.recorded(draw)
    book.close()
    assert signs(script.draw()) == signs(ours.getvalue())
    paragraph = max(script.strings, key=len)
    assert any(paragraph in words[0] for _, words in script.broken)


def test_a_workbook_and_its_floor_have_the_same_cells_and_styles() -> None:
    paper = paper_tables.ledger(40)
    ours = BytesIO()
    excel.write_paper(paper, ours)
    floor = sheet_floor.Script(ours.getvalue()).write()
    assert looks(floor) == looks(ours.getvalue())
    assert len(looks(floor)) == 40 * len(paper_tables.COLUMNS)


def test_no_two_rows_of_the_made_up_ledger_are_alike() -> None:
    rows: tuple[Row, ...] = paper_tables.ledger(500).ledger.table.rows
    assert len({row.cells[1:] for row in rows}) == len(rows)


def looks(data: bytes) -> list[tuple[Any, ...]]:
    """Every cell of a worksheet's rows: where, what, in which face, size, box and format."""
    (page,) = load_workbook(BytesIO(data)).worksheets
    return [
        (
            cell.coordinate,
            cell.value,
            cell.font.name,
            cell.font.sz,
            cell.border.left.style,
            cell.alignment.horizontal,
            cell.number_format,
        )
        for row in page.iter_rows()
        if isinstance(row[0].value, int)
        for cell in row
    ]
