"""The truths hold water: each is well formed and can be traced to the cells of its workbook.

Every figure, date and word that a clerk is said to have entered must stand somewhere in the
workbook, every cell that must be asked about must be there with its text, and what is said of
tables must lie where it is said.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.workbooks.codes import check_digit
from tests.workbooks.look import BOOKS, date_in, grids, money_in, position, truth, words
from tests.workbooks.truth import DATES, MONEY

DICTIONARY = {
    "name",
    "code",
    "level",
    "categories",
    "nature",
    "state",
    "stage",
    "content",
    "place",
    "owner",
    "responsible_unit",
    "lead_unit",
    "cooperating_units",
    "responsible_person",
    "phone",
    "sponsor",
    "service_officer",
    "total_investment",
    "annual_plan",
    "planned_start",
    "planned_finish",
    "actual_start",
    "actual_finish",
    "completed_week",
    "completed_month",
    "completed_year",
    "completed_total",
    "physical_progress",
    "problems",
    "needs",
    "next_plan",
}


ITEM = {"project", "problem", "measure", "responsible_unit", "responsible_person", "due", "state"}


CHOICES = {
    "level": {"省", "市", "区", "一般"},
    "nature": {"新建", "扩建", "改建", "技改"},
    "state": {"前期", "新开工", "在建", "停工", "竣工"},
}


KEYS = {"about", "source", "period", "week", "unit", "filled_on", "projects", "items", "unclear"}


KEYS |= {"may_ask", "skipped", "tables"}


@pytest.mark.parametrize("name", BOOKS)
def test_a_truth_is_well_formed(name: str) -> None:
    said = truth(name)
    assert set(said) <= KEYS
    assert "projects" in said or "items" in said or BOOKS[name].projects is None
    for record in said.get("projects", []):
        assert set(record) <= DICTIONARY
        assert record["name"]
        check_values(record)
    for item in said.get("items", []):
        assert set(item) <= ITEM
        assert item["problem"]
        check_values(item)
    if "period" in said:
        assert re.fullmatch(r"20\d\d-(W\d\d|Q\d|\d\d)|20\d\d", said["period"])


def check_values(record: dict[str, Any]) -> None:
    for name, value in record.items():
        if value is None:
            continue
        if name in MONEY:
            assert type(value) is int and value >= 0, name
        elif name in DATES:
            assert date.fromisoformat(value).isoformat() == value
        else:
            assert isinstance(value, str) and value == value.strip() and value, name
        if name in CHOICES:
            assert value in CHOICES[name]


@pytest.mark.parametrize("name", BOOKS)
def test_every_value_stands_in_a_cell(name: str) -> None:
    said, cells = truth(name), [v for grid in grids(name).values() for v in grid.values()]
    money, text = money_in(cells), [words(cell) for cell in cells]
    unasked = {(e["record"], e["field"]) for e in said["unclear"] if e["value"] is None}
    for record in [*said.get("projects", []), *said.get("items", [])]:
        who = record.get("name") or record.get("problem")
        for key, value in record.items():
            if value is None:
                continue
            assert (who, key) not in unasked
            if key in MONEY:
                assert value in money, f"{who}: {key} {value}"
            elif key in DATES:
                assert date_in(date.fromisoformat(value), cells), f"{who}: {key} {value}"
            elif key == "code":
                bare = value.replace("-", "")
                assert any(bare in t.replace("-", "") for t in text), f"{who}: {value}"
            else:
                assert any(words(value) in t for t in text), f"{who}: {key} {value}"


@pytest.mark.parametrize("name", BOOKS)
def test_questions_and_skipped_rows_lie_where_they_are_said(name: str) -> None:
    said, found = truth(name), grids(name)
    records = {r.get("name") or r.get("problem"): r for r in said.get("projects", [])}
    records |= {r["problem"]: r for r in said.get("items", [])}
    for entry in said["unclear"]:
        cell = found[entry["sheet"]].get(position(entry["cell"]), "")
        if not entry["text"].startswith("="):
            assert words(cell) == words(entry["text"]) or float(cell) == float(entry["text"])
        else:
            assert cell == "", "a formula that was never computed shows nothing"
        assert entry["question"]
        assert entry["record"] in records or (entry["record"], entry["field"]) == ("", "name")
        if entry["value"] is not None:
            assert records[entry["record"]][entry["field"]] == entry["value"]
    for entry in said["may_ask"]:
        assert entry["sheet"] in found
        assert position(entry["cell"])
    for entry in said["skipped"]:
        grid = found[entry["sheet"]]
        assert any(row == entry["row"] for row, _ in grid)
        assert entry["kind"] in {"total", "section", "heading", "note", "blank name"}


@pytest.mark.parametrize("name", BOOKS)
def test_tables_lie_where_they_are_said(name: str) -> None:
    said, found = truth(name), grids(name)
    for entry in said.get("tables", []):
        grid = found[entry["sheet"]]
        first, last = entry["header_rows"]
        assert 1 <= first <= last <= first + 2
        head = {words(v) for (row, _), v in grid.items() if first <= row <= last}
        for heading in entry["headings"]:
            rest = words(heading)
            for part in sorted(head, key=len, reverse=True):
                rest = rest.replace(part, "")
            assert set(rest) <= {"/"}, heading
        for row in entry["totals_rows"]:
            line = "".join(words(v) for (y, _), v in grid.items() if y == row)
            assert re.search("合计|小计|总计", line), line
        assert entry["data_rows"] > 0
        assert entry["data_rows"] <= max(row for row, _ in grid) - last


def test_codes_have_a_right_check_digit_or_are_asked_about() -> None:
    seen = 0
    for name in BOOKS:
        said = truth(name)
        excused = {e["record"] for e in said["unclear"] if e["field"] == "code"}
        for record in said.get("projects", []):
            code = record.get("code")
            if code is None or record["name"] in excused or code.startswith("2019-"):
                continue
            assert re.fullmatch(r"\d{4}-\d{6}-\d\d-\d\d-\d{6}", code)
            digits = code.replace("-", "")
            assert check_digit(digits[:19]) == digits[19]
            seen += 1
    assert seen >= 25
