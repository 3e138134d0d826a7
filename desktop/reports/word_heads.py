"""The heads of a paper in Word: the red head of a bulletin, of minutes, and that of a letter.

By GB/T 9704-2012: the issuing body's mark 35 mm below the top of the type area, its number two
lines below, the red rule 4 mm below that (7.2); letters 10.1, minutes 10.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from desktop.reports.charts.lettering import text_width
from desktop.reports.content import LetterHead, MinutesHead, Paper, RedHead
from desktop.reports.page import A4, MM, PITCH
from desktop.reports.pen import RED
from desktop.reports.prose import clean
from desktop.reports.word_elements import border, node, paragraph, run, spacing, tabs
from desktop.reports.word_page import demonstration_frame, letter_rule
from desktop.reports.word_styles import ink

_LARGEST, _SMALLEST = 48.0, 26.0
_WIDER = 1.15


def head_elements(paper: Paper, document: Document) -> Iterator[Element]:
    """What stands above the title, in the body; a letter's mark goes into its page's head."""
    match paper.head:
        case RedHead() | MinutesHead():
            yield from _red_head(paper.head)
        case LetterHead():
            _letter_mark(paper, paper.head, document)
            yield from _letter_number(paper.head)
        case None:
            pass


def _mark(text: str) -> tuple[Element, float]:
    """The run of the mark, spread to the measure as far as it stays handsome, and its size."""
    mark = clean(text)
    size = A4.measure / max(text_width(mark, 1), 1) / _WIDER
    size = int(max(min(size, _LARGEST), _SMALLEST) * 2) / 2
    fits = text_width(mark, size) * _WIDER <= A4.measure + 1
    gap = size * (_WIDER - 1) if fits else 0.0
    return run(mark, size=size, gap=gap), size


def _red_head(head: RedHead | MinutesHead) -> Iterator[Element]:
    mark, size = _mark(head.mark)
    yield paragraph("Mark", [mark], spacing(before=35 * MM, line=size * 1.35))
    rule = node("w:pBdr", border("bottom", "single", 2.25, ink(RED), 4 * MM))
    below = 2 * PITCH
    names = clean(head.issuer), clean(head.date)
    if head.issue:
        last = () if any(names) else (rule,)
        space = spacing(before=PITCH, after=0 if any(names) else below)
        yield paragraph("Number", [run(clean(head.issue))], space, *last)
    if any(names) or not head.issue:
        runs = [run("\t".join(names))] if any(names) else []
        stop = tabs((A4.measure, "right"))
        space = spacing(before=0 if head.issue else PITCH, after=below)
        yield paragraph("Issuer", runs, stop, rule, space)


def _letter_mark(paper: Paper, head: LetterHead, document: Document) -> None:
    """Into the first page's head, 30 mm below its edge, over a thick and a thin red rule."""
    part = document.sections[0].first_page_header
    part.is_linked_to_previous = False
    root = part._element
    for old in list(root):
        root.remove(old)
    if paper.demonstration:
        root.append(demonstration_frame())
    mark, size = _mark(head.mark)
    rule = letter_rule("bottom", "thickThinSmallGap", 4 * MM)
    root.append(paragraph("Mark", [mark], *rule, spacing(line=size * 1.35)))


def _letter_number(head: LetterHead) -> Iterator[Element]:
    """Degree of urgency full out to the left, number full out to the right, below the rule."""
    space = spacing(before=7 / 8 * 16, after=2 * PITCH)
    texts = clean(head.degree), clean(head.number)
    stop = tabs((A4.measure, "right"))
    if texts[0]:
        runs = [run(texts[0], "LeadHei"), run(f"\t{texts[1]}")]
    else:
        runs = [run(f"\t{texts[1]}")] if texts[1] else []
    yield paragraph("Issuer", runs, stop, space)
