"""The forms that are kept, one under another, and the buttons for a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.department_forms.reading import Kept
from desktop.ui.parts import Button, Card, Passage
from desktop.ui.parts.words import tip

NAME = Qt.ItemDataRole.UserRole


class FormShelf(QWidget):
    """``chosen`` names the form that the person picked; ``learn_wanted`` a new one."""

    chosen = Signal(str)
    learn_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list, self.learn = QListWidget(), Button("学新的表样……", icon="plus")
        self.nothing = Passage(
            "还没有学过表样。把部门发来的空表学一次，以后每期填好就行。", role="ink_soft"
        )
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListWidget { border: none; }")  # it stands in a card
        self.list.setAccessibleName("表样")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = Card("部门表样")
        self.card.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(self.learn)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card, 1)
        self._told = True
        self.list.currentItemChanged.connect(self._picked)
        self.learn.clicked.connect(self.learn_wanted)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def show_forms(self, forms: Sequence[Kept], chosen: str) -> None:
        """Show these forms; ``chosen`` is marked without a word."""
        self._told = False
        self.list.clear()
        for one in forms:
            item = QListWidgetItem(one.name, self.list)
            item.setData(NAME, one.name)
            item.setIcon(icons.icon("sheet" if one.form else "alert-triangle", "ink_soft"))
            item.setToolTip(tip(one.lack or one.name))
            item.setSizeHint(QSize(0, theme.current().px(34)))
        self._told = True
        self.nothing.setVisible(not forms)
        self.list.setVisible(bool(forms))
        self.choose(chosen)

    def choose(self, name: str) -> None:
        """Mark a form without a word; none where there is none of this name."""
        self._told = False
        rows = [at for at in range(self.list.count()) if self.list.item(at).data(NAME) == name]
        self.list.setCurrentRow(rows[0] if rows else -1)
        self._told = True

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._told:
            self.chosen.emit(item.data(NAME))

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().px(210))
