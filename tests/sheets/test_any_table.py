"""Any small table: every value has its cell, no answer fails, nothing is taken twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book, create
from desktop.sheets.joining import plan
from desktop.sheets.meaning.texts import is_empty
from desktop.sheets.plans.plan import Plan
from desktop.sheets.plans.taking import take
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.proposals.told import MONEY_UNIT as UNIT
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.grid import Area, Sheet, letters, text_of
from tests.sheets.making import book_of, investment

HEADINGS = (
    "序号", "项目代码", "总投资（万元）", "总投资", "年度计划投资", "本周完成投资（万元）",
    "建设地点", "责任单位", "开工时间", "竣工时间", "项目状态", "形象进度", "存在问题", "完成时限",
    "联系电话", "建设规模及主要内容", "是否入库", "备注", "阿尔法", "3月", None,
)  # fmt: skip
VALUES = (
    None, None, "", 0, 1, 35, 5000, 1_234.5, -8, 0.35, True, False, "5000", "约3亿元", "1.2亿",
    "2023年5月", "2023.3", "2021.8-2023.12", "5月底", "已开工", "在建", "停工", "是", "√", "无",
    "正在办理用地手续", "大郭村", "发改局", "张三13800000001", "2108-411102-04-01-583920", "#", "…",
)  # fmt: skip
NAMES = ("冷库项目", "柳编厂扩建", "污水处理站", "产业园二期", "道路硬化", "冷库", None)
SECTIONS = (
    "一、在建项目",
    "（二）省重点项目",
    "单位：亿元",
    "合计",
    "空冢郭镇",
    "说明：以上为快报数",
)
#: So many rounds of answers leave nothing open.
ROUNDS = 12


@st.composite
def tables(draw: st.DrawFn) -> Sheet:
    """A sheet of one table, its rows and columns in any order, some cells merged."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6))
    at = draw(st.integers(0, len(headings)))
    rows: list[list[Any]] = [[*headings[:at], "项目名称", *headings[at:]]]
    width = len(rows[0])
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 4)) == 0:
            rows.append([draw(st.sampled_from(SECTIONS)), *[None] * (width - 1)])
            continue
        row = [draw(st.sampled_from(VALUES)) for _ in range(width)]
        row[at] = draw(st.sampled_from(NAMES))
        rows.append(row)
    if draw(st.booleans()):
        title = draw(st.sampled_from(("2023年第9周重点项目进展", "项目台账（单位：万元）", "台账")))
        rows.insert(0, [title, *[None] * (width - 1)])
    merges = []
    if len(rows) > 3 and draw(st.booleans()):
        last, column = len(rows) - 1, draw(st.integers(0, width - 1))
        rows[last][column] = None
        merges.append(Area(last - 1, column, last, column))
    filled = [["" if cell is None else cell for cell in row] for row in rows]
    return Sheet(name="台账", rows=filled, merges=tuple(merges))


def read(sheet: Sheet, answers: dict[str, Any] | None = None) -> Proposal:
    return propose(book_of(sheet), investment(), Answers(answers or {}), year=2023)


def offered(questions: Sequence[Question]) -> dict[str, Any]:
    """What each question proposes as its answer, as JSON holds it."""
    return {one.id: msgspec.to_builtins(one.value) for one in questions}


def records(found: Proposal) -> tuple[Record, ...]:
    return (*found.projects, *found.items)


@settings(max_examples=60, deadline=None)
@given(sheet=tables())
def test_every_value_has_its_cell_and_reading_twice_reads_the_same(sheet: Sheet) -> None:
    found = read(sheet)
    for record in records(found):
        for field in record.values:
            row, column = record.place(field)
            assert 0 <= row < len(sheet.rows) and 0 <= column < sheet.width
    assert read(sheet) == found


