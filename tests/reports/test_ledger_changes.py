"""The ledger of what has changed since an earlier paper: rows, sums, what was taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import aside, cycle, merging, paper_code, tables, undo
from desktop.ledger import scheme as schemes
from desktop.ledger.entry import Entry
from desktop.ledger.paper_code import MistypedCode, NotOfThisBook
from desktop.ledger.workspace import Book
from desktop.reports.content import Ledger
from desktop.reports.ledger_content import ledger_paper
from tests.ledger import books
from tests.ledger.books import texts
from tests.ledger.district import WEEK, W, district
from tests.ledger.test_aside import FIRST, take_in
from tests.ledger.test_belonging import Offices

Made = tuple[Book, dict[str, str]]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    book, records = district(tmp_path / "district.yzb")
    with book:
        yield book, records


def printed(book: Book) -> str:
    """The code of a paper that is made now."""
    return ledger_paper(book, "weekly", WEEK).footer.code


def since(book: Book, code: str, register: str = "weekly", period: str | None = WEEK) -> Ledger:
    return ledger_paper(book, register, period, changed_since=code).ledger


def rows(ledger: Ledger) -> list[str]:
    return [f"{row.kind[0]}: {'|'.join(row.cells)}" for row in ledger.table.rows]


def weekly(book: Book, project: str, period: str = WEEK) -> str:
    """The record of a project's week."""
    [record] = [row["record"] for row in book.rows("weekly", period) if row["project"] == project]
    return str(record)


def test_rows_whose_week_or_printed_file_changed_under_the_whole_sums(made: Made) -> None:
    book, records = made
    code = printed(book)
    books.change(book, "weekly", weekly(book, records["丁"]), completed_week=-20 * W)
    books.change(book, "project", records["甲"], annual_plan=3850 * W)
    books.change(book, "project", records["戊"], remark="不印在台账上")
    ledger = since(book, code)
    assert ledger.title == "源汇区周调度台账（变动部分）"
    assert rows(ledger) == [
        "s: 一、大刘镇",
        "r: 2|甲|10,000|3,850|110|610|15.8%|甲2023-W09施工|||",
        "s: 大刘镇小计（2项）||20,000|4,850|110|610|12.6%||||",
        "s: 二、空冢郭镇",
        "r: 3|丁|10,000|2,000|−20|900|45.0%|丁2023-W09施工|||",
        "s: 空冢郭镇小计（2项）||20,000|2,000|0|950|47.5%||||",
        "t: 合计（5项）||50,000|7,350|110|1,580|21.5%||||",
    ]
    assert ledger.table.note == (
        f"注：只列上次打印（校验码 {code}，记到2023年3月2日）以后有变动的2行，"
        "序号为全表中的序号，小计、合计为全部5行；1个项目本周未填报，累计数为本年最近一期所填。"
    )


def test_nothing_changed_is_said_in_a_sentence(made: Made) -> None:
    book, _ = made
    code = printed(book)
    table = since(book, code).table
    assert table.rows == ()
    assert table.empty == f"上次打印（校验码 {code}，记到2023年3月2日）以后没有增加或修改的行。"
    assert "全部共5行" in table.note
    books.project(book, "不在本年调度", actual_finish="2022-01-01", state="竣工")
    assert since(book, code).table.rows == ()


def test_a_week_filled_late_corrected_or_taken_away(made: Made) -> None:
    book, records = made
    code = printed(book)
    books.change(book, "weekly", weekly(book, records["乙"], "2023-W08"), completed_year=3 * W)
    assert [row for row in rows(since(book, code)) if row[0] == "r"] == [
        "r: 1|乙|10,000|1,000|未报|3|0.3%|乙2023-W08施工|||"
    ]
    code = printed(book)
    books.week(book, records["乙"], completed_week=2 * W, completed_year=5 * W)
    assert [row[:9] for row in rows(since(book, code)) if row[0] == "r"] == ["r: 1|乙|10"]
    code = printed(book)
    books.remove(book, "weekly", weekly(book, records["丙"]))
    ledger = since(book, code)
    assert [row for row in rows(ledger) if row[0] == "r"] == ["r: 4|丙|10,000||未报|未报|||||"]
    assert "删除" not in ledger.table.note


def test_an_undo_is_a_change_too(made: Made) -> None:
    book, records = made
    before = printed(book)
    books.change(book, "weekly", weekly(book, records["丁"]), completed_week=-20 * W)
    after = printed(book)
    assert since(book, after).table.rows == ()
    undo.undo(book)
    for code in (before, after):
        assert [row for row in rows(since(book, code)) if row[0] == "r"] == [
            "r: 3|丁|10,000|2,000|−10|900|45.0%|丁2023-W09施工|||"
        ]


