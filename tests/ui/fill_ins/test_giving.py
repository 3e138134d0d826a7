"""发填报模板 with real clicks and keys: for whom, where, what was written, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.errors import NotWritable
from desktop.ledger.workspace import Book
from desktop.ui.fill_ins import dialog as asking
from desktop.ui.fill_ins import reading
from desktop.ui.fill_ins.dialog import FillInDialog
from desktop.ui.fill_ins.giving import Giving
from desktop.ui.fill_ins.outcome import WrittenDialog
from desktop.ui.grid.page import GridPage
from desktop.ui.landing import Landing
from desktop.ui.lists.page import ListsPage
from desktop.ui.reading_in.page import ReadingInPage
from desktop.ui.shell.window import MainWindow
from desktop.ui.week.district_level import DistrictLevel
from desktop.ui.week.page import WeekPage
from desktop.ui.worker import Cancelled, Progress
from tests.sheets.filler import Filler
from tests.ui.conftest import TestDesk, ask, settle, shot, spin

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(district_desk: TestDesk, tmp_path: Path) -> Iterator[MainWindow]:
    """The district's window; what is given out goes into ``out``."""
    (tmp_path / "out").mkdir()
    district_desk.memory.put(asking.FOLDER, str(tmp_path / "out"))
    made = MainWindow(district_desk)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.end()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def opened(giving: Giving) -> FillInDialog:
    settle(giving.desk)
    assert giving.dialog is not None and giving.dialog.isVisible()
    return giving.dialog


def from_grid(window: MainWindow) -> tuple[GridPage, FillInDialog]:
    window.desk.go("grid")
    page = window.current
    assert isinstance(page, GridPage)
    settle(page.desk)
    click(page.headline.give_button)
    return page, opened(page.giving)


def pick(box: QComboBox, data: str) -> None:
    """Choose as the keyboard does."""
    at = box.findData(data)
    assert at >= 0, [box.itemData(one) for one in range(box.count())]
    box.setFocus()
    while box.currentIndex() != at:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)


def written(giving: Giving) -> WrittenDialog:
    spin(lambda: giving.outcome is not None)
    settle(giving.desk)
    assert giving.outcome is not None
    return giving.outcome


