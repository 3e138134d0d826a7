"""The demonstration's months: filled when they are over, true to their weeks, free of findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import demo, demo_months
from desktop.demo_story import WAN
from desktop.ledger import checks, workspace
from desktop.ledger.periods import Period, parse_period
from desktop.ledger.workspace import Book
from desktop.reports.circular import circular_paper
from desktop.reports.content import Table
from desktop.reports.monthly import monthly_paper
from tests.reports.test_weekly import said

THURSDAY = 3


@pytest.mark.parametrize(
    ("week", "month"),
    [
        ("2023-W01", None),  # It begins in December.
        ("2023-W04", None),
        ("2023-W05", "2023-01"),  # January 27 to February 2.
        ("2023-W09", "2023-02"),
        ("2023-W10", None),
    ],
)
def test_the_week_in_which_a_month_ends(week: str, month: str | None) -> None:
    found = demo_months.ending(parse_period(week), THURSDAY)
    assert (str(found) if found else None) == month


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONELEDGER_PROFILE", str(tmp_path_factory.mktemp("profile")))
        demo.make(folder, townships=5, projects=3, weeks=9, seed=1)
    return folder


@pytest.fixture
def district(made: Path, tmp_path: Path) -> Book:
    return workspace.open_book(made / "district.yzb", profile=tmp_path)


def test_both_months_are_complete_and_agree_with_the_weeks(district: Book) -> None:
    with district as book:
        for month, week in (("2023-01", "2023-W05"), ("2023-02", "2023-W09")):
            rows = {row["project"]: row for row in book.rows("monthly", month)}
            weeks = {row["project"]: row for row in book.rows("weekly", week)}
            assert rows.keys() == weeks.keys()
            assert len(rows) == len(book.rows("project"))
            for project, row in rows.items():
                over = weeks[project]["completed_year"] - row["completed_year"]
                assert 0 <= over <= weeks[project]["completed_week"] + WAN
            assert [f for f in checks.check_period(book, month) if f.register == "monthly"] == []


def test_one_unit_has_nothing_of_last_year(district: Book) -> None:
    with district as book:
        without = [
            r for r in book.rows("monthly_unit", "2023-02") if r["last_year_to_date"] is None
        ]
        assert len(without) == 1
        assert len(book.rows("monthly_unit", "2023-02")) == 5
        lines = said(circular_paper(book, "2023-02").blocks)
        assert any("无上年同期数" in line for line in lines)
        assert any(line.endswith("、通报批评") for line in lines)
        (units, *_) = [b for b in monthly_paper(book, "2023-02").blocks if isinstance(b, Table)]
        assert [row.cells[0] for row in units.rows[:-1]] == ["1", "2", "3", "4", "5"]


def test_a_townships_book_knows_what_was_counted_of_it_alone(made: Path, tmp_path: Path) -> None:
    with workspace.open_book(made / "townships" / "02.yzb", profile=tmp_path) as book:
        assert {row["unit"] for row in book.rows("monthly_unit")} == {book.unit}
        assert [row["period"] for row in book.rows("monthly_unit")] == ["2023-01"]
        lines = said(monthly_paper(book, Period("month", 2023, 1)).blocks)
        assert any(line.startswith("统计部门核定，2023年1月本单位") for line in lines)
