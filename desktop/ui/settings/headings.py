"""读过的表头: what was said of columns and is said again; named, forgotten, handed on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.papers import saving
from desktop.ui.parts import Button, Passage
from desktop.ui.parts.words import tip
from desktop.ui.settings import headings_reading as reading
from desktop.ui.settings.headings_reading import Line, TakenIn
from desktop.ui.settings.section import Section, hint, row

KIND = "表头对应关系 (*.json)"
_KEY = Qt.ItemDataRole.UserRole


class HeadingsSection(Section):
    """``ask`` and ``choose`` reach outside: the system's dialogs for files."""

    name, title, icon = "headings", "读过的表头", "sheet"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: tuple[Line, ...] = ()
        self.ask: saving.Ask = saving.ask_for_file
        self.choose: Callable[[], Path | None] = self._choose_file
        self.list = QTreeWidget()
        self.none = hint("还没有。读入 Excel 时改过栏目或金额单位、写入账本以后，会记在这里。")
        self.outcome = Passage()
        self.rename = Button("改名", icon="pencil")
        self.forget = Button("忘掉", icon="trash")
        self.hand_out = Button("导出……", icon="download")
        self.take_in = Button("读入别人导出的……", icon="folder-open")
        self._arrange()
        self.list.itemSelectionChanged.connect(self._judge)
        self.list.itemChanged.connect(self._renamed)
        self.rename.clicked.connect(self._rename)
        self.forget.clicked.connect(self._forget)
        self.hand_out.clicked.connect(self._hand_out)
        self.take_in.clicked.connect(self._take_in)

    @property
    def chosen(self) -> list[str]:
        """The tables that are marked."""
        return [str(item.data(0, _KEY)) for item in self.list.selectedItems()]

    def refresh(self) -> None:
        self.desk.read(self, lambda _book: reading.lines(), self._show, key="headings")

    def _show(self, found: tuple[Line, ...]) -> None:
        self.lines = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            cells = [one.name, one.when, f"{one.said} 处", one.headings]
            item = QTreeWidgetItem(self.list, cells)
            item.setData(0, _KEY, one.signature)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(0, tip(one.name))
            item.setToolTip(3, tip(one.headings))
        self.list.blockSignals(False)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._judge()

    def _judge(self) -> None:
        count = len(self.chosen)
        self.rename.setEnabled(count == 1)
        self.forget.setEnabled(count > 0)
        self.hand_out.setEnabled(bool(self.lines))
        self.hand_out.setText(f"导出选中的 {count} 种……" if count > 1 else "导出……")

    # Verbs ------------------------------------------------------------------------------------

    def _rename(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.setFocus()
            self.list.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        key, name = str(item.data(0, _KEY)), item.text(0)
        if column == 0:
            self._do(lambda: reading.rename(key, name), lambda _none: self.refresh())
        else:
            self.refresh()  # Only the name can be changed.

    def _forget(self) -> None:
        known = self.chosen
        names = "”“".join(one.name for one in self.lines if one.signature in known)
        if known and self.desk.confirm(
            f"要忘掉“{names}”吗？" if len(known) < 4 else f"要忘掉这 {len(known)} 种表头吗？",
            "以后再读同样的表头，由程序自己判断，拿不准的会问。账本里的内容不受影响。",
            "忘掉",
        ):

            def then(count: int) -> None:
                self._say(f"已忘掉 {count} 种表头。")
                self.refresh()

            self._do(lambda: reading.forget(known), then)

    def _hand_out(self) -> None:
        known = self.chosen if len(self.chosen) > 1 else []
        proposed = saving.folder(self.desk.memory) / "表头对应关系.json"
        target = self.ask(self.window(), "导出到", proposed, KIND)
        if target is not None:
            path = saving.with_ending(target, ".json")
            said = f"，存为 {path}。别的电脑在“设置—读过的表头”中读入就能用。"
            self._do(
                lambda: reading.hand_out(known, path),
                lambda count: self._say(f"已导出 {count} 种表头{said}"),
            )

    def _take_in(self) -> None:
        source = self.choose()
        if source is None:
            return

        def then(taken: TakenIn) -> None:
            parts = [f"新记住 {taken.new} 种表头"] if taken.new else []
            parts += [f"更换 {taken.replaced} 种"] if taken.replaced else []
            parts += [f"{taken.same} 种本来就一样"] if taken.same else []
            self._say(f"{'，'.join(parts)}。" if parts else "这个文件里没有表头。")
            self.refresh()

        self._do(lambda: reading.take_in(source), then)

    def _do(self, run: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Files are read and written beside the window's thread."""
        self.desk.read(self, lambda _book: run(), then)

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.desk.say(sentence.split("，")[0].rstrip("。"))

    def _choose_file(self) -> Path | None:
        start = str(saving.folder(self.desk.memory))
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "选择导出的表头", start, KIND)
        return Path(chosen) if chosen else None

    def _arrange(self) -> None:
        now = theme.current()
        self.column.addWidget(
            hint(
                "读入 Excel 时，您对栏目和金额单位的更改会记在这台电脑上；"
                "下次读到同样的表头，照上次指定的读。名称可以改（F2），也可以导出给别的电脑用。"
            )
        )
        self.list.setHeaderLabels(["名称", "上次读入", "改过", "表头"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.list.setMinimumHeight(now.px(280))
        self.list.setAccessibleName("读过的表头")
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, wide in ((0, 220), (1, 100), (2, 60)):
            header.resizeSection(at, now.px(wide))
        header.setStretchLastSection(True)
        self.column.addWidget(self.list)
        self.none.hide()
        self.column.addWidget(self.none)
        self.column.addWidget(row(self.rename, self.forget, self.hand_out, self.take_in))
        self.column.addWidget(self.outcome)
        self._judge()
