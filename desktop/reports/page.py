"""Sheets of paper: their measures, and how strips fill one after another.

Measures are points (1/72 inch), counted upwards from the sheet's lower left corner as in PDF;
``MM`` turns millimetres into points.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import InitVar, dataclass, field
from typing import Any

from desktop.reports.content import SheetSize
from desktop.reports.fonts import Faces
from desktop.reports.pen import Pen

MM = 72 / 25.4
BODY = 15.75
"""3号 as set: 28 characters of 16 points would not fit 156 mm (STANDARDS)."""


@dataclass(frozen=True)
class Area:
    """A sheet and its type area 版心, both in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def measure(self) -> float:
        """Width of the type area."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height of the type area."""
        return self.top - self.bottom


def area(width: float, height: float, left: float, top: float, right: float, low: float) -> Area:
    """An area from the sheet's size and its four margins in millimetres."""
    return Area(
        width * MM,
        height * MM,
        left * MM,
        (height - top) * MM,
        (width - right) * MM,
        low * MM,
    )


A4 = area(210, 297, left=28, top=37, right=26, low=35)
"""GB/T 9704-2012, 5.1 and 5.2.1: type area 156 × 225 mm, top 37 mm, binding edge 28 mm."""
APPENDIX: dict[SheetSize, Area] = {
    "A4": A4,
    "A4 landscape": area(297, 210, left=35, top=28, right=37, low=26),
    "A3 landscape": area(420, 297, left=28, top=37, right=26, low=35),
}
"""Appendix sheets: A4 on its side is the upright page turned clockwise, so that all bind alike."""
PITCH = A4.depth / 22
"""Line pitch of the body: 22 lines to the page (5.2.3), about 29 points."""

HIGH = 160.0
"""What can be cut and is higher (5.6 cm, a quarter of the type area) is cut where a sheet ends:
carried over whole it would leave that much of the sheet white."""


Draw = Callable[[Pen, float, float], None]
"""Draws a strip with its upper left corner at (x, y)."""


@dataclass(frozen=True)
class Strip:
    """A piece of a paper as wide as the type area that is not cut: a line, a table's row.

    ``keep``: stays on the sheet of the strip after it. ``head``: is drawn above it again when it
    begins a sheet (a table's heading). ``grid``: sits on the 22 lines of the page. ``air``: is
    left out where a sheet begins. ``split`` cuts a strip that is higher than :data:`HIGH` or a
    whole sheet into what fits the given height and the rest, or answers ``None`` when the height
    is below ``least``.
    ``mark``: a bookmark (level from 0, text). ``turn``: begins a new sheet. ``foot``: stands at
    the very foot of its type area.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Strip | None = None
    grid: bool = False
    air: bool = False
    split: Callable[[float], tuple[Strip, Strip] | None] | None = None
    least: float = 0
    mark: tuple[int, str] | None = None
    turn: bool = False
    foot: bool = False


def air(height: float, keep: bool = False) -> Strip:
    """Empty space between two strips."""
    return Strip(height, lambda pen, x, y: None, keep=keep, air=True)


Progress = Callable[[int, int], None]
"""Is told (done, of all) while a paper is drawn; what it raises ends the drawing."""


def told(
    strips: Iterable[Strip], progress: Progress | None, done: int, part: int, of_all: int
) -> Iterator[Strip]:
    """The strips, ``progress`` told of each: ``done`` were before, these count as ``part``."""
    for number, strip in enumerate(strips, 1):
        yield strip
        if progress is not None:
            progress(done + min(number, part), of_all)


@dataclass(frozen=True)
class Picture:
    """A JPEG that lies under a sheet's drawing, its lower left corner at (x, y), in points."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


