"""The committed workbooks are those that the script builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbooks.build import FOLDER, books, truth_text
from tests.workbooks.codes import check_digit
from tests.workbooks.look import BOOKS, grids, grids_of
from tests.workbooks.table import table
from tests.workbooks.truth import Book, yuan
from tests.workbooks.write import NoWriter, write


def test_enough_workbooks_and_enough_after_public_ones() -> None:
    assert len(BOOKS) >= 44
    assert sum(bool(book.after) for book in BOOKS.values()) >= 15
    kinds = {Path(name).suffix for name in BOOKS}
    assert kinds == {".xlsx", ".xls", ".ods", ".csv"}


def test_the_folder_holds_the_workbooks_and_nothing_else() -> None:
    expected = set(BOOKS) | {f"{name}.truth.json" for name in BOOKS}
    assert {path.name for path in FOLDER.iterdir()} == expected
    assert max(path.stat().st_size for path in FOLDER.iterdir()) < 60_000


@pytest.mark.parametrize("name", BOOKS)
def test_the_script_rebuilds_what_is_committed(name: str, tmp_path: Path) -> None:
    book = BOOKS[name]
    assert truth_text(book) == (FOLDER / f"{name}.truth.json").read_text("utf-8")
    try:
        made = write(book, tmp_path).read_bytes()
    except NoWriter:
        pytest.skip("xlwt is needed to build .xls")
    committed = (FOLDER / name).read_bytes()
    if made != committed:  # another zlib or openpyxl packs the same cells differently
        assert grids_of(made, name) == grids(name)


def test_the_same_run_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    again = {book.name: book for book in books()}
    for name in ("月度台账（含公式）.xlsx", "特色商业区问题清单.ods", "村级项目清单.csv"):
        first = write(BOOKS[name], tmp_path).read_bytes()
        assert write(again[name], tmp_path).read_bytes() == first


def test_check_digits_agree_with_published_codes() -> None:
    for code in (
        "2509-320193-89-01-544060",
        "2304-441900-04-01-135254",
        "2503-130981-04-01-573274",
    ):
        digits = code.replace("-", "")
        assert check_digit(digits[:19]) == digits[19]


def test_a_fraction_of_a_yuan_is_refused() -> None:
    assert yuan("712.75", "万元") == 7_127_500
    assert yuan(5.05, "亿元") == 505_000_000
    with pytest.raises(ValueError, match="whole"):
        yuan(0.00001, "万元")


def test_a_text_in_a_money_column_must_say_its_truth() -> None:
    book = Book("x.xlsx", "x")
    with pytest.raises(ValueError, match="as Said"):
        table(book, book.sheet(), 1, [["名称", "投资"]], ["name", "annual_plan"], [["甲", "约3亿"]])
