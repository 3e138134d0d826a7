"""Choosing what a column is: its field by a part of the name, that it is not read, its unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.sheets.proposals.overview import ColumnSeen
from desktop.sheets.proposals.told import UNITS
from desktop.ui import theme
from desktop.ui.forms.initials import fits
from desktop.ui.parts import ChipRow, Passage, Words
from desktop.ui.reading_in.offers import Offer

#: What the list says for a column that is not read.
NOT_READ = "不读入这一栏"
NAME = Qt.ItemDataRole.UserRole


class FieldMenu(QFrame):
    """A popup over the sheet; ``chosen`` gives the field's name, None for not reading; ``unit``
    the unit of the amounts. The box has the keyboard, the arrows walk the list."""

    chosen = Signal(object)
    unit = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        column: ColumnSeen,
        offers: Sequence[Offer],
        said: str,
        none: str = NOT_READ,
        verb: str = "读作",
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("part", "card")
        self._column, self._offers, self._none = column, offers, none
        self.units = ChipRow()
        now = theme.current()
        self.box, self.list = QLineEdit(), QListWidget()
        self.box.setPlaceholderText("查找栏目，可用拼音首字母")
        self.box.setAccessibleName("查找栏目")
        self.box.textChanged.connect(self._fill)
        self.box.installEventFilter(self)
        self.list.setAccessibleName(f"这一栏{verb}")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.gap, now.px(10), now.gap, now.px(10))
        whole.setSpacing(now.px(8))
        heading = Words(f"“{column.heading or '没有表头'}”{verb}", bold=True)
        whole.addWidget(heading)
        self.why = Passage(f"现为：{said}（{column.reason}）", "small", "ink_soft")
        whole.addWidget(self.why)
        if column.unit:
            whole.addLayout(self._units())
        whole.addWidget(self.box)
        whole.addWidget(self.list, 1)
        self.setFixedWidth(now.px(300))
        self.setFixedHeight(now.px(400))
        self._fill("")

    def open_at(self, rect: QRect) -> None:
        """Show below ``rect`` of the screen, above it where there is no room."""
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(rect.x(), screen.right() - self.width()))
        y = rect.bottom() + 1
        if y + self.height() > screen.bottom():
            y = max(screen.top(), rect.top() - self.height())
        self.move(x, y)
        self.show()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def _units(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(Words("全表金额单位", "small", "ink_soft"))
        self.units.set_chips([(unit, unit, None) for unit in UNITS])
        self.units.choose(self._column.unit)
        self.units.chosen.connect(self._take_unit)
        column.addWidget(self.units)
        return column

    def _fill(self, wanted: str) -> None:
        fit = fits(wanted)
        self.list.clear()
        if not wanted:
            self._add(self._none, None)
        group = ""
        for offer in self._offers:
            if not fit(offer.title):
                continue
            if offer.group != group and not wanted:
                group = offer.group
                heading = QListWidgetItem(group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setForeground(theme.color("ink_faint"))
                self.list.addItem(heading)
            beside = "　已有另一栏" if offer.taken else ""
            self._add(
                f"　{offer.title}{beside}" if not wanted else offer.title + beside, offer.name
            )
        rows = [at for at in range(self.list.count()) if self._enabled(at)]
        present = [at for at in rows if self.list.item(at).data(NAME) in self._column.fields]
        if rows:
            self.list.setCurrentRow((present or rows)[0] if not wanted else rows[0])

    def _add(self, text: str, name: str | None) -> None:
        item = QListWidgetItem(text)
        item.setData(NAME, name)
        self.list.addItem(item)

    def _enabled(self, row: int) -> bool:
        return bool(self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            name = item.data(NAME)
            self.close()
            self.chosen.emit(name)

    def _take_unit(self, unit: str) -> None:
        self.close()
        self.unit.emit(unit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count():
            if self._enabled(row):
                self.list.setCurrentRow(row)
                return
            row += by
