"""The page 收发 of a district, with real clicks and keys, a stick put in and pulled out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pdfplumber
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.errors import DiskFull
from desktop.exchange import building, directory, durable, enrolment, taking
from desktop.ledger.correspondence import INVITED
from desktop.ledger.lookup import find
from desktop.ledger.workspace import Book
from desktop.ui.exchange import slips
from desktop.ui.exchange.reading import Exchange
from desktop.ui.landing import Landing
from desktop.ui.papers.setup import Setup
from tests.ui.conftest import TODAY, ask, shot, spin
from tests.ui.exchange.conftest import ANSWERED, FIRST, NEXT, SECOND, STRANGER, WEEK, Room

Enter = Callable[..., Room]
KEY = Qt.Key


def click(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(room: Room) -> Exchange:
    assert room.page.exchange is not None
    return room.page.exchange


def column(room: Room, at: int) -> list[str]:
    return [row[at].text for row in room.page.incoming.model.table.rows]


@pytest.fixture
def district(enter: Enter) -> Room:
    return enter()


# Coming in -------------------------------------------------------------------------------------


def test_without_a_stick_the_page_says_how_to_begin(district: Room) -> None:
    banner = district.page.incoming.banner
    assert banner.told.title == "没有插U盘"
    assert "拖到这里" in banner.told.note
    assert banner.folder.isVisible()
    assert not banner.take.isVisible()
    shot(district.page, "exchange-empty")


def test_a_stick_that_is_put_in_is_looked_at_and_nothing_is_taken_in(
    district: Room, homes: Path
) -> None:
    before = ask(district.desk, lambda book: book.journal.position)
    district.put_in(homes / "stick")
    banner = district.page.incoming.banner
    assert banner.title.text() == "U盘 KINGSTON 上有 3 个包"
    assert banner.take.text() == "装入 2 个"
    assert column(district, 1) == [*sorted([FIRST, SECOND]), ANSWERED]
    assert column(district, 2) == ["第9周", "第9周", "—"]
    assert column(district, 5) == ["可装入", "可装入", "等装入：先核对核对码"]
    assert ask(district.desk, lambda book: book.journal.position) == before
    shot(district.page, "exchange-found")


def test_the_chosen_package_says_what_it_would_change(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    detail = district.page.incoming.detail
    assert FIRST in detail.title.text()
    assert [cell.text for cell in detail.model.table.rows[0]][:2] == [
        "周调度台账",
        f"{FIRST}一号项目 第9周",
    ]
    district.page.incoming.table.setFocus()
    QTest.keyClick(district.page.incoming.table, KEY.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "还没有核对" in detail.sentence.text()
    assert "电话核对" in detail.advice.text()


def test_enter_takes_in_and_says_what_became_of_each(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    QTest.keyClick(district.page.incoming.table, KEY.Key_Return)
    district.settle()
    banner = district.page.incoming.banner
    assert banner.title.text() == "已装入 2 个包，1 个等装入。"
    assert banner.note.text() == "装入前已自动备份。U盘 KINGSTON 可以拔出。"
    assert column(district, 5) == ["已装入", "已装入", "等装入：先核对核对码"]
    assert not banner.take.isVisible()
    assert district.page.received.figure.accessibleName().startswith("2/ 4")
    assert [one.state for one in shown(district).taken].count("已装入") == 4
    shot(district.page, "exchange-taken")


def test_who_has_answered_is_compared_in_the_card_and_not_read_off_the_page(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    click(district.page.incoming.banner.take)
    district.settle()
    (code,) = [one.code for one in ask(district.desk, enrolment.codes) if one.state == "待核对"]
    district.page.incoming.table.choose("2")
    detail = district.page.incoming.detail
    assert "电话核对 12 位核对码" in detail.advice.text()
    units = {row[1].text: row for row in district.page.units.model.table.rows}
    assert [cell.text for cell in units[ANSWERED]][:3] == ["☐", ANSWERED, "待核对"]
    assert not [one for one in district.page.findChildren(QLabel) if code in one.text()]


def test_a_spoilt_package_goes_to_quarantine_and_the_others_are_taken_in(
    district: Room, homes: Path
) -> None:
    good = next((homes / "stick").glob("report-wenshixiang*"))
    raw = bytearray(good.read_bytes())
    raw[-1] ^= 1
    (homes / "stick" / "spoilt.yzp").write_bytes(raw)
    district.put_in(homes / "stick")
    assert column(district, 5)[-1] == "不能装入　看原因"
    assert shown(district).refused == ()
    click(district.page.incoming.banner.take)
    district.settle()
    assert column(district, 5) == ["已装入", "已装入", "等装入：先核对核对码", "已隔离　看原因"]
    (refused,) = shown(district).refused
    assert refused.copy is not None
    assert refused.name == "Unreadable"
    district.page.show_view("refused")
    pane = district.page.refused
    assert "损坏" in pane.reason.text()
    click(pane.copy)
    assert QGuiApplication.clipboard().text() == str(refused.copy)
    assert refused.copy.read_bytes() == bytes(raw)


def test_the_same_stick_again_brings_nothing_new(district: Room, homes: Path) -> None:
    (homes / "stick").joinpath("sub").mkdir()
    district.put_in(homes / "stick")
    click(district.page.incoming.banner.take)
    district.settle()
    QTest.keyClick(district.page.incoming.table, KEY.Key_F5)
    district.settle()
    assert column(district, 5) == ["等装入：先核对核对码", "已装入过，不再装", "已装入过，不再装"]
    assert not district.page.incoming.banner.take.isVisible()


def test_f5_looks_again_and_the_window_s_own_key_does_not_get_it(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    extra = homes / "stick" / "new.yzp"
    extra.write_bytes(b"nonsense")
    press = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_F5, Qt.KeyboardModifier.NoModifier)
    press.ignore()
    QApplication.sendEvent(district.page, press)
    assert press.isAccepted()
    QTest.keyClick(district.page, KEY.Key_F5)
    district.settle()
    assert district.page.incoming.banner.title.text() == "U盘 KINGSTON 上有 4 个包"


def test_only_looking_goes_into_the_table_and_leaves_the_book(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    before = ask(district.desk, lambda book: book.journal.position)
    click(district.page.incoming.banner.look)
    district.settle()
    assert district.page.incoming.table.hasFocus()
    assert "账本没有改动" in district.desk.notes[-1]
    assert ask(district.desk, lambda book: book.journal.position) == before


def test_a_stick_pulled_out_before_taking_in_cannot_be_taken_in_any_more(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    district.pull_out()
    banner = district.page.incoming.banner
    assert banner.title.text() == "U盘 KINGSTON 已拔出。"
    assert not banner.take.isVisible()
    assert district.page.incoming.model.rowCount() == 0
    assert district.page.hand.destination.sticks == []


def test_a_stick_pulled_out_afterwards_leaves_what_was_done_to_be_read(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    click(district.page.incoming.banner.take)
    district.settle()
    district.pull_out()
    assert district.page.incoming.model.rowCount() == 3
    assert district.page.incoming.banner.note.text() == "U盘 KINGSTON 已拔出。"


def test_an_empty_stick_is_said_to_be_empty(district: Room, tmp_path: Path) -> None:
    (tmp_path / "blank").mkdir()
    district.put_in(tmp_path / "blank", "SANDISK")
    assert district.page.incoming.banner.title.text() == "U盘 SANDISK 上没有数据包"


def test_a_stick_put_in_while_another_page_is_shown_is_looked_at_when_this_one_is(
    enter: Enter, homes: Path
) -> None:
    room = enter(shown=False)
    room.put_in(homes / "stick")
    assert room.page.incoming.sitting is None
    assert room.desk.notes[-1] == "U盘 KINGSTON 已插入，到“收发”查看"
    room.page.show()
    room.settle()
    assert room.page.incoming.model.rowCount() == 3


def test_files_and_folders_can_be_dropped(district: Room, homes: Path) -> None:
    package = next((homes / "stick").glob("report-kongzhongguo*"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(package))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(district.page, over)
    assert over.isAccepted()
    QApplication.sendEvent(district.page, QDropEvent(QPointF(50, 50), copy, data, left, none))
    district.settle()
    assert column(district, 1) == [FIRST]
    text = QMimeData()
    text.setText("no file")
    refused = QDragEnterEvent(QPoint(50, 50), copy, text, left, none)
    refused.ignore()
    QApplication.sendEvent(district.page, refused)
    assert not refused.isAccepted()


def test_a_folder_and_files_can_be_chosen(district: Room, homes: Path) -> None:
    district.page.arrivals.ask_folder = lambda _parent, _title, _proposed: homes / "stick"
    click(district.page.incoming.banner.folder)
    district.settle()
    assert district.page.incoming.banner.title.text() == "“stick”上有 3 个包"
    files = tuple(sorted((homes / "stick").glob("*.yzp"))[:2])
    district.page.arrivals.ask_files = lambda _parent, _title, _folder: files
    click(district.page.incoming.banner.files_sign)
    district.settle()
    assert district.page.incoming.banner.title.text() == "2 个文件和文件夹上有 2 个包"


def test_a_look_that_is_stopped_says_so_and_can_be_taken_up_again(
    district: Room, homes: Path
) -> None:
    def stop(job: object) -> None:
        job.progress.cancelled = True  # type: ignore[attr-defined]

    district.desk.working.connect(stop)
    district.put_in(homes / "stick")
    banner = district.page.incoming.banner
    assert banner.title.text() == "已停止查看"
    district.desk.working.disconnect(stop)
    click(banner.look)
    district.settle()
    assert banner.title.text() == "U盘 KINGSTON 上有 3 个包"


def test_trouble_on_this_pc_in_the_middle_says_what_is_in(
    district: Room, homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.put_in(homes / "stick")
    real, calls = taking.apply, []

    def full(book: Book, checked: object) -> object:
        calls.append(checked)
        if len(calls) > 2:  # The first one was rehearsed before the backup.
            raise DiskFull(str(book.path))
        return real(book, checked)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "apply", full)
    click(district.page.incoming.banner.take)
    district.settle()
    banner = district.page.incoming.banner
    assert "磁盘空间不足" in banner.title.text()
    assert banner.note.text().endswith("已经装入的 1 个包都已保存，其余没有动。")
    assert column(district, 5) == ["已装入"]
    assert shown(district).received is not None
    assert shown(district).received.arrived == 1  # type: ignore[union-attr]


def test_a_second_stick_put_in_during_a_look_is_looked_at_next(
    district: Room, homes: Path, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    shutil.copy(next((homes / "stick").glob("report-wenshi*")), tmp_path / "second")
    page = district.page
    page.arrivals.look_at([homes / "stick"])
    page.arrivals.look_at([tmp_path / "second"])
    district.settle()
    assert page.incoming.banner.title.text() == "“second”上有 1 个包"
    assert column(district, 1) == [SECOND]


def test_what_waits_beside_the_book_is_offered_without_a_stick(enter: Enter, homes: Path) -> None:
    room = enter()
    room.put_in(homes / "stick")
    click(room.page.incoming.banner.take)
    room.settle()
    room.pull_out()
    code = next(o.code for o in ask(room.desk, enrolment.codes) if o.state == "待核对")
    room.desk.write(room.page, "确认", lambda book: enrolment.confirm(book, ANSWERED, code))
    room.settle()
    assert shown(room).waiting == 1
    click(room.page.incoming.banner.look)
    room.settle()
    assert column(room, 5) == ["可装入"]
    click(room.page.incoming.banner.take)
    room.settle()
    assert shown(room).waiting == 0


# Going down -------------------------------------------------------------------------------------


def test_task_packages_go_down_with_passphrases_for_strangers(
    district: Room, tmp_path: Path
) -> None:
    stick = tmp_path / "down"
    stick.mkdir()
    district.put_in(stick)
    page = district.page
    assert page.hand.chosen_words.text() == "将写 4 个任务包，其中 2 个凭一次性口令。"
    click(page.hand.destination.sticks[0])
    district.settle()
    outcome = page.outcome.outcome
    assert outcome is not None
    assert outcome.sentence == ("4 个单位的任务包已写入 U盘 KINGSTON，读回核对无误，可以拔出。")
    assert outcome.tone == "good"
    assert len(list(stick.glob("task-*.yzp"))) == 4
    names = [name for name, _, _ in outcome.passphrases]
    assert sorted(names) == sorted(["区发改委", STRANGER])
    click(page.outcome.copy)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == [f"{name}\t{code}" for name, code, _ in outcome.passphrases]
    shot(page, "exchange-handed")


def test_who_was_just_invited_is_not_invited_again_by_the_same_button(
    district: Room, tmp_path: Path
) -> None:
    district.page.hand.destination.ask = lambda _parent, _title, _proposed: tmp_path / "a"
    click(district.page.hand.destination.folder)
    district.settle()
    assert {one.contact for one in district.page.units.units if one.name == STRANGER} == {INVITED}
    assert sorted(one.name for one in district.page.hand.chosen) == sorted([FIRST, SECOND])


def test_who_has_answered_is_handed_down_to_again(district: Room, homes: Path) -> None:
    """Left out while its first package was on its way, chosen again once its code is compared."""
    district.page.hand.destination.ask = lambda _parent, _title, _proposed: homes / "a"
    click(district.page.hand.destination.folder)
    district.settle()
    page = district.page
    assert ANSWERED not in {one.name for one in page.hand.chosen}
    district.put_in(homes / "stick")
    click(page.incoming.banner.take)
    district.settle()
    code = next(one.code for one in ask(district.desk, enrolment.codes) if one.state == "待核对")
    district.desk.write(page, "确认", lambda book: enrolment.confirm(book, unit_of(book), code))
    district.settle()
    (one,) = [one for one in page.units.units if one.name == ANSWERED]
    assert one.contact == "已核对"
    assert one.unit not in page.units.left_out
    assert ANSWERED in {one.name for one in page.hand.chosen}


def unit_of(book: Book) -> str:
    return find(book, "unit", ANSWERED)


def test_passphrases_are_asked_about_before_they_go(district: Room, tmp_path: Path) -> None:
    district.page.hand.destination.ask = lambda _parent, _title, _proposed: tmp_path / "a"
    click(district.page.hand.destination.folder)
    district.settle()
    district.answer = False
    QTest.keyClick(district.page, KEY.Key_Escape)
    assert district.asked == ["口令都抄下了吗？"]
    assert district.page.outcome.isVisible()
    before = district.page.outcome.passphrases
    district.page.share.send(tmp_path / "b")
    district.settle()
    assert district.page.outcome.passphrases == before
    district.answer = True
    click(district.page.outcome.seen)
    assert not district.page.outcome.isVisible()


@pytest.fixture
def paper(district: Room, tmp_path: Path) -> Callable[[], str]:
    """A printer for the page; answers its question and gives what is said afterwards."""
    target = tmp_path / "paper.pdf"

    def printer_for(setup: Setup, title: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        assert (setup.printer, title in ("回执", "口令单")) == ("办公室打印机", True)
        return printer

    def printed() -> str:
        district.settle()
        assert district.page.printer.dialog is not None
        district.page.printer.dialog.accept()
        district.settle()
        assert target.read_bytes().startswith(b"%PDF")
        return district.desk.notes[-1]

    district.page.printer.printers = lambda: ("办公室打印机",)
    district.page.printer.printer_for = printer_for
    return printed


def text_of(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pages:
        said = "".join(page.extract_text() or "" for page in pages.pages)
    return normalize("NFKC", "".join(said.split()))


def test_the_passphrases_are_printed(
    district: Room, paper: Callable[[], str], tmp_path: Path
) -> None:
    page = district.page
    page.hand.destination.ask = lambda _parent, _title, _proposed: tmp_path / "a"
    click(page.hand.destination.folder)
    district.settle()
    click(page.outcome.print)
    assert paper() == "口令单已送到打印机 办公室打印机：1 页"
    told = page.outcome.passphrases
    said = text_of(ask(district.desk, lambda book: slips.passphrases(book, told, TODAY)))
    for unit, code, _ in told:
        assert unit in said
        assert code in said


def test_without_a_printer_it_is_said(district: Room) -> None:
    district.page.printer.printers = lambda: ()
    district.page.printer.ask_to_print("回执", lambda _book: b"")
    assert district.desk.notes[-1] == "这台电脑没有装打印机，不能打印回执"


def test_receipts_are_printed_for_a_sitting_and_for_one_package(
    district: Room, paper: Callable[[], str], homes: Path
) -> None:
    district.put_in(homes / "stick")
    assert not district.page.incoming.banner.receipt.isVisible()
    click(district.page.incoming.banner.take)
    district.settle()
    click(district.page.incoming.banner.receipt)
    assert paper().startswith("回执已送到打印机 办公室打印机：")
    assert district.page.incoming.sitting is not None
    results = district.page.incoming.sitting.results
    said = text_of(ask(district.desk, lambda book: slips.receipt_of_sitting(book, results, WEEK)))
    for name in (FIRST, SECOND, ANSWERED, STRANGER):
        assert name in said
    district.page.show_view("taken")
    click(district.page.taken.receipt)
    assert paper().startswith("回执已送到打印机")
    newest = shown(district).taken[-1]
    one = text_of(ask(district.desk, lambda book: slips.receipt_of_package(book, newest)))
    assert STRANGER not in one
    assert newest.digest[:16].upper() in one


def test_units_are_left_out_with_the_space_bar(district: Room) -> None:
    page = district.page
    click_chip(page, "下级单位")
    table = page.units.table
    here = next(one.unit for one in page.units.units if one.name == FIRST)
    table.choose(here)
    table.setFocus()
    QTest.keyClick(table, KEY.Key_Space)
    assert FIRST not in [one.name for one in page.hand.chosen]
    QTest.keyClick(table, KEY.Key_Space)
    assert FIRST in [one.name for one in page.hand.chosen]
    buttons = (page.units.all, page.units.news, page.units.none)
    assert [one.text() for one in buttons] == ["全选", "只选有新内容的", "全不选"]
    click(page.units.none)
    assert page.hand.chosen == ()
    assert page.hand.chosen_words.text().startswith("没有选中单位：打开")
    assert not page.hand.destination.isEnabled()
    click(page.units.all)
    assert len(page.hand.chosen) == 5


def test_a_stick_that_is_full_says_how_far_it_came(
    district: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = durable.write_new, []

    def full(folder: Path, name: str, *more: object, **rest: object) -> Path:
        calls.append(name)
        if len(calls) > 2:
            raise durable.StickFull(str(folder), 1000, 10)
        return real(folder, name, *more, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(durable, "write_new", full)
    district.page.hand.destination.ask = lambda _parent, _title, _proposed: tmp_path / "a"
    click(district.page.hand.destination.folder)
    district.settle()
    outcome = district.page.outcome.outcome
    assert outcome is not None
    assert outcome.tone == "must"
    assert "空间不足" in outcome.sentence
    assert any("已写成的 2 个有效" in line for line in outcome.lines)
    assert any(line.startswith("没有写的 2 个") for line in outcome.lines)
    shot(district.page, "exchange-full")


def test_a_read_only_stick_is_not_offered(district: Room, tmp_path: Path) -> None:
    district.put_in(tmp_path, read_only=True)
    (button,) = district.page.hand.destination.sticks
    assert not button.isEnabled()
    assert "写保护" in button.toolTip()


def test_the_count_of_what_is_new_comes_in(district: Room) -> None:
    spin(lambda: len(district.page.news.fresh) == 6)
    assert "已联系的" in district.page.hand.words.text()


# Post book --------------------------------------------------------------------------------------


def test_a_whole_take_in_is_undone_after_a_question_and_done_again(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    click(district.page.incoming.banner.take)
    district.settle()
    click_chip(district.page, "收到的包")
    pane = district.page.taken
    newest = pane.model.table.keys[0]
    pane.table.choose(newest)
    district.answer = False
    click(pane.undo)
    district.settle()
    assert pane.packages[newest].state == "已装入"
    district.answer = True
    click(pane.undo)
    district.settle()
    assert pane.packages[newest].state == "已撤销"
    assert "撤销装入" in district.asked[-1]
    weekly = "SELECT count(*) FROM weekly WHERE removed = 0"
    count = ask(district.desk, lambda book: book.connection.execute(weekly).fetchone()[0])
    assert count == 1
    assert pane.again.isVisible()
    click(pane.again)
    district.settle()
    assert pane.packages[newest].state == "已装入"
    count = ask(district.desk, lambda book: book.connection.execute(weekly).fetchone()[0])
    assert count == 2


def test_a_package_sent_is_written_again(district: Room, tmp_path: Path) -> None:
    district.page.show_view("sent")
    pane = district.page.sent
    record = next(one.record for one in pane.packages.values() if one.state == "已写出")
    pane.table.choose(record)
    pane.card.destination.ask = lambda _parent, _title, _proposed: tmp_path / "again"
    click(pane.card.destination.folder)
    district.settle()
    (written,) = (tmp_path / "again").iterdir()
    assert written.name == pane.packages[record].file
    assert "已再次写入文件夹“again”，读回核对无误。" in district.page.outcome.sentence.text()


def test_a_package_that_never_left_can_be_taken_back(district: Room) -> None:
    def left_behind(book: Book) -> object:
        unit = find(book, "unit", FIRST)
        partner = directory.partner(book, unit)
        assert partner is not None
        return building.build(book, building.Addressee(unit, FIRST, partner.seal_key), "task")

    district.desk.write(district.page, "build", left_behind)
    district.settle()
    district.page.show_view("sent")
    pane = district.page.sent
    (waiting,) = [one for one in pane.packages.values() if one.state == "待写出"]
    pane.table.choose(waiting.record)
    click(pane.back)
    district.settle()
    assert district.asked == ["撤回没有写出的任务包 第1号？"]
    assert pane.packages[waiting.record].state == "已撤回"
    assert not pane.card.destination.isVisible()


# The page ---------------------------------------------------------------------------------------


def click_chip(page: QWidget, words: str) -> None:
    for button in page.findChildren(QAbstractButton):
        if button.accessibleName().startswith(words) and button.isCheckable():
            click(button)
            return
    raise AssertionError(f"no chip {words}")


def test_the_view_is_remembered_and_landed_on(district: Room) -> None:
    page = district.page
    page.land(Landing(tab="sent"))
    assert page.stack.currentWidget() is page.sent
    place = page.place()
    page.show_view("found")
    page.return_to(place)
    assert page.stack.currentWidget() is page.sent
    page.return_to({"view": "no such"})
    assert page.stack.currentWidget() is page.sent


def test_every_button_and_table_that_is_seen_can_be_reached_with_tab(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    page = district.page
    page.activateWindow()
    page.incoming.table.setFocus()
    reached = set()
    for _ in range(60):
        here = QApplication.focusWidget()
        if here is None or here in reached:
            break
        reached.add(here)
        QTest.keyClick(here, KEY.Key_Tab)
    wanted = [
        button
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and button.focusPolicy() & KEY_TAB
        and not button.isCheckable()
    ]
    assert [one.accessibleName() or one.text() for one in wanted if one not in reached] == []
    assert page.incoming.table in reached


KEY_TAB = Qt.FocusPolicy.TabFocus


def test_the_week_decides_whose_report_is_missing(district: Room) -> None:
    district.desk.set_period(NEXT)
    district.page.refresh()
    district.settle()
    assert district.page.received.title.text() == "第10周收报"
    assert STRANGER in district.page.received.missing.text()


def test_copies_do_not_touch_the_stick(district: Room, homes: Path) -> None:
    stick = homes / "stick"
    before = {path.name: path.read_bytes() for path in stick.iterdir()}
    district.put_in(stick)
    click(district.page.incoming.banner.take)
    district.settle()
    assert {path.name: path.read_bytes() for path in stick.iterdir()} == before
    shutil.rmtree(stick)
