"""What stands around every page: showing, refreshing, landing, remembering, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from desktop.errors import DiskFull, OneLedgerError
from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.page import Landing, Page
from desktop.ui.parts.words import tip
from desktop.ui.shell import keys, menu, sidebar, whereabouts
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
    for room in (menu, sidebar, whereabouts, keys):
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


def test_f6_goes_round_the_regions(main: MainWindow) -> None:
    main.activateWindow()
    QTest.qWaitForWindowActive(main)
    assert main.current is not None
    main.current.edit.setFocus()  # type: ignore[attr-defined]
    seen = []
    for _ in range(3):
        QTest.keyClick(main, Qt.Key.Key_F6)
        seen.append(main.focusWidget())
    assert seen[:2] == [main.sidebar, main.top.weeks.label]
    assert seen[2] is main.current or main.current.isAncestorOf(seen[2])


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


def test_after_long_work_the_keyboard_is_where_it_was(main: MainWindow) -> None:
    gate = threading.Event()
    main.activateWindow()
    QTest.qWaitForWindowActive(main)
    main.sidebar.setFocus()
    main.desk.work(main, "生成周报", lambda _book, _progress: gate.wait(20), lambda _none: None)
    spin(main.overlay.isVisible)
    assert main.overlay.cancel.hasFocus()
    gate.set()
    settle(main.desk)
    assert main.sidebar.hasFocus()


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


def refused(_book: Book) -> None:
    raise DiskFull("D:")


def test_a_refused_last_entry_keeps_the_window_until_it_is_given_up(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = main.current
    assert page is not None

    def leave() -> bool:
        main.desk.write(page, "改", refused)
        return True

    asked: list[tuple[str, str]] = []

    def stay(question: str, _advice: str, yes: str) -> bool:
        asked.append((question, yes))
        return False

    monkeypatch.setattr(page, "leave", leave)
    closed: list[int] = []
    main.closed.connect(lambda: closed.append(1))
    main.desk.messages.asker = stay
    main.close()
    assert asked == [("最后填写的内容没有保存。", "仍要关闭")]
    assert closed == [] and main.isVisible() and "磁盘空间不足" in main.banner.sentence.text()
    main.desk.messages.asker = lambda _question, _advice, _yes: True
    main.close()
    assert closed == [1] and not main.isVisible()


def test_every_page_is_asked_before_the_end(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    main.show_page("second")
    may = [False]
    monkeypatch.setattr(main.pages["first"], "may_end", lambda: may[0])
    closed: list[int] = []
    main.closed.connect(lambda: closed.append(1))
    main.close()
    assert closed == [] and main.isVisible()
    may[0] = True
    main.close()
    assert closed == [1]


def test_a_fault_on_the_way_out_keeps_nobody_for_ever(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise LookupError("leave")

    monkeypatch.setattr(main.current, "leave", fail)
    closed: list[int] = []
    main.closed.connect(lambda: closed.append(1))
    with pytest.raises(LookupError):
        main.close()
    assert closed == [] and main.isVisible()
    main.close()
    assert closed == [1]


def test_places_of_another_version_are_begun_anew(desk: TestDesk, main: MainWindow) -> None:
    desk.memory.put("places", ["gone"])
    main.show_page("second")
    assert desk.memory.get("places") == {"first": {"row": ""}}


def test_what_is_typed_is_taken_before_another_week_is_shown(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave() -> bool:
        Leaf.log.append(("first", "leave"))
        return True

    monkeypatch.setattr(main.current, "leave", leave)
    Leaf.log.clear()
    main.desk.set_period("2023-W09")
    assert Leaf.log == [("first", "leave"), ("first", "refresh")]


def test_a_backup_that_is_refused_at_the_end_is_said_before_it(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    main._keep_safe()
    assert main.keeper is not None
    settle(main.desk)
    main.keeper.due = True

    def fail(*_args: object, **_named: object) -> None:
        raise DiskFull("D:")

    monkeypatch.setattr(backups, "before", fail)
    closed: list[int] = []
    main.closed.connect(lambda: closed.append(1))
    main.close()
    settle(main.desk)
    assert closed == [] and "磁盘空间不足" in main.banner.sentence.text()
    (button,) = main.banner.buttons.findChildren(QPushButton)
    assert button.text() == "不备份，直接关闭"
    button.click()
    assert closed == [1]


def test_another_work_that_ends_closes_nothing(main: MainWindow) -> None:
    main._keep_safe()
    main.desk.work(main, "生成周报", lambda _book, _progress: None, lambda _none: None)
    settle(main.desk)
    assert main.isVisible() and not main._ended


def test_names_that_look_like_tags_are_shown_letter_by_letter(
    main: MainWindow, tmp_path: Path
) -> None:
    red = QImage(60, 60, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    assert red.save(str(tmp_path / "red.png"))
    name = f"<img src='{tmp_path}/red.png'>工程"
    main.desk.warn(OneLedgerError(f"没有“{name}”。", name))
    seen = main.banner.grab().toImage()
    pixels = {seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}
    assert QColor("#ff0000").rgb() not in pixels
    assert tip(name).startswith("<qt>&lt;img") and tip("甲\n乙") == "甲\n乙"


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


def test_a_warning_floats_and_moves_nothing(main: MainWindow) -> None:
    before = main.stack.geometry()
    main.desk.warn(DiskFull("D:"))
    assert main.banner.isVisible() and main.stack.geometry() == before
    bottom = main.banner.geometry().bottom()
    assert bottom == main.stack.height() - 1
    assert main.status.saved.text() == "没有保存"
    main.show_page("second")
    assert not main.banner.isVisible()
    main.desk.write(main, "改", change("project"))
    settle(main.desk)
    assert main.status.saved.text().startswith("已保存")


def test_one_undo_too_many_is_a_note_and_no_alarm(main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(main.desk)
    assert not main.banner.isVisible()
    assert main.status.note.text() == "没有可以重做的操作。"
