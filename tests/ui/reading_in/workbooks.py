"""Workbooks made for the tests of reading in: a table with open questions, a list, cards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TITLE = ["沙澧高新区重点项目进展情况表（2023年第11周）"]
UNIT = ["单位：万元"]
HEADING = ["序号", "项目名称", "总投资", "本周完成投资", "计划竣工", "联系电话", "暗号栏"]
#: The first is a project of the demonstration's township, the second is new.
KNOWN, NEW = "晟帆科技显示面板生产项目", "全新的一个项目"
ROWS: list[list[Any]] = [
    [1, KNOWN, 82000, 333, "2024年12月", "13800001111", "甲"],
    [2, NEW, 800, "详见附件", "2023-13", "", "乙"],
]
TOTAL = ["", "合计", 82800, 333]
PEOPLE: list[list[Any]] = [["姓名", "年龄", "部门"], ["张三", 33, "办公室"], ["李四", 44, "项目办"]]


def written(
    folder: Path, *sheets: tuple[str, Sequence[Sequence[Any]]], name: str = "进展情况.xlsx"
) -> Path:
    """A workbook of sheets (name, rows) in ``folder``; the first row of each is merged."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if len(rows[0]) == 1:
            wide = max(len(row) for row in rows)
            sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=wide)
    path = folder / name
    workbook.save(path)
    return path


def weekly(folder: Path, title: Sequence[str] = TITLE) -> Path:
    """One sheet of projects with two questions, one of people that is not read."""
    table: list[Sequence[Any]] = [title, UNIT, HEADING, *ROWS, TOTAL]
    return written(folder, ("周报", table), ("人员", PEOPLE))
