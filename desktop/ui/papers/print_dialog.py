"""What is asked before printing, on one small sheet; the last answers stand there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.papers.setup import SHARPNESS, SHEETS, SIDES, NoSuchPages, Setup, wanted
from desktop.ui.parts import Button
from desktop.ui.parts.words import Passage


class PrintDialog(QDialog):
    """Asks for a :class:`Setup`; ``pages`` are the pages (from 0) when it was accepted.

    ``save_wanted``: the PC has no printer, and the PDF is to be saved instead.
    """

    save_wanted = Signal()

    def __init__(
        self, parent: QWidget, title: str, count: int, printers: Sequence[str], setup: Setup
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"打印：{title}")
        self._count = count
        self.printer, self.copies, self.range = QComboBox(), QSpinBox(), QLineEdit(setup.pages)
        self.sides, self.sheet, self.dots = QComboBox(), QComboBox(), QComboBox()
        self.trouble = Passage("", "body", "must")
        self.go, self.back = Button("打印", primary=True, icon="printer"), Button("取消")
        self.save = Button("存为 PDF", primary=True, icon="download")
        self._fill(printers, setup)
        self._arrange()
        self._say_trouble()

    @property
    def setup(self) -> Setup:
        """What was set up."""
        return Setup(
            printer=self.printer.currentText(),
            copies=self.copies.value(),
            pages=self.range.text().strip(),
            sides=self.sides.currentData(),
            sheet=self.sheet.currentData(),
            dots=self.dots.currentData(),
        )

    @property
    def pages(self) -> tuple[int, ...]:
        """Which pages; raises :class:`NoSuchPages`."""
        return wanted(self.range.text(), self._count)

    def _fill(self, printers: Sequence[str], setup: Setup) -> None:
        self.printer.addItems(list(printers))
        self.printer.setCurrentIndex(max(self.printer.findText(setup.printer), 0))
        self.copies.setRange(1, 999)
        self.copies.setValue(setup.copies)
        self.range.setPlaceholderText(f"全部 {self._count} 页；只印几页写 1-3,5")
        for box, choices, chosen in (
            (self.sides, SIDES, setup.sides),
            (self.sheet, SHEETS, setup.sheet),
            (self.dots, SHARPNESS, setup.dots),
        ):
            _offer(box, choices, chosen)
        for box in (self.printer, self.sides, self.sheet, self.dots):
            box.setMinimumWidth(theme.current().px(280))

    def _arrange(self) -> None:
        now = theme.current()
        form = QFormLayout()
        form.setHorizontalSpacing(now.gap)
        form.setVerticalSpacing(now.gap)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.addRow("打印机(&R)", self.printer)
        form.addRow("页码(&N)", self.range)
        form.addRow("份数(&C)", self.copies)
        form.addRow("双面(&D)", self.sides)
        form.addRow("纸张(&S)", self.sheet)
        form.addRow("清晰度(&Q)", self.dots)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.save)
        row.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        whole.setSpacing(now.pad)
        whole.addLayout(form)
        whole.addWidget(self.trouble)
        whole.addLayout(row)
        printers = bool(self.printer.count())
        self.go.setVisible(printers)
        self.save.setVisible(not printers)
        (self.go if printers else self.save).setDefault(True)
        self.go.clicked.connect(self.accept)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.reject)
        self.range.textChanged.connect(self._say_trouble)
        self.range.setFocus()

    def _save(self) -> None:
        self.reject()
        self.save_wanted.emit()

    def _say_trouble(self) -> None:
        """What is wrong stands above the buttons while it is wrong, whole."""
        said = ""
        if not self.printer.count():
            said = "这台电脑没有打印机，可以先存为 PDF。"
        try:
            pages = self.pages
        except NoSuchPages as error:
            pages, said = (), error.sentence
        self.trouble.setText(said)
        self.go.setEnabled(bool(pages) and not said)


def _offer(box: QComboBox, choices: Sequence[tuple[Any, str]], chosen: Any) -> None:
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
