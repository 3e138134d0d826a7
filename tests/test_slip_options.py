"""Papers asked for on the command line: receipts, recovery sheets, strips with passphrases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop import cli
from desktop.exchange import own_keys
from desktop.ledger import drives, workspace
from desktop.paths import PROFILE_VARIABLE
from desktop.reports import binding
from tests import office
from tests.office import District
from tests.reports import read_back


class Said(NamedTuple):
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    office.cheaply(monkeypatch)
    monkeypatch.setattr(drives, "kind_of", lambda _path: "local")


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
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    """A closed book of a district, its profile in use."""
    one = District(tmp_path / "district")
    monkeypatch.setenv(PROFILE_VARIABLE, str(one.home / "profile"))
    one.close()
    return one


@pytest.fixture
def book(district: District) -> Path:
    return district.home / "district.yzb"


def read(path: Path) -> str:
    """What a reader copies from a paper, without blanks and line ends."""
    return re.sub(r"\s+", "", "".join(read_back.copied(path.read_bytes())))


def test_slips_bear_the_passphrases_that_were_said(book: Path, tmp_path: Path, call: Call) -> None:
    target = tmp_path / "纸" / "口令条.pdf"
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", target, "--json")
    assert said.code == 0, said
    packages = said.json["packages"]
    text = read(target)
    assert len(packages) == 3 and said.json["slips"] == str(target)
    for one in packages:
        file = Path(one["path"]).name
        strip = f"收件单位{one['unit']}任务包文件{file}一次性口令{one['passphrase']}"
        assert strip in text and one["passphrase"] in said.err
    assert "下发单位：源汇区" in text


@pytest.mark.parametrize("place", ["stick/口令条.pdf", "stick/inner/口令条.pdf"])
def test_slips_never_lie_beside_the_packages(
    book: Path, tmp_path: Path, call: Call, place: str
) -> None:
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", tmp_path / place)
    assert said.code == 1 and "不能和任务包放在一起" in said.err
    assert not (tmp_path / "stick").exists()


def test_slips_are_not_written_to_a_stick(
    book: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "usb" / "口令条.pdf"
    kinds = {target: "removable"}
    monkeypatch.setattr(drives, "kind_of", lambda path: kinds.get(path, "local"))
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", target)
    assert said.code == 1 and "U盘" in said.err
    assert not (tmp_path / "stick").exists() and not target.exists()


def test_nothing_is_handed_down_when_the_slips_cannot_be_written(
    book: Path, tmp_path: Path, call: Call
) -> None:
    before = book.read_bytes()
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", tmp_path / "口令条.doc")
    assert said.code == 1 and ".pdf" in said.err
    (tmp_path / "file").write_text("")
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", tmp_path / "file" / "x.pdf")
    assert said.code == 1 and "无法写入" in said.err
    assert not (tmp_path / "stick").exists() and book.read_bytes() == before


def test_passphrases_are_said_before_the_paper_fails(
    book: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.errors import DiskFull

    def full(_data: bytes, target: Path) -> None:
        raise DiskFull(str(target))

    monkeypatch.setattr(binding, "lay_down", full)
    said = call("hand-down", book, "-o", tmp_path / "stick", "--slips", tmp_path / "x.pdf")
    assert said.code == 1 and "磁盘空间不足" in said.err
    assert len(re.findall(r"口令 \d{4}-\d{4}-\d{4}-\d{4}", said.err)) == 3
    said = call("recovery", book, "-o", tmp_path / "x.pdf")
    assert said.code == 1 and re.search(r"恢复码 \w{4}(-\w{4}){5}", said.err)


def test_the_recovery_sheet_bears_the_code_that_opens_the_keys(
    book: Path, tmp_path: Path, call: Call
) -> None:
    target = tmp_path / "恢复单.pdf"
    said = call("recovery", book, "-o", target, "--json")
    assert said.code == 0 and said.json["sheet"] == str(target)
    text = read(target)
    (code,) = re.findall(r"\w{4}(?:-\w{4}){5}", text)
    assert code == said.json["recovery"]
    assert "单位源汇区" in text and "1号机" in text and "核对码" not in text
    with workspace.open_book(book) as opened:
        own_keys.recover(opened, code)
    assert call("recovery", book, "--json").json["sheet"] is None


def first(book: Path, tmp_path: Path, call: Call) -> tuple[str, str]:
    """The file and passphrase of a township's first task package."""
    said = call("hand-down", book, "--unit", "空冢郭镇", "-o", tmp_path / "stick", "--json")
    (one,) = said.json["packages"]
    return one["path"], one["passphrase"]


