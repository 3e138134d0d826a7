"""Damage as only an ods has it: well-formed content that says what it should not."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Change = Callable[[str, random.Random], str]
TIMES = ("-1", "0", "1.5", "", "x", "1048577", "99999999", "99999999999999999999", "１２")


def damaged(path: Path, dice: random.Random) -> bytes:
    """A copy of an ods with one kind of damage to its content."""
    return file_with(path, dice.choice(sorted(CONTENTS)), dice)


def file_with(path: Path, kind: str, dice: random.Random) -> bytes:
    """A copy of an ods with this kind of damage."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as other:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "content.xml":
                part = CONTENTS[kind](part.decode(), dice).encode("utf-8", "surrogatepass")
            other.writestr(name, part)
    return copy.getvalue()


def _said(name: str, values: tuple[str, ...]) -> Change:
    """An attribute of one cell, row or column says one of ``values``."""

    def change(text: str, dice: random.Random) -> str:
        places = list(re.finditer(r"<table:(?:table-cell|table-row|table-column)\b", text))
        at = dice.choice(places).end()
        end = text.index(">", at)
        rest = re.sub(rf'\s{name}="[^"]*"', "", text[at:end])
        return f'{text[:at]} {name}="{dice.choice(values)}"{rest}{text[end:]}'

    return change


def _replaced(old: str, *new: str) -> Change:
    """One place that ``old`` fits says something else."""

    def change(text: str, dice: random.Random) -> str:
        places = list(re.finditer(old, text, re.DOTALL))
        if not places:
            return text
        found = dice.choice(places)
        return text[: found.start()] + dice.choice(new) + text[found.end() :]

    return change


def _twice(old: str) -> Change:
    def change(text: str, dice: random.Random) -> str:
        found = dice.choice(list(re.finditer(old, text, re.DOTALL)))
        return text[: found.end()] + found.group() + text[found.end() :]

    return change


_CELL = r"<table:table-cell\b[^>]*(?:/>|>.*?</table:table-cell>)"
_ROW = r"<table:table-row\b.*?</table:table-row>"
CONTENTS: dict[str, Change] = {
    "cells repeated": _said("table:number-columns-repeated", TIMES),
    "rows repeated": _said("table:number-rows-repeated", TIMES),
    "columns spanned": _said("table:number-columns-spanned", TIMES),
    "rows spanned": _said("table:number-rows-spanned", TIMES),
    "a kind of value": _said(
        "office:value-type", ("", "float", "date", "time", "boolean", "percentage", "nothing")
    ),
    "a number": _said("office:value", ("", "NaN", "INF", "1e999", "-0", "１", "0x10", "9" * 500)),
    "a day": _said(
        "office:date-value", ("", "2023", "2023-13-45", "-1-1-1", "99999-01-01", "2023-02-30T25:61")
    ),
    "a time": _said("office:time-value", ("", "PT", "PT-1H", "P1Y", "PT99999999999H", "1:00")),
    "a truth": _said("office:boolean-value", ("", "maybe", "TRUE")),
    "a formula": _said("table:formula", ("", "of:=", "of:=" + "(" * 5_000, "=1/0", "\ud800")),
    "an unseen row": _said("table:visibility", ("collapse", "filter", "", "nothing")),
    "a style that does not exist": _said("table:style-name", ("", "x", "ce99999")),
    "a cell in a cell": _replaced(r"<text:p>", "<text:p><table:table-cell/>", "<text:p><text:p>"),
    "a cell lost": _replaced(_CELL, ""),
    "a cell twice": _twice(_CELL),
    "a row lost": _replaced(_ROW, ""),
    "a row twice": _twice(_ROW),
    "a covered cell that nothing covers": _replaced(
        r"<table:table-cell\b[^>]*/>", "<table:covered-table-cell/>"
    ),
    "a remark in a cell": _replaced(
        r"<text:p>", "<office:annotation><text:p>a</text:p></office:annotation><text:p>"
    ),
    "blanks without end": _replaced(r"<text:p>", '<text:p><text:s text:c="999999999"/>'),
    "a sheet without a name": _replaced(r'\stable:name="[^"]*"', ""),
    "a sheet twice": _twice(r"<table:table\b.*</table:table>"),
    "a sheet in a row": _replaced(r"<table:table-row\b", "<table:table/><table:table-row"),
    "rows outside all sheets": _replaced(r"</table:table>", "</table:table><table:table-row/>"),
    "the rows in a group": _replaced(
        r"<table:table-row\b.*</table:table-row>", "<table:table-row-group/>"
    ),
    "another namespace": _replaced("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "urn:x"),
    "an entity nobody knows": _replaced(r"<text:p>", "<text:p>&nbsp;", "<text:p>&#0;"),
}