def test_what_was_taken_away_is_named(made: Made) -> None:
    book, records = made
    code = printed(book)
    with book.batch("create") as batch:
        short = batch.create("problem", {"project": records["甲"], "problem": "来去匆匆"})
    books.remove(book, "problem", short)
    books.remove(book, "problem", records["土地未征收"])
    books.change(book, "problem", records["环评未批复"], measure="补件")
    ledger = since(book, code, "problem", None)
    assert [row.cells[1:3] for row in ledger.table.rows if row.kind == "row"] == [
        ("丙", "环评未批复")
    ]
    assert "此后删除或划出：甲：土地未征收，共1行" in ledger.table.note
    assert "来去匆匆" not in ledger.table.note
    assert "全部共3行" in ledger.table.note
    code = printed(book)
    undo.undo(book)  # the measure
    undo.undo(book)  # the removal
    ledger = since(book, code, "problem", None)
    assert [row.cells[2] for row in ledger.table.rows if row.kind == "row"] == [
        "土地未征收", "环评未批复",
    ]  # fmt: skip
    assert "删除" not in ledger.table.note


def test_a_project_taken_away_is_named_below_the_weeks_ledger(tmp_path: Path) -> None:
    with books.found(tmp_path / "t.yzb") as book:
        first, second = books.project(book, "甲"), books.project(book, "乙")
        code = printed(book)
        books.remove(book, "project", first)
        books.change(book, "project", second, name="乙改")
        ledger = since(book, code)
        assert [row.cells[1] for row in ledger.table.rows] == ["乙改"]
        assert "此后删除或划出：甲，共1行" in ledger.table.note
        files = since(book, code, "project", None)
        assert [row.cells[1] for row in files.table.rows if row.kind == "row"] == ["乙改"]
        assert "此后删除或划出：甲，共1行" in files.table.note


def test_a_register_without_sums(made: Made) -> None:
    book, records = made
    code = printed(book)
    books.change(book, "milestone", records["主体封顶"], due="2023-03-12")
    ledger = since(book, code, "milestone", None)
    assert rows(ledger) == ["s: 一、大刘镇", "r: 1|甲|主体封顶|2023-03-12|"]
    assert ledger.table.note.endswith("有变动的1行，序号为全表中的序号，全部共3行。")


def test_handing_in_the_week_changes_no_row(made: Made) -> None:
    book, records = made
    code = printed(book)
    with book.batch("create") as batch:
        sent = {"unit": records["大刘镇"], "period": WEEK, "submitted_on": "2023-03-02"}
        batch.create("submission", sent)
    assert cycle.submissions(book, WEEK)
    assert paper_code.trace(book, code).later == 1
    assert since(book, code).table.rows == ()


def test_a_removal_repeated_is_no_news(made: Made) -> None:
    book, records = made
    books.remove(book, "problem", records["土地未征收"])
    code = printed(book)
    undo.undo(book)
    undo.redo(book)
    ledger = since(book, code, "problem", None)
    assert ledger.table.rows == ()
    assert "删除" not in ledger.table.note


def test_a_row_that_comes_to_stand_elsewhere_has_changed(made: Made) -> None:
    book, records = made
    code = printed(book)
    books.change(book, "project", records["甲"], unit=records["问十乡"])
    books.change(book, "project", records["丙"], level="市")
    found = [row[:6] for row in rows(since(book, code)) if row[0] == "r"]
    assert sorted(found) == ["r: 3|丙", "r: 4|甲"]


def test_figures_of_the_file_that_a_column_is_reckoned_from(made: Made) -> None:
    book, records = made
    layout = '[weekly]\ncolumns = ["subject.name", "completion_rate", "left"]'
    weekly_toml = texts()["registers/weekly.toml"]
    rate = "completed_year * 1.0 / nullif(subject.annual_plan, 0)"
    assert rate in weekly_toml
    left = '[[field]]\nname = "left"\ntitle = "结余"\ntype = "money"\n'
    left += 'formula = "subject.funds_bond - completed_year"\n'
    weekly_toml = weekly_toml.replace(rate, "completed_year * 1.0") + left
    book.use(schemes.parse(texts(ledgers=layout, registers__weekly=weekly_toml)))
    with book.atomic():
        tables.make(book.database, book.scheme)
    code = printed(book)
    books.change(book, "project", records["甲"], annual_plan=6100 * W)
    assert rows(since(book, code))[1] == "r: 2|甲|10.0%|"
    code = printed(book)
    books.change(book, "project", records["甲"], funds_bond=700 * W)
    assert rows(since(book, code))[1] == "r: 2|甲|10.0%|90"
    code = printed(book)
    books.change(book, "project", records["甲"], total_investment=9000 * W)
    assert since(book, code).table.rows == ()


