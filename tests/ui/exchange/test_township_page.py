"""The page 收发 of a township: what goes up, what keeps it back, and how it is said afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.exchange import building, durable, key_refusals, postbook, sending, sitting
from desktop.ledger import cycle, records, workspace
from desktop.ledger.lookup import find
from desktop.ledger.workspace import Book
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.landing import Landing
from desktop.ui.messages import Remedy
from tests.ui.conftest import ask, shot, spin
from tests.ui.exchange.conftest import ANSWERED, FIRST, NEXT, WEEK, Room

KEY = Qt.Key


def click(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(book: Book) -> None:
    """The township's one project gets its row of the next week."""
    (project,) = book.connection.execute("SELECT record FROM project").fetchone()
    values = {
        "completed_week": 1_000_000,
        "completed_year": 2_000_000,
        "completed_total": 2_000_000,
        "physical_progress": "主体施工至三层",
    }
    with records.batch(book, "change") as batch:
        batch.create("weekly", {"project": project, "period": NEXT, **values})


def colleague(homes: Path) -> Path:
    """What somebody writes on the unit's other PC, as a share; the folder that it lies in."""
    home = homes / FIRST
    copy = home / "copy.yzb"
    shutil.copyfile(home / "book.yzb", copy)
    with workspace.open_book(copy, profile=home / "profile", operator="赵会计") as book:
        weekly = "SELECT record FROM weekly WHERE period = ?"
        (record,) = book.connection.execute(weekly, (NEXT,)).fetchone()
        with records.batch(book, "change") as batch:
            batch.change("weekly", record, {"physical_progress": "主体施工至四层"})
        return sending.share(book, homes / "share").path.parent


def state(book: Book, week: str = NEXT) -> str:
    return cycle.submission(book, book.unit, week).state


@contextmanager
def of_the_district(homes: Path) -> Iterator[tuple[Book, str]]:
    """The district's book on its own PC, and the township's record."""
    home = homes / "district"
    with workspace.open_book(home / "district.yzb", profile=home / "profile") as book:
        yield book, find(book, "unit", FIRST)


def said(room: Room) -> Outcome:
    outcome = room.page.outcome.outcome
    assert outcome is not None
    return outcome


@pytest.fixture
def town(enter: Callable[..., Room]) -> Room:
    """The next week, in which nothing is filled yet."""
    return enter(FIRST, NEXT)


@pytest.fixture
def ready(town: Room) -> Room:
    """The next week, filled."""
    town.desk.write(town.page, "fill", fill)
    town.settle()
    return town


def test_what_keeps_the_week_back_stands_there_instead_of_the_button(town: Room) -> None:
    card = town.page.report
    assert card.title.text() == "上报 第10周"
    assert not card.destination.isVisible()
    (link,) = card.links.rows
    assert link.text() == "1 个项目没有填完"
    QTest.keyClick(link, KEY.Key_Return)
    ((page, landing),) = town.desk.places
    assert page == "grid" or page == "project"
    assert getattr(landing, "subject", "")
    shot(town.page, "exchange-blocked")


