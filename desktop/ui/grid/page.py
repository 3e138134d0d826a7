"""台账: the weekly grid, and the other ledgers of the scheme."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.ledger.definitions import Scheme
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.fill_ins.giving import Giving
from desktop.ui.forms.dialog import edit_record
from desktop.ui.grid import columns
from desktop.ui.grid.arriving import Arriving
from desktop.ui.grid.aside import WIDTH, Aside
from desktop.ui.grid.asking import Asking
from desktop.ui.grid.body import Body
from desktop.ui.grid.folding import Folding
from desktop.ui.grid.headline import Headline
from desktop.ui.grid.menus import Menus
from desktop.ui.grid.photographs import Photographs
from desktop.ui.grid.strip import Note, Strip
from desktop.ui.grid.telling import Telling
from desktop.ui.grid.undoing import Undoing
from desktop.ui.grid.vacancy import Vacancy
from desktop.ui.grid.week_verbs import WeekVerbs
from desktop.ui.page import Landing, Page


class GridPage(Page):
    """The page of ledgers. What others changed reaches the sheet by itself (:attr:`reads`)."""

    name = "grid"
    title = "台账"
    icon = "table"
    #: No register is called so: the sheet follows ``desk.changed`` row by row.
    reads = frozenset({"-"})
    hints = "Enter 下一格　F2 改　Ctrl+C/V 与 Excel、WPS 互贴　Ctrl+D 向下填充　F8 下一处提示"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.register = desk.facts.scheme.head.weekly
        self._begun = False
        self.headline, self.body, self.aside = Headline(), Body(desk), Aside()
        self.empty = Vacancy()
        self.closed, self.note = Strip("lock", "accent"), Note(self.body.view, self.body)
        self._arrange()
        body = self.body
        self.asking = Asking(desk, self.headline, body.view, body.model, self)
        self.telling = Telling(desk, body.view, body.model, self.aside, self)
        self.arriving = Arriving(body, self.asking, self)
        self.menus, self.photographs = Menus(body, self), Photographs(body, self)
        self.verbs = WeekVerbs(desk, body, self.telling, self)
        self.folding = Folding(self.aside, self.telling.tell)
        self.undoing = Undoing(desk, self.headline, self)
        self.giving = Giving(desk, self)
        self.setAcceptDrops(True)
        self._connect()

    # Page ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.body.view.commit_open_editor()
        self.show_ledger(self.register)
        self.undoing.look()

    def show_ledger(self, register: str) -> None:
        """Show one of the ledgers, in the window's week."""
        facts = self.desk.facts
        ledgers = ledgers_of(facts.scheme)
        if register not in dict(ledgers):
            register = facts.scheme.head.weekly
        self.register = register
        definition = facts.scheme.register(register)
        weekly = register == facts.scheme.head.weekly
        fills = any(
            not columns.closed(facts.scheme, definition, field, facts.level)
            for field in definition.shown
        )
        self.headline.show_ledgers(ledgers, register)
        self.headline.set_weekly(weekly, facts.scheme.head.money_unit, fills)
        period = self.desk.period if weekly else ""
        self.body.model.show(register, period, self.asking.begin(register))

    def land(self, landing: Landing) -> None:
        known = dict(ledgers_of(self.desk.facts.scheme))
        if landing.register != self.register and landing.register in known:
            self.show_ledger(landing.register)
        if landing.text in ("todo", "must", "explain"):
            self.headline.chips.choose(landing.text)
            self.headline.chosen.emit(landing.text)
        if landing.record or landing.subject:
            self.arriving.want(landing)

    def place(self) -> dict[str, str]:
        view, model = self.body.view, self.body.model
        row, column = view.current()
        place = {"register": self.register, "row": model.row_key(row)}
        if 0 <= column < len(model.columns()):
            place["column"] = model.columns()[column].name
        if unsaved := model.unsaved():
            place["unsaved"] = msgspec.json.encode(unsaved).decode()
        return place

    def return_to(self, place: dict[str, str]) -> None:
        self.register = place.get("register") or self.register
        if place.get("unsaved"):
            self.body.model.restore(msgspec.json.decode(place["unsaved"], type=list[list[str]]))
        if place.get("row"):
            weekly = self.register == self.desk.facts.scheme.head.weekly
            key = "subject" if weekly else "record"
            self.arriving.want(
                Landing(
                    register=self.register, field=place.get("column", ""), **{key: place["row"]}
                )
            )

    def leave(self) -> bool:
        self.telling.save_explanation()
        self.body.view.commit_open_editor()
        return True

    def start_find(self) -> None:
        self.body.search()

    # Verbs -----------------------------------------------------------------------------------

    def add(self) -> None:
        """A new record of another ledger."""
        edit_record(self.desk, self, self.register)

    def give(self) -> None:
        """发填报模板: what is being typed is written first, so that it stands in the workbooks."""
        if self.body.view.commit_open_editor():
            self.giving.begin(self.register)

    def _arrange(self) -> None:
        self._middle, self._whole = QHBoxLayout(), QVBoxLayout(self)
        self._middle.addWidget(self.body, 1)
        self._middle.addWidget(self.empty, 1)
        self._middle.addWidget(self.aside)
        for widget in (self.headline, self.closed):
            self._whole.addWidget(widget)
        self._whole.addLayout(self._middle, 1)
        self.setFocusProxy(self.body.view)
        self._measure()

    def _measure(self) -> None:
        now = theme.current()
        self.aside.setFixedWidth(now.px(WIDTH))
        self._middle.setSpacing(now.gap)
        self._whole.setContentsMargins(now.px(20), now.px(14), now.px(20), now.px(14))
        self._whole.setSpacing(now.px(10))

    def _connect(self) -> None:
        head, body = self.headline, self.body
        head.ledger.connect(self.show_ledger)
        head.undo.connect(body.undo)
        head.redo.connect(body.redo)
        head.carry.connect(self.verbs.carry)
        head.find_wanted.connect(lambda: body.search(replace=True))
        head.check.connect(self.verbs.check)
        head.add_wanted.connect(self.add)
        head.excel_wanted.connect(lambda: self.desk.go("reading-in", Landing(text="choose")))
        head.give_wanted.connect(self.give)
        head.aside.connect(self.folding.toggle)
        head.entered.connect(body.view.setFocus)
        head.columns.connect(self._open_columns)
        body.told.connect(self.note.say)
        body.model.arrived.connect(self._arrived)
        body.model.counted.connect(self._look_empty)
        body.model.modelReset.connect(self._look_closed)
        body.model.failed.connect(self.desk.warn)
        self.empty.clicked.connect(self._fill_empty)
        self.menus.photos_wanted.connect(self.photographs.choose)
        self.desk.facts_changed.connect(self._facts_changed)
        for key, run in (
            ("F8", lambda: self._next(True)),
            ("Shift+F8", lambda: self._next(False)),
            ("F9", self.verbs.check),
            ("Ctrl+E", self.telling.explain_here),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # What is seen ----------------------------------------------------------------------------

    def _arrived(self) -> None:
        self.note.say("")
        self._look_empty()
        if not self._begun:
            self._begun = True
            self._begin()

    def _begin(self) -> None:
        """Stand on the first cell that can be filled."""
        view, model = self.body.view, self.body.model
        fills = [at for at, column in enumerate(model.columns()) if column.editable]
        if model.rowCount() and fills:
            view.go_to(0, fills[0])

    def _look_closed(self) -> None:
        """Say that the week is submitted, where it is the book's own."""
        held = self.body.model.contents
        lock = held.locks.get(self.desk.facts.unit, "") if held is not None else ""
        self.closed.say(lock)
        self.headline.carry_button.setEnabled(not lock)

    def _open_columns(self) -> None:
        button = self.headline.columns_button
        self.menus.open_columns(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _look_empty(self) -> None:
        held = self.body.model.contents
        if held is not None:
            self.empty.look(held, narrowed=self.asking.asked.narrows)
            self.body.setVisible(bool(held.keys))
            self.folding.set_empty(not held.keys)

    def _fill_empty(self) -> None:
        """The button of the empty page."""
        held = self.body.model.contents
        if self.asking.asked.narrows:
            self.asking.clear()
        elif held is not None and held.sheet.weekly:
            self.desk.go("project", Landing(text="new"))
        else:
            self.add()

    def _facts_changed(self) -> None:
        """Another scheme has other columns; anything else reaches the sheet by itself."""
        held = self.body.model.contents
        if held is not None and held.scheme is not self.desk.facts.scheme:
            self.show_ledger(self.register)

    def _next(self, forward: bool) -> None:
        if self.body.view.commit_open_editor() and not self.telling.step(forward):
            self.desk.say("没有要处理的提示。")

    # Qt --------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.folding.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.folding.set_width(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.body.model.set_awake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.body.model.set_awake(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.photographs.takes(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.photographs.row_at(event.position().toPoint())
        if row >= 0:
            column = self.body.view.current()[1]
            self.body.view.go_to(row, max(column, 0))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.photographs.row_at(event.position().toPoint())
        self.photographs.drop(row, event.mimeData())
        event.acceptProposedAction()


def ledgers_of(scheme: Scheme) -> list[tuple[str, str]]:
    """The ledgers that a person fills or looks at (name, title), the weekly one first."""
    found = [
        (one.name, one.title)
        for one in scheme.registers.values()
        if one.shape == "ledger" and not one.internal
    ]
    return sorted(found, key=lambda one: one[0] != scheme.head.weekly)
