"""A table whose chosen row keeps the colours of its words, and whose rows are chosen whole."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme
from desktop.ui.project.table_view import TableModel, TableView


class PlainTable(TableView):
    """Shows a :class:`TableModel`."""

    def __init__(self, model: TableModel) -> None:
        super().__init__(model)
        self.setItemDelegate(_Toned(self))
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(20))


class _Toned(QStyledItemDelegate):
    """Draws chosen rows in the tones of their words, without a frame around one cell."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            # The style sheet's ink for what is chosen would take the tone away.
            option.backgroundBrush = theme.color("selected")  # type: ignore[attr-defined]
        off = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
        option.state = state & ~off  # type: ignore[attr-defined]
