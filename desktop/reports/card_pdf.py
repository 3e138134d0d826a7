"""The project card as PDF: everything on one upright A4 sheet, nothing over its edges.

The facts and figures stand as high as their texts need; curve, milestones, problems and photos
share the rest of the sheet (:mod:`desktop.reports.card_room`). Measures are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from desktop.errors import OneLedgerError
from desktop.reports.binding import Binder, Furnish, Made, lay_down
from desktop.reports.card import Card
from desktop.reports.card_facts import draw_facts, facts_height, lay_facts
from desktop.reports.card_head import draw_figures, draw_head
from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.card_milestones import nearest, timeline_rows
from desktop.reports.card_pictures import draw_photos, photos_part
from desktop.reports.card_problems import draw_problems, problems_part
from desktop.reports.card_room import Part, shared
from desktop.reports.chart_pdf import draw_chart
from desktop.reports.charts.drawing import Drawing
from desktop.reports.charts.forms import Style
from desktop.reports.charts.progress import progress_curve
from desktop.reports.charts.timeline import timeline, timeline_height
from desktop.reports.content import Footer
from desktop.reports.fonts import Faces, load_faces
from desktop.reports.page import Area, Drawn, Picture, Progress, area
from desktop.reports.paper_feet import demonstration_mark, small_line
from desktop.reports.pen import GREY, Pen
from desktop.reports.prose import clean

SHEET = area(210, 297, left=20, top=14, right=14, low=20)
"""Bound on the left; the small line stands below the type area."""

HEAD = 10.5
STYLE = Style(text=8.5, line=1.3, gap=4, bar=24)
_HEADING = 18.0
_GAP = 5.0
_LEADING = 1.4


class NoCards(OneLedgerError):
    """No project was chosen."""

    def __init__(self) -> None:
        super().__init__("没有选中项目，没有可以打印的一张表。", "请先选择项目。")


def draw_card(card: Card, target: Path | BinaryIO, faces: Faces | None = None) -> Made:
    """Draw one project's card; ``target`` is replaced only by a whole file.

    Raises ``DiskFull``, ``NotWritable`` and ``FontDamaged``.
    """
    return draw_cards([card], target, faces)


def draw_cards(
    cards: Iterable[Card],
    target: Path | BinaryIO,
    faces: Faces | None = None,
    progress: Progress | None = None,
    of_all: int = 1,
) -> Made:
    """Draw cards into one file as they come, a sheet and a bookmark each.

    ``of_all`` says how many there will be, for the title and for ``progress``. Raises
    :class:`NoCards`, and as :func:`draw_card` does.
    """
    faces = faces or load_faces()
    binder: Binder | None = None
    sheets: list[tuple[Drawn, Furnish]] = []
    for number, card in enumerate(cards, 1):
        if binder is None:
            title = card.label if of_all > 1 else f"{card.title}　{card.label}"
            binder = Binder(faces, title, card.author, card.today)
        pen = Pen(faces, binder.doc)
        pictures = _Sheet(card, pen).draw()
        drawn = Drawn(SHEET, pen.content(), [(SHEET.top, 0, clean(card.title))], pictures)
        furnish = partial(_furnish, card.footer, card.demonstration)  # not the photos with it
        sheets.append((drawn, furnish))
        if progress is not None:
            progress(number, of_all)
    if binder is None:
        raise NoCards
    data, made = binder.bind(sheets)
    lay_down(data, target)
    return made


def _furnish(footer: Footer, demonstration: bool, pen: Pen, number: int, pages: int) -> None:
    small_line(pen, SHEET, footer, number, pages)
    if demonstration:
        demonstration_mark(pen, SHEET.right, SHEET.top + 7)


class _Sheet:
    """One card on one pen; ``y`` is how far the sheet is filled."""

    def __init__(self, card: Card, pen: Pen, sheet: Area = SHEET) -> None:
        self.card, self.pen, self.faces, self.sheet = card, pen, pen.faces, sheet
        self.y = sheet.top

    def draw(self) -> list[Picture]:
        """Draw everything; gives the pictures that lie under it."""
        card, pen, sheet = self.card, self.pen, self.sheet
        self.y = draw_head(card, pen, sheet, self.y)
        self._facts()
        self.y = draw_figures(card, pen, sheet, self.y)
        parts = [
            self._middle_part(),
            self._milestones_part(),
            problems_part(card, self.faces, sheet.measure),
            photos_part(card),
        ]
        headings = 3 * _HEADING + 3 * _GAP + (_HEADING + _GAP if card.photos else 0)
        room = self.y - sheet.bottom - headings
        middle, milestones, problems, photos = shared(parts, room)
        self._middle(middle)
        self._milestones(milestones)
        self._heading(card.titles.problems, card.problems_summary)
        draw_problems(card, pen, sheet.left, self.y, sheet.measure, problems)
        self.y -= problems + _GAP
        if not card.photos:
            return []
        self._heading(card.titles.photos)
        return draw_photos(card, pen, sheet, self.y, photos)

    def _facts(self) -> None:
        cap = self.sheet.depth * 0.29
        laid = lay_facts(self.card.facts, self.faces, self.sheet.measure, cap)
        draw_facts(laid, self.pen, self.sheet.left, self.y, self.sheet.measure)
        self.y -= facts_height(laid) + _GAP

    # The parts that share the rest ------------------------------------------------------------

    def _heading(self, text: str, beside: str = "", left: float | None = None) -> None:
        x = self.sheet.left if left is None else left
        self.pen.text(x, self.y - 12, "■", "song", 6, GREY)
        self.pen.text(x + 9, self.y - 12, clean(text), "hei", HEAD)
        if beside:
            room = self.sheet.measure / 2
            at = x + 9 + (self.faces.em("hei", clean(text)) + 1) * HEAD
            said = one_line(beside, self.faces, "fang", HEAD - 0.5, room)
            self.pen.text(at, self.y - 12, said, "fang", HEAD - 0.5)
        if left is None:
            self.y -= _HEADING

    def _middle_part(self) -> Part:
        return Part(84, 112, 165) if self.card.curve.weeks else Part(44, 60, 80)

    def _middle(self, height: float) -> None:
        """The curve on the left, what was said of the works on the right."""
        card, sheet = self.card, self.sheet
        gutter = 14.0
        wide = (sheet.measure - gutter) * 0.55
        x = sheet.left + wide + gutter
        self._heading(card.titles.said, left=x)
        self._heading(card.curve.title)
        if card.curve.weeks:
            drawing = progress_curve(
                card.curve.weeks,
                wide,
                height,
                form=card.curve.form,
                style=STYLE,
                done=card.curve.done,
                plan=card.curve.plan,
            )
            self._chart(drawing)
        else:
            self._nothing(card.titles.no_curve, sheet.left, self.y)
        self._paragraphs(card.said, x, sheet.right - x, height)
        self.y -= height + _GAP

    def _paragraphs(self, said: tuple[str, ...], x: float, room: float, height: float) -> None:
        """Each paragraph gets its lines in turn; what is long leaves room for the others."""
        size, pitch = 9.5, 9.5 * _LEADING
        whole = int(height / pitch)
        needed = [len(in_lines(text, self.faces, "fang", size, room, whole)) for text in said]
        given = [int(count) for count in shared([Part(1, min(n, 3), n) for n in needed], whole)]
        y = self.y
        for text, most in zip(said, given, strict=True):
            for line in in_lines(text, self.faces, "fang", size, room, most):
                self.pen.text(x, y - size, line, "fang", size)
                y -= pitch

    def _milestones_part(self) -> Part:
        count = len(self.card.milestones)
        if not count:
            return Part(16, 16, 16)
        good = timeline_height(count, STYLE)
        return Part(min(72, good), min(good, 150), min(good * 1.3, 250))

    def _milestones(self, height: float) -> None:
        card = self.card
        shown = nearest(card.milestones, card.today, int(timeline_rows(height, STYLE)))
        left = len(card.milestones) - len(shown)
        self._heading(card.titles.milestones, card.titles.undrawn(left) if left else "")
        if card.milestones:
            drawing = timeline(
                shown,
                card.today,
                self.sheet.measure,
                height,
                style=STYLE,
                today_name=card.titles.today,
            )
            self._chart(drawing)
        else:
            self._nothing(card.titles.no_milestones, self.sheet.left, self.y)
        self.y -= height + _GAP

    def _nothing(self, text: str, x: float, y: float) -> None:
        self.pen.text(x + 9, y - 11, clean(text), "fang", 9.5, GREY)

    def _chart(self, drawing: Drawing) -> None:
        draw_chart(self.pen, drawing, self.sheet.left, self.y)
