"""The strip of photos with real keys, mouse, clipboard and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.ledger import attachments, cycle
from desktop.ledger.lock import WeekSubmitted
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.photos import dropping
from desktop.ui.photos.dropping import Picture, TooMany
from desktop.ui.photos.strip import PhotoStrip
from desktop.ui.photos.tiles import PhotoModel
from desktop.ui.photos.viewer import PhotoViewer
from tests.ui.conftest import ask, settle, shot, spin
from tests.ui.photos import pictures

#: What the platform without a screen says of windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WEEK = "2023-W10"
COLOURS = ("#8a6d3b", "#4d6b3c", "#6d4d6b", "#3c5d6b", "#9a4d3b")


@pytest.fixture
def subject(desk: Desk) -> str:
    """A project of the township."""
    desk.set_period(WEEK)
    return str(ask(desk, lambda book: book.rows("project")[0]["record"]))


@pytest.fixture
def strip(desk: Desk, subject: str, qtbot: QtBot) -> PhotoStrip:
    """The project's strip, shown, empty so far."""
    made = PhotoStrip(desk)
    qtbot.addWidget(made)
    made.resize(820, 420)
    made.show_photos(subject)
    made.show()
    settle(desk)
    return made


@pytest.fixture
def files(tmp_path: Path) -> Callable[[int], list[Path]]:
    """So many photos in a folder of the stick."""

    def make(count: int) -> list[Path]:
        made = []
        for number in range(count):
            path = tmp_path / f"现场{number + 1}.jpg"
            image = pictures.picture(900, 700 + number, COLOURS[number % len(COLOURS)])
            taken = f"2023:03:0{number % 9 + 1} 09:3{number % 10}:00"
            path.write_bytes(pictures.with_exif(pictures.written(image), taken=taken))
            made.append(path)
        return made

    return make


def dropped(strip: PhotoStrip, data: QMimeData) -> None:
    """Let go of something over the strip."""
    where, nothing = QPoint(200, 200), Qt.KeyboardModifier.NoModifier
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(where, action, data, left, nothing)
    QApplication.sendEvent(strip, entering)
    if entering.isAccepted():
        QApplication.sendEvent(strip, QDropEvent(QPointF(where), action, data, left, nothing))


