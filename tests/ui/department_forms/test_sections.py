"""A form with sections in the window: what is asked, what stays out, what would be lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.department_forms.page import FormsPage
from desktop.ui.parts import Passage
from tests.sheets.department import cells, empty_form, sectioned_form
from tests.ui.conftest import settle, shot, spin
from tests.ui.department_forms.test_page import compose, keep, learn

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def said(widget: QWidget) -> str:
    """All passages of a side, one after another."""
    return "\n".join(one.text() for one in widget.findChildren(Passage))


def fill(page: FormsPage, target: Path) -> None:
    """With Ctrl+S, for the week chosen."""
    page.kept.filling.ask = lambda *_: target
    head = page.kept.head
    head.period.setCurrentIndex(head.period.findData("2023-W10"))
    head.period.setFocus()
    QTest.keyClick(head.period, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)


def test_a_form_with_sections_is_learned_and_filled(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, sectioned_form(tmp_path / "空表.xlsx"), monkeypatch)
    keep(page, "分节表")
    fill(page, tmp_path / "填好.xlsx")
    assert "填好 12 行" in page.kept.head.outcome.text()
    sheet = cells(tmp_path / "填好.xlsx", "重点项目")
    column = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    heads = [str(one) for one in column if isinstance(one, str)]
    assert any(one.startswith("一、省级重点项目") for one in heads)
    assert any(one.startswith("二、市级重点项目") for one in heads)
    spin(lambda: page.kept.sheet.view.painting is not None)
    shot(page.window(), "forms_sections")


def test_a_section_that_says_nothing_is_asked_about_and_answered_by_key(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sectioned_form(tmp_path / "空表.xlsx")
    sheet = cells(path, "重点项目")
    sheet["A15"] = "三、打捆项目"
    sheet.parent.save(path)
    learn(page, path, monkeypatch)
    side = page.lesson.open
    key = "重点项目!A15:section"
    assert "“打捆项目”一节放哪些项目？" in said(side)
    shot(page.window(), "forms_sections_asked")
    # The foot that names the unit lies within the table as it was read; the form knows it.
    tags = {tag.column.heading: tag.column for tag in page.lesson.sheet.view.tags()}
    assert (tags["总投资"].unit, tags["总投资"].question) == ("亿元", "")
    side.boxes[key].setFocus()
    compose(side.boxes[key], "其他")
    QTest.keyClick(side.boxes[key], Qt.Key.Key_Return)
    settle(page.desk)
    spin(lambda: key not in page.lesson.open.boxes)
    keep(page, "打捆表")
    fill(page, tmp_path / "填好.xlsx")
    assert "填好 12 行" in page.kept.head.outcome.text()


def test_what_fits_no_section_is_said_beside_what_was_filled(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sectioned_form(tmp_path / "空表.xlsx")
    sheet = cells(path, "重点项目")
    sheet["A15"] = "三、国家级重点项目"
    sheet.parent.save(path)
    learn(page, path, monkeypatch)
    keep(page, "缺一节")
    fill(page, tmp_path / "填好.xlsx")
    assert "不属于表样中的任何一节，没有填入，请核对" in said(page.kept.head)


def test_what_the_form_would_lose_is_said_before_it_is_kept(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/drawings/drawing9.xml", b"<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")
    learn(page, path, monkeypatch)
    assert "空表中的宏、文本框和图形，填表时保留不全，填好后请核对。" in said(page.lesson.open)
