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


def ruled(page: Any, area: str) -> None:
    """Thin lines around every cell of an area."""
    from openpyxl.styles import Alignment, Border, Side

    thin = Side(style="thin")
    for row in page[area]:
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def sectioned_form(path: Path, *, filled: bool = False) -> Path:
    """A list by level, 合计 on top, sums in the section rows or in 小计 rows, states within the
    first level; labels and values in cells of their own above and below."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    page = workbook.active
    page.title = "重点项目"
    rows: list[list[Any]] = [
        ["重点项目投资完成情况表"],
        ["填报单位", None, "填表人", None, "联系电话", None, "填报日期", None],
        ["序号", "项目名称", "总投资", "年度计划投资", "投资完成情况", None, "完成率", "备注"],
        [None, None, None, None, "本月完成", "本年累计", None, None],
        ["合计（ 个）"],
        ["一、省级重点项目（ 个）"],
        ["（一）在建"],
        [None],
        [None],
        ["（二）前期"],
        [None],
        ["二、市级重点项目（ 个）"],
        [None],
        ["小计"],
        ["三、其他"],
        ["期次", None, "负责人", None, "单位：亿元"],
    ]
    for row in rows:
        page.append(row)
    page["E2"].number_format = "General"
    for letter in "ABCDGH":
        page.merge_cells(f"{letter}3:{letter}4")
    for area in ("A1:H1", "E3:F3", "A7:H7", "A10:H10", "A5:B5", "A6:B6", "A12:B12", "A14:B14"):
        page.merge_cells(area)
    ruled(page, "A2:H15")
    page["A1"].font = Font(name="黑体", size=18)
    for figure_row in (8, 9, 11, 13):
        page.cell(figure_row, 7).value = f"=F{figure_row}/D{figure_row}"
        page.cell(figure_row, 7).number_format = "0.0%"
    page["C5"] = "=SUM(C7:C13)"
    page["D5"] = "=D6+D12"
    page["G5"] = "=F5/D5"
    page["A16"], page["B16"], page["C16"], page["D16"], page["E16"] = (
        "期次",
        None,
        "负责人",
        None,
        None,
    )
    page["F16"] = "单位：亿元"
    if filled:
        page["A6"], page["C6"], page["G6"] = "一、省级重点项目（5个）", 99, 0.5
        page["B8"], page["C8"] = "上月的项目", 99
    page.column_dimensions["B"].width = 24
    for letter in "CDEFGH":
        page.column_dimensions[letter].width = 13
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    workbook.save(path)
    return path


def grouped_form(path: Path, lines: int = 2) -> Path:
    """A list of problems, two projects of ``lines`` lines each, their own cells merged."""
    from openpyxl import Workbook

    workbook = Workbook()
    page = workbook.active
    page.title = "问题台账"
    page.append(["重点项目存在问题台账"])
    page.append(["序号", "项目名称", "总投资（万元）", "存在问题", "整改措施", "完成时限"])
    page.merge_cells("A1:F1")
    last = 2 + 2 * lines
    for first in (3, 3 + lines):
        for letter in "ABC":
            page.merge_cells(f"{letter}{first}:{letter}{first + lines - 1}")
    page.cell(last + 1, 1).value = "合计"
    ruled(page, f"A2:F{last + 1}")
    for letter, width in zip("BCDEF", (22, 14, 30, 30, 14), strict=True):
        page.column_dimensions[letter].width = width
    workbook.save(path)
    return path


def card_form(path: Path) -> Path:
    """One project per sheet: labels and values, a formula, a summary sheet that refers to it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    workbook = Workbook()
    page = workbook.active
    page.title = "信息卡"
    for row in (
        ["____年__月重点项目信息卡"],
        ["填报单位：", None, None, "单位：万元"],
        ["项目名称", None, None, None],
        ["项目代码", None, "建设单位", None],
        ["总投资", None, "年度计划投资", None],
        ["开工时间", None, "竣工时间", None],
        ["本月完成投资", None, "本年累计完成投资", None],
        ["完成率", "=D7/D5", "责任单位", None],
        ["存在问题", None, None, None],
        ["填表人：            填报日期：    年  月  日"],
    ):
        page.append(row)
    for area in ("A1:D1", "B3:D3", "B9:D9", "A10:D10"):
        page.merge_cells(area)
    ruled(page, "A3:D9")
    page["A1"].font = Font(name="黑体", size=18)
    page["B8"].number_format = "0.0%"
    page["C7"].value = "本年累计完成投资"
    page["E5"] = "=信息卡!B5*2"
    for letter in "ABCD":
        page.column_dimensions[letter].width = 22
    page.row_dimensions[9].height = 60
    page.print_area = "A1:D10"
    page.oddFooter.center.text = "第 &P 页"
    choices = DataValidation(type="list", formula1='"是,否"')
    choices.add("D8")
    page.add_data_validation(choices)
    other = workbook.create_sheet("说明")
    other["A1"] = "=信息卡!B3"
    workbook.save(path)
    return path
