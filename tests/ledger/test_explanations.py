"""Written explanations: kept as records, void when the figures change, never for errors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import checks, cycle, explanations, lock, scheme, undo, workspace
from desktop.ledger.checks import Finding
from desktop.ledger.entry import ledger_identity
from desktop.ledger.explanations import ExplainRefused, NoSuchFinding
from desktop.ledger.workspace import Book

WAN = 10_000
LAST, WEEK, NEXT = "2023-W08", "2023-W09", "2023-W10"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "a.yzb", "空冢郭镇", "township", under="源汇区") as made:
        yield made


@pytest.fixture
def project(book: Book) -> str:
    """A project under construction without a start date: asked about, week after week."""
    fields = {"name": "标准厂房", "unit": book.unit, "state": "在建"}
    with book.batch("create") as batch:
        return batch.create(
            "project",
            {**fields, "total_investment": 9_000 * WAN, "annual_plan": 6_000 * WAN},
        )


def fill(book: Book, project: str, period: str, week: int, year: int) -> str:
    fields = {"completed_week": week * WAN, "completed_year": year * WAN}
    words = f"主体施工至{period[-1]}层"
    with book.batch("create") as batch:
        return batch.create(
            "weekly",
            {"project": project, "period": period, "physical_progress": words, **fields},
        )


def found(book: Book, check: str, period: str = WEEK) -> Finding:
    (finding,) = [one for one in checks.check_period(book, period) if one.check == check]
    return finding


def test_an_explained_finding_asks_no_more(book: Book, project: str) -> None:
    row = fill(book, project, WEEK, 1_300, 1_300)
    before = found(book, "week_large")
    assert (before.explained, before.explanation, before.state) == (False, None, "请说明")
    record = explanations.explain(book, before.id, "设备集中到货")
    after = found(book, "week_large")
    assert (after.explained, after.explanation, after.state) == (True, "设备集中到货", "已说明")
    assert after.id == before.id
    assert [one.check for one in checks.unexplained(checks.check_period(book, WEEK))] == [
        "start_missing"
    ]
    single = checks.check_record(book, "weekly", row)
    assert single == [after]
    assert record == ledger_identity("explanation", project, WEEK, "week_large", row)
    (kept,) = book.rows("explanation", WEEK)
    assert (kept["project"], kept["cell"], kept["sentence"]) == (
        project,
        "completed_week",
        before.sentence,
    )


def test_a_number_can_be_typed_in_any_case_and_with_blanks(book: Book, project: str) -> None:
    fill(book, project, WEEK, 1_300, 1_300)
    finding = found(book, "week_large")
    assert len(finding.id) == 10
    explanations.explain(book, f" {finding.id.upper()} ", "设备集中到货", WEEK)
    assert found(book, "week_large").explained


def test_changed_figures_void_the_explanation(book: Book, project: str) -> None:
    row = fill(book, project, WEEK, 1_300, 1_300)
    finding = found(book, "week_large")
    explanations.explain(book, finding.id, "设备集中到货")
    with book.batch("change") as batch:
        change = {"completed_week": 1_400 * WAN, "completed_year": 1_400 * WAN}
        batch.change("weekly", row, change)
    now = found(book, "week_large")
    assert (now.explained, now.explanation) == (False, "设备集中到货")
    assert now.state == "已变化，请重新说明"
    explanations.explain(book, now.id, "设备集中到货，又补付一批")
    assert found(book, "week_large").explained
    assert len(book.rows("explanation", WEEK)) == 1
    with book.batch("change") as batch:
        change = {"completed_week": 1_300 * WAN, "completed_year": 1_300 * WAN}
        batch.change("weekly", row, change)
    assert not found(book, "week_large").explained


def test_what_is_explained_of_a_file_holds_in_later_weeks(book: Book, project: str) -> None:
    fill(book, project, LAST, 100, 100)
    fill(book, project, WEEK, 200, 300)
    explanations.explain(book, found(book, "start_missing", WEEK).id, "待核实开工报告", WEEK)
    assert not found(book, "start_missing", LAST).explained  # it was not yet written
    fill(book, project, NEXT, 200, 500)
    assert found(book, "start_missing", NEXT).explained
    assert found(book, "start_missing", NEXT).id != found(book, "start_missing", WEEK).id


def test_what_is_explained_of_a_week_does_not_hold_for_the_next(book: Book, project: str) -> None:
    fill(book, project, WEEK, 1_300, 1_300)
    explanations.explain(book, found(book, "week_large").id, "设备集中到货")
    fill(book, project, NEXT, 1_300, 2_600)
    assert not found(book, "week_large", NEXT).explained


def test_without_a_period_earlier_weeks_are_searched_too(book: Book, project: str) -> None:
    fill(book, project, LAST, 1_300, 1_300)
    fill(book, project, WEEK, 100, 1_400)
    finding = found(book, "week_large", LAST)
    with pytest.raises(NoSuchFinding):
        explanations.explain(book, finding.id, "设备集中到货", WEEK)
    explanations.explain(book, finding.id, "设备集中到货")
    assert found(book, "week_large", LAST).explained


def test_an_error_cannot_be_explained_away(book: Book, project: str) -> None:
    fill(book, project, LAST, 100, 100)
    fill(book, project, WEEK, 1_200, 1_200)
    finding = found(book, "year_sum")
    with pytest.raises(ExplainRefused, match=r"不能用说明代替.*现为 1,200 万元") as refused:
        explanations.explain(book, finding.id, "就是这样")
    assert refused.value.advice == "请改正。"
    assert book.rows("explanation") == []
    assert not found(book, "year_sum").explained


def test_what_has_become_an_error_is_explained_no_more(book: Book, project: str) -> None:
    fill(book, project, WEEK, 1_300, 1_300)
    explanations.explain(book, found(book, "week_large").id, "设备集中到货")
    texts = dict(book.scheme.texts)
    texts["checks.toml"] = texts["checks.toml"].replace('level = "explain"', 'level = "must"')
    book.use(scheme.parse(texts))
    finding = found(book, "week_large")
    assert (finding.level, finding.explained, finding.state) == ("must", False, "须改正")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_explanation_is_refused(book: Book, project: str, text: str) -> None:
    fill(book, project, WEEK, 1_300, 1_300)
    with pytest.raises(ExplainRefused, match="空的"):
        explanations.explain(book, found(book, "week_large").id, text)


def test_a_finding_that_is_gone_cannot_be_explained(book: Book, project: str) -> None:
    row = fill(book, project, WEEK, 1_300, 1_300)
    finding = found(book, "week_large")
    with book.batch("change") as batch:
        change = {"completed_week": 100 * WAN, "completed_year": 100 * WAN}
        batch.change("weekly", row, change)
    for number in (finding.id, "", "0123456789"):
        with pytest.raises(NoSuchFinding, match="没有编号为"):
            explanations.explain(book, number, "设备集中到货")


def test_undo_takes_an_explanation_back(book: Book, project: str) -> None:
    fill(book, project, WEEK, 1_300, 1_300)
    explanations.explain(book, found(book, "week_large").id, "设备集中到货")
    assert undo.undo(book).act == "出错说明"
    assert found(book, "week_large").state == "请说明"


def test_a_submitted_week_takes_no_more_explanations(book: Book, project: str) -> None:
    row = fill(book, project, WEEK, 1_300, 1_300)
    findings = checks.check_period(book, WEEK)
    assert not checks.blocking(findings)
    with pytest.raises(cycle.Blocked):
        cycle.submit(book, WEEK, date(2023, 3, 3))
    for finding in findings:
        explanations.explain(book, finding.id, "情况属实")
    cycle.submit(book, WEEK, date(2023, 3, 3))
    finding = found(book, "week_large")
    with pytest.raises(lock.WeekSubmitted):
        explanations.explain(book, finding.id, "另有原因")
    assert checks.check_record(book, "weekly", row)[0].explanation == "情况属实"


def test_a_district_reads_what_the_township_wrote(book: Book, project: str) -> None:
    """The explanation is a record under its project: it goes where the project goes."""
    fill(book, project, WEEK, 1_300, 1_300)
    explanations.explain(book, found(book, "week_large").id, "设备集中到货")
    fields: dict[str, Any] = book.rows("explanation")[0]
    register = book.scheme.register("explanation")
    assert lock.owner(book, register, fields) == book.unit