def test_a_project_that_went_to_another_unit_is_named_in_the_old_ones_ledger(
    tmp_path: Path,
) -> None:
    offices = Offices(tmp_path)
    old = offices.books["大刘镇"]
    code = printed(old)
    offices.move("甲", "问十乡")
    ledger = since(old, code)
    assert ledger.table.rows == ()
    assert "此后删除或划出：甲，共1行" in ledger.table.note
    problems = since(old, code, "problem", None)
    assert "此后删除或划出：甲：甲的问题，共1行" in problems.table.note
    for book in (offices.district, *offices.books.values()):
        book.close()


def test_a_package_set_aside_and_counted_again(tmp_path: Path) -> None:
    book = books.found(tmp_path / "a.yzb", profile=tmp_path / "one")
    first = books.project(book, "甲", annual_plan=100 * W)
    position = book.journal.position
    book.close()
    other = books.replica_of(book, tmp_path / "b.yzb", tmp_path / "two")
    books.change(other, "project", first, annual_plan=300 * W)
    second = books.project(other, "乙")
    books.week(other, second)
    with other.batch("create") as batch:
        for year in ("2022", "2023"):
            batch.create("target", {"unit": other.unit, "period": year, "indicator": "投资"})
    entries = [line.authored for line in other.journal.lines() if line.position > position]
    other.close()
    with books.reopened(book) as mine:
        take_in(mine, entries, FIRST)
        code = printed(mine)
        assert since(mine, code).table.rows == ()
        aside.set_aside(mine, FIRST)
        table = since(mine, code).table
        assert [row.cells[:4] for row in table.rows] == [("1", "甲", "12,000", "100")]
        assert "此后删除或划出：乙，共1行" in table.note
        assert "此后删除或划出：乙，共1行" in since(mine, code, "weekly", None).table.note
        assert "，共1行" in since(mine, code, "target", "2023").table.note
        assert "，共2行" in since(mine, code, "target", None).table.note
        code = printed(mine)
        aside.lift(mine, FIRST)
        assert [row.cells[1] for row in since(mine, code).table.rows][:2] == ["乙", "甲"]
        code = printed(mine)
        [taken] = mine.rows("taken")
        books.change(mine, "taken", taken["record"], note="已核对")
        assert since(mine, code).table.rows == ()


def test_a_package_brings_what_stands_in_it_and_no_more(tmp_path: Path) -> None:
    book = books.found(tmp_path / "a.yzb", profile=tmp_path / "one")
    first, second = books.project(book, "甲"), books.project(book, "乙")
    position = book.journal.position
    book.close()
    other = books.replica_of(book, tmp_path / "b.yzb", tmp_path / "two")
    books.change(other, "project", first, remark="不印在台账上")
    books.change(other, "project", second, annual_plan=W)
    entries = [line.authored for line in other.journal.lines() if line.position > position]
    other.close()
    with books.reopened(book) as mine:
        code = printed(mine)
        take_in(mine, entries, FIRST)
        assert [row.cells[1] for row in since(mine, code).table.rows][:1] == ["乙"]
        assert "有变动的1行" in since(mine, code).table.note


def test_an_entry_that_only_saw_others_changes_nothing(made: Made) -> None:
    book, records = made
    code = printed(book)
    record = weekly(book, records["丁"])
    heads = tuple(line.identity for line in book.journal.of_record(record))[-1:]
    seen = Entry("f" * 32, 1, "2023-03-03", "李强", 1, "weekly", record, {}, heads)
    merging.receive(book, [seen.columns()], "stick")
    assert paper_code.trace(book, code).later == 1
    assert since(book, code).table.rows == ()


def test_a_mistyped_code_and_one_of_another_book(made: Made, tmp_path: Path) -> None:
    book, _ = made
    with pytest.raises(MistypedCode):
        since(book, "3F0A-91C4")
    with books.found(tmp_path / "other.yzb") as other:
        foreign = printed(other)
    with pytest.raises(NotOfThisBook, match=f"校验码 {foreign} 不出自本账本"):
        since(book, foreign)
    assert since(book, printed(book).lower().replace("-", "")).table.rows == ()


def test_a_whole_ledger_is_printed_without_a_code(made: Made) -> None:
    book, _ = made
    paper = ledger_paper(book, "weekly", WEEK, changed_since="")
    assert paper == ledger_paper(book, "weekly", WEEK)
    assert "变动" not in paper.ledger.title
