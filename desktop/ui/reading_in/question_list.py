"""The list of questions below the one that is asked: what is open, then what has been answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from desktop.ui import icons, theme
from desktop.ui.parts.words import tip
from desktop.ui.reading_in.case import Case
from desktop.ui.reading_in.intake import Given

ID = Qt.ItemDataRole.UserRole
#: More open questions than these are not listed; they come as the first are answered.
LISTED = 400


class QuestionList(QListWidget):
    """``gone`` gives the id of an open question, ``taken_back`` of an answered one."""

    gone = Signal(str)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.setAccessibleName("问题清单")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(now.mark, now.mark))
        self.setStyleSheet("QListWidget::item { padding: 2px 4px; }")
        self.setFixedHeight(now.px(112))
        self.itemClicked.connect(self._go)

    def tell(self, cases: Sequence[Case], given: Mapping[str, Given]) -> None:
        """Show other questions; nothing where there is only the one that is asked."""
        known = {case.id for case in cases}
        answered = [one for one in given.values() if one.case.id not in known]
        with QSignalBlocker(self):
            self.clear()
            for case in cases[:LISTED]:
                self._add("info", "explain", f"{case.place}　{case.title}", case.sentence, case.id)
            if len(cases) > LISTED:
                words = f"……另有 {len(cases) - LISTED:,} 个，答过前面的接着列出"
                more = QListWidgetItem(words)
                more.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(more)
            for one in answered:
                words = f"{one.case.place}　{one.case.title}：{one.words}"
                told = f"{one.case.sentence}\n答：{one.words}\n点一下重新答复"
                self._add("check", "good", words, told, f"={one.case.id}")
        self.setVisible(len(cases) > 1 or bool(answered))

    def mark(self, identity: str) -> None:
        """Mark the question that is asked."""
        with QSignalBlocker(self):
            for row in range(self.count()):
                if self.item(row).data(ID) == identity:
                    self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _add(self, icon: str, role: str, words: str, told: str, identity: str) -> None:
        item = QListWidgetItem(icons.icon(icon, role), words)
        item.setToolTip(tip(told))
        item.setData(ID, identity)
        self.addItem(item)

    def _go(self, item: QListWidgetItem | None) -> None:
        identity = item.data(ID) if item is not None else None
        if isinstance(identity, str):
            taken = identity.startswith("=")
            (self.taken_back if taken else self.gone).emit(identity.removeprefix("="))