def of_files(files: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return data


def held(desk: Desk) -> int:
    found = ask(desk, attachments.held)
    assert isinstance(found, frozenset)
    return len(found)


def names(strip: PhotoStrip) -> list[str]:
    return [photo.name for photo in strip.model.photos]


def key(strip: PhotoStrip, pressed: Qt.Key, more: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(strip.list, pressed, more)


def filled(strip: PhotoStrip, desk: Desk, files: list[Path]) -> None:
    strip.add(list(files))
    settle(desk)
    assert len(strip.model.photos) == len(files)
    strip.list.setFocus()


# Adding ------------------------------------------------------------------------------------------


def test_files_let_go_over_the_strip_are_photos_of_the_week(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    assert strip._either.currentWidget() is strip.empty
    counts: list[int] = []
    strip.count_changed.connect(counts.append)
    dropped(strip, of_files(files(3)))
    settle(desk)
    assert names(strip) == ["现场1.jpg", "现场2.jpg", "现场3.jpg"]
    assert {photo.period for photo in strip.model.photos} == {WEEK}
    assert strip.model.photos[0].when == "3月1日 09:30 拍摄"
    assert counts[-1] == 3
    assert desk.notes[-1] == "已添加 3 张照片"
    assert strip.title.text() == "照片 3"
    assert strip._either.currentWidget() is strip.list
    assert desk.warnings == []


def test_a_bad_file_is_named_and_the_good_ones_are_added(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]], tmp_path: Path
) -> None:
    broken, folder, gone = tmp_path / "坏.jpg", tmp_path / "文件夹", tmp_path / "没有.jpg"
    broken.write_bytes(pictures.jpeg()[:500])
    folder.mkdir()
    dropped(strip, of_files([broken, *files(2), folder, gone]))
    settle(desk)
    assert names(strip) == ["现场1.jpg", "现场2.jpg"]
    (warning,) = desk.warnings
    assert warning.sentence.startswith("有 3 个文件没有添加：“坏.jpg”已损坏，读不出来。“文件夹”")
    assert "“没有.jpg”打不开。" in warning.sentence


def test_the_same_photo_twice_stands_there_once(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    strip.add(list(files(1)))
    settle(desk)
    strip.add(list(files(1)))
    settle(desk)
    assert len(strip.model.photos) == 1
    assert desk.notes[-1] == "这些照片已经在这里，没有重复添加"


def test_a_copied_picture_is_pasted(strip: PhotoStrip, desk: Any) -> None:
    QGuiApplication.clipboard().setImage(pictures.picture(300, 200))
    QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert names(strip) == ["粘贴的图片"]
    QGuiApplication.clipboard().setImage(pictures.picture(320, 200, "#405060"))
    strip.list.setFocus()
    key(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert len(strip.model.photos) == 2


def test_text_is_no_photo(strip: PhotoStrip, desk: Any) -> None:
    data = QMimeData()
    data.setText("形象进度")
    dropped(strip, data)
    QGuiApplication.clipboard().setText("形象进度")
    QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert strip.model.photos == ()
    assert (desk.warnings, desk.notes) == ([], [])


def test_files_are_chosen_in_a_dialog_that_remembers_its_folder(
    strip: PhotoStrip,
    desk: Any,
    files: Callable[[int], list[Path]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (path,) = files(1)
    asked: list[str] = []

    def choose(_parent: Any, _title: str, folder: str, _filter: str) -> tuple[list[str], str]:
        asked.append(folder)
        return [str(path)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    QTest.mouseClick(strip.add_button, Qt.MouseButton.LeftButton)
    settle(desk)
    assert names(strip) == ["现场1.jpg"]
    QTest.keyClick(strip.add_button, Qt.Key.Key_Space)
    assert asked == ["", str(path.parent)]


def test_a_folder_full_of_photos_is_not_swallowed(
    strip: PhotoStrip, desk: Any, tmp_path: Path
) -> None:
    dropped(strip, of_files([tmp_path / f"{number}.jpg" for number in range(31)]))
    settle(desk)
    assert isinstance(desk.warnings[-1], TooMany)
    assert held(desk) == 0


def test_a_cancelled_adding_leaves_nothing(
    desk: Any, strip: PhotoStrip, subject: str, files: Callable[[int], list[Path]]
) -> None:
    desk.working.connect(lambda job: setattr(job.progress, "cancelled", True))
    strip.add(list(files(2)))
    settle(desk)
    assert strip.model.photos == ()
    assert held(desk) == 0
    assert (desk.warnings, desk.notes) == ([], [])


def test_photos_go_to_the_week_of_the_strip_else_of_the_desk(
    strip: PhotoStrip, desk: Any, subject: str, files: Callable[[int], list[Path]]
) -> None:
    first, second = files(2)
    desk.set_period("2023-W11")
    strip.add([first])
    settle(desk)
    strip.show_photos(subject, "2023-W12")
    strip.add([second])
    settle(desk)
    assert [photo.period for photo in strip.model.photos] == ["2023-W12"]
    strip.show_photos(subject)
    settle(desk)
    assert [photo.period for photo in strip.model.photos] == ["2023-W12", "2023-W11"]


def test_attach_tells_who_asked(desk: Any, strip: PhotoStrip, subject: str) -> None:
    told: list[dropping.Attached] = []
    photo = Picture("无人机.jpg", pictures.jpeg())
    dropping.attach(desk, strip, "weekly", subject, WEEK, [photo], told.append)
    settle(desk)
    (done,) = told
    row = ask(desk, lambda book: book.present("weekly", done.record))
    assert (done.added, done.known, done.refused) == (1, 0, ())
    assert row is not None


# Looking -----------------------------------------------------------------------------------------


def viewer_of(strip: PhotoStrip) -> PhotoViewer:
    (viewer,) = strip.window().findChildren(PhotoViewer)
    return viewer


@pytest.mark.parametrize("opens", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_photo_is_seen_large_and_arrows_turn(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]], opens: Qt.Key
) -> None:
    filled(strip, desk, files(3))
    key(strip, Qt.Key.Key_Right)
    key(strip, opens)
    viewer = viewer_of(strip)
    settle(desk)
    assert viewer.isVisible()
    first = viewer.at
    assert viewer.picture is not None
    assert viewer.picture.size().width() > 600
    QTest.keyClick(viewer, Qt.Key.Key_End)
    settle(desk)
    assert (viewer.at, viewer.caption()) == (2, "第10周　3月3日 09:32 拍摄　现场3.jpg")
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.at == 2
    QTest.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.at == 1
    QTest.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=QPoint(10, 100))
    assert viewer.at == 0
    settle(desk)
    shot(viewer, "photos-viewer", 1366, 768)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert strip.list.currentIndex().row() == 0
    assert first in (0, 1)


def test_a_double_click_opens(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(2))
    where = strip.list.visualRect(strip.model.index(1)).center()
    QTest.mouseClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert viewer_of(strip).at == 1


def test_a_lost_photo_is_told_and_not_a_crash(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(1))

    def lose(book: Book) -> None:
        book.connection.execute("DELETE FROM attachment")

    ask(desk, lose)
    strip.refresh()
    strip._thumbnails._kept.clear()
    strip.grab()
    settle(desk)
    assert strip.model.photos[0].held is False
    strip.look(0)
    settle(desk)
    picture = viewer_of(strip).picture
    assert picture is not None
    assert picture.isNull()
    viewer_of(strip).grab()
    assert desk.warnings == []


def test_tiles_are_fetched_when_they_are_seen(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]], tmp_path: Path
) -> None:
    filled(strip, desk, files(5))
    strip.resize(820, 420)
    strip.grab()
    spin(lambda: len(strip._thumbnails._kept) == 5)
    image = strip.grab().toImage()
    rect = strip.list.visualRect(strip.model.index(0))
    middle = strip.list.viewport().mapTo(strip, rect.center())
    ratio = image.devicePixelRatio()
    seen = image.pixelColor(round(middle.x() * ratio), round(middle.y() * ratio))
    assert seen != QColor(strip.palette().base().color())


# Taking out --------------------------------------------------------------------------------------


def test_delete_takes_the_chosen_out_and_undo_brings_them_back(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(4))
    strip.list.setCurrentIndex(strip.model.index(1))
    key(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(strip.chosen()) == 2
    key(strip, Qt.Key.Key_Delete)
    settle(desk)
    assert names(strip) == ["现场1.jpg", "现场4.jpg"]
    assert desk.notes[-1] == "已移除 2 张照片，按 Ctrl+Z 可以撤销"
    desk.undo()
    settle(desk)
    assert len(strip.model.photos) == 4
    assert desk.notes[-1] == "已撤销：移除照片"
    desk.undo()
    settle(desk)
    assert desk.notes[-1] == "已撤销：添加照片"
    assert names(strip) == []


def test_delete_in_the_large_view_takes_that_one_out(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(3))
    strip.look(0)
    viewer = viewer_of(strip)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    QTest.keyClick(viewer, Qt.Key.Key_Delete)
    settle(desk)
    assert names(strip) == ["现场1.jpg", "现场3.jpg"]


def submit(book: Book) -> None:
    cycle.submit(book, WEEK, book.clock().date())


def test_a_photo_of_a_submitted_week_stays_and_says_why(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(2))
    desk.write(strip, "上报", submit)
    settle(desk)
    assert desk.warnings == []
    assert all("已经上报，不能再改" in photo.locked for photo in strip.model.photos)
    assert "退回这一周" in strip.model.data(strip.model.index(0), Qt.ItemDataRole.ToolTipRole)
    strip.list.selectAll()
    key(strip, Qt.Key.Key_Delete)
    settle(desk)
    assert isinstance(desk.warnings[-1], WeekSubmitted)
    assert len(strip.model.photos) == 2
    strip.add(list(files(1)))
    settle(desk)
    assert isinstance(desk.warnings[-1], WeekSubmitted)
    assert len(desk.warnings) == 2


def test_the_menu_offers_what_can_be_done(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    filled(strip, desk, files(1))
    strip.list.setCurrentIndex(strip.model.index(0))
    strip.list.menu_wanted.emit(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["看大图", "另存为…", "移除"]
    menu.close()


def test_a_photo_is_saved_as_a_file(
    strip: PhotoStrip,
    desk: Any,
    files: Callable[[int], list[Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled(strip, desk, files(1))
    target = tmp_path / "给 Word.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    strip.save_as(strip.model.photos[0])
    settle(desk)
    assert QImage(str(target)).width() == 900
    assert desk.notes[-1] == "已另存为 给 Word.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    strip.save_as(strip.model.photos[0])
    settle(desk)
    assert len(desk.warnings) == 1


# The model ---------------------------------------------------------------------------------------


def test_the_model_keeps_qts_rules(
    strip: PhotoStrip, desk: Any, files: Callable[[int], list[Path]]
) -> None:
    model = PhotoModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    filled(strip, desk, files(3))
    model.show(strip.model.photos)
    assert model.rowCount() == 3
    assert model.data(model.index(0)) == "第10周 3月1日 09:30 拍摄"
    model.refresh(strip.model.photos[1].digest)
    model.show(strip.model.photos[:1])
    model.show(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_pictures_of_the_strip(
    strip: PhotoStrip, desk: Any, subject: str, files: Callable[[int], list[Path]]
) -> None:
    """For the eye: a filled strip, one tile chosen, one of a closed week."""
    filled(strip, desk, files(5))
    strip.list.setCurrentIndex(strip.model.index(1))
    keep = Picture("第11周.jpg", pictures.jpeg(1200, 900, "#705030"))
    dropping.attach(desk, strip, "weekly", subject, "2023-W11", [keep])
    settle(desk)
    strip.resize(860, 520)
    strip.grab()
    spin(lambda: len(strip._thumbnails._kept) == 6)
    shot(strip, "photos-strip", 860, 520)
    shot(strip, "photos-strip-narrow", 300, 520)
    assert len(strip.model.photos) == 6
