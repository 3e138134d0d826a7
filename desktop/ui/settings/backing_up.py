"""备份: the list of them; make one, try one, get one back into a new file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.errors import OneLedgerError
from desktop.ledger import backups
from desktop.ledger.backups import Backup
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.papers.saving import FOLDER, ask_for_file, folder, open_folder, with_ending
from desktop.ui.parts import Button, Words
from desktop.ui.settings.copies import (
    MADE,
    Copy,
    copies,
    remember,
    remembered,
    restored_name,
)
from desktop.ui.settings.section import Section, hint, row
from desktop.ui.worker import Progress

KIND = "账本 (*.yzb)"


class BackupSection(Section):
    """``ask`` and ``choose`` reach for the system's file dialogs."""

    name, title, icon = "backups", "备份", "backup"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ask = ask_for_file
        self.choose: Callable[[], Path | None] = self._choose_file
        self.copies: tuple[Copy, ...] = ()
        self.make = Button("立即备份……", primary=True, icon="save")
        self.list = QTreeWidget()
        self.none = Words("还没有备份", "body", "ink_soft")
        self.try_out, self.restore = (
            Button("试一试", icon="shield"),
            Button("恢复……", icon="restore"),
        )
        self.show_folder = Button("打开所在文件夹", icon="folder-open")
        self.other = Button("从别处的备份恢复……")
        self.outcome = hint("")
        self._arrange()
        self.make.clicked.connect(self._make)
        self.try_out.clicked.connect(self._try)
        self.restore.clicked.connect(lambda: self._restore(self.chosen))
        self.show_folder.clicked.connect(self._open)
        self.other.clicked.connect(self._restore_other)
        self.list.itemSelectionChanged.connect(self._judge)

    @property
    def chosen(self) -> Copy | None:
        """The backup that is marked on the list."""
        items = self.list.selectedItems()
        return self.copies[self.list.indexOfTopLevelItem(items[0])] if items else None

    def refresh(self) -> None:
        known = remembered(self.desk.memory.get(MADE))
        self.desk.read(self, lambda book: copies(book, known), self._show, key="copies")

    def _show(self, found: tuple[Copy, ...]) -> None:
        self.copies = found
        self.list.clear()
        for copy in found:
            counted = f"{copy.entries} 条" if copy.entries is not None else ""
            cells = [f"{copy.day:%Y-%m-%d}", copy.purpose, counted, copy.said_size, copy.path.name]
            item = QTreeWidgetItem(self.list, cells)
            item.setToolTip(4, str(copy.path))
            if self.list.topLevelItemCount() == 1:
                self.list.setCurrentItem(item)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        self._judge()

    def _judge(self) -> None:
        for button in (self.try_out, self.restore, self.show_folder):
            button.setEnabled(self.chosen is not None)

    # Making ----------------------------------------------------------------------------------

    def _make(self) -> None:
        desk = self.desk
        name = f"{desk.facts.unit_short} {desk.today():%Y-%m-%d} 备份.yzb"
        target = self.ask(self.window(), "备份到", folder(desk.memory) / name, KIND)
        if target is None:
            return
        target = with_ending(target, ".yzb")

        def run(book: Book, progress: Progress) -> Backup:
            return backups.backup(book, target, progress=progress)

        def then(made: Backup) -> None:
            desk.memory.put(MADE, remember(desk.memory.get(MADE), target))
            desk.memory.put(FOLDER, str(target.parent))
            lacking = f"其中 {made.lacking} 件照片或附件缺失。" if made.lacking else ""
            said = f"已备份到 {target}：{made.entries} 条流水，逐条核验过。{lacking}"
            self._say(said + made.forms.told)
            self.refresh()

        desk.work(self, "备份", run, then, failed=self._refused(self._make))

    # Trying and restoring --------------------------------------------------------------------

    def _try(self) -> None:
        copy = self.chosen
        if copy is None:
            return

        def run(_book: Book, progress: Progress) -> Backup:
            """Restore it for good into a folder of its own, which is then taken away."""
            progress(0, 0)
            with tempfile.TemporaryDirectory(prefix="oneledger-") as place:
                return backups.restore(copy.path, Path(place) / "试.yzb", profile=Path(place))

        def then(made: Backup) -> None:
            self._say(
                f"这份备份可用：实际恢复了一遍，{made.entries} 条流水逐条核验无误，"
                f"校验值 {made.head[:12]}。现在的账本没有动。"
            )

        self.desk.work(self, "试恢复备份", run, then)

    def _restore(self, copy: Copy | None) -> None:
        if copy is None:
            return
        desk = self.desk
        proposed = restored_name(desk.facts.path, copy)
        target = self.ask(self.window(), "恢复成新的账本文件", proposed, KIND)
        if target is None:
            return
        target = with_ending(target, ".yzb")

        def run(_book: Book, progress: Progress) -> Backup:
            progress(0, 0)
            return backups.restore(copy.path, target)

        def then(made: Backup) -> None:
            said = f"已恢复成 {target}：{made.entries} 条流水，已核验。现在的账本没有动。"
            self._say(said + made.forms.told)
            question = f"已恢复成新的账本文件“{target.name}”。现在打开它吗？"
            advice = (
                f"现在的账本“{desk.facts.path.name}”原样保留，以后随时可以再打开。"
                "备份以后填的内容不在恢复的账本里。"
            )
            if desk.confirm(question, advice, "打开恢复的账本"):
                desk.open_book(target)

        desk.work(self, "恢复备份", run, then, failed=self._refused(lambda: self._restore(copy)))

    def _restore_other(self) -> None:
        path = self.choose()
        if path is not None:
            day, size = self.desk.today(), path.stat().st_size if path.is_file() else 0
            self._restore(Copy(path, day, "", size))

    def _open(self) -> None:
        copy = self.chosen
        if copy is not None:
            try:
                open_folder(copy.path)
            except OneLedgerError as error:
                self.desk.warn(error)

    def _choose_file(self) -> Path | None:
        start = str(folder(self.desk.memory))
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "选择备份", start, KIND)
        return Path(chosen) if chosen else None

    def _refused(self, again: Callable[[], None]) -> Callable[[OneLedgerError], None]:
        return lambda error: self.desk.warn(error, Remedy("另选位置", again))

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.desk.say(sentence.split("：")[0])

    def _arrange(self) -> None:
        now = theme.current()
        self.card.head.addWidget(self.make)
        self.column.addWidget(
            hint("每天、重要步骤之前自动备份，放在账本旁边。每周请再备份一份到 U 盘或另一块硬盘。")
        )
        self.list.setHeaderLabels(["日期", "为什么备份", "流水", "大小", "文件"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(now.px(260))
        self.list.setAccessibleName("备份")
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.column.addWidget(self.list)
        self.none.hide()
        self.column.addWidget(self.none)
        self.column.addWidget(row(self.try_out, self.restore, self.show_folder, self.other))
        self.column.addWidget(self.outcome)
        self.column.addWidget(
            hint("“恢复”总是恢复成一个新文件，现在的账本原样保留；看过以后再决定用哪一本。")
        )
        self._judge()
