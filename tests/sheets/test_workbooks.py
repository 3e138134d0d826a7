"""Workbooks in the shapes that offices send, each against its truth: every field right or asked
about, none silently wrong, at most one field in ten asked about, every table found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.sheets.meaning import vocabulary
from desktop.sheets.proposals.proposal import Proposal, Record
from desktop.sheets.proposing import propose
from desktop.sheets.tables.as_found import as_json
from desktop.sheets.tables.surroundings import unit_name
from tests.sheets.making import investment, read_here

FOLDER = Path(__file__).resolve().parents[1] / "data" / "workbooks"
ENDING = ".truth.json"
WORKBOOKS = sorted(
    path.with_name(path.name.removesuffix(ENDING)) for path in FOLDER.glob(f"*{ENDING}")
)
#: Questions that a truth wants and that are said as a remark: the book's own checks ask about a
#: check digit, and the samples of the district have such codes without a question.
REMARKS = {
    ("项目代码登记表.xlsx", "登记表!C10"),
    ("青石镇重点项目周报（第23周）.xlsx", "第23周!C7"),
}


class Tally(msgspec.Struct):
    """Fields judged: right, asked about, silently wrong (told one by one)."""

    right: int = 0
    asked: int = 0
    wrong: list[str] = []


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((path.parent / (path.name + ENDING)).read_text("utf-8"))
    return truth


def read_of(path: Path) -> Proposal:
    return propose(read_here(path), investment())


def sheet_of(path: Path, name: str) -> str:
    """A csv has no sheet; the truth calls it Sheet1, we by the file's name."""
    return path.stem if path.suffix == ".csv" else name


def judged(found: Proposal, truth: dict[str, Any]) -> Tally:
    """The fields of a proposal against those of its truth."""
    tally = Tally(wrong=[])
    problems = [record for record in found.items if record.register == "problem"]
    for kind, label, ours in (
        ("projects", "name", list(found.projects)),
        ("items", "problem", problems),
    ):
        wanted = truth.get(kind)
        if wanted is None:
            continue
        if len(ours) != len(wanted):
            tally.wrong.append(f"{len(ours)} {kind} for {len(wanted)}")
        for one in wanted:
            record = taken(ours, label, one[label])
            if record is None:
                tally.wrong.append(f"no {one[label]}")
                continue
            for field, value in one.items():
                if field in record.open:
                    tally.asked += 1
                elif record.values.get(field) == value:
                    tally.right += 1
                else:
                    tally.wrong.append(
                        f"{one[label]} {field}: {record.values.get(field)!r} for {value!r}"
                    )
    return tally


def taken(records: list[Record], label: str, name: str) -> Record | None:
    """The first record of that name, which is not looked at again."""
    found = next((one for one in records if one.values.get(label) == name), None)
    if found is not None:
        records.remove(found)
    return found


def test_there_are_at_least_forty_of_them() -> None:
    assert len(WORKBOOKS) >= 40


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_every_field_is_right_or_asked_about(path: Path) -> None:
    truth, found = truth_of(path), read_of(path)
    tally = judged(found, truth)
    assert tally.wrong == []
    for key in ("period", "filled_on"):
        if key in truth:
            assert found.to_json()[key] == truth[key]
    if "unit" in truth:
        assert found.unit == unit_name(truth["unit"])


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_what_no_reader_can_know_is_asked_about(path: Path) -> None:
    found = read_of(path)
    held = {
        f"{record.origin(field)}"
        for record in (*found.projects, *found.items)
        for field in record.open
    } | {f"{question.sheet}!{question.cell}" for question in found.questions}
    remarks = {f"{note.sheet}!{note.cell}" for note in found.notes}
    for question in truth_of(path)["unclear"]:
        cells = [question, *question.get("or", ())]
        places = {f"{sheet_of(path, one['sheet'])}!{one['cell']}" for one in cells}
        if any((path.name, place) in REMARKS for place in places):
            assert places & remarks
        else:
            assert places & held, question


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_tables_and_rows_set_aside_are_those_of_the_truth(path: Path) -> None:
    truth = truth_of(path)
    workbook = read_here(path)
    found = propose(workbook, investment())
    sheets = {path.stem: "Sheet1"} if path.suffix == ".csv" else {}
    if "tables" in truth:
        listed = as_json(workbook, vocabulary.load(investment()).known)
        for table in listed:
            table["sheet"] = sheets.get(table["sheet"], table["sheet"])
        assert listed == truth["tables"]
    skipped = {(sheets.get(one.sheet, one.sheet), one.row) for one in found.skipped}
    assert {(one["sheet"], one["row"]) for one in truth["skipped"]} <= skipped


def test_at_most_one_field_in_ten_is_asked_about() -> None:
    tallies = [judged(read_of(path), truth_of(path)) for path in WORKBOOKS]
    asked, right = sum(one.asked for one in tallies), sum(one.right for one in tallies)
    assert asked * 10 <= asked + right
    assert asked + right > 1_000