def test_a_township_begins_with_its_recovery_sheet(
    book: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, passphrase = first(book, tmp_path, call)
    monkeypatch.setenv(PROFILE_VARIABLE, str(tmp_path / "township"))
    target, sheet = tmp_path / "township.yzb", tmp_path / "恢复单.pdf"
    words = ("open-task", path, "--passphrase", passphrase, "-o", target)
    refused = call(*words, "--sheet", tmp_path / "恢复单.txt")
    assert refused.code == 1 and not target.exists()
    said = call(*words, "--sheet", sheet, "--json")
    assert said.code == 0 and said.json["sheet"] == str(sheet)
    text = read(sheet)
    for part in ("单位空冢郭镇", "1号机", said.json["recovery"], said.json["code"]):
        assert part in text
    assert "与源汇区电话核对" in text

    shared = call("share", target, "-o", tmp_path / "share", "--json").json["path"]
    monkeypatch.setenv(PROFILE_VARIABLE, str(tmp_path / "second"))
    code = said.json["recovery"]
    begin = ("open-task", shared, "--passphrase", code, "-o", tmp_path / "pc2" / "second.yzb")
    second = call(*begin, "--sheet", tmp_path / "2.pdf", "--json")
    assert second.code == 0 and second.json["sheet"] is None
    assert "沿用原来的恢复单" in second.err and not (tmp_path / "2.pdf").exists()


def test_a_receipt_is_traced_to_the_book_that_gave_it(
    district: District, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = District(tmp_path / "other")
    monkeypatch.setenv(PROFILE_VARIABLE, str(opened.home / "profile"))
    township = opened.enrol("空冢郭镇", tmp_path / "township")
    township.week(opened.projects["空冢郭镇"])
    package = township.submit().path
    opened.close()
    township.close()
    book, paper = opened.home / "district.yzb", tmp_path / "回执.pdf"

    dry = call("take-in", book, package, "--dry-run", "--receipt", paper)
    assert dry.code == 1 and "不能出回执" in dry.err and not paper.exists()
    said = call("--operator", "郭汇总", "take-in", book, package, "--receipt", paper, "--json")
    assert said.code == 0 and said.json["receipt"] == str(paper)
    (one,) = said.json["packages"]
    text = read(paper)
    digest = one["digest"][:16].upper()
    for part in ("收件单位源汇区", "寄件单位空冢郭镇", f"报告包第{one['number']}号", "2023年第9周",
                 f"校验值{digest}（前16位）", "装入人郭汇总", "结果已装入"):  # fmt: skip
        assert part in text
    (code,) = set(re.findall(r"--paper(\S{14})\)?", text))
    traced = call("verify", book, "--paper", code, "--json").json["paper"]
    assert traced["found"] and traced["later"] == 0

    spoilt = tmp_path / "spoilt.yzp"
    raw = bytearray(package.read_bytes())
    raw[-1] ^= 1
    spoilt.write_bytes(raw)
    again = call("take-in", book, package, spoilt, "--receipt", paper, "--json")
    assert again.code == 1
    text = read(paper)
    assert "本次共2个数据包：此前已装入1个，未装入1个。" in text
    refused = next(one for one in again.json["packages"] if one["outcome"] == "已隔离")
    assert "未装入：" + "".join(refused["sentence"].split()) in text
    assert "2023年第9周未报的单位（1个）：问十乡。" in text


def test_no_package_no_receipt(book: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "empty").mkdir()
    said = call("take-in", book, tmp_path / "empty", "--receipt", tmp_path / "x.pdf", "--json")
    assert said.code == 1 and said.json["receipt"] is None
    assert not (tmp_path / "x.pdf").exists()
