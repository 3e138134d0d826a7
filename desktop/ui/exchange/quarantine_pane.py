"""隔离: what was refused, why, what is to be done, and where the copy lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.exchange.quarantine import Refused
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import quarantine
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.parts import Button, Card, Empty, Passage, Words
from desktop.ui.project.table_view import TableModel


class QuarantinePane(QWidget):
    """A list of refused packages; nothing of them is ever opened from here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.refused: dict[str, Refused] = {}
        self.model = TableModel(self)
        self.table = PlainTable(self.model)
        self.table.setAccessibleName("隔离的包")
        self.reason, self.advice = Passage("", role="must"), Passage("")
        self.path = Words("", "small", "ink_soft")
        self.copy = Button("复制路径", icon="copy")
        self.either = QStackedWidget()
        self._arrange()
        self.copy.clicked.connect(self.copy_path)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    def show_refused(self, found: tuple[Refused, ...]) -> None:
        """What lies in quarantine."""
        self.refused = {str(one.note): one for one in found}
        here, table = self.table.chosen(), quarantine.table(found)
        self.model.show(table)
        self.either.setCurrentIndex(1 if found else 0)
        if not self.table.choose(here) and table.keys:
            self.table.choose(table.keys[0])
        self._tell()

    def copy_path(self) -> None:
        """Where it lies, onto the clipboard."""
        one = self.refused.get(self.table.chosen())
        if one is not None:
            QGuiApplication.clipboard().setText(str(one.copy or one.note))
            self.desk.say("已复制路径")

    def _tell(self) -> None:
        one = self.refused.get(self.table.chosen())
        if one is None:
            return
        self.reason.setText(one.reason)
        self.advice.setText("\n".join(part for part in (one.advice, f"来源：{one.source}") if part))
        self.path.set_text(str(one.copy or one.note))

    def _arrange(self) -> None:
        now, card, full = theme.current(), Card(), QWidget()
        for passage in (self.reason, self.advice):
            passage.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(passage)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.copy)
        card.body.addLayout(row)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.gap)
        column.addWidget(self.table, 1)
        column.addWidget(card)
        self.either.addWidget(
            Empty(
                "没有隔离的包", "核对不过的数据包放在账本旁的隔离文件夹里，写明原因，不装入账本。"
            )
        )
        self.either.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.either)
