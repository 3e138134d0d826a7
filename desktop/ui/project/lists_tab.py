"""The lists of a project: its timetable as bars, then each list as a table with its verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ledger.wording import day_in_words
from desktop.ledger.workspace import Book
from desktop.reports.charts.timeline import timeline, timeline_height
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import edit_record
from desktop.ui.lists import closing
from desktop.ui.parts import Button, Card, Chip, Words
from desktop.ui.project.items import ItemList
from desktop.ui.project.table_view import TableModel, TableView


class ListsTab(QScrollArea):
    """Every list that hangs under the project that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cards: dict[str, ItemCard] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setObjectName("page")
        self._room = QVBoxLayout(inside)
        gap = theme.current().gap
        self._room.setContentsMargins(0, gap, gap // 2, gap)
        self._room.setSpacing(gap)
        self._room.addStretch(1)
        self.setWidget(inside)

    def show_lists(self, lists: Sequence[ItemList], project: str, name: str, today: date) -> None:
        """Show these lists; cards of registers that are gone are taken away."""
        wanted = [one.register for one in lists]
        for register in [one for one in self.cards if one not in wanted]:
            self.cards.pop(register).deleteLater()
        for place, one in enumerate(lists):
            card = self.cards.get(one.register)
            if card is None:
                card = self.cards[one.register] = ItemCard(self.desk)
            self._room.insertWidget(place, card)
            card.show_items(one, project, name, today)

    def enter(self) -> None:
        """The first list that has items takes the keys, else the button of the first."""
        cards = sorted(self.cards.values(), key=lambda card: self._room.indexOf(card))
        for card in cards:
            if card.model.table.rows:
                card.view.setFocus()
                return
        if cards:
            cards[0].add.setFocus()

    def choose(self, register: str, record: str) -> None:
        """Bring an item into sight."""
        card = self.cards.get(register)
        if card is not None and card.view.choose(record):
            card.view.setFocus()
            self.ensureWidgetVisible(card, 0, theme.current().pad)


class ItemCard(Card):
    """One list: Insert adds, Enter opens, F9 closes, Delete removes the chosen item."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items: ItemList | None = None
        self._project, self._name, self._today = "", "", date.min
        self.late = Chip("", "must")
        self.add = Button("新增", icon="plus")
        self.change = Button("修改", icon="pencil")
        self.close_out = Button("销号", icon="check")
        self.remove = Button("删除", icon="trash")
        for button, run, keys in (
            (self.add, self.add_item, "Insert"),
            (self.change, self.change_item, "Enter"),
            (self.close_out, self.close_item, "F9"),
            (self.remove, self.remove_item, "Delete"),
        ):
            button.setToolTip(keys)
            button.clicked.connect(run)
        self.head.setStretch(0, 0)
        self.head.addWidget(self.late)
        self.head.addStretch(1)
        for button in (self.add, self.change, self.close_out, self.remove):
            self.head.addWidget(button)
        self.chart = ChartView()
        self.chart.chosen.connect(self._open)
        self.model = TableModel(self)
        self.view = ItemTable(self.model)
        self.view.opened.connect(self._open)
        self.view.pressed_key.connect(self._pressed)
        self.view.selectionModel().currentRowChanged.connect(lambda: self._allow())
        self.nothing = Words("没有", "body", "ink_faint")
        for widget in (self.chart, self.view, self.nothing):
            self.body.addWidget(widget)

    def show_items(self, items: ItemList, project: str, name: str, today: date) -> None:
        """Show a list of this project; the chosen item stays chosen."""
        before = self.view.chosen() if project == self._project else ""
        self.items, self._project, self._name, self._today = items, project, name, today
        open_ = (
            f"{items.open}"
            if items.open == len(items.closed)
            else f"{items.open} / {len(items.closed)}"
        )
        self.set_title(f"{items.title}（{open_}）" if items.closed else items.title)
        self.late.set_text(f"逾期 {items.late}", "must")
        self.late.setVisible(bool(items.late))
        self.model.show(items.table)
        self.view.choose(before)
        self.view.setVisible(bool(items.table.rows))
        self.nothing.setVisible(not items.table.rows)
        self.add.setVisible(items.addable)
        if items.closing is not None:
            self.close_out.setText(items.closing.title.removeprefix("已"))
        self._draw()
        self._allow()

    def _draw(self) -> None:
        items = self.items
        assert items is not None
        self.chart.setVisible(bool(items.milestones))
        if items.milestones:
            shown, today = items.milestones, self._today
            name = "今天" if today == self.desk.today() else day_in_words(today, today.year)
            self.chart.setFixedHeight(round(timeline_height(len(shown)) * theme.current().scale))
            self.chart.show_drawing(
                lambda width, height: timeline(shown, today, width, height, today_name=name)
            )

    def _allow(self) -> None:
        """Verbs for an item are there when one is chosen."""
        items, key = self.items, self.view.chosen()
        closed = items is not None and bool(key) and items.closed[items.table.keys.index(key)]
        closes = items is not None and items.closing is not None and not closed
        self.change.setVisible(bool(key))
        self.close_out.setVisible(bool(key) and closes)
        self.remove.setVisible(bool(key) and items is not None and items.addable)

    # Verbs -----------------------------------------------------------------------------------

    def add_item(self) -> None:
        """A new item of the list."""
        items = self.items
        if items is not None and items.addable:
            defaults = {items.under: self._project}
            edit_record(self.desk, self, items.register, defaults=defaults, about=self._name)

    def change_item(self) -> None:
        """Open the chosen item."""
        self._open(self.view.chosen())

    def close_item(self) -> None:
        """Close the chosen item on the day that counts as today."""
        items, key = self.items, self.view.chosen()
        if items is None or items.closing is None or not key or self.close_out.isHidden():
            return
        day, register = min(self.desk.today(), self._today), items.register
        verb, said = items.closing.title.removeprefix("已"), self._said()
        self.desk.write(
            self,
            f"{verb}：{said}",
            lambda book: closing.close(book, register, [key], day),
            lambda _count: self.desk.say(f"已{verb}：{said}，可以按 Ctrl+Z 撤销"),
        )

    def remove_item(self) -> None:
        """Remove the chosen item, after a question."""
        items, key = self.items, self.view.chosen()
        if items is None or not key or self.remove.isHidden():
            return
        register, said = items.register, self._said()
        if not self.desk.confirm(
            f"删除这一条{items.noun}？", f"{said}\n删错了可以按 Ctrl+Z 撤销。", "删除"
        ):
            return

        def run(book: Book) -> None:
            with book.batch("remove", f"删除{items.noun}：{said}") as batch:
                batch.remove(register, key)

        self.desk.write(
            self, f"删除{items.noun}", run, lambda _none: self.desk.say(f"已删除：{said}")
        )

    def _open(self, key: str) -> None:
        if self.items is not None and key:
            edit_record(self.desk, self, self.items.register, key, about=self._name)

    def _said(self) -> str:
        """The chosen item in a few words."""
        items = self.items
        assert items is not None
        at = items.table.keys.index(self.view.chosen())
        return next((cell.text[:30] for cell in items.table.rows[at] if cell.text), items.noun)

    def _pressed(self, key: int) -> None:
        match key:
            case Qt.Key.Key_Insert:
                self.add_item()
            case Qt.Key.Key_F9:
                self.close_item()
            case Qt.Key.Key_Delete:
                self.remove_item()


class ItemTable(TableView):
    """The table of a list, as high as its rows; says its keys."""

    pressed_key = Signal(int)

    def __init__(self, model: TableModel) -> None:
        super().__init__(model, whole=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Insert, Qt.Key.Key_F9, Qt.Key.Key_Delete):
            self.pressed_key.emit(event.key())
            return
        super().keyPressEvent(event)
