"""The pages of a paper in Word: sheet, margins, grid, page numbers, the small line at the foot.

By GB/T 9704-2012: A4 with a type area of 156 × 225 mm, 22 lines of 28 characters (5.1, 5.2), page
numbers between dashes 7 mm below it, right on odd pages and left on even ones (7.5). Appendices on
their side have the page number where it is on the other pages: on A4 it stands upright along the
left edge, on A3 below the right half.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Length, Twips

from desktop.reports.charts.lettering import fitted, text_width
from desktop.reports.content import Footer, LetterHead, Paper, SheetSize
from desktop.reports.footing import origin
from desktop.reports.page import A4, APPENDIX, MM, Area
from desktop.reports.pen import RED
from desktop.reports.word_elements import (
    SIZE,
    border,
    field,
    node,
    paragraph,
    run,
    spacing,
    tabs,
    twips,
)
from desktop.reports.word_styles import LINE, ink

_NUMBER, _SMALL, _LEAST = 14.0, 7.5, 5.0
_FOOT = 18.0
"""The line at the foot, as high as its style says."""
_LETTER_RULE = 20 * MM
_DEMONSTRATION = "演示数据"


def set_up(document: Document, paper: Paper) -> None:
    """The first section: upright A4, its head and feet."""
    document.settings.odd_and_even_pages_header_footer = True
    _put_sheet(document.sections[0], A4)
    _put_feet(document.sections[0], A4, paper)


def new_section(document: Document, size: SheetSize, paper: Paper) -> Area:
    """Begin a sheet of another kind; the appendices' own."""
    body = document.element.body
    document.add_section(WD_SECTION.NEW_PAGE)
    ending = body[-2]  # the empty paragraph that ends the section before
    before = body[-3] if len(body) > 2 else None
    if before is not None and before.tag == qn("w:p"):
        properties = before.get_or_add_pPr()
        properties.append(ending.pPr.find(qn("w:sectPr")))
        body.remove(ending)
    else:
        ending.pPr.insert(0, node("w:pStyle", val="Break"))
    section = document.sections[-1]
    section.different_first_page_header_footer = False
    sheet = APPENDIX[size]
    _put_sheet(section, sheet)
    _put_feet(section, sheet, paper)
    return sheet


