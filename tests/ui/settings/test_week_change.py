"""Another last day of the week: only that changes, and what it means is said with true dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.records import NotYours
from desktop.ledger.scheme import parse
from desktop.ledger.scheming import update_scheme
from desktop.ui.settings.week_change import FILE, consequences, with_last_day
from tests.ledger import books
from tests.ledger.district import WEEK, district

THURSDAY, SUNDAY = 3, 6


def test_only_the_day_and_the_version_change() -> None:
    scheme = books.shipped()
    changed = with_last_day(scheme, SUNDAY)
    assert (changed.week_last_day, changed.version) == (SUNDAY, scheme.version + 1)
    lines = list(
        zip(scheme.texts[FILE].splitlines(), changed.texts[FILE].splitlines(), strict=True)
    )
    different = [(old, new) for old, new in lines if old != new]
    assert len(different) == 2
    assert any('"sunday"' in new and "每周的截止日" in new for _, new in different)
    assert {name: text for name, text in changed.texts.items() if name != FILE} == {
        name: text for name, text in scheme.texts.items() if name != FILE
    }


@pytest.mark.parametrize("day", range(7))
def test_every_day_can_be_chosen_and_taken_back(day: int) -> None:
    scheme = books.shipped()
    changed = with_last_day(scheme, day)
    assert changed.week_last_day == day
    assert with_last_day(changed, THURSDAY).week_last_day == THURSDAY


def test_a_scheme_that_leaves_the_day_to_the_program_gets_one() -> None:
    text = books.shipped().texts[FILE]
    without = "\n".join(line for line in text.splitlines() if "week_last_day" not in line)
    scheme = parse(books.texts(scheme=without))
    assert scheme.week_last_day == SUNDAY
    changed = with_last_day(scheme, 0)
    assert (changed.week_last_day, changed.version) == (0, scheme.version + 1)


def test_words_in_comments_and_tables_are_left_alone() -> None:
    text = books.shipped().texts[FILE]
    tricky = (
        '# week_last_day = "monday" 曾是旧办法\n'
        + text.replace('week_last_day = "thursday"', "week_last_day   =   'thursday' # 周四")
        + "\n# version = 9\n"
    )
    changed = with_last_day(parse(books.texts(scheme=tricky)), SUNDAY)
    assert '# week_last_day = "monday" 曾是旧办法' in changed.texts[FILE]
    assert changed.texts[FILE].endswith("# version = 9\n")
    assert changed.week_last_day == SUNDAY


def test_a_way_of_writing_that_is_not_understood_is_refused() -> None:
    text = books.shipped().texts[FILE]
    odd = text.replace('week_last_day = "thursday"', '"week_last_day" = "thursday"')
    scheme = parse(books.texts(scheme=odd))
    with pytest.raises(MalformedScheme):
        with_last_day(scheme, SUNDAY)


def test_the_consequences_name_the_dates_before_and_after() -> None:
    first, kept, progress, _, back = consequences(books.shipped(), SUNDAY, WEEK)
    assert "2023年第9周（2月24日—3月2日）" in first
    assert "（2月27日—3月5日）" in first
    assert "一个也不变" in kept
    assert "16.7%" in progress  # 61 of 365 days
    assert "17.5%" in progress  # 64 of 365 days
    assert "再改一次" in back


def test_the_district_changes_it_and_changes_it_back(tmp_path: Path) -> None:
    book, _ = district(tmp_path / "a.yzb")
    with book:
        before = {row["record"]: row for row in book.rows("weekly")}
        update_scheme(book, with_last_day(book.scheme, SUNDAY))
        assert book.week_last_day == SUNDAY
        assert {row["record"]: row for row in book.rows("weekly")} == before
        update_scheme(book, with_last_day(book.scheme, THURSDAY))
        assert (book.week_last_day, book.scheme.version) == (THURSDAY, 3)


def test_a_township_may_not(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb", "空冢郭镇", level="township", under="源汇区") as book:
        changed = with_last_day(book.scheme, SUNDAY)
        with pytest.raises(NotYours):
            update_scheme(book, changed)
        assert book.week_last_day == THURSDAY
