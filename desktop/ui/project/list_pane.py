"""The left side of the page: search, filters, lights with their counts, and the list itself."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
)

from desktop.ledger.workspace import Book
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.forms import initials
from desktop.ui.forms.popup import show_below
from desktop.ui.landing import Landing
from desktop.ui.lights import WORDS
from desktop.ui.parts import Button, ChipRow, Empty, IconButton
from desktop.ui.project import listing
from desktop.ui.project.filters import FilterPopup, FiltersOn
from desktop.ui.project.list_model import ProjectModel
from desktop.ui.project.list_view import ProjectList
from desktop.ui.project.listing import ORDERS, Line, Listing, Stand, Wanted

#: After the last key in the search, in milliseconds.
PAUSE = 120
#: Lines that are read together with the list; up to how many projects all lights are counted.
SCREEN, COUNTED = 24, 5000
WIDE = 312
NOTHING = "没有符合的项目"


class ListPane(QFrame):
    """The list of projects; ``chosen`` says which one is looked at."""

    chosen = Signal(str)
    opened = Signal()  # Enter: on to the project itself
    new_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.wanted = Wanted(order=str(desk.memory.get("project.order", "level")))
        self._known: dict[str, Stand] = {}
        self._known_for = ""
        self._sought = ""  # the record to choose when the list comes
        self.model = ProjectModel(self)
        self.list = ProjectList(self.model)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.model.wanted.connect(self._read_lines)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.opened.connect(lambda _record: self.opened.emit())

    def _lay_out(self) -> None:
        now = theme.current()
        self.setProperty("part", "card")
        self.set_room(now.px(WIDE) * 4)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找，可用拼音首字母")
        self.search.setAccessibleName("查找项目")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icons.icon("search", "ink_soft"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.installEventFilter(self)
        self.filter = IconButton("filter", "筛选")
        self.filter.clicked.connect(self.open_filters)
        self.filters = FilterPopup(self.desk)
        self.filters.chosen.connect(self.choose_filter)
        self.filters.cleared.connect(self.clear_filters)
        self.order = IconButton("arrow-up-down", "排序")
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._orders())
        head = QHBoxLayout()
        head.setContentsMargins(now.gap, now.gap, now.gap, 0)
        head.setSpacing(now.px(4))
        for tool in (self.search, self.filter, self.order):
            head.addWidget(tool)
        self.lights = ChipRow()
        self.lights.chosen.connect(lambda key: self._narrow(light=key))
        self.on = FiltersOn(self.desk)
        self.on.removed.connect(lambda name: self.choose_filter(name, ""))
        self.nothing = Empty(NOTHING, "换一个词，或取消筛选。", "取消筛选")
        self.nothing.clicked.connect(self._fill_nothing)
        self.either = QStackedWidget()
        self.either.addWidget(self.list)
        self.either.addWidget(self.nothing)
        self.new = Button("新增项目", icon="plus")
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.new_wanted)
        self.excel = Button("从 Excel 读入……")
        self.excel.clicked.connect(self.read_excel)
        marks = QVBoxLayout()
        marks.setContentsMargins(now.gap, 0, now.gap, 0)
        marks.addWidget(self.lights)
        marks.addWidget(self.on)
        foot = QHBoxLayout()
        foot.setContentsMargins(now.gap, 0, now.gap, now.gap)
        foot.addWidget(self.excel)
        foot.addStretch(1)
        foot.addWidget(self.new)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(now.px(10))
        whole.addLayout(head)
        whole.addLayout(marks)
        whole.addWidget(self.either, 1)
        whole.addLayout(foot)

    def set_room(self, page: int) -> None:
        """Be as wide as the list is drawn for, but no more than three tenths of the page."""
        self.setFixedWidth(min(theme.current().px(WIDE), page * 3 // 10))

    def _orders(self) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        for key, title in ORDERS.items():
            if key == "unit" and self.desk.facts.reports:
                continue
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(key == self.wanted.order)
            action.triggered.connect(lambda _=False, key=key: self.sort_by(key))
            group.addAction(action)
        return menu

    # Reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew, then the lights of all."""
        period, wanted = self.desk.period, self.wanted
        if period != self._known_for or self.model.listing.of_all <= COUNTED:
            self._known, self._known_for = {}, period
        known, near = self._known, [one for one in (self._sought, self.list.chosen()) if one]

        def run(book: Book) -> tuple[Listing, dict[str, Line], dict[str, Stand]]:
            stands = known
            if wanted.needs_standings and not stands:
                stands = listing.standings(book, period)
            found = listing.listing(book, wanted, stands)
            first = [one for one in found.entries[:SCREEN] if not one.startswith(listing.HEADING)]
            return found, listing.lines(book, [*near, *first], period), stands

        self.desk.read(self, run, self._show, key="list")

    def _show(self, answer: tuple[Listing, dict[str, Line], dict[str, Stand]]) -> None:
        found, lines, self._known = answer
        before, place = self.list.chosen(), self.list.verticalScrollBar().value()
        self.model.with_units = not self.desk.facts.reports and self.wanted.order != "unit"
        self.model.show(found, lines)
        self.either.setCurrentWidget(self.list if found.entries else self.nothing)
        self._say_nothing(found)
        self.list.verticalScrollBar().setValue(place)
        sought, self._sought = self._sought, ""
        if not (sought and self.list.choose(sought)):
            if before and self.model.row_of(before) >= 0:
                if self.list.chosen() != before:
                    self.list.setCurrentIndex(self.model.index(self.model.row_of(before)))
            elif not sought:
                self._choose_first()
        if found.of_all <= COUNTED or self.wanted.needs_standings:
            self._count_lights()
        else:
            self._show_lights({"": found.found})

    def _choose_first(self) -> None:
        first = self.model.first_records(2)
        if first:
            self.list.choose(first[0])
        else:
            self.chosen.emit("")

    def _count_lights(self) -> None:
        period, wanted, known = self.desk.period, self.wanted, self._known

        def run(book: Book) -> tuple[dict[str, int], dict[str, Stand]]:
            stands = known or listing.standings(book, period)
            counts = listing.light_counts(book, wanted, stands)
            initials.prepare()  # ahead of the first search, while nobody waits
            return counts, stands

        def then(answer: tuple[dict[str, int], dict[str, Stand]]) -> None:
            counts, self._known = answer
            self._show_lights(counts)

        self.desk.read(self, run, then, key="lights")

    def _show_lights(self, counts: dict[str, int]) -> None:
        chips: list[Any] = [("", "全部", counts.get("", 0))]
        known = len(counts) > 1 or not counts.get("")
        for light in ("red", "yellow", "green"):
            count = counts.get(light, 0) if known else None
            if count != 0 or light == self.wanted.light:
                chips.append((light, WORDS[light].removesuffix("灯"), count, light))
        self.lights.set_chips(chips)
        self.lights.choose(self.wanted.light)

    def _read_lines(self, records: list[str]) -> None:
        period = self.desk.period
        if records:
            self.desk.read(
                self,
                lambda book: listing.lines(book, records, period),
                self.model.fill,
                key="lines",
            )

    def _say_nothing(self, found: Listing) -> None:
        if found.of_all:
            self.nothing.set_text(NOTHING, "换一个词，或取消筛选。")
        else:
            self.nothing.set_text("还没有项目", "点下面的“新增项目”，或把工作簿拖到窗口里。")
        self.nothing.set_button("取消筛选" if found.of_all else "从 Excel 读入……")

    def _fill_nothing(self) -> None:
        """The button of the empty list."""
        (self.clear_filters if self.model.listing.of_all else self.read_excel)()

    def read_excel(self) -> None:
        """Choose a workbook, or go on with the one under way."""
        self.desk.go("reading-in", Landing(text="choose"))

    # Which ones ------------------------------------------------------------------------------

    def seek(self, record: str) -> None:
        """Choose a record, now or when the list comes; filters that hide it are taken away."""
        if self.model.row_of(record) >= 0:
            self.list.choose(record)
            return
        self._sought = record
        if self.model.listing.of_all:  # Read already, so it is hidden.
            self.clear_filters()

    def choose_filter(self, name: str, key: str) -> None:
        """Narrow to one choice of a field; "" takes the filter away."""
        choices = {one: value for one, value in self.wanted.choices.items() if one != name}
        self._narrow(choices={**choices, name: key} if key else choices)

    def clear_filters(self) -> None:
        """Show all projects again."""
        self.search.clear()
        self._pause.stop()
        self._narrow(choices={}, light="", text="")

    def sort_by(self, order: str) -> None:
        """Another order; it is remembered."""
        self.desk.memory.put("project.order", order)
        self._narrow(order=order)

    def open_filters(self) -> None:
        """Show every filter with its counts."""
        self.filters.read(self.wanted, self._known)
        show_below(self.filters, self.filter)

    def _narrow(self, **changed: Any) -> None:
        self.wanted = msgspec.structs.replace(self.wanted, **changed)
        self.on.show_filters(self.wanted.choices)
        self.refresh()
        if self.filters.isVisible():
            self.filters.read(self.wanted, self._known)

    def _search(self) -> None:
        if self.search.text() != self.wanted.text:
            self._narrow(text=self.search.text())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        record = self.model.record(now.row())
        if record:
            self.chosen.emit(record)

    # Keys ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if watched is self.search and pressed and self._pressed(event):  # type: ignore[arg-type]
            return True
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape if self.search.text():
                self.search.clear()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.list.setFocus()
            case _:
                return False
        return True
