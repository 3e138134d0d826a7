"""Tables and forms of a paper in Word: merged headings that each page repeats, widths as in PDF.

The widths and the size are those of the PDF (:func:`desktop.reports.columns.make_grid`), so that
both show the same table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from desktop.reports.columns import LEDGER_SIZES, PROSE_SIZES, Grid, make_grid
from desktop.reports.content import Column, Form, Imprint, Row, Table
from desktop.reports.fonts import Faces
from desktop.reports.page import A4, HIGH, PITCH, Strip
from desktop.reports.table import row_strip, stays
from desktop.reports.word_elements import (
    border,
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
from desktop.reports.word_styles import cell_margins

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BASE = 10.5
_ABOVE = 4.0
_NARROW, _WIDE = 4, 8
"""The places of a form's labels, in characters."""
_PLAIN = {"text": "TableText", "figure": "TableFigure", "word": "TableWord", "light": "TableWord"}
_HEAVY = {**dict.fromkeys(("text", "word", "light"), "TableTotal"), "figure": "TableSum"}


def table_elements(
    table: Table, measure: float, faces: Faces, ledger: bool = False
) -> Iterator[Element]:
    """Caption, unit, table and note; ``measure`` in points, ``ledger`` in the sizes of a ledger."""
    if table.caption:
        yield paragraph("Caption", [run(table.caption)])
    if table.unit and not ledger:
        yield paragraph("TableUnit", [run(table.unit)])
    if not table.caption and not table.unit and not ledger:
        yield kept(apart(_ABOVE))
    grid = make_grid(table, measure, faces, LEDGER_SIZES if ledger else PROSE_SIZES)
    yield drawn(table, grid, faces)
    if table.note:
        yield paragraph("TableNote", [run(table.note)])
    else:
        yield apart()


def drawn(table: Table, grid: Grid, faces: Faces) -> Element:
    """The table itself: its heading rows, then its rows, at least one that says it is empty."""
    widths = [twips(b) - twips(a) for a, b in pairwise(grid.edges)]
    made = _ruled(widths)
    made.extend(_heading(table.columns, widths, grid.size))
    rows = table.rows or (Row((table.empty,), span=len(table.columns)),)
    last = len(rows) - 1
    head = Strip(0, lambda pen, x, y: None)
    heights = [row_strip(row, grid, faces, head, keep=False).height for row in rows]
    for number, row in enumerate(rows):
        keep = False
        if number < last:
            high = max(heights[number : number + 2])
            bound = row.kind == "section" or rows[number + 1].kind != "row"
            keep = bound or stays(number + 1, last, high)
        cut = heights[number] > HIGH
        made.append(_row(row, table.columns, widths, grid.size, keep=keep and not cut, cut=cut))
    return made


def _ruled(widths: Sequence[int], *settings: Element) -> Element:
    rules = node("w:tblBorders", *(border(side, "single", 0.5) for side in _SIDES))
    return node(
        "w:tbl",
        node(
            "w:tblPr",
            *settings,
            node("w:tblW", w=sum(widths), type="dxa"),
            node("w:jc", val="center"),
            rules,
            node("w:tblLayout", type="fixed"),
            cell_margins(),
        ),
        node("w:tblGrid", *(node("w:gridCol", w=width) for width in widths)),
    )


