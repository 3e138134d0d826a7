"""Slips as PDF: forms, codes in boxes, strips to cut, tables over several pages.

Measures are points, counted upwards; large letters (14 points in forms, 12 in tables while they
fit), no colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import ceil

from desktop.reports.binding import Binder, Furnish
from desktop.reports.columns import make_grid
from desktop.reports.content import Paragraph, Signatures, Table
from desktop.reports.fonts import Faces, load_faces
from desktop.reports.footing import page_text
from desktop.reports.ledger_pdf import (
    SHEETS,
    centred_lines,
    keep_last,
    note_strips,
    signature_line,
)
from desktop.reports.page import Area, Flow, Strip, air
from desktop.reports.paper_feet import demonstration_mark, fitted
from desktop.reports.paper_forms import LEADING, PAD, THICK, Place, draw_row, top_rule
from desktop.reports.pen import BASELINE, GREY, Pen
from desktop.reports.prose import balanced, clean, clean_lines, wrap
from desktop.reports.slip_content import Block, Coupon, Entry, Form, Letters, Slip
from desktop.reports.table import table_strips

#: A table on a slip is set in the largest of these in which its figures fit.
TABLE_SIZES = (12.0, 11.0, 10.5, 10.0, 9.0)

_SIZE, _SMALL, _NOTE, _FOOT = 14.0, 12.0, 12.0, 9.0
_LOUD = 28.0
_LABEL = 6.6 * _SIZE
#: So many lines stand in one row of a form; the others follow in a row headed 续.
_MOST_LINES = 30

_PER_ROW = 3
_CELL_WIDTH, _CELL_HEIGHT, _LETTER, _NUMBER = 33.0, 42.0, 27.0, 10.0


def draw_slip(slip: Slip, faces: Faces | None = None) -> bytes:
    """The slip as a PDF file's bytes; the same slip gives the same bytes.

    Raises :class:`~desktop.reports.fonts.FontDamaged`.
    """
    faces = faces or load_faces()
    sheet = SHEETS[slip.size]
    binder = Binder(faces, slip.subject, "", slip.made_on)
    flow = Flow(sheet, faces, binder.doc)
    flow.lay(_strips(slip, sheet, faces))
    furnish: Furnish = partial(_furnish, sheet, slip)
    data, _ = binder.bind([(drawn, furnish) for drawn in flow.finish()])
    return data


def _strips(slip: Slip, sheet: Area, faces: Faces) -> Iterator[Strip]:
    mark = (0, clean(slip.subject))
    if slip.title:
        yield from centred_lines(slip.title, "title", 24, 38, sheet.measure, faces, mark)
        yield from centred_lines(slip.subtitle, "kai", _SIZE, 24, sheet.measure, faces)
        yield air(8, keep=True)
    last = len(slip.blocks) - 1
    for number, block in enumerate(slip.blocks):
        strips = _block(block, sheet.measure, faces)
        # What is signed stands on one sheet with the end of what it is signed for.
        signed = number < last and not isinstance(block, Coupon)
        yield from keep_last(strips) if signed else strips


def _block(block: Block, measure: float, faces: Faces) -> Iterator[Strip]:
    match block:
        case Form():
            yield from _form(block, measure, faces)
        case Letters():
            yield _letters(block.groups, measure, faces)
            yield _in_one_line(block.groups, measure)
        case Coupon():
            yield from _coupon(block, measure, faces)
        case Table():
            grid = make_grid(block, measure, faces, TABLE_SIZES)
            yield from table_strips(block, grid, faces)
        case Paragraph():
            yield air(4, keep=True)
            for strip in note_strips(block.lead + block.text, measure, faces, _NOTE):
                yield replace(strip, keep=True)
            yield air(4)
        case Signatures():
            yield signature_line(block.names, measure, faces, _SIZE, 40)


def _form(form: Form, measure: float, faces: Faces) -> Iterator[Strip]:
    top = top_rule(measure)
    yield top
    size = _SMALL if form.small else _SIZE
    for entry in form.entries:
        yield from _rows(entry, size, measure, faces, top)


def _rows(entry: Entry, size: float, measure: float, faces: Faces, top: Strip) -> Iterator[Strip]:
    """One entry as a row, or as several when it is longer than a sheet can bear."""
    room = measure - _LABEL - 2 * PAD
    label = balanced(clean(entry.label), faces.advances["hei"], (_LABEL - PAD) / size * 1000)
    pitch = size * LEADING
    name = Place(0, _LABEL, label, "hei", size, "center", pitch)
    if entry.loud:
        text = clean(entry.text)
        big = min(_LOUD, room / max(faces.em("hei", text), 1))
        height = max(big * 1.7, name.height)
        said = Place(_LABEL, measure, [text], "hei", big)
        yield Strip(height, partial(draw_row, (name, said), height), head=top)
        return
    lines = wrap(clean_lines(entry.text), faces.advances["song"], room / size * 1000)
    for start in range(0, len(lines), _MOST_LINES):
        if start:
            name = replace(name, lines=["续"])
        part = lines[start : start + _MOST_LINES]
        said = Place(_LABEL, measure, part, "song", size, "left", pitch)
        height = max(name.height, said.height)
        yield Strip(height, partial(draw_row, (name, said), height), head=top)


def _letters(groups: tuple[str, ...], measure: float, faces: Faces) -> Strip:
    """Every sign in a box of the same width, three groups to a row, a small number above each."""
    signs = max((len(clean(group)) for group in groups), default=1) or 1
    width = min(_CELL_WIDTH, measure * 0.94 / (_PER_ROW * signs))
    gap = (measure - _PER_ROW * signs * width) / (_PER_ROW + 1)
    size = min(_LETTER, width * 0.9)
    row = _CELL_HEIGHT + 2 * _NUMBER + 6
    rows = ceil(len(groups) / _PER_ROW)

    def draw(pen: Pen, x: float, y: float) -> None:
        for number, group in enumerate(map(clean, groups)):
            left = x + gap + number % _PER_ROW * (signs * width + gap)
            top = y - number // _PER_ROW * row - 2 * _NUMBER
            pen.text(left, top + 4, f"第{number + 1}组", "song", _NUMBER)
            for place, sign in enumerate(group):
                at = left + place * width
                base = top - _CELL_HEIGHT / 2 - BASELINE * size
                pen.centred(at + width / 2, base, sign, "title", size)
                pen.rules(
                    f"{at:.2f} {top - _CELL_HEIGHT:.2f} {width:.2f} {_CELL_HEIGHT:.2f} re", THICK
                )

    return Strip(rows * row + 6, draw, keep=True)


def _in_one_line(groups: tuple[str, ...], measure: float) -> Strip:
    """The same code in another face, to compare a doubtful sign and to search for."""
    text = clean("-".join(groups))

    def draw(pen: Pen, x: float, y: float) -> None:
        size = fitted(pen, text, "hei", 16, measure)
        pen.centred(x + measure / 2, y - 20, text, "hei", size)

    return Strip(34, draw)


def _coupon(coupon: Coupon, measure: float, faces: Faces) -> Iterator[Strip]:
    parts = (
        *centred_lines(coupon.title, "title", 16, 26, measure, faces),
        *_form(Form(coupon.entries), measure, faces),
        *note_strips(coupon.note, measure, faces, _NOTE),
        signature_line(coupon.signatures, measure, faces, _NOTE, 30),
    )
    for strip in parts:
        yield replace(strip, keep=True)
    yield _cut(measure)


def _cut(measure: float) -> Strip:
    """A dashed line to cut along."""

    def draw(pen: Pen, x: float, y: float) -> None:
        at, middle = y - 10, measure / 2
        dashes = [place for place in range(0, int(measure), 8) if abs(place - middle) > 38]
        pen.rules(" ".join(f"{x + d:.2f} {at:.2f} m {x + d + 4:.2f} {at:.2f} l" for d in dashes))
        pen.centred(x + middle, at - BASELINE * _FOOT, "沿虚线剪开", "song", _FOOT, GREY)

    return Strip(24, draw)


def _furnish(sheet: Area, slip: Slip, pen: Pen, number: int, pages: int) -> None:
    base = sheet.bottom - 22
    said, page = clean(slip.foot), page_text(number, pages)
    room = sheet.measure - pen.faces.em("song", page) * _FOOT - 20
    pen.text(sheet.left, base, said, "song", fitted(pen, said, "song", _FOOT, room))
    pen.to_right(sheet.right, base, page, "song", _FOOT)
    if slip.demonstration:
        demonstration_mark(pen, sheet.right, sheet.top + 14)
