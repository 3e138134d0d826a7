"""The habits of a spreadsheet on the page 台账, each with real keys and the real clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.ui.grid import clipboard
from tests.ui.conftest import TestDesk, settle
from tests.ui.grid.clerk import CTRL, NEXT, SHIFT, Clerk, Key


@pytest.fixture
def clerk(desk: TestDesk) -> Clerk:
    return Clerk(desk, NEXT)


@pytest.fixture
def filled(desk: TestDesk) -> Clerk:
    return Clerk(desk)


def test_one_begins_on_the_first_cell_that_can_be_filled(clerk: Clerk) -> None:
    assert clerk.where() == (0, "completed_week")


def test_typing_and_enter_fill_a_column(clerk: Clerk) -> None:
    clerk.type("96.25")
    clerk.type("１，２００")
    clerk.type("1.2亿")
    assert clerk.texts("completed_week")[:4] == ["96.25", "1,200", "12,000", ""]
    assert clerk.where() == (3, "completed_week")
    assert clerk.acts() == 3


def test_tab_fills_a_row_and_enter_goes_back(clerk: Clerk) -> None:
    clerk.keys("5")
    clerk.key(Key.Key_Tab)
    clerk.keys("9")
    clerk.key(Key.Key_Return)
    settle(clerk.desk)
    assert clerk.text(0, "completed_year") == "9"
    assert clerk.where() == (1, "completed_week")


def test_a_block_of_excel(clerk: Clerk) -> None:
    clerk.paste("100\t200\t300\r\n1,100\t２２０\t330\r\n")
    assert clerk.texts("completed_week")[:2] == ["100", "1,100"]
    assert clerk.texts("completed_year")[:2] == ["200", "220"]
    assert clerk.texts("completed_total")[:2] == ["300", "330"]
    assert clerk.acts() == 1
    block = clerk.page.body.view.block()
    assert (len(block.rows), len(block.columns)) == (2, 3)


def test_texts_with_line_breaks_and_quotation_marks(clerk: Clerk) -> None:
    clerk.go(0, "physical_progress")
    clerk.paste('"主体施工\n至三层"\t\r\n"含""一期""\n二期"\t\r\n"原样"\t\r\n')
    held = clerk.model.contents
    at = clerk.at("physical_progress")
    assert held.rows[held.keys[0]].values[at] == "主体施工\n至三层"
    assert held.rows[held.keys[1]].values[at] == '含"一期"\n二期'
    assert held.rows[held.keys[2]].values[at] == '"原样"'


def test_only_a_page_is_on_the_clipboard(clerk: Clerk) -> None:
    data = QMimeData()
    data.setHtml("<table><tr><td>1,200</td><td>1.2亿</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(data)
    clerk.key(Key.Key_V, CTRL)
    settle(clerk.desk)
    assert (clerk.text(0, "completed_week"), clerk.text(0, "completed_year")) == ("1,200", "12,000")


def test_one_value_into_many_cells(clerk: Clerk) -> None:
    clerk.select(0, "completed_week", 11, "completed_week")
    clerk.paste("0")
    assert clerk.texts("completed_week") == ["0"] * 12
    assert clerk.acts() == 1


def test_a_block_larger_than_the_rest_says_what_it_left_out(clerk: Clerk) -> None:
    clerk.go(9, "completed_week")
    clerk.paste("\r\n".join(str(number) for number in range(1, 16)) + "\r\n")
    assert clerk.texts("completed_week")[9:] == ["1", "2", "3"]
    assert clerk.page.note.said() == "剪贴板有 15 行，表中只剩 3 行，最后 12 行没有粘贴。"


def test_a_whole_table_of_excel_lands_where_it_belongs(filled: Clerk) -> None:
    names = filled.names()
    filled.go(0, "subject.name")
    rows = [f"{names[0]}\t9\t9\t9\t1\t2", f"{names[2]}\t9\t9\t9\t3\t4"]
    filled.paste("\r\n".join(rows))
    assert filled.text(0, "completed_week") == "1"
    assert filled.text(1, "completed_week") == "1,233.5"  # another name: nothing was shifted
    said = filled.page.note.said()
    assert f"第 2 行表中是“{names[1]}”，剪贴板是“{names[2]}”" in said
    assert said.endswith("项目名称、年度计划、累计等 4 列不能填写，4 格没有动。")


def test_wrong_values_stay_red_and_the_others_are_written(clerk: Clerk) -> None:
    clerk.paste("12\r\n十几\r\n１４\r\n")
    assert clerk.texts("completed_week")[:3] == ["12", "十几", "14"]
    assert clerk.tone(1, "completed_week") == "must"
    assert clerk.page.note.said() == "有 1 格读不懂，已标红并保留原样。"
    clerk.key(Key.Key_Z, CTRL)
    clerk.wait()
    assert clerk.texts("completed_week")[:3] == ["", "", ""]  # the undo takes the red one too
    assert clerk.tone(1, "completed_week") == "plain"


def test_an_undo_of_something_else_keeps_what_was_refused(clerk: Clerk) -> None:
    clerk.paste("12\r\n十几\r\n１４\r\n")
    clerk.go(0, "completed_week")
    clerk.type("13")
    clerk.key(Key.Key_Z, CTRL)
    clerk.wait()
    assert clerk.texts("completed_week")[:3] == ["12", "十几", "14"]
    assert clerk.tone(1, "completed_week") == "must"


def test_a_paste_is_told_in_one_sentence_with_its_columns(clerk: Clerk) -> None:
    clerk.go(0, "completed_total")
    names = [column.name for column in clerk.model.columns()]
    assert names[clerk.at("completed_total") + 1] == "completion_rate"
    clerk.paste("12\t1%\r\n十几\t2%\r\n１４\t3%\r\n")
    said = clerk.page.note.said()
    assert said == "占年度计划由程序计算，3 格没有动。有 1 格读不懂，已标红并保留原样。"
    assert clerk.page.note.words.toolTip() == said


def test_copying_gives_excel_plain_figures_and_our_own_paste_back(filled: Clerk) -> None:
    filled.select(0, "completed_week", 1, "physical_progress")
    filled.key(Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    block = clipboard.parse(text)
    assert block[1][:2] == ("1233.5", "13250")
    assert block[1][3].endswith("%")
    assert QGuiApplication.clipboard().mimeData().hasHtml()
    before = [filled.texts(name) for name in ("completed_week", "completed_year")]
    acts = filled.acts()
    filled.key(Key.Key_V, CTRL)
    settle(filled.desk)
    assert [filled.texts(name) for name in ("completed_week", "completed_year")] == before
    assert filled.acts() == acts  # the same again is no act


def test_cutting_takes_and_empties(filled: Clerk) -> None:
    was = filled.texts("next_plan")[:2]
    filled.select(0, "next_plan", 1, "next_plan")
    filled.key(Key.Key_X, CTRL)
    settle(filled.desk)
    assert filled.texts("next_plan")[:2] == ["", ""]
    filled.go(5, "next_plan")
    filled.key(Key.Key_V, CTRL)
    settle(filled.desk)
    assert filled.texts("next_plan")[5:7] == was


def test_filling_down(clerk: Clerk) -> None:
    clerk.type("8")
    clerk.select(0, "completed_week", 3, "completed_week")
    clerk.key(Key.Key_D, CTRL)
    settle(clerk.desk)
    assert clerk.texts("completed_week")[:5] == ["8", "8", "8", "8", ""]
    clerk.go(4, "completed_week")
    clerk.key(Key.Key_D, CTRL)  # one cell takes what stands above
    settle(clerk.desk)
    assert clerk.text(4, "completed_week") == "8"
    clerk.go(0, "completed_week")
    clerk.key(Key.Key_D, CTRL)
    assert clerk.desk.notes[-1] == "上面没有可以向下填充的格。"


def test_delete_empties_what_can_be_filled(filled: Clerk) -> None:
    plan = filled.text(0, "subject.annual_plan")
    filled.select(0, "subject.annual_plan", 1, "completed_year")
    filled.key(Key.Key_Delete)
    settle(filled.desk)
    assert filled.texts("completed_week")[:2] == ["", ""]
    assert filled.text(0, "subject.annual_plan") == plan
    assert filled.acts() == 1


def test_many_steps_back_and_forth(clerk: Clerk) -> None:
    for text in ("1", "2", "3"):
        clerk.type(text)
    for _ in range(3):
        clerk.key(Key.Key_Z, CTRL)
        settle(clerk.desk)
    assert clerk.texts("completed_week")[:3] == ["", "", ""]
    clerk.key(Key.Key_Y, CTRL)
    clerk.key(Key.Key_Y, CTRL)
    settle(clerk.desk)
    assert clerk.texts("completed_week")[:3] == ["1", "2", ""]


def test_undo_and_redo_can_be_pressed_when_there_is_something(clerk: Clerk) -> None:
    head = clerk.page.headline
    assert not head.undo_button.isEnabled()
    clerk.type("1")
    clerk.wait()
    assert head.undo_button.isEnabled()
    head.undo_button.click()
    clerk.wait()
    assert not head.undo_button.isEnabled()
    assert head.redo_button.isEnabled()


def test_finding_goes_from_cell_to_cell(filled: Clerk) -> None:
    filled.go(0, "subject.name")
    filled.key(Key.Key_F, CTRL)
    bar = filled.page.body.bar
    assert bar.isVisible()
    assert not bar.by.isVisible()
    bar.wanted.clear()
    filled.keys("冷链")
    filled.key(Key.Key_Return)
    assert "冷链" in filled.text(*filled.where())
    filled.key(Key.Key_Return)
    assert bar.said.text() == "第 1 处，共 1 处"
    bar.wanted.setText("没有这样的字")
    bar.next.click()
    assert bar.said.text() == "没有找到。"
    bar.wanted.setFocus()
    filled.key(Key.Key_Escape)
    assert not bar.isVisible()


def test_finding_backwards(filled: Clerk) -> None:
    filled.go(6, "physical_progress")
    bar = filled.page.body.bar
    filled.page.start_find()
    bar.wanted.setText("设计")
    bar.next.click()
    first = filled.where()
    bar.next.click()
    assert filled.where() != first
    bar.previous.click()
    assert filled.where() == first


def test_replacing_tells_how_many_first(filled: Clerk) -> None:
    filled.go(0, "physical_progress")
    filled.key(Key.Key_H, CTRL)
    bar = filled.page.body.bar
    assert bar.by.isVisible()
    bar.wanted.setText("办理施工图设计")
    bar.by.setText("办理招标")
    bar.all.click()
    assert bar.said.text() == "将替换 2 处，再按一次确认。"
    assert filled.acts() == 0
    bar.all.click()
    settle(filled.desk)
    assert filled.texts("physical_progress").count("办理招标") == 2
    assert filled.acts() == 1
    bar.all.click()
    assert bar.said.text() == "没有可以替换的内容。"


def test_replacing_one_after_another(filled: Clerk) -> None:
    filled.page.body.search(replace=True)
    bar = filled.page.body.bar
    bar.wanted.setText("办理施工图设计")
    bar.by.setText("办理招标")
    bar.next.click()
    row, _ = filled.where()
    bar.one.click()
    settle(filled.desk)
    assert filled.text(row, "physical_progress") == "办理招标"
    assert filled.where()[0] != row


def test_replacing_within_the_selection(filled: Clerk) -> None:
    rows = [
        row for row, text in enumerate(filled.texts("physical_progress")) if "施工图设计" in text
    ]
    filled.select(rows[0], "physical_progress", rows[0], "next_plan")
    filled.key(Key.Key_H, CTRL)
    bar = filled.page.body.bar
    assert bar.inside.isChecked()
    bar.wanted.setText("施工图设计")
    bar.by.setText("招标")
    bar.all.click()
    assert bar.said.text() == "将替换 1 处，再按一次确认。"


def test_last_weeks_text_is_taken_with_one_key(clerk: Clerk) -> None:
    clerk.select(0, "physical_progress", 1, "physical_progress")
    clerk.key(Key.Key_Apostrophe, CTRL)
    settle(clerk.desk)
    assert not clerk.text(0, "physical_progress").startswith("上周")
    assert clerk.text(2, "physical_progress").startswith("上周：")
    assert clerk.acts() == 1


def test_last_week_is_carried_on_by_a_button(clerk: Clerk) -> None:
    clerk.page.headline.carry_button.click()
    settle(clerk.desk)
    assert not any(text.startswith("上周") for text in clerk.texts("physical_progress"))
    assert clerk.acts() == 1
    assert "处，可以撤销" in clerk.desk.notes[-1]


def test_a_district_is_asked_before_it_carries(district_desk: TestDesk) -> None:
    asked: list[str] = []

    def ask(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return False

    district_desk.messages.asker = ask
    clerk = Clerk(district_desk, NEXT)
    clerk.page.headline.carry_button.click()
    settle(district_desk)
    assert asked == ["把上周的文字带入表中 24 个项目的空格？"]
    assert clerk.acts() == 0


def test_extending_with_shift_and_copying_a_block(filled: Clerk) -> None:
    filled.go(0, "completed_week")
    filled.key(Key.Key_Down, SHIFT)
    filled.key(Key.Key_Right, SHIFT)
    filled.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "801.5\t7158\r\n1233.5\t13250\r\n"


def test_hidden_columns_in_between_are_copied_and_not_pasted_over(filled: Clerk) -> None:
    view = filled.page.body.view
    layout = view.get_layout()
    view.set_layout({**layout, "hidden": [*layout["hidden"], "completed_year"]})
    filled.select(0, "completed_week", 0, "completed_total")
    filled.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "801.5\t7158\t38358\r\n"
    filled.go(1, "completed_week")
    filled.key(Key.Key_V, CTRL)
    settle(filled.desk)
    assert filled.text(1, "completed_week") == "801.5"
    assert filled.text(1, "completed_year") == "12,818"  # follows the week's figure, not pasted
    assert filled.text(1, "completed_total") == "38,358"
    assert filled.page.note.said() == "隐藏的“累计”没有粘贴。"
