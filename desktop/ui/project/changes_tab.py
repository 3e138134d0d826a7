"""The changes of a project: who, when, what, why; narrowed to a field, read page by page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.parts import Words
from desktop.ui.project.changes import Change, Changed, Page
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel, TableView

COLUMNS = (
    Column("when", "时间", kind="date"),
    Column("who", "谁", kind="person"),
    Column("act", "操作", kind="choice"),
    Column("where", "何处", width=130),
    Column("field", "栏目", width=160),
    Column("change", "原值 → 新值", width=260, kind="long_text"),
    Column("why", "原因、出处", width=120, kind="long_text"),
)


class ChangesTab(QWidget):
    """Shows pages of changes; ``narrowed`` asks for those of one field, ``more`` for older ones."""

    narrowed = Signal()
    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.only: Changed | None = None
        self.next = 0
        self._fields: tuple[Changed, ...] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName("看哪一栏的变更")
        self.choice.setMinimumWidth(theme.current().px(220))
        self.choice.activated.connect(self._choose)
        self.count = Words("", "small", "ink_soft")
        self.model = TableModel(self)
        self.model.more.connect(self.more)
        self.view = TableView(self.model)
        head = QHBoxLayout()
        head.addWidget(Words("只看"))
        head.addWidget(self.choice)
        head.addStretch(1)
        head.addWidget(self.count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().gap, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)

    def start(self) -> None:
        """Another project: all fields again."""
        self.only = None

    def show_changes(self, page: Page, fields: Sequence[Changed]) -> None:
        """The newest changes, and the fields that one can narrow to."""
        if tuple(fields) != self._fields or self.only is None:
            self._fields = tuple(fields)
            self.choice.clear()
            self.choice.addItem("全部变更")
            self.choice.addItems([one.title for one in fields])
        if self.only in self._fields:
            self.choice.setCurrentIndex(self._fields.index(self.only) + 1)
        self.next = page.next
        self.model.show(_table(page.changes), more=bool(page.next))
        self._count()

    def add_changes(self, page: Page) -> None:
        """Older changes."""
        self.next = page.next
        self.model.add(_table(page.changes), more=bool(page.next))
        self._count()

    def _choose(self, at: int) -> None:
        self.only = self._fields[at - 1] if at else None
        self.narrowed.emit()

    def _count(self) -> None:
        shown = len(self.model.table.rows)
        self.count.set_text(f"已列出 {shown} 处，往下还有" if self.next else f"共 {shown} 处")


def _table(changes: Sequence[Change]) -> Table:
    rows = tuple(
        (
            Cell(one.when, "faint"),
            Cell(one.who),
            Cell(one.act),
            Cell(one.where, "faint"),
            Cell(one.field),
            Cell(f"{one.old or '空'} → {one.new or '空'}"),
            Cell(one.why, "faint"),
        )
        for one in changes
    )
    return Table(COLUMNS, rows, tuple("" for _ in rows))
