"""Founding books: unit, level, the unit above, the week's last day."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ledger import workspace
from desktop.ledger.bookfile import BookExists
from desktop.ui.start.founding import Founding, found, levels, shipped


def test_a_townships_book(tmp_path: Path) -> None:
    path = tmp_path / "一本账" / "空冢郭镇.yzb"
    assert found(Founding(path, "空冢郭镇", "township", "源汇区", 3)) == path
    with workspace.open_book(path) as book:
        units = {row["name"]: (row["level"], row["above"]) for row in book.rows("unit")}
        assert units["空冢郭镇"][0] == "township"
        assert units["源汇区"][0] == "district"
        above = next(row["record"] for row in book.rows("unit") if row["name"] == "源汇区")
        assert units["空冢郭镇"][1] == above
        assert (book.level, book.week_last_day, book.scheme.version) == ("township", 3, 1)


def test_a_districts_book_with_another_last_day(tmp_path: Path) -> None:
    path = found(Founding(tmp_path / "源汇区.yzb", "源汇区", "district", "", 6))
    with workspace.open_book(path) as book:
        assert (book.level, book.week_last_day) == ("district", 6)
        assert [row["name"] for row in book.rows("unit")] == ["源汇区"]
        assert not book.demonstration


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "源汇区.yzb"
    path.write_text("别的")
    with pytest.raises(BookExists):
        found(Founding(path, "源汇区", "district", "", 3))
    assert path.read_text() == "别的"


def test_levels_by_who_reports() -> None:
    scheme = shipped()
    assert [level.name for level in levels(scheme, reports=True)] == ["township"]
    assert [level.name for level in levels(scheme, reports=False)] == ["district", "department"]
