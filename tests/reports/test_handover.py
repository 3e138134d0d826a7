"""The hand-over sheet, against the district of hand-made figures; and it never tells a secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import backups, cycle
from desktop.ledger.correspondence import CONFIRMED, PARTNER, RETIRED
from desktop.ledger.workspace import Book
from desktop.reports.content import Form, Heading, Paper, Paragraph, Signatures, Table
from desktop.reports.handover import handover_paper
from tests.ledger import books
from tests.ledger.district import WEEK, district

Found = tuple[Book, dict[str, str]]


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Found]:
    book, records = district(tmp_path / "district.yzb")
    with book:
        yield book, records


def facts(paper: Paper) -> dict[str, str]:
    (form,) = [block for block in paper.blocks if isinstance(block, Form)]
    return {entry.label: entry.text for row in form.rows for entry in row}


def under(paper: Paper, title: str) -> list[str]:
    """What stands under a heading up to the next: paragraphs, and rows with bars."""
    at = next(n for n, b in enumerate(paper.blocks) if isinstance(b, Heading) and title in b.text)
    lines: list[str] = []
    for block in paper.blocks[at + 1 :]:
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["|".join(row.cells) for row in block.rows]
    return lines


def add_keys(book: Book, unit: str, epoch: int, state: str, box: str | None = None) -> None:
    with book.batch("keys") as batch:
        fields = {"unit": unit, "epoch": epoch, "state": state, "box": box}
        batch.create(PARTNER.name, fields)


def test_how_the_book_works(found: Found) -> None:
    book, _ = found
    paper = handover_paper(book, WEEK, demonstration=True)
    assert paper.title == "源汇区一本账交接单"
    assert paper.subtitle == "截至2023年第9周（2月24日—3月2日）"
    assert paper.demonstration
    said = facts(paper)
    assert said["本单位"] == "源汇区"
    assert said["账本文件"] == "district.yzb"
    assert said["每周截止日"] == "每周四"
    assert said["项目数"] == "7个"
    assert said["上报给"] == "本单位汇总，不再上报"
    assert said["恢复单"] == "本账本还没有密钥，不需要恢复单"
    assert (said["上报时限"], said["其他备份存放处"]) == ("", "")
    assert Signatures(("移交人", "接收人", "监交人")) in paper.blocks


def test_a_township_is_told_to_whom_it_reports(tmp_path: Path) -> None:
    path = tmp_path / "town.yzb"
    with books.found(path, "空冢郭镇", level="township", under="源汇区") as book:
        (above,) = [row["record"] for row in book.rows("unit") if row["name"] == "源汇区"]
        assert facts(handover_paper(book, WEEK))["上报给"] == "源汇区"
        assert above
        project = books.project(book, planned_finish="2023-03-20")
        books.week(book, project)
        paper = handover_paper(book, WEEK)
        assert facts(paper)["最近上报"] == "没有上报记录"
        assert any("上报包交给源汇区" in text for text in under(paper, "账本怎么用"))
        assert under(paper, "今后4周到期的事") == ["3月20日|北环路改造|计划竣工"]


def test_the_weeks_that_are_open(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    book, records = found
    monkeypatch.setattr("desktop.ledger.checks.check_period", lambda *_: [])
    assert under(handover_paper(book, WEEK), "上报情况") == ["本账本没有上报记录。"]
    for name in ("空冢郭镇", "阴阳赵镇"):
        cycle.submit(book, WEEK, books.NOON.date(), unit=records[name])
    cycle.return_week(book, records["阴阳赵镇"], WEEK, books.NOON.date(), "戊的投资有误")
    lines = under(handover_paper(book, WEEK), "上报情况")
    assert lines[0] == "2023年第9周|未上报：大刘镇；已退回：阴阳赵镇（戊的投资有误）"
    assert not any("第10周" in line for line in lines)


def test_what_is_open_is_that_of_the_weeks_last_day(found: Found) -> None:
    book, records = found
    with book.batch("create") as batch:
        item = {"unit": records["大刘镇"], "matter": "落实用地", "due": "2023-02-20",
                "issued_on": "2023-02-01", "state": "办理中"}  # fmt: skip
        batch.create("supervision", item)
        batch.create("supervision", {**item, "matter": "已延期", "extended_to": "2023-03-12"})
        batch.create("supervision", {**item, "matter": "以后交办", "issued_on": "2023-03-08"})
        batch.create("supervision", {**item, "matter": "办完了", "state": "已办结",
                                     "closed_on": "2023-03-01"})  # fmt: skip
        meeting = batch.create("meeting", {"name": "第9次调度会", "held_on": "2023-02-27"})
        decided = {"meeting": meeting, "subject_project": records["甲"]}
        batch.create("decision", {**decided, "matter": "协调供电", "due": "2023-03-30"})
        batch.create("decision", {**decided, "matter": "四周以后", "due": "2023-03-31"})
    paper = handover_paper(book, WEEK)
    assert under(paper, "未销号的问题") == [
        "甲|土地未征收|区自然资源局|2月28日|整改中（超期2天）",
        "丙|环评未批复||3月5日|3月5日办结",
    ]
    assert under(paper, "督办事项") == [
        "落实用地|大刘镇|2月20日|办理中（超期10天）",
        "已延期|大刘镇|3月12日|办理中",
    ]
    assert under(paper, "议定事项") == [
        "甲|协调供电|3月30日",
        "甲|四周以后|3月31日",
    ]
    assert under(paper, "冲突") == ["没有待定的冲突。"]
    assert under(paper, "今后4周到期的事（3月3日—3月30日）") == [
        "3月5日|丙|问题：环评未批复|",
        "3月9日|甲|节点：主体封顶|",
        "3月12日||督办：已延期|大刘镇",
        "3月30日|甲|议定：协调供电|",
    ]


def test_partners_and_the_recovery_sheet_without_any_secret(found: Found) -> None:
    book, records = found
    add_keys(book, book.unit, 1, CONFIRMED)
    assert facts(handover_paper(book, WEEK))["恢复单"].startswith("尚未生成")
    add_keys(book, book.unit, 2, CONFIRMED, "c2VjcmV0")
    add_keys(book, records["大刘镇"], 1, RETIRED)
    add_keys(book, records["大刘镇"], 2, "待核对")
    add_keys(book, records["问十乡"], 1, RETIRED)
    books.change(book, "unit", records["大刘镇"], contact="张昇", phone="13800005140")
    paper = handover_paper(book, WEEK)
    assert facts(paper)["恢复单"] == "已生成恢复码，请当面清点纸质恢复单"
    assert under(paper, "和谁往来") == ["大刘镇|待核对|张昇|13800005140"]
    assert "c2VjcmV0" not in str(paper)


def test_where_the_backups_lie(found: Found) -> None:
    book, _ = found
    folder = backups.folder_of(book)
    assert facts(handover_paper(book, WEEK))["自动备份"] == f"{folder}（还没有备份）"
    backups.before(book, "导入")
    said = facts(handover_paper(book, WEEK))["自动备份"]
    assert said == f"{folder}（共1份，最近一份2023年3月2日）"


def test_long_lists_are_cut_and_counted(found: Found) -> None:
    book, records = found
    with book.batch("create") as batch:
        for number in range(50):
            batch.create("problem", {"project": records["甲"], "problem": f"问题{number}"})
    lines = under(handover_paper(book, WEEK), "未销号的问题")
    assert len(lines) == 41
    assert lines[-1] == "另有12项，见账本。"


def test_long_texts_end_early_and_name_the_book(found: Found) -> None:
    book, records = found
    text = "土地指标未落实，涉及一般农田；" * 200
    with book.batch("create") as batch:
        batch.create(
            "problem",
            {"project": records["甲"], "problem": text, "state": "整改中", "due": "2023-03-08"},
        )
    paper = handover_paper(book, WEEK)
    (open_,) = [line for line in under(paper, "未销号的问题") if "土地指标" in line]
    (due,) = [line for line in under(paper, "今后4周到期的事") if "土地指标" in line]
    for line in (open_, due):
        assert "涉及一般农田……（全文见账本）" in line
        assert len(line) < 200
