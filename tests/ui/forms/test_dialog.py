"""The dialog for one record: new or looked at closely, saved as one act, left without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop.ledger import undo
from desktop.ui.forms.dialog import RecordDialog, edit_record
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.forms.typing import entries, field, offering, press, say, value, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


@pytest.fixture
def window(desk: TestDesk) -> Iterator[QWidget]:
    shown = QWidget()
    shown.resize(1366, 768)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def project(desk: TestDesk) -> str:
    return str(ask(desk, lambda book: book.rows("project")[0]["record"]))


def opened(desk: TestDesk, window: QWidget, register: str, **more: Any) -> RecordDialog:
    dialog = edit_record(desk, window, register, **more)
    settle(desk)
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def is_open(dialog: RecordDialog) -> bool:
    """Whether the dialog is still there; closed ones are taken away."""
    return shiboken6.isValid(dialog) and dialog.isVisible()


def rows(desk: TestDesk, register: str) -> int:
    found = ask(desk, lambda book: len(book.rows(register)))
    assert isinstance(found, int)
    return found


def save(dialog: RecordDialog) -> None:
    widget = QApplication.focusWidget() or dialog
    press(widget, Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    settle(dialog.desk)


def test_a_new_item_is_one_act(desk: TestDesk, window: QWidget, project: str) -> None:
    made: list[str] = []
    dialog = opened(
        desk, window, "problem", defaults={"project": project}, about="甲", then=made.append
    )
    assert dialog.windowTitle() == "新增问题"
    assert dialog.form.boxes["problem"].editor.inner.hasFocus()
    assert "project" not in dialog.form.boxes
    before = entries(desk)
    write(dialog.form, "problem", "剩余42亩土地未完成征收")
    write(dialog.form, "due", "2023.3.31")
    write(dialog.form, "aspect", "用地")
    assert entries(desk) == before
    shot(dialog, "dialog", 780, 660)
    save(dialog)
    assert len(made) == 1 and not is_open(dialog)
    assert entries(desk) == before + 1
    assert value(desk, "problem", made[0], "due") == "2023-03-31"
    assert value(desk, "problem", made[0], "project") == project
    count = rows(desk, "problem")
    ask(desk, undo.undo)
    assert rows(desk, "problem") == count - 1


def test_what_is_being_typed_is_saved_too(desk: TestDesk, window: QWidget, project: str) -> None:
    made: list[str] = []
    dialog = opened(desk, window, "problem", defaults={"project": project}, then=made.append)
    say(dialog.form.boxes["problem"].editor.inner, "供电未接入")
    save(dialog)
    assert value(desk, "problem", made[0], "problem") == "供电未接入"


def test_nothing_is_written_while_something_is_missing_or_refused(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    dialog = opened(desk, window, "milestone", defaults={"project": project})
    before = entries(desk)
    save(dialog)
    boxes = dialog.form.boxes
    assert boxes["name"].refusal == "请填写"
    assert boxes["name"].editor.inner.hasFocus()
    write(dialog.form, "name", "主体封顶")
    write(dialog.form, "due", "三月里")
    assert "读不成日期" in boxes["due"].refusal
    save(dialog)
    assert is_open(dialog) and boxes["due"].editor.inner.hasFocus()
    assert entries(desk) == before
    write(dialog.form, "due", "2023年3月")
    save(dialog)
    assert not is_open(dialog)
    assert entries(desk) == before + 1


def test_everything_that_is_missing_is_marked_at_once_and_nothing_moves(
    desk: TestDesk, window: QWidget
) -> None:
    dialog = opened(desk, window, "project")
    boxes = dialog.form.boxes
    wanted = [box for box in boxes.values() if box.required and not box.closed]
    assert len([box for box in wanted if not box.editor.text()]) >= 2
    places = {name: box.y() for name, box in boxes.items()}
    save(dialog)
    assert is_open(dialog)
    marked = [box for box in wanted if not box.editor.text()]
    assert {box.refusal for box in marked} == {"请填写"}
    assert marked[0].editor.inner.hasFocus()
    QApplication.processEvents()
    assert {name: box.y() for name, box in boxes.items()} == places


def test_ctrl_enter_takes_what_is_chosen_in_an_open_list(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    made: list[str] = []
    dialog = opened(desk, window, "problem", defaults={"project": project}, then=made.append)
    write(dialog.form, "problem", "供电未接入")
    dialog.form.show_field("aspect")
    press(dialog.form.boxes["aspect"].editor.inner, Qt.Key.Key_Down, Qt.Key.Key_Down)
    aspect = offering(dialog.form.boxes["aspect"])
    wanted = aspect.list.currentItem().text()
    assert wanted
    save(dialog)
    assert len(made) == 1 and not is_open(dialog)
    codes = desk.facts.scheme.code_list(field(desk, "problem", "aspect"))
    assert codes is not None
    assert codes.title_of(value(desk, "problem", made[0], "aspect")) == wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_saves_from_an_open_calendar(
    desk: TestDesk, window: QWidget, project: str, key: Qt.Key
) -> None:
    made: list[str] = []
    dialog = opened(desk, window, "problem", defaults={"project": project}, then=made.append)
    write(dialog.form, "problem", "供电未接入")
    write(dialog.form, "due", "2023-03-30")
    dialog.form.show_field("due")
    press(
        dialog.form.boxes["due"].editor.inner,
        Qt.Key.Key_Down,
        with_=Qt.KeyboardModifier.AltModifier,
    )
    popup = QApplication.activePopupWidget()
    assert popup is not None
    sheet = popup.findChild(QTableView)
    assert sheet is not None
    press(sheet, Qt.Key.Key_Right)
    press(sheet, key, with_=Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert len(made) == 1 and not is_open(dialog)
    assert value(desk, "problem", made[0], "due") == "2023-03-31"


def test_whose_it_is_is_asked_where_nobody_said(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    made: list[str] = []
    dialog = opened(desk, window, "problem", then=made.append)
    assert next(iter(dialog.form.boxes)) == "project"
    name = value(desk, "project", project, "name")
    say(dialog.form.boxes["project"].editor.inner, name)
    write(dialog.form, "problem", "供电未接入")
    save(dialog)
    assert value(desk, "problem", made[0], "project") == project


def test_a_name_that_is_still_being_looked_for_is_waited_for(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    made: list[str] = []
    dialog = opened(desk, window, "problem", then=made.append)
    write(dialog.form, "problem", "供电未接入")
    dialog.form.show_field("project")
    say(dialog.form.boxes["project"].editor.inner, "大轴机电")
    save(dialog)
    assert len(made) == 1
    dialog = opened(desk, window, "problem", then=made.append)
    write(dialog.form, "problem", "供电未接入")
    dialog.form.show_field("project")
    say(dialog.form.boxes["project"].editor.inner, "没有的")
    save(dialog)
    assert is_open(dialog) and "没有“没有的”" in dialog.form.boxes["project"].refusal


def test_esc_asks_only_when_something_was_typed(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    asked: list[str] = []
    answers = iter([False, True])

    def answer(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return next(answers)

    desk.messages.asker = answer
    before = entries(desk)
    dialog = opened(desk, window, "problem", defaults={"project": project})
    press(dialog.form.boxes["problem"].editor.inner, Qt.Key.Key_Escape)
    assert not is_open(dialog) and asked == []
    dialog = opened(desk, window, "problem", defaults={"project": project})
    write(dialog.form, "problem", "供电")
    press(dialog.form.boxes["aspect"].editor.inner, Qt.Key.Key_Escape)
    assert is_open(dialog) and len(asked) == 1
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert not is_open(dialog) and len(asked) == 2
    assert entries(desk) == before


def test_a_record_that_stands_is_changed_as_one_act(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    item = str(ask(desk, lambda book: book.rows("milestone")[0]["record"]))
    dialog = opened(desk, window, "milestone", record=item)
    assert dialog.windowTitle() == "修改倒排工期节点"
    before = entries(desk)
    save(dialog)  # nothing typed, nothing written
    assert not is_open(dialog) and entries(desk) == before
    dialog = opened(desk, window, "milestone", record=item)
    write(dialog.form, "name", "基础完成")
    write(dialog.form, "remark", "验收合格")
    save(dialog)
    assert entries(desk) == before + 1
    assert value(desk, "milestone", item, "remark") == "验收合格"


def test_what_the_book_refuses_keeps_the_dialog(
    desk: TestDesk, window: QWidget, project: str
) -> None:
    item = str(ask(desk, lambda book: book.rows("milestone")[0]["record"]))
    dialog = opened(desk, window, "milestone", record=item)
    write(dialog.form, "remark", "晚了")
    ask(desk, lambda book: _remove(book, item))
    save(dialog)
    assert is_open(dialog) and desk.warnings == []
    assert dialog.refusal.isVisible() and "倒排工期节点" in dialog.refusal.text()
    write(dialog.form, "remark", "早了")
    assert not dialog.refusal.isVisible()


def offers(dialog: RecordDialog, name: str) -> list[str]:
    """What a field's list offers when it is opened by its arrow."""
    chosen = offering(dialog.form.boxes[name])
    dialog.form.show_field(name)
    press(chosen.inner, Qt.Key.Key_Down)
    settle(dialog.desk)
    return chosen.offered()


