"""What stands below the type area: page number, small line with its QR; and the 版记 at its foot.

The small line says which book, period and code a sheet belongs to and which page it is; it is for
whoever checks a sheet, not for the reader of the paper, and lies clear of everything the standard
places. Any room that draws a sheet calls :func:`small_line`.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports import qr
from desktop.reports.content import Footer, Imprint
from desktop.reports.fonts import Faces, Role
from desktop.reports.footing import code_text, footer_text, page_text
from desktop.reports.page import A4, MM, Area, Strip
from desktop.reports.pen import BASELINE, GREY, RED, Pen
from desktop.reports.prose import clean, wrap

NUMBER = 14.0
"""Page numbers and 版记: 4号."""
SMALL = 7.5
QR_SIDE = 9.6 * MM
"""Squares of a third of a millimetre."""
_LEDGER_SMALL = 8.0
_LEAST = 5.0
#: Between the QR and the text beside it; printers leave the sheet's edge white.
_GAP, _EDGE = 6.0, 5.2 * MM
_THICK, _THIN = 0.35 * MM, 0.25 * MM
_PITCH = NUMBER * 1.55
_LEAD = 3 * NUMBER
"""抄送 and its colon; further lines hang below the first receiver."""
_WHOLE = A4.depth * 0.8
"""A 版记 is not cut unless it is higher: text stands above it on the same sheet."""


def small_line(pen: Pen, area: Area, footer: Footer, number: int, pages: int) -> None:
    """The small line below ``area``: QR, book, period and code on the left, page x of y right."""
    room = area.bottom - _EDGE - 1.4 * MM
    middle = area.bottom - 1.4 * MM - min(QR_SIDE, room) / 2
    x = area.left
    side = min(QR_SIDE, room)
    if qr.text_of(footer):
        draw_qr(pen, x, middle - side / 2, side, footer)
        x += side + _GAP
    base = middle - BASELINE * _LEDGER_SMALL
    page = "　".join(filter(None, (code_text(footer), page_text(number, pages))))
    pen.to_right(area.right, base, page, "song", _LEDGER_SMALL, GREY)
    left = area.right - x - pen.faces.em("song", page) * _LEDGER_SMALL - 20
    said, size = _shortened(pen, footer_text(footer), _LEDGER_SMALL, left)
    pen.text(x, base, said, "song", size, GREY)


def draw_qr(pen: Pen, x: float, y: float, side: float, footer: Footer) -> None:
    """The footer's QR, ``side`` points wide, its lower left corner at (x, y)."""
    text = qr.text_of(footer)
    step = side / len(qr.modules(text))
    pen.plane(qr.path(text), matrix=f"{step:.4f} 0 0 {step:.4f} {x:.2f} {y:.2f}")


def prose_foot(
    pen: Pen, footer: Footer, number: int, pages: int, letter_first: bool = False
) -> None:
    """The foot of an upright page by GB/T 9704-2012, the pen turned where the sheet is on its side.

    The page number 7 mm below the type area, odd pages right and even left (7.5); a letter's first
    page has none but its lower double rule (10.1). The small line stands below, on the inner side.
    """
    odd = number % 2 == 1
    if letter_first:
        letter_rule(pen, 20 * MM, thick_above=False)
    else:
        base, page = A4.bottom - 7 * MM - 0.36 * NUMBER, f"— {number} —"
        if odd:
            pen.to_right(A4.right - NUMBER, base, page, "song", NUMBER)
        else:
            pen.text(A4.left + NUMBER, base, page, "song", NUMBER)
    low, side = 8 * MM, QR_SIDE
    shift = side + _GAP if qr.text_of(footer) else 0.0
    if shift:
        draw_qr(pen, A4.left if odd else A4.right - side, low, side, footer)
    last = "　".join(filter(None, (code_text(footer), page_text(number, pages))))
    base = low + side / 2 + SMALL * 0.75 - BASELINE * SMALL
    for said in (footer_text(footer), last):
        text, size = _shortened(pen, said, SMALL, A4.measure * 0.75)
        if odd:
            pen.text(A4.left + shift, base, text, "song", size, GREY)
        else:
            pen.to_right(A4.right - shift, base, text, "song", size, GREY)
        base -= SMALL * 1.5


