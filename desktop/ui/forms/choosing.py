"""Choosing by typing: a line with a list under it, narrowed by a part of a name or its initials.

Choices of a code list and flags take nothing else; a responsible unit is offered from the book's
units and may be any other name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ledger.definitions import Field
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.facts import UnitFact
from desktop.ui.forms.editor import Editor
from desktop.ui.forms.initials import fits
from desktop.ui.forms.offers import SEEN, OfferList

#: How far the keys go in the list.
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: SEEN,
    Qt.Key.Key_PageUp: -SEEN,
}


class Offering(Editor):
    """A line with a list of offers: Down or a click opens it, Enter or Tab takes the chosen one.

    ``strict``: only what is offered is taken, so that the first offer that fits is chosen while
    typing.
    """

    strict = True

    def __init__(self, desk: Desk, field: Field) -> None:
        line = QLineEdit()
        super().__init__(desk, field, line)
        self._line = line
        self.list = OfferList(self)
        self.list.taken.connect(self.take)
        self._open = QAction(icons.icon("chevron-down", "ink_soft"), "打开列表", line)
        self._open.triggered.connect(self.open_list)
        line.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        line.textEdited.connect(self._edited)

    # To be said by the kinds of offering -----------------------------------------------------

    def look(self, wanted: str) -> None:
        """Offer what fits ``wanted`` ("": everything) through :meth:`offer`, now or later."""
        raise NotImplementedError

    def text_of(self, offer: str, _row: int) -> str:
        """What stands in the line when this offer is taken."""
        return offer

    # The list --------------------------------------------------------------------------------

    def open_list(self) -> None:
        """Show everything on offer."""
        if not self.closed:
            self.inner.setFocus()
            self.look("")

    def offer(self, texts: Sequence[str], wanted: str) -> None:
        """Show these offers under the line."""
        if not texts or not self.inner.hasFocus():
            self.list.hide()
            return
        now = self.text()
        row = next((at for at, one in enumerate(texts) if self.text_of(one, at) == now), -1)
        if row < 0 and wanted and self.strict:
            row = 0
        self.list.offer(texts, row)

    def offered(self) -> list[str]:
        """What the list shows now; empty when it is closed."""
        return self.list.texts()

    def take(self, row: int) -> None:
        """Take the offer in ``row``."""
        self.list.hide()
        self._set_text(self.text_of(self.list.item(row).text(), row))
        self.typed.emit()
        self.left.emit()

    def finish(self) -> None:
        if not self.list.isHidden() and self.list.currentRow() >= 0:
            self.take(self.list.currentRow())

    def set_closed(self, closed: bool) -> None:
        super().set_closed(closed)
        self._open.setVisible(not closed)

    def _edited(self, text: str) -> None:
        self.typed.emit()
        self.look(text)

    def _leave(self) -> None:
        self.list.hide()
        super()._leave()

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self.closed:
            return super()._pressed(event)
        if self.list.isHidden():
            if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
                self.look("")
                return True
            return super()._pressed(event)
        if key in STEPS:
            self.list.move_by(STEPS[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (enter or key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)) and self.list.currentRow() >= 0:
            self.take(self.list.currentRow())
            if enter:
                return True
        return super()._pressed(event)


class Choice(Offering):
    """One item of a code list, or 是 and 否."""

    def items(self) -> list[str]:
        """What may be chosen, as shown; retired items only where the book holds one."""
        codes = self.desk.facts.scheme.code_list(self.field)
        if codes is None:
            return ["是", "否"]
        return [
            codes.title_of(item.name)
            for item in codes.items
            if not item.retired or item.name == self.stored
        ]

    def look(self, wanted: str) -> None:
        self.offer(list(filter(fits(wanted), self.items())), wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        if watched is self.inner and clicked and not self.closed and not self._line.selectedText():
            self.look("")
        return super().eventFilter(watched, event)


def fitting(units: Sequence[UnitFact], wanted: str) -> list[UnitFact]:
    """The units whose name or short name has ``wanted`` in it, as written or by initials."""
    fit = fits(wanted)
    return [unit for unit in units if fit(unit.name) or fit(unit.short)]


class UnitName(Offering):
    """A unit's name: those of the book are offered, any other may be typed."""

    strict = False

    def look(self, wanted: str) -> None:
        self.offer([unit.name for unit in fitting(self.desk.facts.units, wanted)], wanted)

    def value(self) -> Any:
        """The name as the book's unit is called, where a short name was typed."""
        found = super().value()
        if self.dirty and isinstance(found, str):
            named = [one for one in self.desk.facts.units if found in (one.name, one.short)]
            return named[0].name if len(named) == 1 else found
        return found
