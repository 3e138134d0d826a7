"""What stands still under the clerk's hand, and what is said where the aside is folded."""

from __future__ import annotations

import pytest

from desktop.ui.grid import asking, searching
from tests.ui.conftest import TestDesk, settle
from tests.ui.grid.clerk import CTRL, LAST, NEXT, Clerk, Key


def test_the_totals_line_is_there_with_remembered_columns(desk: TestDesk) -> None:
    desk.memory.put("grid.weekly", {"layout": {"widths": {"completed_week": 120}}})
    clerk = Clerk(desk)
    view = clerk.page.body.view
    assert view.get_layout()["widths"] == {"completed_week": 120}
    assert clerk.model.totals() is not None
    assert view.measures.totals


def test_a_note_floats_over_the_grid_and_moves_no_row(desk: TestDesk) -> None:
    clerk = Clerk(desk, NEXT)
    view, note = clerk.page.body.view, clerk.page.note
    before = view.geometry(), view.viewport().mapTo(clerk.page, view.rect_of(0, 0).topLeft())
    clerk.go(9, "completed_week")
    clerk.paste("\r\n".join(str(number) for number in range(1, 16)))
    clerk.wait()
    assert note.isVisible()
    assert (view.geometry(), view.viewport().mapTo(clerk.page, view.rect_of(0, 0).topLeft())) == (
        before
    )
    assert view.geometry().contains(note.geometry())
    assert note.height() >= note.words.heightForWidth(note.words.width())  # nothing is cut
    top = view.viewport().mapTo(clerk.page.body, view.viewport().rect().topLeft()).y()
    below = view.measures.body_bottom + view.measures.row_height
    assert note.y() >= top + below  # 合计 and the rows are free
    clerk.page.resize(1000, 400)
    settle(desk)
    assert view.geometry().contains(note.geometry())
    assert note.geometry().bottom() < top + view.measures.body_bottom


def test_widths_only_grow_while_one_stays(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Clerk(desk, NEXT)
    view, wants = clerk.page.body.view, {"completed_week": 150}
    monkeypatch.setattr(asking, "widths", lambda *_: dict(wants))
    clerk.page.asking.count()
    assert view.get_layout()["widths"]["completed_week"] == 150
    wants["completed_week"] = 120
    clerk.page.asking.count()
    assert view.get_layout()["widths"]["completed_week"] == 150
    desk.set_period(LAST)
    clerk.page.refresh()
    clerk.wait()
    assert view.get_layout()["widths"]["completed_week"] == 120


def test_f8_says_the_reason_where_the_aside_is_folded(desk: TestDesk) -> None:
    clerk = Clerk(desk, width=944)
    stays = [clerk.text(2, name) for name in ("completed_year", "completed_total")]
    clerk.go(2, "completed_week")
    clerk.paste("\t".join(["1200", *stays]))
    clerk.wait()
    clerk.go(0, "completed_week")
    clerk.key(Key.Key_F8)
    assert clerk.where() == (2, "completed_year")
    assert "累计应为" in clerk.page.body.view.bubble.sentence
    clerk.key(Key.Key_Up)
    assert clerk.page.body.view.bubble.sentence == ""


def test_only_the_name_stays_frozen_on_a_very_narrow_page(district_desk: TestDesk) -> None:
    wide = Clerk(district_desk)
    order = [column.name for column in wide.model.columns() if column.frozen]
    assert len(order) == 2
    assert wide.page.body.view.get_layout()["frozen"] == order[-1]
    assert wide.page.body.view.get_layout()["order"][:2] == order
    taken = sum(column.width for column in wide.model.columns() if column.frozen)
    assert asking.narrowed(wide.model.columns(), 2 * taken) == {}
    layout = asking.narrowed(wide.model.columns(), 2 * taken - 1)
    assert layout["order"][:2] == order[::-1]
    assert layout["frozen"] == "subject.name"
    assert set(layout["order"]) == {column.name for column in wide.model.columns()}


def test_the_chart_of_weeks_names_the_unit_of_the_grid(desk: TestDesk) -> None:
    clerk = Clerk(desk)
    clerk.go(1, "completed_week")
    clerk.wait()
    assert clerk.page.aside.weeks.title.text().endswith("（万元）")
    drawn = clerk.page.aside.chart.drawing()
    assert drawn is not None
    assert "万元" in drawn.said
    assert "亿" not in drawn.said
    assert clerk.text(1, "completed_week") + " 万元" in drawn.said  # as the cell says it


def test_hits_are_counted(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Clerk(desk)
    bar = clerk.page.body.bar
    clerk.key(Key.Key_F, CTRL)
    bar.wanted.clear()
    clerk.keys("项目")
    clerk.key(Key.Key_Return)
    first = bar.said.text()
    clerk.key(Key.Key_Return)
    second = bar.said.text()
    assert first.split("共")[1] == second.split("共")[1]
    assert first != second
    monkeypatch.setattr(searching, "COUNTED", 3)
    clerk.key(Key.Key_Return)
    assert bar.said.text() == ""


def test_both_boxes_of_replacing_have_room(desk: TestDesk) -> None:
    clerk = Clerk(desk)
    clerk.key(Key.Key_H, CTRL)
    clerk.wait()
    bar = clerk.page.body.bar
    assert bar.wanted.width() == bar.by.width() >= 240
    assert bar.by.y() > bar.wanted.geometry().bottom()
