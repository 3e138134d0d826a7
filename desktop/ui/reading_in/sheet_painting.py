"""How a sheet is drawn: cells as in the workbook, and over them what is read and what is not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygon

from desktop.ledger.definitions import Scheme
from desktop.sheets.proposals.overview import TableSeen
from desktop.sheets.workbook.grid import Area, is_number, letters, text_of
from desktop.ui import icons, theme
from desktop.ui.parts.words import fitting, width
from desktop.ui.reading_in import bands, offers
from desktop.ui.reading_in.effects import Effects
from desktop.ui.reading_in.layout import Layout, named

#: The ground of a cell by what becomes of it.
GROUNDS = {"open": "explain_soft", "different": "accent_soft"}


class Painting:
    """Draws one sheet into a viewport; made anew with every comparison."""

    def __init__(self, layout: Layout, effects: Effects, scheme: Scheme) -> None:
        self.layout, self.effects, self.scheme = layout, effects, scheme
        self.sheet = layout.sheet
        self.name = layout.sheet.name
        now = theme.current()
        digits = width(str(max(layout.rows, 1)), theme.font("small"))
        self.corner = QPoint(digits + now.px(18), now.px(22))
        self._titles = {
            (row, column)
            for table in (*layout.tables, *layout.cards)
            for row in range(table.header[0], table.header[1] + 1)
            for column in range(table.area.left, table.area.right + 1)
            if not table.card
        }
        # The last value of a card may be merged with cells beyond it.
        self._frames = {card.area: layout.spread(card.area) for card in layout.cards}
        self._near: list[TableSeen] = []
        self._seen = QRect()
        self._labels = {one.head: one for card in layout.cards for one in card.columns}
        self._unread = [
            (table.area, {at for one in table.columns if not one.fields and not one.what
                          for at in range(one.head[1], one.last + 1)})
            for table in layout.tables
        ]  # fmt: skip

    # The whole --------------------------------------------------------------------------------

    def draw(
        self, painter: QPainter, room: QRect, scroll: QPoint, current: tuple[int, int]
    ) -> None:
        """Everything that is seen in ``room``, scrolled by ``scroll``."""
        layout, corner = self.layout, self.corner
        painter.fillRect(room, theme.color("card"))
        if not layout.rows:
            return
        inside = QRect(corner, room.bottomRight())
        first, last = layout.row_at(scroll.y()), layout.row_at(scroll.y() + inside.height())
        left, right = (
            layout.column_at(scroll.x()),
            layout.column_at(scroll.x() + inside.width()),
        )
        self._near = [
            table
            for table in (*layout.tables, *layout.cards)
            if table.area.top <= last and table.area.bottom >= first
        ]
        painter.save()
        painter.setClipRect(inside)
        painter.translate(corner - scroll)
        self._seen = inside.translated(scroll - corner)
        merged = layout.merges(first, last)
        covered = {
            (row, column)
            for area in merged
            for row in range(max(area.top, first), min(area.bottom, last) + 1)
            for column in range(max(area.left, left), min(area.right, right) + 1)
        }
        for row in range(first, last + 1):
            whats = self.effects.row(self.name, row)
            # From the right: a text that goes on to the right is drawn over its neighbours.
            for column in range(right, left - 1, -1):
                if (row, column) not in covered:
                    self._cell(painter, Area(row, column, row, column), whats)
        for area in merged:
            if area.left <= right and area.right >= left:
                self._cell(painter, area, self.effects.row(self.name, area.top))
        self._outlines(painter)
        painter.restore()
        painter.save()
        painter.setClipRect(inside)
        here = layout.merge_at(*current)
        for tag in bands.tags(layout, scroll, corner, inside):
            if not tag.table.card:
                seen = tag.column
                chosen = (
                    seen.head[1] <= here.left <= seen.last
                    and tag.table.area.top <= here.top <= tag.table.area.bottom
                )
                bands.paint(painter, tag, self.scheme, chosen=chosen)
        x, y, wide, tall = layout.area(here)
        ring = QRect(x, y, wide, tall).translated(corner - scroll)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(ring.adjusted(0, 0, -1, -1))
        painter.restore()
        self._edges(painter, room, scroll, (first, last, left, right), here)

    # Cells ------------------------------------------------------------------------------------

    def _cell(self, painter: QPainter, area: Area, whats: object) -> None:
        row, column = area.top, area.left
        x, y, wide, tall = self.layout.area(area)
        rect = QRect(x, y, wide, tall)
        what = whats.get(column, "") if isinstance(whats, dict) else ""
        title = (row, column) in self._titles
        label = self._labels.get((row, column))
        ground, ink = self._look(row, column, what, title=title)
        if label is not None:
            ground, ink = ("accent_soft", "accent") if label.fields else ("read_only", "ink_soft")
            ground = "explain_soft" if label.question else ground
        painter.fillRect(rect, theme.color(ground))
        if ground == "read_only":
            painter.fillRect(rect, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        cell = self.sheet.rows[row][column]
        place = (self.name, row, column)
        if place in self.effects.asked and not title:
            self._corner(painter, rect, theme.color("explain"))
        text = text_of(cell)
        if (row, column) in self.sheet.faults:
            text = "（出错值）"
        elif (row, column) in self.sheet.uncomputed:
            text = "（公式未计算）"
        if label is not None:
            text = named(text, offers.said(self.scheme, label))
            side = theme.current().px(12)
            arrow = QRect(rect.right() - side - 2, rect.y(), side, rect.height())
            icons.paint(painter, arrow, "chevron-down", ink)
            rect = rect.adjusted(0, 0, -side, 0)
        if not text:
            return
        pad = theme.current().px(6)
        room = rect.intersected(self._seen) if area.right > area.left else self._over(area, rect)
        room = room.adjusted(pad, 0, -pad, 0)
        font = theme.font("small", bold=title)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        centred = title or area.right > area.left
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        if is_number(cell) and not title:
            side = Qt.AlignmentFlag.AlignRight
        if tall > self.layout.measures.row + 2:
            flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere)
            painter.drawText(room, flags, text[:400])
            return
        one = " ".join(text.split("\n"))
        painter.drawText(
            room, int(side | Qt.AlignmentFlag.AlignVCenter), fitting(one, font, room.width())
        )

    def _over(self, area: Area, rect: QRect) -> QRect:
        """A text outside the tables goes on over the blank cells beside it, as in the workbook."""
        if any(_within(table.area, area.top, area.left) for table in self._near):
            return rect
        row, column = self.sheet.rows[area.top], area.right + 1
        while column < self.layout.columns and row[column] == "":
            column += 1
        return QRect(rect.x(), rect.y(), self.layout.lefts[column] - rect.x(), rect.height())

    def _look(self, row: int, column: int, what: str, *, title: bool) -> tuple[str, str]:
        """The ground and the ink of a cell."""
        if title:
            return "head", "ink"
        if (self.name, row, column) in self.effects.asked or what == "open":
            return "explain_soft", "ink"
        if self._left_out(row, column, what):
            return "read_only", "ink_faint"
        if not any(_within(table.area, row, column) for table in self._near):
            return "card", "ink_soft"
        return GROUNDS.get(what, "card"), "ink"

    def _left_out(self, row: int, column: int, what: str) -> bool:
        if what:
            return False
        skipped = (self.name, row) in self.effects.skipped
        if skipped and not self.effects.row(self.name, row):
            beside = any(table.area.top <= row <= table.area.bottom for table in self._near)
            inside = any(_within(table.area, row, column) for table in self._near)
            # What is left out is a row of a table, or a text; not the blanks between two tables.
            return inside or not beside or self.sheet.rows[row][column] != ""
        return any(
            column in unread and area.top <= row <= area.bottom for area, unread in self._unread
        )

    def _corner(self, painter: QPainter, rect: QRect, colour: QColor) -> None:
        """A mark in the corner: something is asked here."""
        side = theme.current().px(7)
        top = rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygon([top, QPoint(top.x() - side, top.y()), QPoint(top.x(), top.y() + side)])
        )

    def _outlines(self, painter: QPainter) -> None:
        """A frame around every table and card."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for table in self._near:
            x, y, wide, tall = self.layout.area(self._frames.get(table.area, table.area))
            band = 0 if table.card else self.layout.measures.band
            painter.setPen(QPen(theme.color("accent" if table.kind else "edge"), 2))
            painter.drawRect(x, y - band, wide - 1, tall + band - 1)

    # Letters and numbers ------------------------------------------------------------------------

    def _edges(
        self,
        painter: QPainter,
        room: QRect,
        scroll: QPoint,
        seen: tuple[int, int, int, int],
        here: Area,
    ) -> None:
        first, last, left, right = seen
        layout, corner = self.layout, self.corner
        painter.setFont(theme.font("small"))
        head, line = theme.color("head"), theme.color("line")
        top = QRect(0, 0, room.width(), corner.y())
        side = QRect(0, 0, corner.x(), room.height())
        painter.save()
        painter.setClipRect(side.adjusted(0, corner.y(), 0, 0))
        painter.fillRect(side, head)
        for row in range(first, last + 1):
            y = corner.y() + layout.top(row) - scroll.y()
            rect = QRect(0, y, corner.x(), layout.row_height(row))
            self._edge(painter, rect, str(row + 1), chosen=here.top <= row <= here.bottom,
                       hidden=row in self.sheet.hidden_rows)  # fmt: skip
        painter.restore()
        painter.save()
        painter.setClipRect(top.adjusted(corner.x(), 0, 0, 0))
        painter.fillRect(top, head)
        for column in range(left, right + 1):
            x = corner.x() + layout.lefts[column] - scroll.x()
            wide = layout.lefts[column + 1] - layout.lefts[column]
            self._edge(painter, QRect(x, 0, wide, corner.y()), letters(column),
                       chosen=here.left <= column <= here.right,
                       hidden=column in self.sheet.hidden_columns)  # fmt: skip
        painter.restore()
        painter.fillRect(QRect(0, 0, corner.x(), corner.y()), head)
        painter.setPen(line)
        painter.drawLine(0, corner.y() - 1, room.width(), corner.y() - 1)
        painter.drawLine(corner.x() - 1, 0, corner.x() - 1, room.height())

    def _edge(
        self, painter: QPainter, rect: QRect, text: str, *, chosen: bool, hidden: bool
    ) -> None:
        if chosen:
            painter.fillRect(rect, theme.color("selected"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(theme.color("explain" if hidden else "ink_soft"))
        # What the workbook hides is read all the same, and marked.
        shown = f"{text}隐" if hidden else text
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown)


def _within(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right
