"""检查账本: sound, rebuilt, or told to stop."""

from __future__ import annotations

import pytest

from desktop.ui.changes import Changes
from desktop.ui.settings.checking import CheckSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.settings.standing import Show, answer, click

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def checking(page: SettingsPage) -> CheckSection:
    assert isinstance(page.current, CheckSection)
    return page.current


def test_a_sound_book_is_told_so(desk: TestDesk, show: Show) -> None:
    section = checking(show(desk, "check"))
    assert section.sentence.isHidden()
    click(section.check)
    settle(desk)
    assert "账本完好" in section.sentence.text()
    assert section.rebuild.isHidden()


def test_tables_that_were_tampered_with_are_rebuilt_and_pages_hear_of_it(
    desk: TestDesk, show: Show
) -> None:
    section = checking(show(desk, "check"))
    ask(
        desk,
        lambda book: book.connection.execute("UPDATE project SET name = name || '！'").rowcount,
    )
    click(section.check)
    settle(desk)
    assert "表与流水不符" in section.sentence.text()
    assert section.details.text().count("·") > 1
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    answer(desk, yes=False)
    click(section.rebuild)
    settle(desk)
    assert heard == []
    answer(desk, yes=True)
    click(section.rebuild)
    settle(desk)
    assert "账本完好" in section.sentence.text()
    assert section.rebuild.isHidden()
    assert heard[0].touches("project")
    line = "SELECT count(*) FROM project WHERE name LIKE '%！'"
    assert ask(desk, lambda book: book.connection.execute(line).fetchone()[0]) == 0


def test_a_changed_journal_is_not_rebuilt(desk: TestDesk, show: Show) -> None:
    section = checking(show(desk, "check"))
    ask(
        desk,
        lambda book: (
            book.connection.execute(
                "UPDATE journal SET operator = '别人' WHERE position = 5"
            ).rowcount
        ),
    )
    click(section.check)
    settle(desk)
    assert "没有通过检查" in section.sentence.text()
    assert "停止填写" in section.advice.text()
    assert section.rebuild.isHidden()
