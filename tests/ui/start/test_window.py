"""The window of the first start: warnings above, work over it, and the end."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.drives import NotLocal
from desktop.ui.errand import Errand
from desktop.ui.messages import Remedy, Warned
from desktop.ui.shell import overlay
from desktop.ui.start import places
from desktop.ui.start.window import StartWindow
from desktop.ui.worker import Progress
from tests.ui.conftest import spin
from tests.ui.start.fake import FakeStarter
from tests.ui.start.packages import first_task
from tests.ui.week.hands import OFFSCREEN, click

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


class Starter(FakeStarter):
    """Says its warnings in the window, as the program does."""

    window: StartWindow

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        super().warn(error, *remedies)
        self.window.warn(Warned(error, remedies))


@pytest.fixture
def window(qtbot: Any) -> StartWindow:
    starter = Starter()
    made = StartWindow(starter)
    starter.window = made
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_refused_book_is_said_with_a_button_that_helps(
    window: StartWindow, tmp_path: Path
) -> None:
    window.refused(NotLocal("U盘", "removable"), tmp_path / "a.yzb")
    assert window.banner.isVisible()
    texts = [button.text() for button in window.banner.findChildren(QPushButton)]
    assert "复制到“文档”并打开" in texts
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_long_work_is_seen_and_can_be_cancelled(
    window: StartWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay, "LATE", 0)
    over: list[object] = []

    pause = threading.Event()

    def work(progress: Progress) -> None:
        for step in range(100_000):
            progress(step, 100_000)
            pause.wait(0.001)

    errand = Errand(window, "生成演示数据", work, lambda value, error: over.append((value, error)))
    window.begin(errand)
    spin(window.overlay.isVisible)
    assert window.overlay.title.text() == "生成演示数据"
    click(window.overlay.cancel)
    spin(lambda: bool(over))
    window.end(errand)
    assert over == [(None, None)]
    assert not window.overlay.isVisible()


def test_closing_the_only_window_ends_the_program(window: StartWindow, qtbot: Any) -> None:
    with qtbot.waitSignal(window.closed, timeout=1000):
        window.close()


def test_giving_way_to_a_book_does_not_end_it(window: StartWindow, qtbot: Any) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    with qtbot.assertNotEmitted(window.closed):
        window.close()


def test_a_code_that_nobody_has_on_paper_is_not_closed_away_unasked(
    window: StartWindow, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(window, tmp_path, monkeypatch)
    asked: list[str] = []

    def answer(text: str) -> None:
        def press() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            asked.append(box.text())
            if text:
                click(next(one for one in box.buttons() if one.text() == text))
            else:
                QTest.keyClick(box, Qt.Key.Key_Return)

        QTimer.singleShot(0, press)

    answer("")
    with qtbot.assertNotEmitted(window.closed):
        window.close()
    assert window.isVisible() and asked == ["恢复码还没有抄下或打印。"]
    answer("仍要离开")
    with qtbot.waitSignal(window.closed, timeout=1000):
        window.close()
    assert len(asked) == 2


def test_a_code_on_paper_may_be_closed(
    window: StartWindow, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(window, tmp_path, monkeypatch)
    click(window.page.begun.sheet.copied)
    with qtbot.waitSignal(window.closed, timeout=1000):
        window.close()


def begin(window: StartWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book begins, and its recovery code is shown."""
    monkeypatch.setattr(places, "documents", lambda: tmp_path / "文档")
    parcel = first_task(tmp_path)
    page = window.page
    page.form._source = lambda: ()
    click(page.package)
    page.form.take(parcel.path)
    QTest.keyClicks(page.form.secret, parcel.secret)
    QTest.keyClick(page.form.secret, Qt.Key.Key_Return)
    assert page.begun.isVisible()
