"""What stands on the figure cards, as pieces of text; township and district."""

from __future__ import annotations

from desktop.ledger import money
from desktop.ui.lights import SIGNS
from desktop.ui.week.cards import Piece
from desktop.ui.week.district import OUT, District
from desktop.ui.week.figures import Figures, compared_with_last_week, compared_with_schedule
from desktop.ui.week.reading import Week

Pieces = list[Piece]


def _large(text: str, unit: str = "", role: str = "ink") -> Pieces:
    space = "" if unit == "%" else " "
    return [Piece(text, "figure", role, True), Piece(space + unit, "big", role, True)]


def filling(week: Week) -> tuple[Pieces, Pieces]:
    """应填项目: how many, filled and to fill."""
    if not week.expected:
        return _large("0"), [Piece("本周没有要填的")]
    if not week.unfilled:
        return _large(str(week.expected)), [Piece("全部填完", role="good")]
    left = Piece(str(len(week.unfilled)), role="explain", bold=True)
    return _large(str(week.expected)), [Piece(f"已填 {week.filled}，待填 "), left]


def invested(figures: Figures, unit: money.Unit) -> tuple[Pieces, Pieces]:
    """本周完成投资 and how it compares with last week."""
    more = (figures.done or 0) > (figures.earlier or 0) and figures.earlier is not None
    note = Piece(compared_with_last_week(figures, unit), role="good" if more else "ink_soft")
    if figures.done is None:
        return _large("—"), [note]
    return _large(money.format_money(figures.done, unit), unit), [note]


def completed(figures: Figures) -> tuple[Pieces, Pieces, str]:
    """年度完成率, how it compares with the schedule, and the light for it."""
    role = {"red": "must", "yellow": "explain", "green": "good"}.get(figures.light or "", "")
    said = compared_with_schedule(figures)
    if figures.light == "green" and said.startswith("低于"):
        role = "ink_soft"  # behind within what is allowed: neither good news nor a warning
    note = [Piece(said, role=role or "ink_soft")]
    if figures.rate is None:
        return _large("—"), note, ""
    text = money.format_rate(figures.rate)
    return _large(text.rstrip("%"), "%"), note, figures.light or ""


def judged(week: Week) -> tuple[Pieces, Pieces]:
    """审核: errors and doubts without explanation."""
    explained = len(week.explained)
    if week.errors or week.open:
        figure = [
            *_count(len(week.errors), "错误", "must"),
            Piece("　", "big"),
            *_count(len(week.open), "待说明", "explain"),
        ]
        return figure, [Piece("点开即到单元格")]
    if week.unfilled or not week.expected:
        return _large("—"), [Piece("填完后看结果" if week.expected else "没有要审核的")]
    note = f"已说明 {explained} 处" if explained else "没有错误，没有疑点"
    return [Piece("通过", "figure", "good", True)], [Piece(note)]


def sent(district: District) -> tuple[Pieces, Pieces]:
    """上报单位: how many units have sent the week, and how many wait for an answer."""
    cells = district.now
    arrived = [cell for cell in cells if cell.state not in OUT]
    waiting = sum(cell.state == "已上报" for cell in cells)
    figure = [Piece(str(len(arrived)), "figure", "ink", True)]
    figure.append(Piece(f" / {len(cells)} 家", "big", "ink", True))
    if not cells:
        return figure, [Piece("还没有填报单位")]
    note = [Piece(f"待接收 {waiting}，", role="accent" if waiting else "ink_soft")]
    late = len(cells) - len(arrived)
    note.append(Piece(f"未报 {late}", role="explain" if late else "ink_soft"))
    return figure, note if late or waiting else [Piece("全部收齐", role="good")]


def lit(district: District) -> tuple[Pieces, Pieces]:
    """亮灯项目: yellow and red ones of all projects."""
    green, yellow, red = district.lights
    figure = [
        Piece(f"{SIGNS['red']} {red}", "title", "must", True),
        Piece("　", "big"),
        Piece(f"{SIGNS['yellow']} {yellow}", "title", "explain", True),
        Piece("　", "big"),
        Piece(f"{SIGNS['green']} {green}", "title", "good", True),
    ]
    return figure, [Piece(f"共 {district.figures.projects} 个项目")]


def _count(number: int, word: str, role: str) -> Pieces:
    ink = role if number else "ink_soft"
    return [Piece(str(number), "figure", ink, True), Piece(f" {word}", "big", ink, True)]
