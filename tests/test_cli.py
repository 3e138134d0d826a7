"""The command line: every verb, its exit code, its JSON, its sentence; and every bad input."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop import cli
from desktop.ledger import drives
from desktop.paths import scheme_folder

CHINESE = "一", "鿿"


class Said(NamedTuple):
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
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
    assert (
        call("new", path, "--unit", "空冢郭镇", "--level", "township", "--under", "源汇区").code
        == 0
    )
    words = ("name=奥昌迈得设备生产项目", "state=在建", "total_investment=12亿", "annual_plan=6亿")
    assert call("add", path, "project", *words, "actual_start=2022-11-01").code == 0
    week = ("project=奥昌", "period=2023-W09", "completed_week=1200", "completed_year=8350")
    assert call("add", path, "weekly", *week, "physical_progress=3号厂房基础施工").code == 0
    return path


def refused(said: Said, *parts: str) -> None:
    """Exit 1, a Chinese sentence with these words, nothing on standard output but JSON."""
    assert said.code == 1, said
    assert any(CHINESE[0] <= sign <= CHINESE[1] for sign in said.err)
    for part in parts:
        assert part in said.err


def test_money_is_typed_as_people_type_and_kept_in_yuan(book: Path, call: Call) -> None:
    (step,) = call("history", book, "weekly", "奥昌@第9周", "completed_week", "--json").json
    assert step["new"] == 12_000_000
    said = call("change", book, "weekly", "奥昌@2023-W09", "completed_week=０.1３亿元", "--json")
    assert said.json["completed_week"] == 13_000_000


def test_undo_and_redo_cross_processes(book: Path, call: Call) -> None:
    call("change", book, "weekly", "奥昌@2023-W09", "completed_week=900")
    undone = call("undo", book, "--json")
    assert undone.code == 0
    assert undone.json["changes"][0]["fields"] == ["completed_week"]
    (row,) = _rows(book, "SELECT completed_week FROM weekly")
    assert row == (12_000_000,)
    assert call("redo", book).code == 0
    assert _rows(book, "SELECT completed_week FROM weekly") == [(9_000_000,)]
    refused(call("redo", book), "没有可以重做")


def test_remove_and_undo_bring_the_record_back(book: Path, call: Call) -> None:
    refused(call("remove", book, "project", "奥昌"), "1 条周调度台账")
    assert call("remove", book, "weekly", "奥昌@2023-W09").code == 0
    assert call("status", book, "--json").json["period"] is None
    assert call("undo", book).code == 0
    assert call("status", book, "--json").json["period"] == "2023-W09"


def test_history_is_told_in_chinese(book: Path, call: Call) -> None:
    call("--operator", "张晓燕", "change", book, "weekly", "奥昌@2023-W09", "completed_week=900")
    said = call("history", book, "weekly", "奥昌@2023-W09")
    assert "张晓燕 修改 本周完成投资：1,200 → 900" in said.out
    assert "所属：空 → 奥昌迈得设备生产项目" in said.out


def test_status_says_the_week_of_the_book(book: Path, call: Call) -> None:
    status = call("status", book, "--json").json
    assert status["unit"] == "空冢郭镇"
    assert status["level"] == "township"
    assert status["period"] == "2023-W09"
    assert status["label"] == "2023年第9周（2月24日—3月2日）"
    assert status["projects"] == 1
    (one,) = status["submissions"]
    assert (one["unit"], one["period"], one["state"]) == ("空冢郭镇", "2023-W09", "未上报")


def test_check_blocks_and_explanations_open(book: Path, call: Call) -> None:
    call("change", book, "weekly", "奥昌@2023-W09", "completed_year=100")
    said = call("check", book, "--json")
    assert said.code == 1
    must = [finding for finding in said.json["findings"] if finding["level"] == "must"]
    assert must
    assert must[0]["cell"]
    assert must[0]["period"] == "2023-W09"
    call("change", book, "weekly", "奥昌@2023-W09", "completed_year=8350")
    said = call("check", book, "--json")
    assert not [finding for finding in said.json["findings"] if finding["level"] == "must"]
    for finding in said.json["findings"]:
        assert call("explain", book, finding["id"], "经核实，情况属实。").code == 0
    assert call("check", book).code == 0


def test_verify_is_clean_and_finds_a_change(book: Path, call: Call) -> None:
    clean = call("verify", book, "--json")
    assert clean.code == 0
    assert clean.json["ok"] is True
    assert clean.json["problems"] == []
    assert clean.json["entries"] == len(_rows(book, "SELECT 1 FROM journal"))
    _write(book, "UPDATE journal SET fields = replace(fields, '12000000', '13000000')")
    found = call("verify", book, "--json")
    assert found.code == 1
    assert {problem["what"] for problem in found.json["problems"]} >= {"changed"}
    assert found.json["problems"][0]["position"]
    assert found.json["problems"][0]["entry"]


def test_rebuild_repairs_the_tables_from_the_journal(book: Path, call: Call) -> None:
    _write(book, "UPDATE weekly SET completed_week = 1")
    found = call("verify", book)
    assert found.code == 1
    assert "--rebuild" in found.err
    assert call("verify", book, "--rebuild").code == 0
    assert _rows(book, "SELECT completed_week FROM weekly") == [(12_000_000,)]


def test_a_paper_is_traced_to_the_book_by_its_code(book: Path, call: Call, tmp_path: Path) -> None:
    from desktop.ledger import paper_code

    head = call("verify", book, "--json").json["head"]
    code = paper_code.code(head)
    said = call("verify", book, "--paper", code, "--json")
    assert (said.code, said.json["ok"], said.json["paper"]["found"]) == (0, True, True)
    assert said.json["paper"]["later"] == 0
    assert "此后没有改动" in said.err
    call("change", book, "weekly", "奥昌@2023-W09", "completed_week=1300")
    said = call("verify", book, "--paper", code.lower())
    assert said.code == 0
    assert "此后又有 1 条，第一条是" in said.err
    refused(call("verify", book, "--paper", "0000-0000-0000"), "不出自本账本", "账本完好")
    refused(call("verify", book, "--paper", "纸上没有"), "不是纸上的校验码")
    _write(book, "UPDATE weekly SET completed_week = 1")
    said = call("verify", book, "--paper", code, "--json")
    assert (said.code, said.json["ok"], said.json["paper"]["found"]) == (1, False, True)


def test_conflicts_are_listed_and_settled(book: Path, call: Call) -> None:
    listed = call("settle", book)
    assert (listed.code, listed.out) == (0, "")
    assert "没有待定的冲突" in listed.err
    other = _other_pc(book)
    call("--operator", "王敏", "change", book, "weekly", "奥昌@2023-W09", "completed_week=1300")
    call("--operator", "王敏", "change", book, "project", "奥昌", "remark=甲改")
    _write_apart(book, other)
    listed = call("settle", book)
    assert "待定冲突 2 处" in listed.err
    assert "周调度台账 奥昌迈得设备生产项目 2023-W09 “本周完成投资”" in listed.out
    assert "  原为 1,200\n" in listed.out
    assert "  1,300  空冢郭镇 王敏" in listed.out
    remark, amount = call("settle", book, "--json").json["conflicts"]
    assert (remark["field"], amount["field"], amount["agreed"]) == (
        "remark", "completed_week", 12_000_000,
    )  # fmt: skip
    assert {side["text"] for side in amount["sides"]} == {"1,300", "1,500"}
    assert amount["provisional"] in {"1,300", "1,500"}
    said = call("settle", book, remark["id"], "theirs", "--reason", "以乙为准", "--json")
    assert (said.code, said.json["value"]) == (0, "乙改")
    assert "还有待定冲突 1 处" in said.err
    said = call("settle", book, amount["id"][:6], "1,400.5", "--json")
    assert said.json["value"] == 14_005_000
    assert "以乙为准" in call("history", book, "project", "奥昌", "remark").out
    refused(call("settle", book, amount["id"], "ours"), "没有编号为")
    assert call("settle", book, amount["id"]).code == 2
    assert call("undo", book).code == 0
    assert call("settle", book, "--json").json["conflicts"] == [amount]


def test_a_removal_in_conflict_is_answered_in_words(book: Path, call: Call) -> None:
    call("add", book, "problem", "project=奥昌", "problem=供电未接入")
    other = _other_pc(book)
    call("remove", book, "problem", "供电未接入")
    _write_apart(book, other, "problem", measure="架线")
    (one,) = call("settle", book, "--json").json["conflicts"]
    assert (one["field"], one["agreed_text"]) == ("removed", "保留")
    refused(call("settle", book, one["id"], "也许"), "不能回答")
    assert call("settle", book, one["id"], "删除").code == 0
    assert call("undo", book).code == 0
    said = call("settle", book, one["id"], "对方", "--json")
    assert said.json["value"] is False
    assert _rows(book, "SELECT measure, conflicts, removed FROM problem") == [("架线", 0, 0)]


def _other_pc(book: Path) -> Path:
    """The book as another PC of the unit has it."""
    copy = book.with_name("乙.yzb")
    shutil.copyfile(book, copy)
    return copy


def _write_apart(book: Path, copy: Path, register: str = "", **fields: str) -> None:
    """What the other PC wrote meanwhile, taken into the book."""
    from desktop.ledger import merging, workspace

    with workspace.open_book(copy, profile=book.parent / "乙", operator="李强") as other:
        project, week = (other.rows(name)[0]["record"] for name in ("project", "weekly"))
        with other.batch("change") as batch:
            if register:
                batch.change(register, other.rows(register)[0]["record"], fields)
            else:
                batch.change("project", project, {"remark": "乙改"})
                batch.change("weekly", week, {"completed_week": 15_000_000})
        entries = [line.authored for line in other.journal.lines()]
    with workspace.open_book(book) as own:
        merging.receive(own, entries, "stick")


def test_backup_and_restore(book: Path, call: Call, tmp_path: Path) -> None:
    copy, again = tmp_path / "备份.yzb", tmp_path / "恢复.yzb"
    made = call("backup", book, "-o", copy, "--json")
    assert made.code == 0
    assert made.json["entries"] == len(_rows(book, "SELECT 1 FROM journal"))
    assert call("restore", copy, "-o", again).code == 0
    assert call("verify", again).code == 0
    assert _rows(again, "SELECT completed_week FROM weekly") == [(12_000_000,)]
    refused(call("backup", book, "-o", copy), "文件已经存在")


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_export_writes_a_file(book: Path, call: Call, tmp_path: Path, ending: str) -> None:
    target = tmp_path / "新文件夹" / f"台账.{ending}"
    said = call("export", book, "weekly", "-o", target, "--json")
    assert said.code == 0, said
    assert said.json["rows"] == 1
    assert target.read_bytes()[:2] in (b"PK", b"%P")


def test_report_writes_the_weekly_report(book: Path, call: Call, tmp_path: Path) -> None:
    target = tmp_path / "周报.pdf"
    said = call("report", book, "weekly", "--period", "2023-W09", "-o", target, "--json")
    assert said.code == 0, said
    assert said.json["pages"] >= 1
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (("weekly", "--size", "A3", "--red-head", "--issue", "12"), "docx"),
        (("weekly", "--plain"), "xlsx"),
        (("card", "--subject", "奥昌"), "pdf"),
        (("card",), "pdf"),  # there is only one
        (("wall-chart", "--size", "A1"), "pdf"),
        (("hand-over",), "docx"),
        (("monthly", "--period", "2023-02"), "pdf"),
    ],
)
def test_report_writes_every_kind(
    book: Path, call: Call, tmp_path: Path, words: tuple[str, ...], ending: str
) -> None:
    target = tmp_path / f"a.{ending}"
    said = call("report", book, *words, "-o", target, "--json")
    assert said.code == 0, said
    assert (said.json["pages"] is None) == (ending != "pdf")
    assert said.json["report"] == words[0]
    assert bool(said.json["subject"]) == (words[0] == "card")
    assert target.read_bytes()[:2] in (b"PK", b"%P")


def test_cards_of_several_projects_in_one_file(book: Path, call: Call, tmp_path: Path) -> None:
    for name in ("供水管网改造项目", "农贸市场项目"):
        words = (f"name={name}", "state=在建", "total_investment=1亿")
        assert call("add", book, "project", *words).code == 0
    projects = dict(_rows(book, "SELECT name, record FROM project WHERE removed = 0"))
    first, second = list(projects)[:2]
    target = tmp_path / "卡.pdf"
    twice = ("--subject", second, "--subject", first, "--subject", second)
    said = call("report", book, "card", *twice, "-o", target, "--json")
    assert said.code == 0, said
    assert said.json["subject"] == [projects[second], projects[first]]
    assert said.json["pages"] == 2
    said = call("report", book, "card", "--all", "-o", target)
    assert f"（{len(projects)} 个项目）" in said.err and f"共 {len(projects)} 页" in said.err
    before = target.read_bytes()
    wrong: tuple[tuple[str, ...], ...] = (
        ("card", "--all", "--subject", first),
        ("minutes", "--all"),
        ("weekly", "--all"),
    )
    for case in wrong:
        assert call("report", book, *case, "-o", target).code == 2, case
    assert (
        call("report", book, "card", "--subject", first, "--subject", "没有", "-o", target).code
        == 1
    )
    assert target.read_bytes() == before


def test_export_since_a_paper_writes_only_what_changed(
    book: Path, call: Call, tmp_path: Path
) -> None:
    from desktop.ledger import paper_code

    code = paper_code.code(call("verify", book, "--json").json["head"])
    again = ("export", book, "weekly", "--since", code, "-o", tmp_path / "a.pdf", "--json")
    assert call(*again).json["rows"] == 0
    assert call("change", book, "weekly", "奥昌@2023-W09", "completed_week=1300").code == 0
    said = call(*again)
    assert (said.json["rows"], said.json["since"]) == (1, code)
    assert "有变动的 1 行" in said.err


def test_letters_are_listed_and_written_once(call: Call, tmp_path: Path) -> None:
    book = tmp_path / "源汇区.yzb"
    assert call("new", book, "--unit", "源汇区", "--level", "district").code == 0
    for name, done in (("大刘镇", 90), ("空冢郭镇", 120), ("问十乡", 130)):
        above = ("level=township", "above=源汇区")
        assert call("add", book, "unit", f"name={name}", *above).code == 0
        for month in ("2023-01", "2023-02"):
            figures = (f"completed_year={done}", "last_year_to_date=100")
            words = (f"unit={name}", f"period={month}", *figures)
            assert call("add", book, "monthly_unit", *words).code == 0
    said = call("letters", book, "--month", "2023-02", "--json")
    assert said.code == 0, said
    talks = [one for one in said.json["proposals"] if one["kind"] == "约谈通知"]
    assert [(one["unit"], one["letter"]) for one in talks] == [("大刘镇", None)]
    assert "90" in talks[0]["figures"][0]
    assert "还要拟发函件" in said.err
    written = call("letters", book, "--write", "--on", "2023-03-06", "--json")
    assert len(written.json["written"]) == 1 and written.json["month"] == "2023-02"
    assert call("letters", book, "--write", "--json").json["written"] == []
    pdf = tmp_path / "约谈.pdf"
    made = call("report", book, "talk", "--subject", written.json["written"][0], "-o", pdf)
    assert made.code == 0, made
    assert pdf.read_bytes().startswith(b"%PDF")


def test_help_is_chinese_and_names_every_verb(call: Call) -> None:
    said = call("--help")
    assert said.code == 0
    for name in cli.VERBS:
        assert (name in said.out) == (name not in cli.HIDDEN)
        assert call(name, "--help").code == 0
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in said.out
        assert english not in call("add", "--help").out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("ad",), "没有命令"),
        (("add",), "缺少"),
        (("verify", "x.yzb", "--foo"), "没有选项"),
        (("demo", "x", "--weeks", "many"), "不是整数"),
        (("demo", "x", "--townships", "0"), "应在 1 到 99 之间"),
        (("report", "x.yzb", "annual", "-o", "x.pdf"), "应为其中之一"),
        (("report", "x.yzb", "card", "--issue", "3", "-o", "x.pdf"), "没有选项 --issue"),
        (("report", "x.yzb", "wall-chart", "--size", "A4", "-o", "x.pdf"), "A3、A1、A0"),
        (("letters", "x.yzb", "--on", "昨天"), "“昨天”应写成 2023-03-05 这样的日期。"),
        (("export", "x.yzb", "weekly"), "缺少 --output 文件。"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_sentence(
    call: Call, words: tuple[str, ...], part: str
) -> None:
    said = call(*words)
    assert said.code == 2
    assert part in said.err
    assert "用法：" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("add", "{book}", "wekly", "a=1"), ("没有名为“wekly”的册", "weekly（周调度台账）")),
        (("add", "{book}", "project", "nmae=x"), ("没有栏目“nmae”",)),
        (("add", "{book}", "project", "name"), ("栏目=值",)),
        (("add", "{book}", "project", "state=在建"), ("项目名称",)),
        (("add", "{book}", "project", "name=甲", "state=在建中"), ("应为其中之一",)),
        (("add", "{book}", "project", "name=甲", "total_investment=很多"), ("很多",)),
        (("add", "{book}", "weekly", "project=没有的", "period=2023-W09"), ("没有“没有的”",)),
        (("add", "{book}", "weekly", "project=奥昌", "period=2023-W53"), ("2023-W53",)),
        (("add", "{book}", "weekly", "project=奥昌", "period=2023-02"), ("期次",)),
        (("change", "{book}", "weekly", "奥昌@2023-W09", "period=2023-W10"), ("在建立时已定",)),
        (("change", "{book}", "weekly", "奥昌@2023-W09", "completion_rate=1"), ("由程序计算",)),
        (("change", "{book}", "project", "不存在", "name=乙"), ("没有“不存在”",)),
        (("check", "{book}", "--period", "2023-W99"), ("2023",)),
        (("check", "{book}", "--period", "2023-02"), ("不是一周",)),
        (("status", "{book}", "--period", "2023"), ("不是一周",)),
        (("status", "{book}", "--period", ""), ("期",)),
        (
            ("add", "{book}", "weekly", "project=奥昌", "period=第9周", "completed_week=7"),
            ("没有覆盖",),
        ),
        (("change", "{book}", "project", "奥昌", "annual_plan=1.23456"), ("不足一元",)),
        (("change", "{book}", "project", "奥昌", "annual_plan=-5"), ("“-5”", "不能小于")),
        (("report", "{book}", "weekly", "-o", "周报.doc"), (".pdf", ".docx", ".xlsx")),
        (("report", "{book}", "circular", "-o", "通报.pdf"), ("上一级单位",)),
        (("letters", "{book}"), ("提醒函", "上一级单位")),
        (("report", "{book}", "card", "--subject", "没有", "-o", "a.pdf"), ("没有“没有”", "奥昌")),
        (("export", "{book}", "weekly", "--since", "12", "-o", "a.pdf"), ("校验码",)),
        (("export", "{book}", "weekly", "-o", "台账.doc"), (".xlsx",)),
        (("export", "{book}", "nothing", "-o", "台账.xlsx"), ("没有名为",)),
        (("explain", "{book}", "ffffffff", "说明"), ("ffffffff",)),
        (
            ("add", "{book}", "supervision", "unit=空冢郭镇", "matter=x", "due=2023-03-01"),
            ("区县",),
        ),
        (("new", "{book}", "--unit", "甲"), ("文件已经存在",)),
        (("new", "new.yzb", "--unit", "甲", "--level", "village"), ("没有层级",)),
        (("verify", "没有.yzb"), ("找不到文件",)),
        (("restore", "没有.yzb", "-o", "x.yzb"), ("找不到文件",)),
        (("read-excel", "{book}", "没有.xlsx"), ("没有.xlsx",)),
        (("read-excel", "{book}", "{book}"), ("",)),
    ],
)
def test_bad_input_is_refused_and_the_book_as_before(
    book: Path,
    call: Call,
    words: tuple[str, ...],
    parts: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = book.read_bytes()
    files = sorted(tmp_path.iterdir())
    said = call(*(word.format(book=book) for word in words))
    refused(said, *parts)
    assert said.out == ""
    assert book.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == files


def test_json_of_a_refusal_names_it(book: Path, call: Call) -> None:
    said = call("verify", "没有.yzb", "--json")
    assert said.code == 1
    assert said.json["error"] == "NotFound"
    assert said.json["sentence"]
    assert said.json["advice"]


def test_a_book_of_another_format_or_kind_is_refused(
    book: Path, call: Call, tmp_path: Path
) -> None:
    text = tmp_path / "text.yzb"
    text.write_text("不是账本", "utf-8")
    refused(call("verify", text), "不是账本文件")
    newer = tmp_path / "newer.yzb"
    shutil.copy(book, newer)
    _write(newer, "PRAGMA user_version = 99")
    refused(call("verify", newer), "更新版本")
    cut = tmp_path / "cut.yzb"
    cut.write_bytes(book.read_bytes()[: 3 * 4096])
    refused(call("status", cut), "损坏")
    read_only = tmp_path / "readonly.yzb"
    shutil.copy(book, read_only)
    read_only.chmod(0o444)
    refused(call("status", read_only), "只读")


def test_a_book_on_a_stick_is_not_opened_in_place(
    book: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "kind_of", lambda _path: "removable")
    refused(call("status", book), "可移动磁盘", "复制到本机")


def test_a_book_open_elsewhere_is_refused_with_who_has_it(book: Path, call: Call) -> None:
    from desktop.ledger import workspace

    with workspace.open_book(book):
        said = call("status", book)
    refused(said, "另一个窗口", str(os.getpid()))
    assert call("status", book).code == 0


def test_a_fault_of_ours_saves_a_report_and_names_it(
    book: Path, call: Call, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.ledger import cycle

    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(cycle, "status", fail)
    said = call("status", book)
    assert said.code == 1
    (report,) = (profile / "reports").iterdir()
    assert str(report) in said.err
    assert "a fault of ours" in report.read_text("utf-8")
    assert "数据不受影响" in said.err


def test_without_a_screen_it_says_so(
    book: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    for words in ((), (str(book),)):
        said = call(*words)
        assert said.code == 1
        assert "没有图形界面" in said.err
    refused(call("没有.yzb"), "找不到文件")


def test_signs_that_are_no_text_are_refused_before_anything_is_done(book: Path, call: Call) -> None:
    before = book.read_bytes()
    for words in (
        ("--operator", "\udce4", "status", book),
        ("add", book, "project", "name=\udcff"),
    ):
        said = call(*words)
        assert said.code == 2
        assert "不能识别的字符" in said.err
    assert book.read_bytes() == before


def test_a_cut_tail_stays_found_whatever_is_done_afterwards(book: Path, call: Call) -> None:
    for number in range(4):
        call("add", book, "project", f"name=项目{number}", "state=在建", "total_investment=1亿")
    connection = sqlite3.connect(book)
    gone = connection.execute(
        "SELECT record FROM journal ORDER BY position DESC LIMIT 2"
    ).fetchall()
    for (record,) in gone:
        connection.execute("DELETE FROM journal WHERE record = ?", (record,))
        connection.execute("DELETE FROM project WHERE record = ?", (record,))
    connection.execute("DELETE FROM anchor")
    connection.commit()
    connection.close()
    refused(call("verify", book), "末尾被截去")
    call("status", book)
    refused(call("verify", book, "--rebuild"), "不能据以重建")
    call("add", book, "project", "name=又一个", "state=在建", "total_investment=1亿")
    call("add", book, "project", "name=再一个", "state=在建", "total_investment=1亿")
    call("add", book, "project", "name=第三个", "state=在建", "total_investment=1亿")
    assert call("verify", book).code == 1


def test_a_fault_with_json_is_one_document_too(
    book: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.ledger import cycle

    monkeypatch.setattr(cycle, "status", lambda *_: 1 / 0)
    assert call("status", book, "--json").json["error"] == "Fault"


def test_a_file_where_a_folder_should_be_is_a_sentence(
    call: Call, tmp_path: Path, book: Path
) -> None:
    refused(call("demo", book), "无法写入")
    refused(call("new", tmp_path / ("长" * 120 + ".yzb"), "--unit", "甲"), "无法写入")


def test_nothing_prompts_and_utf8_goes_out(book: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "status", str(book)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=True,
    )
    assert "空冢郭镇" in done.stdout.decode("utf-8")


def _rows(book: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(book)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _write(book: Path, sql: str) -> None:
    connection = sqlite3.connect(book)
    try:
        connection.execute(sql)
        connection.commit()
    finally:
        connection.close()


def test_no_book_is_founded_by_synonyms_that_could_not_read(tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "scheme"
    shutil.copytree(scheme_folder("investment"), folder)
    words = folder / "synonyms.toml"
    right = words.read_text("utf-8")
    words.write_text(right.replace("[stopped]\n", '[stopped]\nnosuch = ["甲"]\n', 1), "utf-8")
    said = call("new", tmp_path / "a.yzb", "--unit", "源汇区", "--scheme", folder)
    assert said.code == 1
    assert "synonyms.toml" in said.err and "nosuch" in said.err
    assert not (tmp_path / "a.yzb").exists()
    words.write_text(right, "utf-8")
    assert call("new", tmp_path / "a.yzb", "--unit", "源汇区", "--scheme", folder).code == 0
