"""The heads of papers by GB/T 9704-2012: red head (7.2), letter format (10.1), minutes (10.3)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports.content import LetterHead, MinutesHead, RedHead
from desktop.reports.fonts import Faces
from desktop.reports.page import A4, BODY, MM, PITCH, Strip
from desktop.reports.paper_feet import LETTER_RULE, fitted, letter_rule
from desktop.reports.pen import BASELINE, RED, Pen
from desktop.reports.prose import balanced, clean

_LARGEST, _SMALLEST, _WIDER, _LEADING = 48.0, 26.0, 1.15, 1.35
_ASCENT = 0.88
"""From a character's upper edge down to its baseline, in ems."""
_RULE = 2.2
_BELOW = 7 / 8 * 16
"""A letter's number stands 7/8 of a character of 3号 below the rule (10.1)."""
_TITLE_PAD = 6.6
"""White that the title's own line has above it (22 points in lines of 1.6)."""


def head_strip(head: RedHead | LetterHead | MinutesHead, faces: Faces) -> Strip:
    """A paper's head, from the top of the type area to two lines below its last element."""
    if isinstance(head, LetterHead):
        return _letter_head(head, faces)
    return _red_head(head, faces)


class _Mark:
    """The issuing body's mark: red, spread a little, in as many lines as it needs."""

    def __init__(self, text: str, faces: Faces) -> None:
        self.faces, text = faces, clean(text)
        width = max(faces.em("title", text), 1)
        self.size = max(min(A4.measure / width / _WIDER, _LARGEST), _SMALLEST)
        advances = faces.advances["title"]
        self.lines: Sequence[str] = balanced(text, advances, A4.measure / self.size * 1000)
        self.height = self.size * (1 + _LEADING * (len(self.lines) - 1))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """With its upper edge at ``top``."""
        base = top - _ASCENT * self.size
        for line in self.lines:
            natural = self.faces.em("title", line) * self.size
            full = min(natural * _WIDER, A4.measure)
            left = x + (A4.measure - full) / 2
            pen.spread(left, base, [("title", line, RED)], self.size, full)
            base -= self.size * _LEADING


def _red_head(head: RedHead | MinutesHead, faces: Faces) -> Strip:
    """The mark 35 mm below the type area's top, the number two lines below, the rule 4 mm below."""
    mark, issue = _Mark(head.mark, faces), clean(head.issue)
    issuer, date = clean(head.issuer), clean(head.date)
    mark_end = 35 * MM + mark.height
    issue_end = mark_end + (2 * PITCH if issue else PITCH / 2)
    names_end = issue_end + (PITCH if issuer or date else 0)
    rule = names_end + 4 * MM

    def draw(pen: Pen, x: float, y: float) -> None:
        mark.draw(pen, x, y - 35 * MM)
        drop = BASELINE * BODY - BODY / 2
        pen.centred(x + A4.measure / 2, y - issue_end - drop, issue, "fang", BODY)
        pen.to_right(x + A4.measure, y - names_end - drop, date, "fang", BODY)
        room = A4.measure - (faces.em("fang", date) + 1) * BODY
        fit = fitted(pen, issuer, "fang", BODY, room)
        pen.text(x, y - names_end - drop, issuer, "fang", fit)
        pen.rule(x, y - rule, x + A4.measure, y - rule, _RULE, RED)

    return Strip(rule + 2 * PITCH - _TITLE_PAD, draw, keep=True)


def _letter_head(head: LetterHead, faces: Faces) -> Strip:
    """The mark 30 mm below the sheet's edge, 4 mm below it the rule, thick over thin, 170 mm long.

    Below the rule degree of urgency full out to the left, number full out to the right.
    """
    mark, number, degree = _Mark(head.mark, faces), clean(head.number), clean(head.degree)
    above = (A4.height - A4.top) - 30 * MM
    rule = mark.height - above + 4 * MM
    last = rule + LETTER_RULE + (_BELOW + BODY if number or degree else 0)

    def draw(pen: Pen, x: float, y: float) -> None:
        mark.draw(pen, x, y + above)
        letter_rule(pen, y - rule - LETTER_RULE, thick_above=True)
        base = y - last + BODY / 2 - BASELINE * BODY
        pen.text(x, base, degree, "hei", BODY)
        room = A4.measure - (faces.em("hei", degree) + 1) * BODY
        fit = fitted(pen, number, "fang", BODY, room)
        pen.to_right(x + A4.measure, base, number, "fang", fit)

    return Strip(last + 2 * PITCH - _TITLE_PAD, draw, keep=True)
