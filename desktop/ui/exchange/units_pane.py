"""The units below one by one: how far each is known, what would go down, which are left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.exchange import below as units_below
from desktop.ui.exchange.below import Below
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.parts import Button, Passage
from desktop.ui.project.table_view import TableModel


class UnitTable(PlainTable):
    """Blank or a click into the first column chooses a unit or leaves it out."""

    turned = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.chosen():
            self.turned.emit(self.chosen())
            return
        super().keyPressEvent(event)


class UnitsPane(QWidget):
    """``left_out`` are the units to which nothing goes this time; ``changed`` when that changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.units: tuple[Below, ...] = ()
        self.left_out: set[str] = set()
        self._fresh: Mapping[str, Fresh] = {}
        self._invited: set[str] = set()  # left out at first: another package, another passphrase
        self.model = TableModel(self)
        self.table = UnitTable(self.model)
        self.table.setAccessibleName("下级单位")
        self.all, self.none = Button("全选"), Button("全不选")
        self.news = Button("只选有新内容的")
        self.words = Passage("空格或点第一列：下发、不发。", "small", "ink_soft")
        self.table.turned.connect(self.turn)
        self.table.clicked.connect(self._clicked)
        self.all.clicked.connect(lambda: self._leave_out(()))
        self.none.clicked.connect(self._leave_out_all)
        self.news.clicked.connect(self._only_news)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        for button in (self.all, self.news, self.none):
            row.addWidget(button)
        row.addWidget(self.words, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(8))
        whole.addWidget(self.table, 1)
        whole.addLayout(row)

    def show_units(self, units: Collection[Below], fresh: Mapping[str, Fresh]) -> None:
        """The units and what each has not yet; one that has answered is not left out any more."""
        invited = units_below.invited(units)
        self.left_out -= self._invited - invited
        self.left_out |= invited - self._invited
        self._invited = invited
        self.units, self._fresh = tuple(units), fresh
        here, at = self.table.chosen(), self.table.verticalScrollBar().value()
        self.model.show(units_below.table(self.units, self.left_out, fresh))
        if not self.table.choose(here) and self.units:
            self.table.choose(self.units[0].unit)
        self.table.verticalScrollBar().setValue(at)

    def turn(self, unit: str) -> None:
        """Leave a unit out, or take it in again."""
        if any(one.unit == unit and one.open for one in self.units):
            self.left_out ^= {unit}
            self._show_again()

    def _leave_out(self, units: Collection[str]) -> None:
        self.left_out = set(units)
        self._show_again()

    def _leave_out_all(self) -> None:
        self._leave_out([one.unit for one in self.units])

    def _only_news(self) -> None:
        known = self._fresh
        self._leave_out(
            [
                one.unit
                for one in self.units
                if not one.first and one.unit in known and not known[one.unit].entries
            ]
        )

    def _show_again(self) -> None:
        self.show_units(self.units, self._fresh)
        self.changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.turn(self.model.key(index.row()))
