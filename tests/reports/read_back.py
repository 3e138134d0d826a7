"""Papers read back: where every character of a drawn PDF stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
import pypdfium2
from pypdfium2 import raw

from desktop.reports.page import A4, MM

Char = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One line of text: its baseline above the sheet's lower edge, its ends, its characters."""

    base: float
    left: float
    right: float
    text: str
    size: float
    fonts: frozenset[str]


def sheets(data: bytes) -> list[Any]:
    """The pages as pdfplumber reads them."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.chars  # noqa: B018  # read before the file is closed
        return list(pdf.pages)


def base(char: Char) -> float:
    """A character's baseline."""
    return float(char["matrix"][5])


def upright_chars(page: Any) -> list[Char]:
    """The characters that are not turned on their side, blanks left out."""
    return [char for char in page.chars if char["upright"] and char["text"].strip()]


def lines(chars: list[Char]) -> list[Line]:
    """Characters gathered by baseline, from the top down."""
    ordered = sorted(chars, key=lambda c: (-round(base(c), 1), c["x0"]))
    found = []
    for _height, group in groupby(ordered, key=lambda c: round(base(c), 1)):
        row = list(group)
        found.append(
            Line(
                base(row[0]),
                min(c["x0"] for c in row),
                max(c["x1"] for c in row),
                "".join(c["text"] for c in row),
                max(c["size"] for c in row),
                frozenset(c["fontname"].split("+")[-1] for c in row),
            )
        )
    return found


def body_lines(page: Any) -> list[Line]:
    """The lines within the type area of an upright A4 page."""
    return [
        line for line in lines(upright_chars(page)) if A4.bottom - 0.5 < line.base < A4.top + 0.5
    ]


def collisions(page: Any) -> list[tuple[str, str]]:
    """Pairs of characters of different strings that stand on one another."""
    chars = sorted(upright_chars(page), key=base)
    found = []
    for number, one in enumerate(chars):
        for other in chars[number + 1 :]:
            smaller = min(one["size"], other["size"])
            if base(other) - base(one) > 0.6 * smaller:
                break
            shared = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            if shared > 0.12 * smaller:
                found.append((one["text"], other["text"]))
    return found


def outside(page: Any) -> list[str]:
    """Characters that leave the sheet, 5 mm of it kept free for printers."""
    edge = 5 * MM
    return [
        char["text"]
        for char in page.chars
        if char["text"].strip()
        and not (
            edge <= char["x0"]
            and char["x1"] <= page.width - edge
            and edge <= char["top"]
            and char["bottom"] <= page.height - edge
        )
    ]


def copied(data: bytes) -> list[str]:
    """What a reader copies from each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_bounded())
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def fonts(data: bytes) -> dict[str, bool]:
    """Every font that the pages name, and whether its glyphs travel in the file."""
    document = pypdfium2.PdfDocument(data)
    found: dict[str, bool] = {}
    try:
        for page in document:
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(thing.raw)
                name = _text(raw.FPDFFont_GetBaseFontName, font)
                found[name] = bool(raw.FPDFFont_GetIsEmbedded(font))
            page.close()
        return found
    finally:
        document.close()


def _text(ask: Any, handle: Any) -> str:
    import ctypes

    length = ask(handle, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(handle, buffer, length)
    return buffer.value.decode("utf-8")


def glyph_maps(data: bytes) -> Iterator[bytes]:
    """The character-to-glyph map of every font in the file, two bytes to a code."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        for font in _font_dictionaries(pdf):
            descendant = font["DescendantFonts"][0].resolve()
            yield descendant["CIDToGIDMap"].resolve().get_data()


def _font_dictionaries(pdf: Any) -> list[Any]:
    from pdfminer.pdftypes import resolve1

    resources = resolve1(pdf.pages[0].page_obj.resources)
    return [resolve1(font) for font in resolve1(resources["Font"]).values()]


def picture(data: bytes, page: int = 0) -> bytes:
    """One page as the eye sees it: its pixels at 100 dots to the inch."""
    document = pypdfium2.PdfDocument(data)
    try:
        return bytes(document[page].render(scale=100 / 72).buffer)
    finally:
        document.close()