def _put_sheet(section: Section, sheet: Area) -> None:
    section.page_width, section.page_height = _long(sheet.width), _long(sheet.height)
    on_side = sheet.width > sheet.height
    section.orientation = WD_ORIENT.LANDSCAPE if on_side else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = _long(sheet.left), _long(sheet.width - sheet.right)
    section.top_margin = _long(sheet.height - sheet.top)
    section.bottom_margin = _long(sheet.bottom)
    section.gutter = Twips(0)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    characters = sheet.measure / 28 if sheet is A4 else SIZE
    properties.append(
        node(
            "w:docGrid",
            type="linesAndChars",
            linePitch=twips(LINE),
            charSpace=int((characters - SIZE) * 4096 // 1),
        )
    )


def _long(points: float) -> Length:
    return Twips(twips(points))


def _put_feet(section: Section, sheet: Area, paper: Paper) -> None:
    letter = isinstance(paper.head, LetterHead) and sheet is A4
    middle = A4.bottom - 7 * MM  # of the line that holds the page number
    low = _LETTER_RULE if letter else middle - _FOOT / 2
    section.footer_distance = _long(low)
    section.header_distance = _long(30 * MM if letter else 22 * MM)
    turned = sheet.width > sheet.height and sheet.width < A4.height + 1
    if turned:
        section.header_distance = section.footer_distance = _long(10 * MM)
    lift = middle - _FOOT / 2 - low
    for foot, odd in ((section.footer, True), (section.even_page_footer, False)):
        line = _foot_line(sheet, paper.footer, odd, upright=not turned)
        if turned:
            _fill(foot, [paragraph("PageFoot", [_turned(line, sheet, odd)])])
        else:
            raised = [paragraph("PageFoot", (), spacing(line=lift))] if lift > 0.5 else []
            _fill(foot, [line, *raised])
    for head in (section.header, section.even_page_header):
        blank = paragraph("PageHead", (), spacing(line=12))
        _fill(head, [_demonstration(sheet) if paper.demonstration else blank])
    if letter:
        section.different_first_page_header_footer = True
        _fill(section.first_page_footer, _letter_foot(paper.footer))


def _fill(part: _BaseHeaderFooter, content: Sequence[Element]) -> None:
    part.is_linked_to_previous = False
    root = part._element
    for old in list(root):
        root.remove(old)
    root.extend(content)


def _small(footer: Footer, numbered: bool = True) -> list[Element]:
    """The small line; it becomes smaller, and is cut in the end, where it has no room."""
    tail = "　第 888 页 共 888 页" if numbered else ""
    room = A4.measure - 7 * _NUMBER
    text, size = origin(footer), _SMALL
    size = max(_LEAST, min(size, room / max(text_width(text + tail, 1), 0.01)))
    if text_width(text + tail, size) > room:
        text = fitted(text, size, room - text_width(tail, size))
    size = int(size * 2) / 2
    pieces = [run(text, "Small", size)]
    if numbered:
        pieces.append(run("　第 ", "Small", size))
        pieces += _sized(field("PAGE"), size)
        pieces.append(run(" 页 共 ", "Small", size))
        pieces += _sized(field("NUMPAGES"), size)
        pieces.append(run(" 页", "Small", size))
    return pieces


def _sized(runs: Sequence[Element], size: float) -> list[Element]:
    pattern = run("", "Small", size)[0]
    for one in runs:
        for old in one.findall(qn("w:rPr")):
            one.remove(old)
        one.insert(0, deepcopy(pattern))
    return list(runs)


def _foot_line(sheet: Area, footer: Footer, odd: bool, upright: bool) -> Element:
    """Page number and small line: the number outside with one blank, the line on the other side."""
    shift = sheet.measure - A4.measure if upright else 0.0
    end = shift + A4.measure
    number = [run("— "), *field("PAGE"), run(" —")]
    before = [node("w:ind", left=twips(shift))] if shift else []
    if odd:
        stops = tabs((end - _NUMBER, "right"))
        return paragraph("PageFoot", [*_small(footer), run("\t"), *number], stops, *before)
    left = node("w:ind", left=twips(shift + _NUMBER), leftChars=0 if shift else 100)
    if shift:
        del left.attrib[qn("w:leftChars")]
    stops = tabs((end, "right"))
    return paragraph("PageFoot", [*number, run("\t"), *_small(footer)], stops, left)


def _turned(line: Element, sheet: Area, odd: bool) -> Element:
    """The foot of the upright page on a sheet turned clockwise: a text box along the left edge."""
    emu = 12700
    place = A4.bottom - 7 * MM - _FOOT / 2  # from the left edge of the sheet
    top = A4.left  # the upright page's left margin is now above
    wide, high = round(_FOOT * emu), round(A4.measure * emu)
    box: Element = parse_xml(
        f"<w:r {nsdecls('w')}"
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(place * emu)}</wp:posOffset>'
        "</wp:positionH>"
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(top * emu)}</wp:posOffset>'
        "</wp:positionV>"
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{9001 + odd}" name="页码{9001 + odd}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>"
        "</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        ' anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    next(box.iter(qn("w:txbxContent"))).append(line)
    return box


def letter_rule(side: str, kind: str, space: float = 0) -> tuple[Element, Element]:
    """A red double rule of 170 mm in the middle of the sheet (GB/T 9704-2012, 10.1)."""
    left = 28 * MM - 20 * MM
    right = 26 * MM - 20 * MM
    rules = node("w:pBdr", border(side, kind, 3, ink(RED), space))
    return rules, node("w:ind", left=-twips(left), right=-twips(right))


def _letter_foot(footer: Footer) -> list[Element]:
    """The first page of a letter: no number, the small line, thin over thick rule at 20 mm."""
    rule = letter_rule("bottom", "thinThickSmallGap")
    return [
        paragraph("PageFoot", _small(footer, numbered=False)),
        paragraph("PageFoot", (), *rule, spacing(line=2)),
    ]


def _demonstration(sheet: Area) -> Element:
    """Framed at the right of the head of the page: its figures are not real."""
    left = node("w:ind", left=twips(sheet.measure - 4 * 10.5 - 8), right=twips(3))
    return paragraph("Demonstration", [run(_DEMONSTRATION)], left)


def demonstration_frame() -> Element:
    """The same as a frame above everything, where the head of the page says other things."""
    frame = node(
        "w:framePr",
        w=twips(4 * 10.5 + 8),
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=twips(A4.right - 4 * 10.5 - 10),
        y=twips(18 * MM),
    )
    return paragraph("Demonstration", [run(_DEMONSTRATION)], frame)
