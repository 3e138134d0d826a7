"""The photos of the project card: side by side, whole and upright, each over its week."""

from __future__ import annotations

from desktop.reports.card import Card
from desktop.reports.card_lettering import one_line
from desktop.reports.card_photos import printed
from desktop.reports.card_room import Part
from desktop.reports.page import Area, Picture
from desktop.reports.pen import GREY, Pen
from desktop.reports.prose import clean

_ACROSS = 4
_CAPTION, _CAPTION_ROOM, _GAP = 9.0, 15.0, 8.0
_LEAST_BOX = 8.0
"""A lower photo shows nothing: its place stays empty."""


def photos_part(card: Card) -> Part:
    """The height of all rows of photos, captions included."""
    rows = _rows(card)
    return Part(62 * rows, 120 * rows, 210 * rows) if rows else Part(0, 0, 0)


def draw_photos(card: Card, pen: Pen, sheet: Area, y: float, height: float) -> list[Picture]:
    """Draw captions and what cannot be opened from ``y`` down; gives the pictures."""
    rows = _rows(card)
    across = -(-len(card.photos) // rows)
    high = height / rows
    wide = (sheet.measure - _GAP * (across - 1)) / across
    box = high - _CAPTION_ROOM
    pictures = []
    for number, photo in enumerate(card.photos):
        left = sheet.left + number % across * (wide + _GAP)
        top = y - number // across * high
        done = printed(photo.content, wide, box) if box > _LEAST_BOX else None
        foot = top - box
        if done is None:
            pen.rules(f"{left:.2f} {foot:.2f} {wide:.2f} {box:.2f} re", 0.5, GREY)
            said = clean(card.titles.broken_photo)
            pen.centred(left + wide / 2, foot + box / 2 - 4, said, "fang", _CAPTION)
        else:
            scale = min(wide / done.width, box / done.height)
            width, tall = done.width * scale, done.height * scale
            foot = top - tall
            place = left + (wide - width) / 2
            pictures.append(Picture(place, foot, width, tall, done.content))
        caption = one_line(photo.caption, pen.faces, "fang", _CAPTION, wide)
        pen.centred(left + wide / 2, foot - 11, caption, "fang", _CAPTION)
    return pictures


def _rows(card: Card) -> int:
    return -(-len(card.photos) // _ACROSS)
