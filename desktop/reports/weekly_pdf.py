"""A paper of prose and tables by GB/T 9704-2012: red head or plain title, body, appendices.

The body stands on 22 lines of 28 characters; tables between paragraphs leave the lines, and what
follows them is back on them. Appendix tables are sheets on their side within the same file, their
page number where it is on the other pages (GB/T 9704-2012, 7.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from desktop.reports.binding import Binder, Furnish, Made, lay_down
from desktop.reports.columns import PROSE_SIZES, make_grid
from desktop.reports.content import (
    Block,
    Closing,
    Heading,
    Paper,
    Paragraph,
    RedHead,
    SheetSize,
    Signatures,
    Table,
)
from desktop.reports.fonts import Faces, Role, load_faces
from desktop.reports.ledger_pdf import (
    centred_lines,
    demonstration_mark,
    edge_line,
    fitted,
    footer_text,
    keep_last,
    ledger_strips,
    note_strips,
    page_text,
    signature_line,
)
from desktop.reports.page import (
    A4,
    BODY,
    MM,
    PITCH,
    Area,
    Drawn,
    Flow,
    Progress,
    Strip,
    air,
    area,
    told,
)
from desktop.reports.pen import BASELINE, BLACK, GREY, LIGHTS, RED, Colour, Pen
from desktop.reports.prose import balanced, break_lines, clean, wrap
from desktop.reports.table import table_strips

APPENDIX: dict[SheetSize, Area] = {
    "A4": A4,
    "A4 landscape": area(297, 210, left=35, top=28, right=37, low=26),
    "A3 landscape": area(420, 297, left=28, top=37, right=26, low=35),
}
"""Appendix sheets: A4 on its side is the upright page turned clockwise, so that all bind alike."""

TITLE = 22.0
"""2号."""
_NUMBER = 14.0  # 4号
_SMALL = 7.5
_HEADINGS: dict[int, Role] = {1: "hei", 2: "kai", 3: "fang"}
_Part = tuple[Role, str, Colour]


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
        yield _red_head(paper.head, faces)
    mark = (0, clean(paper.title))
    yield from centred_lines(paper.title, "title", TITLE, TITLE * 1.6, A4.measure, faces, mark)
    yield from centred_lines(paper.subtitle, "kai", BODY, PITCH, A4.measure, faces)
    yield air(PITCH / 2, keep=True)
    for block, after in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        strips = _block(block, faces)
        ends = isinstance(after, Closing | Signatures)
        yield from keep_last(strips) if ends else strips


def _block(block: Block, faces: Faces) -> Iterator[Strip]:
    match block:
        case Heading():
            role = _HEADINGS[block.level]
            parts: list[_Part] = [(role, clean(block.text), BLACK)]
            strips = _lines(parts, faces)
            strips[0] = replace(strips[0], mark=(block.level, clean(block.text)))
            yield from (replace(strip, keep=True) for strip in strips)
        case Paragraph():
            yield from _paragraph(block, faces)
        case Table():
            yield from _table(block, faces)
        case Signatures():
            yield air(PITCH / 2, keep=True)
            yield signature_line(block.names, A4.measure, faces, 14, PITCH)
        case Closing():
            yield air(PITCH, keep=True)
            yield from _closing(block, faces)


def _paragraph(block: Paragraph, faces: Faces) -> Iterator[Strip]:
    parts: list[_Part] = []
    if block.light:
        sign, colour = LIGHTS[block.light]
        parts.append(("song", f"{sign} ", colour))
    if block.lead:
        parts.append(("kai", clean(block.lead), BLACK))
    parts.append(("fang", clean(block.text), BLACK))
    strips = _lines(parts, faces)
    last = len(strips) - 1
    for number, strip in enumerate(strips):
        # no first line alone at a sheet's foot, no last line alone at the next one's top
        yield replace(strip, keep=number < last and number in (0, last - 1))


def _lines(parts: list[_Part], faces: Faces) -> list[Strip]:
    """Lines on the grid, the first indented by two characters, set to the full measure."""
    text = "".join(part for _, part, _ in parts)
    widths = [faces.advances[role][c] for role, part, _ in parts for c in part]
    measure = A4.measure / BODY * 1000
    lines = break_lines(text, widths, measure, indent=2000, tail=True)
    strips = []
    for number, (start, end) in enumerate(lines):
        indent = 2 * BODY if number == 0 else 0
        full = None if number == len(lines) - 1 else A4.measure - indent
        draw = partial(_draw_line, _cut(parts, start, end), indent, full)
        strips.append(Strip(PITCH, draw, grid=True))
    return strips


def _cut(parts: list[_Part], start: int, end: int) -> list[_Part]:
    found, at = [], 0
    for role, text, colour in parts:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            found.append((role, piece, colour))
        at += len(text)
    return found


def _draw_line(
    parts: list[_Part], indent: float, full: float | None, pen: Pen, x: float, y: float
) -> None:
    pen.spread(x + indent, y - PITCH / 2 - BASELINE * BODY, parts, BODY, full)


def _table(table: Table, faces: Faces) -> Iterator[Strip]:
    yield air(4, keep=True)
    yield from centred_lines(table.caption, "hei", 12, 22, A4.measure, faces)
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


def _closing(block: Closing, faces: Faces) -> Iterator[Strip]:
    """Issuer over the date, which ends four characters from the right (GB/T 9704-2012, 7.3.5)."""
    date, advances = clean(block.date), faces.advances["fang"]
    issuer = wrap(clean(block.issuer), advances, A4.measure * 0.7 / BODY * 1000)
    lines = [line for line in (*issuer, date) if line]
    widest = max((faces.em("fang", line) * BODY for line in lines), default=0)
    middle = A4.measure - 4 * BODY - faces.em("fang", date) * BODY / 2
    middle = min(middle, A4.measure - widest / 2)

    def draw(text: str, pen: Pen, x: float, y: float) -> None:
        pen.centred(x + middle, y - PITCH / 2 - BASELINE * BODY, text, "fang", BODY)

    for number, line in enumerate(lines):
        yield Strip(PITCH, partial(draw, line), keep=number < len(lines) - 1, grid=True)


def _red_head(head: RedHead, faces: Faces) -> Strip:
    """The mark 35 mm below the type area's top, the number two lines below, the rule 4 mm below."""
    mark, issue = clean(head.mark), clean(head.issue)
    issuer, date = clean(head.issuer), clean(head.date)
    width = max(faces.em("title", mark), 1)
    size = max(min(A4.measure / width / 1.15, 48.0), 26.0)
    lines = balanced(mark, faces.advances["title"], A4.measure / size * 1000)
    mark_end = 35 * MM + size * (1 + 1.35 * (len(lines) - 1))
    issue_end = mark_end + (2 * PITCH if issue else PITCH / 2)
    names_end = issue_end + (PITCH if issuer or date else 0)
    rule = names_end + 4 * MM

    def draw(pen: Pen, x: float, y: float) -> None:
        base = y - 35 * MM - 0.88 * size
        for line in lines:
            natural = faces.em("title", line) * size
            full = min(natural * 1.15, A4.measure)
            left = x + (A4.measure - full) / 2
            pen.spread(left, base, [("title", line, RED)], size, full)
            base -= size * 1.35
        drop = BASELINE * BODY - BODY / 2
        pen.centred(x + A4.measure / 2, y - issue_end - drop, issue, "fang", BODY)
        pen.to_right(x + A4.measure, y - names_end - drop, date, "fang", BODY)
        room = A4.measure - (faces.em("fang", date) + 1) * BODY
        fit = fitted(pen, issuer, "fang", BODY, room)
        pen.text(x, y - names_end - drop, issuer, "fang", fit)
        pen.rule(x, y - rule, x + A4.measure, y - rule, 2.2, RED)

    return Strip(rule + PITCH, draw, keep=True)


