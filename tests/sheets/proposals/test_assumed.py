"""The year that nobody wrote is said, once."""

from __future__ import annotations

from typing import Any

from desktop.sheets.proposing import propose
from tests.sheets.making import book_of, investment, sheet

HEAD = ["项目名称", "总投资", "计划竣工时间"]


def said(*rows: list[Any], year: int | None = 2023, name: str = "台账.xlsx") -> list[str]:
    found = propose(book_of(sheet(["单位：万元"], *rows), name=name), investment(), year=year)
    return [f"{one.cell} {one.text}" for one in found.notes if "年份" in one.text]


def test_a_date_without_a_year_is_remarked_upon_once() -> None:
    rows = (HEAD, ["甲项目", 100, "2024年5月"], ["乙项目", 100, "6月底"], ["丙项目", 100, "7月底"])
    assert said(*rows) == [
        "C4 没有写明年份，这里和其他没有年份的日期、期次都按 2023 年读入",
    ]


def test_nothing_is_said_where_the_year_is_written() -> None:
    rows = (HEAD, ["甲项目", 100, "6月底"])
    assert said(["2023年重点项目台账"], *rows) == []
    assert said(*rows, name="2023年台账.xlsx") == []
    assert said(HEAD, ["甲项目", 100, "24年6月底"]) == []
    assert said(HEAD, ["甲项目", 100, ""]) == []
    assert said(*rows, year=None) == []


def test_a_week_without_a_year_is_remarked_upon() -> None:
    head = ["项目名称", "本周完成投资"]
    assert len(said(["空冢郭镇第9周重点项目台账"], head, ["甲项目", 100])) == 1
    assert said(["空冢郭镇2023年第9周重点项目台账"], head, ["甲项目", 100]) == []
