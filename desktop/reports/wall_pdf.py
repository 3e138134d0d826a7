"""The wall chart as PDF: large sheets on their side, each with title, legend and its number.

Which form and how large the letters are says :mod:`desktop.reports.wall_room`; how one project
looks :mod:`desktop.reports.wall_tiles`. Measures are points.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.reports.binding import Binder, Furnish, Made, lay_down
from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.fonts import Faces, Role, load_faces
from desktop.reports.page import MM, Area, Drawn, Progress
from desktop.reports.paper_feet import small_line
from desktop.reports.pen import BASELINE, BLACK, GREY, LIGHTS, RED, Pen
from desktop.reports.prose import clean
from desktop.reports.wall_content import Wall
from desktop.reports.wall_room import LEAST, SHEETS, Layout, arranged
from desktop.reports.wall_tiles import Tiles

#: The title, the line below it and the legend in millimetres, by sheet.
_TITLE = {"A3": 11.0, "A1": 24.0, "A0": 34.0}
_SAID = {"A3": 6.0, "A1": 10.0, "A0": 14.0}
_DEMONSTRATION = "演示数据"
_LEGEND = {"A3": 6.0, "A1": 7.0, "A0": 9.0}


class Frame(msgspec.Struct, frozen=True):
    """What stands around the projects: the lines above and below with their size, the room."""

    area: Area
    title: float
    said: tuple[str, ...]
    said_size: float
    legend: tuple[str, ...]
    legend_size: float
    top: float
    low: float


def draw_wall(
    wall: Wall,
    target: Path | BinaryIO,
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Made:
    """Draw a wall chart; ``target`` is replaced only by a whole file.

    ``progress`` is told (sheets done, of all). Raises ``DiskFull``, ``NotWritable`` and
    ``FontDamaged``.
    """
    faces = faces or load_faces()
    binder = Binder(faces, wall.title, wall.author, wall.made_on)
    frame = frame_of(wall, faces)
    tiles = Tiles(wall, faces)
    layout = layout_of(wall, frame, tiles)
    sheets: list[tuple[Drawn, Furnish]] = []
    for number, placed in enumerate(layout.sheets, 1):
        pen = Pen(faces, binder.doc)
        _around(wall, frame, pen, number, len(layout.sheets))
        if not wall.groups:
            middle = (frame.area.left + frame.area.right) / 2
            pen.centred(
                middle, (frame.top + frame.low) / 2, clean(wall.nothing), "hei", LEAST * 1.5
            )
        elif layout.form == "rows":
            tiles.heads(pen, layout, placed, frame.area.left, frame.top)
        for one in placed:
            tiles.draw(pen, layout, one, frame.area.left + one.x, frame.top - one.y)
        name = wall.numbered(number, len(layout.sheets))
        mark = f"{clean(wall.title)}　{name}" if len(layout.sheets) > 1 else clean(wall.title)
        drawn = Drawn(frame.area, pen.content(), [(frame.area.top, 0, mark)])
        sheets.append((drawn, partial(_furnish, wall, frame.area)))
        if progress is not None:
            progress(number, len(layout.sheets))
    data, made = binder.bind(sheets)
    lay_down(data, target)
    return made


def layout_of(wall: Wall, frame: Frame, tiles: Tiles) -> Layout:
    """Where every project stands."""
    counts = [len(group.tiles) for group in wall.groups]
    headed = [bool(group.title) for group in wall.groups]
    height = frame.top - frame.low
    return arranged(counts, headed, frame.area.measure, height, tiles.tile_height, tiles.row_height)


def frame_of(wall: Wall, faces: Faces) -> Frame:
    """The head and the foot of every sheet."""
    area = SHEETS[wall.size]
    title = _TITLE[wall.size] * MM
    said_size, legend_size = _SAID[wall.size] * MM, _LEGEND[wall.size] * MM
    said = in_lines(wall.summary, faces, "hei", said_size, area.measure, 2)
    words = "　　".join(text for text in (*wall.legend, wall.note) if text)
    marked = (_mark_width(faces) + 1) * legend_size if wall.demonstration else 0
    legend = in_lines(words, faces, "hei", legend_size, area.measure - marked, 3)
    top = area.top - title * 1.3 - len(said) * said_size * 1.4 - said_size * 0.5
    low = area.bottom + len(legend) * legend_size * 1.35 + legend_size
    return Frame(area, title, tuple(said), said_size, tuple(legend), legend_size, top, low)


def _around(wall: Wall, frame: Frame, pen: Pen, number: int, sheets: int) -> None:
    area, faces = frame.area, pen.faces
    size = frame.said_size
    sheet = wall.numbered(number, sheets)
    side = max(faces.em("kai", clean(text)) for text in (wall.period, sheet)) * size
    # The title stands in the middle while it leaves both sides free, else on the left.
    room = area.measure - side - size
    title = one_line(wall.title, faces, "title", frame.title, room)
    width = faces.em("title", title) * frame.title
    centre = (area.left + area.right) / 2
    x = centre - width / 2 if width <= area.measure - 2 * (side + size) else area.left
    pen.text(x, area.top - frame.title * 0.95, title, "title", frame.title)
    base = area.top - size * 0.9
    for text in (sheet, wall.period):
        pen.to_right(area.right, base, clean(text), "kai", size)
        base -= size * 1.3
    y = area.top - frame.title * 1.3
    y = min(y, area.top - size * 2.6)
    for line in frame.said:
        y -= size * 1.4
        pen.text(area.left, y + size * 0.35, line, "hei", size)
    y = frame.low - frame.legend_size * 0.7
    pen.rule(area.left, y + 1, area.right, y + 1, 0.8, GREY)
    if wall.demonstration:
        _demonstration(pen, area.right, y - frame.legend_size * 0.8, frame.legend_size)
    for line in frame.legend:
        middle = y - frame.legend_size * 0.675
        _legend_line(pen, area.left, middle, line, frame.legend_size)
        y -= frame.legend_size * 1.35


def _mark_width(faces: Faces) -> float:
    return faces.em("hei", _DEMONSTRATION) + 0.6


def _demonstration(pen: Pen, right: float, middle: float, size: float) -> None:
    """Say, framed and as large as the legend, that the figures are not real."""
    width = _mark_width(pen.faces) * size
    pen.to_right(right - 0.3 * size, middle - BASELINE * size, _DEMONSTRATION, "hei", size, RED)
    low, high = middle - 0.6 * size, 1.2 * size
    pen.rules(f"{right - width:.2f} {low:.2f} {width:.2f} {high:.2f} re", size / 15, RED)


def _legend_line(pen: Pen, x: float, middle: float, line: str, size: float) -> None:
    """The legend's words, the signs of the lights in their colours."""
    colours = dict(LIGHTS.values())
    for sign in line:
        role: Role = "song" if sign in colours else "hei"
        pen.text(x, middle - BASELINE * size, sign, role, size, colours.get(sign, BLACK))
        x += pen.faces.em(role, sign) * size


def _furnish(wall: Wall, area: Area, pen: Pen, number: int, pages: int) -> None:
    small_line(pen, area, wall.footer, number, pages)
