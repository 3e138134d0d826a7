"""Draws a grid's cells straight from its model: no delegate, no widget, no font per cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPolygon

from desktop.ui.grid.cells import Cell
from desktop.ui.grid.geometry import Geometry
from desktop.ui.grid.look import Look
from desktop.ui.lights import paint_light

FRAME = 2  # px around the active cell


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a repaint needs. ``cell`` is asked by row and column of the model.

    ``still`` are places that are there to be read and not greyed for it (the projects' names).
    ``rows`` and ``places`` are the selected block, ``active`` the active cell's row and place.
    """

    geometry: Geometry
    look: Look
    cell: Callable[[int, int], Cell]
    totals: Sequence[Cell] | None
    still: frozenset[int]
    rows: range
    places: range
    active: tuple[int, int] | None

    def paint(self, painter: QPainter, dirty: QRect) -> None:
        """Draw what lies in ``dirty``, px of the viewport."""
        geometry = self.geometry
        painter.fillRect(dirty, self.look.ground)
        bottom = geometry.body_bottom
        parts = self._parts()
        for places, start, end in parts:
            body = QRect(start, 0, end - start, bottom).intersected(dirty)
            if not body.isEmpty():
                painter.setClipRect(body)
                self._body(painter, places, body)
            last = QRect(start, bottom, end - start, geometry.row_height).intersected(dirty)
            if self.totals is not None and not last.isEmpty():
                painter.setClipRect(last)
                self._totals(painter, places, self.totals)
        painter.setClipping(False)
        if dirty.left() < geometry.margin:
            self._numbers(painter, geometry.visible_rows(dirty.top(), dirty.bottom() + 1))
        if geometry.frozen:
            self._frozen_edge(painter)
        for places, start, end in parts:
            painter.setClipRect(QRect(start - 1, 0, end - start + 1, bottom).intersected(dirty))
            self._frames(painter, places)
        painter.setClipping(False)

    def _parts(self) -> tuple[tuple[range, int, int], ...]:
        """The scrolled and the frozen places that show, and from where to where they do."""
        geometry = self.geometry
        edge = geometry.frozen_edge
        return (
            (geometry.visible_places(), edge, geometry.right_edge),
            (range(geometry.frozen), geometry.margin, edge),
        )

    def _body(self, painter: QPainter, places: range, area: QRect) -> None:
        """The cells of one part: grounds, lines between them, then what stands in them."""
        geometry, look = self.geometry, self.look
        rows = geometry.visible_rows(area.top(), area.bottom() + 1)
        columns = [
            (place, geometry.columns[place], geometry.left_of(place), geometry.width_of(place))
            for place in places
        ]
        columns = [c for c in columns if c[2] <= area.right() and c[2] + c[3] > area.left()]
        painter.fillRect(area, look.card)
        filled = list(self._grounds(painter, rows, columns))
        for row in rows:
            under = (row + 1) * geometry.row_height - geometry.top - 1
            painter.fillRect(area.left(), under, area.width(), 1, look.line)
        for _, _, left, width in columns:
            painter.fillRect(left + width - 1, area.top(), 1, area.height(), look.line)
        for cell, place, left, top, width in filled:
            self._content(painter, cell, place in self.still, left, top, width)

    def _grounds(
        self, painter: QPainter, rows: range, columns: Sequence[tuple[int, int, int, int]]
    ) -> Iterator[tuple[Cell, int, int, int, int]]:
        """Colour the cells; gives those with something in them."""
        look, high, shift = self.look, self.geometry.row_height, self.geometry.top
        several = len(self.rows) > 1 or len(self.places) > 1
        for row in rows:
            top = row * high - shift
            chosen = several and row in self.rows
            for place, column, left, width in columns:
                cell = self.cell(row, column)
                ground = look.tones.get(cell.tone)
                if ground is None and not cell.editable and place not in self.still:
                    ground = look.read_only
                if ground is not None:
                    painter.fillRect(left, top, width, high, ground)
                if chosen and place in self.places and (row, place) != self.active:
                    painter.fillRect(left, top, width, high, look.veil)
                if cell.text or cell.tone != "plain":
                    yield cell, place, left, top, width

    def _content(
        self, painter: QPainter, cell: Cell, still: bool, left: int, top: int, width: int
    ) -> None:
        """A cell's mark and text."""
        look = self.look
        start, room, high = left + look.pad, width - 2 * look.pad, self.geometry.row_height - 1
        if cell.tone in look.lights:
            paint_light(painter, QRect(start, top, look.mark, high), cell.tone[6:])
            start += look.mark + look.pad // 2
            room -= look.mark + look.pad // 2
        elif cell.tone == "must":
            self._must_mark(painter, left + width - 1, top)
        elif cell.tone == "explain":
            self._explain_mark(painter, left + width - 1, top)
        if not cell.text or room <= 0:
            return
        bold = cell.bold or cell.tone == "total"
        text = look.text(cell.text, room, bold)
        if cell.right:
            start += room - text.width
        painter.setFont(look.bold if bold else look.plain)
        painter.setPen(look.ink_of(cell, soft=not cell.editable and not still))
        painter.drawStaticText(start, top + (high - look.line_height) // 2, text.text)

    def _must_mark(self, painter: QPainter, right: int, top: int) -> None:
        """A filled corner: what blocks."""
        side = self.look.pad
        corner = [QPoint(right - side, top), QPoint(right, top), QPoint(right, top + side)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.must)
        painter.drawPolygon(QPolygon(corner))

    def _explain_mark(self, painter: QPainter, right: int, top: int) -> None:
        """A dot in the corner: what asks for words."""
        side = round(self.look.pad * 0.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.explain)
        painter.drawEllipse(right - side - 2, top + 3, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _frames(self, painter: QPainter, part: range) -> None:
        """Around the block, thin, and around the active cell."""
        look, frozen = self.look, self.geometry.frozen
        whole = range(frozen) if part.start < frozen else range(frozen, self.geometry.places)
        if len(self.rows) > 1 or len(self.places) > 1:
            self._frame(painter, self.rows, self.places, whole, 1, look.accent)
        if self.active is not None:
            row, place = self.active
            own = range(row, row + 1), range(place, place + 1)
            self._frame(painter, *own, whole, FRAME, look.accent)

    def _frame(
        self, painter: QPainter, rows: range, places: range, part: range, thick: int, ink: QColor
    ) -> None:
        """Around cells, as far as they stand in this part; the painter is clipped to it."""
        inside = range(max(places.start, part.start), min(places.stop, part.stop))
        if not inside or not rows:
            return
        geometry = self.geometry
        high = geometry.row_height
        left = geometry.left_of(inside[0]) - 1
        right = geometry.left_of(inside[-1]) + geometry.width_of(inside[-1])
        top, bottom = rows.start * high - geometry.top - 1, rows.stop * high - geometry.top
        left, top = left + (left == -1), top + (top == -1)  # the border of the viewport
        painter.fillRect(left, top, right - left, thick, ink)
        painter.fillRect(left, bottom - thick, right - left, thick, ink)
        if inside[0] == places.start:
            painter.fillRect(left, top, thick, bottom - top, ink)
        if inside[-1] == places.stop - 1:
            painter.fillRect(right - thick, top, thick, bottom - top, ink)

    def _totals(self, painter: QPainter, places: range, totals: Sequence[Cell]) -> None:
        geometry, look = self.geometry, self.look
        top, high = geometry.body_bottom, geometry.row_height
        for place in places:
            left, width = geometry.left_of(place), geometry.width_of(place)
            painter.fillRect(left, top, width, high, look.head)
            painter.fillRect(left + width - 1, top, 1, high, look.line)
            column = geometry.columns[place]
            if column < len(totals):
                self._content(painter, totals[column], True, left, top, width)
            painter.fillRect(left, top, width, 1, look.edge)
            painter.fillRect(left, top + high - 1, width, 1, look.line)

    def _numbers(self, painter: QPainter, rows: range) -> None:
        """The row numbers; those of the block stand out."""
        geometry, look = self.geometry, self.look
        width, high, bottom = geometry.margin, geometry.row_height, geometry.body_bottom
        painter.setFont(look.small)
        painter.setClipRect(0, 0, width, bottom)
        painter.fillRect(0, 0, width, bottom, look.head)
        for row in rows:
            top = row * high - geometry.top
            chosen = row in self.rows
            if chosen:
                painter.fillRect(0, top, width, high, look.accent_soft)
            painter.fillRect(0, top + high - 1, width, 1, look.line)
            painter.setPen(look.accent if chosen else look.ink_soft)
            box = QRect(0, top, width - look.pad, high - 1)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, str(row + 1))
        painter.setClipping(False)
        painter.fillRect(width - 1, 0, 1, bottom, look.line)
        if self.totals is not None:
            painter.fillRect(0, bottom, width, high, look.head)
            painter.fillRect(0, bottom, width, 1, look.edge)
            painter.fillRect(width - 1, bottom, 1, high, look.line)
            painter.fillRect(0, bottom + high - 1, width, 1, look.line)

    def _frozen_edge(self, painter: QPainter) -> None:
        """The line behind the frozen columns; a shadow when something is scrolled under them."""
        geometry, look = self.geometry, self.look
        edge = geometry.frozen_edge
        height = geometry.body_bottom + (geometry.row_height if self.totals is not None else 0)
        painter.fillRect(edge - 1, 0, 1, height, look.edge)
        if geometry.left:
            reach = look.pad
            shadow = QLinearGradient(edge, 0, edge + reach, 0)
            clear = QColor(look.shadow)
            clear.setAlpha(0)
            shadow.setColorAt(0, look.shadow)
            shadow.setColorAt(1, clear)
            painter.fillRect(QRect(edge, 0, reach, height), shadow)
