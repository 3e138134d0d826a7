"""From proposals to the record of a letter: words frozen, numbers in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import audience, workspace
from desktop.ledger.escalation import Proposal
from desktop.ledger.escalation_letters import NotOneLetter, draft, next_number
from desktop.ledger.escalation_rules import Act
from desktop.ledger.refusals import NotYours
from desktop.ledger.workspace import Book
from tests.ledger.books import remove
from tests.ledger.district import district

APRIL = date(2023, 4, 6)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened, _ = district(tmp_path / "d.yzb", profile=tmp_path / "profile")
    with opened:
        yield opened


def proposal(book: Book, name: str = "甲", act: Act = "reminder", level: str = "") -> Proposal:
    figures = (f"{name}的数据", "共同的数据")
    said = (f"{name}的事由", f"{name}的规则", figures, level, f"{level}对象" if level else "")
    return Proposal(book.unit, "源汇区", "2023-03", name, act, *said)


def test_several_proposals_make_one_letter(book: Book) -> None:
    chosen = [proposal(book, "甲"), proposal(book, "乙")]
    fields = draft(book, chosen, APRIL, date(2023, 4, 14))
    assert fields == {
        "unit": book.unit,
        "kind": "提醒函",
        "number": "提醒〔2023〕1号",
        "matter": "甲的事由、乙的事由",
        "month": "2023-03",
        "rule": "甲的规则\n乙的规则",
        "figures": "甲的数据\n共同的数据\n乙的数据",
        "issued_on": "2023-04-06",
        "due": "2023-04-14",
        "state": "待办",
    }
    with book.batch("create") as batch:
        letter = batch.create("letter", fields)
    assert {row["record"] for row in book.rows("letter")} == {letter}


def test_the_gravest_talk_leads(book: Book) -> None:
    levels = ("分管领导", "主要领导", "")
    chosen = [
        proposal(book, name, "talk", level) for name, level in zip("甲乙丙", levels, strict=True)
    ]
    fields = draft(book, chosen, APRIL)
    assert (fields["talk_level"], fields["talked"]) == ("主要领导", "主要领导对象")
    assert "due" not in fields
    assert fields["kind"] == "约谈通知"
    assert draft(book, [proposal(book, act="criticism")], APRIL)["kind"] == "通报"


def test_a_letter_goes_to_one_unit_and_is_of_one_kind(book: Book) -> None:
    for chosen in ([], [proposal(book), proposal(book, act="talk")]):
        with pytest.raises(NotOneLetter, match="一份函件只能发给一个单位"):
            draft(book, chosen, APRIL)


def test_numbers_follow_the_last_of_the_year(book: Book) -> None:
    with book.batch("create") as batch:
        for number in (
            "提醒〔2023〕2号",
            "提醒〔2023〕9号",
            "提醒〔2022〕31号",
            "约谈〔2023〕12号",
            "9号",
        ):
            batch.create("letter", {"unit": book.unit, "matter": "甲", "number": number})
    assert next_number(book, "reminder", 2023) == "提醒〔2023〕10号"
    assert next_number(book, "reminder", 2024) == "提醒〔2024〕1号"
    assert next_number(book, "talk", 2023) == "约谈〔2023〕13号"
    for row in book.rows("letter"):
        remove(book, "letter", row["record"])
    assert next_number(book, "reminder", 2023) == "提醒〔2023〕10号", "a number is never used twice"


def test_a_letter_goes_to_its_unit_and_the_unit_answers(book: Book, tmp_path: Path) -> None:
    units = {row["name"]: row["record"] for row in book.rows("unit")}
    with book.batch("create") as batch:
        fields = {"unit": units["大刘镇"], "matter": "进度", "kind": "提醒函"}
        letter = batch.create("letter", fields)
    assert letter in audience.visible(book, units["大刘镇"])
    assert letter not in audience.visible(book, units["问十乡"])
    with workspace.create(tmp_path / "t.yzb", "大刘镇", "township", under="源汇区") as township:
        answer = {"unit": township.unit, "text": "已整改", "replied_on": "2023-04-10"}
        with township.batch("create") as batch:
            reply = batch.create("reply", answer)
        above = next(row["above"] for row in township.rows("unit") if row["above"])
        assert reply in audience.visible(township, above)
        with pytest.raises(NotYours), township.batch("create") as batch:
            batch.create("letter", {"unit": township.unit, "matter": "自己发"})
        with pytest.raises(NotYours), township.batch("change") as batch:
            batch.change("reply", reply, {"opinion": "同意"})
