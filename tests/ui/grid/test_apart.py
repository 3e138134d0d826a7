"""A cell that two PCs filled differently is marked in the grid and leads to its decision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.ledger import conflicts
from desktop.ui.exchange.settling import SettlingPanel
from desktop.ui.grid import finding
from desktop.ui.grid.apart import APART
from desktop.ui.page import Landing
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.exchange.apart import Parted, part, with_keys
from tests.ui.grid.clerk import Clerk


@pytest.fixture
def parted(
    demonstration: Path, profile: Path, book_copy: Callable[[str], Path], tmp_path: Path
) -> Parted:
    with_keys(demonstration, profile)
    return part(book_copy("townships/01.yzb"), tmp_path)


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], parted: Parted) -> TestDesk:
    return make_desk(parted.path)


@pytest.fixture
def clerk(desk: TestDesk) -> Clerk:
    return Clerk(desk)


def place(clerk: Clerk, parted: Parted, name: str) -> tuple[int, int]:
    held = clerk.model.contents
    assert held is not None
    return held.row_of(parted.project), held.sheet.column(name)


def test_the_cell_is_marked_and_says_why(clerk: Clerk, parted: Parted) -> None:
    row, column = place(clerk, parted, "physical_progress")
    assert clerk.model.cell(row, column).tone == "must"
    clerk.go(row, "physical_progress")
    clerk.wait()
    shot(clerk.page, "grid-apart", 1210, 688)
    about = clerk.page.aside.about
    assert about is not None
    assert [one.check for one in about.found] == [APART]
    assert about.found[0].sentence.startswith("两处填得不同，待定。")


def test_it_is_no_error_of_the_clerks(clerk: Clerk, parted: Parted) -> None:
    held = clerk.model.contents
    assert held is not None
    checks = {one.check for one in held.findings.of(parted.project) if one.level == "must"}
    assert APART in checks
    assert held.findings.count("must") == len(checks - {APART})


def test_the_button_and_the_list_lead_to_this_very_conflict(
    clerk: Clerk, desk: TestDesk, parted: Parted, qtbot: Any
) -> None:
    row, _ = place(clerk, parted, "physical_progress")
    clerk.go(row, "physical_progress")
    clerk.wait()
    (button,) = [
        one
        for one in clerk.page.aside.findChildren(QPushButton)
        if one.text() == "到“收发”选定" and one.isVisible()
    ]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    landing = Landing(tab="settle", record=parted.week, field="physical_progress")
    assert desk.places[-1] == ("exchange", landing)
    panel = SettlingPanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    settle(desk)
    assert panel.case is not None and panel.case.field == "physical_progress"
    lines = [
        line
        for line in range(clerk.page.aside.list.count())
        if "待定" in clerk.page.aside.list.item(line).text()
    ]
    clerk.page.aside.list.setFocus()
    clerk.page.aside.list.setCurrentRow(lines[0])
    QTest.keyClick(clerk.page.aside.list, Qt.Key.Key_Return)
    assert desk.places[-1][0] == "exchange" and len(desk.places) == 2


def test_a_decision_takes_the_mark_away(clerk: Clerk, desk: TestDesk, parted: Parted) -> None:
    row, column = place(clerk, parted, "physical_progress")
    found = [one for one in ask(desk, conflicts.open) if one.field == "physical_progress"]
    first = found[0].sides[0].entry
    desk.write(clerk.page, "选定", lambda book: conflicts.settle(book, found[0].id, first))
    clerk.wait()
    settle(desk)
    clerk.wait()
    assert clerk.model.cell(row, column).tone == "plain"


def test_other_weeks_are_not_marked(clerk: Clerk, desk: TestDesk) -> None:
    held = clerk.model.contents
    assert held is not None
    found = ask(desk, lambda book: finding.read(book, held.sheet, "2023-W09"))
    assert not any(one.check == APART for one in found.open())
