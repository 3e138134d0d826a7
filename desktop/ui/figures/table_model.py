"""The figures as a model: rows in the order asked for, the total below, headings on two lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.figures.tabulation import Heading, Table, TableRow, ordered
from desktop.ui.lights import WORDS
from desktop.ui.parts.words import tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: A heading of more characters stands on two lines.
_LONGEST = 5
_SORTS = "点一下按这一栏排序，再点一下倒过来"
#: Words of the trade before which a heading is broken.
_WORDS = ("问题", "节点", "项目", "应竣工", "开工", "竣工", "完成率")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_EMPTY = Table((), (), TableRow(None, ()), "", "")


class FiguresModel(QAbstractTableModel):
    """The rows in the order asked for, the total below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = _EMPTY
        self.rows: tuple[TableRow, ...] = ()

    def show_table(self, table: Table, column: str, *, descending: bool) -> None:
        """Show another table, sorted by a column ("": as it comes)."""
        self.beginResetModel()
        self.table = table
        self.rows = ordered(table, column, descending=descending)
        self.endResetModel()

    def row_at(self, number: int) -> TableRow:
        """A row, the total as the last one."""
        return self.rows[number] if number < len(self.rows) else self.table.total

    def is_total(self, number: int) -> bool:
        """Whether it is the last line."""
        return number == len(self.rows)

    def heading(self, column: int) -> Heading:
        """What a column is."""
        return self.table.headings[column]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or not self.table.headings else len(self.rows) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, heading = self.row_at(index.row()), self.heading(index.column())
        text = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(_RIGHT if heading.kind == "figure" else _LEFT)
            case Qt.ItemDataRole.AccessibleTextRole:
                light = WORDS[row.light or "none"] if heading.kind == "light" else text
                return f"{heading.title} {light}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(row.tip or (text if heading.kind == "text" else ""))
            case Qt.ItemDataRole.FontRole:
                return theme.font("body", bold=True) if self.is_total(index.row()) else None
            case Qt.ItemDataRole.BackgroundRole:
                return theme.color("head") if self.is_total(index.row()) else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        heading = self.heading(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return broken(heading.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (heading.tip, _SORTS) if part)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            sides = {"figure": _RIGHT, "light": _MIDDLE, "text": _LEFT}
            return int(sides[heading.kind])
        return None


def broken(title: str) -> str:
    """A long heading on two lines, broken before a word where one begins near the middle."""
    if len(title) <= _LONGEST:
        return title
    half = (len(title) + 1) // 2
    begins = [at for at in range(2, len(title) - 1) if title.startswith(_WORDS, at)]
    at = min(begins, key=lambda at: abs(at - half), default=half)
    return f"{title[:at]}\n{title[at:]}"
