"""字体: which official faces this PC has for the papers, and whether they are used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.errand import Errand
from desktop.ui.papers.saving import OFFICE_FONTS
from desktop.ui.parts import Words
from desktop.ui.settings.faces import FaceRow, face_rows
from desktop.ui.settings.section import Section, hint
from desktop.ui.worker import Progress

_HEADINGS = ("用在", "公文字体", "本机找到", "打印时用")


class FontsSection(Section):
    """The system's fonts are looked through once, beside the window."""

    name, title, icon = "fonts", "字体", "file-text"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: tuple[FaceRow, ...] | None = None
        self.office = QCheckBox("打印时用本机的公文字体（没有的仍用自带字体）")
        self.state = hint("正在查找本机的公文字体……")
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(theme.current().px(28))
        self._table.setVerticalSpacing(theme.current().px(8))
        self.column.addWidget(self.state)
        self.column.addLayout(self._table)
        self.column.addWidget(self.office)
        self.column.addWidget(
            hint(
                "自带字体人人都有，同一份报表在哪台电脑上印出来都一样；用本机字体，"
                "印出来与单位的其他公文一致，但换一台电脑可能不同。"
            )
        )
        self.office.clicked.connect(self._chosen)
        self._errand: Errand | None = None

    def refresh(self) -> None:
        self.office.setChecked(bool(self.desk.pc.get(OFFICE_FONTS)))
        if self.rows is not None:
            self._show()
        elif self._errand is None:
            self._errand = Errand(self, "查找字体", _look, self._found)

    def _found(self, rows: object, error: OneLedgerError | None) -> None:
        self._errand = None
        if error is not None:
            self.state.setText(f"{error.sentence}{error.advice}")
        elif isinstance(rows, tuple):
            self.rows = rows
            self._show()

    def _show(self) -> None:
        assert self.rows is not None
        while (item := self._table.takeAt(0)) is not None:
            item.widget().deleteLater()
        for column, words in enumerate(_HEADINGS):
            self._table.addWidget(Words(words, "small", "ink_soft"), 0, column)
        for line, face in enumerate(self.rows, 1):
            used = face.official if face.found and self.office.isChecked() else face.bundled
            found = QLabel(face.found or "没有")
            found.setToolTip(face.folder)
            found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, cell in enumerate(
                (Words(face.use), Words(face.official), found, Words(used))
            ):
                self._table.addWidget(cell, line, column)
        self._table.setColumnStretch(len(_HEADINGS), 1)
        count = sum(bool(face.found) for face in self.rows)
        self.office.setEnabled(count > 0)
        said = f"本机有 {count} 种公文字体。" if count else "本机没有公文字体，都用程序自带的字体。"
        self.state.setText(said)

    def _chosen(self) -> None:
        self.desk.pc.put(OFFICE_FONTS, self.office.isChecked())
        self.desk.pc.save()
        if self.rows is not None:
            self._show()


def _look(progress: Progress) -> tuple[FaceRow, ...]:
    progress(0, 1)
    return face_rows()
