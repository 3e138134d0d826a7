"""The page 调度与报表 of a township, standing in a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.ui.papers.page import PapersPage
from tests.ui.conftest import TestDesk
from tests.ui.papers.standing import standing


@pytest.fixture
def page(desk: TestDesk) -> Iterator[PapersPage]:
    yield from standing(desk)