def test_a_township_makes_its_own_projects_only(desk: TestDesk, window: QWidget) -> None:
    dialog = opened(desk, window, "project", defaults={"unit": desk.facts.unit})
    box = dialog.form.boxes["unit"]
    assert box.editor.text() == desk.facts.unit_name and box.closed
    assert offers(dialog, "unit") == []
    for name, text in NEEDED.items():
        write(dialog.form, name, text)
    shot(dialog, "own_project", 780, 660)
    save(dialog)
    assert not is_open(dialog)
    assert desk.facts.unit in [one["unit"] for one in named(desk, NEEDED["name"])]


def test_a_unit_that_is_not_a_townships_to_give_to_is_refused_at_the_field(
    desk: TestDesk, window: QWidget
) -> None:
    dialog = opened(desk, window, "project")
    own = desk.facts.unit_name
    assert [one.partition("\u3000")[0] for one in offers(dialog, "unit")] == [own]
    other = next(one for one in desk.facts.units if one.record != desk.facts.unit)
    for name, text in {**NEEDED, "unit": other.name}.items():
        write(dialog.form, name, text)
        settle(desk)
    save(dialog)
    box = dialog.form.boxes["unit"]
    assert is_open(dialog) and desk.warnings == []
    assert "不能把项目归到" in box.refusal and box.editor.inner.hasFocus()
    write(dialog.form, "unit", own)
    settle(desk)
    save(dialog)
    assert not is_open(dialog) and desk.warnings == []


