"""Corrections of headings come back with the next workbook of the same headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.sheets.proposals import signatures
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from tests.sheets.making import book_of, investment, sheet

HEAD = ["序号", "项目名称", "第9周完成额度", "规模额"]
NEXT = ["序号", "项目名称", "第10周完成额度", "规模额"]


def read(head: list[str], answers: Answers | None = None, name: str = "周报") -> Proposal:
    rows: tuple[list[Any], ...] = (["单位：万元"], head, [1, "甲项目", 5, 10], [2, "乙项目", 6, 20])
    return propose(book_of(sheet(*rows, name=name)), investment(), answers, year=2023)


def test_this_weeks_answers_are_next_weeks_proposal(tmp_path: Path) -> None:
    given = Answers({"周报!C2:column": "completed_week", "周报!D2:column": "annual_plan"})
    first = read(HEAD, given)
    assert first.projects[0].values["annual_plan"] == 100_000
    memory = signatures.remembered(signatures.Memory(), first.tables, given, "某镇周报")
    file = tmp_path / "new" / "mappings.json"
    signatures.save(memory, file)
    again = signatures.load(file)
    assert again == memory
    assert [one.name for one in again.tables] == ["某镇周报"]
    untold = read(NEXT, name="另一张")
    assert "annual_plan" not in untold.projects[0].values
    answers = signatures.proposed(again, untold.tables, Answers(), investment())
    second = read(NEXT, answers, name="另一张")
    assert second.projects[0].values["annual_plan"] == 100_000
    assert second.projects[1].values["completed_week"] == 60_000
    answers.refuse_unused()


def test_todays_word_counts_more_than_the_memory() -> None:
    given = Answers({"周报!D2:column": "annual_plan"})
    memory = signatures.remembered(signatures.Memory(), read(HEAD, given).tables, given, "a")
    today = Answers({"周报!D2:column": None})
    answers = signatures.proposed(memory, read(HEAD).tables, today, investment())
    assert "annual_plan" not in read(HEAD, answers).projects[0].values
    later = signatures.remembered(memory, read(HEAD, answers).tables, answers, "b")
    assert [(one.name, one.fields) for one in later.tables] == [("a", {"3": None})]


def test_other_headings_are_another_table() -> None:
    one, other = read(HEAD).tables[0], read([*HEAD[:3], "总投资"]).tables[0]
    assert signatures.signature(one) != signatures.signature(other)
    assert signatures.signature(one) == signatures.signature(read(NEXT).tables[0])


def test_memories_join_and_the_one_taken_in_counts() -> None:
    given = Answers({"周报!D2:column": "annual_plan"})
    mine = signatures.remembered(signatures.Memory(), read(HEAD, given).tables, given, "我的")
    theirs = signatures.Memory(
        tuple(signatures.Remembered(one.signature, "上级的", one.headings) for one in mine.tables)
    )
    assert [one.name for one in signatures.joined(mine, theirs).tables] == ["上级的"]


def test_what_is_no_memory_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    assert signatures.load(file) == signatures.Memory()
    answers = '{"周报!C2:column": "completed_week"}'.encode()  # given for a memory by mistake
    deep = b'{"tables": [], "format": "oneledger-mappings-1", "a": ' + b"[" * 9_000
    for content in (b"{", b'{"format": "other"}', b"\xff", b"{}", answers, deep, bytes(4096)):
        file.write_bytes(content)
        with pytest.raises(signatures.MemoryMalformed):
            signatures.load(file)
    with pytest.raises(signatures.MemoryNotWritten):
        signatures.save(signatures.Memory(), tmp_path / "a.json" / "b.json")


def test_nothing_but_a_memory_is_written_over(tmp_path: Path) -> None:
    """A slip in a file's name must not cost a book, a workbook or a file of answers."""
    file, memory = tmp_path / "a.json", signatures.Memory()
    for content in (b"SQLite format 3\0", '{"周报!C2:column": "completed_week"}'.encode()):
        file.write_bytes(content)
        with pytest.raises(signatures.MemoryMalformed):
            signatures.save(memory, file)
        assert file.read_bytes() == content
    file.unlink()
    signatures.save(memory, file)
    signatures.save(memory, file)
    assert signatures.load(file) == memory
