"""Above a form that is being learned: what it is called, and whether it is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.sheets.forms.keeping import LONGEST_NAME
from desktop.ui import theme
from desktop.ui.parts import Button, Passage, Words


class TeachHead(QWidget):
    """``save`` that the form is to be kept, ``dropped`` that it is not."""

    save = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.box = QLineEdit()
        self.box.setMaxLength(LONGEST_NAME)
        self.box.setPlaceholderText("表样名称，例如“统计局月报”")
        self.box.setAccessibleName("表样名称")
        self.box.setMaximumWidth(now.px(320))
        self.drop_button, self.save_button = Button("放弃"), Button("保存表样", primary=True)
        self.save_button.setToolTip("F9")
        self.hint = Passage(
            "看每一栏上方写的是不是它要填的内容，不对的点开改（Alt+↓）；蓝底的格每期填，其余原样保留。",
            role="ink_soft",
        )
        self.refusal = Passage("", role="must")
        row = QHBoxLayout()
        row.setSpacing(now.px(8))
        row.addWidget(Words("叫做"))
        row.addWidget(self.box, 1)
        row.addStretch(1)
        for button, signal in ((self.drop_button, self.dropped), (self.save_button, self.save)):
            button.clicked.connect(signal)
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(6))
        whole.addLayout(row)
        whole.addWidget(self.hint)
        whole.addWidget(self.refusal)
        self.box.textEdited.connect(lambda _text: self.refusal.hide())
        self.refusal.hide()

    def begin(self, name: str) -> None:
        """Another form; ``name`` is proposed."""
        self.box.setText(name)
        self.refusal.hide()

    def refuse(self, sentence: str) -> None:
        """Why it was not kept, at its name."""
        self.refusal.setText(sentence)
        self.refusal.show()
        self.box.setFocus()
        self.box.selectAll()
