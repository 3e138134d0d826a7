"""The line above the grid: which ledger, what is to be done in it, the filter, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.parts import Button, Chip, ChipRow, IconButton, Words

#: After so long without a key the rows are filtered, in milliseconds.
PAUSE = 180
CHIPS = (("all", "全部"), ("todo", "待填"), ("must", "错误"), ("explain", "待说明"))


class Headline(QWidget):
    """Signals say what was asked; ``filtered`` carries the typed text, ``chosen`` a chip's key,
    ``ledger`` a register's name."""

    filtered = Signal(str)
    chosen = Signal(str)
    ledger = Signal(str)
    filter_wanted = Signal()
    undo = Signal()
    redo = Signal()
    carry = Signal()
    find_wanted = Signal()
    columns = Signal()
    check = Signal()
    add_wanted = Signal()
    excel_wanted = Signal()
    give_wanted = Signal()
    aside = Signal()
    entered = Signal()  # Enter or Down in the filter: on to the grid

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int | None, ...] = ()
        self.title = Words("", "title", bold=True)
        self.ledgers = QComboBox()
        self.ledgers.setAccessibleName("台账")
        self.ledgers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.ledgers.activated.connect(self._switched)
        self.unit = Chip("")
        self.chips = ChipRow()
        self.chips.chosen.connect(self.chosen)
        self.box = _Box()
        self.box.setPlaceholderText("筛选，可用拼音首字母")
        self.box.setAccessibleName("按名称筛选，可用拼音首字母")
        self.box.setClearButtonEnabled(True)
        icon = QAction(icons.icon("filter", "ink_faint"), "", self.box)
        self.box.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self.box.left.connect(self.entered)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(lambda: self.filtered.emit(self.box.text()))
        self.box.textEdited.connect(lambda _text: self._pause.start())
        self.conditions = IconButton("filter", "按单位、级别、类别、状态、亮灯筛选")
        self.undo_button = IconButton("undo", "撤销　Ctrl+Z", "ink")
        self.redo_button = IconButton("redo", "重做　Ctrl+Y", "ink")
        self.find_button = IconButton("search", "查找和替换　Ctrl+F、Ctrl+H", "ink")
        self.columns_button = IconButton("columns", "显示和隐藏列", "ink")
        self.aside_button = IconButton("info", "说明栏：提示、历史、近十周", "ink")
        self.new_button = Button("新增", icon="plus")
        self.excel_button = IconButton("sheet", "从 Excel 读入……", "ink")
        self.give_button = IconButton("users", "发填报模板……　给没有本程序的单位填", "ink")
        self.carry_button = Button("照上周带入")
        self.check_button = Button("审核", primary=True)
        self._connect()
        self._arrange()
        self.set_undo(0, 0)

    # What is shown ---------------------------------------------------------------------------

    def show_ledgers(self, ledgers: Sequence[tuple[str, str]], chosen: str) -> None:
        """The ledgers that there are (name, title): a list where there are several."""
        title = next((title for name, title in ledgers if name == chosen), "")
        self.title.set_text(title)
        self.title.setVisible(len(ledgers) < 2)
        self.ledgers.setVisible(len(ledgers) > 1)
        self.ledgers.clear()
        for name, words in ledgers:
            self.ledgers.addItem(words, name)
        self.ledgers.setCurrentIndex(self.ledgers.findData(chosen))

    def show_counts(self, counts: Sequence[int | None]) -> None:
        """How many rows, to fill, wrong, to explain; None where it is not known."""
        if tuple(counts) != self._counts:
            self._counts = tuple(counts)
            chips = [(key, text, count) for (key, text), count in zip(CHIPS, counts, strict=False)]
            self.chips.set_chips(chips)

    def set_weekly(self, weekly: bool, unit: str, can_create: bool) -> None:
        """What the week's ledger has and others have not."""
        self.unit.set_text(f"单位：{unit}")
        self.carry_button.setVisible(weekly)
        self.check_button.setVisible(weekly)
        self.new_button.setVisible(not weekly and can_create)
        self._fit()

    def set_undo(self, undoable: int, redoable: int) -> None:
        """How many acts can be taken back, and done again."""
        self.undo_button.setEnabled(undoable > 0)
        self.redo_button.setEnabled(redoable > 0)

    def set_conditions(self, words: str) -> None:
        """What is filtered beside the text, "" for nothing."""
        tip = "按单位、级别、类别、状态、亮灯筛选"
        self.conditions.set_icon("filter", f"{tip}\n正在筛选：{words}" if words else tip)
        self.conditions.setCheckable(bool(words))
        self.conditions.setChecked(bool(words))

    def set_text(self, text: str) -> None:
        """Put a text into the filter without filtering."""
        self.box.setText(text)

    # -----------------------------------------------------------------------------------------

    def _switched(self, at: int) -> None:
        self.ledger.emit(self.ledgers.itemData(at))

    def _connect(self) -> None:
        for button, signal in (
            (self.conditions, self.filter_wanted),
            (self.undo_button, self.undo),
            (self.redo_button, self.redo),
            (self.find_button, self.find_wanted),
            (self.columns_button, self.columns),
            (self.aside_button, self.aside),
            (self.new_button, self.add_wanted),
            (self.excel_button, self.excel_wanted),
            (self.give_button, self.give_wanted),
            (self.carry_button, self.carry),
            (self.check_button, self.check),
        ):
            button.clicked.connect(signal)

    def _arrange(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        left, right = QHBoxLayout(self._left), QHBoxLayout(self._right)
        titles: tuple[QWidget, ...] = (self.title, self.ledgers, self.unit)
        buttons: tuple[QWidget, ...] = (
            self.conditions,
            self.undo_button,
            self.redo_button,
            self.find_button,
            self.columns_button,
            self.aside_button,
            self.new_button,
            self.excel_button,
            self.give_button,
            self.carry_button,
            self.check_button,
        )
        for layout in (left, right):
            layout.setContentsMargins(0, 0, 0, 0)
        for widget in titles:
            left.addWidget(widget)
        left.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(self.box, 4)
        for widget in buttons:
            right.addWidget(widget)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._left)
        self._whole.addWidget(self._right, 1)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def _measure(self) -> None:
        now = theme.current()
        for layout in (self._left.layout(), self._right.layout(), self._whole):
            if layout is not None:
                layout.setSpacing(now.px(8))
        self.box.setMinimumWidth(now.px(190))
        self.box.setMaximumWidth(now.px(300))
        self.ledgers.setFont(theme.font("big", bold=True))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """One line where there is room, else two."""
        chips = sum(
            button.sizeHint().width() + 8 for button in self.chips.findChildren(QAbstractButton)
        )
        title = max(self.title.sizeHint().width(), self.ledgers.sizeHint().width())
        left = title + self.unit.sizeHint().width() + chips
        wide = self.width() >= left + self._right.minimumSizeHint().width() + 40
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._whole.direction() != way:
            self._whole.setDirection(way)


class _Box(QLineEdit):
    """The filter: Enter and Down lead on to the grid, Esc clears it first."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
