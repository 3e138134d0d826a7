"""What openpyxl would lose of a template, said by name before it is taken: nothing silently.

It keeps cells, styles, merged areas, formulas, widths, heights, print settings, comments, plain
validations and plain conditional formats, pictures and text of several fonts in a cell.
"""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

from desktop.errors import OneLedgerError

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


def opened(path: Path) -> Any:
    """The template as openpyxl has it; what it complains of is said by :func:`losses`.

    Raises :class:`FormUnopenable`.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(path, rich_text=True)
        except (ValueError, TypeError, LookupError, AttributeError, OSError) as error:
            raise FormUnopenable(path.name) from error


def losses(path: Path) -> tuple[str, ...]:
    """What of the workbook at ``path``, which the gate has passed, would not come through."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            for beginning, title in _PARTS:
                if name.startswith(beginning):
                    found[title] = None
            wanted = [(mark, title) for start, mark, title in _WITHIN if name.startswith(start)]
            if wanted:
                content = archive.read(name)
                found.update({title: None for mark, title in wanted if mark in content})
    return tuple(found)
