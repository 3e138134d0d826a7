"""A paper of prose and tables by GB/T 9704-2012: its head, its body, its appendices.

The body stands on 22 lines of 28 characters; tables, charts and forms between paragraphs leave the
lines, and what follows them is back on them. Appendix tables are sheets on their side within the
same file, their page number where it is on the other pages (7.5). A slip to be sent back has a
sheet of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, assert_never

from desktop.reports import paper_lines
from desktop.reports.binding import Binder, Furnish, Made, lay_down
from desktop.reports.chart_pdf import draw_chart
from desktop.reports.columns import PROSE_SIZES, make_grid
from desktop.reports.content import (
    Addressee,
    Attachments,
    Attendance,
    Block,
    Chart,
    Closing,
    Form,
    Heading,
    Imprint,
    LetterHead,
    Paper,
    Paragraph,
    Signatures,
    Slip,
    Table,
)
from desktop.reports.fonts import Faces, load_faces
from desktop.reports.ledger_pdf import (
    centred_lines,
    edge_line,
    keep_last,
    ledger_strips,
    note_strips,
    signature_line,
)
from desktop.reports.page import (
    A4,
    APPENDIX,
    BODY,
    MM,
    PITCH,
    Area,
    Drawn,
    Flow,
    Progress,
    Strip,
    air,
    told,
)
from desktop.reports.paper_feet import demonstration_mark, imprint_strip, prose_foot
from desktop.reports.paper_forms import form_strips, less_room
from desktop.reports.paper_heads import head_strip
from desktop.reports.paper_keeping import keep_end, tied_blocks
from desktop.reports.pen import Pen
from desktop.reports.prose import clean
from desktop.reports.table import table_strips

#: With the white below the title's own letters and the way to the next of the 22 lines: a line.
_BELOW_TITLE = 0.35 * PITCH
_CAPTION, _CAPTION_HEIGHT = 12.0, 22.0
#: So much of a sheet a chart may take up; a higher one is drawn smaller.
_CHART_SHARE = 0.8


def draw_paper(
    paper: Paper,
    target: Path | BinaryIO,
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Made:
    """Draw a paper as PDF; ``target`` is replaced only by a whole file.

    ``progress`` is told (done, of all) and may end it by raising. Raises ``DiskFull``,
    ``NotWritable`` and ``FontDamaged``.
    """
    faces = faces or load_faces()
    binder = Binder(faces, paper.title, paper.author, paper.made_on)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    body = len(paper.blocks) + sum(len(table.rows) for table in tables)
    of_all = body + sum(len(ledger.table.rows) for ledger in paper.appendices)
    flow = Flow(A4, faces, binder.doc)
    flow.lay(told(_body(paper, faces), progress, 0, body, of_all))
    upright: Furnish = partial(_furnish, A4, paper)
    sheets: list[tuple[Drawn, Furnish]] = [(drawn, upright) for drawn in flow.finish()]
    for ledger in paper.appendices:
        sheet = APPENDIX[ledger.size]
        flow = Flow(sheet, faces, binder.doc)
        rows = len(ledger.table.rows)
        flow.lay(told(ledger_strips(ledger, sheet, faces), progress, body, rows, of_all))
        body += rows
        furnish: Furnish = partial(_furnish, sheet, paper)
        sheets += [(drawn, furnish) for drawn in flow.finish()]
    data, made = binder.bind(sheets)
    lay_down(data, target)
    return made


def _body(paper: Paper, faces: Faces) -> Iterator[Strip]:
    if paper.head:
        yield head_strip(paper.head, faces)
    yield from _titles(paper.title, paper.subtitle, faces)
    yield from _blocks(paper.blocks, faces, isinstance(paper.head, LetterHead))


def _titles(title: str, subtitle: str, faces: Faces) -> Iterator[Strip]:
    mark = (0, clean(title))
    size = paper_lines.title_size(title, faces)
    yield from centred_lines(title, "title", size, size * 1.6, A4.measure, faces, mark)
    yield from centred_lines(subtitle, "kai", BODY, PITCH, A4.measure, faces)
    yield air(_BELOW_TITLE, keep=True)


def _blocks(blocks: Sequence[Block], faces: Faces, letter: bool) -> Iterator[Strip]:
    """All blocks, those that belong together on one sheet."""
    before: Block | None = None
    tied = tied_blocks(blocks, faces)
    for number, block in enumerate(blocks):
        strips = _block(block, before, faces, letter)
        if isinstance(block, Slip) or (isinstance(before, Slip) and not isinstance(block, Imprint)):
            strips = _on_a_new_sheet(strips)
        yield from keep_end(strips) if number in tied else strips
        before = block


def _block(block: Block, before: Block | None, faces: Faces, letter: bool) -> Iterator[Strip]:
    match block:
        case Heading():
            yield from paper_lines.heading(block, faces)
        case Paragraph():
            yield from paper_lines.paragraph(block, faces)
        case Table():
            yield from _table(block, faces)
        case Chart():
            yield from _chart(block, faces)
        case Addressee():
            yield from paper_lines.addressee(block, faces)
        case Attendance():
            if not isinstance(before, Attendance):
                yield air(PITCH, keep=True)
            yield from paper_lines.attendance(block, faces)
        case Attachments():
            yield air(PITCH, keep=True)
            yield from paper_lines.attachments(block, faces)
        case Form():
            yield from form_strips(block, A4.measure, faces)
        case Slip():
            yield from _slip(block, faces, letter)
        case Signatures():
            yield air(PITCH / 2, keep=True)
            yield signature_line(block.names, A4.measure, faces, 14, PITCH)
        case Closing():
            yield air(PITCH, keep=True)
            yield from paper_lines.closing(block, faces)
        case Imprint():
            yield air(PITCH / 2, keep=True)
            yield from imprint_strip(block, faces, letter)
        case _:
            assert_never(block)


def _slip(slip: Slip, faces: Faces, letter: bool) -> Iterator[Strip]:
    """A slip, on one sheet where less room for the pen lets it stand on one."""
    while True:
        strips = [
            *_titles(slip.title, slip.subtitle, faces),
            *_blocks(slip.blocks, faces, letter),
        ]
        less = less_room(slip)
        if less is None or sum(strip.height for strip in strips) <= A4.depth:
            yield from strips
            return
        slip = less


def _on_a_new_sheet(strips: Iterator[Strip]) -> Iterator[Strip]:
    first = next(strips, None)
    if first is not None:
        yield replace(first, turn=True)
        yield from strips


def _table(table: Table, faces: Faces) -> Iterator[Strip]:
    yield air(4, keep=True)
    yield from centred_lines(table.caption, "hei", _CAPTION, _CAPTION_HEIGHT, A4.measure, faces)
    if table.unit:
        yield edge_line("", clean(table.unit), A4.measure)
    grid = make_grid(table, A4.measure, faces, PROSE_SIZES)
    strips = table_strips(table, grid, faces)
    if table.note:
        yield from keep_last(strips)
        yield from note_strips(table.note, A4.measure, faces)
    else:
        yield from strips
    yield air(7)


def _chart(chart: Chart, faces: Faces) -> Iterator[Strip]:
    """The drawing as wide as the type area, its caption above it."""
    drawing = chart.drawing
    yield air(4, keep=True)
    yield from centred_lines(chart.caption, "hei", _CAPTION, _CAPTION_HEIGHT, A4.measure, faces)
    if drawing.width <= 0 or drawing.height <= 0:
        return
    scale = min(A4.measure / drawing.width, A4.depth * _CHART_SHARE / drawing.height)
    aside = (A4.measure - drawing.width * scale) / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        draw_chart(pen, drawing, x + aside, y, scale)

    yield Strip(drawing.height * scale, draw)
    yield air(7)


def _furnish(sheet: Area, paper: Paper, pen: Pen, number: int, pages: int) -> None:
    """Foot and demonstration mark, in the measures of the upright page."""
    if sheet.width > sheet.height:
        pen.turn(_upright(sheet))
    first = number == 1 and isinstance(paper.head, LetterHead)
    prose_foot(pen, paper.footer, number, pages, letter_first=first)
    if paper.demonstration:
        demonstration_mark(pen, A4.right, A4.top + 12 * MM)


def _upright(sheet: Area) -> str:
    """The PDF matrix that puts the upright page onto a sheet on its side.

    A4 is the page turned clockwise; A3 is folded, its right half is the page.
    """
    if sheet.width > A4.height + 1:
        return f"1 0 0 1 {sheet.width - A4.width:.2f} 0 cm"
    return f"0 -1 1 0 0 {sheet.height:.2f} cm"
