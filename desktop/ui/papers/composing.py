"""From the book to a finished PDF in memory: content first, then the drawing; no Qt.

Runs in the worker: reportlab's faces are not for two threads at once. Nothing lies on the disk
until a person saves, so nothing is left behind.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from desktop.ledger.workspace import Book
from desktop.reports.content import LedgerPaper, Paper
from desktop.ui.papers.catalogue import REPORT, REPORT_TITLE, Offer, offers
from desktop.ui.papers.choice import SECTIONS, Choice

if TYPE_CHECKING:
    from desktop.reports.page import Progress


class Proof(msgspec.Struct, frozen=True):
    """A paper as it will be printed: the PDF itself, its pages, characters that no font has.

    ``position`` is the place in the journal up to which the book was read.
    """

    choice: Choice
    title: str
    data: bytes
    pages: int
    missing: frozenset[str]
    position: int


def compose(book: Book, choice: Choice, progress: Progress, *, office: bool = False) -> Proof:
    """Make the paper that was chosen; ``office`` uses the office's own fonts where it has them.

    Raises what :func:`~desktop.reports.weekly.weekly_paper` and
    :func:`~desktop.reports.ledger_content.ledger_paper` raise, and ``FontDamaged``.
    """
    from desktop.reports import ledger_pdf, weekly_pdf
    from desktop.reports.fonts import load_faces

    target, faces, position = BytesIO(), load_faces(office), book.journal.position
    progress(0, 1)
    if choice.paper == REPORT:
        paper = report_content(book, choice)
        progress(0, 1)
        made = weekly_pdf.draw_paper(paper, target, faces, progress)
        title = REPORT_TITLE
    else:
        ledger = ledger_content(book, choice)
        progress(0, 1)
        made = ledger_pdf.draw_ledger(ledger, target, faces, progress)
        title = book.scheme.register(choice.paper).title
    return Proof(choice, title, target.getvalue(), made.pages, made.missing, position)


def report_content(book: Book, choice: Choice) -> Paper:
    """What the dispatch report says; ``size`` is the sheet of its appended ledgers."""
    from desktop.reports import weekly

    paper = weekly.weekly_paper(
        book,
        choice.period,
        issue=choice.issue,
        red_head=choice.red_head,
        demonstration=book.demonstration,
    )
    if not choice.size:
        return paper
    replace, size = msgspec.structs.replace, choice.size
    return replace(paper, appendices=tuple(replace(one, size=size) for one in paper.appendices))


def ledger_content(book: Book, choice: Choice) -> LedgerPaper:
    """What a register's ledger says."""
    from desktop.reports import ledger_content

    paper = ledger_content.ledger_paper(
        book,
        choice.paper,
        choice.period or None,
        sections=SECTIONS[choice.sections][0],
        demonstration=book.demonstration,
    )
    if not choice.size:
        return paper
    replace = msgspec.structs.replace
    return replace(paper, ledger=replace(paper.ledger, size=choice.size))


def offered(book: Book, key: str, week: str) -> tuple[tuple[Offer, ...], Offer]:
    """All papers, and the one called ``key``; the report where there is none of that name."""
    found = offers(book, week)
    return found, next((one for one in found if one.key == key), found[0])
