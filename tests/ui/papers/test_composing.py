"""From the book to a PDF: what was chosen stands in it, and the making can be called off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.ledger.workspace import Book
from desktop.reports import making
from desktop.reports.content import Paper, RedHead
from desktop.reports.saying import Request
from desktop.ui.papers.catalogue import REPORT, offers
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import compose, ledger_content, report_content
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.worker import Cancelled, Progress
from tests.ledger.district import WEEK, district


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path / "a.yzb")[0] as opened:
        yield opened


def silent(_done: int, _all: int) -> None:
    """Nobody listens."""


def test_it_is_the_paper_of_the_command_line(book: Book, tmp_path: Path) -> None:
    proof = compose(book, Choice(REPORT, WEEK), silent)
    pages = making.make(book, Request("weekly", WEEK), tmp_path / "a.pdf").pages
    assert proof.data == (tmp_path / "a.pdf").read_bytes()
    assert (proof.pages, proof.title, proof.missing) == (pages, "周调度报告", frozenset())
    for offer in offers(book, WEEK):
        if offer.kind is not None:
            continue
        period = WEEK if offer.key == "weekly" else ""
        proof = compose(book, Choice(offer.key, period), silent)
        making.export(book, offer.key, period or None, tmp_path / f"{offer.key}.pdf")
        assert proof.data == (tmp_path / f"{offer.key}.pdf").read_bytes()


def test_head_and_number_are_as_chosen(book: Book) -> None:
    numbered = report_content(book, Choice(REPORT, WEEK, later=3))
    assert isinstance(numbered, Paper) and isinstance(numbered.head, RedHead)
    assert "12" in numbered.head.issue
    plain = report_content(book, Choice(REPORT, WEEK, red_head=False))
    assert isinstance(plain, Paper) and plain.head is None


def test_sheets_are_as_chosen(book: Book) -> None:
    lying = compose(book, Choice("weekly", WEEK, size="A4 landscape"), silent)
    large = compose(book, Choice("weekly", WEEK, size="A3 landscape"), silent)
    upright = compose(book, Choice("weekly", WEEK, size="A4"), silent)
    sizes = [PdfPages(proof.data).sizes[0] for proof in (lying, large, upright)]
    assert [round(size.width / 72 * 25.4) for size in sizes] == [297, 420, 210]
    report = compose(book, Choice(REPORT, WEEK, size="A3"), silent)
    sizes = list(PdfPages(report.data).sizes)
    assert round(sizes[0].width / 72 * 25.4) == 210
    assert round(sizes[-1].width / 72 * 25.4) == 420


def test_sections_are_as_chosen(book: Book) -> None:
    def titles(sections: str) -> list[str]:
        table = ledger_content(book, Choice("weekly", WEEK, sections=sections)).ledger.table
        return [row.cells[0] for row in table.rows if row.kind == "section"]

    assert titles("none") == []
    assert titles("unit") == titles("") == ["一、大刘镇", "二、空冢郭镇", "三、阴阳赵镇"]
    assert titles("level")[0].startswith("一、省")
    assert any(title.startswith("（一）") for title in titles("unit level"))


def test_progress_is_told_and_can_end_the_making(book: Book) -> None:
    for choice in (Choice(REPORT, WEEK), Choice("weekly", WEEK)):
        told: list[tuple[int, int]] = []

        def note(done: int, of_all: int, told: list[tuple[int, int]] = told) -> None:
            told.append((done, of_all))

        compose(book, choice, note)
        rows = [done for done, of_all in told[2:]]
        assert rows == sorted(rows)
        assert told[-1][0] == told[-1][1] > 1

        progress = Progress()

        def stop(done: int, of_all: int, progress: Progress = progress) -> None:
            progress.cancelled = done > of_all // 2
            progress(done, of_all)

        with pytest.raises(Cancelled):
            compose(book, choice, stop)


def test_a_cancelled_making_harms_no_later_one(book: Book) -> None:
    whole = compose(book, Choice("weekly", WEEK), silent)
    progress = Progress()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        compose(book, Choice("weekly", WEEK), progress)
    assert compose(book, Choice("weekly", WEEK), silent) == msgspec.structs.replace(whole)


def test_the_office_fonts_are_asked_for_when_wanted(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.reports import fonts

    asked: list[bool] = []
    bundled = fonts.load_faces()

    def load(office: bool) -> fonts.Faces:
        asked.append(office)
        return bundled

    monkeypatch.setattr(fonts, "load_faces", load)
    compose(book, Choice("weekly", WEEK), silent)
    compose(book, Choice("weekly", WEEK), silent, office=True)
    assert asked == [False, True]
