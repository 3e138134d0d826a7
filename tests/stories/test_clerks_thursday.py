"""The clerk's Thursday: a week from the empty grid to the submitted report, by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.exchange import container
from desktop.ledger import checks, cycle
from desktop.ledger.verify import verify
from desktop.ledger.workspace import Book
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.papers import printing
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.setup import Setup
from desktop.ui.parts import BigStep
from desktop.ui.project.page import ProjectPage
from desktop.ui.week.township import TownshipView
from tests.stories.person import Person
from tests.stories.sheet import Sheet
from tests.ui.conftest import spin
from tests.ui.exchange.apart import with_keys

WEEK, BEFORE, AFTER = "2023-W11", "2023-W10", "2023-W12"
WAN = 10_000

#: What the clerk types under 本周完成, in the order of the grid; what it means in 万元.
TYPED = {
    "艾宝克联想智能终端制造项目": ("815.5", 815.5),
    "裕鑫电子集成电路（新型显示）产业园项目": ("0.125亿", 1250),
    "三秦光学镜片玻璃生产项目": ("", None),  # comes later from the statistics office
    "大轴机电CNC精雕机生产项目": ("550.25", 550.25),
    "晟帆科技显示面板生产项目": ("850", 850),
    "沙澧高新区充电基础设施建设项目": ("560", 560),  # ten times too much: to be explained
    "沙澧高新区冷链物流园项目": ("0", 0),
    "沙澧高新区道路提升工程": ("0", 0),
    "漯河市源汇区光电产业园项目": ("0", 0),
    "沙澧高新区屋顶分布式光伏项目": ("142", 142),
    "沙澧高新区标准化厂房建设项目": ("1,381.5", 1381.5),
    "沙澧高新区食品加工产业园项目": ("250", 250),
}

FIRST, WRONG, REFUSED = list(TYPED)[:3]
NEXT = "沙澧高新区标准化厂房建设项目"
PLACE = "湘江路与黄山路交叉口东北角"
LARGE = "沙澧高新区充电基础设施建设项目"
EXPLAINED = "设备一次到货安装，发票、验收单齐全，数据属实。"
#: What comes from the township's own Excel table, one cell with a line break.
PROGRESS = dict(
    zip(
        TYPED,
        (
            "主体工程施工至九层，完成总工程量的26%",
            "洁净厂房机电安装，\n完成总工程量的27.5%",
            "二次结构砌筑，完成总工程量的22.4%",
            "主体工程施工，完成总工程量的30.6%",
            "主体工程施工，完成总工程量的28.8%",
            "充电桩安装调试，完成总工程量的39.6%",
            "办理施工图设计",
            "停工，现场留守看护（已停工5周）",
            "办理施工图设计",
            "支架安装，完成总工程量的31%",
            "基础工程施工，完成总工程量的11.8%",
            "主体工程施工，完成总工程量的33.9%",
        ),
        strict=True,
    )
)


def test_the_clerks_thursday(
    person: Callable[[Path], Person],
    book_copy: Callable[[str], Path],
    demonstration: Path,
    profile: Path,
    tmp_path: Path,
) -> None:
    with_keys(demonstration, profile)
    book = book_copy("townships/01.yzb")
    clerk = person(book)
    goes_to_the_next_week(clerk)
    types_the_weeks_figures(clerk)
    pastes_the_progress_from_excel(clerk)
    pastes_figures_with_two_mistakes(clerk)
    has_the_week_checked_and_lands_in_the_first_finding(clerk)
    mends_by_the_button_beside_the_grid(clerk)
    mends_by_typing(clerk)
    explains_in_words(clerk)
    takes_back_and_does_again(clerk)
    sorts_and_filters(clerk)
    sees_that_all_is_green(clerk)
    prints_the_report(clerk, tmp_path)
    saves_it_as_pdf(clerk, tmp_path)
    submits(clerk, tmp_path / "U盘")
    finds_the_week_locked(clerk)
    closes_in_the_middle_of_a_field(clerk)
    again = person(book)
    finds_everything_again(again)
    closes_in_the_middle_of_a_cell(again)
    at_last = person(book)
    finds_cell_row_and_week_again(at_last)
    the_book_holds_every_value_once(at_last)


def goes_to_the_next_week(clerk: Person) -> None:
    clerk.press("Alt+Right")
    clerk.wait()
    assert clerk.desk.period == WEEK
    assert weekly(clerk) == {}
    clerk.look("thursday-01-empty-week")


def types_the_weeks_figures(clerk: Person) -> None:
    clerk.click(steps(clerk)["fill"])
    clerk.wait()
    sheet = Sheet(clerk)
    assert sheet.at()[1] == "completed_week"
    assert sheet.projects() == list(TYPED)
    clerk.click(chip(sheet, "待填"))  # the counts change while one types, the keyboard stays
    clerk.wait()
    sheet.click(sheet.projects()[0], "completed_week")
    for text, _ in TYPED.values():
        clerk.type(text)
        clerk.press("Enter")
    clerk.look("thursday-02-figures-typed")
    clerk.click(chip(sheet, "全部"))
    before, now = weekly(clerk, BEFORE), weekly(clerk)
    assert now.keys() == TYPED.keys() - {REFUSED}
    for name, (_, amount) in TYPED.items():
        if amount is None:
            continue
        done = round(amount * WAN)
        assert now[name]["completed_week"] == done
        assert now[name]["completed_year"] == before[name]["completed_year"] + done
        assert now[name]["completed_total"] == before[name]["completed_total"] + done


def pastes_the_progress_from_excel(clerk: Person) -> None:
    sheet = Sheet(clerk)
    lines = [*PROGRESS.values(), "另一个镇的项目"]
    clerk.copy_elsewhere("".join(f"{quoted(line)}\r\n" for line in lines))
    sheet.click(next(iter(PROGRESS)), "physical_progress")
    clerk.press("Ctrl+V")
    clerk.wait()
    assert sheet.page.note.said() == "剪贴板有 13 行，表中只剩 12 行，最后 1 行没有粘贴。"
    assert {name: row["physical_progress"] for name, row in weekly(clerk).items()} == PROGRESS
    clerk.look("thursday-03-progress-pasted")


def pastes_figures_with_two_mistakes(clerk: Person) -> None:
    sheet = Sheet(clerk)
    before = weekly(clerk)
    clerk.copy_elsewhere(
        "８１６\t７，９７４\t３９１７４\r\n1,251.00\t14,600\t56,501\r\n待统计\t\t\r\n"
    )
    sheet.click(FIRST, "completed_week")
    clerk.press("Ctrl+V")
    now = weekly(clerk)
    assert figures(now[FIRST]) == (816, 7974, 39174)
    assert figures(now[WRONG]) == (1251, 14600, 56501)  # 13250 and 1251 are 14501
    assert figures(now[REFUSED]) == (None, None, None)  # the text is not in the book …
    assert sheet.text(REFUSED, "completed_week") == "待统计"  # … but still to be seen
    others = TYPED.keys() - {FIRST, WRONG, REFUSED}
    assert {name: now[name] for name in others} == {name: before[name] for name in others}
    clerk.look("thursday-04-two-mistakes")


def has_the_week_checked_and_lands_in_the_first_finding(clerk: Person) -> None:
    sheet = Sheet(clerk)
    clerk.press("F9")
    clerk.wait()
    assert clerk.window.status.note.text().startswith("审核完成：待填 1 个项目，错误 ")
    assert sheet.at() == (WRONG, "completed_year")
    clerk.look("thursday-05-checked")
    round_again = [
        (REFUSED, "completed_week"),
        (REFUSED, "completed_year"),
        (REFUSED, "completed_total"),
        (LARGE, "completed_week"),
        (WRONG, "completed_year"),
    ]
    for cell in round_again:
        clerk.press("F8")
        assert sheet.at() == cell


def mends_by_the_button_beside_the_grid(clerk: Person) -> None:
    sheet = Sheet(clerk)
    assert "累计应为 13,250＋1,251＝14,501 万元" in sheet.read_aside()
    clerk.click(sheet.button("累计改为 14,501"))
    assert figures(weekly(clerk)[WRONG]) == (1251, 14501, 56501)


def mends_by_typing(clerk: Person) -> None:
    sheet = Sheet(clerk)
    clerk.press("F8")
    assert sheet.at() == (REFUSED, "completed_week")
    assert "没有写入" in sheet.read_aside()
    clerk.look("thursday-06-refused")
    clerk.type("191.5")
    clerk.press("Enter")
    assert figures(weekly(clerk)[REFUSED]) == (191.5, 1060.25, 11160.25)  # both follow


def explains_in_words(clerk: Person) -> None:
    sheet = Sheet(clerk)
    clerk.press("F8")
    assert sheet.at() == (LARGE, "completed_week")
    assert "一周完成了年度计划" in sheet.read_aside()
    clerk.press("Ctrl+E")
    clerk.type(EXPLAINED)
    clerk.look("thursday-07-explaining")
    clerk.press("Ctrl+Enter")
    assert explanations(clerk) == [EXPLAINED]
    clerk.press("F8")
    assert clerk.window.status.note.text() == "没有要处理的提示。"
    assert clerk.focus is sheet.view


def takes_back_and_does_again(clerk: Person) -> None:
    """Three acts back, three forth: the book is what it was, and so is what is seen."""
    sheet = Sheet(clerk)
    done = weekly(clerk)
    clerk.press("Ctrl+Z")
    assert explanations(clerk) == []
    clerk.press("Ctrl+Z")
    assert figures(weekly(clerk)[REFUSED]) == (None, None, None)
    clerk.press("Ctrl+Z")
    assert figures(weekly(clerk)[WRONG]) == (1251, 14600, 56501)
    clerk.look("thursday-08-taken-back")
    assert sheet.text(WRONG, "completed_year") == "14,600"
    clerk.press("Ctrl+Y", "Ctrl+Y", "Ctrl+Y")
    assert weekly(clerk) == {**done, **weekly(clerk)} and explanations(clerk) == [EXPLAINED]
    assert {name: figures(row) for name, row in weekly(clerk).items()} == {
        name: figures(row) for name, row in done.items()
    }
    assert sheet.text(WRONG, "completed_year") == "14,501"


def sorts_and_filters(clerk: Person) -> None:
    sheet = Sheet(clerk)
    assert sheet.projects() == list(TYPED)
    done = {name: row["completed_week"] for name, row in weekly(clerk).items()}
    sort_by(sheet, "completed_week")
    clerk.wait()
    assert [done[name] for name in sheet.projects()] == sorted(done.values())
    clerk.click(sheet.page.headline.box)
    clerk.type("cyy")
    spin(lambda: sheet.model.rowCount() == 3)
    assert all("产业园" in name for name in sheet.projects())
    clerk.look("thursday-09-sorted-and-filtered")
    clerk.press("Esc")
    spin(lambda: sheet.model.rowCount() == 12)


def sees_that_all_is_green(clerk: Person) -> None:
    clerk.press("Ctrl+1")
    clerk.wait()
    assert states(clerk) == {"fill": "done", "check": "done", "print": "next", "submit": "plain"}
    clerk.look("thursday-10-all-green")


def prints_the_report(clerk: Person, folder: Path) -> None:
    clerk.click(steps(clerk)["print"])
    page = clerk.page
    assert isinstance(page, PapersPage)
    target = folder / "printed.pdf"
    page.verbs.printers = lambda: ("二楼打印机",)
    page.verbs.printer_for = lambda setup, title: on_paper(setup, title, target)
    clerk.look("thursday-11-print", clerk.dialog)
    clerk.press("Enter")
    spin(lambda: clerk.window.status.note.text().startswith("已送到打印机 二楼打印机"))
    assert page.proof is not None
    assert len(PdfPages(target.read_bytes()).sizes) == page.proof.pages
    clerk.look("thursday-12-report")


def saves_it_as_pdf(clerk: Person, folder: Path) -> None:
    page = clerk.page
    assert isinstance(page, PapersPage)
    asked: list[Path] = []

    def answer(_parent: QWidget, _title: str, proposed: Path, _kinds: str) -> Path:
        asked.append(proposed)
        return folder / proposed.name

    page.verbs.ask = answer
    clerk.press("Ctrl+S")
    clerk.wait()
    (proposed,) = asked
    said = words_of(folder / proposed.name)
    for name, row in weekly(clerk).items():
        week, year, _ = figures(row)
        assert f"{week:,.2f} {year:,.2f}" in said, name
    assert "5,992.25 49,066.00" in said  # the sums, worked out by hand
    assert EXPLAINED[:8] in said


def submits(clerk: Person, stick: Path) -> None:
    stick.mkdir()
    clerk.press("Ctrl+1")
    clerk.wait()
    assert states(clerk) == {"fill": "done", "check": "done", "print": "done", "submit": "next"}
    clerk.click(steps(clerk)["submit"])
    clerk.wait()
    page = clerk.page
    assert isinstance(page, ExchangePage)
    report = page.report
    report.destination.ask = lambda _parent, _title, _folder: stick
    clerk.click(report.filler)
    clerk.press("Ctrl+A")
    clerk.type("张晓燕")
    clerk.press("Enter")
    clerk.type("刘伟")
    clerk.look("thursday-13-submit")
    clerk.click(report.destination.folder)
    clerk.wait()
    (package,) = stick.iterdir()
    assert container.read_header(package.read_bytes()).kind == "report"
    clerk.look("thursday-13-written")
    clerk.press("Ctrl+1")
    clerk.wait()
    assert states(clerk) == dict.fromkeys(("fill", "check", "print", "submit"), "done")
    sent = clerk.ask(lambda book: cycle.submission(book, book.unit, WEEK))
    assert sent.state == "已上报"
    rows = clerk.ask(lambda book: [dict(row) for row in book.rows("submission", WEEK)])
    assert [(row["filler"], row["reviewer"]) for row in rows] == [("张晓燕", "刘伟")]
    clerk.look("thursday-14-submitted")


def finds_the_week_locked(clerk: Person) -> None:
    clerk.press("Ctrl+4")
    sheet = Sheet(clerk)
    sheet.click(FIRST, "completed_week")
    before = weekly(clerk)
    clerk.type("9")
    assert "已经上报，不能再改" in sheet.view.bubble.sentence and clerk.focus is sheet.view
    clerk.press("Enter", "Delete")
    clerk.look("thursday-15-locked")
    assert weekly(clerk) == before


def closes_in_the_middle_of_a_field(clerk: Person) -> None:
    clerk.press("Ctrl+2")
    clerk.wait()
    clerk.press("Ctrl+F")
    clerk.type("dlts")
    clerk.press("Enter")
    page = clerk.page
    assert isinstance(page, ProjectPage)
    spin(lambda: page.label == "沙澧高新区道路提升工程")
    clerk.wait()
    clerk.click(page.form.boxes["place"].editor.inner)
    clerk.press("Ctrl+A")
    clerk.type(PLACE)
    clerk.look("thursday-16-typing-in-the-file")
    clerk.close()


def finds_everything_again(clerk: Person) -> None:
    page = clerk.page
    assert isinstance(page, ProjectPage)
    assert clerk.desk.period == WEEK
    assert page.label == "沙澧高新区道路提升工程"
    assert page.form.boxes["place"].editor.text() == PLACE
    clerk.look("thursday-17-again")


def closes_in_the_middle_of_a_cell(clerk: Person) -> None:
    clerk.press("Alt+Right", "Ctrl+4")
    clerk.wait()
    Sheet(clerk).click(NEXT, "completed_week")
    clerk.type("41")
    clerk.look("thursday-18-typing-in-a-cell")
    clerk.close()


def finds_cell_row_and_week_again(clerk: Person) -> None:
    assert clerk.desk.period == AFTER
    sheet = Sheet(clerk)
    assert sheet.at() == (NEXT, "completed_week")
    assert figures(weekly(clerk, AFTER)[NEXT])[0] == 41
    clerk.look("thursday-19-cell-again")


def the_book_holds_every_value_once(clerk: Person) -> None:
    outcome = clerk.ask(lambda book: verify(book))
    assert outcome.ok, outcome.problems
    done = clerk.ask(written)
    for name, (_, amount) in TYPED.items():
        later = {FIRST: 816, WRONG: 1251, REFUSED: 191.5}.get(name)  # pasted, typed anew
        entered = [round(one * WAN) for one in (amount, later) if one is not None]
        assert done["weekly", WEEK, name, "completed_week"] == entered
        assert done["weekly", WEEK, name, "physical_progress"] == [PROGRESS[name]]
    offered, pasted, mended = 14500 * WAN, 14600 * WAN, 14501 * WAN
    assert done["weekly", WEEK, WRONG, "completed_year"] == [offered, pasted, mended]
    assert done["weekly", AFTER, NEXT, "completed_week"] == [41 * WAN]
    assert done["project", "", "沙澧高新区道路提升工程", "place"] == [PLACE]
    texts = [text for key, texts in done.items() if key[0] == "explanation" for text in texts]
    assert texts.count(EXPLAINED) == 1


def steps(clerk: Person) -> dict[str, BigStep]:
    """The four big buttons of 本周工作."""
    view = clerk.page.findChild(TownshipView)
    assert isinstance(view, TownshipView)
    return {str(name): step for name, step in view.steps.items()}


def states(clerk: Person) -> dict[str, str]:
    """How the four big buttons look."""
    return {name: step.state() for name, step in steps(clerk).items()}


def on_paper(setup: Setup, title: str, target: Path) -> QPrinter:
    """A printer whose paper is a file."""
    printer = printing.printer_for(setup, title)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def words_of(pdf: Path) -> str:
    """All words of a PDF."""
    with pdfplumber.open(pdf) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def chip(sheet: Sheet, words: str) -> QAbstractButton:
    """A filter above the grid."""
    found = sheet.page.headline.chips.findChildren(QAbstractButton)
    return next(one for one in found if one.accessibleName().startswith(words))


def sort_by(sheet: Sheet, field: str) -> None:
    """Open the menu of a column and choose the first way of sorting."""
    place = sheet.view.measures.place_of(sheet.column(field))
    heading = sheet.view.heading
    QTest.mouseClick(
        heading,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        heading.arrow_of(place).center(),
    )
    sheet.person.press("Down", "Enter")


def quoted(cell: str) -> str:
    """A cell as Excel writes it to the clipboard."""
    return f'"{cell}"' if "\n" in cell else cell


def figures(row: dict[str, Any]) -> tuple[float | None, ...]:
    """本周完成、本年累计、开累 in 万元."""
    stored = (row[f"completed_{name}"] for name in ("week", "year", "total"))
    return tuple(None if amount is None else amount / WAN for amount in stored)


def explanations(clerk: Person) -> list[str]:
    """The explanations of the week."""
    return clerk.ask(
        lambda book: [
            one.explanation or ""
            for one in checks.check_period(book, WEEK)
            if one.explained and one.register == "weekly"
        ]
    )


def written(book: Book) -> dict[tuple[str, str, str, str], list[Any]]:
    """What was written by hand since the demonstration: (register, week, project, field) → values.

    Undo and redo are left out: they write what was there.
    """
    names = {row["record"]: row["name"] for row in book.rows("project")}
    found: dict[tuple[str, str, str, str], list[Any]] = {}
    places: dict[str, tuple[str, str]] = {}
    for register, record, fields in book.connection.execute(
        "SELECT register, record, fields FROM journal"
        " WHERE act NOT IN ('demo', 'undo', 'redo') ORDER BY position"
    ):
        values = json.loads(fields)
        if "project" in values:
            places[record] = values.get("period", ""), names[values["project"]]
        place = places.get(record, ("", names.get(record, "")))
        for field, value in values.items():
            found.setdefault((register, *place, field), []).append(value)
    return found


def weekly(clerk: Person, period: str = WEEK) -> dict[str, dict[str, Any]]:
    """The week's rows as the book has them, by the project's name."""

    def read(book: Book) -> dict[str, dict[str, Any]]:
        names = {row["record"]: row["name"] for row in book.rows("project")}
        return {names[row["project"]]: dict(row) for row in book.rows("weekly", period)}

    return clerk.ask(read)
