"""The problems on the project card: a small table, the open ones first, as many rows as fit."""

from __future__ import annotations

import msgspec

from desktop.reports.card import Card, Problem
from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.card_room import Part
from desktop.reports.fonts import Faces, Role
from desktop.reports.pen import BASELINE, BLACK, GREY, Pen
from desktop.reports.prose import clean

_SIZE, _LEADING, _PAD = 9.0, 1.3, 2.5
_SHARES = (0.335, 0.29, 0.145, 0.09, 0.14)
#: So many lines has a cell in a crowded table, and in one with room.
_CROWDED, _ROOMY = 2, 5


class _Row(msgspec.Struct, frozen=True):
    cells: tuple[tuple[str, ...], ...]
    height: float
    open: bool


def problems_part(card: Card, faces: Faces, measure: float) -> Part:
    """What the table needs at the least (two rows), and for all rows."""
    if not card.problems:
        return Part(16, 16, 16)
    head = _line()
    short = [_row(one, faces, measure, _CROWDED).height for one in card.problems[:40]]
    long = [_row(one, faces, measure, _ROOMY).height for one in card.problems[:40]]
    left = _line() if len(short) > 2 else 0
    return Part(head + sum(short[:2]) + left, head + sum(short[:6]) + left, head + sum(long))


def draw_problems(card: Card, pen: Pen, x: float, y: float, measure: float, height: float) -> None:
    """Draw as many rows as fit into ``height``; the last line counts the others."""
    faces = pen.faces
    if not card.problems:
        pen.text(x + 9, y - 11, clean(card.titles.no_problems), "fang", 9.5, GREY)
        return
    low = y - height
    rows, left = _fitting(card, faces, measure, height)
    top = y
    widths = [measure * share for share in _SHARES]
    heads = zip(card.titles.problem_columns, widths, strict=True)
    cells = tuple((one_line(text, faces, "hei", _SIZE, w - 2 * _PAD),) for text, w in heads)
    y = _draw_row(_Row(cells, _line(), True), pen, x, y, widths, heading=True)
    for row in rows:
        y = _draw_row(row, pen, x, y, widths)
    foot = y
    if left:
        said = one_line(card.titles.left_out(left), faces, "fang", _SIZE, measure)
        pen.text(x + _PAD, max(y - _line() / 2, low + 2) - BASELINE * _SIZE, said, "fang", _SIZE)
    paths = []
    at = x
    for width in widths[:-1]:
        at += width
        paths.append(f"{at:.2f} {top:.2f} m {at:.2f} {foot:.2f} l")
    pen.rules(" ".join(paths), 0.4)
    pen.rules(f"{x:.2f} {foot:.2f} {measure:.2f} {top - foot:.2f} re", 0.8)


def _fitting(card: Card, faces: Faces, measure: float, height: float) -> tuple[list[_Row], int]:
    """The rows that fit, with long cells where all do, and how many are left out."""
    for most in (_ROOMY, 4, 3, _CROWDED, 1):
        rows = [_row(one, faces, measure, most) for one in card.problems[:40]]
        whole = _line() + sum(row.height for row in rows)
        if whole <= height + 0.01 and len(rows) == len(card.problems):
            return rows, 0
        if most == _CROWDED:
            kept = _kept(rows, height)
            if len(kept) >= 2:
                return kept, len(card.problems) - len(kept)
    kept = _kept(rows, height)
    return kept, len(card.problems) - len(kept)


def _kept(rows: list[_Row], height: float) -> list[_Row]:
    room = height - 2 * _line()
    kept = []
    for row in rows:
        room -= row.height
        if room < -0.01:
            break
        kept.append(row)
    return kept


def _row(problem: Problem, faces: Faces, measure: float, most: int) -> _Row:
    texts = (problem.problem, problem.measure, problem.responsible, problem.due, problem.state)
    cells = tuple(
        tuple(in_lines(text, faces, "song", _SIZE, measure * share - 2 * _PAD, most))
        for text, share in zip(texts, _SHARES, strict=True)
    )
    deepest = max(len(cell) for cell in cells)
    return _Row(cells, max(deepest, 1) * _SIZE * _LEADING + 2 * _PAD, problem.open)


def _line() -> float:
    return _SIZE * _LEADING + 2 * _PAD


def _draw_row(
    row: _Row, pen: Pen, x: float, y: float, widths: list[float], *, heading: bool = False
) -> float:
    middle, pitch = y - row.height / 2, _SIZE * _LEADING
    role: Role = "hei" if heading else "song"
    colour = BLACK if row.open else GREY
    for number, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        base = middle + (len(cell) - 1) * pitch / 2 - BASELINE * _SIZE
        for line in cell:
            if heading or number == 3:
                pen.centred(x + width / 2, base, line, role, _SIZE, colour)
            else:
                pen.text(x + _PAD, base, line, role, _SIZE, colour)
            base -= pitch
        x += width
    low = y - row.height
    pen.rule(x - sum(widths), low, x, low, 0.4)
    return low
