"""The line below the sheet: the cell on which one stands, what becomes of it, another value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.ui import theme
from desktop.ui.parts import Passage, Words
from desktop.ui.parts.words import tip
from desktop.ui.reading_in.cell_words import CellWords


class CellLine(QFrame):
    """``corrected`` gives the origin, the field and the typed value; ``left`` that the keyboard
    goes back to the sheet."""

    corrected = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.words = CellWords("", "", "")
        self.cell, self.text = Words("", bold=True), Words("", role="ink_soft")
        self.said = Passage("", "small")
        self.box = _Box()
        self.box.setPlaceholderText("改为（F2）")
        self.box.setAccessibleName("这一格改为")
        self.box.returnPressed.connect(self._take)
        self.box.left.connect(self._give_up)
        now = theme.current()
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        first = QHBoxLayout()
        first.addWidget(self.cell)
        first.addWidget(self.text, 1)
        words = QVBoxLayout()
        words.setSpacing(now.px(2))
        words.addLayout(first)
        words.addWidget(self.said)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(now.gap, now.px(6), now.gap, now.px(4))
        whole.addLayout(words, 1)
        whole.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        self.measure()

    def measure(self) -> None:
        """As high as two lines of what is said."""
        now = theme.current()
        self.cell.setMinimumWidth(now.px(40))
        self.box.setFixedWidth(now.px(170))
        self.said.setFixedHeight(QFontMetrics(theme.font("small")).lineSpacing() * 2 + now.px(2))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.measure()

    def tell(self, words: CellWords) -> None:
        """Say what becomes of another cell."""
        self.words = words
        self.cell.set_text(words.cell)
        self.text.set_text(" ".join(words.text.split()) or "（空）")
        self.said.setText(words.said if len(words.said) <= 150 else words.said[:149] + "…")
        self.said.setToolTip(tip(words.said) if len(words.said) > 150 else "")
        self.said.set_role(theme.TONES[words.tone][0] if words.tone != "plain" else "ink_soft")
        self.box.clear()
        self.box.setEnabled(bool(words.field))

    def type(self, first: str) -> bool:
        """Let another value be typed, beginning with ``first``; False where none can be."""
        if not self.words.field:
            return False
        self.box.setText(first or self.words.text)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if first:
            self.box.deselect()
        else:
            self.box.selectAll()
        return True

    def refuse(self, sentence: str) -> None:
        """What was typed could not be taken."""
        self.said.setText(sentence)
        self.said.set_role("must")

    def _take(self) -> None:
        if self.words.field:
            self.corrected.emit(self.words.origin, self.words.field, self.box.text().strip())
            self.left.emit()

    def _give_up(self) -> None:
        self.box.clear()
        self.left.emit()


class _Box(QLineEdit):
    """Esc gives up and leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
