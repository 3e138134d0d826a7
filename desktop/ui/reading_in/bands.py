"""The bands over a sheet's tables: for each column the field that it is read as, and its unit.

A band stands above its table's heading and stays in sight as long as rows of the table are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ledger.definitions import Scheme
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.ui import icons, theme
from desktop.ui.parts.words import draw, width
from desktop.ui.reading_in import offers
from desktop.ui.reading_in.layout import Layout


@dataclass(frozen=True)
class Tag:
    """The heading of one column, on the screen."""

    rect: QRect
    table: TableSeen
    column: ColumnSeen


def bands(layout: Layout, scroll: QPoint, corner: QPoint) -> Iterator[tuple[TableSeen, QRect]]:
    """Every table's band where it is seen now. ``corner`` is where the cells begin."""
    high = layout.measures.band
    for table in layout.tables:
        area = table.area
        left, top, wide, tall = layout.area(area)
        natural = top - high - scroll.y()
        last = top + tall - layout.row_height(area.bottom) - high - scroll.y()
        stands = max(natural, min(0, max(natural, last)))
        yield table, QRect(corner.x() + left - scroll.x(), corner.y() + stands, wide, high)


def tags(layout: Layout, scroll: QPoint, corner: QPoint, room: QRect) -> list[Tag]:
    """The headings that are seen in ``room``."""
    found: list[Tag] = []
    for table, band in bands(layout, scroll, corner):
        if not band.intersects(room):
            continue
        for one in table.columns:
            left = corner.x() + layout.lefts[one.head[1]] - scroll.x()
            right = corner.x() + layout.lefts[one.last + 1] - scroll.x()
            rect = QRect(left, band.y(), right - left, band.height())
            if rect.intersects(room):
                found.append(Tag(rect, table, one))
    first = layout.row_at(scroll.y())
    last = layout.row_at(scroll.y() + room.height())
    for card in layout.cards:
        for one in card.columns if card.area.top <= last and card.area.bottom >= first else ():
            area = layout.merge_at(*one.head)
            left, top, wide, tall = layout.area(area)
            rect = QRect(left - scroll.x(), top - scroll.y(), wide, tall).translated(corner)
            if rect.intersects(room):
                found.append(Tag(rect, card, one))
    return found


def tone_of(column: ColumnSeen) -> str:
    """The tone of a heading: asked about, read, not read, or nothing that need be read."""
    if column.question:
        return "explain"
    if column.fields:
        return "accent"
    return "plain" if column.what else "faint"


def paint(painter: QPainter, tag: Tag, scheme: Scheme, *, chosen: bool) -> None:
    """One heading: the field, the unit of its amounts, and that there is more to choose."""
    now, column = theme.current(), tag.column
    ink, ground = theme.TONES[tone_of(column)]
    rect = tag.rect
    painter.fillRect(rect, theme.color("head" if not column.fields else ground))
    if column.question:
        painter.fillRect(rect, theme.color(ground))
    side = now.px(12)
    arrow = QRect(rect.right() - side - now.px(2), rect.y(), side, rect.height())
    icons.paint(painter, arrow, "chevron-down", ink)
    words = rect.adjusted(now.px(6), 0, -side - now.px(4), 0)
    font = theme.font("small", bold=bool(column.fields))
    unit = column.unit
    if unit:
        small = theme.font("small")
        room = width(unit, small)
        right = QRect(words.right() - room, words.y(), room + 1, words.height())
        draw(painter, right, unit, ink, small)
        words.setRight(right.left() - now.px(4))
    text = offers.said(scheme, column)
    draw(painter, words, f"{text}？" if column.question else text, ink, font)
    painter.setPen(theme.color("line"))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if chosen:
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
