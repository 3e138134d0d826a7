"""Above a kept form: its name, the period, the verbs; below them what came of filling it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.department_forms.reading import Filled
from desktop.ui.parts import Button, IconButton, Passage, Words

#: What the list of periods says for a form without figures of a period.
NO_PERIOD = "不分期次"


class FormHead(QWidget):
    """``fill``, ``correct``, ``replace``, ``drop`` and ``folder`` are what the person wants."""

    fill = Signal()
    correct = Signal()
    replace = Signal()
    drop = Signal()
    folder = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.period = Words("", "title", bold=True), QComboBox()
        self.period.setAccessibleName("填哪一期")
        self.period.setMaxVisibleItems(20)
        self.period.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.period.setMinimumContentsLength(24)  # the name needs room, too; the list is wider
        self.period.view().setMinimumWidth(theme.current().px(360))
        self.fill_button = Button("填好存为……", primary=True, icon="download")
        self.fill_button.setToolTip("Ctrl+S")
        self.correct_button = Button("改各栏", icon="pencil")
        self.replace_button = IconButton("refresh", "换一份空表……", "ink")
        self.drop_button = IconButton("trash", "删除表样……", "ink")
        self.folder_button = IconButton("folder-open", "打开所在文件夹", "ink")
        self.outcome = Passage("", "body", "good")
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remarks = Passage("", "small", "explain")
        now = theme.current()
        row = QHBoxLayout()
        row.setSpacing(now.px(8))
        row.addWidget(self.name, 1)
        row.addWidget(self.period)
        for button, signal in (
            (self.fill_button, self.fill),
            (self.correct_button, self.correct),
            (self.folder_button, self.folder),
            (self.replace_button, self.replace),
            (self.drop_button, self.drop),
        ):
            row.addWidget(button)
            button.clicked.connect(signal)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(6))
        whole.addLayout(row)
        whole.addWidget(self.outcome)
        whole.addWidget(self.remarks)
        self.forget()

    def show_form(self, name: str, periods: Sequence[tuple[str, str]], chosen: str) -> None:
        """A form and the periods for which it may be filled; "" without a lack of any."""
        self.name.set_text(name)
        self.period.clear()
        for value, words in periods or (("", NO_PERIOD),):
            self.period.addItem(words, value)
        self.period.setCurrentIndex(max(0, self.period.findData(chosen)))
        self.period.setEnabled(bool(periods))

    def set_usable(self, usable: bool) -> None:
        """A spoilt form can only be replaced or deleted."""
        for widget in (self.fill_button, self.correct_button, self.period):
            widget.setVisible(usable)

    def tell(self, filled: Filled) -> None:
        """Where the filled form lies and what is to be known of it."""
        self.outcome.setText(f"填好 {filled.rows} 行，已存为 {filled.path}")
        self.remarks.setText("\n".join(filled.remarks))
        self.outcome.show()
        self.remarks.setVisible(bool(filled.remarks))
        self.folder_button.show()

    def forget(self) -> None:
        """Nothing was filled yet."""
        for widget in (self.outcome, self.remarks, self.folder_button):
            widget.hide()
