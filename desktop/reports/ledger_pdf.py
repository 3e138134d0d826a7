"""A ledger on sheets of its own: title, unit, repeated heading, signatures, page x of y."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from desktop.reports.binding import Binder, Furnish, Made, lay_down
from desktop.reports.columns import LEDGER_SIZES, make_grid
from desktop.reports.content import Ledger, LedgerPaper, SheetSize
from desktop.reports.fonts import Faces, Role, load_faces
from desktop.reports.page import Area, Flow, Progress, Strip, air, area, told
from desktop.reports.paper_feet import demonstration_mark, fitted, small_line
from desktop.reports.pen import BASELINE, Pen
from desktop.reports.prose import balanced, clean, clean_lines, wrap
from desktop.reports.table import table_strips

SHEETS: dict[SheetSize, Area] = {
    "A4": area(210, 297, left=25, top=22, right=15, low=20),
    "A4 landscape": area(297, 210, left=18, top=22, right=15, low=18),
    "A3 landscape": area(420, 297, left=25, top=22, right=18, low=18),
}
"""Sheets of a ledger printed by itself, the binding edge on the left."""

_SMALL = 9.0


def draw_ledger(
    paper: LedgerPaper,
    target: Path | BinaryIO,
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Made:
    """Draw a ledger as PDF; ``target`` is replaced only by a whole file.

    ``progress`` is told (done, of all) and may end it by raising. Raises ``DiskFull``,
    ``NotWritable`` and ``FontDamaged``.
    """
    faces = faces or load_faces()
    sheet = SHEETS[paper.ledger.size]
    binder = Binder(faces, paper.ledger.title, paper.author, paper.made_on)
    flow = Flow(sheet, faces, binder.doc)
    strips = ledger_strips(paper.ledger, sheet, faces)
    rows = len(paper.ledger.table.rows) + 1
    flow.lay(told(strips, progress, 0, rows, rows))
    furnish: Furnish = partial(_furnish, sheet, paper)
    data, made = binder.bind([(drawn, furnish) for drawn in flow.finish()])
    lay_down(data, target)
    return made


def ledger_strips(ledger: Ledger, sheet: Area, faces: Faces) -> Iterator[Strip]:
    """Everything within the type area, from the label to the signatures."""
    size = 22.0 if sheet.width > 900 else 18.0
    if ledger.label:
        yield _label(clean(ledger.label), sheet.measure)
    mark = (0, clean(ledger.title))
    yield from centred_lines(ledger.title, "title", size, size * 1.5, sheet.measure, faces, mark)
    yield from centred_lines(ledger.subtitle, "kai", 12, 20, sheet.measure, faces)
    unit = clean(ledger.table.unit)
    yield edge_line(clean(ledger.prepared), unit, sheet.measure)

    grid = make_grid(ledger.table, sheet.measure, faces, LEDGER_SIZES)
    again = edge_line("（续表）", unit, sheet.measure)
    after: list[Strip] = []
    if ledger.table.note:
        after += note_strips(ledger.table.note, sheet.measure, faces)
    if ledger.signatures:
        after.append(signature_line(ledger.signatures, sheet.measure, faces, 10.5, 30))
    rows = table_strips(ledger.table, grid, faces, again)
    yield from keep_last(rows) if after else rows
    yield from (replace(strip, keep=True) for strip in after)


def keep_last(strips: Iterator[Strip]) -> Iterator[Strip]:
    """The strips, the last of them kept on the sheet of what follows."""
    held: Strip | None = None
    for strip in strips:
        if held is not None:
            yield held
        held = strip
    if held is not None:
        yield replace(held, keep=True)


def centred_lines(
    text: str,
    role: Role,
    size: float,
    height: float,
    measure: float,
    faces: Faces,
    mark: tuple[int, str] | None = None,
) -> Iterator[Strip]:
    """A title in the middle, in lines of nearly the same width, kept with what follows."""

    def draw(line: str, pen: Pen, x: float, y: float) -> None:
        pen.centred(x + measure / 2, y - height / 2 - BASELINE * size, line, role, size)

    room = measure * 0.92 / size * 1000
    for number, line in enumerate(balanced(clean_lines(text), faces.advances[role], room)):
        if line:
            yield Strip(height, partial(draw, line), True, mark=None if number else mark)


def edge_line(left: str, right: str, measure: float, size: float = _SMALL) -> Strip:
    """The small line above a table: who filled it and when on the left, its unit on the right."""

    def draw(pen: Pen, x: float, y: float) -> None:
        base = y - size - 1
        room = measure - pen.faces.em("song", right) * size - 10
        pen.text(x, base, left, "song", fitted(pen, left, "song", size, room))
        pen.to_right(x + measure, base, right, "song", fitted(pen, right, "song", size, measure))

    return Strip(size * 1.6 if left or right else 3.0, draw, keep=True)


def note_strips(note: str, measure: float, faces: Faces, size: float = _SMALL) -> list[Strip]:
    """The note below a table."""

    def draw(text: str, pen: Pen, x: float, y: float) -> None:
        pen.text(x, y - size * 1.15, text, "song", size)

    lines = wrap(clean_lines(note), faces.advances["song"], measure / size * 1000)
    return [air(3, keep=True), *(Strip(size * 1.4, partial(draw, line)) for line in lines)]


def signature_line(
    names: tuple[str, ...], measure: float, faces: Faces, size: float, height: float
) -> Strip:
    """Places to sign side by side, half of each left for the name."""
    labels = [clean(name).rstrip("：:") + "：" for name in names]
    slot = measure / len(labels)
    widest = max(faces.em("fang", label) for label in labels)
    size = min(size, slot * 0.65 / widest)

    def draw(pen: Pen, x: float, y: float) -> None:
        base = y - height / 2 - BASELINE * size - 2
        for number, label in enumerate(labels):
            pen.text(x + slot * number, base, label, "fang", size)

    return Strip(height, draw)


def _label(text: str, measure: float) -> Strip:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y - 14, text, "hei", fitted(pen, text, "hei", 14, measure))

    return Strip(22, draw, keep=True)


def _furnish(sheet: Area, paper: LedgerPaper, pen: Pen, number: int, pages: int) -> None:
    small_line(pen, sheet, paper.footer, number, pages)
    if paper.demonstration:
        demonstration_mark(pen, sheet.right, sheet.top + 14)
