"""From a book to a file: which content, which drawing; the one door for command line and window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.definitions import Register
from desktop.ledger.escalation_figures import month_of
from desktop.ledger.workspace import Book
from desktop.reports.content import LedgerPaper, Paper
from desktop.reports.kinds import EXCEL, PDF, WORD, kind
from desktop.reports.saying import Request, content_of

if TYPE_CHECKING:
    from desktop.reports.binding import Made
    from desktop.reports.card import Card
    from desktop.reports.fonts import Faces
    from desktop.reports.page import Progress
    from desktop.reports.saying import Content
    from desktop.reports.wall_content import Wall

Target = Path | BinaryIO


class NoSuchFormat(OneLedgerError):
    """A file whose ending says nothing that can be written."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"不能写成这种文件：{name}。", f"文件名请以 {known} 结尾。")


class NothingToExport(OneLedgerError):
    """A ledger that has no period yet."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}”还没有任何一期，没有可导出的内容。", "请先填报。")


class Written(msgspec.Struct, frozen=True):
    """What came out: pages (0 for Word and Excel), characters that no font has, remarks."""

    pages: int = 0
    missing: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()


class Exported(msgspec.Struct, frozen=True):
    """How many rows were written, and what had to be cut or cleaned, in sentences."""

    rows: int
    remarks: tuple[str, ...] = ()


def make(
    book: Book,
    request: Request,
    target: Target,
    *,
    ending: str = "",
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write a paper as the ending of ``target`` says, or as ``ending`` where it is a stream.

    ``target`` is replaced only by a whole file. Raises :class:`NoSuchFormat`, ``DiskFull``,
    ``NotWritable``, ``FontDamaged`` and what :func:`~desktop.reports.saying.content_of` raises.
    """
    known = kind(request.kind)
    ending = ending or _ending(Path(str(target)), known.formats)
    content = content_of(book, request)
    if progress is not None:
        progress(0, 1)
    return draw(content, target, ending, faces, progress)


def make_cards(
    book: Book,
    request: Request,
    records: Sequence[str],
    target: Path,
    *,
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write the cards of several projects into one file, each a page, in the order given.

    ``request`` is that of one card; its subject does not count. Each is said when its turn comes,
    so that a thousand of them need no more memory than one. Raises as :func:`make` does and
    :class:`~desktop.reports.card_pdf.NoCards`.
    """
    from desktop.reports import card_pdf

    _ending(target, kind(request.kind).formats)
    replace = msgspec.structs.replace
    cards = (cast("Card", content_of(book, replace(request, subject=one))) for one in records)
    made = card_pdf.draw_cards(cards, target, faces, progress, len(records))
    return Written(made.pages, made.missing)


def draw(
    content: Content,
    target: Target,
    ending: str,
    faces: Faces | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write a content as PDF, Word or Excel; raises ``DiskFull``, ``NotWritable``, ``FontDamaged``.

    Only what is a paper can be Word, only what has tables Excel.
    """
    if ending == WORD:
        from desktop.reports import word

        word.write_word(cast(Paper, content), target, faces)
        return Written()
    if ending == EXCEL:
        from desktop.reports import excel

        return Written(remarks=excel.write_paper(cast("Paper | LedgerPaper", content), target))
    if isinstance(content, Paper):
        from desktop.reports import paper_pdf

        made = paper_pdf.draw_paper(content, target, faces, progress)
    elif isinstance(content, LedgerPaper):
        from desktop.reports import ledger_pdf

        made = ledger_pdf.draw_ledger(content, target, faces, progress)
    else:
        made = _draw_sheet(content, target, faces, progress)
    return Written(made.pages, made.missing)


def export(
    book: Book, register: str, period: str | None, target: Path, *, changed_since: str = ""
) -> Exported:
    """Write a register (a ledger's one period) as ``.xlsx`` or ``.pdf``.

    ``changed_since``, the code of an earlier paper, leaves only the rows that have changed since.
    Raises as :func:`make` does, :class:`~desktop.ledger.paper_code.MistypedCode` and
    :class:`~desktop.ledger.paper_code.NotOfThisBook`.
    """
    ending = _ending(target, (EXCEL, PDF))
    if ending == PDF or changed_since:
        from desktop.reports import ledger_content

        paper = ledger_content.ledger_paper(
            book, register, period, changed_since=changed_since, demonstration=book.demonstration
        )
        written = draw(paper, target, ending)
        rows = sum(row.kind == "row" for row in paper.ledger.table.rows)
        return Exported(rows, written.remarks)
    from desktop.sheets.writing import registers as write

    sheet = write.register_sheet(book, register, period, demonstration=book.demonstration)
    remarks = write.write_register(target, [sheet])
    return Exported(len(sheet.rows), remarks)


def period_to_export(book: Book, register: Register, period: str | None) -> str:
    """The period of a ledger as given, or its latest; raises :class:`NothingToExport`."""
    if period is not None:
        return str(periods.parse_period(period, book.year))
    (latest,) = book.connection.execute(
        f'SELECT max(period) FROM "{register.name}" WHERE removed = 0'
    ).fetchone()
    if latest is None:
        raise NothingToExport(register.title)
    return str(latest)


def month_or_latest(book: Book, period: str | None) -> str:
    """The month as given, or the latest one filled, else that of the latest week's last day.

    Raises :class:`~desktop.ledger.escalation_figures.NotAMonth`, :class:`NothingToExport` where the
    book has neither month nor week, and what no period raises.
    """
    if period is not None:
        return str(month_of(periods.parse_period(period, book.year)))
    months = [
        name
        for name, register in book.scheme.registers.items()
        if register.shape == "ledger" and register.period == ("month",)
    ]
    selects = [f'SELECT max(period) FROM "{name}" WHERE removed = 0' for name in months]
    found = [book.connection.execute(one).fetchone()[0] for one in selects]
    latest = max((one for one in found if one), default=None)
    week = book.latest_week()
    if latest is None and week is None:
        raise NothingToExport("月调度台账")
    return str(latest) if latest else str(month_in(book, str(week)))


def month_in(book: Book, week: str) -> periods.Period:
    """The month in which the last day of a week lies."""
    _, last = periods.week_range(periods.parse_period(week), book.week_last_day)
    return periods.period_of(last, "month", book.week_last_day)


def _draw_sheet(
    content: Card | Wall, target: Target, faces: Faces | None, progress: Progress | None
) -> Made:
    """A card or a wall chart: sheets with a drawing of their own."""
    from desktop.reports.wall_content import Wall

    if isinstance(content, Wall):
        from desktop.reports import wall_pdf

        return wall_pdf.draw_wall(content, target, faces, progress)
    from desktop.reports import card_pdf

    return card_pdf.draw_cards([content], target, faces, progress)


def _ending(target: Path, known: tuple[str, ...]) -> str:
    ending = target.suffix.lower()
    if ending not in known:
        raise NoSuchFormat(target.name, " 或 ".join(known))
    return ending
