"""The list's model: identities for all, lines only for those that are seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.ui.project.list_model import AROUND, KEPT, ProjectModel
from desktop.ui.project.list_view import ProjectList
from desktop.ui.project.listing import HEADING, Group, Line, Listing

MANY = 100_000


def line(record: str) -> Line:
    return Line(record, f"项目{record}", "省重点项目", "在建", "空冢郭镇", "13.9%", "green")


def listing(*entries: str, groups: dict[str, Group] | None = None) -> Listing:
    return Listing(entries, groups or {}, len(entries), len(entries))


@pytest.fixture
def model(qapp: QApplication) -> Iterator[ProjectModel]:
    model = ProjectModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, QObject(model)
    )
    assert tester.model() is model
    yield model


def asked(model: ProjectModel) -> list[list[str]]:
    found: list[list[str]] = []
    model.wanted.connect(found.append)
    return found


def test_lines_are_asked_for_when_they_are_seen(model: ProjectModel) -> None:
    wanted = asked(model)
    entries = [str(number) for number in range(MANY)]
    model.show(listing(*entries), {"0": line("0")})
    QApplication.processEvents()
    wanted.clear()
    assert model.rowCount() == MANY
    assert model.data(model.index(0)) == "项目0"
    assert model.data(model.index(10)) is None  # scrolled past
    assert model.data(model.index(70_000)) is None
    assert model.data(model.index(70_010)) is None
    QApplication.processEvents()
    assert wanted == [entries[70_010 - AROUND : 70_010 + AROUND]]
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b, _roles: changed.append((a.row(), b.row())))
    model.fill({record: line(record) for record in wanted[0]})
    assert changed == [(70_010 - AROUND, 70_009 + AROUND)]
    assert model.data(model.index(70_005)) == "项目70005"


def test_lines_are_not_kept_for_ever(model: ProjectModel) -> None:
    model.show(listing(*map(str, range(5 * KEPT))), {})
    for start in range(0, 5 * KEPT, 500):
        model.fill({str(at): line(str(at)) for at in range(start, start + 500)})
    assert sum(model._lines.__contains__(str(at)) for at in range(5 * KEPT)) <= KEPT + 500
    assert model.data(model.index(5 * KEPT - 1)) == f"项目{5 * KEPT - 1}"


def test_the_same_entries_again_are_no_new_list(model: ProjectModel) -> None:
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show(listing("a", "b"), {"a": line("a")})
    model.show(listing("a", "b"), {"a": line("a"), "b": line("b")})
    assert resets == [True]
    assert model.data(model.index(1)) == "项目b"
    model.show(listing("b", "a"), {})
    assert resets == [True, True]
    assert (model.row_of("b"), model.row_of("a"), model.row_of("c")) == (0, 1, -1)


def test_headings_are_no_projects(model: ProjectModel) -> None:
    heading = f"{HEADING}unit"
    model.show(listing(heading, "a", groups={heading: Group("空冢郭镇", 1)}), {"a": line("a")})
    assert model.data(model.index(0)) == "空冢郭镇（1）"
    assert (model.record(0), model.record(1), model.record(9)) == ("", "a", "")
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.first_records(2) == ["a"]


def test_what_a_reader_of_the_screen_hears(model: ProjectModel) -> None:
    model.show(listing("a"), {"a": line("a")})
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0), role) == "绿灯，项目a，省重点项目，在建，13.9%"
    model.with_units = True
    assert model.data(model.index(0), role) == "绿灯，项目a，空冢郭镇，省重点项目，在建，13.9%"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_only_what_is_on_the_screen_is_laid_out(qapp: QApplication) -> None:
    model = ProjectModel()
    wanted = asked(model)
    view = ProjectList(model)
    view.resize(300, 600)
    view.show()
    model.show(listing(*map(str, range(MANY))), {})
    QApplication.processEvents()
    assert sum(map(len, wanted)) < 200
    wanted.clear()
    view.scrollToBottom()
    QApplication.processEvents()
    assert wanted and all(int(record) > MANY - 200 for record in wanted[-1])
    assert view.choose("50000") and view.chosen() == "50000"
    assert not view.choose("no such")
    view.close()
