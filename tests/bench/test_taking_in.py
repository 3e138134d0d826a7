"""The district's Friday in small: what it is made of, and what a row of a package costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange import sitting
from desktop.ledger import workspace
from tests import office
from tests.bench import taking_in

#: Journal line, row, its batch, its conflicts and its subject's name; rehearsed first, then done.
TO_A_ROW = 2 * 5


def asked(home: Path, rows: int) -> int:
    """How many statements SQLite is given while a package of ``rows`` rows is taken in."""
    taking_in.found(home, 1, rows)
    said: list[str] = []
    with workspace.open_book(home / "district.yzb", profile=home / "profile") as book:
        book.connection.set_trace_callback(said.append)
        done = sitting.take_in(book, [home / taking_in.PACKAGES])
        book.connection.set_trace_callback(None)
        assert [one.outcome for one in done.results] == ["已装入"]
        assert len(book.rows("weekly", office.WEEK)) == rows
    return len(said)


def test_a_row_costs_a_few_statements_and_no_more_where_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cheaply(monkeypatch)
    few, many = asked(tmp_path / "few", 10), asked(tmp_path / "many", 70)
    assert many - few <= TO_A_ROW * 60


def test_the_measured_sitting_takes_every_package_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cheaply(monkeypatch)
    taking_in.found(tmp_path / "template", 2, 5)
    spent, floor = taking_in.round_of(tmp_path, 0)
    assert spent.taken == 2
    assert 0 < spent.backup + spent.comparing < spent.whole
    assert floor > 0
