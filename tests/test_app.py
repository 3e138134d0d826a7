"""The program with its window: which book opens, a second start, faults of ours, the hard end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop import app, faults, paths
from desktop.app import Program, started
from desktop.exchange.key_refusals import KeysMissing
from desktop.ledger import scheme as schemes
from desktop.ledger import workspace
from desktop.ledger.verify import verify
from desktop.ledger.workspace import Book
from desktop.ui import memory
from desktop.ui.papers.page import PapersPage
from desktop.ui.shell.menu import MENU
from desktop.ui.start.window import StartWindow
from desktop.ui.week import township_level
from desktop.ui.week.page import WeekPage
from desktop.ui.week.township import TownshipView
from tests.stories.conftest import person
from tests.stories.person import Person
from tests.stories.sheet import Sheet
from tests.ui.conftest import book_copy, demonstration, no_windows_left, qapp, spin

__all__ = ["book_copy", "demonstration", "no_windows_left", "person", "qapp"]

ROOT = Path(__file__).resolve().parents[1]
Copy = Callable[[str], Path]
Start = Callable[[Path], Person]

#: A clerk who types without an end and says what is on the disk.
TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.stories.person import Person
from tests.stories.sheet import Sheet

app = QApplication([])
clerk = Person(Path(sys.argv[1]))
clerk.press("Alt+Right", "Ctrl+4")
clerk.wait()
sheet = Sheet(clerk)
sheet.click(sheet.projects()[0], "completed_week")
number = 0
while True:
    for project in sheet.projects():
        number += 1
        sheet.click(project, "completed_week")
        clerk.type(str(number))
        clerk.press("Enter")
        clerk.wait()
        print(number, flush=True)
        clerk.type("9")
        QTest.qWait(1)  # in the middle of the next one
        clerk.press("Esc")
"""

#: Another process that has the book open.
HOLDING = """
import sys
from pathlib import Path
from desktop.ledger import workspace

with workspace.open_book(Path(sys.argv[1]), operator="命令行"):
    print("open", flush=True)
    sys.stdin.read()
"""


