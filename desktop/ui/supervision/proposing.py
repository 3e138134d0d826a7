"""Supervised items out of lateness: the red projects that nobody supervises, to be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.reading import FieldValue
from desktop.ui.parts import Button, Words
from desktop.ui.parts.words import Passage, tip
from desktop.ui.supervision.acts import Proposal

Then = Callable[[list[Proposal], date], None]


class Proposing(QDialog):
    """Lists ``proposals``; ``then`` gets the ticked ones and the day by which they are due."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        proposals: Sequence[Proposal],
        due: date,
        field: Field,
        then: Then,
    ) -> None:
        super().__init__(parent.window())
        now = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("从红灯项目下达督办")
        self.proposals, self._then = list(proposals), then
        column = QVBoxLayout(self)
        column.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        column.setSpacing(now.gap)
        said = "亮红灯、还没有督办的项目。编号自动接续；下达后可以逐件修改，也可以一次撤销。"
        column.addWidget(Passage(said, "body", "ink_soft"))
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels(["项目", "单位", "亮红灯的原因"])
        self.tree.setAccessibleName("亮红灯的项目")
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, now.px(300))
        header.resizeSection(1, now.px(110))
        for one in self.proposals:
            row = QTreeWidgetItem([one.name, one.unit_name, one.reason])
            row.setCheckState(0, Qt.CheckState.Checked)
            for at, text in enumerate((one.name, one.unit_name, one.reason)):
                row.setToolTip(at, tip(text))
            self.tree.addTopLevelItem(row)
        self.tree.itemChanged.connect(lambda *_: self._count())
        column.addWidget(self.tree, 1)
        self.due = FieldBox(desk, field, required=True)
        self.due.show_value(FieldValue(due.isoformat(), due.isoformat()))
        self.due.setFixedWidth(now.px(200))
        foot = QHBoxLayout()
        foot.setSpacing(now.gap)
        foot.addWidget(self.due)
        foot.addWidget(Words("空格 勾选　Ctrl+Enter 下达　Esc 取消", "small", "ink_faint"), 1)
        self.cancel, self.yes = Button("取消"), Button("", primary=True)
        for button, press in ((self.cancel, self.reject), (self.yes, self.answer)):
            button.setAutoDefault(False)
            button.clicked.connect(press)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.answer)
        self.resize(now.px(860), now.px(480))
        self._count()

    def ticked(self) -> list[Proposal]:
        """The proposals that are wanted."""
        rows = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [
            one
            for one, row in zip(self.proposals, rows, strict=True)
            if row is not None and row.checkState(0) == Qt.CheckState.Checked
        ]

    def answer(self) -> None:
        """Hand over what was ticked."""
        try:
            due = self.due.editor.value()
        except OneLedgerError as error:
            self.due.refuse(str(error))
            return
        if due is None:
            self.due.refuse("请填写")
        elif self.ticked():
            self.accept()
            self._then(self.ticked(), date.fromisoformat(due))

    def _count(self) -> None:
        count = len(self.ticked())
        self.yes.setText(f"下达 {count} 件")
        self.yes.setEnabled(count > 0)
