"""Every kind of paper on the page, with real clicks and keys; letters from proposals to paper."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger.workspace import Book
from desktop.reports.kinds import GROUPS, KINDS
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.forms.initials import initials
from desktop.ui.page import Landing
from desktop.ui.papers.advising import Month, read_month
from desktop.ui.papers.catalogue import LEDGERS, key_of
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.pdf import PdfPages
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.papers.standing import pick, standing

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def district(district_desk: TestDesk) -> Iterator[PapersPage]:
    yield from standing(district_desk)


def choose(page: PapersPage, kind: str) -> None:
    pick(page, key_of(kind))
    settle(page.desk)


def letter(book: Book, kind: str) -> str:
    """A letter with what it must say."""
    (unit,) = book.connection.execute(
        "SELECT record FROM unit WHERE removed = 0 AND level = 'township' LIMIT 1"
    ).fetchone()
    fields = {
        "unit": unit,
        "kind": kind,
        "matter": "投资进度滞后",
        "rule": "规则",
        "figures": "数据",
    }
    with book.batch("create") as batch:
        return batch.create("letter", fields)


def test_the_papers_stand_under_their_headings(district: PapersPage) -> None:
    shelf = district.shelf
    rows = [shelf.item(row) for row in range(shelf.count())]
    headings = [row.text() for row in rows if not row.data(256)]
    assert headings == [*GROUPS, LEDGERS]
    titles = [row.text() for row in rows if row.data(256)]
    assert titles[: len(KINDS)] == [kind.title for kind in KINDS.values()]
    heading = next(row for row in rows if row.text() == "函件")
    before = district.choice
    place = shelf.visualItemRect(heading).center()
    QTest.mouseClick(shelf.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert district.choice == before
    assert shelf.currentItem().data(256) == key_of("weekly")


def test_a_township_has_no_letters_to_write(page: PapersPage) -> None:
    keys = {one.key for one in page.offers}
    assert key_of("weekly") in keys and key_of("card") in keys
    above = [name for name, kind in KINDS.items() if kind.above]
    assert {"circular", "reminder", "talk", "minutes", "tasks"} <= set(above)
    assert not keys & {key_of(name) for name in above}
    assert page.side.propose.isHidden()


@pytest.mark.parametrize("kind", ["monthly", "circular", "minutes", "tasks", "hand-over"])
def test_a_paper_is_shown_and_can_be_saved_as_it_says(district: PapersPage, kind: str) -> None:
    choose(district, kind)
    assert district.proof is not None and district.proof.pages >= 1
    assert district.heading.text() == KINDS[kind].title
    verbs = district.verbs
    seen = {
        ending
        for ending, button in ((".pdf", verbs.pdf), (".docx", verbs.word), (".xlsx", verbs.excel))
        if not button.isHidden()
    }
    assert seen == set(KINDS[kind].formats)
    shot(district, f"papers-{kind}", 1210, 688)


def test_a_project_is_found_by_its_initials(district: PapersPage, district_desk: TestDesk) -> None:
    choose(district, "card")
    line = district.options.subject
    assert district.proof is not None
    first = district.choice.subject
    assert first
    (offer,) = (one for one in district.offers if one.key == key_of("card"))
    names = [one.label for one in offer.subjects]
    wanted = names[7]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, initials(wanted)[:4])
    assert any(text.startswith(wanted) for text in line.offered())
    while not line.list.item(line.list.currentRow()).text().startswith(wanted):
        QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(district_desk)
    assert line.text() == wanted
    assert district.proof.choice.subject == line.record != first
    choose(district, "weekly")
    choose(district, "card")
    assert district.proof.choice.subject == line.record  # remembered
    line.setFocus()
    QTest.keyClicks(line, "qzxvqz")
    assert line.offered() == []
    district.preview.setFocus()
    assert line.text() == wanted


def test_the_wall_has_the_chosen_sheet(district: PapersPage, district_desk: TestDesk) -> None:
    choose(district, "wall-chart")
    box = district.options.sheet
    assert [box.itemData(at) for at in range(box.count())] == ["A3", "A1", "A0"]
    assert district.proof is not None
    assert round(PdfPages(district.proof.data).sizes[0].width / 72 * 25.4) == 420
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    settle(district_desk)
    assert round(PdfPages(district.proof.data).sizes[0].width / 72 * 25.4) == 841


def test_a_circular_has_no_number_until_one_is_given(
    district: PapersPage, district_desk: TestDesk
) -> None:
    choose(district, "circular")
    assert not district.options.issue.isHidden() and district.options.head.isHidden()
    assert district.proof is not None and district.proof.choice.issue is None
    assert district.options.issue.text() == "留空手填"
    district.options.issue.setValue(4)
    settle(district_desk)
    assert district.proof.choice.request.issue == 4
    district.refresh()
    settle(district_desk)
    assert district.proof.choice.request.issue == 4


def test_what_is_missing_is_said_with_the_way_to_it(
    district: PapersPage, district_desk: TestDesk
) -> None:
    def empty(book: Book) -> None:
        with book.batch("remove") as batch:
            for (record,) in book.connection.execute("SELECT record FROM monthly").fetchall():
                batch.remove("monthly", record)

    ask(district_desk, empty)
    district.refresh()
    settle(district_desk)
    choose(district, "monthly")
    assert district.either.currentWidget() is district.lack
    assert "月调度台账" in district.lack.text.text()
    assert not district.verbs.print.isEnabled() and not district.verbs.word.isEnabled()
    assert district.again.isHidden()
    assert district.lack.button is not None
    QTest.mouseClick(district.lack.button, Qt.MouseButton.LeftButton)
    assert district_desk.places[-1] == ("grid", Landing(register="monthly"))
    choose(district, "weekly")
    assert district.either.currentWidget() is district.preview


def fall_behind(book: Book) -> None:
    """A third unit, and two months in which it is last by growth."""
    (above,) = book.connection.execute(
        "SELECT record FROM unit WHERE level = 'district' AND removed = 0"
    ).fetchone()
    with book.batch("create") as batch:
        batch.create("unit", {"name": "末位镇", "level": "township", "above": above})
    units = book.connection.execute(
        "SELECT record, name FROM unit WHERE level = 'township' AND removed = 0"
    ).fetchall()
    with book.batch("create") as batch:
        for at, (unit, name) in enumerate(units):
            done = 90 if name == "末位镇" else 120 + at
            for month in ("2023-01", "2023-02"):
                figures = {"completed_year": done * 10_000, "last_year_to_date": 1_000_000}
                batch.create("monthly_unit", {"unit": unit, "period": month, **figures})


def test_letters_are_written_from_proposals_and_shown(
    district: PapersPage, district_desk: TestDesk
) -> None:
    ask(district_desk, fall_behind)
    district.refresh()
    settle(district_desk)
    choose(district, "talk")
    assert district.lack.button is not None
    assert "约谈通知" in district.lack.text.text()
    QTest.mouseClick(district.lack.button, Qt.MouseButton.LeftButton)
    settle(district_desk)
    dialog = district.filling.advising
    assert dialog is not None and dialog.isVisible()
    assert dialog.month.period == "2023-02"
    (row,) = (at for at, one in enumerate(dialog.month.found) if one.kind == "约谈通知")
    item = dialog.tree.topLevelItem(row)
    assert item is not None and item.text(0) == "末位镇"
    dialog.tree.setCurrentItem(item)
    assert "连续2个月居末位" in dialog.ground.text()
    assert not dialog.see.isEnabled()
    before = dialog.yes.text()
    place = dialog.tree.visualItemRect(item)
    QTest.mouseClick(dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert dialog.yes.text() != before  # one letter fewer
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    for at, one in enumerate(dialog.month.found):
        other = dialog.tree.topLevelItem(at)
        if one.open and at != row and other is not None:
            other.setCheckState(0, Qt.CheckState.Unchecked)
    shot(dialog, "papers-advising", 820, 520)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(district_desk)
    assert district_desk.notes[-1].startswith("已拟发函件 1 件")
    assert district.proof is not None
    assert district.proof.choice.paper == key_of("talk")
    assert district.choice.subject == ask(
        district_desk,
        lambda book: book.connection.execute("SELECT record FROM letter").fetchone()[0],
    )
    QTest.mouseClick(district.side.propose, Qt.MouseButton.LeftButton)
    settle(district_desk)
    dialog = district.filling.advising
    assert dialog is not None
    again = dialog.tree.topLevelItem(row)
    assert again is not None and again.text(3) == "已拟函"
    dialog.tree.setCurrentItem(again)
    QTest.mouseClick(dialog.see, Qt.MouseButton.LeftButton)
    settle(district_desk)
    assert district.proof.choice.paper == key_of("talk")


def test_letters_wait_for_the_end_of_the_month(district_desk: TestDesk) -> None:
    """Without figures the last whole month is judged; one that is not over says so."""

    def look(book: Book) -> tuple[Month, Month, Month]:
        with book.batch("remove") as batch:
            for (record,) in book.connection.execute("SELECT record FROM monthly_unit").fetchall():
                batch.remove("monthly_unit", record)
        return (
            read_month(book, "", "2023-W10"),
            read_month(book, "2023-03", "2023-W10"),
            read_month(book, "", "2023-W13"),
        )

    whole, early, later = ask(district_desk, look)
    waits = "2023年3月还没有过完，建议月底以后再拟发"
    assert whole.period == "2023-02"
    assert early.remarks[0] == waits
    assert later.period == "2023-03"
    assert waits not in later.remarks


def test_a_reminder_is_shown_as_word_and_pdf(
    district: PapersPage, district_desk: TestDesk, tmp_path: Path
) -> None:
    record = ask(district_desk, lambda book: letter(book, "提醒函"))
    district.land(Landing(tab="reminder", record=record))
    district.refresh()
    settle(district_desk)
    assert district.proof is not None
    assert district.proof.choice.subject == record
    assert district.options.subject.text() == "投资进度滞后"
    proposed: list[Path] = []

    def answered(_parent: object, _title: str, path: Path, _kinds: str) -> Path:
        proposed.append(path)
        return tmp_path / "函"

    district.verbs.ask = answered
    QTest.mouseClick(district.verbs.word, Qt.MouseButton.LeftButton)
    settle(district_desk)
    assert proposed[0].name.endswith("投资进度滞后 提醒函.docx")
    with zipfile.ZipFile(tmp_path / "函.docx") as document:
        assert "投资进度滞后" in document.read("word/document.xml").decode()


def test_a_letter_is_mended_and_written_in_its_form(
    district: PapersPage, district_desk: TestDesk
) -> None:
    record = ask(district_desk, lambda book: letter(book, "约谈通知"))
    district.refresh()
    settle(district_desk)
    choose(district, "talk")
    for button, shown in ((district.options.edit, record), (district.options.new, "")):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(district_desk)
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, RecordDialog))
        assert dialog.record == shown
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_meetings_matters_are_one_click_away(
    district: PapersPage, district_desk: TestDesk
) -> None:
    for kind in ("minutes", "tasks"):
        choose(district, kind)
        assert district.options.matters.text() == "填会议议定事项"
        QTest.mouseClick(district.options.matters, Qt.MouseButton.LeftButton)
        assert district_desk.places.pop() == ("lists", Landing(register="decision"))
    for kind in ("weekly", "card", "reminder"):
        choose(district, kind)
        assert district.options.matters.isHidden(), kind


def test_only_rows_changed_since_the_last_print(
    page: PapersPage, desk: TestDesk, tmp_path: Path
) -> None:
    pick(page, "weekly")
    settle(desk)
    assert page.options.changed.isHidden()
    page.verbs.ask = lambda *_: tmp_path / "台账.pdf"
    QTest.mouseClick(page.verbs.pdf, Qt.MouseButton.LeftButton)
    settle(desk)
    assert page.proof is not None
    code = page.proof.code

    def change(book: Book) -> None:
        (record,) = book.connection.execute(
            "SELECT record FROM weekly WHERE period = '2023-W10' LIMIT 1"
        ).fetchone()
        with book.batch("change") as batch:
            batch.change("weekly", record, {"physical_progress": "改过的形象进度"})

    ask(desk, change)
    page.refresh()
    settle(desk)
    assert not page.options.changed.isHidden()
    whole = len(page.proof.data)
    QTest.mouseClick(page.options.changed, Qt.MouseButton.LeftButton)
    settle(desk)
    assert page.proof.choice.since == code
    assert len(page.proof.data) < whole
    page.refresh()
    settle(desk)
    assert page.options.changed.isChecked()
