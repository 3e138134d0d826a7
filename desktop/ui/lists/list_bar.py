"""What narrows a list: its parts with their counts, a search by initials, more filters."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui import icons, theme
from desktop.ui.lists.closing import Closing
from desktop.ui.lists.reading import Part, Tally
from desktop.ui.parts import ChipRow, IconButton
from desktop.ui.parts.chips import ChipWords
from desktop.ui.parts.words import tip

#: The parts in their order: title and the light of those that ask for attention.
PARTS: dict[Part, tuple[str, str]] = {
    "all": ("全部", ""),
    "open": ("未办结", ""),
    "soon": ("七日内到期", "yellow"),
    "late": ("逾期", "red"),
    "done": ("待销号", ""),
    "closed": ("已销号", ""),
}
#: So long after the last key in the search, in milliseconds.
PAUSE = 150
_TIP = "按单位、类别、状态或任何一列筛选"


class ListBar(QWidget):
    """``chosen`` is a part, ``searched`` the typed text, ``left`` Enter or Down in the search."""

    chosen = Signal(str)
    searched = Signal(str)
    filter_wanted = Signal()
    give_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.chips = ChipRow()
        self.search = _Search()
        self.search.setPlaceholderText("查找（拼音首字母）")
        self.search.setAccessibleName("查找清单")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icons.icon("search", "ink_soft"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.conditions = IconButton("filter", _TIP)
        self.give = IconButton("users", "发填报模板……　给没有本程序的单位填", "ink")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(8))
        row.addWidget(self.chips, 1)
        row.addWidget(self.search)
        row.addWidget(self.conditions)
        row.addWidget(self.give)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textEdited.connect(lambda _text: self._pause.start(PAUSE))
        self.search.textChanged.connect(lambda text: None if text else self._pause.start(0))
        self.search.left.connect(self.left)
        self.conditions.clicked.connect(self.filter_wanted)
        self.give.clicked.connect(self.give_wanted)
        self.chips.chosen.connect(self.chosen)
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.search.setFixedWidth(theme.current().px(190))

    @property
    def part(self) -> Part:
        """The part that is chosen."""
        return next((part for part in PARTS if part == self.chips.current()), "all")

    def choose_part(self, part: str) -> None:
        """Choose a part without a word."""
        self.chips.choose(part)

    def return_to(self, part: str) -> None:
        """Begin with a part whose items are still to be counted."""
        self.chips.set_chips([(one, title, None) for one, (title, _) in PARTS.items()])
        self.chips.choose(part)

    def set_text(self, text: str) -> None:
        """Put a text into the search without searching."""
        self.search.setText(text)
        self._pause.stop()

    def show_tally(self, tally: Tally, closing: Closing | None) -> None:
        """Say how many items each part has; a list that is never closed has no parts."""
        chosen = self.part
        chips: list[ChipWords] = []
        for part, (title, mark) in PARTS.items():
            count = getattr(tally, part)
            if part == "done" and not count and chosen != "done":
                continue
            if part == "closed" and closing is not None:
                title = closing.title
            if part != "all" and closing is None:
                continue
            chips.append((part, title, count, mark) if mark and count else (part, title, count))
        self.chips.set_chips(chips)
        self.chips.choose(chosen)

    def set_conditions(self, words: str) -> None:
        """Say what is filtered beside the text, "" for nothing."""
        self.conditions.setToolTip(tip(f"{_TIP}\n正在筛选：{words}") if words else _TIP)
        self.conditions.setCheckable(bool(words))
        self.conditions.setChecked(bool(words))

    def below_filter(self) -> QPoint:
        """Where the panel opens, on the screen."""
        return self.conditions.mapToGlobal(QPoint(0, self.conditions.height() + 4))


class _Search(QLineEdit):
    """A line that one leaves for the list by Enter or Down."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
