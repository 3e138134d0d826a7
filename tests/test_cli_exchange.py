"""The verbs of the exchange on the command line: a week between two offices, and its bad inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.exchange import building
from tests.office import cheaply
from tests.test_cli import Call, Said, refused

__all__ = ["call"]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(int(left.value.code or 0), out, err)

    return run


class Desk:
    """Two PCs on one machine: which profile a call runs under."""

    def __init__(self, home: Path, call: Call, patch: pytest.MonkeyPatch) -> None:
        self.home, self.call, self.patch = home, call, patch
        self.district, self.township = home / "district.yzb", home / "township.yzb"
        self.code = ""

    @contextmanager
    def at(self, pc: str) -> Iterator[Call]:
        self.patch.setenv("ONELEDGER_PROFILE", str(self.home / pc))
        yield self.call

    def found(self) -> None:
        with self.at("district") as call:
            assert call("new", self.district, "--unit", "源汇区").code == 0
            unit = ("name=空冢郭镇", "level=township", "above=源汇区")
            assert call("add", self.district, "unit", *unit).code == 0
            project = ("name=北环路", "unit=空冢郭镇", "state=在建", "total_investment=12000")
            figures = ("annual_plan=6000", "actual_start=2023-01-04")
            assert call("add", self.district, "project", *project, *figures).code == 0

    def hand_down(self, *more: str) -> dict[str, Any]:
        with self.at("district") as call:
            said = call("hand-down", self.district, "-o", self.home / "down", "--json", *more)
        assert said.code == 0, said.err
        (package,) = said.json["packages"]
        return dict(package)

    def open(self) -> Said:
        first = self.hand_down()
        with self.at("township") as call:
            said = call(
                "open-task", first["path"], "--passphrase", first["passphrase"],
                "-o", self.township, "--json",
            )  # fmt: skip
        self.code = said.json["code"]
        return said

    def fill(self) -> None:
        week = ("project=北环路", "period=2023-W09", "completed_week=100", "completed_year=100")
        rest = ("completed_total=100", "physical_progress=主体三层")
        with self.at("township") as call:
            assert call("add", self.township, "weekly", *week, *rest).code == 0

    def submit(self, *more: str) -> Said:
        with self.at("township") as call:
            return call(
                "submit", self.township, "--period", "2023-W09", "-o", self.home / "up", *more
            )


@pytest.fixture
def desk(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> Desk:
    cheaply(monkeypatch)
    desk = Desk(tmp_path, call, monkeypatch)
    desk.found()
    return desk


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_week_goes_between_two_offices(desk: Desk) -> None:
    opened = desk.open()
    assert opened.code == 0 and opened.json["unit"] == "空冢郭镇"
    assert len(opened.json["recovery"].replace("-", "")) == 24 and opened.json["recovery"]
    desk.fill()
    written = desk.submit("--json")
    assert written.code == 0 and Path(written.json["path"]).is_file()
    assert "可以拔出" in written.err and written.json["periods"] == ["2023-W09"]
    with desk.at("district") as call:
        waiting = call("take-in", desk.district, desk.home / "up", "--json")
        assert waiting.code == 0
        (one,) = waiting.json["packages"]
        assert (one["outcome"], one["error"], one["code"]) == ("待处理", "Unconfirmed", desk.code)
        refused(call("confirm", desk.district, "--unit", "空冢郭镇", "--code", "AAAA-AAAA-AAAA"))
        done = call("confirm", desk.district, "--unit", "空冢郭镇", "--code", desk.code, "--json")
        assert len(done.json["taken"]) == 1 and done.json["ok"]
        assert [one["outcome"] for one in done.json["packages"]] == ["已装入"]
        assert "已装入　空冢郭镇 报告包 第1号" in done.err
        again = call("take-in", desk.district, desk.home / "up", "--json")
        assert again.code == 0 and again.json["packages"][0]["outcome"] == "已装入过"
        status = call("status", desk.district, "--json").json
        assert [one["state"] for one in status["submissions"]] == ["已上报"]
        returned = call(
            "return", desk.district, "--unit", "空冢郭镇", "--period", "2023-W09",
            "--reason", "太笼统",
        )  # fmt: skip
        assert returned.code == 0
    down = desk.hand_down()
    assert down["passphrase"] == "" and down["kind"] == "task"
    with desk.at("township") as call:
        before = digest(desk.township)
        looked = call("take-in", desk.township, down["path"], "--dry-run", "--json")
        assert looked.json["packages"][0]["outcome"] == "可装入"
        assert digest(desk.township) == before
        assert call("take-in", desk.township, down["path"]).code == 0
        now = call("status", desk.township, "--json").json["submissions"][0]
        assert (now["state"], now["reason"]) == ("已退回", "太笼统")
        assert call("verify", desk.township).code == 0


def test_a_submitted_week_needs_a_reason_to_be_submitted_again(desk: Desk) -> None:
    desk.open()
    desk.fill()
    assert desk.submit().code == 0
    refused(desk.submit(), "更正")
    assert desk.submit("--correction", "漏报一项").code == 0


def test_a_submission_that_has_nowhere_to_go_leaves_the_book_as_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    desk.open()
    desk.fill()
    (tmp_path / "up").write_text("这里是一个文件，不是文件夹", "utf-8")
    before = digest(desk.township)
    refused(desk.submit())
    assert digest(desk.township) == before


def test_a_second_pc_begins_from_a_share_and_the_recovery_code(desk: Desk) -> None:
    recovery = desk.open().json["recovery"]
    desk.fill()
    with desk.at("township") as call:
        shared = call("share", desk.township, "-o", desk.home / "share", "--json").json
    second = desk.home / "pc2" / "second.yzb"
    with desk.at("second") as call:
        refused(call("open-task", shared["path"], "--passphrase", "AAAA", "-o", second))
        assert not second.exists()
        opened = call("open-task", shared["path"], "--passphrase", recovery, "-o", second)
        assert opened.code == 0
        words = ("weekly", "北环路@2023-W09", "physical_progress=主体四层")
        assert call("change", second, *words).code == 0
    with desk.at("township") as call:
        words = ("weekly", "北环路@2023-W09", "physical_progress=主体五层")
        assert call("change", desk.township, *words).code == 0
        shared = call("share", desk.township, "-o", desk.home / "share", "--json").json
    with desk.at("second") as call:
        assert call("take-in", second, shared["path"]).code == 0
        (conflict,) = call("settle", second, "--json").json["conflicts"]
        assert call("settle", second, conflict["id"], "theirs", "--reason", "商定").code == 0
        assert call("settle", second, "--json").json["conflicts"] == []


def test_a_package_to_recover_from_that_is_not_there_is_named(desk: Desk) -> None:
    recovery = desk.open().json["recovery"]
    with desk.at("township") as call:
        words = ("recover", desk.township, "--code", recovery, "--package")
        said = call(*words, desk.home / "none.yzp")
        assert said.code == 1 and "找不到文件" in said.err
        assert "找不到文件" in call(*words, desk.home).err


def test_the_same_package_begins_no_second_book_unasked(desk: Desk) -> None:
    first = desk.hand_down()
    words = ("open-task", first["path"], "--passphrase", first["passphrase"])
    with desk.at("township") as call:
        assert call(*words, "-o", desk.township).code == 0
        before = digest(desk.township)
        again = desk.home / "elsewhere" / "again.yzb"
        refused(call(*words, "-o", again), f"这台电脑上已有空冢郭镇的账本：{desk.township}")
        assert not again.exists() and digest(desk.township) == before
        assert call(*words, "-o", again, "--json").json["error"] == "BookHere"
        assert call(*words, "-o", again, "--another").code == 0
        for path in (desk.township, again):
            path.unlink()
        assert call(*words, "-o", desk.township).code == 0, "what is gone stands in nobody's way"
    with desk.at("new-profile") as call:
        refused(call(*words, "-o", desk.township.with_name("b.yzb")), "这台电脑上已有")


def test_one_bad_package_among_good_ones_is_set_apart(desk: Desk) -> None:
    desk.open()
    desk.fill()
    written = Path(desk.submit("--json").json["path"])
    raw = bytearray(written.read_bytes())
    raw[-40] ^= 1
    (desk.home / "up" / "坏的.yzp").write_bytes(raw)
    (desk.home / "up" / "notes.txt").write_text("别的文件", "utf-8")
    with desk.at("district") as call:
        call("take-in", desk.district, written)
        call("confirm", desk.district, "--unit", "空冢郭镇", "--code", desk.code)
        done = call("take-in", desk.district, desk.home / "up", "--json")
    assert done.code == 1, "at least one was refused"
    outcomes = sorted((one["outcome"], one["error"]) for one in done.json["packages"])
    assert outcomes == [("已装入过", "AlreadyTaken"), ("已隔离", "Unreadable")]
    kept = list((desk.home / "district.quarantine").iterdir())
    assert any(path.name.endswith(".原因.txt") for path in kept)


def test_words_that_make_no_sense_are_told(desk: Desk) -> None:
    first = desk.hand_down()
    with desk.at("township") as call:
        wrong = ("--passphrase", "1234 5678 1234 5678", "-o", desk.township)
        refused(call("open-task", first["path"], *wrong), "口令")
        assert not desk.township.exists()
        refused(call("open-task", desk.home / "none.yzp", *wrong), "找不到")
        refused(call("open-task", desk.district, *wrong))
    with desk.at("district") as call:
        refused(call("hand-down", desk.district, "--unit", "不存在", "-o", desk.home / "x"))
        said = call("take-in", desk.district, desk.home / "empty")
        assert said.code == 1 and said.err.strip()


@pytest.fixture
def alone(desk: Desk) -> Desk:
    """A township's book that was founded without a task package, its week filled."""
    with desk.at("township") as call:
        founded = ("--unit", "空冢郭镇", "--level", "township", "--under", "源汇区")
        assert call("new", desk.township, *founded).code == 0
        project = ("name=北环路", "state=在建", "total_investment=12000", "annual_plan=6000")
        words = (*project, "actual_start=2023-01-04")
        assert call("add", desk.township, "project", *words).code == 0
    desk.fill()
    return desk