@dataclass
class Drawn:
    """One finished sheet: its drawing, its bookmarks (height, level, text), its pictures.

    The drawing is kept compressed: a ledger of 20,000 rows has more than a thousand sheets.
    """

    sheet: Area
    content: InitVar[str]
    marks: list[tuple[float, int, str]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    packed: bytes = field(init=False)

    def __post_init__(self, content: str) -> None:
        self.packed = zlib.compress(content.encode(), 1)

    @property
    def drawing(self) -> str:
        """The drawing as PDF operators."""
        return zlib.decompress(self.packed).decode()


class Flow:
    """Fills sheet after sheet with strips."""

    def __init__(self, sheet: Area, faces: Faces, doc: Any) -> None:
        self.sheet = sheet
        self._pages: list[Drawn] = []
        self._faces = faces
        self._doc = doc
        self._fresh = True
        self._begin()

    def lay(self, strips: Iterable[Strip]) -> None:
        """Draw the strips in turn, those that keep together on one sheet where it can hold them."""
        together: list[Strip] = []
        for strip in strips:
            if strip.turn:
                self._place(together)
                together = []
            together.append(strip)
            if not strip.keep:
                self._place(together)
                together = []
        self._place(together)

    def finish(self) -> list[Drawn]:
        """All sheets, the last one included; one at least. The flow keeps none of them."""
        if not self._fresh or not self._pages:
            self._turn()
        pages, self._pages = self._pages, []
        return pages

    def _place(self, together: list[Strip]) -> None:
        if not together:
            return
        top = self._on_grid() if together[0].grid else self._y
        needed = sum(strip.least if self._cuts(strip) else strip.height for strip in together)
        over = top - needed < self.sheet.bottom - 0.01
        if (over or together[0].turn) and not self._fresh:
            self._turn()
        after = sum(strip.height for strip in together)
        for strip in together:
            after -= strip.height
            self._draw(strip, after)

    def _draw(self, strip: Strip, after: float) -> None:
        if strip.air and self._fresh:
            return
        if strip.grid:
            self._y = self._on_grid()
        rest: Strip | None = strip
        while rest is not None:
            rest = self._draw_part(rest, after)

    def _draw_part(self, strip: Strip, after: float) -> Strip | None:
        """Draw a strip, or as much of it as the sheet can hold; what is left for the next.

        ``after`` is how high that is which its end keeps with.
        """
        head = strip.head
        room = self._y - self.sheet.bottom - (head.height if head and self._fresh else 0) + 0.01
        halves = None
        cuts = self._cuts(strip)
        if strip.height > room or (cuts and strip.height + after > room):
            if strip.split and cuts:
                halves = strip.split(min(room, strip.height))
            if halves is None and not self._fresh and strip.height > room:
                self._turn()
                return strip
        if head and self._fresh:
            self._put(head)
        if halves is None:
            if strip.foot:
                self._y = min(self._y, self.sheet.bottom + strip.height)
            self._put(strip)  # a strip that nothing can cut runs over, but nothing is lost
            return None
        self._put(halves[0])
        self._turn()
        return halves[1]

    def _cuts(self, strip: Strip) -> bool:
        """Whether a strip is to be cut where a sheet ends."""
        whole = self.sheet.depth - (strip.head.height if strip.head else 0)
        return strip.split is not None and strip.height > min(whole, HIGH)

    def _put(self, strip: Strip) -> None:
        strip.draw(self._pen, self.sheet.left, self._y)
        if strip.mark:
            self._marks.append((self._y, *strip.mark))
        self._y -= strip.height
        self._fresh = False

    def _on_grid(self) -> float:
        lines = (self.sheet.top - self._y - 0.01) / PITCH
        return self.sheet.top - PITCH * max(0, -int(-lines // 1))

    def _turn(self) -> None:
        self._pages.append(Drawn(self.sheet, self._pen.content(), self._marks))
        self._begin()

    def _begin(self) -> None:
        self._pen = Pen(self._faces, self._doc)
        self._marks: list[tuple[float, int, str]] = []
        self._y = self.sheet.top
        self._fresh = True
