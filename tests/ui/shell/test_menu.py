"""The menu's rooms: all there, each with its page, and ready before they are asked for."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from desktop.ui.page import Page
from desktop.ui.shell.menu import ASIDE, MENU, Entry, entry
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk


@pytest.mark.parametrize("one", (*MENU, *ASIDE), ids=lambda one: one.name)
def test_each_entry_is_what_its_page_calls_itself(one: Entry) -> None:
    kind = getattr(importlib.import_module(one.room), one.kind)
    assert issubclass(kind, Page)
    assert (kind.name, kind.title) == (one.name, one.title)


def test_an_unknown_name_is_the_first_page() -> None:
    assert entry("gone") is MENU[0]


def test_rooms_are_imported_ahead_but_not_what_draws_papers() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from desktop.ui.shell import menu; menu.prepare().join();"
            "print(*sorted(one.room in sys.modules for one in menu.MENU),"
            " 'reportlab' in sys.modules)",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.split() == ["True"] * len(MENU) + ["False"]


def test_one_does_not_begin_on_a_page_that_has_no_line(desk: TestDesk) -> None:
    window = MainWindow(desk)
    desk.memory.put("page", ASIDE[0].name)
    window.return_to()
    assert window.current is not None
    assert window.current.name == MENU[0].name
    window.end()
