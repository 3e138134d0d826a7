"""What keeps together in a paper: a sentence and its table, a signature and the text above it.

GB/T 9704-2012 (7.3.5) knows no sheet that holds nothing but the issuer (此页无正文): text stands
with it. A sentence that announces a table is not parted from it by a sheet's end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop.reports import paper_lines
from desktop.reports.content import (
    Attachments,
    Attendance,
    Block,
    Chart,
    Closing,
    Form,
    Imprint,
    Paragraph,
    Signatures,
    Table,
)
from desktop.reports.fonts import Faces
from desktop.reports.page import Strip

#: A paragraph by itself of so many lines announces what follows it, every other one by a colon.
ANNOUNCING = 3
#: So many lines of text stand on the sheet of what is issued, signed or printed.
LEAST_TEXT = 2

_ENDS = Attachments | Closing | Signatures | Imprint
_SHOWN = Table | Chart | Form
_COLON = ("：", ":")


def tied_blocks(blocks: Sequence[Block], faces: Faces) -> set[int]:
    """The places of the blocks whose end stands on the sheet on which the next one begins."""
    tied: set[int] = set()
    for place, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(after, _ENDS):
            tied.add(place)
            if not isinstance(block, _ENDS):
                tied.update(_text_above(blocks, place, faces))
        elif isinstance(block, Paragraph) and isinstance(after, _SHOWN):
            alone = place == 0 or not isinstance(blocks[place - 1], Paragraph)
            if block.text.rstrip().endswith(_COLON) or (
                alone and _lines(block, faces) <= ANNOUNCING
            ):
                tied.add(place)
    return tied


def keep_end(strips: Iterator[Strip]) -> Iterator[Strip]:
    """The strips, the last that shows anything kept on the sheet of what follows."""
    held: list[Strip] = []
    for strip in strips:
        if not strip.air:
            yield from held
            held = []
        held.append(strip)
    yield from (replace(strip, keep=True) for strip in held)


def _text_above(blocks: Sequence[Block], place: int, faces: Faces) -> Iterator[int]:
    """The places before ``place`` that are tied too, so that enough lines of text come along."""
    lines = 0
    while place > 0:
        block, above = blocks[place], blocks[place - 1]
        if not isinstance(block, Paragraph | Attendance) or not isinstance(above, Paragraph):
            return
        lines += _lines(block, faces)
        if lines >= LEAST_TEXT:
            return
        place -= 1
        yield place


def _lines(block: Paragraph | Attendance, faces: Faces) -> int:
    """How many lines a text has."""
    if isinstance(block, Attendance):
        return sum(1 for _ in paper_lines.attendance(block, faces))
    return sum(1 for _ in paper_lines.paragraph(block, faces))
