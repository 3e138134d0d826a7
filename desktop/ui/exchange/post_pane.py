"""收发登记: what was sent, with a second writing; what was taken in, with its undoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.exchange.postbook import Sent, Took
from desktop.exchange.volumes import Volume
from desktop.ledger.correspondence import SET_ASIDE
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import letters
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.exchange.sending_card import SendingCard
from desktop.ui.exchange.words import package_in_words, weeks_in_words
from desktop.ui.parts import Button, Card, Empty, Passage, Words
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel
from desktop.ui.worker import Progress


class _Pane(QWidget):
    """A table of packages, and below it the chosen one with what can be done."""

    def __init__(self, name: str, nothing: str, advice: str, below: Card) -> None:
        super().__init__()
        self.names: Mapping[str, str] = {}
        self.model = TableModel(self)
        self.table = PlainTable(self.model)
        self.table.setAccessibleName(name)
        self.below, self.empty = below, Empty(nothing, advice)
        self.words = Passage("")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.mark = Words("", "small", "ink_soft")
        below.body.setSpacing(theme.current().px(8))
        below.body.addWidget(self.words)
        below.body.addWidget(self.mark)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().gap)
        column.addWidget(self.table, 1)
        column.addWidget(below)
        self.either = QStackedWidget()
        self.either.addWidget(self.empty)
        self.either.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.either)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.tell())

    def tell(self) -> None:
        """Say what the chosen package is."""

    def _show(self, table: Table) -> None:
        here = self.table.chosen()
        self.model.show(table)
        self.either.setCurrentIndex(1 if table.rows else 0)
        if not self.table.choose(here) and table.keys:
            self.table.choose(table.keys[0])
        self.tell()


class SentPane(_Pane):
    """What was sent; a package that nobody has acknowledged can be written again."""

    ended = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.packages: dict[str, Sent] = {}
        self.card = SendingCard(desk, "", "再写到", primary=False)
        super().__init__("寄出的包", "还没有写过数据包", "写到U盘的每个包都登记在这里。", self.card)
        self.back = Button("撤回…")
        row = QHBoxLayout()
        row.addWidget(self.card.destination, 1)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(row)
        self.card.destination.chosen.connect(self.write_again)
        self.card.ended.connect(self.ended)
        self.back.clicked.connect(self.withdraw)
        self.tell()

    def show_packages(self, packages: Sequence[Sent], names: Mapping[str, str]) -> None:
        """What was sent; ``names`` of units."""
        self.packages, self.names = {one.record: one for one in packages}, names
        self._show(letters.sent_table(packages, names))

    def show_sticks(self, sticks: Sequence[Volume]) -> None:
        """The sticks that are put in now."""
        self.card.show_sticks(sticks)

    def tell(self) -> None:
        """Say what the chosen package is, and what can be done with it."""
        one = self.packages.get(self.table.chosen())
        self.card.destination.setVisible(one is not None and letters.may_write_again(one))
        self.back.setVisible(one is not None and letters.may_withdraw(one))
        if one is not None:
            self.words.setText(letters.told(one, self.names.get(one.unit, "对方")))
            self.mark.set_text(f"校验值 {one.digest}")

    def write_again(self, folder: Path) -> None:
        """Write the chosen package from the outbox to another stick."""
        one = self.packages.get(self.table.chosen())
        if one is None:
            return
        place, end = self.card.where(folder)
        number = package_in_words(one.kind, one.number)

        def run(book: Book, progress: Progress) -> Path:
            from desktop.exchange import sending

            return sending.again(book, one, folder, progress)

        def then(path: Path) -> None:
            lines = (f"校验值 {one.digest[:16]}，文件 {path.name}",)
            self.ended.emit(Outcome("good", f"{number}已再次写入{place}，{end}", lines))

        self.card.write("再写一次", "没有写成，账本没有变；可以换一个U盘再写。", run, then)

    def withdraw(self) -> None:
        """Take a package back that never left."""
        one = self.packages.get(self.table.chosen())
        if one is None:
            return
        number, weeks = package_in_words(one.kind, one.number), weeks_in_words(one.periods)
        opened = f"{weeks}重新开放填报，" if weeks and one.kind == "report" else ""
        question = f"撤回没有写出的{number}？"
        if self.desk.confirm(question, f"{opened}这个编号不再使用；内容随下一个包送出。", "撤回"):

            def run(book: Book) -> None:
                from desktop.exchange import sending

                sending.withdraw(book, one)

            done = f"已撤回{number}"
            self.desk.write(self, "撤回", run, lambda _none: self.desk.say(done))


class TakenPane(_Pane):
    """What was taken in; a whole take-in can be undone, and done again, which ``moved`` tells."""

    receipt_wanted = Signal(object)  # Took
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.packages: dict[str, Took] = {}
        card = Card()
        super().__init__("收到的包", "还没有装入过数据包", "装入的每个包都登记在这里。", card)
        self.undo, self.again = Button("撤销装入…"), Button("重新装入")
        self.receipt = Button("打印回执", icon="printer")
        row = QHBoxLayout()
        for button in (self.receipt, self.undo, self.again):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.undo.clicked.connect(self.set_aside)
        self.again.clicked.connect(self.lift)
        self.receipt.clicked.connect(self._want_receipt)
        self.tell()

    def show_packages(self, packages: Sequence[Took], names: Mapping[str, str]) -> None:
        """What was taken in; ``names`` of units."""
        self.packages, self.names = {one.record: one for one in packages}, names
        self._show(letters.taken_table(packages, names))

    def tell(self) -> None:
        """Say what the chosen package is, and what can be done with it."""
        one = self.packages.get(self.table.chosen())
        aside = one is not None and one.state == SET_ASIDE
        self.undo.setVisible(one is not None and not aside)
        self.receipt.setVisible(one is not None and not aside)
        self.again.setVisible(aside)
        if one is not None:
            self.words.setText(letters.taken_told(one, self.names.get(one.unit, "对方")))
            self.mark.set_text(f"校验值 {one.digest}")

    def _want_receipt(self) -> None:
        one = self.packages.get(self.table.chosen())
        if one is not None:
            self.receipt_wanted.emit(one)

    def set_aside(self) -> None:
        """Undo a whole take-in, when the person means it."""
        one = self.packages.get(self.table.chosen())
        if one is None:
            return
        name = self.names.get(one.unit, "对方")
        number = package_in_words(one.kind, one.number)
        advice = (
            f"这个包带来的 {one.entries} 条改动和在其上的改动都不再算数，账本回到没有装它的样子；"
            "流水里仍保留，可以随时“重新装入”。对方不会知道。"
        )
        if self.desk.confirm(f"撤销装入{name}的{number}？", advice, "撤销装入"):

            def run(book: Book) -> int:
                from desktop.exchange import taking

                return len(taking.undo(book, one.digest))

            def then(count: int) -> None:
                self.desk.say(f"已撤销装入{name}的{number}，{count} 条记录改回")
                self.moved.emit()

            self.desk.write(self, "撤销装入", run, then)

    def show_newest(self) -> None:
        """Choose what was taken in last, for the keyboard."""
        if self.model.table.keys:
            self.table.choose(self.model.table.keys[0])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def lift(self) -> None:
        """Take a package in again that was set aside."""
        one = self.packages.get(self.table.chosen())
        if one is None:
            return
        number = package_in_words(one.kind, one.number)
        done = f"已重新装入{self.names.get(one.unit, '对方')}的{number}"

        def run(book: Book) -> None:
            from desktop.ledger import aside

            aside.lift(book, one.digest)

        def then(_none: None) -> None:
            self.desk.say(done)
            self.moved.emit()

        self.desk.write(self, "重新装入", run, then)
