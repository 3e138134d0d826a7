"""Which rows are shown and in which order: chips, filter box, panel, headings; remembered.

What is remembered on this PC for each ledger: columns, order of rows, filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QPoint

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.grid import filter_panel
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.grid.columns import FIGURES, hidden_at_first
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.filter_panel import FilterPanel
from desktop.ui.grid.filtering import WAYS, Asked, Condition
from desktop.ui.grid.geometry import Arrangement
from desktop.ui.grid.headline import Headline
from desktop.ui.grid.opening import SCREEN
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.grid.view import GridView


class Asking(QObject):
    """Joins headline, view and model in one :class:`Asked`."""

    def __init__(
        self, desk: Desk, headline: Headline, view: GridView, model: SheetModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.desk, self.headline, self.view, self.model = desk, headline, view, model
        self.asked = Asked()
        self._all: int | None = None  # rows without the chip
        self._register = ""
        #: The widths of a sheet's columns so far: on the same sheet they only grow.
        self._widths: tuple[tuple[str, str], dict[str, int]] = ("", ""), {}
        headline.chosen.connect(self._chip)
        headline.filtered.connect(self._text)
        headline.filter_wanted.connect(self.open_panel)
        view.sort_requested.connect(self.sort)
        view.filter_requested.connect(self.open_panel_at)
        view.layout_changed.connect(self._keep_layout)
        model.arrived.connect(self._arrived)
        model.counted.connect(self.count)

    def begin(self, register: str) -> Asked:
        """What was asked of this ledger last; its columns as they were arranged."""
        self._register = register
        self.asked = read(self._kept().get("asked"))
        self.headline.set_text(self.asked.text)
        self.headline.chips.choose("all")
        return self.asked

    def clear(self) -> None:
        """Show every row again."""
        self.headline.set_text("")
        self.headline.chips.choose("all")
        self._ask(Asked(sort=self.asked.sort, descending=self.asked.descending))

    def sort(self, name: str, descending: bool) -> None:
        """Sort by a column; the same again goes back to the papers' order."""
        if (self.asked.sort, self.asked.descending) == (name, descending):
            name, descending = "", False
        self._ask(msgspec.structs.replace(self.asked, sort=name, descending=descending))

    def open_panel(self) -> None:
        """Open the panel under its button."""
        button = self.headline.conditions
        self._open("", button.mapToGlobal(QPoint(0, button.height() + 4)))

    def open_panel_at(self, name: str, point: QPoint) -> None:
        """Open the panel for a column."""
        self._open(name, point)

    def count(self) -> None:
        """Write the counts on the chips."""
        held = self.model.contents
        if held is None:
            return
        if not isinstance(self._kept().get("layout"), dict):
            self._fit()
        if self.asked.only is None:
            self._all = held.totals.rows if held.totals is not None else len(held.keys)
        known = held.checked and held.sheet.weekly
        counts = [
            held.findings.count("todo") if known else None,
            held.findings.count("must") if known else None,
            held.findings.count("explain") if known else None,
        ]
        self.headline.chips.setVisible(held.sheet.weekly)
        self.headline.show_counts([self._all, *counts])

    def _open(self, name: str, point: QPoint) -> None:
        held = self.model.contents
        if held is not None:
            panel = FilterPanel(self.headline, self.desk.facts, held.sheet, self.asked, name)
            panel.asked.connect(self._ask)
            panel.open_at(point)

    def _chip(self, key: str) -> None:
        held = self.model.contents
        if held is None:
            return
        only = None if key == "all" else held.findings.rows(key)  # type: ignore[arg-type]
        self._ask(msgspec.structs.replace(self.asked, only=only))

    def _text(self, text: str) -> None:
        self._ask(msgspec.structs.replace(self.asked, text=text.strip()))

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self._put("asked", written(asked))
        self._mark()
        self.model.ask(asked)

    def _arrived(self) -> None:
        held = self.model.contents
        if held is not None:
            self._fit()
        self._mark()

    def _fit(self) -> None:
        """Arrange the columns as they were, or as the scheme and the figures want them."""
        layout = self._layout()
        if self.view.get_layout() != layout:
            self.view.set_layout(layout)

    def _mark(self) -> None:
        """Show in headings and button what is filtered and sorted."""
        held = self.model.contents
        self.view.set_sorted(self.asked.sort, self.asked.descending)
        self.view.set_filtered({one.column for one in self.asked.conditions})
        words = filter_panel.said(self.desk.facts, held.sheet, self.asked) if held else ""
        self.headline.set_conditions(words)

    # Remembering -----------------------------------------------------------------------------

    def _layout(self) -> dict[str, Any]:
        kept = self._kept().get("layout")
        return kept if isinstance(kept, dict) else self._first_layout()

    def _first_layout(self) -> dict[str, Any]:
        """As the scheme arranges the columns, those aside hidden."""
        held = self.model.contents
        first = Arrangement.first(self.model.columns()).written()
        if held is None:
            return first
        hidden = hidden_at_first(held.sheet.placed)
        sheet = held.sheet.register.name, held.sheet.period
        before = self._widths[1] if self._widths[0] == sheet else {}
        found = widths(held, self.model.totals())
        grown = {name: max(wide, before.get(name, 0)) for name, wide in found.items()}
        self._widths = sheet, grown
        room = (self.view.viewport().width() - self.view.measures.margin) / theme.current().px(100)
        narrow = narrowed(self.model.columns(), round(room * 100))
        return {**first, **narrow, "hidden": hidden, "widths": grown}

    def _keep_layout(self) -> None:
        layout = self.view.get_layout()
        if layout == Arrangement.first(self.model.columns()).written():
            layout = self._first_layout()  # the columns were put back as they were
            self.view.set_layout(layout)
        self._put("layout", layout)

    def _kept(self) -> dict[str, Any]:
        kept = self.desk.memory.get(f"grid.{self._register}")
        return kept if isinstance(kept, dict) else {}

    def _put(self, what: str, value: Any) -> None:
        self.desk.memory.put(f"grid.{self._register}", {**self._kept(), what: value})


