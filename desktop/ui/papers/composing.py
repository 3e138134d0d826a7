"""From the book to a finished PDF in memory: content first, then the drawing; no Qt.

Runs in the worker: reportlab's faces are not for two threads at once. Nothing lies on the disk
until a person saves, so nothing is left behind.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

import msgspec

from desktop.ledger import paper_code
from desktop.ledger.lookup import label
from desktop.ledger.workspace import Book
from desktop.reports.content import LedgerPaper, SheetSize
from desktop.reports.kinds import PDF
from desktop.ui.papers.choice import SECTIONS, Choice

if TYPE_CHECKING:
    from desktop.reports.page import Progress
    from desktop.reports.saying import Content


#: So many signs of a record's name stand in the title.
LONGEST = 24


class Proof(msgspec.Struct, frozen=True):
    """A paper as it will be printed: the PDF itself, its pages, characters that no font has.

    ``position`` is the place in the journal up to which the book was read, ``code`` says it on the
    paper; ``title`` names the record that it is made from, too.
    """

    choice: Choice
    title: str
    data: bytes
    pages: int
    missing: frozenset[str]
    position: int
    code: str = ""


def compose(book: Book, choice: Choice, progress: Progress, *, office: bool = False) -> Proof:
    """Make the paper that was chosen; ``office`` uses the office's own fonts where it has them.

    Raises what :func:`~desktop.reports.saying.content_of` and
    :func:`~desktop.reports.ledger_content.ledger_paper` raise, and ``FontDamaged``.
    """
    from desktop.reports import making
    from desktop.reports.fonts import load_faces

    target, faces, position = BytesIO(), load_faces(office), book.journal.position
    code = paper_code.code(book.journal.head)
    progress(0, 1)
    kind = choice.kind
    content = ledger_content(book, choice) if kind is None else report_content(book, choice)
    progress(0, 1)
    made = making.draw(content, target, PDF, faces, progress)
    title = kind.title if kind else book.scheme.register(choice.paper).title
    if kind is not None and choice.subject:
        title = f"{short(label(book, kind.subject, choice.subject))} {title}"
    return Proof(choice, title, target.getvalue(), made.pages, made.missing, position, code)


def report_content(book: Book, choice: Choice) -> Content:
    """What a paper says."""
    from desktop.reports import saying

    return saying.content_of(book, choice.request)


def ledger_content(book: Book, choice: Choice) -> LedgerPaper:
    """What a register's ledger says."""
    from desktop.reports import ledger_content

    paper = ledger_content.ledger_paper(
        book,
        choice.paper,
        choice.period or None,
        sections=SECTIONS[choice.sections][0],
        changed_since=choice.since,
        demonstration=book.demonstration,
    )
    if not choice.size:
        return paper
    replace = msgspec.structs.replace
    return replace(paper, ledger=replace(paper.ledger, size=cast(SheetSize, choice.size)))


def short(name: str) -> str:
    """A record's name as a part of a title or a file's name."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
