"""What stands in a built workbook: its cells, its truth, and what a cell can mean."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from python_calamine import CalamineWorkbook

from tests.workbooks.build import FOLDER, books
from tests.workbooks.truth import UNITS

BOOKS = {book.name: book for book in books()}


Grid = dict[tuple[int, int], Any]


def grids_of(data: bytes, name: str) -> dict[str, Grid]:
    """Every cell that holds something, by sheet; rows and columns from 1."""
    out: dict[str, Grid] = {}
    if name.endswith(".csv"):
        text = data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "gb18030")
        found: dict[str, list[list[Any]]] = {"Sheet1": list(csv.reader(io.StringIO(text)))}
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
        }
    for sheet, rows in found.items():
        out[sheet] = {
            (y, x): value
            for y, row in enumerate(rows, 1)
            for x, value in enumerate(row, 1)
            if value != ""
        }
    return out


@cache
def grids(name: str) -> dict[str, Grid]:
    return grids_of((FOLDER / name).read_bytes(), name)


@cache
def truth(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.truth.json").read_text("utf-8"))
    return loaded


def words(value: Any) -> str:
    """A cell's text without blanks, full-width forms made plain."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def position(cell: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def money_in(cells: list[Any]) -> set[int]:
    """Every whole number of yuan that a number in a cell can mean."""
    out: set[int] = set()
    for cell in cells:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            numbers = [Decimal(repr(round(float(cell), 6)))]
        elif isinstance(cell, str):
            plain = words(cell).replace(",", "")
            numbers = [Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", plain)]
        else:
            continue
        for number in numbers:
            for factor in UNITS.values():
                if number * factor == (number * factor).to_integral_value():
                    out.add(int(number * factor))
    return out


SEASONS = {"一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12)}


SEASONS |= {"上半年": (1, 6), "年底": (1, 12)}


CHINESE = str.maketrans("〇一二三四五六七八九", "0123456789")


def date_in(day: date, cells: list[Any]) -> bool:
    """Whether some cell can mean this day: itself, its serial, or its month, quarter, year."""
    last = monthrange(day.year, day.month)[1]
    if not any(str(day.year) in words(c).translate(CHINESE) for c in cells):
        return False
    for cell in cells:
        if isinstance(cell, datetime):
            cell = cell.date()
        if isinstance(cell, date):
            if cell == day:
                return True
            continue
        if isinstance(cell, float) and 40_000 < cell < 50_000:
            if date(1899, 12, 30) + timedelta(days=int(cell)) == day:
                return True
            continue
        plain = words(cell)
        if day.strftime("%Y%m%d") in plain:
            return True
        numbers = {int(n) for n in re.findall(r"\d+", plain.translate(CHINESE))}
        edge = day.day in (1, last) or ("中旬" in plain and day.day == 11)
        if day.month in numbers and (day.day in numbers or edge):
            return True
        season = next((span for word, span in SEASONS.items() if word in plain), None)
        if season and edge and day.month in season:
            return True
        if day.year in numbers and edge and day.month in (1, 12) and len(plain) < 12:
            return True
    return False
