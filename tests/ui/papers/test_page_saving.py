"""Saving from the page 调度与报表: what was shown, whole or not at all, another place offered."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.errors import NotWritable
from desktop.ui.messages import Warned
from desktop.ui.papers import saving
from desktop.ui.papers.page import PapersPage
from desktop.ui.week import printed
from tests.ui.conftest import TestDesk, settle
from tests.ui.papers.standing import pick

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def asking(page: PapersPage, answer: Path | None) -> list[Path]:
    """Answer the file dialog; what was proposed is kept."""
    proposed: list[Path] = []

    def answered(_parent: QWidget, _title: str, path: Path, _kinds: str) -> Path | None:
        proposed.append(path)
        return answer

    page.verbs.ask = answered
    return proposed


def test_the_saved_pdf_is_what_was_shown(page: PapersPage, desk: TestDesk, tmp_path: Path) -> None:
    proposed = asking(page, tmp_path / "周报")
    page.preview.setFocus()
    QTest.keyClick(page.preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert page.proof is not None
    assert (tmp_path / "周报.pdf").read_bytes() == page.proof.data
    assert proposed[0].name == f"{desk.facts.unit_short} 2023年第10周周调度报告.pdf"
    assert str(tmp_path) in page.note.text()
    assert saving.folder(desk.memory) == tmp_path
    assert "2023-W10" in desk.memory.get(printed.KEY)


def test_the_folder_of_what_was_saved_is_opened(
    page: PapersPage, desk: TestDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    asking(page, tmp_path / "sub" / "a.pdf")
    QTest.mouseClick(page.verbs.pdf, Qt.MouseButton.LeftButton)
    settle(desk)
    QTest.mouseClick(page.verbs.folder, Qt.MouseButton.LeftButton)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "sub"]
    (tmp_path / "sub" / "a.pdf").unlink()
    (tmp_path / "sub").rmdir()
    QTest.mouseClick(page.verbs.folder, Qt.MouseButton.LeftButton)
    assert [error.name for error in desk.warnings] == ["NotFound"]


def test_a_ledger_is_saved_as_excel(page: PapersPage, desk: TestDesk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    pick(page, "problem")
    settle(desk)
    proposed = asking(page, tmp_path / "a.xlsx")
    QTest.mouseClick(page.verbs.excel, Qt.MouseButton.LeftButton)
    settle(desk)
    assert proposed[0].name == f"{desk.facts.unit_short} 问题清单.xlsx"
    workbook = load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert workbook.sheetnames[0] == "问题清单"
    workbook.close()


def test_nothing_is_saved_when_the_person_thinks_better_of_it(
    page: PapersPage, desk: TestDesk, tmp_path: Path
) -> None:
    asking(page, None)
    page.verbs.save_pdf()
    settle(desk)
    assert desk.notes == []
    assert desk.memory.get(printed.KEY) is None


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_refused_file_offers_another_place_and_is_never_half(
    page: PapersPage, desk: TestDesk, tmp_path: Path, kind: str
) -> None:
    warned: list[Warned] = []
    desk.messages.warned.connect(warned.append)
    pick(page, "problem")
    settle(desk)
    blocked = tmp_path / "busy"
    blocked.write_text("a file where a folder should be")
    asking(page, blocked / f"a.{kind}")
    save: Callable[[], None] = page.verbs.save_pdf if kind == "pdf" else page.verbs.save_excel
    save()
    settle(desk)
    assert isinstance(warned[0].error, NotWritable)
    assert list(tmp_path.glob("**/*.tmp")) == list(tmp_path.glob("**/*.part")) == []
    asking(page, tmp_path / f"b.{kind}")
    (remedy,) = (one for one in warned[0].remedies if one.text == "另选位置")
    remedy.run()
    settle(desk)
    assert (tmp_path / f"b.{kind}").stat().st_size > 1000


@pytest.mark.skipif(os.name == "nt", reason="the offscreen folder has another limit there")
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_name_that_is_too_long_is_called_so(
    page: PapersPage, desk: TestDesk, tmp_path: Path, kind: str
) -> None:
    pick(page, "problem")
    settle(desk)
    folder = tmp_path / "papers"
    folder.mkdir()
    asking(page, folder / f"{'长' * 120}.{kind}")
    save: Callable[[], None] = page.verbs.save_pdf if kind == "pdf" else page.verbs.save_excel
    save()
    settle(desk)
    (error,) = desk.warnings
    assert error.name == "NameTooLong"
    assert "文件名太长" in error.sentence and "写短" in error.advice
    assert list(folder.iterdir()) == []