@settings(max_examples=60, deadline=None)
@given(sheet=tables(), blank=st.booleans())
def test_answers_to_all_questions_leave_none_but_for_names(sheet: Sheet, blank: bool) -> None:
    answers: dict[str, Any] = {}
    for _ in range(ROUNDS):
        questions = read(sheet, answers).questions
        new = offered(questions)
        if blank:  # a sum needs its unit: no answer to that is refused
            new = {key: value if UNIT in key else None for key, value in new.items()}
        if not new:
            return
        # A row with figures and without a project's name stays open until it is named.
        if not any(key not in answers for key in new):
            assert all(key.endswith(":name") and answers[key] is None for key in new)
            return
        answers |= new
    pytest.fail("still questions")


@settings(max_examples=12, deadline=None)
@given(sheet=tables())
def test_what_was_taken_is_not_taken_again(
    sheet: Sheet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("book")
    with create(folder / "t.yzb", "空冢郭镇", "township", profile=folder / "p") as book:
        first = _settled(book, sheet)
        take(book, first)
        again = _settled(book, sheet)
        assert [
            (step.label, step.writes) for step in again.steps if step.record is None or step.writes
        ] == []


def _settled(book: Book, sheet: Sheet) -> Plan:
    """The plan when every question has the answer that it proposes."""
    answers: dict[str, Any] = {}
    for number in count():
        given = Answers(dict(answers))
        found = plan(book, read_with(sheet, given), parse_period("2023-W09"), given)
        new = {key: value for key, value in offered(found.questions).items() if key not in answers}
        if not new:
            return found
        assert number < ROUNDS
        answers |= new
    raise AssertionError


def read_with(sheet: Sheet, answers: Answers) -> Proposal:
    return propose(book_of(sheet), investment(), answers, year=2023)


@settings(max_examples=60, deadline=None)
@given(sheet=tables())
def test_no_column_and_no_row_vanishes(sheet: Sheet) -> None:
    """Every filled cell below the headings is in a column that is told, every row in a list."""
    heads = next(n for n, row in enumerate(sheet.rows) if "项目名称" in row)
    named = sheet.rows[heads]
    assume("" not in named and len(named) == len({*named}))
    assume(len({*named} - {"项目名称", "阿尔法", "3月"}) > 0)  # a table known by two words at least
    assume(not any(sheet.rows[one.top][one.left] in SECTIONS for one in sheet.merges))
    found = read(sheet)
    if any(one.row is None for one in found.skipped):  # the whole sheet, and why
        return
    skipped = {one.row - 1 for one in found.skipped if one.row is not None}
    for table in found.tables:  # one that is not about projects is told as a whole
        if not table.kind and table.header[0] > heads:
            skipped |= {*range(table.area.top, table.area.bottom + 1)}
    told = {one.column for one in found.columns} | {one.column for one in found.unmapped}
    below = [row for row in range(heads + 1, len(sheet.rows)) if row not in skipped]
    for column in range(sheet.width):
        if any(sheet.rows[row][column] != "" for row in below):
            assert letters(column) in told
    rows = {
        place[0] for one in records(found) for place in [(one.row, 0), *map(one.place, one.values)]
    }
    asked = {one.cell for one in found.questions}
    texts = {
        one.text for one in found.questions if one.text
    }  # asked once for all that say the same
    longer = [
        value for one in records(found) for value in one.values.values() if "\n" in str(value)
    ]
    #: What stands in columns that are not read is said of the column.
    unread = {one.column for one in found.columns if not one.fields}
    unread |= {one.column for one in found.unmapped}
    unread |= {one.cell.rstrip("0123456789") for one in found.questions if one.record is None}
    for row in below:
        cells = [letters(n) for n, cell in enumerate(sheet.rows[row]) if not is_empty(cell)]
        if not unread.issuperset(cells):
            here = {f"{letters(column)}{row + 1}" for column in range(sheet.width)}
            said = {text_of(cell) for cell in sheet.rows[row]}
            joined = any(text and text in value for text in said for value in longer)
            assert row in rows or asked & here or texts & said or joined
