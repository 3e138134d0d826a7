"""The left side of the page: the papers there are, the choices of the one shown, the forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.facts import Facts
from desktop.ui.papers.catalogue import Offer, key_of
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.options import Options
from desktop.ui.papers.shelf import Shelf
from desktop.ui.parts import Button, Card


class Side(QWidget):
    """The shelf and the options, a card each; ``propose`` is there where letters are written,
    ``forms`` leads to the departments' own forms."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.shelf, self.options = Shelf(), Options(facts)
        self.propose = Button("拟发函…", icon="message")
        self.forms = Button("填表……", icon="sheet")
        self._list, self._options = Card("报表"), Card("选项")
        self._forms = Card("部门表样")
        self._forms.head.addWidget(self.forms)
        self.forms.setToolTip("照部门发来的空表，每期填好，样子不变")
        self._list.head.addWidget(self.propose)
        self._list.body.addWidget(self.shelf)
        self._options.body.addWidget(self.options)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().gap)
        column.addWidget(self._list, 1)
        column.addWidget(self._options)
        column.addWidget(self._forms)
        self.propose.hide()
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show other papers; :meth:`show_choice` follows."""
        self.shelf.show_offers(offers)
        self.propose.setVisible(key_of("reminder") in {one.key for one in offers})

    def show_choice(self, offer: Offer, choice: Choice, facts: Facts, printed: str) -> None:
        """Mark the paper ``offer`` and show what is chosen for it, without a word."""
        self.shelf.choose(offer.key)
        self.options.show_choice(offer, choice, facts, printed)
        self._options.setHidden(self.options.empty())

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().px(270))
