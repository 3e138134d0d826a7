"""Columns as a person wants them: widths, order, hidden and frozen ones; sorting from a heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.grid.geometry import Arrangement
from desktop.ui.grid.header_menu import HeadingMenu, rearranged
from desktop.ui.grid.surface import Surface

#: Rows whose texts decide how wide a column is made to fit.
MEASURED = 400


class Arranging(Surface):
    """A surface whose heading can be grasped; a column's *place* counts shown columns."""

    layout_changed = Signal()  # a person rearranged the columns
    sort_requested = Signal(str, bool)  # column's name, descending
    filter_requested = Signal(str, QPoint)  # column's name, where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: Mapping[str, Any] | None = None
        heading = self._heading
        heading.pressed.connect(self._heading_pressed)
        heading.corner_pressed.connect(self._selection.select_all)
        heading.resized.connect(self._resize)
        heading.fit_requested.connect(lambda place: self._do("fit", self._name(place)))
        heading.moved.connect(self._move)
        heading.menu_requested.connect(self.open_heading_menu)

    def get_layout(self) -> dict[str, Any]:
        """Order, widths, hidden and frozen columns, as a value of JSON."""
        return self._arrangement.written()

    def set_layout(self, layout: Mapping[str, Any]) -> None:
        """Arrange the columns as :meth:`get_layout` once said; may come before the model."""
        self._saved = dict(layout) or None
        self._fit_columns()
        self.updateGeometries()

    def set_sorted(self, name: str = "", descending: bool = False) -> None:
        """Mark the heading by which the rows are sorted; "" for none."""
        self._heading.sorted_by = (name, descending) if name else None
        self._heading.update()

    def set_filtered(self, names: frozenset[str] | set[str]) -> None:
        """Mark the headings that leave rows out."""
        self._heading.filtered = frozenset(names)
        self._heading.update()

    def open_heading_menu(self, place: int, point: QPoint) -> HeadingMenu:
        """Open the menu of a column at a point of the screen."""
        column = self.columns()[self._geometry.columns[place]]
        menu = HeadingMenu(
            self,
            column,
            self.columns(),
            self._arrangement,
            self._heading.sorted_by,
            column.name in self._heading.filtered,
        )
        menu.chosen.connect(self._do)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)
        return menu

    def _fit_columns(self) -> None:
        """Take the model's columns: as they were arranged, or as they come."""
        columns = self.columns()
        if self._saved is None:
            self._arrangement = Arrangement.first(columns)
        else:
            self._arrangement = Arrangement.read(self._saved, columns)

    def _arrange(self, arrangement: Arrangement) -> None:
        """Take an arrangement that the person made."""
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        self._saved = arrangement.written()
        self.updateGeometries()
        self.layout_changed.emit()

    def _name(self, place: int) -> str:
        return self.columns()[self._geometry.columns[place]].name

    def _heading_pressed(self, place: int, extends: bool) -> None:
        """Choose a column, or with Shift all up to it."""
        rows = self._geometry.visible_rows()
        if extends and self._selection.active[0] >= 0:
            first = self._selection.active_place[1]
            self._selection.select_columns(first, place, self._selection.active[0])
        else:
            self._selection.select_columns(place, place, rows.start)

    def _resize(self, place: int, width: int) -> None:
        name = self._name(place)
        self._arrange(self._arrangement.resized(name, round(width / self._look.scale)))

    def _move(self, place: int, before: int) -> None:
        ahead = self._name(before) if before < self._geometry.places else ""
        self._arrange(self._arrangement.moved(self._name(place), ahead))

    def _do(self, what: str, name: str) -> None:
        """What the menu of a heading offers."""
        if what in ("ascending", "descending"):
            self.sort_requested.emit(name, what == "descending")
        elif what == "filter":
            place = self._place_of(name)
            corner = self._heading.area_of(place).bottomLeft() if place >= 0 else QPoint()
            self.filter_requested.emit(name, self._heading.mapToGlobal(corner))
        elif what == "fit":
            self._arrange(self._arrangement.resized(name, self._fitting_width(name)))
        else:
            changed = rearranged(self._arrangement, what, name, self.columns())
            if changed is not None:
                self._arrange(changed)

    def _place_of(self, name: str) -> int:
        names = [column.name for column in self.columns()]
        return self._geometry.place_of(names.index(name)) if name in names else -1

    def _fitting_width(self, name: str) -> int:
        """Px at scale 1 that show a column's title and its texts around what is seen."""
        model, look = self.grid_model, self._look
        number = [column.name for column in self.columns()].index(name)
        widest = look.natural_width(self.columns()[number].title, True) + look.mark
        if model is None:
            return round(widest / look.scale)
        start = max(0, self._geometry.visible_rows().start - MEASURED // 2)
        for row in range(start, min(start + MEASURED, self._geometry.rows)):
            cell = model.cell(row, number)
            lights = cell.tone in look.lights
            width = look.natural_width(cell.text, cell.bold)
            widest = max(widest, width + (look.mark + look.pad // 2) * lights)
        totals = model.totals()
        if totals is not None and number < len(totals):
            widest = max(widest, look.natural_width(totals[number].text, True))
        return round((widest + 2 * look.pad + 2) / look.scale)
