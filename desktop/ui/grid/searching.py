"""Find and replace in the sheet: joins the bar, the view and the model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.ui.grid import replacing
from desktop.ui.grid.find_bar import FindBar
from desktop.ui.grid.replacing import Search
from desktop.ui.grid.seeking import Hits
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.grid.view import GridView

#: In a table of more cells than these hits are not counted: it would be felt.
COUNTED = 20_000


class Searching(QObject):
    """``confirm`` asks before many cells are replaced."""

    done = Signal()

    def __init__(self, bar: FindBar, view: GridView, model: SheetModel, parent: QObject) -> None:
        super().__init__(parent)
        self.bar, self.view, self.model = bar, view, model
        bar.sought.connect(self.find)
        bar.replaced.connect(self.replace)
        bar.wanted.textChanged.connect(lambda: self._agree(None))
        bar.by.textChanged.connect(lambda: self._agree(None))
        #: What was counted and waits for a second press: the search and what it is replaced by.
        self._counted: tuple[Search, str, int] | None = None

    def open(self, *, replace: bool) -> None:
        """Open the bar with the text of the active cell."""
        row, column = self.view.current()
        held = self.model.contents
        text = held.edit_text(row, column) if held is not None and row >= 0 else ""
        if len(self.view.block()) > 1:
            self.bar.inside.setChecked(replace)
            text = ""
        else:
            self.bar.inside.setChecked(False)
        self._agree(None)
        self.bar.open(replace=replace, text="" if self.bar.wanted.text() else text)

    def find(self, search: Search, backwards: bool) -> None:
        """Go to the next cell, or to the one before."""
        held = self.model.contents
        if held is None:
            return
        if len(held.rows) < len(held.keys):
            self._seek(search, backwards)
            return
        found = replacing.following(
            search,
            self.view.current(),
            self.model.rowCount(),
            self._columns(),
            self._texts,
            backwards=backwards,
        )
        if found is None:
            self.bar.say("没有找到。")
            return
        self.bar.say(self._counted_hits(search, found))
        self.view.go_to(*found)

    def _seek(self, search: Search, backwards: bool) -> None:
        """Where not all rows were read, the book is asked: it knows them all."""
        if not search.text:
            return
        self.bar.say("正在全部行中查找……")
        columns = self._columns()
        self.model.loader.seek(search, columns, lambda hits: self._sought(hits, columns, backwards))

    def _sought(self, hits: Hits, columns: Sequence[int], backwards: bool) -> None:
        """Go to the next of all hits, in the order in which they stand."""
        held = self.model.contents
        if held is None:
            return
        if hits and not self.model.has_all_keys():
            self.bar.say("还在读入，请稍候再按一次。")
            return
        places = {column: place for place, column in enumerate(columns)}
        found = sorted(
            (row, places[column])
            for key, ats in hits.items()
            if (row := held.row_of(key)) >= 0
            for column in ats
        )
        if not found:
            self.bar.say("没有找到。")
            return
        row, column = self.view.current()
        here = row, places.get(column, -1)
        if backwards:
            at = (bisect_left(found, here) - 1) % len(found)
        else:
            at = bisect_right(found, here) % len(found)
        self.bar.say(f"第 {at + 1} 处，共 {len(found)} 处")
        self.view.go_to(found[at][0], columns[found[at][1]])

    def _counted_hits(self, search: Search, here: tuple[int, int]) -> str:
        """Which of how many hits this one is; "" in a table too long to be looked through."""
        rows, columns = range(self.model.rowCount()), self._columns()
        if len(rows) * len(columns) > COUNTED:
            return ""
        hits = list(replacing.find(search, rows, columns, self._texts))
        return f"第 {hits.index(here) + 1} 处，共 {len(hits)} 处" if here in hits else ""

    def replace(self, search: Search, by: str, every: bool) -> None:
        """Replace in the active cell and go on, or everywhere, told first how many."""
        held = self.model.contents
        if held is None:
            return
        if not every:
            row, column = self.view.current()
            here = self._planned(search, by, [row], [column]) if row >= 0 else []
            if here:
                self.model.commit(here, f"替换为“{by}”")
            self.find(search, False)
            return
        rows, columns = range(self.model.rowCount()), self._columns()
        if self.bar.inside.isChecked():
            block = self.view.block()
            rows, columns = block.rows, list(block.columns)
        planned = self._planned(search, by, rows, columns)
        if not planned:
            self._agree(None)
            self.bar.say(f"没有可以替换的内容。{self._only_read()}")
        elif self._counted != (search, by, len(planned)):
            self._agree((search, by, len(planned)))
            self.bar.say(f"将替换 {len(planned)} 处，再按一次确认。{self._only_read()}")
        else:
            self._agree(None)
            self.model.commit(planned, f"替换 {len(planned)} 处")
            self.bar.say(f"已替换 {len(planned)} 处，可以撤销。")

    def _only_read(self) -> str:
        """What is to be said of replacing where not all rows were read."""
        held = self.model.contents
        unread = held is not None and len(held.rows) < len(held.keys)
        return "（只替换已读入的行，其余的行请先筛选出来）" if unread else ""

    def _agree(self, counted: tuple[Search, str, int] | None) -> None:
        """Note what was counted; the button says what the next press does."""
        self._counted = counted
        self.bar.all.setText("全部替换" if counted is None else f"替换 {counted[2]} 处")
        self.bar.all.set_primary(counted is not None)

    def _planned(
        self, search: Search, by: str, rows: Sequence[int] | range, columns: Sequence[int]
    ) -> list[tuple[int, int, str]]:
        return replacing.replacements(search, by, rows, columns, self._texts, self._editable)

    def _columns(self) -> list[int]:
        """The shown columns as they stand."""
        layout = self.view.get_layout()
        places = {column.name: at for at, column in enumerate(self.model.columns())}
        hidden = set(layout["hidden"])
        return [places[name] for name in layout["order"] if name in places and name not in hidden]

    def _texts(self, row: int, column: int) -> tuple[str, str]:
        held = self.model.contents
        own = held.row_at(row) if held is not None else None
        if held is None or own is None:
            return "", ""
        return own.texts[column], held.edit_text(row, column)

    def _editable(self, row: int, column: int) -> bool:
        held = self.model.contents
        return held is not None and held.editable(row, column)
