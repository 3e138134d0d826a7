"""The periods that are offered while a week is shown."""

from __future__ import annotations

from desktop.ui.nearby import AFTER, BEFORE, nearby, present

THURSDAY = 3


def test_weeks_around_the_one_that_is_shown_newest_first() -> None:
    found = nearby(("week",), "2023-W02", THURSDAY)
    values = [value for value, _ in found]
    assert values == sorted(values, reverse=True)
    assert values[AFTER["week"]] == "2023-W02"
    assert values[AFTER["week"] + 1 : AFTER["week"] + 3] == ["2023-W01", "2022-W52"]
    assert len(values) == AFTER["week"] + 1 + BEFORE["week"]
    assert dict(found)["2023-W01"].startswith("2023年第1周（")


def test_a_month_is_the_one_in_which_the_week_ends() -> None:
    assert str(present("month", "2023-W09", THURSDAY)) == "2023-03"
    assert str(present("quarter", "2023-W09", THURSDAY)) == "2023-Q1"
    assert str(present("year", "2023-W09", THURSDAY)) == "2023"
    assert str(present("week", "2023-W09", THURSDAY)) == "2023-W09"


def test_kinds_follow_one_another_and_none_offers_nothing() -> None:
    values = [value for value, _ in nearby(("month", "year"), "2023-W09", THURSDAY)]
    assert values.index("2023-03") == AFTER["month"]
    assert values[-1] == "2021"
    assert nearby((), "2023-W09", THURSDAY) == []
