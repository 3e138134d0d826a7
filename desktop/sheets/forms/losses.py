"""What openpyxl would lose of a template, said by name before it is taken: nothing silently.

It keeps cells, styles, merged areas, formulas, widths, heights, print settings, comments, plain
validations and plain conditional formats, pictures and text of several fonts in a cell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

from desktop.errors import OneLedgerError
from desktop.sheets.workbook import gate
from desktop.sheets.workbook.grid import place

#: Bytes of all parts of a template, inflated.
LARGEST = 24 << 20
#: Cells in merged areas of all sheets.
MOST_MERGED = 200_000

_CELL = rb"([A-Z]{1,3}\d{1,7})"
_MERGE = re.compile(rb"""mergeCell\s[^>]{0,200}?ref\s*=\s*["']""" + _CELL + rb":" + _CELL)
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError)

#: Beginning of a part's name → what it is.
_PARTS = (
    ("xl/vbaProject", "宏"),
    ("xl/charts/", "图表（会保留，但样式可能改变）"),
    ("xl/chartsheets/", "图表工作表"),
    ("xl/activeX/", "控件"),
    ("xl/ctrlProps/", "控件"),
    ("xl/pivotTables/", "数据透视表"),
    ("xl/slicers/", "切片器"),
    ("xl/diagrams/", "SmartArt 图形"),
    ("xl/embeddings/", "嵌入的文件"),
    ("xl/externalLinks/", "引用别的工作簿的公式"),
    ("xl/threadedComments/", "带回复的批注"),
)
#: What stands within parts: part's beginning, bytes → what it is.
_WITHIN = (
    ("xl/drawings/drawing", b"<xdr:sp ", "文本框和图形"),
    ("xl/drawings/drawing", b"<xdr:sp>", "文本框和图形"),
    ("xl/drawings/drawing", b"<xdr:grpSp", "组合图形"),
    ("xl/worksheets/", b"legacyDrawingHF", "页眉页脚中的图片"),
    ("xl/worksheets/", b"x14:dataValidation", "引用其他工作表的下拉列表"),
    ("xl/worksheets/", b"x14:conditionalFormatting", "数据条等新式条件格式"),
    ("xl/worksheets/", b"x14:sparkline", "迷你图"),
)


class FormUnopenable(OneLedgerError):
    """The reader understands the workbook, the writer does not: its inner parts are unusual."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”能读不能写：内部结构不合常规，不能作为表样。",
            "请用 WPS 或 Excel 打开，另存为新的“Excel 工作簿（*.xlsx）”后再学。",
        )


class FormTooLarge(OneLedgerError):
    """No empty form is as large: openpyxl holds a template as a whole, in the program itself."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”太大，不像一张空表，不能作为表样。",
            "请删去表中的数据和图片，只留标题、表头和空行，另存后再学。",
        )


def opened(path: Path) -> Any:
    """The template as openpyxl has it; what it complains of is said by :func:`losses`.

    A template may have been handed on by anybody: it passes the gate each time. Raises
    :class:`FormUnopenable`, :class:`FormTooLarge` and what the gate refuses.
    """
    from openpyxl import load_workbook

    gate.inspect(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(member.file_size for member in archive.infolist()) > LARGEST:
                    raise FormTooLarge(path.name)
                if _merged(archive) > MOST_MERGED:
                    raise FormTooLarge(path.name)
            # openpyxl leaves open what it cannot read; on Windows nobody could mend the file then
            with path.open("rb") as file:
                return load_workbook(file, rich_text=True)
        except OneLedgerError:
            raise
        except Exception as error:  # a stranger's file in libraries that promise nothing
            raise FormUnopenable(path.name) from error


def losses(path: Path) -> tuple[str, ...]:
    """What of the workbook at ``path``, which the gate has passed, would not come through.

    Raises :class:`FormUnopenable`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(_losses(archive))
    except _BROKEN as error:
        raise FormUnopenable(path.name) from error


def _losses(archive: zipfile.ZipFile) -> dict[str, None]:
    found: dict[str, None] = {}
    for name in archive.namelist():
        for beginning, title in _PARTS:
            if name.startswith(beginning):
                found[title] = None
        wanted = [(mark, title) for start, mark, title in _WITHIN if name.startswith(start)]
        if wanted:
            content = archive.read(name)
            found.update({title: None for mark, title in wanted if mark in content})
    return found


def _merged(archive: zipfile.ZipFile) -> int:
    """How many cells lie in merged areas: openpyxl makes each of them."""
    cells = 0
    for name in archive.namelist():
        if name.endswith(".xml") and not name.startswith(("xl/sharedStrings", "docProps/")):
            for one, other in _MERGE.findall(archive.read(name)):
                (top, left), (bottom, right) = place(one.decode()), place(other.decode())
                cells += (abs(bottom - top) + 1) * (abs(right - left) + 1)
    return cells
