"""What is told of a cell of the matrix, and of a unit's lights, in sentences; no Qt."""

from __future__ import annotations

from datetime import date

from desktop.ledger import periods
from desktop.ledger.wording import day_in_words
from desktop.ui.week.district import Cell, District, Line


def cell_in_words(unit: str, cell: Cell) -> str:
    """大刘镇第9周：已上报（3月2日，填表人张晓燕），待接收。"""
    head = f"{unit}{periods.parse_period(cell.period).short}：{cell.state}"
    if cell.state == "未上报":
        return f"{head}。"
    parts = []
    if cell.on:
        again = f"第 {cell.number} 次" if cell.number > 1 else ""
        parts.append(f"{_day(cell.on, cell.period)}{again}")
    if cell.filler:
        parts.append(f"填表人{cell.filler}")
    told = f"{head}（{'，'.join(parts)}）" if parts else head
    if cell.changed:
        told += f"，有 {cell.changed} 条与上报时不同"
    elif cell.state == "已上报":
        told += "，待接收"
    if cell.correction:
        told += f"；更正原因：{cell.correction.rstrip('。')}"
    if cell.reason:
        told += f"；退回原因：{cell.reason.rstrip('。')}"
    return f"{told}。"


def lights_in_words(line: Line) -> str:
    """大刘镇：12 个项目，绿灯 8，黄灯 3，红灯 1。"""
    if not line.projects:
        return f"{line.name}：还没有项目。"
    green, yellow, red = line.lights
    return f"{line.name}：{line.projects} 个项目，绿灯 {green}，黄灯 {yellow}，红灯 {red}。"


def district_in_words(district: District) -> str:
    """What the district's clerk has to do this week, in one sentence."""
    if not district.lines:
        return "还没有填报单位。请先新增乡镇、街道、园区。"
    if not district.figures.projects:
        return "还没有项目。请先新建项目，落到各填报单位。"
    waiting, late = len(district.waiting), len(district.late)
    parts = []
    if waiting:
        parts.append(f"有 {waiting} 份上报待接收")
    if late == len(district.lines):
        parts.append(f"本周 {late} 家都还没有报")
    elif late:
        parts.append(f"本周还有 {late} 家未报")
    if not parts:
        return "本周已全部收齐，可以打印调度报告。"
    return f"{'，'.join(parts)}。"


def _day(text: str, period: str) -> str:
    return day_in_words(date.fromisoformat(text), int(period[:4]))
