"""What papers say, as a whole, by the reference files in ``tests/data/papers``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports import paper_books
from tests.reports.reference import FOLDER, compared


@pytest.mark.parametrize("name", paper_books.PAPERS)
def test_a_paper_says_what_its_reference_file_says(name: str, tmp_path: Path) -> None:
    paper, book = paper_books.PAPERS[name](tmp_path)
    with book:
        compared(name, paper, book)


def test_every_reference_file_is_a_papers() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(paper_books.PAPERS)
