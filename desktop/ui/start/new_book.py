"""The dialog that founds a book: unit, level, the unit above, the week's last day, the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.parts import Button, Words
from desktop.ui.parts.words import tip
from desktop.ui.settings.week_change import TITLES
from desktop.ui.start import places
from desktop.ui.start.founding import Founding, levels, shipped


class NewBookDialog(QDialog):
    """Asks what a new book is to be; ``founding`` is the answer.

    ``reports`` asks for a unit that fills each week (a township), otherwise for one above.
    """

    def __init__(self, parent: QWidget, *, reports: bool) -> None:
        super().__init__(parent)
        now, scheme = theme.current(), shipped()
        self._levels = levels(scheme, reports=reports)
        self._folder = places.books_folder()
        kind = "乡镇" if reports else "区级"
        self.setWindowTitle(f"新建{kind}账本")
        self.unit, self.under = QLineEdit(), QLineEdit()
        self.unit.setPlaceholderText("如：空冢郭镇" if reports else "如：源汇区")
        self.under.setPlaceholderText("如：源汇区")
        for field in (self.unit, self.under):
            field.setMaxLength(100)
        self.level, self.day = QComboBox(), QComboBox()
        self.level.addItems([level.title for level in self._levels])
        self.day.addItems(list(TITLES))
        self.day.setCurrentIndex(scheme.week_last_day)
        self.place, self.elsewhere = Words("", role="ink_soft"), Button("换文件夹……")
        self.go, self.stay = Button("建立账本", primary=True), Button("取消")
        self.note = QLabel("一周到这一天为止。由区县统一规定，乡镇要与区县一致。")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.note.setProperty("role", "ink_soft")
        self._form = form = QFormLayout()
        form.setSpacing(now.gap)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow("单位名称", self.unit)
        form.addRow("层级", self.level)
        form.addRow("上级单位", self.under)
        form.addRow("每周截止日", self.day)
        form.addRow("", self.note)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.elsewhere)
        form.addRow("保存为", where)
        form.setRowVisible(self.level, len(self._levels) > 1)
        buttons, whole = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.go)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        whole.setSpacing(now.pad)
        whole.addLayout(form)
        whole.addLayout(buttons)
        self.setMinimumWidth(now.px(560))
        self.unit.textChanged.connect(self._judge)
        self.under.textChanged.connect(self._judge)
        self.level.currentIndexChanged.connect(self._judge)
        self.elsewhere.clicked.connect(self._choose_folder)
        for button in (self.elsewhere, self.stay):
            button.setAutoDefault(False)
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self._judge()

    @property
    def founding(self) -> Founding:
        """What was asked for."""
        level = self._levels[self.level.currentIndex()]
        return Founding(
            path=places.free(self._folder / places.file_name(self.unit.text())),
            unit=" ".join(self.unit.text().split()),
            level=level.name,
            under=" ".join(self.under.text().split()) if level.under else "",
            last_day=self.day.currentIndex(),
        )

    def choose_folder(self, folder: Path) -> None:
        """Put the book into ``folder``."""
        self._folder = folder
        self._judge()

    def _choose_folder(self) -> None:
        start = self._folder if self._folder.is_dir() else places.documents()
        chosen = QFileDialog.getExistingDirectory(self, "账本放在哪个文件夹", str(start))
        if chosen:
            self.choose_folder(Path(chosen))

    def _judge(self) -> None:
        """A unit needs its name, and the name of the one above where its level has one."""
        asked = self.founding
        needs = bool(self._levels[self.level.currentIndex()].under)
        self._form.setRowVisible(self.under, needs)
        self.go.setEnabled(bool(asked.unit) and (bool(asked.under) or not needs))
        self.place.set_text(str(asked.path))
        self.place.setToolTip(tip(str(asked.path)))


def ask(parent: QWidget, *, reports: bool) -> NewBookDialog:
    """Show the dialog; it deletes itself when it is over."""
    dialog = NewBookDialog(parent, reports=reports)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
