"""The page 项目, shown as the window would show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.ui.changes import Changes
from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import TestDesk, settle
from tests.ui.project.looking import Shown, watched


@pytest.fixture
def shown() -> Iterator[Shown]:
    """Show the page as the window would, refreshed after each act."""
    pages: list[ProjectPage] = []

    def make(desk: TestDesk) -> ProjectPage:
        page = ProjectPage(desk)
        pages.append(page)
        for model in (page.pane.model, page.weeks.model):
            watched(model)

        def hear(_changes: Changes) -> None:
            page.refresh()

        desk.changed.connect(hear)
        desk.period_changed.connect(lambda _period: page.refresh())
        page.resize(1210, 688)
        page.show()
        page.activateWindow()
        page.refresh()
        page.setFocus()
        settle(desk)
        return page

    yield make
    for page in pages:
        page.close()


@pytest.fixture
def page(desk: TestDesk, shown: Shown) -> ProjectPage:
    return shown(desk)
