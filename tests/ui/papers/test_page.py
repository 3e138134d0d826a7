"""The page 调度与报表 with real keys and mouse: choose, look, print, save; when it goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import workspace
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.workspace import Book
from desktop.ui.papers import composing
from desktop.ui.papers.catalogue import REPORT
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import Proof
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.saving import OFFICE_FONTS
from desktop.ui.worker import Progress
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.papers.standing import pick, standing

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_report_of_the_week_is_shown_first(page: PapersPage, desk: TestDesk) -> None:
    assert page.proof is not None
    assert (page.proof.choice.paper, page.proof.choice.period) == (REPORT, "2023-W10")
    assert page.heading.text() == "周调度报告"
    assert page.bar.count.text() == f"/ {page.proof.pages} 页"
    assert not page.verbs.word.isHidden() and not page.verbs.excel.isHidden()
    assert page.verbs.folder.isHidden()
    assert not desk.warnings
    shot(page, "papers-report", 1210, 688)


def test_a_click_on_the_list_shows_another_paper(page: PapersPage, desk: TestDesk) -> None:
    pick(page, "weekly")
    settle(desk)
    assert page.proof is not None
    assert page.proof.choice.paper == "weekly"
    assert not page.verbs.excel.isHidden()
    shot(page, "papers-ledger", 1210, 688)
    QTest.keyClick(page.shelf, Qt.Key.Key_Down)
    settle(desk)
    assert page.proof.choice.paper != "weekly"


def test_of_many_choices_in_a_row_the_last_one_counts(
    page: PapersPage, desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished: list[str] = []
    content = composing.ledger_content

    def counted(book: Book, choice: Choice) -> object:
        finished.append(choice.paper)
        return content(book, choice)

    monkeypatch.setattr(composing, "ledger_content", counted)
    free = threading.Event()
    desk.read(page, lambda _book: free.wait(20), lambda _waited: None)
    for _ in range(6):
        QTest.keyClick(page.shelf, Qt.Key.Key_Down)
    last = page.shelf.currentItem().data(256)
    free.set()
    settle(desk)
    assert page.proof is not None
    assert page.proof.choice.paper == last
    assert finished == [last]
    assert not desk.warnings


def test_options_change_the_paper_and_are_remembered(page: PapersPage, desk: TestDesk) -> None:
    assert page.proof is not None
    page.options.head.setFocus()
    QTest.keyClick(page.options.head, Qt.Key.Key_Up)
    page.options.head.activated.emit(page.options.head.currentIndex())
    settle(desk)
    assert page.proof.choice.red_head is True
    assert not page.options.issue.isHidden()
    page.options.issue.setValue(12)
    settle(desk)
    assert page.proof.choice.issue == 12
    pick(page, "weekly")
    settle(desk)
    assert page.options.issue.isHidden()
    at = page.options.sheet.findText("A3 横向")
    page.options.sheet.setCurrentIndex(at)
    page.options.sheet.activated.emit(at)
    settle(desk)
    assert round(PdfPages(page.proof.data).sizes[0].width / 72 * 25.4) == 420
    pick(page, REPORT)
    settle(desk)
    assert (page.proof.choice.red_head, page.proof.choice.issue) == (True, 12)
    desk.set_period("2023-W09")
    page.refresh()
    settle(desk)
    assert page.proof.choice.issue == 11


def test_the_office_fonts_are_used_when_that_is_set(
    page: PapersPage, desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[bool] = []

    def made(book: Book, choice: Choice, progress: Progress, *, office: bool) -> Proof:
        used.append(office)
        return composing.compose(book, choice, progress)

    monkeypatch.setattr("desktop.ui.papers.maker.compose", made)
    page.refresh()
    settle(desk)
    desk.pc.put(OFFICE_FONTS, True)
    page.refresh()
    settle(desk)
    assert used == [False, True]


def test_a_change_of_the_book_is_shown_at_the_same_place(page: PapersPage, desk: TestDesk) -> None:
    assert page.proof is not None
    before = page.proof.data
    page.preview.go_to(2)
    at = page.preview.verticalScrollBar().value()
    (weekly,) = ask(
        desk,
        lambda book: book.connection.execute(
            "SELECT record FROM weekly WHERE period = '2023-W10' LIMIT 1"
        ).fetchone(),
    )

    def change(book: Book) -> None:
        with book.batch("change") as batch:
            batch.change("weekly", weekly, {"physical_progress": "改过的形象进度"})

    desk.write(page, "改", change)
    page.refresh()
    spin(lambda: "数据有改动" in page.note.text())
    assert page.preview.document is not None
    settle(desk)
    assert page.proof.data != before
    assert page.preview.verticalScrollBar().value() == at
    assert page.note.isHidden()
    document = page.preview.document
    page.refresh()
    settle(desk)
    assert page.preview.document is document  # the same paper is not shown anew


def test_paper_page_and_zoom_are_returned_to(page: PapersPage, desk: TestDesk) -> None:
    pick(page, "project")
    settle(desk)
    page.preview.set_zoom(1.5)
    place = page.place()
    later = PapersPage(desk)
    later.return_to(place)
    later.show()
    later.refresh()
    settle(desk)
    assert later.place() == place
    later.preview.show_pdf(None)
    broken = PapersPage(desk)
    broken.return_to({"paper": "gone", "page": "x", "zoom": "much"})
    broken.show()
    broken.refresh()
    settle(desk)
    assert broken.place()["paper"] == REPORT
    broken.preview.show_pdf(None)


def test_whoever_leaves_does_not_wait_and_finds_it_made_later(
    page: PapersPage, desk: TestDesk
) -> None:
    pick(page, "weekly")
    page.hide()
    settle(desk)
    assert page.proof is None
    page.show()
    settle(desk)
    assert page.proof is not None
    assert page.proof.choice.paper == "weekly"


def test_a_cancelled_paper_says_so_and_can_be_made_again(
    page: PapersPage, desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(job: object) -> None:
        job.progress.cancelled = True  # type: ignore[attr-defined]

    desk.working.connect(begun)
    pick(page, "weekly")
    settle(desk)
    assert page.proof is None
    assert not page.again.isHidden()
    assert not desk.warnings
    desk.working.disconnect(begun)
    QTest.mouseClick(page.again, Qt.MouseButton.LeftButton)
    settle(desk)
    assert page.proof is not None
    assert page.proof.choice.paper == "weekly"
    assert page.again.isHidden()


def test_a_book_without_a_project_has_its_papers_too(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path
) -> None:
    path = tmp_path / "new.yzb"
    workspace.create(path, "空冢郭镇", "township", under="源汇区").close()
    desk = make_desk(path)
    for page in standing(desk):
        assert page.proof is not None
        assert page.proof.pages == 1
        pick(page, "weekly")
        settle(desk)
        assert page.proof.choice.paper == "weekly"
    assert not desk.warnings


def test_a_scheme_that_cannot_be_printed_says_why(
    page: PapersPage, desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MalformedScheme("weekly-report.toml", "head.mark", "没有占位“{区}”")

    monkeypatch.setattr(composing, "report_content", refuse)
    page.refresh()
    settle(desk)
    assert [error.name for error in desk.warnings] == ["MalformedScheme"]
    assert page.proof is None
    assert not page.verbs.print.isEnabled()
    assert not page.again.isHidden()


def test_the_district_has_its_red_head(district_desk: TestDesk) -> None:
    for page in standing(district_desk):
        assert not page.options.issue.isHidden()
        assert page.options.issue.value() == 10
        shot(page, "papers-district", 1210, 688)
        QApplication.processEvents()


def test_options_are_shown_once_the_paper_is_known(desk: TestDesk, qapp: QApplication) -> None:
    page = PapersPage(desk)
    fields = (page.options.period, page.options.head, page.options.issue, page.options.sections)
    assert all(field.isHidden() for field in fields)
    page.refresh()
    settle(desk)
    assert not page.options.head.isHidden() and page.options.period.isHidden()
