"""What stands in a book is shown letter by letter, also where it looks like a tag."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.errors import NotFound
from desktop.ledger.workspace import Book
from desktop.ui.shell.menu import MENU
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, settle

UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"
TAG = '<img src="x.png"><b>粗'
#: Words of our own, not of a book: paths, keys, names of faces.
OURS = {
    "shell/topbar.py", "shell/banner.py", "parts/buttons.py", "parts/words.py", "settings/fonts.py",
    "settings/backing_up.py", "project/lists_tab.py", "help/pane.py", "papers/print_dialog.py",
}  # fmt: skip


def hostile(book: Book) -> None:
    """Tags in the name of a project, a problem, a supervised item and a unit."""
    project = book.rows("project")[0]["record"]
    with book.batch("change") as batch:
        batch.change("project", project, {"name": f"{TAG}项目", "place": TAG})
        batch.create("problem", {"project": project, "problem": f"{TAG}问题", "due": "2023-03-01"})
    if book.level == "district":
        with book.batch("create") as batch:
            fields = {"unit": book.unit, "matter": f"{TAG}事项", "due": "2023-03-01"}
            batch.create("supervision", fields)
            batch.change("unit", book.rows("unit")[1]["record"], {"short": f"{TAG}镇"})


@pytest.mark.parametrize("which", ["desk", "district_desk"])
def test_no_label_of_any_page_reads_tags(
    which: str, request: pytest.FixtureRequest, qtbot: Any
) -> None:
    desk: TestDesk = request.getfixturevalue(which)
    desk.write(desk, "改", hostile)
    settle(desk)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()

    for entry in MENU:
        window.show_page(entry.name)
        settle(desk)
        for label in window.findChildren(QLabel):
            if "<b>" in label.text():
                assert label.textFormat() == Qt.TextFormat.PlainText, (entry.name, label.text())
    desk.warn(NotFound(TAG))
    assert window.banner.sentence.textFormat() == Qt.TextFormat.PlainText
    window.end()


def test_tips_with_texts_of_a_book_are_escaped() -> None:
    found = []
    for path in sorted(UI.rglob("*.py")):
        name = path.relative_to(UI).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("setToolTip", "showText")
                and name not in OURS
                and not any(_plain(argument) for argument in node.args)
            ):
                found.append(f"{name}:{node.lineno}")
    assert found == []


def _plain(node: ast.expr) -> bool:
    """A constant, a choice between constants, or what went through ``tip``."""
    if isinstance(node, ast.IfExp):
        return _plain(node.body) and _plain(node.orelse)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id == "tip"
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())
