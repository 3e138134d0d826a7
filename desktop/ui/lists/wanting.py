"""What of a list is wanted and how its columns stand; remembered on this PC for each list."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, QPoint

from desktop.ui.desk import Desk
from desktop.ui.grid import asking, filter_panel
from desktop.ui.grid.columns import hidden_at_first
from desktop.ui.grid.filter_panel import FilterPanel
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.geometry import Arrangement
from desktop.ui.lists.list_bar import ListBar
from desktop.ui.lists.list_body import ListBody
from desktop.ui.lists.sheet import LEFT


class Wanting(QObject):
    """Joins the bar's search, the panel and the headings in one :class:`Asked`."""

    def __init__(self, desk: Desk, body: ListBody, bar: ListBar, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.body, self.bar = desk, body, bar
        self.asked = Asked()
        self._register = ""
        bar.searched.connect(self._search)
        bar.filter_wanted.connect(lambda: self.open_panel("", bar.below_filter()))
        body.view.sort_requested.connect(self.sort)
        body.view.filter_requested.connect(self.open_panel)
        body.view.layout_changed.connect(self._keep_layout)

    def begin(self, register: str, *, anew: bool) -> None:
        """Show a list; ``anew`` as it was asked for last, else what is asked for now."""
        self._register = register
        if anew:
            self.asked = asking.read(self._kept().get("asked"))
            self.bar.set_text(self.asked.text)
        self.body.model.show(register, "", self.asked)

    def clear(self) -> None:
        """Leave no row out."""
        self.bar.set_text("")
        self._ask(Asked(sort=self.asked.sort, descending=self.asked.descending))

    def sort(self, name: str, descending: bool) -> None:
        """Sort by a column; the same again, or the time left, goes back to the urgency."""
        if (self.asked.sort, self.asked.descending) == (name, descending):
            name, descending = "", False
        if name == LEFT and not descending:
            name = ""
        self._ask(msgspec.structs.replace(self.asked, sort=name, descending=descending))

    def open_panel(self, name: str, point: QPoint) -> None:
        """Open the panel, for a column or for those that are asked for most."""
        held = self.body.model.contents
        if held is not None:
            panel = FilterPanel(self.bar, self.desk.facts, held.sheet, self.asked, name)
            panel.asked.connect(self._ask)
            panel.open_at(point)

    def arrange(self) -> None:
        """The rows of the list have come: columns and marks as they were."""
        held = self.body.model.contents
        if held is not None:
            kept = self._kept().get("layout")
            layout = kept if isinstance(kept, dict) else self._first_layout()
            if self.body.view.get_layout() != layout:
                self.body.view.set_layout(layout)
        self._mark()

    def _search(self, text: str) -> None:
        self._ask(msgspec.structs.replace(self.asked, text=text))

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self._put("asked", asking.written(asked))
        self._mark()
        self.body.model.ask(asked)

    def _mark(self) -> None:
        """Show in headings and button what is filtered and sorted."""
        held = self.body.model.contents
        self.body.view.set_sorted(self.asked.sort, self.asked.descending)
        self.body.view.set_filtered({one.column for one in self.asked.conditions})
        words = filter_panel.said(self.desk.facts, held.sheet, self.asked) if held else ""
        self.bar.set_conditions(words)

    def _first_layout(self) -> dict[str, Any]:
        """As the scheme arranges the columns, those aside hidden."""
        held = self.body.model.contents
        first = Arrangement.first(self.body.model.columns()).written()
        return {**first, "hidden": hidden_at_first(held.sheet.placed) if held else []}

    def _keep_layout(self) -> None:
        self._put("layout", self.body.view.get_layout())

    def _kept(self) -> dict[str, Any]:
        kept = self.desk.memory.get(f"lists.{self._register}")
        return kept if isinstance(kept, dict) else {}

    def _put(self, what: str, value: Any) -> None:
        self.desk.memory.put(f"lists.{self._register}", {**self._kept(), what: value})