def test_the_district_is_told_that_its_own_project_goes_down_to_nobody(
    district_desk: TestDesk, window: QWidget
) -> None:
    desk = district_desk
    dialog = opened(desk, window, "project")
    box = dialog.form.boxes["unit"]
    assert box.editor.text() == "" and box.required
    own = desk.facts.unit_name
    names = [one.partition("\u3000")[0] for one in offers(dialog, "unit")]
    levels = {one.name: one.level for one in desk.facts.units}
    assert levels[names[0]] == "township" and names[-1] == own
    write(dialog.form, "unit", own)
    settle(desk)
    said = [sentence for _, sentence in box.notes()]
    assert said == [f"该项目由{desk.facts.unit_short}自己填报，不随任务包下发。"]
    shot(dialog, "district_project", 780, 660)
    write(dialog.form, "unit", names[0])
    settle(desk)
    assert box.notes() == []


#: What a new project must say.
NEEDED = {"name": "田刘村排水沟", "state": "在建", "total_investment": "600"}


def named(desk: TestDesk, name: str) -> list[dict[str, Any]]:
    found = ask(desk, lambda book: [one for one in book.rows("project") if one["name"] == name])
    assert isinstance(found, list)
    return found


def _remove(book: Any, item: str) -> None:
    with book.batch("remove") as batch:
        batch.remove("milestone", item)
