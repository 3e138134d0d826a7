"""The page 督办: supervised items on the left, the late ones first; one of them on the right."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ledger.definitions import Register
from desktop.ledger.escalation_letters import NOTICE
from desktop.ledger.workspace import Book
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Button, Empty
from desktop.ui.supervision import acts, reading, story
from desktop.ui.supervision.deeds import Deeds
from desktop.ui.supervision.detail import Detail
from desktop.ui.supervision.filter_bar import PARTS, FilterBar
from desktop.ui.supervision.item_list import ItemList, ItemModel
from desktop.ui.supervision.reading import REGISTER, Item
from desktop.ui.supervision.story import Event


class SupervisionPage(Page):
    """Supervised items with deadline, feedback, extension, verification and close-out (S17)."""

    name = "supervision"
    title = "督办"
    icon = "flag"
    reads = frozenset({REGISTER, "unit", "project"})
    hints = "Enter 反馈　F2 修改　F9 销号　Ctrl+N 新增　Ctrl+F 查找"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.items: tuple[Item, ...] = ()
        self._wanted = ""
        self.deeds = Deeds(desk, self, self.today, self._go_to)
        self.model = ItemModel(self.today, self)
        self.list = ItemList(self.model)
        self.detail = Detail()
        self.bar = FilterBar()
        self.propose = Button("红灯转督办…", icon="flag")
        self.new = Button("新增督办", icon="plus")
        self._lay_out()
        self._connect()

    # Parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        now = theme.current()
        top = QHBoxLayout()
        top.setSpacing(now.gap)
        top.addWidget(self.bar, 1)
        top.addWidget(self.propose)
        top.addWidget(self.new)
        self.empty = Empty("没有督办事项")
        self.either = QStackedWidget()
        self.either.addWidget(self.list)
        self.either.addWidget(self.empty)
        left = QFrame()
        left.setProperty("part", "card")
        room = QVBoxLayout(left)
        room.setContentsMargins(1, now.px(4), 1, now.px(4))
        room.addWidget(self.either)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(now.gap)
        split.addWidget(left)
        split.addWidget(self.detail)
        left.setMinimumWidth(now.px(320))
        self.detail.setMinimumWidth(now.px(380))
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        split.setSizes([now.px(640), now.px(520)])
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        column.setSpacing(now.gap)
        column.addLayout(top)
        column.addWidget(split, 1)
        self.nothing = Empty(
            "方案中没有督办事项", "本账本的方案没有“督办事项”册，或缺少必要的栏目。"
        )
        self.whole = QStackedWidget(self)
        self.whole.addWidget(inside)
        self.whole.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.bar.changed.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.list.opened.connect(lambda: self.act("report"))
        self.list.menu_wanted.connect(self._menu)
        self.detail.wanted.connect(self.act)
        self.detail.project_wanted.connect(self._open_project)
        self.propose.clicked.connect(lambda: self.deeds.propose(self.items))
        self.new.clicked.connect(self.new_item)
        for keys, do in (
            ("F9", lambda: self.act("close")),
            ("F2", lambda: self.act("change")),
            ("Ctrl+N", self.new_item),
            ("Delete", self.remove),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown ---------------------------------------------------------------------------

    @property
    def register(self) -> Register:
        """The register of supervised items."""
        return self.desk.facts.scheme.register(REGISTER)

    def today(self) -> date:
        """The day by which everything is judged: the last of the week being shown."""
        return self.desk.facts.last_day(self.desk.period)

    def refresh(self) -> None:
        scheme, level = self.desk.facts.scheme, self.desk.facts.level
        there = reading.register_of(scheme) is not None
        self.whole.setCurrentIndex(0 if there else 1)
        if not there:
            return
        issues = acts.may(scheme, level, "matter", "number", "due")
        self.new.setVisible(issues)
        self.propose.setVisible(issues)
        today = self.today()
        self.desk.read(self, lambda book: reading.items(book, today), self._show, key="items")

    def _show(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.bar.offer_units(items, self.desk.facts.units)
        self._filter()
        current = self.list.current()
        if current is not None:
            self._read_story(current)

    def _filter(self) -> None:
        """Show what part, unit and search leave; the chosen item stays chosen."""
        within = self.bar.within(self.items)
        self.bar.show_counts(within)
        part = self.bar.part
        current = self.list.current()
        keep, row = self._wanted or (current.record if current else ""), self._row()
        self.model.show(tuple(item for item in within if reading.in_part(item, part)))
        self._wanted = "" if self.model.row_of(keep) >= 0 else self._wanted
        found = self.model.row_of(keep)
        if self.model.items:
            self.list.choose(found if found >= 0 else min(row, len(self.model.items) - 1))
        self.either.setCurrentWidget(self.list if self.model.items else self.empty)
        if not self.items:
            self.empty.set_text(
                "还没有督办事项", "下达的督办事项列在这里，快到期和逾期的排在前面。"
            )
        else:
            self.empty.set_text("没有符合的督办事项", "换一个查找内容，或点“全部”。")
        self._show_current()

    def _row(self) -> int:
        return max(0, self.list.currentIndex().row())

    def _show_current(self) -> None:
        item = self.list.current()
        if item is None:
            self.detail.show_nothing()
            return
        facts = self.desk.facts
        before = self.detail.item
        self.detail.show_item(item, facts.scheme, self.register, facts.level)
        if before is None or before.record != item.record:
            self._read_story(item)

    def _read_story(self, item: Item) -> None:
        def read(book: Book) -> tuple[Event, ...]:
            return story.story_of(book, REGISTER, item.record)

        self.desk.read(self, read, partial(self._show_story, item), key="story")

    def _show_story(self, item: Item, events: tuple[Event, ...]) -> None:
        if self.detail.item is not None and self.detail.item.record == item.record:
            self.detail.show_facts(self.detail.item, self.register, events, self.today())

    # What is done ----------------------------------------------------------------------------

    def act(self, act: str) -> None:
        """Do what a button of the card, a key or the menu says about the current item."""
        item = self.list.current()
        if item is None:
            return
        button = self.detail.buttons[act]
        if not button.isVisibleTo(self.detail) or not button.isEnabled():
            self.desk.say(self.detail.why.text() or "这一件现在不能这样办理")
            return
        {
            "report": self.deeds.report,
            "extend": self.deeds.extend,
            "verify": self.deeds.verify,
            "change": self.deeds.change,
            "close": lambda _item: self.deeds.close(self.list.chosen()),
        }[act](item)

    def new_item(self) -> None:
        """A new item, where this book issues them."""
        if self.new.isVisibleTo(self):
            self.deeds.new_item()

    def remove(self) -> None:
        """Take the chosen items away, where this book issues them."""
        if self.new.isVisibleTo(self):
            self.deeds.remove(self.list.chosen())

    def print_notice(self) -> None:
        """Show the notice of the current item as it is printed."""
        item = self.list.current()
        if item is not None:
            self.desk.go("papers", Landing(tab="supervision", record=item.record))

    def _open_project(self, record: str) -> None:
        subject = self.desk.facts.scheme.head.subject
        self.desk.go("project", Landing(register=subject, record=record))

    def _menu(self, where: QPoint) -> None:
        chosen = self.list.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        keys = {"report": "\tEnter", "change": "\tF2", "close": "\tF9"}
        for act, button in self.detail.buttons.items():
            if button.isVisibleTo(self.detail):
                entry = menu.addAction(button.text() + keys.get(act, ""), partial(self.act, act))
                entry.setEnabled(button.isEnabled())
        if self.detail.buttons["close"].isVisibleTo(self.detail):
            again = menu.addAction("恢复为未办结", lambda: self.deeds.reopen(self.list.chosen()))
            again.setEnabled(any(item.state == "closed" for item in chosen))
        if self.new.isVisibleTo(self):
            menu.addAction(icons.icon("printer"), f"打印{NOTICE}", self.print_notice)
            menu.addSeparator()
            menu.addAction(icons.icon("trash"), "删除\tDelete", self.remove)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    # Where one is ----------------------------------------------------------------------------

    def _go_to(self, record: str) -> None:
        """Choose an item, now or when it has been read; nothing that hides it stays."""
        self._wanted = record
        self.bar.clear()
        self._filter()

    def land(self, landing: Landing) -> None:
        if landing.text == "new":
            self.new_item()
        elif landing.record:
            self._go_to(landing.record)
        elif landing.tab in PARTS:
            self.bar.choose_part(landing.tab)
            self._filter()

    def place(self) -> dict[str, str]:
        current = self.list.current()
        return {"record": current.record if current else "", "part": self.bar.part}

    def return_to(self, place: dict[str, str]) -> None:
        self._wanted = place.get("record", "")
        self.bar.choose_part(place.get("part", ""))

    def start_find(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()
