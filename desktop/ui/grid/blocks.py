"""What one does with selected cells: copy, cut, paste, fill down, empty; the real clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.ui.grid import clipboard, pasting
from desktop.ui.grid.clipboard import Block
from desktop.ui.grid.pasting import Table
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.grid.view import GridView

#: More cells than these are not copied at once: a whole register of a hundred thousand rows.
MOST = 500_000


class Blocks:
    """The verbs of the block selected in ``view``; ``say`` tells what was left out."""

    def __init__(self, view: GridView, model: SheetModel) -> None:
        self.view, self.model = view, model

    def copy(self) -> str:
        """Put the selected cells on the clipboard, as Excel and WPS take them; what was done."""
        cells = self.cells()
        if not cells:
            return ""
        if sum(map(len, cells)) > MOST:
            return "选中的格太多，没有复制。请少选一些，或在“调度与报表”中导出 Excel。"
        if any(text is None for row in cells for text in row):
            return "选中的行还没有读完，请稍后再复制。"
        block = [[text or "" for text in row] for row in cells]
        data = QMimeData()
        data.setText(clipboard.write(block))
        data.setHtml(clipboard.write_html(block))
        QGuiApplication.clipboard().setMimeData(data)
        return f"已复制 {len(block)} 行 {len(block[0])} 列，可以粘贴到 Excel、WPS。"

    def cut(self) -> str:
        """Copy, then empty."""
        said = self.copy()
        if said.startswith("已复制"):
            self.empty("剪切")
        return said

    def paste(self) -> str:
        """Paste what is on the clipboard over the selection; what was left out."""
        held = self.model.contents
        block = on_clipboard()
        if held is None or not block:
            return "剪贴板上没有可以粘贴的内容。"
        made = pasting.plan(block, self.view.block(), self.table())
        if made.edits:
            self.model.commit(made.edits, f"粘贴 {len(made.edits)} 格")
        covered = made.covered
        if len(covered):
            last_row, last_column = covered.rows[-1], covered.columns[-1]
            self.view.select_block(covered.rows[0], covered.columns[0], last_row, last_column)
        return made.note

    def holds_text(self) -> bool:
        """Whether the clipboard holds cells, and not only a picture or files."""
        data = QGuiApplication.clipboard().mimeData()
        return data is not None and (
            (bool(data.text()) and not data.hasUrls()) or bool(data.html())
        )

    def fill_down(self) -> str:
        """Fill the first row of the selection down; from the row above where only one is."""
        chosen, held = self.view.block(), self.model.contents
        if held is None or not len(chosen):
            return ""
        source = chosen.rows[0] if len(chosen.rows) > 1 else chosen.rows[0] - 1
        targets = [row for row in chosen.rows if row != source]
        if source < 0:
            return "上面没有可以向下填充的格。"
        edits = [
            (row, column, held.edit_text(source, column))
            for row in targets
            for column in chosen.columns
            if held.editable(row, column)
        ]
        self.model.commit(edits, f"向下填充 {len(edits)} 格")
        return "" if edits else "这些格不能填写。"

    def empty(self, act: str = "清除") -> str:
        """Empty the selected cells that can be filled."""
        chosen, held = self.view.block(), self.model.contents
        if held is None:
            return ""
        edits = [
            (row, column, "")
            for row in chosen.rows
            for column in chosen.columns
            if held.editable(row, column)
        ]
        self.model.commit(edits, f"{act} {len(edits)} 格")
        return "" if edits else "这些格不能清除。"

    def cells(self) -> list[list[str | None]]:
        """The selected cells as texts for another program, None for a row still to be read."""
        chosen, held = self.view.block(), self.model.contents
        if held is None or not len(chosen):
            return []
        columns = pasting.copied(chosen, self.table())
        return [
            [None if held.row_at(row) is None else held.edit_text(row, at) for at in columns]
            for row in chosen.rows
        ]

    def table(self) -> Table:
        """The table as it stands: columns in their order, hidden ones at their place."""
        held = self.model.contents
        assert held is not None
        layout = self.view.get_layout()
        places = {column.name: at for at, column in enumerate(self.model.columns())}
        named = [at for at, one in enumerate(held.sheet.placed) if one.column.frozen]
        return Table(
            rows=self.model.rowCount(),
            columns=tuple(places[name] for name in layout["order"] if name in places),
            hidden=frozenset(places[name] for name in layout["hidden"] if name in places),
            titles=[column.title for column in self.model.columns()],
            fills=frozenset(at for at, one in enumerate(held.sheet.placed) if not one.closed),
            computed=frozenset(
                at for at, one in enumerate(held.sheet.placed) if one.field.formula is not None
            ),
            open_row=held.open_row,
            named=named[-1] if named else -1,
            name=lambda row: self._name(row, named[-1] if named else -1),
        )

    def _name(self, row: int, column: int) -> str:
        held = self.model.contents
        own = held.row_at(row) if held is not None else None
        return own.texts[column] if own is not None and column >= 0 else ""


def on_clipboard() -> Block:
    """What another program put on the clipboard: tabbed text, else a web page's table."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return ()
    if data.hasText() and data.text():
        return clipboard.parse(data.text())
    return clipboard.parse_html(data.html()) if data.hasHtml() else ()
