"""Chinese everywhere: no word of Qt's own dialogs and menus is left in English."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QScrollBar,
    QSpinBox,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from desktop.ui import language
from tests.ui.conftest import spin

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # off screen

CHECKOUT = Path(__file__).resolve().parents[2]
KEYS = re.compile(r"\(?&\w\)?|\t.*|\b(Ctrl|Shift|Alt)\+\w+|\bF\d+\b")  # 打开(&O), Ctrl+C
NAMES = re.compile(r"PDF|CUPS|\b[AB]\d+\b|KiB|MiB|\.yzb|/\S*|\bmm\b|\b[Pp]t\b|JIS|ANSI|CMYK|RGB")


@pytest.fixture(autouse=True)
def chinese(qapp: QApplication) -> None:
    language.install(qapp)


def english(texts: Iterator[str]) -> list[str]:
    """What has Latin letters beyond keys, file names and the names that papers have."""
    left = (NAMES.sub("", KEYS.sub("", text)) for text in texts)
    return [text for text in left if re.search("[A-Za-z]", text)]


def texts(root: QWidget) -> Iterator[str]:
    """Every word that can be read on ``root`` and in it."""
    yield root.windowTitle()
    for widget in [root, *root.findChildren(QWidget)]:
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QGroupBox):
            yield widget.title()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from cells(widget)
        yield from (action.text() for action in widget.actions())


def cells(view: QAbstractItemView) -> Iterator[str]:
    """Headings and cells of a list, a table or the file dialog's tree."""
    model, root = view.model(), view.rootIndex()
    if model is None:
        return
    for column in range(model.columnCount(root)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount(root)):
            yield str(model.index(row, column, root).data() or "")


def test_the_check_finds_english() -> None:
    box = QLabel("Look in:")
    assert english(texts(box)) == ["Look in:"]
    assert english(iter(["打开(&O)", "复制(&C)\tCtrl+C", "打印到文件(PDF)", "A4", "Ctrl+Z"])) == []


@pytest.mark.parametrize("mode", list(QFileDialog.FileMode))
@pytest.mark.parametrize("accept", list(QFileDialog.AcceptMode))
def test_the_file_dialog_speaks_chinese(
    tmp_path: Path, mode: QFileDialog.FileMode, accept: QFileDialog.AcceptMode
) -> None:
    dialog = QFileDialog(None, "打开账本", str(tmp_path), "账本 (*.yzb);;所有文件 (*)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.setSidebarUrls([])  # else with this person's folders
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    dialog.show()
    assert english(texts(dialog)) == []
    dialog.close()


def test_a_folder_a_file_and_their_dates_are_told_in_chinese(tmp_path: Path) -> None:
    """In a process of its own: Qt asks the system for its language once."""
    (tmp_path / "资料").mkdir()
    (tmp_path / "账.yzb").write_bytes(b"")
    code = f"""
from desktop.ui import language
language.before_start()
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QFileSystemModel
app = QApplication([])
language.install(app)
model = QFileSystemModel()
loaded = []
model.directoryLoaded.connect(loaded.append)
root = model.setRootPath({str(tmp_path)!r})
while not loaded or model.rowCount(root) < 2:
    app.processEvents()
for row in range(2):
    print(*(model.index(row, column, root).data() for column in range(4)), sep="|")
print(*(model.headerData(column, __import__("PySide6.QtCore").QtCore.Qt.Orientation.Horizontal)
        for column in range(4)), sep="|")
"""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=keep | {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert english(iter(done.stdout.splitlines())) == []
    assert "文件夹" in done.stdout
    assert "0 字节" in done.stdout
    assert "大小" in done.stdout
    assert re.search(r"\d{4}/\d{1,2}/\d{1,2}", done.stdout)


def test_the_print_dialog_speaks_chinese() -> None:
    printer = QPrinter()
    dialog = QPrintDialog(printer)
    assert english(texts(dialog)) == []
    assert "打印" in "".join(texts(dialog))


def test_the_preview_dialog_speaks_chinese() -> None:
    printer = QPrinter()
    dialog = QPrintPreviewDialog(printer)
    found = [text for text in english(texts(dialog)) if not re.fullmatch(r"[\d.]*%", text)]
    assert found == []


def test_buttons_and_questions_speak_chinese() -> None:
    every = QDialogButtonBox.StandardButton
    box = QDialogButtonBox()
    for button in every:
        if button.value and button.value & (button.value - 1) == 0:
            box.addButton(button)
    assert len(box.buttons()) >= 18
    assert english(texts(box)) == []
    question = QMessageBox(
        QMessageBox.Icon.Question,
        "删除",
        "要删除这一行吗？",
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
    )
    question.setDetailedText("第 3 行")
    assert english(texts(question)) == []
    assert {"是(&Y)", "否(&N)"} <= set(texts(question))
    progress = QProgressDialog()
    progress.close()
    for dialog in (QInputDialog(), progress):
        assert english(texts(dialog)) == []


def test_the_menus_of_fields_speak_chinese() -> None:
    fields = (QLineEdit("一"), QPlainTextEdit("一"), QTextEdit("一"), QTextBrowser())
    for field in fields:
        menu = field.createStandardContextMenu()
        words = [action.text() for action in menu.actions()]
        assert any("复制" in word for word in words)
        assert english(iter(words)) == []
    line = QLineEdit("一")
    menu = line.createStandardContextMenu()
    undo = menu.actions()[0]
    assert undo.text().startswith("撤销(&U)")  # as everywhere in the program, not 撤消


@pytest.mark.parametrize("widget", [QScrollBar, QSpinBox])
def test_menus_that_qt_opens_by_itself_speak_chinese(
    qapp: QApplication, widget: type[QWidget]
) -> None:
    """Scroll bars and number fields make their menu when asked: ask, read, close."""
    read: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            read.extend(action.text() for action in menu.actions())
            menu.close()

    shown = widget()
    shown.show()
    QTimer.singleShot(0, look)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), QPoint(3, 3))
    QApplication.sendEvent(shown, event)
    spin(lambda: bool(read))
    assert english(iter(read)) == []


def test_dates_and_numbers_are_chinese(qapp: QApplication) -> None:
    day = QDate(2023, 3, 2)
    assert QLocale().toString(day, QLocale.FormatType.LongFormat) == "2023年3月2日星期四"
    calendar = QCalendarWidget()
    calendar.setSelectedDate(day)
    shown = " ".join(texts(calendar))
    assert "三月" in shown
    assert english(texts(calendar)) == []


def test_what_nobody_translates_stays_and_what_qt_knows_is_its_own(qapp: QApplication) -> None:
    assert QCoreApplication.translate("Nobody", "Not there") == "Not there"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QFileSystemModel", "Size") == "大小"


def test_installing_twice_is_installing_once(qapp: QApplication) -> None:
    language.install(qapp)
    assert len(qapp.findChildren(language.Supplement)) == 1
