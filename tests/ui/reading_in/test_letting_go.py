"""What nobody looks at any more goes piece by piece, and all of it goes."""

from __future__ import annotations

import weakref
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.ui.reading_in.letting_go import AT_ONCE, LettingGo
from desktop.ui.reading_in.reading import Found
from tests.ui.conftest import spin


class Record:
    """Stands for a record of a workbook."""


def comparison(records: int) -> Found:
    steps = tuple(Record() for _ in range(records))
    held = SimpleNamespace(plan=SimpleNamespace(steps=steps), proposal=SimpleNamespace(projects=()))
    return cast(Found, cast(Any, held))


def test_a_big_comparison_goes_in_several_turns(qapp: QApplication) -> None:
    owner = QObject()
    letting = LettingGo(owner)
    found = comparison(3 * AT_ONCE)
    last = weakref.ref(found.plan.steps[0])
    letting.take(found)
    del found
    assert last() is not None
    letting._turn.timeout.emit()
    assert [len(one) for one in letting.held] == [2 * AT_ONCE]
    spin(lambda: not letting.held)
    assert last() is None


def test_a_small_one_goes_at_once(qapp: QApplication) -> None:
    owner = QObject()
    letting = LettingGo(owner)
    found = comparison(10)
    last = weakref.ref(found.plan.steps[0])
    letting.take(found)
    del found
    assert last() is None
