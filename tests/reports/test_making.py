"""Every kind of paper by the one door: each format, what is refused, which record is meant."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import paper_code
from desktop.ledger.lookup import SeveralRecords
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.reports import making, saying
from desktop.reports.content import LedgerPaper
from desktop.reports.kinds import GROUPS, KINDS, Kind, NoSuchKind, kind
from desktop.reports.making import NoSuchFormat
from desktop.reports.saying import NoSuchSize, NotFromThisBook, Request
from desktop.reports.subjects import SubjectNeeded, subject_named, subjects
from tests.ledger import books
from tests.ledger.district import WEEK, W, district

BEGIN = {".pdf": b"%PDF", ".docx": b"PK", ".xlsx": b"PK"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened, made = district(tmp_path / "a.yzb", profile=tmp_path / "profile")
    with opened:
        unit = made["大刘镇"]
        others = [made[name] for name in ("空冢郭镇", "阴阳赵镇")]
        with opened.batch("create") as batch:
            letter = {"unit": unit, "matter": "投资滞后", "rule": "规则", "figures": "数据"}
            batch.create("letter", {**letter, "kind": "提醒函", "number": "提醒〔2023〕1号"})
            batch.create("letter", {**letter, "kind": "提醒函", "number": "提醒〔2023〕2号"})
            batch.create("letter", {**letter, "kind": "约谈通知"})
            matter = {"unit": unit, "matter": "限期复工", "source": "进度滞后"}
            batch.create("supervision", {**matter, "due": "2023-03-20"})
            meeting = batch.create("meeting", {"name": "第9次调度会", "held_on": "2023-03-03"})
            batch.create("decision", {"meeting": meeting, "matter": "抓紧办", "unit": unit})
            (project,) = opened.connection.execute("SELECT record FROM project LIMIT 1").fetchone()
            batch.create(
                "monthly", {"project": project, "period": "2023-02", "completed_month": 100 * W}
            )
            for at, one in enumerate((unit, *others)):
                figures = {"completed_year": (100 + at) * W, "last_year_to_date": 90 * W}
                batch.create("monthly_unit", {"unit": one, "period": "2023-02", **figures})
        yield opened


def request(book: Book, known: Kind) -> Request:
    period = {"week": WEEK, "month": "2023-02", "": ""}[known.period]
    found = subjects(book, known)
    return Request(known.name, period, found[0].record if found else "")


FORMATS = [(one.name, ending) for one in KINDS.values() for ending in one.formats]


@pytest.mark.parametrize(("name", "ending"), FORMATS)
def test_every_kind_is_written_in_each_of_its_formats(
    book: Book, tmp_path: Path, name: str, ending: str
) -> None:
    target = tmp_path / f"a{ending}"
    written = making.make(book, request(book, KINDS[name]), target)
    assert target.read_bytes().startswith(BEGIN[ending])
    assert (written.pages > 0) == (ending == ".pdf")
    if ending != ".pdf":
        with zipfile.ZipFile(target) as document:
            assert document.testzip() is None


def test_a_stream_gets_the_same_as_a_file(book: Book, tmp_path: Path) -> None:
    stream = BytesIO()
    making.make(book, Request("weekly", WEEK), stream, ending=".pdf")
    making.make(book, Request("weekly", WEEK), tmp_path / "a.pdf")
    assert stream.getvalue() == (tmp_path / "a.pdf").read_bytes()


def test_every_kind_has_a_content_and_a_heading() -> None:
    assert set(saying._CONTENTS) == set(KINDS)
    assert {one.group for one in KINDS.values()} == set(GROUPS)
    with pytest.raises(NoSuchKind):
        kind("annual")


def test_what_a_kind_is_not_is_refused_and_nothing_is_written(book: Book, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFormat):
        making.make(book, Request("wall-chart", WEEK), tmp_path / "a.docx")
    with pytest.raises(NoSuchSize):
        making.make(book, Request("wall-chart", WEEK, size="A5"), tmp_path / "a.pdf")
    assert not list(tmp_path.glob("a.pdf")) and not list(tmp_path.glob("a.docx"))


def test_a_unit_that_reports_makes_no_paper_of_the_unit_above(tmp_path: Path) -> None:
    with books.found(tmp_path / "t.yzb", "空冢郭镇", level="township") as township:
        assert kind("weekly").offered(township.scheme, above=False)
        with pytest.raises(NotFromThisBook, match="上一级"):
            making.make(township, Request("circular", "2023-02"), tmp_path / "a.pdf")


def test_the_sheet_of_the_appendix_is_as_asked(book: Book) -> None:
    def sizes(size: str) -> set[Any]:
        paper = saying.content_of(book, Request("weekly", WEEK, size=size))
        return {one.size for one in paper.appendices}  # type: ignore[union-attr]

    assert sizes("A3") == {"A3 landscape"}
    assert sizes("A4") == {"A4 landscape"}


def test_only_letters_of_the_kind_are_offered_and_found(book: Book) -> None:
    reminder, talk = KINDS["reminder"], KINDS["talk"]
    numbers = [one.number for one in subjects(book, reminder)]
    assert numbers == ["提醒〔2023〕1号", "提醒〔2023〕2号"]
    assert subject_named(book, reminder, "提醒〔2023〕2号").number == "提醒〔2023〕2号"
    assert subject_named(book, talk, "").label == "投资滞后"
    first = subjects(book, reminder)[0]
    assert subject_named(book, reminder, first.record[:8]) == first
    with pytest.raises(SeveralRecords, match=first.record[:8]):
        subject_named(book, reminder, "投资")
    with pytest.raises(SubjectNeeded):
        subject_named(book, reminder, "")
    with pytest.raises(NoSuchRecord):
        subject_named(book, talk, "复工")


def test_the_latest_month_is_the_one_that_is_filled(book: Book, tmp_path: Path) -> None:
    assert making.month_or_latest(book, None) == "2023-02"
    assert making.month_or_latest(book, "2023-03") == "2023-03"
    with books.found(tmp_path / "t.yzb") as empty, pytest.raises(making.NothingToExport):
        making.month_or_latest(empty, None)


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_only_rows_changed_since_a_paper_are_exported(
    book: Book, tmp_path: Path, ending: str
) -> None:
    code = paper_code.code(book.journal.head)
    target = tmp_path / f"a{ending}"
    assert making.export(book, "weekly", WEEK, target, changed_since=code).rows == 0
    (record,) = book.connection.execute(
        "SELECT record FROM weekly WHERE period = ? LIMIT 1", (WEEK,)
    ).fetchone()
    with book.batch("change") as batch:
        batch.change("weekly", record, {"physical_progress": "改过"})
    assert making.export(book, "weekly", WEEK, target, changed_since=code).rows == 1
    whole = 5  # the project that did not report stands there too
    assert making.export(book, "weekly", WEEK, target).rows == whole
    assert target.read_bytes().startswith(BEGIN[ending])


def test_a_task_list_is_a_ledger(book: Book) -> None:
    content = saying.content_of(book, request(book, KINDS["tasks"]))
    assert isinstance(content, LedgerPaper)
