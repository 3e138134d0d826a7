"""The cards of one conflict: what was last agreed, and every side with the button that takes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop.ui import theme
from desktop.ui.exchange.settling_marks import html, plain
from desktop.ui.exchange.settling_reading import EMPTY, Case, SideCard
from desktop.ui.parts import Button, Chip, Passage, Words
from desktop.ui.parts.words import tip


class ValueCard(QFrame):
    """A value with whose it is above and who wrote it below; ``pressed`` when it is taken."""

    pressed = Signal()

    def __init__(self, *, agreed: bool = False) -> None:
        super().__init__()
        self._agreed = agreed
        self._pieces = plain("")
        self._long = False
        self.who, self.wrote = Words("", "body", "ink_soft"), Passage("", "small", "ink_soft")
        self.now = Chip("账上暂用", "accent")
        self.now.setToolTip("没有选定以前，账上先显示这一方的")
        self.now.hide()
        self.value = Passage("", rich=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = Button("")
        self.take.clicked.connect(self.pressed)
        head, whole = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.who, 1)
        head.addWidget(self.now)
        whole.addLayout(head)
        whole.addWidget(self.value)
        whole.addWidget(self.wrote)
        whole.addStretch(1)
        whole.addWidget(self.take)
        self.take.setVisible(not agreed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._measure()

    def show_agreed(self, case: Case) -> None:
        """What both sides had seen."""
        self.who.set_text("上次一致")
        self._pieces, self._long = plain(case.agreed or EMPTY), case.long
        self.wrote.setText("双方分开填之前的" if case.agreed else "分开填之前还没有填")
        self._dress()

    def show_side(self, side: SideCard, case: Case, number: int) -> None:
        """One side; ``number`` is the key that goes to its button."""
        self.who.set_text(side.who or f"第 {number} 方")
        self.now.setVisible(side.first)
        self._pieces, self._long = side.pieces, case.long
        self.wrote.setText(side.wrote)
        self.take.setText(take_in_words(side, case))
        self.take.setToolTip(tip(f"按 {number} 到这里，再按 Enter 选定"))
        self.take.setEnabled(not case.closed)
        self.setAccessibleName(f"{self.who.text()}：{side.text}，{side.wrote}")
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame; grey where it is what was agreed, stronger where the keyboard is."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.take.hasFocus()
        painter.setBrush(theme.color("ground" if self._agreed else "card"))
        painter.setPen(QPen(theme.color("accent" if here else "edge"), 2 if here else 1))
        inner: QRect = self.rect().marginsRemoved(QMargins(1, 1, 1, 1))
        painter.drawRoundedRect(inner, now.radius, now.radius)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self._dress()

    def _dress(self) -> None:
        now = theme.current()
        self.value.setText(html(self._pieces, (now.explain, now.explain_soft), now.ink_faint))
        self.value.setFont(theme.font("body" if self._long else "title", bold=not self._long))
        layout = self.layout()
        if layout is not None:
            whole = Qt.AlignmentFlag(0)
            layout.setAlignment(self.take, Qt.AlignmentFlag.AlignLeft if self._long else whole)
        self.update()

    def _measure(self) -> None:
        now = theme.current()
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(12))
            layout.setSpacing(now.px(6))


def take_in_words(side: SideCard, case: Case) -> str:
    """What the button says: 用2号机的; of a removal 保留 or 删除."""
    if case.removal:
        return side.text
    return f"用{side.short}的"


__all__ = ["ValueCard", "take_in_words"]
