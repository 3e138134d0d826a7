"""The verbs ``fill-in`` and ``form``, and ``read-excel`` of what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop import cli
from tests.sheets.department import cells, empty_form
from tests.sheets.filler import Filler

TOWN = "空冢郭镇"


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture
def call(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Call:
    monkeypatch.setenv("ONELEDGER_PROFILE", str(tmp_path / "profile"))

    def run(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(int(left.value.code or 0), out, err)

    return run


@pytest.fixture
def book(tmp_path: Path, call: Call) -> Path:
    path = tmp_path / "空冢郭镇.yzb"
    made = call("new", path, "--unit", TOWN, "--level", "township", "--under", "源汇区")
    assert made.code == 0
    words = ("name=奥昌迈得设备生产项目", "state=在建", "total_investment=12亿", "annual_plan=6亿")
    assert call("add", path, "project", *words, "actual_start=2022-11-01").code == 0
    week = ("project=奥昌", "period=2023-W09", "completed_week=1200", "completed_year=8350")
    assert call("add", path, "weekly", *week, "physical_progress=3号厂房基础施工").code == 0
    return path


def test_a_workbook_goes_out_and_comes_back(book: Path, call: Call, tmp_path: Path) -> None:
    made = call(
        "fill-in", book, "weekly", "--period", "2023-W10", "-o", tmp_path / "发出", "--json"
    )
    assert made.code == 0, made
    ((sent),) = made.json
    assert (sent["recipient"], sent["rows"], sent["remarks"]) == (TOWN, 1, [])
    assert "已做“周调度台账”填报模板 1 份" in made.err
    paper = Filler(Path(sent["file"]))
    paper.type("奥昌迈得设备生产项目", completed_week=350, completed_year=8700).send()
    looked = call("read-excel", book, paper.path, "--dry-run", "--json")
    assert looked.code == 0, looked
    assert looked.json["joined"]["counts"] == {"fields_new": 3, "weekly_new": 1}
    assert looked.json["written"] is None
    read = call("read-excel", book, paper.path)
    assert read.code == 0, read
    shown = call("history", book, "weekly", "奥昌", "--json")
    assert call("undo", book).code == 0
    assert shown.code in (0, 1)
    again = call("read-excel", book, paper.path, "--dry-run", "--json")
    assert again.json["joined"]["counts"] == {"fields_new": 3, "weekly_new": 1}


def test_wrong_words_are_refused_with_a_sentence(book: Path, call: Call, tmp_path: Path) -> None:
    out = ("-o", tmp_path / "o")
    for words, part in (
        (("weekly", *out), "请写明是哪一期"),
        (("problem", "--period", "2023-W09", *out), "不分期次"),
        (("weekly", "--period", "2023-W10", "--by", "nothing", *out), "没有栏目"),
        (("letter", *out), "没有由本级填写的栏目"),
    ):
        said = call("fill-in", book, *words)
        assert said.code == 1
        assert part in said.err
    assert not (tmp_path / "o").exists()


def test_a_form_is_learned_listed_and_filled(book: Path, call: Call, tmp_path: Path) -> None:
    form = empty_form(tmp_path / "空表.xlsx")
    assert "还没有学过" in call("form", book, "list").err
    told = tmp_path / "a.json"
    answers = {"统计月报!G4:column": "completed_year", "统计月报!A9:text-负责人": "王某"}
    told.write_text(json.dumps(answers), "utf-8")
    learned = call("form", book, "learn", form, "--name", "月报", "--answers", told, "--json")
    assert learned.code == 0, learned
    assert {one["field"] for one in learned.json["columns"]} >= {"name", "completed_year"}
    assert learned.json["lost"] == []
    assert [one["name"] for one in call("form", book, "list", "--json").json] == ["月报"]
    target = tmp_path / "填好" / "月报.xlsx"
    words = ("--period", "2023-W09", "--on", "2023-03-05", "-o", target)
    filled = call("form", book, "fill", "月报", *words, "--json")
    assert filled.code == 0, filled
    assert filled.json["rows"] == 1
    page = cells(target)
    assert page["B5"].value == "奥昌迈得设备生产项目"
    assert page["G5"].value == 0.835  # 亿元
    assert page["A9"].value.endswith("填报日期：2023年3月5日")


def test_wrong_use_of_form(book: Path, call: Call, tmp_path: Path) -> None:
    assert call("form", book, "learn").code == 2
    assert call("form", book, "learn", tmp_path / "x.xlsx", "--name", "表").code == 1
    assert "没有叫“无”的表样" in call("form", book, "fill", "无", "-o", tmp_path / "x.xlsx").err
    assert call("form", book, "fill", "无").code == 2
    assert call("form", book, "forget").code == 2


def test_a_spoilt_memory_of_headings_is_put_aside(book: Path, call: Call, tmp_path: Path) -> None:
    """What this PC remembers is a habit; a power cut that spoils it stops nobody from reading."""
    memory = tmp_path / "profile" / "mappings.json"
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_bytes(bytes(4096))
    table = tmp_path / "表.csv"
    table.write_text("项目名称,总投资（万元）\n甲项目,5\n乙项目,6\n", encoding="utf-8")
    said = call("read-excel", book, table, "--dry-run")
    assert said.code == 0
    assert "mappings.damaged" in said.err
    assert memory.with_suffix(".damaged").read_bytes() == bytes(4096)
    assert not memory.exists()
    assert "damaged" not in call("read-excel", book, table, "--dry-run").err


def test_names_of_files_do_nothing_to_the_terminal(book: Path, call: Call, tmp_path: Path) -> None:
    table = tmp_path / "\x1b[2J\u202e表.csv"
    table.write_text("项目名称,总投资（万元）\n甲项目,5\n乙项目,6\n", encoding="utf-8")
    said = call("read-excel", book, table, "--dry-run")
    assert "�[2J�表.csv" in said.err
    table.write_bytes(b"%PDF-1.7\n")
    refused = call("read-excel", book, table)
    assert refused.code == 1
    assert not set("\x1b\u202e") & set(said.err + refused.err)


def test_a_slip_in_the_name_of_a_target_costs_no_book(
    book: Path, call: Call, tmp_path: Path
) -> None:
    whole = book.read_bytes()
    empty = empty_form(tmp_path / "空表.xlsx")
    assert call("form", book, "learn", empty, "--name", "月报").code == 0
    whole = book.read_bytes()
    filled = call("form", book, "fill", "月报", "--period", "2023-W09", "-o", book)
    assert filled.code == 1
    assert ".xlsx" in filled.err
    table = tmp_path / "表.csv"
    table.write_text("项目名称,总投资（万元）\n甲项目,5\n乙项目,6\n", encoding="utf-8")
    for target in (book, table):
        said = call("read-excel", book, table, "--dry-run", "--save-mapping", target)
        assert said.code == 1
        assert target.name in said.err
    assert book.read_bytes() == whole
    assert table.read_text(encoding="utf-8").startswith("项目名称")