def _furnish(sheet: Area, paper: Paper, pen: Pen, number: int, pages: int) -> None:
    """Page number, small line and demonstration mark, in the measures of the upright page."""
    if sheet.width > sheet.height:
        pen.turn(_upright(sheet))
    odd = number % 2 == 1
    base = A4.bottom - 7 * MM - 0.36 * _NUMBER
    page = f"— {number} —"
    small = f"{footer_text(paper.footer)}　{page_text(number, pages)}"
    size = fitted(pen, small, "song", _SMALL, A4.measure - 7 * _NUMBER)
    if odd:
        pen.to_right(A4.right - _NUMBER, base, page, "song", _NUMBER)
        pen.text(A4.left, base, small, "song", size, GREY)
    else:
        pen.text(A4.left + _NUMBER, base, page, "song", _NUMBER)
        pen.to_right(A4.right, base, small, "song", size, GREY)
    if paper.demonstration:
        demonstration_mark(pen, A4.right, A4.top + 12 * MM)


def _upright(sheet: Area) -> str:
    """The PDF matrix that puts the upright page onto a sheet on its side.

    A4 is the page turned clockwise; A3 is folded, its right half is the page.
    """
    if sheet.width > A4.height + 1:
        return f"1 0 0 1 {sheet.width - A4.width:.2f} 0 cm"
    return f"0 -1 1 0 0 {sheet.height:.2f} cm"
