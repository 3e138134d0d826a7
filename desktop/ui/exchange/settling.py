"""待定: conflicts one by one, what was last agreed beside every side, and the decision.

May be left and continued at any time; a decision is an act like any other and is undone by Ctrl+Z.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ledger import conflicts
from desktop.ledger.conflicts import Choice, Given
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.exchange.settling_frame import SettlingFrame
from desktop.ui.exchange.settling_reading import Case, cases
from desktop.ui.grid.apart import HERE
from desktop.ui.landing import Landing


class SettlingPanel(SettlingFrame):
    """Shows one :class:`Case` of all; which one is remembered per book on this PC."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cases: tuple[Case, ...] = ()
        self.at = 0
        self._stale, self._busy, self._settled = True, False, ""
        desk.changed.connect(self._changed)
        self.before.clicked.connect(partial(self.step, -1))
        self.after.clicked.connect(partial(self.step, 1))
        self.there.clicked.connect(self._look)
        self.other.clicked.connect(self.open_other)
        self.box.taken.connect(lambda value: self.settle(Given(value)))
        self.box.refused.connect(self._refused)
        self.box.typed.connect(partial(self._say, ""))
        self.taken.connect(self._take)

    # Showing ---------------------------------------------------------------------------------

    @property
    def case(self) -> Case | None:
        """The conflict that is shown."""
        return self.cases[self.at] if self.cases else None

    def refresh(self) -> None:
        """Read the conflicts anew."""
        self._stale = False
        self.desk.read(self, cases, self.show_cases, key="cases")

    def show_cases(self, found: tuple[Case, ...]) -> None:
        """Show them; one stays where one was, or goes back to what was just undone."""
        ids = [one.id for one in found]
        here = str(self.desk.memory.get(HERE) or "")  # Another page may have asked for one.
        wanted = here
        if self._settled in ids:  # The decision was undone.
            wanted, self._settled = self._settled, ""
        same = self.case is not None and wanted == here and self.case in found
        self.at = ids.index(wanted) if wanted in ids else min(self.at, max(len(ids) - 1, 0))
        self.cases = found
        self._busy = False
        if same:
            self._head()  # What is being typed stays.
        else:
            self._show()

    def _go_to(self, wanted: str) -> None:
        ids = [one.id for one in self.cases]
        if wanted in ids and ids.index(wanted) != self.at:
            self.at = ids.index(wanted)
            self._show()

    def step(self, by: int) -> None:
        """The next conflict, or the one before; around at the end."""
        if self.cases:
            self.at = (self.at + by) % len(self.cases)
            self._show()
            self._begin()

    def _show(self) -> None:
        case = self.case
        self.card.setVisible(case is not None)
        self.none.setVisible(case is None)
        if case is None:
            return
        self.desk.memory.put(HERE, case.id)
        self._head()
        self.agreed.setVisible(not case.removal)
        self.agreed.show_agreed(case)
        self.show_sides(case)
        self.closed.setText(case.closed)
        self.closed.setVisible(bool(case.closed))
        for part in (self.reason, self.other):
            part.setVisible(not case.closed)
        self.other.setVisible(not case.closed and not case.removal)
        self.reason.clear()
        self._say("")
        self._shut()
        self.place_cards(case)
        self.area.verticalScrollBar().setValue(0)

    def _head(self) -> None:
        case = self.case
        if case is None:
            return
        self.heading.set_text(f"待定 {self.at + 1} / {len(self.cases)}　{case.where}")
        self.field.set_text(case.title)
        for button in (self.before, self.after):
            button.setVisible(len(self.cases) > 1)

    def _begin(self) -> None:
        """The keyboard on the first side's button, or on the way to the next."""
        if self.case is None:
            return
        buttons = [card.take for card in self.sides if card.take.isEnabled()]
        (buttons[0] if buttons else self.after).setFocus(Qt.FocusReason.OtherFocusReason)

    # Deciding --------------------------------------------------------------------------------

    def settle(self, choice: Choice) -> None:
        """Decide what is shown; what refuses it is said here."""
        case = self.case
        if case is None or case.closed or self._busy:
            return
        self._busy, self._settled = True, case.id
        reason = self.reason.text().strip()

        def run(book: Book) -> int:
            conflicts.settle(book, case.id, choice, reason)
            return len(conflicts.open(book))

        def done(_left: int) -> None:
            self.desk.say(f"已选定：{case.title}。选错了按 Ctrl+Z 撤销。")
            self._begin()

        def failed(error: OneLedgerError) -> None:
            self._busy = False
            if error.name == "NoSuchConflict":
                self.refresh()
            self._refused(error)

        self.desk.write(self, "选定", run, done, failed=failed)

    def _take(self, at: int) -> None:
        case = self.case
        if case is not None and at < len(case.sides):
            self.settle(case.sides[at].choice)

    def open_other(self) -> None:
        """Another value than any side's: the field's own editor."""
        case = self.case
        if case is None or case.closed or case.removal:
            return
        self.other.hide()
        self.box.open(case)
        self.area.ensureWidgetVisible(self.box)

    def _shut(self) -> None:
        """Put the editor away."""
        self.box.shut()
        case = self.case
        self.other.setVisible(case is not None and not case.closed and not case.removal)

    def _refused(self, error: OneLedgerError) -> None:
        self._say(f"{error.sentence}{error.advice}")

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _look(self) -> None:
        """To the cell itself, where the whole record is seen."""
        case, head = self.case, self.desk.facts.scheme.head
        if case is None:
            return
        if case.register == head.weekly:
            page = "grid"
        else:
            page = "project" if case.register == head.subject else "lists"
        field = "" if case.removal else case.field
        self.desk.go(page, Landing(register=case.register, record=case.record, field=field))

    # Events ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 … go to a side's button, the next number fills in another; Alt+↑↓ move."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        case = self.case
        if case is None:
            super().keyPressEvent(event)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step(1 if key == Qt.Key.Key_PageDown else -1)
        elif not alt and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._pick(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Escape and self.box.isVisible():
            self._shut()
            self._say("")
            self.other.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.hasFocus():
            self._begin()
        else:
            super().keyPressEvent(event)

    def _pick(self, at: int) -> None:
        case = self.case
        if case is None or case.closed:
            return
        if at < len(case.sides):
            self.sides[at].take.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(self.sides[at])
        elif at == len(case.sides):
            self.open_other()

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed while it was not seen shows."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._go_to(str(self.desk.memory.get(HERE) or ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.case is not None:
            self.place_cards(self.case)

    def _changed(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()