def narrowed(columns: Sequence[Column], room: int) -> dict[str, Any]:
    """Where the frozen columns take more than half of ``room`` (px at standard size), only the one
    that names the rows stays frozen, and leads."""
    frozen = [column for column in columns if column.frozen]
    if len(frozen) < 2 or 2 * sum(column.width for column in frozen) <= room:
        return {}
    named = frozen[-1].name
    order = Arrangement.first(columns).order
    return {"order": [named, *(name for name in order if name != named)], "frozen": named}


def widths(held: Contents, totals: Sequence[Cell] | None) -> dict[str, int]:
    """Wide enough for the figures of the first rows and of 合计: a figure is never cut."""
    found = {}
    for at, one in enumerate(held.sheet.placed):
        if one.field.type not in FIGURES or one.field.formula is not None:
            continue
        rows = (held.row_at(row) for row in range(min(len(held.keys), SCREEN)))
        texts = [row.texts[at] for row in rows if row is not None]
        if totals is not None:
            texts.append(f"{totals[at].text}0")  # bold, and it may grow
        widest = max((_room(text) for text in texts), default=0)
        found[one.name] = max(one.column.width, widest)
    return found


def _room(text: str) -> int:
    """The room that a figure needs, px at standard size: separators are half as wide."""
    narrow = sum(sign in ",." for sign in text)
    return 20 + round(8.3 * (len(text) - narrow) + 4.2 * narrow)


def written(asked: Asked) -> dict[str, Any]:
    """What is remembered of ``asked``: not the rows of a chip, which change with the findings."""
    return {
        "text": asked.text,
        "sort": asked.sort,
        "descending": asked.descending,
        "lights": list(asked.lights),
        "conditions": [[one.column, one.how, one.value] for one in asked.conditions],
    }


def read(kept: Any) -> Asked:
    """What was remembered; what is not understood is left out."""
    if not isinstance(kept, dict):
        return Asked()
    conditions = []
    for one in kept.get("conditions") or ():
        if isinstance(one, list) and len(one) == 3 and one[1] in WAYS:
            conditions.append(Condition(str(one[0]), one[1], one[2]))
    lights = kept.get("lights")
    return Asked(
        text=str(kept.get("text") or ""),
        conditions=tuple(conditions),
        lights=tuple(str(light) for light in lights) if isinstance(lights, list) else (),
        sort=str(kept.get("sort") or ""),
        descending=bool(kept.get("descending")),
    )
