"""Which workbook: chosen from a folder, or dropped; by its content, never by its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import OneLedgerError
from desktop.sheets.workbook import gate
from desktop.sheets.workbook.refusals import NotAWorkbook
from desktop.ui.desk import Desk

#: What the file dialog offers first.
FILTER = "工作簿 (*.xlsx *.xls *.et *.ods *.csv *.xlsm);;所有文件 (*)"


class SeveralWorkbooks(OneLedgerError):
    """More than one file was dropped."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"一次拖入了 {count} 个文件，每次只能读入一个工作簿。", "请逐个拖入；账本没有改动。"
        )


def files(data: QMimeData) -> list[Path]:
    """The files that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def looks_like_one(path: Path) -> bool:
    """Whether a file's first bytes are a workbook's, or it cannot be told from its first bytes.

    A protected or damaged workbook is one too: it is refused with its reason when it is read.
    """
    try:
        gate.inspect(path)
    except NotAWorkbook:
        return False
    except OneLedgerError:
        return path.is_file()
    return True


def takes(data: QMimeData) -> bool:
    """Whether what is dragged is one workbook or several."""
    found = files(data)
    return bool(found) and all(looks_like_one(path) for path in found)


def choose(parent: QWidget, desk: Desk, title: str = "从 Excel 读入") -> Path | None:
    """Ask for a workbook; begins in the folder of the last one."""
    folder = str(desk.pc.get("reading_in.folder", "") or "")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, folder, FILTER)
    if not chosen:
        return None
    desk.pc.put("reading_in.folder", str(Path(chosen).parent))
    return Path(chosen)


def one_of(paths: Sequence[Path]) -> Path:
    """The one workbook; raises :class:`SeveralWorkbooks`."""
    if len(paths) != 1:
        raise SeveralWorkbooks(len(paths))
    return paths[0]