def test_one_workbook_per_unit_is_written_and_the_folder_opened(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, dialog = from_grid(window)
    assert dialog.given == reading.Given("weekly", window.desk.period)
    division = ask(window.desk, lambda book: reading.divide(book, dialog.given))
    assert [one.name for one in division.recipients] == dialog.wanted
    assert len(dialog.wanted) == 2
    assert dialog.recipients.count.text() == "已选 2 份，要填 24 行"
    shot(dialog, "fill_in_dialog", 680, 600)
    first = dialog.recipients.tree.topLevelItem(0)
    assert first is not None
    dialog.recipients.tree.setFocus()
    QTest.keyClick(dialog.recipients.tree, Qt.Key.Key_Space)
    assert dialog.yes.text() == "写出 1 份"
    (left,) = dialog.wanted
    assert left != first.text(0)
    click(dialog.yes)
    outcome = written(page.giving)
    (path,) = (tmp_path / "out").iterdir()
    assert path.name.startswith(left) and "第10周周调度台账填报表" in path.name
    assert outcome.files.item(0).text() == path.name
    assert "从 Excel 读入" in outcome.back.text()
    shot(outcome, "fill_in_written", 560, 460)
    seen: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", seen.append)
    click(outcome.look)
    assert [Path(url.toLocalFile()) for url in seen] == [tmp_path / "out"]


def test_rows_are_divided_by_the_person_responsible(window: MainWindow, tmp_path: Path) -> None:
    page, dialog = from_grid(window)
    pick(dialog.by, "responsible_person")
    settle(window.desk)
    people = dialog.wanted
    assert len(people) > 2
    assert dialog.recipients.tree.headerItem().text(0) == "责任人"
    rows = sum(one.rows for one in dialog.recipients.found)
    assert rows == 24, "everybody's rows together are all rows"
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    written(page.giving)
    assert len(list((tmp_path / "out").iterdir())) == len(people)
    click(page.headline.give_button)
    again = opened(page.giving)
    assert again.by.currentData() == "responsible_person", "remembered for this ledger"


def test_nothing_is_overwritten(window: MainWindow, tmp_path: Path) -> None:
    page, dialog = from_grid(window)
    click(dialog.yes)
    written(page.giving).accept()
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    page.giving.outcome = None
    click(page.headline.give_button)
    click(opened(page.giving).yes)
    written(page.giving)
    after = list((tmp_path / "out").iterdir())
    assert len(after) == 2 * len(before)
    assert all(path.read_bytes() == data for path, data in before.items())


def test_another_week_is_chosen_and_the_workbook_says_so(
    window: MainWindow, tmp_path: Path
) -> None:
    page, dialog = from_grid(window)
    pick(dialog.period, "2023-W11")
    settle(window.desk)
    click(dialog.yes)
    written(page.giving)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert all("第11周" in name for name in names)


def test_a_register_without_rows_says_why(window: MainWindow) -> None:
    _page, dialog = from_grid(window)
    pick(dialog.register, "target")
    settle(window.desk)
    pick(dialog.period, "2021")
    settle(window.desk)
    assert not dialog.recipients.found
    assert "不能做填报模板" in dialog.lack.text()
    assert not dialog.yes.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()


def test_a_cancelled_one_leaves_nothing_behind(window: MainWindow, tmp_path: Path) -> None:
    progress = Progress()
    given = reading.Given("weekly", window.desk.period)

    class Second(Progress):
        def __call__(self, done: int, of_all: int) -> None:
            self.cancelled = done == 1
            super().__call__(done, of_all)

    def run(book: Book) -> str:
        try:
            names = [one.name for one in reading.divide(book, given).recipients]
            reading.write(book, given, names, tmp_path / "out", Second())
        except Cancelled:
            return "cancelled"
        return "done"

    assert ask(window.desk, run) == "cancelled"
    assert list((tmp_path / "out").iterdir()) == []
    assert not progress.cancelled


def test_a_folder_that_cannot_be_written_is_said_with_another_place(
    window: MainWindow, tmp_path: Path
) -> None:
    page, dialog = from_grid(window)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    dialog.folder = blocked / "inside"
    remedies: list[str] = []
    window.desk.messages.warned.connect(
        lambda warned: remedies.extend(one.text for one in warned.remedies)
    )
    click(dialog.yes)
    settle(window.desk)
    assert [type(error) for error in window.desk.warnings] == [NotWritable]  # type: ignore[attr-defined]
    assert remedies == ["另选位置"]
    assert page.giving.outcome is None


def test_a_folder_is_chosen(window: MainWindow, tmp_path: Path) -> None:
    page, dialog = from_grid(window)
    other = tmp_path / "other"
    other.mkdir()
    dialog.ask = lambda _parent, _title, _proposed: other
    click(dialog.choose)
    assert dialog.place.text() == str(other)
    click(dialog.yes)
    written(page.giving)
    assert len(list(other.iterdir())) == 2
    assert window.desk.memory.get(asking.FOLDER) == str(other)


def test_a_list_is_given_out_with_blank_rows(window: MainWindow, tmp_path: Path) -> None:
    window.desk.go("lists", Landing(register="problem"))
    page = window.current
    assert isinstance(page, ListsPage)
    settle(window.desk)
    click(page.bar.give)
    dialog = opened(page.giving)
    assert dialog.given.register == page.register.name
    assert not dialog.period.isVisibleTo(dialog)
    first = dialog.recipients.tree.topLevelItem(0)
    assert first is not None and first.text(2) == "10 行"
    shot(dialog, "fill_in_list", 680, 600)


def test_begun_from_the_week_of_the_district(window: MainWindow) -> None:
    window.desk.go("week")
    page = window.current
    assert isinstance(page, WeekPage) and isinstance(page.level, DistrictLevel)
    settle(window.desk)
    click(page.level.view.give)
    assert opened(page.level.giving).given.register == "weekly"


def test_what_was_given_out_comes_back(window: MainWindow, tmp_path: Path) -> None:
    """Filled by others and read in: recognised, and only what was filled is a change."""
    page, dialog = from_grid(window)
    pick(dialog.period, "2023-W11")
    settle(window.desk)
    click(dialog.yes)
    written(page.giving).accept()
    path = sorted((tmp_path / "out").iterdir())[0]
    filler = Filler(path)
    assert "completed_week" in filler.columns, filler.columns
    row = next(
        row
        for row in range(filler.keys + 1, filler.page.max_row + 1)
        if not filler.page.cell(row, filler.columns["completed_week"]).protection.locked
    )
    filler.page.cell(row, filler.columns["completed_week"]).value = 123
    filler.workbook.save(path)
    window.desk.go("reading-in", Landing(text=str(path)))
    back = window.current
    assert isinstance(back, ReadingInPage)
    spin(lambda: back.intake.found is not None)
    settle(window.desk)
    assert back.intake.found is not None
    assert back.intake.found.proposal.returned is not None
    counts = {one.register: one.new + one.changed for one in back.intake.found.summary.counts}
    assert counts == {"weekly": 1}
