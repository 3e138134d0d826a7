"""One project on the wall chart: as a tile of its own, or as a row between columns' headings.

Lengths are points; columns are measured in letters (ems) so that a row grows with its letter.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.fonts import Faces, Role
from desktop.reports.pen import BASELINE, BLACK, GREY, LIGHTS, RED, Colour, Pen
from desktop.reports.prose import clean
from desktop.reports.wall_content import Tile, Wall
from desktop.reports.wall_room import COLUMN_HEAD, LEAST, Layout, Placed

FILL: Colour = (0.24, 0.36, 0.54)
_GROUND: Colour = (0.90, 0.92, 0.94)
_FRAME: Colour = (0.55, 0.55, 0.55)
_PITCH = 1.3
_ROW_AIR = 0.45
_PAD = 0.6
#: A bar in a row, the widest that a figure's and a date's column becomes, in letters.
_BAR, _WIDEST, _GAP = 7.5, 9.0, 0.65
_SMALL = 0.82


class _Ems(msgspec.Struct, frozen=True):
    """How wide a tile's texts are, in ems."""

    name: float
    milestone: float
    reason: bool
    late: bool


class Columns(msgspec.Struct, frozen=True):
    """The columns of a row, in letters."""

    light: float
    number: float
    name: float
    plan: float
    done: float
    bar: float
    rate: float
    milestone: float
    date: float

    def places(self, letter: float) -> list[tuple[float, float]]:
        """Where each begins and how wide it is, in points."""
        found, x = [], 0.0
        for name in self.__struct_fields__:
            width = getattr(self, name) * letter
            found.append((x, width))
            x += width + _GAP * letter
        return found


