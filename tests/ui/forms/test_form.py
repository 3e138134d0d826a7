"""A record's form: each field saved as it is left, conflicts, undo, room for two columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.forms.form import TWO_COLUMNS, RecordForm, sections
from tests.ledger import books
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.forms.typing import entries, press, value, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen
NAME = "大轴机电CNC精雕机生产项目"


@pytest.fixture
def record(desk: TestDesk) -> str:
    """A project of the demonstration."""

    def find(book: Book) -> str:
        return next(str(row["record"]) for row in book.rows("project") if row["name"] == NAME)

    return str(ask(desk, find))


def in_window(form: RecordForm) -> QScrollArea:
    """The form in a window of its own that can be scrolled."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(860, 600)
    area.show()
    area.activateWindow()
    QApplication.processEvents()
    return area


@pytest.fixture
def area(desk: TestDesk, record: str) -> Iterator[QScrollArea]:
    """The project's form, loaded."""
    shown = in_window(RecordForm(desk, "project"))
    form_of(shown).load(record)
    settle(desk)
    yield shown
    shown.close()


def form_of(area: QScrollArea) -> RecordForm:
    form = area.widget()
    assert isinstance(form, RecordForm)
    return form


def test_every_shown_field_stands_in_its_section(desk: TestDesk, area: QScrollArea) -> None:
    register = desk.facts.scheme.register("project")
    form = form_of(area)
    assert list(form.boxes) == [field.name for _, fields in sections(register) for field in fields]
    assert set(form.boxes) == {field.name for field in register.shown}
    assert form.boxes["name"].editor.text() == NAME
    assert form.boxes["name"].mark.text() == "＊"
    assert form.boxes["code"].mark.text() == ""
    assert form.boxes["registered_on"].toolTip().startswith("投资统计入库")


def test_each_field_is_one_act_when_it_is_left(
    desk: TestDesk, area: QScrollArea, record: str
) -> None:
    form, before = form_of(area), entries(desk)
    heard: list[object] = []
    desk.changed.connect(heard.append)
    write(form, "total_investment", "1.2亿")
    assert value(desk, "project", record, "total_investment") == 120_000_000
    assert form.boxes["total_investment"].editor.text() == "12,000"
    assert not form.dirty
    write(form, "place", "北环路")
    assert value(desk, "project", record, "place") == "北环路"
    assert entries(desk) == before + 2
    assert len(heard) == 2
    ask(desk, undo.undo)
    assert value(desk, "project", record, "place") != "北环路"
    assert value(desk, "project", record, "total_investment") == 120_000_000


def test_leaving_a_field_untouched_writes_nothing(desk: TestDesk, area: QScrollArea) -> None:
    form, before = form_of(area), entries(desk)
    form.show_field("name")
    for _ in form.boxes:
        widget = QApplication.focusWidget()
        assert widget is not None
        press(widget, Qt.Key.Key_Tab)
    assert entries(desk) == before


def test_a_refused_text_stays_and_keeps_the_person(
    desk: TestDesk, area: QScrollArea, record: str
) -> None:
    form = form_of(area)
    old = value(desk, "project", record, "total_investment")
    write(form, "total_investment", "1-2")
    assert form.boxes["total_investment"].refusal
    assert not form.commit()
    assert "总投资" in desk.notes[-1]
    form.load(record)
    settle(desk)
    assert form.boxes["total_investment"].editor.text() == "1-2"
    form.show_field("total_investment")
    press(form.boxes["total_investment"].editor.inner, Qt.Key.Key_Escape)
    assert form.commit()
    assert value(desk, "project", record, "total_investment") == old


def test_what_the_book_refuses_is_said_at_the_field(desk: TestDesk, area: QScrollArea) -> None:
    form = form_of(area)
    write(form, "name", "")
    settle(desk)
    box = form.boxes["name"]
    assert "项目名称" in box.refusal
    assert box.editor.text() == ""
    assert desk.warnings == []


def test_commit_saves_what_is_being_typed(desk: TestDesk, area: QScrollArea, record: str) -> None:
    form = form_of(area)
    form.show_field("responsible_person")
    inner = form.boxes["responsible_person"].editor.inner
    inner.selectAll()
    press(inner, Qt.Key.Key_Delete)
    assert form.dirty
    assert form.commit()
    assert value(desk, "project", record, "responsible_person") is None


