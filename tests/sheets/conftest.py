"""The books that workbooks are read into: a township's, a district's with three units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book, create


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Book]:
    with create(tmp_path / "t.yzb", "空冢郭镇", "township", profile=tmp_path / "p") as made:
        yield made


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Book]:
    with create(tmp_path / "d.yzb", "源汇区", "district", profile=tmp_path / "p") as made:
        with made.batch("add") as batch:
            for name, short, aliases in (
                ("空冢郭镇", None, "空冢郭镇政府、空冢郭乡"),
                ("沙澧高新技术产业开发区", "沙澧高新区", None),
                ("问十乡", None, None),
            ):
                fields = {"name": name, "level": "township", "above": made.unit}
                batch.create("unit", {**fields, "short": short, "aliases": aliases})
        yield made
