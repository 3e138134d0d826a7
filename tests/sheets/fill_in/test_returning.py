"""Fill-in workbooks that come back: filled, sorted, moved, cut, half lost; nothing silently."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import undo
from desktop.ledger.history import of_record
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.joining import OfAnotherBook
from desktop.sheets.fill_in.marks import SHEET
from desktop.sheets.plans.taking import take
from tests.sheets.filler import (
    Filler,
    asked,
    came_back,
    district,
    given_out,
    writes,
)

TOWN = "空冢郭镇"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        yield made


@pytest.fixture
def paper(book: Book, tmp_path: Path) -> Filler:
    return Filler(given_out(book, tmp_path / "out")[TOWN])


def week(book: Book, period: str = "2023-W10") -> dict[str, dict[str, object]]:
    names = {row["record"]: row["name"] for row in book.rows("project")}
    return {names[row["project"]]: row for row in book.rows("weekly", period)}


def test_what_came_back_untouched_brings_nothing(book: Book, paper: Filler) -> None:
    proposal, planned = came_back(book, paper.path)
    assert proposal.returned is not None
    assert (asked(proposal, planned), planned.steps, planned.notes) == ({}, (), ())
    entries = book.journal.last_number(book.replica)
    take(book, planned)
    assert book.journal.last_number(book.replica) == entries


def test_values_go_to_their_record_and_period_with_their_cells(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=12.5, completed_year="约100万元", physical_progress="封顶")
    paper.type("乙项目", completed_week="0")
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    assert [note.text for note in proposal.notes] == ["“约100万元”是约数，按所写数额读入"]
    assert str(planned.period) == "2023-W10"
    counts = take(book, planned)
    assert counts["weekly_new"] == 2
    rows = week(book)
    assert rows["甲项目"]["completed_week"] == 125_000
    assert rows["甲项目"]["completed_year"] == 1_000_000
    assert rows["甲项目"]["physical_progress"] == "封顶"
    # what was carried stands in a row that was filled
    assert rows["乙项目"]["physical_progress"] == "乙项目基础施工"
    assert rows["乙项目"]["completed_week"] == 0
    cell = paper.cell("甲项目", "completed_week").coordinate
    (step,) = of_record(book, "weekly", str(rows["甲项目"]["record"]), "completed_week")
    assert step.origin == f"周调度台账!{cell}"
    assert paper.path.name in step.note
    undo.undo(book)
    assert week(book) == {}


def test_the_name_of_the_file_does_not_matter(book: Book, paper: Filler, tmp_path: Path) -> None:
    paper.type("甲项目", completed_week=1).send()
    renamed = tmp_path / "2022年第3周.xlsx"
    shutil.copy(paper.path, renamed)
    _, planned = came_back(book, renamed)
    assert str(planned.period) == "2023-W10"


def test_a_cell_typed_wrongly_is_asked_about_by_its_name(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week="大概不少", completed_year=5)
    proposal, planned = came_back(book, paper.send())
    cell = paper.cell("甲项目", "completed_week").coordinate
    (identity,) = asked(proposal, planned)
    assert identity == f"周调度台账!{cell}:completed_week"
    assert writes(planned)["甲项目"]["completed_year"] == 50_000
    assert "completed_week" not in writes(planned)["甲项目"]
    proposal, planned = came_back(book, paper.path, {identity: "3.5万元"})
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 35_000


def test_an_error_or_an_uncomputed_formula_is_asked_about(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week="=1+2")
    proposal, planned = came_back(book, paper.send())
    (question,) = asked(proposal, planned).values()
    assert "没有计算过的公式" in question
    assert writes(planned) == {}


def test_sorted_rows_are_known_by_their_keys(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=1).type("乙项目", completed_week=2)
    paper.swap("甲项目", "乙项目")
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    assert writes(planned)["乙项目"]["completed_week"] == 20_000


def test_rows_sorted_without_their_keys_are_known_by_name_after_one_question(
    book: Book, paper: Filler
) -> None:
    paper.type("甲项目", completed_week=1).type("乙项目", completed_week=2)
    paper.swap("甲项目", "乙项目", keys=False)
    proposal, planned = came_back(book, paper.send())
    (identity,) = asked(proposal, planned)
    assert identity.endswith(":rows")
    assert writes(planned) == {}
    proposal, planned = came_back(book, paper.path, {identity: "是"})
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    assert writes(planned)["乙项目"]["completed_week"] == 20_000


def test_a_deleted_hidden_column_is_made_up_for_by_names(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=1).type("乙项目", completed_week=2).hidden()
    proposal, planned = came_back(book, paper.send())
    (identity,) = asked(proposal, planned)
    assert "2 行" in planned.questions[0].question
    assert writes(planned) == {}
    _, planned = came_back(book, paper.path, {identity: True})
    assert writes(planned)["乙项目"]["completed_week"] == 20_000
    _, planned = came_back(book, paper.path, {identity: "否"})
    assert writes(planned) == {}


@pytest.mark.parametrize("lost", ["sheet", "row", "row and column", "sheet and column"])
def test_any_two_marks_may_be_lost(book: Book, paper: Filler, lost: str) -> None:
    paper.type("甲项目", completed_week=1)
    if "sheet" in lost:
        del paper.workbook[SHEET]
    if "column" in lost:
        paper.hidden()
    if "row" in lost:
        for cell in paper.page[paper.keys]:
            cell.value = None
    proposal, planned = came_back(book, paper.send())
    assert proposal.returned is not None
    questions = asked(proposal, planned)
    assert len(questions) == ("column" in lost)
    if questions:
        proposal, planned = came_back(book, paper.path, dict.fromkeys(questions, "是"))
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    take(book, planned)
    assert week(book)["甲项目"]["completed_week"] == 10_000


def test_without_any_mark_it_is_a_workbook_like_others(book: Book, paper: Filler) -> None:
    del paper.workbook[SHEET]
    paper.page.delete_rows(paper.keys)
    proposal, _ = came_back(book, paper.send())
    assert proposal.returned is None


def test_moved_columns_are_found(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=1, completed_year=2)
    one, other = paper.columns["completed_week"], paper.columns["completed_year"]
    paper.page.unmerge_cells(
        start_row=paper.keys + 1, end_row=paper.keys + 1, start_column=one - 1, end_column=one
    )
    paper.page.unmerge_cells(
        start_row=paper.keys + 1, end_row=paper.keys + 1, start_column=other - 1, end_column=other
    )
    for row in range(paper.keys, paper.page.max_row):
        for shift in (-1, 0):
            a, b = paper.page.cell(row, one + shift), paper.page.cell(row, other + shift)
            a.value, b.value = b.value, a.value
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    found = writes(planned)["甲项目"]
    assert (found["completed_week"], found["completed_year"]) == (10_000, 20_000)


def test_a_heading_that_contradicts_its_key_is_asked_about(book: Book, paper: Filler) -> None:
    paper.type("甲项目", problems="缺地", needs="协调", completed_week=3)
    one, other = paper.columns["problems"], paper.columns["needs"]
    for row in range(paper.keys + 1, paper.page.max_row + 1):
        a, b = paper.page.cell(row, one), paper.page.cell(row, other)
        if type(a).__name__ != "MergedCell":
            a.value, b.value = b.value, a.value
    proposal, planned = came_back(book, paper.send())
    questions = asked(proposal, planned)
    assert len(questions) == 2
    assert writes(planned)["甲项目"].keys().isdisjoint({"problems", "needs"})
    _, planned = came_back(book, paper.path, dict.fromkeys(questions, True))
    assert writes(planned)["甲项目"]["problems"] == "缺地"
    assert writes(planned)["甲项目"]["needs"] == "协调"
    proposal, planned = came_back(book, paper.path, dict.fromkeys(questions))
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"].keys().isdisjoint({"problems", "needs"})


def test_rows_of_the_filler_are_asked_about(book: Book, paper: Filler) -> None:
    row = paper.row("乙项目")
    paper.page.insert_rows(row)
    paper.add(row, name="戊项目", completed_week=7)
    paper.page.insert_rows(row)
    paper.add(row, name="丙项目", completed_week=8)
    proposal, planned = came_back(book, paper.send())
    questions = asked(proposal, planned)
    assert len(questions) == 2
    assert writes(planned) == {}
    fresh, known = sorted(questions, key=lambda one: "账本中有它" in questions[one])
    assert "新建" in questions[fresh]
    proposal, planned = came_back(book, paper.path, {fresh: "新建", known: "丙项目"})
    assert asked(proposal, planned) == {}
    counts = take(book, planned)
    assert (counts["project_new"], counts["weekly_new"]) == (1, 2)
    rows = week(book)
    assert rows["戊项目"]["completed_week"] == 70_000
    assert rows["丙项目"]["completed_week"] == 80_000
    names = {one["record"]: one["name"] for one in book.rows("unit")}
    (made,) = [one for one in book.rows("project") if one["name"] == "戊项目"]
    assert names[made["unit"]] == TOWN


def test_a_copied_row_is_not_taken_for_the_first(book: Book, paper: Filler) -> None:
    row = paper.row("甲项目")
    paper.type("甲项目", completed_week=1)
    last = paper.page.max_row + 1
    for column in range(1, paper.page.max_column + 1):
        paper.page.cell(last, column).value = paper.page.cell(row, column).value
    paper.add(last, completed_week=2)
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert "有两行" in question
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    _, planned = came_back(book, paper.path, {identity: "甲项目"})
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    assert any("只读入前一行" in note for note in planned.notes)


def test_copies_and_other_worksheets_are_said_to_be_left_out(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=1)
    paper.workbook.copy_worksheet(paper.page).title = "副本"
    paper.workbook.create_sheet("说明")["A1"] = "我们的说明"
    proposal, planned = came_back(book, paper.send())
    said = {one.sheet: one.reason for one in proposal.skipped if one.row is None}
    assert set(said) == {"副本", "说明"}
    assert "同一份模板" in said["副本"]
    assert writes(planned)["甲项目"]["completed_week"] == 10_000


def test_deleted_rows_are_said_and_not_removed(book: Book, paper: Filler) -> None:
    paper.page.delete_rows(paper.row("乙项目"))
    _, planned = came_back(book, paper.send())
    assert planned.notes == ("发出的 1 行没有送回：乙项目；账本中的记录不变。",)
    assert planned.steps == ()


def test_a_renamed_row_is_asked_about(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=1)
    paper.cell("甲项目", "=name").value = "甲项目（一期）改"
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert "改成了" in question
    assert writes(planned) == {}
    _, planned = came_back(book, paper.path, {identity: "甲项目"})
    assert next(iter(writes(planned).values()))["completed_week"] == 10_000
    assert planned.steps[0].subject.startswith("=")


def present(book: Book, name: str, **fields: object) -> str:
    """A weekly row of week 10, written in the book itself."""
    (project,) = [row["record"] for row in book.rows("project") if row["name"] == name]
    with book.batch("add") as batch:
        return batch.create("weekly", {"project": project, "period": "2023-W10", **fields})


def test_what_changed_on_both_sides_is_shown_as_both(book: Book, tmp_path: Path) -> None:
    present(book, "甲项目", completed_week=10_000, completed_year=20_000, next_plan="原")
    paper = Filler(given_out(book, tmp_path / "out")[TOWN])
    present(book, "甲项目", completed_week=30_000, completed_year=50_000)
    paper.type("甲项目", completed_week=4, next_plan="新")
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert "发出时是“1”" in question
    assert "账本后来改为“3”" in question
    assert "送回的是“4”" in question
    (step,) = planned.steps
    kinds = {one.name: (one.what, one.workbook, one.book) for one in step.fields}
    assert kinds["completed_week"] == ("open", 40_000, 30_000)
    assert kinds["completed_year"] == ("kept", 20_000, 50_000)
    assert kinds["next_plan"] == ("different", "新", "原")
    for answer, written in (("4", {"completed_week": 40_000}), (30_000, {})):
        _, planned = came_back(book, paper.path, {identity: answer})
        assert writes(planned)["甲项目"] == {**written, "next_plan": "新"}


def test_a_value_rubbed_out_is_asked_about(book: Book, tmp_path: Path) -> None:
    present(book, "甲项目", completed_week=10_000, next_plan="原")
    paper = Filler(given_out(book, tmp_path / "out")[TOWN])
    paper.type("甲项目", next_plan=None)
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert "要清空吗" in question
    assert writes(planned) == {}
    _, planned = came_back(book, paper.path, {identity: "原"})
    assert writes(planned) == {}
    _, planned = came_back(book, paper.path, {identity: None})
    assert writes(planned)["甲项目"] == {"next_plan": None}
    take(book, planned)
    assert week(book)["甲项目"]["next_plan"] is None


def test_grey_cells_and_columns_of_the_filler_are_said(book: Book, paper: Filler) -> None:
    paper.cell("甲项目", "<completed_week").value = 999
    extra = paper.page.max_column + 1
    paper.page.cell(paper.keys + 2, extra).value = "联系人"
    paper.page.cell(paper.row("甲项目"), extra).value = "张三"
    proposal, planned = came_back(book, paper.send())
    assert ["灰色格被改为“999”" in note.text for note in proposal.notes] == [True]
    assert [(one.heading, one.sample) for one in proposal.unmapped] == [("联系人", "张三")]
    assert planned.steps == ()


def test_a_changed_unit_line_is_asked_about(book: Book, paper: Filler) -> None:
    paper.type("甲项目", completed_week=120)
    (line,) = [cell for row in paper.page.iter_rows() for cell in row if cell.value == "单位：万元"]
    line.value = "单位：元"
    proposal, planned = came_back(book, paper.send())
    ((identity, _),) = asked(proposal, planned).items()
    assert identity.endswith(":money_unit")
    assert "completed_week" not in writes(planned).get("甲项目", {})
    _, planned = came_back(book, paper.path, {identity: "元"})
    assert writes(planned)["甲项目"]["completed_week"] == 120


def test_lists_take_new_rows_from_the_blank_lines(book: Book, tmp_path: Path) -> None:
    (project,) = [row["record"] for row in book.rows("project") if row["name"] == "甲项目"]
    with book.batch("add") as batch:
        batch.create("problem", {"project": project, "problem": "缺地", "due": "2023-04-30"})
    paper = Filler(given_out(book, tmp_path / "out", "problem", None)[TOWN])
    paper.type("甲项目", measure="报批", problem="缺用地指标")
    blank = paper.row("甲项目") + 1
    paper.add(blank, name="乙项目", problem="缺电", needs_level="是", due="2023年5月底")
    paper.add(blank + 1, name="乙项目", measure="没有写问题")
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert "没有填“存在问题”" in question
    assert identity.endswith(":problem")
    take(book, planned)
    rows = {row["problem"]: row for row in book.rows("problem")}
    assert set(rows) == {"缺用地指标", "缺电"}
    assert rows["缺用地指标"]["measure"] == "报批"
    assert rows["缺电"]["due"] == "2023-05-31"
    assert rows["缺电"]["needs_level"] == 1


def test_a_new_project_belongs_to_the_unit_that_the_workbook_went_to(
    book: Book, tmp_path: Path
) -> None:
    paper = Filler(given_out(book, tmp_path / "out", "project", None)["问十乡"])
    row = paper.row("丙项目", "name")
    paper.page.cell(row, paper.columns["place"]).value = "某村"
    paper.page.insert_rows(row + 1)
    for key, value in (("name", "戊项目"), ("total_investment", 500), ("state", "前期")):
        paper.page.cell(row + 1, paper.columns[key]).value = value
    proposal, planned = came_back(book, paper.send())
    ((identity, _),) = asked(proposal, planned).items()
    _, planned = came_back(book, paper.path, {identity: "新建"})
    assert take(book, planned)["project_new"] == 1
    rows = {one["name"]: one for one in book.rows("project")}
    assert rows["丙项目"]["place"] == "某村"
    assert rows["戊项目"]["total_investment"] == 5_000_000
    assert rows["戊项目"]["unit"] == rows["丙项目"]["unit"]


def test_rows_of_a_ledger_with_keys_are_known_and_not_added_to(book: Book, tmp_path: Path) -> None:
    (town,) = [row["record"] for row in book.rows("unit") if row["name"] == TOWN]
    with book.batch("add") as batch:
        for category in ("工业", "农林水利"):
            fields = {"unit": town, "period": "2023", "indicator": "投资", "category": category}
            batch.create("target", {**fields, "basis": "金额", "assured_money": 10**8})
    paper = Filler(given_out(book, tmp_path / "out", "target", "2023")[TOWN])
    row = paper.row("农林水利", "!category")
    paper.page.cell(row, paper.columns["assured_money"]).value = 20_000
    paper.page.insert_rows(row)
    paper.add(row, name=TOWN, assured_money=1)
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    assert any("不能在表中新增" in note for note in planned.notes)
    take(book, planned)
    found = {one["category"]: one["assured_money"] for one in book.rows("target")}
    assert found == {"工业": 10**8, "农林水利": 2 * 10**8}


def test_a_workbook_of_another_book_is_refused(book: Book, paper: Filler, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with district(tmp_path / "other") as other, pytest.raises(OfAnotherBook) as refused:
        came_back(other, paper.path)
    assert "源汇区的账本发出的" in refused.value.sentence


def test_schemes_older_and_newer(book: Book, paper: Filler, tmp_path: Path) -> None:
    import msgspec

    from desktop.ledger import scheme as schemes
    from desktop.ledger.scheming import update_scheme
    from desktop.sheets.fill_in.returning import NewerFillIn

    texts = dict(book.scheme.texts)
    texts["scheme.toml"] = texts["scheme.toml"].replace("version = 1", "version = 2")
    update_scheme(book, schemes.parse(texts))
    paper.type("甲项目", completed_week=1)
    _, planned = came_back(book, paper.send())
    assert "第 1 版方案发出" in planned.notes[0]
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    newer = given_out(book, tmp_path / "new")[TOWN]
    old = msgspec.structs.replace(
        book.scheme, head=msgspec.structs.replace(book.scheme.head, version=1)
    )
    from desktop.sheets.proposing import propose
    from tests.sheets.making import read_here

    with pytest.raises(NewerFillIn):
        propose(read_here(newer), old)


def test_a_submitted_week_is_said_and_refused(tmp_path: Path) -> None:
    from desktop.ledger.lock import WeekSubmitted
    from desktop.ledger.workspace import create

    with create(
        tmp_path / "t.yzb", TOWN, "township", under="源汇区", profile=tmp_path / "p"
    ) as town:
        with town.batch("add") as batch:
            fields = {"name": "甲项目", "unit": town.unit, "state": "在建"}
            record = batch.create("project", {**fields, "total_investment": 10**8})
            week_ = {"project": record, "period": "2023-W10", "completed_week": 10_000}
            batch.create("weekly", {**week_, "completed_year": 10_000, "physical_progress": "基础"})
        paper = Filler(given_out(town, tmp_path / "out")[TOWN])
        with town.batch("submit") as batch:
            sent = {"unit": town.unit, "period": "2023-W10", "number": 1}
            batch.create("submission", {**sent, "submitted_on": "2023-03-09"})
        paper.type("甲项目", completed_week=2)
        _, planned = came_back(town, paper.send())
        assert any("已经上报" in note for note in planned.notes)
        with pytest.raises(WeekSubmitted):
            take(town, planned)


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_another_program_saves_it_in_its_own_way(
    book: Book, paper: Filler, tmp_path: Path, ending: str
) -> None:
    paper.type("甲项目", completed_week=12.3456).send()
    there = tmp_path / "there"
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", ending, "--outdir", str(there), str(paper.path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (path,) = there.iterdir()
    proposal, planned = came_back(book, path)
    assert proposal.returned is not None
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 123_456
    assert set(writes(planned)) == {"甲项目"}
