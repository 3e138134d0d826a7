"""A workbook of sensible size is read, one that an old PC cannot hold is refused with advice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.sheets.workbook import bounds, reading, refusals
from tests.sheets.hostile import sheet
from tests.sheets.making import read_here


def xlsx(rows: int, columns: int, blank: int = 0) -> bytes:
    """Rows with content, among them ``blank`` rows that only have a format."""
    cells = b"<c><v>1</v></c>" * columns
    return sheet(
        b'<row s="1"><c s="1"/></row>' * blank + b"".join([b"<row>" + cells + b"</row>"] * rows)
    )


def csv(rows: int, columns: int, blank: int = 0) -> bytes:
    return (b"," * (columns - 1) + b"\n") * blank + (b"1" + b",1" * (columns - 1) + b"\n") * rows


@pytest.mark.parametrize("make", [xlsx, csv])
@pytest.mark.parametrize(
    ("rows", "columns", "of"), [(101, 2, "有内容的行"), (51, 20, "有内容的单元格")]
)
def test_content_is_bounded(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[..., bytes],
    rows: int,
    columns: int,
    of: str,
) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 100)
    monkeypatch.setattr(bounds, "MOST_CELLS", 1_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(make(rows - 1, columns, blank=200))
    assert len([row for row in read_here(path).sheets[0].rows if any(row)]) == rows - 1
    path.write_bytes(make(rows, columns))
    with pytest.raises(refusals.WorkbookTooLarge, match=of) as raised:
        read_here(path)
    assert "拆成几个工作簿" in raised.value.advice


def test_the_sheets_of_a_workbook_count_together() -> None:
    content = bounds.Content()
    for _ in range(bounds.MOST_ROWS):
        assert content.add(["x", "", ""])
        assert not content.add(["", "", ""])
    with pytest.raises(bounds.Outgrown, match="超过 10 万行"):
        content.add([1])


def test_a_row_is_bounded() -> None:
    content = bounds.Content()
    assert content.add(["x"] * bounds.MOST_COLUMNS + [""] * 14_000)
    with pytest.raises(bounds.Outgrown, match="超过 2000 列"):
        content.add(["x"] * (bounds.MOST_COLUMNS + 1))


def test_the_same_text_a_million_times_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 1_000)
    path = tmp_path / "a.csv"
    path.write_text("项目名称,总投资\n" + "一个很长的项目名称,1\n" * 100, encoding="utf-8")
    with pytest.raises(refusals.WorkbookTooLarge, match="文字过多"):
        read_here(path)


def test_content_after_a_million_formatted_blank_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(2, 3, blank=1_000_000))
    rows = reading.read(path).sheets[0].rows
    assert (len(rows), rows[0], rows[-1]) == (1_000_002, ["", "", ""], [1.0, 1.0, 1.0])