def letter_rule(pen: Pen, y: float, thick_above: bool) -> None:
    """A red double rule of 170 mm in the middle of the sheet, its lower edge at ``y`` (10.1)."""
    left = (A4.width - 170 * MM) / 2
    thick, gap, thin = 2.2, 1.4, 0.8
    lower, upper = (thin, thick) if thick_above else (thick, thin)
    for width, middle in ((lower, lower / 2), (upper, lower + gap + upper / 2)):
        pen.rule(left, y + middle, left + 170 * MM, y + middle, width, RED)


LETTER_RULE = 2.2 + 1.4 + 0.8
"""How high a letter's double rule is."""


def imprint_strip(imprint: Imprint, faces: Faces, letter: bool = False) -> Iterator[Strip]:
    """版记 at the foot of its page: 抄送, then who printed and when (GB/T 9704-2012, 7.4).

    A letter has neither rules nor a printing office (10.1). Receivers that no sheet can hold go on
    on the next one.
    """
    advances = faces.advances["fang"]
    copied = clean(imprint.copied).removeprefix("抄送").lstrip("：:")
    room = A4.measure - 2 * NUMBER - _LEAD
    lines = wrap(copied.rstrip("。") + "。", advances, room / NUMBER * 1000) if copied else []
    office, date = clean(imprint.office), clean(imprint.date)
    printed = ("", "") if letter else (office, f"{date.removesuffix('印发')}印发" if date else "")
    if lines or any(printed):
        yield _imprint(lines, printed, "抄送：", letter)


def _imprint(lines: list[str], printed: tuple[str, str], lead: str, letter: bool) -> Strip:
    """The receivers under ``lead`` and the line of the printing, ruled but for a letter."""
    heights = [len(lines) * _PITCH] * bool(lines) + [_PITCH] * any(printed)

    def draw(pen: Pen, x: float, y: float) -> None:
        right = x + A4.measure
        base = y - _PITCH / 2 - BASELINE * NUMBER
        if lines:
            pen.text(x + NUMBER, base, lead, "fang", NUMBER)
        for line in lines:
            pen.text(x + NUMBER + _LEAD, base, line, "fang", NUMBER)
            base -= _PITCH
        if any(printed):
            name, day = printed
            pen.to_right(right - NUMBER, base, day, "fang", NUMBER)
            free = A4.measure - (3 + pen.faces.em("fang", day)) * NUMBER
            pen.text(x + NUMBER, base, name, "fang", fitted(pen, name, "fang", NUMBER, free))
        if letter:
            return
        low = y - sum(heights)
        pen.rule(x, y, right, y, _THICK)
        pen.rule(x, low, right, low, _THICK)
        if len(heights) > 1:
            pen.rule(x, y - heights[0], right, y - heights[0], _THIN)

    def split(room: float) -> tuple[Strip, Strip] | None:
        fitting = min(int(room / _PITCH), len(lines) - 1)
        if fitting < 1:
            return None
        upper = _imprint(lines[:fitting], ("", ""), lead, letter)
        return upper, _imprint(lines[fitting:], printed, "", letter)

    height = sum(heights)
    cut = split if height > _WHOLE else None
    return Strip(height, draw, foot=True, split=cut, least=2 * _PITCH)


def demonstration_mark(pen: Pen, right: float, base: float) -> None:
    """Say on a sheet, framed and ending at ``right``, that its figures are not real."""
    text, size = "演示数据", 10.5
    width = pen.faces.em("hei", text) * size
    pen.text(right - width - 4, base, text, "hei", size, RED)
    pen.rules(f"{right - width - 8:.2f} {base - 4.5:.2f} {width + 8:.2f} 17 re", 0.8, RED)


def fitted(pen: Pen, text: str, role: Role, size: float, room: float) -> float:
    """The size, smaller where the text would be wider than the room."""
    return min(size, max(room, 1) / max(pen.faces.em(role, text), 0.01))


def _shortened(pen: Pen, text: str, size: float, room: float) -> tuple[str, float]:
    """The text and its size: smaller where room is scarce, at last cut."""
    size = max(fitted(pen, text, "song", size, room), _LEAST)
    kept = text
    while kept and pen.faces.em("song", kept + "…" * (kept != text)) * size > room + 0.01:
        kept = kept[:-1]
    return (kept if kept == text else f"{kept}…"), size
