"""How the panel 待定 is laid out: heading, cards, the field of another value, the reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange.settling_cards import ValueCard
from desktop.ui.exchange.settling_other import OtherValue
from desktop.ui.exchange.settling_reading import Case
from desktop.ui.parts import Button, Card, Empty, IconButton, Passage, Words

#: Side by side as long as each card has so many px at standard size.
NARROW = 160


class SettlingFrame(QWidget):
    """The widgets of the panel; ``taken`` gives the place of the side whose button was pressed."""

    taken = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.heading, self.field = Words("", "big", bold=True), Words("", bold=True)
        self.before = IconButton("chevron-left", "上一处（Alt+↑）")
        self.after = IconButton("chevron-right", "下一处（Alt+↓）")
        self.there = Button("到账上看")
        self.agreed = ValueCard(agreed=True)
        self.sides: list[ValueCard] = []
        self.closed, self.wrong = Passage("", role="explain"), Passage("", role="must")
        self.reason, self.other = QLineEdit(), Button("另填……")
        self.box = OtherValue(desk)
        self.none = Empty("没有待定的。", "两台电脑、两个单位把同一处填得不同时，在这里选定一个。")
        self.card = Card()
        self._arrange()

    def show_sides(self, case: Case) -> None:
        """As many cards as there are sides."""
        while len(self.sides) < len(case.sides):
            card = ValueCard()
            card.pressed.connect(partial(self.taken.emit, len(self.sides)))
            self.sides.append(card)
            self._row.addWidget(card, 1)
        for number, card in enumerate(self.sides, 1):
            card.setVisible(number <= len(case.sides))
            if number <= len(case.sides):
                card.show_side(case.sides[number - 1], case, number)

    def place_cards(self, case: Case) -> None:
        """Side by side; long texts, and where it is narrow, one below the other."""
        seen = len(case.sides) + (not case.removal)
        narrow = self.width() < seen * theme.current().px(NARROW)
        below = case.long or narrow
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def _arrange(self) -> None:
        now = theme.current()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(now.px(10))
        self._row.addWidget(self.agreed, 1)
        for button in (self.there, self.before, self.after):
            self.card.head.addWidget(button)
        self.card.head.insertWidget(0, self.heading, 1)
        self.reason.setPlaceholderText("理由（可以不填，记在流水里，对方也能看到）")
        self.reason.setAccessibleName("理由")
        self.reason.setMaxLength(200)
        foot = QHBoxLayout()
        foot.setSpacing(now.px(10))
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.other)
        body = QVBoxLayout()
        body.setSpacing(now.px(10))
        self.card.body.addLayout(body)
        for part in (self.field, self.closed):
            body.addWidget(part)
        body.addLayout(self._row)
        body.addWidget(self.wrong)
        body.addWidget(self.box)
        body.addLayout(foot)
        body.addWidget(
            Passage(
                "按 1、2 到一方的按钮，再按 Enter 选定；Alt+↑↓ 换一处。可以先放着，以后接着选。",
                "small",
                "ink_soft",
            )
        )
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addWidget(self.none, 1)
        column.addStretch(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.wrong.hide()
        self.card.hide()
        self.none.hide()
