"""The lines of the card 上报 that lead on: to what keeps the week back, or to its package."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.exchange.postbook import Sent
from desktop.ledger.correspondence import ACKNOWLEDGED, PENDING
from desktop.ui.desk import Desk
from desktop.ui.exchange.outgoing import Upward
from desktop.ui.exchange.words import package_in_words
from desktop.ui.page import Landing
from desktop.ui.parts import LinkRow
from desktop.ui.week.look import Aim, aim_of


class ReportLinks(QWidget):
    """``rows`` stand one below the other; ``package_wanted`` gives the record of the package."""

    package_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: list[LinkRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_upward(self, upward: Upward) -> None:
        """The package of a week that stands submitted; else what keeps the week back."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self.rows = []
        if not upward.done:
            self._show_blocks(upward)
        elif upward.on_paper:
            self._show_paper(upward)
        elif upward.package is not None:
            self._show_package(upward.package)
        self.setVisible(bool(self.rows))

    def _show_blocks(self, upward: Upward) -> None:
        week = upward.week
        for words, mark, found in (
            ("{} 个项目没有填完", "red", week.unfilled),
            ("{} 处错误要改正", "red", week.errors),
            ("{} 处疑点待说明", "yellow", week.open),
        ):
            if found:
                tone = "must" if mark == "red" else "explain"
                row = LinkRow(mark, words.format(len(found)), "去处理", tone)
                aim = aim_of(found[0], week.weekly)
                row.clicked.connect(lambda _on=False, there=aim: self._go(there))
                self._add(row)

    def _show_package(self, package: Sent) -> None:
        """The week's package, and the way to write it again."""
        answered = package.state == ACKNOWLEDGED
        mark = "green" if answered else "red" if package.state == PENDING else "yellow"
        said = f"{package_in_words(package.kind, package.number)}　{package.state}"
        row = LinkRow(mark, said, "查看" if answered else "再写一次", "accent")
        row.clicked.connect(lambda: self.package_wanted.emit(package.record))
        self._add(row)

    def _show_paper(self, upward: Upward) -> None:
        """The report that was signed, stamped and brought there."""
        row = LinkRow("", "纸质周报", "查看、打印", "accent")
        row.clicked.connect(lambda: self._go(Aim("papers", upward.week.weekly)))
        self._add(row)

    def _add(self, row: LinkRow) -> None:
        self._column.addWidget(row)
        row.show()  # Now, not by the layout later: the keyboard may be put on it.
        self.rows.append(row)

    def _go(self, aim: Aim) -> None:
        landing = Landing(
            register=aim.register, record=aim.record, field=aim.field, subject=aim.subject
        )
        self.desk.go(aim.page, landing)
