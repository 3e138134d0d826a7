"""Build the test workbooks: `python -m tests.workbooks.build [FOLDER]`.

The .xls among them need xlwt, which nothing else does: without it they are left as they are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.workbooks import (
    cards,
    dates,
    dispatch,
    figures,
    files,
    funds,
    later_cards,
    later_funds,
    later_lists,
    later_months,
    later_plans,
    later_problems,
    later_towns,
    later_weekly,
    later_works,
    lists,
    months,
    pages,
    plans,
    problems,
    rosters,
    tasks,
    values,
    weekly,
    wide,
)
from tests.workbooks.truth import Book
from tests.workbooks.write import NoWriter, write

FOLDER = Path(__file__).parents[1] / "data" / "workbooks"
FAMILIES = (
    weekly,
    dispatch,
    months,
    figures,
    lists,
    rosters,
    plans,
    funds,
    problems,
    dates,
    tasks,
    cards,
    values,
    wide,
    pages,
    files,
    later_plans,
    later_works,
    later_towns,
    later_weekly,
    later_months,
    later_problems,
    later_cards,
    later_lists,
    later_funds,
)


def books() -> list[Book]:
    """Every workbook, made anew."""
    makers: list[Callable[[], Book]] = [make for family in FAMILIES for make in family.WORKBOOKS]
    return [make() for make in makers]


def truth_text(book: Book) -> str:
    """The truth of a workbook as it stands in its file."""
    return json.dumps(book.truth(), ensure_ascii=False, indent=1) + "\n"


def build(folder: Path) -> list[str]:
    """Write all workbooks and truths; the names that could not be written are returned."""
    folder.mkdir(parents=True, exist_ok=True)
    left: list[str] = []
    for book in books():
        (folder / f"{book.name}.truth.json").write_text(truth_text(book), encoding="utf-8")
        try:
            write(book, folder)
        except NoWriter:
            left.append(book.name)
    return left


if __name__ == "__main__":
    for name in build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"{name}: xlwt is not installed, left as it was")
