"""The page 清单: every list across all projects, the most urgent first, closed out in one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.ledger.definitions import Register
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.fill_ins.giving import Giving
from desktop.ui.landing import Landing
from desktop.ui.lists import closing, deeds, reading
from desktop.ui.lists.arriving import Arriving
from desktop.ui.lists.deeds import Deeds
from desktop.ui.lists.list_bar import PARTS, ListBar
from desktop.ui.lists.list_body import ListBody
from desktop.ui.lists.nothing import Nothing
from desktop.ui.lists.reading import Tally
from desktop.ui.lists.row_menu import open_menu
from desktop.ui.lists.switch import Switch
from desktop.ui.lists.wanting import Wanting
from desktop.ui.page import Page
from desktop.ui.parts import Button


class ListsPage(Page):
    """What is to be done or settled, whose it is and by when."""

    name = "lists"
    title = "清单"
    icon = "list-checks"
    hints = "F9 销号　Ctrl+N 新增　Ctrl+O 打开　Enter 下一格　F2 改　Ctrl+F 查找"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tallies: tuple[Tally, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._stay = -1
        self.switch, self.bar, self.body = Switch(), ListBar(), ListBody(desk)
        self.wanting = Wanting(desk, self.body, self.bar, self)
        self.arriving = Arriving(self.body, self.show_all, self)
        self.deeds = Deeds(desk, self, self.today)
        self.giving = Giving(desk, self)
        self.close_button = Button("销号", icon="check")
        self.new_button = Button("新增", icon="plus")
        self.nothing = Nothing()
        self.either = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        now = theme.current()
        card = QFrame()
        card.setProperty("part", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(12))
        inside.setSpacing(now.px(8))
        top = QHBoxLayout()
        top.setSpacing(now.px(8))
        top.addWidget(self.bar, 1)
        top.addWidget(self.close_button)
        top.addWidget(self.new_button)
        inside.addLayout(top)
        self.either.addWidget(self.body)
        self.either.addWidget(self.nothing)
        inside.addWidget(self.either, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.gap, now.pad, now.pad)
        whole.setSpacing(0)
        whole.addWidget(self.switch)
        whole.addWidget(card, 1)
        self.setFocusProxy(self.body.view)

    def _connect(self) -> None:
        body = self.body
        self.switch.chosen.connect(lambda _register: self.refresh())
        self.bar.chosen.connect(lambda _part: self.refresh())
        self.bar.left.connect(body.view.setFocus)
        self.bar.give_wanted.connect(lambda: self.giving.begin(self.register.name))
        self.nothing.clicked.connect(self._fill_empty)
        self.close_button.clicked.connect(self.close_chosen)
        self.new_button.clicked.connect(self.add)
        body.model.arrived.connect(self._arrived)
        body.model.counted.connect(self._counted)
        body.model.modelReset.connect(self._stay_in_place)
        body.view.context_menu_requested.connect(lambda point: open_menu(self, point))
        body.told.connect(lambda said: self.desk.say(said) if said else None)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F9", self.close_chosen),
            ("Ctrl+N", self.add),
            ("Ctrl+O", self.open_current),
            ("Ctrl+P", self.show_paper),
            ("Ctrl+-", self.remove_chosen),
            ("Ctrl+PgDown", lambda: self._turn(1)),
            ("Ctrl+PgUp", lambda: self._turn(-1)),
        )
        for key, run in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # What is shown ---------------------------------------------------------------------------

    @property
    def register(self) -> Register:
        """The list that is shown."""
        scheme = self.desk.facts.scheme
        lists = reading.lists_of(scheme)
        return next((one for one in lists if one.name == self.switch.current()), lists[0])

    def today(self) -> date:
        """The day by which everything is judged: the last of the week being shown."""
        return self.desk.facts.last_day(self.desk.period)

    def refresh(self) -> None:
        if not reading.lists_of(self.desk.facts.scheme):
            self.nothing.say_no_lists()
            self.either.setCurrentWidget(self.nothing)
            return
        if self.tallies:
            self._show()
        today = self.today()
        self.desk.read(self, lambda book: reading.tallies(book, today), self._count, key="tallies")

    def _count(self, tallies: tuple[Tally, ...]) -> None:
        """Take the counts; the lists are known, and shown, once they were counted."""
        first, self.tallies = not self.tallies, tallies
        self.switch.show_tallies(tallies)
        if first:
            self.switch.choose(self.arriving.wanted.register)
        self._show()

    def _show(self) -> None:
        """Show list and part; the rows that are shown already follow the book by themselves."""
        register, scheme = self.register, self.desk.facts.scheme
        self._say_counts()
        wanted = (register.name, self.bar.part, self.desk.period, scheme)
        if wanted == self._shown:
            return
        other = self._shown[:1] != wanted[:1]
        self._shown = wanted
        facts = self.desk.facts
        said = closing.closing_of(scheme, register)
        self.close_button.setVisible(not closing.why_not(scheme, register, facts.level))
        self.close_button.setText(said.title.removeprefix("已") if said is not None else "销号")
        self.new_button.setVisible(deeds.may_add(scheme, register, facts.level))
        self.new_button.setText(f"新增{reading.noun_of(register)}")
        self.body.model.part = self.bar.part
        self.wanting.begin(register.name, anew=other)

    def _say_counts(self) -> None:
        register = self.register
        tally = next((one for one in self.tallies if one.register == register.name), None)
        if tally is not None:
            self.bar.show_tally(tally, closing.closing_of(self.desk.facts.scheme, register))

    def _arrived(self) -> None:
        self.wanting.arrange()
        self._look_empty()

    def _counted(self) -> None:
        self._look_empty()
        self.arriving.look()

    def _look_empty(self) -> None:
        model = self.body.model
        none = model.contents is not None and model.rowCount() == 0
        if none:
            narrowed = self.bar.part != "all" or self.wanting.asked.narrows
            addable = self.new_button.isVisibleTo(self)
            self.nothing.say(self.register, narrowed=narrowed, addable=addable)
        self.either.setCurrentWidget(self.nothing if none else self.body)

    def _fill_empty(self) -> None:
        """The button of the empty list."""
        if not self.show_all():
            self.add()

    def show_all(self) -> bool:
        """Hide nothing any more; whether anything was hidden."""
        if self.bar.part == "all" and not self.wanting.asked.narrows:
            return False
        self.bar.choose_part("all")
        self.wanting.clear()
        self._show()
        return True

    # What is done ----------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """The records of the selected rows."""
        model = self.body.model
        return [key for row in self.body.view.block().rows if (key := model.row_key(row))]

    def close_chosen(self) -> None:
        """销号: close the selected items out as one act; the next ones take their place."""
        if not self.body.view.commit_open_editor():
            return
        records, top = self.chosen(), self.body.view.block().rows

        def closed() -> None:
            self._stay = top[0]

        if records:
            self.deeds.close(self.register, records, closed)

    def add(self) -> None:
        """A new item; then one stands on it."""
        if self.tallies and self.body.view.commit_open_editor():
            register = self.register.name
            self.deeds.add(
                self.register, lambda record: self.land(Landing(register=register, record=record))
            )

    def open_current(self) -> None:
        """The current item in its form."""
        view, model = self.body.view, self.body.model
        row = view.current()[0]
        if row >= 0 and view.commit_open_editor():
            own = model.contents.row_at(row) if model.contents is not None else None
            self.deeds.open(self.register, model.row_key(row), own.name if own is not None else "")

    def show_paper(self) -> None:
        """The paper that the current item stands on, to be looked at and printed."""
        view = self.body.view
        record = self.body.model.row_key(view.current()[0]) if view.current()[0] >= 0 else ""
        if record and view.commit_open_editor():
            self.deeds.show_paper(self.register, record)

    def remove_chosen(self) -> None:
        """Take the selected items away."""
        if self.body.view.commit_open_editor() and self.chosen():
            self.deeds.remove(self.register, self.chosen())

    def _stay_in_place(self) -> None:
        """After a close-out: the same row, although its item stands elsewhere now."""
        row, self._stay = self._stay, -1
        rows, view = self.body.model.rowCount(), self.body.view
        if row >= 0 and rows:
            view.go_to(min(row, rows - 1), max(0, view.current()[1]))

    def _turn(self, by: int) -> None:
        """The next list, or the one before."""
        if self.body.view.commit_open_editor() and self.switch.count():
            self.switch.setCurrentIndex((self.switch.currentIndex() + by) % self.switch.count())

    # Where one is ----------------------------------------------------------------------------

    def land(self, landing: Landing) -> None:
        if landing.text == "new":
            self.add()
            return
        self.arriving.wanted = landing
        if landing.tab in PARTS:
            self.bar.choose_part(landing.tab)
        if self.tallies:
            self.switch.choose(landing.register)
            self._show()
            self.arriving.want(landing)

    def place(self) -> dict[str, str]:
        view, model = self.body.view, self.body.model
        row, column = view.current()
        place = {"register": self.switch.current(), "part": self.bar.part}
        if row >= 0:
            place |= {"record": model.row_key(row), "field": model.columns()[column].name}
        if unsaved := model.unsaved():
            place["unsaved"] = msgspec.json.encode(unsaved).decode()
        return place

    def return_to(self, place: dict[str, str]) -> None:
        register, record = place.get("register", ""), place.get("record", "")
        field = place.get("field", "")
        self.arriving.wanted = Landing(register=register, record=record, field=field)
        self.bar.return_to(place.get("part", ""))
        if place.get("unsaved"):
            kept = msgspec.json.decode(place["unsaved"], type=list[list[str]])
            self.body.model.restore(kept)

    def leave(self) -> bool:
        self.body.view.commit_open_editor()
        return True

    def start_find(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.body.model.set_awake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.body.model.set_awake(False)
