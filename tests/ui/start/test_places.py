"""Where books are put, and under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ui.start.places import file_name, free, told


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("空冢郭镇", "空冢郭镇.yzb"),
        (' 源汇区/重点:项目*办?"<>|\\ ', "源汇区重点项目办.yzb"),
        ("..", "账本.yzb"),
        ("", "账本.yzb"),
        ("CON", "账本.yzb"),
        ("nul.镇", "账本.yzb"),
        ("console", "console.yzb"),
        ("某镇\n二期", "某镇二期.yzb"),
        ("长" * 200, "长" * 60 + ".yzb"),
    ],
)
def test_a_units_name_becomes_a_files_name(unit: str, name: str) -> None:
    assert file_name(unit) == name


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    book = tmp_path / "空冢郭镇.yzb"
    assert free(book) == book
    book.touch()
    assert free(book) == tmp_path / "空冢郭镇（2）.yzb"
    (tmp_path / "空冢郭镇（2）.yzb").touch()
    assert free(book) == tmp_path / "空冢郭镇（3）.yzb"


def test_a_long_folder_loses_its_beginning() -> None:
    assert told(Path("/home/某人/文档")) == str(Path("/home/某人/文档"))
    shown = told(Path("/") / ("很长" * 40) / "一本账")
    assert len(shown) == 40
    assert shown.startswith("…")
    assert shown.endswith("一本账")
