"""The blocks of a paper as elements of a Word file, one drawing for each kind.

A kind that nothing here draws is a fault of ours, found by the type checker and by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import assert_never

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Pt

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
    Ledger,
    Paragraph,
    Signatures,
    Slip,
    Table,
)
from desktop.reports.fonts import Faces
from desktop.reports.page import A4, BODY, PITCH, Area
from desktop.reports.paper_keeping import tied_blocks
from desktop.reports.paper_lines import title_size
from desktop.reports.prose import balanced, clean
from desktop.reports.word_elements import (
    SIZE,
    indent,
    kept,
    node,
    paragraph,
    run,
    sign,
    spacing,
    tabs,
    twips,
)
from desktop.reports.word_table import form_elements, imprint_elements, table_elements

TITLE = 22.0
"""2号."""
_CLOSED_BY = frozenset("：:")


class Drawer:
    """Draws blocks of one document: charts are parts of it, widths need the faces."""

    def __init__(self, document: Document, faces: Faces) -> None:
        self.document, self.faces = document, faces

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Element]:
        """All blocks in order, those that belong together kept on one page."""
        tied = tied_blocks(blocks, self.faces)
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            drawn = list(self.block(block))
            if number in tied:
                _keep_end(drawn)
            if isinstance(block, Slip) and not isinstance(after, Slip | None):
                drawn.append(paragraph("Break", [node("w:r", node("w:br", type="page"))]))
            yield from drawn

    def block(self, block: Block) -> Iterator[Element]:
        """One block as paragraphs and tables."""
        match block:
            case Heading():
                yield paragraph(f"Heading{block.level}", [run(clean(block.text))])
            case Paragraph():
                yield _paragraph(block)
            case Table():
                yield from table_elements(block, A4.measure, self.faces)
            case Chart():
                yield from self._chart(block)
            case Addressee():
                text = clean(block.text)
                closed = text if text[-1:] in _CLOSED_BY else f"{text}："
                yield paragraph("Addressee", [run(closed)])
            case Attendance():
                yield _attendance(block)
            case Attachments():
                yield from _attachments(block)
            case Form():
                yield from form_elements(block)
            case Slip():
                yield from self._slip(block)
            case Signatures():
                yield self._signatures(block.names, A4.measure, 14)
            case Closing():
                yield from self._closing(block)
            case Imprint():
                yield from imprint_elements(block)
            case _:
                assert_never(block)

    def title(
        self, text: str, *properties: Element, size: float = 0, measure: float = A4.measure
    ) -> Element:
        """A title in lines of nearly the same width: its sides are drawn in, no line is forced.

        ``size`` 0 is that of a paper's title.
        """
        cleaned = clean(text)
        size = size or title_size(cleaned, self.faces)
        room = measure * 0.92 / size * 1000
        lines = balanced(cleaned, self.faces.advances["title"], room)
        widest = max((self.faces.em("title", line) for line in lines), default=0) * size
        side = twips(max(0.0, (measure - widest - size / 2) / 2)) if len(lines) > 1 else 0
        drawn_in = [node("w:ind", left=side, right=side)] if side else []
        runs = [run(cleaned, size=None if size == TITLE else size)]
        if size < TITLE and not any(one.tag == qn("w:spacing") for one in properties):
            properties = (*properties, spacing(line=size * 1.6))
        return paragraph("Title", runs, *properties, *drawn_in)

    def appendix(self, ledger: Ledger, sheet: Area) -> Iterator[Element]:
        """A ledger on a sheet of its own section."""
        if ledger.label:
            yield paragraph("AppendixLabel", [run(clean(ledger.label))])
        size = 22.0 if sheet.width > 900 else 18.0
        level = node("w:outlineLvl", val=0)
        line = spacing(line=size * 1.5)
        yield self.title(ledger.title, line, level, size=size, measure=sheet.measure)
        if ledger.subtitle:
            subtitle = run(clean(ledger.subtitle), size=12)
            yield paragraph("Subtitle", [subtitle], spacing(line=20))
        if ledger.prepared or ledger.table.unit:
            runs = [run(f"{clean(ledger.prepared)}\t{clean(ledger.table.unit)}")]
            left = node("w:jc", val="left")
            yield paragraph("TableUnit", runs, left, tabs((sheet.measure, "right")))
        yield from table_elements(ledger.table, sheet.measure, self.faces, ledger=True)
        if ledger.signatures:
            yield self._signatures(ledger.signatures, sheet.measure, 10.5)

    def _chart(self, chart: Chart) -> Iterator[Element]:
        from desktop.reports.word_chart import picture

        if chart.caption:
            yield paragraph("Caption", [run(clean(chart.caption))])
        wide = min(A4.measure - 1, A4.depth * 0.8 * chart.drawing.width / chart.drawing.height)
        high = chart.drawing.height * wide / chart.drawing.width
        stream = BytesIO(picture(chart.drawing))
        inline = self.document.part.new_pic_inline(stream, Pt(wide), Pt(high))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # without them some programs keep 3 mm on either side
        inline.docPr.set("name", clean(chart.caption) or "图")
        inline.docPr.set("descr", clean(chart.drawing.said or chart.caption))
        yield paragraph("Chart", [node("w:r", node("w:drawing", inline))])

    def _slip(self, slip: Slip) -> Iterator[Element]:
        yield self.title(slip.title, node("w:pageBreakBefore"))
        if slip.subtitle:
            yield paragraph("Subtitle", [run(clean(slip.subtitle))])
        yield paragraph("Number", (), spacing(line=PITCH / 2))
        yield from self.blocks(slip.blocks)

    def _signatures(self, names: tuple[str, ...], measure: float, size: float) -> Element:
        """Places to sign side by side, half of each left for the name."""
        labels = [clean(name).rstrip("：:") + "：" for name in names]
        slot = measure / max(len(labels), 1)
        widest = max((self.faces.em("fang", label) for label in labels), default=1)
        size = int(min(size, slot * 0.65 / max(widest, 1)) * 2) / 2
        stops = tabs(*((slot * place, "left") for place in range(1, len(labels))))
        return paragraph("Signatures", [run("\t".join(labels), size=size)], stops, _above())

    def _closing(self, closing: Closing) -> Iterator[Element]:
        """Issuer over the date, which ends four characters from the right (7.3.5)."""
        date, issuer = clean(closing.date), clean(closing.issuer)
        whole = A4.measure / BODY
        wide, day = (self.faces.em("fang", text) for text in (issuer, date))
        middle = 4 + day / 2  # of both, in characters from the right
        right = max(0.0, middle - wide / 2)
        if wide / 2 > middle:
            middle = min(wide, whole * 0.7) / 2
        if issuer:
            broken = indent(right=right, left=whole * 0.3 if wide > whole * 0.7 else 0)
            yield paragraph("Closing", [run(issuer)], broken, _above(PITCH), keep=bool(date))
        if date:
            space = [] if issuer else [_above(PITCH)]
            yield paragraph("Closing", [run(date)], indent(right=middle - day / 2), *space)


def _keep_end(drawn: list[Element]) -> None:
    """Keep what ends in these elements on the page of what follows: the last text, or row."""
    for element in reversed(drawn):
        if element.tag == qn("w:tbl"):
            for part in element.findall(qn("w:tr"))[-1].iter(qn("w:p")):
                kept(part)
            return
        kept(element)
        if element.findall(qn("w:r")):
            return


def _above(space: float = PITCH / 2) -> Element:
    return spacing(before=space)


def _paragraph(block: Paragraph) -> Element:
    runs = [sign(block.light, " ")] if block.light else []
    if block.lead:
        runs.append(run(clean(block.lead), "Lead"))
    return paragraph("Body", [*runs, run(clean(block.text))])


def _attendance(block: Attendance) -> Element:
    """Two characters in; what follows the colon stays under itself (10.3)."""
    lead = clean(block.lead).rstrip("：:") + "："
    hanging = indent(left=2 + len(lead), hanging=len(lead))
    return paragraph("Attendance", [run(lead, "LeadHei"), run(clean(block.names))], hanging)


def _attachments(block: Attachments) -> Iterator[Element]:
    """A line below the body: two characters in, numbered where there are several (7.3.4)."""
    lead = 3.0
    for number, name in enumerate(block.names, 1):
        order = f"{number}. " if len(block.names) > 1 else ""
        word = "附件：" if number == 1 else ""
        width = len(order) / 2
        left, hanging = 2 + lead + width, (lead if word else 0) + width
        edge = node(
            "w:ind",
            left=twips(left * SIZE),
            hanging=twips(hanging * SIZE),
            leftChars=round(left * 100),
            hangingChars=round(hanging * 100),
        )
        space = [_above(PITCH)] if word else []
        keep = number < len(block.names)
        runs = [run(f"{word}{order}{clean(name)}")]
        yield paragraph("Attachments", runs, edge, *space, keep=keep)
