"""The recipients of what is given out: a row for each workbook, ticked those that are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.fill_ins.reading import Recipient
from desktop.ui.forms.initials import fits
from desktop.ui.parts import Button, Words
from desktop.ui.parts.words import tip
from desktop.ui.ticks import Ticks

#: With more recipients there is a box to find one.
MANY = 10
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Recipients(QWidget):
    """``changed`` when another row is ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[Recipient, ...] = ()
        self.tree, self.count = Ticks(), Words("", role="ink_soft")
        self.search = QLineEdit()
        self.all, self.none = Button("全选"), Button("全不选")
        self._arrange()
        self.tree.itemChanged.connect(lambda *_: self._say())
        self.search.textChanged.connect(self._narrow)
        self.all.clicked.connect(lambda: self._tick(_CHECKED))
        self.none.clicked.connect(lambda: self._tick(_UNCHECKED))

    def show_recipients(self, found: Sequence[Recipient], title: str) -> None:
        """Show other recipients, called ``title``; ticked are those who have rows to fill, or all
        where nobody has."""
        self.found = tuple(found)
        self.tree.blockSignals(True)
        self.tree.clear()
        self.tree.setHeaderLabels([title, "要填的行", "可以新增"])
        asked = any(one.rows for one in found)
        for one in found:
            row = QTreeWidgetItem([one.name, f"{one.rows}", f"{one.spare} 行" if one.spare else ""])
            row.setCheckState(0, _CHECKED if one.rows or not asked else _UNCHECKED)
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if one.unnamed:
                row.setForeground(0, theme.color("explain"))
                row.setToolTip(0, f"这些行没有填“{title}”，合成一份，需要自己分给人")
            else:
                row.setToolTip(0, tip(one.name))
            self.tree.addTopLevelItem(row)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)
        self.tree.blockSignals(False)
        self.search.clear()
        self.search.setVisible(len(found) > MANY)
        for button in (self.all, self.none):
            button.setVisible(len(found) > 1)
        self._say()

    def ticked(self) -> list[str]:
        """Who is to get one."""
        return [
            one.name
            for one, row in zip(self.found, self._rows(), strict=True)
            if row.checkState(0) == _CHECKED
        ]

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [row for row in found if row is not None]

    def _tick(self, state: Qt.CheckState) -> None:
        """Tick the rows that are seen, or none of them."""
        self.tree.blockSignals(True)
        for row in self._rows():
            if not row.isHidden():
                row.setCheckState(0, state)
        self.tree.blockSignals(False)
        self._say()

    def _narrow(self, wanted: str) -> None:
        fit = fits(wanted)
        for row in self._rows():
            row.setHidden(not fit(row.text(0)))

    def _say(self) -> None:
        chosen = set(self.ticked())
        rows = sum(one.rows for one in self.found if one.name in chosen)
        said = f"已选 {len(chosen)} 份，要填 {rows} 行"
        self.count.set_text(said if self.found else "")
        self.changed.emit()

    def _arrange(self) -> None:
        now = theme.current()
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHeaderLabels(["", "", ""])
        self.tree.setAccessibleName("发给谁")
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2):
            header.resizeSection(at, now.px(90))
        self.search.setPlaceholderText("查找，可用拼音首字母")
        self.search.setAccessibleName("查找收件的人")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(now.px(200))
        head = QHBoxLayout()
        head.setSpacing(now.px(8))
        head.addWidget(self.count, 1)
        head.addWidget(self.search)
        for button in (self.all, self.none):
            button.setAutoDefault(False)
            head.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(8))
        whole.addLayout(head)
        whole.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
