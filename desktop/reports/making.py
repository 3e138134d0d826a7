"""From a book to a file: which content, which drawing; the one door for command line and window."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.definitions import Register
from desktop.ledger.workspace import Book


class NoSuchFormat(OneLedgerError):
    """A file whose ending says nothing that can be written."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"不能写成这种文件：{name}。", f"文件名请以 {known} 结尾。")


class NothingToExport(OneLedgerError):
    """A ledger that has no period yet."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}”还没有任何一期，没有可导出的内容。", "请先填报。")


class Exported(msgspec.Struct, frozen=True):
    """How many rows were written, and what had to be cut or cleaned, in sentences."""

    rows: int
    remarks: tuple[str, ...] = ()


def weekly_report(book: Book, period: str, target: Path) -> int:
    """Draw the book's weekly dispatch report of ``period`` as PDF; returns its pages.

    Raises :class:`NoSuchFormat`, :class:`~desktop.errors.DiskFull`,
    :class:`~desktop.errors.NotWritable`.
    """
    _ending(target, (".pdf",))
    from desktop.reports import weekly, weekly_pdf

    paper = weekly.weekly_paper(book, period, demonstration=book.demonstration)
    return weekly_pdf.draw_paper(paper, target).pages


def export(book: Book, register: str, period: str | None, target: Path) -> Exported:
    """Write a register (a ledger's one period) as ``.xlsx`` or ``.pdf``.

    Raises as :func:`weekly_report` does.
    """
    remarks: tuple[str, ...] = ()
    if _ending(target, (".xlsx", ".pdf")) == ".pdf":
        from desktop.reports import ledger_content, ledger_pdf

        paper = ledger_content.ledger_paper(
            book, register, period, demonstration=book.demonstration
        )
        ledger_pdf.draw_ledger(paper, target)
    else:
        from desktop.sheets import write

        sheet = write.register_sheet(book, register, period, demonstration=book.demonstration)
        remarks = write.write_register(target, [sheet])
    return Exported(len(book.rows(register, period, ours=True)), remarks)


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


def _ending(target: Path, known: tuple[str, ...]) -> str:
    ending = target.suffix.lower()
    if ending not in known:
        raise NoSuchFormat(target.name, " 或 ".join(known))
    return ending