class Tiles:
    """Measures and draws a wall chart's projects."""

    def __init__(self, wall: Wall, faces: Faces) -> None:
        self.wall, self.faces = wall, faces
        self.ems = [[self._ems(one) for one in group.tiles] for group in wall.groups]
        every = [one for group in wall.groups for one in group.tiles]

        def widest(texts: Sequence[str], least: float = 0) -> float:
            found = max((faces.em("hei", clean(text)) for text in texts), default=0)
            return min(max(found, least), _WIDEST)

        heads = dict(zip(Columns.__struct_fields__, wall.columns, strict=True))
        self.fixed = {
            "light": 1.3,
            "number": widest([heads["number"], *(one.number for one in every)]),
            "plan": widest([heads["plan"], *(one.plan for one in every)]),
            "done": widest([heads["done"], *(one.done for one in every)]),
            "bar": _BAR,
            "rate": widest([heads["rate"], *(one.rate for one in every)]),
            "date": widest([*(one.when for one in every), *(one.late for one in every)], 3.0),
        }

    def _ems(self, tile: Tile) -> _Ems:
        def wide(text: str) -> float:
            return self.faces.em("hei", clean(text[:400]))

        return _Ems(wide(tile.name), wide(tile.milestone), bool(tile.reason), bool(tile.late))

    def columns(self, letter: float, width: float) -> Columns:
        """The columns of a row ``width`` points wide: names and milestones share what is left."""
        left = width / letter - sum(self.fixed.values()) - 8 * _GAP
        left = max(left, 8.0)
        return Columns(name=left * 0.64, milestone=left * 0.36, **self.fixed)

    # Heights ----------------------------------------------------------------------------------

    def row_height(self, group: int, number: int, letter: float, width: float) -> float:
        """A row's height: names and milestones have two lines at the most."""
        columns, ems = self.columns(letter, width), self.ems[group][number]
        two = ems.name > columns.name or ems.milestone > columns.milestone or ems.late
        return ((2 if two else 1) * _PITCH + _ROW_AIR) * letter

    def tile_height(self, group: int, number: int, letter: float, width: float) -> float:
        """A tile's height: name of one or two lines, bar, figures, milestone, reason if any."""
        ems = self.ems[group][number]
        names = 2 if ems.name * letter > self._name_room(letter, width) else 1
        small = _small(letter) * 1.4 * (3 if ems.reason else 2)
        return (2 * _PAD + names * _PITCH + 1.6) * letter + small

    def _name_room(self, letter: float, width: float) -> float:
        return width - (2 * _PAD + 1.5) * letter

    # Drawing ----------------------------------------------------------------------------------

    def draw(self, pen: Pen, layout: Layout, one: Placed, x: float, y: float) -> None:
        """Draw a piece with its upper left corner at (x, y)."""
        group = self.wall.groups[one.item.group]
        if one.item.tile is None:
            self._unit(
                pen, group.again if one.item.again else group.title, one, x, y, layout.letter
            )
        elif layout.form == "tiles":
            self._tile(pen, group.tiles[one.item.tile], one, x, y, layout.letter)
        else:
            self._row(pen, group.tiles[one.item.tile], one, x, y, layout.letter)

    def heads(self, pen: Pen, layout: Layout, placed: Sequence[Placed], x: float, y: float) -> None:
        """The columns' headings above each column of rows that holds something."""
        letter = layout.letter
        for left, width in sorted({(one.x, one.width) for one in placed}):
            columns = self.columns(letter, width)
            base = y - COLUMN_HEAD * letter / 2 - BASELINE * letter
            names = zip(self.wall.columns, columns.places(letter), strict=True)
            for place, (name, (at, room)) in enumerate(names):
                text = one_line(name, self.faces, "hei", letter, room + _GAP * letter * 0.9)
                start = x + left + at
                if place in (3, 4, 6):
                    pen.to_right(start + room, base, text, "hei", letter, GREY)
                elif place in (0, 5):
                    pen.centred(start + room / 2, base, text, "hei", letter, GREY)
                else:
                    pen.text(start, base, text, "hei", letter, GREY)
            low = y - COLUMN_HEAD * letter
            pen.rule(x + left, low, x + left + width, low, 1.5)

    def _unit(self, pen: Pen, title: str, one: Placed, x: float, y: float, letter: float) -> None:
        """A unit's line on a quiet ground, as wide as what belongs to it."""
        high = min(one.height - 0.35 * letter, 1.7 * letter)
        middle = y - one.height / 2
        pen.rule(x, middle, x + one.width, middle, high, _GROUND)
        text = one_line(title, self.faces, "hei", letter, one.width - letter)
        pen.text(x + 0.5 * letter, middle - BASELINE * letter, text, "hei", letter)

    def _row(self, pen: Pen, tile: Tile, one: Placed, x: float, y: float, letter: float) -> None:
        columns = self.columns(letter, one.width)
        middle = y - one.height / 2
        base = middle - BASELINE * letter
        places = dict(zip(Columns.__struct_fields__, columns.places(letter), strict=True))
        self._light(pen, tile, x + places["light"][0] + places["light"][1] / 2, middle, letter)
        self._cell(pen, [tile.number], x, places["number"], middle, letter, GREY)
        for name, text in (("name", tile.name), ("milestone", tile.milestone)):
            room = places[name][1] + 0.01
            lines = in_lines(text, self.faces, "hei", letter, room, 2, even=True)
            self._cell(pen, lines, x, places[name], middle, letter)
        for name, text in (("plan", tile.plan), ("done", tile.done), ("rate", tile.rate)):
            at, room = places[name]
            said = one_line(text, self.faces, "hei", letter, room + 0.01)
            pen.to_right(x + at + room, base, said, "hei", letter)
        at, room = places["bar"]
        self._bar(pen, tile, x + at, middle, room, 0.85 * letter)
        dates = [tile.when] if tile.when else []
        self._cell(pen, dates + [tile.late] * bool(tile.late), x, places["date"], middle, letter,
                   late=bool(tile.late))  # fmt: skip
        low = y - one.height
        pen.rule(x, low, x + one.width, low, 0.5, _FRAME)

    def _cell(
        self,
        pen: Pen,
        lines: Sequence[str],
        x: float,
        place: tuple[float, float],
        middle: float,
        letter: float,
        colour: Colour = BLACK,
        *,
        late: bool = False,
    ) -> None:
        base = middle + (len(lines) - 1) * _PITCH * letter / 2 - BASELINE * letter
        for number, line in enumerate(lines):
            shade = RED if late and number else colour
            text = one_line(line, self.faces, "hei", letter, place[1] + 0.01)
            pen.text(x + place[0], base, text, "hei", letter, shade)
            base -= _PITCH * letter

    def _tile(self, pen: Pen, tile: Tile, one: Placed, x: float, y: float, letter: float) -> None:
        pad, right = _PAD * letter, x + one.width
        pen.rules(f"{x:.2f} {y - one.height:.2f} {one.width:.2f} {one.height:.2f} re", 1.2, _FRAME)
        room = self._name_room(letter, one.width)
        y -= pad
        self._light(pen, tile, x + pad + 0.55 * letter, y - _PITCH * letter / 2, letter * 1.1)
        for line in in_lines(tile.name, self.faces, "hei", letter, room, 2, even=True):
            pen.text(
                x + pad + 1.5 * letter, y - (_PITCH / 2 + BASELINE) * letter, line, "hei", letter
            )
            y -= _PITCH * letter
        rate = one_line(tile.rate, self.faces, "hei", letter, one.width / 2)
        wide = max(self.fixed["rate"], 3.5) * letter
        bar = one.width - 2 * pad - wide - 0.5 * letter
        middle = y - 0.8 * letter
        self._bar(pen, tile, x + pad, middle, bar, 0.9 * letter)
        pen.to_right(right - pad, middle - BASELINE * letter, rate, "hei", letter)
        y -= 1.6 * letter
        small, step = _small(letter), _small(letter) * 1.4
        inner = one.width - 2 * pad
        self._small(pen, tile.figures, x + pad, y, inner, small, BLACK)
        y -= step
        when = " ".join(text for text in (tile.when, tile.late) if text)
        width = self.faces.em("hei", when) * small
        colour = RED if tile.late else BLACK
        pen.to_right(right - pad, y - step / 2 - BASELINE * small, when, "hei", small, colour)
        self._small(pen, tile.milestone, x + pad, y, inner - width - small, small, BLACK)
        y -= step
        if tile.reason:
            self._small(pen, tile.reason, x + pad, y, inner, small, GREY)

    def _small(
        self, pen: Pen, text: str, x: float, y: float, room: float, size: float, colour: Colour
    ) -> None:
        said = one_line(text, self.faces, "hei", size, room)
        pen.text(x, y - size * 0.7 - BASELINE * size, said, "hei", size, colour)

    def _light(self, pen: Pen, tile: Tile, x: float, middle: float, size: float) -> None:
        if tile.light:
            sign, colour = LIGHTS[tile.light]
            role: Role = "song"
            pen.centred(x, middle - BASELINE * size, sign, role, size, colour)

    def _bar(
        self, pen: Pen, tile: Tile, x: float, middle: float, width: float, high: float
    ) -> None:
        """The rate as a filled bar of the plan, the schedule as a thick upright line through it."""
        if tile.share is None:
            return
        low = middle - high / 2
        pen.rules(f"{x:.2f} {low:.2f} {width:.2f} {high:.2f} re", 0.8, _FRAME)
        filled = width * min(max(float(tile.share), 0.0), 1.0)
        if filled:
            pen.rule(x, middle, x + filled, middle, high, FILL)
        at = x + width * min(max(float(self.wall.schedule), 0.0), 1.0)
        over = high * 0.28
        pen.rule(at, low - over, at, low + high + over, max(high * 0.13, 1.5))


def _small(letter: float) -> float:
    """The size of a tile's second rank: smaller than the name, never below the least."""
    return max(_SMALL * letter, LEAST)
