"""Looking for a text in all rows, also in those that were not read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ledger.workspace import Book
from desktop.ui.grid import display, read_sheet, reading, seeking
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.replacing import Search, find
from tests.ui.conftest import TestDesk, ask, settle, spin
from tests.ui.grid import sheets
from tests.ui.grid.clerk import CTRL, Clerk, Key


@pytest.mark.parametrize("register", ["weekly", "problem"])
@pytest.mark.parametrize("text", ["1", "路", "１，２", "0%", "区", "没有的", "K"])
@pytest.mark.parametrize("whole", [False, True])
def test_the_book_finds_what_the_rows_would_show(
    desk: TestDesk, register: str, text: str, whole: bool
) -> None:
    """The same cells as by looking at every row that was read."""

    def both(book: Book) -> tuple[object, object]:
        of = sheets.sheet(book, register, "2023-W10")
        columns = range(len(of.placed))
        search = Search(text, whole)
        rows = sheets.rows(book, of)

        def texts(row: int, column: int) -> tuple[str, str]:
            own, placed = rows[row], of.placed[column]
            value, said = own.values[column], own.texts[column]
            return said, display.edit_text(book.scheme, placed.field, value, said)

        wanted: dict[str, list[int]] = {}
        for row, column in find(search, range(len(rows)), columns, texts):
            wanted.setdefault(rows[row].key, []).append(column)
        found = seeking.seek(book, of, Asked(), search, columns)
        return found, {key: tuple(ats) for key, ats in wanted.items()}

    found, wanted = ask(desk, both)
    assert found == wanted


def test_ctrl_f_finds_rows_that_were_not_read(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (reading, read_sheet):
        if hasattr(room, "LARGE"):
            monkeypatch.setattr(room, "LARGE", 3)

    def many(book: Book) -> None:
        with book.batch("create", "很多项目") as batch:
            for number in range(400):
                fields = {"name": f"项目{number:03}", "unit": book.unit, "state": "在建"}
                batch.create("project", {**fields, "total_investment": 10_000}, fresh=True)

    ask(desk, many)
    clerk = Clerk(desk)
    held = clerk.model.contents
    assert held is not None and len(held.rows) < len(held.keys)
    unread = [row for row in range(len(held.keys)) if held.row_at(row) is None]
    last = unread[-1]
    name = ask(
        desk,
        lambda book: next(
            one["name"] for one in book.rows("project") if one["record"] == held.keys[last]
        ),
    )
    clerk.go(0, "subject.name")
    clerk.key(Key.Key_F, CTRL)
    bar = clerk.page.body.bar
    bar.wanted.selectAll()
    QTest.keyClick(bar.wanted, Qt.Key.Key_Delete)
    bar.wanted.setText(name)
    QTest.keyClick(bar.wanted, Qt.Key.Key_Return)
    settle(desk)
    spin(lambda: clerk.where() == (last, "subject.name"))
    clerk.wait()
    assert clerk.text(last, "subject.name") == name
    assert "共 1 处" in bar.said.text()
    bar.wanted.setText("没有的项目")
    QTest.keyClick(bar.wanted, Qt.Key.Key_Return)
    settle(desk)
    assert bar.said.text() == "没有找到。"
