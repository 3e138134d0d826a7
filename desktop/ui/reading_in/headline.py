"""The line above both sides: which workbook, whose, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.parts import Button, Chip, Words
from desktop.ui.reading_in.reading import Found


class Headline(QWidget):
    """``other`` that another workbook is wanted, ``dropped`` that this one is put aside,
    ``write`` that it is to be written."""

    other = Signal()
    dropped = Signal()
    write = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.file, self.unit = Words("", "title", bold=True), Chip("")
        self.other_button, self.drop_button = Button("换一个工作簿……"), Button("放弃")
        self.write_button = Button("写入账本", primary=True)
        self.write_button.setToolTip("F9")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file)
        row.addWidget(self.unit)
        row.addStretch(1)
        for button, signal in (
            (self.other_button, self.other),
            (self.drop_button, self.dropped),
            (self.write_button, self.write),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)

    def tell(self, found: Found, *, done: bool) -> None:
        """The workbook, and whether there is anything to write."""
        self.file.set_text(found.workbook.name)
        unit = found.proposal.unit
        self.unit.set_text(f"填报单位：{unit}" if unit else "没有写明填报单位")
        writes = found.plan.asked or any(one.new or one.changed for one in found.summary.counts)
        self.write_button.setEnabled(writes and not done)
        self.drop_button.setText("完成" if done else "放弃")
