"""What narrows the supervised items: parts with their counts, the unit, a search by initials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.ui import icons, theme
from desktop.ui.facts import UnitFact
from desktop.ui.lists.reading import Part
from desktop.ui.parts import ChipRow
from desktop.ui.supervision import reading
from desktop.ui.supervision.reading import Item

#: The parts in their order: title and the light of those that ask for attention.
PARTS: dict[Part, tuple[str, str]] = {
    "all": ("全部", ""),
    "open": ("未办结", ""),
    "soon": ("七日内到期", "yellow"),
    "late": ("逾期", "red"),
    "done": ("待销号", ""),
    "closed": ("已销号", ""),
}
#: So long after the last key in the search, in milliseconds.
PAUSE = 120


class FilterBar(QWidget):
    """Chips, unit and search in one row; ``changed`` says that something else is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.chips = ChipRow()
        self.unit = QComboBox()
        self.unit.setAccessibleName("承办单位")
        self.unit.hide()
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找（拼音首字母）")
        self.search.setAccessibleName("查找督办事项")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icons.icon("search", "ink_soft"), QLineEdit.ActionPosition.LeadingPosition
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.gap)
        row.addWidget(self.chips, 1)
        row.addWidget(self.unit)
        row.addWidget(self.search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda: self._pause.start(PAUSE))
        self.search.returnPressed.connect(self._at_once)
        self.unit.activated.connect(lambda _at: self.changed.emit())
        self.chips.chosen.connect(lambda _part: self.changed.emit())
        theme.notifier.changed.connect(self._measure)
        self._measure()
        self._count({})

    def _measure(self) -> None:
        self.search.setFixedWidth(theme.current().px(190))
        self.unit.setMinimumWidth(theme.current().px(120))

    @property
    def part(self) -> Part:
        """The part that is chosen."""
        return next((part for part in PARTS if part == self.chips.current()), "all")

    def within(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """What unit and search leave of ``items``, of every part."""
        return reading.found(items, self.search.text(), "all", self.unit.currentData() or "")

    def show_counts(self, items: Sequence[Item]) -> None:
        """Say how many of ``items`` each part has."""
        self._count({part: sum(reading.in_part(one, part) for one in items) for part in PARTS})

    def offer_units(self, items: Sequence[Item], order: Sequence[UnitFact]) -> None:
        """Offer the units that have items, where there are several."""
        names = {item.unit: item.unit_name for item in items}
        places = {unit.record: at for at, unit in enumerate(order)}
        chosen = self.unit.currentData() or ""
        self.unit.clear()
        self.unit.addItem("全部单位", "")
        for record in sorted(names, key=lambda one: (places.get(one, len(places)), names[one])):
            self.unit.addItem(names[record], record)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.setVisible(len(names) > 1)

    def choose_part(self, part: str) -> None:
        """Choose a part without a word; an unknown one is 全部."""
        self.chips.choose(part if part in PARTS else "all")

    def clear(self) -> None:
        """Hide nothing any more."""
        self.choose_part("all")
        self.unit.setCurrentIndex(0)
        self.search.clear()
        self._pause.stop()

    def _count(self, counts: dict[Part, int]) -> None:
        chosen = self.part
        chips: list[tuple[str, str, int | None] | tuple[str, str, int | None, str]] = []
        for part, (title, mark) in PARTS.items():
            count = counts.get(part, 0)
            if part == "done" and not count and chosen != "done":
                continue
            chips.append((part, title, count, mark) if mark and count else (part, title, count))
        self.chips.set_chips(chips)
        self.chips.choose(chosen)

    def _at_once(self) -> None:
        self._pause.stop()
        self.changed.emit()
