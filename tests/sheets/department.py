"""A department's own form for the tests, made as departments make theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def empty_form(
    path: Path, lines: int = 3, *, totals_first: bool = False, filled: bool = False
) -> Path:
    """A monthly form: title with a blank date, merged headings, ``lines`` ruled lines with a
    formula, a total, a foot; a second sheet that refers to it."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Font, PatternFill, Side

    workbook = Workbook()
    page = workbook.active
    page.title = "统计月报"
    page.merge_cells("A1:I1")
    page["A1"] = "    年  月固定资产投资项目完成情况表"
    page["A1"].font = Font(name="黑体", size=18)
    page["A2"] = "填报单位（盖章）："
    page.merge_cells("A2:C2")
    page["H2"] = "计量单位：亿元"
    heads = ["序号", "项目名称", "项目代码", "总投资", "年度计划投资", "投资完成情况", None, None]
    for column, text in enumerate([*heads, "备注"], 1):
        page.cell(3, column).value = text
    page["F4"], page["G4"], page["H4"] = "本月完成投资", "本年累计完成投资", "完成率（%）"
    for letter in "ABCDEI":
        page.merge_cells(f"{letter}3:{letter}4")
    page.merge_cells("F3:H3")
    thin, medium = Side(style="thin"), Side(style="medium")
    first = 6 if totals_first else 5
    total = 5 if totals_first else first + lines
    last = first + lines - 1
    for row in range(first, last + 1):
        for column in range(1, 10):
            cell = page.cell(row, column)
            cell.border = Border(thin, thin, thin, medium if row == last else thin)
            cell.font = Font(name="仿宋", size=11)
        page.cell(row, 8).value = f"=G{row}/E{row}*100"
        page.cell(row, 4).number_format = "#,##0.00"
        page.row_dimensions[row].height = 28
        if filled:
            page.cell(row, 2).value = f"上月的项目{row}"
            page.cell(row, 4).value = 9.9
    page.merge_cells(f"A{total}:C{total}")
    page.cell(total, 1).value = "合  计"
    page.cell(total, 1).fill = PatternFill("solid", fgColor="FFDDDDDD")
    page.row_dimensions[total].height = 33
    for letter in "DEF":
        page[f"{letter}{total}"] = f"=SUM({letter}{first}:{letter}{last})"
    page[f"H{total}"] = f"=G{total}/E{total}*100"
    foot = max(total, last) + 1
    page.cell(foot, 1).value = "填表人：            负责人：            填报日期：    年  月  日"
    page.merge_cells(f"A{foot}:I{foot}")
    page.column_dimensions["B"].width = 33
    page.page_setup.orientation = "landscape"
    page.print_area = f"A1:I{foot}"
    page.print_title_rows = "3:4"
    other = workbook.create_sheet("汇总")
    other["A1"] = f"='统计月报'!D{total}"
    other["A2"] = f"=SUM(统计月报!G{first}:G{last})"
    other["A3"] = "=SUM(B1:B9)"
    workbook.save(path)
    return path


def cells(data: bytes | Path, sheet: str = "统计月报") -> Any:
    """The sheet of a filled form, as openpyxl reads it."""
    from io import BytesIO

    from openpyxl import load_workbook

    source = BytesIO(data) if isinstance(data, bytes) else data
    return load_workbook(source)[sheet]