def test_the_week_goes_onto_the_stick_and_is_said_big(ready: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ready.put_in(stick)
    card = ready.page.report
    assert card.contents.text() == "1 个项目，台账 1 行。"
    card.reviewer.setText("刘伟")
    click(card.destination.sticks[0])
    ready.settle()
    outcome = said(ready)
    assert outcome.tone == "good"
    assert outcome.sentence == "第10周报告包已写入 U盘 KINGSTON，读回核对无误，可以拔出。"
    (package,) = stick.glob("report-*.yzp")
    assert package.name in outcome.lines[0]
    assert "报告包 第1号" in outcome.lines[0]
    assert ask(ready.desk, state) == "已上报"
    assert card.title.text() == "第10周已上报"
    assert [row.text() for row in card.links.rows] == ["报告包 第1号　已写出"]
    shot(ready.page, "exchange-submitted")
    click(card.links.rows[0])
    assert ready.page.stack.currentWidget() is ready.page.sent
    assert ready.page.sent.mark.text().startswith("校验值")


def test_without_a_name_nothing_is_sent(ready: Room, tmp_path: Path) -> None:
    card = ready.page.report
    card.reviewer.clear()
    card.destination.ask = lambda _parent, _title, _proposed: tmp_path / "out"
    ready.settle()
    at = card.destination.folder.mapTo(card, QPoint(0, 0))
    click(card.destination.folder)
    ready.settle()
    assert card.missing.text() == "请填写审核人。"
    assert card.missing.isVisible()
    assert card.destination.folder.mapTo(card, QPoint(0, 0)) == at, "it stays under the mouse"
    QTest.keyClicks(card.reviewer, "L")
    ready.settle()
    assert card.missing.text() == ""
    assert card.destination.folder.mapTo(card, QPoint(0, 0)) == at, "also when the line goes"
    card.reviewer.clear()
    assert card.reviewer.hasFocus() or not card.window().isActiveWindow()
    assert ask(ready.desk, state) == "未上报"
    assert not (tmp_path / "out").exists()


def test_a_full_stick_is_told_with_how_things_stand(
    ready: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, *_more: object, **_rest: object) -> Path:
        raise durable.StickFull(str(folder), 3 << 20, 1 << 20)

    monkeypatch.setattr(durable, "write_new", full)
    card = ready.page.report
    card.reviewer.setText("刘伟")
    card.send(tmp_path)
    ready.settle()
    outcome = said(ready)
    assert outcome.tone == "must"
    assert "空间不足" in outcome.sentence
    assert "换一个U盘" in outcome.lines[0]
    assert outcome.lines[-1] == "没有写成，第10周仍未上报。"
    assert ask(ready.desk, state) == "未上报"
    assert card.destination.isVisible()
    shot(ready.page, "exchange-stick-full")


def test_what_the_window_knows_to_do_about_it_is_offered(
    ready: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keyless(*_all: object, **_more: object) -> object:
        raise key_refusals.KeysMissing(FIRST)

    done: list[str] = []
    ready.desk.messages.known["KeysMissing"] = lambda _error: (
        Remedy("输入恢复码", lambda: done.append("recover")),
    )
    monkeypatch.setattr(building, "build", keyless)
    ready.page.share.send(tmp_path)
    ready.settle()
    (button,) = [
        one
        for one in ready.page.outcome.findChildren(QAbstractButton)
        if one.text() == "输入恢复码"
    ]
    click(button)
    assert done == ["recover"]
    assert not ready.page.outcome.isVisible()


def test_a_writing_that_is_stopped_leaves_the_week_open(ready: Room, tmp_path: Path) -> None:
    def stop(job: object) -> None:
        job.progress.cancelled = True  # type: ignore[attr-defined]

    ready.desk.working.connect(stop)
    ready.page.report.reviewer.setText("刘伟")
    ready.page.report.send(tmp_path)
    ready.settle()
    assert said(ready).sentence == "已停止，没有写出。"
    assert said(ready).lines == ("没有写成，第10周仍未上报。",)
    assert ask(ready.desk, state) == "未上报"


def test_a_correction_asks_for_its_reason(ready: Room, homes: Path, tmp_path: Path) -> None:
    card = ready.page.report
    share = colleague(homes)
    card.reviewer.setText("刘伟")
    assert not card.reason.isVisible()
    card.send(tmp_path / "a")
    ready.settle()

    ready.put_in(share)
    click(ready.page.incoming.banner.take)
    ready.settle()
    assert card.title.text() == "更正上报 第10周"
    assert "要写明原因" in card.state.text()
    assert card.reason.isVisible()
    card.send(tmp_path / "b")
    ready.settle()
    assert card.missing.text() == "请写明更正原因。"
    card.reason.setPlainText("监理核减工程量")
    card.send(tmp_path / "b")
    ready.settle()
    assert said(ready).tone == "good", said(ready)
    correction = "SELECT correction FROM submission WHERE period = ?"
    assert ask(
        ready.desk, lambda book: book.connection.execute(correction, (NEXT,)).fetchone()[0]
    ) == ("监理核减工程量")
    shot(ready.page, "exchange-corrected")


def test_a_returned_week_names_the_reason(enter: Callable[..., Room], homes: Path) -> None:
    with of_the_district(homes) as (book, unit):
        sitting.take_in(book, [homes / "stick"])
        cycle.return_week(book, unit, WEEK, book.clock().date(), "投资额与合同不符，请核实。")
        sending.hand_down(book, homes / "down", [unit])
    room = enter(FIRST, WEEK)
    room.put_in(homes / "down")
    click(room.page.incoming.banner.take)
    room.settle()
    card = room.page.report
    assert "投资额与合同不符" in card.returned.text()
    assert card.returned.isVisible()
    assert card.title.text() == "上报 第9周"
    assert card.destination.isVisible()


def test_the_acknowledgement_is_seen_once_it_came(ready: Room, homes: Path, tmp_path: Path) -> None:
    ready.page.report.reviewer.setText("刘伟")
    ready.page.report.send(tmp_path / "up")
    ready.settle()
    with of_the_district(homes) as (book, unit):
        sitting.take_in(book, [tmp_path / "up"])
        sending.hand_down(book, tmp_path / "down", [unit])
    ready.put_in(tmp_path / "down")
    click(ready.page.incoming.banner.take)
    ready.settle()
    (link,) = ready.page.report.links.rows
    assert link.text() == "报告包 第1号　已回执"
    shot(ready.page, "exchange-acknowledged")


def test_a_share_goes_to_the_other_pc(ready: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ready.put_in(stick)
    click(ready.page.share.destination.sticks[0])
    ready.settle()
    assert said(ready).sentence == "互换包已写入 U盘 KINGSTON，读回核对无误，可以拔出。"
    assert len(list(stick.glob("share-*.yzp"))) == 1


def test_a_folder_of_this_pc_is_not_said_to_be_pulled_out(ready: Room, tmp_path: Path) -> None:
    ready.page.share.send(tmp_path / "交换")
    ready.settle()
    assert said(ready).sentence == "互换包已写入文件夹“交换”，读回核对无误。"


def test_what_the_other_side_lacks_is_counted(ready: Room) -> None:
    spin(lambda: len(ready.page.news.fresh) == 2)
    above = next(
        one for unit, one in ready.page.news.fresh.items() if unit != ready.desk.facts.unit
    )
    assert "周调度台账" in above.words


def test_a_unit_that_has_only_answered_can_report_too(enter: Callable[..., Room]) -> None:
    room = enter(ANSWERED, WEEK)
    assert room.page.exchange is not None
    assert room.page.exchange.upward is not None
    assert room.page.exchange.upward.contact


def alone(room: Room) -> None:
    """The book knows nobody's keys but its own, as one that was founded by itself."""
    room.desk.write(room.page, "forget", forget_partners)
    room.settle()


def test_without_contact_upward_the_week_is_submitted_on_paper(ready: Room, homes: Path) -> None:
    alone(ready)
    card = ready.page.report
    assert card.state.text() == ("还没有与上级建立联系，不写数据包；打印、签字、盖章后登记上报。")
    assert not card.destination.isVisible()
    card.reviewer.clear()
    click(card.paper)
    ready.settle()
    assert card.missing.text() == "请填写审核人。"
    assert ask(ready.desk, state) == "未上报"
    shot(ready.page, "exchange-paper")
    card.reviewer.setText("刘伟")
    assert list((homes / FIRST).glob("book.backups/*-submit-*.yzb")) == []
    click(card.paper)
    ready.settle()
    assert said(ready).sentence == "第10周已登记上报，本周已锁定。"
    assert ask(ready.desk, state) == "已上报"
    assert len(list((homes / FIRST).glob("book.backups/*-submit-*.yzb"))) == 1
    signed = "SELECT filler, reviewer FROM submission WHERE period = ?"
    assert ask(
        ready.desk, lambda book: tuple(book.connection.execute(signed, (NEXT,)).fetchone())
    ) == ("张晓燕", "刘伟")
    assert card.title.text() == "第10周已上报"
    assert "审核人刘伟" in card.state.text()
    assert not card.paper.isVisible()
    assert not card.destination.isVisible()
    assert "登记的是纸质周报，没有写数据包" in card.state.text()
    assert [row.text() for row in card.links.rows] == ["纸质周报"]
    assert ready.page.focusWidget() is ready.page.incoming.table
    shot(ready.page, "exchange-paper-done")
    ready.page.land(Landing(text="submit"))
    ready.settle()
    assert ready.page.focusWidget() is card.links.rows[0], "where step 4 of 本周工作 leads"
    QTest.keyClick(card.links.rows[0], KEY.Key_Return)
    assert ready.desk.places[-1] == ("papers", Landing(register="weekly"))


def test_a_week_on_paper_can_be_taken_back(ready: Room) -> None:
    alone(ready)
    card = ready.page.report
    card.reviewer.setText("刘伟")
    assert not card.back.isVisible()
    assert "要改，先撤回登记" in card.hint.text()
    click(card.paper)
    ready.settle()
    ready.answer = False
    click(card.back)
    ready.settle()
    assert ready.asked == ["撤回第10周的登记？"]
    assert ask(ready.desk, state) == "已上报"
    ready.answer = True
    click(card.back)
    ready.settle()
    assert said(ready).sentence == "已撤回第10周的登记。"
    assert ask(ready.desk, state) == "未上报"
    assert card.title.text() == "上报 第10周"
    assert not card.back.isVisible()
    click(card.paper)
    ready.settle()
    assert ask(ready.desk, state) == "已上报"


def test_a_week_in_a_package_is_not_taken_back_on_the_card(ready: Room, tmp_path: Path) -> None:
    ready.page.report.reviewer.setText("刘伟")
    ready.page.report.send(tmp_path / "up")
    ready.settle()
    assert ask(ready.desk, state) == "已上报"
    assert not ready.page.report.back.isVisible()
    assert "数据包" not in ready.page.report.state.text()


def test_a_stick_that_is_read_only_says_why_its_button_is_grey(ready: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ready.put_in(stick, read_only=True)
    for card in (ready.page.report, ready.page.share):
        (button,) = card.destination.sticks
        assert not button.isEnabled()
        assert card.destination.refused.isVisible()
        assert card.destination.refused.text() == (
            "U盘 KINGSTON 写保护，不能写入：把U盘的写保护开关拨开，或换一个U盘、选文件夹。"
        )
    shot(ready.page, "exchange-read-only")
    ready.pull_out()
    assert not ready.page.report.destination.refused.isVisible()
    (tmp_path / "other").mkdir()
    ready.put_in(tmp_path / "other")
    assert not ready.page.report.destination.refused.isVisible()
    click(ready.page.share.destination.sticks[0])
    ready.settle()
    assert said(ready).tone == "good"


def test_photos_that_have_no_room_are_told(
    ready: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.page.share.send(tmp_path / "a")
    ready.settle()
    assert not [line for line in said(ready).lines if "放不下" in line]
    monkeypatch.setattr(building, "following", lambda *_all, **_more: 3)
    ready.page.report.reviewer.setText("刘伟")
    ready.page.report.send(tmp_path / "b")
    ready.settle()
    (told,) = [line for line in said(ready).lines if "放不下" in line]
    assert told.startswith("还有 3 个照片附件这次放不下（一个包最多 96 MB）")
    ready.page.share.send(tmp_path / "c")
    ready.settle()
    assert [line for line in said(ready).lines if line.startswith("还有 3 个照片附件")]


def test_a_correction_on_paper_asks_for_its_reason(ready: Room, homes: Path) -> None:
    share = colleague(homes)
    card = ready.page.report
    card.reviewer.setText("刘伟")
    card.send(homes / "up")
    ready.settle()
    ready.put_in(share)
    click(ready.page.incoming.banner.take)
    ready.settle()
    alone(ready)
    assert card.title.text() == "更正上报 第10周"
    click(card.paper)
    ready.settle()
    assert card.missing.text() == "请写明更正原因。"
    card.reason.setPlainText("监理核减工程量")
    click(card.paper)
    ready.settle()
    correction = "SELECT correction FROM submission WHERE period = ?"
    assert ask(
        ready.desk, lambda book: book.connection.execute(correction, (NEXT,)).fetchone()[0]
    ) == ("监理核减工程量")


def test_without_contact_a_week_not_filled_cannot_be_submitted(town: Room) -> None:
    alone(town)
    assert not town.page.report.paper.isVisible()
    assert town.page.report.links.rows


# Landing on the page ---------------------------------------------------------------------------


def test_a_view_that_is_landed_on_before_the_first_reading_stays_chosen(
    enter: Callable[..., Room],
) -> None:
    room = enter(FIRST, NEXT)
    page = ExchangePage(room.desk, room.port)
    page.land(Landing(tab="settle"))
    page.refresh()
    room.settle()
    assert page.stack.currentWidget() is page.settling
    assert page.views.current() == "settle"
    other = ExchangePage(room.desk, room.port)
    other.return_to(page.place())
    assert other.place() == {"view": "settle"}
    other.refresh()
    room.settle()
    assert other.views.current() == "settle"


def test_the_step_submit_puts_the_keyboard_on_the_card(ready: Room) -> None:
    page, card = ready.page, ready.page.report

    def land() -> QWidget | None:
        page.incoming.table.setFocus()
        page.refresh()
        page.land(Landing(text="submit"))
        page.setFocus()  # As the window does.
        ready.settle()
        return page.focusWidget()

    assert land() is card.filler
    card.reviewer.setText("刘伟")
    alone(ready)
    click(card.paper)
    ready.settle()
    page.incoming.table.setFocus()
    page.refresh()
    ready.settle()
    assert page.focusWidget() is page.incoming.table, "once only"


def test_the_step_submit_of_a_week_not_ready_goes_to_what_keeps_it_back(town: Room) -> None:
    town.page.land(Landing(text="submit"))
    town.settle()
    assert town.page.focusWidget() is town.page.report.links.rows[0]


def forget_partners(book: Book) -> None:
    """As in a book that was founded by itself."""
    other = "SELECT record FROM partner WHERE unit <> ?"
    with records.batch(book, "remove") as batch:
        for (record,) in book.connection.execute(other, (book.unit,)).fetchall():
            batch.remove("partner", record)


def test_a_share_for_a_new_pc_is_asked_for_with_a_tick(ready: Room, tmp_path: Path) -> None:
    card, desk = ready.page.share, ready.desk
    card.show_fresh(Fresh(desk.facts.unit, 0, known=False))
    assert card.whole.isChecked(), "the first share carries everything anyway"
    assert not card.whole.isEnabled()
    card.show_fresh(Fresh(desk.facts.unit, 3, ((3, "条"),)))
    assert card.whole.isEnabled()
    assert not card.whole.isChecked()
    card.whole.click()
    card.send(tmp_path / "新电脑")
    ready.settle()
    assert not card.whole.isChecked(), "the next one is for the PCs that are there"
    (sent,) = [one for one in ask(desk, postbook.sent) if one.kind == "share"]
    assert sent.entries > ask(desk, lambda book: book.journal.position) / 2


def test_a_double_click_writes_once(ready: Room, tmp_path: Path) -> None:
    for _ in range(2):
        ready.page.share.send(tmp_path / "交换")
    ready.settle()
    assert len([one for one in ask(ready.desk, postbook.sent) if one.kind == "share"]) == 1
