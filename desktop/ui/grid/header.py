"""The heading of a grid: titles in one row or in two under their groups, to be grasped and moved.

Press a title to choose its column, drag it to another place, drag its right edge to widen it,
double-click the edge to fit it, press the arrow (or the right button) for its menu.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.ui import icons
from desktop.ui.grid.cells import Column
from desktop.ui.grid.geometry import Geometry
from desktop.ui.grid.look import Look
from desktop.ui.grid.selection import Selection
from desktop.ui.parts.words import tip

NUMBERS = "序"
REACH = 4  # px to both sides of an edge that can be grasped
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


@dataclass(slots=True)
class _Drag:
    """A button held down on a title (or, ``edge``, on its right edge) since x = ``start``."""

    place: int
    start: int
    edge: bool
    x: int
    moving: bool = False


class Heading(QWidget):
    """Draws the titles and says what a person does with them; places count shown columns."""

    pressed = Signal(int, bool)  # place, Shift
    corner_pressed = Signal()
    resized = Signal(int, int)  # place, px
    fit_requested = Signal(int)
    moved = Signal(int, int)  # place, the place before which it is put (or their number)
    menu_requested = Signal(int, QPoint)  # place, where on the screen
    grasped = Signal()  # before anything is done

    def __init__(
        self, parent: QWidget, geometry: Callable[[], Geometry], selection: Selection
    ) -> None:
        super().__init__(parent)
        self._geometry, self._selection = geometry, selection
        self._columns: Sequence[Column] = ()
        self._look = Look()
        self._drag: _Drag | None = None
        self._hover = -1
        self.sorted_by: tuple[str, bool] | None = None
        self.filtered: frozenset[str] = frozenset()
        self.setMouseTracking(True)
        self.setAccessibleName("表头")

    def show_columns(self, columns: Sequence[Column], look: Look) -> None:
        """Take other columns (those of the model, all of them) or another look."""
        self._columns, self._look = columns, look
        self.update()

    @property
    def two_rows(self) -> bool:
        """Whether a shown column stands under a group."""
        return any(self._columns[column].group for column in self._geometry().columns)

    @property
    def height_wanted(self) -> int:
        """px."""
        return self._look.row_height * (2 if self.two_rows else 1) + 1

    def area_of(self, place: int) -> QRect:
        """Where a title stands."""
        geometry = self._geometry()
        column = self._columns[geometry.columns[place]]
        top = self._look.row_height if self.two_rows and column.group else 0
        left, width = geometry.left_of(place), geometry.width_of(place)
        return QRect(left, top, width, self.height() - 1 - top)

    def arrow_of(self, place: int) -> QRect:
        """Where the arrow of a column's menu stands."""
        area, side = self.area_of(place), self._look.mark
        return QRect(area.right() - side - 3, area.center().y() - side // 2, side, side)

    # Drawing -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, geometry, look = QPainter(self), self._geometry(), self._look
        height = self.height() - 1
        painter.fillRect(self.rect(), look.head)
        painter.setFont(look.bold)
        shown = geometry.visible_places()
        edge = geometry.frozen_edge
        painter.setClipRect(edge, 0, geometry.width - edge, height)
        self._titles(painter, shown, edge)
        painter.setClipRect(geometry.margin, 0, edge - geometry.margin, height)
        painter.fillRect(geometry.margin, 0, edge - geometry.margin, height, look.head)
        self._titles(painter, range(geometry.frozen), geometry.margin)
        painter.setClipping(False)
        if geometry.margin:
            corner = QRect(0, 0, geometry.margin, height)
            painter.fillRect(corner, look.head)
            painter.setPen(look.ink_soft)
            painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, NUMBERS)
            painter.fillRect(geometry.margin - 1, 0, 1, height, look.line)
        if geometry.frozen:
            painter.fillRect(edge - 1, 0, 1, height, look.edge)
        painter.fillRect(0, height, self.width(), 1, look.edge)
        if self._drag is not None and self._drag.moving:
            self._moving(painter, self._drag)
        painter.end()

    def _titles(self, painter: QPainter, places: range, start: int) -> None:
        geometry, look = self._geometry(), self._look
        for group, members in self._groups(places):
            if group:
                left = geometry.left_of(members[0])
                right = geometry.left_of(members[-1]) + geometry.width_of(members[-1])
                box = QRect(left, 0, right - left, look.row_height)
                painter.fillRect(box.right(), 0, 1, look.row_height, look.line)
                painter.fillRect(left, box.bottom(), box.width(), 1, look.line)
                seen = box.intersected(QRect(start, 0, geometry.width - start, look.row_height))
                room = seen.adjusted(look.pad, 0, -look.pad, 0)
                painter.setPen(look.ink_soft)
                text = look.text(group, max(0, room.width()), True)
                y = (look.row_height - look.line_height) // 2
                painter.drawStaticText(room.left(), y, text.text)
            for place in members:
                self._title(painter, place)

    def _groups(self, places: range) -> Iterator[tuple[str, list[int]]]:
        """Neighbours of one group; each column without a group alone."""
        columns = self._geometry().columns
        members: list[int] = []
        for place in places:
            group = self._columns[columns[place]].group
            before = self._columns[columns[members[0]]].group if members else ""
            if members and (not group or group != before):
                yield before, members
                members = []
            members.append(place)
        if members:
            yield self._columns[columns[members[0]]].group, members

    def _title(self, painter: QPainter, place: int) -> None:
        look, area = self._look, self.area_of(place)
        column = self._columns[self._geometry().columns[place]]
        chosen = place in self._selection.span()[1]
        if chosen:
            painter.fillRect(area, look.accent_soft)
            painter.fillRect(area.left(), area.bottom() - 1, area.width(), 2, look.accent)
        painter.fillRect(area.right(), area.top(), 1, area.height(), look.line)
        room = area.adjusted(look.pad, 0, -look.pad // 2, 0)
        signs = self._signs(column, place)
        room.setRight(room.right() - len(signs) * (look.mark + 2))
        painter.setPen(look.accent if chosen else look.ink)
        two = area.height() >= 2 * look.line_height
        if two and look.natural_width(column.title, True) > room.width():
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | _WRAPS
            painter.drawText(room, flags, column.title)
        else:
            text = look.text(column.title, max(0, room.width()), True)
            y = area.top() + (area.height() - look.line_height) // 2
            painter.drawStaticText(room.left(), y, text.text)
        box = self.arrow_of(place)
        for sign in signs:
            icons.paint(painter, box, sign, "accent" if sign != "chevron-down" else "ink_soft")
            box.translate(-look.mark - 2, 0)

    def _signs(self, column: Column, place: int) -> list[str]:
        """The icons at the right of a title, the outermost first."""
        signs = []
        if self.sorted_by is not None and self.sorted_by[0] == column.name:
            signs.append("arrow-down" if self.sorted_by[1] else "arrow-up")
        if column.name in self.filtered:
            signs.append("filter")
        return signs or (["chevron-down"] if place == self._hover else [])

    def _moving(self, painter: QPainter, drag: _Drag) -> None:
        """The title under the mouse, and a bar where it will stand."""
        look, geometry = self._look, self._geometry()
        before = self._target(drag)
        x = geometry.right_edge if before == geometry.places else geometry.left_of(before)
        painter.fillRect(x - 2, 0, 4, self.height(), look.accent)
        area = self.area_of(drag.place)
        area.moveLeft(drag.x - area.width() // 2)
        painter.setOpacity(0.85)
        painter.fillRect(area, look.accent_soft)
        painter.setPen(QPen(look.accent, 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        title = self._columns[geometry.columns[drag.place]].title
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, title)
        painter.setOpacity(1)

    # Grasping ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.grasped.emit()
        spot, geometry = event.position().toPoint(), self._geometry()
        place = geometry.place_at(spot.x())
        edge = geometry.border_at(spot.x(), REACH)
        if event.button() == Qt.MouseButton.LeftButton and edge >= 0:
            self._drag = _Drag(edge, spot.x(), True, spot.x())
        elif spot.x() < geometry.margin:
            self.corner_pressed.emit()
        elif place >= 0 and event.button() == Qt.MouseButton.RightButton:
            self.menu_requested.emit(place, self.mapToGlobal(spot))
        elif place >= 0 and self.arrow_of(place).contains(spot):
            self.menu_requested.emit(place, self.mapToGlobal(self.area_of(place).bottomLeft()))
        elif place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(place, shift)
            self._drag = _Drag(place, spot.x(), False, spot.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, drag, geometry = event.position().toPoint().x(), self._drag, self._geometry()
        if drag is None:
            at_edge = geometry.border_at(x, REACH) >= 0
            self.setCursor(Qt.CursorShape.SplitHCursor if at_edge else Qt.CursorShape.ArrowCursor)
            self._hover_at(geometry.place_at(x))
            return
        drag.x = x
        if drag.edge:
            self.resized.emit(drag.place, max(1, x - geometry.left_of(drag.place)))
        elif drag.moving or abs(x - drag.start) >= QApplication.startDragDistance():
            drag.moving = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if drag is not None and drag.moving:
            before = self._target(drag)
            if before not in (drag.place, drag.place + 1):
                self.moved.emit(drag.place, before)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        edge = self._geometry().border_at(event.position().toPoint().x(), REACH)
        if edge >= 0:
            self.fit_requested.emit(edge)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_at(-1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._geometry().place_at(event.pos().x())
            if place >= 0:
                column = self._columns[self._geometry().columns[place]]
                help_ = column.field.help if column.field is not None else ""
                said = "\n".join(part for part in (column.title, help_) if part)
                QToolTip.showText(event.globalPos(), tip(said), self)
            return True
        return super().event(event)

    def _hover_at(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            self.update()

    def _target(self, drag: _Drag) -> int:
        """The place before which the dragged title would come."""
        geometry = self._geometry()
        if drag.x >= geometry.right_edge:
            return geometry.places
        place = max(0, geometry.place_at(max(drag.x, geometry.margin)))
        middle = geometry.left_of(place) + geometry.width_of(place) // 2
        return place + (drag.x >= middle)
