"""Packages as a table, and below it what the chosen one changes or why it is not taken in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import packages
from desktop.ui.exchange.detail import Detail
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.parts import Passage
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result, Sitting

#: So many places that could not be read are named below the table.
TOLD = 3
#: So many rows are seen at once before the table scrolls by itself; the page scrolls before that.
SEEN = 6
#: What the chosen package changes is never lower than this, at standard size.
LEAST = 190


class PackageTable(PlainTable):
    """The packages; Enter belongs to the page, which takes in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class Found(QWidget):
    """Shows a sitting: what was found and tried (``dry``), or what was taken in."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.sitting: Sitting | None = None
        self.dry = True
        self.aside: Collection[str] = ()
        self.model, self.detail = TableModel(self), Detail()
        self.table = PackageTable(self.model)
        self.table.setAccessibleName(name)
        self.troubles = Passage("", "small", "explain")
        self._arrange()
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(lambda *_: self._tell())

    def show_sitting(
        self,
        sitting: Sitting | None,
        *,
        dry: bool = True,
        aside: Collection[str] = (),
        troubles: Sequence[str] = (),
    ) -> None:
        """Show a sitting, None for nothing; ``aside``: digests of what was taken back."""
        self.sitting, self.dry, self.aside = sitting, dry, aside
        shown = Table(packages.COLUMNS, (), ())
        if sitting is not None:
            facts = self.desk.facts
            ranks = {unit.record: at for at, unit in enumerate(facts.units)}
            shown = packages.table(sitting, dry=dry, ranks=ranks, own=facts.unit, aside=aside)
        self.model.show(shown)
        more = f"\n另有 {len(troubles) - TOLD} 处没有读。" if len(troubles) > TOLD else ""
        self.troubles.setText("\n".join(troubles[:TOLD]) + more)
        self.troubles.setVisible(bool(troubles))
        head = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        rows = min(max(len(shown.rows), 2), SEEN)
        self.table.setMinimumHeight(head + rows * theme.current().row + bar + 2)
        self._tell()

    def least(self) -> int:
        """Lower than this, in pixels, the page scrolls and not the table."""
        now = theme.current()
        told = self.troubles.sizeHint().height() if self.troubles.isVisibleTo(self) else 0
        return self.table.minimumHeight() + told + now.gap + now.px(LEAST)

    def chosen(self) -> Result | None:
        """The package whose row is chosen."""
        key = self.table.chosen()
        return self.sitting.results[int(key)] if self.sitting is not None and key else None

    def choose_first(self, digest: str = "") -> None:
        """The package with ``digest``, else the first; after taking in, what went wrong first."""
        keys = self.model.table.keys
        if self.sitting is None or not keys:
            return
        results = self.sitting.results
        same = (key for key in keys if digest and results[int(key)].digest == digest)
        bad = (key for key in keys if not self.dry and results[int(key)].outcome == "已隔离")
        self.table.choose(next(same, next(bad, keys[0])))

    def _tell(self) -> None:
        one = self.chosen()
        back = one is not None and self.dry and one.digest in self.aside
        self.detail.show_result(one, dry=self.dry, aside=back)

    def _arrange(self) -> None:
        now = theme.current()
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(6))
        column.addWidget(self.table, 1)
        column.addWidget(self.troubles)
        self.detail.setMinimumHeight(now.px(LEAST))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(now.gap)
        halves.addWidget(above)
        halves.addWidget(self.detail)
        halves.setSizes([300, 260])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves)