def test_without_contact_upward_a_week_is_submitted_on_paper(alone: Desk) -> None:
    before = digest(alone.township)
    refused(alone.submit(), "还没有与上级单位建立联系", "--paper")
    with alone.at("township") as call:
        week = ("submit", alone.township, "--period", "2023-W09")
        refused(call(*week), "还没有与上级单位建立联系", "--paper")
        assert digest(alone.township) == before
        done = call(*week, "--paper", "--filler", "张晓燕", "--reviewer", "刘伟", "--json")
        assert done.code == 0, done.err
        assert (done.json["kind"], done.json["period"], done.json["path"]) == (
            "paper", "2023-W09", None,
        )  # fmt: skip
        (stands,) = call("status", alone.township, "--json").json["submissions"]
        assert stands["state"] == "已上报"
        assert list((alone.home / "township.backups").glob("*-submit-*.yzb"))
        refused(call(*week, "--paper"), "更正")
        assert call(*week, "--paper", "--correction", "漏报一项").code == 0


def test_photos_without_room_are_told_by_the_commands_that_write(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    desk.fill()
    monkeypatch.setattr(building, "following", lambda *_all, **_more: 3)
    written = desk.submit("--json")
    assert written.json["following"] == 3
    assert "还有 3 个照片附件这次放不下（一个包最多 96 MB）" in written.err
    with desk.at("district") as call:
        down = call("hand-down", desk.district, "-o", desk.home / "again", "--anew")
    assert "还有 3 个照片附件这次放不下" in down.err


def test_a_unit_that_has_contact_writes_packages(desk: Desk) -> None:
    desk.open()
    desk.fill()
    before = digest(desk.township)
    with desk.at("township") as call:
        week = ("submit", desk.township, "--period", "2023-W09")
        refused(call(*week, "--paper"), "已与源汇区建立联系", "报告包")
        for wrong in (("--paper", "-o", desk.home / "up"), ("--paper", "--reply"), ()):
            said = call(*week, *wrong)
            assert said.code == 2
            assert ("--paper" if wrong else "缺少 -o") in said.err
    assert digest(desk.township) == before


def test_a_copied_pc_begins_a_new_author_and_stays_it(desk: Desk) -> None:
    with desk.at("district") as call:
        done = call("new-author", desk.district, "--json").json
    assert done["replica"] != done["before"]
    with desk.at("district") as call:
        again = call("new-author", desk.district, "--json").json
    assert again["before"] == done["replica"]


def test_confirming_says_so_where_nothing_waited(desk: Desk) -> None:
    desk.open()
    desk.fill()
    written = desk.submit("--json").json["path"]
    with desk.at("district") as call:
        call("take-in", desk.district, written)
        for kept in (desk.home / "district.held").iterdir():
            kept.unlink()
        words = ("--unit", "空冢郭镇", "--code", desk.code, "--json")
        done = call("confirm", desk.district, *words)
    assert done.code == 0 and done.json["ok"] and done.json["packages"] == []


def test_confirming_says_what_was_refused_of_that_which_had_waited(desk: Desk) -> None:
    desk.open()
    desk.fill()
    written = desk.submit("--json").json["path"]
    with desk.at("district") as call:
        call("take-in", desk.district, written)
        (kept,) = (desk.home / "district.held").glob("*.yzp")
        spoilt = bytearray(kept.read_bytes())
        spoilt[-1] ^= 1
        kept.write_bytes(spoilt)
        kept.rename(kept.with_name(f"{hashlib.sha256(spoilt).hexdigest()}.yzp"))
        words = ("--unit", "空冢郭镇", "--code", desk.code)
        done = call("confirm", desk.district, *words, "--json")
        (row,) = call("keys", desk.district, "--json").json
    assert done.code == 1 and not done.json["ok"] and done.json["taken"] == []
    assert [one["outcome"] for one in done.json["packages"]] == ["已隔离"]
    assert row["state"] == "已核对", "the key was confirmed all the same"