def _cell(
    width: int, content: Element, span: int = 1, merge: str = "", place: str = "center"
) -> Element:
    """A cell over ``span`` columns; ``merge``: ``restart`` or ``continue`` of one going down;
    ``place``: where its content stands."""
    properties = node("w:tcPr", node("w:tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(node("w:gridSpan", val=span))
    if merge:
        properties.append(node("w:vMerge", val=merge))
    properties.append(node("w:vAlign", val=place))
    return node("w:tc", properties, content)


def _heading(columns: Sequence[Column], widths: Sequence[int], size: float) -> Iterator[Element]:
    """Heading rows, repeated on each page; groups run over their columns, the others down."""
    depth = max(len(column.title_path) for column in columns)
    for level in range(depth):
        made = node("w:tr", node("w:trPr", node("w:cantSplit"), node("w:tblHeader")))
        first = 0
        while first < len(columns):
            path = columns[first].title_path
            last = _group_end(columns, first, level) if level < len(path) - 1 else first
            merge = ""
            if level >= len(path) - 1 and depth > len(path):
                merge = "restart" if level == len(path) - 1 else "continue"
            text = path[level] if level < len(path) else ""
            content = paragraph("TableHead", [run(text, size=_sized(size))] if text else ())
            made.append(_cell(sum(widths[first : last + 1]), content, last - first + 1, merge))
            first = last + 1
        yield made


def _group_end(columns: Sequence[Column], first: int, level: int) -> int:
    """The last column under the same merged heading."""
    group, last = columns[first].title_path[: level + 1], first
    while last + 1 < len(columns):
        path = columns[last + 1].title_path
        if path[: level + 1] != group or len(path) <= level + 1:
            break
        last += 1
    return last


def _row(
    row: Row,
    columns: Sequence[Column],
    widths: Sequence[int],
    size: float,
    *,
    keep: bool,
    cut: bool,
) -> Element:
    """A row that stays with the next one (``keep``), or that a page's end may ``cut``."""
    made = node("w:tr", node("w:trPr") if cut else node("w:trPr", node("w:cantSplit")))
    width = len(columns)
    span = width if row.kind == "section" else min(max(row.span, 1), width)
    styles = _PLAIN if row.kind == "row" else _HEAVY
    for number in range(width):
        if 0 < number < span:
            continue
        last = span - 1 if number == 0 else number
        column = columns[number]
        style = styles[column.kind]
        if number == 0 and (span > 1 or row.kind in ("subtotal", "total")):
            style = styles["word"]
        properties = [node("w:jc", val="left")] if row.kind == "section" else []
        text = row.cells[number] if number < len(row.cells) else ""
        runs = [run(text, size=_sized(size))] if text else []
        if column.kind == "light" and row.light and last == number:
            runs = [sign(row.light)]
        content = paragraph(style, runs, *properties, keep=keep)
        made.append(_cell(sum(widths[number : last + 1]), content, last - number + 1))
    return made


def _sized(size: float) -> float | None:
    return None if size == _BASE else size


def form_elements(form: Form) -> Iterator[Element]:
    """A form: labels in narrow places, what is written beside them, room kept for the pen."""
    if form.caption:
        yield paragraph("Caption", [run(form.caption)])
    else:
        yield kept(apart(_ABOVE))
    longest = max((len(entry.label) for row in form.rows for entry in row), default=0)
    label = min(max(longest + 1, _NARROW), _WIDE) * 14.0
    half = A4.measure / 2
    edges = [0.0, label, half, half + label, A4.measure]
    widths = [twips(b) - twips(a) for a, b in pairwise(edges)]
    made = _ruled(widths)
    for entries in form.rows:
        lines = max(entry.lines for entry in entries)
        height = node("w:trHeight", val=twips(lines * PITCH), hRule="atLeast")
        row = node("w:tr", node("w:trPr", node("w:cantSplit"), height))
        wide = len(entries) == 1
        for entry in entries:
            row.append(_cell(widths[0], paragraph("FormLabel", [run(entry.label)])))
            room = sum(widths[1:]) if wide else widths[1]
            # What is printed where the pen has room (a date to be filled in) stands below it.
            filled_in = entry.lines > 1 and bool(entry.text) and len(entry.text) * 14 < room / 20
            side = [node("w:jc", val="right"), indent(14, right=1)] if filled_in else []
            text = paragraph("FormText", [run(entry.text)] if entry.text else (), *side)
            place = "bottom" if filled_in else "center"
            row.append(_cell(room, text, 3 if wide else 1, place=place))
        made.append(row)
    yield made
    yield apart()


def imprint_elements(imprint: Imprint) -> Iterator[Element]:
    """版记 at the foot of its page: outer rules 0.35 mm, inner ones 0.25 mm (GB/T 9704, 7.4)."""
    width = twips(A4.measure)
    lines = []
    if imprint.copied:
        copied = imprint.copied
        copied = copied if copied.startswith("抄送") else f"抄送：{copied}"
        full = "" if copied.endswith("。") else "。"
        hanging = indent(14, left=4, right=1, hanging=3)
        lines.append(paragraph("Imprint", [run(copied + full)], hanging, keep=True))
    day = (
        imprint.date if not imprint.date or imprint.date.endswith("印发") else f"{imprint.date}印发"
    )
    both = [run(f"{imprint.office}\t{day}")]
    stops = tabs((A4.measure - 14, "right"))
    lines.append(paragraph("Imprint", both, stops, indent(14, left=1, right=1)))
    outer, inner = 0.35 * 72 / 25.4, 0.25 * 72 / 25.4
    rules = node(
        "w:tblBorders",
        border("top", "single", outer),
        border("bottom", "single", outer),
        border("insideH", "single", inner),
    )
    at_foot = node(
        "w:tblpPr",
        vertAnchor="margin",
        horzAnchor="margin",
        tblpX=0,
        tblpYSpec="bottom",
    )
    made = node(
        "w:tbl",
        node(
            "w:tblPr",
            at_foot,
            node("w:tblOverlap", val="never"),
            node("w:tblW", w=width, type="dxa"),
            rules,
            node("w:tblLayout", type="fixed"),
        ),
        node("w:tblGrid", node("w:gridCol", w=width)),
        *(node("w:tr", node("w:trPr", node("w:cantSplit")), _cell(width, line)) for line in lines),
    )
    yield apart(PITCH / 2)
    yield made
    yield apart()


def apart(space: float = 7) -> Element:
    """An empty paragraph of ``space`` points; Word wants one behind every table."""
    return paragraph("Break", (), spacing(line=space))
