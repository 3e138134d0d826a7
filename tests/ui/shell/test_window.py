"""What stands around every page: showing, refreshing, landing, remembering, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from desktop.errors import DiskFull
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.page import Landing, Page
from desktop.ui.shell import menu, sidebar, window
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, ask, settle, shot, spin


class Leaf(Page):
    """A page that notes what happens to it."""

    log: ClassVar[list[tuple[str, str]]] = []
    stays = False
    hints = "Enter 下一格"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.edit = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.edit)
        self.back: dict[str, str] = {}

    def refresh(self) -> None:
        self.log.append((self.name, "refresh"))

    def land(self, landing: Landing) -> None:
        self.log.append((self.name, f"land {landing.record}"))

    def place(self) -> dict[str, str]:
        return {"row": self.edit.text()}

    def return_to(self, place: dict[str, str]) -> None:
        self.back = place
        self.edit.setText(place["row"])

    def leave(self) -> bool:
        return not self.stays


class First(Leaf):
    name, title, icon = "first", "第一页", "home"
    reads = frozenset({"project"})


class Second(Leaf):
    name, title, icon = "second", "第二页", "folder"
    reads = frozenset({"weekly"})
    weekly = False


@pytest.fixture(autouse=True)
def two_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entries = tuple(
        menu.Entry(kind.name, kind.title, kind.icon, __name__, kind.__name__)
        for kind in (First, Second)
    )
    made = {"First": First, "Second": Second}
    monkeypatch.setattr(menu.Entry, "make", lambda self, desk: made[self.kind](desk))
    for room in (menu, sidebar, window):
        monkeypatch.setattr(room, "MENU", entries)
    Leaf.log.clear()
    yield


@pytest.fixture
def main(desk: TestDesk, qtbot: Any) -> MainWindow:
    shown = MainWindow(desk)
    qtbot.addWidget(shown)
    shown.show_page("first")
    shown.show()
    settle(desk)
    return shown


def change(register: str) -> Callable[[Book], None]:
    """A write in a register that touches nothing else."""

    def run(book: Book) -> None:
        row = book.rows(register, "2023-W10")[0]
        field = {"project": "place", "weekly": "remark"}[register]
        with book.batch("change") as batch:
            batch.change(register, row["record"], {field: f"{row[field]}改"})

    return run


def test_a_page_is_made_and_read_when_it_is_first_shown(main: MainWindow) -> None:
    assert list(main.pages) == ["first"]
    main.show_page("second")
    main.show_page("first")
    assert Leaf.log == [("first", "refresh"), ("second", "refresh")]


def test_a_write_refreshes_the_pages_that_show_it_and_only_those(main: MainWindow) -> None:
    main.show_page("second")
    Leaf.log.clear()
    main.desk.write(main, "改", change("weekly"))
    settle(main.desk)
    assert Leaf.log == [("second", "refresh")]
    main.desk.write(main, "改", change("project"))
    settle(main.desk)
    assert Leaf.log == [("second", "refresh")]
    main.show_page("first")
    assert Leaf.log[1:] == [("first", "refresh")]


def test_another_week_refreshes_weekly_pages_only(main: MainWindow) -> None:
    main.show_page("second")
    Leaf.log.clear()
    main.desk.set_period("2023-W09")
    assert Leaf.log == []
    main.show_page("first")
    assert Leaf.log == [("first", "refresh")]


def test_landing_comes_after_the_refresh(main: MainWindow) -> None:
    Leaf.log.clear()
    main.desk.go("second", Landing(record="r1"))
    assert Leaf.log == [("second", "refresh"), ("second", "land r1")]


def test_a_page_that_is_not_done_keeps_the_person(main: MainWindow) -> None:
    assert main.current is not None
    main.current.stays = True  # type: ignore[attr-defined]
    assert not main.show_page("second")
    assert main.current.name == "first" and main.sidebar.current == "first"
    assert not main.end()
    main.current.stays = False  # type: ignore[attr-defined]


def test_keys_and_mouse_choose_pages(main: MainWindow) -> None:
    def shown() -> str:
        assert main.current is not None
        return main.current.name

    main.activateWindow()
    QTest.keyClick(main, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown() == "second"
    point = main.sidebar.line(0).center()
    QTest.mouseClick(main.sidebar, Qt.MouseButton.LeftButton, pos=QPoint(point))
    assert shown() == "first"
    main.sidebar.setFocus()
    QTest.keyClick(main.sidebar, Qt.Key.Key_Down)
    assert shown() == "second"


def test_alt_arrows_change_the_week_within_what_can_be_reported(main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert main.desk.period == "2023-W09"
    for _ in range(5):
        QTest.keyClick(main, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert main.desk.period == "2023-W11"


def test_undo_and_redo_by_key(main: MainWindow) -> None:
    main.desk.write(main, "改", change("project"))
    settle(main.desk)
    QTest.keyClick(main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(main.desk)
    assert main.status.note.text() == "已撤销：修改"
    QTest.keyClick(main, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(main.desk)
    assert main.status.note.text() == "已重做：修改"


def test_what_was_written_is_said_to_be_saved_with_the_time(main: MainWindow) -> None:
    assert main.status.saved.text() == "每格随填随存"
    main.desk.write(main, "改", change("project"))
    settle(main.desk)
    assert main.status.saved.text().startswith("已保存 ") and main.status.saved.text()[-3] == ":"


def test_a_warning_offers_what_mends_it(main: MainWindow) -> None:
    done: list[str] = []
    main.desk.warn(DiskFull("D:"), Remedy("换一个位置", lambda: done.append("换")))
    assert main.banner.isVisible() and "磁盘空间不足" in main.banner.sentence.text()
    (button,) = main.banner.buttons.findChildren(QPushButton)
    button.click()
    assert done == ["换"] and not main.banner.isVisible()


def test_long_work_is_seen_late_and_can_be_cancelled(main: MainWindow) -> None:
    gate = threading.Event()
    told: list[None] = []

    def run(_book: Book, progress: Any) -> None:
        for number in range(1000):
            gate.wait(0.02)
            progress(number, 1000)

    main.desk.work(main, "生成周报", run, told.append)
    assert not main.overlay.isVisible()
    spin(main.overlay.isVisible)
    assert main.overlay.title.text() == "生成周报" and main.overlay.bar.maximum() == 1000
    shot(main, "overlay")
    QTest.keyClick(main.overlay, Qt.Key.Key_Escape)
    spin(lambda: not main.overlay.isVisible())
    assert told == []


def test_quick_work_is_never_seen(main: MainWindow) -> None:
    main.desk.work(main, "快", lambda _book, _progress: 1, lambda _value: None)
    settle(main.desk)
    assert not main.overlay.isVisible() and main.overlay.job is None


def test_the_next_start_returns_to_page_place_and_week(desk: TestDesk, main: MainWindow) -> None:
    main.show_page("second")
    page = main.pages["second"]
    assert isinstance(page, Leaf)
    page.edit.setText("12")
    desk.set_period("2023-W08")
    main.keep_place()
    again = MainWindow(desk)
    again.return_to()
    assert again.current is not None and again.current.name == "second"
    assert again.current.back == {"row": "12"}  # type: ignore[attr-defined]
    again._ended = True
    again.close()


def test_a_page_of_another_version_leads_to_the_first(desk: TestDesk, main: MainWindow) -> None:
    desk.memory.put("page", "gone")
    main.return_to()
    assert main.current is not None and main.current.name == "first"


def test_closing_writes_what_waits_and_closes_the_book(main: MainWindow) -> None:
    closed: list[int] = []
    main.closed.connect(lambda: closed.append(1))
    main._keep_safe()
    main.desk.write(main, "改", change("project"))
    settle(main.desk)
    main.close()
    spin(lambda: closed == [1])
    (copy,) = main.desk.facts.path.with_name("01.backups").glob("*.yzb")
    assert "-daily-" in copy.name
    from desktop.ledger import workspace

    with workspace.open_book(main.desk.facts.path) as book:
        assert book.rows("project")[0]["place"].endswith("改")


def test_the_week_picker_lists_weeks_and_goes_there(main: MainWindow) -> None:
    weeks = main.top.weeks.menu()
    texts = [action.text() for action in weeks.actions()]
    assert texts[0].startswith("2023年第11周") and texts[1].endswith("本周　最近填报")
    weeks.actions()[3].trigger()
    assert main.desk.period == "2023-W08"
    assert main.top.weeks.label.text().startswith("2023年第8周（")


def test_search_finds_by_pinyin_and_opens_the_project(main: MainWindow, desk: TestDesk) -> None:
    from desktop.ui.forms.initials import initials

    row = ask(desk, lambda book: book.rows("project")[0])
    QTest.keyClick(main, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(main.top.search, initials(row["name"])[:5])
    QTest.keyClick(main.top.search, Qt.Key.Key_Return)
    settle(desk)
    assert main.top.search.found.isVisible()
    shot(main, "search")
    went = desk.places
    QTest.keyClick(main.top.search, Qt.Key.Key_Return)
    assert went[-1][0] == "project"
    assert went[-1][1] == Landing("project", row["record"])


def test_badges_count_what_is_open(main: MainWindow, desk: TestDesk) -> None:
    desk.set_period("2023-W11")
    spin(lambda: main.sidebar._badges.get("grid", 0) >= 12)
