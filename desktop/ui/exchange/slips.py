"""The papers of the page as PDF: the list of passphrases, the receipt of what was taken in; no Qt.

They are drawn by :mod:`desktop.reports.slips`; here they are filled from what the page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop import slip_filling
from desktop.exchange.postbook import Took
from desktop.ledger import dispatch, paper_code
from desktop.ledger.workspace import Book
from desktop.ui.exchange import below
from desktop.ui.exchange.outgoing import unit_named

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result
    from desktop.reports.slip_receipt import Package


def passphrases(book: Book, told: Sequence[tuple[str, str, str]], day: date) -> bytes:
    """The one-time passphrases (unit, passphrase, file), to be cut and told by telephone."""
    from desktop.reports import slips

    return slips.passphrases_pdf(
        slips.Passphrases(
            sender=unit_named(book, book.unit),
            strips=tuple(slips.Passphrase(unit, file, code) for unit, code, file in told),
            made_on=day,
            demonstration=bool(book.demonstration),
        )
    )


def receipt_of_sitting(book: Book, results: Sequence[Result], period: str) -> bytes:
    """What became of every package of a sitting; a district's says who is missing in the week."""
    silent = () if not dispatch.consolidates(book) else below.received(book, period).missing
    ours = tuple(slip_filling.package(one) for one in results if one.outcome != "不归本机")
    return _receipt(book, ours, book.clock(), silent, period)


def receipt_of_package(book: Book, took: Took) -> bytes:
    """One package out of the post book."""
    from desktop.reports import slips

    package = slips.Package(
        unit=unit_named(book, took.unit),
        kind=took.kind,
        number=took.number,
        digest=took.digest,
        periods=took.periods,
        reason=took.note,
        photos=took.attachments,
        entries=took.entries,
        effect=False,
    )
    return _receipt(book, (package,), datetime.fromisoformat(took.time))


def _receipt(
    book: Book,
    taken: tuple[Package, ...],
    moment: datetime,
    silent: tuple[str, ...] = (),
    period: str = "",
) -> bytes:
    from desktop.reports import slips

    return slips.receipt_pdf(
        slips.Receipt(
            receiver=unit_named(book, book.unit),
            packages=taken,
            taken_at=moment,
            taken_by=book.operator,
            paper_code=paper_code.code(book.journal.head),
            silent=silent,
            period=period,
            demonstration=bool(book.demonstration),
        )
    )