def process(*arguments: str, **more: Any) -> subprocess.Popen[str]:
    """Another Python on this PC, of the same person."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen([sys.executable, *arguments], env=env, text=True, **more)


@pytest.fixture
def begun(qapp: QApplication, profile: Path) -> Iterator[Callable[[Path | None], Program]]:
    """Start the program and wait for whatever window it shows."""
    programs: list[Program] = []

    def start(book: Path | None) -> Program:
        program = started(book)
        programs.append(program)
        spin(lambda: program.window is not None or shown(program) is not None)
        return program

    yield start
    for program in programs:
        if program.window is not None:
            program.window.end()


def shown(program: Program) -> StartWindow | None:
    """The first start, where it is seen."""
    return program.start if program.start is not None and program.start.isVisible() else None


def reports() -> list[str]:
    """The reports of faults that were saved."""
    folder = paths.reports_folder()
    return [path.read_text("utf-8") for path in sorted(folder.glob("故障-*.txt"))]


# Which book opens --------------------------------------------------------------------------------


def test_without_a_book_the_first_start_is_shown(begun: Callable[[Path | None], Program]) -> None:
    program = begun(None)
    assert program.window is None and shown(program) is not None


def test_the_book_opened_last_is_opened_again(
    begun: Callable[[Path | None], Program], person: Start, book_copy: Copy
) -> None:
    township, district = book_copy("townships/01.yzb"), book_copy("district.yzb")
    for book in (district, township):
        person(book).close()
    program = begun(None)
    assert program.window is not None and program.window.desk.facts.path == township
    assert program.recent() == [township, district]


def test_a_book_that_was_closed_by_hand_is_not_opened_by_itself(
    begun: Callable[[Path | None], Program], person: Start, book_copy: Copy
) -> None:
    clerk = person(book_copy("townships/01.yzb"))
    clerk.desk.open_book(None)
    spin(lambda: shown(clerk.program) is not None)
    assert clerk.program.window is None
    assert shown(begun(None)) is not None


def test_a_book_that_is_gone_is_not_missed(
    begun: Callable[[Path | None], Program], person: Start, book_copy: Copy
) -> None:
    book = book_copy("townships/01.yzb")
    person(book).close()
    book.unlink()
    program = begun(None)
    assert shown(program) is not None and program.recent() == []


def test_another_book_closes_the_first(person: Start, book_copy: Copy) -> None:
    first, second = book_copy("townships/01.yzb"), book_copy("district.yzb")
    clerk = person(first)
    lock = first.with_name(f"{first.name}.lock")
    assert lock.exists()
    window = clerk.window
    clerk.desk.open_book(second)
    spin(lambda: clerk.program.window not in (None, window))
    assert clerk.desk.facts.path == second
    assert not lock.exists()
    assert person(first).desk.facts.path == first  # and nobody answers in its name


def test_a_book_that_cannot_be_opened_leads_to_the_first_start(
    begun: Callable[[Path | None], Program], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yzb"
    broken.write_bytes(b"not a book")
    program = begun(broken)
    start = shown(program)
    assert start is not None and start.banner.isVisible()
    assert "broken.yzb" in start.banner.sentence.text()


# Two at once -------------------------------------------------------------------------------------


def test_a_second_start_brings_the_first_forward_and_ends(person: Start, book_copy: Copy) -> None:
    book = book_copy("townships/01.yzb")
    clerk = person(book)
    clerk.window.showMinimized()
    second = process("-m", "desktop", str(book))
    spin(lambda: second.poll() is not None)
    assert second.returncode == 0
    spin(lambda: not clerk.window.isMinimized())
    clerk.sit_down()
    assert clerk.desk.facts.path == book


def test_a_start_after_the_end_is_the_first_again(person: Start, book_copy: Copy) -> None:
    book = book_copy("townships/01.yzb")
    person(book).close()
    assert person(book).desk.facts.path == book


def test_a_book_that_a_command_has_open_is_said_to_be_in_use(
    begun: Callable[[Path | None], Program], book_copy: Copy
) -> None:
    book = book_copy("townships/01.yzb")
    command = process("-c", HOLDING, str(book), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert command.stdin is not None and command.stdout is not None
    with command:
        assert command.stdout.readline() == "open\n"
        program = begun(book)
        start = shown(program)
        assert start is not None and program.window is None
        assert "账本正由另一个窗口使用" in start.banner.sentence.text()
        assert str(command.pid) in start.banner.sentence.text()
        command.stdin.close()
    program.open(book)
    spin(lambda: program.window is not None)


# Where one was -----------------------------------------------------------------------------------


def test_the_window_is_as_large_as_it_was(
    begun: Callable[[Path | None], Program], person: Start, book_copy: Copy
) -> None:
    book = book_copy("townships/01.yzb")
    clerk = person(book)
    clerk.window.resize(1180, 660)  # wider than the screen that tests have: the height is kept
    clerk.wait()
    clerk.close()
    again = begun(book)
    assert again.window is not None and again.window.height() == 660
    again.window.showMaximized()
    again.window.close()
    spin(lambda: again.window is None)
    maximized = begun(book)
    assert maximized.window is not None and maximized.window.isMaximized()


@pytest.mark.parametrize(
    "kept",
    [
        b'{"page": "gone", "places": {"gone": {"row": "1"}}, "period": "2023-W99"}',
        b'{"page": 7, "places": [], "period": 3, "operator": 5}',
        b'{"page": "grid", "places": {"grid": {"register": "gone", "row": "x", "column": "gone"}}}',
        b"no JSON at all",
    ],
    ids=["unknown", "other kinds", "spoilt place", "spoilt file"],
)
def test_a_memory_that_makes_no_sense_keeps_nobody_out(
    person: Start, book_copy: Copy, profile: Path, kept: bytes
) -> None:
    book = book_copy("townships/01.yzb")
    with workspace.open_book(book) as opened:
        remembered = memory.of_book(profile, opened.identity).path
    remembered.parent.mkdir(parents=True, exist_ok=True)
    remembered.write_bytes(kept)
    clerk = person(book)
    assert clerk.desk.period == "2023-W10"
    for entry in MENU:
        clerk.window.show_page(entry.name)
        clerk.wait()
    # That this PC has no keys of a copied book is said once, whenever the worker has seen it.
    keys, banner = str(KeysMissing(clerk.desk.facts.unit_name)), clerk.window.banner
    assert (not banner.isVisible() or banner.accessibleName() == keys) and reports() == []


# Faults of ours ----------------------------------------------------------------------------------


@pytest.fixture
def main(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path, Callable[[Person], None]], int]]:
    """Run the program as it is run; a person does something with it and closes the window."""
    made: list[Program] = []
    real = started

    def started_here(book: Path | None) -> Program:
        made.append(real(book))
        return made[-1]

    monkeypatch.setattr(app, "started", started_here)

    def run(book: Path, story: Callable[[Person], None]) -> int:
        failed: list[BaseException] = []

        def begin() -> None:
            try:
                clerk = Person.of(made[-1])
                story(clerk)
                clerk.window.close()
            except BaseException as error:
                failed.append(error)
                qapp.quit()

        QTimer.singleShot(0, qapp, begin)
        code = app.main(book)
        if failed:
            raise failed[0]
        return code

    yield run


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_a_page_is_reported_told_and_over(
    main: Callable[[Path, Callable[[Person], None]], int],
    book_copy: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(township_level.TownshipLevel, "step", fall)

    def story(clerk: Person) -> None:
        view = clerk.page.findChild(TownshipView)
        assert isinstance(view, TownshipView)
        told: list[object] = []
        clerk.desk.messages.warned.connect(told.append)
        clerk.click(view.steps["fill"])
        clerk.wait()
        banner = clerk.window.banner
        assert "程序出现故障（ZeroDivisionError）" in banner.sentence.text()
        assert banner.height() < 100  # it hides little of the page
        (report,) = reports()
        assert "a fault of ours" in report and "in fall" in report
        clerk.look("fault")
        clerk.click(view.steps["fill"])  # the same again is not reported again
        clerk.press("Alt+Right", "Ctrl+4")  # and everything else goes on
        clerk.wait()
        sheet = Sheet(clerk)
        sheet.click(sheet.projects()[0], "completed_week")
        clerk.type("12")
        clerk.press("Enter")
        assert clerk.ask(lambda book: len(book.rows("weekly", "2023-W11"))) == 1
        assert len(told) == len(reports()) == 1

    assert main(book_copy("townships/01.yzb"), story) == 0


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_reading_a_page_anew_does_not_loop(
    main: Callable[[Path, Callable[[Person], None]], int],
    book_copy: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fell: list[str] = []

    def fall(page: WeekPage) -> None:
        fell.append(page.desk.period)
        raise KeyError("a fault of ours")

    monkeypatch.setattr(WeekPage, "refresh", fall)
    saved: list[BaseException] = []
    save = faults.save

    def counted(error: BaseException, said: list[str]) -> faults.Fault:
        saved.append(error)
        return save(error, said)

    monkeypatch.setattr(faults, "save", counted)

    def story(clerk: Person) -> None:
        clerk.press("Alt+Right")
        clerk.wait()
        assert clerk.window.banner.isVisible()
        assert fell == ["2023-W10", "2023-W11"]
        assert len(saved) == len(reports()) == 1  # the same fault, whoever asked
        clerk.press("Ctrl+2")
        clerk.wait()
        assert clerk.page.name == "project"

    assert main(book_copy("townships/01.yzb"), story) == 0


def test_a_fault_in_the_books_thread_leaves_the_book_as_it_was(
    person: Start, book_copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(book: Book, _period: str) -> None:
        book.connection.execute("BEGIN")
        book.connection.execute("UPDATE project SET place = '不该留下'")
        raise ZeroDivisionError("a fault of ours")

    clerk = person(book_copy("townships/01.yzb"))
    before = clerk.ask(lambda book: book.journal.head)
    monkeypatch.setattr(township_level, "week_of", fall)
    clerk.press("Alt+Right")
    clerk.wait()
    assert "程序出现故障" in clerk.window.banner.sentence.text()
    assert "a fault of ours" in reports()[0]
    assert clerk.ask(lambda book: book.journal.head) == before
    assert "不该留下" not in clerk.ask(lambda book: [row["place"] for row in book.rows("project")])
    monkeypatch.undo()
    clerk.press("Alt+Left", "Ctrl+2")
    clerk.wait()
    assert clerk.ask(lambda book: verify(book)).ok


# The hard end ------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [one for one in ("SIGTERM", "SIGKILL") if hasattr(signal, one)])
def test_a_hard_end_while_somebody_types_loses_nothing(
    person: Start, book_copy: Copy, end: str
) -> None:
    book = book_copy("townships/01.yzb")
    typing = process("-c", TYPING, str(book), stdout=subprocess.PIPE)
    assert typing.stdout is not None
    with typing:
        for number in range(1, 18):  # beyond the last row: over what was typed before
            assert typing.stdout.readline() == f"{number}\n"
        typing.send_signal(signal.Signals[end])
        said = [int(line) for line in typing.stdout]
    assert typing.returncode != 0
    last = max([17, *said])
    clerk = person(book)
    assert clerk.desk.period == "2023-W11"
    done = clerk.ask(
        lambda opened: sorted(
            row["completed_week"] // 10_000 for row in opened.rows("weekly", "2023-W11")
        )
    )
    kept = list(range(last - 11, last + 1))
    # One more may be on the disk that nobody was told of any more.
    assert done in (kept, [*kept[1:], last + 1])
    assert clerk.ask(lambda opened: verify(opened)).ok


# Other schemes -----------------------------------------------------------------------------------


LISTS = (
    *("decision", "letter", "meeting", "milestone", "problem", "reply", "sponsor", "stopped"),
    *("supervision", "target"),
)
#: What the shipped definitions say of the lists, by a part of the word.
OF_LISTS = ("problem", "milestone", "stopped", "close_out_rate", *LISTS)


def shipped() -> dict[str, str]:
    """The texts of the shipped scheme."""
    folder = paths.scheme_folder("investment")
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.toml")
    }


def without_supervision() -> schemes.Scheme:
    """Supervised items, and the letters that name them, are not kept."""
    texts = shipped()
    for name in ("supervision", "letter", "reply"):
        del texts[f"registers/{name}.toml"]
    return schemes.parse(texts)


def without_lists() -> schemes.Scheme:
    """Projects and their ledger alone, with the checks, indicators and lights that concern them."""
    texts = shipped()
    for name in LISTS:
        del texts[f"registers/{name}.toml"]
    for name in ("ledgers.toml", "synonyms.toml"):
        del texts[name]
    for name in ("checks.toml", "indicators.toml", "presets.toml"):
        blocks = re.split(r"^(?=\[\[)", texts[name], flags=re.MULTILINE)
        kept = [one for one in blocks[1:] if not any(word in one for word in OF_LISTS)]
        assert 0 < len(kept) < len(blocks) - 1
        texts[name] = "".join([blocks[0], *kept])
    return schemes.parse(texts)


def small_book(path: Path, level: str, scheme: schemes.Scheme) -> Path:
    """A project with a week, in a book of ``level``."""
    with workspace.create(path, "源汇区", level, scheme=scheme) as book:
        unit = book.unit
        if level == "district":
            with book.batch("create") as batch:
                below = {"name": "空冢郭镇", "level": "township", "above": unit}
                unit = batch.create("unit", below)
        with book.batch("create") as batch:
            fields = {"name": "东环路改造", "unit": unit, "state": "在建"}
            project = batch.create("project", fields)
            week = {"project": project, "period": "2023-W09", "completed_week": 120_000}
            batch.create("weekly", week)
    return path


@pytest.mark.parametrize("level", ["township", "district"])
@pytest.mark.parametrize("scheme", [without_supervision, without_lists])
def test_every_page_stands_on_a_smaller_scheme(
    person: Start, tmp_path: Path, level: str, scheme: Callable[[], schemes.Scheme]
) -> None:
    clerk = person(small_book(tmp_path / "small.yzb", level, scheme()))
    for number, entry in enumerate(MENU, 1):
        clerk.press(f"Ctrl+{number}")
        clerk.wait()
        assert clerk.page.name == entry.name
        clerk.look(f"small-{scheme.__name__}-{level}-{entry.name}")
        banner = clerk.window.banner
        if isinstance(clerk.page, PapersPage) and scheme is without_lists:
            assert "没有周调度报告要用的指标" in banner.sentence.text()
            clerk.press("Esc")
            while clerk.focus is not clerk.page.shelf:
                clerk.press("Shift+Tab")
            clerk.down_to("周调度台账")  # the ledger is printed all the same
            clerk.wait()
            assert clerk.page.proof is not None
        assert not banner.isVisible(), f"{entry.name}: {banner.sentence.text()}"
    assert reports() == []


def test_a_scheme_without_indicators_is_said_and_no_fault_of_ours(
    person: Start, tmp_path: Path
) -> None:
    texts = shipped()
    for name in ("indicators.toml", "presets.toml"):
        del texts[name]
    clerk = person(small_book(tmp_path / "bare.yzb", "township", schemes.parse(texts)))
    assert "indicators.toml" in clerk.window.banner.sentence.text()
    for number in range(1, len(MENU) + 1):
        clerk.press(f"Ctrl+{number}")
        clerk.wait()
    assert reports() == []
    clerk.press("Ctrl+4")  # what needs no indicators goes on
    clerk.wait()
    sheet = Sheet(clerk)
    sheet.click("东环路改造", "completed_week")
    clerk.type("12")
    clerk.press("Enter")
    (row,) = clerk.ask(lambda book: [dict(one) for one in book.rows("weekly", "2023-W09")])
    assert row["completed_week"] == 120_000


# The keyboard ------------------------------------------------------------------------------------


@pytest.mark.parametrize("book", ["townships/01.yzb", "district.yzb"], ids=["township", "district"])
def test_every_control_of_every_page_is_reached_by_keyboard(
    person: Start, book_copy: Copy, book: str
) -> None:
    clerk = person(book_copy(book))
    for number, entry in enumerate(MENU, 1):
        clerk.press(f"Ctrl+{number}")
        clerk.wait()
        wanted = {named(one) for one in controls(clerk.page)}
        for _ in range(3):  # from the page, from the menu, from the week
            visited: list[QWidget] = []
            while clerk.focus not in visited:
                visited.append(clerk.focus)
                wanted.discard(named(clerk.focus))
                before = clerk.focus
                clerk.press("Tab")
                if clerk.focus is before:  # a grid keeps Tab to itself
                    break
            clerk.press("F6")
        assert not wanted, f"{entry.name}: {wanted}"


def test_every_choice_of_the_first_start_is_reached_by_keyboard(
    person: Start, book_copy: Copy
) -> None:
    clerk = person(book_copy("townships/01.yzb"))
    clerk.desk.open_book(None)
    spin(lambda: shown(clerk.program) is not None)
    start = shown(clerk.program)
    assert start is not None
    start.activateWindow()
    assert QTest.qWaitForWindowActive(start)
    wanted = {named(one) for one in controls(start)}
    assert len(wanted) == 6  # five choices and the book that was open
    for _ in range(len(wanted)):
        focus = QApplication.focusWidget()
        assert focus is not None
        wanted.discard(named(focus))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert not wanted


def test_who_leaves_the_search_is_back_on_the_page(person: Start, book_copy: Copy) -> None:
    clerk = person(book_copy("townships/01.yzb"))
    clerk.press("Ctrl+4")
    clerk.wait()
    sheet = Sheet(clerk)
    clerk.press("Ctrl+K")
    clerk.type("dlts")
    clerk.press("Esc")
    assert clerk.focus is sheet.view


def named(control: QWidget) -> str:
    """A control's name without the figures that may change while one goes on."""
    return f"{type(control).__name__} {re.sub('[0-9]+', '', control.accessibleName())}"


def controls(page: QWidget) -> list[QWidget]:
    """What takes the keyboard; of exclusive buttons the chosen one, arrows do the rest."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        if one.focusProxy() is None
        if not (isinstance(one, QAbstractButton) and one.group() and not one.isChecked())
    ]