def test_another_field_changed_elsewhere_is_shown_and_the_typing_kept(
    desk: TestDesk, area: QScrollArea, record: str
) -> None:
    form = form_of(area)
    form.show_field("place")
    inner = form.boxes["place"].editor.inner
    inner.selectAll()
    press(inner, Qt.Key.Key_X)

    def elsewhere(book: Book) -> None:
        with book.batch("change") as batch:
            batch.change("project", record, {"place": "河东", "sponsor": "李明"})

    desk.write(form, "", elsewhere)
    form.load(record)
    settle(desk)
    assert form.boxes["sponsor"].editor.text() == "李明"
    assert form.boxes["place"].editor.text() == "x"
    press(inner, Qt.Key.Key_Escape)
    assert form.boxes["place"].editor.text() == "河东"


def test_undo_is_the_programs_unless_something_is_being_typed(
    desk: TestDesk, area: QScrollArea
) -> None:
    form, undone = form_of(area), []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), area)
    shortcut.activated.connect(lambda: undone.append(True))
    form.show_field("place")
    inner = form.boxes["place"].editor.inner
    press(inner, Qt.Key.Key_Z, with_=Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    press(inner, Qt.Key.Key_End, Qt.Key.Key_X)
    press(inner, Qt.Key.Key_Z, with_=Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert not form.boxes["place"].editor.dirty  # the editor's own undo


def test_a_record_that_is_gone_is_told(desk: TestDesk, area: QScrollArea) -> None:
    form, gone = form_of(area), []
    form.gone.connect(lambda: gone.append(True))
    form.load("0" * 32)
    settle(desk)
    assert gone == [True]


def test_two_columns_where_there_is_room(desk: TestDesk, area: QScrollArea) -> None:
    form, now = form_of(area), theme.current()
    area.resize(now.px(TWO_COLUMNS) + 40, 600)
    QApplication.processEvents()
    name, code, content = (form.boxes[one] for one in ("name", "code", "content"))
    assert name.y() == code.y() and name.x() < code.x()
    assert content.width() > 2 * name.width()
    area.resize(now.px(TWO_COLUMNS) - 40, 600)
    QApplication.processEvents()
    assert name.x() == code.x() and name.y() < code.y()
    assert abs(name.width() - form.width()) <= 2


def test_tab_goes_through_the_fields_in_the_order_of_reading(
    desk: TestDesk, area: QScrollArea
) -> None:
    form = form_of(area)
    order = list(form.boxes)
    form.show_field(order[0])
    for name in order[1:8]:
        widget = QApplication.focusWidget()
        assert widget is not None
        press(widget, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is form.boxes[name].editor.inner, name


def test_both_sides_of_a_conflict_are_said(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path
) -> None:
    first = books.found(tmp_path / "a.yzb")
    record = books.project(first)
    first.close()
    with (
        books.replica_of(first, tmp_path / "b.yzb", tmp_path / "other") as other,
        books.reopened(first) as book,
    ):
        books.change(book, "project", record, total_investment=10_000)
        books.change(other, "project", record, total_investment=20_000)
        books.send(other, book)
    desk = make_desk(tmp_path / "a.yzb")
    form = RecordForm(desk, "project")
    area = in_window(form)
    form.load(record)
    settle(desk)
    box = form.boxes["total_investment"]
    assert box.apart.isVisible() and box.apart.text() == "有冲突"
    said = [sentence for _, sentence in box.notes()]
    assert any(one.startswith("王敏 2023-03-02 12:00：1 万元") for one in said)
    assert any(one.startswith("李强 2023-03-02 12:00：2 万元") for one in said)
    assert sum("暂按此显示" in one for one in said) == 1
    assert not form.boxes["name"].apart.isVisible()
    shot(area, "form-conflict", 860, 700)


def test_pictures(desk: TestDesk, area: QScrollArea, record: str) -> None:
    form = form_of(area)
    write(form, "total_investment", "1-2")
    write(form, "code", "2210-411102-04-01-907730")
    settle(desk)
    shot(area, "form", 860, 900)
    shot(area, "form-narrow", 480, 900)
    assert form.boxes["code"].note.isVisible()
